/* Where everyone gains: an interval for one term, a clipped polygon for two. */
#include "value/zopa.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double rounding = 1e-12;

/* Joins ends that crossed by rounding into one point; false if they crossed by more. */
static bool close_up(pl_range *r) {
  if (r->low <= r->high) return true;
  double const apart = r->low - r->high;
  if (isinf(apart) || apart > rounding * fmax(fabs(r->low), fabs(r->high))) return false;
  r->low = r->high = r->low / 2 + r->high / 2;
  return true;
}

static void cut(pl_range *r, double constant, double slope) {
  if (slope > 0) r->low = fmax(r->low, -constant / slope);
  if (slope < 0) r->high = fmin(r->high, -constant / slope);
  if (slope == 0 && constant < 0) *r = (pl_range){INFINITY, -INFINITY};
}

bool pl_zopa_range(int n, const pl_gain *gain, pl_range within, pl_range *out) {
  pl_range r = within;
  for (int i = 0; i < n; i++) cut(&r, gain[i].constant, gain[i].per_p);
  if (!close_up(&r)) return false;
  *out = r;
  return true;
}

static double gain_at(const pl_gain *g, pl_terms t) {
  return g->constant + g->per_p * t.p + g->per_q * t.q;
}

/* Add a corner unless it equals the last one, relative to the size of the box. */
static void add_corner(pl_polygon *to, pl_terms t, pl_terms size) {
  for (int k = 0; k < to->count; k++) {
    pl_terms const c = to->corner[k];
    if (fabs(c.p - t.p) <= rounding * size.p && fabs(c.q - t.q) <= rounding * size.q) return;
  }
  to->corner[to->count++] = t;
}

/* Keep the part where g ≥ 0 (Sutherland and Hodgman). */
static void clip(const pl_polygon *from, const pl_gain *g, pl_terms size, pl_polygon *to) {
  double const zero =
      rounding * (fabs(g->constant) + fabs(g->per_p) * size.p + fabs(g->per_q) * size.q);
  to->count = 0;
  for (int k = 0; k < from->count; k++) {
    pl_terms const a = from->corner[k], b = from->corner[(k + 1) % from->count];
    double const at_a = gain_at(g, a), at_b = gain_at(g, b);
    if (at_a >= -zero) add_corner(to, a, size);
    if ((at_a > zero && at_b < -zero) || (at_a < -zero && at_b > zero)) {
      double const way = at_a / (at_a - at_b);
      add_corner(to, (pl_terms){a.p + way * (b.p - a.p), a.q + way * (b.q - a.q)}, size);
    }
  }
}

static void turn_to_lowest(pl_polygon *a, pl_terms *scratch) {
  int first = 0;
  for (int k = 1; k < a->count; k++) {
    pl_terms const c = a->corner[k], f = a->corner[first];
    if (c.q < f.q || (c.q == f.q && c.p < f.p)) first = k;
  }
  for (int k = 0; k < a->count; k++) scratch[k] = a->corner[(first + k) % a->count];
  memcpy(a->corner, scratch, (size_t)a->count * sizeof *scratch);
}

void pl_zopa_polygon(int n, const pl_gain *gain, pl_range p, pl_range q, pl_arena *arena,
                     pl_polygon *out) {
  assert(isfinite(p.low) && isfinite(p.high) && isfinite(q.low) && isfinite(q.high));
  pl_terms const size = {fmax(fabs(p.low), fabs(p.high)), fmax(fabs(q.low), fabs(q.high))};
  pl_polygon now = {PL_NEW_ARRAY(arena, pl_terms, n + 4), 0};
  pl_polygon next = {PL_NEW_ARRAY(arena, pl_terms, n + 4), 0};
  if (p.low <= p.high && q.low <= q.high) {
    add_corner(&now, (pl_terms){p.low, q.low}, size);
    add_corner(&now, (pl_terms){p.high, q.low}, size);
    add_corner(&now, (pl_terms){p.high, q.high}, size);
    add_corner(&now, (pl_terms){p.low, q.high}, size);
  }
  for (int i = 0; i < n; i++) {
    clip(&now, &gain[i], size, &next);
    pl_polygon const held = now;
    now = next, next = held;
  }
  turn_to_lowest(&now, next.corner);
  *out = now;
}
