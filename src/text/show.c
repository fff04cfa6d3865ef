/* Messages for people, with the place they refer to. Nothing from a user's file reaches the
 * terminal unescaped. */
#include "text/show.h"

#include <string.h>

enum { COLUMNS_MAX = 110, TAB = 4 };

static const char *const severities[] = {"error", "warning", "note"};

static void add_safe(pl_string *out, const char *text, size_t length) {
  const char *safe = pl_text_safe(out->arena, text, length);
  pl_string_add(out, safe, strlen(safe));
}

/* A line made safe and cut into the part before the place, the place, and the rest, with the
 * columns that each takes. */
typedef struct {
  pl_string text;
  int width;
} part;

static part part_of(pl_arena *a, const char *at, size_t length) {
  part p = {.width = 0};
  pl_string_init(&p.text, a);
  for (const char *end = at + length; at < end;) {
    const char *tab = memchr(at, '\t', (size_t)(end - at));
    add_safe(&p.text, at, (size_t)((tab ? tab : end) - at));
    if (tab) pl_string_pad(&p.text, ' ', TAB);
    at = tab ? tab + 1 : end;
  }
  p.width = pl_text_width(p.text.text);
  return p;
}

/* The number of bytes of text in its first columns. */
static size_t bytes_of_columns(const char *text, int columns) {
  const char *p = text;
  while (*p && columns-- > 0) do
      p++;
    while (((unsigned char)*p & 0xC0) == 0x80);
  return (size_t)(p - text);
}

/* Only as much of text as fits into columns: its end (before the place) or its beginning. */
static void keep_end(part *p, int columns) {
  if (p->width <= columns) return;
  size_t const cut = bytes_of_columns(p->text.text, p->width - columns + 1);
  pl_string whole;
  pl_string_init(&whole, p->text.arena);
  pl_string_printf(&whole, "…%s", p->text.text + cut);
  *p = (part){whole, columns};
}

static void keep_beginning(part *p, int columns) {
  if (p->width <= columns) return;
  if (columns < 1) columns = 1;
  p->text.length = bytes_of_columns(p->text.text, columns - 1);
  pl_string_printf(&p->text, "…");
  p->width = columns;
}

/* A column takes at most four bytes, so these hold more columns than are shown, and whatever is cut
 * off here would be cut off later. A line may be as long as its file. */
enum { BYTES_MAX = 4 * (COLUMNS_MAX + 1) };

static bool within_character(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static part end_part(pl_arena *a, const char *text, size_t length) {
  size_t from = length > BYTES_MAX ? length - BYTES_MAX : 0;
  for (int i = 0; from > 0 && i < 3 && within_character(text[from]); i++) from++;
  return part_of(a, text + from, length - from);
}

static part beginning_part(pl_arena *a, const char *text, size_t length) {
  size_t to = length > BYTES_MAX ? BYTES_MAX : length;
  for (int i = 0; to < length && i < 3 && within_character(text[to]); i++) to--;
  return part_of(a, text, to);
}

static void add_line(const char *line, size_t length, pl_place at, pl_string *out) {
  pl_arena *a = out->arena;
  size_t const column = (size_t)at.column - 1, start = column < length ? column : length;
  size_t const wanted = at.length > 0 ? (size_t)at.length : 1, left = length - start;
  size_t const marked = wanted < left ? wanted : left;
  part before = end_part(a, line, start);
  part place = beginning_part(a, line + start, marked);
  part after = beginning_part(a, line + start + marked, left - marked);
  keep_end(&before, COLUMNS_MAX / 2);
  keep_beginning(&place, COLUMNS_MAX - before.width);
  keep_beginning(&after, COLUMNS_MAX - before.width - place.width);
  pl_string_printf(out, "  %s%s%s\n  ", before.text.text, place.text.text, after.text.text);
  pl_string_pad(out, ' ', before.width);
  pl_string_pad(out, '^', place.width > 0 ? place.width : 1);
  pl_string_add(out, "\n", 1);
}

static void add_source(const pl_message *m, const pl_files *files, pl_string *out) {
  const pl_source *s = files && m->place.file ? pl_files_find(files, m->place.file) : NULL;
  if (!s || m->place.line < 1 || m->place.column < 1) return;
  size_t length;
  const char *line = pl_source_line(s, m->place.line, &length);
  add_line(line, length, m->place, out);
}

void pl_message_show(const pl_message *m, const pl_files *files, pl_string *out) {
  if (m->place.line > 0) {
    const char *file = m->place.file ? m->place.file : "";
    add_safe(out, file, strlen(file));
    pl_string_printf(out, ":%d:%d: ", m->place.line, m->place.column);
  }
  pl_string_printf(out, "%s: ", severities[m->severity]);
  add_safe(out, m->text, strlen(m->text));
  pl_string_add(out, "\n", 1);
  add_source(m, files, out);
  if (!m->hint) return;
  pl_string_printf(out, "  hint: ");
  add_safe(out, m->hint, strlen(m->hint));
  pl_string_add(out, "\n", 1);
}

static void write_place(pl_place at, pl_json *j) {
  pl_json_key(j, "file");
  pl_json_text(j, at.line > 0 ? at.file : NULL);
  if (at.line < 1) return;
  pl_json_key(j, "line");
  pl_json_number(j, at.line);
  pl_json_key(j, "column");
  pl_json_number(j, at.column);
  pl_json_key(j, "length");
  pl_json_number(j, at.length);
}

void pl_message_to_json(const pl_message *m, pl_json *j) {
  pl_json_open(j, false);
  pl_json_key(j, "severity");
  pl_json_text(j, severities[m->severity]);
  pl_json_key(j, "status");
  pl_json_text(j, pl_status_text(m->status));
  write_place(m->place, j);
  pl_json_key(j, "text");
  pl_json_text(j, m->text);
  pl_json_key(j, "hint");
  pl_json_text(j, m->hint);
  pl_json_close(j);
}
