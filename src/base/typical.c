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

/* Merges equal pairs; returns how many are left. */
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

/* Within a typical period as often as it represents one; from one to the next as often as that
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

typedef struct {
  double value, hours;
  int at;
} piece; /* of a duration curve */

static int upwards(const void *a, const void *b) {
  const piece *x = a, *y = b;
  if (x->value != y->value) return x->value < y->value ? -1 : 1;
  return (x->at > y->at) - (x->at < y->at);
}

static piece *sorted(pl_arena *a, const pl_grid *g, int first, int n, const double *x) {
  piece *p = PL_NEW_ARRAY(a, piece, (size_t)n + 1);
  for (int i = 0; i < n; i++) p[i] = (piece){x[i], pl_grid_hours(g, first + i), i};
  qsort(p, (size_t)n, sizeof *p, upwards);
  return p;
}

/* The mean of the curve's next hours, from piece *i on, of which *left hours are left. */
static double mean_of_next(const piece *curve, int n, int *i, double *left, double hours) {
  double const base =
      curve[*i < n ? *i : n - 1].value; /* sums of differences keep equal values equal */
  double sum = 0;
  for (double wanted = hours; wanted > 1e-9 && *i < n;) {
    double const taken = *left < wanted ? *left : wanted;
    sum += (curve[*i].value - base) * taken;
    wanted -= taken;
    *left -= taken;
    if (*left <= 1e-9 && ++*i < n) *left = curve[*i].hours;
  }
  return base + sum / hours;
}

/* The typical slices, in the order of their values, divide the group's duration curve among them,
 * each taking the mean of as many hours of it as it represents; equal ones stay equal. */
static void take_curve(const pl_grid *g, const pl_grid_group *k, const double *all, double *x) {
  pl_arena *scratch = pl_arena_new();
  int const n = k->end - k->first, m = k->to - k->from;
  const piece *own = sorted(scratch, g, k->first, n, x);
  const piece *curve = sorted(scratch, g->all, k->from, m, all);
  double left = curve[0].hours;
  for (int i = 0, from = 0; from < n;) {
    int end = from;
    double hours = 0;
    for (; end < n && own[end].value == own[from].value; end++) hours += own[end].hours;
    double const value = mean_of_next(curve, m, &i, &left, hours);
    for (; from < end; from++) x[own[from].at] = value;
  }
  pl_arena_free(scratch);
}

static bool varies(const double *x, int n) {
  for (int i = 0; i < n; i++)
    if (!isfinite(x[i])) return false;
  for (int i = 1; i < n; i++)
    if (x[i] != x[0]) return true;
  return false;
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
  if (stands_for_more(g, k) && varies(all, k->to - k->from)) take_curve(g, k, all, out);
}

void pl_grid_typify(const pl_grid *g, const double *all, double *out) {
  for (int v = 0; v < g->n;) {
    pl_grid_group const k = pl_grid_group_of(g, v);
    pl_grid_typify_group(g, &k, all + k.from, out + k.first);
    v = k.end;
  }
}
