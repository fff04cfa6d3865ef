/* Changes of one text of a case, and the text of a tree. */
#include "mutant_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Numbers ---------------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c);
}

/* The first number in the text that is not part of a name or date; its length, 0 = none. */
static size_t find_number(const char *text, const char **at, double *x) {
  for (const char *p = text; *p; p++) {
    bool const begins = is_digit(*p) && (p == text || (!is_word(p[-1]) && !strchr("-.", p[-1])));
    size_t const used = begins ? pl_number_parse(p, strlen(p), x) : 0;
    bool const date = used == 4 && p[used] == '-' && is_digit(p[used + 1]);
    *at = p;
    if (used > 0 && !date) return used;
  }
  return 0;
}

static const char *with_number(const char *text, const char *at, size_t used, const char *number,
                               pl_arena *a) {
  return pl_arena_printf(a, "%.*s%s%s", (int)(at - text), text, number, at + used);
}

const char *mutant_scaled(law_random *r, const char *text, bool within_reason, pl_arena *a) {
  static const double factors[] = {0.9, 0.99, 1.01, 1.1, 1.37, 0.5, 2, 0.1, 10, 100, 1e-3, 1e3, -1};
  enum { ALL = sizeof factors / sizeof *factors, MILD = 7 };
  const char *at;
  double x;
  size_t const used = find_number(text, &at, &x);
  if (used == 0) return text;
  double const factor = law_chance(r, 50) ? law_between(r, 0.6, 1.6)
                                          : factors[law_pick(r, within_reason ? MILD : ALL)];
  char number[40];
  (void)pl_number_format(x * factor, number, sizeof number);
  return with_number(text, at, used, number, a);
}

const char *mutant_extreme(law_random *r, const char *text, pl_arena *a) {
  static const char *const extremes[] = {"0",    "-1",    "1e-12", "1e-7", "1e7",
                                         "1e12", "1e300", "nan",   "inf",  ""};
  const char *at;
  double x;
  size_t const used = find_number(text, &at, &x);
  if (used == 0) return text;
  return with_number(text, at, used, extremes[law_pick(r, sizeof extremes / sizeof *extremes)], a);
}

/* --- Units, dates, formulas ---------------------------------------------------------------------
 */

static const char *find_word(const char *text, const char *word) {
  size_t const n = strlen(word);
  for (const char *p = strstr(text, word); p; p = strstr(p + 1, word))
    if ((p == text || !is_word(p[-1])) && !is_word(p[n])) return p;
  return NULL;
}

const char *mutant_other_unit(law_random *r, const char *text, pl_arena *a) {
  static const char *const pairs[][2] = {
      {"t", "kt"},       {"kt", "t"},       {"t", "MWh"},        {"MWh", "GWh"},
      {"MWh", "t"},      {"MW", "GW"},      {"MUSD", "kUSD"},    {"USD", "EUR"},
      {"EUR", "USD"},    {"kUSD", "USD"},   {"month", "year"},   {"year", "quarter"},
      {"day", "week"},   {"d", "h"},        {"h", "d"},          {"t", "kg"},
      {"month", "week"}, {"year", "month"}, {"months", "weeks"}, {"km", "m"},
  };
  enum { PAIRS = sizeof pairs / sizeof *pairs };
  for (int tries = 0, k = law_pick(r, PAIRS); tries < PAIRS; tries++, k = (k + 1) % PAIRS) {
    const char *p = find_word(text, pairs[k][0]);
    if (p)
      return pl_arena_printf(a, "%.*s%s%s", (int)(p - text), text, pairs[k][1],
                             p + strlen(pairs[k][0]));
  }
  return text;
}

const char *mutant_moved_date(law_random *r, const char *text, pl_arena *a) {
  for (const char *p = text; *p; p++) {
    if ((p > text && is_word(p[-1])) || strspn(p, "0123456789") != 4) continue;
    int year = (int)strtol(p, NULL, 10);
    if (year < 1900 || year > 2200) continue;
    bool const months = p[4] == '-' && strspn(p + 5, "0123456789") == 2;
    int month = months ? (int)strtol(p + 5, NULL, 10) : 1;
    month += (months ? 1 : 12) * (law_chance(r, 50) ? 1 + law_pick(r, 6) : -1 - law_pick(r, 3));
    year += (month + 119) / 12 - 10;
    month = (month + 119) % 12 + 1;
    const char *head = pl_arena_printf(a, "%.*s%04d", (int)(p - text), text, year);
    return months ? pl_arena_printf(a, "%s-%02d%s", head, month, p + 7)
                  : pl_arena_printf(a, "%s%s", head, p + 4);
  }
  return text;
}

const char *mutant_other_formula(law_random *r, const char *text, pl_arena *a) {
  static const char *const ways[] = {"1.1 * (%s)",
                                     "max(%s, 0.5 * (%s))",
                                     "min(%s, 1.2 * (%s))",
                                     "(%s) - 0.1 * (%s)",
                                     "%s + %s",
                                     "-1 * (%s)",
                                     "(%s) / 2",
                                     "2 * (%s) - (%s)"};
  static const char *const operators = "+-*/";
  if (!strpbrk(text, "0123456789") || strchr(text, ':') || strlen(text) > 200) return text;
  char *copy = pl_arena_strdup(a, text);
  for (char *p = copy + 1; copy[0] && p[0] && p[1]; p++)
    if (p[-1] == ' ' && p[1] == ' ' && strchr(operators, *p) && law_chance(r, 40)) {
      *p = operators[law_pick(r, 4)];
      return copy;
    }
  const char *way = ways[law_pick(r, sizeof ways / sizeof *ways)];
  pl_string out;
  pl_string_init(&out, a);
  for (; *way; way++) {
    if (way[0] == '%')
      pl_string_add(&out, text, strlen(text)), way++;
    else
      pl_string_add(&out, way, 1);
  }
  return out.text;
}

/* --- Tables -------------------------------------------------------------------------------------
 */

const char *mutant_other_table(law_random *r, const char *text, bool within_reason, pl_arena *a) {
  int lines = 0;
  for (const char *p = text; *p; p++) lines += *p == '\n';
  if (lines < 2) return text;
  const char *line = text;
  for (int skip = 1 + law_pick(r, lines - 1); skip > 0 && strchr(line, '\n'); skip--)
    line = strchr(line, '\n') + 1;
  const char *end = strchr(line, '\n'), *cell = strchr(line, ',');
  if (!cell || !end || cell > end) return text;
  if (!within_reason && law_chance(r, 10)) /* drop the row */
    return pl_arena_printf(a, "%.*s%s", (int)(line - text), text, end + 1);
  const char *rest = pl_arena_printf(a, "%.*s", (int)(end - cell - 1), cell + 1);
  const char *other = mutant_scaled(r, rest, within_reason, a);
  return other == rest ? text
                       : pl_arena_printf(a, "%.*s%s%s", (int)(cell + 1 - text), text, other, end);
}

/* --- Trees --------------------------------------------------------------------------------------
 */

static void write_scalar(pl_string *out, const char *text, bool quoted) {
  if (!quoted && (!strcmp(text, "~") || !strcmp(text, "null") || text[0] == '\0')) {
    pl_string_printf(out, "%s", text);
    return;
  }
  pl_string_add(out, "\"", 1);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') pl_string_add(out, "\\", 1);
    if (*text == '\n')
      pl_string_add(out, "\\n", 2);
    else
      pl_string_add(out, text, 1);
  }
  pl_string_add(out, "\"", 1);
}

void mutant_write_node(pl_string *out, const pl_node *n, int depth) {
  if (n->kind == PL_SCALAR) {
    write_scalar(out, n->text, n->quoted);
    return;
  }
  pl_string_printf(out, n->kind == PL_LIST ? "[" : "{");
  for (int i = 0; i < n->n; i++) {
    pl_string_printf(out, i ? "," : "");
    if (depth < 2) pl_string_printf(out, "\n%*s", 2 * depth + 2, "");
    if (n->kind == PL_MAPPING) {
      write_scalar(out, n->key[i], true);
      pl_string_printf(out, ": ");
    }
    mutant_write_node(out, n->child[i], depth + 1);
  }
  pl_string_printf(out, n->kind == PL_LIST ? "]" : "}");
}
