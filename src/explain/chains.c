/* What one more unit of a material is worth, and why. The value of a balance is explained by a
 * column that is strictly between its bounds: its reduced cost is zero, so the value is what that
 * column pays or earns, and the next balance that it touches continues the explanation, until a
 * market ends it. */
#include "explain/chains.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rank.h"
#include "chain/recipe.h"
#include "diagnose/give.h"
#include "plan/words.h"

enum { HELD_YES = 1, HELD_NO }; /* of pl_chains.held */
/* HELD: how much farther away a column counts that a rule limits */
enum { NODES_MAX = 64, HELD = 4 };

typedef enum {
  LINK_TRADE,
  LINK_SHIP,
  LINK_DELIVERY,
  LINK_SALE_FOR,
  LINK_RUN,
  LINK_FEED,
  LINK_RESERVE,
  LINK_STOCK,
  LINK_HELD,
  LINK_FREE,
  LINK_STILL,
  LINK_OTHER
} link_kind;

/* --- Ordered by name, which does not depend on how a case is written -------------------------- */

typedef struct {
  const char *name;
  int block;
} named;

static int by_name(const void *x, const void *y) {
  const named *a = x, *b = y;
  int const names = strcmp(a->name, b->name);
  return names ? names : (a->block > b->block) - (a->block < b->block);
}

static named *named_blocks(const pl_program *p, bool is_row, pl_arena *a) {
  int const n = is_row ? p->n_row_blocks : p->n_column_blocks;
  const pl_block *block = is_row ? p->rows : p->columns;
  named *list = PL_NEW_ARRAY(a, named, (size_t)n + 1);
  for (int i = 0; i < n; i++)
    list[i] = (named){block[i].count == 0 ? ""
                      : is_row            ? pl_program_row_name(p, block[i].first, a)
                                          : pl_program_column_name(p, block[i].first, a),
                      i};
  if (n > 0) qsort(list, (size_t)n, sizeof *list, by_name);
  return list;
}

/* The matrix by rows, the columns of a row in the order of their names. */
static void read_rows(pl_chains *t) {
  const pl_program *p = t->p;
  const pl_lp *lp = &p->lp;
  pl_words_by_rows(lp, t->own, &t->rows);
  const named *list = named_blocks(p, false, t->scratch);
  int *next = PL_NEW_ARRAY(t->scratch, int, (size_t)lp->n_rows + 1);
  memcpy(next, t->rows.start, (size_t)lp->n_rows * sizeof *next);
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[list[i].block];
    for (int j = block->first; j < block->first + block->count; j++)
      for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
        int const at = next[lp->index[k]]++;
        t->rows.column[at] = j;
        t->rows.value[at] = lp->value[k];
      }
  }
  pl_arena_reset(t->scratch);
}

static void rank_rules(pl_chains *t) {
  const named *list = named_blocks(t->p, true, t->scratch);
  t->rule_place = PL_NEW_ARRAY(t->own, int, (size_t)t->p->n_row_blocks + 1);
  for (int i = 0; i < t->p->n_row_blocks; i++) t->rule_place[list[i].block] = i;
  pl_arena_reset(t->scratch);
}

void pl_chains_begin(pl_chains *t, const pl_schedule *s, pl_arena *arena) {
  const pl_program *p = s->program;
  *t =
      (pl_chains){.s = s, .p = p, .arena = arena, .scratch = pl_arena_new(), .own = pl_arena_new()};
  for (int j = 0; j < p->lp.n_cols; j++) t->noise = fmax(t->noise, 1e-9 * fabs(p->lp.cost[j]));
  t->held = PL_NEW_ARRAY(t->own, unsigned char, (size_t)p->lp.n_cols + 1);
  t->asked = PL_NEW_ARRAY(t->own, bool, (size_t)p->lp.n_cols + 1);
  t->bound_by = PL_NEW_ARRAY(t->own, const pl_source_of_bound *, (size_t)p->lp.n_cols + 1);
  read_rows(t);
  rank_rules(t);
  pl_words_block_entries(p, t->own, &t->entries);
}

void pl_chains_end(pl_chains *t) {
  pl_arena_free(t->scratch);
  pl_arena_free(t->own);
}

static double slack_of(double x) { return 1e-7 * fmax(1, fabs(x)); }

static bool is_between(const pl_chains *t, int j) {
  const pl_lp *lp = &t->p->lp;
  double const x = t->s->solution->col_value[j], slack = slack_of(x);
  return x > lp->lower[j] + slack && x < lp->upper[j] - slack;
}

/* At a bound, but with zero reduced cost, so it would move at no loss. */
static bool is_idle(const pl_chains *t, int j, bool brings) {
  double const x = t->s->solution->col_value[j];
  if (!(fabs(t->s->solution->col_dual[j]) <= t->noise)) return false;
  return !brings || x < t->p->lp.upper[j] - slack_of(x);
}

/* For each way a column moves goods: how remote an explanation it is where it brings them and where
 * it takes them, in half links of the chain, −1 = none; and how it is put into words. Markets state
 * a price, so they come first. */
static const struct {
  int brings, takes;
  link_kind link;
} of_moves[PL_MOVES_KINDS] = {
    [PL_MOVES_NONE] = {-1, -1, LINK_STOCK}, [PL_MOVES_RUN] = {0, 4, LINK_RUN},
    [PL_MOVES_FEED] = {4, 4, LINK_FEED},    [PL_MOVES_SHIP] = {-1, -1, LINK_SHIP},
    [PL_MOVES_TRADE] = {0, 0, LINK_TRADE},  [PL_MOVES_DELIVER] = {-1, -1, LINK_DELIVERY},
    [PL_MOVES_STOCK] = {3, 5, LINK_STOCK},  [PL_MOVES_READY] = {2, 2, LINK_RESERVE},
    [PL_MOVES_START] = {4, 4, LINK_STOCK},  [PL_MOVES_EXTRA] = {4, 4, LINK_STOCK},
};

static int distance_of(const pl_block *block, bool brings) {
  return brings ? of_moves[pl_block_moves(block)].brings : of_moves[pl_block_moves(block)].takes;
}

static link_kind kind_of(const pl_block *block) {
  link_kind const link = of_moves[pl_block_moves(block)].link;
  return link == LINK_TRADE && pl_block_agreement(block, false) >= 0 ? LINK_SALE_FOR : link;
}

/* The balance at the other end of a shipment or delivery: the row where the largest part of it
 * arrives, or from which it leaves. */
static int other_end(const pl_chains *t, int j, int row) {
  const pl_lp *lp = &t->p->lp;
  double most = 0;
  int other = -1;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
    const pl_block *block = pl_program_row_block(t->p, lp->index[k]);
    if (block->kind != PL_ROW_BALANCE || block == pl_program_row_block(t->p, row) ||
        fabs(lp->value[k]) <= most)
      continue;
    most = fabs(lp->value[k]);
    other = lp->index[k];
  }
  return other;
}

/* Balances and other rows that conserve goods do not limit a column. */
static bool is_material(const pl_block *row) {
  return pl_block_facts(row, true)->role == PL_ROLE_GOODS;
}

/* A rule besides its balances enters the column's reduced cost, so one more of it is not only a
 * matter of price. */
static bool find_held(const pl_chains *t, int j) {
  const pl_lp *lp = &t->p->lp;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
    if (fabs(lp->value[k] * t->s->solution->row_dual[lp->index[k]]) > t->noise &&
        !is_material(pl_program_row_block(t->p, lp->index[k])))
      return true;
  return false;
}

/* The same, computed once per column: a monthly column is looked up in every hour. */
static bool is_held(const pl_chains *t, int j) {
  if (!t->held[j]) t->held[j] = find_held(t, j) ? HELD_YES : HELD_NO;
  return t->held[j] == HELD_YES;
}

/* The capacity or minimum load of a unit that is on, which is a coefficient of its on/off
 * decision. */
static const pl_source_of_bound *while_on(const pl_chains *t, const pl_block *block) {
  const pl_facts *of = pl_block_facts(block, true);
  if (of->role != PL_ROLE_LOAD || of->gives.how != PL_GIVES_COEFFICIENT) return NULL;
  pl_source_of_bound *x = PL_NEW(t->own, pl_source_of_bound);
  *x = (pl_source_of_bound){.block = (int)(block - t->p->rows), .is_row = true};
  x->place = pl_gives_place(t->p, block, true, &x->words);
  return x;
}

/* The number that binds the column besides its balances: the rule with the largest part in its
 * reduced cost; of equal ones, the first by name. */
static const pl_source_of_bound *find_binding(const pl_chains *t, int j) {
  const pl_lp *lp = &t->p->lp;
  const double *dual = t->s->solution->row_dual;
  const pl_source_of_bound *found = NULL;
  double most = t->noise;
  int place = INT_MAX;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
    int const i = lp->index[k];
    double const say = fabs(lp->value[k] * dual[i]), same = PL_RANK_SLACK * most;
    const pl_block *block = pl_program_row_block(t->p, i);
    int const here = t->rule_place[block - t->p->rows];
    if (say <= t->noise || say < most - same || (say <= most + same && here > place)) continue;
    const pl_source_of_bound *source =
        pl_words_source(t->p, block, true, dual[i] < 0, i - block->first);
    if (!source) source = while_on(t, block);
    if (!source) continue;
    found = source;
    most = say;
    place = here;
  }
  return found;
}

/* The same, computed once per column. */
static const pl_source_of_bound *binding(const pl_chains *t, int j) {
  if (!t->asked[j]) {
    t->asked[j] = true;
    t->bound_by[j] = find_binding(t, j);
  }
  return t->bound_by[j];
}

static pl_chain_link link_of(const pl_chains *t, int j, bool brings) {
  const pl_block *block = pl_program_column_block(t->p, j);
  double const earned =
      pl_words_earned(&t->entries, (int)(block - t->p->columns), j - block->first);
  bool const sale = pl_block_moves(block) == PL_MOVES_TRADE && !brings;
  return (pl_chain_link){kind_of(block), brings, block, binding(t, j), sale ? earned : -earned};
}

/* --- The nearest explanation, searched outwards from balance to balance along lanes ---------- */

typedef struct {
  int row, parent; /* parent: node, −1 at the start */
  int depth, column;
  bool brings; /* the column that leads here brings goods to the parent */
} node;

typedef struct {
  node nodes[NODES_MAX];
  int n;
  int score;      /* length of the best end so far, in half links */
  int at, column; /* its node and column; column −1 = none found */
  bool brings;
  bool held;  /* the column is at a bound that a number gives */
  bool moves; /* something moves in the balance itself */
} chase;

static void chase_end(chase *c, int at, int column, bool brings, bool held, int distance) {
  int const score = 2 * c->nodes[at].depth + distance;
  if (c->column >= 0 && score >= c->score) return;
  c->score = score;
  c->at = at;
  c->column = column;
  c->brings = brings;
  c->held = held;
}

static void chase_on(const pl_chains *t, chase *c, int at, int column, bool brings) {
  int const other = other_end(t, column, c->nodes[at].row);
  if (other < 0 || c->n == NODES_MAX || c->nodes[at].depth + 1 >= PL_CHAIN_LINKS) return;
  for (int i = at; i >= 0; i = c->nodes[i].parent) /* the same goods in another period: a circle */
    if (pl_program_row_block(t->p, other) == pl_program_row_block(t->p, c->nodes[i].row)) return;
  for (int i = 0; i < c->n; i++)
    if (c->nodes[i].row == other) return;
  c->nodes[c->n++] = (node){other, at, c->nodes[at].depth + 1, column, brings};
}

static void chase_row(const pl_chains *t, chase *c, int at) {
  const pl_solution *s = t->s->solution;
  int const row = c->nodes[at].row;
  for (int k = t->rows.start[row]; k < t->rows.start[row + 1]; k++) {
    int const j = t->rows.column[k];
    bool const brings = t->rows.value[k] > 0, between = is_between(t, j);
    const pl_block *block = pl_program_column_block(t->p, j);
    if (at == 0 && fabs(s->col_value[j]) > 1e-9) c->moves = true;
    if (between || is_idle(t, j, brings)) {
      int const distance = distance_of(block, brings);
      pl_moves const moves = pl_block_moves(block);
      if (moves == PL_MOVES_DELIVER && binding(t, j))
        chase_end(c, at, j, brings, true, brings ? 5 : 8);
      else if (moves == PL_MOVES_SHIP || moves == PL_MOVES_DELIVER)
        chase_on(t, c, at, j, brings);
      else if (distance >= 0)
        chase_end(c, at, j, brings, false, distance + !between + (is_held(t, j) ? HELD : 0));
    } else if (pl_words_source(t->p, block, false, s->col_dual[j] < 0, j - block->first)) {
      chase_end(c, at, j, brings, true, brings ? 5 : 8);
    }
  }
}

static void chase_chain(const pl_chains *t, const chase *c, pl_chain *out) {
  int path[PL_CHAIN_LINKS], n = 0;
  for (int at = c->at; c->nodes[at].parent >= 0; at = c->nodes[at].parent) path[n++] = at;
  out->n = 0;
  while (n-- > 0)
    out->link[out->n++] = link_of(t, c->nodes[path[n]].column, c->nodes[path[n]].brings);
  if (!c->held) {
    out->link[out->n++] = link_of(t, c->column, c->brings);
    return;
  }
  const pl_block *block = pl_program_column_block(t->p, c->column);
  bool const upper = t->s->solution->col_dual[c->column] < 0;
  const pl_source_of_bound *source =
      pl_block_moves(block) == PL_MOVES_DELIVER
          ? binding(t, c->column)
          : pl_words_source(t->p, block, false, upper, c->column - block->first);
  out->link[out->n++] = (pl_chain_link){LINK_HELD, c->brings, block, source, 0};
}

void pl_chain_follow(const pl_chains *t, int row, pl_chain *out) {
  chase c = {.n = 1, .nodes = {{row, -1, 0, -1, false}}, .column = -1};
  bool const worthless = !(fabs(t->s->solution->row_dual[row]) > t->noise);
  out->n = 1;
  out->link[0] = (pl_chain_link){.kind = LINK_FREE};
  if (worthless) return;
  for (int at = 0; at < c.n && (c.column < 0 || 2 * c.nodes[at].depth < c.score); at++)
    chase_row(t, &c, at);
  out->link[0].kind = c.moves ? LINK_OTHER : LINK_STILL;
  if (c.column >= 0) chase_chain(t, &c, out);
}

/* The same number of the case, whichever of its sides binds. */
static bool same_number(const pl_source_of_bound *a, const pl_source_of_bound *b) {
  if (a == b || !a || !b) return a == b;
  return a->place.line > 0 && a->place.line == b->place.line &&
         a->place.column == b->place.column && a->place.file == b->place.file;
}

bool pl_chain_is_same(const pl_chain *a, const pl_chain *b) {
  if (a->n != b->n) return false;
  for (int i = 0; i < a->n; i++) {
    const pl_chain_link *x = &a->link[i], *y = &b->link[i];
    if (x->kind != y->kind || x->block != y->block || x->brings != y->brings ||
        !same_number(x->source, y->source))
      return false;
  }
  return true;
}

/* --- In words -------------------------------------------------------------------------------- */

static void say_recipe(const pl_chains *t, const pl_block *block, pl_string *out) {
  const pl_case *c = t->p->c;
  const pl_process *process = pl_block_process(c, block, false);
  if (pl_process_is_blend(process)) pl_string_printf(out, " from its charge");
  bool first = true;
  for (pl_run_goods g = pl_process_inputs(process); g.ok; first = false) {
    const char *unit = pl_dim_text(pl_material_dim(c, g.material), t->scratch);
    const char *amount = pl_words_amount(t->scratch, -g.amount, unit);
    const char *name = c->materials[g.material].name;
    pl_process_next(&g);
    pl_string_printf(out, "%s%s %s",
                     g.ok && !first                           ? ", "
                     : !first || pl_process_is_blend(process) ? " and "
                                                              : " from ",
                     amount, name);
  }
}

static void say_ship(const pl_chains *t, const pl_chain_link *l, const char *money,
                     pl_string *out) {
  const pl_lane *lane = &t->p->c->lanes[l->block->thing];
  const char *site = t->p->c->sites[l->brings ? lane->from : lane->to].name;
  pl_string_printf(out,
                   l->brings ? "it comes by lanes.%s (%s) from %s; there "
                             : "it could go by lanes.%s (%s) to %s; there ",
                   lane->name, money, site);
}

/* From seller to buyer, at one place. */
static void say_delivery(const pl_chains *t, const pl_chain_link *l, const char *thing,
                         pl_string *out) {
  const pl_case *c = t->p->c;
  const pl_agreement *agreement = &c->agreements[l->block->thing];
  const char *other = c->parties[l->brings ? agreement->seller : agreement->buyer].name;
  pl_string_printf(out,
                   l->brings ? "one more is delivered by %s under %s; with %s "
                             : "it could be delivered to %s under %s; with %s ",
                   other, thing, other);
}

static void say_run(const pl_chains *t, const pl_chain_link *l, const char *thing,
                    const char *money, pl_string *out) {
  const pl_case *c = t->p->c;
  const pl_process *process = pl_block_process(c, l->block, false);
  if (!l->brings) {
    pl_string_printf(out, "one more lets %s make more %s", thing,
                     c->materials[pl_process_product(process)].name);
    return;
  }
  pl_string_printf(out, "one more is made by %s", thing);
  say_recipe(t, l->block, out);
  if (l->money != 0) pl_string_printf(out, " (running it costs %s)", money);
}

static void say_link(const pl_chains *t, const pl_chain_link *l, pl_string *out) {
  if (l->kind == LINK_FREE) pl_string_printf(out, "one more would make no difference");
  if (l->kind == LINK_STILL) pl_string_printf(out, "nothing moves here");
  if (l->kind == LINK_OTHER) pl_string_printf(out, "all amounts here are determined elsewhere");
  if (!l->block) return;
  const char *thing = pl_block_thing(t->p, l->block, false, t->scratch);
  const char *money =
      pl_words_money(t->scratch, t->p, l->money, pl_block_unit(t->p, l->block, false, t->scratch));
  switch (l->kind) {
  case LINK_TRADE:
    pl_string_printf(out,
                     l->brings ? "one more is bought at %s (%s)" : "one more is sold at %s (%s)",
                     thing, money);
    break;
  case LINK_SHIP: say_ship(t, l, money, out); return;
  case LINK_DELIVERY: say_delivery(t, l, thing, out); return;
  case LINK_SALE_FOR:
    pl_string_printf(out, "one more is sold under %s at markets.%s (%s)", thing,
                     t->p->c->markets[pl_block_market(t->p->c, l->block)].name, money);
    break;
  case LINK_RUN: say_run(t, l, thing, money, out); break;
  case LINK_RESERVE: pl_string_printf(out, "one more is kept ready by %s", thing); break;
  case LINK_FEED: pl_string_printf(out, "one more goes into the charge of %s", thing); break;
  case LINK_STOCK:
    pl_string_printf(out, l->brings ? "one more comes out of %s" : "one more is kept in %s", thing);
    break;
  case LINK_HELD:
    pl_string_printf(out, "%s is limited by its '%s'", thing, l->source->words);
    return;
  default: return; /* FREE, STILL, OTHER: handled above */
  }
  if (l->source) {
    const pl_block *block = &(l->source->is_row ? t->p->rows : t->p->columns)[l->source->block];
    pl_string_printf(out, ", limited by '%s' of %s", l->source->words,
                     pl_block_thing(t->p, block, l->source->is_row, t->scratch));
  }
}

const char *pl_chain_reason(const pl_chains *t, const pl_chain *c) {
  pl_string out;
  pl_string_init(&out, t->scratch);
  for (int i = 0; i < c->n; i++) say_link(t, &c->link[i], &out);
  const char *fixed = t->p->lp.n_integer > 0 ? " (on/off as decided)" : "";
  return pl_arena_printf(t->arena, "%s%s", out.text, fixed);
}
