/* The sizes in which numbers are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "report/digits.h"
#include "report/scale.h"

static void money_is_told_in_a_size_that_shows_it(void **state) {
  (void)state;
  static const struct {
    double largest, factor;
    const char *unit;
    int decimals;
  } cases[] = {
      {0, 1, "EUR", 2},          {0.00123, 1, "EUR", 5}, {0.5, 1, "EUR", 3},
      {2.4, 1, "EUR", 2},        {9999, 1, "EUR", 2},    {10000, 1e3, "k EUR", 2},
      {999999, 1e3, "k EUR", 2}, {1e6, 1e6, "M EUR", 2}, {4.2e11, 1e6, "M EUR", 2},
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
      {999, 999, "t", 1, "t", 1},      {1000, 1000, "t", 1e3, "kt", 1},
      {5000, 20, "t", 1e3, "kt", 2},   {5000, 0, "t", 1e3, "kt", 1},
      {0.004, 0.004, "t", 1, "t", 3},  {2e6, 2e6, "MWh", 1e3, "GWh", 1},
      {5e5, 5e5, "lb", 1, "lb", 1},    {5e8, 5e8, "lb", 1e6, "M lb", 1},
      {3000, 3000, "kg", 1e3, "t", 1}, {3, 3, "", 1, "", 1},
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
  pl_col const col[] = {{"what", "", PL_COL_TEXT, 0},
                        {"measure", "", PL_COL_TEXT, 0},
                        {"total", "", PL_COL_NUMBER, 1}};
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

/* The last digit's unit is the first power of ten that is no smaller; the first digit always shows. */
static void a_gap_takes_digits_away(void **state) {
  (void)state;
  static const struct {
    double within, largest;
    int decimals, shown;
  } cases[] = {
      {0, 155.2, 2, 2},      {INFINITY, 155.2, 2, 2}, {1e-9, 155.2, 2, 2}, {0.01, 155.2, 2, 2},
      {0.0101, 155.2, 2, 1}, {0.031, 155.2, 2, 1},    {0.1, 155.2, 2, 1},  {0.5, 155.2, 2, 0},
      {1, 155.2, 2, 0},      {3, 155.2, 2, -1},       {99, 155.2, 2, -2},  {2000, 155.2, 2, -2},
      {0.4, 0.07, 2, 2},     {0.4, 0, 2, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    assert_int_equal(cases[i].shown,
                     report_digits(cases[i].within, cases[i].largest, cases[i].decimals));
  pl_arena *a = pl_arena_new();
  assert_int_equal(1, report_known_scale(155.2e6, 31e3, "USD", a).decimals); /* M USD */
  assert_int_equal(2, report_known_scale(155.2e6, 0, "USD", a).decimals);
  pl_arena_free(a);
}

static void what_is_open_is_no_gain(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  assert_true(report_is_open(-30, 31));
  assert_false(report_is_open(-32, 31));
  assert_false(report_is_open(0, 0));
  assert_string_equal("31 k USD", report_within(30100, "USD", a));
  assert_string_equal("1.0 M USD", report_within(999999, "USD", a));
  assert_string_equal("0.013 USD", report_within(0.0123, "USD", a));
  assert_string_equal("0.021 %", report_share(0.000207, a));
  assert_string_equal("± 31", report_known(-4, 31, 2, a));
  assert_string_equal("1,200", report_known(1234.5, 31, 2, a));
  assert_string_equal("1,234.50", report_known(1234.5, 0, 2, a));
  pl_arena_free(a);
}

static void a_table_shows_what_is_known(void **state) {
  (void)state;
  static const pl_col col[] = {{"sum", "", PL_COL_NUMBER, 2}, {"gain", "", PL_COL_NUMBER, 2}};
  static const double cell[][2] = {{286.44, 130.2}, {84.04, 0.9}, {-3.2, 4.6}, {0, 0}};
  double const within[] = {1.1, 1.1, 1.1, 1.1, 0, 1.1, 0, 0};
  pl_arena *a = pl_arena_new();
  pl_table *t = pl_table_new(a, "t", "t", col, 2);
  for (int i = 0; i < 4; i++) {
    pl_cell *c = pl_table_add_row(t);
    c[0].number = cell[i][0], c[1].number = cell[i][1];
  }
  report_show_known(t, within, 1u << 1, 2);
  pl_string text;
  pl_string_init(&text, a);
  pl_table_to_text(t, &text);
  assert_string_equal("sum   gain\n──────────\n290    130\n 80  ± 1.1\n  0      5\n  0      0\n",
                      text.text);
  pl_arena_free(a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(money_is_told_in_a_size_that_shows_it),
      cmocka_unit_test(amounts_keep_their_unit_or_a_larger_one),
      cmocka_unit_test(a_table_does_not_mix_sizes),
      cmocka_unit_test(a_gap_takes_digits_away),
      cmocka_unit_test(what_is_open_is_no_gain),
      cmocka_unit_test(a_table_shows_what_is_known),
  };
  return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
