/* Numbers as text, whatever the locale: parsing that rounds correctly, the shortest form that
 * parses back, and the form for people. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A double is determined by its first 768 significant digits and by whether anything follows
 * them. */
enum { DIGITS_MAX = 800, EXACT_DIGITS = 15, EXACT_EXPONENT = 22, EXPONENT_MAX = 100000 };

static const double powers_of_ten[EXACT_EXPONENT + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* A decimal as scanned: mantissa × 10^exponent while digits ≤ 15; the text is read again for longer
 * ones. */
typedef struct {
  const char *digits; /* from the first digit or point on */
  size_t length;      /* of digits, points and underscores */
  uint64_t mantissa;  /* of the first 15 significant digits */
  int significant;
  int64_t exponent; /* of the mantissa; of the last digit once significant > 15 */
} decimal;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
}

static void take_digit(decimal *d, char c, bool fraction) {
  if (d->significant > 0 || c != '0') d->significant++;
  if (d->significant <= EXACT_DIGITS) d->mantissa = 10 * d->mantissa + (uint64_t)(c - '0');
  if (fraction) d->exponent--;
}

/* Digits with underscores between them; at least one. Returns the end, NULL if there is no
 * digit. */
static const char *scan_digits(const char *p, const char *end, decimal *d, bool fraction) {
  if (p == end || !is_digit(*p)) return NULL;
  for (; p < end; p++) {
    if (is_digit(*p))
      take_digit(d, *p, fraction);
    else if (*p != '_' || p + 1 == end || !is_digit(p[1]))
      break;
  }
  return p;
}

static const char *scan_mantissa(const char *p, const char *end, decimal *d) {
  d->digits = p;
  const char *whole = scan_digits(p, end, d, false);
  if (whole) p = whole;
  if (p < end && *p == '.') {
    const char *fraction = scan_digits(p + 1, end, d, true);
    bool const bare = whole && (p + 1 == end || !is_word(p[1])); /* "5." */
    if (fraction)
      p = fraction;
    else if (bare)
      p++;
    whole = whole ? whole : fraction;
  }
  d->length = (size_t)(p - d->digits);
  return whole ? p : NULL;
}

/* "e-5" at p adds to the exponent; anything else, such as the E of EUR, is left alone. */
static const char *scan_exponent(const char *p, const char *end, decimal *d) {
  const char *q = p;
  if (q == end || (*q != 'e' && *q != 'E')) return p;
  q++;
  bool const negative = q < end && *q == '-';
  if (q < end && (*q == '-' || *q == '+')) q++;
  if (q == end || !is_digit(*q)) return p;
  int64_t exponent = 0;
  for (; q < end && is_digit(*q); q++)
    if (exponent < (int64_t)1 << 40) exponent = 10 * exponent + (*q - '0');
  d->exponent += negative ? -exponent : exponent;
  return q;
}

/* Hands the digits to strtod as a whole number with an exponent, a form that does not depend on the
 * locale. */
static double convert_long(const decimal *d) {
  char buf[DIGITS_MAX + 32];
  size_t n = 0;
  int64_t dropped = 0;
  bool more = false;
  for (size_t i = 0; i < d->length; i++) {
    char const c = d->digits[i];
    if (!is_digit(c) || (n == 0 && c == '0')) continue;
    if (n < DIGITS_MAX)
      buf[n++] = c;
    else
      dropped++, more = more || c != '0';
  }
  int64_t exponent = d->exponent + dropped;
  if (more) buf[n++] = '1', exponent--;
  if (exponent > EXPONENT_MAX) exponent = EXPONENT_MAX;
  if (exponent < -EXPONENT_MAX) exponent = -EXPONENT_MAX;
  (void)snprintf(buf + n, sizeof buf - n, "e%d", (int)exponent);
  return strtod(buf, NULL);
}

static double convert(const decimal *d) {
  if (d->significant == 0) return 0.0;
  bool const exact = d->significant <= EXACT_DIGITS;
  if (exact && d->exponent >= 0 && d->exponent <= EXACT_EXPONENT)
    return (double)d->mantissa * powers_of_ten[d->exponent];
  if (exact && d->exponent < 0 && d->exponent >= -EXACT_EXPONENT)
    return (double)d->mantissa / powers_of_ten[-d->exponent];
  return convert_long(d);
}

size_t pl_number_parse(const char *text, size_t length, double *out) {
  const char *p = text, *end = text + length;
  decimal d = {0};
  bool const negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  p = scan_mantissa(p, end, &d);
  if (!p) return 0;
  p = scan_exponent(p, end, &d);
  double const x = convert(&d);
  if (isinf(x)) return 0;
  *out = negative ? -x : x;
  return (size_t)(p - text);
}

/* The decimal point of the locale, one or more bytes that cannot occur in a number, becomes a full
 * stop. */
static size_t plain_point(char *buf) {
  size_t n = 0;
  for (size_t i = 0; buf[i]; i++) {
    bool const known = is_digit(buf[i]) || strchr("+-einfa", buf[i]);
    if (known)
      buf[n++] = buf[i];
    else if (n == 0 || buf[n - 1] != '.')
      buf[n++] = '.';
  }
  buf[n] = '\0';
  return n;
}

/* "1e-05" → "1e-5" */
static size_t short_exponent(char *buf, size_t n) {
  char *e = strchr(buf, 'e');
  if (!e) return n;
  char *from = e + 2;
  while (*from == '0' && from[1]) from++;
  memmove(e + 2, from, strlen(from) + 1);
  return strlen(buf);
}

static size_t copy_word(const char *word, char *buf, size_t size) {
  return (size_t)snprintf(buf, size, "%s", word);
}

size_t pl_number_format(double x, char *buf, size_t size) {
  if (isnan(x)) return copy_word("nan", buf, size);
  if (isinf(x)) return copy_word(x < 0 ? "-inf" : "inf", buf, size);
  if (x == 0) return copy_word("0", buf, size);
  for (int precision = EXACT_DIGITS; precision <= 17; precision++) {
    (void)snprintf(buf, size, "%.*g", precision, x);
    size_t const n = plain_point(buf);
    double back = 0;
    if (precision == 17 || (pl_number_parse(buf, n, &back) == n && back == x))
      return short_exponent(buf, n);
  }
  return 0;
}

static bool all_zero(const char *digits) { return digits[strspn(digits, "-0.")] == '\0'; }

size_t pl_number_pretty(double x, int decimals, char *buf, size_t size) {
  if (!(fabs(x) < 1e15)) return pl_number_format(x, buf, size);
  char plain[48];
  double const step = decimals < 0 ? pow(10, -decimals) : 1;
  if (step > 1) x = step * nearbyint(x / step);
  (void)snprintf(plain, sizeof plain, "%.*f", decimals < 0 ? 0 : decimals > 15 ? 15 : decimals, x);
  (void)plain_point(plain);
  const char *digits = plain + (plain[0] == '-');
  size_t const whole = strcspn(digits, ".");
  size_t n = 0;
  if (plain[0] == '-' && !all_zero(plain)) buf[n++] = '-';
  for (size_t i = 0; digits[i] && n + 2 < size; i++) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) buf[n++] = ',';
    buf[n++] = digits[i];
  }
  buf[n] = '\0';
  return n;
}
