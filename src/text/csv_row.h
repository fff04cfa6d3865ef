#ifndef PL_TEXT_CSV_ROW_H
#define PL_TEXT_CSV_ROW_H

#include "text/csv.h"

/* A walk along the cells of one row that keeps track of their places. */
typedef struct {
  const pl_source *source;
  char separator;
  const char *at;         /* the next byte */
  const char *line_start; /* a quoted cell may hold line ends */
  int line;
  const char
      *fault; /* what is wrong with the cell just read, or NULL; the reader of it clears it */
} pl_csv_row;

pl_csv_row pl_csv_row_at(const pl_csv *t, int row); /* row −1 = the header */
/* The next cell; moves to the separator or line end after it. a: where doubled quotes are undone;
 * NULL = leave them. */
pl_span pl_csv_row_cell(pl_csv_row *r, pl_arena *a, pl_place *place);
bool pl_csv_row_more(pl_csv_row *r); /* moves over a separator; false at the end of the row */

#endif
