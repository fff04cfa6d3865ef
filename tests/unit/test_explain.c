/* The audit and the explanations, on small cases: answers that are broken on purpose must be
 * caught, and reasons must name what the case names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "diagnose/diagnose.h"
#include "explain/explain.h"
#include "fixture/case.h"

typedef case_run fixture;

static fixture read_text(const char *text) { return case_of("case.yaml", text); }

static fixture solved(const char *text) {
  fixture f = read_text(text);
  must(&f, case_solve(&f));
  return f;
}

static void near(double want, double got, double relative) {
  if (!(fabs(got - want) <= relative * fmax(1, fabs(want))))
    fail_msg("want %.12g, got %.12g", want, got);
}

static void says(const char *text, const char *part) {
  if (!strstr(text, part)) fail_msg("'%s' is not in '%s'", part, text);
}

/* --- The audit ------------------------------------------------------------------------------- */

/* Every noun and nearly every field: mixed steps, goods under way, losses, gates, cover, ramp,
 * on/off, blends, tiers, soft demands and limits, levies, counts, payment terms, two currencies. */
static const char rich[] =
    "case: {from: 2026-01, to: 2026-02, discount: 9 %, exchange: {EUR: FX}}\n"
    "parties: {alro: , azer: }\n"
    "sites: {slatina: {party: alro, levies: {co2: 60 EUR/t}}, port: {party: alro}, ganja: {party: "
    "azer}}\n"
    "materials:\n"
    "  alumina: t\n"
    "  metal: t\n"
    "  scrap: {unit: t, composition: {fe: 1 %, si: 2 %}}\n"
    "  ingot: {unit: t, composition: {fe: 0.1 %, si: 0.05 %}}\n"
    "  billet: t\n"
    "  dross: {unit: t, free disposal: yes}\n"
    "  power: {unit: MWh, step: day}\n"
    "  co2: {unit: t, emission: yes}\n"
    "quotations:\n"
    "  FX: {unit: USD/EUR, value: 1.1 USD/EUR}\n"
    "  DAM: {unit: EUR/MWh, values: {2026-01-01: 60 EUR/MWh, 2026-01-15: 90 EUR/MWh, 2026-02-03: "
    "75 EUR/MWh}}\n"
    "  LME: {unit: USD/t, values: {2026-01: 2500 USD/t, 2026-02: 2600 USD/t}}\n"
    "processes:\n"
    "  smelt: {makes: {metal: 1 t, dross: 0.01 t}, takes: {alumina: 1.92 t, power: 14 MWh}, emits: "
    "{co2: 1.5 t}, cost: 280 USD/t}\n"
    "  cast: {makes: {ingot: 2 t}, takes: {metal: 2.02 t}, cost: 40 EUR/t}\n"
    "  charge: {makes: {billet: 1 t}, blends: {scrap: 96 %, ingot: 99 %}, within: {fe: at most 0.5 "
    "%, si: 0.1 % .. 1.5 %}, cost: 60 USD/t}\n"
    "  generate: {makes: {power: 1 MWh}, emits: {co2: 0.35 t}, cost: 55 USD/MWh}\n"
    "units:\n"
    "  potline: {site: slatina, runs: smelt, capacity: 120 kt/year, online: 90 %, turndown: 40 %, "
    "ramp: 30 %/month, fixed cost: 1 MUSD/month}\n"
    "  casthouse: {site: slatina, runs: {cast: 1, charge: 1.2}, capacity: 130 kt/year, cost: 3 "
    "USD/t, up to: [9 kt/month, 17 kt]}\n"
    "  plant: {site: slatina, runs: generate, capacity: 120 MW, minimum: 40 %, on/off: yes, start "
    "cost: 30 kUSD, cost when on: 500 USD/h, on before: no}\n"
    "stocks:\n"
    "  silo: {site: slatina, keeps: alumina, capacity: 20 kt, initial: 8 kt, final: 6 kt, cover: "
    "10 d, cost: 2 USD/t/month, loss: 0.1 %/month, final value: 100 USD/t}\n"
    "  yard: {site: slatina, keeps: ingot, capacity: 5 kt, initial: 1 kt, fill: 3 kt/month, draw: "
    "2 kt/month, fill loss: 1 %, draw loss: 2 %}\n"
    "lanes:\n"
    "  rail: {from: port, to: slatina, moves: alumina, for: alro, time: 12 d, under way: {alumina: "
    "7 kt}, loss: 0.5 %, "
    "distance: 400 km, cost: 0.06 USD/(t*km), charges: {duty: 1 USD/t}, capacity: 60 kt/month, "
    "emits: {co2: 20 kg/t}, minimum when used: 5 kt, fixed charge: 20 kUSD}\n"
    "  truck: {from: slatina, to: port, moves: [ingot, billet], time: 1 d, cost: 30 USD/t, costs: "
    "{billet: 2 USD/t}, up to: 12 kt/month}\n"
    "markets:\n"
    "  alumina: {site: port, sells: alumina, tiers: [{next: 10 kt/month, price: 380 USD/t}, {"
    "next: 200 kt/year, price: 400 USD/t}]}\n"
    "  grid: {site: slatina, sells: power, price: DAM, up to: 3 GWh/day}\n"
    "  lme: {site: port, buys: ingot, price: LME, paid after: 45 d, charges: {commission: 1 % * "
    "LME}, at least: 2 kt/month, short at: 3000 USD/t}\n"
    "  billet: {site: port, buys: billet, price: LME + 300 USD/t, up to: [3 kt/month, 5 kt], fixed "
    "charge: 5 kUSD}\n"
    "  scrap: {site: slatina, sells: scrap, price: 1500 USD/t, up to: 2 kt/month}\n"
    "  azer-in: {site: ganja, sells: alumina, price: 300 USD/t, up to: 10 t/month}\n"
    "  azer-out: {site: ganja, buys: alumina, price: 310 USD/t, up to: 10 t/month}\n"
    "limits:\n"
    "  co2: {sums: [emissions.co2], up to: 25 kt/month, penalty: 80 USD/t}\n"
    "  few: {counts: [lanes.rail, markets.billet], up to: 2}\n"
    "  both: {sums: {markets.lme: 1, units.casthouse.charge: 0.5}, at least: 1 kt/month}\n";

static void audit_passes(void **state) {
  (void)state;
  fixture f = solved(rich);
  pl_audit audit;
  must(&f, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  assert_true(audit.passed);
  assert_true(audit.balance_relative < 1e-12);
  assert_true(audit.money_gap < 1e-3);
  assert_true(audit.bounds_worst < 1e-9);
  assert_true(audit.certificate.gap < 1e-6);
  done(&f);
}

/* Whatever amount is falsified, in whichever block, somebody notices: in the accounts if nowhere
 * else. */
static void audit_sees_every_column(void **state) {
  (void)state;
  fixture f = solved(rich);
  for (int i = 0; i < f.program->n_column_blocks; i++) {
    const pl_block *b = &f.program->columns[i];
    double *x = &f.solution->col_value[b->first + b->count / 2];
    double const was = *x;
    pl_diag *diag = pl_diag_new();
    pl_audit audit;
    *x += fmax(2, 0.01 * fabs(was));
    assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, diag));
    assert_false(audit.passed);
    int const n = pl_diag_count(diag, PL_ERROR);
    assert_true(n > 0 && n <= 10);
    *x = was;
    pl_diag_free(diag);
  }
  done(&f);
}

static const char plain[] =
    "case: {from: 2026-01, to: 2026-02}\n"
    "parties: {azer: }\n"
    "sites: {poti: {party: azer}, ganja: {party: azer}}\n"
    "materials: {alumina: t}\n"
    "lanes:\n"
    "  rail: {from: poti, to: ganja, moves: alumina, cost: 14 USD/t, capacity: 10 kt/month}\n"
    "markets:\n"
    "  index: {site: poti, sells: alumina, price: 392 USD/t, up to: 20 kt/month}\n"
    "  need: {site: ganja, buys: alumina, price: 500 USD/t, up to: 9 kt/month}\n";

static void audit_names_what_fails(void **state) {
  (void)state;
  fixture f = solved(plain);
  pl_audit audit;
  f.solution->col_value[f.program->columns[0].first] += 3000;
  assert_int_equal(PL_COLUMN_SHIP, f.program->columns[0].kind);
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  says(audit.balance_where, "alumina of azer, 2026-01");
  near(3000, audit.balance_worst, 1e-9);
  const pl_message *m = pl_diag_at(f.diag, 0);
  says(m->text, "balance poti: alumina of azer, 2026-01");
  says(m->text, "-3000");
  bool capacity = false;
  for (int i = 0; i < pl_diag_size(f.diag); i++) {
    const pl_message *at = pl_diag_at(f.diag, i);
    if (at->place.line == 6 &&
        strstr(at->text, "the capacity of lanes.rail in 2026-01: 12000, maximum 10000"))
      capacity = true;
  }
  assert_true(capacity);
  done(&f);
}

static void audit_sees_false_accounts(void **state) {
  (void)state;
  fixture f = solved(plain);
  pl_audit audit;
  f.schedule->account[(0 * PL_LINES + PL_LINE_FREIGHT) * (f.schedule->n_years + 1)] += 100;
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  assert_int_equal(1, pl_diag_count(f.diag, PL_ERROR));
  says(pl_diag_at(f.diag, 0)->text, "'freight' of azer");
  near(100, audit.money_gap, 1e-9);
  done(&f);
}

/* --- Money is shown in the year in which it is paid ---------------------------------------------
 */

static double in_year(const fixture *f, pl_line line, int year) {
  return pl_schedule_account(f->schedule, 0, line, year);
}

static fixture sells_for_two_years(const char *step, const char *paid_after, const char *more) {
  pl_arena *a = pl_arena_new();
  fixture f = solved(pl_arena_printf(
      a,
      "case: {from: 2026-01, to: 2027-12, step: %s, discount: 8 %%%s}\n"
      "parties: {azer: }\n"
      "sites: {ganja: {party: azer}}\n"
      "materials: {metal: {unit: t%s}}\n"
      "markets:\n"
      "  source: {site: ganja, sells: metal, price: 1000 USD/t, up to: 1 kt/day}\n"
      "  need: {site: ganja, buys: metal, price: 2000 USD/t, up to: 1 kt/day, paid after: %s}\n",
      step, more, *more ? ", step: hour" : "", paid_after));
  pl_arena_free(a);
  pl_audit audit;
  must(&f, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  return f;
}

static void delayed_money_is_booked_when_paid(void **state) {
  (void)state;
  static const struct {
    const char *step, *paid_after, *more;
    double of_year[3]; /* in the money of a year: 365 kt at 2000 USD */
  } cases[] = {
      {"month", "0 d", "", {1, 1, 0}},
      {"month", "P2M", "", {304 / 365., 1, 61 / 365.}}, /* November and December */
      {"month", "45 d", "", {320 / 365., 1, 45 / 365.}},
      {"day", "45 d", "", {320 / 365., 1, 45 / 365.}},
      {"year", "73 d", "", {0.8, 1, 0.2}},
      {"day", "P1M", "", {334 / 365., 1, 31 / 365.}}, /* 29 to 31 January are paid on 28 February */
      {"month", "P30M", "", {0, 0, 2}},
      {"month", "30 d", ", typical days: 2", {335 / 365., 1, 30 / 365.}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    fixture f = sells_for_two_years(cases[i].step, cases[i].paid_after, cases[i].more);
    for (int y = 0; y < 3; y++)
      near(730e6 * cases[i].of_year[y], in_year(&f, PL_LINE_SALES, y), 1e-9);
    near(-365e6, in_year(&f, PL_LINE_PURCHASES, 0), 1e-9);
    near(-365e6, in_year(&f, PL_LINE_PURCHASES, 1), 1e-9);
    near(0, in_year(&f, PL_LINE_PURCHASES, 2), 1e-9);
    done(&f);
  }
}

/* The accounts' sum is right, and the present value: only the years are wrong. */
static void audit_sees_money_in_a_wrong_year(void **state) {
  (void)state;
  fixture f = sells_for_two_years("month", "45 d", "");
  pl_audit audit;
  double *account = f.schedule->account + (size_t)PL_LINE_SALES * 3;
  account[2] -= 1e6;
  account[1] += 1e6;
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  assert_int_equal(2, pl_diag_count(f.diag, PL_ERROR));
  says(pl_diag_at(f.diag, 0)->text, "'sales' of azer in 2027");
  says(pl_diag_at(f.diag, 1)->text, "'sales' of azer after the case's end");
  done(&f);
}

static void what_is_left_is_worth_something_in_the_last_year(void **state) {
  (void)state;
  static const char *const more[] = {"", ", typical days: 2"};
  for (int i = 0; i < 2; i++) {
    pl_arena *a = pl_arena_new();
    fixture f = solved(pl_arena_printf(
        a,
        "case: {from: 2026-01, to: 2027-12%s}\n"
        "parties: {azer: }\n"
        "sites: {ganja: {party: azer}}\n"
        "materials: {metal: {unit: t, step: %s}}\n"
        "stocks: {yard: {site: ganja, keeps: metal, capacity: 5 kt, initial: 5 kt, final value: "
        "100 USD/t}}\n",
        more[i], i ? "hour" : "month"));
    pl_audit audit;
    must(&f, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
    near(0, in_year(&f, PL_LINE_STOCK, 0), 1e-9);
    near(500e3, in_year(&f, PL_LINE_STOCK, 1), 1e-9);
    near(0, in_year(&f, PL_LINE_STOCK, 2), 1e-9);
    pl_arena_free(a);
    done(&f);
  }
}

static void audit_sees_a_false_optimum(void **state) {
  (void)state;
  fixture f = solved(plain);
  pl_audit audit;
  for (int j = 0; j < f.program->lp.n_cols; j++)
    f.solution->col_value[j] *= 0.5; /* feasible, but not best */
  pl_lp_complete(&f.program->lp, f.solution);
  f.solution->objective *= 0.5;
  must(&f, pl_schedule_make(f.program, f.solution, f.arena, &f.schedule));
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  says(pl_diag_at(f.diag, 0)->text, "has a marginal value but is not binding");
  says(pl_diag_at(f.diag, 1)->text, "not proven best");
  /* a gap that was asked for speaks of integers, of which it has none */
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 2, f.arena, &audit, f.diag));
  done(&f);
}

/* --- What binds, and what it is worth -------------------------------------------------------- */

static void bottleneck_of_two(void **state) {
  (void)state;
  fixture f = solved(plain);
  pl_bottleneck b[5];
  assert_int_equal(1, pl_explain_bottlenecks(f.schedule, 5, b, f.arena));
  assert_string_equal("up to 9 kt/month of markets.need, 2026-01 … 2026-02", b[0].what);
  assert_int_equal(9, b[0].place.line);
  assert_string_equal("t", b[0].unit);
  assert_int_equal(2, b[0].periods);
  near(2 * (500 - 392 - 14), b[0].worth, 1e-9);
  done(&f);
}

/* The book's shadow prices, and the order by money at stake. */
static void bottlenecks_of_mexican_steel(void **state) {
  (void)state;
  fixture f = case_of(TESTS_DIR "/cases/known/mexican-steel", NULL);
  must(&f, case_solve(&f));
  pl_bottleneck b[20];
  int const n = pl_explain_bottlenecks(f.schedule, 20, b, f.arena);
  static const struct {
    const char *what;
    double worth;
  } want[] = {{"markets.mexico-df", 149.0572},
              {"markets.monterrey", 138.0344},
              {"markets.guadalajara", 148.3936}};
  assert_true(n > 3 && n < 20);
  for (int i = 0; i < 3; i++) {
    says(b[i].what, want[i].what);
    says(b[i].what, "less would earn more");
    near(want[i].worth, b[i].worth, 1e-6);
  }
  for (int i = 3; i < n; i++)
    assert_null(strstr(b[i].what, "limits.exports")); /* worth 0: not tight */
  done(&f);
}

static void marginals_say_why(void **state) {
  (void)state;
  fixture f = solved(plain);
  pl_marginal *m = NULL;
  assert_int_equal(2, pl_explain_marginals(f.schedule, &m, f.arena));
  near(392, m[0].value, 1e-9);
  assert_string_equal("one more is bought at markets.index (392 USD/t)", m[0].reason);
  near(406, m[1].value, 1e-9);
  assert_string_equal("2026-01", m[1].from);
  assert_string_equal("2026-02", m[1].to);
  assert_string_equal("it comes by lanes.rail (14 USD/t) from poti; there one more is bought at "
                      "markets.index (392 USD/t)",
                      m[1].reason);
  done(&f);
}

/* A change of reason splits the periods; a change of price alone does not. Values are money of
 * their own date. */
static void marginals_join_equal_reasons(void **state) {
  (void)state;
  fixture f = solved("case: {from: 2026-01, to: 2026-04, discount: 12 %}\n"
                     "parties: {azer: }\n"
                     "sites: {ganja: {party: azer}}\n"
                     "materials: {alumina: t}\n"
                     "quotations: {AL: {unit: USD/t, values: {2026-01: 300 USD/t, 2026-02: 320 "
                     "USD/t, 2026-03: 900 USD/t}}}\n"
                     "markets:\n"
                     "  index: {site: ganja, sells: alumina, price: AL, up to: 20 kt/month}\n"
                     "  need: {site: ganja, buys: alumina, price: 500 USD/t, up to: 9 kt/month}\n");
  pl_marginal *m = NULL;
  int const n = pl_explain_marginals(f.schedule, &m, f.arena);
  assert_int_equal(2, n);
  near(310, m[0].value, 1e-9);
  assert_string_equal("2026-02", m[0].to);
  says(m[0].reason, "markets.index (310 USD/t)");
  assert_string_equal("2026-03", m[1].from);
  assert_string_equal("2026-04", m[1].to);
  done(&f);
}

static void marginals_of_mexican_steel(void **state) {
  (void)state;
  fixture f = case_of(TESTS_DIR "/cases/known/mexican-steel", NULL);
  must(&f, case_solve(&f));
  pl_marginal *m = NULL;
  int const n = pl_explain_marginals(f.schedule, &m, f.arena);
  int found = 0;
  for (int i = 0; i < n; i++) {
    const char *site = f.c->sites[m[i].site].name;
    if (strcmp(site, "guadalajara") != 0 ||
        strcmp(f.c->materials[m[i].material].name, "steel") != 0)
      continue;
    near(148.3936, m[i].value, 1e-6);
    says(m[i].reason, "lanes.");
    found++;
  }
  assert_int_equal(1, found);
  done(&f);
}

/* --- No plan --------------------------------------------------------------------------------- */

typedef struct {
  const char *text; /* of the sentence */
  int line;
  double amount, now;
  int periods;
} giving;

static void gives(const char *text, const giving *want, int n_want) {
  fixture f = read_text(text);
  pl_relaxation *r = NULL;
  int n = 0;
  assert_int_equal(PL_INFEASIBLE, case_solve(&f));
  must(&f, pl_diagnose_infeasible(f.program, NULL, &r, &n, f.arena, f.diag));
  assert_int_equal(n_want, n);
  for (int i = 0; i < n; i++) {
    says(r[i].sentence, want[i].text);
    assert_int_equal(want[i].line, r[i].place.line);
    near(want[i].amount, r[i].amount, 1e-6);
    near(want[i].now, r[i].now, 1e-6);
    assert_int_equal(want[i].periods, r[i].periods);
  }
  done(&f);
}

static void demand_above_lane(void **state) {
  (void)state;
  giving const want = {
      "lanes.rail can carry at most 7.5 kt in 2026-01, but ganja needs 9.2 kt of alumina from it: "
      "raise 'capacity 7.5 kt/month' by 1.7 kt (22.67 %); the same in 2 periods; in conflict with: "
      "exactly 9.2 kt/month of markets.need (case.yaml:9)",
      6, 1700, 7500, 2};
  gives("case: {from: 2026-01, to: 2026-02}\n"
        "parties: {azer: }\n"
        "sites: {poti: {party: azer}, ganja: {party: azer}}\n"
        "materials: {alumina: t}\n"
        "lanes:\n"
        "  rail: {from: poti, to: ganja, moves: alumina, cost: 14 USD/t, capacity: 7.5 kt/month}\n"
        "markets:\n"
        "  index: {site: poti, sells: alumina, price: 392 USD/t}\n"
        "  need: {site: ganja, buys: alumina, price: 500 USD/t, exactly: 9.2 kt/month}\n",
        &want, 1);
}

/* What is dearer to mend than twice what it would cost to do without. */
static void least_load_above_supply(void **state) {
  (void)state;
  giving const want = {
      "units.potline must make at least 4.75 kt in 2026-01, but only 1 kt is available: "
      "lower 'minimum 95 %' by 3.75 kt (78.95 %); the same in 2 periods; in conflict with: "
      "up to 2 kt/month of markets.alumina (case.yaml:8)",
      6, 3750, 4750, 2};
  gives("case: {from: 2026-01, to: 2026-02}\n"
        "parties: {azer: }\n"
        "sites: {ganja: {party: azer}}\n"
        "materials: {alumina: t, metal: t}\n"
        "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 2 t}}}\n"
        "units: {potline: {site: ganja, runs: smelt, capacity: 5 kt/month, minimum: 95 %}}\n"
        "markets:\n"
        "  alumina: {site: ganja, sells: alumina, price: 392 USD/t, up to: 2 kt/month}\n"
        "  metal: {site: ganja, buys: metal, price: 2500 USD/t}\n",
        &want, 1);
}

static void final_stock_above_supply(void **state) {
  (void)state;
  giving const want = {
      "markets.alumina sells at most 12 kt in 2026-01, but 13.33 kt is needed: "
      "raise 'up to 12 kt/month' by 1.333 kt (11.11 %); the same in 3 periods; in conflict with: "
      "final 50 kt of stocks.silo (case.yaml:5)",
      6, 4000.0 / 3, 12000, 3};
  gives(
      "case: {from: 2026-01, to: 2026-03}\n"
      "parties: {alro: }\n"
      "sites: {slatina: {party: alro}}\n"
      "materials: {alumina: t}\n"
      "stocks: {silo: {site: slatina, keeps: alumina, initial: 10 kt, final: 50 kt}}\n"
      "markets: {alumina: {site: slatina, sells: alumina, price: 400 USD/t, up to: 12 kt/month}}\n",
      &want, 1);
}

/* The stock at the start is the cheapest number to change: 10 % of it against 100 % of what comes
 * in. */
static void initial_stock_too_small(void **state) {
  (void)state;
  giving const want = {"stocks.silo holds 20 kt at the start, but 22 kt is needed: raise 'initial "
                       "20 kt' by 2 kt (10 %)",
                       5, 2000, 20000, 1};
  gives("case: {from: 2026-01, to: 2026-01}\n"
        "parties: {alro: }\n"
        "sites: {slatina: {party: alro}}\n"
        "materials: {alumina: t}\n"
        "stocks: {silo: {site: slatina, keeps: alumina, initial: 20 kt, final: 5 kt}}\n"
        "markets:\n"
        "  small: {site: slatina, sells: alumina, price: 400 USD/t, up to: 1 kt/month}\n"
        "  a: {site: slatina, buys: alumina, price: 400 USD/t, exactly: 9 kt/month}\n"
        "  b: {site: slatina, buys: alumina, price: 400 USD/t, exactly: 9 kt/month}\n",
        &want, 1);
}

static void limit_too_tight(void **state) {
  (void)state;
  giving const want = {
      "limits.co2 allows at most 12 kt in 2026-01, but 15 kt is needed: "
      "raise 'up to 12 kt/month' by 3 kt (25 %); the same in 2 periods; in conflict with: "
      "at least 10 kt/month of markets.metal (case.yaml:9)",
      10, 3000, 12000, 2};
  gives("case: {from: 2026-01, to: 2026-02}\n"
        "parties: {alro: }\n"
        "sites: {slatina: {party: alro}}\n"
        "materials: {alumina: t, metal: t, co2: {unit: t, emission: yes}}\n"
        "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 2 t}, emits: {co2: 1.5 t}}}\n"
        "units: {potline: {site: slatina, runs: smelt, capacity: 20 kt/month}}\n"
        "markets:\n"
        "  alumina: {site: slatina, sells: alumina, price: 400 USD/t}\n"
        "  metal: {site: slatina, buys: metal, price: 2500 USD/t, at least: 10 kt/month}\n"
        "limits: {co2: {sums: [emissions.co2], up to: 12 kt/month}}\n",
        &want, 1);
}

/* To raise a capacity does not raise the minimum of the months that run at it. */
static void a_minimum_is_not_shifted_with_the_capacity(void **state) {
  (void)state;
  giving const want = {"units.pots can make at most 0 t in 2026-02, but 2 t is needed: raise "
                       "'capacity' by 2 t",
                       6, 2, 0, 1};
  gives("case: {from: 2026-01, to: 2026-03}\n"
        "parties: {alro: }\n"
        "sites: {slatina: alro}\n"
        "materials: {metal: t}\n"
        "processes: {smelt: {makes: {metal: 1 t}}}\n"
        "units: {pots: {site: slatina, runs: smelt, minimum: 0.1 %, capacity: {2026-01: 500 "
        "t/month, 2026-02: 0 t/month, 2026-03: 500 t/month}}}\n"
        "markets: {need: {site: slatina, buys: metal, price: 5 USD/t, exactly: 2 t/month}}\n",
        &want, 1);
}

/* Half a ship would do; the minimum of a whole one is in the way. */
static void whole_numbers_are_the_trouble(void **state) {
  (void)state;
  giving const want = {"lanes.ship must carry at least 10 kt while used in 2026-01, but only 6 kt "
                       "is available: lower "
                       "'minimum when used' by 4 kt "
                       "(40 %); the same in 2 periods (fractional on/off decisions would suffice, "
                       "whole ones do not)",
                       5, 4000, 10000, 2};
  gives("case: {from: 2026-01, to: 2026-02}\n"
        "parties: {alro: }\n"
        "sites: {a: {party: alro}, b: {party: alro}}\n"
        "materials: {alumina: t}\n"
        "lanes: {ship: {from: a, to: b, moves: alumina, minimum when used: 10 kt, up to: 15 "
        "kt/month}}\n"
        "markets:\n"
        "  buy: {site: a, sells: alumina, price: 400 USD/t}\n"
        "  need: {site: b, buys: alumina, price: 500 USD/t, exactly: 6 kt/month}\n",
        &want, 1);
}

/* Two bounds on the same flow: where the tighter gives way beyond the other, both must. */
static void two_bounds_give_way(void **state) {
  (void)state;
  giving const want[] = {{"'up to 5 kt/month' by 5 kt (100 %)", 6, 5000, 5000, 1},
                         {"'up to 9 kt/month' by 1 kt (11.11 %)", 6, 1000, 9000, 1}};
  gives("case: {from: 2026-01, to: 2026-01}\n"
        "parties: {alro: }\n"
        "sites: {a: {party: alro}}\n"
        "materials: {alumina: t}\n"
        "markets:\n"
        "  buy: {site: a, sells: alumina, price: 400 USD/t, up to: [5 kt/month, 9 kt/month]}\n"
        "  s1: {site: a, buys: alumina, price: 500 USD/t, exactly: 2 kt/month}\n"
        "  s2: {site: a, buys: alumina, price: 500 USD/t, exactly: 2 kt/month}\n"
        "  s3: {site: a, buys: alumina, price: 500 USD/t, exactly: 2 kt/month}\n"
        "  s4: {site: a, buys: alumina, price: 500 USD/t, exactly: 2 kt/month}\n"
        "  s5: {site: a, buys: alumina, price: 500 USD/t, exactly: 2 kt/month}\n",
        want, 2);
}

/* Nothing to be bought is pure enough: the limit of composition is named beside the demand that
 * gives way. */
static void composition_in_the_way(void **state) {
  (void)state;
  giving const want = {
      "lower 'exactly 4 kt/month' by 3 kt (75 %); in conflict with: within fe of units.furnace "
      "(case.yaml:5), up to 1 kt/month of markets.ingot (case.yaml:9)",
      10, 3000, 4000, 1};
  gives("case: {from: 2026-01, to: 2026-01}\n"
        "parties: {alro: }\n"
        "sites: {a: {party: alro}}\n"
        "materials: {scrap: {unit: t, composition: {fe: 1 %}}, ingot: {unit: t, composition: {fe: "
        "0 %}}, billet: t}\n"
        "processes: {charge: {makes: {billet: 1 t}, blends: [scrap, ingot], within: {fe: at most 0 "
        "%}}}\n"
        "units: {furnace: {site: a, runs: charge}}\n"
        "markets:\n"
        "  scrap: {site: a, sells: scrap, price: 1500 USD/t}\n"
        "  ingot: {site: a, sells: ingot, price: 2500 USD/t, up to: 1 kt/month}\n"
        "  billet: {site: a, buys: billet, price: 2600 USD/t, exactly: 4 kt/month}\n",
        &want, 1);
}

/* More may be bought in each month then, and need not be: nothing is needed in February. Beside
 * what is usual in the case it is less than all of the need. */
static void what_is_raised_may_stay_unused(void **state) {
  (void)state;
  giving const want = {
      "markets.buy sells at most 0 t in 2026-01, but 10 t is needed: raise 'up to 0 t/month' by 10 "
      "t",
      6, 10, 0, 1};
  gives("case: {from: 2026-01, to: 2026-02}\n"
        "parties: {alro: }\n"
        "sites: {a: {party: alro}}\n"
        "materials: {coke: t}\n"
        "markets:\n"
        "  buy: {site: a, sells: coke, price: 300 USD/t, up to: 0 t/month}\n"
        "  need: {site: a, buys: coke, price: 400 USD/t, exactly: {2026-01: 10 t/month, 2026-02: 0 "
        "t/month}}\n"
        "  spot: {site: a, buys: coke, price: 310 USD/t, up to: 1 kt/month}\n"
        "  dump: {site: a, buys: coke, price: 305 USD/t, up to: 1 kt/month}\n",
        &want, 1);
}

static void nothing_to_explain(void **state) {
  (void)state;
  fixture f = read_text(rich);
  pl_relaxation *r = NULL;
  int n = -1;
  must(&f, pl_diagnose_infeasible(f.program, NULL, &r, &n, f.arena, f.diag));
  assert_int_equal(0, n);
  done(&f);
}

/* --- Ways to earn without end ---------------------------------------------------------------- */

static void loops(const char *text, int n_want, int line, const char *part) {
  fixture f = read_text(text);
  int const before = pl_diag_size(f.diag);
  assert_int_equal(n_want > 0 ? PL_UNBOUNDED : PL_OK, pl_diagnose_loops(f.program, NULL, f.diag));
  assert_int_equal(n_want, pl_diag_count(f.diag, PL_ERROR));
  if (n_want > 0) {
    const pl_message *m = pl_diag_at(f.diag, before);
    assert_int_equal(line, m->place.line);
    says(m->text, part);
    says(m->hint, "'up to'");
  }
  done(&f);
}

#define LOOP_HEAD                                                                                  \
  "case: {from: 2026-01, to: 2026-03}\n"                                                           \
  "parties: {alro: }\n"                                                                            \
  "sites: {a: {party: alro}, b: {party: alro}}\n"                                                  \
  "materials: {alumina: t, metal: t}\n"                                                            \
  "lanes: {ab: {from: a, to: b, moves: alumina, cost: 5 USD/t, loss: 1 %}}\n"                      \
  "markets:\n"

/* The time is over before it began. */
static void a_search_that_is_stopped_says_so(void **state) {
  (void)state;
  pl_solve_options by = PL_SOLVE_DEFAULTS;
  pl_relaxation *r = NULL;
  int n = 0;
  by.until_s = pl_clock_s();
  fixture f = read_text(LOOP_HEAD "  buy: {site: a, sells: alumina, price: 392 USD/t}\n"
                                  "  sell: {site: b, buys: alumina, price: 415 USD/t}\n");
  assert_int_equal(PL_STOPPED, pl_diagnose_loops(f.program, &by, f.diag));
  says(pl_diag_at(f.diag, pl_diag_size(f.diag) - 1)->text, "stopped before all loops were found");
  done(&f);
  f = read_text(LOOP_HEAD "  buy: {site: a, sells: alumina, price: 392 USD/t, up to: 1 t}\n"
                          "  sell: {site: b, buys: alumina, price: 415 USD/t, exactly: 5 t}\n");
  assert_int_equal(PL_STOPPED, pl_diagnose_infeasible(f.program, &by, &r, &n, f.arena, f.diag));
  says(pl_diag_at(f.diag, pl_diag_size(f.diag) - 1)->text,
       "stopped before what prevents a plan was found");
  done(&f);
}

static void loop_of_trade(void **state) {
  (void)state;
  loops(LOOP_HEAD "  buy: {site: a, sells: alumina, price: 392 USD/t}\n"
                  "  sell: {site: b, buys: alumina, price: 415 USD/t}\n",
        1, 8,
        "buy 1.01 t at markets.buy (392 USD/t), ship 1.01 t by lanes.ab (5 USD/t), sell 1 t at "
        "markets.sell (415 USD/t); each time 13.99 USD/t is gained");
}

static void no_loop_where_a_bound_closes_it(void **state) {
  (void)state;
  loops(LOOP_HEAD "  buy: {site: a, sells: alumina, price: 392 USD/t, up to: 100 kt/year}\n"
                  "  sell: {site: b, buys: alumina, price: 415 USD/t}\n",
        0, 0, "");
}

static void no_loop_where_the_spread_closes_it(void **state) {
  (void)state;
  loops(LOOP_HEAD "  buy: {site: a, sells: alumina, price: 392 USD/t}\n"
                  "  sell: {site: b, buys: alumina, price: 401 USD/t}\n",
        0, 0, "");
}

static void loop_through_a_recipe(void **state) {
  (void)state;
  loops(LOOP_HEAD
        "  buy: {site: a, sells: alumina, price: 400 USD/t}\n"
        "  sell: {site: b, buys: metal, price: 2500 USD/t}\n"
        "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 1.98 t}, cost: 300 USD/t}}\n"
        "units: {potline: {site: b, runs: smelt}}\n",
        1, 8,
        "buy 2 t at markets.buy (400 USD/t), make 1 t at units.potline (300 USD/t), ship 2 t by "
        "lanes.ab (5 USD/t), sell 1 t");
}

static void no_loop_where_a_unit_bounds_it(void **state) {
  (void)state;
  loops(LOOP_HEAD
        "  buy: {site: a, sells: alumina, price: 400 USD/t}\n"
        "  sell: {site: b, buys: metal, price: 2500 USD/t}\n"
        "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 1.98 t}, cost: 300 USD/t}}\n"
        "units: {potline: {site: b, runs: smelt, capacity: 5 kt/month}}\n",
        0, 0, "");
}

/* Buying in a cheap month for a dear one, with a store that nothing limits. */
static void loop_through_time(void **state) {
  (void)state;
  loops("case: {from: 2026-01, to: 2026-03}\n"
        "parties: {alro: }\n"
        "sites: {a: {party: alro}}\n"
        "materials: {alumina: t}\n"
        "quotations: {AL: {unit: USD/t, values: {2026-01: 300 USD/t, 2026-03: 420 USD/t}}}\n"
        "stocks: {silo: {site: a, keeps: alumina, cost: 1 USD/t/month}}\n"
        "markets:\n"
        "  buy: {site: a, sells: alumina, price: AL + 10 USD/t}\n"
        "  sell: {site: a, buys: alumina, price: AL}\n",
        1, 9, "keep 1 t at stocks.silo");
}

/* Taking something away for money, and throwing it away. */
static void loop_of_waste(void **state) {
  (void)state;
  loops("case: {from: 2026-01, to: 2026-01}\n"
        "parties: {alro: }\n"
        "sites: {a: {party: alro}}\n"
        "materials: {dross: {unit: t, free disposal: yes}}\n"
        "markets:\n"
        "  gift: {site: a, sells: dross, price: -5 USD/t}\n",
        1, 6, "buy 1 t at markets.gift (5 USD/t); each time 5 USD/t is gained");
}

/* Two loops that share no market are told one by one. */
static void two_loops(void **state) {
  (void)state;
  loops(LOOP_HEAD "  buy: {site: a, sells: alumina, price: 392 USD/t}\n"
                  "  sell: {site: b, buys: alumina, price: 415 USD/t}\n"
                  "  m1: {site: a, sells: metal, price: 2000 USD/t}\n"
                  "  m2: {site: a, buys: metal, price: 2100 USD/t}\n",
        2, 10, "markets.m2 earns without limit");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(audit_passes),
      cmocka_unit_test(audit_sees_every_column),
      cmocka_unit_test(audit_names_what_fails),
      cmocka_unit_test(audit_sees_false_accounts),
      cmocka_unit_test(delayed_money_is_booked_when_paid),
      cmocka_unit_test(audit_sees_money_in_a_wrong_year),
      cmocka_unit_test(what_is_left_is_worth_something_in_the_last_year),
      cmocka_unit_test(audit_sees_a_false_optimum),
      cmocka_unit_test(bottleneck_of_two),
      cmocka_unit_test(bottlenecks_of_mexican_steel),
      cmocka_unit_test(marginals_say_why),
      cmocka_unit_test(marginals_join_equal_reasons),
      cmocka_unit_test(marginals_of_mexican_steel),
      cmocka_unit_test(demand_above_lane),
      cmocka_unit_test(least_load_above_supply),
      cmocka_unit_test(final_stock_above_supply),
      cmocka_unit_test(initial_stock_too_small),
      cmocka_unit_test(limit_too_tight),
      cmocka_unit_test(a_minimum_is_not_shifted_with_the_capacity),
      cmocka_unit_test(whole_numbers_are_the_trouble),
      cmocka_unit_test(two_bounds_give_way),
      cmocka_unit_test(composition_in_the_way),
      cmocka_unit_test(what_is_raised_may_stay_unused),
      cmocka_unit_test(nothing_to_explain),
      cmocka_unit_test(a_search_that_is_stopped_says_so),
      cmocka_unit_test(loop_of_trade),
      cmocka_unit_test(no_loop_where_a_bound_closes_it),
      cmocka_unit_test(no_loop_where_the_spread_closes_it),
      cmocka_unit_test(loop_through_a_recipe),
      cmocka_unit_test(no_loop_where_a_unit_bounds_it),
      cmocka_unit_test(loop_through_time),
      cmocka_unit_test(loop_of_waste),
      cmocka_unit_test(two_loops),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
