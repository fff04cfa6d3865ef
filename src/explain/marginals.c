/* What one more unit of a material is worth, and why. The value of a balance is explained by a column that is strictly between its bounds:
 * it earns exactly nothing at the plan's values, so the value is what that column pays or fetches, and the next balance that it touches carries the
 * explanation on, until a market ends it. */
#include <math.h>
#include <string.h>

#include "explain/explain.h"
#include "explain/words.h"

enum { LINKS_MAX = 8 };

typedef enum { LINK_TRADE, LINK_SHIP, LINK_RUN, LINK_FEED, LINK_STOCK, LINK_HELD, LINK_FREE, LINK_STILL, LINK_OTHER } link_kind;

typedef struct {
  link_kind kind;
  bool brings;                      /* towards the balance explained, or away from it */
  const pl_block *block;            /* of columns; NULL for FREE, STILL, OTHER */
  const pl_source_of_bound *source; /* a number that binds here, NULL */
  double money;                     /* per unit of the column, of its own date; what it costs or fetches */
} chain_link;

typedef struct {
  int n;
  chain_link link[LINKS_MAX];
} chain;

typedef struct {
  const pl_schedule *s;
  const pl_program *p;
  pl_arena *scratch, *arena;
  pl_by_rows rows;
  pl_block_entries entries;
  double noise;
  pl_marginal *list;
  int n, capacity;
} telling;

static bool is_between(const telling *t, int j) {
  const pl_lp *lp = &t->p->lp;
  double const x = t->s->solution->col_value[j], slack = 1e-7 * fmax(1, fabs(x));
  return x > lp->lower[j] + slack && x < lp->upper[j] - slack;
}

/* Lower is the better explanation; −1 = none. Markets say a price, so they come first. */
static int rank_of(pl_column_kind kind, bool brings) {
  switch (kind) {
  case PL_COLUMN_TRADE: return brings ? 0 : 1;
  case PL_COLUMN_SHIP: return brings ? 2 : 3;
  case PL_COLUMN_RUN: return brings ? 4 : 7;
  case PL_COLUMN_DRAW:
  case PL_COLUMN_FILL:
  case PL_COLUMN_LEVEL: return brings ? 5 : 6;
  case PL_COLUMN_FEED: return 8;
  case PL_COLUMN_ON:
  case PL_COLUMN_START:
  case PL_COLUMN_LANE_USED:
  case PL_COLUMN_MARKET_USED:
  case PL_COLUMN_SHORT:
  case PL_COLUMN_OVER:
  case PL_COLUMN_UNDER:
  case PL_COLUMN_KINDS: break;
  }
  return -1;
}

static link_kind kind_of(pl_column_kind kind) {
  switch (rank_of(kind, true)) {
  case 0: return LINK_TRADE;
  case 2: return LINK_SHIP;
  case 4: return LINK_RUN;
  case 8: return LINK_FEED;
  default: return LINK_STOCK;
  }
}

static bool seen_before(const int *seen, int n, int row) {
  for (int i = 0; i < n; i++)
    if (seen[i] == row) return true;
  return false;
}

/* The balance at the other end of a shipment: the row where the largest part of it arrives, or where it leaves. */
static int other_end(const telling *t, int j, int row) {
  const pl_lp *lp = &t->p->lp;
  double most = 0;
  int other = -1;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
    const pl_block *b = pl_program_row_block(t->p, lp->index[k]);
    if (b->kind != PL_ROW_BALANCE || b == pl_program_row_block(t->p, row) || fabs(lp->value[k]) <= most) continue;
    most = fabs(lp->value[k]);
    other = lp->index[k];
  }
  return other;
}

/* The number that binds the column besides its balances: the rule with the largest say in its reduced cost. */
static const pl_source_of_bound *binding(const telling *t, int j) {
  const pl_lp *lp = &t->p->lp;
  const double *dual = t->s->solution->row_dual;
  const pl_source_of_bound *found = NULL;
  double most = t->noise;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
    int const i = lp->index[k];
    if (!(fabs(lp->value[k] * dual[i]) > most)) continue;
    const pl_block *b = pl_program_row_block(t->p, i);
    const pl_source_of_bound *source = pl_explain_source(t->p, b, true, dual[i] < 0, i - b->first);
    if (!source) continue;
    found = source;
    most = fabs(lp->value[k] * dual[i]);
  }
  return found;
}

static int best_column(const telling *t, int row, const int *seen, int n_seen, bool *brings) {
  int best = -1, best_rank = 0;
  for (int k = t->rows.start[row]; k < t->rows.start[row + 1]; k++) {
    int const j = t->rows.column[k];
    bool const into = t->rows.value[k] > 0;
    if (!is_between(t, j)) continue;
    int const rank = rank_of((pl_column_kind)pl_program_column_block(t->p, j)->kind, into);
    if (rank < 0 || (best >= 0 && rank >= best_rank)) continue;
    if ((rank == 2 || rank == 3) && seen_before(seen, n_seen, other_end(t, j, row))) continue;
    best = j;
    best_rank = rank;
    *brings = into;
  }
  return best;
}

/* Where everything is at a bound: the number that holds it hardest. */
static chain_link held_link(const telling *t, int row) {
  const pl_solution *s = t->s->solution;
  chain_link found = {.kind = LINK_STILL};
  double most = t->noise;
  for (int k = t->rows.start[row]; k < t->rows.start[row + 1]; k++) {
    int const j = t->rows.column[k];
    if (found.kind == LINK_STILL && fabs(s->col_value[j]) > 1e-9) found.kind = LINK_OTHER;
    if (!(fabs(s->col_dual[j]) > most)) continue;
    const pl_block *b = pl_program_column_block(t->p, j);
    const pl_source_of_bound *source = pl_explain_source(t->p, b, false, s->col_dual[j] < 0, j - b->first);
    if (!source) continue;
    found = (chain_link){LINK_HELD, t->rows.value[k] > 0, b, source, 0};
    most = fabs(s->col_dual[j]);
  }
  return found;
}

static chain_link link_of(const telling *t, int j, bool brings) {
  const pl_block *b = pl_program_column_block(t->p, j);
  double const earned = pl_explain_earned(&t->entries, (int)(b - t->p->columns), j - b->first);
  bool const sale = b->kind == PL_COLUMN_TRADE && !brings;
  return (chain_link){kind_of((pl_column_kind)b->kind), brings, b, binding(t, j), sale ? earned : -earned};
}

static void follow(const telling *t, int row, chain *c) {
  int seen[LINKS_MAX + 1], n_seen = 0;
  c->n = 0;
  if (!(fabs(t->s->solution->row_dual[row]) > t->noise)) {
    c->link[c->n++] = (chain_link){.kind = LINK_FREE};
    return;
  }
  while (row >= 0 && c->n < LINKS_MAX) {
    bool brings = false;
    seen[n_seen++] = row;
    int const j = best_column(t, row, seen, n_seen, &brings);
    if (j < 0) {
      c->link[c->n++] = held_link(t, row);
      return;
    }
    chain_link const l = link_of(t, j, brings);
    c->link[c->n++] = l;
    row = l.kind == LINK_SHIP ? other_end(t, j, row) : -1;
  }
}

static bool same_reasons(const chain *a, const chain *b) {
  if (a->n != b->n) return false;
  for (int i = 0; i < a->n; i++) {
    const chain_link *x = &a->link[i], *y = &b->link[i];
    if (x->kind != y->kind || x->block != y->block || x->brings != y->brings || x->source != y->source) return false;
  }
  return true;
}

/* --- In words ---------------------------------------------------------------------------------------- */

static void say_recipe(const telling *t, const pl_block *b, pl_string *out) {
  const pl_case *c = t->p->c;
  const pl_process *p = &c->processes[c->units[b->thing].runs.index[b->part]];
  for (int i = 0; i < p->takes.n; i++) {
    const pl_material *m = &c->materials[p->takes.material[i]];
    const char *unit = pl_dim_text(pl_material_dim(c, p->takes.material[i]), t->scratch);
    pl_string_printf(out, "%s%s %s", i ? i + 1 < p->takes.n ? ", " : " and " : " from ",
                     pl_explain_amount(t->scratch, p->takes.amount[i] * pl_process_scale(p), unit), m->name);
  }
}

static void say_ship(const telling *t, const chain_link *l, const char *money, pl_string *out) {
  const pl_lane *lane = &t->p->c->lanes[l->block->thing];
  const char *site = t->p->c->sites[l->brings ? lane->from : lane->to].name;
  pl_string_printf(out, l->brings ? "brought over lanes.%s (%s) from %s, where " : "one more would go over lanes.%s (%s) to %s, where ",
                   lane->name, money, site);
}

static void say_run(const telling *t, const chain_link *l, const char *thing, const char *money, pl_string *out) {
  const pl_case *c = t->p->c;
  const pl_process *p = &c->processes[c->units[l->block->thing].runs.index[l->block->part]];
  if (!l->brings) {
    pl_string_printf(out, "one more lets %s make more %s", thing, c->materials[pl_process_product(p)].name);
    return;
  }
  pl_string_printf(out, "the last is made by %s", thing);
  say_recipe(t, l->block, out);
  if (l->money != 0) pl_string_printf(out, " (running it costs %s)", money);
}

static void say_link(const telling *t, const chain_link *l, pl_string *out) {
  if (l->kind == LINK_FREE) pl_string_printf(out, "one more would change nothing");
  if (l->kind == LINK_STILL) pl_string_printf(out, "nothing moves here");
  if (l->kind == LINK_OTHER) pl_string_printf(out, "all amounts here are set elsewhere");
  if (!l->block) return;
  const char *thing = pl_block_thing(t->p, l->block, false, t->scratch);
  const char *money = pl_explain_money(t->scratch, t->p, l->money, pl_block_unit(t->p, l->block, false, t->scratch));
  switch (l->kind) {
  case LINK_TRADE:
    pl_string_printf(out, l->brings ? "the last is bought at %s (%s)" : "the last is sold at %s (%s)", thing, money);
    break;
  case LINK_SHIP: say_ship(t, l, money, out); return;
  case LINK_RUN: say_run(t, l, thing, money, out); break;
  case LINK_FEED: pl_string_printf(out, "one more goes into the charge of %s", thing); break;
  case LINK_STOCK:
    pl_string_printf(out, l->brings ? "the last comes out of %s" : "one more would be kept in %s", thing);
    break;
  case LINK_HELD:
    pl_string_printf(out, "%s is at its bound: %s", thing, l->source->words);
    return;
  case LINK_FREE:
  case LINK_STILL:
  case LINK_OTHER: return;
  }
  if (l->source) {
    const pl_block *b = &(l->source->is_row ? t->p->rows : t->p->columns)[l->source->block];
    pl_string_printf(out, ", held by %s of %s", l->source->words, pl_block_thing(t->p, b, l->source->is_row, t->scratch));
  }
}

static const char *reason(const telling *t, const chain *c) {
  pl_string out;
  pl_string_init(&out, t->scratch);
  for (int i = 0; i < c->n; i++) say_link(t, &c->link[i], &out);
  const char *fixed = t->p->lp.n_integer > 0 ? " (on/off decisions as they are)" : "";
  return pl_arena_printf(t->arena, "%s%s", out.text, fixed);
}

/* --- Runs of equal reasons ------------------------------------------------------------------------------ */

static pl_marginal *marginal_add(telling *t) {
  if (t->n == t->capacity) {
    t->capacity = t->capacity ? 2 * t->capacity : 64;
    pl_marginal *grown = PL_NEW_ARRAY(t->arena, pl_marginal, (size_t)t->capacity);
    if (t->n) memcpy(grown, t->list, (size_t)t->n * sizeof *grown);
    t->list = grown;
  }
  return &t->list[t->n++];
}

static void run_end(telling *t, const pl_block *b, int first, int end, double sum, chain *c) {
  char slice[32];
  int const n = end - first;
  pl_marginal *m = marginal_add(t);
  for (int i = 0; i < c->n; i++) c->link[i].money /= n;
  m->site = b->thing;
  m->material = b->part;
  m->party = b->party;
  m->from = pl_arena_strdup(t->arena, pl_block_slice(b, first, slice, sizeof slice));
  m->to = pl_arena_strdup(t->arena, pl_block_slice(b, end - 1, slice, sizeof slice));
  m->value = sum / n;
  m->reason = reason(t, c);
  pl_arena_reset(t->scratch);
}

static void tell_balance(telling *t, const pl_block *b) {
  chain run = {0}, next;
  double sum = 0;
  int first = 0;
  for (int v = 0; v < b->count; v++) {
    follow(t, b->first + v, &next);
    if (v > first && same_reasons(&run, &next)) {
      for (int i = 0; i < run.n; i++) run.link[i].money += next.link[i].money;
    } else {
      if (v > first) run_end(t, b, first, v, sum, &run);
      run = next;
      first = v;
      sum = 0;
    }
    sum += pl_schedule_marginal(t->s, b, v);
  }
  if (b->count > 0) run_end(t, b, first, b->count, sum, &run);
}

int pl_explain_marginals(const pl_schedule *s, pl_marginal **out, pl_arena *a) {
  const pl_program *p = s->program;
  pl_arena *own = pl_arena_new();
  telling t = {.s = s, .p = p, .arena = a, .scratch = pl_arena_new()};
  for (int j = 0; j < p->lp.n_cols; j++) t.noise = fmax(t.noise, 1e-9 * fabs(p->lp.cost[j]));
  pl_explain_by_rows(&p->lp, own, &t.rows);
  pl_explain_block_entries(p, own, &t.entries);
  for (int i = 0; i < p->n_row_blocks; i++)
    if (p->rows[i].kind == PL_ROW_BALANCE) tell_balance(&t, &p->rows[i]);
  pl_arena_free(t.scratch);
  pl_arena_free(own);
  *out = t.list;
  return t.n;
}
