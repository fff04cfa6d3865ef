#ifndef PL_TEXT_TABLE_H
#define PL_TEXT_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/text.h"
#include "text/json.h"

/* The form of every result: columns with a name, a unit and a kind. The screen, CSV, JSON,
 * spreadsheets, SQLite and netCDF are all written from tables. A table lives in the arena it was
 * made in. */
typedef enum { PL_COL_TEXT, PL_COL_NUMBER, PL_COL_DATE } pl_col_kind; /* dates: text as 2026-03 */

typedef struct {
  const char *name; /* "alumina_t" is "alumina", unit "t": the unit is separate */
  const char *unit; /* "" = none */
  pl_col_kind kind;
  int decimals; /* for people: digits after the point */
} pl_col;

typedef union {
  double number;    /* NAN = empty */
  const char *text; /* NULL = empty */
} pl_cell;

typedef struct {
  const char *name;  /* "accounts": file, sheet and SQL table name */
  const char *title; /* a sentence for people */
  int n_cols, n_rows, capacity;
  pl_col *col;       /* [n_cols] */
  pl_cell *cell;     /* [n_rows * n_cols], row by row */
  const char **said; /* [n_rows * n_cols] what people read instead of a number, or NULL */
  pl_arena *arena;
} pl_table;

pl_table *pl_table_new(pl_arena *a, const char *name, const char *title, const pl_col *cols,
                       int n_cols);
/* [n_cols] cells, all empty (NAN or NULL); valid until the next call. */
pl_cell *pl_table_add_row(pl_table *t);
/* For people only: a borrowed text in place of a number. Once all rows are there. */
void pl_table_say(pl_table *t, int row, int col, const char *text);

/* Aligned columns for people: numbers to the right with the column's decimals, units in the header,
 * a rule under it. */
void pl_table_to_text(const pl_table *t, pl_string *out);
/* Headers "name [unit]", numbers in full precision; pl_csv_read reads it back, except that a text
 * which a spreadsheet might take for a formula (it begins with =, +, -, @, their full-width forms,
 * a tab or a line end, and is not a number) is preceded by an apostrophe, and so is one that begins
 * with an apostrophe: removing one apostrophe restores the text. false if writing failed. */
bool pl_table_to_csv(const pl_table *t, FILE *out);
/* One object: name, title, columns [{name, unit, kind}], rows [[…]]. */
void pl_table_to_json(const pl_table *t, pl_json *j);

#endif
