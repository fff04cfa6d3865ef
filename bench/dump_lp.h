#ifndef BENCH_DUMP_LP_H
#define BENCH_DUMP_LP_H

#include <stdio.h>

#include "dump.h"
#include "lp/lp.h"

/* Leave a program behind for bench_highs_only: 0, or 1 with the reason on standard error. */
static inline void dump_part(FILE *f, const void *from, long count, size_t size) {
  if (count > 0 && fwrite(from, size, (size_t)count, f) != (size_t)count) perror("dump");
}

static inline int dump_lp(const pl_lp *lp, const char *path) {
  FILE *f = fopen(path, "wb");
  if (!f) return perror(path), 1;
  dump_head const head = {lp->n_cols, lp->n_rows, lp->n_entries, lp->offset};
  dump_part(f, &head, 1, sizeof head);
  dump_part(f, lp->cost, lp->n_cols, sizeof(double));
  dump_part(f, lp->lower, lp->n_cols, sizeof(double));
  dump_part(f, lp->upper, lp->n_cols, sizeof(double));
  dump_part(f, lp->row_lower, lp->n_rows, sizeof(double));
  dump_part(f, lp->row_upper, lp->n_rows, sizeof(double));
  dump_part(f, lp->value, lp->n_entries, sizeof(double));
  dump_part(f, lp->start, lp->n_cols + 1, sizeof(int));
  dump_part(f, lp->index, lp->n_entries, sizeof(int));
  return fclose(f) == 0 ? 0 : 1;
}

#endif
