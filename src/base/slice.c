/* What the slices of a grid cover, and the grid rule: which share of an interval falls into
 * which. */
#include "base/grid.h"

pl_time pl_grid_end(const pl_grid *g, int v) {
  if (!g->typical) return g->start[v + 1];
  pl_time const end = g->typical->start[g->period[v] + 1];
  return g->start[v + 1] < end ? g->start[v + 1] : end;
}

pl_time pl_grid_middle(const pl_grid *g, int v) {
  return g->start[v] + (pl_grid_end(g, v) - g->start[v]) / 2;
}

double pl_grid_length(const pl_grid *g, int v) {
  return (double)(pl_grid_end(g, v) - g->start[v]) / 60;
}

double pl_grid_hours(const pl_grid *g, int v) {
  return g->hours ? g->hours[v] : pl_grid_length(g, v);
}

int pl_grid_run(const pl_grid *g, int v) { return g->run ? g->run[v] : 0; }

int pl_grid_times(const pl_grid *g, int v) {
  return g->typical ? g->typical->times[g->period[v]] : 1;
}

/* The last of start[n] that is not after t; t is not before the first. */
static int last_before(const pl_time *start, int n, pl_time t) {
  int low = 0, high = n; /* start[low] <= t < start[high] */
  while (high - low > 1) {
    int const middle = low + (high - low) / 2;
    if (start[middle] <= t)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* The same time of day in the period that represents the one that t lies in. */
static pl_time stand_in(const pl_typical *y, pl_time t) {
  int const d = last_before(y->start, y->n, t);
  return t - y->start[d] + y->start[y->of[d]];
}

int pl_grid_find(const pl_grid *g, pl_time t) {
  if (g->n == 0) return -1;
  if (t < (g->typical ? g->typical->start[0] : g->start[0]) || t >= g->start[g->n]) return -1;
  return last_before(g->start, g->n, g->typical ? stand_in(g->typical, t) : t);
}

static pl_time overlap(pl_time a, pl_time b, pl_time from, pl_time to) {
  pl_time const low = a > from ? a : from, high = b < to ? b : to;
  return high > low ? high - low : 0;
}

/* Minutes of [from, to) that slice v represents. */
static pl_time minutes_within(const pl_grid *g, int v, pl_time from, pl_time to) {
  pl_time const start = g->start[v], end = pl_grid_end(g, v);
  if (!g->typical) return overlap(start, end, from, to);
  const pl_typical *t = g->typical;
  pl_time sum = 0;
  for (int d = t->first[g->period[v]]; d >= 0; d = t->next[d]) {
    pl_time const later = t->start[d] - t->start[g->period[v]];
    sum += overlap(start + later, end + later, from, to);
  }
  return sum;
}

double pl_grid_within(const pl_grid *g, int v, pl_time from, pl_time to) {
  pl_time const all = (pl_grid_end(g, v) - g->start[v]) * pl_grid_times(g, v);
  return all > 0 ? (double)minutes_within(g, v, from, to) / (double)all : 0;
}

int pl_grid_joints(const pl_grid *g) {
  if (g->joint) return g->n_joints;
  return g->n > 0 ? g->n - 1 : 0;
}

pl_joint pl_grid_joint(const pl_grid *g, int k) {
  return g->joint ? g->joint[k] : (pl_joint){k, k + 1, 1};
}

static double share_of(const pl_grid *g, const pl_share *s) {
  if (s->own) return pl_grid_within(s->own, s->v, g->start[s->r], pl_grid_end(g, s->r));
  return (double)minutes_within(g, s->r, s->from, s->to) / (double)(s->to - s->from);
}

/* Move on to the next slice that has a share, from r on. */
static void seek(const pl_grid *g, pl_share *s) {
  for (; s->r < s->end; s->r++) {
    s->share = share_of(g, s);
    s->ok = s->share > 0;
    if (s->ok) return;
  }
  s->ok = false;
}

/* The slices that may have a share of [from, to). */
static void set_range(const pl_grid *g, pl_share *s, pl_time from, pl_time to) {
  pl_time const low = g->typical ? g->typical->start[0] : g->start[0], high = g->start[g->n];
  if (from < low) from = low;
  if (to > high) to = high;
  if (to <= from) return;
  s->r = pl_grid_find(g, from);
  s->end = pl_grid_find(g, to - 1) + 1;
  if (!g->typical) return;
  const pl_typical *t = g->typical;
  int d = last_before(t->start, t->n, from);
  for (int last = last_before(t->start, t->n, to - 1); d <= last && s->end - s->r < g->n; d++) {
    int const first = pl_grid_find(g, t->start[d]), end = pl_grid_find(g, t->start[d + 1] - 1) + 1;
    if (first < s->r) s->r = first;
    if (end > s->end) s->end = end;
  }
}

pl_share pl_share_first(const pl_grid *g, pl_time from, pl_time to) {
  pl_share s = {.from = from, .to = to};
  if (g->n == 0 || to <= from) return s;
  set_range(g, &s, from, to);
  seek(g, &s);
  return s;
}

pl_share pl_share_slice(const pl_grid *g, const pl_grid *own, int v) {
  if (!own->typical || g->typical) return pl_share_first(g, own->start[v], pl_grid_end(own, v));
  pl_share s = {.own = own, .v = v};
  if (g->n == 0) return s;
  const pl_typical *t = own->typical;
  int const p = own->period[v];
  int last = t->first[p];
  while (t->next[last] >= 0) last = t->next[last];
  set_range(g, &s, t->start[t->first[p]], t->start[last + 1]);
  seek(g, &s);
  return s;
}

void pl_share_next(const pl_grid *g, pl_share *s) {
  s->r++;
  seek(g, s);
}
