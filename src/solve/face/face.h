#ifndef PL_SOLVE_FACE_FACE_H
#define PL_SOLVE_FACE_FACE_H

#include "base/arena.h"
#include "base/diag.h"
#include "lp/lp.h"
#include "solve/solve.h"

/* The answers of a linear program that are as good as one in hand, and the prices (row duals) that
 * support it: what is unique in them, how far the rest can move, and one of each chosen by a stated
 * rule, so that what is printed follows from the program and not from the path of a solver.
 * Integer columns count as fixed at the answer. docs/decisions/017. */

/* A price, or a reduced cost that is the rest of such terms, that is more than rounding. */
bool pl_face_is_priced(double price, double terms);
bool pl_face_prices_column(const pl_lp *lp, const pl_solution *x, int j);

/* --- Answers ---------------------------------------------------------------------------------- */

/* Put in x's place, of all points that cost as little, the one with the least Σ cost_j |x_j|, rule
 * after rule: each decides only what those before it leave open. cost[n_rules][n_cols]; with
 * positive ones that differ in every column the last rule leaves nothing open; one before it that
 * has no least is left out. Columns that may be negative as well as positive cost nothing. x's
 * duals are read, whichever of the optimal ones they are, and stay. is_free[n_cols], where not
 * NULL, gets which columns the last rule had to choose: the rule turned round would choose
 * otherwise. Any status but PL_OK leaves x as it was. */
pl_status pl_face_settle(const pl_lp *lp, int n_rules, const double *const *cost,
                         const pl_solve_options *by, pl_solution *x, bool *is_free, pl_diag *diag);

/* --- Prices ----------------------------------------------------------------------------------- */

/* All the row duals that support the point x. */
typedef struct pl_price_face pl_price_face;

/* x's row duals are to be some of them: those that are unique are taken from there. lp and x must
 * outlive it, x unchanged until pl_price_face_least; free with pl_price_face_free (NULL
 * allowed). */
pl_price_face *pl_price_face_new(const pl_lp *lp, const pl_solution *x, const pl_solve_options *by);
void pl_price_face_free(pl_price_face *f);
/* Rows whose price is not known to be unique: how large the search is. */
int pl_price_face_open(const pl_price_face *f);
bool pl_price_face_knows(const pl_price_face *f, int row);

/* Put in x's place the prices with the least Σ weight_i |y_i|, weight[n_rows] > 0, and the reduced
 * costs that follow: the lowest prices that support the plan. Any status but PL_OK leaves x as it
 * was. */
pl_status pl_price_face_least(pl_price_face *f, const double *weight, pl_solution *x,
                              pl_diag *diag);

/* The least and the largest Σ share_k y_row[k] over all prices of the face: what one less and one
 * more of the bounds of these rows, together, changes the objective by, a unit. ±INFINITY where no
 * answer is left. */
pl_status pl_price_face_range(pl_price_face *f, int n, const int *row, const double *share,
                              double *low, double *high, pl_diag *diag);

#endif
