#include "value/settle.h"

#include <math.h>
#include <string.h>

#include "solve/face/face.h"
#include "solve/method.h"

pl_ties pl_ties_of(const pl_program *p, pl_arena *arena) {
  size_t const n = (size_t)p->lp.n_cols + 1, m = (size_t)p->lp.n_rows + 1;
  pl_ties t = {.holder = PL_NEW_ARRAY(arena, double, n),
               .least = PL_NEW_ARRAY(arena, double, n),
               .price = PL_NEW_ARRAY(arena, double, m)};
  pl_program_holder_costs(p, t.holder);
  pl_program_weights(p, t.least, t.price);
  return t;
}

/* A price that is only rounding is zero. */
static void clean_prices(const pl_lp *lp, pl_solution *x) {
  for (int i = 0; i < lp->n_rows; i++)
    if (!pl_face_is_priced(x->row_dual[i], 0)) x->row_dual[i] = 0;
  pl_lp_complete(lp, x);
}

static void clean_reduced_costs(const pl_lp *lp, pl_solution *x) {
  for (int j = 0; j < lp->n_cols; j++)
    if (!pl_face_prices_column(lp, x, j)) x->col_dual[j] = 0;
}

static pl_status settle_prices(const pl_lp *lp, const pl_ties *ties, const pl_solve_options *by,
                               pl_solution *x, pl_diag *diag) {
  clean_prices(lp, x);
  pl_price_face *face = pl_price_face_new(lp, x, by);
  pl_status const s = pl_price_face_least(face, ties->price, x, diag);
  pl_price_face_free(face);
  clean_prices(lp, x);
  clean_reduced_costs(lp, x);
  return s;
}

static void copy(const pl_lp *lp, const pl_solution *from, pl_solution *to) {
  size_t const n = (size_t)lp->n_cols * sizeof(double), m = (size_t)lp->n_rows * sizeof(double);
  memcpy(to->col_value, from->col_value, n);
  memcpy(to->col_dual, from->col_dual, n);
  memcpy(to->row_value, from->row_value, m);
  memcpy(to->row_dual, from->row_dual, m);
  to->objective = from->objective;
  to->bound = from->bound;
}

static pl_solution copy_of(const pl_lp *lp, const pl_solution *from, pl_arena *a) {
  size_t const n = (size_t)lp->n_cols + 1, m = (size_t)lp->n_rows + 1;
  pl_solution x = *from;
  x.col_value = PL_NEW_ARRAY(a, double, n);
  x.col_dual = PL_NEW_ARRAY(a, double, n);
  x.row_value = PL_NEW_ARRAY(a, double, m);
  x.row_dual = PL_NEW_ARRAY(a, double, m);
  copy(lp, from, &x);
  return x;
}

static double objective(const pl_lp *lp, const pl_solution *x) {
  double sum = lp->offset;
  for (int j = 0; j < lp->n_cols; j++) sum += lp->cost[j] * x->col_value[j];
  return sum;
}

/* Is what the rules chose still optimal? */
static bool is_certain(const pl_lp *lp, const pl_solution *x, pl_arena *scratch) {
  pl_certificate c;
  pl_lp_certify(lp, x, scratch, &c);
  return c.relative_infeasibility <= 1e-7 && c.row_departure <= 1e-6 && c.col_departure <= 1e-6 &&
         pl_duals_prove(lp, &c);
}

static pl_status settle(const pl_lp *lp, const pl_ties *ties, pl_settle_what what,
                        const pl_solve_options *by, pl_solution *x, bool *chosen, pl_diag *diag) {
  const double *const rules[] = {ties->holder, ties->least};
  pl_arena *scratch = pl_arena_new();
  if (chosen) memset(chosen, 0, (size_t)lp->n_cols * sizeof *chosen);
  pl_status s = pl_face_settle(lp, 2, rules, by, x, chosen, diag);
  if (s == PL_OK && what == PL_SETTLE_PLAN_AND_PRICES) s = settle_prices(lp, ties, by, x, diag);
  x->objective = objective(lp, x);
  if (lp->n_integer == 0) x->bound = x->objective;
  x->settled = s == PL_OK && is_certain(lp, x, scratch);
  pl_arena_free(scratch);
  return s;
}

/* With imprecise prices, as an interior point may leave them, it is not clear which other points
 * are as good: then a corner is searched for. */
static pl_status settle_corner(const pl_lp *lp, const pl_ties *ties, pl_settle_what what,
                               const pl_solve_options *by, pl_arena *a, pl_solution *x,
                               bool *chosen, pl_diag *diag) {
  pl_solve_options options = pl_solve_stopped_by(by);
  pl_solver *solver = NULL;
  pl_solution *corner = NULL;
  options.method = PL_METHOD_SIMPLEX;
  options.has_answer = options.once = true;
  pl_status s = pl_solver_new(lp, &options, &solver, diag);
  if (s == PL_OK) s = pl_solver_run(solver, a, &corner, diag);
  pl_solver_free(solver);
  if (s != PL_OK) return s;
  copy(lp, corner, x);
  return settle(lp, ties, what, by, x, chosen, diag);
}

/* Are its prices precise enough to tell which other points are as good? */
static bool is_sharp(const pl_lp *lp, const pl_solution *x, pl_arena *scratch) {
  pl_certificate c;
  pl_lp_certify(lp, x, scratch, &c);
  return c.complementarity <= 1e-8 && fabs(c.dual_gap) <= 1e-9;
}

pl_status pl_settle(const pl_lp *lp, const pl_ties *ties, pl_settle_what what,
                    const pl_solve_options *by, pl_solution *x, bool *chosen) {
  pl_arena *scratch = pl_arena_new();
  pl_diag *quiet = pl_diag_new();
  pl_solution try = copy_of(lp, x, scratch);
  pl_status s = settle(lp, ties, what, by, &try, chosen, quiet);
  bool const good = try.settled && is_sharp(lp, x, scratch);
  if (s != PL_STOPPED && !good && lp->n_integer == 0)
    s = settle_corner(lp, ties, what, by, scratch, &try, chosen, quiet);
  x->settled = try.settled;
  if (x->settled) copy(lp, &try, x);
  pl_diag_free(quiet);
  pl_arena_free(scratch);
  return s == PL_STOPPED ? s : PL_OK;
}
