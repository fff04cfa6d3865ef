#ifndef PL_DIAGNOSE_ELASTIC_H
#define PL_DIAGNOSE_ELASTIC_H

#include "diagnose/sketch.h"
#include "plan/program.h"
#include "solve/solve.h"

/* A program whose bounds may give way, each number of the case at a cost of one per relative
 * change, what must be there at two: it is what the plan is for. For this folder only. */

typedef enum {
  PL_GIVE_NUMBER,      /* a bound that a number of the case gives */
  PL_GIVE_INITIAL,     /* what a stock holds at the start */
  PL_GIVE_UNDER_WAY,   /* what is under way at the start, in the balance where it arrives */
  PL_GIVE_COEFFICIENT, /* a number of the case that multiplies an on/off decision, or days
                          of cover */
  PL_GIVE_RULE,        /* a rule of the case that no number says (row.def, column.def) */
} pl_give;

#define PL_ELASTIC_ROUNDING 1e-6 /* a smaller relative change is none */

enum {
  PL_ELASTIC_NONE = -1
}; /* in place of a slack: no number of the case bounds the slice on that side */

typedef struct { /* one side of one block */
  pl_give kind;
  const pl_block *block;
  bool is_row, upper;
  int *slack; /* [block->count] column of the elastic program, < 0 where the bound stays as it is */
  int *number;           /* [block->count] of the numbers below, −1 where none bounds the slice */
  bool asked;            /* to give way; what nobody gains by is not */
  double size;           /* of its largest bound */
  int lane, way;         /* of UNDER_WAY: which amount of which lane, */
  const double *arrives; /* [block->count] and when it comes */
} pl_elastic_side;

typedef struct { /* what gives way as one: a number of the case in all the slices that it bounds */
  double cost;   /* of a change by all of itself */
  double most;   /* that it may change, times typical */
  double change; /* that it must, times typical; of PARTS */
} pl_elastic_number;

typedef struct {
  const pl_program *program;
  const pl_solve_options *stopped_by; /* NULL = nothing */
  int n_numbers;
  pl_elastic_number *number;
  int n_sides;
  pl_elastic_side *sides;
  pl_sketch sketch;
  double typical;      /* size of the program's numbers */
  double largest_cost; /* of its columns, 0 if nothing costs anything */
  double *coefficient; /* [rows] largest one in front of an on/off decision, 0 */
  double *entry;       /* [rows] largest one at all */
  int *column_row[2];  /* [columns of the program] the row that took over the lower, the upper bound
                         of a column, −1; of 'exactly' the same */
  pl_solution *answer;
} pl_elastic;

typedef enum {
  PL_ELASTIC_WHOLE,    /* one program, in which each number is one column */
  PL_ELASTIC_INTEGERS, /* the same with whole on/off decisions */
  PL_ELASTIC_PARTS,    /* for large programs: the changes first, by windows and cuts where there are
                          many slices, then with these, slice by slice, as little as will do */
} pl_elastic_way;

/* rules: what no number says gives way too, at twice what must be there costs. Then there is always
 * an answer: with no bounds left, doing nothing and keeping what the stocks hold is a plan. */
pl_status pl_elastic_solve(const pl_program *p, pl_elastic_way way, bool rules,
                           const pl_solve_options *by, pl_arena *a, pl_elastic *out, pl_diag *diag);

/* Solve a program that has an answer, whatever a solver says of it: where the usual way ends
 * without one, another is tried, and in the end the nearest to an answer taken (is_rough). */
pl_status pl_elastic_run(const pl_lp *lp, const pl_solve_options *options, pl_arena *a,
                         pl_solution **answer, pl_diag *diag);

void pl_elastic_pass_on(const pl_diag *from, pl_diag *to); /* its errors */

/* elastic_coarse.c: the program with what lies within a month added up, a relaxation of it. lp has
 * room for bounds once it is given some, and no costs. */
typedef struct {
  pl_lp lp;
  int *row, *column; /* [of the program] what it went into, −1 where it has nothing to say */
} pl_coarse;
/* false: it would be hardly smaller than the program. */
bool pl_coarse_make(const pl_program *p, pl_arena *a, pl_coarse *out);
/* The sums of bounds of the program, into out's arrays. */
void pl_coarse_bound(const pl_coarse *c, const pl_lp *bounds, pl_lp *out);
/* The window of g in which row or column v of the block lies, −1 = in none. */
int pl_elastic_window(const pl_grid *g, const pl_block *b, int v);

/* elastic_windows.c: the changes that windows of time, and the whole by the month, ask for, each
 * without the rules that reach beyond it: so no more than the whole asks for. windows cuts the
 * time. */
pl_status pl_elastic_windows(pl_elastic *e, const pl_grid *windows, pl_diag *diag);
/* elastic_cuts.c: the changes that the whole asks for, no cheaper than those that the numbers have.
 * PL_INFEASIBLE if they cannot be found so. */
pl_status pl_elastic_cuts(pl_elastic *e, pl_diag *diag);
/* The program's bounds, as far apart as the changes put them. */
void pl_elastic_widen(const pl_elastic *e, double *lower, double *upper, double *row_lower,
                      double *row_upper);
/* What a column costs beside 1 for what is missing or gives way: its own cost, made so small that
 * it decides only between what would be equal. Without it there are too many equals to go
 * through. */
double pl_elastic_tie(const pl_elastic *e, int column);
/* Where in time slice v of the block lies. */
pl_interval pl_elastic_when(const pl_program *p, const pl_block *b, int v);
/* What one unit of the number's change, times typical, moves the side's bound in slice v. */
double pl_elastic_moves(const pl_elastic *e, const pl_elastic_side *s, int v);
/* The row that holds the side's bound in slice v, −1 if a column does; and the dual of that bound,
 * of the sign of its side or 0. */
int pl_elastic_row(const pl_elastic *e, const pl_elastic_side *s, int v);
double pl_elastic_dual(const pl_elastic *e, const pl_elastic_side *s, int v);
/* The side's bound in slice v; also of a number that is a coefficient: what it asks for when the
 * decision is 1. */
double pl_elastic_bound(const pl_elastic *e, const pl_elastic_side *s, int v);
/* What a relative change of 1 comes to in slice v: the bound, or where that is zero the largest of
 * its side. */
double pl_elastic_weight(const pl_elastic *e, const pl_elastic_side *s, int v);
/* By how much the side's bound is broken in slice v: 0, or more than rounding. */
double pl_elastic_given(const pl_elastic *e, const pl_elastic_side *s, int v);
/* Of the answers that cost as little, the one that the rule says; a large program's stays. */
void pl_elastic_settle(const pl_elastic *e, const pl_solve_options *by, pl_arena *a);
/* Whether it is broken by all of that: the slices that ask for it. */
bool pl_elastic_tight(const pl_elastic *e, const pl_elastic_side *s, int v);

#endif
