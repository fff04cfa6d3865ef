/* What windows of time require of the numbers of a case. A window consists of the rules that lie
 * within it, with all columns that appear in them; other rules on these columns are left out. One
 * more window is the whole case by the month (elastic_coarse.c), which links what lies far apart
 * in time and ignores single hours. So if a window is infeasible the whole is, and what it
 * requires is a lower bound on what the whole requires. Windows that are feasible with the changes
 * found so far are skipped; each one that is not joins those that are solved together, until all
 * are feasible. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "diagnose/elastic.h"
#include "plan/words.h"

enum { OUT = -1 };

typedef struct {
  pl_elastic *e;
  const pl_program *p;
  pl_arena *a; /* of all windows */
  pl_lp lp;    /* the program, followed by the same by the month if has_coarse, with the bounds of
                  the case */
  pl_coarse coarse;
  bool has_coarse;
  pl_by_rows rows;
  int n;                   /* windows, the last being the whole by the month */
  int *first, *row;        /* rows of window w: row[first[w]] … row[first[w + 1] − 1] */
  int *row_at, *column_at; /* [of lp] index in the program being built, OUT */
  bool *joined;            /* [n] solved together */
  double *content;         /* [n × numbers] changes with which it is feasible */
  bool *known;             /* [n] */
  pl_lp wide;              /* bounds with the changes found so far */
} windows;

/* --- Where rows lie -------------------------------------------------------------------------- */

static void sort_rows(windows *x, const pl_grid *g) {
  const pl_program *p = x->p;
  int *of = PL_NEW_ARRAY(x->a, int, (size_t)x->lp.n_rows + 1);
  x->first = PL_NEW_ARRAY(x->a, int, (size_t)x->n + 2);
  x->row = PL_NEW_ARRAY(x->a, int, (size_t)x->lp.n_rows + 1);
  for (int i = 0; i < p->n_row_blocks; i++)
    for (int v = 0; v < p->rows[i].count; v++)
      of[p->rows[i].first + v] = pl_elastic_window(g, &p->rows[i], v);
  for (int i = p->lp.n_rows; i < x->lp.n_rows; i++) of[i] = x->n - 1;
  int *next = x->first + 1; /* becomes the first row in the end */
  for (int i = 0; i < x->lp.n_rows; i++)
    if (of[i] >= 0) next[of[i] + 1]++;
  for (int w = 0; w < x->n; w++) next[w + 1] += next[w];
  for (int i = 0; i < x->lp.n_rows; i++)
    if (of[i] >= 0) x->row[next[of[i]]++] = i;
}

/* --- The program, followed by the same by the month ------------------------------------------- */

static double *doubles(pl_arena *a, long n) { return PL_NEW_ARRAY(a, double, (size_t)n + 1); }

static void new_bounds(pl_lp *lp, pl_arena *a) {
  lp->lower = doubles(a, lp->n_cols);
  lp->upper = doubles(a, lp->n_cols);
  lp->row_lower = doubles(a, lp->n_rows);
  lp->row_upper = doubles(a, lp->n_rows);
}

/* The bounds of the program, followed by those of the coarse one. */
static void bound_coarse(const windows *x, pl_lp *lp) {
  int const n = x->p->lp.n_cols, m = x->p->lp.n_rows;
  if (!x->has_coarse) return;
  pl_lp own = {.n_cols = n, .n_rows = m};
  own.lower = lp->lower, own.upper = lp->upper;
  own.row_lower = lp->row_lower, own.row_upper = lp->row_upper;
  pl_lp behind = {.lower = lp->lower + n, .upper = lp->upper + n};
  behind.row_lower = lp->row_lower + m, behind.row_upper = lp->row_upper + m;
  pl_coarse_bound(&x->coarse, &own, &behind);
}

static void join_matrices(windows *x, const pl_lp *own, const pl_lp *coarse) {
  pl_lp *lp = &x->lp;
  size_t const entries = (size_t)own->n_entries, more = (size_t)coarse->n_entries;
  lp->n_cols = own->n_cols + coarse->n_cols;
  lp->n_rows = own->n_rows + coarse->n_rows;
  lp->n_entries = own->n_entries + coarse->n_entries;
  lp->start = PL_NEW_ARRAY(x->a, int, (size_t)lp->n_cols + 1);
  lp->index = PL_NEW_ARRAY(x->a, int, entries + more + 1);
  lp->value = doubles(x->a, lp->n_entries);
  memcpy(lp->start, own->start, ((size_t)own->n_cols + 1) * sizeof *lp->start);
  memcpy(lp->index, own->index, entries * sizeof *lp->index);
  memcpy(lp->value, own->value, entries * sizeof *lp->value);
  for (int j = 1; j <= coarse->n_cols; j++)
    lp->start[own->n_cols + j] = (int)own->n_entries + coarse->start[j];
  for (long k = 0; k < coarse->n_entries; k++) {
    lp->index[own->n_entries + k] = own->n_rows + coarse->index[k];
    lp->value[own->n_entries + k] = coarse->value[k];
  }
}

static void make_lp(windows *x) {
  const pl_lp *own = &x->p->lp;
  x->lp = *own;
  x->has_coarse = pl_coarse_make(x->p, x->a, &x->coarse);
  if (x->has_coarse) join_matrices(x, own, &x->coarse.lp);
  x->wide = x->lp;
  new_bounds(&x->wide, x->a);
  if (!x->has_coarse) return;
  new_bounds(&x->lp, x->a);
  memcpy(x->lp.lower, own->lower, (size_t)own->n_cols * sizeof(double));
  memcpy(x->lp.upper, own->upper, (size_t)own->n_cols * sizeof(double));
  memcpy(x->lp.row_lower, own->row_lower, (size_t)own->n_rows * sizeof(double));
  memcpy(x->lp.row_upper, own->row_upper, (size_t)own->n_rows * sizeof(double));
  bound_coarse(x, &x->lp);
}

static void widen(windows *x) {
  pl_elastic_widen(x->e, x->wide.lower, x->wide.upper, x->wide.row_lower, x->wide.row_upper);
  bound_coarse(x, &x->wide);
}

/* --- Building some windows -------------------------------------------------------------------- */

typedef struct {
  pl_arena *a;
  pl_sketch sketch;
  int n_rows, n_columns;
  int *row, *column; /* of the program */
  long entries;
} drawing;

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

/* Which rows and columns the windows with in[w] have. */
static void gather(windows *x, const bool *in, drawing *d) {
  int rows = 0;
  long entries = 0;
  for (int w = 0; w < x->n; w++)
    for (int k = x->first[w]; in[w] && k < x->first[w + 1]; k++, rows++)
      entries += x->rows.start[x->row[k] + 1] - x->rows.start[x->row[k]];
  d->row = PL_NEW_ARRAY(d->a, int, (size_t)rows + 1);
  d->column = PL_NEW_ARRAY(d->a, int, (size_t)entries + 1);
  d->entries = entries;
  for (int w = 0; w < x->n; w++)
    for (int k = x->first[w]; in[w] && k < x->first[w + 1]; k++) {
      int const i = x->row[k];
      x->row_at[i] = d->n_rows;
      d->row[d->n_rows++] = i;
      for (int e = x->rows.start[i]; e < x->rows.start[i + 1]; e++) {
        int const j = x->rows.column[e];
        if (x->column_at[j] != OUT) continue;
        x->column_at[j] = 0;
        d->column[d->n_columns++] = j;
      }
    }
  if (d->n_columns > 0) qsort(d->column, (size_t)d->n_columns, sizeof *d->column, ascending);
  for (int k = 0; k < d->n_columns; k++) x->column_at[d->column[k]] = k;
}

static void forget(windows *x, const drawing *d) {
  for (int k = 0; k < d->n_rows; k++) x->row_at[d->row[k]] = OUT;
  for (int k = 0; k < d->n_columns; k++) x->column_at[d->column[k]] = OUT;
}

static void draw_entries(const windows *x, drawing *d, int column) {
  const pl_lp *lp = &x->lp;
  for (int e = lp->start[column]; e < lp->start[column + 1]; e++)
    if (x->row_at[lp->index[e]] != OUT)
      pl_sketch_entry(&d->sketch, x->row_at[lp->index[e]], lp->value[e]);
}

static pl_status solve(const windows *x, const drawing *d, pl_solution **answer, pl_diag *diag) {
  pl_solve_options const options = pl_solve_stopped_by(x->e->stopped_by);
  pl_solver *solver = NULL;
  PL_TRY(pl_solver_new(&d->sketch.lp, &options, &solver, diag));
  pl_status const status = pl_solver_run(solver, d->a, answer, diag);
  pl_solver_free(solver);
  return status;
}

/* --- Is a window feasible? -------------------------------------------------------------------- */

static pl_status try_window(windows *x, int w, bool *content, pl_diag *diag) {
  bool *in = PL_NEW_ARRAY(x->a, bool, (size_t)x->n);
  drawing d = {.a = pl_arena_new()};
  pl_solution *answer = NULL;
  in[w] = true;
  gather(x, in, &d);
  pl_sketch_init(&d.sketch, d.a, d.n_columns, d.n_rows, d.entries);
  for (int k = 0; k < d.n_rows; k++)
    (void)pl_sketch_row(&d.sketch, x->wide.row_lower[d.row[k]], x->wide.row_upper[d.row[k]]);
  for (int k = 0; k < d.n_columns; k++) {
    (void)pl_sketch_column(&d.sketch, 0, x->wide.lower[d.column[k]], x->wide.upper[d.column[k]]);
    draw_entries(x, &d, d.column[k]);
  }
  pl_status const status = solve(x, &d, &answer, diag);
  *content = status == PL_OK;
  forget(x, &d);
  pl_arena_free(d.a);
  return status == PL_INFEASIBLE ? PL_OK : status;
}

/* No need to solve it again with changes that are all at least as large. */
static bool is_content(const windows *x, int w) {
  const double *had = x->content + (size_t)w * (size_t)x->e->n_numbers;
  if (!x->known[w]) return false;
  for (int i = 0; i < x->e->n_numbers; i++)
    if (x->e->number[i].change < had[i]) return false;
  return true;
}

static void note_content(windows *x, int w) {
  double *had = x->content + (size_t)w * (size_t)x->e->n_numbers;
  x->known[w] = true;
  for (int i = 0; i < x->e->n_numbers; i++) had[i] = x->e->number[i].change;
}

/* --- What do the infeasible ones require together? -------------------------------------------- */

typedef struct { /* an entry of a number's column */
  int number, row;
  double value;
} giving;

static int by_number(const void *a, const void *b) {
  const giving *x = a, *y = b;
  if (x->number != y->number) return x->number < y->number ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

/* The row of the program being built that holds the side's bound of lp's row or column at: lp's own
 * row, or one for that bound of the column, made when first needed. A bound that stays, or is relaxed
 * by another number, must not shift with the other: each has a row of its own, except where the two
 * are one amount. column_row: [2 × columns], the lower and the upper of each. OUT: not in these
 * windows. */
static int row_of(const windows *x, drawing *d, const pl_elastic_side *s, int at, int *column_row) {
  if (s->is_row) return x->row_at[at];
  if (x->column_at[at] == OUT) return OUT;
  double const lower = x->lp.lower[at], upper = x->lp.upper[at];
  int *rows = &column_row[2 * x->column_at[at]], *row = &rows[s->upper];
  if (*row != OUT) return *row;
  if (lower == upper)
    rows[0] = rows[1] = pl_sketch_row(&d->sketch, lower, upper);
  else if (s->upper)
    *row = pl_sketch_row(&d->sketch, -INFINITY, upper);
  else
    *row = pl_sketch_row(&d->sketch, lower, INFINITY);
  return *row;
}

/* The monthly counterpart of the program's row or column at. */
static int coarse_row_of(const windows *x, drawing *d, const pl_elastic_side *s, int at,
                         int *column_row) {
  if (!x->has_coarse) return OUT;
  int const to = (s->is_row ? x->coarse.row : x->coarse.column)[at];
  int const before = s->is_row ? x->p->lp.n_rows : x->p->lp.n_cols;
  return to == OUT ? OUT : row_of(x, d, s, before + to, column_row);
}

/* What a number moves in one row in several slices is added up. */
static int add_alike(giving *g, int n) {
  int k = 0;
  for (int i = 0; i < n; i++)
    if (k > 0 && g[k - 1].number == g[i].number && g[k - 1].row == g[i].row)
      g[k - 1].value += g[i].value;
    else
      g[k++] = g[i];
  return k;
}

static int gather_giving(const windows *x, drawing *d, int *column_row, giving *g) {
  int n = 0;
  for (int i = 0; i < x->e->n_sides; i++) {
    const pl_elastic_side *s = &x->e->sides[i];
    for (int v = 0; v < s->block->count; v++) {
      int const at = s->block->first + v;
      if (s->number[v] < 0) continue;
      int const row = row_of(x, d, s, at, column_row),
                coarse = coarse_row_of(x, d, s, at, column_row);
      double const moves = row != OUT || coarse != OUT ? pl_elastic_moves(x->e, s, v) : 0;
      if (row != OUT) g[n++] = (giving){s->number[v], row, moves};
      if (coarse != OUT) g[n++] = (giving){s->number[v], coarse, moves};
    }
  }
  if (n > 0) qsort(g, (size_t)n, sizeof *g, by_number);
  return add_alike(g, n);
}

static void draw_columns(const windows *x, drawing *d, const int *column_row) {
  const pl_lp *lp = &x->lp;
  for (int k = 0; k < d->n_columns; k++) {
    int const j = d->column[k];
    int const low = column_row[2 * k], high = column_row[2 * k + 1];
    double const least = lp->lower[j] >= 0 ? 0 : -(double)INFINITY;
    (void)pl_sketch_column(&d->sketch, 0, low != OUT ? least : lp->lower[j],
                           high != OUT ? (double)INFINITY : lp->upper[j]);
    draw_entries(x, d, j);
    if (low != OUT) pl_sketch_entry(&d->sketch, low, 1);
    if (high != OUT && high != low) pl_sketch_entry(&d->sketch, high, 1);
  }
}

/* Columns of numbers come last; the first is returned, and which number each is in number. */
static int draw_numbers(const windows *x, drawing *d, const giving *g, int n, int *number) {
  int const first = d->sketch.lp.n_cols;
  for (int k = 0; k < n; k++) {
    const pl_elastic_number *y = &x->e->number[g[k].number];
    if (k == 0 || g[k].number != g[k - 1].number)
      number[pl_sketch_column(&d->sketch, y->cost, 0, y->most) - first] = g[k].number;
    pl_sketch_entry(&d->sketch, g[k].row, g[k].value);
  }
  return first;
}

static pl_status solve_joined(windows *x, pl_diag *diag) {
  drawing d = {.a = pl_arena_new()};
  pl_solution *answer = NULL;
  long sides = 0;
  for (int i = 0; i < x->e->n_sides; i++) sides += 2L * x->e->sides[i].block->count;
  gather(x, x->joined, &d);
  int *column_row = PL_NEW_ARRAY(d.a, int, 2 * (size_t)d.n_columns + 1);
  int *number = PL_NEW_ARRAY(d.a, int, (size_t)x->e->n_numbers + 1);
  giving *g = PL_NEW_ARRAY(d.a, giving, (size_t)sides + 1);
  for (int k = 0; k < 2 * d.n_columns; k++) column_row[k] = OUT;
  pl_sketch_init(&d.sketch, d.a, d.n_columns + x->e->n_numbers, d.n_rows + 2L * d.n_columns,
                 d.entries + 2L * d.n_columns + sides);
  for (int k = 0; k < d.n_rows; k++)
    (void)pl_sketch_row(&d.sketch, x->lp.row_lower[d.row[k]], x->lp.row_upper[d.row[k]]);
  int const n = gather_giving(x, &d, column_row, g);
  draw_columns(x, &d, column_row);
  int const first = draw_numbers(x, &d, g, n, number);
  pl_status const status = solve(x, &d, &answer, diag);
  for (int i = 0; status == PL_OK && i < x->e->n_numbers; i++) x->e->number[i].change = 0;
  for (int j = first; status == PL_OK && j < d.sketch.lp.n_cols; j++)
    if (answer->col_value[j] > 1e-6 * x->e->typical)
      x->e->number[number[j - first]].change = answer->col_value[j] * (1 + 1e-9);
  forget(x, &d);
  pl_arena_free(d.a);
  return status;
}

/* --- All of them ----------------------------------------------------------------------------- */

static pl_status look(windows *x, int w, bool *more, pl_diag *diag) {
  bool content = true;
  if (x->joined[w] || x->first[w] == x->first[w + 1] || is_content(x, w)) return PL_OK;
  PL_TRY(try_window(x, w, &content, diag));
  if (content) {
    note_content(x, w);
    return PL_OK;
  }
  *more = x->joined[w] = true;
  PL_TRY(solve_joined(x, diag));
  widen(x);
  return PL_OK;
}

/* The whole by the month first: what is short there is short in many weeks. */
static pl_status pass(windows *x, bool *more, pl_diag *diag) {
  *more = false;
  PL_TRY(look(x, x->n - 1, more, diag));
  for (int w = 0; w < x->n - 1; w++) PL_TRY(look(x, w, more, diag));
  return PL_OK;
}

static void begin(windows *x, pl_elastic *e, const pl_grid *g) {
  *x = (windows){.e = e, .p = e->program, .a = pl_arena_new(), .n = g->n + 1};
  make_lp(x);
  size_t const cols = (size_t)x->lp.n_cols + 1, rows = (size_t)x->lp.n_rows + 1, n = (size_t)x->n;
  x->row_at = PL_NEW_ARRAY(x->a, int, rows);
  x->column_at = PL_NEW_ARRAY(x->a, int, cols);
  for (size_t i = 0; i < rows; i++) x->row_at[i] = OUT;
  for (size_t j = 0; j < cols; j++) x->column_at[j] = OUT;
  x->joined = PL_NEW_ARRAY(x->a, bool, n);
  x->known = PL_NEW_ARRAY(x->a, bool, n);
  x->content = doubles(x->a, (long)x->n * e->n_numbers);
  pl_words_by_rows(&x->lp, x->a, &x->rows);
  sort_rows(x, g);
}

pl_status pl_elastic_windows(pl_elastic *e, const pl_grid *g, pl_diag *diag) {
  windows x;
  bool again = true;
  pl_status status = PL_OK;
  begin(&x, e, g);
  widen(&x);
  while (again && status == PL_OK) status = pass(&x, &again, diag);
  pl_arena_free(x.a);
  return status;
}
