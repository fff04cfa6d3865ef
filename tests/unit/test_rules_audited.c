/* Rules that are taken out of the program, and what the independent check says of the plans that
 * break them. Numbers are hand sums, stated beside each case. */
#include "rules_taken_out.h"

/* --- Blends ---------------------------------------------------------------------------------- */

/* 6 kt of billets a month, of scrap (96 % of it becomes billet, with 1 % iron of what becomes it)
 * or of ingot (99 %, 0.1 %). */
static void blends(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {maker: }\n"
      "sites: {works: {party: maker}}\n"
      "materials: {scrap: {unit: t, composition: {fe: 1 %, si: 2 %}}, ingot: {unit: t, "
      "composition: {fe: 0.1 %}}, billet: t}\n"
      "units: {casthouse: {site: works, runs: charge, capacity: 10 kt/month}}\n"
      "markets:\n"
      "  scrap: {site: works, sells: scrap, price: 1000 USD/t}\n"
      "  ingot: {site: works, sells: ingot, price: {2026-01: 2400 USD/t, 2026-02: 500 USD/t}}\n"
      "  billet: {site: works, buys: billet, price: 3000 USD/t, up to: 6 kt/month}\n"
      "processes:\n"
      "  charge: {makes: {billet: 1 t}, blends: {scrap: 96 %, ingot: 99 %}";
  static const rule rules[] = {
      /* scrap alone in January: 6 000 t × 1 % */
      {PL_ROW_CONTENT, ",\n    within: {fe: at most 0.5 %}",
       "fe of units.casthouse in 2026-01: 60, most 30", 12},
      {PL_ROW_CONTENT, ",\n    within: {fe: at most 0.5 %,\n      si: at most 0.3 %}",
       "si of units.casthouse in 2026-01: 120, most 18", 13},
      /* ingot alone in February: 6 000 t × 0.1 %, and no silicon */
      {PL_ROW_CONTENT, ",\n    within: {fe: 0.4 % .. 0.9 %}",
       "fe of units.casthouse in 2026-02: 6, least 24", 12},
      {PL_ROW_CONTENT, ",\n    within: {si: at least 1 %}",
       "si of units.casthouse in 2026-02: 0, least 60", 12},
      /* nothing has to be fed */
      {PL_ROW_BLEND, "", "the blend of units.casthouse in 2026-02: 0, least 6000", 5},
  };
  SEEN(head, "}\n", rules);
}

/* --- Limits ---------------------------------------------------------------------------------- */

/* azer's plant and alro's lane emit, and so do a market and each start; see each limit. */
static void limits(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {alro: , azer: }\n"
      "sites: {works: {party: azer}, port: {party: alro}}\n"
      "materials: {ore: t, metal: t, alloy: t, co2: {unit: t, emission: yes}}\n"
      "processes: {smelt: {makes: {metal: 1 t}, takes: {ore: 2 t}, emits: {co2: 1.5 t}}, mix: "
      "{makes: {alloy: 1 t}, takes: {ore: 1 t}, emits: {co2: 1 t}}}\n"
      "units: {plant: {site: works, runs: {smelt: 1, mix: 1}, capacity: 10 kt/month}}\n"
      "lanes: {rail: {from: port, to: works, moves: [ore, metal], for: azer, emits: {co2: 0.1 "
      "t/t}}}\n"
      "markets:\n"
      "  ore: {site: port, sells: ore, for: azer, price: 100 USD/t}\n"
      "  metal: {site: works, buys: metal, for: azer, price: 1000 USD/t, up to: 6 kt/month, "
      "emits: {co2: 0.2 t/t}}\n"
      "  alloy: {site: works, buys: alloy, for: azer, price: 900 USD/t, up to: 3 kt/month}\n"
      "limits:\n"
      "  held: ";
  /* Unlimited, each month: 6 kt of metal, 3 kt of alloy, 15 kt of ore by rail. */
  static const rule rules[] = {
      {PL_ROW_LIMIT, "{sums: [markets.metal, markets.alloy], up to: 8 kt/month}",
       "up to of limits.held in 2026-02: 9000, most 8000", 13},
      {PL_ROW_LIMIT, "{sums: {markets.metal: 2, markets.alloy: -1}, up to: 8 kt/month}",
       "up to of limits.held in 2026-01: 9000, most 8000", 13},
      {PL_ROW_LIMIT, "{sums: [markets.metal, markets.alloy], up to: 17 kt}",
       "up to of limits.held over all of the time: 18000, most 17000", 13},
      {PL_ROW_LIMIT, "{sums: {markets.metal: -1, markets.alloy: 1}, at least: -2 kt/month}",
       "at least of limits.held in 2026-01: -3000, least -2000", 13},
      {PL_ROW_LIMIT, "{sums: {units.plant.smelt: 1, lanes.rail: 0.2}, exactly: 8 kt/month}",
       "exactly of limits.held in 2026-01: 9000, most 8000", 13},
      {PL_ROW_LIMIT, "{sums: {units.plant: -1, lanes.rail: 0.2}, exactly: -5 kt/month}",
       "exactly of limits.held in 2026-01: -6000, least -5000", 13},
      {PL_ROW_LIMIT, "{sums: {lanes.rail.metal: 1, lanes.rail.ore: 1}, up to: 14 kt/month}",
       "up to of limits.held in 2026-01: 15000, most 14000", 13},
      /* 6 × 1.5 + 3 × 1 of the plant, 6 × 0.2 of the market, 15 × 0.1 of the lane, at the port */
      {PL_ROW_LIMIT, "{sums: [emissions.co2], up to: 10 kt/month}",
       "up to of limits.held in 2026-01: 14700, most 10000", 13},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.works], up to: 10 kt/month}",
       "up to of limits.held in 2026-01: 13200, most 10000", 13},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.site works], up to: 10 kt/month}",
       "up to of limits.held in 2026-01: 13200, most 10000", 13},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.party azer], up to: 10 kt/month}",
       "up to of limits.held in 2026-02: 14700, most 10000", 13},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.port], up to: 1 kt/month}",
       "up to of limits.held in 2026-01: 1500, most 1000", 13},
      {PL_ROW_LIMIT, "{sums: {emissions.co2.azer: 2, markets.metal: 1}, up to: 10 kt/month}",
       "up to of limits.held in 2026-01: 35400, most 10000", 13},
  };
  SEEN(head, "\n", rules);
}

/* What is done by the hour and for others: a start a day, a sale by an agent, a toll. */
static void limits_on_what_is_agreed(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {alro: , azer: }\n"
      "sites: {works: {party: azer}}\n"
      "materials: {ingot: t, coil: t, co2: {unit: t, emission: yes}}\n"
      "processes: {roll: {makes: {coil: 1 t}, takes: {ingot: 1 t}, emits: {co2: 0.5 t}}}\n"
      "units: {mill: {site: works, runs: roll, capacity: 10 kt/month}}\n"
      "markets:\n"
      "  ingot: {site: works, sells: ingot, for: alro, price: 100 USD/t}\n"
      "  ingots: {site: works, sells: ingot, for: azer, price: 120 USD/t}\n"
      "  home: {site: works, buys: coil, for: azer, price: 1000 USD/t, up to: 2 kt/month}\n"
      "  away: {site: works, buys: coil, for: alro, price: 900 USD/t, up to: 5 kt/month, emits: "
      "{co2: 0.1 t/t}}\n"
      "  cheap: {site: works, buys: coil, for: alro, price: 1 USD/t, emits: {co2: 1 kg/t}}\n"
      "agreements:\n"
      "  toll: {kind: toll, owner: alro, toller: azer, unit: mill, runs: roll, brings: ingot, fee: "
      "10 USD/t, up to: 2 kt/month}\n"
      "  agency: {kind: agency, principal: azer, agent: alro, markets: away, commission: 1 %, up "
      "to: 4 kt/month}\n"
      "limits:\n"
      "  held: ";
  /* Unlimited, each month: 2 kt sold at home, 5 kt away, of which at most 2 kt are tolled for
   * alro and at most 4 kt sold for azer; 7 kt rolled. */
  static const rule rules[] = {
      {PL_ROW_LIMIT, "{sums: {units.mill: 1, markets.home: 1}, up to: 8 kt/month}",
       "up to of limits.held in 2026-01: 9000, most 8000", 17},
      {PL_ROW_LIMIT, "{sums: {units.mill.roll: 1, markets.away: 1}, up to: 8 kt/month}",
       "up to of limits.held in 2026-01: 12000, most 8000", 17},
      {PL_ROW_LIMIT, "{sums: {agreements.toll: -1, agreements.agency: -1}, at least: -4 kt/month}",
       "at least of limits.held in 2026-01: -5000, least -4000", 17},
      /* 7 × 0.5 of the mill; 5 × 0.1 of the sales */
      {PL_ROW_LIMIT, "{sums: [emissions.co2], up to: 3 kt/month}",
       "up to of limits.held in 2026-01: 4000, most 3000", 17},
      {PL_ROW_LIMIT, "{sums: {emissions.co2.azer: 1, emissions.co2.alro: 1}, up to: 3 kt/month}",
       "up to of limits.held in 2026-01: 4000, most 3000", 17},
  };
  SEEN(head, "\n", rules);
}

/* Emissions of a plant in part load: 75 of 100 MW take the fuel of 80, and 1 t of CO2 each MWh;
 * each start 50 t more. */
static void limits_on_what_a_load_emits(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-01}\n"
      "parties: {one: }\n"
      "sites: {works: {party: one}, hill: {party: one}}\n"
      "materials: {power: MWh, co2: {unit: t, emission: yes}, gas: MWh}\n"
      "processes: {burn: {makes: {power: 2 MWh}, takes: {gas: 3 MWh}, emits: {co2: 2 t}}}\n"
      "units: {plant: {site: works, runs: burn, capacity: 100 MW, minimum: 50 %, on/off: yes, on "
      "before: no, start emits: {co2: 50 t}, part load: {50 %: 120 %, 100 %: 100 %}}}\n"
      "markets:\n"
      "  gas: {site: works, sells: gas, price: 10 USD/MWh}\n"
      "  power: {site: works, buys: power, price: 90 USD/MWh, up to: 75 MW}\n"
      "  other: {site: works, buys: power, price: 1 USD/MWh, up to: 1 MW}\n"
      "limits:\n"
      "  held: ";
  static const rule rules[] = {
      {PL_ROW_LIMIT, "{sums: [emissions.co2], up to: 50 kt/month}",
       "up to of limits.held over all of the time: 59570, most 50000", 12},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.works], up to: 50 kt/month}",
       "up to of limits.held over all of the time: 59570, most 50000", 12},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.hill, emissions.co2.one], up to: 50 kt/month}",
       "up to of limits.held over all of the time: 59570, most 50000", 12},
  };
  SEEN(head, "\n", rules);
}

/* --- Loads ----------------------------------------------------------------------------------- */

/* The mill rolls 2 kt of coil and 1 kt of foil, at twice the capacity, and half of its capacity is
 * used by 3 kt of the line's: 2 + 2 + 1.5 of 10 × 90 % × 50 %. */
static void loads(void **state) {
  (void)state;
  static const char head[] = "case: {from: 2026-01, to: 2026-02}\n"
                             "parties: {one: }\n"
                             "sites: {works: one}\n"
                             "materials: {coil: t, foil: t, can: t}\n"
                             "processes: {roll: {makes: {coil: 1 t}}, thin: {makes: {foil: 1 t}}, "
                             "coat: {makes: {can: 1 t}}}\n"
                             "units:\n"
                             "  line: {site: works, runs: coat, uses: {mill: 0.5}}\n"
                             "  mill: {site: works, runs: {roll: 1, thin: 2},\n"
                             "    capacity: 10 kt/month, online: 90 %, availability: 50 %";
  static const char dear[] = "}\nmarkets:\n"
                             "  coil: {site: works, buys: coil, price: {2026-01: 5 USD/t, 2026-02: "
                             "12 USD/t}, up to: 2 kt/month}\n"
                             "  foil: {site: works, buys: foil, price: 50 USD/t, up to: {2026-01: "
                             "500 t/month, 2026-02: 1 kt/month}}\n"
                             "  can: {site: works, buys: can, price: 5 USD/t, up to: 3 kt/month}\n";
  static const char worthless[] =
      "}\nmarkets:\n"
      "  coil: {site: works, buys: coil, price: -5 USD/t}\n"
      "  foil: {site: works, buys: foil, price: -1 USD/t, up to: 3 kt/month}\n"
      "  can: {site: works, buys: can, price: -1 USD/t}\n";
  static const rule most[] = {
      {PL_ROW_CAPACITY, "", "the capacity of units.mill in 2026-02: 5500, most 4500", 9},
      /* 2 + 2 × 0.5 = 3 and 4 kt: 10 % and more of 10 kt a month */
      {PL_ROW_RAMP, ",\n    ramp: 5 %/month", "the ramp of units.mill in 2026-02: ", 10},
  };
  static const rule least[] = {
      {PL_ROW_MINIMUM, ",\n    minimum: 60 %",
       "the least load of units.mill in 2026-02: 0, least 2700", 10},
      {PL_ROW_MINIMUM, ",\n    turndown: 30 %",
       "the least load of units.mill in 2026-01: 0, least 3150", 10},
  };
  SEEN(head, dear, most);
  SEEN(head, worthless, least);
}

/* 100 MW at 10 USD/MWh, which is to lie at 80 MW or above but for some hours; 40 MW for 6 of them
 * would be best. */
static void low_loads(void **state) {
  (void)state;
  static const char head[] = "case: {from: 2026-01-01, to: 2026-01-01, step: hour}\n"
                             "parties: {one: }\n"
                             "sites: {works: one}\n"
                             "materials: {power: MWh}\n"
                             "processes: {burn: {makes: {power: 1 MWh}, cost: 10 USD/MWh}}\n"
                             "markets: {pool: {site: works, buys: power, price: POOL}}\n"
                             "quotations: {POOL: {values: {2026-01-01T00:00: 50 USD/MWh, "
                             "2026-01-01T08: -90 USD/MWh, 2026-01-01T14:00: 50 USD/MWh}}}\n"
                             "units: {plant: {site: works, runs: burn, capacity: 100 MW, minimum: "
                             "40 %, normal load: 80 %,\n";
  static const rule rules[] = {
      {PL_ROW_LOW_HOURS, "low hours: 3 h/day",
       "the low hours of units.plant over all of the time: 6, most 3", 9},
      {PL_ROW_LONGEST, "longest low: 2 h",
       "the longest low spell of units.plant in 2026-01-01T11:00: 3, most 2", 9},
      {PL_ROW_RECOVERY, "recovery: 20 h, longest low: 2 h",
       "the recovery of units.plant in 2026-01-01T13:00: 2, most 1", 9},
      {PL_ROW_LOW, "low hours: 1 h/day",
       "the normal load of units.plant in 2026-01-01T13:00: 40, least 80", 8},
  };
  SEEN(head, "}}\n", rules);
}

/* A normal load that no field says anything of is no rule: no row, and no integer. */
static void a_normal_load_alone(void **state) {
  (void)state;
  agreed f = planned("case: {from: 2026-01-01, to: 2026-01-01, step: hour}\n"
                     "parties: {one: }\n"
                     "sites: {works: one}\n"
                     "materials: {power: MWh}\n"
                     "processes: {burn: {makes: {power: 1 MWh}, cost: 10 USD/MWh}}\n"
                     "markets: {pool: {site: works, buys: power, price: 5 USD/MWh}}\n",
                     "units: {plant: {site: works, runs: burn, capacity: 100 MW, minimum: 40 %, "
                     "normal load: 80 %}}\n");
  near(24 * 40 * 5, f.solution->objective);
  assert_int_equal(0, f.program->lp.n_integer);
  for (int i = 0; i < f.program->n_row_blocks; i++)
    assert_int_not_equal(PL_ROW_LOW, f.program->rows[i].kind);
  done(&f);
}

/* --- Stocks and tolls to be kept ------------------------------------------------------------- */

/* 100 t of ore a day are taken, 1 % a month of what is held is lost. */
static void stocks(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-03}\n"
      "parties: {one: }\n"
      "sites: {works: one}\n"
      "materials: {ore: t, metal: t}\n"
      "processes: {smelt: {makes: {metal: 1 t}, takes: {ore: 1 t}}}\n"
      "units: {plant: {site: works, runs: smelt, capacity: 100 t/day}}\n"
      "markets:\n"
      "  ore: {site: works, sells: ore, price: {2026-01: 100 USD/t, 2026-02: 300 USD/t, 2026-03: "
      "90 USD/t}}\n"
      "  metal: {site: works, buys: metal, price: 1000 USD/t}\n"
      "stocks: {heap: {site: works, keeps: ore, initial: 500 t, capacity: 4 kt,\n";
  static const rule rules[] = {
      {PL_ROW_COVER, "final: 0 t,\n cover: 10 d", "the cover of stocks.heap in 2026-02: ", 12},
      {PL_ROW_STOCK, "final: 0 t, fill loss: 1 %",
       "the level of stocks.heap in 2026-01: 0, most -2600", 10},
      {PL_ROW_STOCK, "final: 0 t, fill loss: 1 %",
       "the level of stocks.heap in 2026-02: 0, most -2800", 10},
  };
  SEEN(head, "}}\n", rules);
}

/* --- On and off ------------------------------------------------------------------------------ */

/* 100 MW at 10 USD/MWh of fuel, sold at POOL by the hour. */
static void on_and_off(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01-01, to: 2026-01-01, step: hour}\n"
      "parties: {one: }\n"
      "sites: {works: one}\n"
      "materials: {power: MWh}\n"
      "processes: {burn: {makes: {power: 1 MWh}, cost: 10 USD/MWh}}\n"
      "markets: {pool: {site: works, buys: power, price: POOL, up to: 100 MW}}\n";
#define DEAR_AT_8                                                                                  \
  "quotations: {POOL: {values: {2026-01-01T00:00: -90 USD/MWh, 2026-01-01T08:00: 500 USD/MWh, "    \
  "2026-01-01T10:00: -90 USD/MWh}}}\n"
#define CHEAP_AT_8                                                                                 \
  "quotations: {POOL: {values: {2026-01-01T00:00: 50 USD/MWh, 2026-01-01T08: -90 USD/MWh, "        \
  "2026-01-01T10:00: 50 USD/MWh}}}\n"
#define PLANT                                                                                      \
  "units: {plant: {site: works, runs: burn, capacity: 100 MW, minimum: 50 %, on/off: yes"
  static const rule rules[] = {
      /* off for 2 h before the case, and to stay so for 4 h more */
      {(pl_row_kind)ON,
       CHEAP_AT_8 PLANT ",\n on before: no,\n held before: 2 h, minimum down: 6 h}}",
       "what was before of units.plant in 2026-01-01T03:00: 1, most 0", 10},
      {(pl_row_kind)ON, DEAR_AT_8 PLANT ",\n on before: yes,\n held before: 2 h, minimum up: 5 h}}",
       "what was before of units.plant in 2026-01-01T02:00: ", 10},
      {PL_ROW_DOWN, CHEAP_AT_8 PLANT ",\n minimum down: 6 h}}",
       "the minimum down of units.plant in 2026-01-01T10:00: 1, most 0", 9},
      {PL_ROW_UP, DEAR_AT_8 PLANT ", on before: no,\n minimum up: 6 h}}",
       "the minimum up of units.plant in 2026-01-01T10:00: 1, most 0", 9},
      {PL_ROW_ON_LEAST, CHEAP_AT_8 PLANT ", start cost: 1 MUSD}}",
       "the least load of units.plant in 2026-01-01T09:00: 0, least 50", 8},
      {PL_ROW_ON_MOST, DEAR_AT_8 PLANT ", on before: no, cost when on: 1 kUSD/h}}",
       "the capacity while on of units.plant in 2026-01-01T09:00: 100, most 0", 8},
      {PL_ROW_STARTED, DEAR_AT_8 PLANT ", on before: no, start cost: 1 kUSD}}",
       "the starts of units.plant in 2026-01-01T08:00: 0, least 1", 8},
  };
  SEEN(head, "\n", rules);
}

/* A unit may start and stop at its least load, and not below. */
static pl_status started_at(const char *fields) {
  agreed f = {.diag = pl_diag_new(), .files = pl_files_new(NULL, 0), .arena = pl_arena_new()};
  const char *text = pl_arena_printf(
      f.arena,
      "case: {from: 2026-01-01, to: 2026-01-01, step: hour}\n"
      "parties: {one: }\n"
      "sites: {works: one}\n"
      "materials: {power: MWh}\n"
      "processes: {burn: {makes: {power: 1 MWh}, cost: 10 USD/MWh}}\n"
      "markets: {pool: {site: works, buys: power, price: 50 USD/MWh}}\n"
      "units: {plant: {site: works, runs: burn, capacity: 70 MW, minimum: 30 %%, on/off: yes, "
      "ramp: 20 %%/h, %s}}\n",
      fields);
  pl_case_options const none = {0};
  pl_files_prime(f.files, "case.yaml", text, strlen(text));
  must(&f, pl_case_read("case.yaml", f.files, &none, &f.c, f.diag));
  pl_status const status = pl_program_build(f.c, &f.program, f.diag);
  if (status != PL_OK) says(pl_diag_at(f.diag, 0)->text, "is below its minimum load");
  done(&f);
  return status;
}

static void starts_at_the_least_load(void **state) {
  (void)state;
  assert_int_equal(PL_OK, started_at("start load: 30 %, stop load: 30 %"));
  assert_int_equal(PL_RANGE, started_at("start load: 29.9 %"));
  assert_int_equal(PL_RANGE, started_at("stop load: 29.9 %"));
}

/* Of three lanes and a market, each used in every month, only some may be. */
static void limits_on_how_many(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {one: }\n"
      "sites: {from: {party: one}, to: {party: one}}\n"
      "materials: {ore: t}\n"
      "lanes:\n"
      "  a: {from: from, to: to, moves: ore, up to: 1 kt/month, minimum when used: 100 t}\n"
      "  b: {from: from, to: to, moves: ore, up to: 1 kt/month, minimum when used: 100 t}\n"
      "markets:\n"
      "  bought: {site: from, sells: ore, price: 100 USD/t, up to: 5 kt/month, minimum when used: "
      "100 t}\n"
      "  sold: {site: to, buys: ore, price: 200 USD/t}\n"
      "limits:\n"
      "  held: ";
  static const rule rules[] = {
      {PL_ROW_COUNT, "{counts: [lanes.a, lanes.b, markets.bought], up to: 2}",
       "up to of limits.held in 2026-02: 3, most 2", 12},
      {PL_ROW_COUNT, "{counts: [lanes.a, lanes.b], up to: 1}",
       "up to of limits.held in 2026-01: 2, most 1", 12},
  };
  SEEN(head, "\n", rules);
}

/* What exceeds a soft limit at 1 USD/t is over it; its rows alone say so. */
static void limits_that_cost(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {one: }\n"
      "sites: {works: {party: one}}\n"
      "materials: {ore: t}\n"
      "markets:\n"
      "  bought: {site: works, sells: ore, price: 100 USD/t}\n"
      "  sold: {site: works, buys: ore, price: 200 USD/t, up to: 4 kt/month}\n"
      "limits:\n"
      "  held: ";
  static const rule rules[] = {
      {PL_ROW_LIMIT,
       "{sums: {markets.bought: 1, markets.sold: 1}, up to: 5 kt/month, penalty: 1 USD/t}",
       "up to of limits.held in 2026-02: 8000, most 5000", 9},
      {PL_ROW_LIMIT,
       "{sums: {markets.bought: 1, markets.sold: 1}, at least: 9 kt/month, penalty: 1 USD/t}",
       "at least of limits.held in 2026-02: 8000, least 9000", 9},
  };
  SEEN(head, "\n", rules);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blends),
      cmocka_unit_test(limits),
      cmocka_unit_test(limits_on_what_is_agreed),
      cmocka_unit_test(limits_on_what_a_load_emits),
      cmocka_unit_test(loads),
      cmocka_unit_test(low_loads),
      cmocka_unit_test(a_normal_load_alone),
      cmocka_unit_test(stocks),
      cmocka_unit_test(on_and_off),
      cmocka_unit_test(starts_at_the_least_load),
      cmocka_unit_test(limits_on_how_many),
      cmocka_unit_test(limits_that_cost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
