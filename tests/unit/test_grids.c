/* The grid decides nothing in silence: amounts by hand on several grids, the error that follows,
 * what is printed of it, convergence over random cases, and transit that is rounded. */
#include "unit/flexible.h"

#include "base/philox.h"
#include "report/value.h"
#include "value/grids.h"

static pl_value_options const usual = {
    .jobs = 2, .solve = {.gap = 1e-6, .threads = 1}, .grid_error = true, .finer = -1};

static agreed valued(const char *head, const char *rest, const pl_value_options *options,
                     pl_valuation **v) {
  agreed f = built(head, rest);
  must(&f, pl_value_agreements(f.program, options, f.arena, v, f.diag));
  return f;
}

static const pl_grid_worth *on_grid(agreed *f, pl_step step) {
  pl_grid_worth *w = NULL;
  must(f, pl_value_on_grid(f->c, step, false, &usual, f->arena, &w, f->diag));
  return w;
}

/* --- By hand ------------------------------------------------------------------------------------
 */

/* A tonne a day costs 100 and passes at 105; the way takes 15 days, and the price jumps from 90 to
 * 130 as February begins. By the month January's 31 t arrive from 16 January to 15 February, 16
 * days of it at 90 and 15 at 130; February's are too late. By the half-month the first is sold at
 * 90 and stays at home; the second, 16 t, is sold for a day at 90 and 15 at 130; the third, 15 t,
 * for 13 days at 130. By the day those leave that arrive in February: 28 t. By the week those of
 * 12 to 18 January are sold for 6 days in a week whose price is the mean of 6 days at 90 and one at
 * 130, and for a day at 130; those of three weeks after them at 130. */
static const char jump[] =
    "parties: {mine: , mill: }\n"
    "sites: {port: mine, works: mill}\n"
    "materials: {ore: t}\n"
    "markets:\n"
    "  source: {site: port, sells: ore, for: mine, price: 100 USD/t, up to: 1 t/day}\n"
    "  sink: {site: works, buys: ore, for: mill, price: {2026-01: 90 USD/t, 2026-02: 130 USD/t}}\n"
    "lanes:\n"
    "  way: {from: port, to: works, moves: ore, for: mill, time: 15 d}\n"
    "agreements:\n"
    "  supply: {kind: supply, seller: mine, buyer: mill, material: ore, place: port, price: 105 "
    "USD/t}\n";
static const char by_month[] = "case: {from: 2026-01, to: 2026-02}\n";

enum { MINE, MILL };

static void a_jump_on_four_grids(void **state) {
  (void)state;
  static const struct {
    pl_step step;
    double joint, mine;
  } by[] = {{PL_MONTH, 16 * 90 + 15 * 130 - 3100, 5 * 31},
            {PL_HALF_MONTH, 90 + 15 * 130 - 1600 + 13 * 130 - 1500, 5 * 31},
            {PL_WEEK, 6 * (6 * 90 + 130) / 7.0 + 130 - 700 + 3 * 7 * 30, 5 * 28},
            {PL_DAY, 28 * 30, 5 * 28}};
  agreed f = built(by_month, jump);
  for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
    const pl_grid_worth *w = on_grid(&f, by[i].step);
    near(by[i].joint, w->all);
    near(0, w->none);
    near(0, w->apart[MILL]);
    near(by[i].joint, w->worth[0].joint);
    near(by[i].joint, w->worth[0].alone);
    near(by[i].mine, w->worth[0].party[MINE]);
    near(by[i].joint - by[i].mine, w->worth[0].party[MILL]);
  }
  done(&f);
}

/* Half the length, so that twice the difference is the error. */
static void the_error_of_a_month(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(by_month, jump, &usual, &v);
  assert_null(v->grid.why_not);
  assert_int_equal(v->grid.step, PL_HALF_MONTH);
  near(2, v->grid.factor);
  near(630, v->grid.all);
  near(2 * (630 - 290), v->worth[0].joint_error);
  near(2 * (475 - 135), v->worth[0].party_error[MILL]);
  assert_true(v->worth[0].party_error[MINE] < 1e-6);
  /* the mill gains up to 105 + 135 / 31 by the month, up to 105 + 475 / 31 by the half-month */
  near(105 + 135 / 31.0, v->worth[0].ranges[0].high);
  near(2 * (475 - 135) / 31.0, v->worth[0].ranges[0].high_error);
  assert_null(v->worth[0].mean_of);
  done(&f);
}

/* 9 weeks begin in the two months or are cut by their start, against 2 periods. */
static void another_finer_grid(void **state) {
  (void)state;
  pl_value_options options = usual;
  options.finer = PL_WEEK;
  pl_valuation *v;
  agreed f = valued(by_month, jump, &options, &v);
  near(9.0 / 7, v->grid.factor);
  near(9.0 / 7 * (6 * 670 / 7.0 + 130 - 700 + 630 - 290), v->worth[0].joint_error);
  done(&f);
  options.finer = PL_MONTH;
  f = built(by_month, jump);
  assert_int_equal(PL_RANGE, pl_value_agreements(f.program, &options, f.arena, &v, f.diag));
  done(&f);
}

static bool same(double one, double other) { return memcmp(&one, &other, sizeof one) == 0; }

static void threads_do_not_show(void **state) {
  (void)state;
  pl_value_options alone = usual;
  alone.jobs = 1;
  pl_valuation *v, *w;
  agreed f = valued(by_month, jump, &usual, &v), g = valued(by_month, jump, &alone, &w);
  assert_true(same(v->grid.all, w->grid.all));
  assert_true(same(v->worth[0].joint_error, w->worth[0].joint_error));
  assert_true(same(v->worth[0].party_error[MILL], w->worth[0].party_error[MILL]));
  assert_true(same(v->worth[0].ranges[0].high_error, w->worth[0].ranges[0].high_error));
  done(&f);
  done(&g);
}

static void what_is_not_estimated(void **state) {
  (void)state;
  static const struct {
    const char *head, *why;
  } not[] = {{"case: {from: 2026-01, to: 2026-02, step: day}\n", "a day"},
             {"case: {from: 2026-01-03, to: 2026-01-09, step: month}\n", "no more"}};
  for (size_t i = 0; i < sizeof not/ sizeof *not; i++) {
    pl_valuation *v;
    agreed f = valued(not[i].head, jump, &usual, &v);
    says(v->grid.why_not, not[i].why);
    assert_true(isnan(v->worth[0].joint_error) && isnan(v->worth[0].party_error[MILL]));
    done(&f);
  }
  pl_valuation *v;
  pl_value_options const none = {.jobs = 1, .solve = PL_SOLVE_DEFAULTS};
  agreed f = valued(by_month, jump, &none, &v);
  says(v->grid.why_not, "not requested");
  done(&f);
}

/* --- What is printed
 * ------------------------------------------------------------------------------
 */

static const pl_cell *find_row(const pl_table *t, const char *figure, const char *of) {
  for (int i = 0; i < t->n_rows; i++) {
    const pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols];
    if (strcmp(cell[1].text, figure) == 0 && strcmp(cell[2].text, of) == 0) return cell;
  }
  fail_msg("no row %s of %s", figure, of);
  return NULL;
}

static void unresolved_is_no_gain(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(by_month, jump, &usual, &v);
  pl_table *table[PL_VALUE_TABLES];
  must(&f, pl_schedule_make(f.program, v->plan, f.arena, &f.schedule));
  pl_report_value_tables(v, f.schedule, table, f.arena);
  const pl_table *grid = table[PL_VALUE_TABLE_GRID], *by_party = table[PL_VALUE_TABLE_BY_PARTY];
  assert_true(isnan(table[PL_VALUE_TABLE_AGREEMENTS]->cell[4].number)); /* worth jointly */
  near(155, by_party->cell[2].number);
  assert_true(isnan(by_party->cell[by_party->n_cols + 2].number));
  assert_string_equal("gain", find_row(grid, "worth", "mine")[7].text);
  assert_string_equal("below the grid's error of ± 680.00 USD",
                      find_row(grid, "worth", "mill")[7].text);
  says(find_row(grid, "high", "price")[7].text, "below the grid's error of ± 21.94 USD/t");
  assert_string_equal("inside", find_row(grid, "low", "price")[7].text);
  done(&f);
}

static void page_says_so(void **state) {
  (void)state;
  pl_valuation *v;
  agreed f = valued(by_month, jump, &usual, &v);
  pl_report_facts facts = {0};
  pl_audit audit;
  pl_string page;
  pl_string_init(&page, f.arena);
  must(&f, pl_schedule_make(f.program, v->plan, f.arena, &f.schedule));
  must(&f, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  facts.audit = &audit;
  pl_report_value(v, f.schedule, &facts, 1, &page);
  says(page.text, "supply, worth jointly: below the grid's error of ± 680.00 USD\n");
  says(page.text, "supply, worth to mill: below the grid's error of ± 680.00 USD\n");
  done(&f);
}

/* The quotation that is said to be a mean, where power is sold at POOL of these values; NULL. */
static void means_of(const char *values, const char *name) {
  static const char trade[] =
      "}}}\nparties: {plant: , works: }\n"
      "sites: {here: plant}\n"
      "materials: {power: MWh}\n"
      "markets:\n"
      "  fuel: {site: here, sells: power, for: plant, price: 40 USD/MWh, up to: 24 MWh/day}\n"
      "  need: {site: here, buys: power, for: works, price: POOL, up to: 12 MWh/day}\n"
      "agreements:\n"
      "  supply: {kind: power, seller: plant, buyer: works, material: power, place: here, price: "
      "45 USD/MWh}\n";
  pl_arena *a = pl_arena_new();
  pl_valuation *v;
  agreed f = valued(pl_arena_printf(a, "%squotations: {POOL: {values: {%s", by_month, values),
                    trade, &usual, &v);
  if (name) {
    assert_non_null(v->worth[0].mean_of);
    assert_string_equal(name, v->worth[0].mean_of);
  } else {
    assert_null(v->worth[0].mean_of);
  }
  done(&f);
  pl_arena_free(a);
}

/* A price by the hour, or by dates within the half-month, is a mean on both grids. */
static void means_are_named(void **state) {
  (void)state;
  means_of("2026-01-01: 50 USD/MWh, 2026-01-11: 90 USD/MWh, 2026-02-01: 60 USD/MWh", "POOL");
  means_of("2026-01-01: 50 USD/MWh, 2026-02-01: 60 USD/MWh", NULL);
  means_of("2026-01-01: 50 USD/MWh, 2026-02-01: 60 USD/MWh, 2026-03-07: 60 USD/MWh", NULL);
}

/* Listed prices hold for half-months, of 15, 16, 15 and 13 days; the audit counts them by itself.
 */
static void half_months_are_listed(void **state) {
  (void)state;
  agreed f =
      planned("case: {from: 2026-01, to: 2026-02}\n",
              "parties: {mine: }\n"
              "sites: {port: mine}\n"
              "materials: {ore: {unit: t, step: half-month}}\n"
              "quotations: {P: {values: [2 USD/t, 3 USD/t, 4 USD/t, 5 USD/t], step: "
              "half-month, beyond: error}}\n"
              "markets:\n"
              "  source: {site: port, sells: ore, for: mine, price: 1 USD/t, up to: 1 t/day}\n"
              "  sink: {site: port, buys: ore, for: mine, price: P}\n");
  near(15 + 16 * 2 + 15 * 3 + 13 * 4.0, earned(&f));
  near(13, value_of(&f, "markets.sink", PL_COLUMN_TRADE, 3));
  done(&f);
}

/* --- Convergence
 * ----------------------------------------------------------------------------------
 */

typedef struct {
  uint32_t drawn;
} dice;

static double between(dice *d, double low, double high) {
  uint32_t const counter[4] = {d->drawn++};
  uint32_t out[4];
  pl_philox(20261201, counter, out);
  return low + (high - low) * (out[0] / 4294967296.0);
}

/* Bounds per day, prices by the month, two ways of some days, stock at the end of one, goods under
 * way on the other. */
static const char *random_chain(dice *d, pl_arena *a) {
  double p[8];
  for (int i = 0; i < 8; i++) p[i] = between(d, 80, 140);
  return pl_arena_printf(
      a,
      "case: {from: 2026-01, to: 2026-06, discount: 8 %%}\n"
      "parties: {mine: , mill: }\n"
      "sites: {port: mine, yard: mill, works: mill}\n"
      "materials: {ore: t}\n"
      "stocks: {heap: {site: yard, keeps: ore, capacity: %.0f t, initial: 20 t}}\n"
      "markets:\n"
      "  source: {site: port, sells: ore, for: mine, price: {2026-01: %.0f USD/t, 2026-03: %.0f "
      "USD/t}, up to: 10 t/day}\n"
      "  near: {site: yard, buys: ore, for: mill, price: {2026-01: %.0f USD/t, 2026-02: %.0f "
      "USD/t, 2026-04: %.0f USD/t, 2026-05: %.0f USD/t}, up to: %.1f t/day}\n"
      "  dear: {site: yard, sells: ore, for: mill, price: 160 USD/t}\n"
      "  far: {site: works, buys: ore, for: mill, price: {2026-01: %.0f USD/t, 2026-04: %.0f "
      "USD/t}, up to: 6 t/day}\n"
      "lanes:\n"
      "  rail: {from: port, to: yard, moves: ore, for: mill, time: %.0f d}\n"
      "  road: {from: yard, to: works, moves: ore, for: mill, time: %.0f d, cost: 3 USD/t, under "
      "way: {ore: %.0f t}}\n"
      "agreements:\n"
      "  supply: {kind: supply, seller: mine, buyer: mill, material: ore, place: port, price: 100 "
      "USD/t}\n",
      between(d, 50, 300), p[0], p[1], p[2], p[3], p[4], p[5], between(d, 2, 8), p[6], p[7],
      between(d, 1, 40), between(d, 1, 12), between(d, 1, 5));
}

enum { CASES = 40 };

/* What is left of a grid's error shrinks with its periods: over all cases half-months have half of
 * a month's (0.46 of it when this was written), and weeks less than half of that (0.40). Single
 * cases may differ, as a grid may happen to lie well. And the error that months are said to have
 * covers the truth by the day mostly. */
static void finer_grids_are_nearer(void **state) {
  (void)state;
  static const pl_step steps[] = {PL_MONTH, PL_HALF_MONTH, PL_WEEK};
  double error[3] = {0};
  int covered = 0;
  dice d = {0};
  for (int k = 0; k < CASES; k++) {
    pl_arena *a = pl_arena_new();
    agreed f = built(random_chain(&d, a), "");
    double joint[3];
    double const day = on_grid(&f, PL_DAY)->worth[0].joint;
    for (int i = 0; i < 3; i++) {
      joint[i] = on_grid(&f, steps[i])->worth[0].joint;
      error[i] += fabs(joint[i] - day);
    }
    covered += 2 * fabs(joint[0] - joint[1]) >= fabs(joint[0] - day) - 1;
    done(&f);
    pl_arena_free(a);
  }
  assert_true(error[1] < 0.75 * error[0]);
  assert_true(error[2] < 0.75 * error[1]);
  assert_true(covered >= 2 * CASES / 3);
}

/* --- Transit that is rounded
 * ----------------------------------------------------------------------
 */

/* January's 31 t arrive from 31 January to 2 March: a day, 28 days, 2 days. February's, 28 days
 * long, all in March; of March's a day is in time, and nothing is rounded there. */
static const char way[] = "parties: {mine: , mill: }\n"
                          "sites: {port: mill, works: mill}\n"
                          "materials: {ore: t}\n"
                          "markets:\n"
                          "  source: {site: port, sells: ore, for: mill, price: 1 USD/t, exactly: "
                          "31 t/month}\n"
                          "  sink: {site: works, buys: ore, for: mill, price: 2 USD/t}\n"
                          "lanes:\n"
                          "  way: {from: port, to: works, moves: ore, for: mill, time: 30 d}\n";

static void arrivals(const char *head, double jan, double feb, double mar) {
  agreed f = planned(head, way);
  near(jan, value_of(&f, "markets.sink", PL_COLUMN_TRADE, 0));
  near(feb, value_of(&f, "markets.sink", PL_COLUMN_TRADE, 1));
  near(mar, value_of(&f, "markets.sink", PL_COLUMN_TRADE, 2));
  done(&f);
}

static void a_day_comes_with_the_rest(void **state) {
  (void)state;
  arrivals("case: {from: 2026-01, to: 2026-03}\n", 1, 28, 2 + 31 + 1);
  arrivals("case: {from: 2026-01, to: 2026-03, transit: rounded}\n", 0, 29, 2 + 31 + 1);
}

/* The audit has the rule by itself: it refuses an answer by the other one. */
static void the_audit_sees_which(void **state) {
  (void)state;
  agreed f = planned("case: {from: 2026-01, to: 2026-03}\n", way);
  pl_audit audit;
  f.c->calendar.transit = PL_TRANSIT_ROUNDED;
  assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_jump_on_four_grids),
      cmocka_unit_test(the_error_of_a_month),
      cmocka_unit_test(another_finer_grid),
      cmocka_unit_test(threads_do_not_show),
      cmocka_unit_test(what_is_not_estimated),
      cmocka_unit_test(unresolved_is_no_gain),
      cmocka_unit_test(page_says_so),
      cmocka_unit_test(means_are_named),
      cmocka_unit_test(half_months_are_listed),
      cmocka_unit_test(finer_grids_are_nearer),
      cmocka_unit_test(a_day_comes_with_the_rest),
      cmocka_unit_test(the_audit_sees_which),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
