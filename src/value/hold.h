#ifndef PL_VALUE_HOLD_H
#define PL_VALUE_HOLD_H

#include "plan/program.h"

/* What one party would choose for itself leaves alone what others have chosen. */

/* Narrow the bounds lower[n] and upper[n] of column[n], so that all that is not for the party to
 * choose stays as in the joint plan, to a tolerance: quantities that another holds, payments that
 * another decides; and it takes no more than then of what the other side called back or did not
 * deliver. joint[n_cols] is that plan. */
void pl_hold_others(const pl_program *p, const double *joint, int free, int n, const int *column,
                    double *lower, double *upper);

#endif
