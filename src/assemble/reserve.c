/* Reserves: room that units keep above or below their load, and that stocks keep to draw or to
 * fill, so that it can be called on. The reserve provided is a product like any other: it enters
 * the balance of that product at the place, and a market buys it. The energy moved by a call is not
 * planned. */
#include <math.h>

#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/stock.h"
#include "assemble/unit.h"

static int find(const pl_prices *list, int material) {
  for (int i = 0; i < list->n; i++)
    if (list->material[i] == material) return i;
  return -1;
}

/* A reserve is constant within a slice of the product, so the product's step must not be finer than
 * the provider's. */
static bool fits(builder *b, const pl_prices *list, int i, const pl_grid *own, const char *name) {
  pl_step const step = pl_material_step(b->c, list->material[i]);
  if (step >= own->step) return true;
  (void)pl_fail(b->diag, PL_RANGE, list->place[i],
                "reserve '%s' is planned by the %s, but '%s', which provides it, by the %s: give "
                "both the same step",
                b->c->materials[list->material[i]].name, pl_step_name(step), name,
                pl_step_name(own->step));
  return false;
}

/* Per hour, the reserve is at most amount × ratio (NULL = 1) of every slice of own that it
 * overlaps, even partly, as a week overlaps two months. */
static void bound_kept(builder *b, int kept, const pl_grid *own, const double *amount,
                       const double *ratio, pl_place place, const char *words) {
  const pl_block *block = &b->p->columns[kept];
  double *most = PL_NEW_ARRAY(b->a, double, (size_t)block->count);
  for (int v = 0; v < block->count; v++) {
    most[v] = plan_infinity();
    for (pl_share s = pl_share_slice(own, block->grid, v); s.ok; pl_share_next(own, &s))
      most[v] = fmin(most[v], amount[s.r] * (ratio ? ratio[s.r] : 1) *
                                  pl_grid_hours(block->grid, v) / pl_grid_hours(own, s.r));
  }
  plan_bound_columns(b, kept, true, place, words, most);
}

/* Where a unit of room gives no reserve, none is provided. */
static void close_kept(builder *b, int kept, const pl_grid *own, const pl_prices *list, int i) {
  double *open = plan_values(b, list->formula[i], own, 0, false);
  bool closed = false;
  for (int v = 0; v < own->n; v++) {
    closed = closed || !(open[v] > 0);
    open[v] = open[v] > 0 ? plan_infinity() : 0;
  }
  if (closed)
    bound_kept(b, kept, own, open, NULL, list->place[i], plan_words(b, "room", list->formula[i]));
}

/* One block for each product of the two lists. Returns whether there is any. */
static bool declare_kept(builder *b, const pl_block *like, const pl_prices *x, const pl_prices *y,
                         const char *name) {
  const pl_prices *const lists[] = {x, y};
  for (int l = 0; l < 2; l++)
    for (int i = 0; i < lists[l]->n; i++) {
      if (!fits(b, lists[l], i, like->grid, name)) return false;
      if (l == 1 && find(x, y->material[i]) >= 0) continue;
      pl_block block = *like;
      block.part = lists[l]->material[i];
      block.grid = plan_grid(b, pl_material_step(b->c, block.part));
      block.count = block.grid->n;
      int const kept = plan_add_columns(b, block, 0, plan_infinity(), false);
      for (int m = 0; m < 2; m++)
        if (find(lists[m], block.part) >= 0)
          close_kept(b, kept, like->grid, lists[m], find(lists[m], block.part));
    }
  return x->n + y->n > 0;
}

static pl_block like(int kind, int thing, int part, int party, const pl_grid *grid) {
  return (pl_block){.kind = kind,
                    .thing = thing,
                    .part = part,
                    .extra = -1,
                    .party = party,
                    .grid = grid,
                    .count = grid->n};
}

/* --- Units ----------------------------------------------------------------------------------- */

typedef struct { /* row blocks, −1 */
  int above, below;
} room_rows;

/* ROOM_ABOVE:  Σ run × use + Σ kept / room above × use ≤ available (× on)
 * ROOM_BELOW:  Σ run × use − Σ kept / room below × use ≥ least (× on) */
static void declare_rooms(builder *b, int unit, room_rows *own) {
  const pl_unit *u = &b->c->units[unit];
  const unit_rows *r = &b->units[unit];
  const pl_grid *grid = r->grid;
  double const inf = plan_infinity();
  if (u->room_above.n > 0) {
    own->above =
        plan_add_rows(b, like(PL_ROW_ROOM_ABOVE, unit, -1, -1, grid), -inf, r->on >= 0 ? 0 : inf);
    if (r->on < 0)
      plan_bound_rows(b, own->above, true, u->said[PL_unit_capacity],
                      plan_words(b, "capacity", u->capacity), r->available);
  }
  if (u->room_below.n == 0) return;
  own->below = plan_add_rows(b, like(PL_ROW_ROOM_BELOW, unit, -1, -1, grid), 0, inf);
  if (r->on < 0 && r->least)
    plan_bound_rows(b, own->below, false, plan_least_place(u), plan_least_words(b, u), r->least);
}

/* kept ≤ share × available capacity × reserve per unit of capacity */
static void bound_most(builder *b, int kept, const pl_grid *own) {
  const pl_block block = b->p->columns[kept];
  const pl_unit *u = &b->c->units[block.thing];
  int const i = find(&u->reserve_most, block.part);
  if (i < 0) return;
  const double *share = plan_values(b, u->reserve_most.formula[i], own, 0, false);
  const pl_prices *const rooms[] = {&u->room_above, &u->room_below};
  for (int m = 0; m < 2; m++) {
    int const room = find(rooms[m], block.part);
    if (room < 0) continue;
    double *ratio = plan_values(b, rooms[m]->formula[room], own, 0, false);
    for (int v = 0; v < own->n; v++) ratio[v] *= share[v] / u->runs.factor[0];
    bound_kept(b, kept, own, b->units[block.thing].available, ratio, u->reserve_most.place[i],
               plan_words(b, "reserve most", u->reserve_most.formula[i]));
  }
}

static void *declare(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  const unit_rows *r = &b->units[unit];
  int const first = b->p->n_column_blocks;
  pl_block const block = like(PL_COLUMN_RESERVE, unit, -1, pl_unit_party(b->c, u), r->grid);
  if (!declare_kept(b, &block, &u->room_above, &u->room_below, u->name)) return NULL;
  room_rows *own = PL_NEW(b->scratch, room_rows);
  *own = (room_rows){-1, -1};
  declare_rooms(b, unit, own);
  for (int kept = first; r->available && kept < b->p->n_column_blocks; kept++)
    bound_most(b, kept, r->grid);
  return own;
}

static void put(builder *b, int unit, const void *rows, double use) {
  const room_rows *own = rows;
  (void)unit;
  if (own->above >= 0) plan_put_same(b, own->above, use);
  if (own->below >= 0) plan_put_same(b, own->below, use);
}

static void put_on(builder *b, int unit, const void *rows) {
  const room_rows *own = rows;
  const unit_rows *r = &b->units[unit];
  if (own->above >= 0) plan_put_same(b, own->above, -r->available[b->slice]);
  if (own->below >= 0 && r->least) plan_put_same(b, own->below, -r->least[b->slice]);
}

/* With on/off, CAPACITY counts the reserve above (emit_unit_reserve). */
static void put_out(builder *b, int unit, const void *rows, int slice, double share, bool least) {
  const room_rows *own = rows;
  const unit_rows *r = &b->units[unit];
  if (!least && r->on < 0) plan_put_at(b, own->above, slice, share * r->available[slice]);
  if (least && r->least) plan_put_at(b, own->below, slice, share * r->least[slice]);
}

const unit_part plan_unit_reserve = {
    .declare = declare, .put = put, .put_on = put_on, .put_out = put_out};

/* factor[v] × the part of the reserve that falls into slice v of the row's grid. */
static void put_kept(builder *b, int row, const double *factor) {
  const pl_block *block = &b->p->rows[row];
  for (pl_share s = pl_share_slice(block->grid, b->grid, b->slice); s.ok;
       pl_share_next(block->grid, &s))
    plan_put(b, block->first + s.r, s.share * factor[s.r]);
}

/* by / ratio; 0 where the ratio is 0. */
static double *inverse(builder *b, const pl_prices *list, int material, const pl_grid *own,
                       double by) {
  int const i = find(list, material);
  if (i < 0) return NULL;
  double *x = plan_values(b, list->formula[i], own, 0, false);
  for (int v = 0; v < own->n; v++) x[v] = x[v] > 0 ? by / x[v] : 0;
  return x;
}

static void emit_unit_reserve(builder *b, const pl_block *block) {
  const pl_unit *u = &b->c->units[block->thing];
  const unit_rows *r = &b->units[block->thing];
  const room_rows *own = r->part[UNIT_reserve];
  if (b->slice == 0) {
    b->series = PL_NEW_ARRAY(b->scratch, double *, 2);
    b->series[0] = inverse(b, &u->room_above, block->part, r->grid, u->runs.factor[0]);
    b->series[1] = inverse(b, &u->room_below, block->part, r->grid, -u->runs.factor[0]);
  }
  plan_put_flow(b, plan_balance(b, u->site, block->part, block->party), 1);
  if (b->series[0]) put_kept(b, own->above, b->series[0]);
  if (b->series[0] && r->on >= 0 && r->outages) put_kept(b, r->capacity, b->series[0]);
  if (b->series[1]) put_kept(b, own->below, b->series[1]);
}

/* --- Stocks ---------------------------------------------------------------------------------- */

static double call_hours(const builder *b, int material, pl_time at) {
  const pl_material *m = &b->c->materials[material];
  if (m->said[PL_material_call].line > 0) return 24 * pl_duration_days(m->call);
  return pl_step_hours(pl_material_step(b->c, material), at);
}

/* HELD, FREE: at the end of the slice (part 0) and at its start (part 1), where the bound is that
 * of the previous slice. At the first start the level is the initial one, whatever it is. */
static void declare_level_rows(builder *b, int i, const pl_grid *grid, bool held, double initial) {
  const pl_stock *s = &b->c->stocks[i];
  stock_rows *r = &b->stocks[i];
  double const inf = plan_infinity();
  const pl_formula *f = held ? s->minimum : s->capacity;
  int const field = held ? PL_stock_minimum : PL_stock_capacity;
  const double *bound = plan_values(b, f, grid, 0, false);
  for (int start = 0; start < 2; start++) {
    double *x = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
    for (int v = 0; v < grid->n; v++) x[v] = bound[start && v > 0 ? v - 1 : v];
    if (start) x[0] = (held ? fmin : fmax)(0, x[0] - initial);
    int const kind = held ? PL_ROW_HELD : PL_ROW_FREE;
    int const row = plan_add_rows(b, like(kind, i, start, -1, grid), held ? 0 : -inf, inf);
    (held ? r->held : r->free)[start] = row;
    if (held) b->row_lower[b->p->rows[row].first] = x[0];
    if (f)
      plan_bound_rows(b, row, !held, s->said[field],
                      plan_words(b, held ? "minimum" : "capacity", f), x);
  }
}

/* ROOM_DRAW:  draw − fill + Σ kept / room to draw ≤ fastest draw
 * ROOM_FILL:  fill − draw + Σ kept / room to fill ≤ fastest fill
 * HELD:       level − Σ kept / hours × call / room to draw / (1 − draw loss) ≥ minimum
 * FREE:       level + Σ kept / hours × call / room to fill × (1 − fill loss) ≤ capacity */
void plan_declare_stock_reserve(builder *b, int i, const pl_grid *grid, double initial) {
  const pl_stock *s = &b->c->stocks[i];
  stock_rows *r = &b->stocks[i];
  double const inf = plan_infinity();
  r->room_draw = r->room_fill = r->held[0] = r->held[1] = r->free[0] = r->free[1] = -1;
  pl_block const block = like(PL_COLUMN_STOCK_RESERVE, i, -1, pl_stock_party(b->c, s), grid);
  if (!declare_kept(b, &block, &s->room_draw, &s->room_fill, s->name)) return;
  if (grid->typical)
    (void)pl_fail(b->diag, PL_RANGE,
                  s->said[s->room_draw.n ? PL_stock_room_draw : PL_stock_room_fill],
                  "a stock cannot provide reserve in typical periods, since its level differs from "
                  "day to day");
  if (s->room_draw.n > 0 && s->draw) {
    r->room_draw = plan_add_rows(b, like(PL_ROW_ROOM_DRAW, i, -1, -1, grid), -inf, inf);
    plan_bound_rows(b, r->room_draw, true, s->said[PL_stock_draw], plan_words(b, "draw", s->draw),
                    plan_values(b, s->draw, grid, 0, true));
  }
  if (s->room_fill.n > 0 && s->fill) {
    r->room_fill = plan_add_rows(b, like(PL_ROW_ROOM_FILL, i, -1, -1, grid), -inf, inf);
    plan_bound_rows(b, r->room_fill, true, s->said[PL_stock_fill], plan_words(b, "fill", s->fill),
                    plan_values(b, s->fill, grid, 0, true));
  }
  if (s->room_draw.n > 0) declare_level_rows(b, i, grid, true, initial);
  if (s->room_fill.n > 0 && s->capacity) declare_level_rows(b, i, grid, false, initial);
}

void plan_put_reserve_level(builder *b, const pl_block *block) {
  const stock_rows *r = &b->stocks[block->thing];
  const int *const rows[] = {r->held, r->free};
  for (int m = 0; m < 2; m++) {
    if (rows[m][0] < 0) continue;
    plan_put_same(b, rows[m][0], 1);
    if (b->slice + 1 < block->count) plan_put(b, b->p->rows[rows[m][1]].first + b->slice + 1, 1);
  }
}

void plan_put_reserve_gate(builder *b, int stock, bool fill) {
  const stock_rows *r = &b->stocks[stock];
  if (r->room_draw >= 0) plan_put_same(b, r->room_draw, fill ? -1 : 1);
  if (r->room_fill >= 0) plan_put_same(b, r->room_fill, fill ? 1 : -1);
}

/* The change of the level for each unit that a call moves in or out of the stock. */
static double *level_factor(builder *b, const pl_stock *s, const double *room, const pl_grid *own,
                            bool draw) {
  double *x = plan_values(b, draw ? s->draw_loss : s->fill_loss, own, 0, false);
  for (int v = 0; v < own->n; v++) x[v] = room[v] * (draw ? -1 / fmax(1e-9, 1 - x[v]) : 1 - x[v]);
  return x;
}

/* A slice of the row's grid gets the hourly reserve, not a share of the amount. */
static void put_load(builder *b, int row, const double *factor, double hours) {
  const pl_block *block = &b->p->rows[row];
  double const load = hours / pl_grid_hours(b->grid, b->slice);
  for (pl_share s = pl_share_slice(block->grid, b->grid, b->slice); s.ok;
       pl_share_next(block->grid, &s))
    plan_put(b, block->first + s.r, load * factor[s.r]);
}

enum { DRAW, FILL, DRAW_LEVEL, FILL_LEVEL, SERIES };

static void begin_stock_reserve(builder *b, const pl_block *block) {
  const pl_stock *s = &b->c->stocks[block->thing];
  const pl_grid *own = plan_grid(b, pl_material_step(b->c, s->keeps));
  b->series = PL_NEW_ARRAY(b->scratch, double *, SERIES);
  b->series[DRAW] = inverse(b, &s->room_draw, block->part, own, 1);
  b->series[FILL] = inverse(b, &s->room_fill, block->part, own, 1);
  if (b->series[DRAW]) b->series[DRAW_LEVEL] = level_factor(b, s, b->series[DRAW], own, true);
  if (b->series[FILL]) b->series[FILL_LEVEL] = level_factor(b, s, b->series[FILL], own, false);
}

static void emit_stock_reserve(builder *b, const pl_block *block) {
  const pl_stock *s = &b->c->stocks[block->thing];
  const stock_rows *r = &b->stocks[block->thing];
  if (b->slice == 0) begin_stock_reserve(b, block);
  double const hours = call_hours(b, block->part, b->from);
  plan_put_flow(b, plan_balance(b, s->site, block->part, block->party), 1);
  if (b->series[DRAW] && r->room_draw >= 0) put_kept(b, r->room_draw, b->series[DRAW]);
  if (b->series[FILL] && r->room_fill >= 0) put_kept(b, r->room_fill, b->series[FILL]);
  for (int start = 0; start < 2; start++) {
    if (b->series[DRAW] && r->held[start] >= 0)
      put_load(b, r->held[start], b->series[DRAW_LEVEL], hours);
    if (b->series[FILL] && r->free[start] >= 0)
      put_load(b, r->free[start], b->series[FILL_LEVEL], hours);
  }
}

void plan_emit_reserve(builder *b, const pl_block *block) {
  if (block->kind == PL_COLUMN_RESERVE)
    emit_unit_reserve(b, block);
  else
    emit_stock_reserve(b, block);
}
