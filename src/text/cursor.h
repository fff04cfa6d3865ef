#ifndef PL_TEXT_CURSOR_H
#define PL_TEXT_CURSOR_H

#include "text/files.h"

/* Walks a source to convert libyaml's marks, which count characters, to our places, which count
 * bytes. Marks come almost in order, so the whole walk is linear. */
typedef struct {
  const pl_source *source;
  size_t begin;           /* after a byte order mark */
  size_t character, byte; /* the current position */
  size_t line_start;      /* byte */
  int line;
} pl_cursor;

void pl_cursor_init(pl_cursor *c, const pl_source *source);
/* The place from character `from` to character `to`, but not beyond the end of its line. */
pl_place pl_cursor_place(pl_cursor *c, size_t from, size_t to);

#endif
