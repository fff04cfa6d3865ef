/* Lanes: what is loaded in each period, for each material and owner; when and how much of it
 * arrives; minimum and charge when used. */
#include <math.h>

#include "assemble/bound.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/trade.h"

static void add_entries(builder *b, const pl_lane *l, int block) {
  const pl_block k = b->p->columns[block];
  pl_entry e = {.block = block, .party = k.party, .line = PL_LINE_FREIGHT, .grid = k.grid};
  if (l->cost) {
    bool const by_distance = pl_formula_dim(l->cost).of[PL_DIM_LENGTH] != 0;
    e.formula = l->cost;
    e.factor = by_distance ? -l->distance : -1;
    plan_add_entry(b, e);
  }
  e.factor = -1;
  for (int i = 0; i < l->costs.n; i++) {
    if (l->costs.material[i] != k.part) continue;
    e.formula = l->costs.formula[i];
    plan_add_entry(b, e);
  }
  for (int i = 0; i < l->charges.n; i++) {
    e.line = (pl_line)l->charges.line[i];
    e.formula = l->charges.formula[i];
    plan_add_entry(b, e);
  }
}

/* The highest load of each month of what is shipped for one owner, paid for by the hour. */
static void add_peak(builder *b, const pl_lane *l, int ship) {
  if (!l->demand_charge) return;
  int const peak = plan_add_peak(b, b->p->columns[ship], PL_COLUMN_LANE_PEAK, PL_ROW_LANE_PEAK);
  plan_join_peak(b, ship, peak);
  plan_add_entry(b, (pl_entry){.block = peak,
                               .party = b->p->columns[peak].party,
                               .line = PL_LINE_FREIGHT,
                               .formula = l->demand_charge,
                               .factor = -1,
                               .weight = plan_weight(b, b->p->columns[peak].grid, WEIGHT_HOURS),
                               .grid = b->p->columns[peak].grid});
}

/* One SHIP block a material and owner that can be at both ends; the last one's index, and how
 * many. */
static int declare_ships(builder *b, int i, int *last, int *coarsest, int *finest) {
  const pl_lane *l = &b->c->lanes[i];
  int n = 0;
  *finest = PL_YEAR;
  *coarsest = PL_QUARTER_HOUR;
  for (int m = 0; m < l->moves.n; m++)
    for (int p = 0; p < b->c->n_parties; p++) {
      int const material = l->moves.index[m];
      if (!pl_lane_serves(l, p) || plan_balance(b, l->from, material, p) < 0 ||
          plan_balance(b, l->to, material, p) < 0)
        continue;
      const pl_grid *grid = plan_grid(b, pl_material_step(b->c, material));
      *last = plan_add_columns(b,
                               (pl_block){.kind = PL_COLUMN_SHIP,
                                          .thing = i,
                                          .part = material,
                                          .extra = -1,
                                          .party = p,
                                          .grid = grid,
                                          .count = grid->n},
                               0, plan_infinity(), false);
      if ((int)grid->step < *finest) *finest = (int)grid->step;
      if ((int)grid->step > *coarsest) *coarsest = (int)grid->step;
      add_entries(b, l, *last);
      plan_add_levies(b, l->from, *last, &l->emits);
      add_peak(b, l, *last);
      n++;
    }
  return n;
}

static void declare_capacity(builder *b, int i, int only, const pl_grid *grid) {
  const pl_lane *l = &b->c->lanes[i];
  if (!l->capacity) return;
  const char *words = plan_words(b, "capacity", l->capacity);
  pl_place const place = l->said[PL_lane_capacity];
  const double *amount = plan_values(b, l->capacity, grid, 0, true);
  if (only >= 0) {
    plan_bound_columns(b, only, true, place, words, amount);
    return;
  }
  int const row = plan_add_rows(b,
                                (pl_block){.kind = PL_ROW_LANE_CAPACITY,
                                           .thing = i,
                                           .part = -1,
                                           .extra = -1,
                                           .party = -1,
                                           .grid = grid,
                                           .count = grid->n},
                                -plan_infinity(), plan_infinity());
  plan_bound_rows(b, row, true, place, words, amount);
  b->lanes[i].capacity = row;
}

/* Who pays for using the lane: the party it is for, else the owner of the place of loading, else a
 * party whose goods it takes. */
static int payer(const builder *b, const pl_lane *l, int last_block) {
  if (l->parties.n == 1) return l->parties.index[0];
  int const owner = b->c->sites[l->from].party;
  if (owner >= 0) return owner;
  return last_block >= 0 ? b->p->columns[last_block].party : 0;
}

static void declare_lane(builder *b, int i) {
  const pl_lane *l = &b->c->lanes[i];
  trade_rows *r = &b->lanes[i];
  int last = -1, coarsest, finest;
  r->capacity = r->used = r->most = r->least = -1;
  int const n = declare_ships(b, i, &last, &coarsest, &finest);
  if (n == 0) coarsest = finest = (int)b->c->step;
  const pl_grid *grid = plan_grid(b, (pl_step)coarsest);
  int const only = n == 1 ? last : -1;
  declare_capacity(b, i, only, grid);
  plan_declare_under_way(b, i);
  bound_request const bounds = {.row_kind = PL_ROW_LANE_BOUND,
                                .thing = i,
                                .at_least = &l->at_least,
                                .up_to = &l->up_to,
                                .exactly = &l->exactly,
                                .only_block = only,
                                .finest = finest,
                                .flows = &r->flows,
                                .part = -1};
  plan_declare_bounds(b, &bounds);
  use_request const use = {.thing = i,
                           .column_kind = PL_COLUMN_LANE_USED,
                           .most_kind = PL_ROW_LANE_MOST,
                           .least_kind = PL_ROW_LANE_LEAST,
                           .grid = grid,
                           .rows = r,
                           .capacity = l->capacity,
                           .up_to = &l->up_to,
                           .exactly = &l->exactly,
                           .minimum = l->used_minimum,
                           .charge = l->used_charge,
                           .counted = plan_is_counted(b, PL_TERM_LANE, i),
                           .party = payer(b, l, last)};
  plan_declare_use(b, &use);
}

void plan_declare_lanes(builder *b) {
  b->lanes = PL_NEW_ARRAY(b->scratch, trade_rows, (size_t)b->c->n_lanes + 1);
  for (int i = 0; i < b->c->n_lanes; i++) declare_lane(b, i);
}

/* What is loaded evenly over [from, to) arrives evenly over the same interval moved by the transit
 * time; with transit: rounded, but for small ends of it. What arrives after the end is lost to the
 * plan, but for what must be under way then; there nothing is rounded. */
static void put_arrivals(builder *b, const pl_lane *l, const pl_block *ship, double amount) {
  int const row = plan_balance(b, l->to, ship->part, ship->party);
  bool const at_once = l->time.months == 0 && l->time.minutes == 0;
  if (at_once) {
    plan_put_flow(b, row, amount);
    return;
  }
  pl_time const from = pl_time_after(b->from, l->time);
  pl_time to = pl_time_after(b->to, l->time);
  if (to <= from) to = from + 1; /* a month after 30 and 31 January is 28 February */
  if (b->c->calendar.transit == PL_TRANSIT_ROUNDED && to <= b->c->to)
    plan_put_rounded(b, row, amount, from, to);
  else
    plan_put_arrival(b, row, amount, from, to);
  plan_put_under_way(b, ship, amount, from, to);
}

/* The lane's emissions, then its loss, in the slices of the block at hand. */
static void begin_ship(builder *b, const pl_lane *l) {
  b->series = plan_emission_rates(b, &l->emits);
  b->series[l->emits.n] = plan_values(b, l->loss, b->grid, 0, false);
}

static void emit_ship(builder *b, const pl_block *block) {
  const pl_lane *l = &b->c->lanes[block->thing];
  const trade_rows *r = &b->lanes[block->thing];
  int const v = b->slice;
  if (v == 0) begin_ship(b, l);
  plan_put_flow(b, plan_balance(b, l->from, block->part, block->party), -1);
  put_arrivals(b, l, block, 1 - b->series[l->emits.n][v]);
  if (r->capacity >= 0) plan_put_flow(b, r->capacity, 1);
  if (r->most >= 0) plan_put_flow(b, r->most, 1);
  if (r->least >= 0) plan_put_flow(b, r->least, 1);
  plan_put_members(b, &r->flows, block->part, 1);
  plan_put_load(b, block);
  plan_put_emissions(b, l->from, block->party, &l->emits);
}

void plan_emit_lane(builder *b, const pl_block *block) {
  if (block->kind == PL_COLUMN_SHIP)
    emit_ship(b, block);
  else if (block->kind == PL_COLUMN_LANE_PEAK)
    plan_put_peak(b, block);
  else
    plan_emit_use(b, &b->lanes[block->thing]);
}
