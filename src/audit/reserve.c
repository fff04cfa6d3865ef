/* Independent check of reserves: all reserve provided could be called in every slice, on top of
 * what units and stocks already do. */
#include <math.h>

#include "audit/unit.h"

typedef struct {
  pl_audit_walk *w;
  pl_noun_id noun;
  int thing;
  pl_column_kind kind;
  const pl_grid *grid; /* of the unit or stock */
} keeper;

static const pl_formula *ratio_of(const pl_prices *list, int material) {
  for (int i = 0; i < list->n; i++)
    if (list->material[i] == material) return list->formula[i];
  return NULL;
}

/* The reserve of the block in each slice of the provider's grid. */
static double *kept_of(const keeper *k, const pl_block *block) {
  double *kept = pl_audit_zeros(k->w, k->grid->n);
  pl_audit_add(kept, k->grid, block, pl_audit_amounts(k->w, block), 1, NULL);
  return kept;
}

/* The room taken by all reserve: reserve / ratio, × each[v] of that product if given. Where a unit
 * of room gives no reserve, none may be provided. */
static double *room_of(const keeper *k, const pl_prices *list, const pl_audit_subject *x,
                       double *(*each)(const keeper *, const pl_block *)) {
  double *sum = pl_audit_zeros(k->w, k->grid->n);
  int n;
  const int *blocks = pl_audit_blocks(k->w, k->noun, k->thing, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->w->p->columns[blocks[i]];
    const pl_formula *f = block->kind == (int)k->kind ? ratio_of(list, block->part) : NULL;
    if (!f) continue;
    const double *kept = kept_of(k, block), *ratio = pl_audit_values(k->w, f, k->grid, 0, false);
    const double *times = each ? each(k, block) : NULL;
    for (int v = 0; v < k->grid->n; v++) {
      if (ratio[v] > 0)
        sum[v] += kept[v] / ratio[v] * (times ? times[v] : 1);
      else
        pl_audit_most(k->w, x, k->grid, v, kept[v], 0);
    }
  }
  return sum;
}

/* --- Units ----------------------------------------------------------------------------------- */

typedef struct {
  keeper k;
  const pl_audit_unit_check *unit;
  const pl_unit *u;
} unit_keeper;

static void check_above(const unit_keeper *k) {
  pl_audit_subject const x =
      pl_audit_about(k->k.w, PL_NOUN_unit, k->k.thing, PL_unit_room_above, "the room above");
  const double *room = room_of(&k->k, &k->u->room_above, &x, NULL);
  for (int v = 0; v < k->k.grid->n; v++)
    pl_audit_most(k->k.w, &x, k->k.grid, v, k->unit->load[v] + room[v] * k->u->runs.factor[0],
                  k->unit->available[v] * fmin(pl_audit_unit_on(k->unit, v), 1 - k->unit->out[v]));
}

static void check_below(const unit_keeper *k) {
  const pl_unit *u = k->u;
  pl_audit_subject const x =
      pl_audit_about(k->k.w, PL_NOUN_unit, k->k.thing, PL_unit_room_below, "the room below");
  const double *room = room_of(&k->k, &u->room_below, &x, NULL);
  const double *least = pl_audit_unit_shares(k->unit);
  for (int v = 0; v < k->k.grid->n; v++) {
    pl_audit_least(k->k.w, &x, k->k.grid, v, k->unit->load[v] - room[v] * u->runs.factor[0],
                   k->unit->available ? least[v] * k->unit->available[v] *
                                            (pl_audit_unit_on(k->unit, v) - k->unit->out[v])
                                      : 0);
  }
}

static void check_share(const unit_keeper *k, const pl_block *block, const pl_formula *most) {
  pl_audit_walk *w = k->k.w;
  pl_audit_subject const x =
      pl_audit_about(w, PL_NOUN_unit, k->k.thing, PL_unit_reserve_most, "the maximum reserve");
  const double *kept = kept_of(&k->k, block),
               *share = pl_audit_values(w, most, k->k.grid, 0, false);
  const pl_formula *const rooms[] = {ratio_of(&k->u->room_above, block->part),
                                     ratio_of(&k->u->room_below, block->part)};
  for (int m = 0; m < 2; m++) {
    if (!rooms[m]) continue;
    const double *ratio = pl_audit_values(w, rooms[m], k->k.grid, 0, false);
    for (int v = 0; v < k->k.grid->n; v++)
      pl_audit_most(w, &x, k->k.grid, v, kept[v],
                    share[v] * k->unit->available[v] * ratio[v] / k->u->runs.factor[0]);
  }
}

static void check_shares(const unit_keeper *k) {
  int n;
  const int *blocks = pl_audit_blocks(k->k.w, PL_NOUN_unit, k->k.thing, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->k.w->p->columns[blocks[i]];
    const pl_formula *most =
        block->kind == PL_COLUMN_RESERVE ? ratio_of(&k->u->reserve_most, block->part) : NULL;
    if (most) check_share(k, block, most);
  }
}

void pl_audit_unit_reserve(const pl_audit_unit_check *unit) {
  const pl_unit *u = unit->u;
  if (u->room_above.n + u->room_below.n == 0) return;
  unit_keeper const k = {.k = {unit->w, PL_NOUN_unit, unit->index, PL_COLUMN_RESERVE, unit->grid},
                         .unit = unit,
                         .u = u};
  if (unit->available) check_above(&k);
  check_below(&k);
  if (unit->available) check_shares(&k);
}

/* --- Stocks ---------------------------------------------------------------------------------- */

/* Hours that a call on the block's product lasts, over the hours of the slice: the share of a
 * slice's reserve that one call moves. */
static double *call_of(const keeper *k, const pl_block *block) {
  const pl_material *m = &k->w->c->materials[block->part];
  double *x = pl_audit_zeros(k->w, k->grid->n);
  for (int v = 0; v < k->grid->n; v++) {
    double const hours = m->said[PL_material_call].line > 0
                             ? 24 * pl_duration_days(m->call)
                             : pl_step_hours(block->grid->step, k->grid->start[v]);
    x[v] = hours / pl_grid_hours(k->grid, v);
  }
  return x;
}

typedef struct {
  keeper k;
  const pl_stock *s;
  const double *level, *fill, *draw; /* [n]; fill, draw: NULL = it has none */
  double initial;
} stock_keeper;

static void check_gate(const stock_keeper *k, bool draw) {
  pl_audit_walk *w = k->k.w;
  const pl_formula *fastest = draw ? k->s->draw : k->s->fill;
  if (!fastest || !k->fill || !k->draw) return;
  pl_audit_subject const x =
      pl_audit_about(w, PL_NOUN_stock, k->k.thing, draw ? PL_stock_room_draw : PL_stock_room_fill,
                     draw ? "the room to draw" : "the room to fill");
  const double *room = room_of(&k->k, draw ? &k->s->room_draw : &k->s->room_fill, &x, NULL);
  const double *most = pl_audit_values(w, fastest, k->k.grid, 0, true);
  for (int v = 0; v < k->k.grid->n; v++) {
    double const net = draw ? k->draw[v] - k->fill[v] : k->fill[v] - k->draw[v];
    pl_audit_most(w, &x, k->k.grid, v, net + room[v], most[v]);
  }
}

static void check_call(const stock_keeper *k, const pl_audit_subject *x, int v, bool draw,
                       double level, double bound) {
  (draw ? pl_audit_least : pl_audit_most)(k->k.w, x, k->k.grid, v, level, bound);
}

/* The level after a call, at the end of each slice and at its start. */
static void check_level(const stock_keeper *k, bool draw) {
  pl_audit_walk *w = k->k.w;
  const pl_stock *s = k->s;
  pl_audit_subject const x =
      pl_audit_about(w, PL_NOUN_stock, k->k.thing, draw ? PL_stock_room_draw : PL_stock_room_fill,
                     draw ? "the level held for calls" : "the room kept free for calls");
  const double *moves = room_of(&k->k, draw ? &s->room_draw : &s->room_fill, &x, call_of);
  const double *loss = pl_audit_values(w, draw ? s->draw_loss : s->fill_loss, k->k.grid, 0, false);
  const double *bound =
      pl_audit_values(w, draw ? s->minimum : s->capacity, k->k.grid, draw ? 0 : INFINITY, false);
  for (int v = 0; v < k->k.grid->n; v++) {
    double const by = draw ? -moves[v] / fmax(1e-9, 1 - loss[v]) : moves[v] * (1 - loss[v]);
    check_call(k, &x, v, draw, k->level[v] + by, bound[v]);
    if (v > 0) check_call(k, &x, v, draw, k->level[v - 1] + by, bound[v - 1]);
    if (v > 0) continue;
    double const first = draw ? fmin(bound[0], k->initial) : fmax(bound[0], k->initial);
    check_call(k, &x, v, draw, k->initial + by, first);
  }
}

static void check_stock(pl_audit_walk *w, int i) {
  const pl_stock *s = &w->c->stocks[i];
  const pl_block *level = pl_audit_block(w, PL_NOUN_stock, i, PL_COLUMN_LEVEL);
  const pl_block *fill = pl_audit_block(w, PL_NOUN_stock, i, PL_COLUMN_FILL);
  const pl_block *draw = pl_audit_block(w, PL_NOUN_stock, i, PL_COLUMN_DRAW);
  if (!level || s->room_draw.n + s->room_fill.n == 0) return;
  const pl_grid *g = level->grid;
  stock_keeper const k = {
      .k = {w, PL_NOUN_stock, i, PL_COLUMN_STOCK_RESERVE, g},
      .s = s,
      .level = pl_audit_amounts(w, level),
      .fill = fill ? pl_audit_amounts(w, fill) : NULL,
      .draw = draw ? pl_audit_amounts(w, draw) : NULL,
      .initial =
          s->initial ? pl_formula_eval(s->initial, w->quotes, g->start[0], pl_grid_end(g, 0)) : 0};
  for (int draws = 0; draws < 2; draws++) {
    check_gate(&k, draws);
    check_level(&k, draws);
  }
}

void pl_audit_stock_reserves(pl_audit_walk *w) {
  for (int i = 0; i < w->c->n_stocks; i++) {
    check_stock(w, i);
    pl_arena_reset(w->scratch);
  }
}
