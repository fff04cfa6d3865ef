/* The sizes in which numbers are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "report/scale.h"

static void money_is_told_in_a_size_that_shows_it(void **state) {
  (void)state;
  static const struct {
    double largest, factor;
    const char *unit;
    int decimals;
  } cases[] = {
      {0, 1, "EUR", 2},          {0.00123, 1, "EUR", 5},   {0.5, 1, "EUR", 3},
      {2.4, 1, "EUR", 2},        {9999, 1, "EUR", 2},      {10000, 1e3, "k EUR", 2},
      {999999, 1e3, "k EUR", 2}, {1e6, 1e6, "M EUR", 2},   {4.2e11, 1e6, "M EUR", 2},
      {1e12, 1e9, "bn EUR", 2},
  };
  pl_arena *a = pl_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    report_scale const s = report_money_scale(cases[i].largest, "EUR", a);
    assert_true(s.factor == cases[i].factor);
    assert_string_equal(cases[i].unit, s.unit);
    assert_int_equal(cases[i].decimals, s.decimals);
  }
  pl_arena_free(a);
}

static void amounts_keep_their_unit_or_a_larger_one(void **state) {
  (void)state;
  static const struct {
    double largest, smallest;
    const char *unit;
    double factor;
    const char *told;
    int decimals;
  } cases[] = {
      {999, 999, "t", 1, "t", 1},        {1000, 1000, "t", 1e3, "kt", 1},
      {5000, 20, "t", 1e3, "kt", 2},     {5000, 0, "t", 1e3, "kt", 1},
      {0.004, 0.004, "t", 1, "t", 3},    {2e6, 2e6, "MWh", 1e3, "GWh", 1},
      {5e5, 5e5, "lb", 1, "lb", 1},      {5e8, 5e8, "lb", 1e6, "M lb", 1},
      {3000, 3000, "kg", 1e3, "t", 1},   {3, 3, "", 1, "", 1},
  };
  pl_arena *a = pl_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    report_scale const s =
        report_amount_scale(cases[i].largest, cases[i].smallest, cases[i].unit, a);
    assert_true(s.factor == cases[i].factor);
    assert_string_equal(cases[i].told, s.unit);
    assert_int_equal(cases[i].decimals, s.decimals);
  }
  pl_arena_free(a);
}

/* Rows of one unit are all told in one size, whatever the size of each. */
static void a_table_does_not_mix_sizes(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_col const col[] = {
      {"what", "", PL_COL_TEXT, 0}, {"measure", "", PL_COL_TEXT, 0}, {"total", "", PL_COL_NUMBER, 1}};
  static const struct {
    const char *unit;
    double amount;
  } rows[] = {{"t", 5e4}, {"lb", 3000}, {"t", 40}};
  pl_table *t = pl_table_new(a, "", "", col, 3);
  for (int i = 0; i < 3; i++) {
    pl_cell *cell = pl_table_add_row(t);
    cell[0].text = "x";
    cell[1].text = rows[i].unit;
    cell[2].number = rows[i].amount;
  }
  report_scale_amounts(t, 1, 2, 2);
  assert_string_equal("kt", t->cell[1].text);
  assert_string_equal("lb", t->cell[4].text);
  assert_string_equal("kt", t->cell[7].text);
  assert_true(t->cell[2].number == 50 && t->cell[5].number == 3000 && t->cell[8].number == 0.04);
  assert_int_equal(2, t->col[2].decimals);
  pl_arena_free(a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(money_is_told_in_a_size_that_shows_it),
      cmocka_unit_test(amounts_keep_their_unit_or_a_larger_one),
      cmocka_unit_test(a_table_does_not_mix_sizes),
  };
  return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
