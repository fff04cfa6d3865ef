/* Lays out a program: grids, blocks of columns and rows with their bounds, the table of entries.
 * Knows no thing of a case. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "assemble/builder.h"

double plan_infinity(void) { return (double)INFINITY; }

const pl_grid *plan_grid(builder *b, pl_step step) {
  pl_grid *g = &b->p->grid[step];
  if (g->n == 0) pl_case_grid(b->c, b->a, step, g);
  return g;
}

const pl_grid *plan_real_grid(builder *b, pl_step step) {
  const pl_grid *g = plan_grid(b, step);
  pl_grid *real = &b->p->real[step];
  if (!g->typical) return g;
  if (real->n == 0) pl_grid_init(real, b->a, step, b->c->from, b->c->to);
  return real;
}

static void fill(double *to, int n, double x) {
  for (int i = 0; i < n; i++) to[i] = x;
}

int plan_add_columns(builder *b, pl_block like, double lower, double upper, bool integer) {
  pl_program *p = b->p;
  int const n = like.count, at = p->lp.n_cols;
  if (b->c->calendar.relaxed) integer = false;
  p->columns = pl_arena_grown(b->a, p->columns, sizeof *p->columns, p->n_column_blocks, 1,
                              &b->column_capacity);
  int capacity = b->bound_capacity;
  b->lower = pl_arena_grown(b->scratch, b->lower, sizeof *b->lower, at, n, &capacity);
  capacity = b->bound_capacity;
  b->upper = pl_arena_grown(b->scratch, b->upper, sizeof *b->upper, at, n, &capacity);
  b->integer =
      pl_arena_grown(b->scratch, b->integer, sizeof *b->integer, at, n, &b->bound_capacity);
  fill(b->lower + at, n, lower);
  fill(b->upper + at, n, upper);
  for (int i = 0; i < n; i++) b->integer[at + i] = integer;
  if (integer) p->lp.n_integer += n;
  like.first = at;
  p->lp.n_cols += n;
  p->columns[p->n_column_blocks] = like;
  return p->n_column_blocks++;
}

int plan_add_rows(builder *b, pl_block like, double lower, double upper) {
  pl_program *p = b->p;
  int const n = like.count, at = p->lp.n_rows;
  p->rows = pl_arena_grown(b->a, p->rows, sizeof *p->rows, p->n_row_blocks, 1, &b->row_capacity);
  int capacity = b->row_bound_capacity;
  b->row_lower = pl_arena_grown(b->scratch, b->row_lower, sizeof *b->row_lower, at, n, &capacity);
  b->row_upper =
      pl_arena_grown(b->scratch, b->row_upper, sizeof *b->row_upper, at, n, &b->row_bound_capacity);
  fill(b->row_lower + at, n, lower);
  fill(b->row_upper + at, n, upper);
  like.first = at;
  p->lp.n_rows += n;
  p->rows[p->n_row_blocks] = like;
  return p->n_row_blocks++;
}

void plan_add_entry(builder *b, pl_entry e) {
  if (e.factor == 0) return;
  pl_program *p = b->p;
  p->entries =
      pl_arena_grown(b->a, p->entries, sizeof *p->entries, p->n_entries, 1, &b->entry_capacity);
  p->entries[p->n_entries++] = e;
}

void plan_add_member(builder *b, members *m, member x) {
  m->at = pl_arena_grown(b->scratch, m->at, sizeof *m->at, m->n, 1, &m->capacity);
  m->at[m->n++] = x;
}

static void add_source(builder *b, pl_source_of_bound s) {
  if (s.place.line == 0) return;
  pl_program *p = b->p;
  p->sources =
      pl_arena_grown(b->a, p->sources, sizeof *p->sources, p->n_sources, 1, &b->source_capacity);
  p->sources[p->n_sources++] = s;
}

void plan_note_source(builder *b, pl_source_of_bound s) { add_source(b, s); }

static void tighten(double *bound, const double *amount, int n, bool upper) {
  for (int v = 0; v < n; v++)
    if (upper ? amount[v] < bound[v] : amount[v] > bound[v]) bound[v] = amount[v];
}

void plan_bound_columns(builder *b, int block, bool upper, pl_place place, const char *words,
                        const double *amount) {
  const pl_block *k = &b->p->columns[block];
  tighten((upper ? b->upper : b->lower) + k->first, amount, k->count, upper);
  add_source(b, (pl_source_of_bound){block, false, upper, place, words, amount});
}

void plan_bound_rows(builder *b, int block, bool upper, pl_place place, const char *words,
                     const double *amount) {
  const pl_block *k = &b->p->rows[block];
  tighten((upper ? b->row_upper : b->row_lower) + k->first, amount, k->count, upper);
  add_source(b, (pl_source_of_bound){block, true, upper, place, words, amount});
}

/* A formula may divide by a quotation that is zero somewhere. */
static void check_finite(builder *b, const pl_formula *f, const pl_grid *grid, const double *x) {
  char when[32];
  for (int v = 0; v < grid->n; v++) {
    if (isfinite(x[v])) continue;
    (void)pl_time_format(grid->start[v], grid->step, when, sizeof when);
    (void)pl_fail(b->diag, PL_RANGE, pl_formula_place(f), "this has no finite value for %s", when);
    pl_hint(b->diag, "look for a division by a value that is 0 at that time");
    return;
  }
}

/* A quotation may fade away; what is left of it says nothing, and solvers scale by all numbers. */
static void drop_traces(double *x, int n) {
  for (int v = 0; v < n; v++)
    if (fabs(x[v]) < 1e-12) x[v] = 0;
}

double *plan_values(builder *b, const pl_formula *f, const pl_grid *grid, double preset,
                    bool times_hours) {
  double *out = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  if (f) {
    pl_formula_eval_grid(f, b->c->quotes, grid, out);
    check_finite(b, f, grid, out);
    drop_traces(out, grid->n);
  } else {
    fill(out, grid->n, preset);
  }
  if (times_hours)
    for (int v = 0; v < grid->n; v++) out[v] *= pl_grid_hours(grid, v);
  return out;
}

/* What is given by date has no text of its own. */
const char *plan_words(builder *b, const char *key, const pl_formula *f) {
  const char *text = f ? pl_formula_text(f) : "";
  return *text ? pl_arena_printf(b->a, "%s %s", key, text) : key;
}
