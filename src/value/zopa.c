/* Where all gain: intervals for one term, a clipped polygon for two. */
#include "value/zopa.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double rounding = 1e-12;

/* Brings ends that crossed by rounding to one point; false if they crossed by more. */
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

/* Append r, joined to the last where they touch. */
static void append(pl_ranges *to, pl_range r) {
  if (!close_up(&r)) return;
  pl_range *last = to->count > 0 ? &to->list[to->count - 1] : NULL;
  if (last && r.low - last->high <= rounding * fmax(fabs(r.low), fabs(last->high))) {
    last->high = fmax(last->high, r.high);
  } else {
    to->list[to->count++] = r;
  }
}

/* Where this curve is not below 0. */
static void find_gains(const pl_gain_curve *c, pl_range within, pl_ranges *out) {
  for (int k = 0; k + 1 < c->n; k++) {
    double const slope = (c->gain[k + 1] - c->gain[k]) / (c->at[k + 1] - c->at[k]);
    pl_range piece = {k == 0 ? -(double)INFINITY : c->at[k],
                      k + 2 == c->n ? (double)INFINITY : c->at[k + 1]};
    piece.low = fmax(piece.low, within.low), piece.high = fmin(piece.high, within.high);
    if (piece.low > piece.high) continue;
    if (slope > 0) piece.low = fmax(piece.low, c->at[k] - c->gain[k] / slope);
    if (slope < 0) piece.high = fmin(piece.high, c->at[k] - c->gain[k] / slope);
    if (slope == 0 && c->gain[k] < 0) continue;
    append(out, piece);
  }
}

static void intersect(const pl_ranges *a, const pl_ranges *b, pl_ranges *out) {
  for (int i = 0; i < a->count; i++) {
    for (int j = 0; j < b->count; j++) {
      append(out, (pl_range){fmax(a->list[i].low, b->list[j].low),
                             fmin(a->list[i].high, b->list[j].high)});
    }
  }
}

static pl_status check_curve(const pl_gain_curve *c, pl_diag *diag) {
  if (c->n < 2) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "a gain needs two points or more, this has %d",
                   c->n);
  }
  for (int k = 0; k < c->n; k++) {
    if (isfinite(c->at[k]) && isfinite(c->gain[k]) && (k == 0 || c->at[k] > c->at[k - 1])) continue;
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "point %d of a gain, (%g, %g), is out of order",
                   k + 1, c->at[k], c->gain[k]);
  }
  return PL_OK;
}

pl_status pl_zopa_ranges(int n, const pl_gain_curve *curve, pl_range within, pl_arena *arena,
                         pl_ranges *out, pl_diag *diag) {
  int points = 1;
  for (int i = 0; i < n; i++) {
    PL_TRY(check_curve(&curve[i], diag));
    points += curve[i].n;
  }
  pl_ranges held = {PL_NEW_ARRAY(arena, pl_range, points), 0};
  append(&held, within);
  for (int i = 0; i < n; i++) {
    pl_ranges own = {PL_NEW_ARRAY(arena, pl_range, curve[i].n), 0};
    pl_ranges both = {PL_NEW_ARRAY(arena, pl_range, points), 0};
    find_gains(&curve[i], within, &own);
    intersect(&held, &own, &both);
    held = both;
  }
  *out = held;
  return PL_OK;
}

static double gain_at(const pl_gain *g, pl_terms t) {
  return g->constant + g->per_p * t.p + g->per_q * t.q;
}

/* Add a corner unless it is the last one again, within the size of the box. */
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
