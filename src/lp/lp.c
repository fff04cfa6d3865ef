/* The certificate: how far an answer is from feasible and from optimal, computed from the program's
 * own arrays. Knows no solver and changes nothing. */
#include "lp/lp.h"

#include <math.h>
#include <string.h>

/* A sum that keeps what rounding would lose (Neumaier): objectives of 1e9 are compared to fractions
 * of a cent. */
typedef struct {
  double total, lost;
} exact_sum;

static void sum_add(exact_sum *s, double x) {
  double const t = s->total + x;
  if (isfinite(t)) s->lost += fabs(s->total) >= fabs(x) ? (s->total - t) + x : (x - t) + s->total;
  s->total = t;
}

static double sum_value(const exact_sum *s) { return s->total + s->lost; }

/* How far x lies outside [lower, upper]; a value that is no number is infinitely far. */
static double outside(double x, double lower, double upper) {
  if (isnan(x)) return INFINITY;
  return fmax(0, fmax(lower - x, x - upper));
}

/* A violation over the bound that it breaks, or what flows beside it. */
static double relative(double violation, double x, double lower, double upper, double flow) {
  double const bound = x < lower ? lower : upper;
  if (!(violation > 0)) return 0;
  return violation / fmax(1, fmax(isfinite(bound) ? fabs(bound) : 0, isfinite(flow) ? flow : 0));
}

static bool is_integer(const pl_lp *lp, int j) { return lp->integer && lp->integer[j]; }

static void certify_rows(const pl_lp *lp, const double *activity, const double *gross,
                         pl_certificate *out) {
  double worst = 0;
  for (int i = 0; i < lp->n_rows; i++) {
    double const low = lp->row_lower[i], high = lp->row_upper[i];
    double const violation = outside(activity[i], low, high);
    if (violation > worst) worst = violation, out->worst_row = i;
    out->relative_infeasibility =
        fmax(out->relative_infeasibility, relative(violation, activity[i], low, high, gross[i] / 2));
  }
  out->primal_infeasibility = fmax(out->primal_infeasibility, worst);
}

/* gross[i] = Σ_j |a_ij x_j| */
static void certify_point(const pl_lp *lp, const pl_solution *s, double *activity, double *gross,
                          pl_certificate *out) {
  exact_sum objective = {lp->offset, 0};
  double worst = 0;
  for (int j = 0; j < lp->n_cols; j++) {
    double const x = s->col_value[j];
    double const violation = outside(x, lp->lower[j], lp->upper[j]);
    if (violation > worst) worst = violation, out->worst_col = j;
    out->relative_infeasibility =
        fmax(out->relative_infeasibility, relative(violation, x, lp->lower[j], lp->upper[j], 0));
    if (is_integer(lp, j)) out->integrality = fmax(out->integrality, fabs(x - nearbyint(x)));
    sum_add(&objective, lp->cost[j] * x);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      activity[lp->index[k]] += lp->value[k] * x;
      gross[lp->index[k]] += fabs(lp->value[k] * x);
    }
  }
  out->primal_infeasibility = worst;
  certify_rows(lp, activity, gross, out);
  out->objective = sum_value(&objective);
}

/* What the reduced cost or dual d earns at best between two bounds. Where the bound that it needs
 * is infinite, d is wrong-signed by |d|, and what it earns at the value held is taken instead, so
 * that this fault does not hide in the gap. */
static double earned(double d, double lower, double upper, double held, double *wrong) {
  double const needed = d > 0 ? lower : upper;
  if (d == 0) return 0;
  if (isfinite(needed)) return d * needed;
  *wrong = isnan(d) ? (double)INFINITY : fmax(*wrong, fabs(d));
  return d * held;
}

/* The bound of a program whose integer columns are fixed at the answer. */
static void certify_duals(const pl_lp *lp, const pl_solution *s, const double *activity,
                          pl_certificate *out) {
  exact_sum bound = {lp->offset, 0};
  double wrong = 0;
  for (int i = 0; i < lp->n_rows; i++) {
    sum_add(&bound,
            earned(s->row_dual[i], lp->row_lower[i], lp->row_upper[i], activity[i], &wrong));
  }
  for (int j = 0; j < lp->n_cols; j++) {
    double reduced = lp->cost[j], x = s->col_value[j];
    bool const fixed = is_integer(lp, j);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
      reduced -= lp->value[k] * s->row_dual[lp->index[k]];
    sum_add(&bound, earned(reduced, fixed ? x : lp->lower[j], fixed ? x : lp->upper[j], x, &wrong));
  }
  out->dual_infeasibility = wrong;
  if (isfinite(sum_value(&bound))) out->bound = sum_value(&bound);
}

void pl_lp_certify(const pl_lp *lp, const pl_solution *s, pl_arena *scratch, pl_certificate *out) {
  *out = (pl_certificate){.worst_row = -1, .worst_col = -1, .bound = -INFINITY};
  double *activity = PL_NEW_ARRAY(scratch, double, (size_t)lp->n_rows);
  certify_point(lp, s, activity, PL_NEW_ARRAY(scratch, double, (size_t)lp->n_rows), out);
  certify_duals(lp, s, activity, out);
  double const bound = lp->n_integer > 0 ? s->bound : out->bound;
  out->gap = (out->objective - bound) / fmax(1, fabs(out->objective));
}

void pl_lp_complete(const pl_lp *lp, pl_solution *x) {
  memset(x->row_value, 0, (size_t)lp->n_rows * sizeof *x->row_value);
  for (int j = 0; j < lp->n_cols; j++) {
    x->col_dual[j] = lp->cost[j];
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      x->row_value[lp->index[k]] += lp->value[k] * x->col_value[j];
      x->col_dual[j] -= lp->value[k] * x->row_dual[lp->index[k]];
    }
  }
}
