#include "solve/interior/stretch.h"

#include <math.h>
#include <string.h>

enum {
  LONG = 30
}; /* consecutive rows from which on a run of entries is worth a column of its own */

typedef struct { /* entries start … start + length − 1 of a column, in consecutive rows */
  int col, start, length;
  int pattern;
  double ratio; /* to the pattern's own entries */
} run;

typedef struct {
  const pl_lp *lp;
  int n_runs, n_patterns;
  run *runs;        /* in the order of columns */
  int *pattern_run; /* [n_patterns] the run that each pattern is taken from */
  int *newest;      /* [n_rows] the newest pattern that begins at a row, −1 */
  int *older;       /* [n_patterns] the one before it that begins at the same row */
} stretching;

static int run_length(const pl_lp *lp, int k, int end) {
  int n = 1;
  while (k + n < end && lp->index[k + n] == lp->index[k + n - 1] + 1) n++;
  return n;
}

static bool is_proportional(const pl_lp *lp, int k, int like, int length, double ratio) {
  for (int i = 0; i < length; i++)
    if (fabs(lp->value[k + i] - ratio * lp->value[like + i]) > 1e-12 * fabs(lp->value[k + i]))
      return false;
  return true;
}

static void find_pattern(stretching *s, run *r) {
  const pl_lp *lp = s->lp;
  int const row = lp->index[r->start];
  for (int p = s->newest[row]; p >= 0; p = s->older[p]) {
    const run *like = &s->runs[s->pattern_run[p]];
    double const ratio = lp->value[r->start] / lp->value[like->start];
    if (like->length != r->length || !is_proportional(lp, r->start, like->start, r->length, ratio))
      continue;
    r->pattern = p;
    r->ratio = ratio;
    return;
  }
  r->pattern = s->n_patterns++;
  r->ratio = 1;
  s->pattern_run[r->pattern] = (int)(r - s->runs);
  s->older[r->pattern] = s->newest[row];
  s->newest[row] = r->pattern;
}

static void each_run(const pl_lp *lp, void (*found)(stretching *, run), stretching *s) {
  for (int j = 0; j < lp->n_cols; j++) {
    if (lp->start[j + 1] - lp->start[j] < LONG || lp->lower[j] == lp->upper[j]) continue;
    for (int k = lp->start[j], n; k < lp->start[j + 1]; k += n) {
      n = run_length(lp, k, lp->start[j + 1]);
      if (n >= LONG) found(s, (run){.col = j, .start = k, .length = n});
    }
  }
}

static void count_run(stretching *s, run r) {
  (void)r;
  s->n_runs++;
}

static void add_run(stretching *s, run r) {
  run *to = &s->runs[s->n_runs++];
  *to = r;
  find_pattern(s, to);
}

static bool find_runs(stretching *s, pl_arena *a) {
  each_run(s->lp, count_run, s);
  if (s->n_runs == 0) return false;
  size_t const n = (size_t)s->n_runs;
  s->runs = PL_NEW_ARRAY(a, run, n);
  s->pattern_run = PL_NEW_ARRAY(a, int, n);
  s->older = PL_NEW_ARRAY(a, int, n);
  s->newest = PL_NEW_ARRAY(a, int, (size_t)s->lp->n_rows);
  for (int i = 0; i < s->lp->n_rows; i++) s->newest[i] = -1;
  s->n_runs = 0;
  each_run(s->lp, add_run, s);
  return true;
}

/* The program's numbers, and then `more` of one value. */
static double *longer(const double *x, int n, int more, double value, pl_arena *a) {
  double *out = PL_NEW_ARRAY(a, double, (size_t)n + (size_t)more + 1);
  memcpy(out, x, (size_t)n * sizeof *out);
  for (int i = 0; i < more; i++) out[n + i] = value;
  return out;
}

static void put(pl_lp *to, int row, double value) {
  to->index[to->n_entries] = row;
  to->value[to->n_entries++] = value;
}

/* The program's columns with a run's entries replaced by one in its pattern's row. */
static void put_columns(const stretching *s, pl_lp *to) {
  const pl_lp *lp = s->lp;
  int next = 0;
  for (int j = 0; j < lp->n_cols; j++) {
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      if (next == s->n_runs || s->runs[next].start != k) {
        put(to, lp->index[k], lp->value[k]);
        continue;
      }
      const run *r = &s->runs[next++];
      put(to, lp->n_rows + r->pattern, r->ratio);
      k += r->length - 1;
    }
    to->start[j + 1] = (int)to->n_entries;
  }
}

static void put_patterns(const stretching *s, pl_lp *to) {
  const pl_lp *lp = s->lp;
  for (int p = 0; p < s->n_patterns; p++) {
    const run *r = &s->runs[s->pattern_run[p]];
    for (int k = r->start; k < r->start + r->length; k++) put(to, lp->index[k], lp->value[k]);
    put(to, lp->n_rows + p, -1);
    to->start[lp->n_cols + p + 1] = (int)to->n_entries;
    if (lp->when) to->when[lp->n_cols + p] = lp->when[r->col];
    if (to->row_when) to->row_when[lp->n_rows + p] = lp->when[r->col];
  }
}

static pl_interval *longer_times(const pl_interval *x, int n, int more, pl_arena *a) {
  if (!x) return NULL;
  pl_interval *out = PL_NEW_ARRAY(a, pl_interval, (size_t)n + (size_t)more + 1);
  memcpy(out, x, (size_t)n * sizeof *out);
  return out;
}

static pl_lp *stretched(const stretching *s, pl_arena *a) {
  const pl_lp *lp = s->lp;
  int const g = s->n_patterns;
  pl_lp *to = PL_NEW(a, pl_lp);
  *to = *lp;
  to->n_cols += g;
  to->n_rows += g;
  to->n_entries = 0;
  to->cost = longer(lp->cost, lp->n_cols, g, 0, a);
  to->lower = longer(lp->lower, lp->n_cols, g, -INFINITY, a);
  to->upper = longer(lp->upper, lp->n_cols, g, INFINITY, a);
  to->row_lower = longer(lp->row_lower, lp->n_rows, g, 0, a);
  to->row_upper = longer(lp->row_upper, lp->n_rows, g, 0, a);
  to->when = longer_times(lp->when, lp->n_cols, g, a);
  to->row_when = lp->when ? longer_times(lp->row_when, lp->n_rows, g, a) : NULL;
  size_t const room = (size_t)lp->n_entries + (size_t)g + (size_t)s->n_runs + 1;
  to->start = PL_NEW_ARRAY(a, int, (size_t)to->n_cols + 1);
  to->index = PL_NEW_ARRAY(a, int, room);
  to->value = PL_NEW_ARRAY(a, double, room);
  to->integer = NULL;
  to->n_integer = 0;
  put_columns(s, to);
  put_patterns(s, to);
  return to;
}

pl_lp *pl_stretch(const pl_lp *lp, pl_arena *a) {
  pl_arena *scratch = pl_arena_new();
  stretching s = {.lp = lp};
  pl_lp *out = find_runs(&s, scratch) ? stretched(&s, a) : NULL;
  pl_arena_free(scratch);
  return out;
}
