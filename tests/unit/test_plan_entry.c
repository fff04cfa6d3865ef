/* An entry of money against sums by hand: when it is paid, what that is worth, in which year it is
 * booked, what it is multiplied by and when its formula is read; on grids of real and of typical
 * slices. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan/schedule.h"
#include "price/quotes.h"

enum { DAY = 24 * 60, MONTHS = 36 };
static const pl_duration a_month = {.months = 1}, ten_days = {.minutes = 10 * DAY};

/* Two calendar years of one party; what P is quoted at in month m, from 2026-01 on, is 100 + m. */
typedef struct {
  pl_arena *a;
  pl_diag *diag;
  pl_quotes *quotes;
  pl_formula *p;
  pl_case c;
  pl_program program;
  pl_grid months, weeks, years, typical;
} fixture;

static pl_formula *bound(fixture *f, const char *text) {
  pl_formula *out = NULL;
  assert_int_equal(PL_OK, pl_formula_parse(pl_span_of(text), PL_NOWHERE, f->a, &out, f->diag));
  assert_int_equal(PL_OK, pl_formula_bind(out, f->quotes, (pl_dim){0}, "price", f->a, f->diag));
  return out;
}

static void quote(fixture *f) {
  pl_quotation p = {
      .name = "P", .unit = {.factor = 1}, .n = MONTHS, .until = pl_time_of(2029, 1, 1)};
  p.from = PL_NEW_ARRAY(f->a, pl_time, MONTHS);
  p.value = PL_NEW_ARRAY(f->a, double, MONTHS);
  for (int m = 0; m < MONTHS; m++) {
    p.from[m] = pl_time_of(2026, 1 + m, 1);
    p.value[m] = 100 + m;
  }
  f->quotes = pl_quotes_new(f->a, PL_DIM_USD);
  assert_int_equal(PL_OK, pl_quotes_add(f->quotes, &p, f->diag));
  assert_int_equal(PL_OK, pl_quotes_finish(f->quotes, f->diag));
}

/* Every tenth day stands for itself and the nine after it. */
static const pl_typical *tens(fixture *f) {
  int const n = (int)((f->c.to - f->c.from) / DAY);
  pl_time *start = PL_NEW_ARRAY(f->a, pl_time, (size_t)n + 1);
  int *of = PL_NEW_ARRAY(f->a, int, (size_t)n), *group = PL_NEW_ARRAY(f->a, int, (size_t)n);
  for (int d = 0; d <= n; d++) start[d] = f->c.from + d * DAY;
  for (int d = 0; d < n; d++) of[d] = d - d % 10;
  return pl_typical_make(f->a, n, start, of, group);
}

static int set_up(void **state) {
  pl_arena *a = pl_arena_new();
  fixture *f = PL_NEW(a, fixture);
  f->a = a;
  f->diag = pl_diag_new();
  quote(f);
  f->c.from = pl_time_of(2026, 1, 1);
  f->c.to = pl_time_of(2028, 1, 1);
  f->c.n_parties = 1;
  f->c.quotes = f->quotes;
  f->c.calendar.discount = 0.1;
  f->program.c = &f->c;
  pl_grid_init(&f->months, a, PL_MONTH, f->c.from, f->c.to);
  pl_grid_init(&f->weeks, a, PL_WEEK, f->c.from, f->c.to);
  pl_grid_init(&f->years, a, PL_YEAR, f->c.from, f->c.to);
  pl_grid_typical(&f->typical, a, PL_DAY, tens(f));
  f->program.grid[PL_MONTH] = f->months;
  f->program.grid[PL_WEEK] = f->weeks;
  f->program.grid[PL_DAY] = f->typical;
  f->p = bound(f, "P");
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  pl_diag_free(f->diag);
  pl_arena_free(f->a);
  return 0;
}

static void near(double expected, double found) {
  if (fabs(expected - found) <= 1e-12 * (1 + fabs(expected))) return;
  print_error("expected %.15g, found %.15g\n", expected, found);
  fail();
}

static double discount(double days) { return pow(1.1, -days / 365); }

/* --- Dates ----------------------------------------------------------------------------------- */

static void december_is_paid_in_january(void **state) {
  fixture *f = *state;
  pl_entry const e = {.grid = &f->months, .delay = a_month};
  pl_paid d = pl_paid_first(&e, 11);
  assert_true(d.ok);
  assert_int_equal(1, d.times);
  assert_int_equal(pl_time_of(2027, 1, 1), d.from);
  assert_int_equal(pl_time_of(2027, 2, 1), d.to);
  assert_int_equal(pl_time_of(2027, 1, 16) + DAY / 2, d.at);
  pl_paid_next(&d);
  assert_false(d.ok);
  near(discount(365 + 15.5), pl_entry_worth(&f->program, &e, 11));
  near(discount(334 + 15.5), pl_program_worth(&f->program, &f->months, 11));
}

static void what_is_left_is_paid_at_once(void **state) {
  fixture *f = *state;
  pl_entry const e = {.grid = &f->months, .delay = a_month, .at_once = true};
  pl_paid const d = pl_paid_first(&e, 10); /* the middle of November is the 16th at 0:00 */
  assert_int_equal(pl_time_of(2026, 12, 16), d.at);
  assert_int_equal(d.at, d.from);
  assert_int_equal(d.at + 1, d.to);
  near(discount(334 + 15), pl_entry_worth(&f->program, &e, 10));
}

/* 30 and 31 January end as 28 February: what is paid over them is paid in a moment. */
static void short_months_leave_a_moment(void **state) {
  fixture *f = *state;
  pl_grid days;
  pl_grid_init(&days, f->a, PL_DAY, f->c.from, f->c.to);
  pl_entry const e = {.grid = &days, .delay = a_month};
  pl_paid const d = pl_paid_first(&e, 29);
  assert_int_equal(pl_time_of(2026, 2, 28), d.from);
  assert_int_equal(d.from + 1, d.to);
}

static void a_typical_day_is_paid_ten_times(void **state) {
  fixture *f = *state;
  pl_entry const e = {.grid = &f->typical, .delay = ten_days};
  int n = 0;
  double sum = 0;
  for (pl_paid d = pl_paid_first(&e, 36); d.ok; pl_paid_next(&d), n++) { /* from 27 December */
    assert_int_equal(10, d.times);
    assert_int_equal(f->c.from + (370 + n) * DAY, d.from);
    assert_int_equal(d.from + DAY, d.to);
    assert_int_equal(d.from + DAY / 2, d.at);
    sum += discount(370.5 + n) / 10;
  }
  assert_int_equal(10, n);
  near(sum, pl_entry_worth(&f->program, &e, 36));
}

/* --- Years ----------------------------------------------------------------------------------- */

static void assert_booked(fixture *f, const pl_entry *e, int v, double first, double second,
                          double after) {
  double account[3] = {0};
  pl_entry_book(e, v, &f->years, 70, account);
  near(first, account[0]);
  near(second, account[1]);
  near(after, account[2]);
}

/* The week from Monday 28 December 2026 has four days in the old year. */
static void a_week_is_booked_in_both_of_its_years(void **state) {
  fixture *f = *state;
  int const v = pl_grid_find(&f->weeks, pl_time_of(2026, 12, 30));
  assert_booked(f, &(pl_entry){.grid = &f->weeks}, v, 40, 30, 0);
  pl_duration const two_days = {.minutes = 2 * DAY};
  assert_booked(f, &(pl_entry){.grid = &f->weeks, .delay = two_days}, v, 20, 50, 0);
  assert_booked(f, &(pl_entry){.grid = &f->weeks, .at_once = true}, v, 70, 0, 0);
  assert_booked(f, &(pl_entry){.grid = &f->weeks, .at_once = true, .delay = two_days}, v, 0, 70, 0);
}

static void what_is_paid_after_the_end_is_booked_there(void **state) {
  fixture *f = *state;
  pl_entry const late = {.grid = &f->months, .delay = ten_days};
  assert_booked(f, &late, 23, 0, 70 * 21.0 / 31, 70 * 10.0 / 31);
  assert_booked(f, &(pl_entry){.grid = &f->months, .delay = a_month}, 23, 0, 0, 70);
  double earned[2] = {0};
  pl_entry_earn(&late, 23, &f->years, 70, earned);
  near(70, earned[1]);
}

/* Of the ten days from 27 December 2026 five are in the old year, and five in the new one. */
static void typical_days_are_booked_where_the_real_ones_are(void **state) {
  fixture *f = *state;
  assert_booked(f, &(pl_entry){.grid = &f->typical}, 36, 35, 35, 0);
  pl_duration const two_days = {.minutes = 2 * DAY};
  assert_booked(f, &(pl_entry){.grid = &f->typical, .delay = two_days}, 36, 21, 49, 0);
  assert_booked(f, &(pl_entry){.grid = &f->typical, .at_once = true}, 36, 35, 35, 0);
  assert_booked(f, &(pl_entry){.grid = &f->typical, .delay = ten_days}, 72, 0, 0, 70);
}

/* --- Amounts --------------------------------------------------------------------------------- */

static void assert_amount(fixture *f, const pl_entry *e, int v, double expected) {
  double *out = PL_NEW_ARRAY(f->a, double, (size_t)e->grid->n);
  double *scratch = PL_NEW_ARRAY(f->a, double, (size_t)e->grid->n);
  pl_entry_amounts(f->quotes, e, out, scratch);
  near(expected, out[v]);
  near(expected, pl_entry_amount(f->quotes, e, v));
}

/* A plant that works from the middle of 2026 on and is worth less each month. */
static void weights_multiply_slice_by_slice(void **state) {
  fixture *f = *state;
  double weight[24];
  for (int v = 0; v < 24; v++) weight[v] = v < 6 ? 0 : (24 - v) / 24.0;
  pl_entry const e = {.grid = &f->months, .formula = f->p, .factor = -2, .weight = weight};
  assert_amount(f, &e, 5, 0);
  assert_amount(f, &e, 6, -2 * 106 * 18 / 24.0);
  assert_amount(f, &e, 23, -2 * 123 / 24.0);
}

/* Where the weight is 0 it does not matter that the formula has no value. */
static void no_weight_needs_no_value(void **state) {
  fixture *f = *state;
  double weight[24] = {0};
  weight[1] = 3;
  pl_formula *f_1 = bound(f, "1 / (P - 100)");
  pl_entry const e = {.grid = &f->months, .formula = f_1, .factor = 1, .weight = weight};
  assert_amount(f, &e, 0, 0);
  assert_amount(f, &e, 1, 3);
}

static void formulas_are_read_when_the_entry_says(void **state) {
  fixture *f = *state;
  pl_entry e = {.grid = &f->months, .formula = f->p, .factor = 1, .delay = a_month};
  assert_amount(f, &e, 11, 111);
  e.read = PL_READ_WHEN_PAID;
  assert_amount(f, &e, 11, 112);
  e.delay = ten_days; /* December's 31 days from the 11th on: 21 of it and 10 of January */
  assert_amount(f, &e, 11, (21 * 111 + 10 * 112) / 31.0);
  e.at_once = true; /* 16 December and a half, and ten days */
  assert_amount(f, &e, 11, 111);
  e.delay = a_month;
  assert_amount(f, &e, 11, 112);
  e.read = PL_READ_IN_ONE;
  e.read_in = 3;
  assert_amount(f, &e, 11, 103);
  e.at_most_now = true;
  assert_amount(f, &e, 0, 100);
  assert_amount(f, &e, 11, 103);
}

static void typical_slices_are_read_on_each_real_date(void **state) {
  fixture *f = *state;
  pl_entry e = {.grid = &f->typical, .formula = f->p, .factor = 1, .delay = ten_days};
  e.read = PL_READ_WHEN_PAID;
  assert_amount(f, &e, 2, (1 * 100 + 9 * 101) / 10.0); /* of 21 to 30 January, paid from the 31st */
  assert_amount(f, &e, 36, 112);
}

static void a_price_of_after_the_last_quotation_is_missed(void **state) {
  fixture *f = *state;
  pl_entry e = {.grid = &f->months, .formula = f->p, .factor = 1, .read = PL_READ_WHEN_PAID};
  assert_int_equal(PL_OK, pl_entry_check(f->quotes, &e, f->diag));
  e.delay = (pl_duration){.months = 12};
  assert_int_equal(PL_OK, pl_entry_check(f->quotes, &e, f->diag));
  e.delay.months = 13;
  assert_int_not_equal(PL_OK, pl_entry_check(f->quotes, &e, f->diag));
  e.read = PL_READ_OVER_SLICE;
  assert_int_equal(PL_OK, pl_entry_check(f->quotes, &e, f->diag));
}

/* --- All of it: the accounts of random entries, and what they are worth ------------------------- */

static double part_of(pl_time from, pl_time to, pl_time low, pl_time high) {
  pl_time const a = from > low ? from : low, b = to < high ? to : high;
  return b > a ? (double)(b - a) / (double)(to - from) : 0;
}

/* Added day by day of typical slices, with no share and no iterator. */
static void by_hand(const fixture *f, const pl_entry *e, int v, double money, double account[3],
                    double *present) {
  const pl_grid *g = e->grid;
  pl_time const turns[] = {f->c.from, pl_time_of(2027, 1, 1), f->c.to, pl_time_of(2100, 1, 1)};
  int const typical = (v + 1) * 10 <= 730 ? 10 : 730 - v * 10; /* 730 days, by tens */
  int const times = g->typical ? typical : 1;
  for (int d = 0; d < times; d++) {
    pl_time const start = g->start[v] + d * DAY, end = pl_grid_end(g, v) + d * DAY;
    pl_time const at = pl_time_after(start + (end - start) / 2, e->delay);
    pl_time from = pl_time_after(start, e->delay), to = pl_time_after(end, e->delay);
    if (e->at_once) from = at;
    if (e->at_once || to <= from) to = from + 1;
    for (int y = 0; y < 3; y++)
      account[y] += money / times * part_of(from, to, turns[y], turns[y + 1]);
    *present += money / times * discount((double)(at - f->c.from) / DAY);
  }
}

static unsigned draw(unsigned *seed, unsigned n) {
  *seed = *seed * 1664525u + 1013904223u;
  return (*seed >> 8) % n;
}

static pl_entry random_entry(fixture *f, unsigned *seed) {
  const pl_grid *const grids[] = {&f->months, &f->weeks, &f->typical, &f->years};
  pl_entry e = {.block = -1, .factor = 1.0 + draw(seed, 100), .grid = grids[draw(seed, 4)]};
  if (draw(seed, 2)) e.factor = -e.factor;
  if (draw(seed, 2)) e.formula = f->p;
  if (draw(seed, 2)) e.delay.months = (int)draw(seed, 12);
  if (draw(seed, 2)) e.delay.minutes = draw(seed, 60 * DAY);
  e.at_once = draw(seed, 3) == 0;
  if (draw(seed, 3) == 0) e.read = PL_READ_WHEN_PAID;
  e.line = (pl_line)draw(seed, 3);
  double *weight = PL_NEW_ARRAY(f->a, double, (size_t)e.grid->n);
  for (int v = 0; v < e.grid->n; v++) weight[v] = draw(seed, 5) / 4.0;
  if (draw(seed, 2)) e.weight = weight;
  return e;
}

/* The present value is the sum of what is booked, each at its date; the accounts by line and year,
 * and the program's offset, say the same. */
static void accounts_are_the_sum_of_dated_payments(void **state) {
  fixture *f = *state;
  unsigned seed = 7;
  enum { ENTRIES = 60, LINES = 3 };
  pl_entry entries[ENTRIES];
  double account[LINES][3] = {{0}}, present[LINES] = {0}, total = 0;
  for (int i = 0; i < ENTRIES; i++) {
    pl_entry const e = entries[i] = random_entry(f, &seed);
    for (int v = 0; v < e.grid->n; v++)
      by_hand(f, &e, v, pl_entry_amount(f->quotes, &e, v), account[e.line], &present[e.line]);
  }
  f->program.entries = entries;
  f->program.n_entries = ENTRIES;
  f->program.periods.n = f->typical.n > f->weeks.n ? f->typical.n : f->weeks.n;
  pl_solution const none = {0};
  pl_schedule *s = NULL;
  double offset;
  assert_int_equal(PL_OK, pl_schedule_make(&f->program, &none, f->a, &s));
  pl_program_price_of(&f->program, f->quotes, NULL, NULL, &offset);
  for (int l = 0; l < LINES; l++) {
    total += present[l];
    near(present[l], s->present[l]);
    for (int y = 0; y < 3; y++) near(account[l][y], pl_schedule_account(s, 0, (pl_line)l, y));
  }
  near(total, s->present_total);
  near(-total, offset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(december_is_paid_in_january, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_is_left_is_paid_at_once, set_up, tear_down),
      cmocka_unit_test_setup_teardown(short_months_leave_a_moment, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_typical_day_is_paid_ten_times, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_week_is_booked_in_both_of_its_years, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_is_paid_after_the_end_is_booked_there, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(typical_days_are_booked_where_the_real_ones_are, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(weights_multiply_slice_by_slice, set_up, tear_down),
      cmocka_unit_test_setup_teardown(no_weight_needs_no_value, set_up, tear_down),
      cmocka_unit_test_setup_teardown(formulas_are_read_when_the_entry_says, set_up, tear_down),
      cmocka_unit_test_setup_teardown(typical_slices_are_read_on_each_real_date, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_price_of_after_the_last_quotation_is_missed, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(accounts_are_the_sum_of_dated_payments, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
