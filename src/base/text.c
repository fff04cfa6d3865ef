/* Strings that grow, and text made fit for a terminal. Numbers are in number.c, UTF-8 in utf8.c,
 * spelling suggestions in nearest.c. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_BYTES = 64 };

void pl_string_init(pl_string *s, pl_arena *a) {
  *s = (pl_string){.arena = a, .text = PL_NEW_ARRAY(a, char, FIRST_BYTES), .capacity = FIRST_BYTES};
}

static void string_reserve(pl_string *s, size_t more) {
  size_t const wanted = s->length + more + 1;
  if (wanted <= s->capacity) return;
  size_t const capacity = wanted > 2 * s->capacity ? wanted : 2 * s->capacity;
  char *grown = PL_NEW_ARRAY(s->arena, char, capacity);
  memcpy(grown, s->text, s->length);
  s->text = grown;
  s->capacity = capacity;
}

void pl_string_add(pl_string *s, const char *text, size_t length) {
  string_reserve(s, length);
  if (length) memcpy(s->text + s->length, text, length);
  s->length += length;
  s->text[s->length] = '\0';
}

void pl_string_printf(pl_string *s, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  int const n = vsnprintf(NULL, 0, fmt, ap);
  va_end(ap);
  if (n < 0) return;
  string_reserve(s, (size_t)n);
  va_start(ap, fmt);
  (void)vsnprintf(s->text + s->length, (size_t)n + 1, fmt, ap);
  va_end(ap);
  s->length += (size_t)n;
}

void pl_string_pad(pl_string *s, char fill, int count) {
  if (count <= 0) return;
  string_reserve(s, (size_t)count);
  memset(s->text + s->length, fill, (size_t)count);
  s->length += (size_t)count;
  s->text[s->length] = '\0';
}

bool pl_span_is(pl_span s, const char *text) {
  size_t const length = strlen(text);
  return s.length == length && (length == 0 || memcmp(s.at, text, length) == 0);
}

pl_span pl_span_of(const char *text) { return (pl_span){text, strlen(text)}; }

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

pl_span pl_span_trim(pl_span s) {
  while (s.length && is_blank(*s.at)) s.at++, s.length--;
  while (s.length && is_blank(s.at[s.length - 1])) s.length--;
  return s;
}

/* Code points that move the cursor, turn the writing direction or cannot be seen: they could make a
 * line on a terminal read as something else. */
bool pl_utf8_is_hidden(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || (c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c & 0xFFFE) == 0xFFFE || (c >= 0xE0000 && c <= 0xE007F);
}

bool pl_text_hides(const char *text, uint32_t *code) {
  for (size_t left = strlen(text); left > 0;) {
    size_t const n = pl_utf8_next(text, left, code);
    if (n == 0) *code = 0xFFFD;
    if (n == 0 || pl_utf8_is_hidden(*code)) return true;
    text += n;
    left -= n;
  }
  return false;
}

static void add_escape(pl_string *out, uint32_t c) {
  if (c == '\n')
    pl_string_add(out, "\\n", 2);
  else if (c == '\t')
    pl_string_add(out, "\\t", 2);
  else if (c < 0x80)
    pl_string_printf(out, "\\x%02x", (unsigned)c);
  else
    pl_string_printf(out, "\\u%04x", (unsigned)c);
}

static const char *made_safe(pl_arena *a, const char *text, size_t length, bool lines) {
  pl_string out;
  pl_string_init(&out, a);
  for (size_t i = 0; i < length;) {
    uint32_t c;
    size_t const n = pl_utf8_next(text + i, length - i, &c);
    if (n == 0)
      pl_string_add(&out, "\\ufffd", 6);
    else if (pl_utf8_is_hidden(c) && !(lines && c == '\n'))
      add_escape(&out, c);
    else
      pl_string_add(&out, text + i, n);
    i += n ? n : 1;
  }
  return out.text;
}

const char *pl_text_safe(pl_arena *a, const char *text, size_t length) {
  return made_safe(a, text, length, false);
}

const char *pl_text_safe_lines(pl_arena *a, const char *text, size_t length) {
  return made_safe(a, text, length, true);
}

int pl_text_width(const char *text) {
  int width = 0;
  for (; *text; text++) width += ((unsigned char)*text & 0xC0) != 0x80;
  return width;
}

const char *pl_text_shell(pl_arena *a, const char *text) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "0123456789_./-+:@%=,";
  if (*text && *text != '-' && strspn(text, plain) == strlen(text)) return text;
  pl_string out;
  pl_string_init(&out, a);
  pl_string_printf(&out, *text == '-' ? "./'" : "'");
  for (; *text; text++) {
    if (*text == '\'')
      pl_string_printf(&out, "'\\''");
    else
      pl_string_add(&out, text, 1);
  }
  pl_string_printf(&out, "'");
  return out.text;
}
