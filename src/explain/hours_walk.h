#ifndef PL_EXPLAIN_HOURS_WALK_H
#define PL_EXPLAIN_HOURS_WALK_H

#include "explain/hours.h"

/* Shared by the files that add up hours. Internal to this folder. */
typedef struct pl_hours_grid {
  const pl_grid *grid;
  struct pl_hours_grid *next;
  int *year;    /* [grid->n] calendar year of the schedule in which the slice begins */
  double *undo; /* [grid->n] 1 / discount of the slice's middle */
} pl_hours_grid;

typedef struct {
  const pl_schedule *s;
  const pl_program *p;
  const pl_case *c;
  pl_arena *keep, *scratch;
  int n_years;
  double noise;         /* duals below this are rounding */
  pl_hours_grid *grids; /* those evaluated, latest first */
} pl_hours_walk;

void pl_hours_begin(pl_hours_walk *w, const pl_schedule *s, pl_arena *keep);
void pl_hours_end(pl_hours_walk *w);
const pl_hours_grid *pl_hours_of(pl_hours_walk *w, const pl_grid *g);
/* The formula's values over the grid, in scratch; preset where the formula is NULL. */
double *pl_hours_values(const pl_hours_walk *w, const pl_formula *f, const pl_grid *g,
                        double preset);
/* The value of the goods that one unit of a column brings: Σ of its amounts × their values at their
 * sites, discounted; the absolute terms of the sum are added to size. */
double pl_hours_goods(const pl_hours_walk *w, int column, double *size);
/* Of equal bounds: the number of the case at this place binds the column from above or below. */
bool pl_hours_bound_is(const pl_hours_walk *w, const pl_block *b, bool upper, int v,
                       pl_place place);
/* Add to the capacity's worth that of the rules that are shares of the capacity, apart from maximum
 * and minimum load. */
void pl_hours_add_shares(pl_hours_walk *w, const pl_unit_hours *out);

#endif
