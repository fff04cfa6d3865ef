#ifndef PL_VALUE_WORTH_H
#define PL_VALUE_WORTH_H

#include "value/farm.h"

/* What one agreement is worth in a plan: quantities, payments, the prices between which both gain.
 */

/* What is delivered, made or sold under it, summed into the slices of grid. */
void pl_worth_quantities(const pl_program *p, const pl_solution *x, int agreement,
                         const pl_grid *grid, double *sum);
/* Fill quantity, paid, implied, ranges and slope of w, whose agreement and party are set. */
void pl_worth_terms(const pl_farm *f, const pl_solution *x, pl_agreement_worth *w, pl_arena *a);

#endif
