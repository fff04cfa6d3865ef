#include "base/medoids.h"

#include <math.h>
#include <string.h>

typedef struct {
  int n, k, n_chosen;
  const double *distance; /* [n × n] */
  const bool *kept;       /* [n] */
  bool *chosen, *best;    /* [n] */
  double *near, *second;  /* [n] to the nearest that is chosen, and the next */
  int *who;               /* [n] which is the nearest */
  double least;           /* sum of distances of best */
} search;

static double between(const search *s, int i, int j) {
  return s->distance[(size_t)i * (size_t)s->n + (size_t)j];
}

/* The sum of distances if j were chosen as well, and i (−1 = none) were not. */
static double sum_with(const search *s, int j, int i) {
  double sum = 0;
  for (int p = 0; p < s->n; p++) {
    double near = between(s, p, j);
    for (int m = 0; m < s->n; m++)
      if (s->chosen[m] && m != i) near = fmin(near, between(s, p, m));
    sum += near;
  }
  return sum;
}

static double sum_of(const search *s) {
  for (int m = 0; m < s->n; m++)
    if (s->chosen[m]) return sum_with(s, m, -1);
  return (double)INFINITY;
}

/* --- All sets -------------------------------------------------------------------------------- */

/* Every way to choose the rest of k from the points from `from` on, of which `left` are free. A set
 * that these can no longer fill is not begun: otherwise choosing nearly all of the points would
 * take as many trials as there are sets of any size. */
static void try_sets(search *s, int from, int left) {
  if (s->n_chosen == s->k) {
    double const sum = sum_of(s);
    if (sum >= s->least) return;
    s->least = sum;
    memcpy(s->best, s->chosen, (size_t)s->n * sizeof *s->best);
    return;
  }
  for (int j = from; j < s->n && s->n_chosen + left >= s->k; j++) {
    if (s->chosen[j]) continue;
    left--;
    s->chosen[j] = true;
    s->n_chosen++;
    try_sets(s, j + 1, left);
    s->chosen[j] = false;
    s->n_chosen--;
  }
}

/* n choose k, as far as it matters. */
static double sets(int n, int k) {
  double x = 1;
  for (int i = 0; i < k; i++) x *= (double)(n - i) / (i + 1);
  return x;
}

/* --- Building up and swapping ---------------------------------------------------------------- */

/* The distances to the nearest two chosen points, and which one is the nearest. */
static void find_nearest(search *s) {
  for (int p = 0; p < s->n; p++) {
    s->near[p] = s->second[p] = (double)INFINITY;
    for (int m = 0; m < s->n; m++) {
      double const d = s->chosen[m] ? between(s, p, m) : (double)INFINITY;
      if (d < s->near[p]) {
        s->second[p] = s->near[p];
        s->near[p] = d;
        s->who[p] = m;
      } else if (d < s->second[p]) {
        s->second[p] = d;
      }
    }
  }
}

static double gained(const search *s, int j) {
  double sum = 0;
  for (int p = 0; p < s->n; p++) sum += fmin(s->near[p], between(s, p, j));
  return sum;
}

static void build(search *s) {
  for (; s->n_chosen < s->k; s->n_chosen++) {
    int best = -1;
    double least = (double)INFINITY;
    find_nearest(s);
    for (int p = 0; p < s->n; p++) s->near[p] = fmin(s->near[p], 1e300);
    for (int j = 0; j < s->n; j++) {
      double const sum = s->chosen[j] ? (double)INFINITY : gained(s, j);
      if (sum >= least) continue;
      least = sum;
      best = j;
    }
    s->chosen[best] = true;
  }
}

/* change[m]: the increase of the sum if j is added and m removed. */
static void changes(const search *s, int j, double *change) {
  double shared = 0;
  for (int m = 0; m < s->n; m++) change[m] = 0;
  for (int p = 0; p < s->n; p++) {
    double const d = between(s, p, j), nearer = fmin(d - s->near[p], 0);
    shared += nearer;
    change[s->who[p]] += fmin(d, s->second[p]) - s->near[p] - nearer;
  }
  for (int m = 0; m < s->n; m++) change[m] += shared;
}

/* Makes the best exchange of one point for another; false if none helps. All candidates for removal
 * are evaluated together (Schubert and Rousseeuw 2019), so that one exchange takes n × n steps. */
static bool swap(search *s, double *change) {
  int in = -1, out = -1;
  double best = -1e-12 * s->least;
  find_nearest(s);
  for (int j = 0; j < s->n; j++) {
    if (s->chosen[j]) continue;
    changes(s, j, change);
    for (int m = 0; m < s->n; m++) {
      if (!s->chosen[m] || s->kept[m] || change[m] >= best) continue;
      best = change[m];
      in = j;
      out = m;
    }
  }
  if (in < 0) return false;
  s->chosen[out] = false;
  s->chosen[in] = true;
  s->least += best;
  return true;
}

static void build_and_swap(search *s, double *change) {
  build(s);
  s->least = sum_of(s);
  while (swap(s, change)) continue;
  memcpy(s->best, s->chosen, (size_t)s->n * sizeof *s->best);
}

void pl_medoids(int n, const double *distance, int k, const bool *kept, int *of,
                pl_arena *scratch) {
  enum { STEPS_MAX = 200000 };
  for (int p = 0; p < n && k >= n; p++) of[p] = p;
  if (k >= n) return;
  search s = {.n = n, .k = k, .distance = distance, .kept = kept, .least = (double)INFINITY};
  s.chosen = PL_NEW_ARRAY(scratch, bool, (size_t)n + 1);
  s.best = PL_NEW_ARRAY(scratch, bool, (size_t)n + 1);
  s.near = PL_NEW_ARRAY(scratch, double, (size_t)n + 1);
  s.second = PL_NEW_ARRAY(scratch, double, (size_t)n + 1);
  s.who = PL_NEW_ARRAY(scratch, int, (size_t)n + 1);
  for (int i = 0; i < n; i++) s.n_chosen += s.chosen[i] = kept[i];
  if (sets(n - s.n_chosen, s.k - s.n_chosen) * n * s.k <= STEPS_MAX)
    try_sets(&s, 0, n - s.n_chosen);
  else
    build_and_swap(&s, PL_NEW_ARRAY(scratch, double, (size_t)n));
  for (int p = 0; p < n; p++) {
    of[p] = -1;
    for (int m = 0; m < n; m++)
      if (s.best[m] && (of[p] < 0 || between(&s, p, m) < between(&s, p, of[p]))) of[p] = m;
  }
  for (int m = 0; m < n; m++) /* it represents itself, though another may be as near */
    if (s.best[m]) of[m] = m;
}
