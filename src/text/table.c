/* Tables in memory. How they are written is in table_write.c. */
#include "text/table.h"

#include <math.h>
#include <string.h>

pl_table *pl_table_new(pl_arena *a, const char *name, const char *title, const pl_col *cols,
                       int n_cols) {
  pl_table *t = PL_NEW(a, pl_table);
  *t = (pl_table){.name = pl_arena_strdup(a, name),
                  .title = pl_arena_strdup(a, title),
                  .n_cols = n_cols,
                  .col = PL_NEW_ARRAY(a, pl_col, (size_t)n_cols),
                  .arena = a};
  for (int c = 0; c < n_cols; c++) {
    t->col[c] = cols[c];
    t->col[c].name = pl_arena_strdup(a, cols[c].name);
    t->col[c].unit = pl_arena_strdup(a, cols[c].unit ? cols[c].unit : "");
  }
  return t;
}

pl_cell *pl_table_add_row(pl_table *t) {
  size_t const width = (size_t)t->n_cols * sizeof *t->cell;
  t->cell = pl_arena_grown(t->arena, t->cell, width, t->n_rows, 1, &t->capacity);
  pl_cell *row = t->cell + (size_t)t->n_rows++ * (size_t)t->n_cols;
  for (int c = 0; c < t->n_cols; c++)
    if (t->col[c].kind == PL_COL_NUMBER)
      row[c].number = (double)NAN;
    else
      row[c].text = NULL;
  return row;
}

void pl_table_say(pl_table *t, int row, int col, const char *text) {
  size_t const n = (size_t)t->n_rows * (size_t)t->n_cols;
  if (!t->said) t->said = PL_NEW_ARRAY(t->arena, const char *, n);
  t->said[(size_t)row * (size_t)t->n_cols + (size_t)col] = text;
}
