/* Evaluates a run of HiGHS: a certified answer, other ways to it if it is not certain enough, and
 * the duals of mixed-integer answers. */
#include <math.h>
#include <string.h>

#include "solve/highs_parts.h"

/* A linear answer is returned at once if certified to this; rows relative to the flows in them,
 * where the audit allows twice as much. */
static const double certain = 1e-6, feasible = 5e-7;
static const double late_duals_limit_s = 0.2; /* for the duals after the user has asked to stop */

static pl_solution *new_solution(const pl_highs *s, pl_arena *a) {
  size_t const n = (size_t)s->lp.n_cols, m = (size_t)s->lp.n_rows;
  pl_solution *x = PL_NEW(a, pl_solution);
  *x = (pl_solution){.col_value = PL_NEW_ARRAY(a, double, n),
                     .col_dual = PL_NEW_ARRAY(a, double, n),
                     .row_value = PL_NEW_ARRAY(a, double, m),
                     .row_dual = PL_NEW_ARRAY(a, double, m),
                     .method = pl_highs_method(s)};
  return x;
}

static pl_certificate certify(const pl_highs *s, const pl_solution *x) {
  pl_certificate c;
  pl_arena *a = pl_arena_new();
  pl_lp_certify(&s->lp, x, a, &c);
  pl_arena_free(a);
  return c;
}

/* What reduced costs are measured by: a hundredth of the largest cost. */
static double price_size(const pl_highs *s) {
  double most = fmax(1, s->cost_scale);
  for (int j = 0; j < s->lp.n_cols; j++) most = fmax(most, 0.01 * fabs(s->lp.cost[j]));
  return most;
}

/* How far an answer is from certain: at most 1 where it is. */
static double doubt(const pl_highs *s, const pl_certificate *c) {
  double const primal = c->primal_infeasibility / (certain * fmax(1, s->bound_scale)),
               flows = c->relative_infeasibility / feasible,
               dual = c->dual_infeasibility / (certain * price_size(s)),
               gap = fmax(c->dual_gap, c->complementarity) / certain,
               said = fmax(c->row_departure, c->col_departure) / certain,
               worst = fmax(fmax(fmax(primal, flows), fmax(dual, gap)), said);
  return isnan(worst) ? (double)INFINITY : worst;
}

static void copy_answer(const pl_highs *s, const pl_solution *from, pl_solution *to) {
  size_t const n = (size_t)s->lp.n_cols * sizeof(double), m = (size_t)s->lp.n_rows * sizeof(double);
  memcpy(to->col_value, from->col_value, n);
  memcpy(to->col_dual, from->col_dual, n);
  memcpy(to->row_value, from->row_value, m);
  memcpy(to->row_dual, from->row_dual, m);
}

/* Other ways to the same answer, until one is certain; otherwise x stays the least doubtful of
 * all. */
static pl_certificate remedy(pl_highs *s, pl_solution *x, pl_certificate c) {
  pl_arena *a = pl_arena_new();
  pl_solution *other = new_solution(s, a);
  for (int way = 0; doubt(s, &c) > 1 && way < pl_highs_remedies(); way++) {
    if (pl_highs_run_remedy(s, way) != PL_RUN_OPTIMAL) continue;
    pl_highs_fetch(s, other);
    pl_certificate const found = certify(s, other);
    if (doubt(s, &found) >= doubt(s, &c)) continue;
    copy_answer(s, other, x);
    c = found;
  }
  pl_arena_free(a);
  return c;
}

static void answer_linear(pl_highs *s, pl_solution *x) {
  pl_highs_fetch(s, x);
  pl_certificate c = certify(s, x);
  if (x->state == PL_SOLVED)
    c = remedy(s, x, c);
  else
    pl_lp_complete(&s->lp, x); /* the values in HiGHS may belong to another basis */
  x->objective = c.objective;
  x->bound = x->state == PL_SOLVED ? c.objective : c.bound;
  x->iterations = pl_highs_iterations(s);
}

/* The linear program that is left when the integer columns are fixed at the nearest whole numbers:
 * its duals, and its answer, which is free of the trickles that almost-integers let through. Where
 * that has no answer, the integer columns are fixed as they are. */
static pl_outcome run_fixed(pl_highs *s, pl_solution *x) {
  int const n = s->lp.n_cols;
  pl_arena *a = pl_arena_new();
  double *value = PL_NEW_ARRAY(a, double, (size_t)n);
  for (int j = 0; j < n; j++) value[j] = nearbyint(x->col_value[j]);
  pl_highs_relax(s, true);
  pl_highs_fix_integers(s, value);
  pl_outcome o = pl_highs_run_cold(s);
  if (o == PL_RUN_INFEASIBLE) {
    pl_highs_fix_integers(s, x->col_value);
    o = pl_highs_run_cold(s);
  }
  if (o == PL_RUN_FAILED) o = pl_highs_run_otherwise(s);
  if (o == PL_RUN_OPTIMAL) pl_highs_fetch(s, x);
  pl_highs_fix_integers(s, NULL);
  pl_highs_relax(s, false);
  pl_arena_free(a);
  return o;
}

/* The same when the time is over: the user does not wait long for duals. */
static pl_outcome run_fixed_late(pl_highs *s, pl_solution *x) {
  double const limit = s->options.time_limit_s;
  atomic_store(&s->watch->stop, false);
  pl_highs_watch(s, false);
  pl_highs_limit(s, late_duals_limit_s);
  pl_outcome const o = run_fixed(s, x);
  pl_highs_limit(s, limit > 0 ? limit : (double)INFINITY);
  pl_highs_watch(s, true);
  return o;
}

/* A plan without its duals is better than none. */
static pl_outcome keep_unpriced(const pl_highs *s, pl_solution *x) {
  for (int j = 0; j < s->lp.n_cols; j++)
    if (s->lp.integer[j]) x->col_value[j] = nearbyint(x->col_value[j]);
  memset(x->row_dual, 0, (size_t)s->lp.n_rows * sizeof *x->row_dual);
  pl_lp_complete(&s->lp, x);
  return certify(s, x).relative_infeasibility <= feasible ? PL_RUN_OPTIMAL : PL_RUN_STOPPED;
}

static pl_outcome answer_mixed(pl_highs *s, pl_solution *x) {
  double const bound = pl_highs_bound(s);
  x->iterations = pl_highs_iterations(s);
  pl_highs_fetch(s, x);
  pl_outcome o = x->state == PL_SOLVED ? run_fixed(s, x) : PL_RUN_STOPPED;
  if (o == PL_RUN_STOPPED && s->piece) return o;
  if (o == PL_RUN_STOPPED) {
    x->state = PL_SOLVED_STOPPED;
    o = run_fixed_late(s, x);
    if (o != PL_RUN_OPTIMAL) o = keep_unpriced(s, x);
  }
  x->iterations += pl_highs_iterations(s);
  x->objective = certify(s, x).objective;
  x->bound = fmin(bound * pl_highs_objective_scale(s), x->objective);
  if (s->keeps_incumbent) return o;
  if (!s->incumbent) s->incumbent = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
  memcpy(s->incumbent, x->col_value, (size_t)s->lp.n_cols * sizeof *s->incumbent);
  return o;
}

/* --- The run ---------------------------------------------------------------------------------- */

static pl_status give_answer(pl_highs *s, bool complete, pl_arena *arena, pl_solution **out,
                             pl_diag *diag) {
  pl_solution *x = new_solution(s, arena);
  x->state = complete ? PL_SOLVED : PL_SOLVED_STOPPED;
  if (!pl_highs_is_mixed(s)) {
    answer_linear(s, x);
  } else if (answer_mixed(s, x) != PL_RUN_OPTIMAL) {
    return pl_fail(diag, complete ? PL_SOLVER : PL_STOPPED, PL_NOWHERE,
                   "an integer solution was found, but not its marginal values");
  }
  *out = x;
  if (x->state == PL_SOLVED) return PL_OK;
  return pl_watch_say_stopped(s->watch, true, diag);
}

static pl_status run_and_give(pl_highs *s, bool thorough, pl_arena *arena, pl_solution **out,
                              pl_diag *diag) {
  if (isfinite(pl_watch_left(s->watch))) /* the time that other methods have left */
    pl_highs_limit(s, pl_watch_left(s->watch));
  (void)pl_highs_tell(s, "presolve", 0, NAN, NAN); /* HiGHS does not call back there */
  s->runs = 0;
  pl_outcome const o = pl_highs_run_best(s, thorough);
  switch (o) {
  case PL_RUN_OPTIMAL: return give_answer(s, true, arena, out, diag);
  case PL_RUN_INFEASIBLE: return PL_INFEASIBLE;
  case PL_RUN_UNBOUNDED: return PL_UNBOUNDED;
  case PL_RUN_STOPPED:
    if (pl_highs_has_point(s)) return give_answer(s, false, arena, out, diag);
    return pl_watch_say_stopped(s->watch, false, diag);
  case PL_RUN_INFEASIBLE_OR_UNBOUNDED:
  case PL_RUN_FAILED: break;
  }
  return PL_SOLVER;
}

pl_status pl_highs_try(pl_highs *s, pl_arena *arena, pl_solution **out, bool *gave_up,
                       pl_diag *diag) {
  int const told = pl_diag_size(diag);
  pl_status const status = run_and_give(s, false, arena, out, diag);
  *gave_up = status == PL_SOLVER && pl_diag_size(diag) == told;
  return status;
}

pl_status pl_highs_run(pl_highs *s, pl_arena *arena, pl_solution **out, pl_diag *diag) {
  int const told = pl_diag_size(diag);
  pl_status const status = run_and_give(s, true, arena, out, diag);
  if (status != PL_SOLVER || pl_diag_size(diag) > told) return status;
  return pl_fail(diag, PL_SOLVER, PL_NOWHERE, "%s gave up on the program (model status %d)",
                 pl_highs_version(), pl_highs_model_status(s));
}

bool pl_highs_refutes(pl_highs *s) {
  if (s->lp.n_cols == 0) return true; /* run_empty looks at every row itself */
  pl_arena *a = pl_arena_new();
  double *ray = PL_NEW_ARRAY(a, double, (size_t)s->lp.n_rows + 1);
  bool proven = false;
  if (pl_highs_ray(s, ray)) {
    proven = pl_lp_refutes(&s->lp, ray);
    for (int i = 0; i < s->lp.n_rows; i++) ray[i] = -ray[i];
    proven = proven || pl_lp_refutes(&s->lp, ray);
  }
  pl_arena_free(a);
  return proven;
}
