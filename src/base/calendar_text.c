/* Dates and durations as people write them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

enum {
  YEAR_FIRST = 1600,
  YEAR_LAST = 2400,
  MINUTES_PER_DAY = 24 * 60,
  MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY,
  TO_THURSDAY = 3 * MINUTES_PER_DAY,
  MONTHS_MAX = 12 * (YEAR_LAST - YEAR_FIRST),
};

/* What is left of a text; each take_… advances only if it finds what it expects. */
typedef struct {
  const char *at, *end;
} reader;

static bool take(reader *r, char c) {
  if (r->at == r->end || *r->at != c) return false;
  r->at++;
  return true;
}

/* Exactly n digits. */
static bool take_number(reader *r, int n, int *out) {
  if (r->end - r->at < n) return false;
  int x = 0;
  for (int i = 0; i < n; i++) {
    if (r->at[i] < '0' || r->at[i] > '9') return false;
    x = 10 * x + (r->at[i] - '0');
  }
  r->at += n;
  *out = x;
  return true;
}

static bool take_clock(reader *r, int *minutes) {
  int hour = 0, minute = 0, second = 0;
  if (!take_number(r, 2, &hour) || hour > 23) return false;
  if (take(r, ':') && (!take_number(r, 2, &minute) || minute > 59)) return false;
  if (take(r, ':') && (!take_number(r, 2, &second) || second != 0)) return false;
  *minutes = 60 * hour + minute;
  return true;
}

static bool take_week(reader *r, int year, pl_time *out) {
  int week = 0;
  if (!take_number(r, 2, &week) || week < 1) return false;
  pl_time const first = pl_step_floor(PL_WEEK, pl_time_of(year, 1, 4)); /* 4 January is in week 1 */
  pl_time const next = pl_step_floor(PL_WEEK, pl_time_of(year + 1, 1, 4));
  *out = pl_step_add(PL_WEEK, first, week - 1);
  return *out < next;
}

static bool take_day(reader *r, int year, int month, pl_time *out, pl_step *step) {
  int day = 0, minutes = 0;
  if (!take_number(r, 2, &day) || day < 1) return false;
  *out = pl_time_of(year, month, day);
  *step = PL_DAY;
  if (*out >= pl_time_of(year, month + 1, 1)) return false;
  if (!take(r, 'T') && !take(r, ' ')) return true;
  if (!take_clock(r, &minutes)) return false;
  *step = minutes % 60 != 0 && minutes % 15 == 0 ? PL_QUARTER_HOUR : PL_HOUR;
  *out += minutes;
  return true;
}

static bool take_date(reader *r, pl_time *out, pl_step *step) {
  int year = 0, part = 0;
  if (!take_number(r, 4, &year) || year < YEAR_FIRST || year > YEAR_LAST) return false;
  *out = pl_time_of(year, 1, 1);
  *step = PL_YEAR;
  if (!take(r, '-')) return true;
  if (take(r, 'Q')) {
    *step = PL_QUARTER;
    if (!take_number(r, 1, &part) || part < 1 || part > 4) return false;
    *out = pl_time_of(year, 3 * part - 2, 1);
    return true;
  }
  if (take(r, 'W')) {
    *step = PL_WEEK;
    return take_week(r, year, out);
  }
  *step = PL_MONTH;
  if (!take_number(r, 2, &part) || part < 1 || part > 12) return false;
  *out = pl_time_of(year, part, 1);
  return !take(r, '-') || take_day(r, year, part, out, step);
}

bool pl_time_parse(const char *text, size_t length, pl_time *out, pl_step *step) {
  reader r = {text, text + length};
  pl_time t;
  pl_step s;
  if (!take_date(&r, &t, &s) || r.at != r.end) return false;
  *out = t;
  *step = s;
  return true;
}

static int format_week(pl_time t, char *buf, size_t size) {
  int year, month, day, minute;
  pl_time const monday = pl_step_floor(PL_WEEK, t);
  pl_time_civil(monday + TO_THURSDAY, &year, &month, &day, &minute); /* its Thursday */
  pl_time const first = pl_step_floor(PL_WEEK, pl_time_of(year, 1, 4));
  return snprintf(buf, size, "%04d-W%02d", year, (int)((monday - first) / MINUTES_PER_WEEK) + 1);
}

static int format_date(pl_time t, pl_step step, char *buf, size_t size) {
  int y, m, d, minute;
  pl_time_civil(t, &y, &m, &d, &minute);
  switch (step) {
  case PL_YEAR: return snprintf(buf, size, "%04d", y);
  case PL_QUARTER: return snprintf(buf, size, "%04d-Q%d", y, (m + 2) / 3);
  case PL_MONTH: return snprintf(buf, size, "%04d-%02d", y, m);
  case PL_WEEK: return format_week(t, buf, size);
  case PL_HALF_MONTH:
  case PL_DAY: return snprintf(buf, size, "%04d-%02d-%02d", y, m, d);
  case PL_QUARTER_HOUR:
  case PL_HOUR:
  case PL_STEPS: break;
  }
  return snprintf(buf, size, "%04d-%02d-%02dT%02d:%02d", y, m, d, minute / 60, minute % 60);
}

size_t pl_time_format(pl_time t, pl_step step, char *buf, size_t size) {
  int const n = format_date(t, step, buf, size);
  return n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1;
}

typedef struct {
  const char *name;
  int months, minutes;
} duration_word;

/* A singular is accepted for its plural too. */
static const duration_word duration_words[] = {
    {"min", 0, 1},
    {"minute", 0, 1},
    {"h", 0, 60},
    {"hour", 0, 60},
    {"d", 0, MINUTES_PER_DAY},
    {"day", 0, MINUTES_PER_DAY},
    {"week", 0, MINUTES_PER_WEEK},
    {"month", 1, 0},
    {"quarter", 3, 0},
    {"y", 12, 0},
    {"year", 12, 0},
};

static const duration_word *find_word(const char *at, size_t length) {
  for (size_t i = 0; i < sizeof duration_words / sizeof *duration_words; i++) {
    const duration_word *w = &duration_words[i];
    size_t const n = strlen(w->name);
    bool const plural = n > 1 && length == n + 1 && at[n] == 's';
    if ((length == n || plural) && memcmp(w->name, at, n) == 0) return w;
  }
  return NULL;
}

/* Adds amount times a unit of months or minutes; a fraction of a month has no length, and no plan
 * reaches beyond the calendar. */
static bool add_part(pl_duration *d, double amount, int months, int minutes) {
  double const m = d->months + amount * months;
  double const t = (double)d->minutes + round(amount * minutes);
  if (!(amount >= 0) || m != floor(m) || m > MONTHS_MAX || t > MONTHS_MAX * 31.0 * MINUTES_PER_DAY)
    return false;
  d->months = (int)m;
  d->minutes = (int64_t)t;
  return true;
}

static bool take_amount(reader *r, double *out) {
  size_t const used = pl_number_parse(r->at, (size_t)(r->end - r->at), out);
  r->at += used;
  return used > 0;
}

static bool parse_words(reader *r, pl_duration *d) {
  do {
    double amount;
    if (!take_amount(r, &amount)) return false;
    while (take(r, ' ')) continue;
    const char *word = r->at;
    while (r->at < r->end && *r->at >= 'a' && *r->at <= 'z') r->at++;
    const duration_word *w = find_word(word, (size_t)(r->at - word));
    if (!w || !add_part(d, amount, w->months, w->minutes)) return false;
    while (take(r, ' ')) continue;
  } while (r->at < r->end);
  return true;
}

static bool add_iso_part(pl_duration *d, double amount, char letter, bool of_day) {
  switch (letter) {
  case 'Y': return !of_day && add_part(d, amount, 12, 0);
  case 'M': return add_part(d, amount, !of_day, of_day);
  case 'W': return !of_day && add_part(d, amount, 0, MINUTES_PER_WEEK);
  case 'D': return !of_day && add_part(d, amount, 0, MINUTES_PER_DAY);
  case 'H': return of_day && add_part(d, amount, 0, 60);
  default: return false;
  }
}

static bool parse_iso(reader *r, pl_duration *d) {
  bool of_day = false;
  do {
    if (!of_day) of_day = take(r, 'T');
    double amount;
    if (!take_amount(r, &amount) || r->at == r->end) return false;
    if (!add_iso_part(d, amount, *r->at++, of_day)) return false;
  } while (r->at < r->end);
  return true;
}

bool pl_duration_parse(const char *text, size_t length, pl_duration *out) {
  reader r = {text, text + length};
  pl_duration d = {0};
  if (!(take(&r, 'P') ? parse_iso(&r, &d) : parse_words(&r, &d))) return false;
  *out = d;
  return true;
}
