#ifndef PL_TEXT_CURSOR_H
#define PL_TEXT_CURSOR_H

#include "text/files.h"

/* Walks a source to turn libyaml's marks, which count characters, into our places, which count
 * bytes. Marks come nearly in order, so the whole walk is linear. */
typedef struct {
  const pl_source *source;
  size_t begin;           /* after a byte order mark */
  size_t character, byte; /* where it stands */
  size_t line_start;      /* byte */
  int line;
} pl_cursor;

void pl_cursor_init(pl_cursor *c, const pl_source *source);
/* The place at character from, as long as it reaches in its line at most up to character to. */
pl_place pl_cursor_place(pl_cursor *c, size_t from, size_t to);

#endif
