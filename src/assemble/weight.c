/* Weights of money entries in each slice of a grid: computed once per grid. */
#include "assemble/builder.h"

static double weight_of(const pl_grid *g, int v, entry_weight kind) {
  switch (kind) {
  case WEIGHT_HOURS: return pl_grid_hours(g, v);
  case WEIGHT_TIMES: return pl_grid_times(g, v);
  case WEIGHT_LAST: return v + 1 == g->n;
  case WEIGHTS: break;
  }
  return 1;
}

static grid_weights *weights_of(builder *b, const pl_grid *grid) {
  grid_weights *w = b->weights;
  while (w && w->grid != grid) w = w->next;
  if (w) return w;
  w = PL_NEW(b->scratch, grid_weights);
  *w = (grid_weights){.grid = grid, .next = b->weights};
  b->weights = w;
  return w;
}

const double *plan_weight(builder *b, const pl_grid *grid, entry_weight kind) {
  grid_weights *w = weights_of(b, grid);
  if (w->of[kind]) return w->of[kind];
  double *weight = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 0; v < grid->n; v++) weight[v] = weight_of(grid, v, kind);
  return w->of[kind] = weight;
}
