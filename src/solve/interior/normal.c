/* The program and its normal matrix as the interior point sees them; see normal.h. */
#include "solve/interior/normal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "solve/interior/order.h"

enum { DENSE = 40 };                    /* entries from which a column is a node of its own */
static const double most_entries = 3e7; /* of the factor: 240 MB */

/* --- Columns and rows that remain ---------------------------------------------------------------
 */

typedef struct {
  const pl_lp *lp;
  int *of_row;               /* [n_rows] ours, −1 = gone */
  double *fixed;             /* [n_rows] what fixed columns bring */
  double *scale, *row_scale; /* [n_cols], [n_rows] of the program */
} forming;

static bool is_fixed(const pl_lp *lp, int j) { return lp->lower[j] >= lp->upper[j]; }
static bool is_equation(const pl_lp *lp, int i) { return lp->row_lower[i] == lp->row_upper[i]; }
static bool is_free_row(const pl_lp *lp, int i) {
  return lp->row_lower[i] == -HUGE_VAL && lp->row_upper[i] == HUGE_VAL;
}

/* Geometric means of the largest coefficients, row and column in turn, as powers of two. */
static void find_scales(forming *f, pl_arena *a) {
  const pl_lp *lp = f->lp;
  double *most = PL_NEW_ARRAY(a, double, (size_t)lp->n_rows + 1);
  for (int j = 0; j < lp->n_cols; j++) f->scale[j] = 1;
  for (int i = 0; i < lp->n_rows; i++) f->row_scale[i] = 1;
  for (int round = 0; round < 3; round++) {
    memset(most, 0, (size_t)lp->n_rows * sizeof *most);
    for (int j = 0; j < lp->n_cols; j++)
      for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        most[lp->index[k]] = fmax(most[lp->index[k]], fabs(lp->value[k]) * f->scale[j]);
    for (int i = 0; i < lp->n_rows; i++)
      if (most[i] > 0) f->row_scale[i] = ldexp(1, -(int)lrint(log2(most[i]) / 2));
    for (int j = 0; j < lp->n_cols; j++) {
      double here = 0;
      for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        here = fmax(here, fabs(lp->value[k]) * f->row_scale[lp->index[k]]);
      if (here > 0) f->scale[j] = ldexp(1, -(int)lrint(log2(here)));
    }
  }
}

/* The mean exponent of what is finite and not 0, as a power of two. */
static double mean_scale(const double *x, int n, const double *also, int n_also) {
  double sum = 0;
  long count = 0;
  for (int i = 0; i < n + n_also; i++) {
    double const v = i < n ? x[i] : also[i - n];
    if (v == 0 || !isfinite(v)) continue;
    sum += ilogb(v);
    count++;
  }
  return count > 0 ? ldexp(1, (int)lrint(sum / (double)count)) : 1;
}

/* --- The program --------------------------------------------------------------------------------
 */

static int *ints(pl_arena *a, long n) { return PL_NEW_ARRAY(a, int, (size_t)n + 1); }
static double *doubles(pl_arena *a, long n) { return PL_NEW_ARRAY(a, double, (size_t)n + 1); }

/* Number the rows that stay; what fixed columns bring is taken from their right-hand sides. */
static void number_rows(forming *f, pl_normal *q, pl_arena *a) {
  const pl_lp *lp = f->lp;
  int *count = ints(a, lp->n_rows);
  for (int j = 0; j < lp->n_cols; j++)
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      if (is_fixed(lp, j))
        f->fixed[lp->index[k]] += lp->value[k] * lp->lower[j];
      else
        count[lp->index[k]]++;
    }
  for (int i = 0; i < lp->n_rows; i++) {
    bool const stays = count[i] > 0 && !is_free_row(lp, i);
    f->of_row[i] = stays ? q->m : -1;
    if (stays) q->row_origin[q->m++] = i;
  }
}

/* Where a row stands in time is where its columns of ours shall lie. */
static long key_of(const forming *f, const int *rank, int j) {
  const pl_lp *lp = f->lp;
  long least = lp->n_rows;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
    int const i = f->of_row[lp->index[k]];
    if (i >= 0 && rank[i] < least) least = rank[i];
  }
  return least;
}

/* Columns in the order in which their first rows are eliminated: [n] program columns, or −1 − row.
 */
static void sort_columns(const forming *f, pl_normal *q, const int *rank, pl_arena *a) {
  const pl_lp *lp = f->lp;
  int *head = ints(a, lp->n_rows + 2);
  long *key = PL_NEW_ARRAY(a, long, (size_t)lp->n_cols + 1);
  for (int j = 0; j < lp->n_cols; j++)
    if (!is_fixed(lp, j)) head[(key[j] = key_of(f, rank, j)) + 1]++, q->n++;
  for (int i = 0; i < q->m; i++)
    if (!is_equation(lp, q->row_origin[i])) head[rank[i] + 1]++, q->n++;
  for (int i = 0; i <= lp->n_rows; i++) head[i + 1] += head[i];
  q->origin = ints(a, q->n);
  for (int j = 0; j < lp->n_cols; j++)
    if (!is_fixed(lp, j)) q->origin[head[key[j]]++] = j;
  for (int i = 0; i < q->m; i++)
    if (!is_equation(lp, q->row_origin[i])) q->origin[head[rank[i]]++] = -1 - i;
}

static void fill_column(const forming *f, pl_normal *q, int j, int *at) {
  const pl_lp *lp = f->lp;
  int const from = q->origin[j];
  if (from < 0) { /* of row −1 − from of ours: + row − own = 0 */
    int const i = -1 - from, row = q->row_origin[i];
    double const scale = f->row_scale[row];
    q->row[*at] = i;
    q->value[(*at)++] = -1;
    q->origin[j] = -1 - row;
    q->col_scale[j] = 1 / scale;
    q->lower[j] = (lp->row_lower[row] - f->fixed[row]) * scale;
    q->upper[j] = (lp->row_upper[row] - f->fixed[row]) * scale;
    return;
  }
  q->col_scale[j] = f->scale[from];
  q->cost[j] = lp->cost[from] * f->scale[from];
  q->lower[j] = lp->lower[from] / f->scale[from];
  q->upper[j] = lp->upper[from] / f->scale[from];
  for (int k = lp->start[from]; k < lp->start[from + 1]; k++) {
    int const i = f->of_row[lp->index[k]];
    if (i < 0) continue;
    q->row[*at] = i;
    q->value[(*at)++] = lp->value[k] * f->scale[from] * f->row_scale[lp->index[k]];
  }
}

static void divide(double *x, long n, double by) {
  for (long i = 0; i < n; i++) x[i] /= by;
}

static void fill_program(const forming *f, pl_normal *q, pl_arena *a) {
  const pl_lp *lp = f->lp;
  long const room = lp->n_entries + q->m;
  q->start = ints(a, q->n);
  q->row = ints(a, room);
  q->value = doubles(a, room);
  q->cost = doubles(a, q->n);
  q->lower = doubles(a, q->n);
  q->upper = doubles(a, q->n);
  q->col_scale = doubles(a, q->n);
  q->b = doubles(a, q->m);
  q->row_scale = doubles(a, q->m);
  int at = 0;
  for (int j = 0; j < q->n; j++) {
    fill_column(f, q, j, &at);
    q->start[j + 1] = at;
  }
  for (int i = 0; i < q->m; i++) {
    int const row = q->row_origin[i];
    q->row_scale[i] = f->row_scale[row];
    if (is_equation(lp, row)) q->b[i] = (lp->row_lower[row] - f->fixed[row]) * f->row_scale[row];
  }
  q->cost_scale = mean_scale(q->cost, q->n, NULL, 0);
  q->bound_scale = mean_scale(q->upper, q->n, q->b, q->m);
  divide(q->cost, q->n, q->cost_scale);
  divide(q->lower, q->n, q->bound_scale);
  divide(q->upper, q->n, q->bound_scale);
  divide(q->b, q->m, q->bound_scale);
}

/* A number between 0.5 and 1.5 for k: the same wherever it is asked for (splitmix64). */
static double scatter(uint64_t k) {
  k += 0x9e3779b97f4a7c15u * (k + 1);
  k = (k ^ (k >> 30)) * 0xbf58476d1ce4e5b9u;
  k = (k ^ (k >> 27)) * 0x94d049bb133111ebu;
  return 0.5 + (double)((k ^ (k >> 31)) >> 11) * 0x1p-53;
}

static void blur_program(pl_normal *q, double blur) {
  for (int j = 0; j < q->n; j++) {
    uint64_t const k = 3 * (uint64_t)j;
    q->lower[j] -= blur * scatter(k) * (1 + fmin(fabs(q->lower[j]), 1e3));
    q->upper[j] += blur * scatter(k + 1) * (1 + fmin(fabs(q->upper[j]), 1e3));
    q->cost[j] += blur * scatter(k + 2) * (1 + fmin(fabs(q->cost[j]), 1e3));
  }
}

static void fill_rows(pl_normal *q, pl_arena *a) {
  q->row_start = ints(a, q->m);
  q->column = ints(a, q->start[q->n]);
  q->row_value = doubles(a, q->start[q->n]);
  int *at = ints(a, q->m);
  for (int k = 0; k < q->start[q->n]; k++) q->row_start[q->row[k] + 1]++;
  for (int i = 0; i < q->m; i++) q->row_start[i + 1] += q->row_start[i];
  memcpy(at, q->row_start, (size_t)q->m * sizeof *at);
  for (int j = 0; j < q->n; j++)
    for (int k = q->start[j]; k < q->start[j + 1]; k++) {
      q->column[at[q->row[k]]] = j;
      q->row_value[at[q->row[k]]++] = q->value[k];
    }
}

/* --- The matrix ---------------------------------------------------------------------------------
 */

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

/* Pairs of rows (i, k ≤ i) that share a column, row by row. With fill NULL they are only counted.
 */
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
  if (mark[i] != i + 1) mark[i] = i + 1, (*pairs)++; /* a diagonal there is always */
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

/* The rows' places in time, and the dense columns'; NULL where they are not known. */
static pl_interval *node_times(const pl_normal *q, const pl_lp *lp, pl_arena *a) {
  if (!lp->when || !lp->row_when) return NULL;
  pl_interval *when = PL_NEW_ARRAY(a, pl_interval, (size_t)q->m + (size_t)q->n_dense + 1);
  for (int i = 0; i < q->m; i++) when[i] = lp->row_when[q->row_origin[i]];
  for (int d = 0; d < q->n_dense; d++) {
    int const from = q->origin[q->dense[d]];
    when[q->m + d] = from >= 0 ? lp->when[from] : lp->row_when[-1 - from];
  }
  return when;
}

static const double thin =
    60; /* multiplications for each entry of L: no order can be much better */

/* By time where that is known and the band is narrow; else the better of time and degree. */
/* Forming a large program takes time too: the user may stop it there. */
static bool goes_on(const pl_normal *q) {
  return pl_watch_tell(q->watch, "interior point", 0, NAN, NAN);
}

static pl_factor *make_factor(const pl_normal *q, const pl_lp *lp, const entries *e, pl_arena *a) {
  pl_arena *scratch = pl_arena_new();
  int *order = ints(scratch, q->n_nodes);
  const pl_interval *when = node_times(q, lp, scratch);
  pl_factor *f = NULL;
  if (when) {
    pl_order_by_time(q->n_nodes, when, order);
    f = pl_factor_new(q->n_nodes, e->n, e->row, e->col, order, most_entries, a);
  }
  if (goes_on(q) && (!f || pl_factor_work(f) > thin * pl_factor_entries(f))) {
    pl_factor *g = NULL;
    if (pl_order_by_degree(q->n_nodes, e->n, e->row, e->col, order) && goes_on(q))
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

/* --- Making -------------------------------------------------------------------------------------
 */

/* Rows of fixed columns alone must hold by themselves. */
static bool rest_holds(const forming *f) {
  const pl_lp *lp = f->lp;
  for (int i = 0; i < lp->n_rows; i++) {
    double const room = 1e-9 * (1 + fabs(f->fixed[i]));
    if (f->of_row[i] < 0 &&
        (f->fixed[i] < lp->row_lower[i] - room || f->fixed[i] > lp->row_upper[i] + room))
      return false;
  }
  for (int j = 0; j < lp->n_cols; j++)
    if (lp->lower[j] > lp->upper[j]) return false;
  return true;
}

/* The rows' rank in time, so that columns can lie in that order; as they come where it is unknown.
 */
static int *row_ranks(const pl_normal *q, const pl_lp *lp, pl_arena *a) {
  int *rank = ints(a, q->m), *order = ints(a, q->m);
  const pl_interval *when = node_times(q, lp, a);
  if (when)
    pl_order_by_time(q->m, when, order);
  else
    for (int i = 0; i < q->m; i++) order[i] = i;
  for (int k = 0; k < q->m; k++) rank[order[k]] = k;
  return rank;
}

/* Renumber our rows by rank. */
static void arrange_rows(forming *f, pl_normal *q, const int *rank, pl_arena *a) {
  int *origin = ints(a, q->m);
  for (int i = 0; i < q->m; i++) origin[rank[i]] = q->row_origin[i];
  for (int i = 0; i < q->m; i++) f->of_row[origin[i]] = i;
  q->row_origin = origin;
}

static bool form(pl_normal *q, const pl_lp *lp, double blur, pl_arena *a, pl_arena *scratch) {
  forming f = {lp, ints(scratch, lp->n_rows), doubles(scratch, lp->n_rows),
               doubles(scratch, lp->n_cols), doubles(scratch, lp->n_rows)};
  q->row_origin = ints(a, lp->n_rows);
  number_rows(&f, q, scratch);
  if (!rest_holds(&f)) return false;
  find_scales(&f, scratch);
  if (!goes_on(q)) return false;
  int *rank = row_ranks(q, lp, scratch);
  arrange_rows(&f, q, rank, a);
  for (int i = 0; i < q->m; i++) rank[i] = i;
  sort_columns(&f, q, rank, a);
  if (q->n == 0 || q->m == 0 || !goes_on(q)) return false;
  fill_program(&f, q, a);
  if (blur > 0) blur_program(q, blur);
  fill_rows(q, a);
  find_dense(q, a);
  if (!goes_on(q)) return false;
  int *pair_row_of = NULL, *pair_col_of = NULL;
  make_pairs(q, &pair_row_of, &pair_col_of, a, scratch);
  entries const e = all_entries(q, pair_row_of, pair_col_of, scratch);
  if (!goes_on(q)) return false;
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

/* --- Numbers ------------------------------------------------------------------------------------
 */

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

void pl_normal_restore(const pl_normal *q, const pl_lp *lp, const double *x, const double *y,
                       pl_proposal *p) {
  pl_solution *s = &p->x;
  for (int j = 0; j < lp->n_cols; j++) s->col_value[j] = is_fixed(lp, j) ? lp->lower[j] : 0;
  for (int j = 0; j < q->n; j++)
    if (q->origin[j] >= 0) {
      double const v = x[j] * q->col_scale[j] * q->bound_scale;
      s->col_value[q->origin[j]] = fmin(fmax(v, lp->lower[q->origin[j]]), lp->upper[q->origin[j]]);
    }
  memset(s->row_dual, 0, (size_t)lp->n_rows * sizeof *s->row_dual);
  memset(s->row_value, 0, (size_t)lp->n_rows * sizeof *s->row_value);
  for (int i = 0; i < q->m; i++)
    s->row_dual[q->row_origin[i]] = y[i] * q->row_scale[i] * q->cost_scale;
  for (int j = 0; j < lp->n_cols; j++) {
    double d = lp->cost[j];
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      d -= lp->value[k] * s->row_dual[lp->index[k]];
      s->row_value[lp->index[k]] += lp->value[k] * s->col_value[j];
    }
    s->col_dual[j] = d;
  }
}

static unsigned char status_of(const pl_normal *q, int j, double x, double zl, double zu) {
  double const low = x - q->lower[j], high = q->upper[j] - x;
  if (isinf(low) && isinf(high)) return PL_BASIC;
  if (low > zl && high > zu) return PL_BASIC;
  return low < high ? PL_NONBASIC_LOWER : PL_NONBASIC_UPPER;
}

void pl_normal_basis(const pl_normal *q, const pl_lp *lp, const double *x,
                     const double *lower_price, const double *upper_price, pl_proposal *p) {
  for (int j = 0; j < lp->n_cols; j++) p->col_basis[j] = PL_NONBASIC_LOWER;
  for (int i = 0; i < lp->n_rows; i++) p->row_basis[i] = PL_BASIC; /* those that are not ours */
  for (int i = 0; i < q->m; i++) p->row_basis[q->row_origin[i]] = PL_NONBASIC_LOWER;
  for (int j = 0; j < q->n; j++) {
    unsigned char const status = status_of(q, j, x[j], lower_price[j], upper_price[j]);
    if (q->origin[j] >= 0)
      p->col_basis[q->origin[j]] = status;
    else
      p->row_basis[-1 - q->origin[j]] = status;
  }
  p->has_basis = true;
}
