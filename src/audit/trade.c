/* Independent check of lanes and markets: capacities, bounds, minima when used, levels. */
#include <math.h>

#include "audit/walk.h"

/* The sum of a thing's blocks of one kind on a grid. */
static double *sum_of(pl_audit_walk *w, pl_noun_id noun, int thing, pl_column_kind kind,
                      const pl_grid *g) {
  int n;
  const int *blocks = pl_audit_blocks(w, noun, thing, &n);
  double *sum = pl_audit_zeros(w, g->n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind == (int)kind) pl_audit_add(sum, g, block, pl_audit_amounts(w, block), 1, NULL);
  }
  const pl_block **guest = NULL;
  int const guests = pl_audit_guests(w, noun, thing, &guest);
  for (int i = 0; i < guests; i++)
    pl_audit_add(sum, g, guest[i], pl_audit_amounts(w, guest[i]), 1, NULL);
  return sum;
}

/* In each slice either unused with no flow, or used with at least the minimum. */
static void check_used(pl_audit_walk *w, pl_noun_id noun, int thing, int field,
                       const pl_block *used, pl_column_kind flow, const pl_formula *minimum) {
  if (!used) return;
  pl_audit_subject const x = pl_audit_about(w, noun, thing, field, "the minimum when used");
  const double *u = pl_audit_amounts(w, used), *sum = sum_of(w, noun, thing, flow, used->grid);
  const double *least = pl_audit_values(w, minimum, used->grid, 0, false);
  for (int v = 0; v < used->count; v++) {
    pl_audit_whole(w, &x, used->grid, v, u[v]);
    int const times = pl_grid_times(used->grid, v);
    if (minimum) pl_audit_least(w, &x, used->grid, v, sum[v], times * least[v] * u[v]);
    if (u[v] < 0.5 && !w->c->calendar.relaxed)
      pl_audit_most(w, &x, used->grid, v, sum[v], fabs(u[v]) * 1e12);
  }
}

/* No load in a month exceeds the highest load on which a demand charge is paid: for each block of
 * peak's party (and part, if it has one). */
static void check_peak(pl_audit_walk *w, pl_noun_id noun, int field, pl_column_kind flow,
                       const pl_block *peak) {
  int n;
  const int *blocks = pl_audit_blocks(w, noun, peak->thing, &n);
  const pl_grid *g = NULL;
  double *sum = NULL;
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind != (int)flow || block->party != peak->party) continue;
    if (peak->part >= 0 && block->part != peak->part) continue;
    if (!sum) sum = pl_audit_zeros(w, block->count);
    g = block->grid;
    pl_audit_add(sum, g, block, pl_audit_amounts(w, block), 1, NULL);
  }
  pl_audit_subject const x = pl_audit_about(w, noun, peak->thing, field, "the highest load");
  const double *most = pl_audit_amounts(w, peak);
  for (int v = 0; sum && v < g->n; v++) {
    pl_share s = pl_share_slice(peak->grid, g, v);
    for (; s.ok; pl_share_next(peak->grid, &s))
      pl_audit_most(w, &x, g, v, sum[v] / pl_grid_hours(g, v), most[s.r]);
  }
}

static void check_peaks(pl_audit_walk *w, pl_noun_id noun, int thing, int field,
                        pl_column_kind flow, pl_column_kind kind) {
  int n;
  const int *blocks = pl_audit_blocks(w, noun, thing, &n);
  for (int i = 0; i < n; i++)
    if (w->p->columns[blocks[i]].kind == (int)kind)
      check_peak(w, noun, field, flow, &w->p->columns[blocks[i]]);
}

/* --- Lanes ----------------------------------------------------------------------------------- */

/* Steps of the lane's materials: its capacity applies on the coarsest, its bounds on the finest or
 * a coarser one. */
static void lane_steps(const pl_audit_walk *w, int lane, int *finest, int *coarsest) {
  int n;
  const int *blocks = pl_audit_blocks(w, PL_NOUN_lane, lane, &n);
  *finest = PL_STEPS;
  *coarsest = -1;
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind != PL_COLUMN_SHIP) continue;
    if ((int)block->grid->step < *finest) *finest = (int)block->grid->step;
    if ((int)block->grid->step > *coarsest) *coarsest = (int)block->grid->step;
  }
  if (*coarsest < 0) *finest = *coarsest = (int)w->c->step;
}

/* How much of a material the lane still has under way when the case ends. */
static double left_under_way(pl_audit_walk *w, int lane, int material) {
  const pl_lane *l = &w->c->lanes[lane];
  int n;
  const int *blocks = pl_audit_blocks(w, PL_NOUN_lane, lane, &n);
  double sum = 0;
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind != PL_COLUMN_SHIP || block->part != material) continue;
    const double *x = pl_audit_amounts(w, block);
    const double *loss = pl_audit_values(w, l->loss, block->grid, 0, false);
    for (int v = 0; v < block->count; v++) {
      double const from = (double)pl_time_after(block->grid->start[v], l->time),
                   end = (double)pl_time_after(pl_grid_end(block->grid, v), l->time);
      double const to = fmax(end, from + 1), late = to - fmax(from, (double)w->c->to);
      if (late > 0) sum += x[v] * (1 - loss[v]) * late / (to - from);
    }
  }
  return sum;
}

/* At least as much as at the start. What takes longer than the case is under way at both ends. */
static void check_under_way(pl_audit_walk *w, int i) {
  const pl_lane *l = &w->c->lanes[i];
  double const time = (double)(pl_time_after(w->c->from, l->time) - w->c->from),
               span = (double)(w->c->to - w->c->from);
  for (int k = 0; k < l->under_way.n; k++) {
    pl_audit_subject x = pl_audit_about(w, PL_NOUN_lane, i, PL_lane_under_way, "'under way'");
    x.place = l->under_way.place[k];
    pl_audit_least(w, &x, NULL, -1, left_under_way(w, i, l->under_way.material[k]),
                   l->under_way.amount[k] * fmin(1, span / time));
  }
}

static void check_lane(pl_audit_walk *w, int i) {
  const pl_lane *l = &w->c->lanes[i];
  int finest, coarsest;
  lane_steps(w, i, &finest, &coarsest);
  if (l->capacity) {
    const pl_grid *g = pl_audit_grid(w, (pl_step)coarsest);
    const double *sum = sum_of(w, PL_NOUN_lane, i, PL_COLUMN_SHIP, g),
                 *most = pl_audit_values(w, l->capacity, g, 0, true);
    pl_audit_subject const x = pl_audit_about(w, PL_NOUN_lane, i, PL_lane_capacity, "the capacity");
    for (int v = 0; v < g->n; v++) pl_audit_most(w, &x, g, v, sum[v], most[v]);
  }
  pl_audit_bounds const bounds = {.noun = PL_NOUN_lane,
                                  .thing = i,
                                  .kind = PL_COLUMN_SHIP,
                                  .part = -1,
                                  .finest = finest,
                                  .at_least = &l->at_least,
                                  .up_to = &l->up_to,
                                  .exactly = &l->exactly};
  pl_audit_check_bounds(w, &bounds);
  check_under_way(w, i);
  check_used(w, PL_NOUN_lane, i, PL_lane_used_minimum,
             pl_audit_block(w, PL_NOUN_lane, i, PL_COLUMN_LANE_USED), PL_COLUMN_SHIP,
             l->used_minimum);
  check_peaks(w, PL_NOUN_lane, i, PL_lane_demand_charge, PL_COLUMN_SHIP, PL_COLUMN_LANE_PEAK);
}

/* --- Markets --------------------------------------------------------------------------------- */

static void check_market(pl_audit_walk *w, int i) {
  static const pl_bounds none;
  const pl_market *m = &w->c->markets[i];
  pl_audit_bounds bounds = {.noun = PL_NOUN_market,
                            .thing = i,
                            .kind = PL_COLUMN_TRADE,
                            .part = -1,
                            .finest = (int)pl_material_step(w->c, pl_market_material(m)),
                            .at_least = &m->at_least,
                            .up_to = &m->up_to,
                            .exactly = &m->exactly};
  pl_audit_check_bounds(w, &bounds);
  bounds.at_least = bounds.exactly = &none;
  for (int t = 0; t < m->tiers.n; t++) {
    bounds.part = t;
    bounds.up_to = &m->tiers.next[t];
    bounds.most_words = pl_arena_printf(w->scratch, "'next' of tier %d", t + 1);
    pl_audit_check_bounds(w, &bounds);
  }
  check_used(w, PL_NOUN_market, i, PL_market_used_minimum,
             pl_audit_block(w, PL_NOUN_market, i, PL_COLUMN_MARKET_USED), PL_COLUMN_TRADE,
             m->used_minimum);
  check_peaks(w, PL_NOUN_market, i, PL_market_demand_charge, PL_COLUMN_TRADE,
              PL_COLUMN_MARKET_PEAK);
}

void pl_audit_trade(pl_audit_walk *w) {
  void (*const check[])(pl_audit_walk *, int) = {check_lane, check_market, pl_audit_stock};
  int const count[] = {w->c->n_lanes, w->c->n_markets, w->c->n_stocks};
  for (size_t k = 0; k < sizeof count / sizeof *count; k++)
    for (int i = 0; i < count[k]; i++) {
      check[k](w, i);
      pl_arena_reset(w->scratch);
    }
}
