/* Power by the hour as it is bought: highest loads and their charges, connections, and what a
 * megawatt-hour emits. Expectations are reckoned by hand beside each case. */
#include "unit/flexible.h"

/* One day: 10 MW until noon, 20 MW after, power at 50 USD/MWh. A month's charge counts for the day
 * that is planned of its 31. */
static const char load[] =
    "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"
    "parties: {smelter: }\n"
    "sites: {works: smelter, node: smelter}\n"
    "materials: {power: {unit: MWh, step: hour}}\n"
    "quotations:\n"
    "  LOAD: {unit: MW, values: {2026-01-01T00: 10 MW, 2026-01-01T12: 20 MW}}\n";

/* A battery of 30 MWh brings the load to 12.5 and 17.5 MW. */
#define BATTERY                                                                                    \
  "stocks: {battery: {site: works, keeps: power, capacity: 30 MWh, fill: 5 MW, draw: 5 MW}}\n"

static void charge_on_the_highest_load(void **state) {
  (void)state;
  double const charge = 3100.0 / 31;
  agreed f = planned(load, "markets:\n"
                           "  grid: {site: works, sells: power, demand charge: 3100 USD/MW/month,\n"
                           "    tiers: [{next: 8 MW, price: 50 USD/MWh}, {price: 50 USD/MWh}]}\n"
                           "  need: {site: works, buys: power, exactly: LOAD}\n");
  near(20, value_of(&f, "markets.grid", PL_COLUMN_MARKET_PEAK, 0));
  near(-(360 * 50 + 20 * charge), account(&f, "smelter", PL_LINE_ENERGY));
  done(&f);
  f = planned(load, "markets:\n"
                    "  grid: {site: works, sells: power, demand charge: 3100 USD/MW/month,\n"
                    "    price: 50 USD/MWh}\n"
                    "  need: {site: works, buys: power, exactly: LOAD}\n" BATTERY);
  near(17.5, value_of(&f, "markets.grid", PL_COLUMN_MARKET_PEAK, 0));
  near(-(360 * 50 + 17.5 * charge), earned(&f));
  done(&f);
}

/* The charge is the connection's: all that comes over it counts, wherever it was bought. */
static void charge_on_a_connection(void **state) {
  (void)state;
  agreed f = planned(
      load,
      "markets:\n"
      "  spot: {site: node, sells: power, price: 50 USD/MWh, up to: 9 MW}\n"
      "  ppa: {site: node, sells: power, price: 50 USD/MWh, up to: 9 MW}\n"
      "  need: {site: works, buys: power, exactly: LOAD}\n"
      "lanes:\n"
      "  connection: {from: node, to: works, moves: power, demand charge: 3100 USD/MW/month,\n"
      "    capacity: 19 MW}\n" BATTERY);
  near(17.5, value_of(&f, "lanes.connection", PL_COLUMN_LANE_PEAK, 0));
  near(-17.5 * 100, account(&f, "smelter", PL_LINE_FREIGHT));
  done(&f);
}

/* Two parties pay each on its own highest load, in different hours. */
static void each_party_pays_its_own(void **state) {
  (void)state;
  agreed f = planned(
      "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"
      "parties: {one: , two: }\n"
      "sites: {node: }\n"
      "materials: {power: {unit: MWh, step: hour}}\n"
      "quotations:\n"
      "  A: {unit: MW, values: {2026-01-01T00: 10 MW, 2026-01-01T12: 4 MW}}\n"
      "  B: {unit: MW, values: {2026-01-01T00: 3 MW, 2026-01-01T12: 7 MW}}\n",
      "markets:\n"
      "  grid: {site: node, sells: power, price: 0 USD/MWh, demand charge: 3100 USD/MW/month}\n"
      "  a: {site: node, buys: power, exactly: A, for: one}\n"
      "  b: {site: node, buys: power, exactly: B, for: two}\n");
  near(-1000, account(&f, "one", PL_LINE_ENERGY));
  near(-700, account(&f, "two", PL_LINE_ENERGY));
  done(&f);
}

/* --- Months, and periods that are not months ---------------------------------------------------
 */

/* The load of a quarter or a year is even, so every month of it has that load. Power itself is
 * free. */
#define DEMAND                                                                                     \
  "parties: {smelter: }\n"                                                                         \
  "sites: {works: smelter, node: smelter}\n"                                                       \
  "markets:\n"                                                                                     \
  "  grid: {site: works, sells: power, price: 0 USD/MWh, demand charge: 3100 USD/MW/month}\n"      \
  "  need: {site: works, buys: power, exactly: LOAD}\n"

static double charged(const char *step, const char *load_by_time) {
  char text[1200];
  (void)snprintf(text, sizeof text, "case: {from: 2026-01, to: 2026-12, step: %s}\n%s%s", step,
                 "materials: {power: MWh}\n" DEMAND, load_by_time);
  agreed f = planned(text, "");
  double const paid = -account(&f, "smelter", PL_LINE_ENERGY);
  done(&f);
  return paid;
}

static void a_longer_period_has_its_load_in_every_month(void **state) {
  (void)state;
#define BY_QUARTER                                                                                 \
  "quotations:\n"                                                                                  \
  "  LOAD: {unit: MW, values: {2026-01: 10 MW, 2026-04: 20 MW, 2026-07: 30 MW, 2026-10: 5 MW}}\n"
  double const due = 3100 * 3 * (10 + 20 + 30 + 5);
  near(due, charged("month", BY_QUARTER));
  near(due, charged("quarter", BY_QUARTER));
  near(3100 * 12 * 7, charged("year", "quotations: {LOAD: 7 MW}\n"));
}

/* The week of 26 January has 40 MW and lies in both months, all others have 10 MW: both months pay
 * for 40. */
static void a_week_in_two_months_counts_in_both(void **state) {
  (void)state;
  near(3100 * (2 * 40 + 10 * 10),
       charged("week", "quotations:\n"
                       "  LOAD: {unit: MW, values: {2026-01: 10 MW, 2026-01-26: 40 MW,\n"
                       "    2026-02-02: 10 MW}}\n"));
}

/* A lane and an agreement, by quarter, like the market. */
static void lanes_and_agreements_count_months_too(void **state) {
  (void)state;
  static const char by_quarter[] =
      "case: {from: 2026-01, to: 2026-06, step: quarter}\n"
      "parties: {smelter: , plant: }\n"
      "sites: {works: smelter, node: plant}\n"
      "materials: {power: MWh}\n"
      "quotations: {LOAD: {unit: MW, values: {2026-01: 10 MW, 2026-04: 20 MW}}}\n";
  agreed f =
      planned(by_quarter, "markets:\n"
                          "  grid: {site: node, sells: power, for: smelter, price: 0 USD/MWh}\n"
                          "  need: {site: works, buys: power, exactly: LOAD}\n"
                          "lanes:\n"
                          "  line: {from: node, to: works, moves: power, for: smelter,\n"
                          "    demand charge: 3100 USD/MW/month}\n");
  near(-3100 * 3 * 30, account(&f, "smelter", PL_LINE_FREIGHT));
  done(&f);
  f = planned(by_quarter, "markets:\n"
                          "  grid: {site: works, sells: power, for: plant, price: 0 USD/MWh}\n"
                          "  need: {site: works, buys: power, exactly: LOAD, for: smelter}\n"
                          "agreements:\n"
                          "  ppa: {kind: power, seller: plant, buyer: smelter, material: power,\n"
                          "    place: works, demand charge: 3100 USD/MW/month}\n");
  near(-3100 * 3 * 30, account(&f, "smelter", PL_LINE_AGREEMENTS));
  near(3100 * 3 * 30, account(&f, "plant", PL_LINE_AGREEMENTS));
  done(&f);
}

/* Typical days of a year stand for days of all its months, and each month pays for the highest load
 * of its own: with every day kept apart by what it needs, as much as the full year does. */
static void a_typical_day_counts_in_every_month_it_stands_for(void **state) {
  (void)state;
  static const char things[] =
      "materials: {power: {unit: MWh, step: hour}}\n" DEMAND "quotations:\n"
      "  LOAD: {unit: MW, values: {2026-01-01T00: 10 MW, 2026-01-01T12: 20 MW, 2026-01-02: 10 MW,\n"
      "    2026-02-10T06: 20 MW, 2026-02-11: 10 MW, 2026-05-10T12: 20 MW, 2026-05-11: 10 MW}}\n";
  double paid[2];
  for (int k = 0; k < 2; k++) {
    char head[200];
    (void)snprintf(head, sizeof head, "case: {from: 2026-01, to: 2026-06, step: month%s}\n",
                   k ? ", typical of: year, typical days: 3" : "");
    agreed f = planned(head, things);
    paid[k] = -account(&f, "smelter", PL_LINE_ENERGY);
    done(&f);
  }
  near(3100 * (3 * 20 + 3 * 10), paid[0]);
  near(paid[0], paid[1]);
}

/* --- What a megawatt-hour emits --------------------------------------------------------------- */

/* 240 MWh in a day, at most 20 MW. Until noon power costs 60 USD/MWh and emits 0.2 t/MWh, after
 * that 40 USD/MWh and 0.5 t/MWh. */
static const char carbon[] =
    "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"
    "parties: {smelter: }\n"
    "materials: {power: {unit: MWh, step: hour}, co2-grid: {unit: t, emission: yes},\n"
    "  co2: {unit: t, emission: yes}}\n"
    "quotations:\n"
    "  SPOT: {unit: USD/MWh, values: {2026-01-01T00: 60 USD/MWh, 2026-01-01T12: 40 USD/MWh}}\n"
    "  GRID.CO2: {unit: t/MWh, values: {2026-01-01T00: 0.2 t/MWh, 2026-01-01T12: 0.5 t/MWh}}\n"
    "markets:\n"
    "  grid: {site: works, sells: power, price: SPOT, emits: {co2-grid: GRID.CO2}}\n"
    "  need: {site: works, buys: power, exactly: 240 MWh, up to: 20 MW}\n";

/* At most 78 t: x + y = 240 and 0.2 x + 0.5 y = 78, so 100 MWh come from the cheap hours. */
static void emissions_of_power_are_limited(void **state) {
  (void)state;
  agreed f = planned(carbon, "sites: {works: smelter}\n");
  near(-240 * 40, earned(&f));
  done(&f);
  f = planned(carbon, "sites: {works: smelter}\n"
                      "limits: {green: {sums: [emissions.co2-grid.works], up to: 78 t}}\n");
  near(-(140 * 60 + 100 * 40), earned(&f));
  done(&f);
  f = planned(carbon, "sites: {works: smelter}\n" /* direct emissions are another material */
                      "limits: {direct: {sums: [emissions.co2], up to: 0 t}}\n");
  near(-240 * 40, earned(&f));
  done(&f);
}

/* A carbon intensity: no more than 0.325 t for each MWh used, 78 t on 240 MWh. */
static void carbon_intensity_is_limited(void **state) {
  (void)state;
  agreed f = planned(carbon, "sites: {works: smelter}\n"
                             "limits:\n"
                             "  intensity: {up to: 0 t, sums: {emissions.co2-grid: 1,\n"
                             "    markets.need: -0.325 t/MWh}}\n");
  near(-(140 * 60 + 100 * 40), earned(&f));
  done(&f);
}

/* At 100 USD/t the cheap hours cost 90 and the others 80 USD/MWh. */
static void emissions_of_power_are_levied(void **state) {
  (void)state;
  agreed f = planned(carbon, "sites: {works: {party: smelter, levies: {co2-grid: 100 USD/t}}}\n");
  near(-240 * 60, account(&f, "smelter", PL_LINE_ENERGY));
  near(-240 * 0.2 * 100, account(&f, "smelter", PL_LINE_CARBON));
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(charge_on_the_highest_load),
      cmocka_unit_test(charge_on_a_connection),
      cmocka_unit_test(each_party_pays_its_own),
      cmocka_unit_test(a_longer_period_has_its_load_in_every_month),
      cmocka_unit_test(a_week_in_two_months_counts_in_both),
      cmocka_unit_test(lanes_and_agreements_count_months_too),
      cmocka_unit_test(a_typical_day_counts_in_every_month_it_stands_for),
      cmocka_unit_test(emissions_of_power_are_limited),
      cmocka_unit_test(carbon_intensity_is_limited),
      cmocka_unit_test(emissions_of_power_are_levied),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
