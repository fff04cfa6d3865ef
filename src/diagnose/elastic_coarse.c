/* An hourly program aggregated by month: the rows that a rule has within a month are added up, and
 * columns of one decision that then have equal entries become one column, their sum. Every plan of
 * the program is a plan of this one, so this is a relaxation: where it is infeasible the program
 * is, and what it requires is a lower bound. It is as small as the same case by the month. */
#include <math.h>
#include <string.h>

#include "diagnose/elastic.h"

enum {
  OUT = -1,
  KINDS = 8
}; /* most columns of one decision in one month that are compared, before each is kept on its own */

typedef struct {
  const pl_program *p;
  const pl_grid *g;
  pl_coarse *out;
  pl_arena *a;
  int *rows, n_rows; /* of the current column: where it has entries, and how large they are */
  double *sum, *size;
} coarsening;

/* --- Where in time ---------------------------------------------------------------------------- */

/* The slice of row v of a block, −1 = none. */
static int slice_of(const pl_block *block, int v) {
  if (block->count == block->grid->n) return v;
  return block->count == block->grid->n - 1 ? v + 1 : OUT; /* a rule between neighbours */
}

int pl_elastic_window(const pl_grid *g, const pl_block *block, int v) {
  int const at = slice_of(block, v);
  if (at < 0) return OUT;
  int const w = pl_grid_find(g, block->grid->start[at]);
  return w >= 0 && pl_grid_end(block->grid, at) <= pl_grid_end(g, w) ? w : OUT;
}

/* --- Rows ------------------------------------------------------------------------------------- */

static void sort_rows(const coarsening *c) {
  pl_coarse *o = c->out;
  for (int i = 0; i < c->p->n_row_blocks; i++) {
    const pl_block *block = &c->p->rows[i];
    for (int v = 0, last = OUT; v < block->count; v++) {
      int const month = pl_elastic_window(c->g, block, v);
      o->row[block->first + v] = month != OUT && month == last ? o->lp.n_rows - 1 : o->lp.n_rows++;
      last = month;
    }
  }
}

/* --- Columns ---------------------------------------------------------------------------------- */

/* The column's entries, added up over the rows of each month; entries that cancel are dropped. */
static void add_up(coarsening *c, int column) {
  const pl_lp *lp = &c->p->lp;
  int n = 0;
  c->n_rows = 0;
  for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
    int const row = c->out->row[lp->index[k]];
    if (c->size[row] == 0) c->rows[c->n_rows++] = row;
    c->sum[row] += lp->value[k];
    c->size[row] += fabs(lp->value[k]);
  }
  for (int k = 0; k < c->n_rows; k++)
    if (fabs(c->sum[c->rows[k]]) > 1e-12 * c->size[c->rows[k]])
      c->rows[n++] = c->rows[k];
    else
      c->sum[c->rows[k]] = c->size[c->rows[k]] = 0;
  c->n_rows = n;
}

static void forget(coarsening *c) {
  for (int k = 0; k < c->n_rows; k++) c->sum[c->rows[k]] = c->size[c->rows[k]] = 0;
}

static bool is_alike(const coarsening *c, int coarse) {
  const pl_lp *o = &c->out->lp;
  if (o->start[coarse + 1] - o->start[coarse] != c->n_rows) return false;
  for (int k = o->start[coarse]; k < o->start[coarse + 1]; k++)
    if (!(fabs(o->value[k] - c->sum[o->index[k]]) <= 1e-12 * fabs(o->value[k]))) return false;
  return true;
}

static int column_add(coarsening *c) {
  pl_lp *o = &c->out->lp;
  for (int k = 0; k < c->n_rows; k++) {
    o->index[o->n_entries] = c->rows[k];
    o->value[o->n_entries++] = c->sum[c->rows[k]];
  }
  o->start[++o->n_cols] = (int)o->n_entries;
  return o->n_cols - 1;
}

/* A column without entries is unconstrained. */
static void sort_columns(coarsening *c) {
  pl_coarse *o = c->out;
  for (int i = 0; i < c->p->n_column_blocks; i++) {
    const pl_block *block = &c->p->columns[i];
    for (int v = 0, last = OUT, first = o->lp.n_cols; v < block->count; v++) {
      int const month = pl_elastic_window(c->g, block, v), j = block->first + v;
      if (month == OUT || month != last) first = o->lp.n_cols;
      last = month;
      add_up(c, j);
      o->column[j] = OUT;
      if (c->n_rows == 0) continue;
      int at = o->lp.n_cols > first + KINDS ? o->lp.n_cols - KINDS : first;
      while (at < o->lp.n_cols && !is_alike(c, at)) at++;
      o->column[j] = at < o->lp.n_cols ? at : column_add(c);
      forget(c);
    }
  }
}

/* --- Bounds ----------------------------------------------------------------------------------- */

static void add_bounds(const int *to, int n, const double *from, double *sum, int n_sums) {
  memset(sum, 0, (size_t)n_sums * sizeof *sum);
  for (int i = 0; i < n; i++)
    if (to[i] >= 0) sum[to[i]] += from[i];
}

void pl_coarse_bound(const pl_coarse *c, const pl_lp *bounds, pl_lp *out) {
  int const n = bounds->n_cols, m = bounds->n_rows;
  add_bounds(c->column, n, bounds->lower, out->lower, c->lp.n_cols);
  add_bounds(c->column, n, bounds->upper, out->upper, c->lp.n_cols);
  add_bounds(c->row, m, bounds->row_lower, out->row_lower, c->lp.n_rows);
  add_bounds(c->row, m, bounds->row_upper, out->row_upper, c->lp.n_rows);
}

/* --- All -------------------------------------------------------------------------------------- */

bool pl_coarse_make(const pl_program *p, pl_arena *a, pl_coarse *out) {
  const pl_lp *lp = &p->lp;
  size_t const cols = (size_t)lp->n_cols + 1, rows = (size_t)lp->n_rows + 1;
  pl_grid months;
  pl_grid_init(&months, a, PL_MONTH, p->c->from, p->c->to);
  *out = (pl_coarse){.row = PL_NEW_ARRAY(a, int, rows), .column = PL_NEW_ARRAY(a, int, cols)};
  coarsening c = {.p = p, .g = &months, .out = out, .a = a};
  sort_rows(&c);
  if (2 * out->lp.n_rows > lp->n_rows) return false;
  size_t const own_rows = (size_t)out->lp.n_rows + 1;
  out->lp.start = PL_NEW_ARRAY(a, int, cols + 1);
  out->lp.index = PL_NEW_ARRAY(a, int, (size_t)lp->n_entries + 1);
  out->lp.value = PL_NEW_ARRAY(a, double, (size_t)lp->n_entries + 1);
  c.rows = PL_NEW_ARRAY(a, int, own_rows);
  c.sum = PL_NEW_ARRAY(a, double, own_rows);
  c.size = PL_NEW_ARRAY(a, double, own_rows);
  sort_columns(&c);
  return true;
}
