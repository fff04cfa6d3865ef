#ifndef PL_VALUE_WORTH_H
#define PL_VALUE_WORTH_H

#include "value/farm.h"

/* What one agreement is worth in a plan: quantities, payments, the prices between which both
 * gain. */

/* What is delivered, made or sold under it, summed into the slices of grid. */
void pl_worth_quantities(const pl_program *p, const pl_solution *x, int agreement,
                         const pl_grid *grid, double *sum);
/* Fill joint, party, quantity, paid, implied, ranges and slope of w, whose agreement is set, from
 * the results with all agreements in force, whose plan is kept, and without this one. */
void pl_worth_fill(const pl_farm *f, const pl_farm_task *all, const pl_farm_task *without,
                   pl_agreement_worth *w, pl_arena *a);

#endif
