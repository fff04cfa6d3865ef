#ifndef PL_DIAGNOSE_SKETCH_H
#define PL_DIAGNOSE_SKETCH_H

#include "lp/lp.h"

/* A program that is built column by column, for questions about another program. Internal to this
 * folder. The sizes given are upper limits; everything lives in the arena. */
typedef struct {
  pl_lp lp;
  long capacity_cols, capacity_rows, capacity_entries;
} pl_sketch;

void pl_sketch_init(pl_sketch *s, pl_arena *a, long cols, long rows, long entries);
int pl_sketch_row(pl_sketch *s, double lower, double upper);
/* The entries added next belong to the column added last. */
int pl_sketch_column(pl_sketch *s, double cost, double lower, double upper);
void pl_sketch_entry(pl_sketch *s, int row, double value);

#endif
