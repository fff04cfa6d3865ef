/* A series as a step function of time: its mean over an interval, what applies beyond its end, and
 * where it has gaps. */
#include <math.h>

#include "price/formula_tree.h"

/* The value that holds at t, from[0] ≤ t < until. Series are nearly uniform, so the first guess is
 * nearly right: no state is kept between calls, and a walk along an hourly series still looks at
 * each value about once. */
static int value_at(const pl_quotation *s, pl_time t) {
  double const share = (double)(t - s->from[0]) / (double)(s->until - s->from[0]);
  int guess = (int)(share * s->n);
  if (guess > s->n - 1) guess = s->n - 1;
  enum { NEAR = 8 };
  for (int i = 0; i < NEAR && guess > 0 && s->from[guess] > t; i++) guess--;
  for (int i = 0; i < NEAR && guess + 1 < s->n && s->from[guess + 1] <= t; i++) guess++;
  bool const found = s->from[guess] <= t && (guess + 1 == s->n || s->from[guess + 1] > t);
  if (found) return guess;
  int low = 0, high = s->n; /* from[low] ≤ t < from[high] */
  while (high - low > 1) {
    int const middle = low + (high - low) / 2;
    if (s->from[middle] <= t)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static pl_time end_of(const pl_quotation *s, int i) {
  return i + 1 < s->n ? s->from[i + 1] : s->until;
}

/* from[0] ≤ from < to ≤ until. */
static double mean_inside(const pl_quotation *s, pl_time from, pl_time to) {
  int i = value_at(s, from);
  double const first = s->value[i];
  double beyond_first = 0;
  for (; end_of(s, i) < to; i++) {
    pl_time const start = s->from[i] > from ? s->from[i] : from;
    beyond_first += (s->value[i] - first) * (double)(end_of(s, i) - start);
  }
  pl_time const start = s->from[i] > from ? s->from[i] : from;
  beyond_first += (s->value[i] - first) * (double)(to - start);
  return first + beyond_first / (double)(to - from);
}

/* --- Beyond the end: the last year again ------------------------------------------------------ */

static pl_time years_later(pl_time t, int years) {
  int year, month, day, minute;
  pl_time_civil(t, &year, &month, &day, &minute);
  bool const leap_day = month == 2 && day == 29;
  year += years;
  bool const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return pl_time_of(year, month, leap_day && !leap ? 28 : day) + minute;
}

/* How many years back t lies in the last year of values. */
static int years_beyond(const pl_quotation *s, pl_time t) {
  int year, last, month, day, minute;
  pl_time_civil(t, &year, &month, &day, &minute);
  pl_time_civil(s->until, &last, &month, &day, &minute);
  int years = year - last;
  while (years_later(t, -years) >= s->until) years++;
  return years;
}

/* The part of [at, to) that lies within one repetition, moved back into the last year: *from …
 * *until; returns its end. */
static pl_time repeated(const pl_quotation *s, pl_time at, pl_time to, pl_time *from,
                        pl_time *until) {
  int const years = years_beyond(s, at);
  pl_time next = years_later(s->until, years);
  if (next <= at) next = at + 1;
  pl_time const end = next < to ? next : to;
  *from = years_later(at, -years);
  *until = years_later(end - 1, -years) + 1; /* so that 29 February is 28 February again */
  if (*until > s->until) *until = s->until;
  return end;
}

static double mean_beyond(const pl_quotation *s, pl_time from, pl_time to) {
  if (s->beyond == PL_BEYOND_ERROR) return (double)NAN;
  if (s->beyond == PL_BEYOND_HOLD) return s->value[s->n - 1];
  double total = 0;
  for (pl_time at = from; at < to;) {
    pl_time start, until;
    pl_time const end = repeated(s, at, to, &start, &until);
    total += mean_inside(s, start, until) * (double)(end - at);
    at = end;
  }
  return total / (double)(to - from);
}

double price_series_mean(const pl_quotation *s, pl_time from, pl_time to) {
  if (from < s->from[0]) return (double)NAN;
  if (to <= s->until) return mean_inside(s, from, to);
  if (from >= s->until) return mean_beyond(s, from, to);
  double const inside = mean_inside(s, from, s->until), beyond = mean_beyond(s, s->until, to);
  return inside + (beyond - inside) * ((double)(to - s->until) / (double)(to - from));
}

/* --- Gaps ------------------------------------------------------------------------------------- */

/* from[0] ≤ from < to ≤ until. */
static int gap_inside(const pl_quotation *s, pl_time from, pl_time to) {
  for (int i = value_at(s, from); i < s->n && s->from[i] < to; i++)
    if (isnan(s->value[i])) return i;
  return -1;
}

static bool gap_beyond(const pl_quotation *s, pl_time from, pl_time to, pl_time *at, int *index) {
  *at = from;
  *index = s->n;
  if (s->beyond == PL_BEYOND_ERROR) return true;
  if (s->beyond == PL_BEYOND_HOLD) {
    *index = s->n - 1;
    return isnan(s->value[s->n - 1]);
  }
  for (pl_time t = from; t < to;) {
    pl_time start, until;
    pl_time const end = repeated(s, t, to, &start, &until);
    *index = gap_inside(s, start, until);
    *at = t;
    if (*index >= 0) return true;
    t = end;
    if (t - from > 2 * (pl_time)366 * 24 * 60)
      break; /* every day of the last year has been looked at */
  }
  return false;
}

bool price_series_gap(const pl_quotation *s, pl_time from, pl_time to, pl_time *at, int *index) {
  *at = from;
  *index = -1;
  if (from < s->from[0]) return true;
  if (from < s->until) {
    *index = gap_inside(s, from, to < s->until ? to : s->until);
    if (*index >= 0) *at = s->from[*index] > from ? s->from[*index] : from;
    if (*index >= 0) return true;
  }
  if (to <= s->until) return false;
  return gap_beyond(s, from > s->until ? from : s->until, to, at, index);
}
