#ifndef PL_EXPLAIN_ELASTIC_H
#define PL_EXPLAIN_ELASTIC_H

#include "explain/sketch.h"
#include "plan/program.h"
#include "solve/solve.h"

/* A program whose bounds may give way, each number of the case at a cost of one per relative
 * change, what must be there at two: it is what the plan is for. For this folder only. */

typedef enum {
  PL_GIVE_NUMBER,      /* a bound that a number of the case gives */
  PL_GIVE_INITIAL,     /* what a stock holds at the start */
  PL_GIVE_COEFFICIENT, /* a number of the case that stands in front of an on/off decision, or days
                          of cover */
} pl_give;

enum {
  PL_ELASTIC_NONE = -1
}; /* in place of a slack: no number of the case bounds the slice on that side */

typedef struct { /* one side of one block */
  pl_give kind;
  const pl_block *block;
  bool is_row, upper;
  int *slack; /* [block->count] column of the elastic program, < 0 where the bound stays as it is */
  bool asked; /* to give way; what nobody gains by is not */
  double size; /* of its largest bound */
} pl_elastic_side;

typedef struct {
  const pl_program *program;
  int n_sides;
  pl_elastic_side *sides;
  pl_sketch sketch;
  double typical;      /* size of the program's numbers */
  double *coefficient; /* [rows] largest one in front of an on/off decision, 0 */
  int *column_row;     /* [columns of the program] the row that took over a column's bounds, −1 */
  pl_solution *answer;
} pl_elastic;

/* integers: on/off decisions are whole. There is always an answer: with no bounds left, doing
 * nothing and keeping what the stocks hold is a plan. */
pl_status pl_elastic_solve(const pl_program *p, bool integers, pl_arena *a, pl_elastic *out,
                           pl_diag *diag);
/* The row that holds the side's bound in slice v, −1 if a column does; and the dual of that bound,
 * of the sign of its side or 0. */
int pl_elastic_row(const pl_elastic *e, const pl_elastic_side *s, int v);
double pl_elastic_dual(const pl_elastic *e, const pl_elastic_side *s, int v);
/* What a relative change of 1 comes to in slice v. */
double pl_elastic_weight(const pl_elastic *e, const pl_elastic_side *s, int v);
/* By how much the side's bound may be broken in slice v: 0, or more than rounding. */
double pl_elastic_given(const pl_elastic *e, const pl_elastic_side *s, int v);
/* Whether it is broken by all of that: the slices that ask for it. */
bool pl_elastic_tight(const pl_elastic *e, const pl_elastic_side *s, int v);

#endif
