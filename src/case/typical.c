/* Chooses typical days or weeks: for each month (or quarter, year) those that best represent all of
 * its days, by the hours of the quotations that the case uses. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/medoids.h"
#include "case/reading.h"

enum { DAY = 24 * 60 };

typedef struct {
  int quotation;
  double *value; /* [hours of the case] */
} feature;

typedef struct {
  pl_reading *r;
  pl_arena *scratch;
  pl_grid groups, hours;
  int length;      /* days of a period */
  int wanted;      /* periods chosen of each group */
  int n;           /* periods */
  pl_time *start;  /* [n + 1] */
  int *of, *group; /* [n] */
  double *value;   /* [hours.n] scratch */
  int n_features;
  feature *features;
} choice;

/* --- Periods --------------------------------------------------------------------------------- */

/* Each group is cut into periods from its own start; the last may be shorter. */
static void cut_periods(choice *k) {
  pl_arena *const a = k->r->a;
  size_t const most = (size_t)((k->r->c->to - k->r->c->from) / DAY) + 1;
  k->start = PL_NEW_ARRAY(a, pl_time, most);
  k->of = PL_NEW_ARRAY(a, int, most);
  k->group = PL_NEW_ARRAY(a, int, most);
  for (int g = 0; g < k->groups.n; g++)
    for (pl_time t = k->groups.start[g]; t < k->groups.start[g + 1];
         t += (pl_time)k->length * DAY) {
      k->group[k->n] = g;
      k->start[k->n++] = t;
    }
  k->start[k->n] = k->r->c->to;
}

static pl_time length_of(const choice *k, int d) { return k->start[d + 1] - k->start[d]; }

static int first_hour(const choice *k, int d) { return (int)((k->start[d] - k->start[0]) / 60); }

/* --- What they are chosen by ----------------------------------------------------------------- */

/* In the single buffer of k. */
static const double *hourly(choice *k, int quotation) {
  double *x = k->value;
  for (int v = 0; v < k->hours.n; v++)
    x[v] = pl_quotes_mean(k->r->c->quotes, quotation, k->hours.start[v], k->hours.start[v + 1]);
  return x;
}

static bool differs_within_groups(const choice *k, const double *x) {
  for (int v = 1; v < k->hours.n; v++)
    if (x[v] != x[v - 1] && pl_grid_find(&k->groups, k->hours.start[v]) ==
                                pl_grid_find(&k->groups, k->hours.start[v - 1]))
      return true;
  return false;
}

static bool is_gapless(const choice *k, const double *x) {
  for (int v = 0; v < k->hours.n; v++)
    if (!isfinite(x[v])) return false;
  return true;
}

static void add_feature(choice *k, int quotation, pl_place said) {
  const double *x = hourly(k, quotation);
  const pl_quotation *q = pl_quotes_at(k->r->c->quotes, quotation);
  if (!is_gapless(k, x)) {
    if (said.line > 0)
      (void)pl_fail(k->r->diag, PL_RANGE, said, "quotation '%s' has no value for every hour",
                    q->name);
    return;
  }
  if (said.line == 0 && !differs_within_groups(k, x)) return;
  size_t const n = (size_t)k->hours.n;
  double *kept = PL_NEW_ARRAY(k->scratch, double, n + 1);
  memcpy(kept, x, n * sizeof *kept);
  k->features[k->n_features++] = (feature){quotation, kept};
}

static bool is_data(const pl_quotation *q) { return !q->formula || q->hours; }

/* A quotation defined by a formula adds nothing to the ones it uses, but one with shaped hours
 * does. */
static void find_features(choice *k) {
  const pl_case *c = k->r->c;
  const pl_refs *by = &c->calendar.typical_by;
  int const n = pl_quotes_count(c->quotes);
  k->features = PL_NEW_ARRAY(k->scratch, feature, (size_t)n + 1);
  k->value = PL_NEW_ARRAY(k->scratch, double, (size_t)k->hours.n + 1);
  for (int i = 0; i < by->n; i++) add_feature(k, by->index[i], by->place[i]);
  for (int i = 0; i < n && by->n == 0; i++)
    if (k->r->used[i] && is_data(pl_quotes_at(c->quotes, i))) add_feature(k, i, PL_NOWHERE);
}

/* --- One group ------------------------------------------------------------------------------- */

typedef struct {
  int first, n;     /* its periods of full length; a shorter one at its end is left out */
  double *distance; /* [n × n] */
  bool *kept;       /* [n] */
} group;

/* The variance of a feature over the hours of the group. */
static double variance(const choice *k, const feature *f, const group *g) {
  double mean = 0, sum = 0;
  int const from = first_hour(k, g->first), to = first_hour(k, g->first + g->n);
  for (int v = from; v < to; v++) mean += f->value[v] / (to - from);
  for (int v = from; v < to; v++) sum += (f->value[v] - mean) * (f->value[v] - mean);
  return sum / (to - from);
}

static void add_squares(const choice *k, const feature *f, const group *g) {
  double const scale = variance(k, f, g);
  int const hours = k->length * 24;
  for (int i = 0; i < g->n && scale > 0; i++)
    for (int j = 0; j < i; j++) {
      const double *x = f->value + first_hour(k, g->first + i);
      const double *y = f->value + first_hour(k, g->first + j);
      double sum = 0;
      for (int h = 0; h < hours; h++) sum += (x[h] - y[h]) * (x[h] - y[h]);
      g->distance[i * g->n + j] += sum / scale;
    }
}

/* The distance over the hours of two periods, each feature in its standard deviations. */
static void measure(const choice *k, const group *g) {
  for (int i = 0; i < k->n_features; i++) add_squares(k, &k->features[i], g);
  for (int i = 0; i < g->n; i++)
    for (int j = 0; j < i; j++) {
      double *d = &g->distance[i * g->n + j];
      *d = sqrt(*d);
      g->distance[j * g->n + i] = *d;
    }
}

/* The period with the highest (or lowest) hour, the first of equal ones. */
static int extreme(const choice *k, const feature *f, const group *g, bool high) {
  int const from = first_hour(k, g->first), to = first_hour(k, g->first + g->n);
  int best = from;
  for (int v = from; v < to; v++)
    if (high ? f->value[v] > f->value[best] : f->value[v] < f->value[best]) best = v;
  return (best - from) / (k->length * 24);
}

/* First the highest of each feature, then the lowest, as long as at least one more remains to be
 * chosen. */
static void keep_extremes(const choice *k, const group *g) {
  int room = (k->wanted < g->n ? k->wanted : g->n) - 1;
  if (k->r->c->calendar.typical_keep == 1) return;
  for (int low = 0; low < 2; low++)
    for (int i = 0; i < k->n_features && room > 0; i++) {
      if (variance(k, &k->features[i], g) <= 0) continue;
      int const at = extreme(k, &k->features[i], g, !low);
      room -= !g->kept[at];
      g->kept[at] = true;
    }
}

static void choose(choice *k, int first, int end) {
  pl_time const full = (pl_time)k->length * DAY;
  group g = {.first = first, .n = end - first};
  for (int d = first; d < end; d++) k->of[d] = d;
  if (length_of(k, end - 1) < full) g.n--;
  if (g.n <= k->wanted) return; /* each represents itself */
  pl_arena *scratch = pl_arena_new();
  size_t const pairs = (size_t)g.n * (size_t)g.n;
  g.distance = PL_NEW_ARRAY(scratch, double, pairs);
  g.kept = PL_NEW_ARRAY(scratch, bool, (size_t)g.n);
  measure(k, &g);
  keep_extremes(k, &g);
  pl_medoids(g.n, g.distance, k->wanted, g.kept, k->of + first, scratch);
  for (int d = first; d < first + g.n; d++) k->of[d] += first;
  pl_arena_free(scratch);
}

/* --- How well they fit ----------------------------------------------------------------------- */

typedef struct {
  double value, hours;
} step;

static int downwards(const void *a, const void *b) {
  double const x = ((const step *)a)->value, y = ((const step *)b)->value;
  return (x < y) - (x > y);
}

static step *duration_curve(const choice *k, const pl_grid *g, const double *x) {
  step *s = PL_NEW_ARRAY(k->scratch, step, (size_t)g->n + 1);
  for (int v = 0; v < g->n; v++) s[v] = (step){x[v], pl_grid_hours(g, v)};
  qsort(s, (size_t)g->n, sizeof *s, downwards);
  return s;
}

/* Mean square between two curves over the same hours. */
static double mean_square(const step *a, int n, const step *b, int m) {
  double sum = 0, all = 0, left_a = a[0].hours, left_b = b[0].hours;
  for (int i = 0, j = 0; i < n && j < m;) {
    double const h = fmin(left_a, left_b), gap = a[i].value - b[j].value;
    sum += h * gap * gap;
    all += h;
    left_a -= h;
    left_b -= h;
    if (left_a <= 1e-9 && ++i < n) left_a = a[i].hours;
    if (left_b <= 1e-9 && ++j < m) left_b = b[j].hours;
  }
  return all > 0 ? sum / all : 0;
}

static pl_typical_error error_of(const choice *k, const pl_grid *typical, const feature *f) {
  pl_typical_error e = {.quotation = f->quotation};
  double *x = PL_NEW_ARRAY(k->scratch, double, (size_t)typical->n + 1);
  pl_grid_typify(typical, f->value, x);
  for (int v = 0; v < k->hours.n; v++) e.mean += f->value[v] / k->hours.n;
  for (int v = 0; v < k->hours.n; v++)
    e.deviation += (f->value[v] - e.mean) * (f->value[v] - e.mean) / k->hours.n;
  e.deviation = sqrt(e.deviation);
  e.duration = sqrt(mean_square(duration_curve(k, &k->hours, f->value), k->hours.n,
                                duration_curve(k, typical, x), typical->n));
  return e;
}

static void measure_errors(const choice *k) {
  pl_case *const c = k->r->c;
  pl_grid g;
  pl_grid_typical(&g, k->scratch, PL_HOUR, c->typical);
  c->typical_error = PL_NEW_ARRAY(k->r->a, pl_typical_error, (size_t)k->n_features + 1);
  for (int i = 0; i < k->n_features; i++)
    c->typical_error[c->n_typical_errors++] = error_of(k, &g, &k->features[i]);
}

/* --- All ------------------------------------------------------------------------------------- */

static pl_step group_step(const pl_calendar *head) {
  static const pl_step steps[] = {PL_MONTH, PL_QUARTER, PL_YEAR};
  return steps[head->typical_of > 0 ? head->typical_of : 0];
}

void pl_case_typical(pl_reading *r) {
  pl_case *const c = r->c;
  const pl_calendar *head = &c->calendar;
  bool const weeks = isfinite(head->typical_weeks);
  if ((!weeks && !isfinite(head->typical_days)) || c->to <= c->from) return;
  choice k = {.r = r, .scratch = pl_arena_new(), .length = weeks ? 7 : 1};
  k.wanted = (int)(weeks ? head->typical_weeks : head->typical_days);
  pl_grid_init(&k.groups, k.scratch, group_step(head), c->from, c->to);
  pl_grid_init(&k.hours, k.scratch, PL_HOUR, c->from, c->to);
  cut_periods(&k);
  find_features(&k);
  for (int d = 0, end; d < k.n; d = end) {
    for (end = d; end < k.n && k.group[end] == k.group[d];) end++;
    choose(&k, d, end);
  }
  c->typical = pl_typical_make(r->a, k.n, k.start, k.of, k.group);
  measure_errors(&k);
  pl_arena_free(k.scratch);
}
