/* The same of lanes, markets, part load, reserves and planned stops: each rule is taken out of the
 * program by turns, and the independent check must name it. Numbers are hand sums. */
#include "rules_taken_out.h"

/* Ore and coal go by rail, 4 and 2 kt a month where nothing holds them; half of what is loaded in a
 * month of 30 days arrives in the next. */
static void lanes(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-03, to: 2026-04}\n"
      "parties: {one: }\n"
      "sites: {pit: one, works: one}\n"
      "materials: {ore: t, coal: t}\n"
      "markets:\n"
      "  ore: {site: pit, sells: ore, price: 10 USD/t}\n"
      "  coal: {site: pit, sells: coal, price: 10 USD/t}\n"
      "  ores: {site: works, buys: ore, price: 100 USD/t, up to: 4 kt/month}\n"
      "  coals: {site: works, buys: coal, price: 50 USD/t, up to: 2 kt/month}\n"
      "lanes:\n"
      "  rail: {from: pit, to: works, moves: [ore, coal],\n";
  static const rule rules[] = {
      {PL_ROW_LANE_CAPACITY, "capacity: 5 kt/month",
       "the capacity of lanes.rail in 2026-04: 6000, most 5000", 12},
      {PL_ROW_LANE_BOUND, "up to: [5 kt/month]", "up to of lanes.rail in 2026-03: 6000, most 5000",
       12},
      {PL_ROW_LANE_BOUND, "up to: 11 kt",
       "up to of lanes.rail over all of the time: 12000, most 11000", 12},
      {PL_ROW_LANE_BOUND, "cost: 95 USD/t, at least: 1 kt/month",
       "at least of lanes.rail in 2026-04: 0, least 1000", 12},
      {PL_ROW_LANE_BOUND, "exactly: 5 kt/month",
       "exactly of lanes.rail in 2026-04: 6000, most 5000", 12},
      {PL_ROW_LANE_MOST, "fixed charge: 1 kUSD, up to: 8 kt/month",
       "the minimum when used of lanes.rail in 2026-04: 6000, most 0", 11},
      {PL_ROW_LANE_LEAST, "fixed charge: 1 kUSD, up to: 8 kt/month, minimum when used: 7 kt",
       "the minimum when used of lanes.rail in 2026-03: 6000, least 7000", 12},
      {PL_ROW_LANE_PEAK, "demand charge: 9 USD/(t/h)/month",
       "the highest load of lanes.rail in 2026-04: 2.77777778, most 0", 12},
      {PL_ROW_UNDER_WAY, "time: 15 d, for: one, cost: 85 USD/t,\n under way: {ore: 1200 t}",
       "under way of lanes.rail over all of the time: 0, least 1200", 13},
  };
  SEEN(head, "}\n", rules);
}

/* 9 kt a month are bought where nothing holds them, and sold. */
static void markets(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {one: , two: }\n"
      "sites: {works: one}\n"
      "materials: {ore: t}\n"
      "markets:\n"
      "  sold: {site: works, buys: ore, for: one, price: 100 USD/t, up to: 9 kt/month}\n"
      "  bought: {site: works, sells: ore, for: [one, two],\n";
  static const rule rules[] = {
      {PL_ROW_MARKET_BOUND, "price: 10 USD/t, up to: 8 kt/month",
       "up to of markets.bought in 2026-02: 9000, most 8000", 8},
      {PL_ROW_MARKET_BOUND, "price: 10 USD/t, up to: [8 kt/month, 17 kt]",
       "up to of markets.bought over all of the time: 18000, most 17000", 8},
      {PL_ROW_MARKET_BOUND, "price: 110 USD/t, at least: 1 kt/month",
       "at least of markets.bought in 2026-02: 0, least 1000", 8},
      {PL_ROW_MARKET_BOUND, "price: 110 USD/t, at least: 1 kt/month, short at: 9 USD/t",
       "at least of markets.bought in 2026-02: 0, least 1000", 8},
      {PL_ROW_MARKET_BOUND, "price: 110 USD/t, exactly: 1 kt/month",
       "exactly of markets.bought in 2026-01: 0, least 1000", 8},
      {PL_ROW_TIER_BOUND,
       "tiers: [{next: 2 kt/month, price: 10 USD/t},\n {next: 3 kt/month, price: 20 USD/t}, "
       "{price: 200 USD/t}]",
       "tier 1: next of markets.bought in 2026-02: 9000, most 2000", 8},
      {PL_ROW_MARKET_MOST, "price: 10 USD/t, fixed charge: 1 kUSD, up to: 12 kt/month",
       "the minimum when used of markets.bought in 2026-01: 9000, most 0", 7},
      {PL_ROW_MARKET_LEAST,
       "price: 10 USD/t, fixed charge: 1 kUSD, up to: 12 kt/month, minimum when used: 10 kt",
       "the minimum when used of markets.bought in 2026-02: 9000, least 10000", 8},
      {PL_ROW_MARKET_PEAK, "price: 10 USD/t, demand charge: 9 USD/(t/h)/month",
       "the highest load of markets.bought in 2026-02: 13.3928571, most 0", 8},
  };
  SEEN(head, "}\n", rules);
}

/* 75 MW of power at 90 USD/MWh, of a plant that takes 2 MWh of gas for each. At 75 % of its
 * capacity it takes the gas of 80 MW where 50 % take that of 60 MW, and of 89.58 MW where 70 % take
 * that of 87.5 MW; it stops for 3 h. */
static void plants(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01-01, to: 2026-01-01, step: hour}\n"
      "parties: {one: }\n"
      "sites: {works: one}\n"
      "materials: {power: MWh, gas: MWh}\n"
      "processes: {burn: {makes: {power: 1 MWh}, takes: {gas: 2 MWh}}}\n"
      "markets:\n"
      "  gas: {site: works, sells: gas, price: 20 USD/MWh}\n"
      "  power: {site: works, buys: power, price: 90 USD/MWh, up to: 75 MW}\n"
      "units:\n"
      "  plant: {site: works, runs: burn, capacity: 100 MW,\n";
  static const rule rules[] = {
      {PL_ROW_LOADED, "minimum: 50 %, part load: {50 %: 120 %, 100 %: 100 %}",
       "the part load of units.plant in 2026-01-01T09:00: 0, least 5", 11},
      {PL_ROW_EXTRA_USE, "minimum: 50 %, part load: {50 %: 120 %, 100 %: 100 %}",
       "the part load of units.plant in 2026-01-01T00:00: 0, least 5", 11},
      {PL_ROW_SEGMENT_MOST, "minimum: 50 %, part load: {50 %: 120 %, 70 %: 125 %, 100 %: 100 %}",
       "the part load of units.plant in 2026-01-01T01:00: 0, least 14.58", 11},
      {PL_ROW_SEGMENT_LEAST, "minimum: 50 %, part load: {50 %: 120 %, 70 %: 125 %, 100 %: 100 %}",
       "the part load of units.plant in 2026-01-01T01:00: 0, least 14.58", 11},
      {PL_ROW_OUT,
       "on/off: yes}\noutages:\n  stop: {unit: plant, lasts: 3 h, step: hour, share: 100 %",
       "the capacity while on of units.plant in 2026-01-01T22:00: 2, most 1", 10},
      {PL_ROW_CAPACITY,
       "minimum: 0 %}\noutages:\n  stop: {unit: plant, lasts: 3 h, step: hour, share: 80 %",
       "the capacity of units.plant in 2026-01-01T23:00: 75, most 20", 10},
      {PL_ROW_ONCE,
       "cost: 5 USD/MWh}\noutages:\n  stop: {unit: plant, lasts: 3 h, step: hour, share: 100 %",
       "the window of outages.stop over all of the time: 0, least 1", 13},
  };
  SEEN(head, "}\n", rules);
}

/* The same plant keeps what is called up or down for 10 USD/MWh: 25 MW above its 75 MW and 55 MW
 * down to its 20 MW. Free, 95 MW of each are kept, in 95 MW of room or in half or twice that. */
static void reserves(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01-01, to: 2026-01-01, step: hour}\n"
      "parties: {one: }\n"
      "sites: {works: one}\n"
      "materials: {power: MWh, up: MWh, down: MWh}\n"
      "processes: {burn: {makes: {power: 1 MWh}, cost: 40 USD/MWh}}\n"
      "markets:\n"
      "  power: {site: works, buys: power, price: 90 USD/MWh, up to: 75 MW}\n"
      "  up: {site: works, buys: up, price: 10 USD/MWh, up to: 95 MW}\n"
      "  down: {site: works, buys: down, price: 10 USD/MWh, up to: 95 MW}\n"
      "units:\n"
      "  plant: {site: works, runs: burn, capacity: 100 MW, minimum: 20 %,\n";
  static const rule rules[] = {
      {PL_ROW_ROOM_ABOVE, "room above: {up: 100 %}, room below: {down: 100 %}",
       "the room above of units.plant in 2026-01-01T05:00: 170, most 100", 12},
      {PL_ROW_ROOM_ABOVE, "on/off: yes, room above: {up: 200 %}, room below: {down: 100 %}",
       "the room above of units.plant in 2026-01-01T05:00: 122.5, most 100", 12},
      {PL_ROW_ROOM_BELOW, "room above: {up: 100 %}, room below: {down: 100 %}",
       "the room below of units.plant in 2026-01-01T09:00: -20, least 20", 12},
      {PL_ROW_ROOM_BELOW, "on/off: yes, room above: {up: 100 %}, room below: {down: 50 %}",
       "the room below of units.plant in 2026-01-01T09:00: -115, least 20", 12},
  };
  SEEN(head, "}\n", rules);
}

/* Twelve days stand behind three typical ones; a stop of two may begin on any day but the last.
 * Power is worth least from the sixth day to the eighth. */
static void stops_behind_typical_days(void **state) {
  (void)state;
  agreed f = planned(
      "case: {from: 2026-01-01, to: 2026-01-12, step: day, typical days: 3}\n"
      "parties: {one: }\n"
      "sites: {works: one}\n"
      "materials: {power: {unit: MWh, step: hour}}\n"
      "processes: {burn: {makes: {power: 1 MWh}, cost: 10 USD/MWh}}\n"
      "markets: {pool: {site: works, buys: power, price: POOL}}\n"
      "units: {plant: {site: works, runs: burn, capacity: 100 MW}}\n"
      "outages: {stop: {unit: plant, lasts: 2 d}}\n",
      "quotations: {POOL: {values: {2026-01-01: 50 USD/MWh, 2026-01-06: 20 USD/MWh, 2026-01-09: 90 "
      "USD/MWh}}}\n");
  int begins = 0, when = -1;
  for (int i = 0; i < f.program->n_column_blocks; i++) {
    const pl_block *k = &f.program->columns[i];
    for (int v = 0; k->kind == PL_COLUMN_BEGIN && v < k->count; v++) {
      begins += f.program->lp.upper[k->first + v] > 0;
      if (f.solution->col_value[k->first + v] > 0.5) when = v;
    }
  }
  assert_int_equal(11, begins);
  assert_in_range(when, 5, 6);
  near(-24 * 100 * (5 * 40.0 + 1 * 10 + 4 * 80), f.solution->objective);
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(lanes), cmocka_unit_test(markets),
                                     cmocka_unit_test(plants), cmocka_unit_test(reserves),
                                     cmocka_unit_test(stops_behind_typical_days)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
