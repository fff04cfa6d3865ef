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
  agreed f = planned("case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"
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
      cmocka_unit_test(emissions_of_power_are_limited),
      cmocka_unit_test(carbon_intensity_is_limited),
      cmocka_unit_test(emissions_of_power_are_levied),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
