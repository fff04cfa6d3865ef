#ifndef PL_BASE_TEXT_H
#define PL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Helpers for strings and numbers as text; none depends on the locale. */

typedef struct { /* a stretch of text owned elsewhere, not ended by 0 */
  const char *at;
  size_t length;
} pl_span;

/* A string that grows in an arena: for messages and output. text is always ended by 0. */
typedef struct {
  pl_arena *arena;
  char *text;
  size_t length, capacity;
} pl_string;

void pl_string_init(pl_string *s, pl_arena *a);
void pl_string_add(pl_string *s, const char *text, size_t length);
void pl_string_printf(pl_string *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void pl_string_pad(pl_string *s, char fill, int count); /* count times fill; none if count ≤ 0 */

/* Parse a decimal number ("-1.5e3", "1_000", no hex, no inf, no nan) at the start of text;
 * correctly rounded. Returns the bytes used, 0 if none is there; a number too large for a double
 * uses 0 bytes too. */
size_t pl_number_parse(const char *text, size_t length, double *out);
/* The shortest decimal that parses back to x, as plain digits where that is short ("0.1", "1e+21",
 * "nan"). buf ≥ 32. */
size_t pl_number_format(double x, char *buf, size_t size);
/* x for people: this many digits after the point, groups of three set off by commas ("1,234.5",
 * "-0.03"); from 1e15 on as pl_number_format. buf ≥ 48. */
size_t pl_number_pretty(double x, int decimals, char *buf, size_t size);

bool pl_span_is(pl_span s, const char *text); /* equal, byte for byte */
pl_span pl_span_of(const char *text);
pl_span pl_span_trim(pl_span s); /* without spaces and tabs at its ends */

/* The code point that begins text: its bytes, 0 when they are not UTF-8 or none are left. */
size_t pl_utf8_next(const char *text, size_t length, uint32_t *code);
/* Controls (C0, C1), what changes the writing direction, what has no width, line and paragraph
 * separators, and code points that are not characters. */
bool pl_utf8_is_hidden(uint32_t code);
/* The first such code point of a text, and true; false without one. Bytes that are not UTF-8 count
 * as U+FFFD. */
bool pl_text_hides(const char *text, uint32_t *code);
/* The offset of the first byte that is not UTF-8; length when all of it is. */
size_t pl_utf8_valid(const char *text, size_t length);
/* The candidate nearest to name by edit distance (case-blind, transpositions count one) if it is
 * near enough to be a slip and is not name itself, otherwise NULL: for "did you mean". Candidates
 * beyond 10,000 are ignored. */
const char *pl_text_nearest(const char *name, const char *const *candidates, int count);
/* The names that exist instead of an unknown one, the nearest first: "did you mean 'low'? the
 * scenarios are high, low"; "none" follows lead where there are none. */
const char *pl_text_choices(pl_arena *a, const char *name, const char *lead,
                            const char *const *candidates, int count);
/* "a" or "an", as the noun that follows has it. */
const char *pl_text_article(const char *noun);
/* How to write what was probably meant by a number with commas ("2550,5", "1,000,000"), which text
 * begins with: "write 2550.5, with a decimal point"; NULL where it is not such a slip. */
const char *pl_number_slip(pl_arena *a, pl_span text);
/* The same of a date as spreadsheets write it ("Jan-26", "15.03.2026"): "write 2026-01". */
const char *pl_date_slip(pl_arena *a, pl_span text);
/* text with control characters, those that turn the writing direction, and bad UTF-8 made visible
 * ("\x1b", "\u202e", "\ufffd"): safe on a terminal. */
const char *pl_text_safe(pl_arena *a, const char *text, size_t length);
/* The same for several lines: '\n' stays. */
const char *pl_text_safe_lines(pl_arena *a, const char *text, size_t length);
/* A word of a shell's command line: within single quotes where it needs them. */
const char *pl_text_shell(pl_arena *a, const char *text);
/* Columns that text takes on a terminal: code points, not bytes. */
int pl_text_width(const char *text);

#endif
