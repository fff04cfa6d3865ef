/* Checks for a least above a most over the case's time: bounds over the same time, stocks against
 * their capacity, minimum when used against what may be used, and tiers out of order. Requires
 * bound formulas. */
#include <math.h>

#include "case/reading.h"
#include "chain/load.h"

static bool above(double least, double most) { return least > most + 1e-9 * fabs(most); }

static const char *date_of(const pl_reading *r, int slice) {
  char *const text = pl_arena_alloc(r->a, 32, 1);
  pl_time_format(r->grid.start[slice], PL_MONTH, text, 32);
  return text;
}

/* The first slice in which least is above most, −1 if none. */
static int first_above(pl_reading *r, const pl_formula *least, const pl_formula *most) {
  if (!least || !most) return -1;
  pl_formula_eval_grid(least, r->c->quotes, &r->grid, r->value);
  pl_formula_eval_grid(most, r->c->quotes, &r->grid, r->other);
  for (int v = 0; v < r->grid.n; v++) {
    if (above(r->value[v], r->other[v])) return v;
  }
  return -1;
}

static void hint_order(const pl_reading *r, const char *low, const char *high,
                       const pl_formula *most) {
  const char *const text = pl_formula_text(most);
  pl_hint(r->diag, "lower '%s' or raise '%s'%s%s", low, high, text[0] ? ", " : "", text);
}

static void want_order(pl_reading *r, const pl_formula *least, const pl_formula *most,
                       const char *low, const char *high) {
  int const v = first_above(r, least, most);
  if (v < 0) return;
  (void)pl_fail(r->diag, PL_RANGE, pl_formula_place(least), "'%s' is above '%s' in %s", low, high,
                date_of(r, v));
  hint_order(r, low, high, most);
}

/* A least and a most quantity of a thing, which apply in [from, to). */
typedef struct {
  pl_reading *r;
  pl_time from, to;
  const char *low, *high;
} order;

/* What a bound amounts to over an interval. */
static double amount_over(const pl_reading *r, const pl_formula *f, int per, pl_time from,
                          pl_time to) {
  double const value = pl_formula_eval(f, r->c->quotes, from, to);
  return per < 0 ? value : value * (double)(to - from) / 60;
}

/* Bounds over different times: over each of the longer ones both amount to a quantity, and where
 * least is above most no plan can satisfy both. scale: the share of least that is required. */
static void want_sum_order(const order *o, const pl_formula *least, int least_per, double scale,
                           const pl_formula *most, int most_per) {
  pl_reading *const r = o->r;
  bool const whole = least_per < 0 || most_per < 0;
  pl_step const step = (pl_step)(least_per > most_per ? least_per : most_per);
  if (!least || !most) return;
  for (pl_time at = o->from; at < o->to;) {
    pl_time const next = whole ? o->to : pl_step_add(step, pl_step_floor(step, at), 1),
                  end = next < o->to ? next : o->to;
    double const need = scale * amount_over(r, least, least_per, at, end),
                 room = amount_over(r, most, most_per, at, end);
    char from[32];
    pl_time_format(at, whole || step < PL_MONTH ? PL_DAY : step, from, sizeof from);
    if (above(need, room)) {
      (void)pl_fail(r->diag, PL_RANGE, pl_formula_place(least),
                    "'%s' comes to %.6g from %s on, but '%s' allows only %.6g", o->low, need, from,
                    o->high, room);
      hint_order(r, o->low, o->high, most);
      return;
    }
    at = end;
  }
}

static void want_bounds_order(const order *o, const pl_bounds *least, double scale,
                              const pl_bounds *most) {
  for (int i = 0; i < least->n; i++) {
    for (int k = 0; k < most->n; k++) {
      if (least->per[i] == most->per[k])
        want_order(o->r, least->formula[i], most->formula[k], o->low, o->high);
      else
        want_sum_order(o, least->formula[i], least->per[i], scale, most->formula[k], most->per[k]);
    }
  }
}

static void check_trio_in(pl_reading *r, pl_time from, pl_time to, const pl_bounds *at_least,
                          const pl_bounds *up_to, const pl_bounds *exactly, double tolerance) {
  want_bounds_order(&(order){r, from, to, "at least", "up to"}, at_least, 1, up_to);
  want_bounds_order(&(order){r, from, to, "at least", "exactly"}, at_least, 1 / (1 + tolerance),
                    exactly);
  want_bounds_order(&(order){r, from, to, "exactly", "up to"}, exactly, 1 - tolerance, up_to);
}

static void check_trio(pl_reading *r, const pl_bounds *at_least, const pl_bounds *up_to,
                       const pl_bounds *exactly) {
  check_trio_in(r, r->c->from, r->c->to, at_least, up_to, exactly, 0);
}

/* --- Minimum when used ---------------------------------------------------------------------- */

/* Whether least, an amount of one period, is above a bound: in the period of the bound or of the
 * goods, whichever is longer. */
static void want_room(pl_reading *r, const pl_formula *least, const pl_formula *most, int per,
                      pl_step step, const char *bound) {
  if (!least || !most) return;
  pl_step const over = per > (int)step ? (pl_step)per : step;
  for (int v = 0; v < r->grid.n; v++) {
    pl_time const from = r->grid.start[v], to = r->grid.start[v + 1];
    double const room =
        pl_formula_eval(most, r->c->quotes, from, to) * (per < 0 ? 1 : pl_step_hours(over, from));
    if (!above(pl_formula_eval(least, r->c->quotes, from, to), room)) continue;
    (void)pl_fail(r->diag, PL_RANGE, pl_formula_place(least),
                  "'minimum when used' is above what '%s' allows in %s", bound, date_of(r, v));
    hint_order(r, "minimum when used", bound, most);
    return;
  }
}

static void check_lane(pl_reading *r, const pl_lane *l) {
  check_trio(r, &l->at_least, &l->up_to, &l->exactly);
  if (l->moves.n == 0) return;
  pl_step const step = pl_material_step(r->c, l->moves.index[0]);
  want_room(r, l->used_minimum, l->capacity, PL_QUARTER_HOUR, step, "capacity");
  for (int i = 0; i < l->up_to.n; i++)
    want_room(r, l->used_minimum, l->up_to.formula[i], l->up_to.per[i], step, "up to");
}

/* --- Markets -------------------------------------------------------------------------------- */

static void check_tiers(pl_reading *r, const pl_market *m) {
  const pl_tiers *const t = &m->tiers;
  bool const sells = m->sells >= 0;
  for (int i = 1; i < t->n && pl_market_material(m) >= 0; i++) {
    const pl_formula *const before = t->price[i - 1], *const next = t->price[i];
    int const v = sells ? first_above(r, before, next) : first_above(r, next, before);
    if (v < 0) continue;
    (void)pl_fail(r->diag, PL_RANGE, t->place[i],
                  "a market that %s must give its best price first: tier %d of '%s' is better in "
                  "%s than the one before",
                  sells ? "sells" : "buys", i + 1, m->name, date_of(r, v));
    pl_hint(r->diag, "prices must %s from tier to tier", sells ? "rise" : "fall");
  }
}

static void check_market(pl_reading *r, const pl_market *m) {
  check_trio(r, &m->at_least, &m->up_to, &m->exactly);
  check_tiers(r, m);
  int const material = pl_market_material(m);
  if (material < 0) return;
  pl_step const step = pl_material_step(r->c, material);
  for (int i = 0; i < m->up_to.n; i++)
    want_room(r, m->used_minimum, m->up_to.formula[i], m->up_to.per[i], step, "up to");
}

/* --- Stocks --------------------------------------------------------------------------------- */

static void want_fit(pl_reading *r, const pl_stock *s, const pl_formula *held, const char *word,
                     int slice) {
  if (!held || !s->capacity) return;
  pl_time const from = r->grid.start[slice], to = r->grid.start[slice + 1];
  double const holds = pl_formula_eval(held, r->c->quotes, from, to);
  if (!above(holds, pl_formula_eval(s->capacity, r->c->quotes, from, to))) return;
  (void)pl_fail(r->diag, PL_RANGE, pl_formula_place(held),
                "'%s' is more than the stock '%s' can hold in %s", word, s->name,
                date_of(r, slice));
  hint_order(r, word, "capacity", s->capacity);
}

static void check_stock(pl_reading *r, const pl_stock *s) {
  want_order(r, s->minimum, s->capacity, "minimum", "capacity");
  want_fit(r, s, s->initial, "initial", 0);
  want_fit(r, s, s->final, "final", r->grid.n - 1);
}

/* --- Units ---------------------------------------------------------------------------------- */

/* The longer the unit was off, the more a start must cost, so that the class to which a start
 * belongs is the cheapest one open to it. */
static void check_start_costs(pl_reading *r, const pl_unit *u) {
  const pl_stages *const s = &u->start_costs;
  for (int k = 1; k < s->n; k++) {
    int const v = first_above(r, s->formula[k - 1], s->formula[k]);
    if (v < 0) continue;
    (void)pl_fail(r->diag, PL_RANGE, s->place[k],
                  "a start after this long costs less than one after a shorter time, in %s",
                  date_of(r, v));
  }
}

/* Below its first point a curve is not defined. */
static void check_curve(pl_reading *r, const pl_unit *u) {
  const pl_curve *const curve = &u->part_load;
  const pl_formula *const f = pl_unit_least(u);
  if (curve->n == 0) return;
  for (int v = 0; v < r->grid.n; v++) {
    double const x =
        f ? pl_formula_eval(f, r->c->quotes, r->grid.start[v], r->grid.start[v + 1]) : 0;
    double const least = pl_unit_least_share(u, x);
    if (!(least < curve->at[0] - 1e-9)) continue;
    (void)pl_fail(r->diag, PL_RANGE, curve->place[0],
                  "'%s' may run at %.4g %% in %s, but 'part load' begins above that", u->name,
                  100 * least, date_of(r, v));
    return;
  }
}

static void check_unit(pl_reading *r, const pl_unit *u) {
  check_curve(r, u);
  check_trio(r, &u->at_least, &u->up_to, &u->exactly);
  check_start_costs(r, u);
}

/* --- Agreements ------------------------------------------------------------------------------- */

static void want_constant(pl_reading *r, const pl_formula *f, const char *field) {
  if (!f || pl_formula_is_constant(f)) return;
  (void)pl_fail(r->diag, PL_RANGE, pl_formula_place(f), "'%s' must be the same at all times",
                field);
}

/* A financial settlement has one quantity per unit of time. */
static void check_settled(pl_reading *r, const pl_agreement *agreement) {
  const pl_place *const said = agreement->said;
  if (agreement->exactly.n > 1) {
    (void)pl_fail(r->diag, PL_RANGE, said[PL_agreement_exactly],
                  "a financial agreement settles one quantity, not several");
  } else if (agreement->exactly.n == 1 && agreement->exactly.formula[0] &&
             agreement->exactly.per[0] < 0) {
    (void)pl_fail(r->diag, PL_UNIT, said[PL_agreement_exactly],
                  "a financial agreement settles a quantity per unit of time, such as 377 MW");
  }
}

/* A share that may change by date: compared year by year with each bound that is per unit of
 * time. */
static void check_dated_take_or_pay(pl_reading *r, const pl_agreement *agreement,
                                    const pl_formula *most, pl_time from, pl_time to) {
  const pl_quotes *q = r->c->quotes;
  for (pl_time at = from, end; at < to; at = end) {
    end = pl_step_add(PL_YEAR, pl_step_floor(PL_YEAR, at), 1);
    if (end > to) end = to;
    double const owed = pl_formula_eval(agreement->quantity, q, at, end) *
                        pl_formula_eval(agreement->take_or_pay, q, at, end);
    if (!above(owed, pl_formula_eval(most, q, at, end))) continue;
    char year[32];
    (void)pl_time_format(at, PL_YEAR, year, sizeof year);
    (void)pl_fail(r->diag, PL_RANGE, pl_formula_place(agreement->take_or_pay),
                  "'take or pay' comes to more in %s than 'up to' allows", year);
    hint_order(r, "take or pay", "up to", most);
    return;
  }
}

/* A quantity that is paid for whether taken or not must at least be allowed to be taken. */
static void check_take_or_pay(pl_reading *r, const pl_agreement *agreement, pl_time from,
                              pl_time to) {
  bool const fixed = agreement->take_or_pay && pl_formula_is_constant(agreement->take_or_pay);
  order const o = {r, from, to, "take or pay", "up to"};
  for (int k = 0; fixed && agreement->quantity && k < agreement->up_to.n; k++) {
    want_sum_order(&o, agreement->quantity, PL_YEAR, pl_formula_number(agreement->take_or_pay),
                   agreement->up_to.formula[k], agreement->up_to.per[k]);
  }
  for (int k = 0; !fixed && agreement->take_or_pay && agreement->quantity && k < agreement->up_to.n;
       k++)
    if (agreement->up_to.per[k] >= 0)
      check_dated_take_or_pay(r, agreement, agreement->up_to.formula[k], from, to);
}

static void check_agreement(pl_reading *r, const pl_agreement *agreement) {
  pl_time from, to;
  bool const constant = agreement->tolerance && pl_formula_is_constant(agreement->tolerance);
  pl_agreement_term(r->c, agreement, &from, &to);
  check_trio_in(r, from, to, &agreement->at_least, &agreement->up_to, &agreement->exactly,
                constant ? pl_formula_number(agreement->tolerance) : 0);
  check_take_or_pay(r, agreement, from, to);
  want_constant(r, agreement->tolerance, "tolerance");
  want_constant(r, agreement->lot, "lot");
  want_constant(r, agreement->share, "share");
  if (agreement->financial) check_settled(r, agreement);
}

void pl_check_bounds(pl_reading *r) {
  const pl_case *const c = r->c;
  if (r->grid.n == 0) return;
  for (int i = 0; i < c->n_units; i++) check_unit(r, &c->units[i]);
  for (int i = 0; i < c->n_stocks; i++) check_stock(r, &c->stocks[i]);
  for (int i = 0; i < c->n_lanes; i++) check_lane(r, &c->lanes[i]);
  for (int i = 0; i < c->n_markets; i++) check_market(r, &c->markets[i]);
  for (int i = 0; i < c->n_limits; i++)
    check_trio(r, &c->limits[i].at_least, &c->limits[i].up_to, &c->limits[i].exactly);
  for (int i = 0; i < c->n_agreements; i++) check_agreement(r, &c->agreements[i]);
}
