/* On/off: whether a unit is on in a slice. When it is switched is start.c's. */
#include "plan/builder.h"

/* ON_MOST:  Σ run × use ≤ available × on.  ON_LEAST:  Σ run × use ≥ least × on */
void plan_declare_on_off(builder *b, int unit, const pl_grid *grid) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  double const inf = plan_infinity();
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
  plan_declare_starts(b, unit, grid);
}

void plan_emit_on(builder *b, const pl_block *k) {
  const unit_rows *r = &b->units[k->thing];
  int const v = b->slice;
  plan_put_same(b, r->on_most, -r->available[v]);
  if (r->on_least >= 0) plan_put_same(b, r->on_least, -r->least[v]);
  plan_put_reserve_on(b, k->thing);
  plan_put_low_on(b, r);
  for (int i = 0; i < r->counts.n; i++)
    plan_put_flow(b, r->counts.at[i].row, r->counts.at[i].factor);
  plan_put_on_in_starts(b, k->thing);
  plan_put_on_in_ramp(b, r);
  plan_put_on_in_part_load(b, r);
  plan_put_on_in_outage(b, r);
}
