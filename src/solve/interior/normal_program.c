/* The program as the interior point sees it: what remains of it, in which order and on which scale;
 * and the conversion of an answer back. See normal.h. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "solve/interior/normal_parts.h"
#include "solve/interior/order.h"

/* --- Columns and rows that remain ------------------------------------------------------------- */

typedef struct {
  const pl_lp *lp;
  int *of_row;               /* [n_rows] ours, −1 = gone */
  double *fixed;             /* [n_rows] the contribution of fixed columns */
  double *scale, *row_scale; /* [n_cols], [n_rows] of the program */
} forming;

static bool is_fixed(const pl_lp *lp, int j) { return lp->lower[j] >= lp->upper[j]; }
static bool is_equation(const pl_lp *lp, int i) { return lp->row_lower[i] == lp->row_upper[i]; }
static bool is_free_row(const pl_lp *lp, int i) {
  return lp->row_lower[i] == -HUGE_VAL && lp->row_upper[i] == HUGE_VAL;
}

static int *ints(pl_arena *a, long n) { return PL_NEW_ARRAY(a, int, (size_t)n + 1); }
static double *doubles(pl_arena *a, long n) { return PL_NEW_ARRAY(a, double, (size_t)n + 1); }

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

/* Numbers the rows that stay; the contribution of fixed columns is subtracted from their right-hand
 * sides. */
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

/* Rows with fixed columns only must hold by themselves. */
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

/* --- The order of rows and columns ------------------------------------------------------------ */

pl_interval *pl_normal_node_times(const pl_normal *q, const pl_lp *lp, pl_arena *a) {
  if (!lp->when || !lp->row_when) return NULL;
  pl_interval *when = PL_NEW_ARRAY(a, pl_interval, (size_t)q->m + (size_t)q->n_dense + 1);
  for (int i = 0; i < q->m; i++) when[i] = lp->row_when[q->row_origin[i]];
  for (int d = 0; d < q->n_dense; d++) {
    int const from = q->origin[q->dense[d]];
    when[q->m + d] = from >= 0 ? lp->when[from] : lp->row_when[-1 - from];
  }
  return when;
}

/* The rows' rank in time, so that columns can be put in that order; their given order if it is
 * unknown. */
static int *row_ranks(const pl_normal *q, const pl_lp *lp, pl_arena *a) {
  int *rank = ints(a, q->m), *order = ints(a, q->m);
  const pl_interval *when = pl_normal_node_times(q, lp, a);
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

/* The place of a row in time determines the places of our columns for it. */
static long key_of(const forming *f, const int *rank, int j) {
  const pl_lp *lp = f->lp;
  long least = lp->n_rows;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
    int const i = f->of_row[lp->index[k]];
    if (i >= 0 && rank[i] < least) least = rank[i];
  }
  return least;
}

/* Columns in the order in which their first rows are eliminated: [n] program columns, or −1 −
 * row. */
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

/* --- The program ------------------------------------------------------------------------------ */

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

/* A number between 0.5 and 1.5 for k, always the same (splitmix64). */
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

bool pl_normal_goes_on(const pl_normal *q) {
  return pl_watch_tell(q->watch, "interior point", 0, NAN, NAN);
}

bool pl_normal_form(pl_normal *q, const pl_lp *lp, double blur, pl_arena *a, pl_arena *scratch) {
  forming f = {lp, ints(scratch, lp->n_rows), doubles(scratch, lp->n_rows),
               doubles(scratch, lp->n_cols), doubles(scratch, lp->n_rows)};
  q->row_origin = ints(a, lp->n_rows);
  number_rows(&f, q, scratch);
  if (!rest_holds(&f)) return false;
  find_scales(&f, scratch);
  if (!pl_normal_goes_on(q)) return false;
  int *rank = row_ranks(q, lp, scratch);
  arrange_rows(&f, q, rank, a);
  for (int i = 0; i < q->m; i++) rank[i] = i;
  sort_columns(&f, q, rank, a);
  if (q->n == 0 || q->m == 0 || !pl_normal_goes_on(q)) return false;
  fill_program(&f, q, a);
  if (blur > 0) blur_program(q, blur);
  fill_rows(q, a);
  return true;
}
/* --- Converting back -------------------------------------------------------------------------- */

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
  for (int i = 0; i < lp->n_rows; i++) p->row_basis[i] = PL_BASIC; /* rows that are not ours */
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
