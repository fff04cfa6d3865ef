/* Numbers, units and dates read a second time: see the header for why nothing here is shared. */
#include "audit/tokens.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* --- The calendar: days of years counted one by one ------------------------------------------ */

static int leap_days_before(int year) {
  int const y = year - 1;
  return y / 4 - y / 100 + y / 400;
}

static bool is_leap(int year) { return leap_days_before(year + 1) > leap_days_before(year); }

static pl_time day_minutes(int year, int month, int day) {
  static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  int64_t const days = (int64_t)365 * (year - 1970) + leap_days_before(year) -
                       leap_days_before(1970) + before[month - 1] + (month > 2 && is_leap(year)) +
                       day - 1;
  return days * 24 * 60;
}

pl_time pl_audit_month_start(int month) { return day_minutes(month / 12, month % 12 + 1, 1); }

int pl_audit_month_of(pl_time t) {
  int month = 1970 * 12 + (int)floor((double)t / (30.4 * 24 * 60));
  while (pl_audit_month_start(month) > t) month--;
  while (pl_audit_month_start(month + 1) <= t) month++;
  return month;
}

static double hours_of(int first_month, int months) {
  return (double)(pl_audit_month_start(first_month + months) - pl_audit_month_start(first_month)) /
         60;
}

/* --- Units ----------------------------------------------------------------------------------- */

typedef struct {
  const char *symbol;
  double factor;
} unit;

static const unit units[] = {
    {"t", 1},
    {"kt", 1000},
    {"Mt", 1000000},
    {"kg", 0.001},
    {"g", 0.000001},
    {"lb", 0.45359237 / 1000},
    {"short-ton", 2000 * 0.45359237 / 1000},
    {"MWh", 1},
    {"kWh", 0.001},
    {"GWh", 1000},
    {"TWh", 1000000},
    {"MW", 1},
    {"kW", 0.001},
    {"GW", 1000},
    {"kJ", 1 / 3600000.0},
    {"MJ", 1 / 3600.0},
    {"GJ", 1000 / 3600.0},
    {"TJ", 1000000 / 3600.0},
    {"Gcal", 4186.8 / 3600},
    {"mmbtu", 1.05505585262 / 3.6},
    {"therm", 0.105505585262 / 3.6},
    {"m3", 1},
    {"1000m3", 1000},
    {"Mm3", 1000000},
    {"l", 0.001},
    {"bbl", 42 * 3.785411784 / 1000},
    {"km", 1},
    {"m", 0.001},
    {"mi", 1.609344},
    {"nmi", 1.852},
    {"tkm", 1},
    {"h", 1},
    {"hour", 1},
    {"hours", 1},
    {"min", 1 / 60.0},
    {"d", 24},
    {"day", 24},
    {"days", 24},
    {"week", 7 * 24},
    {"weeks", 7 * 24},
    {"piece", 1},
    {"pieces", 1},
    {"FEU", 1},
    {"TEU", 1},
    {"%", 0.01},
    {"ppm", 0.000001},
    {"degree", 1},
};
static const char *const moneys[] = {"USD", "EUR", "RON", "AZN", "TRY", "GEL", "CNY", "GBP", "ZAR"};

typedef struct {
  const char *at, *end;
  pl_audit_token *out;
} reader;

static bool is(const char *at, size_t length, const char *word) {
  return strlen(word) == length && memcmp(at, word, length) == 0;
}

static bool add_calendar(pl_audit_token *t, const char *at, size_t length, int sign) {
  size_t const one = length > 1 && at[length - 1] == 's' ? length - 1 : length;
  if (is(at, one, "month"))
    t->month += sign;
  else if (is(at, one, "quarter"))
    t->quarter += sign;
  else if (is(at, one, "year") || is(at, length, "y"))
    t->year += sign;
  else
    return false;
  return true;
}

static bool add_money(pl_audit_token *t, const char *at, size_t length, int sign) {
  double scale = 1;
  if (is(at, length, "USct") || is(at, length, "qepik")) {
    scale = 0.01;
    at = length == 4 ? "USD" : "AZN";
    length = 3;
  } else if (length == 4 && (*at == 'k' || *at == 'M')) {
    scale = *at == 'k' ? 1000 : 1000000;
    if (!is(at + 1, 3, "USD") && !is(at + 1, 3, "EUR")) return false;
    at++;
    length--;
  }
  for (size_t i = 0; i < sizeof moneys / sizeof *moneys; i++) {
    if (!is(at, length, moneys[i])) continue;
    (void)strcpy(t->money, t->money[0] ? "?" : moneys[i]);
    t->factor = sign > 0 ? t->factor * scale : t->factor / scale;
    return true;
  }
  return false;
}

static bool add_symbol(pl_audit_token *t, const char *at, size_t length, int sign) {
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (!is(at, length, units[i].symbol)) continue;
    t->factor = sign > 0 ? t->factor * units[i].factor : t->factor / units[i].factor;
    return true;
  }
  return add_calendar(t, at, length, sign) || add_money(t, at, length, sign);
}

static void skip_blanks(reader *r) {
  while (r->at < r->end && *r->at == ' ') r->at++;
}

static bool ends_symbol(char c) { return strchr(" */()", c) != NULL; }

static bool take_product(reader *r, int sign, int depth);

/* The next character after blanks, if it is this one. */
static bool takes(reader *r, char c) {
  skip_blanks(r);
  if (r->at == r->end || *r->at != c) return false;
  r->at++;
  return true;
}

static bool take_factor(reader *r, int sign, int depth) {
  enum { DEPTH_MAX = 8 };
  skip_blanks(r);
  if (r->at < r->end && *r->at == '(') {
    r->at++;
    if (depth > DEPTH_MAX || !take_product(r, sign, depth + 1)) return false;
    return takes(r, ')');
  }
  const char *start = r->at;
  while (r->at < r->end && !ends_symbol(*r->at)) r->at++;
  size_t const length = (size_t)(r->at - start);
  if (!is(start, length, "1000")) return add_symbol(r->out, start, length, sign);
  skip_blanks(r); /* 1000 m3 */
  if (r->end - r->at < 2 || memcmp(r->at, "m3", 2) != 0) return false;
  r->at += 2;
  return add_symbol(r->out, "1000m3", 6, sign);
}

static bool take_product(reader *r, int sign, int depth) {
  if (!take_factor(r, sign, depth)) return false;
  for (;;) {
    skip_blanks(r);
    int const c = r->at < r->end ? *r->at : 0;
    if (c != '*' && c != '/') return true;
    r->at++;
    if (!take_factor(r, c == '*' ? sign : -sign, depth)) return false;
  }
}

static bool read_unit(reader *r) {
  skip_blanks(r);
  if (r->end - r->at > 1 && r->at[0] == '1' && (r->at[1] == '/' || r->at[1] == ' ')) {
    r->at++;
    if (!takes(r, '/') || !take_factor(r, -1, 0)) return false;
    skip_blanks(r);
    return r->at == r->end;
  }
  if (r->end - r->at == 1 && *r->at == '1') return true;
  return take_product(r, 1, 0) && r->at == r->end;
}

bool pl_audit_unit_read(const char *text, size_t length, pl_audit_token *out) {
  pl_span const s = pl_span_trim((pl_span){text, length});
  *out = (pl_audit_token){.number = 1, .factor = 1};
  reader r = {s.at, s.at + s.length, out};
  return s.length > 0 && read_unit(&r);
}

bool pl_audit_token_read(const char *text, size_t length, pl_audit_token *out) {
  pl_span s = pl_span_trim((pl_span){text, length});
  double number;
  size_t const used = pl_number_parse(s.at, s.length, &number);
  if (used == 0) return false;
  s = pl_span_trim((pl_span){s.at + used, s.length - used});
  bool const bare = s.length == 0;
  if (!bare && (*s.at == '*' || *s.at == '/' || *s.at == '1')) {
    if (s.length < 6 || memcmp(s.at, "1000", 4) != 0) return false;
  }
  if (!bare && !pl_audit_unit_read(s.at, s.length, out)) return false;
  if (bare) *out = (pl_audit_token){.factor = 1, .bare = true};
  out->number = number;
  return true;
}

/* --- Values ---------------------------------------------------------------------------------- */

bool pl_audit_has_calendar(const pl_audit_token *t) { return t->month || t->quarter || t->year; }

double pl_audit_token_plain(const pl_audit_token *t) { return t->number * t->factor; }

double pl_audit_token_value(const pl_audit_token *t, pl_time from, pl_time to) {
  double sum = 0;
  if (!pl_audit_has_calendar(t)) return pl_audit_token_plain(t);
  for (pl_time at = from; at < to;) {
    int const month = pl_audit_month_of(at);
    pl_time const next = pl_audit_month_start(month + 1), end = next < to ? next : to;
    double const length = pow(hours_of(month, 1), t->month) *
                          pow(hours_of(month - month % 3, 3), t->quarter) *
                          pow(hours_of(month - month % 12, 12), t->year);
    sum += length * (double)(end - at);
    at = end;
  }
  return pl_audit_token_plain(t) * sum / (double)(to - from);
}

/* --- Dates ----------------------------------------------------------------------------------- */

/* The whole number of so many digits at text[at]; −1 if there is none. */
static int digits(const char *text, size_t length, size_t at, size_t count) {
  int x = 0;
  if (at + count > length) return -1;
  for (size_t i = at; i < at + count; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    x = 10 * x + (text[i] - '0');
  }
  return x;
}

/* Monday of the ISO week: the first is the one with 4 January. */
static pl_time week_start(int year, int week) {
  enum { DAY = 24 * 60 };
  int64_t const fourth = day_minutes(year, 1, 4) / DAY; /* day 0 was a Thursday */
  int64_t const monday = fourth - ((fourth + 3) % 7 + 7) % 7;
  return (monday + 7 * (week - 1)) * DAY;
}

bool pl_audit_date_read(const char *text, size_t length, pl_time *out, bool *clock) {
  int const year = digits(text, length, 0, 4);
  *clock = length > 10;
  if (year < 1) return false;
  if (length == 4) return *out = day_minutes(year, 1, 1), true;
  if (length < 7 || text[4] != '-') return false;
  int const week = text[5] == 'W' ? digits(text, length, 6, 2) : 0;
  int const quarter = text[5] == 'Q' ? digits(text, length, 6, 1) : 0;
  if (week > 0) return *out = week_start(year, week), true;
  if (quarter > 0 && quarter < 5) return *out = day_minutes(year, 3 * quarter - 2, 1), true;
  int const month = digits(text, length, 5, 2), day = length > 7 ? digits(text, length, 8, 2) : 1;
  if (month < 1 || month > 12 || day < 1) return false;
  *out = day_minutes(year, month, day);
  if (!*clock) return true;
  int const hour = digits(text, length, 11, 2);
  int const minute = length > 13 ? digits(text, length, 14, 2) : 0;
  *out += hour * 60 + minute;
  return hour >= 0 && minute >= 0;
}
