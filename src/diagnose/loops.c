/* Ways to earn without limit. A program is unbounded along a ray: a direction in which every amount
 * may grow for ever, every rule still holds, and money comes in. Rays are searched for among the
 * columns without bounds; with the total amount limited to 1, the corners of the set of rays are
 * single loops, and the best corner is the best loop. No plan is made here. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "diagnose/diagnose.h"
#include "diagnose/sketch.h"
#include "plan/words.h"

enum { LOOPS_MAX = 10 };
static const double margin_least =
    1e-6; /* share of the loop's income below which money is rounding */

typedef struct {
  const pl_program *p;
  pl_arena *arena;
  pl_by_rows rows;
  pl_block_entries entries;
  signed char *sign; /* [n_cols] +1: may grow, −1: may fall, 2: both, 0: cannot move for ever */
  int *up, *down;    /* [n_rows] remaining columns that can push the row up, or down */
  int *queue, n_queue;
  bool *queued;
  const pl_solve_options *stopped_by; /* NULL = nothing */
} search;

static signed char freedom(const pl_lp *lp, int j) {
  bool const grows = isinf(lp->upper[j]), falls = isinf(lp->lower[j]);
  return (signed char)(grows && falls ? 2 : grows ? 1 : falls ? -1 : 0);
}

static bool pushes_up(signed char sign, double value) { return sign == 2 || sign * value > 0; }
static bool pushes_down(signed char sign, double value) { return sign == 2 || sign * value < 0; }

static void enqueue(search *s, int row) {
  if (s->queued[row]) return;
  s->queued[row] = true;
  s->queue[s->n_queue++] = row;
}

static void column_drop(search *s, int j) {
  const pl_lp *lp = &s->p->lp;
  signed char const sign = s->sign[j];
  s->sign[j] = 0;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
    int const i = lp->index[k];
    s->up[i] -= pushes_up(sign, lp->value[k]);
    s->down[i] -= pushes_down(sign, lp->value[k]);
    enqueue(s, i);
  }
}

/* A row that may not rise for ever and that no column can push down stops all columns that push it
 * up; and vice versa. */
static void row_stop(search *s, int i) {
  const pl_lp *lp = &s->p->lp;
  bool const no_rise = isfinite(lp->row_upper[i]) && s->down[i] == 0;
  bool const no_fall = isfinite(lp->row_lower[i]) && s->up[i] == 0;
  if (!no_rise && !no_fall) return;
  for (int k = s->rows.start[i]; k < s->rows.start[i + 1]; k++) {
    int const j = s->rows.column[k];
    if (s->sign[j] == 0) continue;
    if ((no_rise && pushes_up(s->sign[j], s->rows.value[k])) ||
        (no_fall && pushes_down(s->sign[j], s->rows.value[k])))
      column_drop(s, j);
  }
}

static void settle(search *s) {
  while (s->n_queue > 0) {
    int const i = s->queue[--s->n_queue];
    s->queued[i] = false;
    row_stop(s, i);
  }
}

static void search_init(search *s, const pl_program *p, pl_arena *a) {
  const pl_lp *lp = &p->lp;
  size_t const rows = (size_t)lp->n_rows + 1;
  *s = (search){.p = p, .arena = a};
  pl_words_by_rows(lp, a, &s->rows);
  pl_words_block_entries(p, a, &s->entries);
  s->sign = PL_NEW_ARRAY(a, signed char, (size_t)lp->n_cols + 1);
  s->up = PL_NEW_ARRAY(a, int, rows);
  s->down = PL_NEW_ARRAY(a, int, rows);
  s->queue = PL_NEW_ARRAY(a, int, rows);
  s->queued = PL_NEW_ARRAY(a, bool, rows);
  for (int j = 0; j < lp->n_cols; j++) {
    s->sign[j] = freedom(lp, j);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      s->up[lp->index[k]] += s->sign[j] != 0 && pushes_up(s->sign[j], lp->value[k]);
      s->down[lp->index[k]] += s->sign[j] != 0 && pushes_down(s->sign[j], lp->value[k]);
    }
  }
  for (int i = lp->n_rows; i-- > 0;) enqueue(s, i);
  settle(s);
}

static bool anything_earns(const search *s) {
  const pl_lp *lp = &s->p->lp;
  for (int j = 0; j < lp->n_cols; j++) {
    if (s->sign[j] == 2 ? lp->cost[j] != 0 : s->sign[j] * lp->cost[j] < 0) return true;
  }
  return false;
}

/* Column j of the program, moved in the direction way, as a column of the program of rays. */
static void ray_column(const search *s, pl_sketch *k, const int *row_at, int total, int j,
                       int way) {
  const pl_lp *lp = &s->p->lp;
  (void)pl_sketch_column(k, way * lp->cost[j], 0, INFINITY);
  for (int e = lp->start[j]; e < lp->start[j + 1]; e++) {
    if (row_at[lp->index[e]] >= 0) pl_sketch_entry(k, row_at[lp->index[e]], way * lp->value[e]);
  }
  pl_sketch_entry(k, total, 1);
}

/* minimise cost·d over the columns left, where every row stays where it is or moves to its open
 * side, and Σ |d| ≤ 1. ray_of[c] is column c's own number. */
static void ray_program(const search *s, pl_sketch *k, int *ray_of) {
  const pl_lp *lp = &s->p->lp;
  int *row_at = PL_NEW_ARRAY(s->arena, int, (size_t)lp->n_rows + 1);
  pl_sketch_init(k, s->arena, 2L * lp->n_cols, lp->n_rows + 1L,
                 2 * lp->n_entries + 2L * lp->n_cols);
  for (int i = 0; i < lp->n_rows; i++) {
    bool const needed =
        s->up[i] + s->down[i] > 0 && (isfinite(lp->row_lower[i]) || isfinite(lp->row_upper[i]));
    row_at[i] = -1;
    if (!needed) continue;
    row_at[i] = pl_sketch_row(k, isfinite(lp->row_lower[i]) ? 0 : -INFINITY,
                              isfinite(lp->row_upper[i]) ? 0 : INFINITY);
  }
  int const total = pl_sketch_row(k, -INFINITY, 1);
  for (int j = 0; j < lp->n_cols; j++) {
    for (int way = 1; way >= -1; way -= 2) {
      if (s->sign[j] != way && s->sign[j] != 2) continue;
      ray_of[k->lp.n_cols] = j;
      ray_column(s, k, row_at, total, j, way);
    }
  }
}

/* --- A ray in words -------------------------------------------------------------------------- */

typedef struct { /* what the loop does with one column block */
  const pl_block *block;
  double amount; /* over all slices */
  double earned; /* per unit, undiscounted */
  double income; /* present value of all of amount */
  int slice;     /* first */
} step;

typedef struct {
  step *steps;
  int n;
  double income, margin; /* present values: income, and margin */
} loop;

static step *loop_step(loop *l, const pl_block *block) {
  for (int i = 0; i < l->n; i++)
    if (l->steps[i].block == block) return &l->steps[i];
  l->steps[l->n] = (step){.block = block, .slice = -1};
  return &l->steps[l->n++];
}

static void loop_read(const search *s, const pl_sketch *k, const int *ray_of, const double *d,
                      loop *l) {
  const pl_lp *lp = &s->p->lp;
  *l = (loop){.steps = PL_NEW_ARRAY(s->arena, step, (size_t)s->p->n_column_blocks + 1)};
  for (int c = 0; c < k->lp.n_cols; c++) {
    if (d[c] <= 1e-9) continue;
    int const j = ray_of[c];
    const pl_block *block = pl_program_column_block(s->p, j);
    step *t = loop_step(l, block);
    if (t->slice < 0) {
      t->slice = j - block->first;
      t->earned = pl_words_earned(&s->entries, (int)(block - s->p->columns), t->slice);
    }
    t->amount += d[c];
    t->income -= k->lp.cost[c] * d[c];
    l->margin -= k->lp.cost[c] * d[c];
    if (lp->cost[j] != 0 && k->lp.cost[c] < 0) l->income -= k->lp.cost[c] * d[c];
  }
}

static bool is_trade(const pl_block *block) { return pl_block_moves(block) == PL_MOVES_TRADE; }

static bool is_purchase(const pl_program *p, const pl_block *block) {
  return is_trade(block) && p->c->markets[pl_block_market(p->c, block)].sells >= 0;
}

/* The step that brings the money in: a sale if there is one. */
static const step *loop_earner(const loop *l) {
  const step *best = &l->steps[0];
  for (int i = 1; i < l->n; i++) {
    const step *t = &l->steps[i];
    bool const sale = is_trade(t->block) && t->income > 0;
    bool const best_sale = is_trade(best->block) && best->income > 0;
    if (sale != best_sale ? sale : t->income > best->income) best = t;
  }
  return best;
}

static const char *verb_of(const pl_program *p, const pl_block *block) {
  const char *verb = pl_block_facts(block, false)->verb;
  return is_purchase(p, block) ? "buy" : *verb ? verb : "use";
}

/* Purchases first, then what a party does itself, then the rest, and sales last. */
static int order_of(const pl_program *p, const pl_block *block) {
  pl_moves const moves = pl_block_moves(block);
  if (moves == PL_MOVES_TRADE) return is_purchase(p, block) ? 0 : 3;
  bool const by_itself = moves == PL_MOVES_SHIP || moves == PL_MOVES_RUN || moves == PL_MOVES_FEED;
  return by_itself && pl_block_agreement(block, false) < 0 ? 1 : 2;
}

static void say_step(const search *s, const step *t, double per, pl_string *out) {
  const char *unit = pl_block_unit(s->p, t->block, false, s->arena);
  if (out->length > 0) pl_string_printf(out, ", ");
  pl_string_printf(out, "%s %s %s %s", verb_of(s->p, t->block),
                   pl_words_amount(s->arena, t->amount / per, unit),
                   pl_block_moves(t->block) == PL_MOVES_SHIP  ? "by"
                   : pl_block_agreement(t->block, false) >= 0 ? "under"
                                                              : "at",
                   pl_block_thing(s->p, t->block, false, s->arena));
  if (t->earned != 0) {
    pl_string_printf(out, " (%s)", pl_words_money(s->arena, s->p, fabs(t->earned), unit));
  }
}

static void loop_say(const search *s, const loop *l, const step *earner, pl_diag *diag) {
  const pl_program *p = s->p;
  const pl_block *block = earner->block;
  pl_place place;
  pl_string text;
  (void)pl_words_thing(p, block, false, &place);
  pl_string_init(&text, s->arena);
  for (int order = 0; order <= 3; order++)
    for (int i = 0; i < l->n; i++)
      if (&l->steps[i] != earner && order_of(p, l->steps[i].block) == order)
        say_step(s, &l->steps[i], earner->amount, &text);
  say_step(s, earner, earner->amount, &text);
  double const margin =
      l->margin / earner->amount / pl_program_worth(p, block->grid, earner->slice);
  (void)pl_fail(diag, PL_UNBOUNDED, place,
                "%s earns without limit %s: %s; each time %s is gained, and nothing bounds it",
                pl_block_thing(p, block, false, s->arena),
                pl_words_when(s->arena, block->grid, earner->slice), text.text,
                pl_words_money(s->arena, p, margin, pl_block_unit(p, block, false, s->arena)));
  pl_hint(diag, "give %s an 'up to', or one of the others in this loop",
          pl_block_thing(p, block, false, s->arena));
}

/* Once reported, the thing counts as bounded, so that the next loop is a different one. */
static void thing_drop(search *s, const pl_block *told) {
  for (int b = 0; b < s->p->n_column_blocks; b++) {
    const pl_block *block = &s->p->columns[b];
    if (block->kind != told->kind || block->thing != told->thing) continue;
    for (int v = 0; v < block->count; v++)
      if (s->sign[block->first + v] != 0) column_drop(s, block->first + v);
  }
  settle(s);
}

static pl_status search_once(search *s, bool *found, pl_diag *diag) {
  pl_sketch k;
  pl_solver *solver = NULL;
  pl_solution *answer = NULL;
  loop l;
  int *ray_of = PL_NEW_ARRAY(s->arena, int, 2 * (size_t)s->p->lp.n_cols + 1);
  *found = false;
  if (!anything_earns(s)) return PL_OK;
  ray_program(s, &k, ray_of);
  pl_solve_options const options = pl_solve_stopped_by(s->stopped_by);
  PL_TRY(pl_solver_new(&k.lp, &options, &solver, diag));
  pl_diag *aside = pl_diag_new(); /* messages about plans */
  pl_status const status = pl_solver_run(solver, s->arena, &answer, aside);
  pl_diag_free(aside);
  pl_solver_free(solver);
  if (status == PL_STOPPED)
    return pl_fail(diag, status, PL_NOWHERE, "stopped before all loops were found");
  if (status != PL_OK)
    return pl_fail(diag, PL_SOLVER, PL_NOWHERE, "the solver could not look for loops");
  loop_read(s, &k, ray_of, answer->col_value, &l);
  if (l.n == 0 || !(l.margin > margin_least * l.income)) return PL_OK;
  const step *earner = loop_earner(&l);
  loop_say(s, &l, earner, diag);
  thing_drop(s, earner->block);
  *found = true;
  return PL_OK;
}

pl_status pl_diagnose_loops(const pl_program *p, const pl_solve_options *by, pl_diag *diag) {
  pl_arena *arena = pl_arena_new();
  search s;
  pl_status status = PL_OK;
  bool found = true;
  int loops = 0;
  search_init(&s, p, arena);
  s.stopped_by = by;
  for (; loops < LOOPS_MAX && found && status == PL_OK; loops += found) {
    status = search_once(&s, &found, diag);
    if (status != PL_OK) found = false;
  }
  pl_arena_free(arena);
  return status != PL_OK ? status : loops > 0 ? PL_UNBOUNDED : PL_OK;
}
