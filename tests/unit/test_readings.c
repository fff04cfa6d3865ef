/* A quantity is the same number by whatever way it comes into a case: as a literal, a quotation's
 * value, values by date or listed, a column of a CSV file with the unit in its head or declared, a
 * cell of a table, a setting, a scenario, within formulas, scaled, and over windows. */
#include <stdlib.h>

#include "agreed.h"

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
  agreed f = {.diag = pl_diag_new(), .files = pl_files_new(NULL, 0), .arena = pl_arena_new()};
  pl_case_options const options = {.scenario = "other", .set = set, .n_set = n_set};
  pl_files_prime(f.files, "case.yaml", text, strlen(text));
  pl_files_prime(f.files, "series.csv", series, strlen(series));
  pl_files_prime(f.files, "years.csv", years, strlen(years));
  pl_files_prime(f.files, "rows.csv", rows, strlen(rows));
  must(&f, pl_case_read("case.yaml", f.files, &options, &f.c, f.diag));
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

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_quantity_is_the_same_by_every_way)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
