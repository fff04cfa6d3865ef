/* The public header alone, under strict flags, against the shared library: what a user of the API
 * can do. */
#include "potline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static void assert_said(potline *p, const char *text) {
  assert_non_null(strstr(potline_message(p, potline_message_count(p) - 1), text));
}

#define SMELTER TESTS_DIR "/cli/smelter"

static void plans_a_case(void **state) {
  (void)state;
  potline *p = potline_new();
  assert_int_equal(potline_read_case(p, SMELTER, NULL), POTLINE_OK);
  assert_int_equal(potline_check(p), POTLINE_OK);
  assert_false(potline_has_plan(p));
  assert_true(isnan(potline_present_value(p)));
  assert_int_equal(potline_table_count(p), 0);
  assert_int_equal(potline_plan(p, NULL), POTLINE_OK);
  assert_true(potline_has_plan(p));
  int const accounts = potline_table_find(p, "accounts");
  assert_true(accounts >= 0);
  int const last = potline_table_rows(p, accounts) - 1,
            present = potline_table_columns(p, accounts) - 1;
  assert_string_equal(potline_column_name(p, accounts, present), "present value");
  assert_string_equal(potline_column_unit(p, accounts, present), "USD");
  assert_true(potline_column_is_number(p, accounts, present));
  assert_string_equal(potline_text(p, accounts, last, 0), "together");
  assert_true(fabs(potline_number(p, accounts, last, present) - potline_present_value(p)) < 1);
  potline_free(p);
}

static void tables_have_edges(void **state) {
  (void)state;
  potline *p = potline_new();
  assert_int_equal(potline_read_case(p, SMELTER, NULL), POTLINE_OK);
  assert_int_equal(potline_plan(p, NULL), POTLINE_OK);
  assert_int_equal(potline_table_find(p, "nothing"), -1);
  assert_null(potline_table_name(p, potline_table_count(p)));
  assert_null(potline_table_title(p, -1));
  assert_null(potline_text(p, 0, 0, 99));
  assert_null(potline_text(p, 0, -1, 0));
  assert_true(isnan(potline_number(p, 0, 0, 0))); /* a text */
  assert_null(potline_message(p, 0));
  potline_free(p);
}

static void options_reach_the_case(void **state) {
  (void)state;
  static const char *const set[] = {"units.potline.capacity=50 kt/year"};
  potline_case_options const options = {.scenario = "dear-power", .set = set, .n_set = 1};
  potline *p = potline_new();
  assert_int_equal(potline_read_case(p, SMELTER, &options), POTLINE_OK);
  assert_int_equal(potline_plan(p, NULL), POTLINE_OK);
  int const production = potline_table_find(p, "production");
  assert_true(fabs(potline_number(p, production, 0, 3) - 50000) < 1e-3);
  potline_free(p);
}

static void complaints_are_messages(void **state) {
  (void)state;
  static const char *const set[] = {"units.potline.capacty=50 kt/year"};
  potline_case_options const options = {.set = set, .n_set = 1};
  potline *p = potline_new();
  assert_int_not_equal(potline_read_case(p, SMELTER, &options), POTLINE_OK);
  assert_true(potline_message_count(p) > 0);
  assert_non_null(strstr(potline_message(p, 0), "capacty"));
  assert_int_equal(potline_plan(p, NULL), POTLINE_USAGE);
  assert_said(p, "there is no case to plan");
  assert_int_equal(potline_check(p), POTLINE_USAGE);
  assert_said(p, "there is no case to check");
  potline_free(p);
}

static void infeasible_says_why(void **state) {
  (void)state;
  static const char *const set[] = {"markets.metal-buyer.up to=12 kt/month",
                                    "markets.metal-buyer.at least=9 kt/month"};
  potline_case_options const options = {.set = set, .n_set = 2};
  potline *p = potline_new();
  assert_int_equal(potline_read_case(p, SMELTER, &options), POTLINE_OK);
  assert_int_equal(potline_plan(p, NULL), POTLINE_INFEASIBLE);
  assert_false(potline_has_plan(p));
  assert_non_null(strstr(potline_message(p, 0), "metal-buyer"));
  assert_int_equal(potline_write_run(p, "api.run"), POTLINE_USAGE);
  assert_said(p, "there is no plan to write");
  potline_free(p);
}

static void runs_are_kept(void **state) {
  (void)state;
  potline *p = potline_new(), *back = potline_new();
  assert_int_equal(potline_read_case(p, SMELTER, NULL), POTLINE_OK);
  assert_int_equal(potline_plan(p, NULL), POTLINE_OK);
  assert_int_equal(potline_write_run(p, "api.run"), POTLINE_OK);
  assert_int_equal(potline_read_run(back, "api.run"), POTLINE_OK);
  assert_true(potline_present_value(back) == potline_present_value(p));
  assert_int_equal(potline_read_run(back, "api.run"), POTLINE_USAGE);
  assert_said(back, "this handle has already read a case or a run");
  assert_int_equal(potline_read_case(back, SMELTER, NULL), POTLINE_USAGE);
  assert_int_equal(remove("api.run"), 0);
  potline_free(p);
  potline_free(back);
  potline_free(NULL);
}

static int stop(double seconds, double objective, double bound, void *user) {
  (void)seconds, (void)objective, (void)bound;
  ++*(int *)user;
  return 0;
}

static void a_solve_can_be_stopped(void **state) {
  (void)state;
  int told = 0;
  potline_plan_options const options = {.progress = stop, .user = &told, .time_limit_s = 1e-9};
  potline *p = potline_new();
  assert_int_equal(potline_read_case(p, SMELTER, NULL), POTLINE_OK);
  assert_int_equal(potline_plan(p, &options), POTLINE_STOPPED);
  assert_string_equal(potline_status_text(POTLINE_STOPPED), "stopped before the end");
  assert_non_null(potline_version());
  potline_free(p);
}

static int never(int done, int of, void *user) {
  (void)done, (void)of;
  ++*(int *)user;
  return 0;
}

static void agreements_are_valued(void **state) {
  (void)state;
  potline_value_options const two = {.jobs = 2};
  potline *p = potline_new();
  assert_int_equal(potline_value(p, &two), POTLINE_USAGE);
  assert_said(p, "there is no case to value");
  assert_int_equal(potline_read_case(p, TESTS_DIR "/cases/agreements/owen", NULL), POTLINE_OK);
  assert_int_equal(potline_value(p, &two), POTLINE_OK);
  assert_true(fabs(potline_present_value(p) - 139e6) < 0.01);
  int const splits = potline_table_find(p, "value_splits");
  assert_string_equal(potline_text(p, splits, 0, 0), "Shapley");
  assert_true(fabs(potline_number(p, splits, 0, 2) - 83e6) < 0.01);
  assert_int_equal(potline_value(p, NULL), POTLINE_USAGE);
  assert_said(p, "this case has already been planned");
  potline_free(p);
}

static void a_valuation_can_be_stopped(void **state) {
  (void)state;
  int told = 0;
  potline_value_options const options = {.progress = never, .user = &told};
  potline *p = potline_new();
  assert_int_equal(potline_read_case(p, TESTS_DIR "/cases/agreements/owen", NULL), POTLINE_OK);
  assert_int_equal(potline_value(p, &options), POTLINE_STOPPED);
  assert_true(told > 0);
  assert_false(potline_has_plan(p));
  potline_free(p);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plans_a_case),
      cmocka_unit_test(tables_have_edges),
      cmocka_unit_test(options_reach_the_case),
      cmocka_unit_test(complaints_are_messages),
      cmocka_unit_test(infeasible_says_why),
      cmocka_unit_test(runs_are_kept),
      cmocka_unit_test(a_solve_can_be_stopped),
      cmocka_unit_test(agreements_are_valued),
      cmocka_unit_test(a_valuation_can_be_stopped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
