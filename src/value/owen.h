#ifndef PL_VALUE_OWEN_H
#define PL_VALUE_OWEN_H

#include "explain/sides.h"
#include "value/farm.h"

/* Owen's split of what a plan earns: to each party what its own bounds are worth at the prices that
 * support the plan; what an agreement or a limit that several parties share is worth goes in equal
 * parts to those in it. */

/* sum[n_parties]: each party's part as a sum of x's prices, and what of it needs no price. */
pl_direction *pl_owen_sums(const pl_farm *f, const pl_solution *x, pl_arena *a);
/* part[n_parties] at x's own prices. */
void pl_owen_parts(const pl_farm *f, const pl_solution *x, const pl_direction *sum, double *part);

#endif
