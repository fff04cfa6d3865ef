/* Unit expressions: the table of symbols, the parser and the arithmetic. Error messages are in
 * read.c. */
#include "unit/measure.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 4, FACTORS_MAX = 12 };

typedef struct {
  const char *symbol;
  size_t length;
  pl_measure measure;
} known_unit;

#define OF(dimension)  [PL_DIM_##dimension] = 1,
#define PER(dimension) [PL_DIM_##dimension] = -1,
#define NONE           0
#define U(symbol, factor, dimension, meaning)                                                      \
  {symbol, sizeof(symbol) - 1, {{{dimension}}, {0}, (factor), {0}}},
#define C(symbol, step, meaning) {symbol, sizeof(symbol) - 1, {{{0}}, {[PL_##step] = 1}, 1, {0}}},
static const known_unit known_units[] = {
#include "unit/unit.def"
};
#undef U
#undef C

enum { KNOWN_UNITS = sizeof known_units / sizeof *known_units };

#define U(symbol, factor, dimension, meaning) {symbol, meaning},
#define C(symbol, step, meaning)              {symbol, meaning},
static const pl_unit_symbol symbols[] = {
#include "unit/unit.def"
};
#undef U
#undef C

const pl_unit_symbol *pl_unit_symbols(int *count) {
  *count = KNOWN_UNITS;
  return symbols;
}

const char *pl_measure_symbol(const pl_measure *m) {
  if (pl_measure_has_calendar(m)) return NULL;
  for (int i = 0; i < KNOWN_UNITS; i++) {
    pl_measure x;
    size_t used = 0;
    size_t const length = strlen(symbols[i].symbol);
    if (!pl_measure_parse(symbols[i].symbol, length, &x, &used) || used != length) continue;
    if (!pl_measure_has_calendar(&x) && pl_dim_equal(x.dim, m->dim) && x.factor == m->factor)
      return symbols[i].symbol;
  }
  return NULL;
}

static const pl_measure one = {.factor = 1};

pl_measure pl_measure_times(pl_measure a, pl_measure b) {
  a.dim = pl_dim_times(a.dim, b.dim);
  for (int i = 0; i < PL_STEPS; i++)
    a.calendar[i] = pl_unit_exponent(a.calendar[i] + b.calendar[i]);
  for (int i = 0; i < PL_STEPS; i++) a.named[i] = pl_unit_exponent(a.named[i] + b.named[i]);
  a.factor *= b.factor;
  return a;
}

pl_measure pl_measure_over(pl_measure a, pl_measure b) {
  a.dim = pl_dim_over(a.dim, b.dim);
  for (int i = 0; i < PL_STEPS; i++)
    a.calendar[i] = pl_unit_exponent(a.calendar[i] - b.calendar[i]);
  for (int i = 0; i < PL_STEPS; i++) a.named[i] = pl_unit_exponent(a.named[i] - b.named[i]);
  a.factor /= b.factor;
  return a;
}

pl_dim pl_measure_dim(const pl_measure *m) {
  int time = 0;
  for (int i = 0; i < PL_STEPS; i++) time += m->calendar[i];
  time += m->dim.of[PL_DIM_TIME];
  pl_dim d = m->dim;
  d.of[PL_DIM_TIME] = pl_unit_exponent(time);
  return d;
}

bool pl_measure_has_calendar(const pl_measure *m) {
  for (int i = 0; i < PL_STEPS; i++)
    if (m->calendar[i]) return true;
  return false;
}

static double power(double x, int exponent) {
  double p = 1;
  for (int e = abs(exponent); e > 0; e--) p *= x;
  return exponent < 0 ? 1 / p : p;
}

bool pl_measure_same_steps(const pl_measure *a, const pl_measure *b) {
  return memcmp(a->calendar, b->calendar, sizeof a->calendar) == 0 &&
         memcmp(a->named, b->named, sizeof a->named) == 0;
}

static double measure_at(const pl_measure *m, pl_time t) {
  double x = m->factor;
  for (int i = 0; i < PL_STEPS; i++) {
    double const hours = m->calendar[i] ? pl_step_hours((pl_step)i, t) : 1;
    x *= power(hours, m->calendar[i]);
  }
  return x;
}

static bool is_per(const pl_measure *m, int step) {
  for (int s = 0; s < PL_STEPS; s++)
    if (m->calendar[s] != (s == step ? -1 : 0)) return false;
  return true;
}

/* 265 kt/year is a number of tonnes per hour that is a little lower in a leap year: weighted by the
 * time in each. */
double pl_measure_over_time(const pl_measure *m, pl_time from, pl_time to) {
  if (!pl_measure_has_calendar(m)) return m->factor;
  int step = PL_MONTH;
  while (m->calendar[step] == 0) step++;
  bool const plain = is_per(m, step); /* the usual case, without another look at the calendar */
  double sum = 0;
  for (pl_time at = from; at < to;) {
    pl_time const begun = pl_step_floor((pl_step)step, at),
                  next = pl_step_add((pl_step)step, begun, 1), end = next < to ? next : to;
    double const rate = plain ? m->factor * (60 / (double)(next - begun)) : measure_at(m, at);
    if (at == from && end == to) return rate;
    sum += rate * (double)(end - at);
    at = end;
  }
  return sum / (double)(to - from);
}

const char *pl_measure_text(const pl_measure *m, pl_arena *a) {
  const char *text = pl_dim_text(m->dim, a);
  for (int s = 0; s < PL_STEPS; s++)
    for (int e = abs(m->calendar[s]); e > 0; e--)
      text = pl_arena_printf(a, "%s%s%s", text, m->calendar[s] < 0 ? "/" : "*",
                             pl_step_name((pl_step)s));
  return text;
}

typedef struct {
  const char *at, *end;
  int depth, factors;
  pl_span stuck;
} scanner;

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void skip_spaces(scanner *s) {
  while (s->at < s->end && *s->at == ' ') s->at++;
}

/* A whole name as formulas have them: letters, digits, and - . _ between them. So a quotation
 * "t-rate" is not read as t. */
static size_t name_length(const char *at, const char *end) {
  const char *p = at;
  for (; p < end; p++) {
    bool const joins = (*p == '-' || *p == '.' || *p == '_') && p > at && p + 1 < end;
    if (joins && (is_letter(p[1]) || (*p != '-' && is_digit(p[1])))) continue;
    if (!is_letter(*p) && !(is_digit(*p) && p > at)) break;
  }
  return (size_t)(p - at);
}

static const known_unit *find_unit(const char *at, size_t length) {
  for (int i = 0; i < KNOWN_UNITS; i++) {
    const known_unit *u = &known_units[i];
    if (u->length == length && memcmp(u->symbol, at, length) == 0) return u;
  }
  return NULL;
}

/* Bytes of the symbol at s: a name, %, or the thousand cubic metres of gas contracts, with or
 * without a space. */
static size_t symbol_length(const scanner *s) {
  if (s->at < s->end && *s->at == '%') return 1;
  size_t const left = (size_t)(s->end - s->at), thousand = sizeof "1000" - 1;
  if (left <= thousand || memcmp(s->at, "1000", thousand) != 0) return name_length(s->at, s->end);
  size_t const space = s->at[thousand] == ' ';
  const char *name = s->at + thousand + space;
  size_t const n = name_length(name, s->end);
  return n == 2 && memcmp(name, "m3", 2) == 0 ? thousand + space + n : 0;
}

static bool fail_at(scanner *s, const char *at, size_t length) {
  s->stuck = (pl_span){at, length ? length : at < s->end};
  return false;
}

/* "d", "days", "month"; no bound is written per minute. */
static void name_steps(pl_measure *m, const char *symbol, size_t length) {
  memcpy(m->named, m->calendar, sizeof m->named);
  if (m->dim.of[PL_DIM_TIME] != 1) return;
  int step = pl_step_find(symbol, length);
  if (step < 0 && symbol[length - 1] == 's') step = pl_step_find(symbol, length - 1);
  if (step >= 0) m->named[step] = 1;
}

static bool take_symbol(scanner *s, pl_measure *out) {
  size_t const length = symbol_length(s);
  bool const thousand = length > 1 && is_digit(*s->at);
  const known_unit *u = thousand ? find_unit("1000m3", 6) : find_unit(s->at, length);
  const char *after = s->at + length;
  bool const called = after < s->end && (*after == '(' || *after == '['); /* min(…), h[M-1] */
  if (!u || called || ++s->factors > FACTORS_MAX) return fail_at(s, s->at, length);
  *out = u->measure;
  name_steps(out, s->at, length);
  s->at = after;
  return true;
}

static bool take_product(scanner *s, pl_measure first, pl_measure *out);

static bool take_factor(scanner *s, pl_measure *out) {
  if (s->at == s->end || *s->at != '(') return take_symbol(s, out);
  if (++s->depth > DEPTH_MAX) return fail_at(s, s->at, 1);
  s->at++;
  pl_measure first;
  skip_spaces(s);
  if (!take_factor(s, &first) || !take_product(s, first, out)) return false;
  skip_spaces(s);
  if (s->at == s->end || *s->at != ')') return fail_at(s, s->at, 0);
  s->at++;
  s->depth--;
  return true;
}

/* The factors after first, as long as they are units; always true, with what stopped it in
 * s->stuck. */
static bool take_product(scanner *s, pl_measure first, pl_measure *out) {
  *out = first;
  for (;;) {
    scanner const before = *s;
    skip_spaces(s);
    int const sign = s->at < s->end ? *s->at : 0;
    pl_measure next;
    if (sign == '*' || sign == '/') {
      s->at++;
      skip_spaces(s);
      if (take_factor(s, &next)) {
        *out = sign == '*' ? pl_measure_times(*out, next) : pl_measure_over(*out, next);
        continue;
      }
    } else {
      (void)fail_at(s, s->at, 0);
    }
    pl_span const stuck = s->stuck;
    *s = before;
    s->stuck = stuck;
    return true;
  }
}

/* "1" means no unit only if nothing but "/unit" follows, so that the 1 of a formula stays a
 * number. */
static bool take_one(scanner *s, pl_measure *out) {
  const char *start = s->at;
  s->at++;
  if (!take_product(s, one, out)) return false;
  return s->at == s->end || s->at > start + 1;
}

bool pl_measure_scan(pl_span text, pl_measure *out, size_t *used, pl_span *stuck) {
  scanner s = {.at = text.at, .end = text.at + text.length};
  pl_measure m, first;
  bool const is_one = text.length > 0 && *text.at == '1' && symbol_length(&s) == 0 &&
                      !(text.length > 1 && is_digit(text.at[1]));
  bool const ok =
      is_one ? take_one(&s, &m) : take_factor(&s, &first) && take_product(&s, first, &m);
  *used = ok ? (size_t)(s.at - text.at) : 0;
  *stuck = s.stuck;
  if (ok) *out = m;
  return ok;
}

bool pl_measure_parse(const char *text, size_t length, pl_measure *out, size_t *used) {
  pl_span stuck;
  return pl_measure_scan((pl_span){text, length}, out, used, &stuck);
}
