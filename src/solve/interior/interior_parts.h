#ifndef PL_SOLVE_INTERIOR_INTERIOR_PARTS_H
#define PL_SOLVE_INTERIOR_INTERIOR_PARTS_H

#include <math.h>

#include "solve/interior/normal.h"

/* What interior.c (where the point starts and ends) and step.c (how it moves) share. */

enum { PL_PARTS = 32 }; /* of every pass over columns or rows, whatever the number of threads */
static const double short_of_bound = 0.9995;
static const double regular = 1e-10; /* primal and dual regularization, in scaled numbers */

typedef struct { /* sums over a part of the columns */
  double complementarity, primal, dual, worst;
  double step_primal, step_dual;
  double moved[3]; /* complementarity after steps a (primal), b (dual): + a m0 + b m1 + a b m2 */
} pl_column_sums;

typedef struct {
  const pl_task *task;
  pl_normal *q;
  double *x, *lower_price, *upper_price, *y; /* the point: zl, zu ≥ 0 */
  double *theta, *d, *h;                     /* d = c − Aᵀy; dx = θ (Aᵀdy − h) */
  double *dx, *predicted;                    /* [n] the step, and the predictor's */
  double *residual, *right, *dy;             /* [m], [n_nodes], [n_nodes] */
  double step_primal, step_dual, centre;     /* of the step being taken */
  bool corrects;
  pl_column_sums part[PL_PARTS], sum;
  double row_worst[PL_PARTS], row_dual[PL_PARTS];
  double infeasible, gap, wanted_gap; /* relative */
  double b_size, c_size;
  struct {
    double *x, *lower_price, *upper_price, *y;
    double from_good; /* at most 1: good enough for an answer; HUGE_VAL: no point kept */
  } kept;             /* the best point so far */
} pl_interior;

/* The library's fmin and fmax handle NaN, and so are not inlined. */
static inline double least(double a, double b) { return a < b ? a : b; }
static inline double most(double a, double b) { return a > b ? a : b; }

static inline bool has_lower(const pl_normal *q, int j) { return q->lower[j] > -HUGE_VAL; }
static inline bool has_upper(const pl_normal *q, int j) { return q->upper[j] < HUGE_VAL; }

static inline double transposed(const pl_normal *q, int j, const double *y) {
  double sum = 0;
  for (int k = q->start[j]; k < q->start[j + 1]; k++) sum += q->value[k] * y[q->row[k]];
  return sum;
}

/* Measures the point: residuals and gap, θ, and the predictor's right-hand side. The pending step
 * is taken first, if it is a corrector's. */
void pl_interior_measure(pl_interior *s);
/* The rows alone: their residuals. */
void pl_interior_measure_rows(pl_interior *s);
/* Finds the next step; n_bounds: of all columns. */
void pl_interior_step(pl_interior *s, long n_bounds);

#endif
