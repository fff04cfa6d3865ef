/* Whether prices of rows prove that a program has no answer (Farkas). Whatever found them, only the
 * program's own arrays speak here. */
#include <math.h>

#include "lp/lp.h"

/* Relative to the terms of a sum: what a price may be short of zero where no bound carries it, and
 * what the proof must leave beyond rounding. */
static const double rounding = 1e-7;

/* The price of a row as far as a bound of the row can carry it. */
static double carried(const pl_lp *lp, const double *y, int i) {
  return isfinite(y[i] > 0 ? lp->row_lower[i] : lp->row_upper[i]) ? y[i] : 0;
}

/* yᵀA x is at least what the rows ask for, and at most what the columns' bounds allow: no x where
 * the first is more than the second. */
bool pl_lp_refutes(const pl_lp *lp, const double *y) {
  double asked = 0, allowed = 0, size = 0;
  for (int i = 0; i < lp->n_rows; i++) {
    double const price = carried(lp, y, i);
    if (price == 0) continue;
    double const part = price * (price > 0 ? lp->row_lower : lp->row_upper)[i];
    asked += part;
    size += fabs(part);
  }
  for (int j = 0; j < lp->n_cols; j++) {
    double sum = 0, terms = 0;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      double const part = carried(lp, y, lp->index[k]) * lp->value[k];
      sum += part;
      terms += fabs(part);
    }
    double const bound = sum > 0 ? lp->upper[j] : lp->lower[j];
    if (sum == 0 || (!isfinite(bound) && fabs(sum) <= rounding * terms)) continue;
    allowed += sum * bound;
    size += fabs(sum * bound);
  }
  return asked - allowed > rounding * size;
}
