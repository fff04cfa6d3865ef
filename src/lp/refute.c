/* Whether prices of rows prove that a program is infeasible (Farkas). Wherever they come from, only
 * the program's own arrays are used here. */
#include <math.h>

#include "lp/lp.h"

static const double rounding =
    1e-9; /* relative to a sum's terms: the margin by which the proof must exceed it */
/* Times the program's largest bound. Prices that must vanish where no bound supports them do so
 * only approximately: the proof is that there is no answer with amounts up to this. */
static const double far = 1e6;

static double larger(double most, double bound) {
  return isfinite(bound) ? fmax(most, fabs(bound)) : most;
}

static double farthest(const pl_lp *lp) {
  double most = 1;
  for (int j = 0; j < lp->n_cols; j++) most = larger(larger(most, lp->lower[j]), lp->upper[j]);
  for (int i = 0; i < lp->n_rows; i++)
    most = larger(larger(most, lp->row_lower[i]), lp->row_upper[i]);
  return far * most;
}

/* The price of a row as far as a bound of the row can support it. */
static double carried(const pl_lp *lp, const double *y, int i) {
  return isfinite(y[i] > 0 ? lp->row_lower[i] : lp->row_upper[i]) ? y[i] : 0;
}

/* yᵀA x is at least what the rows require, and at most what the columns' bounds allow: there is no
 * x if the first exceeds the second. */
bool pl_lp_refutes(const pl_lp *lp, const double *y) {
  double asked = 0, allowed = 0, size = 0;
  double const most = farthest(lp);
  for (int i = 0; i < lp->n_rows; i++) {
    double const price = carried(lp, y, i);
    if (price == 0) continue;
    double const part = price * (price > 0 ? lp->row_lower : lp->row_upper)[i];
    asked += part;
    size += fabs(part);
  }
  for (int j = 0; j < lp->n_cols; j++) {
    double sum = 0;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
      sum += carried(lp, y, lp->index[k]) * lp->value[k];
    double const part = sum * fmax(-most, fmin(most, sum > 0 ? lp->upper[j] : lp->lower[j]));
    allowed += part;
    size += fabs(part);
  }
  return asked - allowed > rounding * size;
}
