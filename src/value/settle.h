#ifndef PL_VALUE_SETTLE_H
#define PL_VALUE_SETTLE_H

#include "plan/program.h"
#include "solve/solve.h"

/* Choose one of the plans that earn the same, and one of the sets of prices that support it, by
 * rules that do not depend on how the program was solved: docs/decisions/017. */

typedef struct {
  double *holder; /* [n_cols] first rule: what the holder of each agreement pays */
  double *least;  /* [n_cols] second rule: the smallest amounts */
  double *price;  /* [n_rows] rule for the prices: the lowest */
} pl_ties;

/* The rules of p, in arena. */
pl_ties pl_ties_of(const pl_program *p, pl_arena *arena);

typedef enum { PL_SETTLE_PLAN, PL_SETTLE_PLAN_AND_PRICES } pl_settle_what;

/* Settle x, a solution of lp: the program that the rules were made for, or the same with other
 * costs and bounds. Prices that are not requested stay some of those that support the plan. What
 * cannot be settled stays as it is; then x->settled is false. chosen[n_cols], where not NULL, gets
 * which columns a rule had to choose. Only PL_STOPPED is a failure. */
pl_status pl_settle(const pl_lp *lp, const pl_ties *ties, pl_settle_what what,
                    const pl_solve_options *by, pl_solution *x, bool *chosen);

#endif
