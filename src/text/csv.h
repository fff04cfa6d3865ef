#ifndef PL_TEXT_CSV_H
#define PL_TEXT_CSV_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "text/files.h"
#include "text/node.h"

/* RFC 4180 tables with a header line: separated by commas (or semicolons or tabs, depending on the
 * header), with quotes and \n or \r\n; a BOM is allowed, and lines that begin with # are comments.
 * Cells are spans into the source, except quoted cells with doubled quotes. */
typedef struct pl_csv {
  const pl_source *source;
  int n_cols, n_rows;
  pl_span *head;  /* [n_cols] */
  pl_span *cell;  /* [n_rows * n_cols], row by row */
  int *line;      /* [n_rows] line number of each row */
  size_t *offset; /* [n_rows] where each row begins in the source */
  size_t head_offset;
  int head_line;
  char separator;
} pl_csv;

/* Rows whose number of cells differs from the header's, unclosed quotes and empty or repeated
 * headers are errors; the sound rows are in *out all the same, unless there is no header (n_cols
 * 0). */
pl_status pl_csv_read(const pl_source *source, pl_arena *a, pl_csv *out, pl_diag *diag);
pl_place pl_csv_place(const pl_csv *t, int row, int col); /* row −1 = the header */

/* A table as the section of a case: a mapping from the cells of the column "name" to a mapping of
 * the other columns. A header "capacity [kt/year]" makes the key "capacity" and appends the unit to
 * every plain number in the column; a header "takes.alumina" makes nested mappings; empty cells
 * make no key. Places are those of the cells. Without a column "name", rows are named by number. */
pl_status pl_csv_to_node(const pl_csv *t, pl_arena *a, pl_node **out, pl_diag *diag);

#endif
