/* From characters to bytes and lines. */
#include "text/cursor.h"

#include <string.h>

static void rewind_to_begin(pl_cursor *c) {
  c->character = 0;
  c->byte = c->line_start = c->begin;
  c->line = 1;
}

void pl_cursor_init(pl_cursor *c, const pl_source *source) {
  *c = (pl_cursor){.source = source, .begin = (size_t)(pl_source_begin(source) - source->text)};
  rewind_to_begin(c);
}

static bool is_tail(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

static void step(pl_cursor *c) {
  const char *text = c->source->text;
  bool const ends_line = text[c->byte] == '\n';
  c->byte++;
  while (c->byte < c->source->length && is_tail(text[c->byte])) c->byte++;
  c->character++;
  if (!ends_line) return;
  c->line++;
  c->line_start = c->byte;
}

static void move_to(pl_cursor *c, size_t character) {
  if (character < c->character) rewind_to_begin(c);
  while (c->character < character && c->byte < c->source->length) step(c);
}

pl_place pl_cursor_place(pl_cursor *c, size_t from, size_t to) {
  move_to(c, from);
  pl_cursor const start = *c;
  move_to(c, to > from ? to : from);
  size_t end = c->byte;
  if (c->line != start.line) {
    const char *at = c->source->text + start.byte;
    const char *stop = memchr(at, '\n', end - start.byte);
    end = stop ? (size_t)(stop - c->source->text) : end;
    if (end > start.byte && c->source->text[end - 1] == '\r') end--;
  }
  return (pl_place){c->source->path, start.line, (int)(start.byte - start.line_start) + 1,
                    (int)(end - start.byte)};
}
