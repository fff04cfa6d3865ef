#ifndef PL_VALUE_FINER_H
#define PL_VALUE_FINER_H

#include "value/value.h"

/* How much of what agreements are worth is the grid's: the same on a finer grid, v being known on
 * the case's own. Fills v->grid, and the errors of v's worth and of its ranges, NAN where the error
 * is not estimated; v->grid says why. Errors of a grid shrink with the length h of its periods, so
 * that what separates periods of H from ones of h is (H − h) / H of H's own error:
 *
 *     error = |own − finer| · H / (H − h)
 *
 * PL_STOPPED where it was stopped; then and on PL_OK v is whole. */
/* Whether the step that was asked for is finer than the case's, and one that it can be planned
 * by. */
pl_status pl_value_finer_check(const pl_case *c, const pl_value_options *options, pl_diag *diag);
pl_status pl_value_finer(pl_valuation *v, const pl_value_options *options, pl_arena *a,
                         pl_diag *diag);

#endif
