#include "dump.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

typedef struct {
  int n_cols, n_rows, n_integer;
  long n_entries;
  double offset;
} head;

static void put(FILE *f, const void *from, long count, size_t size) {
  if (count > 0) (void)fwrite(from, size, (size_t)count, f);
}

static int close_and_check(FILE *f, const char *path) {
  int const bad = ferror(f) || feof(f);
  if (fclose(f) == 0 && !bad) return 0;
  fprintf(stderr, "%s: not a whole program\n", path);
  return 1;
}

int dump_write(const pl_lp *lp, const char *path) {
  FILE *f = fopen(path, "wb");
  if (!f) return perror(path), 1;
  head const h = {lp->n_cols, lp->n_rows, lp->n_integer, lp->n_entries, lp->offset};
  put(f, &h, 1, sizeof h);
  const double *const by_column[] = {lp->cost, lp->lower, lp->upper};
  for (int i = 0; i < 3; i++) put(f, by_column[i], lp->n_cols, sizeof(double));
  put(f, lp->row_lower, lp->n_rows, sizeof(double));
  put(f, lp->row_upper, lp->n_rows, sizeof(double));
  put(f, lp->start, lp->n_cols + 1, sizeof(int));
  put(f, lp->index, lp->n_entries, sizeof(int));
  put(f, lp->value, lp->n_entries, sizeof(double));
  if (lp->n_integer > 0) put(f, lp->integer, lp->n_cols, sizeof(bool));
  return close_and_check(f, path);
}

static void *get(FILE *f, pl_arena *arena, long count, size_t size) {
  void *to = pl_arena_alloc(arena, (size_t)count + 1, size);
  if (count > 0) (void)!fread(to, size, (size_t)count, f);
  return to;
}

int dump_read(const char *path, pl_arena *arena, pl_lp *out) {
  FILE *f = fopen(path, "rb");
  if (!f) return perror(path), 1;
  head h = {0};
  (void)!fread(&h, sizeof h, 1, f);
  *out = (pl_lp){.n_cols = h.n_cols,
                 .n_rows = h.n_rows,
                 .n_entries = h.n_entries,
                 .n_integer = h.n_integer,
                 .offset = h.offset};
  double **const by_column[] = {&out->cost, &out->lower, &out->upper};
  for (int i = 0; i < 3; i++) *by_column[i] = get(f, arena, h.n_cols, sizeof(double));
  out->row_lower = get(f, arena, h.n_rows, sizeof(double));
  out->row_upper = get(f, arena, h.n_rows, sizeof(double));
  out->start = get(f, arena, h.n_cols + 1, sizeof(int));
  out->index = get(f, arena, h.n_entries, sizeof(int));
  out->value = get(f, arena, h.n_entries, sizeof(double));
  if (h.n_integer > 0) out->integer = get(f, arena, h.n_cols, sizeof(bool));
  return close_and_check(f, path);
}

static double now(clockid_t which) {
  struct timespec t;
  clock_gettime(which, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

double clock_s(void) { return now(CLOCK_MONOTONIC); }

double cpu_s(void) { return now(CLOCK_PROCESS_CPUTIME_ID); }

double peak_mb(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (double)u.ru_maxrss / 1024;
}
