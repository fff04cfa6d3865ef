/* What agreements are worth where it is easily got wrong: two that close the same thing, prices of
 * 0, a commission beside a fee, market quotations in a price, more agreements than all subsets of
 * can be solved. */
#include "agreed.h"

#include <stdio.h>

#include "value/value.h"

static agreed valued(const char *head, const char *rest, pl_valuation **v) {
  agreed f = built(head, rest);
  pl_value_options const options = {.jobs = 2, .solve = PL_SOLVE_DEFAULTS};
  must(&f, pl_value_agreements(f.program, &options, f.arena, v, f.diag));
  return f;
}

static const char trade[] =
    "case: {from: 2026-01, to: 2026-12, step: month}\n"
    "parties: {maker: , one: , two: }\n"
    "sites: {works: maker}\n"
    "materials: {metal: t}\n"
    "quotations: {LME: 100 USD/t, PREMIUM: 40 USD/t}\n"
    "markets:\n"
    "  source: {site: works, sells: metal, for: maker, price: LME, up to: 12 kt/year}\n"
    "  own: {site: works, buys: metal, for: maker, price: 200 USD/t, up to: 12 kt/year}\n"
    "  by-one: {site: works, buys: metal, for: one, price: 220 USD/t, up to: 6 kt/year}\n"
    "  by-two: {site: works, buys: metal, for: two, price: 230 USD/t, up to: 6 kt/year}\n"
    "agreements:\n";

/* Alone the maker sells 12 kt at 200; with one agency 6 kt go at the agent's price and the rest
 * nowhere; with both, 6 kt each. */
static void two_agencies_close_one_market(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(trade,
                    "  a: {kind: agency, agent: one, principal: maker, markets: by-one, closes: "
                    "own, commission: 2 %, commission per unit: 3 USD/t}\n"
                    "  b: {kind: agency, agent: two, principal: maker, markets: by-two, closes: "
                    "own, commission: 0 %}\n",
                    &v);
  near(1.2e6, v->v[1u << party_of(&f, "maker")]);
  near(1.2e6, v->joint[0]);
  near(0.72e6, v->joint[1]);
  near(0.78e6, v->joint[2]);
  near(1.5e6, v->joint[3]);
  near(0.12e6, v->worth[0].share); /* (−0.48 + 0.72) / 2 */
  near(0.18e6, v->worth[1].share);
  near(0, v->worth[0].share_error);
  /* of 6 kt at 220 the fee is 18 k: the maker gains 720 k, the agent nothing, at a commission of
   * −18 / 1320 and (720 − 18) / 1320 */
  near(0.02, v->worth[0].ranges[0].now);
  near(-18 / 1320.0, v->worth[0].ranges[0].low);
  near(702 / 1320.0, v->worth[0].ranges[0].high);
  near(0, v->worth[1].ranges[0].now);
  near(0, v->worth[1].ranges[0].low);
  near(780 / 1380.0, v->worth[1].ranges[0].high);
  done(&f);
}

static void ventures_follow_each_other(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f =
      valued("case: {from: 2026-01, to: 2027-12, step: month}\n"
             "parties: {a: , b: }\n"
             "sites: {works: a}\n"
             "materials: {gas: GJ, power: MWh}\n"
             "markets:\n"
             "  gas: {site: works, sells: gas, for: [a, b], price: 5 USD/GJ}\n"
             "  power: {site: works, buys: power, for: [a, b], price: 80 USD/MWh}\n"
             "processes: {burn: {takes: {gas: 7 GJ}, makes: {power: 1 MWh}}}\n"
             "units: {plant: {site: works, runs: burn, capacity: 100 MW}}\n",
             "agreements:\n"
             "  early: {kind: venture, unit: plant, shares: {a: 60 %, b: 40 %}, to: 2026-12}\n"
             "  late: {kind: venture, unit: plant, shares: {a: 50 %, b: 50 %}, from: "
             "2027-01}\n",
             &v);
  for (int set = 0; set < 4; set++) near(2 * 8760 * 100 * 45.0, v->joint[set]);
  near(8760 * 100 * 45.0 * 0.9, v->account_all[party_of(&f, "b")]);
  done(&f);
}

/* The maker would sell at 200, the buyer at 220. */
static void a_price_of_nothing_has_a_range(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(
      trade,
      "  z: {kind: supply, seller: maker, buyer: one, material: metal, place: works, price: 0 "
      "USD/t}\n",
      &v);
  assert_int_equal(1, v->worth[0].n_ranges);
  near(0, v->worth[0].ranges[0].now);
  near(200, v->worth[0].ranges[0].low);
  near(220, v->worth[0].ranges[0].high);
  done(&f);
}

/* The case counts in EUR; prices are written in USD. A USD is 0.8 EUR in 2026 and 1 EUR in 2027.
 * The maker buys at 100 EUR, the buyer sells at 200: 1 kt a year at P USD brings 1.8 P kEUR,
 * against 2 × 100 and 2 × 200, so that both gain between 200 / 1.8 and 400 / 1.8 USD/t. */
static const char in_euros[] =
    "case: {from: 2026-01, to: 2027-12, step: year, currency: EUR, exchange: {USD: FX}}\n"
    "parties: {maker: , one: }\n"
    "sites: {works: maker}\n"
    "materials: {metal: t}\n"
    "quotations:\n"
    "  FX: {unit: EUR/USD, formula: RATE}\n"
    "  RATE: {unit: EUR/USD, step: year, values: {2026: 0.8, 2027: 1}}\n"
    "  P: 200 USD/t\n"
    "  PE: 50 EUR/t\n"
    "markets:\n"
    "  source: {site: works, sells: metal, for: maker, price: 100 EUR/t, up to: 1 kt/year}\n"
    "  by-one: {site: works, buys: metal, for: one, price: 200 EUR/t, up to: 1 kt/year}\n"
    "agreements:\n";

static const char deal[] = "{kind: supply, seller: maker, buyer: one, material: metal, place: "
                           "works, exactly: 1 kt/year";

static pl_agreement_worth *worth_of_price(agreed *f, const char *price) {
  pl_valuation *v;
  pl_arena *a = pl_arena_new();
  *f = valued(in_euros, pl_arena_printf(a, "  z: %s, %s}\n", deal, price), &v);
  pl_arena_free(a);
  return &v->worth[0];
}

static void a_price_is_in_the_currency_it_is_written_in(void **state) {
  (void)state;
  agreed f;
  const pl_agreement_worth *w = worth_of_price(&f, "price: P");
  assert_int_equal(2, w->n_ranges); /* the exchange rate is not one of its terms */
  assert_string_equal("USD/t", w->ranges[0].unit);
  near(200, w->ranges[0].now);
  near(360e3, w->paid); /* EUR */
  near(200 / 1.8, w->ranges[0].low);
  near(400 / 1.8, w->ranges[0].high);
  assert_string_equal("P", w->ranges[1].name);
  near(w->ranges[0].low, w->ranges[1].low);
  near(w->ranges[0].high, w->ranges[1].high);
  done(&f);
}

static void a_price_of_nothing_is_too(void **state) {
  (void)state;
  agreed f;
  const pl_agreement_worth *w = worth_of_price(&f, "price: 0 USD/t");
  assert_string_equal("USD/t", w->ranges[0].unit);
  near(0, w->ranges[0].now);
  near(400 / 1.8, w->ranges[0].high);
  done(&f);
}

static void prices_in_several_currencies_are_in_the_cases(void **state) {
  (void)state;
  static const char *const price[] = {
      "price: {2026-01: 200 USD/t, 2027-01: 200 EUR/t}",
      "tiers: [{price: 200 USD/t, next: 0.5 kt/year}, {price: 160 EUR/t}]",
      "price: {2026-01: 0, 2027-01: 360 EUR/t}",
  };
  double const now[] = {180, 170, 180};
  for (int i = 0; i < 3; i++) {
    agreed f;
    const pl_agreement_worth *w = worth_of_price(&f, price[i]);
    assert_string_equal("EUR/t", w->ranges[0].unit);
    near(now[i], w->ranges[0].now);
    near(200, w->ranges[0].high);
    done(&f);
  }
}

/* Half is paid and not taken: what is paid for a tonne delivered is still the price. */
static void what_is_not_taken_does_not_raise_the_price(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(trade,
                    "  z: {kind: supply, seller: maker, buyer: one, material: metal, place: works, "
                    "price: 110 USD/t, quantity: 12 kt/year, take or pay: 100 %, up to: 12 "
                    "kt/year}\n",
                    &v);
  near(6e3, v->worth[0].quantity);
  near(1320e3, v->worth[0].paid);
  near(110, v->worth[0].ranges[0].now);
  done(&f);
}

/* The premium is the agreement's own, the metal's price is also what the maker buys at. */
static void only_its_own_terms_have_ranges(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(trade,
                    "  z: {kind: supply, seller: maker, buyer: one, material: metal, place: works, "
                    "price: LME + PREMIUM}\n",
                    &v);
  assert_int_equal(2, v->worth[0].n_ranges);
  near(200, v->worth[0].ranges[0].low);
  assert_string_equal("PREMIUM", v->worth[0].ranges[1].name);
  near(100, v->worth[0].ranges[1].low);
  near(120, v->worth[0].ranges[1].high);
  done(&f);
}

/* --- Incentives ------------------------------------------------------------------------------ */

/* A tonne of 14 MWh earns 2000 USD: 143 a megawatt-hour, and power costs 45. From 18 to 21 the
 * seller gets 300 for it and calls back what it may: 9.8 MW. The buyer would gladly take it all. */
static void a_buyer_cannot_undo_a_call(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(
      "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"
      "parties: {alro: , producer: }\n"
      "sites: {works: alro}\n"
      "materials: {power: {unit: MWh, step: hour}, ingot: {unit: t, step: hour}}\n"
      "processes: {smelt: {makes: {ingot: 1 t}, takes: {power: 14 MWh}}}\n"
      "units: {potline: {site: works, runs: smelt, capacity: 7 t/h}}\n"
      "markets:\n"
      "  pool: {site: works, sells: power, for: producer, price: 50 USD/MWh, up to: 98 MW}\n"
      "  spot: {site: works, buys: power, for: producer, price: SPOT}\n"
      "  rotterdam: {site: works, buys: ingot, price: 2000 USD/t}\n"
      "quotations:\n"
      "  SPOT: {unit: USD/MWh, values: {2026-01-01T00: 20 USD/MWh, 2026-01-01T18: 300 USD/MWh,\n"
      "    2026-01-01T21: 20 USD/MWh}}\n",
      "agreements:\n"
      "  ppa: {kind: power, seller: producer, buyer: alro, material: power, place: works,\n"
      "    exactly: 98 MW, price: 45 USD/MWh, reduction: 9.8 MW}\n",
      &v);
  near(98 * 24 - 29.4, v->worth[0].quantity);
  assert_int_equal(0, v->n_incentives);
  done(&f);
}

/* The maker sells 6 kt elsewhere at 230 and pays 5 for each tonne that it does not deliver: what
 * the buyer gets is for the maker to choose. */
static void a_buyer_cannot_undo_a_shortfall(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(trade,
                    "  z: {kind: supply, seller: maker, buyer: one, material: metal, place: works, "
                    "price: 110 USD/t, exactly: 6 kt/year, short at: 5 USD/t}\n"
                    "overrides: {markets.own.price: 230 USD/t}\n",
                    &v);
  near(0, v->worth[0].quantity);
  assert_int_equal(0, v->n_incentives);
  done(&f);
}

/* Together they move 1 kt, for which the buyer has a use; the seller, whose choice it is, would
 * fill the second tier too, at 210 instead of the 200 elsewhere. */
static void a_holder_may_open_the_next_tier(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(
      trade,
      "  z: {kind: supply, seller: maker, buyer: one, material: metal, place: works, "
      "holder: seller, up to: 2 kt/year, tiers: [{price: 205 USD/t, next: 1 kt/year}, {price: 210 "
      "USD/t, next: 1 kt/year}]}\n"
      "overrides: {markets.by-one.up to: 1 kt/year, materials.metal.free disposal: "
      "yes}\n",
      &v);
  near(1e3, v->worth[0].quantity);
  assert_int_equal(1, v->n_incentives);
  near(2e3, v->incentive[0].own_quantity);
  near(10e3, v->incentive[0].gain);
  done(&f);
}

/* Three agreements of one pair of parties make three polygons, the third in force in each. */
static void every_pair_has_its_polygon(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f =
      valued(trade,
             "  x: {kind: supply, seller: maker, buyer: one, material: metal, place: works, price: "
             "205 USD/t, exactly: 1 kt/year}\n"
             "  y: {kind: supply, seller: maker, buyer: one, material: metal, place: works, price: "
             "210 USD/t, exactly: 2 kt/year}\n"
             "  z: {kind: supply, seller: maker, buyer: one, material: metal, place: works, price: "
             "215 USD/t, exactly: 3 kt/year}\n",
             &v);
  assert_int_equal(3, v->n_pairs);
  for (int i = 0; i < 3; i++) {
    const pl_polygon *p = &v->pair[i].polygon;
    double const first = 1 + v->pair[i].first, second = 1 + v->pair[i].second;
    assert_true(p->count >= 3);
    for (int k = 0; k < p->count; k++) { /* both gain together: 200 … 220 on the mean */
      double const mean = (first * p->corner[k].p + second * p->corner[k].q) / (first + second);
      assert_true(mean > 200 - 1e-6 && mean < 220 + 1e-6);
    }
  }
  done(&f);
}

/* Fourteen agreements that each add 1 kt while the buyer's 6 kt last: alike, so that each has a
 * fourteenth of what all are worth. */
static void many_agreements_are_sampled(void **state) {
  (void)state;
  enum { MANY = 14 };
  pl_valuation *v;
  pl_arena *a = pl_arena_new();
  const char *text = "";
  for (int i = 0; i < MANY; i++)
    text = pl_arena_printf(a,
                           "%s  z%d: {kind: supply, seller: maker, buyer: one, material: metal, "
                           "place: works, price: 210 USD/t, up to: 1 kt/year}\n",
                           text, i);
  agreed f = valued(trade, text, &v);
  assert_null(v->joint);
  double sum = 0;
  for (int i = 0; i < MANY; i++) {
    const pl_agreement_worth *w = &v->worth[i];
    sum += w->share;
    assert_true(w->share_error > 0 && w->share_error < 0.2 * 120e3 / MANY);
    assert_true(fabs(w->share - 120e3 / MANY) < 5 * w->share_error);
  }
  near(120e3, sum);
  near(120e3, v->all - v->none);
  pl_arena_free(a);
  done(&f);
}

static bool until(int done, int of, void *user) {
  (void)of;
  return done < *(const int *)user;
}

/* Stopped after a while: what was valued is what it is without a stop, the rest is NAN, and there
 * is no split of what is not known. */
static void what_was_valued_before_a_stop_is_kept(void **state) {
  (void)state;
  static const char both[] =
      "  a: {kind: agency, agent: one, principal: maker, markets: by-one, closes: own, commission: "
      "2 %}\n"
      "  b: {kind: agency, agent: two, principal: maker, markets: by-two, commission: 0 %}\n";
  pl_valuation *all;
  agreed full = valued(trade, both, &all);
  assert_int_equal(all->solves, all->done);
  for (int stop = 0; stop <= all->solves; stop++) {
    agreed f = built(trade, both);
    pl_value_options const options = {
        .jobs = 1, .solve = PL_SOLVE_DEFAULTS, .told = until, .user = &stop};
    pl_valuation *v = NULL;
    pl_status const s = pl_value_agreements(f.program, &options, f.arena, &v, f.diag);
    assert_int_equal(stop < all->solves ? PL_STOPPED : PL_OK, s);
    if (s != PL_OK)
      assert_string_equal(
          pl_diag_at(f.diag, 0)->text,
          pl_arena_printf(f.arena, "stopped after %d of %d programs", stop, all->solves));
    assert_true((v != NULL) == (stop >= 2)); /* the joint plans with all and with none come first */
    if (v) {
      assert_int_equal(stop, v->done);
      for (unsigned c = 1; c < 8; c++) assert_true(isnan(v->v[c]) || v->v[c] == all->v[c]);
      for (unsigned c = 0; c < 4; c++)
        assert_true(isnan(v->joint[c]) || v->joint[c] == all->joint[c]);
      assert_true(v->all == all->all && v->none == all->none);
      if (stop == 2)
        assert_true(isnan(v->split[PL_SPLIT_SHAPLEY].excess) && isnan(v->worth[0].share));
      if (stop == 2) assert_true(isnan(v->worth[0].joint) && v->worth[0].n_ranges == 0);
    }
    done(&f);
  }
  done(&full);
}

/* A press that is on or off, and metal in lots. */
static const char whole_head[] =
    "case: {from: 2026-01, to: 2026-03, discount: 8 %}\n"
    "parties: {maker: , user: , carrier: }\n"
    "sites: {works: {party: maker}, plant: {party: user}, yard: {party: carrier}}\n"
    "materials: {metal: t, part: t}\n"
    "processes: {stamping: {makes: {part: 1 t}, takes: {metal: 1.1 t}}}\n"
    "units:\n  press: {site: plant, runs: stamping, capacity: 900 t/month, minimum: 60 %, "
    "on/off: yes, start cost: 9 kUSD, cost: 40 USD/t}\n"
    "lanes:\n  road: {from: works, to: plant, moves: metal, cost: 30 USD/t}\n"
    "  own: {from: yard, to: plant, moves: metal, cost: 12 USD/t}\n"
    "markets:\n  mine: {site: works, sells: metal, price: 480 USD/t, up to: 800 t/month}\n"
    "  other: {site: yard, sells: metal, price: 530 USD/t, up to: 350 t/month}\n"
    "  spot: {site: plant, sells: metal, price: 640 USD/t}\n"
    "  away: {site: works, buys: metal, price: 470 USD/t}\n"
    "  shop: {site: plant, buys: part, price: 760 USD/t, up to: 700 t/month}\n";

static pl_valuation *valued_whole(const agreed *f, double gap, int jobs) {
  pl_valuation *v = NULL;
  pl_value_options options = {.jobs = jobs, .solve = PL_SOLVE_DEFAULTS};
  options.solve.gap = gap;
  must(f, pl_value_agreements(f->program, &options, f->arena, &v, f->diag));
  return v;
}

static void assert_within(double exact, double told, double within) {
  assert_true(fabs(exact - told) <= within + 1e-3);
}

/* Every value at a wide gap is as near to the one at none as it says of itself. */
static void assert_known(const pl_valuation *exact, const pl_valuation *v) {
  for (unsigned s = 1; s < 8; s++) {
    assert_within(exact->v[s], v->v[s], v->v_within[s]);
    assert_true(exact->v[s] >= v->v[s] - 1e-3); /* a gap leaves more to gain, never less */
  }
  for (unsigned s = 0; s < 4; s++) assert_within(exact->joint[s], v->joint[s], v->joint_within[s]);
  for (int i = 0; i < 2; i++) {
    assert_within(exact->worth[i].joint, v->worth[i].joint, v->worth[i].joint_within);
    assert_within(exact->worth[i].alone, v->worth[i].alone, v->worth[i].alone_within);
    assert_within(exact->worth[i].share, v->worth[i].share, v->worth[i].share_within);
  }
  static const pl_split_rule rules[] = {PL_SPLIT_SHAPLEY, PL_SPLIT_NASH};
  for (int r = 0; r < 2; r++)
    for (int q = 0; q < 3; q++)
      assert_within(exact->split[rules[r]].part[q] - exact->v[1u << q],
                    v->split[rules[r]].part[q] - v->v[1u << q], v->split_within);
}

static void what_a_gap_leaves_open_is_told(void **state) {
  (void)state;
  int open = 0;
  for (int i = 0; i < 6; i++) {
    char rest[512];
    (void)snprintf(
        rest, sizeof rest,
        "agreements:\n  metal: {kind: supply, seller: maker, buyer: user, material: metal, "
        "place: works, price: %d USD/t, up to: %d t/month, lot: %d t}\n"
        "  more: {kind: supply, seller: carrier, buyer: user, material: metal, place: yard, "
        "price: 600 USD/t, up to: 300 t/month, lot: %d t}\n",
        560 + 5 * i, 430 + 31 * i, 37 + 16 * i, 70 + 13 * i);
    agreed f = built(whole_head, rest);
    const pl_valuation *exact = valued_whole(&f, 0, 1), *wide = valued_whole(&f, 0.3, 1);
    const pl_valuation *again = valued_whole(&f, 0.3, 2);
    assert_true(exact->all_within == 0 && exact->worth[0].joint_within == 0);
    assert_known(exact, wide);
    open += wide->all_within > 0;
    assert_true(memcmp(wide->v + 1, again->v + 1, 7 * sizeof *wide->v) == 0);
    assert_true(memcmp(wide->v_within + 1, again->v_within + 1, 7 * sizeof *wide->v) == 0);
    done(&f);
  }
  assert_true(open > 0);
}

/* Of 12 kt, 6 go to the buyer and 6 to the maker's own customers, and no more can be had or sold: one
 * more at the buyer's saves 100 USD/t at the source, one less costs 150 of own sales. */
static void what_is_implied_lies_between(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(trade,
                    "  a: {kind: supply, seller: maker, buyer: one, material: metal, place: works, "
                    "price: 180 USD/t, up to: 9 kt/year}\n"
                    "overrides: {markets.own.up to: 6 kt/year, markets.own.price: 150 USD/t}\n",
                    &v);
  assert_int_equal(1, v->n_agreements);
  pl_price_range const *r = &v->worth[0].ranges[0];
  assert_true(r->implied_sides.known);
  near(100, r->implied_sides.more);
  near(150, r->implied_sides.less);
  assert_true(r->implied > 99.999 && r->implied < 150.001);
  near(180, r->now);
  near(100, r->low); /* what the maker pays, what the buyer sells at */
  near(220, r->high);
  done(&f);
}

/* Where no agreement is in force it is said how one would be. */
static void nothing_in_force(void **state) {
  (void)state;
  agreed f = built(trade, "  a: {kind: agency, agent: one, principal: maker, markets: by-one, "
                          "commission: 2 %, active: no}\n");
  pl_value_options const options = {.jobs = 1, .solve = PL_SOLVE_DEFAULTS};
  pl_valuation *v = NULL;
  assert_int_equal(PL_RANGE, pl_value_agreements(f.program, &options, f.arena, &v, f.diag));
  const pl_message *m = pl_diag_at(f.diag, pl_diag_size(f.diag) - 1);
  says(m->text, "no agreement of the case is in force, so there is nothing to value");
  assert_non_null(m->hint);
  says(m->hint,
       "agreements that are not active: 1; choose a scenario that puts them in force, or set "
       "agreements.a.active=yes");
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_implied_lies_between),
      cmocka_unit_test(nothing_in_force),
      cmocka_unit_test(two_agencies_close_one_market),
      cmocka_unit_test(ventures_follow_each_other),
      cmocka_unit_test(a_price_of_nothing_has_a_range),
      cmocka_unit_test(a_price_is_in_the_currency_it_is_written_in),
      cmocka_unit_test(a_price_of_nothing_is_too),
      cmocka_unit_test(prices_in_several_currencies_are_in_the_cases),
      cmocka_unit_test(what_is_not_taken_does_not_raise_the_price),
      cmocka_unit_test(only_its_own_terms_have_ranges),
      cmocka_unit_test(a_buyer_cannot_undo_a_call),
      cmocka_unit_test(a_buyer_cannot_undo_a_shortfall),
      cmocka_unit_test(a_holder_may_open_the_next_tier),
      cmocka_unit_test(every_pair_has_its_polygon),
      cmocka_unit_test(many_agreements_are_sampled),
      cmocka_unit_test(what_was_valued_before_a_stop_is_kept),
      cmocka_unit_test(what_a_gap_leaves_open_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
