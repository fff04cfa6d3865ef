/* A quantity is the same number by whatever way it comes into a case: as a literal, a quotation's
 * value, values by date or listed, a column of a CSV file with the unit in its head or declared, a
 * cell of a table, a setting, a scenario, within formulas, scaled, and over windows. */
#include <stdio.h>
#include <stdlib.h>

#include "agreed.h"
#include "assemble/assemble.h"
#include "audit/tokens.h"
#include "unit/unit.h"

static const char head[] =
    "case: {from: 2027-11, to: 2028-03}\n" /* a leap February, a turn of the year */
    "parties: {p: }\n"
    "sites: {s: p}\n"
    "materials: {coke: t}\n"
    "quotations:\n"
    "  V: {value: 800 t/month}\n"
    "  U: {value: 800, unit: t/month}\n"
    "  K: {value: 0.8 kt/month}\n"
    "  D: {values: {2027: 800 t/month, 2028: 0.8 kt/month}}\n"
    "  L: {values: [800 t/month, 800 t/month, 800 t/month, 800 t/month, 800 t/month]}\n"
    "  C: {file: series.csv, column: monthly}\n"
    "  E: {file: series.csv, column: bare, unit: t/month}\n"
    "  Y: {file: years.csv, column: q}\n"
    "  S: {value: 1 t/month}\n"
    "  T: {value: 1 t/month}\n"
    "  F: {formula: V}\n"
    "  G: {formula: 2 * V - 800 t/month}\n"
    "  N: {formula: 800 t/month}\n"
    "  W: {hours of: V}\n";
static const char series[] = "date,monthly [t/month],bare\n"
                             "2027-06,800,800\n2027-07,800,800\n2027-08,800,800\n"
                             "2027-09,800,800\n2027-10,800,800\n2027-11,800,800\n"
                             "2027-12,800,800\n2028-01,800,800\n2028-02,800,800\n"
                             "2028-03,800,800\n";
static const char years[] = "date,q [t/month]\n2027,800\n2028,800\n";
static const char rows[] = "name,site,sells,price,up to [t/month]\ncell,s,coke,0 USD/t,800\n";

/* All are 800 t/month. */
static const char *const routes[] = {
    "800 t/month",
    "0.8 kt/month",
    "2 * 400 t/month",
    "400 t/month * 2",
    "1600 t/month / 2",
    "300 t/month + 500 t/month",
    "{2027: 800 t/month, 2028: 0.8 kt/month}",
    "V",
    "U",
    "K",
    "D",
    "L",
    "C",
    "E",
    "Y",
    "S",
    "T",
    "F",
    "G",
    "N",
    "W",
    "2 * V / 2",
    "V * 50 % + 400 t/month",
    "max(V, 100 t/month)",
    "min(V, U)",
    "clip(V, 100 t/month, 900 t/month)",
    "avg(V, D)",
    "round(V * 1.0, 1 t/h) * 0 + V",
    "if(V > 100 t/month, C, 0)",
    "pwl(50; 0:700 t/month, 100:900 t/month)",
    "step(50; 0:800 t/month, 100:V)",
    "V[M]",
    "C[M-1]",
    "C[last 3 M]",
    "C[Q-1]",
    "Y[Y]",
    "F[M-1]",
    "N[M-1]",
    "800 t/month * index(C[M-1], 2027-07)",
    "800 t/month * index(C)",
    "{2027: 'C[M-1]', 2028: V}",
};
enum { ROUTES = sizeof routes / sizeof *routes };

static agreed read_case(const char *text, const char *const *set, int n_set) {
  agreed f = case_begin();
  pl_case_options const options = {.scenario = "other", .set = set, .n_set = n_set};
  pl_files_prime(f.files, "series.csv", series, strlen(series));
  pl_files_prime(f.files, "years.csv", years, strlen(years));
  pl_files_prime(f.files, "rows.csv", rows, strlen(rows));
  case_read(&f, "case.yaml", text, &options);
  return f;
}

/* In tonnes, over the whole of some months. */
static double tonnes(const agreed *f, const pl_formula *x, pl_time from, pl_time to) {
  return pl_formula_eval(x, f->c->quotes, from, to) * (double)(to - from) / 60;
}

static void check_market(const agreed *f, const pl_market *m, const char *route) {
  static const int starts[] = {11, 12, 13, 14, 15, 16};
  const pl_formula *x = m->up_to.formula[0];
  if (m->up_to.per[0] != PL_MONTH) fail_msg("'%s' is not per month", route);
  for (int i = 0; i < 5; i++) {
    double const got =
        tonnes(f, x, pl_time_of(2027, starts[i], 1), pl_time_of(2027, starts[i + 1], 1));
    if (fabs(got - 800) > 1e-9) fail_msg("'%s': %.12g t in month %d", route, got, starts[i]);
  }
  /* A stretch across months, and an hour of a leap February. */
  double const all = tonnes(f, x, pl_time_of(2027, 11, 1), pl_time_of(2028, 4, 1)),
               hour = tonnes(f, x, pl_time_of(2028, 2, 9), pl_time_of(2028, 2, 9) + 60);
  if (fabs(all - 4000) > 1e-8) fail_msg("'%s': %.12g t in five months", route, all);
  if (fabs(hour - 800.0 / 696) > 1e-12) fail_msg("'%s': %.12g t in an hour", route, hour);
}

static void a_quantity_is_the_same_by_every_way(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  static const char *const set[] = {"quotations.S.value=800 t/month",
                                    "markets.set.up to=800 t/month"};
  pl_string text;
  pl_string_init(&text, a);
  pl_string_printf(&text,
                   "%sscenarios: {other: {set: {quotations.T.value: 800 t/month, markets.other.up "
                   "to: 0.8 kt/month}}}\ntables: {markets: rows.csv}\nmarkets:\n",
                   head);
  for (int i = 0; i < ROUTES; i++) {
    bool const dated = routes[i][0] == '{'; /* dates are a mapping, not text */
    pl_string_printf(&text, "  m%d: {site: s, sells: coke, price: 0 USD/t, up to: %s%s%s}\n", i,
                     dated ? "" : "'", routes[i], dated ? "" : "'");
  }
  pl_string_printf(&text, "  set: {site: s, sells: coke, price: 0 USD/t}\n"
                          "  other: {site: s, sells: coke, price: 0 USD/t}\n");
  agreed f = read_case(text.text, set, 2);
  for (int i = 0; i < f.c->n_markets; i++) {
    const pl_market *m = &f.c->markets[i];
    int const route = m->name[0] == 'm' ? atoi(m->name + 1) : -1;
    check_market(&f, m, route >= 0 ? routes[route] : m->name);
  }
  done(&f);
  pl_arena_free(a);
}

/* --- The audit reads by itself ---------------------------------------------------------------- */

static void the_audit_knows_every_unit(void **state) {
  (void)state;
  int n;
  const pl_unit_symbol *symbol = pl_unit_symbols(&n);
  pl_time const from = pl_time_of(2027, 12, 9), to = pl_time_of(2028, 2, 29);
  for (int i = 0; i < n; i++) {
    char text[64];
    static const char *const forms[][2] = {{"", ""}, {"USD/", ""}, {"t/(h*", ")"}, {"1/", ""}};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
      pl_measure m;
      pl_audit_token own;
      (void)snprintf(text, sizeof text, "%s%s%s", forms[k][0], symbol[i].symbol, forms[k][1]);
      size_t used = 0;
      if (!pl_measure_parse(text, strlen(text), &m, &used) || used != strlen(text)) continue;
      if (!pl_audit_unit_read(text, strlen(text), &own)) fail_msg("'%s' is not known", text);
      double const want = pl_measure_over_time(&m, from, to),
                   got = pl_audit_token_value(&own, from, to);
      if (fabs(got - want) > 1e-9 * want) fail_msg("'%s': %.12g, not %.12g", text, got, want);
    }
  }
}

/* A number is read with its unit, of however many digits; what has no number is none. */
static void the_audit_reads_numbers(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double number;
    bool bare;
  } numbers[] = {
      {"5 t", 5, false},           {"5", 5, true},     {"0", 0, true}, {"12 t", 12, false},
      {" 7.5 USD/t ", 7.5, false}, {"-3 %", -3, false}};
  static const char *const none[] = {"t", "", "x5", "% 5", "5 furlongs"};
  pl_audit_token token;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    if (!pl_audit_token_read(numbers[i].text, strlen(numbers[i].text), &token))
      fail_msg("'%s' is not read", numbers[i].text);
    near(numbers[i].number, token.number);
    assert_true(token.bare == numbers[i].bare);
  }
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    if (pl_audit_token_read(none[i], strlen(none[i]), &token)) fail_msg("'%s' is read", none[i]);
}

static void the_audit_knows_every_date(void **state) {
  (void)state;
  static const char *const dates[] = {
      "1999",    "2026-Q3",    "2026-W01",   "2020-W53",         "2027-W09",     "2028-02",
      "2026-12", "2028-02-29", "2100-03-01", "2026-03-15T07:15", "2026-03-15T23"};
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
    pl_time want, got;
    pl_step step;
    bool clock;
    assert_true(pl_time_parse(dates[i], strlen(dates[i]), &want, &step));
    assert_true(pl_audit_date_read(dates[i], strlen(dates[i]), &got, &clock));
    if (want != got) fail_msg("'%s' is another time", dates[i]);
  }
}

static const char audited_case[] =
    "case: {from: 2027-11, to: 2028-03, exchange: {EUR: FX}}\n"
    "parties: {p: }\n"
    "sites: {s: p, r: p}\n"
    "materials: {coke: t}\n"
    "quotations:\n"
    "  MOST: {values: {2027: 800 t/month, 2028-01: 0.9 kt/month}}\n"
    "  LISTED: {unit: USD/t, values: [100, 110, 120, 130, 140]}\n"
    "  FX: 1.1 USD/EUR\n"
    "  COLUMN: {file: series.csv, column: monthly}\n"
    "  OTHER: {file: series.csv, column: bare, unit: USD/t}\n"
    "lanes:\n"
    "  road: {from: s, to: r, moves: coke, distance: 40 mi, cost: 0.05 EUR/(t*km)}\n"
    "markets:\n"
    "  buy: {site: s, sells: coke, price: LISTED, up to: COLUMN}\n"
    "  sell: {site: r, buys: coke, price: OTHER, up to: [MOST, 12 kt/year]}\n";

static agreed audited_plan(void) {
  agreed f = case_begin();
  pl_files_prime(f.files, "series.csv", series, strlen(series));
  case_read(&f, "case.yaml", audited_case, NULL);
  must(&f, pl_program_build(f.c, &f.program, f.diag));
  plan(&f);
  return f;
}

/* The audit refuses what was read, at this place of a file. */
static void refuses(agreed *f, const char *file, int line, int column, const char *words) {
  pl_audit audit;
  pl_diag *diag = pl_diag_new();
  assert_int_equal(PL_AUDIT, pl_audit_run(f->schedule, 1e-6, f->arena, &audit, diag));
  bool seen = false;
  for (int i = 0; i < pl_diag_size(diag); i++) {
    const pl_message *m = pl_diag_at(diag, i);
    seen = seen || (m->place.file && !strcmp(m->place.file, file) && m->place.line == line &&
                    m->place.column == column && strstr(m->text, words));
    if (!seen)
      print_message("%s:%d:%d: %s\n", m->place.file, m->place.line, m->place.column, m->text);
  }
  assert_true(seen);
  pl_diag_free(diag);
}

static pl_quotation *series_of(const agreed *f, const char *name) {
  return (pl_quotation *)pl_quotes_at(f->c->quotes,
                                      pl_quotes_find(f->c->quotes, name, strlen(name)));
}

static pl_literal *literal_of(const agreed *f, const char *text) {
  for (int i = 0; i < f->c->n_literals; i++)
    if (!strcmp(f->c->literals[i].text, text)) return &f->c->literals[i];
  fail_msg("no literal '%s'", text);
  return NULL;
}

/* The month dropped, a wrong unit, another value, another column, another period: whatever is read
 * wrongly for the plan is refused by the audit. */
static void the_audit_refuses_a_misreading(void **state) {
  (void)state;
  agreed f = audited_plan();
  pl_quotation *most = series_of(&f, "MOST"), *list = series_of(&f, "LISTED"),
               *column = series_of(&f, "COLUMN"), *other = series_of(&f, "OTHER");
  most->unit.calendar[PL_MONTH] = 0;
  refuses(&f, "case.yaml", 6, 25, "'800 t/month' is 800 in the plan");
  most->unit.calendar[PL_MONTH] = -1;
  most->value[1] /= 1000;
  refuses(&f, "case.yaml", 6, 47, "'0.9 kt/month'");
  most->value[1] *= 1000;
  most->from[1] = pl_time_of(2028, 2, 1);
  refuses(&f, "case.yaml", 6, 47, "'0.9 kt/month'");
  most->from[1] = pl_time_of(2028, 1, 1);
  for (int i = 0; i < list->n; i++) list->from[i] = pl_time_of(2027, 12 + i, 1);
  refuses(&f, "case.yaml", 7, 34, "'100'");
  for (int i = 0; i < list->n; i++) list->from[i] = pl_time_of(2027, 11 + i, 1);
  column->unit.calendar[PL_MONTH] = 0;
  refuses(&f, "series.csv", 2, 9, "COLUMN in '2027-06'");
  column->unit.calendar[PL_MONTH] = -1;
  column->from[3] += 60;
  refuses(&f, "series.csv", 5, 9, "the plan has COLUMN in '2027-09' at another time");
  column->from[3] -= 60;
  other->value[2] += 1;
  refuses(&f, "series.csv", 4, 13, "OTHER in '2027-08' is 801");
  other->value[2] -= 1;
  literal_of(&f, "40 mi")->value = 40 * 1.852;
  refuses(&f, "case.yaml", 12, 49, "'40 mi' is 74.08 in the plan, but 64.37376");
  literal_of(&f, "40 mi")->value = 40 * 1.609344;
  literal_of(&f, "12 kt/year")->text = "12 kt/month";
  refuses(&f, "case.yaml", 15, 59, "'12 kt/month'");
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_quantity_is_the_same_by_every_way),
                                     cmocka_unit_test(the_audit_knows_every_unit),
                                     cmocka_unit_test(the_audit_reads_numbers),
                                     cmocka_unit_test(the_audit_knows_every_date),
                                     cmocka_unit_test(the_audit_refuses_a_misreading)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
