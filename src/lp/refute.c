/* Whether prices of rows prove that a program has no answer (Farkas). Whatever found them, only the
 * program's own arrays speak here. */
#include <math.h>

#include "lp/lp.h"

static const double rounding = 1e-9; /* of a sum's terms: what the proof must leave beyond it */
/* Times the program's largest bound. Prices that must vanish where no bound carries them do so but
 * nearly: what is proven is that there is no answer with amounts up to this. */
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

/* The price of a row as far as a bound of the row can carry it. */
static double carried(const pl_lp *lp, const double *y, int i) {
  return isfinite(y[i] > 0 ? lp->row_lower[i] : lp->row_upper[i]) ? y[i] : 0;
}

/* yᵀA x is at least what the rows ask for, and at most what the columns' bounds allow: no x where
 * the first is more than the second. */
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
