#ifndef PL_VALUE_TRANSFER_H
#define PL_VALUE_TRANSFER_H

#include "base/diag.h"

/* From each party's own accounts to what a split gives it. */

/* transfer[n] = split − own: what each party receives beyond its accounts (pays, if negative). Sums
 * to 0: rounding is taken from the largest. PL_RANGE where the two sums differ by more than 1e-6 of
 * the largest figure, or a figure is not a number. */
pl_status pl_transfers(int n, const double *own, const double *split, double *transfer,
                       pl_diag *diag);

#endif
