/* Ramps: how fast a load may change from one slice to the next. */
#include "plan/builder.h"

/* RAMP, slices 1 … n−1, times the slice's hours h:  ±(Σ use × (run_v − run_{v−1} h_v / h_{v−1})) ≤
 * ramp × capacity × time between the middles × h_v */
void plan_declare_ramp(builder *b, int unit, const pl_grid *grid) {
  const pl_unit *u = &b->c->units[unit];
  if (!u->ramp || grid->n < 2) return;
  if (!u->capacity) {
    (void)pl_fail(b->diag, PL_RANGE, u->said[PL_unit_ramp],
                  "unit '%s' has a ramp but no capacity that it is a share of", u->name);
    return;
  }
  const double *ramp = plan_values(b, u->ramp, grid, 0, false);
  const double *capacity = plan_values(b, u->capacity, grid, 0, false);
  double *most = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  double *least = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 1; v < grid->n; v++) {
    double const h = pl_grid_hours(grid, v);
    most[v - 1] = ramp[v] * capacity[v] * (h + pl_grid_hours(grid, v - 1)) / 2 * h;
    least[v - 1] = -most[v - 1];
  }
  pl_block k = plan_unit_block(b, unit, PL_ROW_RAMP, -1, grid);
  k.count = grid->n - 1;
  int const row = b->units[unit].ramp = plan_add_rows(b, k, -plan_infinity(), plan_infinity());
  const char *words = plan_words(b, "ramp", u->ramp);
  plan_bound_rows(b, row, true, u->said[PL_unit_ramp], words, most);
  plan_bound_rows(b, row, false, u->said[PL_unit_ramp], words, least);
}

void plan_put_ramp(builder *b, const unit_rows *r, double use) {
  int const first = b->p->rows[r->ramp].first, v = b->slice;
  if (v > 0) plan_put(b, first + v - 1, use);
  if (v + 1 < b->grid->n)
    plan_put(b, first + v, -use * pl_grid_hours(b->grid, v + 1) / pl_grid_hours(b->grid, v));
}
