/* Supply: small cases whose plans and accounts are reckoned by hand, each planned, settled and
 * audited. Tolls, ventures, agencies and power stand in test_agreements_kinds.c. */
#include <stdio.h>

#include "agreed.h"
#include "diagnose/diagnose.h"

/* alro buys alumina at the port for 300 and sells it to azer there, which takes it to ganja for 20
 * and sells it for 420: 100 a tonne to share. */
static const char chain[] =
    "parties: {alro: , azer: }\n"
    "sites: {port: {party: alro}, ganja: {party: azer}}\n"
    "materials: {alumina: t}\n"
    "lanes:\n"
    "  road: {from: port, to: ganja, moves: alumina, cost: 20 USD/t, for: azer}\n"
    "markets:\n"
    "  mine: {site: port, sells: alumina, for: alro, price: 300 USD/t}\n"
    "  need: {site: ganja, buys: alumina, for: azer, price: 420 USD/t, up to: 1 Mt/year}\n"
    "quotations:\n"
    "  LME: {unit: USD/t, values: {2026-01: 2400 USD/t, 2026-02: 2600 USD/t}}\n";

#define TWO_MONTHS "case: {from: 2026-01, to: 2026-02}\n"
#define ONE_YEAR   "case: {from: 2026-01, to: 2026-12}\n"
#define SUPPLY                                                                                     \
  "agreements:\n"                                                                                  \
  "  supply:\n"                                                                                    \
  "    kind: supply\n"                                                                             \
  "    seller: alro\n"                                                                             \
  "    buyer: azer\n"                                                                              \
  "    material: alumina\n"                                                                        \
  "    place: port\n"

static void fixed_quantity_at_a_formula(void **state) {
  (void)state;
  agreed f = planned(chain, TWO_MONTHS SUPPLY "    exactly: 5 kt/month\n"
                                              "    price: 15 % * LME\n");
  near(-1e4 * (420 - 300 - 20), f.solution->objective);
  near(-1e4 * 300, account(&f, "alro", PL_LINE_PURCHASES));
  near(5e3 * (360 + 390), account(&f, "alro", PL_LINE_AGREEMENTS));
  near(-5e3 * (360 + 390), account(&f, "azer", PL_LINE_AGREEMENTS));
  near(-1e4 * 20, account(&f, "azer", PL_LINE_FREIGHT));
  near(1e4 * 420, account(&f, "azer", PL_LINE_SALES));
  done(&f);
}

/* Where a tonne gains, the most of what is allowed; where it loses, the least. */
static void tolerance_goes_both_ways(void **state) {
  (void)state;
  agreed f = planned(chain, TWO_MONTHS SUPPLY
                     "    exactly: {2026-01: 10 kt/month}\n"
                     "    tolerance: 10 %\n"
                     "    price: 350 USD/t\n"
                     "overrides: {markets.need.price: {2026-01: 420 USD/t, 2026-02: 310 USD/t}}\n");
  near(11e3, delivered(&f, "supply", 0));
  near(9e3, delivered(&f, "supply", 1));
  near(-(11e3 * 100 - 9e3 * 10), f.solution->objective);
  done(&f);
}

static void steps_by_year(void **state) {
  (void)state;
  agreed f = planned(chain, "case: {from: 2026-07, to: 2027-12}\n" SUPPLY
                            "    exactly: {2026: 24 kt/year, 2027: 48 kt/year}\n"
                            "    price: {2026: 350 USD/t, 2027: 380 USD/t}\n");
  near(24e3 * 184 / 365 * 350, in_year(&f, "alro", PL_LINE_AGREEMENTS, 0));
  near(48e3 * 380, in_year(&f, "alro", PL_LINE_AGREEMENTS, 1));
  done(&f);
}

static void a_term_counts_what_lies_in_it(void **state) {
  (void)state;
  agreed f = planned(chain, ONE_YEAR SUPPLY "    from: 2026-03-17\n"
                                            "    to: 2026-06\n"
                                            "    up to: 31 kt/month\n"
                                            "    standing charge: 31 kUSD/month\n");
  near(0, delivered(&f, "supply", 1));
  near(31e3 * 15 / 31, delivered(&f, "supply", 2));
  near(31e3, delivered(&f, "supply", 3));
  near(0, delivered(&f, "supply", 6));
  near(31e3 * (3 + 15.0 / 31), account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

static const char refining[] =
    "parties: {alro: , azer: }\n"
    "sites: {port: {party: alro}, ganja: {party: azer}}\n"
    "materials: {alumina: t}\n"
    "processes: {refine: {makes: {alumina: 1 t}, cost: 250 USD/t}}\n"
    "units: {refinery: {site: port, runs: refine, capacity: 10 kt/month}}\n"
    "markets:\n"
    "  world: {site: port, buys: alumina, for: alro, price: 400 USD/t}\n"
    "  here: {site: port, buys: alumina, for: azer, price: 380 USD/t}\n";

static void share_of_output_and_what_is_left(void **state) {
  (void)state;
  agreed f =
      planned(refining, TWO_MONTHS SUPPLY "    of: [units.refinery]\n"
                                          "    share: 50 %\n"
                                          "    price: 300 USD/t\n"
                                          "  sweep:\n"
                                          "    kind: supply\n"
                                          "    seller: alro\n"
                                          "    buyer: azer\n"
                                          "    material: alumina\n"
                                          "    place: port\n"
                                          "    of: {units.refinery: 1, agreements.supply: -1}\n"
                                          "    share: 40 %\n"
                                          "    price: 310 USD/t\n");
  near(5e3, delivered(&f, "supply", 1));
  near(2e3, delivered(&f, "sweep", 1));
  near(-2 * (3e3 * 400 + 7e3 * 380 - 1e4 * 250), f.solution->objective);
  near(2 * (5e3 * 300 + 2e3 * 310), account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

static void whole_lots(void **state) {
  (void)state;
  agreed f = planned(chain, TWO_MONTHS SUPPLY "    up to: 11 kt/month\n"
                                              "    lot: 4 kt\n"
                                              "    price: 350 USD/t\n");
  near(8e3, delivered(&f, "supply", 0));
  near(2, amount(&f, "supply", PL_COLUMN_LOTS, -1, 1));
  near(-16e3 * 100, f.solution->objective);
  done(&f);
}

static void evenness(void **state) {
  (void)state;
  agreed f = planned(chain, ONE_YEAR SUPPLY "    quantity: 120 kt/year\n"
                                            "    even: 10 %\n"
                                            "    price: 350 USD/t\n");
  for (int v = 0; v < 12; v++) near(12e3, delivered(&f, "supply", v));
  done(&f);
}

static void carriage_is_paid_back(void **state) {
  (void)state;
  agreed f = planned(chain, TWO_MONTHS SUPPLY "    exactly: 5 kt/month\n"
                                              "    incoterm: CIF\n"
                                              "    carriage: [road]\n"
                                              "    price: 380 USD/t\n");
  near(-1e4 * 100, f.solution->objective);
  near(-1e4 * 20, account(&f, "alro", PL_LINE_FREIGHT));
  near(0, account(&f, "azer", PL_LINE_FREIGHT));
  near(-1e4 * 380, account(&f, "azer", PL_LINE_AGREEMENTS));
  done(&f);
}

/* A price is asked for within the term alone, by month and by year: its quotations end with it. */
static void a_price_ends_with_its_term(void **state) {
  (void)state;
  static const char *const steps[] = {"month", "year"};
  for (int i = 0; i < 2; i++) {
    char head_of[200];
    (void)snprintf(head_of, sizeof head_of,
                   "case: {from: 2026-01, to: 2026-12, step: %s}\nparties: {a: , b: }\n"
                   "sites: {s: }\nmaterials: {coke: t}\n",
                   steps[i]);
    agreed f = planned(
        head_of,
        "quotations:\n"
        "  P: {values: {2026-02: 110 USD/t, 2026-03: 120 USD/t}, beyond: error}\n"
        "markets:\n"
        "  mine: {site: s, sells: coke, for: a, price: 50 USD/t}\n"
        "  town: {site: s, buys: coke, for: b, price: 200 USD/t}\n"
        "agreements:\n"
        "  deal: {kind: supply, seller: a, buyer: b, material: coke, place: s, from: 2026-02, to: "
        "2026-03, price: P, exactly: 280 t/month}\n");
    double const year = 560 * (110 * 28 + 120 * 31) / 59.0; /* one mean price of the term */
    near(i == 0 ? 280 * (110 + 120) : year, account(&f, "a", PL_LINE_AGREEMENTS));
    done(&f);
  }
}

static void tiers_fill_in_order(void **state) {
  (void)state;
  agreed f = planned(chain, TWO_MONTHS SUPPLY
                     "    exactly: 10 kt/month\n"
                     "    tiers: [{next: 6 kt/month, price: 360 USD/t}, {price: 340 USD/t}]\n");
  for (int v = 0; v < 2; v++) {
    near(6e3, amount(&f, "supply", PL_COLUMN_DELIVER, 0, v));
    near(4e3, amount(&f, "supply", PL_COLUMN_DELIVER, 1, v));
  }
  near(2 * (6e3 * 360 + 4e3 * 340), account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

static void money_has_a_limit(void **state) {
  (void)state;
  agreed f = planned(chain, ONE_YEAR SUPPLY "    up to: 20 kt/month\n"
                                            "    money up to: 36 MUSD/year\n"
                                            "    price: 360 USD/t\n");
  near(-100e3 * 100, f.solution->objective);
  near(36e6, account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

/* The mine gives 4 of the 6 kt owed each month: what is missing is paid for. */
static void what_is_missing_has_its_price(void **state) {
  (void)state;
  static const char narrow[] =
      "parties: {alro: , azer: }\n"
      "sites: {port: {party: alro}}\n"
      "materials: {alumina: t}\n"
      "markets:\n"
      "  mine: {site: port, sells: alumina, for: alro, price: 300 USD/t, up to: 4 kt/month}\n"
      "  need: {site: port, buys: alumina, for: azer, price: 420 USD/t, up to: 9 kt/month}\n";
  agreed f = planned(narrow, TWO_MONTHS SUPPLY "    exactly: 6 kt/month\n"
                                               "    price: 350 USD/t\n"
                                               "    short at: 40 USD/t\n");
  near(4e3, delivered(&f, "supply", 0));
  near(2e3, amount(&f, "supply", PL_COLUMN_MISSING, -1, 0));
  near(2 * (4e3 * 350 - 2e3 * 40), account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

/* --- Take or pay ----------------------------------------------------------------------------- */

/* 100 kt a year, 90 % to be taken or paid (85 % in 2028: shortfall and force majeure of 5 kt); what
 * is taken is forced year by year. */
static const char take_or_pay[] =
    "case: {from: 2026-01, to: 2030-12, discount: 5 %}\n" SUPPLY
    "    exactly: {2026: 80 kt/year, 2027: 105 kt/year, 2028: 85 kt/year, 2029: 112 kt/year, 2030: "
    "80 kt/year}\n"
    "    price: {2026: 330 USD/t, 2027: 350 USD/t, 2028: 340 USD/t, 2029: 360 USD/t, 2030: 355 "
    "USD/t}\n"
    "    quantity: 100 kt/year\n"
    "    take or pay: {2026: 90 %, 2028: 85 %, 2029: 90 %}\n"
    "    make-up: 3 years\n"
    "    carry forward: 3 years\n";

static void take_or_pay_ledger(void **state) {
  (void)state;
  agreed f = planned(chain, take_or_pay);
  static const double deficit[] = {10e3, 0, 0, 0, 0}, above[] = {0, 0, 0, 12e3, 0},
                      paid[] = {26.4e6 + 3.3e6, 33.25e6 + 0.2e6, 28.9e6, 40.32e6, 28.4e6};
  for (int y = 0; y < 5; y++) {
    near(deficit[y], amount(&f, "supply", PL_COLUMN_DEFICIT, -1, y));
    near(above[y], amount(&f, "supply", PL_COLUMN_ABOVE, -1, y));
    near(paid[y], in_year(&f, "alro", PL_LINE_AGREEMENTS, y));
    near(-paid[y], in_year(&f, "azer", PL_LINE_AGREEMENTS, y));
  }
  near(10e3, amount(&f, "supply", PL_COLUMN_MAKE_UP, 0, 1)); /* of 2026, in 2027 */
  near(10e3, amount(&f, "supply", PL_COLUMN_CARRIED, 3, 4)); /* of 2029, in 2030; 2 kt are left */
  done(&f);
}

/* What is taken stays further below the annual quantity than all that may be taken. */
static void less_than_half_may_be_taken(void **state) {
  (void)state;
  agreed f =
      planned(chain, "case: {from: 2026-01, to: 2027-12}\n" SUPPLY "    exactly: 40 kt/year\n"
                     "    price: 330 USD/t\n"
                     "    quantity: 100 kt/year\n"
                     "    take or pay: 30 %\n"
                     "    make-up: 3 years\n"
                     "    carry forward: 3 years\n");
  for (int y = 0; y < 2; y++) {
    near(0, amount(&f, "supply", PL_COLUMN_DEFICIT, -1, y));
    near(60e3, amount(&f, "supply", PL_COLUMN_BELOW, -1, y));
    near(40e3 * 330, in_year(&f, "alro", PL_LINE_AGREEMENTS, y));
  }
  done(&f);
}

/* Of what was paid at 330, no more than that comes back while the price is above it, and no more
 * than 310 when it falls; without a top-up all of today's price does. */
static void make_up_and_its_price(void **state) {
  (void)state;
  static const char terms[] =
      "case: {from: 2026-01, to: 2028-12}\n" SUPPLY
      "    exactly: {2026: 80 kt/year, 2027: 90 kt/year, 2028: 110 kt/year}\n"
      "    price: {2026: 330 USD/t, 2027: 350 USD/t, 2028: 310 USD/t}\n"
      "    quantity: 100 kt/year\n"
      "    take or pay: 90 %\n"
      "    deficiency price: 50 %\n"
      "    make-up: 3 years\n";
  agreed f = planned(chain, terms);
  near(80e3 * 330 + 10e3 * 165, in_year(&f, "alro", PL_LINE_AGREEMENTS, 0));
  near(110e3 * 310 - 10e3 * 165, in_year(&f, "alro", PL_LINE_AGREEMENTS, 2));
  done(&f);
  char *text = pl_arena_printf(f.arena = pl_arena_new(), "%s    top-up: no\n", terms);
  pl_arena *kept = f.arena;
  f = planned(chain, text);
  near(110e3 * 310 - 10e3 * 310, in_year(&f, "alro", PL_LINE_AGREEMENTS, 2));
  done(&f);
  pl_arena_free(kept);
}

/* Where the mean price of a year is below zero the contract's own rule pays for what was not taken,
 * which is what is missing and no more. */
static void nothing_is_missed_without_end(void **state) {
  (void)state;
  agreed f =
      planned(chain, "case: {from: 2026-01, to: 2026-12}\n" SUPPLY "    exactly: 60 kt/year\n"
                     "    price: -20 USD/t\n"
                     "    quantity: 100 kt/year\n"
                     "    take or pay: 90 %\n"
                     "    deficiency price: 50 %\n");
  near(30e3, amount(&f, "supply", PL_COLUMN_DEFICIT, -1, 0));
  near(60e3 * -20 + 30e3 * -10, in_year(&f, "alro", PL_LINE_AGREEMENTS, 0));
  done(&f);
}

/* --- Said in words --------------------------------------------------------------------------- */

static const pl_marginal *marginal(const agreed *f, const pl_marginal *list, int n,
                                   const char *party) {
  for (int i = 0; i < n; i++)
    if (list[i].party == party_of(f, party) && strcmp(f->c->sites[list[i].site].name, "port") == 0)
      return &list[i];
  fail_msg("%s has no marginal at the port", party);
  return NULL;
}

static void explained(void **state) {
  (void)state;
  agreed f = planned(chain, ONE_YEAR SUPPLY "    up to: [60 kt/year, 100 kt/month]\n"
                                            "    price: 350 USD/t\n");
  pl_bottleneck b[3];
  assert_int_equal(1, pl_explain_bottlenecks(f.schedule, 3, b, f.arena));
  assert_string_equal("up to 60 kt/year of agreements.supply, whole horizon", b[0].what);
  near(100, b[0].worth);
  pl_marginal *list;
  int const n = pl_explain_marginals(f.schedule, &list, f.arena);
  says(marginal(&f, list, n, "azer")->reason, "it could go by lanes.road");
  done(&f);
}

static void delivered_by_the_seller(void **state) {
  (void)state;
  agreed f = planned("case: {from: 2026-01, to: 2026-02}\n"
                     "parties: {alro: , azer: }\n"
                     "sites: {port: {party: alro}}\n"
                     "materials: {alumina: t}\n"
                     "markets:\n"
                     "  mine: {site: port, sells: alumina, for: alro, price: 300 USD/t}\n"
                     "  need: {site: port, buys: alumina, for: azer, exactly: 5 kt/month}\n",
                     SUPPLY "    price: 350 USD/t\n");
  pl_marginal *list;
  int const n = pl_explain_marginals(f.schedule, &list, f.arena);
  assert_string_equal(
      "one more is delivered by alro under agreements.supply; with alro one more is "
      "bought at markets.mine (300 USD/t)",
      marginal(&f, list, n, "azer")->reason);
  done(&f);
}

static void a_least_that_cannot_be_met(void **state) {
  (void)state;
  agreed f =
      built(ONE_YEAR
            "parties: {alro: , azer: }\n"
            "sites: {port: {party: alro}}\n"
            "materials: {alumina: t}\n"
            "markets:\n"
            "  mine: {site: port, sells: alumina, for: alro, price: 300 USD/t, up to: 8 kt/year}\n"
            "  need: {site: port, buys: alumina, for: azer, price: 420 USD/t, up to: 90 kt/year}\n",
            SUPPLY "    at least: 10 kt/year\n"
                   "    price: 350 USD/t\n");
  pl_relaxation *list;
  int n = 0;
  must(&f, pl_diagnose_infeasible(f.program, NULL, &list, &n, f.arena, f.diag));
  assert_int_equal(1, n);
  says(list[0].sentence,
       "markets.mine sells at most 8 kt over the whole horizon, but 10 kt is needed: raise 'up to "
       "8 kt/year' by 2 kt (25 %)");
  says(list[0].sentence,
       "in conflict with: at least 10 kt/year of agreements.supply (case.yaml:15)");
  done(&f);
}

static void a_most_that_is_too_little(void **state) {
  (void)state;
  agreed f = built(ONE_YEAR "parties: {alro: , azer: }\n"
                            "sites: {port: {party: alro}}\n"
                            "materials: {alumina: t}\n"
                            "markets:\n"
                            "  mine: {site: port, sells: alumina, for: alro, price: 300 USD/t}\n"
                            "  need: {site: port, buys: alumina, for: azer, exactly: 12 kt/year}\n",
                   SUPPLY "    up to: 10 kt/year\n"
                          "    price: 350 USD/t\n");
  pl_relaxation *list;
  int n = 0;
  must(&f, pl_diagnose_infeasible(f.program, NULL, &list, &n, f.arena, f.diag));
  assert_int_equal(1, n);
  says(list[0].sentence,
       "agreements.supply allows at most 10 kt over the whole horizon, but 12 kt is needed: raise "
       "'up to 10 kt/year' by 2 kt (20 %)");
  assert_int_equal(15, list[0].place.line);
  near(10e3, list[0].now);
  done(&f);
}

/* --- False answers --------------------------------------------------------------------------- */

/* Whatever amount of an agreement is falsified, somebody notices; only what the agreement leaves
 * open between its parties (a choice as such) is nobody's business. */
static void falsify(agreed *f) {
  for (int i = 0; i < f->program->n_column_blocks; i++) {
    const pl_block *b = &f->program->columns[i];
    if (b->kind < PL_COLUMN_IN_FORCE || b->kind > PL_COLUMN_SELL_FOR) continue;
    double *x = &f->solution->col_value[b->first + b->count / 2];
    double const was = *x;
    pl_diag *diag = pl_diag_new();
    pl_audit audit;
    *x += fmax(2, 0.01 * fabs(was));
    if (pl_audit_run(f->schedule, 1e-6, f->arena, &audit, diag) != PL_AUDIT)
      fail_msg("nobody sees a false %s", pl_program_column_name(f->program, b->first, f->arena));
    *x = was;
    pl_diag_free(diag);
  }
}

static void audit_sees_false_ledgers(void **state) {
  (void)state;
  agreed f = planned(chain, take_or_pay);
  falsify(&f);
  done(&f);
}

typedef struct {
  pl_column_kind kind;
  int part, year;
  double more;
  const char *says;
} false_entry;

/* Of the ledger above: 2026 is 10 kt short, made up in 2027; 2029 is 12 kt above, of which 10 kt
 * are carried into 2030. */
static void audit_says_what_is_false_in_a_ledger(void **state) {
  (void)state;
  static const false_entry entries[] = {
      /* nothing is made up or carried in the year that it is of, or before */
      {PL_COLUMN_MAKE_UP, 0, 0, 3e3, "make-up of agreements.supply in 2026: 3000, maximum 0"},
      {PL_COLUMN_CARRIED, 3, 0, 3e3, "carry forward of agreements.supply in 2026: 3000, maximum 0"},
      {PL_COLUMN_CARRIED, 3, 3, 3e3, "carry forward of agreements.supply in 2029: 3000, maximum 0"},
      /* nor after its three years */
      {PL_COLUMN_MAKE_UP, 0, 4, 3e3, "make-up of agreements.supply in 2030: 3000, maximum 0"},
      /* more than was short; more than is above what is owed in that year, 105 − 90 and 85 − 85 */
      {PL_COLUMN_MAKE_UP, 0, 1, 3e3, "make-up of agreements.supply in 2026: 13000, maximum 10000"},
      {PL_COLUMN_MAKE_UP, 0, 1, 7e3, "make-up of agreements.supply in 2027: 15000, minimum 17000"},
      {PL_COLUMN_MAKE_UP, 0, 2, 1e3, "make-up of agreements.supply in 2028: 0, minimum 1000"},
      /* more than was above */
      {PL_COLUMN_CARRIED, 3, 4, 4e3,
       "carry forward of agreements.supply in 2029: 14000, maximum 12000"},
      {PL_COLUMN_CARRIED, 3, 4, -4e3,
       "take or pay of agreements.supply in 2030: 86000, minimum 90000"},
      {PL_COLUMN_DEFICIT, -1, 0, -4e3,
       "take or pay of agreements.supply in 2026: 86000, minimum 90000"},
      {PL_COLUMN_ABOVE, -1, 3, 5e3,
       "carry forward of agreements.supply in 2029: 112000, minimum 117000"},
      {PL_COLUMN_BELOW, -1, 3, 5e3,
       "carry forward of agreements.supply in 2029: 112000, maximum 107000"},
      {PL_COLUMN_BELOW, -1, 3, 5e3, "carry forward of agreements.supply in 2029: 5000, maximum 1"},
  };
  agreed f = planned(chain, take_or_pay);
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
    const false_entry *e = &entries[i];
    double *x = &f.solution->col_value[block(&f, "supply", e->kind, e->part)->first + e->year];
    double const was = *x;
    pl_diag *diag = pl_diag_new();
    pl_audit audit;
    *x += e->more;
    assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, diag));
    bool found = false;
    for (int k = 0; k < pl_diag_size(diag); k++)
      found = found || strstr(pl_diag_at(diag, k)->text, e->says);
    for (int k = 0; k < pl_diag_size(diag) && !found; k++)
      print_message("%s\n", pl_diag_at(diag, k)->text);
    if (!found) fail_msg("'%s' is not said", e->says);
    *x = was;
    pl_diag_free(diag);
  }
  done(&f);
}

/* What is bought and sold costs the same, so that 440 MUSD move and nothing is left. The ledger
 * takes other quantities for paid and not taken than the joint plan did, and what breaks ties counts
 * them: that is nobody's money. 100 USD are somebody's. */
static void a_plan_worth_nothing(void **state) {
  (void)state;
  agreed f = planned(
      "case: {from: 2015-01, to: 2019-12, step: year, discount: 5 %}\n"
      "parties: {seller: , buyer: }\n"
      "sites: {works: seller}\n"
      "materials: {metal: t}\n"
      "markets:\n"
      "  source: {site: works, sells: metal, for: seller, price: 500 USD/t}\n"
      "  need: {site: works, buys: metal, for: buyer, price: 500 USD/t, exactly: {2015: 80 "
      "kt/year, "
      "2016: 105 kt/year, 2017: 85 kt/year, 2018: 112 kt/year, 2019: 117.5 kt/year}}\n",
      "agreements:\n"
      "  metal: {kind: supply, seller: seller, buyer: buyer, material: metal, place: works, up to: "
      "120 kt/year, quantity: 100 kt/year, price: {2015: 330 USD/t, 2016: 350 USD/t, 2017: 340 "
      "USD/t, 2018: 360 USD/t, 2019: 177.5 USD/t}, take or pay: {2015: 90 %, 2017: 85.85 %, 2018: "
      "90 %}, deficiency price: 100 %, make-up: 3 years, top-up: yes, carry forward: 2 years}\n");
  pl_audit audit;
  assert_true(fabs(f.schedule->present_total) < 1e-3);
  falsify(&f);
  f.solution->objective += 100;
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  assert_true(audit.certificate.moved > 4e8);
  done(&f);
}

static void audit_sees_money_that_does_not_cancel(void **state) {
  (void)state;
  agreed f = planned(chain, TWO_MONTHS SUPPLY "    exactly: 5 kt/month\n"
                                              "    price: 15 % * LME\n");
  pl_audit audit;
  f.schedule->account[(party_of(&f, "azer") * PL_LINES + PL_LINE_AGREEMENTS) *
                      (f.schedule->n_years + 1)] += 0.02;
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  near(0.02, audit.transfers_gap);
  says(pl_diag_at(f.diag, 0)->text, "payments between the parties do not cancel: 0.02");
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fixed_quantity_at_a_formula),
      cmocka_unit_test(tolerance_goes_both_ways),
      cmocka_unit_test(steps_by_year),
      cmocka_unit_test(a_term_counts_what_lies_in_it),
      cmocka_unit_test(share_of_output_and_what_is_left),
      cmocka_unit_test(whole_lots),
      cmocka_unit_test(evenness),
      cmocka_unit_test(carriage_is_paid_back),
      cmocka_unit_test(a_price_ends_with_its_term),
      cmocka_unit_test(tiers_fill_in_order),
      cmocka_unit_test(money_has_a_limit),
      cmocka_unit_test(what_is_missing_has_its_price),
      cmocka_unit_test(take_or_pay_ledger),
      cmocka_unit_test(less_than_half_may_be_taken),
      cmocka_unit_test(make_up_and_its_price),
      cmocka_unit_test(nothing_is_missed_without_end),
      cmocka_unit_test(explained),
      cmocka_unit_test(delivered_by_the_seller),
      cmocka_unit_test(a_least_that_cannot_be_met),
      cmocka_unit_test(a_most_that_is_too_little),
      cmocka_unit_test(audit_sees_false_ledgers),
      cmocka_unit_test(audit_says_what_is_false_in_a_ledger),
      cmocka_unit_test(a_plan_worth_nothing),
      cmocka_unit_test(audit_sees_money_that_does_not_cancel),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
