/* What agreements are worth where it is easily got wrong: two that close the same thing, prices of
 * 0, a commission beside a fee, market quotations in a price, more agreements than all subsets of
 * can be solved. */
#include "agreed.h"

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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_agencies_close_one_market),
      cmocka_unit_test(ventures_follow_each_other),
      cmocka_unit_test(a_price_of_nothing_has_a_range),
      cmocka_unit_test(only_its_own_terms_have_ranges),
      cmocka_unit_test(every_pair_has_its_polygon),
      cmocka_unit_test(many_agreements_are_sampled),
      cmocka_unit_test(what_was_valued_before_a_stop_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
