/* Writing JSON. Nothing here needs to read it. */
#include "text/json.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

enum { NESTING_MAX = sizeof((pl_json *)0)->first / sizeof(bool) };

void pl_json_init(pl_json *j, FILE *out) {
  *j = (pl_json){.out = out};
  j->first[0] = true;
}

static void put(pl_json *j, const char *text) {
  if (!j->failed) j->failed = fputs(text, j->out) < 0;
}

static void separate(pl_json *j) {
  if (!j->first[j->depth] && !j->after_key) put(j, ",");
  j->first[j->depth] = j->after_key = false;
}

void pl_json_open(pl_json *j, bool list) {
  separate(j);
  put(j, list ? "[" : "{");
  assert(j->depth + 1 < NESTING_MAX);
  j->depth++;
  j->first[j->depth] = true;
  j->is_list[j->depth] = list;
}

void pl_json_close(pl_json *j) {
  assert(j->depth > 0 && !j->after_key);
  put(j, j->is_list[j->depth] ? "]" : "}");
  j->depth--;
}

static void put_escaped(pl_json *j, uint32_t c, const char *bytes, size_t n) {
  char text[16] = "";
  if (c == '"' || c == '\\')
    (void)snprintf(text, sizeof text, "\\%c", (char)c);
  else if (c == '\n')
    (void)snprintf(text, sizeof text, "\\n");
  else if (c > 0xFFFF && pl_utf8_is_hidden(c))
    (void)snprintf(text, sizeof text, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (c >> 10)),
                   (unsigned)(0xDC00 + (c & 0x3FF)));
  else if (pl_utf8_is_hidden(c))
    (void)snprintf(text, sizeof text, "\\u%04x", (unsigned)c);
  else
    memcpy(text, bytes, n);
  put(j, text);
}

static void put_text(pl_json *j, const char *text) {
  put(j, "\"");
  for (size_t left = strlen(text); left > 0;) {
    uint32_t c;
    size_t const n = pl_utf8_next(text, left, &c);
    if (n > 0)
      put_escaped(j, c, text, n);
    else
      put(j, "\xEF\xBF\xBD");
    text += n ? n : 1;
    left -= n ? n : 1;
  }
  put(j, "\"");
}

void pl_json_key(pl_json *j, const char *key) {
  assert(j->depth > 0 && !j->is_list[j->depth]);
  separate(j);
  put_text(j, key);
  put(j, ":");
  j->after_key = true;
}

void pl_json_text(pl_json *j, const char *text) {
  separate(j);
  if (text)
    put_text(j, text);
  else
    put(j, "null");
}

void pl_json_number(pl_json *j, double x) {
  char digits[32];
  separate(j);
  bool const finite = x - x == 0;
  if (finite) (void)pl_number_format(x, digits, sizeof digits);
  put(j, finite ? digits : "null");
}

void pl_json_bool(pl_json *j, bool b) {
  separate(j);
  put(j, b ? "true" : "false");
}

bool pl_json_done(pl_json *j) {
  assert(j->depth == 0);
  put(j, "\n");
  return !j->failed && !ferror(j->out);
}
