#ifndef PL_SOLVE_INTERIOR_STRETCH_H
#define PL_SOLVE_INTERIOR_STRETCH_H

#include "lp/lp.h"

/* The same program without long columns. A monthly variable of a unit enters the balance of every
 * hour of that month: columns with hundreds of entries, many with the same pattern. Each such
 * pattern gets a column of its own, u = Σ ratio × x, that enters the hours for all of them:
 *
 *     x (long) in rows 1 … h   becomes   u in rows 1 … h,   and a row   Σ ratio × x − u = 0
 *
 * The first n_cols columns and n_rows rows are the program's own; NULL if there is nothing long. In
 * arena; may share arrays with lp. */
pl_lp *pl_stretch(const pl_lp *lp, pl_arena *a);

#endif
