#ifndef PL_VALUE_FINER_H
#define PL_VALUE_FINER_H

#include "value/value.h"

/* How much of what agreements are worth is due to the grid: compares v, valued on the case's own
 * grid, with the same on a finer one. Fills v->grid, and the errors of v's worth and of its ranges,
 * NAN where the error is not estimated; v->grid gives the reason. A grid's error is taken to be
 * proportional to the length h of its periods, so that the difference between periods of H and of h
 * is (H − h) / H of H's own error:
 *
 *     error = |own − finer| · H / (H − h)
 *
 * PL_STOPPED where it was stopped; then, as on PL_OK, v is complete. */
/* Check that the requested step is finer than the case's and one that it can be planned by. */
pl_status pl_value_finer_check(const pl_case *c, const pl_value_options *options, pl_diag *diag);
pl_status pl_value_finer(pl_valuation *v, const pl_value_options *options, pl_arena *a,
                         pl_diag *diag);

#endif
