#ifndef PL_SOLVE_FACE_FACE_H
#define PL_SOLVE_FACE_FACE_H

#include "base/arena.h"
#include "base/diag.h"
#include "lp/lp.h"
#include "solve/solve.h"

/* The answers of a linear program that are as good as a given one, and the prices (row duals) that
 * support it: what is unique in them, how far the rest can move, and one of each chosen by a stated
 * rule, so that what is printed follows from the program and not from the path of a solver. Integer
 * columns count as fixed at the answer. docs/decisions/017. */

/* Whether a price, or a reduced cost that remains of such terms, is more than rounding. */
bool pl_face_is_priced(double price, double terms);
bool pl_face_prices_column(const pl_lp *lp, const pl_solution *x, int j);

/* --- Answers ---------------------------------------------------------------------------------- */

/* Replaces x, among all points that cost as little, by the one with the least Σ cost_j |x_j|, rule
 * after rule: each decides only what those before it leave open. cost[n_rules][n_cols]; if they are
 * positive and differ in every column, the last rule leaves nothing open; an earlier rule without a
 * minimum is left out. Columns that may be negative as well as positive cost nothing. x's duals,
 * any optimal ones, are read and kept. is_free[n_cols], if not NULL, gets which columns the last
 * rule had to choose: the reversed rule would choose differently. Any status other than PL_OK
 * leaves x unchanged. */
pl_status pl_face_settle(const pl_lp *lp, int n_rules, const double *const *cost,
                         const pl_solve_options *by, pl_solution *x, bool *is_free, pl_diag *diag);

/* --- Prices ----------------------------------------------------------------------------------- */

/* All the row duals that support the point x. */
typedef struct pl_price_face pl_price_face;

/* x's row duals must be one choice of them: those that are unique are taken from there. lp and x
 * must outlive it, x unchanged until pl_price_face_least; free with pl_price_face_free (NULL
 * allowed). */
pl_price_face *pl_price_face_new(const pl_lp *lp, const pl_solution *x, const pl_solve_options *by);
void pl_price_face_free(pl_price_face *f);
/* The number of rows whose price is not known to be unique: the size of the search. */
int pl_price_face_open(const pl_price_face *f);
bool pl_price_face_knows(const pl_price_face *f, int row);

/* Replaces x's prices by those with the least Σ weight_i |y_i|, weight[n_rows] > 0, and its reduced
 * costs by those that follow: the lowest prices that support the plan. Any status other than PL_OK
 * leaves x unchanged. */
pl_status pl_price_face_least(pl_price_face *f, const double *weight, pl_solution *x,
                              pl_diag *diag);

/* The least and the largest Σ share_k y_row[k] over all prices of the face: the change of the
 * objective per unit by which the bounds of these rows together fall or rise. ±INFINITY where no
 * answer is left. */
pl_status pl_price_face_range(pl_price_face *f, int n, const int *row, const double *share,
                              double *low, double *high, pl_diag *diag);

#endif
