/* What a unit can run and what it must run. */
#include "chain/load.h"

static void times(const pl_formula *f, const pl_quotes *quotes, const pl_grid *grid, double *x,
                  double *scratch) {
  if (!f) return;
  pl_formula_eval_grid(f, quotes, grid, scratch);
  for (int v = 0; v < grid->n; v++) x[v] *= scratch[v];
}

void pl_unit_ready(const pl_unit *u, const pl_quotes *quotes, const pl_grid *grid, double *share,
                   double *scratch) {
  for (int v = 0; v < grid->n; v++) share[v] = 1;
  times(u->online, quotes, grid, share, scratch);
  times(u->availability, quotes, grid, share, scratch);
}

bool pl_unit_available(const pl_unit *u, const pl_quotes *quotes, const pl_grid *grid, double *out,
                       double *scratch) {
  if (!u->capacity) return false;
  double *ready = scratch + grid->n;
  pl_unit_ready(u, quotes, grid, ready, scratch);
  pl_formula_eval_grid(u->capacity, quotes, grid, out);
  for (int v = 0; v < grid->n; v++) out[v] = out[v] * pl_grid_hours(grid, v) * ready[v];
  return true;
}

int pl_unit_least_field(const pl_unit *u) {
  return u->minimum ? PL_unit_minimum : PL_unit_turndown;
}

const pl_formula *pl_unit_least(const pl_unit *u) { return u->minimum ? u->minimum : u->turndown; }

double pl_unit_least_share(const pl_unit *u, double value) {
  return u->minimum ? value : u->turndown ? 1 - value : 0;
}

void pl_unit_least_shares(const pl_unit *u, const pl_quotes *quotes, const pl_grid *grid,
                          double *share) {
  const pl_formula *f = pl_unit_least(u);
  if (f) pl_formula_eval_grid(f, quotes, grid, share);
  for (int v = 0; v < grid->n; v++) share[v] = f ? pl_unit_least_share(u, share[v]) : 0;
}
