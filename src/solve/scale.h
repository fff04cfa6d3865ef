#ifndef PL_SOLVE_SCALE_H
#define PL_SOLVE_SCALE_H

#include "lp/lp.h"

/* Solvers judge feasibility and optimality to about 1e-7 in absolute terms, which suits numbers
 * near 1: costs and bounds are scaled there by powers of two, which cause no rounding. Divide by
 * these. */
double pl_cost_scale(const pl_lp *lp);
double pl_bound_scale(const pl_lp *lp); /* 1 for mixed programs: integers would not stay integers */

#endif
