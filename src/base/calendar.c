/* The Gregorian calendar in whole minutes, and the steps that a case may count in. Text forms are
 * in calendar_text.c. */
#include "base/calendar.h"

#include <string.h>

enum { QUARTER_HOUR = 15, HOUR = 60, DAY = 24 * HOUR, WEEK = 7 * DAY, MONDAY = -3 * DAY };

/* 1970-01-01 was a Thursday: the Monday before it began this week. */
static const pl_time a_monday = MONDAY;

static int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

const char *pl_step_name(pl_step s) {
  static const char *const names[PL_STEPS] = {"quarter-hour", "hour",  "day",     "week",
                                              "half-month",   "month", "quarter", "year"};
  return names[s];
}

int pl_step_find(const char *name, size_t length) {
  if (length == 6 && memcmp(name, "15 min", 6) == 0) return PL_QUARTER_HOUR;
  if (length == 1 && *name == 'h') return PL_HOUR;
  if (length == 1 && *name == 'd') return PL_DAY;
  for (int s = 0; s < PL_STEPS; s++) {
    const char *known = pl_step_name((pl_step)s);
    if (strlen(known) == length && memcmp(known, name, length) == 0) return s;
  }
  return -1;
}

/* Days since 1970-01-01 of a day in a year that is counted from March, so that the leap day ends
 * it. */
static int64_t days_of(int64_t year, int month, int day) {
  int64_t const y = month <= 2 ? year - 1 : year;
  int64_t const era = floor_div(y, 400), of_era = y - era * 400;
  int64_t const of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

pl_time pl_time_of(int year, int month, int day) {
  int64_t const months = (int64_t)month - 1, years = floor_div(months, 12);
  return (days_of(year + years, (int)(months - 12 * years) + 1, 1) + day - 1) * DAY;
}

void pl_time_civil(pl_time t, int *year, int *month, int *day, int *minute_of_day) {
  int64_t const days = floor_div(t, DAY), since_march = days + 719468;
  int64_t const era = floor_div(since_march, 146097), of_era = since_march - era * 146097;
  int64_t const y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t const of_year = of_era - (365 * y + y / 4 - y / 100);
  int64_t const m = (5 * of_year + 2) / 153;
  *month = (int)(m < 10 ? m + 3 : m - 9);
  *year = (int)(y + era * 400 + (*month <= 2));
  *day = (int)(of_year - (153 * m + 2) / 5 + 1);
  *minute_of_day = (int)(t - days * DAY);
}

static pl_time floor_civil(pl_time t, int months) {
  int year, month, day, minute;
  pl_time_civil(t, &year, &month, &day, &minute);
  if ((month - 1) % months == 0) return t - (day - 1) * DAY - minute;
  return pl_time_of(year, (month - 1) / months * months + 1, 1);
}

enum { HALF = 15 }; /* days of a month before its second half */

static pl_time floor_half(pl_time t) {
  pl_time const month = floor_civil(t, 1), second = month + HALF * DAY;
  return t < second ? month : second;
}

pl_time pl_step_floor(pl_step s, pl_time t) {
  switch (s) {
  case PL_QUARTER_HOUR: return floor_div(t, QUARTER_HOUR) * QUARTER_HOUR;
  case PL_HOUR: return floor_div(t, HOUR) * HOUR;
  case PL_DAY: return floor_div(t, DAY) * DAY;
  case PL_WEEK: return floor_div(t - a_monday, WEEK) * WEEK + a_monday;
  case PL_HALF_MONTH: return floor_half(t);
  case PL_MONTH: return floor_civil(t, 1);
  case PL_QUARTER: return floor_civil(t, 3);
  case PL_YEAR: return floor_civil(t, 12);
  case PL_STEPS: break;
  }
  return t;
}

static pl_time add_months(pl_time t, int64_t months) {
  int year, month, day, minute;
  pl_time_civil(t, &year, &month, &day, &minute);
  int64_t const m = (int64_t)month + months;
  if (day == 1) return pl_time_of(year, (int)m, 1) + minute;
  pl_time const first = pl_time_of(year, (int)m, 1);
  int64_t const length = (pl_time_of(year, (int)m + 1, 1) - first) / DAY;
  return first + ((day < length ? day : length) - 1) * DAY + minute;
}

static pl_time add_halves(pl_time t, int64_t n) {
  pl_time const month = floor_civil(t, 1);
  int64_t const halves = (t > month) + n, months = floor_div(halves, 2);
  return add_months(month, months) + (halves - 2 * months) * HALF * DAY;
}

pl_time pl_step_add(pl_step s, pl_time t, int n) {
  switch (s) {
  case PL_QUARTER_HOUR: return t + (int64_t)n * QUARTER_HOUR;
  case PL_HOUR: return t + (int64_t)n * HOUR;
  case PL_DAY: return t + (int64_t)n * DAY;
  case PL_WEEK: return t + (int64_t)n * WEEK;
  case PL_HALF_MONTH: return add_halves(t, n);
  case PL_MONTH: return add_months(t, n);
  case PL_QUARTER: return add_months(t, (int64_t)n * 3);
  case PL_YEAR: return add_months(t, (int64_t)n * 12);
  case PL_STEPS: break;
  }
  return t;
}

double pl_step_hours(pl_step s, pl_time t) {
  pl_time const start = pl_step_floor(s, t);
  return (double)(pl_step_add(s, start, 1) - start) / HOUR;
}

pl_time pl_time_after(pl_time t, pl_duration d) {
  return (d.months ? add_months(t, d.months) : t) + d.minutes;
}

double pl_duration_days(pl_duration d) {
  return d.months * (365.2425 / 12) + (double)d.minutes / DAY;
}
