#ifndef PL_VALUE_OWEN_H
#define PL_VALUE_OWEN_H

#include "explain/sides.h"
#include "value/farm.h"

/* Owen's split of what a plan earns: each party gets what its own bounds are worth at the prices
 * that support the plan; the worth of an agreement or limit shared by several parties is divided
 * equally among them. */

/* sum[n_parties]: each party's part as a sum of x's prices plus a constant. */
pl_direction *pl_owen_sums(const pl_farm *f, const pl_solution *x, pl_arena *a);
/* part[n_parties] at x's own prices. */
void pl_owen_parts(const pl_farm *f, const pl_solution *x, const pl_direction *sum, double *part);

#endif
