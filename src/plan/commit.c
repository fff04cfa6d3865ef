/* On/off: whether a unit is on in a slice, and when it is switched on. */
#include "plan/builder.h"

/* ON_MOST:  Σ run × use ≤ available × on.  ON_LEAST:  Σ run × use ≥ least × on.  STARTED:  start ≥
 * on − on before */
void plan_declare_on_off(builder *b, int unit, const pl_grid *grid) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  double const inf = plan_infinity();
  if (!r->available) {
    (void)pl_fail(b->diag, PL_RANGE, u->said[PL_unit_on_off],
                  "unit '%s' has on/off but no capacity to be switched on", u->name);
    return;
  }
  pl_block const on = plan_unit_block(b, unit, PL_COLUMN_ON, -1, grid);
  r->on = plan_add_columns(b, on, 0, 1, u->on_off == PL_ON_OFF_YES);
  r->on_most = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_ON_MOST, -1, grid), -inf, 0);
  if (r->least)
    r->on_least = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_ON_LEAST, -1, grid), 0, inf);
  pl_entry e = {.block = r->on,
                .party = on.party,
                .line = PL_LINE_STARTS,
                .factor = -1,
                .grid = grid,
                .per_hour = true};
  if ((e.formula = u->on_cost)) plan_add_entry(b, e);
  if (!(e.formula = u->start_cost)) return;
  r->start = plan_add_columns(b, plan_unit_block(b, unit, PL_COLUMN_START, -1, grid), 0, 1, false);
  r->started = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_STARTED, -1, grid), 0, inf);
  if (u->said[PL_unit_on_before].line == 0 || u->on_before)
    b->row_lower[b->p->rows[r->started].first] = -1;
  e.block = r->start;
  e.per_hour = false;
  plan_add_entry(b, e);
}

void plan_emit_on(builder *b, const pl_block *k) {
  const unit_rows *r = &b->units[k->thing];
  int const v = b->slice;
  plan_put_same(b, r->on_most, -r->available[v]);
  if (r->on_least >= 0) plan_put_same(b, r->on_least, -r->least[v]);
  plan_put_reserve_on(b, k->thing);
  for (int i = 0; i < r->counts.n; i++)
    plan_put_flow(b, r->counts.at[i].row, r->counts.at[i].factor);
  if (r->started < 0) return;
  plan_put_same(b, r->started, -1);
  if (v + 1 < k->count) plan_put(b, b->p->rows[r->started].first + v + 1, 1);
}
