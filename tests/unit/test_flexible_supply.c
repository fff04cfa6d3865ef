/* A smelter's power from every side by the hour: day-ahead, agreements of each shape, own plants on
 * line-pack and a reservoir, a connection, calls on its load; and what its carbon costs. Every
 * expectation is reckoned by hand. */
#include "unit/flexible.h"

/* --- Everything together ---------------------------------------------------------------------- */

/* Until noon a megawatt-hour costs 40 USD, then 100. The potline takes 98 MW. Of a producer it buys
 * 30 MW base load, 25 and 15 MW by shape, and what a wind park makes, 10 and 5 MW; 10 MW are hedged
 * at 65 USD. Gas comes at 30 MW all day: 200 MWh of the morning's 360 stay in the line, 160 make 80
 * MWh at once, and the other 560 make 280 MWh in the afternoon. Of 10 m3 of water an hour the
 * turbine can use 15 from noon on, 180; so 60 are used before. What is missing is bought: 12 · 33 −
 * 140 MWh in the morning, 12 · 48 − 460 in the afternoon. */
static const char day[] =
    "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"
    "parties: {alro: , producer: }\n"
    "sites: {works: alro, park: producer}\n"
    "materials: {power: {unit: MWh, step: hour}, gas: {unit: MWh, step: hour},\n"
    "  water: {unit: m3, step: hour}, ingot: {unit: t, step: hour}}\n"
    "processes:\n"
    "  smelt: {makes: {ingot: 1 t}, takes: {power: 14 MWh}}\n"
    "  burn: {makes: {power: 1 MWh}, takes: {gas: 2 MWh}}\n"
    "  fall: {makes: {power: 1 MWh}, takes: {water: 1 m3}}\n"
    "  blow: {makes: {power: 1 MWh}}\n"
    "units:\n"
    "  potline: {site: works, runs: smelt, capacity: 7 t/h}\n"
    "  plant: {site: works, runs: burn, capacity: 30 MW}\n"
    "  turbine: {site: works, runs: fall, capacity: 15 MW}\n"
    "  wind: {site: works, party: producer, runs: blow, capacity: 20 MW, availability: WIND}\n"
    "stocks:\n"
    "  line-pack: {site: works, keeps: gas, capacity: 200 MWh}\n"
    "  reservoir: {site: works, keeps: water, capacity: 100 m3}\n"
    "markets:\n"
    "  spot: {site: works, sells: power, for: alro, price: SPOT}\n"
    "  surplus: {site: works, buys: power, for: alro, price: SPOT - 1 USD/MWh, up to: 500 MW}\n"
    "  pool: {site: works, sells: power, for: producer, price: SPOT}\n"
    "  pipeline: {site: works, sells: gas, exactly: 30 MW, price: 20 USD/MWh}\n"
    "  river: {site: works, sells: water, exactly: 10 m3/h}\n"
    "  rotterdam: {site: works, buys: ingot, price: 2000 USD/t}\n"
    "quotations:\n"
    "  SPOT: {unit: USD/MWh, values: {2026-01-01T00: 40 USD/MWh, 2026-01-01T12: 100 USD/MWh}}\n"
    "  WIND: {values: {2026-01-01T00: 50 %, 2026-01-01T12: 25 %}}\n"
    "  SHAPE: {unit: MW, values: {2026-01-01T00: 25 MW, 2026-01-01T12: 15 MW}}\n"
    "agreements:\n"
    "  base: {kind: power, seller: producer, buyer: alro, material: power, place: works,\n"
    "    exactly: 30 MW, price: 60 USD/MWh}\n"
    "  shaped: {kind: power, seller: producer, buyer: alro, material: power, place: works,\n"
    "    exactly: SHAPE * 1, price: 62 USD/MWh}\n"
    "  as-produced: {kind: power, seller: producer, buyer: alro, material: power, place: works,\n"
    "    of: [units.wind], price: 55 USD/MWh}\n"
    "  hedge: {kind: power, seller: producer, buyer: alro, material: power, financial: yes,\n"
    "    exactly: 10 MW, price: 65 USD/MWh, reference: SPOT}\n";

static void a_day_of_a_smelter(void **state) {
  (void)state;
  agreed f = planned(day, "");
  double const agreements = -(30 * 24 * 60.0) - (25 + 15) * 12 * 62.0 - (10 + 5) * 12 * 55.0 +
                            10 * 12 * ((40 - 65.0) + (100 - 65.0));
  double const energy = -(12 * 33 - 140) * 40.0 - (12 * 48 - 460) * 100.0 - 30 * 24 * 20.0;
  near(7 * 24 * 2000.0, account(&f, "alro", PL_LINE_SALES));
  near(energy, account(&f, "alro", PL_LINE_ENERGY));
  near(agreements, account(&f, "alro", PL_LINE_AGREEMENTS));
  near(-agreements, account(&f, "producer", PL_LINE_AGREEMENTS));
  near(-12 * (55 * 40 + 45 * 100.0), account(&f, "producer", PL_LINE_ENERGY));
  double morning = 0;
  for (int h = 0; h < 12; h++) morning += value_of(&f, "units.plant", PL_COLUMN_RUN, h);
  near(80, morning);
  near(240, sum_of(&f, "units.turbine", PL_COLUMN_RUN));
  done(&f);
}

/* --- Calls on the load ------------------------------------------------------------------------ */

/* A tonne of 14 MWh earns 2000 USD: 143 a megawatt-hour. From 18 to 21 the seller gets 300 for it.
 * It may call 9.8 MW, as far as the potline turns down: 29.4 MWh in three hours, or its budget. */
static double called(const char *reduction) {
  agreed f = planned(
      "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"
      "parties: {alro: , producer: }\n"
      "sites: {works: alro}\n"
      "materials: {power: {unit: MWh, step: hour}, ingot: {unit: t, step: hour}}\n"
      "processes: {smelt: {makes: {ingot: 1 t}, takes: {power: 14 MWh}}}\n"
      "units: {potline: {site: works, runs: smelt, capacity: 7 t/h, turndown: 10 %}}\n"
      "markets:\n"
      "  pool: {site: works, sells: power, for: producer, price: 50 USD/MWh, up to: 98 MW}\n"
      "  spot: {site: works, buys: power, for: producer, price: SPOT}\n"
      "  rotterdam: {site: works, buys: ingot, price: 2000 USD/t}\n"
      "quotations:\n"
      "  SPOT: {unit: USD/MWh, values: {2026-01-01T00: 20 USD/MWh, 2026-01-01T18: 300 USD/MWh,\n"
      "    2026-01-01T21: 20 USD/MWh}}\n"
      "agreements:\n"
      "  ppa: {kind: power, seller: producer, buyer: alro, material: power, place: works,\n"
      "    exactly: 98 MW, price: 45 USD/MWh, reduction: ",
      reduction);
  double sum = 0;
  for (int h = 18; h < 21; h++) sum += amount(&f, "ppa", PL_COLUMN_CALLED, -1, h);
  double const rest = sum_of(&f, "agreements.ppa", PL_COLUMN_CALLED) - sum;
  double const made = sum_of(&f, "units.potline", PL_COLUMN_RUN);
  near(0, rest);
  near(7 * 24 - sum / 14, made);
  near(-(98 * 24 - sum) * 45, account(&f, "alro", PL_LINE_AGREEMENTS));
  near(-98 * 24 * 50.0 + 300 * sum, account(&f, "producer", PL_LINE_ENERGY));
  done(&f);
  return sum;
}

static void a_seller_calls_power_back_by_the_hour(void **state) {
  (void)state;
  near(29.4, called("[20 MW, 40 MWh]}\n"));
  near(12, called("[20 MW, 12 MWh]}\n"));
  near(15, called("[5 MW, 40 MWh]}\n"));
}

/* --- Connections ------------------------------------------------------------------------------ */

/* Until noon 60 MW of wind and 10 MW of load, after that none and 40 MW. */
#define CONNECTED                                                                                  \
  "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"                                          \
  "parties: {alro: }\n"                                                                            \
  "sites: {works: alro}\n"                                                                         \
  "materials: {power: {unit: MWh, step: hour}}\n"                                                  \
  "processes: {blow: {makes: {power: 1 MWh}}}\n"                                                   \
  "units: {wind: {site: works, runs: blow, capacity: 60 MW, availability: WIND}}\n"                \
  "markets:\n"                                                                                     \
  "  import: {site: works, sells: power, price: 50 USD/MWh}\n"                                     \
  "  export: {site: works, buys: power, price: 30 USD/MWh}\n"                                      \
  "  load: {site: works, buys: power, price: 0 USD/MWh, exactly: LOAD, short at: 500 USD/MWh}\n"   \
  "quotations:\n"                                                                                  \
  "  WIND: {values: {2026-01-01T00: 100 %, 2026-01-01T12: 0 %}}\n"                                 \
  "  LOAD: {unit: MW, values: {2026-01-01T00: 10 MW, 2026-01-01T12: 40 MW}}\n"

static void a_connection_bounds_every_hour(void **state) {
  (void)state;
  agreed f = planned(CONNECTED, "");
  near(12 * (50 * 30 - 40 * 50), earned(&f));
  done(&f);
  /* 20 MW out and 35 MW in, at most, in every hour: 5 MW are short */
  f = planned(CONNECTED, "limits:\n"
                         "  net: {sums: {markets.import: 1, markets.export: -1},\n"
                         "    at least: -20 MW, up to: 35 MW}\n");
  near(12 * (20 * 30 - 35 * 50 - 5 * 500), earned(&f));
  done(&f);
  /* gross: both ways together */
  f = planned(CONNECTED, "limits:\n"
                         "  gross: {sums: [markets.import, markets.export], up to: 25 MW}\n");
  near(12 * (25 * 30 - 25 * 50 - 15 * 500), earned(&f));
  done(&f);
}

/* --- Cover ------------------------------------------------------------------------------------ */

/* 100 t of alumina a day; silos hold days of it by themselves, each its own, of what they begin
 * with, and what is missing is bought: 3100 t of January and 10 + 5 days less 1200 t. */
static void each_stock_of_the_same_goods_has_its_own_cover(void **state) {
  (void)state;
  agreed f = planned("case: {from: 2026-01, to: 2026-01, step: month}\n"
                     "parties: {alro: }\n"
                     "sites: {works: alro}\n"
                     "materials: {alumina: t, metal: t}\n"
                     "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 2 t}}}\n"
                     "units: {pots: {site: works, runs: smelt, capacity: 50 t/d, minimum: 100 %}}\n"
                     "markets:\n"
                     "  seller: {site: works, sells: alumina, price: 400 USD/t}\n"
                     "  buyer: {site: works, buys: metal, price: 2000 USD/t}\n",
                     "stocks:\n"
                     "  a: {site: works, keeps: alumina, initial: 700 t, cover: 10 d}\n"
                     "  b: {site: works, keeps: alumina, initial: 500 t, cover: 5 d}\n");
  near(1000, value_of(&f, "stocks.a", PL_COLUMN_LEVEL, 0));
  near(500, value_of(&f, "stocks.b", PL_COLUMN_LEVEL, 0));
  near(-400 * (3100 + 1500 - 1200), account(&f, "alro", PL_LINE_PURCHASES));
  done(&f);
}

/* --- Carbon ----------------------------------------------------------------------------------- */

/* A year of a prebake smelter: 106 kt at 1.5 t of CO2, EUA at 75. It gets allowances for 1.464 t a
 * tonne (the benchmark of 2021-25, as assumed here) of 100 kt, whatever it makes, and three
 * quarters of the carbon in 13.9 MWh/t at 0.5 t/MWh paid back by the tonne. */
static void allowances_are_free_for_a_lump(void **state) {
  (void)state;
  agreed f = planned(
      "case: {from: 2026, to: 2026, step: month}\n"
      "parties: {alro: }\n"
      "sites:\n"
      "  slatina: {party: alro, levies: {co2: EUA}, free allocation: {co2: 146.4 kt/year}}\n"
      "materials: {power: MWh, ingot: t, co2: {unit: t, emission: yes}}\n"
      "processes:\n"
      "  smelt: {makes: {ingot: 1 t}, takes: {power: 14 MWh}, emits: {co2: 1.5 t}}\n"
      "units:\n"
      "  potlines: {site: slatina, runs: smelt, capacity: 106 kt/year,\n"
      "    charges: {compensation: -0.75 * 13.9 MWh/t * 0.5 t/MWh * EUA}}\n"
      "markets:\n"
      "  grid: {site: slatina, sells: power, price: 60 USD/MWh}\n"
      "  rotterdam: {site: slatina, buys: ingot, price: 2500 USD/t}\n"
      "quotations: {EUA: 75 USD/t}\n",
      "");
  near((146.4e3 - 106e3 * 1.5) * 75, account(&f, "alro", PL_LINE_CARBON));
  near(106e3 * 0.75 * 13.9 * 0.5 * 75, account(&f, "alro", PL_LINE_COMPENSATION));
  done(&f);
}

/* The same by what is made: a benchmark of 1.464 t for each tonne. */
static void allowances_are_free_by_a_benchmark(void **state) {
  (void)state;
  agreed f = planned("case: {from: 2026, to: 2026, step: month}\n"
                     "parties: {alro: }\n"
                     "sites: {slatina: {party: alro, levies: {co2: EUA}}}\n"
                     "materials: {ingot: t, co2: {unit: t, emission: yes}}\n"
                     "processes: {smelt: {makes: {ingot: 1 t}, emits: {co2: 1.5 t}}}\n"
                     "units:\n"
                     "  potlines: {site: slatina, runs: smelt, capacity: 106 kt/year,\n"
                     "    charges: {carbon: -1.464 t/t * EUA}}\n"
                     "markets: {rotterdam: {site: slatina, buys: ingot, price: 2500 USD/t}}\n"
                     "quotations: {EUA: 75 USD/t}\n",
                     "");
  near(106e3 * (1.464 - 1.5) * 75, account(&f, "alro", PL_LINE_CARBON));
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_day_of_a_smelter),
      cmocka_unit_test(a_seller_calls_power_back_by_the_hour),
      cmocka_unit_test(a_connection_bounds_every_hour),
      cmocka_unit_test(each_stock_of_the_same_goods_has_its_own_cover),
      cmocka_unit_test(allowances_are_free_for_a_lump),
      cmocka_unit_test(allowances_are_free_by_a_benchmark),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
