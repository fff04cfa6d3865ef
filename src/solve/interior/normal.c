/* The matrix of the normal equations, its pattern and its numbers; see normal.h. */
#include <math.h>
#include <string.h>

#include "solve/interior/normal_parts.h"
#include "solve/interior/order.h"

enum { DENSE = 40 };                    /* entries from which on a column is a node of its own */
static const double most_entries = 3e7; /* of the factor: 240 MB */
static const double thin =
    60; /* multiplications for each entry of L: no order can be much better */

static int *ints(pl_arena *a, long n) { return PL_NEW_ARRAY(a, int, (size_t)n + 1); }
static double *doubles(pl_arena *a, long n) { return PL_NEW_ARRAY(a, double, (size_t)n + 1); }

/* --- The pattern ------------------------------------------------------------------------------ */

static void find_dense(pl_normal *q, pl_arena *a) {
  q->is_dense = PL_NEW_ARRAY(a, bool, (size_t)q->n + 1);
  for (int j = 0; j < q->n; j++)
    if ((q->is_dense[j] = q->start[j + 1] - q->start[j] > DENSE)) q->n_dense++;
  q->dense = ints(a, q->n_dense);
  for (int j = 0, k = 0; j < q->n; j++)
    if (q->is_dense[j]) q->dense[k++] = j;
  q->n_nodes = q->m + q->n_dense;
  q->sign = PL_NEW_ARRAY(a, signed char, (size_t)q->n_nodes + 1);
  for (int i = 0; i < q->n_nodes; i++) q->sign[i] = i < q->m ? 1 : -1;
}

typedef struct {
  long n, capacity;
  int *row, *col;
} entries;

/* Counts the pairs of rows (i, k ≤ i) that share a column, and their terms. */
static void pair_row(const pl_normal *q, int i, int *mark, long *pairs, long *terms) {
  for (int e = q->row_start[i]; e < q->row_start[i + 1]; e++) {
    int const j = q->column[e];
    if (q->is_dense[j]) continue;
    for (int k = q->start[j]; k < q->start[j + 1]; k++) {
      if (q->row[k] > i) continue;
      (*terms)++;
      if (mark[q->row[k]] != i + 1) mark[q->row[k]] = i + 1, (*pairs)++;
    }
  }
  if (mark[i] != i + 1) mark[i] = i + 1, (*pairs)++; /* there is always a diagonal */
}

/* The same pairs again, with their terms: first how many each has, then what they are. */
static void fill_pairs(pl_normal *q, int i, long first, long *index, int *mark, int *pair_col,
                       long *n_pairs) {
  for (int pass = 0; pass < 2; pass++) {
    long const at = *n_pairs;
    long n = at;
    for (int e = q->row_start[i]; e < q->row_start[i + 1]; e++) {
      int const j = q->column[e];
      if (q->is_dense[j]) continue;
      for (int k = q->start[j]; k < q->start[j + 1]; k++) {
        int const r = q->row[k];
        if (r > i) continue;
        if (pass == 0) {
          if (mark[r] != i + 1) mark[r] = i + 1, index[r] = n, pair_col[n++] = r;
          q->pair_start[index[r] + 1]++;
        } else {
          long const to = q->pair_start[index[r] + 1]++;
          q->term_column[to] = j;
          q->term_value[to] = q->row_value[e] * q->value[k];
        }
      }
    }
    if (pass == 0) {
      if (mark[i] != i + 1) mark[i] = i + 1, index[i] = n, pair_col[n++] = i;
      long sum = first; /* pair_start[p + 1] ← where p's terms begin, and moves on to their end */
      for (long p = at; p < n; p++) {
        long const count = q->pair_start[p + 1];
        q->pair_start[p + 1] = sum;
        sum += count;
      }
      index[q->m] = n;
    }
  }
  *n_pairs = index[q->m];
}

static void make_pairs(pl_normal *q, int **pair_row_of, int **pair_col_of, pl_arena *a,
                       pl_arena *scratch) {
  int *mark = ints(scratch, q->m);
  long *index = PL_NEW_ARRAY(scratch, long, (size_t)q->m + 1);
  long pairs = 0, terms = 0;
  for (int i = 0; i < q->m; i++) pair_row(q, i, mark, &pairs, &terms);
  q->pair_start = PL_NEW_ARRAY(a, long, (size_t)pairs + 1);
  q->pair_place = PL_NEW_ARRAY(a, long, (size_t)pairs + 1);
  q->pair_is_diagonal = PL_NEW_ARRAY(a, bool, (size_t)pairs + 1);
  q->term_column = ints(a, terms);
  q->term_value = doubles(a, terms);
  int *row = *pair_row_of = ints(scratch, pairs), *col = *pair_col_of = ints(scratch, pairs);
  memset(mark, 0, (size_t)q->m * sizeof *mark);
  for (int i = 0; i < q->m; i++) {
    long const before = q->n_pairs;
    fill_pairs(q, i, q->pair_start[before], index, mark, col, &q->n_pairs);
    for (long p = before; p < q->n_pairs; p++) {
      row[p] = i;
      q->pair_is_diagonal[p] = col[p] == i;
    }
  }
}

/* Off-diagonal entries of the whole matrix: the pairs, and the dense columns. */
static entries all_entries(const pl_normal *q, const int *pair_row_of, const int *pair_col_of,
                           pl_arena *a) {
  long room = q->n_pairs;
  for (int d = 0; d < q->n_dense; d++) room += q->start[q->dense[d] + 1] - q->start[q->dense[d]];
  entries e = {0, room, ints(a, room), ints(a, room)};
  for (long p = 0; p < q->n_pairs; p++) {
    if (q->pair_is_diagonal[p]) continue;
    e.row[e.n] = pair_row_of[p];
    e.col[e.n++] = pair_col_of[p];
  }
  for (int d = 0; d < q->n_dense; d++)
    for (int k = q->start[q->dense[d]]; k < q->start[q->dense[d] + 1]; k++) {
      e.row[e.n] = q->m + d;
      e.col[e.n++] = q->row[k];
    }
  return e;
}

/* By time if that is known and the band is narrow; otherwise the better of time and degree. */
static pl_factor *make_factor(const pl_normal *q, const pl_lp *lp, const entries *e, pl_arena *a) {
  pl_arena *scratch = pl_arena_new();
  int *order = ints(scratch, q->n_nodes);
  const pl_interval *when = pl_normal_node_times(q, lp, scratch);
  pl_factor *f = NULL;
  if (when) {
    pl_order_by_time(q->n_nodes, when, order);
    f = pl_factor_new(q->n_nodes, e->n, e->row, e->col, order, most_entries, a);
  }
  if (pl_normal_goes_on(q) && (!f || pl_factor_work(f) > thin * pl_factor_entries(f))) {
    pl_factor *g = NULL;
    if (pl_order_by_degree(q->n_nodes, e->n, e->row, e->col, order) && pl_normal_goes_on(q))
      g = pl_factor_new(q->n_nodes, e->n, e->row, e->col, order,
                        f ? pl_factor_entries(f) : most_entries, a);
    if (g && (!f || pl_factor_work(g) < pl_factor_work(f))) f = g;
  }
  pl_arena_free(scratch);
  return f;
}

static void find_places(pl_normal *q, const int *pair_row_of, const int *pair_col_of, pl_arena *a) {
  for (long p = 0; p < q->n_pairs; p++)
    q->pair_place[p] = pl_factor_place(q->factor, pair_row_of[p], pair_col_of[p]);
  long n = 0;
  for (int d = 0; d < q->n_dense; d++) n += q->start[q->dense[d] + 1] - q->start[q->dense[d]];
  q->dense_place = PL_NEW_ARRAY(a, long, (size_t)n + 1);
  q->dense_diagonal = PL_NEW_ARRAY(a, long, (size_t)q->n_dense + 1);
  n = 0;
  for (int d = 0; d < q->n_dense; d++) {
    q->dense_diagonal[d] = pl_factor_place(q->factor, q->m + d, q->m + d);
    for (int k = q->start[q->dense[d]]; k < q->start[q->dense[d] + 1]; k++)
      q->dense_place[n++] = pl_factor_place(q->factor, q->m + d, q->row[k]);
  }
}

/* --- Making ----------------------------------------------------------------------------------- */

static bool form(pl_normal *q, const pl_lp *lp, double blur, pl_arena *a, pl_arena *scratch) {
  if (!pl_normal_form(q, lp, blur, a, scratch)) return false;
  find_dense(q, a);
  if (!pl_normal_goes_on(q)) return false;
  int *pair_row_of = NULL, *pair_col_of = NULL;
  make_pairs(q, &pair_row_of, &pair_col_of, a, scratch);
  entries const e = all_entries(q, pair_row_of, pair_col_of, scratch);
  if (!pl_normal_goes_on(q)) return false;
  q->factor = make_factor(q, lp, &e, a);
  if (!q->factor) return false;
  pl_factor_use(q->factor, q->watch->options->kernel);
  find_places(q, pair_row_of, pair_col_of, a);
  return true;
}

pl_normal *pl_normal_new(const pl_lp *lp, double blur, pl_watch *watch, pl_arena *a) {
  pl_arena *scratch = pl_arena_new();
  pl_normal *q = PL_NEW(a, pl_normal);
  q->watch = watch;
  bool const formed = form(q, lp, blur, a, scratch);
  pl_arena_free(scratch);
  return formed ? q : NULL;
}

/* --- Numbers ---------------------------------------------------------------------------------- */

enum { PARTS = 32 }; /* fixed, so that nothing depends on the number of threads */

typedef struct {
  const pl_normal *q;
  const double *theta;
  double delta, *value;
} filling;

static void fill_part(int part, void *user) {
  const filling *f = user;
  const pl_normal *q = f->q;
  long const to = q->n_pairs * (part + 1) / PARTS;
  for (long p = q->n_pairs * part / PARTS; p < to; p++) {
    double sum = q->pair_is_diagonal[p] ? f->delta : 0;
    for (long k = q->pair_start[p]; k < q->pair_start[p + 1]; k++)
      sum += f->theta[q->term_column[k]] * q->term_value[k];
    f->value[q->pair_place[p]] = sum;
  }
}

void pl_normal_factor(pl_normal *q, const double *theta, double delta, pl_crew *crew) {
  long n;
  filling f = {q, theta, delta, pl_factor_values(q->factor, &n)};
  memset(f.value, 0, (size_t)n * sizeof *f.value);
  pl_crew_do(crew, PARTS, fill_part, &f);
  long at = 0;
  for (int d = 0; d < q->n_dense; d++) {
    int const j = q->dense[d];
    f.value[q->dense_diagonal[d]] = -1 / theta[j];
    for (int k = q->start[j]; k < q->start[j + 1]; k++) f.value[q->dense_place[at++]] = q->value[k];
  }
  pl_factor_compute(q->factor, q->sign, crew);
}
