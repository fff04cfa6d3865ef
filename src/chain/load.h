#ifndef PL_CHAIN_LOAD_H
#define PL_CHAIN_LOAD_H

#include "chain/chain.h"

/* What a unit can run and what it must run: the one place for plan, reports and reasons. The audit
 * works both out again independently. All refer to the capacity that the case states; what projects
 * add to it is a decision, tied to their states separately. */

/* The share of a unit's capacity that is available in each slice, online × availability: share[n];
 * scratch[n]. */
void pl_unit_ready(const pl_unit *u, const pl_quotes *quotes, const pl_grid *grid, double *share,
                   double *scratch);
/* Its available capacity in each slice, capacity × hours × that share, in capacity units: out[n];
 * scratch[2 n]. False if it has no capacity: out is unchanged. */
bool pl_unit_available(const pl_unit *u, const pl_quotes *quotes, const pl_grid *grid, double *out,
                       double *scratch);

/* The minimum load, as a share of what is available: the minimum, or 1 − turndown. The field that
 * specifies it, PL_unit_minimum or PL_unit_turndown (turndown if neither is given), and its
 * formula, NULL = none; the share that a value of the formula amounts to; and that of each slice, 0
 * if there is none. */
int pl_unit_least_field(const pl_unit *u);
const pl_formula *pl_unit_least(const pl_unit *u);
double pl_unit_least_share(const pl_unit *u, double value);
void pl_unit_least_shares(const pl_unit *u, const pl_quotes *quotes, const pl_grid *grid,
                          double *share);

#endif
