/* Dates, steps, durations, grids and the shares between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/grid.h"

static void assert_near(double got, double wanted, double tolerance) {
  if (fabs(got - wanted) <= tolerance) return;
  print_error("got %.17g, wanted %.17g\n", got, wanted);
  fail();
}

/* ---- Calendar ---- */

static void days_agree_with_counting(void **state) {
  (void)state;
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  pl_time t = pl_time_of(1600, 1, 1);
  for (int year = 1600; year <= 2400; year++) {
    bool const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int month = 1; month <= 12; month++) {
      int const days = lengths[month - 1] + (month == 2 && leap);
      for (int day = 1; day <= days; day += day == 1 ? days - 1 : 1) {
        int y, m, d, minute;
        pl_time const at = t + (pl_time)(day - 1) * 1440;
        assert_int_equal(pl_time_of(year, month, day), at);
        pl_time_civil(at + 1439, &y, &m, &d, &minute);
        assert_true(y == year && m == month && d == day && minute == 1439);
      }
      t += (pl_time)days * 1440;
    }
  }
  assert_int_equal(pl_time_of(1970, 1, 1), 0);
  assert_int_equal(pl_time_of(2026, 13, 1), pl_time_of(2027, 1, 1));
  assert_int_equal(pl_time_of(2026, 0, 31), pl_time_of(2025, 12, 31));
  assert_int_equal(pl_time_of(2026, 2, 29), pl_time_of(2026, 3, 1));
}

static void dates_parse_and_format(void **state) {
  (void)state;
  static const struct {
    const char *text;
    pl_step step;
    int y, m, d, minute;
  } rows[] = {
      {"2026", PL_YEAR, 2026, 1, 1, 0},
      {"2026-Q3", PL_QUARTER, 2026, 7, 1, 0},
      {"2026-W01", PL_WEEK, 2025, 12, 29, 0},
      {"2020-W53", PL_WEEK, 2020, 12, 28, 0},
      {"2027-W01", PL_WEEK, 2027, 1, 4, 0},
      {"2026-03", PL_MONTH, 2026, 3, 1, 0},
      {"2024-02-29", PL_DAY, 2024, 2, 29, 0},
      {"2026-03-15T07:00", PL_HOUR, 2026, 3, 15, 420},
      {"2026-03-15T07:45", PL_QUARTER_HOUR, 2026, 3, 15, 465},
      {"1600-01-01", PL_DAY, 1600, 1, 1, 0},
      {"2400-12-31", PL_DAY, 2400, 12, 31, 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    pl_time t;
    pl_step step;
    char buf[32];
    assert_true(pl_time_parse(rows[i].text, strlen(rows[i].text), &t, &step));
    assert_int_equal(step, rows[i].step);
    assert_int_equal(t, pl_time_of(rows[i].y, rows[i].m, rows[i].d) + rows[i].minute);
    assert_int_equal(pl_time_format(t, step, buf, sizeof buf), strlen(rows[i].text));
    assert_string_equal(buf, rows[i].text);
  }
}

static void dates_that_are_none(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "26",
                                    "2026-",
                                    "2026-13",
                                    "2026-00",
                                    "2026-02-29",
                                    "2026-Q5",
                                    "2026-W54",
                                    "2027-W53",
                                    "2026-W00",
                                    "1599",
                                    "2401",
                                    "2026-1-1",
                                    "2026-01-01T",
                                    "2026-01-01T24:00",
                                    "2026-01x",
                                    "2026-01-01T07:60",
                                    "2026-01-01T07:00:01",
                                    "x026"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    pl_time t;
    pl_step step;
    assert_false(pl_time_parse(bad[i], strlen(bad[i]), &t, &step));
  }
  pl_time t;
  pl_step step;
  assert_true(pl_time_parse("2025-01-01 05:00:00", 19, &t, &step));
  assert_int_equal(t, pl_time_of(2025, 1, 1) + 300);
}

static void steps_floor_and_add(void **state) {
  (void)state;
  pl_time const t = pl_time_of(2024, 2, 29) + 100;
  assert_int_equal(pl_step_floor(PL_HOUR, t), pl_time_of(2024, 2, 29) + 60);
  assert_int_equal(pl_step_floor(PL_DAY, t), pl_time_of(2024, 2, 29));
  assert_int_equal(pl_step_floor(PL_WEEK, t), pl_time_of(2024, 2, 26)); /* a Monday */
  assert_int_equal(pl_step_floor(PL_MONTH, t), pl_time_of(2024, 2, 1));
  assert_int_equal(pl_step_floor(PL_HALF_MONTH, t), pl_time_of(2024, 2, 16));
  assert_int_equal(pl_step_floor(PL_HALF_MONTH, pl_time_of(2024, 2, 16) - 1),
                   pl_time_of(2024, 2, 1));
  assert_int_equal(pl_step_add(PL_HALF_MONTH, pl_time_of(2024, 2, 1), 1), pl_time_of(2024, 2, 16));
  assert_int_equal(pl_step_add(PL_HALF_MONTH, pl_time_of(2024, 2, 16), 1), pl_time_of(2024, 3, 1));
  assert_int_equal(pl_step_add(PL_HALF_MONTH, pl_time_of(2024, 2, 16), -3), pl_time_of(2024, 1, 1));
  assert_int_equal(pl_step_add(PL_HALF_MONTH, pl_time_of(2024, 1, 1), -1),
                   pl_time_of(2023, 12, 16));
  assert_int_equal(pl_step_floor(PL_QUARTER, t), pl_time_of(2024, 1, 1));
  assert_int_equal(pl_step_floor(PL_YEAR, t), pl_time_of(2024, 1, 1));
  assert_int_equal(pl_step_floor(PL_WEEK, pl_time_of(1969, 12, 28)), pl_time_of(1969, 12, 22));
  assert_int_equal(pl_step_add(PL_QUARTER, pl_time_of(2024, 10, 1), 2), pl_time_of(2025, 4, 1));
  assert_int_equal(pl_step_add(PL_MONTH, pl_time_of(2024, 1, 1), -13), pl_time_of(2022, 12, 1));
  assert_int_equal(pl_step_floor(PL_QUARTER_HOUR, t),
                   pl_time_of(2024, 2, 29) + 60 +
                       15 * ((int)(t - pl_time_of(2024, 2, 29) - 60) / 15));
  assert_int_equal(pl_step_add(PL_QUARTER_HOUR, pl_time_of(2024, 1, 1), -1),
                   pl_time_of(2023, 12, 31) + 1425);
  assert_int_equal(pl_step_find("quarter-hour", 12), PL_QUARTER_HOUR);
  assert_int_equal(pl_step_find("15 min", 6), PL_QUARTER_HOUR);
  assert_int_equal(pl_step_find("month", 5), PL_MONTH);
  assert_int_equal(pl_step_find("d", 1), PL_DAY);
  assert_int_equal(pl_step_find("months", 6), -1);
  assert_string_equal(pl_step_name(PL_QUARTER), "quarter");
  assert_near(pl_step_hours(PL_YEAR, t), 8784, 0);
  assert_near(pl_step_hours(PL_YEAR, pl_time_of(2026, 12, 31)), 8760, 0);
  assert_near(pl_step_hours(PL_MONTH, t), 696, 0);
  assert_near(pl_step_hours(PL_WEEK, t), 168, 0);
  assert_near(pl_step_hours(PL_HALF_MONTH, t), 14 * 24, 0);
}

static void durations_parse(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int months;
    int64_t minutes;
  } rows[] = {{"12 d", 0, 17280},  {"3 months", 3, 0},         {"P7D", 0, 10080},
              {"P3M", 3, 0},       {"PT36H", 0, 2160},         {"2 weeks", 0, 20160},
              {"1.5 h", 0, 90},    {"P1Y2M3DT4H5M", 14, 4565}, {"1 year 6 months", 18, 0},
              {"0 d", 0, 0},       {"90min", 0, 90},           {"PT30M", 0, 30},
              {"1 quarter", 3, 0}, {"P2W", 0, 20160}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    pl_duration d;
    assert_true(pl_duration_parse(rows[i].text, strlen(rows[i].text), &d));
    assert_int_equal(d.months, rows[i].months);
    assert_int_equal(d.minutes, rows[i].minutes);
  }
  static const char *const bad[] = {"",     "P",          "PT",      "3",     "d",
                                    "-1 d", "1.5 months", "3 moons", "P3",    "P3H",
                                    "PT3D", "1e9 years",  "1e300 d", "3 d x", "P1.5M"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    pl_duration d;
    assert_false(pl_duration_parse(bad[i], strlen(bad[i]), &d));
  }
}

static void durations_move_by_the_calendar(void **state) {
  (void)state;
  pl_time const end_of_january = pl_time_of(2024, 1, 31) + 60;
  assert_int_equal(pl_time_after(end_of_january, (pl_duration){1, 0}),
                   pl_time_of(2024, 2, 29) + 60);
  assert_int_equal(pl_time_after(end_of_january, (pl_duration){12, 30}),
                   pl_time_of(2025, 1, 31) + 90);
  assert_near(pl_duration_days((pl_duration){12, 1440}), 366.2425, 1e-12);
}

/* ---- Grids ---- */

static void grid_cuts_at_every_step(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid g;
  pl_grid_init(&g, a, PL_MONTH, pl_time_of(2024, 1, 15), pl_time_of(2024, 4, 10));
  assert_int_equal(g.n, 4);
  assert_int_equal(g.start[0], pl_time_of(2024, 1, 15));
  assert_int_equal(g.start[1], pl_time_of(2024, 2, 1));
  assert_int_equal(g.start[4], pl_time_of(2024, 4, 10));
  assert_near(pl_grid_hours(&g, 0), 17 * 24, 0);
  assert_near(pl_grid_hours(&g, 1), 29 * 24, 0);
  assert_int_equal(pl_grid_find(&g, pl_time_of(2024, 3, 1)), 2);
  assert_int_equal(pl_grid_find(&g, pl_time_of(2024, 3, 1) - 1), 1);
  assert_int_equal(pl_grid_find(&g, g.start[0] - 1), -1);
  assert_int_equal(pl_grid_find(&g, g.start[4]), -1);
  pl_grid_init(&g, a, PL_YEAR, 5, 5);
  assert_int_equal(g.n, 0);
  assert_int_equal(pl_grid_find(&g, 5), -1);
  assert_false(pl_share_first(&g, 0, 10).ok);
  pl_arena_free(a);
}

static double sum_of_shares(const pl_grid *g, pl_time from, pl_time to, int *count) {
  double sum = 0;
  int last = -1;
  *count = 0;
  for (pl_share s = pl_share_first(g, from, to); s.ok; pl_share_next(g, &s)) {
    assert_true(s.r > last && s.r < g->n && s.share > 0 && s.share <= 1);
    last = s.r;
    sum += s.share;
    ++*count;
  }
  return sum;
}

static void shares_sum_to_what_lies_inside(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid years, weeks, hours;
  pl_time const from = pl_time_of(2026, 1, 1), to = pl_time_of(2046, 1, 1);
  pl_grid_init(&years, a, PL_YEAR, from, to);
  pl_grid_init(&weeks, a, PL_WEEK, from, to);
  pl_grid_init(&hours, a, PL_HOUR, from, to);
  assert_int_equal(hours.n, 175320);
  int n = 0;
  for (int v = 0; v < weeks.n; v++) {
    assert_near(sum_of_shares(&years, weeks.start[v], weeks.start[v + 1], &n), 1, 1e-15);
    assert_true(n == 1 || n == 2);
  }
  assert_near(sum_of_shares(&hours, years.start[3], years.start[4], &n), 1, 1e-9);
  assert_int_equal(n, 8760);
  pl_share const s = pl_share_first(&weeks, years.start[0], years.start[1]);
  assert_near(s.share, 4.0 / 365, 1e-15); /* 1 January 2026 is a Thursday */
  assert_near(sum_of_shares(&years, to - 100, to + 300, &n), 0.25, 0); /* transit beyond the end */
  assert_near(sum_of_shares(&years, from - 300, from + 100, &n), 0.25, 0);
  assert_near(sum_of_shares(&years, to, to + 100, &n), 0, 0);
  assert_near(sum_of_shares(&years, from - 100, from, &n), 0, 0);
  assert_near(sum_of_shares(&years, from, from, &n), 0, 0);
  pl_arena_free(a);
}

/* Seven days, of which 1 stands for 0, 1 and 4, and 5 for 2, 3, 5 and 6. */
static void typical_grid(pl_arena *a, pl_step step, pl_grid *g) {
  static const int of[] = {1, 1, 5, 5, 1, 5, 5}, group[7] = {0};
  static pl_time start[8];
  for (int d = 0; d <= 7; d++) start[d] = pl_time_of(2026, 1, 29 + d);
  pl_grid_typical(g, a, step, pl_typical_make(a, 7, start, of, group));
}

static void typical_slices_stand_for_all_their_days(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid g, days;
  typical_grid(a, PL_HOUR, &g);
  typical_grid(a, PL_DAY, &days);
  assert_int_equal(g.n, 48);
  assert_int_equal(days.n, 2);
  assert_int_equal(g.start[0], pl_time_of(2026, 1, 30));
  assert_int_equal(pl_grid_end(&g, 23), pl_time_of(2026, 1, 31)); /* not the next slice's start */
  assert_int_equal(g.start[24], pl_time_of(2026, 2, 3));
  assert_near(pl_grid_hours(&g, 0), 3, 0);
  assert_near(pl_grid_length(&g, 0), 1, 0);
  assert_near(pl_grid_hours(&days, 1), 4 * 24, 0);
  double sum = 0;
  for (int v = 0; v < g.n; v++) sum += pl_grid_hours(&g, v);
  assert_near(sum, 7 * 24, 0);
  assert_int_equal(pl_grid_find(&g, pl_time_of(2026, 1, 29) + 61), 1);
  assert_int_equal(pl_grid_find(&g, pl_time_of(2026, 2, 4) + 61), 25);
  assert_int_equal(pl_grid_find(&g, pl_time_of(2026, 2, 5)), -1);
  assert_int_equal(pl_grid_find(&g, pl_time_of(2026, 1, 29) - 1), -1);
  assert_near(pl_grid_within(&g, 0, pl_time_of(2026, 2, 1), pl_time_of(2026, 3, 1)), 1. / 3, 1e-15);
  pl_arena_free(a);
}

/* Kept: the mean, the order, the duration curve as finely as slices stand for it, and whatever is
 * the same on all days. */
static void values_keep_their_duration_curve(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid g;
  typical_grid(a, PL_HOUR, &g);
  double all[7 * 24], out[48], mean = 0, made = 0;
  for (int i = 0; i < 7 * 24; i++) {
    all[i] = i % 24 + (i / 24 == 5 ? 40 : i / 24 == 1 ? -30 : i / 24);
    mean += all[i] / (7 * 24);
  }
  pl_grid_typify(&g, all, out);
  for (int v = 0; v < 48; v++) made += out[v] * pl_grid_hours(&g, v) / (7 * 24);
  assert_near(made, mean, 1e-12);
  assert_near(out[0], -29, 1e-12);   /* the three lowest of −30, −29, −28 */
  assert_near(out[47], 61.5, 1e-12); /* the four highest, 60 … 63 */
  for (int v = 1; v < 48; v++) assert_true(out[v] > out[v - 1]);
  for (int i = 0; i < 7 * 24; i++) all[i] = i % 24;
  pl_grid_typify(&g, all, out);
  for (int v = 0; v < 48; v++) assert_near(out[v], v % 24, 1e-12);
  pl_arena_free(a);
}

/* Every pair of neighbours that there is, as often as it occurs. */
static void joints_count_what_follows_what(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid g, days;
  typical_grid(a, PL_HOUR, &g);
  typical_grid(a, PL_DAY, &days);
  static const pl_joint expected[] = {{0, 0, 1}, {0, 1, 2}, {1, 0, 1}, {1, 1, 2}};
  assert_int_equal(pl_grid_joints(&days), 4);
  for (int k = 0; k < 4; k++) {
    pl_joint const j = pl_grid_joint(&days, k);
    assert_true(j.before == expected[k].before && j.after == expected[k].after);
    assert_near(j.times, expected[k].times, 0);
  }
  double sum = 0;
  for (int k = 0; k < pl_grid_joints(&g); k++) sum += pl_grid_joint(&g, k).times;
  assert_near(sum, 7 * 24 - 1, 0);
  assert_int_equal(pl_grid_joints(&g), 2 * 23 + 4);
  pl_grid_init(&g, a, PL_DAY, pl_time_of(2026, 1, 1), pl_time_of(2026, 1, 4));
  assert_int_equal(pl_grid_joints(&g), 2);
  assert_int_equal(pl_grid_joint(&g, 1).after, 2);
  pl_arena_free(a);
}

static double slice_shares(const pl_grid *g, const pl_grid *own, int v, double *share) {
  double sum = 0;
  for (int r = 0; r < g->n; r++) share[r] = 0;
  for (pl_share s = pl_share_slice(g, own, v); s.ok; pl_share_next(g, &s)) {
    share[s.r] += s.share;
    sum += s.share;
  }
  return sum;
}

/* The grid rule goes by the real time that a typical slice stands for, both ways. */
static void shares_go_by_what_typical_slices_stand_for(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_grid hours, days, months;
  typical_grid(a, PL_HOUR, &hours);
  typical_grid(a, PL_DAY, &days);
  pl_grid_init(&months, a, PL_MONTH, pl_time_of(2026, 1, 29), pl_time_of(2026, 2, 5));
  double share[48];
  assert_near(slice_shares(&months, &hours, 5, share), 1, 1e-15);
  assert_near(share[0], 2. / 3, 1e-15); /* the 29th and 30th of January, the 2nd of February */
  assert_near(slice_shares(&months, &hours, 47, share), 1, 1e-15);
  assert_near(share[0], 1. / 4, 1e-15);
  assert_near(slice_shares(&hours, &months, 0, share), 1, 1e-14); /* 29, 30, 31 January */
  assert_near(share[3], 2. / 72, 1e-15);
  assert_near(share[30], 1. / 72, 1e-15);
  assert_near(slice_shares(&hours, &days, 1, share), 1, 1e-14);
  assert_near(share[23], 0, 0);
  assert_near(share[24], 1. / 24, 1e-15);
  assert_near(slice_shares(&days, &hours, 30, share), 1, 0);
  assert_near(share[1], 1, 0);
  pl_arena_free(a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_agree_with_counting),
      cmocka_unit_test(dates_parse_and_format),
      cmocka_unit_test(dates_that_are_none),
      cmocka_unit_test(steps_floor_and_add),
      cmocka_unit_test(durations_parse),
      cmocka_unit_test(durations_move_by_the_calendar),
      cmocka_unit_test(grid_cuts_at_every_step),
      cmocka_unit_test(shares_sum_to_what_lies_inside),
      cmocka_unit_test(typical_slices_stand_for_all_their_days),
      cmocka_unit_test(values_keep_their_duration_curve),
      cmocka_unit_test(joints_count_what_follows_what),
      cmocka_unit_test(shares_go_by_what_typical_slices_stand_for),
  };
  return cmocka_run_group_tests_name("base_calendar", tests, NULL, NULL);
}
