#ifndef PL_EXPLAIN_SIDES_H
#define PL_EXPLAIN_SIDES_H

#include "plan/program.h"
#include "solve/solve.h"

/* What one more of something is worth and what one less of it costs. The two differ at a degenerate
 * corner: the prices that support the plan are then not unique, and a value read from one set of
 * them depends on the solver's path. What one more is worth and one less costs does not. */

/* A sum of prices: Σ share_k × dual of row_k, and a constant. */
typedef struct {
  int n, capacity;
  int *row;
  double *share;
  double constant;
} pl_direction;

void pl_direction_add_row(pl_direction *d, int row, double share, pl_arena *a);
/* Reduced cost of a column. */
void pl_direction_add_column(pl_direction *d, const pl_lp *lp, int column, double share,
                             pl_arena *a);

typedef struct {
  double more; /* what one more is worth; −INFINITY: infeasible */
  double less; /* what one less costs, ≥ more; INFINITY: infeasible */
  bool known;  /* false: not computed because the program is too large; more ≤ the plan's value */
} pl_sides;

/* Both sides of n sums that are values in the sense of lp.h's duals: what goods are worth, what a
 * limit costs; x is p's plan. Stops as specified in by. */
pl_status pl_explain_sides(const pl_program *p, const pl_solution *x, const pl_solve_options *by,
                           const pl_direction *const *sums, int n, pl_sides *out, pl_diag *diag);

#endif
