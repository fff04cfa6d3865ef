#ifndef PL_SOLVE_INTERIOR_NORMAL_PARTS_H
#define PL_SOLVE_INTERIOR_NORMAL_PARTS_H

#include "solve/interior/normal.h"

/* What normal_program.c (what remains of the program) and normal.c (the matrix) share. */

/* Fills in everything except the matrix; false if the program is unsuitable, or was stopped. */
bool pl_normal_form(pl_normal *q, const pl_lp *lp, double blur, pl_arena *a, pl_arena *scratch);
/* [m + n_dense] the rows' places in time, and the dense columns'; NULL where they are not known. */
pl_interval *pl_normal_node_times(const pl_normal *q, const pl_lp *lp, pl_arena *a);
/* Forming a large program takes time too: the user may stop it there. */
bool pl_normal_goes_on(const pl_normal *q);

#endif
