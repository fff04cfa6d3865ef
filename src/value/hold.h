#ifndef PL_VALUE_HOLD_H
#define PL_VALUE_HOLD_H

#include "plan/program.h"

/* What one party would choose for itself, with the choices of the others unchanged. */

/* Narrow the bounds lower[n] and upper[n] of column[n], so that everything that the party does not
 * decide stays as in the joint plan, within a tolerance: quantities and payments that another
 * decides; and the party takes no more than in that plan of what the other side called back or did
 * not deliver. joint[n_cols] is that plan. */
void pl_hold_others(const pl_program *p, const double *joint, int free, int n, const int *column,
                    double *lower, double *upper);

#endif
