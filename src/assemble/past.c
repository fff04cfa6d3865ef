/* What comes before each slice: on an ordinary grid the previous slice; on a grid of typical
 * periods, for the first slice of a period, the last slices of all those that it follows in real
 * time. The pasts of a slice are numbered from 0, their ranks; rank r of slice v is at position r ×
 * n + v. */
#include "assemble/past.h"

static int most_ranks(const pl_grid *g, int *count) {
  int most = 0;
  for (int k = 0; k < pl_grid_joints(g); k++) {
    int const after = pl_grid_joint(g, k).after;
    if (++count[after] > most) most = count[after];
  }
  return most;
}

static void add(pasts *p, int *count, int v, int before, double times) {
  int const at = count[v]++ * p->n + v;
  p->before[at] = before;
  p->times[at] = times;
}

/* after[first[v] …]: the positions whose past is v. */
static void turn_round(builder *b, pasts *p) {
  int const all = p->ranks * p->n;
  p->first = PL_NEW_ARRAY(b->scratch, int, (size_t)p->n + 2);
  p->after = PL_NEW_ARRAY(b->scratch, int, (size_t)all);
  for (int k = 0; k < all; k++)
    if (p->before[k] >= 0) p->first[p->before[k] + 2]++;
  for (int v = 2; v <= p->n + 1; v++) p->first[v] += p->first[v - 1];
  for (int k = 0; k < all; k++)
    if (p->before[k] >= 0) p->after[p->first[p->before[k] + 1]++] = k;
}

const pasts *plan_pasts(builder *b, const pl_grid *g) {
  if (b->past[g->step]) return b->past[g->step];
  pasts *p = b->past[g->step] = PL_NEW(b->scratch, pasts);
  int *count = PL_NEW_ARRAY(b->scratch, int, (size_t)g->n + 1);
  p->n = g->n;
  int const start = pl_grid_find(g, b->c->from);
  if (start >= 0) count[start]++;
  p->ranks = most_ranks(g, count);
  if (start >= 0 && count[start] > p->ranks) p->ranks = count[start];
  size_t const all = (size_t)p->ranks * (size_t)p->n;
  p->before = PL_NEW_ARRAY(b->scratch, int, all);
  p->times = PL_NEW_ARRAY(b->scratch, double, all);
  p->run = PL_NEW_ARRAY(b->scratch, int, (size_t)p->n + 1);
  for (size_t k = 0; k < all; k++) p->before[k] = PAST_NONE;
  for (int v = 0; v < p->n; v++) {
    count[v] = 0;
    p->run[v] = pl_grid_run(g, v);
  }
  if (start >= 0) add(p, count, start, PAST_START, 1);
  for (int k = 0; k < pl_grid_joints(g); k++) {
    pl_joint const j = pl_grid_joint(g, k);
    add(p, count, j.after, j.before, j.times);
  }
  turn_round(b, p);
  return p;
}

bool plan_within(const pl_grid *g, int from, int to, pl_duration length) {
  return from == to || g->start[to] < pl_time_after(g->start[from], length);
}
