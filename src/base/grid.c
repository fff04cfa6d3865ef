/* Grids of slices, and the grid rule: which share of an interval falls into which slice. */
#include "base/calendar.h"

static int count_slices(pl_step step, pl_time from, pl_time to) {
  int n = 0;
  for (pl_time t = from; t < to; n++) t = pl_step_add(step, pl_step_floor(step, t), 1);
  return n;
}

void pl_grid_init(pl_grid *g, pl_arena *a, pl_step step, pl_time from, pl_time to) {
  *g = (pl_grid){.step = step, .n = count_slices(step, from, to)};
  g->start = PL_NEW_ARRAY(a, pl_time, (size_t)g->n + 1);
  g->start[0] = from;
  for (int v = 1; v <= g->n; v++)
    g->start[v] = pl_step_add(step, pl_step_floor(step, g->start[v - 1]), 1);
  if (g->n > 0) g->start[g->n] = to;
}

double pl_grid_hours(const pl_grid *g, int v) {
  return (double)(g->start[v + 1] - g->start[v]) / 60;
}

int pl_grid_find(const pl_grid *g, pl_time t) {
  if (g->n == 0 || t < g->start[0] || t >= g->start[g->n]) return -1;
  int low = 0, high = g->n; /* start[low] <= t < start[high] */
  while (high - low > 1) {
    int const middle = low + (high - low) / 2;
    if (g->start[middle] <= t)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static void take_share(const pl_grid *g, pl_share *s) {
  pl_time const from = g->start[s->r] > s->from ? g->start[s->r] : s->from;
  pl_time const to = g->start[s->r + 1] < s->to ? g->start[s->r + 1] : s->to;
  s->share = (double)(to - from) / (double)(s->to - s->from);
}

pl_share pl_share_first(const pl_grid *g, pl_time from, pl_time to) {
  pl_share s = {.from = from, .to = to};
  if (g->n == 0 || to <= from || to <= g->start[0]) return s;
  s.r = pl_grid_find(g, from > g->start[0] ? from : g->start[0]);
  s.ok = s.r >= 0;
  if (s.ok) take_share(g, &s);
  return s;
}

void pl_share_next(const pl_grid *g, pl_share *s) {
  s->r++;
  s->ok = s->r < g->n && g->start[s->r] < s->to;
  if (s->ok) take_share(g, s);
}
