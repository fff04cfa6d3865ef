/* Makes grids: of real time, and of typical periods. */
#include "base/typical.h"

static int count_slices(pl_step step, pl_time from, pl_time to) {
  int n = 0;
  for (pl_time t = from; t < to; n++) t = pl_step_add(step, pl_step_floor(step, t), 1);
  return n;
}

/* The slices of [from, to) from start[v] on; the first after them. */
static int cut(pl_time *start, int v, pl_step step, pl_time from, pl_time to) {
  for (pl_time t = from; t < to; t = pl_step_add(step, pl_step_floor(step, t), 1)) start[v++] = t;
  return v;
}

void pl_grid_init(pl_grid *g, pl_arena *a, pl_step step, pl_time from, pl_time to) {
  *g = (pl_grid){.step = step, .n = count_slices(step, from, to)};
  g->start = PL_NEW_ARRAY(a, pl_time, (size_t)g->n + 1);
  (void)cut(g->start, 0, step, from, to);
  g->start[g->n] = g->n > 0 ? to : from;
}

static void add_period(pl_grid *g, int *period, double *hours, int *v, int d) {
  const pl_typical *t = g->typical;
  int const first = *v;
  *v = cut(g->start, first, g->step, t->start[d], t->start[d + 1]);
  g->start[*v] = t->start[d + 1];
  for (int i = first; i < *v; i++) {
    period[i] = d;
    hours[i] = t->times[d] * (double)(g->start[i + 1] - g->start[i]) / 60;
  }
}

/* Slice v begins a run unless every occurrence of v − 1 is followed by v and every v follows v −
 * 1. */
static const int *runs(const pl_grid *g, pl_arena *a) {
  int *run = PL_NEW_ARRAY(a, int, (size_t)g->n + 1);
  for (int v = 0; v < g->n; v++) run[v] = v;
  for (int k = 0; k < g->n_joints; k++) { /* ascending: earlier ones are already known */
    pl_joint const j = g->joint[k];
    int const times = (int)j.times;
    if (j.after != j.before + 1 || g->start[j.after] != pl_grid_end(g, j.before)) continue;
    if (times == pl_grid_times(g, j.before) && times == pl_grid_times(g, j.after))
      run[j.after] = run[j.before];
  }
  return run;
}

void pl_grid_typical(pl_grid *g, pl_arena *a, pl_step step, const pl_typical *t) {
  *g = (pl_grid){.step = step, .typical = t};
  for (int d = 0; d < t->n; d++)
    if (t->times[d] > 0) g->n += count_slices(step, t->start[d], t->start[d + 1]);
  g->start = PL_NEW_ARRAY(a, pl_time, (size_t)g->n + 1);
  int *period = PL_NEW_ARRAY(a, int, (size_t)g->n + 1);
  double *hours = PL_NEW_ARRAY(a, double, (size_t)g->n + 1);
  int v = 0;
  for (int d = 0; d < t->n; d++)
    if (t->times[d] > 0) add_period(g, period, hours, &v, d);
  g->start[g->n] = t->start[t->n];
  pl_grid *all = PL_NEW(a, pl_grid);
  pl_grid_init(all, a, step, t->start[0], t->start[t->n]);
  g->all = all;
  g->period = period;
  g->hours = hours;
  g->joint = pl_typical_joints(g, a, &g->n_joints);
  g->run = runs(g, a);
}

void pl_grid_periods(pl_grid *real, pl_grid *typical, pl_arena *a, const pl_typical *t) {
  *real = (pl_grid){.step = PL_DAY, .n = t->n, .start = PL_NEW_ARRAY(a, pl_time, (size_t)t->n + 1)};
  *typical = (pl_grid){.step = PL_DAY, .typical = t, .all = real};
  typical->start = PL_NEW_ARRAY(a, pl_time, (size_t)t->n + 1);
  int *period = PL_NEW_ARRAY(a, int, (size_t)t->n + 1);
  double *hours = PL_NEW_ARRAY(a, double, (size_t)t->n + 1);
  for (int d = 0; d < t->n; d++) {
    real->start[d] = t->start[d];
    if (t->times[d] == 0) continue;
    period[typical->n] = d;
    hours[typical->n] = t->times[d] * (double)(t->start[d + 1] - t->start[d]) / 60;
    typical->start[typical->n++] = t->start[d];
  }
  real->start[t->n] = typical->start[typical->n] = t->start[t->n];
  typical->period = period;
  typical->hours = hours;
  typical->joint = pl_typical_joints(typical, a, &typical->n_joints);
  typical->run = runs(typical, a);
}
