#ifndef PL_EXPLAIN_HOURS_WALK_H
#define PL_EXPLAIN_HOURS_WALK_H

#include "explain/hours.h"

/* What the files that add hours up share. For this folder only. */
typedef struct pl_hours_grid {
  const pl_grid *grid;
  struct pl_hours_grid *next;
  int *year;    /* [grid->n] calendar year of the schedule that the slice begins in */
  double *undo; /* [grid->n] 1 / discount of the slice's middle */
} pl_hours_grid;

typedef struct {
  const pl_schedule *s;
  const pl_program *p;
  const pl_case *c;
  pl_arena *keep, *scratch;
  int n_years;
  double noise;         /* duals below it are rounding */
  pl_hours_grid *grids; /* those asked for, the latest first */
} pl_hours_walk;

void pl_hours_begin(pl_hours_walk *w, const pl_schedule *s, pl_arena *keep);
void pl_hours_end(pl_hours_walk *w);
const pl_hours_grid *pl_hours_of(pl_hours_walk *w, const pl_grid *g);
/* The formula over the grid in scratch; preset where it is NULL. */
double *pl_hours_values(const pl_hours_walk *w, const pl_formula *f, const pl_grid *g,
                        double preset);
/* What one unit of a column brings in goods: Σ of its amounts × what these are worth at their
 * places, discounted; all that enters the sum, without sign, is added to size. */
double pl_hours_goods(const pl_hours_walk *w, int column, double *size);
/* Between equals: the one that is said to bind a column from above or below, in the words of the
 * case, is the number at this place. */
bool pl_hours_bound_is(const pl_hours_walk *w, const pl_block *b, bool upper, int v,
                       pl_place place);
/* Adds to the capacity worth what the rules hold that are shares of the capacity, beside most and
 * least of the load itself. */
void pl_hours_add_shares(pl_hours_walk *w, const pl_unit_hours *out);

#endif
