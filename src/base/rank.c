#include "base/rank.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

typedef struct {
  double number;
  int index;
} entry;

static int downwards(const void *x, const void *y) {
  const entry *a = x, *b = y;
  if (a->number != b->number) return a->number < b->number ? 1 : -1;
  return (a->index > b->index) - (a->index < b->index);
}

static int by_index(const void *x, const void *y) {
  const entry *a = x, *b = y;
  return (a->index > b->index) - (a->index < b->index);
}

/* How many from the first on are equal to the one before them. */
static int run_of(const entry *e, int n, double slack) {
  int k = 1;
  while (k < n && e[k - 1].number - e[k].number <= slack) k++;
  return k;
}

void pl_rank(int n, const double *number, double size, int *order) {
  pl_arena *scratch = pl_arena_new();
  entry *e = PL_NEW_ARRAY(scratch, entry, (size_t)n + 1);
  double most = fabs(size);
  for (int i = 0; i < n; i++) {
    e[i] = (entry){number[i], i};
    most = fmax(most, fabs(number[i]));
  }
  if (n > 0) qsort(e, (size_t)n, sizeof *e, downwards);
  for (int i = 0, k = 0; i < n; i += k) {
    k = run_of(e + i, n - i, PL_RANK_SLACK * most);
    qsort(e + i, (size_t)k, sizeof *e, by_index);
  }
  for (int i = 0; i < n; i++) order[i] = e[i].index;
  pl_arena_free(scratch);
}
