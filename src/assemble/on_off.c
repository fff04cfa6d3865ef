/* On/off: whether a unit is on in a slice. Starts and stops are in start.c. */
#include "assemble/emit.h"
#include "assemble/unit.h"

typedef struct { /* row blocks */
  int most, least;
} on_rows;

/* ON_MOST:   Σ run × use ≤ available × on
 * ON_LEAST:  Σ run × use ≥ least × on */
static void *declare(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  double const inf = plan_infinity();
  if (!u->on_off || u->runs.n == 0) return NULL;
  on_rows *own = PL_NEW(b->scratch, on_rows);
  pl_block const on = plan_unit_block(b, unit, PL_COLUMN_ON, -1, r->grid);
  r->on = plan_add_columns(b, on, 0, 1, u->on_off == PL_ON_OFF_YES);
  own->most = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_ON_MOST, -1, r->grid), -inf, 0);
  own->least = -1;
  if (r->least)
    own->least = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_ON_LEAST, -1, r->grid), 0, inf);
  pl_entry e = {.block = r->on,
                .party = on.party,
                .line = PL_LINE_STARTS,
                .factor = -1,
                .weight = plan_weight(b, r->grid, WEIGHT_HOURS),
                .grid = r->grid};
  if ((e.formula = u->on_cost)) plan_add_entry(b, e);
  return own;
}

static void put(builder *b, int unit, const void *rows, double use) {
  const on_rows *own = rows;
  (void)unit;
  plan_put_same(b, own->most, use);
  if (own->least >= 0) plan_put_same(b, own->least, use);
}

static void put_on(builder *b, int unit, const void *rows) {
  const on_rows *own = rows;
  const unit_rows *r = &b->units[unit];
  plan_put_same(b, own->most, -r->available[b->slice]);
  if (own->least >= 0) plan_put_same(b, own->least, -r->least[b->slice]);
}

static void put_out(builder *b, int unit, const void *rows, int slice, double share, bool least) {
  const on_rows *own = rows;
  if (least && own->least >= 0)
    plan_put_at(b, own->least, slice, share * b->units[unit].least[slice]);
}

const unit_part plan_unit_on_off = {
    .declare = declare, .put = put, .put_on = put_on, .put_out = put_out};

void plan_emit_on_off(builder *b, const pl_block *on) { plan_put_on(b, on->thing); }
