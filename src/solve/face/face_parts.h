#ifndef PL_SOLVE_FACE_FACE_PARTS_H
#define PL_SOLVE_FACE_FACE_PARTS_H

#include "solve/face/face.h"

/* What face.c and price_face.c share. */

/* How near to a bound is at it, for a value that is the sum of such terms; a bound that has a price
 * is met from farther. */
double pl_face_slack(double value, double terms, bool priced);
/* [n_rows] Σ_j |a_ij x_j| */
double *pl_face_terms(const pl_lp *lp, const double *x, pl_arena *a);
/* Room for lp->n_cols, lp->n_rows and n_entries; no costs, all bounds 0. */
void pl_face_make_lp(pl_lp *lp, long n_entries, pl_arena *a);
/* By the simplex: a corner. */
pl_solve_options pl_face_options(const pl_solve_options *by);

#endif
