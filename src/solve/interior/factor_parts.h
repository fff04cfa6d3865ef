#ifndef PL_SOLVE_INTERIOR_FACTOR_PARTS_H
#define PL_SOLVE_INTERIOR_FACTOR_PARTS_H

#include <stdatomic.h>

#include "solve/interior/factor.h"

/* What factor.c (the pattern) and factor_numbers.c (the numbers) share. Nodes are in elimination
 * order here; a supernode is a run of nodes whose columns of L are kept dense, on the same rows. */
enum { PL_WIDEST = 64 }; /* columns of a supernode */
enum { PL_ACROSS = 4 };  /* columns that a kernel takes at a time, */
enum { PL_TALL = 16 };   /* and rows, at most */

typedef struct { /* supernodes from … to, a whole branch of the tree */
  int from, to;
} pl_branch;

typedef struct { /* workspace of one thread; any thread may use any */
  atomic_flag taken;
  int *where;    /* [n] row of the supernode at hand where a node lies */
  int *index;    /* [longest] the same for the rows of the one that changes it */
  double *right; /* [PL_WIDEST × PL_ACROSS] */
  double *out;   /* [PL_ACROSS × (longest + 2 × PL_TALL)] */
} pl_bench;

typedef struct { /* the dense kernels for one instruction set: factor_kernel.inc says what each does
                  */
  void (*change)(pl_factor *f, int s, int d, pl_bench *w);
  void (*eliminate)(pl_factor *f, int s, const signed char *sign, pl_bench *w);
  void (*combine)(long rows, int depth, const double *value, long stride, const double *by,
                  double *sum);
  double (*inner)(long rows, const double *value, const double *x);
} pl_kernels;

struct pl_factor {
  int n, n_supernodes;
  pl_arena *arena;
  int *place;                    /* [n] node → when it is eliminated */
  int *supernode_of;             /* [n] */
  int *first, *width;            /* [n_supernodes] */
  long *row_start, *value_start; /* [n_supernodes + 1] */
  int *rows;                     /* [row_start[n_supernodes]] own columns, then those below */
  double *value;                 /* by columns of all the supernode's rows; unit lower L and D */
  pl_branch *branch;             /* [n_branches] may be factored at the same time … */
  int *top;                      /* [n_top] … and then these, in order */
  int n_branches, n_top;
  int *top_place, top_nodes; /* [n] place of a node among those of the top, −1 in branches */
  double work;
  double *pivot;    /* [n] D */
  int *head, *next; /* [n_supernodes] supernodes that wait to change this one */
  long *reached;    /* [n_supernodes] first row not yet used */
  long longest;     /* rows of the tallest supernode */
  double *buffer;   /* [n] of the solves */
  double *spill;    /* [n_branches][top_nodes] */
  pl_bench *bench;  /* [n_benches] one a thread */
  int n_benches;
  pl_kernels kernels;
};

void pl_factor_prepare(pl_factor *f);       /* room for the numbers */
pl_kernels pl_kernels_of(pl_kernel kernel); /* of one that is there */

#endif
