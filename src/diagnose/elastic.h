#ifndef PL_DIAGNOSE_ELASTIC_H
#define PL_DIAGNOSE_ELASTIC_H

#include "diagnose/sketch.h"
#include "plan/program.h"
#include "solve/solve.h"

/* A program whose bounds may be relaxed: each number of the case at a cost of one per relative
 * change, obligations at two, since they are what the plan is for. Internal to this folder. */

typedef enum {
  PL_GIVE_NUMBER,      /* a bound that a number of the case gives */
  PL_GIVE_INITIAL,     /* what a stock holds at the start */
  PL_GIVE_UNDER_WAY,   /* what is under way at the start, in the balance where it arrives */
  PL_GIVE_COEFFICIENT, /* a number of the case that multiplies an on/off decision, or days of
                          cover */
  PL_GIVE_RULE,        /* a rule of the case without a number (row.def, column.def) */
} pl_give;

#define PL_ELASTIC_ROUNDING 1e-6 /* smaller relative changes count as none */

enum {
  PL_ELASTIC_NONE = -1
}; /* instead of a slack: no number of the case bounds the slice on that side */

typedef struct { /* one side of one block */
  pl_give kind;
  const pl_block *block;
  bool is_row, upper;
  int *slack; /* [block->count] column of the elastic program, < 0 where the bound stays as it is */
  int *number;   /* [block->count] index into the numbers below, −1 where none bounds the slice */
  bool asked;    /* can be relaxed; false where nothing would gain by it */
  double size;   /* size of its largest bound */
  int lane, way; /* for UNDER_WAY: which amount of which lane, */
  const double *arrives; /* [block->count] and when it arrives */
} pl_elastic_side;

typedef struct { /* what is relaxed as one: a number of the case in all the slices that it bounds */
  double cost;   /* cost of changing it by its own size */
  double most;   /* largest change, times typical */
  double change; /* required change, times typical; for PARTS */
} pl_elastic_number;

typedef struct {
  const pl_program *program;
  const pl_solve_options *stopped_by; /* NULL = nothing */
  int n_numbers;
  pl_elastic_number *number;
  int n_sides;
  pl_elastic_side *sides;
  pl_sketch sketch;
  double typical;      /* magnitude of the program's numbers */
  double largest_cost; /* largest cost of its columns, 0 if none costs anything */
  double *coefficient; /* [rows] largest coefficient of an on/off decision, 0 */
  double *entry;       /* [rows] largest coefficient */
  int *column_row[2];  /* [columns of the program] the row that replaces the lower, the upper bound
                          of a column, −1; for 'exactly' the same row */
  pl_solution *answer;
} pl_elastic;

typedef enum {
  PL_ELASTIC_WHOLE,    /* one program, in which each number is one column */
  PL_ELASTIC_INTEGERS, /* the same with integer on/off decisions */
  PL_ELASTIC_PARTS,    /* for large programs: first the changes, by windows and cuts where there
                          are many slices, then, within these, the smallest that suffices slice by
                          slice */
} pl_elastic_way;

/* rules: rules without a number are relaxed too, at twice the cost of obligations. Then there is
 * always an answer: with no bounds left, doing nothing and keeping what the stocks hold is a
 * plan. */
pl_status pl_elastic_solve(const pl_program *p, pl_elastic_way way, bool rules,
                           const pl_solve_options *by, pl_arena *a, pl_elastic *out, pl_diag *diag);

/* Solve a program that is known to be feasible, whatever a solver reports: where the usual method
 * fails, another is tried, and in the end the nearest approximation is taken (is_rough). */
pl_status pl_elastic_run(const pl_lp *lp, const pl_solve_options *options, pl_arena *a,
                         pl_solution **answer, pl_diag *diag);

void pl_elastic_pass_on(const pl_diag *from, pl_diag *to); /* its errors */

/* elastic_coarse.c: the program aggregated by month, a relaxation of it. lp has room for bounds, to
 * be filled in, and no costs. */
typedef struct {
  pl_lp lp;
  int *row, *column; /* [of the program] what it was aggregated into, −1 where it has no effect */
} pl_coarse;
/* false: it would hardly be smaller than the program. */
bool pl_coarse_make(const pl_program *p, pl_arena *a, pl_coarse *out);
/* Write the sums of the program's bounds into out's arrays. */
void pl_coarse_bound(const pl_coarse *c, const pl_lp *bounds, pl_lp *out);
/* The window of g in which row or column v of the block lies, −1 = in none. */
int pl_elastic_window(const pl_grid *g, const pl_block *b, int v);

/* elastic_windows.c: the changes that windows of time, and the whole case by the month, require,
 * each without the rules that reach beyond it: a lower bound on what the whole requires. windows
 * divides the time. */
pl_status pl_elastic_windows(pl_elastic *e, const pl_grid *windows, pl_diag *diag);
/* elastic_cuts.c: the changes that the whole requires, no smaller than those that the numbers
 * already have. PL_INFEASIBLE if they cannot be found this way. */
pl_status pl_elastic_cuts(pl_elastic *e, pl_diag *diag);
/* The program's bounds, relaxed by the changes. */
void pl_elastic_widen(const pl_elastic *e, double *lower, double *upper, double *row_lower,
                      double *row_upper);
/* What a column costs, compared with 1 for what is missing or relaxed: its own cost, scaled down so
 * far that it only breaks ties. Without it there are too many ties to go through. */
double pl_elastic_tie(const pl_elastic *e, int column);
/* Where slice v of the block lies in time. */
pl_interval pl_elastic_when(const pl_program *p, const pl_block *b, int v);
/* What one unit of the number's change, times typical, moves the side's bound in slice v. */
double pl_elastic_moves(const pl_elastic *e, const pl_elastic_side *s, int v);
/* The row that holds the side's bound in slice v, −1 if a column does; and the dual of that bound,
 * of the sign of its side or 0. */
int pl_elastic_row(const pl_elastic *e, const pl_elastic_side *s, int v);
double pl_elastic_dual(const pl_elastic *e, const pl_elastic_side *s, int v);
/* The side's bound in slice v; also for a number that is a coefficient: what it requires when the
 * decision is 1. */
double pl_elastic_bound(const pl_elastic *e, const pl_elastic_side *s, int v);
/* The amount of a relative change of 1 in slice v: the bound, or where that is zero the largest
 * bound of its side. */
double pl_elastic_weight(const pl_elastic *e, const pl_elastic_side *s, int v);
/* By how much the side's bound is violated in slice v: 0, or more than rounding. */
double pl_elastic_given(const pl_elastic *e, const pl_elastic_side *s, int v);
/* Of the equally cheap answers, choose one by rule; the answer to a large program stays. */
void pl_elastic_settle(const pl_elastic *e, const pl_solve_options *by, pl_arena *a);
/* Whether it is violated by the full amount: the slices that require it. */
bool pl_elastic_tight(const pl_elastic *e, const pl_elastic_side *s, int v);

#endif
