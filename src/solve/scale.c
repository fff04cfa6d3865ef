#include "solve/scale.h"

#include <math.h>

/* The mean |cost| and |bound| become these powers of two. */
enum { COST_EXPONENT = 6, BOUND_EXPONENT = 7 };

typedef struct {
  double sum;
  long count;
} exponents;

static void exponents_add(exponents *e, const double *v, int n) {
  for (int i = 0; i < n; i++) {
    if (v[i] == 0 || !isfinite(v[i])) continue;
    e->sum += ilogb(v[i]);
    e->count++;
  }
}

static double exponents_scale(const exponents *e, int wanted) {
  return e->count > 0 ? ldexp(1, (int)lrint(e->sum / (double)e->count) - wanted) : 1;
}

double pl_cost_scale(const pl_lp *lp) {
  exponents e = {0};
  exponents_add(&e, lp->cost, lp->n_cols);
  return exponents_scale(&e, COST_EXPONENT);
}

double pl_bound_scale(const pl_lp *lp) {
  exponents e = {0};
  if (lp->n_integer > 0) return 1;
  exponents_add(&e, lp->lower, lp->n_cols);
  exponents_add(&e, lp->upper, lp->n_cols);
  exponents_add(&e, lp->row_lower, lp->n_rows);
  exponents_add(&e, lp->row_upper, lp->n_rows);
  return exponents_scale(&e, BOUND_EXPONENT);
}
