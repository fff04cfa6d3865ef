#ifndef BENCH_DUMP_H
#define BENCH_DUMP_H

#include "lp/lp.h"

/* A program as raw numbers between bench_stages or bench_value, which leave it behind, and
 * bench_highs_only: sizes, then the arrays of pl_lp in their order. Both say why they fail on
 * standard error. */
int dump_write(const pl_lp *lp, const char *path);            /* 0, or 1 if it failed */
int dump_read(const char *path, pl_arena *arena, pl_lp *out); /* the same */

double clock_s(void); /* on the wall */
double cpu_s(void);   /* of this process, all threads */
double peak_mb(void); /* the most memory this process has held so far */

#endif
