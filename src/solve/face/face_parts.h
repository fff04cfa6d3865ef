#ifndef PL_SOLVE_FACE_FACE_PARTS_H
#define PL_SOLVE_FACE_FACE_PARTS_H

#include "solve/face/face.h"

/* What face.c and price_face.c share. */

/* How near to a bound counts as at it, for a value that is the sum of such terms; a bound with a
 * price counts as met from farther away. */
double pl_face_slack(double value, double terms, bool priced);
/* [n_rows] Σ_j |a_ij x_j| */
double *pl_face_terms(const pl_lp *lp, const double *x, pl_arena *a);
/* Room for lp->n_cols, lp->n_rows and n_entries; no costs, all bounds 0. */
void pl_face_make_lp(pl_lp *lp, long n_entries, pl_arena *a);
/* Solves by the simplex, which gives a vertex. */
pl_solve_options pl_face_options(const pl_solve_options *by);

#endif
