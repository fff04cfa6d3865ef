/* Reserves sold by the hour, against optima reckoned by hand. Data are the same in every hour of a
 * day unless a case says otherwise. */
#include "assemble/assemble.h"
#include "unit/flexible.h"

#define HEAD                                                                                       \
  "case: {from: 2026-01-01, to: 2026-01-01, step: day}\n"                                          \
  "parties: {alro: }\n"                                                                            \
  "sites: {works: alro}\n"

static const char goods[] =
    HEAD "materials: {power: {unit: MWh, step: hour}, gas: {unit: MWh, step: hour},\n"
         "  afrr-up: {unit: MWh, step: hour}, ingot: {unit: t, step: hour}}\n"
         "processes:\n"
         "  burn: {makes: {power: 1 MWh}, takes: {gas: 1 MWh}}\n"
         "  smelt: {makes: {ingot: 1 t}, takes: {power: 14 MWh}}\n";

#define PLANT                                                                                      \
  "units:\n"                                                                                       \
  "  plant: {site: works, runs: burn, capacity: 100 MW, minimum: 40 %, on/off: yes,\n"             \
  "    on before: no, room above: {afrr-up: 100 %}, reserve most: {afrr-up: 20 %}}\n"

#define MARKETS(gas, spot, reserve)                                                                \
  "markets:\n"                                                                                     \
  "  hub: {site: works, sells: gas, price: " gas " USD/MWh}\n"                                     \
  "  spot: {site: works, buys: power, price: " spot " USD/MWh, up to: 1000 MW}\n"                  \
  "  tso: {site: works, buys: afrr-up, price: " reserve " USD/MWh, up to: 30 MW}\n"

/* Power earns 5 a megawatt-hour, reserve 8: a fifth of the plant keeps ready. */
static void a_plant_keeps_what_it_can_move(void **state) {
  (void)state;
  agreed f = planned(goods, PLANT MARKETS("50", "55", "8"));
  near(24 * (5 * 80 + 8 * 20), earned(&f));
  near(20, value_of(&f, "units.plant", PL_COLUMN_RESERVE, 7));
  done(&f);
}

/* Power loses 5. At its least load the plant loses 200 an hour, which 20 MW of reserve bring in at
 * 12 and not at 8. What is off keeps nothing. */
static void reserve_pays_for_being_on(void **state) {
  (void)state;
  agreed f = planned(goods, PLANT MARKETS("50", "45", "8"));
  near(0, earned(&f));
  near(0, sum_of(&f, "units.plant", PL_COLUMN_RESERVE));
  done(&f);
  f = planned(goods, PLANT MARKETS("50", "45", "12"));
  near(24 * (12 * 20 - 5 * 40), earned(&f));
  near(1, value_of(&f, "units.plant", PL_COLUMN_ON, 3));
  done(&f);
}

/* A potline of 5 t/h gives two fifths of its load for nothing, 27.8 MW; of the 30 MW that are
 * wanted the plant keeps the other 2.2. */
static void a_potline_keeps_below(void **state) {
  (void)state;
  agreed f =
      planned(goods, PLANT
              "  potline: {site: works, runs: smelt, capacity: 5 t/h, turndown: 40 %,\n"
              "    room below: {afrr-up: 13.9 MWh/t}}\n" MARKETS(
                  "50", "55", "8") "  rotterdam: {site: works, buys: ingot, price: 1000 USD/t}\n");
  near(27.8, value_of(&f, "units.potline", PL_COLUMN_RESERVE, 0));
  near(24 * (8 * 30 + 5 * 1000 + 55 * (100 - 70 - 2.2) - 50 * (100 - 2.2)), earned(&f));
  done(&f);
}

/* A symmetric product requires room on both sides: at 70 MW there are 30 either way. */
static void a_symmetric_product_wants_both_sides(void **state) {
  (void)state;
  agreed f =
      planned(goods, "units:\n"
                     "  plant: {site: works, runs: burn, capacity: 100 MW, minimum: 40 %,\n"
                     "    room above: {afrr-up: 100 %}, room below: {afrr-up: 100 %}}\n" MARKETS(
                         "50", "55", "12") "overrides: {markets.tso.up to: 90 MW}\n");
  near(24 * (5 * 70 + 12 * 30), earned(&f));
  done(&f);
}

/* What is sold for a whole day is kept in every hour of it: from noon on 80 MW are available, half
 * of which may be kept. */
static void a_daily_product_is_kept_all_day(void **state) {
  (void)state;
  agreed f =
      planned(goods, "units:\n"
                     "  plant: {site: works, runs: burn, capacity: 100 MW, availability: FIT,\n"
                     "    room above: {afrr-up: 100 %}, reserve most: {afrr-up: 50 %}}\n" MARKETS(
                         "50", "55",
                         "8") "overrides: {materials.afrr-up.step: day, markets.tso.up to: 90 MW}\n"
                              "quotations:\n"
                              "  FIT: {values: {2026-01-01T00: 100 %, 2026-01-01T12: 80 %}}\n");
  near(24 * 40, value_of(&f, "units.plant", PL_COLUMN_RESERVE, 0));
  near(8 * 24 * 40 + 5 * 12 * (60 + 40), earned(&f));
  done(&f);
}

/* --- Batteries ------------------------------------------------------------------------------- */

#define BATTERY                                                                                    \
  HEAD "materials: {power: {unit: MWh, step: hour},\n"                                             \
       "  afrr-up: {unit: MWh, step: hour, call lasts: 2 h},\n"                                    \
       "  afrr-down: {unit: MWh, step: hour, call lasts: 2 h}}\n"

/* Half full, 5 MW can be called for two hours. It fills up in the first hour, keeps 10 MW from the
 * second on, and sells in the last, when nothing is left to keep: 5 + 22 × 10 MW at 8 USD, less
 * what buying at 56 and selling at 54 loses on 10 MWh. */
static void a_battery_holds_what_a_call_draws(void **state) {
  (void)state;
  agreed f =
      planned(BATTERY,
              "stocks:\n"
              "  battery: {site: works, keeps: power, capacity: 20 MWh, fill: 10 MW, draw: 10 MW,\n"
              "    initial: 10 MWh, room to draw: {afrr-up: 100 %}}\n"
              "markets:\n"
              "  buy: {site: works, sells: power, price: 56 USD/MWh}\n"
              "  sell: {site: works, buys: power, price: 54 USD/MWh, up to: 50 MW}\n"
              "  tso: {site: works, buys: afrr-up, price: 8 USD/MWh}\n");
  near(8 * (5 + 22 * 10) - 2 * 10, earned(&f));
  done(&f);
}

/* Nothing moves: 10 MWh are free, and of what a call fills 10 % are lost on the way in. */
static void a_battery_keeps_space_for_calls(void **state) {
  (void)state;
  agreed f =
      planned(BATTERY,
              "stocks:\n"
              "  battery: {site: works, keeps: power, capacity: 20 MWh, fill: 10 MW, draw: 10 MW,\n"
              "    initial: 10 MWh, fill loss: 10 %, draw loss: 20 %,\n"
              "    room to draw: {afrr-up: 100 %}, room to fill: {afrr-down: 100 %}}\n"
              "markets:\n"
              "  up: {site: works, buys: afrr-up, price: 8 USD/MWh}\n"
              "  down: {site: works, buys: afrr-down, price: 3 USD/MWh}\n");
  near(24 * (8 * (10 * 0.8 / 2) + 3 * (10 / 0.9 / 2)), earned(&f));
  done(&f);
}

/* Two plants and a battery sell 60 MW together; the cheapest room first. The battery (10 MW of
 * power, one hour's call held) gives 10 for nothing, the plant that loses 2 a megawatt-hour not
 * sold 20, and the one that loses 5 the other 30. */
static void the_cheapest_room_is_kept_first(void **state) {
  (void)state;
  agreed f = planned(
      HEAD "materials: {power: {unit: MWh, step: hour}, gas: {unit: MWh, step: hour},\n"
           "  afrr-up: {unit: MWh, step: hour}}\n"
           "processes:\n"
           "  burn: {makes: {power: 1 MWh}, takes: {gas: 1 MWh}}\n"
           "  burn-more: {makes: {power: 1 MWh}, takes: {gas: 1.06 MWh}}\n",
      "units:\n"
      "  new: {site: works, runs: burn, capacity: 200 MW, room above: {afrr-up: 100 %}}\n"
      "  old: {site: works, runs: burn-more, capacity: 100 MW, room above: {afrr-up: 100 %},\n"
      "    reserve most: {afrr-up: 20 %}}\n"
      "stocks:\n"
      "  battery: {site: works, keeps: power, capacity: 10 MWh, fill: 10 MW, draw: 10 MW,\n"
      "    initial: 10 MWh, room to draw: {afrr-up: 100 %}}\n" MARKETS(
          "50", "55", "8") "overrides: {markets.tso.exactly: 60 MW, markets.tso.up to: ~}\n");
  near(24 * (8 * 60 + 2 * 80 + 5 * 170), earned(&f));
  near(240, sum_of(&f, "stocks.battery", PL_COLUMN_STOCK_RESERVE));
  near(480, sum_of(&f, "units.old", PL_COLUMN_RESERVE));
  done(&f);
}

/* --- The audit ------------------------------------------------------------------------------- */

/* The plan with one amount changed must be refused, with these words among the reasons. */
static void refuses(agreed *f, const char *thing, pl_column_kind kind, double by,
                    const char *words) {
  double *x = &f->solution->col_value[block_of(f, thing, kind)->first + 5];
  pl_audit audit;
  bool found = false;
  *x += by;
  assert_int_equal(PL_AUDIT, pl_audit_run(f->schedule, 1e-6, f->arena, &audit, f->diag));
  for (int i = 0; i < pl_diag_size(f->diag); i++)
    found = found || strstr(pl_diag_at(f->diag, i)->text, words);
  if (!found) fail_msg("nobody says '%s'", words);
  *x -= by;
  pl_diag_free(f->diag);
  f->diag = pl_diag_new();
}

static void the_audit_refuses_what_cannot_be_called(void **state) {
  (void)state;
  agreed f = planned(
      goods, "units:\n"
             "  plant: {site: works, runs: burn, capacity: 100 MW, minimum: 40 %,\n"
             "    room above: {afrr-up: 100 %}, room below: {afrr-up: 100 %},\n"
             "    reserve most: {afrr-up: 30 %}}\n"
             "stocks:\n"
             "  battery: {site: works, keeps: power, capacity: 20 MWh, fill: 15 MW, draw: 15 MW,\n"
             "    initial: 10 MWh, room to draw: {afrr-up: 100 %}, room to fill: {afrr-up: 100 "
             "%}}\n" MARKETS("50", "55", "12") "overrides: {markets.tso.up to: 90 MW}\n");
  near(30, value_of(&f, "units.plant", PL_COLUMN_RESERVE, 5));
  refuses(&f, "units.plant", PL_COLUMN_RUN, 1, "the room above of units.plant");
  refuses(&f, "units.plant", PL_COLUMN_RUN, -1, "the room below of units.plant");
  refuses(&f, "units.plant", PL_COLUMN_RESERVE, 1, "the maximum reserve of units.plant");
  refuses(&f, "stocks.battery", PL_COLUMN_STOCK_RESERVE, 1, "the level held for calls");
  refuses(&f, "stocks.battery", PL_COLUMN_STOCK_RESERVE, 1, "the room kept free for calls");
  refuses(&f, "stocks.battery", PL_COLUMN_FILL, 6, "the room to fill of stocks.battery");
  refuses(&f, "stocks.battery", PL_COLUMN_DRAW, 6, "the room to draw of stocks.battery");
  done(&f);
}

/* --- What cannot be --------------------------------------------------------------------------- */

static void a_product_is_not_finer_than_its_keeper(void **state) {
  (void)state;
  agreed f = case_begin();
  const char *text = pl_arena_printf(f.arena, "%s%s%s", goods, PLANT, MARKETS("50", "55", "8"));
  const char *const set[] = {"units.plant.step=day"};
  pl_case_options const options = {.set = set, .n_set = 1};
  case_read(&f, "case.yaml", text, &options);
  assert_int_equal(PL_RANGE, pl_program_build(f.c, &f.program, f.diag));
  says(pl_diag_at(f.diag, pl_diag_size(f.diag) - 1)->text,
       "reserve 'afrr-up' is planned by the hour, but 'plant', which provides it, by the day");
  f.program = NULL;
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_plant_keeps_what_it_can_move),
      cmocka_unit_test(reserve_pays_for_being_on),
      cmocka_unit_test(a_potline_keeps_below),
      cmocka_unit_test(a_symmetric_product_wants_both_sides),
      cmocka_unit_test(a_daily_product_is_kept_all_day),
      cmocka_unit_test(a_battery_holds_what_a_call_draws),
      cmocka_unit_test(a_battery_keeps_space_for_calls),
      cmocka_unit_test(the_cheapest_room_is_kept_first),
      cmocka_unit_test(the_audit_refuses_what_cannot_be_called),
      cmocka_unit_test(a_product_is_not_finer_than_its_keeper),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
