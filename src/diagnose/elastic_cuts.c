/* The changes that the whole program requires, where it has too many slices for numbers that appear
 * in all of them (Benders' cuts): what is missing under given changes is found by a program as
 * sparse as the case's own, whose duals tell by how much each number would reduce it. From these
 * cuts, which are valid for all changes, the cheapest changes that could suffice are found, and so
 * on until nothing is missing. */
#include <math.h>
#include <string.h>

#include "diagnose/elastic.h"

enum { CUTS_MOST = 60 };

static const double nothing = 1e-7; /* relative to typical: less missing or gained is rounding */

typedef struct {
  pl_elastic *e;
  pl_arena *a, *scratch; /* of all rounds, of one */
  double *lower, *upper, *row_lower, *row_upper;
  double *gain;  /* [CUTS_MOST × numbers] by how much 1 more of a number's change reduces what is
                    missing */
  double *asked; /* [CUTS_MOST] Σ gain × change ≥ asked */
  int n;
  double least_cost; /* lower bound of all changes, known beforehand */
  pl_method method;  /* method that last found what is missing: where the simplex method failed it
                        would fail again */
} cutting;

void pl_elastic_widen(const pl_elastic *e, double *lower, double *upper, double *row_lower,
                      double *row_upper) {
  const pl_lp *lp = &e->program->lp;
  memcpy(lower, lp->lower, (size_t)lp->n_cols * sizeof *lower);
  memcpy(upper, lp->upper, (size_t)lp->n_cols * sizeof *upper);
  memcpy(row_lower, lp->row_lower, (size_t)lp->n_rows * sizeof *row_lower);
  memcpy(row_upper, lp->row_upper, (size_t)lp->n_rows * sizeof *row_upper);
  for (int i = 0; i < e->n_sides; i++) {
    const pl_elastic_side *s = &e->sides[i];
    double *bound = s->is_row ? (s->upper ? row_upper : row_lower) : (s->upper ? upper : lower);
    for (int v = 0; v < s->block->count; v++)
      if (s->number[v] >= 0 && e->number[s->number[v]].change > 0)
        bound[s->block->first + v] -= pl_elastic_moves(e, s, v) * e->number[s->number[v]].change;
  }
}

/* --- What is missing ------------------------------------------------------------------------- */

static void draw_missing(const cutting *c, pl_sketch *k) {
  const pl_program *p = c->e->program;
  const pl_lp *lp = &p->lp;
  pl_sketch_init(k, c->scratch, lp->n_cols + 2L * lp->n_rows, lp->n_rows,
                 lp->n_entries + 2L * lp->n_rows);
  k->lp.when = PL_NEW_ARRAY(c->scratch, pl_interval, (size_t)k->capacity_cols + 1);
  memcpy(k->lp.when, lp->when, (size_t)lp->n_cols * sizeof *k->lp.when);
  for (int i = 0; i < lp->n_rows; i++) (void)pl_sketch_row(k, c->row_lower[i], c->row_upper[i]);
  for (int j = 0; j < lp->n_cols; j++) {
    (void)pl_sketch_column(k, pl_elastic_tie(c->e, j), c->lower[j], c->upper[j]);
    for (int e = lp->start[j]; e < lp->start[j + 1]; e++)
      pl_sketch_entry(k, lp->index[e], lp->value[e]);
  }
  for (int b = 0; b < p->n_row_blocks; b++)
    for (int v = 0; v < p->rows[b].count; v++)
      for (int upper = 0; upper < 2; upper++) {
        int const i = p->rows[b].first + v;
        if (!isfinite(upper ? c->row_upper[i] : c->row_lower[i])) continue;
        k->lp.when[k->lp.n_cols] = pl_elastic_when(p, &p->rows[b], v);
        (void)pl_sketch_column(k, 1, 0, (double)INFINITY);
        pl_sketch_entry(k, i, upper ? -1 : 1);
      }
}

static void add_cut(cutting *c, const pl_solution *x, double missing) {
  const pl_elastic *e = c->e;
  double *gain = c->gain + (size_t)c->n * (size_t)e->n_numbers;
  c->asked[c->n] = missing;
  for (int i = 0; i < e->n_sides; i++) {
    const pl_elastic_side *s = &e->sides[i];
    const double *dual = (s->is_row ? x->row_dual : x->col_dual) + s->block->first;
    for (int v = 0; v < s->block->count; v++)
      if (s->number[v] >= 0 && (s->upper ? dual[v] < 0 : dual[v] > 0))
        gain[s->number[v]] += dual[v] * pl_elastic_moves(e, s, v);
  }
  for (int i = 0; i < e->n_numbers; i++) c->asked[c->n] += gain[i] * e->number[i].change;
  c->n++;
}

static pl_status find_missing(cutting *c, double *missing, pl_diag *diag) {
  pl_sketch k;
  pl_solution *x = NULL;
  pl_solve_options options = pl_solve_stopped_by(c->e->stopped_by);
  options.once = true;
  options.method = c->method;
  pl_elastic_widen(c->e, c->lower, c->upper, c->row_lower, c->row_upper);
  draw_missing(c, &k);
  PL_TRY(pl_elastic_run(&k.lp, &options, c->scratch, &x, diag));
  if (x->is_rough) return PL_INFEASIBLE; /* its prices are not a cut */
  if (strncmp(x->method, "interior", strlen("interior")) == 0) c->method = PL_METHOD_INTERIOR;
  *missing = 0;
  for (int j = c->e->program->lp.n_cols; j < k.lp.n_cols; j++) *missing += x->col_value[j];
  add_cut(c, x, *missing);
  return PL_OK;
}

/* --- The cheapest changes that could do ------------------------------------------------------ */

/* PL_INFEASIBLE if no changes could suffice. */
static pl_status choose(cutting *c, double *cost, pl_diag *diag) {
  const pl_elastic *e = c->e;
  pl_sketch k;
  pl_solver *solver = NULL;
  pl_solution *x = NULL;
  pl_sketch_init(&k, c->scratch, e->n_numbers, c->n + 1, (c->n + 1L) * e->n_numbers);
  for (int i = 0; i < c->n; i++) (void)pl_sketch_row(&k, c->asked[i], (double)INFINITY);
  (void)pl_sketch_row(&k, c->least_cost, (double)INFINITY);
  for (int q = 0; q < e->n_numbers; q++) {
    (void)pl_sketch_column(&k, e->number[q].cost, 0, e->number[q].most);
    for (int i = 0; i < c->n; i++) {
      double const gain = c->gain[(size_t)i * (size_t)e->n_numbers + (size_t)q];
      if (gain > 0) pl_sketch_entry(&k, i, gain);
    }
    pl_sketch_entry(&k, c->n, e->number[q].cost);
  }
  pl_solve_options const options = pl_solve_stopped_by(e->stopped_by);
  PL_TRY(pl_solver_new(&k.lp, &options, &solver, diag));
  pl_status const status = pl_solver_run(solver, c->scratch, &x, diag);
  pl_solver_free(solver);
  if (status != PL_OK) return status;
  *cost = x->objective;
  for (int q = 0; q < e->n_numbers; q++) e->number[q].change = fmax(0, x->col_value[q]);
  return PL_OK;
}

static pl_status cut(cutting *c, pl_diag *diag) {
  const pl_elastic *e = c->e;
  double missing = 0, cost = c->least_cost, before = 0;
  for (int round = 0; round < CUTS_MOST; round++) {
    PL_TRY(find_missing(c, &missing, diag));
    if (missing <= nothing * e->typical) return PL_OK;
    before = cost;
    PL_TRY(choose(c, &cost, diag));
    pl_arena_reset(c->scratch);
    bool const stands = round > 0 && cost - before <= nothing * fmax(e->typical, cost);
    if (stands && missing <= 1e3 * nothing * e->typical) return PL_OK;
  }
  return PL_INFEASIBLE;
}

pl_status pl_elastic_cuts(pl_elastic *e, pl_diag *diag) {
  const pl_lp *lp = &e->program->lp;
  cutting c = {.e = e, .a = pl_arena_new(), .scratch = pl_arena_new()};
  c.lower = PL_NEW_ARRAY(c.a, double, (size_t)lp->n_cols + 1);
  c.upper = PL_NEW_ARRAY(c.a, double, (size_t)lp->n_cols + 1);
  c.row_lower = PL_NEW_ARRAY(c.a, double, (size_t)lp->n_rows + 1);
  c.row_upper = PL_NEW_ARRAY(c.a, double, (size_t)lp->n_rows + 1);
  size_t const gains = (size_t)CUTS_MOST * (size_t)e->n_numbers;
  c.gain = PL_NEW_ARRAY(c.a, double, gains + 1);
  c.asked = PL_NEW_ARRAY(c.a, double, CUTS_MOST);
  for (int i = 0; i < e->n_numbers; i++) c.least_cost += e->number[i].cost * e->number[i].change;
  pl_status const status = cut(&c, diag);
  pl_arena_free(c.scratch);
  pl_arena_free(c.a);
  return status;
}
