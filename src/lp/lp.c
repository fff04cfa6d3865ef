/* The certificate: how far an answer is from feasible and from optimal, computed from the program's
 * own arrays. Independent of any solver; changes nothing. */
#include "lp/lp.h"

#include <math.h>
#include <string.h>

/* A sum that keeps what rounding would lose (Neumaier): objectives of 1e9 are compared to within
 * fractions of a cent. */
typedef struct {
  double total, lost;
} exact_sum;

static void sum_add(exact_sum *s, double x) {
  double const t = s->total + x;
  if (isfinite(t)) s->lost += fabs(s->total) >= fabs(x) ? (s->total - t) + x : (x - t) + s->total;
  s->total = t;
}

static double sum_value(const exact_sum *s) { return s->total + s->lost; }

/* How far x lies outside [lower, upper]; NaN is infinitely far. */
static double outside(double x, double lower, double upper) {
  if (isnan(x)) return INFINITY;
  return fmax(0, fmax(lower - x, x - upper));
}

/* A violation relative to the bound that is violated, or to the flows in the row. */
static double relative(double violation, double x, double lower, double upper, double flow) {
  double const bound = x < lower ? lower : upper;
  if (!(violation > 0)) return 0;
  return violation / fmax(1, fmax(isfinite(bound) ? fabs(bound) : 0, isfinite(flow) ? flow : 0));
}

static bool is_integer(const pl_lp *lp, int j) { return lp->integer && lp->integer[j]; }

/* How far a reported value is from the computed one; NaN and infinities are infinitely far. */
static double departure(double said, double follows, double terms) {
  double const off = fabs(said - follows) / fmax(1, terms);
  return isfinite(off) ? off : (double)INFINITY;
}

/* The larger of the two, and where it was found. */
static void keep_worst(double *worst, int *where, double x, int at) {
  if (!(x > *worst)) return;
  *worst = x;
  *where = at;
}

typedef struct {            /* [n_rows] scratch */
  double *activity, *terms; /* Σ a_ij x_j, Σ |a_ij x_j| */
  double *largest;          /* max_j |a_ij| */
} row_sums;

static row_sums sum_rows(const pl_lp *lp, const double *x, pl_arena *scratch) {
  row_sums r = {PL_NEW_ARRAY(scratch, double, (size_t)lp->n_rows + 1),
                PL_NEW_ARRAY(scratch, double, (size_t)lp->n_rows + 1),
                PL_NEW_ARRAY(scratch, double, (size_t)lp->n_rows + 1)};
  for (int j = 0; j < lp->n_cols; j++)
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      int const i = lp->index[k];
      r.activity[i] += lp->value[k] * x[j];
      r.terms[i] += fabs(lp->value[k] * x[j]);
      r.largest[i] = fmax(r.largest[i], fabs(lp->value[k]));
    }
  return r;
}

static void certify_rows(const pl_lp *lp, const pl_solution *s, const row_sums *r,
                         pl_certificate *out) {
  double worst = 0;
  for (int i = 0; i < lp->n_rows; i++) {
    double const x = r->activity[i], low = lp->row_lower[i], high = lp->row_upper[i];
    double const violation = outside(x, low, high);
    keep_worst(&worst, &out->worst_row, violation, i);
    out->relative_infeasibility =
        fmax(out->relative_infeasibility, relative(violation, x, low, high, r->terms[i] / 2));
    keep_worst(&out->row_departure, &out->false_row, departure(s->row_value[i], x, r->terms[i]), i);
  }
  out->primal_infeasibility = fmax(out->primal_infeasibility, worst);
}

static void certify_point(const pl_lp *lp, const pl_solution *s, const row_sums *r,
                          pl_certificate *out) {
  exact_sum objective = {lp->offset, 0};
  double terms = fabs(lp->offset);
  for (int j = 0; j < lp->n_cols; j++) {
    double const x = s->col_value[j];
    double const violation = outside(x, lp->lower[j], lp->upper[j]);
    keep_worst(&out->primal_infeasibility, &out->worst_col, violation, j);
    out->relative_infeasibility =
        fmax(out->relative_infeasibility, relative(violation, x, lp->lower[j], lp->upper[j], 0));
    if (is_integer(lp, j)) out->integrality = fmax(out->integrality, fabs(x - nearbyint(x)));
    sum_add(&objective, lp->cost[j] * x);
    terms += fabs(lp->cost[j] * x);
  }
  certify_rows(lp, s, r, out);
  out->objective = sum_value(&objective);
  out->moved = terms;
  out->objective_departure = departure(s->objective, out->objective, terms);
}

/* The least value of d × x between two bounds, for a reduced cost or dual d. If the bound that it
 * needs is infinite, d is wrong-signed by |d|, and its product with the value held is taken
 * instead, so that this error does not hide in the gap. */
static double earned(double d, double lower, double upper, double held, double *wrong) {
  double const needed = d > 0 ? lower : upper;
  if (d == 0) return 0;
  if (isfinite(needed)) return d * needed;
  *wrong = isnan(d) ? (double)INFINITY : fmax(*wrong, fabs(d));
  return d * held;
}

/* How far d prices a bound that is not met: the smaller of the price, relative to the prices that
 * it is made of, and the distance to the bound, relative to the amounts that make it up. Their
 * product is part of the gap, but there a small error can hide behind a large objective. */
static double apart(double d, double prices, double lower, double upper, double held,
                    double amounts) {
  double const needed = d > 0 ? lower : upper;
  if (isnan(d)) return INFINITY;
  if (d == 0 || !isfinite(needed)) return 0;
  return fmin(fabs(d) / fmax(1, prices),
              fabs(held - needed) / fmax(1, fabs(needed) + fabs(amounts)));
}

static void certify_row_duals(const pl_lp *lp, const pl_solution *s, const row_sums *r,
                              exact_sum *bound, pl_certificate *out) {
  for (int i = 0; i < lp->n_rows; i++) {
    double const y = s->row_dual[i], held = r->activity[i];
    double const lower = lp->row_lower[i], upper = lp->row_upper[i];
    double const price = y * r->largest[i]; /* what it adds to a column's reduced cost */
    sum_add(bound, earned(y, lower, upper, held, &out->dual_infeasibility));
    keep_worst(&out->complementarity, &out->loose_row,
               apart(price, fabs(price), lower, upper, held, r->terms[i]), i);
  }
}

static void certify_reduced_costs(const pl_lp *lp, const pl_solution *s, exact_sum *bound,
                                  pl_certificate *out) {
  double loosest = 0;
  for (int j = 0; j < lp->n_cols; j++) {
    double reduced = lp->cost[j], prices = fabs(reduced);
    double const x = s->col_value[j];
    double const lower = is_integer(lp, j) ? x : lp->lower[j];
    double const upper = is_integer(lp, j) ? x : lp->upper[j];
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      double const part = lp->value[k] * s->row_dual[lp->index[k]];
      reduced -= part;
      prices += fabs(part);
    }
    sum_add(bound, earned(reduced, lower, upper, x, &out->dual_infeasibility));
    keep_worst(&loosest, &out->loose_col, apart(reduced, prices, lower, upper, x, x), j);
    keep_worst(&out->col_departure, &out->false_col, departure(s->col_dual[j], reduced, prices), j);
  }
  if (loosest > out->complementarity) {
    out->complementarity = loosest;
    out->loose_row = -1;
  } else {
    out->loose_col = -1;
  }
}

/* The bound of a program whose integer columns are fixed at the answer. */
static void certify_duals(const pl_lp *lp, const pl_solution *s, const row_sums *r,
                          pl_certificate *out) {
  exact_sum bound = {lp->offset, 0};
  certify_row_duals(lp, s, r, &bound, out);
  certify_reduced_costs(lp, s, &bound, out);
  if (isfinite(sum_value(&bound))) out->bound = sum_value(&bound);
}

void pl_lp_certify(const pl_lp *lp, const pl_solution *s, pl_arena *scratch, pl_certificate *out) {
  *out = (pl_certificate){.worst_row = -1,
                          .worst_col = -1,
                          .loose_row = -1,
                          .loose_col = -1,
                          .false_row = -1,
                          .false_col = -1,
                          .bound = -INFINITY};
  row_sums const r = sum_rows(lp, s->col_value, scratch);
  certify_point(lp, s, &r, out);
  certify_duals(lp, s, &r, out);
  double const size = fmax(1, fabs(out->objective));
  out->dual_gap = (out->objective - out->bound) / size;
  out->gap = lp->n_integer > 0 ? (out->objective - s->bound) / size : out->dual_gap;
}

/* A gap no wider than this is no gap. */
static const double rounding = 1e-9;

double pl_solution_resolution(const pl_lp *lp, const pl_solution *x) {
  if (lp->n_integer == 0 && x->state == PL_SOLVED) return 0;
  if (!isfinite(x->bound)) return (double)INFINITY;
  double const left = x->objective - x->bound;
  return left > rounding * fmax(1, fabs(x->objective)) ? left : 0;
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
