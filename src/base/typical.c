/* Typical periods, and which slices of them follow each other. */
#include "base/typical.h"

#include <math.h>
#include <stdlib.h>

pl_typical *pl_typical_make(pl_arena *a, int n, const pl_time *start, const int *of,
                            const int *group) {
  pl_typical *t = PL_NEW(a, pl_typical);
  int *first = PL_NEW_ARRAY(a, int, (size_t)n + 1), *next = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  int *times = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  for (int d = 0; d < n; d++) first[d] = -1;
  for (int d = n - 1; d >= 0; d--) {
    next[d] = first[of[d]];
    first[of[d]] = d;
    times[of[d]]++;
  }
  *t = (pl_typical){n, start, of, group, first, next, times};
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

/* --- Values ---------------------------------------------------------------------------------- */

pl_grid_group pl_grid_group_of(const pl_grid *g, int v) {
  const pl_typical *t = g->typical;
  int const group = t->group[g->period[v]];
  pl_grid_group k = {.first = v, .end = v};
  while (k.first > 0 && t->group[g->period[k.first - 1]] == group) k.first--;
  while (k.end < g->n && t->group[g->period[k.end]] == group) k.end++;
  int d = g->period[v], e = d;
  while (d > 0 && t->group[d - 1] == group) d--;
  while (e < t->n && t->group[e] == group) e++;
  k.from = pl_grid_find(g->all, t->start[d]);
  k.to = pl_grid_find(g->all, t->start[e] - 1) + 1;
  return k;
}

typedef struct { /* of all real slices of a group */
  double low, high, mean, hours;
} spread;

static spread spread_of(const pl_grid *g, const pl_grid_group *k, const double *all) {
  spread s = {(double)INFINITY, -(double)INFINITY, 0, 0};
  for (int i = k->from; i < k->to; i++) {
    double const x = all[i - k->from], h = pl_grid_length(g->all, i);
    s.low = fmin(s.low, x);
    s.high = fmax(s.high, x);
    s.hours += h;
    s.mean += (x - s.mean) * h / s.hours;
  }
  return s;
}

/* What lies between low and high moves most in the middle and not at all at the ends:
 * x + bend (x − low)(high − x). Too great a change for that is a step towards one end for all. */
static void bend(const pl_grid *g, const pl_grid_group *k, const spread *s, double *x) {
  double mean = 0, room = 0;
  int const n = k->end - k->first;
  for (int i = 0; i < n; i++) {
    double const share = pl_grid_hours(g, k->first + i) / s->hours;
    mean += x[i] * share;
    room += (x[i] - s->low) * (s->high - x[i]) * share;
  }
  double const change = s->mean - mean, end = change > 0 ? s->high : s->low;
  double const by = change / room, part = change / (end - mean);
  bool const bends = room > 0 && fabs(by) * (s->high - s->low) <= 1;
  for (int i = 0; i < n && change != 0; i++)
    x[i] += bends ? by * (x[i] - s->low) * (s->high - x[i]) : part * (end - x[i]);
}

static bool stands_for_more(const pl_grid *g, const pl_grid_group *k) {
  for (int v = k->first; v < k->end; v++)
    if (pl_grid_times(g, v) > 1) return true;
  return false;
}

void pl_grid_typify_group(const pl_grid *g, const pl_grid_group *k, const double *all,
                          double *out) {
  for (int v = k->first; v < k->end; v++)
    out[v - k->first] = all[pl_grid_find(g->all, g->start[v]) - k->from];
  spread const s = spread_of(g, k, all);
  if (s.high > s.low && isfinite(s.mean) && stands_for_more(g, k)) bend(g, k, &s, out);
}

void pl_grid_typify(const pl_grid *g, const double *all, double *out) {
  for (int v = 0; v < g->n;) {
    pl_grid_group const k = pl_grid_group_of(g, v);
    pl_grid_typify_group(g, &k, all + k.from, out + k.first);
    v = k.end;
  }
}
