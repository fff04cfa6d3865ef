#ifndef PL_VALUE_WORTH_H
#define PL_VALUE_WORTH_H

#include "value/farm.h"

/* What one agreement is worth in a plan: quantities, payments, the prices between which both gain;
 * and Owen's split of the plan's duals. */

/* Is the column what is delivered, made or sold under an agreement? */
bool pl_worth_is_flow(const pl_block *column);
/* Whose choice its quantity is; −1: nobody's alone (a venture). */
int pl_worth_holder(const pl_agreement *a);
/* What is delivered, made or sold under it, summed into the slices of grid. */
void pl_worth_quantities(const pl_program *p, const pl_solution *x, int agreement,
                         const pl_grid *grid, double *sum);
/* Fill joint, party, quantity, paid, implied, ranges and slope of w, whose agreement is set, from
 * what was found with all agreements in force, its plan kept, and without this one. */
void pl_worth_fill(const pl_farm *f, const pl_farm_task *all, const pl_farm_task *without,
                   pl_agreement_worth *w, pl_arena *a);
/* Owen's split: what every party's own bounds are worth at the duals of x; shared ones in equal
 * parts. part[n_parties]. */
void pl_worth_owen(const pl_farm *f, const pl_solution *x, double *part);

#endif
