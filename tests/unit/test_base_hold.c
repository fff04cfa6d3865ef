/* The grid rule for states: what a slice of another grid sees of them, against hand numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/hold.h"

static pl_grid grid(pl_arena *a, pl_step step, int from, int to) { /* years */
  pl_grid g;
  pl_grid_init(&g, a, step, pl_time_of(from, 1, 1), pl_time_of(to, 1, 1));
  return g;
}

/* The mean in each slice of g of a state that has value[] in the slices of own. */
static double *means(pl_arena *a, const pl_grid *g, const pl_grid *own, const double *value) {
  double *mean = PL_NEW_ARRAY(a, double, (size_t)g->n);
  for (int v = 0; v < own->n; v++)
    for (pl_hold h = pl_hold_first(g, own, v); h.ok; pl_hold_next(&h))
      mean[h.r] += h.share * value[v];
  return mean;
}

static void near(double wanted, double got) {
  if (fabs(got - wanted) <= 1e-12) return;
  print_error("got %.17g, wanted %.17g\n", got, wanted);
  fail();
}

/* A plant is there from 2027 on: every month of that year has all of it, none has a twelfth. */
static void finer_slices_have_the_value_itself(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid const years = grid(a, PL_YEAR, 2026, 2028), months = grid(a, PL_MONTH, 2026, 2028);
  const double *there = means(a, &months, &years, (double[]){0.25, 1});
  for (int m = 0; m < 24; m++) assert_true(there[m] == (m < 12 ? 0.25 : 1));
  pl_arena_free(a);
}

/* There in February and March of a year of 365 days. */
static void coarser_slices_have_the_mean_by_time(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid const years = grid(a, PL_YEAR, 2026, 2027), months = grid(a, PL_MONTH, 2026, 2027);
  const double *there = means(a, &years, &months, (double[]){0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  near((28 + 31) / 365.0, there[0]);
  pl_arena_free(a);
}

/* 2026 begins on a Thursday: its fifth week is 26 January … 1 February, its sixth begins on the
 * 2nd. A month sees of a week what lies in it, and a week of two months the mean of both. */
static void misaligned_slices_have_the_mean_by_time(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid weeks, months;
  pl_grid_init(&weeks, a, PL_WEEK, pl_time_of(2026, 1, 1), pl_time_of(2026, 3, 1));
  pl_grid_init(&months, a, PL_MONTH, pl_time_of(2026, 1, 1), pl_time_of(2026, 3, 1));
  double value[16] = {0};
  value[4] = 1;
  const double *by_month = means(a, &months, &weeks, value);
  near(6 / 31.0, by_month[0]);
  near(1 / 28.0, by_month[1]);
  const double *by_week = means(a, &weeks, &months, (double[]){0.5, 1});
  assert_true(by_week[0] == 0.5 && by_week[3] == 0.5 && by_week[5] == 1);
  near((6 * 0.5 + 1) / 7, by_week[4]);
  pl_arena_free(a);
}

/* Monday stands for Monday, Tuesday, Thursday; Wednesday for itself and Friday. */
static void typical_slices_have_the_mean_of_what_they_stand_for(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_time start[6];
  static const int of[] = {0, 0, 2, 0, 2}, group[] = {0, 0, 0, 0, 0};
  for (int d = 0; d <= 5; d++) start[d] = pl_time_of(2026, 1, 5 + d);
  pl_grid days, all, hours;
  pl_grid_init(&days, a, PL_DAY, start[0], start[5]);
  pl_grid_init(&all, a, PL_YEAR, start[0], start[5]);
  pl_grid_typical(&hours, a, PL_HOUR, pl_typical_make(a, 5, start, of, group));
  /* there from Tuesday on: of what the first typical day stands for, two days of three */
  const double *there = means(a, &hours, &days, (double[]){0, 1, 1, 1, 1});
  assert_int_equal(hours.n, 48);
  near(2 / 3.0, there[7]);
  near(1, there[24 + 7]);
  /* half the hours of the first typical day, which are a half of three days of five */
  double half[48] = {0};
  for (int h = 0; h < 12; h++) half[h] = 1;
  near(0.5 * 3 / 5, means(a, &all, &hours, half)[0]);
  near(0.5, means(a, &days, &hours, half)[1]);
  near(0, means(a, &days, &hours, half)[2]);
  pl_arena_free(a);
}

static void a_state_on_its_own_grid_is_itself(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid const months = grid(a, PL_MONTH, 2026, 2027);
  pl_hold h = pl_hold_first(&months, &months, 3);
  assert_true(h.ok && h.r == 3 && h.share == 1);
  pl_hold_next(&h);
  assert_false(h.ok);
  pl_arena_free(a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(finer_slices_have_the_value_itself),
      cmocka_unit_test(coarser_slices_have_the_mean_by_time),
      cmocka_unit_test(misaligned_slices_have_the_mean_by_time),
      cmocka_unit_test(typical_slices_have_the_mean_of_what_they_stand_for),
      cmocka_unit_test(a_state_on_its_own_grid_is_itself),
  };
  return cmocka_run_group_tests_name("base_hold", tests, NULL, NULL);
}
