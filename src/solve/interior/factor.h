#ifndef PL_SOLVE_INTERIOR_FACTOR_H
#define PL_SOLVE_INTERIOR_FACTOR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/crew.h"
#include "solve/kernel.h"

/* L D Lᵀ of a sparse symmetric matrix that is quasi-definite: its nodes are of two signs, and its
 * diagonal blocks definite with these signs. Then any order of elimination is stable, so the
 * pattern is determined once and the numbers many times. Columns of L with the same pattern lie
 * together (supernodes), dense; independent branches of the elimination tree are factored on
 * several threads, the same branches whatever the number of threads. */
typedef struct pl_factor pl_factor;

/* The pattern: entries (row[k], col[k]) of either triangle, each pair at most once, without the
 * diagonal. order[k] = the node eliminated k-th. NULL if L would have more than `most` entries. All
 * in arena. */
pl_factor *pl_factor_new(int n, long n_entries, const int *row, const int *col, const int *order,
                         double most, pl_arena *a);
double pl_factor_entries(const pl_factor *f); /* of L */
double pl_factor_work(const pl_factor *f);    /* multiplications of one pl_factor_compute */
/* Computes with this instruction set, which must be available, instead of the widest: the same
 * bits. */
void pl_factor_use(pl_factor *f, pl_kernel kernel);

/* Where entry (i, j) of the matrix is in the values, which must be set before each
 * pl_factor_compute, with 0 elsewhere. */
long pl_factor_place(const pl_factor *f, int i, int j);
double *pl_factor_values(pl_factor *f, long *n);

/* Factors the matrix. sign[i] is 1 or −1, by node; pivots that come out too small for their sign
 * are taken as infinite, so that the node's unknown stays 0. */
void pl_factor_compute(pl_factor *f, const signed char *sign, pl_crew *crew);
/* x ← inverse of the matrix times x, [n]. */
void pl_factor_solve(const pl_factor *f, double *x, pl_crew *crew);

#endif
