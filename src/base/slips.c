/* What people and spreadsheets write for a number or a date, and how to write it here: hints for
 * messages, never readings. */
#include <string.h>

#include "base/text.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Bytes of digits at the start of s. */
static size_t digits(pl_span s) {
  size_t n = 0;
  while (n < s.length && is_digit(s.at[n])) n++;
  return n;
}

static pl_span after(pl_span s, size_t n) { return (pl_span){s.at + n, s.length - n}; }

const char *pl_text_article(const char *noun) {
  bool const sounds_otherwise = strncmp(noun, "uni", 3) == 0 || strncmp(noun, "use", 3) == 0;
  if (strncmp(noun, "hour", 4) == 0) return "an";
  return *noun && strchr("aeiou", *noun) && !sounds_otherwise ? "an" : "a";
}

/* --- Numbers ---------------------------------------------------------------------------------- */

/* The digits of text without its commas, the last one turned into a point on request. */
static const char *without_commas(pl_arena *a, pl_span text, const char *point) {
  char *out = PL_NEW_ARRAY(a, char, text.length + 1);
  size_t n = 0;
  for (size_t i = 0; i < text.length; i++) {
    if (text.at[i] != ',')
      out[n++] = text.at[i];
    else if (text.at + i == point)
      out[n++] = '.';
  }
  out[n] = '\0';
  return out;
}

const char *pl_number_slip(pl_arena *a, pl_span text) {
  enum { GROUP = 3, LENGTH_MAX = 40 };
  bool const sign = text.length > 0 && (*text.at == '-' || *text.at == '+');
  pl_span rest = after(text, sign);
  size_t const whole = digits(rest);
  const char *last = NULL;
  bool groups = whole > 0 && whole <= GROUP;
  int commas = 0;
  rest = after(rest, whole);
  while (whole > 0 && rest.length > 1 && *rest.at == ',' && is_digit(rest.at[1])) {
    size_t const n = digits(after(rest, 1));
    last = rest.at;
    groups = groups && n == GROUP;
    rest = after(rest, n + 1);
    commas++;
  }
  bool const fraction = rest.length > 1 && *rest.at == '.' && is_digit(rest.at[1]);
  if (fraction) rest = after(rest, 1 + digits(after(rest, 1)));
  pl_span const number = {text.at, text.length - rest.length};
  if (commas == 0 || number.length > LENGTH_MAX || (commas > 1 && !groups)) return NULL;
  if (fraction || commas > 1)
    return groups ? pl_arena_printf(a, "write %s, without commas", without_commas(a, number, NULL))
                  : NULL;
  const char *decimal = without_commas(a, number, last);
  if (!groups) return pl_arena_printf(a, "write %s, with a decimal point", decimal);
  return pl_arena_printf(a, "write %s, or %s if the comma is a decimal point",
                         without_commas(a, number, NULL), decimal);
}

/* --- Dates ------------------------------------------------------------------------------------ */

/* 1 to 12 for "Jan", "january", "sept"; 0 for other words. */
static int month_named(pl_span word) {
  static const char *const names[] = {"january",   "february", "march",    "april",
                                      "may",       "june",     "july",     "august",
                                      "september", "october",  "november", "december"};
  enum { SHORTEST = 3 };
  for (int m = 0; m < 12 && word.length >= SHORTEST; m++) {
    size_t i = 0;
    while (i < word.length && names[m][i] && (word.at[i] | 0x20) == names[m][i]) i++;
    if (i == word.length) return m + 1;
  }
  return 0;
}

static int number_of(pl_span s) {
  int n = 0;
  for (size_t i = 0; i < s.length; i++) n = 10 * n + (s.at[i] - '0');
  return n;
}

enum { PARTS_MAX = 3, DIGITS_MAX = 4 };

/* "15-Jan-26" as its parts: digits or letters, one mark between them. 0 for other texts. */
static int split(pl_span text, pl_span *part) {
  int n = 0;
  while (text.length > 0 && n < PARTS_MAX) {
    size_t length = digits(text);
    bool const word = length == 0;
    while (word && length < text.length && (text.at[length] | 0x20) >= 'a' &&
           (text.at[length] | 0x20) <= 'z')
      length++;
    if (length == 0 || (!word && length > DIGITS_MAX)) return 0;
    part[n++] = (pl_span){text.at, length};
    text = after(text, length);
    if (text.length == 0) return n;
    if (!strchr("-/. ", *text.at)) return 0;
    text = after(text, 1);
  }
  return 0;
}

static const char *dated(pl_arena *a, int year, int month, int day) {
  if (month < 1 || month > 12 || day > 31) return NULL;
  if (year < 100) year += 2000;
  if (year < 1000) return NULL;
  return day > 0 ? pl_arena_printf(a, "%04d-%02d-%02d", year, month, day)
                 : pl_arena_printf(a, "%04d-%02d", year, month);
}

static bool is_number(pl_span s) { return is_digit(*s.at); }

const char *pl_date_slip(pl_arena *a, pl_span text) {
  pl_span p[PARTS_MAX];
  int const n = split(text, p);
  const char *date = NULL, *other = NULL;
  if (n == 2 && !is_number(p[0]) && is_number(p[1]))
    date = dated(a, number_of(p[1]), month_named(p[0]), 0);
  else if (n == 2 && is_number(p[0]) && !is_number(p[1]))
    date = dated(a, number_of(p[0]), month_named(p[1]), 0);
  else if (n == 2 && is_number(p[0]) && is_number(p[1]))
    date = p[0].length == DIGITS_MAX ? dated(a, number_of(p[0]), number_of(p[1]), 0)
                                     : dated(a, number_of(p[1]), number_of(p[0]), 0);
  else if (n == 3 && is_number(p[0]) && !is_number(p[1]) && is_number(p[2]))
    date = dated(a, number_of(p[2]), month_named(p[1]), number_of(p[0]));
  else if (n == 3 && is_number(p[0]) && is_number(p[1]) && is_number(p[2])) {
    int const x = number_of(p[0]), y = number_of(p[1]), z = number_of(p[2]);
    date = p[0].length == DIGITS_MAX ? dated(a, x, y, z) : dated(a, z, y, x);
    other = p[0].length == DIGITS_MAX || x == y ? NULL : dated(a, z, x, y);
    if (!date) date = other, other = NULL;
  }
  if (!date) return NULL;
  return pl_arena_printf(a, "write %s%s%s", date, other ? " or " : "", other ? other : "");
}
