#ifndef BENCH_DUMP_H
#define BENCH_DUMP_H

#include <sys/resource.h>
#include <time.h>

/* A program as raw numbers between bench_stages, which writes it, and bench_highs_only: this head;
 * then cost, lower, upper, row_lower, row_upper, value as doubles; then start and index as ints.
 * Columns must be continuous. */
typedef struct {
  int n_cols, n_rows;
  long n_entries;
  double offset;
} dump_head;

static inline double clock_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline double peak_mb(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (double)u.ru_maxrss / 1024;
}

#endif
