/* Typical periods, and which slices of them follow each other. */
#include "base/typical.h"

#include <stdlib.h>

pl_typical *pl_typical_make(pl_arena *a, int n, const pl_time *start, const int *of) {
  pl_typical *t = PL_NEW(a, pl_typical);
  int *first = PL_NEW_ARRAY(a, int, (size_t)n + 1), *next = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  int *times = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  for (int d = 0; d < n; d++) first[d] = -1;
  for (int d = n - 1; d >= 0; d--) {
    next[d] = first[of[d]];
    first[of[d]] = d;
    times[of[d]]++;
  }
  *t = (pl_typical){n, start, of, first, next, times};
  return t;
}

static int by_slices(const void *a, const void *b) {
  const pl_joint *x = a, *y = b;
  if (x->before != y->before) return x->before < y->before ? -1 : 1;
  return (x->after > y->after) - (x->after < y->after);
}

/* The same pairs made one; how many are left. */
static int merge(pl_joint *j, int n) {
  int kept = 0;
  for (int i = 0; i < n; i++) {
    if (kept > 0 && by_slices(&j[kept - 1], &j[i]) == 0)
      j[kept - 1].times += j[i].times;
    else
      j[kept++] = j[i];
  }
  return kept;
}

/* Within a typical period as often as it stands for one; from one to the next as often as that
 * happens. */
const pl_joint *pl_typical_joints(const pl_grid *g, pl_arena *a, int *count) {
  const pl_typical *t = g->typical;
  pl_joint *j = PL_NEW_ARRAY(a, pl_joint, (size_t)(g->n + t->n) + 1);
  int n = 0;
  for (int v = 0; v + 1 < g->n; v++)
    if (g->period[v] == g->period[v + 1]) j[n++] = (pl_joint){v, v + 1, t->times[g->period[v]]};
  for (int d = 1; d < t->n; d++)
    j[n++] = (pl_joint){pl_grid_find(g, t->start[d] - 1), pl_grid_find(g, t->start[d]), 1};
  qsort(j, (size_t)n, sizeof *j, by_slices);
  *count = merge(j, n);
  return j;
}
