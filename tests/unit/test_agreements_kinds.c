/* Tolls, ventures, agencies and power: small cases whose plans and accounts are reckoned by hand,
 * each planned, settled and audited. */
#include "agreed.h"

#define TWO_MONTHS "case: {from: 2026-01, to: 2026-02}\n"

/* --- Tolls ----------------------------------------------------------------------------------- */

/* azer's coil is rolled at alro's mill, which takes power and leaves scrap. */
static const char mill[] =
    "parties: {alro: , azer: }\n"
    "sites: {slatina: {party: alro, levies: {co2: 60 USD/t}}}\n"
    "materials: {coil: t, sheet: t, scrap: t, power: MWh, co2: {unit: t, emission: yes}}\n"
    "processes:\n"
    "  roll: {makes: {sheet: 1 t, scrap: 0.2 t}, takes: {coil: 1.2 t, power: 1 MWh}, emits: {co2: "
    "0.1 t}, cost: 100 USD/t}\n"
    "units: {mill: {site: slatina, runs: roll, capacity: 10 kt/month}}\n"
    "markets:\n"
    "  coil: {site: slatina, sells: coil, for: azer, price: 2000 USD/t}\n"
    "  grid: {site: slatina, sells: power, for: alro, price: 50 USD/MWh}\n"
    "  sheet: {site: slatina, buys: sheet, for: azer, price: 3500 USD/t}\n"
    "  scrap: {site: slatina, buys: scrap, for: [alro, azer], price: 1600 USD/t}\n";

#define TOLL                                                                                       \
  "agreements:\n"                                                                                  \
  "  toll:\n"                                                                                      \
  "    kind: toll\n"                                                                               \
  "    owner: azer\n"                                                                              \
  "    toller: alro\n"                                                                             \
  "    unit: mill\n"                                                                               \
  "    runs: roll\n"                                                                               \
  "    brings: [coil]\n"                                                                           \
  "    fee: 400 USD/t\n"

static void toll_with_scrap_credited(void **state) {
  (void)state;
  agreed f = planned(mill, TWO_MONTHS TOLL "    up to: 3 kt/month\n"
                                           "    leaves: [scrap]\n"
                                           "    credits: {scrap: 1500 USD/t}\n");
  near(3e3, amount(&f, "toll", PL_COLUMN_TOLL, -1, 1));
  near(-6e3 * 1.2 * 2000, account(&f, "azer", PL_LINE_PURCHASES));
  near(6e3 * 3500, account(&f, "azer", PL_LINE_SALES));
  near(6e3 * (400 - 0.2 * 1500), account(&f, "alro", PL_LINE_AGREEMENTS));
  near(6e3 * (0.2 * 1500 - 400), account(&f, "azer", PL_LINE_AGREEMENTS));
  near(6e3 * 0.2 * 1600, account(&f, "alro", PL_LINE_SALES));
  near(-6e3 * 100, account(&f, "alro", PL_LINE_CONVERSION));
  near(-6e3 * 50, account(&f, "alro", PL_LINE_ENERGY));
  near(-6e3 * 0.1 * 60, account(&f, "alro", PL_LINE_CARBON));
  near(-6e3 * (3500 + 320 - 2400 - 100 - 50 - 6), f.solution->objective);
  done(&f);
}

/* The owner keeps ten days of its coil at the mill, and gets its scrap back. */
static void toll_with_scrap_returned(void **state) {
  (void)state;
  agreed f =
      planned(mill, TWO_MONTHS TOLL
              "    exactly: 3 kt/month\n"
              "stocks: {coil: {site: slatina, keeps: coil, party: azer, cover: 10 days, final "
              "value: 2000 USD/t}}\n"
              "limits: {co2: {sums: [emissions.co2], up to: 300 t/month}}\n");
  near(6e3 * 0.2 * 1600 + 6e3 * 3500, account(&f, "azer", PL_LINE_SALES));
  near(6e3 * 400, account(&f, "alro", PL_LINE_AGREEMENTS));
  near(3600 * 10.0 / 28 * 2000, account(&f, "azer", PL_LINE_STOCK));
  done(&f);
}

/* The mill can roll 5 of the 6 kt promised; the toller pays for the sixth. */
static void toll_that_falls_short(void **state) {
  (void)state;
  agreed f = planned(mill, TWO_MONTHS TOLL "    at least: 6 kt/month\n"
                                           "    short at: 30 USD/t\n"
                                           "overrides: {units.mill.capacity: 5 kt/month}\n");
  near(5e3, amount(&f, "toll", PL_COLUMN_TOLL, -1, 0));
  near(1e3, amount(&f, "toll", PL_COLUMN_MISSING, -1, 0));
  near(1e4 * 400 - 2e3 * 30, account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

/* --- Ventures -------------------------------------------------------------------------------- */

static void venture_by_shares(void **state) {
  (void)state;
  agreed f = planned(
      "parties: {alro: , azer: }\n"
      "sites: {alat: {party: alro}}\n"
      "materials: {metal: t, can: t}\n"
      "processes: {draw: {makes: {can: 1 t}, takes: {metal: 1.25 t}, cost: 200 USD/t}}\n"
      "units: {plant: {site: alat, runs: draw, capacity: 10 kt/month, fixed cost: 1 MUSD/month, "
      "cost: 10 USD/t}}\n"
      "markets:\n"
      "  metal: {site: alat, sells: metal, for: [alro, azer], price: 2000 USD/t}\n"
      "  can-east: {site: alat, buys: can, for: azer, price: 3200 USD/t}\n"
      "  can-west: {site: alat, buys: can, for: alro, price: 3100 USD/t}\n",
      TWO_MONTHS "agreements: {cans: {kind: venture, unit: plant, shares: {alro: 60 %, azer: 40 "
                 "%}}}\n");
  near(10e3, amount(&f, "cans", PL_COLUMN_SHARED_RUN, -1, 0));
  near(12e3 * 3100, account(&f, "alro", PL_LINE_SALES));
  near(8e3 * 3200, account(&f, "azer", PL_LINE_SALES));
  near(-8e3 * 2500, account(&f, "azer", PL_LINE_PURCHASES));
  near(-12e3 * 210, account(&f, "alro", PL_LINE_CONVERSION));
  near(-8e3 * 210, account(&f, "azer", PL_LINE_CONVERSION));
  near(-2e6 * 0.6, account(&f, "alro", PL_LINE_FIXED));
  near(-2e6 * 0.4, account(&f, "azer", PL_LINE_FIXED));
  done(&f);
}

/* The plant is shared in February only. At 73 of 100 MW it takes the gas and emits the carbon
 * dioxide of 60 + 0.8 × 23 = 78.4 MW: 156.8 MWh and 31.36 t an hour. Power and gas are both of the
 * line energy. Whoever may would burn the cheaper gas. */
static void part_load_is_shared_within_the_term(const char *gas, double alro_pays,
                                                double azer_pays) {
  agreed f = planned(
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {alro: , azer: }\n"
      "sites: {works: {party: alro, levies: {co2: 60 USD/t}}}\n"
      "materials: {power: MWh, gas: MWh, co2: {unit: t, emission: yes}}\n"
      "processes: {burn: {makes: {power: 2 MWh}, takes: {gas: 4 MWh}, emits: {co2: 0.8 t}}}\n"
      "units: {plant: {site: works, runs: burn, capacity: 100 MW, minimum: 50 %, part load: {50 %: "
      "120 %, 100 %: 100 %}}}\n"
      "agreements: {shared: {kind: venture, unit: plant, shares: {alro: 60 %, azer: 40 %}, from: "
      "2026-02}}\n"
      "markets:\n"
      "  spot: {site: works, buys: power, for: [alro, azer], price: 90 USD/MWh, up to: 73 MW}\n",
      gas);
  double const january = 744, february = 672;
  near((january + 0.6 * february) * (73 * 90 - 156.8 * alro_pays),
       account(&f, "alro", PL_LINE_ENERGY));
  near(0.4 * february * (73 * 90 - 156.8 * azer_pays), account(&f, "azer", PL_LINE_ENERGY));
  near(-(january + 0.6 * february) * 31.36 * 60, account(&f, "alro", PL_LINE_CARBON));
  near(-0.4 * february * 31.36 * 60, account(&f, "azer", PL_LINE_CARBON));
  done(&f);
}

static void venture_in_part_load(void **state) {
  (void)state;
  part_load_is_shared_within_the_term(
      "  a: {site: works, sells: gas, for: alro, price: 15 USD/MWh}\n"
      "  b: {site: works, sells: gas, for: azer, price: 25 USD/MWh}\n",
      15, 25);
  part_load_is_shared_within_the_term(
      "  a: {site: works, sells: gas, for: alro, price: 25 USD/MWh}\n"
      "  b: {site: works, sells: gas, for: azer, price: 15 USD/MWh}\n",
      25, 15);
}

/* --- Agencies -------------------------------------------------------------------------------- */

/* azer could sell at home for 3050, but leaves that market to its agent, who sells abroad for 3000
 * less 100 of duty. */
static void agency_with_a_closed_market(void **state) {
  (void)state;
  agreed f =
      planned("parties: {alro: , azer: }\n"
              "sites: {hall: {party: azer}}\n"
              "materials: {coil: t}\n"
              "processes: {cast: {makes: {coil: 1 t}, cost: 2500 USD/t}}\n"
              "units: {caster: {site: hall, runs: cast, capacity: 4 kt/month}}\n"
              "markets:\n"
              "  home: {site: hall, buys: coil, for: azer, price: 3050 USD/t}\n"
              "  abroad: {site: hall, buys: coil, for: alro, price: 3000 USD/t, paid after: 30 "
              "days, up to: 5 kt/month, charges: {duty: 100 USD/t}}\n",
              TWO_MONTHS "agreements:\n"
                         "  agency: {kind: agency, principal: azer, agent: alro, markets: "
                         "[abroad], closes: [home], commission: 2 %, commission per unit: 5 "
                         "USD/t, standing charge: 10 kUSD/month}\n"
                         "limits: {sold: {sums: [agreements.agency], up to: 7 kt}}\n");
  near(7e3 * 3000, account(&f, "azer", PL_LINE_SALES));
  near(-7e3 * 100, account(&f, "azer", PL_LINE_DUTY));
  near(7e3 * (0.02 * 2900 + 5), account(&f, "alro", PL_LINE_COMMISSION));
  near(-7e3 * (0.02 * 2900 + 5), account(&f, "azer", PL_LINE_COMMISSION));
  near(20e3, account(&f, "alro", PL_LINE_AGREEMENTS));
  near(-7e3 * (2900 - 2500), f.solution->objective);
  done(&f);
}

/* What is sold through an agent emits at the site of sale, which levies it on the principal. The
 * market is worth 100 − 0.5 × 60 = 70 a tonne in January, and 100 − 0.5 × 220 < 0 in February. */
static void agency_where_sales_are_levied(void **state) {
  (void)state;
  agreed f = planned("parties: {alro: , azer: }\n"
                     "sites: {hall: {party: azer, levies: {co2: {2026-01: 60 USD/t, 2026-02: 220 "
                     "USD/t}}}}\n"
                     "materials: {coil: t, co2: {unit: t, emission: yes}}\n"
                     "processes: {cast: {makes: {coil: 1 t}}}\n"
                     "units: {caster: {site: hall, runs: cast, capacity: 4 kt/month}}\n"
                     "markets:\n"
                     "  abroad: {site: hall, buys: coil, for: alro, price: 100 USD/t, emits: {co2: "
                     "0.5 t/t}}\n",
                     TWO_MONTHS "agreements:\n"
                                "  agency: {kind: agency, principal: azer, agent: alro, markets: "
                                "abroad, commission: 2 %}\n");
  near(4e3, amount(&f, "agency", PL_COLUMN_SELL_FOR, -1, 0));
  near(0, amount(&f, "agency", PL_COLUMN_SELL_FOR, -1, 1));
  near(-4e3 * 0.5 * 60, account(&f, "azer", PL_LINE_CARBON));
  near(0, account(&f, "alro", PL_LINE_CARBON));
  near(-4e3 * (100 - 30), f.solution->objective);
  done(&f);
}

/* --- Power ----------------------------------------------------------------------------------- */

static const char grid[] =
    "parties: {alro: , azer: }\n"
    "sites: {node: {party: alro}}\n"
    "materials: {power: {unit: MWh, step: day}}\n"
    "quotations:\n"
    "  DAM: {unit: USD/MWh, values: {2026-01-01: 80 USD/MWh, 2026-01-11: 300 USD/MWh, 2026-01-14: "
    "90 USD/MWh}}\n"
    "  LOAD: {unit: MW, values: {2026-01-01: 10 MW, 2026-01-10: 20 MW, 2026-01-11: 10 MW}}\n"
    "markets:\n"
    "  plant: {site: node, sells: power, for: alro, price: 40 USD/MWh, up to: 30 MW}\n"
    "  spot: {site: node, buys: power, for: alro, price: DAM - 1 USD/MWh, up to: 100 MW}\n"
    "  buy: {site: node, sells: power, for: azer, price: DAM}\n"
    "  reserve: {site: node, sells: power, for: azer, price: 120 USD/MWh}\n"
    "  load: {site: node, buys: power, for: azer, exactly: LOAD}\n";

#define POWER                                                                                      \
  "case: {from: 2026-01, to: 2026-01}\n"                                                           \
  "agreements:\n"                                                                                  \
  "  power:\n"                                                                                     \
  "    kind: power\n"                                                                              \
  "    seller: alro\n"                                                                             \
  "    buyer: azer\n"                                                                              \
  "    material: power\n"

static void demand_charge_on_the_highest_load(void **state) {
  (void)state;
  agreed f = planned(grid, POWER "    place: node\n"
                                 "    of: [markets.load]\n"
                                 "    price: 60 USD/MWh\n"
                                 "    demand charge: 3500 USD/MW/month\n");
  near(20, amount(&f, "power", PL_COLUMN_PEAK, -1, 0));
  near((31 * 240 + 240) * 60 + 20 * 3500, account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

/* 10 MW, of which two days may be called back: when spot is at 300 and the buyer's reserve costs
 * 120. */
static void reduction_within_its_budget(void **state) {
  (void)state;
  agreed f =
      planned(grid, POWER "    place: node\n"
                          "    exactly: 10 MW\n"
                          "    price: 60 USD/MWh\n"
                          "    reduction: [10 MW, 480 MWh]\n"
                          "overrides: {markets.plant.up to: 10 MW, markets.load.exactly: 10 MW}\n");
  double called = 0;
  for (int v = 0; v < 31; v++) {
    double const x = amount(&f, "power", PL_COLUMN_CALLED, -1, v);
    if (v < 10 || v > 12) near(0, x);
    near(240 - x, delivered(&f, "power", v));
    called += x;
  }
  near(480, called);
  near((31 * 240 - 480) * 60, account(&f, "alro", PL_LINE_AGREEMENTS));
  near(480 * 299 - 31 * 240 * 40, account(&f, "alro", PL_LINE_ENERGY));
  done(&f);
}

/* Nothing is scarce, so nothing is called back, though the seller might call as much as it likes
 * within what the tolerance leaves. */
static void nothing_is_called_without_need(void **state) {
  (void)state;
  static const char *const rest[] = {
      POWER "    place: node\n    exactly: 10 MW\n    price: 60 USD/MWh\n"
            "    reduction: [10 MW, 480 MWh]\n"
            "overrides: {markets.plant.up to: 200 MW}\n",
      POWER "    place: node\n    exactly: 10 MW\n    price: 60 USD/MWh\n"
            "    reduction: [10 MW, 480 MWh]\n    tolerance: 10 %\n"
            "overrides: {markets.plant.up to: 200 MW}\n",
  };
  for (int i = 0; i < 2; i++) {
    agreed f = planned(grid, rest[i]);
    for (int v = 0; v < 31; v++) near(0, amount(&f, "power", PL_COLUMN_CALLED, -1, v));
    done(&f);
  }
}

/* Nothing moves: azer gets the spot price and pays 85, on 5 MW over the term. */
static void difference_is_settled(void **state) {
  (void)state;
  agreed f = planned(grid, POWER "    financial: yes\n"
                                 "    exactly: 5 MW\n"
                                 "    from: 2026-01-11\n"
                                 "    to: 2026-01-20\n"
                                 "    price: 85 USD/MWh\n"
                                 "    reference: DAM\n");
  near(120 * (3 * (300 - 85) + 7 * (90 - 85)), account(&f, "azer", PL_LINE_AGREEMENTS));
  near(-120 * (3 * (300 - 85) + 7 * (90 - 85)), account(&f, "alro", PL_LINE_AGREEMENTS));
  done(&f);
}

/* --- False answers --------------------------------------------------------------------------- */

static void falsified(const char *head, const char *rest) {
  agreed f = planned(head, rest);
  for (int i = 0; i < f.program->n_column_blocks; i++) {
    const pl_block *b = &f.program->columns[i];
    double *x = &f.solution->col_value[b->first + b->count / 2];
    double const was = *x;
    pl_diag *diag = pl_diag_new();
    pl_audit audit;
    *x += fmax(2, 0.01 * fabs(was));
    if (pl_audit_run(f.schedule, 1e-6, f.arena, &audit, diag) != PL_AUDIT)
      fail_msg("nobody sees a false %s", pl_program_column_name(f.program, b->first, f.arena));
    *x = was;
    pl_diag_free(diag);
  }
  done(&f);
}

static void audit_sees_false_amounts(void **state) {
  (void)state;
  falsified(mill, TWO_MONTHS TOLL "    up to: 3 kt/month\n"
                                  "    leaves: [scrap]\n");
  falsified(grid, POWER "    place: node\n"
                        "    exactly: 10 MW\n"
                        "    price: 60 USD/MWh\n"
                        "    demand charge: 3500 USD/MW/month\n"
                        "    reduction: [10 MW, 480 MWh]\n"
                        "    lot: 1 MWh\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(toll_with_scrap_credited),
      cmocka_unit_test(toll_with_scrap_returned),
      cmocka_unit_test(toll_that_falls_short),
      cmocka_unit_test(venture_by_shares),
      cmocka_unit_test(venture_in_part_load),
      cmocka_unit_test(agency_with_a_closed_market),
      cmocka_unit_test(agency_where_sales_are_levied),
      cmocka_unit_test(demand_charge_on_the_highest_load),
      cmocka_unit_test(reduction_within_its_budget),
      cmocka_unit_test(nothing_is_called_without_need),
      cmocka_unit_test(difference_is_settled),
      cmocka_unit_test(audit_sees_false_amounts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
