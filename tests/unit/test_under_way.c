/* Goods under way at the start and at the end: amounts by hand, the same case written without the
 * field, every grid, reasons why there is no plan, and what the audit refuses. */
#include "diagnose/diagnose.h"
#include "fixture/report.h"
#include "unit/flexible.h"

#include "report/report.h"

/* --- By hand ---------------------------------------------------------------------------------- */

#define TRADE                                                                                      \
  "parties: {azer: }\n"                                                                            \
  "sites: {poti: azer, ganja: azer}\n"                                                             \
  "materials: {alumina: t}\n"                                                                      \
  "markets:\n"                                                                                     \
  "  index: {site: poti, sells: alumina, price: {2026-01: 100 USD/t, 2026-03: 120 USD/t}}\n"       \
  "  need: {site: ganja, buys: alumina, price: 200 USD/t}\n"                                       \
  "lanes:\n"

/* The way takes 45 days and a tenth is lost. Of the 90 t under way 31 of 45 parts arrive in January
 * and 14 in February. What is loaded in January arrives in the last 14 days of February and the
 * first 17 of March, what is loaded in February half in time and half after the end, what is loaded
 * in March after the end. A tonne loaded in January earns 0.9 · 200 − 110; one of February only
 * 0.45 · 200 − 110, but saves half a one of March, which costs 130: so both take all that the lane
 * can, and March the rest of what must be under way at the end, (90 − 0.45 · 100) / 0.9. */
static const char quarter[] =
    "case: {from: 2026-01, to: 2026-03}\n" TRADE
    "  rail: {from: poti, to: ganja, moves: alumina, for: azer, time: 45 d, loss: 10 %, cost: 10 "
    "USD/t,\n    up to: 100 t/month, under way: {alumina: 90 t}}\n";

static double arriving(agreed *f, int slice) {
  double sum[8] = {0};
  pl_program_arrivals(f->program, pl_program_balance(f->program, 1, 0, 0), sum);
  return sum[slice];
}

static void a_quarter(void **state) {
  (void)state;
  agreed f = planned(quarter, "");
  near(62, arriving(&f, 0));
  near(28, arriving(&f, 1));
  near(0, arriving(&f, 2));
  near(100, value_of(&f, "lanes.rail", PL_COLUMN_SHIP, 0));
  near(100, value_of(&f, "lanes.rail", PL_COLUMN_SHIP, 1));
  near(50, value_of(&f, "lanes.rail", PL_COLUMN_SHIP, 2));
  near(62, value_of(&f, "markets.need", PL_COLUMN_TRADE, 0));
  near(28 + 90 * 14 / 31.0, value_of(&f, "markets.need", PL_COLUMN_TRADE, 1));
  near(90 * 17 / 31.0 + 45, value_of(&f, "markets.need", PL_COLUMN_TRADE, 2));
  near(200 * (90 + 90 + 45.0) - 110 * 200 - 130 * 50, earned(&f));
  done(&f);
}

/* In a case shorter than the way 14 of 45 parts are under way all the time: 62 t arrive, and 62 t
 * more must be loaded. */
static void a_case_shorter_than_the_way(void **state) {
  (void)state;
  agreed f = planned("case: {from: 2026-01, to: 2026-01}\n" TRADE,
                     "  rail: {from: poti, to: ganja, moves: alumina, for: azer, time: 45 d, loss: "
                     "10 %, cost: 10 USD/t, under way: {alumina: 90 t}}\n");
  near(62, value_of(&f, "markets.need", PL_COLUMN_TRADE, 0));
  near(62 / 0.9, value_of(&f, "lanes.rail", PL_COLUMN_SHIP, 0));
  near(200 * 62 - 110 * 62 / 0.9, earned(&f));
  done(&f);
}

/* Two materials over one lane, each by itself. */
static void each_material_by_itself(void **state) {
  (void)state;
  agreed f = planned("case: {from: 2026-01, to: 2026-02}\n"
                     "parties: {azer: }\n"
                     "sites: {poti: azer, ganja: azer}\n"
                     "materials: {alumina: t, anode: t}\n"
                     "markets:\n"
                     "  a: {site: poti, sells: alumina, price: 10 USD/t}\n"
                     "  b: {site: poti, sells: anode, price: 20 USD/t}\n"
                     "  c: {site: ganja, buys: alumina, price: 3 USD/t}\n"
                     "  d: {site: ganja, buys: anode, price: 4 USD/t}\n"
                     "lanes:\n"
                     "  rail: {from: poti, to: ganja, moves: [alumina, anode], for: azer, time: 1 "
                     "month, under way: {anode: 5 t, alumina: 7 t}}\n",
                     "");
  near(7 * 3 + 5 * 4 - 7 * 10.0 - 5 * 20.0, earned(&f));
  done(&f);
}

/* --- The same without the field --------------------------------------------------------------- */

/* A way of a month in monthly steps: what is under way comes in January as from a market that gives
 * it away, and at the end must be loaded as the lane's least in June says. */
#define HALF_YEAR                                                                                  \
  "case: {from: 2026-01, to: 2026-06, discount: 9 %}\n"                                            \
  "parties: {azer: }\n"                                                                            \
  "sites: {poti: azer, ganja: azer}\n"                                                             \
  "materials: {alumina: t, metal: t, power: {unit: MWh, step: day}}\n"                             \
  "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 2 t, power: 14 MWh}}}\n"              \
  "units: {pots: {site: ganja, runs: smelt, capacity: 2 kt/month, turndown: 60 %}}\n"              \
  "stocks: {silo: {site: ganja, keeps: alumina, capacity: 5 kt, initial: 1 kt, cost: 2 "           \
  "USD/t/month}}\n"                                                                                \
  "quotations:\n"                                                                                  \
  "  LME: {values: {2026-01: 900 USD/t, 2026-02: 1700 USD/t, 2026-04: 1200 USD/t, 2026-06: 1900 "  \
  "USD/t}}\n"                                                                                      \
  "markets:\n"                                                                                     \
  "  index: {site: poti, sells: alumina, price: 20 % * LME}\n"                                     \
  "  grid: {site: ganja, sells: power, price: 50 USD/MWh, up to: 800 MWh/day}\n"                   \
  "  lme: {site: ganja, buys: metal, price: LME}\n"

static void the_same_without_the_field(void **state) {
  (void)state;
  agreed f = planned(HALF_YEAR, "lanes:\n"
                                "  rail: {from: poti, to: ganja, moves: alumina, for: azer, time: "
                                "1 month, loss: 4 %, cost: 33 USD/t, capacity: 4 kt/month, under "
                                "way: {alumina: 1.2 kt}}\n");
  agreed g = planned(HALF_YEAR,
                     "  given: {site: ganja, sells: alumina, exactly: {2026-01: 1200 t/month, "
                     "2026-02: 0 t/month}, price: 0 USD/t}\n"
                     "lanes:\n"
                     "  rail: {from: poti, to: ganja, moves: alumina, for: azer, time: 1 month, "
                     "loss: 4 %, cost: 33 USD/t, capacity: 4 kt/month, at least: {2026-01: 0 "
                     "t/month, 2026-06: 1250 t/month}}\n");
  near(earned(&g), earned(&f));
  near(account(&g, "azer", PL_LINE_FREIGHT), account(&f, "azer", PL_LINE_FREIGHT));
  for (int v = 0; v < 6; v++)
    near(value_of(&g, "lanes.rail", PL_COLUMN_SHIP, v),
         value_of(&f, "lanes.rail", PL_COLUMN_SHIP, v));
  done(&g);
  done(&f);
}

/* --- Grids ------------------------------------------------------------------------------------ */

/* Where flow and prices are the same every day, and what flows in the time of the way is under way,
 * the way's time is nothing in any grid: 30 t a day of 181 days, each for 250 − 110 − 10 USD. */
static void steady(const char *step, const char *time, double days) {
  agreed f = {0};
  char head[96], lanes[240];
  (void)snprintf(head, sizeof head, "case: {from: 2026-01-01, to: 2026-06-30, step: %s}\n", step);
  (void)snprintf(lanes, sizeof lanes,
                 "parties: {azer: }\nsites: {poti: azer, ganja: azer}\nmaterials: {alumina: t}\n"
                 "lanes:\n  rail: {from: poti, to: ganja, moves: alumina, for: azer, time: %s, "
                 "cost: 10 USD/t, under way: {alumina: %.9g t}}\n",
                 time, 30 * days);
  pl_arena *a = pl_arena_new();
  f = planned(pl_arena_printf(a, "%s%s", head, lanes),
              "markets:\n"
              "  index: {site: poti, sells: alumina, price: 110 USD/t}\n"
              "  need: {site: ganja, buys: alumina, price: 250 USD/t, exactly: 30 t/day}\n");
  near(181 * 30 * (250.0 - 110 - 10), earned(&f));
  done(&f);
  pl_arena_free(a);
}

static void a_steady_flow_takes_no_time(void **state) {
  (void)state;
  static const char *const steps[] = {"day", "week", "month", "quarter"};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    steady(steps[i], "6 h", 0.25);
    steady(steps[i], "12 d", 12);
    steady(steps[i], "45 d", 45);
  }
}

/* A month after 29, 30 and 31 January is 28 February: what is loaded by the day then arrives there,
 * and none of it is lost. */
static void a_month_that_is_shorter_loses_nothing(void **state) {
  (void)state;
  agreed f =
      planned("case: {from: 2026-01-25, to: 2026-03-10, step: day}\n"
              "parties: {azer: }\n"
              "sites: {poti: azer, ganja: azer}\n"
              "materials: {alumina: t}\n"
              "lanes: {rail: {from: poti, to: ganja, moves: alumina, time: 1 month}}\n",
              "markets:\n"
              "  index: {site: poti, sells: alumina, price: 1 USD/t, exactly: {2026-01-25: 0 "
              "t/day, 2026-01-28: 10 t/day, 2026-02-01: 0 t/day}}\n"
              "  need: {site: ganja, buys: alumina, price: 5 USD/t}\n");
  near(40, sum_of(&f, "markets.need", PL_COLUMN_TRADE));
  near(40, value_of(&f, "markets.need", PL_COLUMN_TRADE, 34)); /* 28 February */
  done(&f);
}

/* --- Reports ---------------------------------------------------------------------------------- */

static int value_called(const pl_panel *p, const char *name) {
  for (int i = 0; i < p->n_values; i++)
    if (strcmp(p->value[i].name, name) == 0) return i;
  fail_msg("no value %s", name);
  return -1;
}

/* What arrives is told as arriving, not as taken from a stock. */
static void balances_tell_what_arrives(void **state) {
  (void)state;
  agreed f = planned(quarter, "");
  const pl_panel *p = panel_of(pl_report_make(f.schedule, f.arena), "balances");
  bool found = false;
  for (int i = 0; i < p->n_series; i++) {
    const pl_series *s = &p->series[i];
    if (strcmp(s->key[0], "ganja") != 0) continue;
    found = true;
    for (int v = 0; v < 3; v++) {
      near(value_of(&f, "markets.need", PL_COLUMN_TRADE, v),
           pl_series_values(s, value_called(p, "arriving"))[v]);
      near(0, pl_series_values(s, value_called(p, "into stock"))[v]);
    }
  }
  assert_true(found);
  done(&f);
}

/* --- Why there is no plan --------------------------------------------------------------------- */

static void gives(const char *text, const char *sentence, int line, double amount, double now) {
  agreed f = built(text, "");
  pl_relaxation *r = NULL;
  int n = 0;
  must(&f, pl_diagnose_infeasible(f.program, NULL, &r, &n, f.arena, f.diag));
  assert_int_equal(1, n);
  assert_string_equal(sentence, r[0].sentence);
  assert_int_equal(line, r[0].place.line);
  near(amount, r[0].amount);
  near(now, r[0].now);
  done(&f);
}

/* A closed lane cannot be loaded again. */
static void reasons_name_what_must_be_left(void **state) {
  (void)state;
  gives("case: {from: 2026-01, to: 2026-03}\n" TRADE
        "  rail: {from: poti, to: ganja, moves: alumina, for: azer, time: 10 d, capacity: 10 "
        "t/month,\n    under way: {alumina: 40 t}}\n",
        "lanes.rail must have at least 40 t of alumina under way at the end, but only 3.226 t is "
        "available: lower 'under way {alumina: 40 t}' by 36.77 t (91.94 %); in conflict with: "
        "capacity 10 t/month of lanes.rail (case.yaml:9)",
        10, 40 - 100 / 31.0, 40);
}

/* What arrives must be of use. */
static void reasons_name_what_arrives(void **state) {
  (void)state;
  gives("case: {from: 2026-01, to: 2026-03}\n"
        "parties: {azer: }\n"
        "sites: {poti: azer, ganja: azer}\n"
        "materials: {alumina: t, metal: t, power: MWh}\n"
        "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 2 t, power: 14 MWh}}}\n"
        "units: {pots: {site: ganja, runs: smelt}}\n"
        "stocks: {yard: {site: ganja, keeps: power, initial: 140 MWh, final: 0 MWh}}\n"
        "markets:\n"
        "  index: {site: poti, sells: alumina, price: 100 USD/t}\n"
        "  lme: {site: ganja, buys: metal, price: 2000 USD/t}\n"
        "lanes:\n"
        "  rail: {from: poti, to: ganja, moves: alumina, for: azer, time: 45 d, under way: "
        "{alumina: 90 t}}\n",
        "90 t of alumina under way on lanes.rail at the start arrive, but only 20 t can be "
        "used: lower 'under way {alumina: 90 t}' by 70 t (77.78 %)",
        12, 70, 90);
}

/* --- What the audit refuses ------------------------------------------------------------------- */

static void refuses(agreed *f, const char *part) {
  pl_audit audit;
  pl_diag *diag = pl_diag_new();
  bool said = false;
  assert_int_equal(PL_AUDIT, pl_audit_run(f->schedule, 1e-6, f->arena, &audit, diag));
  for (int i = 0; i < pl_diag_size(diag); i++)
    if (strstr(pl_diag_at(diag, i)->text, part)) said = true;
  if (!said) fail_msg("'%s' was not said", part);
  pl_diag_free(diag);
}

/* Less left under way, with all else to match; and less arriving than was under way. */
static void the_audit_sees_both_ends(void **state) {
  (void)state;
  agreed f = planned(quarter, "");
  double *ship = &f.solution->col_value[block_of(&f, "lanes.rail", PL_COLUMN_SHIP)->first];
  double *bought = &f.solution->col_value[block_of(&f, "markets.index", PL_COLUMN_TRADE)->first];
  double *sold = &f.solution->col_value[block_of(&f, "markets.need", PL_COLUMN_TRADE)->first];
  ship[2] -= 5, bought[2] -= 5;
  refuses(&f,
          "the plan violates 'under way' of lanes.rail over the whole horizon: 85.5, minimum 90");
  ship[2] += 5, bought[2] += 5;
  sold[0] -= 5;
  refuses(&f, "'balance ganja: alumina of azer, 2026-01' does not close");
  done(&f);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_quarter),
      cmocka_unit_test(a_case_shorter_than_the_way),
      cmocka_unit_test(each_material_by_itself),
      cmocka_unit_test(the_same_without_the_field),
      cmocka_unit_test(a_steady_flow_takes_no_time),
      cmocka_unit_test(a_month_that_is_shorter_loses_nothing),
      cmocka_unit_test(balances_tell_what_arrives),
      cmocka_unit_test(reasons_name_what_must_be_left),
      cmocka_unit_test(reasons_name_what_arrives),
      cmocka_unit_test(the_audit_sees_both_ends),
  };
  return cmocka_run_group_tests_name("under way", tests, NULL, NULL);
}
