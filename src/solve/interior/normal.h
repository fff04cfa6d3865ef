#ifndef PL_SOLVE_INTERIOR_NORMAL_H
#define PL_SOLVE_INTERIOR_NORMAL_H

#include "solve/interior/factor.h"
#include "solve/method.h"

/* A linear program as the interior point sees it:
 *
 *     min cᵀx,   A x = b,   lower ≤ x ≤ upper
 *
 * Rows that are not equations have a column of their own with coefficient −1; fixed columns and
 * free rows are removed; numbers are scaled by powers of two; columns are in the order of time. And
 * its matrix, for columns with few entries, bordered by those with many:
 *
 *     [ A Θ Aᵀ + δ I    D     ]
 *     [ Dᵀ             −Θ_D⁻¹ ]
 *
 * whose pattern and factor are made once, to be filled with numbers at every step. */
typedef struct {
  pl_watch *watch;
  int n, m;         /* columns, rows */
  int *start, *row; /* A by columns: start[n + 1] */
  double *value;
  int *row_start, *column; /* and by rows: row_start[m + 1] */
  double *row_value;
  double *cost, *lower, *upper;  /* [n] */
  double *b;                     /* [m] */
  int *origin;                   /* [n] the program's column, or −1 − its row */
  int *row_origin;               /* [m] */
  double *col_scale, *row_scale; /* [n], [m] x = col_scale × bound_scale × ours; y = row_scale ×
                                    cost_scale × ours */
  double cost_scale, bound_scale;

  int n_dense, *dense; /* columns that are nodes of the matrix: [n_dense] */
  bool *is_dense;      /* [n] */
  int n_nodes;         /* m + n_dense */
  signed char *sign;   /* [n_nodes] */
  pl_factor *factor;
  long n_pairs;           /* entries of the matrix that change: */
  long *pair_start;       /* [n_pairs + 1] terms θ[term_column] × term_value */
  long *pair_place;       /* [n_pairs] in the factor's values */
  bool *pair_is_diagonal; /* [n_pairs] */
  int *term_column;
  double *term_value;
  long *dense_place;    /* entries of the dense columns in the factor's values, by columns */
  long *dense_diagonal; /* [n_dense] */
} pl_normal;

/* NULL if the program is unsuitable (a row that cannot hold, no column left, a factor too large),
 * or when stopped. blur > 0 moves every bound outward and every cost up by its own random amount of
 * about blur, in scaled numbers, the same for the same program, so that there is a single optimum,
 * at a vertex. */
pl_normal *pl_normal_new(const pl_lp *lp, double blur, pl_watch *watch, pl_arena *a);
/* Fills in θ[n] and factors the matrix. */
void pl_normal_factor(pl_normal *q, const double *theta, double delta, pl_crew *crew);
/* Converts x[n], y[m] and reduced costs back into p. */
void pl_normal_restore(const pl_normal *q, const pl_lp *lp, const double *x, const double *y,
                       pl_proposal *p);

/* The basis that the point shows: basic where the distance to a bound is more than its price. */
void pl_normal_basis(const pl_normal *q, const pl_lp *lp, const double *x,
                     const double *lower_price, const double *upper_price, pl_proposal *p);

#endif
