#ifndef PL_VALUE_SETTLE_H
#define PL_VALUE_SETTLE_H

#include "plan/program.h"
#include "solve/solve.h"

/* One plan of those that earn the same, and one set of prices of those that support it, by rules that
 * do not depend on how the program was solved: docs/decisions/017. */

typedef struct {
  double *holder;   /* [n_cols] first rule: what the holder of each agreement pays */
  double *least;    /* [n_cols] second rule: do least */
  double *price;    /* [n_rows] of the prices: the lowest */
} pl_ties;

/* The rules of p, in arena. */
pl_ties pl_ties_of(const pl_program *p, pl_arena *arena);

/* Settle x, an answer to lp: p's program, or the same with other costs and bounds. What cannot be
 * settled stays as it is: then x->settled is false. is_free as in solve/face.h. Only PL_STOPPED and
 * errors of memory are failures. */
pl_status pl_settle(const pl_lp *lp, const pl_ties *ties, const pl_solve_options *by,
                    pl_solution *x, bool *is_free);

#endif
