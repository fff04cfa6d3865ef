/* Hours of a month's price: every month keeps its mean, the local clock, the seeded disturbance,
 * and complaints about the table. */
#include "price/hours.h"

#include "unit/price_market.h"

static void bucharest(pl_hours_form *f) {
  pl_hours_flat(f);
  assert_true(pl_zone_find("Europe/Bucharest", &f->zone));
}

/* Cheap at noon, dear in the evening, the more so in summer; weekends below the rest. */
static void sunny(pl_hours_form *f) {
  bucharest(f);
  for (int m = 0; m < 12; m++)
    for (int h = 0; h < 24; h++) {
      double const season = m > 2 && m < 9 ? 1.4 : 1;
      f->factor[0][m][h] = 1 + season * (h == 13 ? -0.6 : h == 20 ? 0.6 : 0);
      f->factor[1][m][h] = f->factor[0][m][h] - 0.2;
      f->spread[m][h] = h > 6 && h < 22 ? 0.4 : 0.2;
    }
}

static void disturbed(pl_hours_form *f) {
  sunny(f);
  f->disturbed = true;
  f->seed = 7;
  f->memory = 12;
  f->spikes = 0.02;
  f->spike = 1;
  f->below_zero = 0.25;
}

static pl_hours *ready(market *m, const pl_hours_form *f, const char *from, const char *to) {
  return pl_hours_new(f, date(from), date(to), m->arena);
}

static double hour(const pl_hours *h, pl_time t) { return pl_hours_mean(h, t, t + 60); }

/* Mean and standard deviation of the hours of [from, to). */
static void moments(const pl_hours *h, pl_time from, pl_time to, double *mean, double *deviation) {
  double sum = 0, squares = 0;
  int const n = (int)((to - from) / 60);
  for (pl_time t = from; t < to; t += 60) sum += hour(h, t);
  *mean = sum / n;
  for (pl_time t = from; t < to; t += 60) squares += (hour(h, t) - *mean) * (hour(h, t) - *mean);
  *deviation = sqrt(squares / n);
}

static void test_months_keep_their_mean(void **state) {
  market *m = *state;
  static void (*const make[])(pl_hours_form *) = {bucharest, sunny, disturbed};
  for (size_t k = 0; k < sizeof make / sizeof *make; k++) {
    pl_hours_form f;
    make[k](&f);
    const pl_hours *h = ready(m, &f, "2026-01", "2028-03");
    for (pl_time t = date("2025-11"); t < date("2028-06"); t = pl_step_add(PL_MONTH, t, 1)) {
      double mean, deviation;
      pl_time const next = pl_step_add(PL_MONTH, t, 1);
      moments(h, t, next, &mean, &deviation);
      near(1, mean);
      assert_true(pl_hours_mean(h, t, next) ==
                  1); /* to the last bit: monthly plans stay as they are */
      assert_true(k == 0 ? deviation == 0 : deviation > 0.15);
    }
  }
}

/* The sun, not UTC, makes noon cheap: 13:00 in Bucharest is 11:00 UTC in winter and 10:00 in
 * summer. */
static void test_clock(void **state) {
  market *m = *state;
  pl_hours_form f;
  sunny(&f);
  const pl_hours *h = ready(m, &f, "2026-01", "2027-01");
  struct {
    const char *day;
    int cheapest, dearest; /* hours UTC */
  } const days[] = {{"2026-01-14", 11, 18}, {"2026-07-15", 10, 17}, {"2026-03-28", 11, 18},
                    {"2026-03-29", 10, 17}, {"2026-10-24", 10, 17}, {"2026-10-25", 11, 18}};
  for (size_t k = 0; k < sizeof days / sizeof *days; k++) {
    pl_time const t = date(days[k].day);
    int low = 0, high = 0;
    for (int i = 1; i < 24; i++) {
      if (hour(h, t + i * 60) < hour(h, t + low * 60)) low = i;
      if (hour(h, t + i * 60) > hour(h, t + high * 60)) high = i;
    }
    assert_int_equal(low, days[k].cheapest);
    assert_int_equal(high, days[k].dearest);
  }
  /* Friday and Saturday; local midnight is 22:00 UTC the day before */
  double const friday = hour(h, date("2026-01-16T10:00")),
               saturday = hour(h, date("2026-01-17T10:00"));
  near(0.8, saturday / friday);
  near(friday, hour(h, date("2026-01-16T21:00")));
  near(saturday, hour(h, date("2026-01-16T22:00")));
  near(friday, hour(h, date("2026-01-18T22:00")));
}

/* What an hour has is its own: it is no matter where a case begins, or whether the month was worked
 * out ahead. */
static void test_hours_do_not_move(void **state) {
  market *m = *state;
  pl_hours_form f;
  disturbed(&f);
  const pl_hours *all = ready(m, &f, "2020-01", "2030-01"),
                 *late = ready(m, &f, "2026-05", "2026-07"),
                 *none = ready(m, &f, "1990-01", "1990-01");
  for (pl_time t = date("2026-04-15"); t < date("2026-08-15"); t += 60) {
    assert_true(hour(all, t) == hour(late, t));
    if (t % (24 * 60) == 0) assert_true(hour(all, t) == hour(none, t));
  }
  /* Figures of another day and machine: the generator and its arithmetic are the same everywhere.
   */
  static const double pinned[] = {0.92420542452090548, 0.79237716099155819, 0.96123163765513686,
                                  1.2819971578815599};
  for (int i = 0; i < 4; i++) {
    double const found = hour(all, date("2026-06-01T12:00") + i * 7 * 60);
    if (found != pinned[i]) print_error("hour %d is %.17g\n", i, found);
    assert_true(found == pinned[i]);
  }
  f.seed = 8;
  const pl_hours *other = ready(m, &f, "2026-05", "2026-07");
  int same = 0;
  for (pl_time t = date("2026-06"); t < date("2026-07"); t += 60)
    same += hour(other, t) == hour(late, t);
  assert_int_equal(same, 0);
}

/* The disturbance has the deviation and the memory that it is given. */
static void test_disturbance(void **state) {
  market *m = *state;
  pl_hours_form f;
  bucharest(&f);
  for (int k = 0; k < 288; k++) f.spread[k / 24][k % 24] = 0.1; /* never below 0 */
  f.disturbed = true;
  f.seed = 1;
  f.memory = 9;
  pl_time const from = date("2000-01"), to = date("2020-01");
  const pl_hours *h = ready(m, &f, "2000-01", "2020-01");
  double mean, deviation, product = 0;
  moments(h, from, to, &mean, &deviation);
  near(1, mean);
  assert_true(fabs(deviation - 0.1) < 0.004); /* less by what keeping the month's mean takes */
  for (pl_time t = from; t + 120 <= to; t += 60)
    product += (hour(h, t) - 1) * (hour(h, t + 60) - 1);
  double const keeps = product / ((double)(to - from) / 60 * deviation * deviation);
  assert_true(fabs(keeps - 0.9) < 0.01);
  f.spikes = 0.05;
  f.spike = 0.5;
  moments(ready(m, &f, "2000-01", "2020-01"), from, to, &mean, &deviation);
  near(1, mean);
  assert_true(deviation > 0.15);
}

static double least(const pl_hours *h, int *below) {
  double low = 1;
  *below = 0;
  for (pl_time t = date("2026-01"); t < date("2027-01"); t += 60) {
    double const x = hour(h, t);
    if (x < low) low = x;
    *below += x < 0;
  }
  return low;
}

static void test_below_zero(void **state) {
  market *m = *state;
  pl_hours_form f;
  int whole, cut, none;
  disturbed(&f);
  f.below_zero = 1;
  double const deep = least(ready(m, &f, "2026-01", "2027-01"), &whole);
  f.below_zero = 0.25;
  double const shallow = least(ready(m, &f, "2026-01", "2027-01"), &cut);
  f.below_zero = 0;
  double const flat = least(ready(m, &f, "2026-01", "2027-01"), &none);
  assert_int_equal(cut, whole);
  assert_true(whole > 50 && whole < 500);
  near(deep * 0.25, shallow);
  assert_true(flat > -1e-12 && none <= whole);
}

/* No form, however wild, gives anything but numbers with a mean of 1. */
static void test_wild_forms(void **state) {
  market *m = *state;
  for (uint32_t k = 0; k < 60; k++) {
    pl_hours_form f;
    disturbed(&f);
    f.seed = k;
    f.memory = k % 3 ? k * 5.5 : 0;
    f.spikes = k % 4 / 3.0;
    f.spike = k % 5 * 25;
    f.below_zero = k % 2;
    for (int i = 0; i < 288; i++) f.spread[i / 24][i % 24] = k % 7 * 1.5;
    const pl_hours *h = ready(m, &f, "2026-02", "2026-02");
    pl_time const from = date("2026-02"), to = date("2026-03");
    double own[28 * 24], sum = 0, size = 1;
    pl_hours *all = ready(m, &f, "2026-02", "2026-03");
    for (int i = 0; i < 28 * 24; i++) {
      own[i] = hour(all, from + i * 60);
      assert_true(isfinite(own[i]));
      sum += own[i];
      size = fmax(size, fabs(own[i]));
    }
    assert_true(fabs(sum / (28 * 24) - 1) < 1e-12 * size);
    assert_true(pl_hours_mean(h, from, to) == 1);
    near(own[5] / 4 + 3 * own[6] / 4, pl_hours_mean(h, from + 5 * 60 + 45, from + 6 * 60 + 45));
  }
}

/* --- As a quotation ------------------------------------------------------------------------------
 */

static void add_hours(market *m, const char *name, const char *of, const pl_hours *h) {
  pl_quotation q = {.name = name, .hours = h};
  assert_int_equal(parse(m, of, &q.formula), PL_OK);
  assert_int_equal(pl_quotes_add(m->quotes, &q, m->diag), PL_OK);
}

static void test_follows_its_months(void **state) {
  market *m = *state;
  pl_hours_form f;
  disturbed(&f);
  const pl_hours *h = ready(m, &f, "2025-01", "2028-01");
  m->quotes = pl_quotes_new(m->arena, PL_DIM_USD);
  add_series(m, "MONTHS", "USD/MWh", PL_MONTH, "2025-01", 36, 100, 10, PL_BEYOND_ERROR);
  add_hours(m, "HOURS", "MONTHS[M-1] + 5 USD/MWh", h);
  assert_int_equal(pl_quotes_finish(m->quotes, m->diag), PL_OK);
  assert_true(in_month(m, "HOURS", "USD/MWh", "2026-03") == 100 + 13 * 10 + 5);
  near(235 * hour(h, date("2026-03-10T07:00")),
       value(m, "HOURS", "USD/MWh", "2026-03-10T07:00", "2026-03-10T08:00"));
  near(235 * hour(h, date("2026-03-10T06:00")),
       value(m, "HOURS[H-1]", "USD/MWh", "2026-03-10T07:00", "2026-03-10T08:00"));
  near(value(m, "MONTHS[M-1] + 5 USD/MWh", "USD/MWh", "2026", "2027"),
       value(m, "HOURS", "USD/MWh", "2026", "2027"));
  near(value(m, "HOURS", "USD/MWh", "2026-03-31T20:00", "2026-04-01T04:00"),
       (value(m, "HOURS", "USD/MWh", "2026-03-31T20:00", "2026-04-01T00:00") +
        value(m, "HOURS", "USD/MWh", "2026-04-01T00:00", "2026-04-01T04:00")) /
           2);
  /* another path of the months: the hours go with it */
  pl_quotes *fork = pl_quotes_fork(m->quotes, m->arena);
  pl_quotes_values(fork, 0)[13] *= 2;
  pl_time const t = date("2026-03-10T07:00");
  near(465 * hour(h, t), pl_quotes_mean(fork, 1, t, t + 60)); /* 2 x 230 + 5 */
  near(235 * hour(h, t), pl_quotes_mean(m->quotes, 1, t, t + 60));
  /* months are wanted whole, so half of one is enough to miss one */
  pl_formula *whole = bind(m, "HOURS", "USD/MWh");
  pl_diag *diag = pl_diag_new();
  assert_int_equal(pl_formula_check(whole, m->quotes, date("2025-02-10"), date("2027-12-03"), diag),
                   PL_OK);
  assert_int_equal(pl_formula_check(whole, m->quotes, date("2025-01-10"), date("2025-01-11"), diag),
                   PL_RANGE);
  assert_true(says(pl_diag_at(diag, 0)->text, "quotation 'MONTHS' has no value for 2024-12"));
  pl_diag_free(diag);
}

/* --- The table -----------------------------------------------------------------------------------
 */

static const char *table(market *m, const char *head, const char *first, const char *each,
                         int rows) {
  pl_string s;
  pl_string_init(&s, m->arena);
  pl_string_printf(&s, "%s\n", head);
  for (int k = 0; k < rows; k++)
    pl_string_printf(&s, "%d,%d,%s\n", k / 24 + 1, k % 24, k == 0 ? first : each);
  return s.text;
}

static pl_status read_table(market *m, const char *text, pl_hours_form *f, pl_diag *diag) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_place const at = {"case.yaml", 4, 9, 9};
  pl_files_prime(files, "shape.csv", text, strlen(text));
  pl_hours_flat(f);
  pl_status const status = pl_hours_read("shape.csv", at, files, NULL, m->arena, f, diag);
  pl_files_free(files);
  return status;
}

static void test_table(void **state) {
  market *m = *state;
  pl_hours_form f;
  assert_int_equal(
      read_table(m, table(m, "month,hour,weekend,factor,spread", "50,100,0.5", "50,100,0.25", 288),
                 &f, m->diag),
      PL_OK);
  near(100 / (600 / 7.0), f.factor[0][3][3]); /* brought to a mean of 1 over a week */
  near(50 / (600 / 7.0), f.factor[1][3][3]);
  near(0.5, f.spread[0][0]);
  assert_true(f.has_spread);
  assert_int_equal(read_table(m, table(m, "month,hour,factor", "1", "1", 288), &f, m->diag), PL_OK);
  near(1, f.factor[1][11][23]);
  assert_false(f.has_spread);
}

static void test_complaints_about_tables(void **state) {
  market *m = *state;
  struct {
    const char *head, *first, *each;
    int rows, line, column;
    const char *words, *hint;
  } const faults[] = {
      {"month,hour,factr", "1", "1", 288, 1, 12,
       "a shape has no column 'factr': month, hour, factor, weekend, spread",
       "did you mean 'factor'?"},
      {"month,hour,weekend", "1", "1", 288, 1, 1,
       "a shape requires a column 'factor': month, hour and factor", NULL},
      {"month,hour,factor", "1", "1", 287, 1, 1,
       "hour 23 of month 12 is missing: a shape has 12 x 24 rows", NULL},
      {"month,hour,factor", "much", "1", 288, 2, 5,
       "'much' is not a factor: that is a number from -1e+06 to 1e+06", NULL},
      {"hour,month,factor", "1", "1", 288, 2, 3,
       "'0' is not a month: that is a whole number from 1 to 12", NULL},
      {"month,hour,factor,spread", "1,-1", "1,0", 288, 2, 7,
       "'-1' is not a spread: that is a number from 0 to 10", NULL},
      {"month,hour,factor", "1", "-1", 288, 1, 12, "the factors of month 1 have no mean above 0",
       NULL},
      {"month,hour,factor", "-5", "1", 288, 1, 12,
       "hour 0 of month 1 has -6.667 times the month's mean, outside -5 to 50", NULL},
      {"month,hour,factor", "1\n1,0,1", "1", 288, 3, 3, "hour 0 of month 1 is listed twice", NULL},
  };
  for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) {
    pl_diag *diag = pl_diag_new();
    pl_hours_form f;
    const char *text = table(m, faults[k].head, faults[k].first, faults[k].each, faults[k].rows);
    bool const failed = read_table(m, text, &f, diag) != PL_OK;
    const pl_message *said = pl_diag_at(diag, 0);
    bool const right = failed && said->place.line == faults[k].line &&
                       said->place.column == faults[k].column &&
                       is_text(said->text, faults[k].words) && is_text(said->hint, faults[k].hint);
    if (!right && said)
      print_error("%zu: %d:%d: %s\n", k, said->place.line, said->place.column, said->text);
    assert_true(right);
    pl_diag_free(diag);
  }
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      T(test_months_keep_their_mean),
      T(test_clock),
      T(test_hours_do_not_move),
      T(test_disturbance),
      T(test_below_zero),
      T(test_wild_forms),
      T(test_follows_its_months),
      T(test_table),
      T(test_complaints_about_tables),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
