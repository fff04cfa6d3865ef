/* Checks each thing by itself, once it has been read: fields that exclude or require each other,
 * owners, ends. */
#include <string.h>

#include "case/reading.h"

static bool given(const pl_place *said, int field) { return said[field].line > 0; }

/* --- Units and stocks ----------------------------------------------------------------------- */

static void want_party(pl_reading *r, int site, int party, bool own, const char *what,
                       const char *name, pl_place at) {
  if (own || party >= 0 || site < 0) return;
  const pl_site *const s = &r->c->sites[site];
  if (given(s->said, PL_site_party)) return; /* named, but unknown */
  (void)pl_fail(r->diag, PL_SYNTAX, at, "the %s '%s' requires a 'party': its site '%s' has none",
                what, name, s->name);
}

/* Fields about being switched on and off. */
static void check_on_off(pl_reading *r, const pl_unit *u) {
  static const int asks[] = {PL_unit_on_cost,     PL_unit_start_cost,  PL_unit_start_costs,
                             PL_unit_start_takes, PL_unit_start_emits, PL_unit_start_load,
                             PL_unit_stop_load,   PL_unit_minimum_up,  PL_unit_minimum_down};
  static const int harmless[] = {PL_unit_on_before, PL_unit_held_before};
  for (size_t i = 0; i < sizeof asks / sizeof *asks && !u->on_off; i++) {
    if (!given(u->said, asks[i])) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, u->said[asks[i]], "'%s' requires 'on/off: yes'",
                  pl_nouns[PL_NOUN_unit].field[asks[i]].key);
  }
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless && !u->on_off; i++) {
    if (!given(u->said, harmless[i])) continue;
    pl_warn(r->diag, u->said[harmless[i]], "'%s' has no effect without 'on/off: yes'",
            pl_nouns[PL_NOUN_unit].field[harmless[i]].key);
  }
  if (given(u->said, PL_unit_start_cost) && given(u->said, PL_unit_start_costs))
    (void)pl_fail(r->diag, PL_SYNTAX, u->said[PL_unit_start_cost],
                  "'start costs' give the cost of a start: remove 'start cost'");
}

/* A toll may run something else on the unit. */
static bool is_tolled_otherwise(const pl_case *c, const pl_unit *u) {
  for (int i = 0; i < c->n_agreements; i++) {
    const pl_agreement *const agreement = &c->agreements[i];
    bool const here =
        agreement->kind == PL_TOLL && agreement->unit >= 0 && &c->units[agreement->unit] == u;
    for (int k = 0; here && k < agreement->runs.n; k++) {
      if (agreement->runs.index[k] != u->runs.index[0]) return true;
    }
  }
  return false;
}

static void check_part_load(pl_reading *r, const pl_unit *u) {
  const pl_curve *const curve = &u->part_load;
  pl_place const at = u->said[PL_unit_part_load];
  if (!given(u->said, PL_unit_part_load) || curve->n == 0) return;
  double const first = curve->at[0], last = curve->at[curve->n - 1];
  if (curve->n < 2 || first < 0 || last < 1 || last > 1) {
    (void)pl_fail(
        r->diag, PL_RANGE, at,
        "'part load' must go from a load of 0 %% or more up to 100 %%, in at least two points");
  }
  if (!given(u->said, PL_unit_runs) || u->runs.n == 0) return;
  bool const one = u->runs.n == 1 && !pl_process_is_blend(&r->c->processes[u->runs.index[0]]);
  if (one && !is_tolled_otherwise(r->c, u)) return;
  (void)pl_fail(r->diag, PL_RANGE, at,
                "'part load' applies to a single recipe, but '%s' runs others or a blend", u->name);
}

/* Shares of a capacity have no meaning without one. */
static void check_shares(pl_reading *r, const pl_unit *u) {
  static const int shares[] = {PL_unit_minimum,     PL_unit_turndown,   PL_unit_ramp,
                               PL_unit_on_off,      PL_unit_room_above, PL_unit_reserve_most,
                               PL_unit_normal_load, PL_unit_part_load,  PL_unit_online,
                               PL_unit_availability};
  enum {
    SHARES = sizeof shares / sizeof *shares,
    HARMLESS = SHARES - 2
  }; /* the rest have no effect */
  if (given(u->said, PL_unit_capacity)) return;
  for (int i = 0; i < SHARES; i++) {
    const char *const key = pl_nouns[PL_NOUN_unit].field[shares[i]].key;
    pl_place const at = u->said[shares[i]];
    if (!given(u->said, shares[i]) || (shares[i] == PL_unit_on_off && !u->on_off)) continue;
    if (i < HARMLESS)
      (void)pl_fail(r->diag, PL_SYNTAX, at, "'%s' requires a 'capacity'", key);
    else
      pl_warn(r->diag, at, "'%s' has no effect without a 'capacity'", key);
  }
}

static void check_factors(pl_reading *r, const pl_shares *shares) {
  for (int i = 0; i < shares->n; i++) {
    if (shares->factor[i] > 0) continue;
    (void)pl_fail(r->diag, PL_RANGE, shares->place[i],
                  "the capacity that a unit of product uses must be above 0");
  }
}

/* The normal load and the limits on hours below it require each other. */
static void check_low_load(pl_reading *r, const pl_unit *u) {
  static const int rules[] = {PL_unit_low_hours, PL_unit_longest_low, PL_unit_recovery};
  bool ruled = false;
  for (int i = 0; i < 3; i++) {
    if (!given(u->said, rules[i])) continue;
    ruled = true;
    if (given(u->said, PL_unit_normal_load)) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, u->said[rules[i]], "'%s' requires a 'normal load'",
                  pl_nouns[PL_NOUN_unit].field[rules[i]].key);
  }
  if (given(u->said, PL_unit_normal_load) && !ruled) {
    pl_warn(r->diag, u->said[PL_unit_normal_load],
            "'normal load' has no effect without 'low hours', 'longest low' or 'recovery'");
  }
}

static bool is_pooled(const pl_case *c, int unit) {
  for (int i = 0; i < c->n_units; i++) {
    for (int k = 0; k < c->units[i].uses.n; k++) {
      if (c->units[i].uses.index[k] == unit) return true;
    }
  }
  return false;
}

static bool has_product(const pl_prices *list, int material) {
  for (int i = 0; i < list->n; i++) {
    if (list->material[i] == material) return true;
  }
  return false;
}

static void check_reserve(pl_reading *r, const pl_unit *u, bool used) {
  bool const keeps = given(u->said, PL_unit_room_above) || given(u->said, PL_unit_room_below);
  pl_place const at = u->said[u->room_above.n > 0 ? PL_unit_room_above : PL_unit_room_below];
  if (keeps && used) {
    (void)pl_fail(r->diag, PL_SYNTAX, at,
                  "other units use the capacity of '%s', so it cannot provide a reserve", u->name);
  } else if (keeps && !given(u->said, PL_unit_runs)) {
    (void)pl_fail(r->diag, PL_SYNTAX, at,
                  "the unit '%s' runs no process, so it cannot provide a reserve", u->name);
    pl_hint(r->diag, "list what it makes under 'runs'; a reserve is how much more or less of it "
                     "the unit could make");
  }
  for (int i = 0; i < u->reserve_most.n; i++) {
    int const material = u->reserve_most.material[i];
    if (has_product(&u->room_above, material) || has_product(&u->room_below, material)) continue;
    (void)pl_fail(r->diag, PL_NAME, u->reserve_most.place[i],
                  "'%s' provides no '%s': specify 'room above' or 'room below'", u->name,
                  r->c->materials[material].name);
  }
}

static void check_unit(pl_reading *r, const pl_unit *u, const bool *used) {
  int const index = (int)(u - r->c->units);
  want_party(r, u->site, pl_unit_party(r->c, u), given(u->said, PL_unit_party), "unit", u->name,
             u->place);
  check_on_off(r, u);
  check_part_load(r, u);
  check_shares(r, u);
  check_low_load(r, u);
  check_reserve(r, u, is_pooled(r->c, index));
  check_factors(r, &u->runs);
  check_factors(r, &u->uses);
  if (given(u->said, PL_unit_minimum) && given(u->said, PL_unit_turndown)) {
    (void)pl_fail(r->diag, PL_SYNTAX, u->said[PL_unit_turndown],
                  "'turndown' and 'minimum' mean the same: remove one of them");
  }
  for (int i = 0; i < u->uses.n; i++) {
    if (u->uses.index[i] != index) continue;
    (void)pl_fail(r->diag, PL_RANGE, u->uses.place[i],
                  "'%s' uses its own capacity through 'runs', not through 'uses'", u->name);
  }
  if (!given(u->said, PL_unit_runs) && !given(u->said, PL_unit_fixed_cost) && !used[index]) {
    pl_warn(r->diag, u->place,
            "the unit '%s' runs no process, costs nothing, and no other unit uses it", u->name);
  }
}

static void check_units(pl_reading *r) {
  const pl_case *const c = r->c;
  bool *const used = PL_NEW_ARRAY(r->a, bool, (size_t)c->n_units);
  for (int i = 0; i < c->n_units; i++) {
    for (int k = 0; k < c->units[i].uses.n; k++) used[c->units[i].uses.index[k]] = true;
  }
  for (int i = 0; i < c->n_agreements; i++) {
    if (c->agreements[i].unit >= 0) used[c->agreements[i].unit] = true;
  }
  for (int i = 0; i < c->n_units; i++) {
    if (!r->broken[PL_NOUN_unit][i]) check_unit(r, &c->units[i], used);
  }
}

static void check_stock(pl_reading *r, const pl_stock *s) {
  want_party(r, s->site, pl_stock_party(r->c, s), given(s->said, PL_stock_party), "stock", s->name,
             s->place);
  static const struct {
    int room, wants;
  } rooms[] = {{PL_stock_room_draw, PL_stock_draw},
               {PL_stock_room_fill, PL_stock_fill},
               {PL_stock_room_fill, PL_stock_capacity}};
  for (int i = 0; i < 3; i++) {
    const pl_field *const field = pl_nouns[PL_NOUN_stock].field;
    if (!given(s->said, rooms[i].room) || given(s->said, rooms[i].wants)) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, s->said[rooms[i].room], "'%s' requires a '%s'",
                  field[rooms[i].room].key, field[rooms[i].wants].key);
  }
}

/* --- Outages -------------------------------------------------------------------------------- */

static void check_outage(pl_reading *r, const pl_outage *o) {
  const pl_case *const c = r->c;
  pl_place const at = o->said[PL_outage_lasts];
  if (o->unit >= 0 && !given(c->units[o->unit].said, PL_unit_capacity))
    (void)pl_fail(r->diag, PL_SYNTAX, o->said[PL_outage_unit],
                  "the unit '%s' has no 'capacity' that an outage could take out",
                  c->units[o->unit].name);
  if (!given(o->said, PL_outage_lasts) || c->to <= c->from) return;
  if (pl_duration_days(o->lasts) <= 0) {
    (void)pl_fail(r->diag, PL_RANGE, at, "an outage must have a duration above zero");
    return;
  }
  bool const from = given(o->said, PL_outage_from), to = given(o->said, PL_outage_to);
  pl_time const first = from && o->from.from > c->from ? o->from.from : c->from;
  pl_time const last = to && o->to.to < c->to ? o->to.to : c->to;
  if (last <= first) {
    pl_warn(r->diag, o->place, "the window of '%s' lies outside the case: it is not planned",
            o->name);
  } else if (pl_time_after(first, o->lasts) > last) {
    (void)pl_fail(r->diag, PL_RANGE, at, "'%s' lasts longer than its window within the case",
                  o->name);
  }
}

/* --- Lanes and markets ---------------------------------------------------------------------- */

/* What is bounded or paid for together must have one unit. */
static void check_counted(pl_reading *r, const pl_lane *l) {
  static const int counted[] = {PL_lane_capacity,     PL_lane_cost,  PL_lane_charges,
                                PL_lane_at_least,     PL_lane_up_to, PL_lane_exactly,
                                PL_lane_used_minimum, PL_lane_emits, PL_lane_demand_charge};
  const char *field = NULL;
  for (size_t i = 0; i < sizeof counted / sizeof *counted && !field; i++) {
    if (given(l->said, counted[i])) field = pl_nouns[PL_NOUN_lane].field[counted[i]].key;
  }
  for (int i = 1; field && i < l->moves.n; i++) {
    const pl_material *const one = &r->c->materials[l->moves.index[0]],
                             *const m = &r->c->materials[l->moves.index[i]];
    pl_dim const first = pl_measure_dim(&one->unit), dim = pl_measure_dim(&m->unit);
    if (!(one->unit.factor > 0) || !(m->unit.factor > 0) || pl_dim_equal(first, dim)) continue;
    (void)pl_fail(r->diag, PL_UNIT, l->moves.place[i],
                  "'%s' is in %s, so it cannot apply to '%s', which is in %s", field,
                  pl_dim_text(first, r->a), m->name, pl_dim_text(dim, r->a));
  }
}

static void check_costs(pl_reading *r, const pl_lane *l) {
  for (int i = 0; i < l->costs.n; i++) {
    if (pl_lane_moves(l, l->costs.material[i])) continue;
    (void)pl_fail(r->diag, PL_NAME, l->costs.place[i], "the lane '%s' does not move '%s'", l->name,
                  r->c->materials[l->costs.material[i]].name);
  }
}

/* Whether something is used is derived from its flow, which requires a bound. */
static void want_bound(pl_reading *r, const pl_place *said, const int *uses, const int *bounds,
                       const pl_noun *noun) {
  for (; *bounds >= 0; bounds++) {
    if (given(said, *bounds)) return;
  }
  for (; *uses >= 0; uses++) {
    if (!given(said, *uses)) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, said[*uses], "'%s' requires a bound on the flow: 'up to'",
                  noun->field[*uses].key);
  }
}

/* Goods under way: the lane takes time, somebody owns them, and the lane moves them. */
static void check_under_way(pl_reading *r, const pl_lane *l) {
  const pl_amounts *const on = &l->under_way;
  pl_place const at = l->said[PL_lane_under_way];
  if (on->n > 0 && pl_duration_days(l->time) <= 0) {
    (void)pl_fail(r->diag, PL_SYNTAX, at,
                  "the lane '%s' takes no time, so nothing can be under way on it", l->name);
    pl_hint(r->diag, "write its 'time', or remove 'under way'");
  }
  bool const anybody = !given(l->said, PL_lane_parties);
  if (on->n > 0 && (anybody || l->parties.n > 1)) {
    (void)pl_fail(r->diag, PL_SYNTAX, at,
                  "goods under way must belong to one party, but the lane '%s' is for %s", l->name,
                  anybody ? "whoever has goods there" : "several");
    pl_hint(r->diag, anybody ? "specify whose goods it takes: 'for'"
                             : "write a separate lane for each of them");
  }
  for (int i = 0; i < on->n; i++) {
    if (pl_lane_moves(l, on->material[i])) continue;
    (void)pl_fail(r->diag, PL_NAME, on->place[i],
                  "'%s' cannot be under way on the lane '%s', which does not move it",
                  r->c->materials[on->material[i]].name, l->name);
    pl_hint(r->diag, "add it to 'moves', or remove it here");
  }
}

static void check_lane(pl_reading *r, const pl_lane *l) {
  if (l->from >= 0 && l->from == l->to) {
    (void)pl_fail(r->diag, PL_RANGE, l->said[PL_lane_to], "the lane '%s' ends where it begins",
                  l->name);
  }
  check_counted(r, l);
  check_costs(r, l);
  check_under_way(r, l);
  static const int uses[] = {PL_lane_used_minimum, PL_lane_used_charge, -1};
  static const int bounds[] = {PL_lane_capacity, PL_lane_up_to, PL_lane_exactly, -1};
  want_bound(r, l->said, uses, bounds, &pl_nouns[PL_NOUN_lane]);
}

static void check_market(pl_reading *r, const pl_market *m) {
  static const int uses[] = {PL_market_used_minimum, PL_market_used_charge, -1};
  static const int bounds[] = {PL_market_up_to, PL_market_exactly, -1};
  want_bound(r, m->said, uses, bounds, &pl_nouns[PL_NOUN_market]);
  bool const buys = given(m->said, PL_market_buys), sells = given(m->said, PL_market_sells);
  if (buys && sells) {
    (void)pl_fail(r->diag, PL_SYNTAX, m->said[PL_market_sells],
                  "the market '%s' both buys and sells: write two markets", m->name);
  }
  if (!buys && !sells)
    (void)pl_fail(r->diag, PL_SYNTAX, m->place, "the market '%s' requires 'buys' or 'sells'",
                  m->name);
  if (given(m->said, PL_market_demand_charge) && buys) {
    (void)pl_fail(r->diag, PL_SYNTAX, m->said[PL_market_demand_charge],
                  "a 'demand charge' applies only to a market that sells, but '%s' buys", m->name);
  }
  if (given(m->said, PL_market_price) && given(m->said, PL_market_tiers)) {
    (void)pl_fail(r->diag, PL_SYNTAX, m->said[PL_market_tiers],
                  "'tiers' give the prices: remove 'price'");
  }
}

/* --- Processes ------------------------------------------------------------------------------ */

/* A library may contain recipes that nobody runs; in a case's own file that is hardly intended. */
static void check_unused(pl_reading *r) {
  const pl_case *const c = r->c;
  bool *const run = PL_NEW_ARRAY(r->a, bool, (size_t)c->n_processes);
  for (int i = 0; i < c->n_units; i++) {
    for (int k = 0; k < c->units[i].runs.n; k++) run[c->units[i].runs.index[k]] = true;
  }
  for (int i = 0; i < c->n_agreements; i++) {
    const pl_shares *const runs = &c->agreements[i].runs;
    for (int k = 0; k < runs->n; k++) run[runs->index[k]] = true;
  }
  for (int i = 0; i < c->n_processes; i++) {
    const pl_process *const process = &c->processes[i];
    if (run[i] || r->incomplete || strcmp(process->place.file, r->main)) continue;
    pl_warn(r->diag, process->place, "no unit runs the process '%s'", process->name);
  }
}

void pl_check_things(pl_reading *r) {
  const pl_case *const c = r->c;
  check_units(r);
  for (int i = 0; i < c->n_stocks; i++) check_stock(r, &c->stocks[i]);
  for (int i = 0; i < c->n_outages; i++) {
    if (!r->broken[PL_NOUN_outage][i]) check_outage(r, &c->outages[i]);
  }
  for (int i = 0; i < c->n_lanes; i++) check_lane(r, &c->lanes[i]);
  for (int i = 0; i < c->n_markets; i++) {
    if (!r->broken[PL_NOUN_market][i]) check_market(r, &c->markets[i]);
  }
  check_unused(r);
}
