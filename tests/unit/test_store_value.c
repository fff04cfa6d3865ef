/* The worth of agreements from a case to its tables: known values, laws, what a run keeps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/run.h"

typedef struct {
  pl_diag *diag;
  pl_files *files;
  pl_run *run;
} valued;

static void open_case(valued *x, const char *name, int n_set, const char *const *set) {
  char path[256];
  pl_case_options const options = {.set = set, .n_set = n_set};
  (void)snprintf(path, sizeof path, "%s/cases/agreements/%s", TESTS_DIR, name);
  *x = (valued){.diag = pl_diag_new(), .files = pl_files_new(NULL, 0)};
  pl_status const s = pl_run_open(path, &options, x->files, &x->run, x->diag);
  for (int i = 0; i < pl_diag_size(x->diag); i++)
    print_message("%s\n", pl_diag_at(x->diag, i)->text);
  assert_int_equal(s, PL_OK);
}

static void open_text(valued *x, const char *text) {
  pl_case_options const options = {0};
  *x = (valued){.diag = pl_diag_new(), .files = pl_files_new(NULL, 0)};
  pl_files_prime(x->files, "small/case.yaml", text, strlen(text));
  assert_int_equal(pl_run_open("small/case.yaml", &options, x->files, &x->run, x->diag), PL_OK);
}

static pl_status value(valued *x, int jobs) {
  pl_value_options const options = {.jobs = jobs, .solve = PL_SOLVE_DEFAULTS};
  return pl_run_value(x->run, &options, x->diag);
}

static const pl_valuation *value_case(valued *x, const char *name, int n_set,
                                      const char *const *set) {
  open_case(x, name, n_set, set);
  assert_int_equal(value(x, 2), PL_OK);
  return x->run->valuation;
}

static void done(valued *x) {
  pl_run_free(x->run);
  pl_files_free(x->files);
  pl_diag_free(x->diag);
}

static void near(double x, double wanted, double tolerance) {
  if (!(fabs(x - wanted) <= tolerance)) print_message("%.10g is not %.10g\n", x, wanted);
  assert_true(fabs(x - wanted) <= tolerance);
}

static void assert_split(const pl_valuation *v, pl_split_rule rule, const double *part,
                         double excess) {
  for (int q = 0; q < v->n_parties; q++) near(v->split[rule].part[q], part[q], 0.01);
  near(v->split[rule].excess, excess, 0.01);
}

/* --- known values --------------------------------------------------------------------------------
 */

static void owen_example(void **state) {
  (void)state;
  static const double worth[] = {0, 70e6, 30e6, 124e6, 12e6, 82e6, 42e6, 139e6};
  static const double owen[] = {79e6, 48e6, 12e6}, shapley[] = {83e6, 43e6, 13e6};
  static const double nucleolus[] = {82.75e6, 42.75e6, 13.5e6}, equal[] = {79e6, 39e6, 21e6};
  valued x;
  const pl_valuation *v = value_case(&x, "owen", 0, NULL);
  for (int s = 0; s < 8; s++) near(v->v[s], worth[s], 0.01);
  assert_split(v, PL_SPLIT_OWEN, owen, 0);
  assert_split(v, PL_SPLIT_SHAPLEY, shapley, -1e6);
  assert_split(v, PL_SPLIT_NUCLEOLUS, nucleolus, -1.5e6);
  assert_split(v, PL_SPLIT_NASH, equal, 6e6);
  assert_int_equal(v->split[PL_SPLIT_NASH].objector, 3);
  near(v->least_core, -1.5e6, 0.01);
  done(&x);
}

/* Half a year earlier than money at the end of each year: 9.535 M × 1.08^0.5, in days. */
static void zopa_example(void **state) {
  (void)state;
  valued x;
  const pl_valuation *v = value_case(&x, "zopa", 0, NULL);
  const pl_agreement_worth *w = &v->worth[0];
  near(w->joint, 9.535e6 * sqrt(1.08), 2e3);
  near(w->ranges[0].low, 335, 1e-6);
  near(w->ranges[0].high, 372, 1e-6);
  near(w->ranges[0].now, 360, 1e-6);
  assert_string_equal(w->ranges[2].name, "PERCENT");
  near(w->ranges[2].low, 335.0 / 2400, 1e-9);
  near(w->ranges[2].high, 372.0 / 2400, 1e-9);
  near(w->quantity, 300e3, 1e-6);
  near(w->implied, 372, 1e-6);
  done(&x);
}

/* --- laws ----------------------------------------------------------------------------------------
 */

static void splits_add_up(void **state) {
  (void)state;
  static const char *const cases[] = {"owen", "zopa", "same"};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    valued x;
    const pl_valuation *v = value_case(&x, cases[i], 0, NULL);
    for (int r = 0; r < PL_SPLITS; r++) {
      double parts = 0, transfers = 0;
      for (int q = 0; q < v->n_parties; q++) parts += v->split[r].part[q];
      for (int q = 0; q < v->n_parties; q++) transfers += v->split[r].transfer[q];
      near(parts, v->all, 1e-9 * fabs(v->all));
      near(transfers, 0, 1e-9 * fabs(v->all));
    }
    done(&x);
  }
}

static void more_agreements_are_never_worth_less(void **state) {
  (void)state;
  valued x;
  const pl_valuation *v = value_case(&x, "owen", 0, NULL);
  for (unsigned s = 0; s < 8; s++)
    for (unsigned t = 0; t < 8; t++)
      if ((s & t) == s) assert_true(v->joint[t] >= v->joint[s] - 1e-3);
  done(&x);
}

static void market_price_without_bounds_is_worth_nothing(void **state) {
  (void)state;
  valued x;
  const pl_valuation *v = value_case(&x, "same", 0, NULL);
  near(v->all - v->none, 0, 1e-3);
  for (int i = 0; i < v->n_agreements; i++)
    for (int q = 0; q < v->n_parties; q++) near(v->worth[i].party[q], 0, 1e-3);
  done(&x);
}

static void range_shrinks_to_a_point(void **state) {
  (void)state;
  static const char *const set[] = {"agreements.more.exactly=5 kt/month"};
  valued x;
  const pl_valuation *v = value_case(&x, "same", 1, set);
  near(v->worth[1].joint, 0, 1e-3);
  near(v->worth[1].quantity, 120e3, 1e-6);
  near(v->worth[1].ranges[0].low, 310, 1e-5);
  near(v->worth[1].ranges[0].high, 310, 1e-5);
  done(&x);
}

static void no_price_helps_where_the_buyer_has_cheaper(void **state) {
  (void)state;
  static const char *const set[] = {"agreements.alumina.exactly=100 kt/year",
                                    "markets.index.price=320 USD/t"};
  valued x;
  const pl_valuation *v = value_case(&x, "zopa", 2, set);
  assert_true(v->worth[0].joint < -1e6);
  assert_true(isnan(v->worth[0].ranges[0].low));
  near(v->split[PL_SPLIT_SHAPLEY].excess, -v->worth[0].joint / 2, 1);
  assert_true(v->least_core > 1e6);
  assert_true(isnan(v->split[PL_SPLIT_NASH].part[0]));
  done(&x);
}

static const char two_orders[2][700] = {
    "parties: {a: {}, b: {}}\n"
    "case: {from: 2026-01, to: 2026-06, discount: 5 %}\n"
    "sites: {here: a}\nmaterials: {ore: t, ash: t}\n"
    "markets:\n"
    "  mine: {site: here, sells: ore, for: a, price: 50 USD/t, up to: 3 kt/month}\n"
    "  pit: {site: here, sells: ash, for: b, price: 20 USD/t, up to: 2 kt/month}\n"
    "  works: {site: here, buys: ore, for: b, price: 90 USD/t, up to: 2 kt/month}\n"
    "  heap: {site: here, buys: ash, for: a, price: 35 USD/t}\n"
    "agreements:\n"
    "  one: {kind: supply, seller: a, buyer: b, material: ore, place: here, price: 60 USD/t}\n"
    "  two: {kind: supply, seller: b, buyer: a, material: ash, place: here, price: 25 USD/t}\n",
    "parties: {a: {}, b: {}}\n"
    "case: {from: 2026-01, to: 2026-06, discount: 5 %}\n"
    "sites: {here: a}\nmaterials: {ore: t, ash: t}\n"
    "markets:\n"
    "  mine: {site: here, sells: ore, for: a, price: 50 USD/t, up to: 3 kt/month}\n"
    "  pit: {site: here, sells: ash, for: b, price: 20 USD/t, up to: 2 kt/month}\n"
    "  works: {site: here, buys: ore, for: b, price: 90 USD/t, up to: 2 kt/month}\n"
    "  heap: {site: here, buys: ash, for: a, price: 35 USD/t}\n"
    "agreements:\n"
    "  two: {kind: supply, seller: b, buyer: a, material: ash, place: here, price: 25 USD/t}\n"
    "  one: {kind: supply, seller: a, buyer: b, material: ore, place: here, price: 60 USD/t}\n"};

static void order_does_not_matter(void **state) {
  (void)state;
  valued x[2];
  for (int i = 0; i < 2; i++) {
    open_text(&x[i], two_orders[i]);
    assert_int_equal(value(&x[i], 1), PL_OK);
  }
  const pl_valuation *a = x[0].run->valuation, *b = x[1].run->valuation;
  double const scale = 1e-9 * fabs(a->all);
  assert_true(a->worth[0].joint > 1e5 && a->worth[1].joint > 1e4);
  for (int i = 0; i < 2; i++) {
    near(a->worth[i].joint, b->worth[1 - i].joint, scale);
    for (int q = 0; q < 2; q++) near(a->worth[i].party[q], b->worth[1 - i].party[q], scale);
    near(a->worth[i].ranges[0].low, b->worth[1 - i].ranges[0].low, 1e-6);
    near(a->worth[i].ranges[0].high, b->worth[1 - i].ranges[0].high, 1e-6);
  }
  for (int r = 0; r < PL_SPLITS; r++)
    if (r != PL_SPLIT_OWEN)
      for (int q = 0; q < 2; q++) near(a->split[r].part[q], b->split[r].part[q], scale);
  done(&x[0]);
  done(&x[1]);
}

/* Ore 50 … 90 at 60 and ash 20 … 35 at 25, of equal amounts: the strip in which the sum of both
 * parties' gains on both is at least 0, cut by 0 … 120 and 0 … 50. */
static void two_prices_have_a_polygon(void **state) {
  (void)state;
  valued x;
  open_text(&x, two_orders[0]);
  assert_int_equal(value(&x, 1), PL_OK);
  const pl_valuation *v = x.run->valuation;
  assert_int_equal(v->n_pairs, 1);
  const pl_polygon *p = &v->pair[0].polygon;
  assert_true(p->count >= 4);
  for (int k = 0; k < p->count; k++) {
    double const ore = p->corner[k].p, ash = p->corner[k].q;
    double const gain_of_a = (ore - 50) + (35 - ash), gain_of_b = (90 - ore) + (ash - 20);
    bool const edge = fabs(ash) < 1e-6 || fabs(ash - 50) < 1e-6;
    assert_true(gain_of_a > -1e-6 && gain_of_b > -1e-6);
    assert_true(edge && (fabs(gain_of_a) < 1e-6 || fabs(gain_of_b) < 1e-6));
  }
  done(&x);
}

static bool same_numbers(const double *a, const double *b, size_t n) {
  return memcmp(a, b, n * sizeof *a) == 0;
}

static void threads_do_not_show(void **state) {
  (void)state;
  valued x[2];
  for (int i = 0; i < 2; i++) {
    open_case(&x[i], "owen", 0, NULL);
    assert_int_equal(value(&x[i], i == 0 ? 1 : 4), PL_OK);
  }
  const pl_valuation *a = x[0].run->valuation, *b = x[1].run->valuation;
  assert_true(same_numbers(a->v, b->v, 8));
  assert_true(same_numbers(a->joint, b->joint, 8));
  for (int r = 0; r < PL_SPLITS; r++)
    assert_true(same_numbers(a->split[r].part, b->split[r].part, 3));
  assert_true(
      same_numbers(a->plan->col_value, b->plan->col_value, (size_t)x[0].run->program->lp.n_cols));
  done(&x[0]);
  done(&x[1]);
}

/* --- incentives ----------------------------------------------------------------------------------
 */

static void buyer_would_rather_not(void **state) {
  (void)state;
  static const char *const set[] = {"quotations.PERCENT=16 %"}; /* 384 USD/t; 372 elsewhere */
  valued x;
  const pl_valuation *v = value_case(&x, "zopa", 1, set);
  assert_int_equal(v->n_incentives, 3);
  for (int y = 0; y < 3; y++) {
    assert_int_equal(v->incentive[y].party, 1);
    assert_int_equal(v->incentive[y].year, y);
    near(v->incentive[y].joint_quantity, 100e3, 1e-3);
    near(v->incentive[y].own_quantity, 0, 1e-3);
    near(v->incentive[y].gain, 12.0 / 37 * v->worth[0].joint, 1);
  }
  done(&x);
}

static void seller_chooses_the_joint_plan(void **state) {
  (void)state;
  static const char *const set[] = {"agreements.alumina.holder=seller",
                                    "agreements.alumina.up to=1 Mt/year"};
  valued x;
  const pl_valuation *v = value_case(&x, "zopa", 2, set);
  assert_int_equal(v->n_incentives, 0); /* all that it has, as there */
  done(&x);
}

static void earning_without_end_is_said(void **state) {
  (void)state;
  static const char text[] =
      "case: {from: 2026-01, to: 2026-03}\nparties: {a: {}, b: {}}\n"
      "sites: {here: a}\nmaterials: {ore: t}\n"
      "markets:\n"
      "  mine: {site: here, sells: ore, for: a, price: 50 USD/t}\n"
      "  works: {site: here, buys: ore, for: b, price: 90 USD/t, up to: 2 kt/month}\n"
      "  heap: {site: here, buys: ore, for: b, price: 1 USD/t}\n"
      "agreements:\n"
      "  one: {kind: supply, seller: a, buyer: b, material: ore, place: here, price: 60 USD/t, "
      "holder: seller}\n";
  valued x;
  open_text(&x, text);
  assert_int_equal(value(&x, 1), PL_OK);
  const pl_valuation *v = x.run->valuation;
  near(v->all, 240e3, 1e-3);
  assert_int_equal(v->n_incentives, 1);
  assert_int_equal(v->incentive[0].year, -1);
  assert_true(isinf(v->incentive[0].gain));
  done(&x);
}

/* --- the run -------------------------------------------------------------------------------------
 */

static void assert_same_table(const pl_table *a, const pl_table *b) {
  assert_string_equal(a->name, b->name);
  assert_int_equal(a->n_rows, b->n_rows);
  for (int i = 0; i < a->n_rows * a->n_cols; i++) {
    if (a->col[i % a->n_cols].kind == PL_COL_NUMBER) {
      bool const both_empty = isnan(a->cell[i].number) && isnan(b->cell[i].number);
      assert_true(both_empty || a->cell[i].number == b->cell[i].number);
    } else if (a->cell[i].text) {
      assert_string_equal(a->cell[i].text, b->cell[i].text);
    } else {
      assert_null(b->cell[i].text);
    }
  }
}

static void a_run_keeps_its_valuation(void **state) {
  (void)state;
  char path[] = "potline-XXXXXX";
  valued x, back = {.diag = pl_diag_new(), .files = pl_files_new(NULL, 0)};
  (void)value_case(&x, "owen", 0, NULL);
  int const file = mkstemp(path);
  assert_true(file >= 0);
  (void)close(file);
  assert_int_equal(pl_run_write(x.run, path, x.diag), PL_OK);
  assert_int_equal(pl_run_read(path, back.files, &back.run, back.diag), PL_OK);
  assert_int_equal(back.run->n_value_tables, PL_VALUE_TABLES);
  for (int i = 0; i < PL_VALUE_TABLES; i++)
    assert_same_table(x.run->value_table[i], back.run->value_table[i]);
  near(back.run->schedule->present_total, 139e6, 0.01);
  (void)unlink(path);
  done(&x);
  done(&back);
}

static void nothing_to_value(void **state) {
  (void)state;
  static const char *const set[] = {"agreements.alumina.active=no"};
  valued x;
  open_case(&x, "zopa", 1, set);
  assert_int_equal(value(&x, 1), PL_RANGE);
  assert_null(x.run->schedule);
  done(&x);
}

static bool before(int done_so_far, int of, void *user) {
  (void)of;
  return done_so_far < *(const int *)user;
}

/* Before both the plan with all agreements and that without any are known there is nothing to
 * keep; after that, what was valued is kept. */
static void stopped_in_between(void **state) {
  (void)state;
  for (int most = 0; most <= 4; most += 4) {
    valued x;
    int limit = most;
    open_case(&x, "owen", 0, NULL);
    pl_value_options const options = {
        .jobs = 1, .solve = PL_SOLVE_DEFAULTS, .told = before, .user = &limit};
    assert_int_equal(pl_run_value(x.run, &options, x.diag), PL_STOPPED);
    assert_int_equal(x.run->status, PL_STOPPED);
    assert_int_equal(x.run->schedule != NULL, most > 0);
    assert_int_equal(x.run->n_value_tables, most > 0 ? PL_VALUE_TABLES : 0);
    done(&x);
  }
}

/* The second time that it is told of a first program is on the finer grid. */
static bool until_the_finer_grid(int done_so_far, int of, void *user) {
  int *last = user;
  bool const again = done_so_far < *last;
  (void)of;
  *last = done_so_far;
  return !again;
}

static void stopped_on_the_finer_grid(void **state) {
  (void)state;
  valued x;
  int last = 0;
  open_case(&x, "owen", 0, NULL);
  pl_value_options const options = {.jobs = 1,
                                    .solve = PL_SOLVE_DEFAULTS,
                                    .grid_error = true,
                                    .finer = -1,
                                    .told = until_the_finer_grid,
                                    .user = &last};
  assert_int_equal(pl_run_value(x.run, &options, x.diag), PL_STOPPED);
  assert_string_equal(pl_diag_at(x.diag, 0)->text, "stopped before the grid error was known");
  assert_int_equal(x.run->n_value_tables, PL_VALUE_TABLES);
  done(&x);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(owen_example),
      cmocka_unit_test(zopa_example),
      cmocka_unit_test(splits_add_up),
      cmocka_unit_test(more_agreements_are_never_worth_less),
      cmocka_unit_test(market_price_without_bounds_is_worth_nothing),
      cmocka_unit_test(range_shrinks_to_a_point),
      cmocka_unit_test(no_price_helps_where_the_buyer_has_cheaper),
      cmocka_unit_test(order_does_not_matter),
      cmocka_unit_test(two_prices_have_a_polygon),
      cmocka_unit_test(threads_do_not_show),
      cmocka_unit_test(buyer_would_rather_not),
      cmocka_unit_test(seller_chooses_the_joint_plan),
      cmocka_unit_test(earning_without_end_is_said),
      cmocka_unit_test(a_run_keeps_its_valuation),
      cmocka_unit_test(nothing_to_value),
      cmocka_unit_test(stopped_in_between),
      cmocka_unit_test(stopped_on_the_finer_grid),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
