#ifndef PL_SOLVE_PIECES_CUT_H
#define PL_SOLVE_PIECES_CUT_H

#include <stdatomic.h>

#include "base/arena.h"
#include "lp/lp.h"

/* A program arranged in time, and pieces of it. Time is divided into steps: step s contains the
 * columns that begin at the s-th of all beginnings of columns. Border s lies before step s; a row
 * crosses it if it has columns on both sides. Nothing here changes after pl_cut_new: threads share
 * it. */
typedef struct {
  const pl_lp *lp;
  int n_steps;
  int *col;        /* [n_cols] the columns in the order of time */
  int *place;      /* [n_cols] the index in col of each column */
  int *step_first; /* [n_steps + 1] the index in col of a step's first column */
  int *step;       /* [n_cols] of each column */
  int *first,
      *last;       /* [n_rows] the steps of a row's first and last column; 0, −1 without columns */
  long *row_start; /* [n_rows + 1] into row_col and row_value */
  int *row_col;    /* [n_entries] the columns of each row, in the order of time */
  double *row_value; /* [n_entries] */
  int *crossing;     /* [n_steps + 1] how many rows cross each border */
} pl_cut;

/* NULL if lp does not have the times of its columns. Everything lives in arena. */
pl_cut *pl_cut_new(const pl_lp *lp, pl_arena *arena);

/* The border in [low, high] that the fewest rows cross; among equals the nearest to wanted. */
int pl_cut_border(const pl_cut *c, int low, int wanted, int high);

/* The step that lies this many columns after (before) step s. */
int pl_cut_step(const pl_cut *c, int s, long columns);

/* Marks for each row, all −1 while not in use; one set for each thread that cuts at the same
 * time. */
typedef struct {
  int n;
  int **marks;        /* [n][n_rows] */
  atomic_flag *taken; /* [n] */
} pl_cut_marks;

pl_cut_marks *pl_cut_marks_new(const pl_cut *c, int n, pl_arena *arena);
/* Takes a set of marks that no other thread has; to be returned as it was. */
int pl_cut_marks_take(pl_cut_marks *m);
void pl_cut_marks_give(pl_cut_marks *m, int k);

/* What a piece assumes about the columns outside. A row that has some is loosened by everything
 * that these can add between lower and upper: the piece is a relaxation if these are the bounds,
 * and continues a plan if they are its values. Or the row is left out, and priced at its dual. */
typedef struct {
  const double *lower, *upper;    /* [n_cols of the whole] */
  const double *dual;             /* [n_rows of the whole], NULL if none is priced */
  bool price_before, price_after; /* whether rows with columns before (after) are priced */
} pl_outside;

/* The columns of the steps [from, to) and the rows that contain them, as a program of its own. Rows
 * left without bounds are omitted. */
typedef struct {
  int from, to;   /* steps */
  pl_lp lp;       /* column k is col[k] of the whole */
  const int *col; /* [lp.n_cols] */
  int *row;       /* [lp.n_rows] rows of the whole */
} pl_piece;

void pl_piece_cut(const pl_cut *c, pl_cut_marks *m, int from, int to, const pl_outside *o,
                  pl_arena *arena, pl_piece *out);

#endif
