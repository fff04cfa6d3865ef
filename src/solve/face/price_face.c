/* The prices that support a plan. By complementarity they are
 *
 *     Σ_i a_ij y_i = cost_j   where column j is between its bounds,
 *                             ≤ at its lower, ≥ at its upper one;
 *     y_i ≥ 0                 where only row i's lower bound is met,
 *                             ≤ 0 at its upper one, 0 at neither.
 *
 * Most follow one from another: where the prices of all but one of the rows of a column between its
 * bounds are unique, that one is too. The rest are the columns of a program, one or two each. */
#include "solve/face/face.h"

#include <math.h>
#include <string.h>

#include "solve/face/face_parts.h"

typedef enum { BETWEEN, AT_LOWER, AT_UPPER, FIXED } column_state;

typedef struct {     /* prices that depend on each other, and only those */
  int n, *row;       /* [n] */
  pl_lp lp;          /* one column for each; rows: the rules of the columns */
  pl_solver *solver; /* NULL = not made yet */
} part;

struct pl_price_face {
  const pl_lp *lp;
  const pl_solve_options *by;
  pl_arena *arena;
  column_state *state;       /* [n_cols] */
  bool *may_rise, *may_fall; /* [n_rows] whether y_i may be above, below 0 */
  bool *known;               /* [n_rows] */
  const double *price;       /* [n_rows] some prices of the face; where known, the only ones */
  const double *reduced;     /* [n_cols] the reduced costs at these prices */
  double box;                /* a bound above any meaningful price */
  long *row_start;           /* [n_rows + 1] the matrix by rows */
  int *row_col;              /* [n_entries] */
  double *row_value;         /* [n_entries] */
  int *unknown;              /* [n_cols] how many of the column's rows are not known */
  int n_open;                /* rows */
  int n_parts;               /* groups of prices that depend on each other; 0 = not made yet */
  part *parts;               /* [n_parts] */
  int *part_of, *at; /* [n_rows] of those that are open: the part, the column in its program */
  int *rule;         /* [n_cols] row of the column's rule in its part's program, −1 */
};

static bool is_integer(const pl_lp *lp, int j) { return lp->integer && lp->integer[j]; }

static column_state state_of(const pl_lp *lp, const pl_solution *s, int j) {
  double const x = s->col_value[j], price = pl_face_prices_column(lp, s, j) ? s->col_dual[j] : 0;
  bool const low = x <= lp->lower[j] + pl_face_slack(x, 0, price > 0);
  bool const high = x >= lp->upper[j] - pl_face_slack(x, 0, price < 0);
  if ((low && high) || is_integer(lp, j)) return FIXED;
  return low ? AT_LOWER : high ? AT_UPPER : BETWEEN;
}

static void transpose(pl_price_face *f) {
  const pl_lp *lp = f->lp;
  long *end = PL_NEW_ARRAY(f->arena, long, (size_t)lp->n_rows + 1);
  for (long k = 0; k < lp->n_entries; k++) f->row_start[lp->index[k] + 1]++;
  for (int i = 0; i < lp->n_rows; i++) {
    f->row_start[i + 1] += f->row_start[i];
    end[i] = f->row_start[i];
  }
  for (int j = 0; j < lp->n_cols; j++)
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      long const to = end[lp->index[k]]++;
      f->row_col[to] = j;
      f->row_value[to] = lp->value[k];
    }
}

static void read_states(pl_price_face *f, const pl_solution *x) {
  const pl_lp *lp = f->lp;
  const double *terms = pl_face_terms(lp, x->col_value, f->arena);
  for (int i = 0; i < lp->n_rows; i++) {
    double const value = x->row_value[i];
    double const price = pl_face_is_priced(x->row_dual[i], 0) ? x->row_dual[i] : 0;
    f->may_rise[i] = value <= lp->row_lower[i] + pl_face_slack(value, terms[i], price > 0);
    f->may_fall[i] = value >= lp->row_upper[i] - pl_face_slack(value, terms[i], price < 0);
    f->known[i] = !f->may_rise[i] && !f->may_fall[i];
  }
  for (int j = 0; j < lp->n_cols; j++) {
    f->state[j] = state_of(lp, x, j);
    f->box = fmax(f->box, fabs(lp->cost[j]));
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) f->unknown[j] += !f->known[lp->index[k]];
  }
  f->box *= 1e4;
}

/* The one row whose price follows from the column's and its other rows', −1 if there is none. */
static int told_by(const pl_price_face *f, int j) {
  const pl_lp *lp = f->lp;
  if (f->state[j] != BETWEEN || f->unknown[j] != 1) return -1;
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
    if (!f->known[lp->index[k]]) return lp->index[k];
  return -1;
}

/* Columns are looked at again when one of their rows becomes known. */
static void spread(pl_price_face *f) {
  const pl_lp *lp = f->lp;
  int *queue = PL_NEW_ARRAY(f->arena, int, (size_t)lp->n_cols + (size_t)lp->n_entries + 1);
  long n = 0;
  for (int j = 0; j < lp->n_cols; j++) queue[n++] = j;
  for (long at = 0; at < n; at++) {
    int const i = told_by(f, queue[at]);
    if (i < 0) continue;
    f->known[i] = true;
    for (long k = f->row_start[i]; k < f->row_start[i + 1]; k++)
      if (--f->unknown[f->row_col[k]] == 1) queue[n++] = f->row_col[k];
  }
  for (int i = 0; i < lp->n_rows; i++) f->n_open += !f->known[i];
}

pl_price_face *pl_price_face_new(const pl_lp *lp, const pl_solution *x,
                                 const pl_solve_options *by) {
  pl_arena *a = pl_arena_new();
  size_t const n = (size_t)lp->n_cols + 1, m = (size_t)lp->n_rows + 1,
               e = (size_t)lp->n_entries + 1;
  pl_price_face *f = PL_NEW(a, pl_price_face);
  *f = (pl_price_face){.lp = lp,
                       .by = by,
                       .arena = a,
                       .box = 1,
                       .state = PL_NEW_ARRAY(a, column_state, n),
                       .may_rise = PL_NEW_ARRAY(a, bool, m),
                       .may_fall = PL_NEW_ARRAY(a, bool, m),
                       .known = PL_NEW_ARRAY(a, bool, m),
                       .price = x->row_dual,
                       .reduced = x->col_dual,
                       .row_start = PL_NEW_ARRAY(a, long, m + 1),
                       .row_col = PL_NEW_ARRAY(a, int, e),
                       .row_value = PL_NEW_ARRAY(a, double, e),
                       .unknown = PL_NEW_ARRAY(a, int, n),
                       .at = PL_NEW_ARRAY(a, int, m),
                       .part_of = PL_NEW_ARRAY(a, int, m),
                       .rule = PL_NEW_ARRAY(a, int, n)};
  transpose(f);
  read_states(f, x);
  spread(f);
  return f;
}

void pl_price_face_free(pl_price_face *f) {
  if (!f) return;
  for (int g = 0; g < f->n_parts; g++) pl_solver_free(f->parts[g].solver);
  pl_arena_free(f->arena);
}

int pl_price_face_open(const pl_price_face *f) { return f->n_open; }
bool pl_price_face_knows(const pl_price_face *f, int row) { return f->known[row]; }

/* --- The program of open prices --------------------------------------------------------------- */

typedef struct {
  const pl_price_face *f;
  pl_lp *lp;
  int *rule; /* [n_cols of the whole] row here of the column's rule, −1 */
} prices_program;

static long entries_of(const pl_price_face *f, int n, const int *row) {
  long entries = 0;
  for (int k = 0; k < n; k++) entries += f->row_start[row[k] + 1] - f->row_start[row[k]];
  return entries;
}

/* The rule that a column that is not fixed sets for open prices; no stricter than the given prices
 * satisfy. */
static void put_rule(const prices_program *p, int j) {
  const pl_price_face *f = p->f;
  const pl_lp *whole = f->lp;
  double rest = whole->cost[j];
  if (f->state[j] == FIXED || p->rule[j] >= 0) return;
  for (int k = whole->start[j]; k < whole->start[j + 1]; k++)
    if (f->known[whole->index[k]]) rest -= whole->value[k] * f->price[whole->index[k]];
  int const r = p->rule[j] = p->lp->n_rows++;
  double const kept = rest - f->reduced[j];
  p->lp->row_lower[r] = f->state[j] == AT_LOWER ? -(double)INFINITY : fmin(rest, kept);
  p->lp->row_upper[r] = f->state[j] == AT_UPPER ? (double)INFINITY : fmax(rest, kept);
}

/* Room for up to two columns a row, and the rules. */
static prices_program prices_begin(const pl_price_face *f, int n, const int *row, pl_lp *lp,
                                   int *rule, pl_arena *a) {
  prices_program const p = {f, lp, rule};
  long const entries = entries_of(f, n, row);
  *lp = (pl_lp){.n_cols = 2 * n, .n_rows = (int)entries};
  pl_face_make_lp(lp, 2 * entries, a);
  lp->n_cols = lp->n_rows = 0;
  for (int k = 0; k < n; k++)
    for (long e = f->row_start[row[k]]; e < f->row_start[row[k] + 1]; e++)
      put_rule(&p, f->row_col[e]);
  return p;
}

/* One column: row i's price times sign. */
static void put_price(const prices_program *p, int i, double sign, double lower, double upper) {
  const pl_price_face *f = p->f;
  int const c = p->lp->n_cols++;
  p->lp->lower[c] = lower;
  p->lp->upper[c] = upper;
  for (long k = f->row_start[i]; k < f->row_start[i + 1]; k++) {
    if (p->rule[f->row_col[k]] < 0) continue;
    p->lp->index[p->lp->n_entries] = p->rule[f->row_col[k]];
    p->lp->value[p->lp->n_entries++] = sign * f->row_value[k];
  }
  p->lp->start[c + 1] = (int)p->lp->n_entries;
}

static void no_rules(const pl_price_face *f, int *rule) {
  for (int j = 0; j < f->lp->n_cols; j++) rule[j] = -1;
}

/* --- The lowest prices ------------------------------------------------------------------------ */

/* y = above − below */
static void put_both(const prices_program *p, int i, double weight) {
  if (p->f->may_rise[i]) put_price(p, i, 1, 0, INFINITY);
  if (p->f->may_rise[i]) p->lp->cost[p->lp->n_cols - 1] = weight;
  if (p->f->may_fall[i]) put_price(p, i, -1, 0, INFINITY);
  if (p->f->may_fall[i]) p->lp->cost[p->lp->n_cols - 1] = weight;
}

static void take_prices(const pl_price_face *f, const pl_solution *found, pl_solution *x) {
  int c = 0;
  for (int i = 0; i < f->lp->n_rows; i++) {
    if (f->known[i]) continue;
    x->row_dual[i] = 0;
    if (f->may_rise[i]) x->row_dual[i] += found->col_value[c++];
    if (f->may_fall[i]) x->row_dual[i] -= found->col_value[c++];
  }
  pl_lp_complete(f->lp, x);
}

static int *open_rows(const pl_price_face *f, pl_arena *a) {
  int *row = PL_NEW_ARRAY(a, int, (size_t)f->n_open + 1);
  int n = 0;
  for (int i = 0; i < f->lp->n_rows; i++)
    if (!f->known[i]) row[n++] = i;
  return row;
}

pl_status pl_price_face_least(pl_price_face *f, const double *weight, pl_solution *x,
                              pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  pl_solve_options options = pl_face_options(f->by);
  pl_solver *solver = NULL;
  pl_solution *found = NULL;
  pl_lp lp;
  const int *row = open_rows(f, scratch);
  int *rule = PL_NEW_ARRAY(scratch, int, (size_t)f->lp->n_cols + 1);
  no_rules(f, rule);
  options.once = true;
  prices_program const p = prices_begin(f, f->n_open, row, &lp, rule, scratch);
  for (int k = 0; k < f->n_open; k++) put_both(&p, row[k], weight[row[k]]);
  pl_status s = pl_solver_new(&lp, &options, &solver, diag);
  if (s == PL_OK) s = pl_solver_run(solver, scratch, &found, diag);
  if (s == PL_OK) take_prices(f, found, x);
  pl_solver_free(solver);
  pl_arena_free(scratch);
  return s;
}

/* --- Parts ------------------------------------------------------------------------------------ */

static int root_of(int *parent, int i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

/* Rows that a column's rule ties together become one set: parent[n_rows]. */
static void join_rows(const pl_price_face *f, int *parent) {
  const pl_lp *lp = f->lp;
  for (int i = 0; i < lp->n_rows; i++) parent[i] = i;
  for (int j = 0; j < lp->n_cols; j++) {
    int first = -1;
    for (int k = lp->start[j]; f->state[j] != FIXED && k < lp->start[j + 1]; k++) {
      int const i = lp->index[k];
      if (f->known[i]) continue;
      if (first < 0) first = i;
      parent[root_of(parent, i)] = root_of(parent, first);
    }
  }
}

static void number_parts(pl_price_face *f, int *parent) {
  int const m = f->lp->n_rows;
  for (int i = 0; i < m; i++)
    if (!f->known[i] && root_of(parent, i) == i) f->part_of[i] = f->n_parts++;
  f->parts = PL_NEW_ARRAY(f->arena, part, (size_t)f->n_parts + 1);
  for (int i = 0; i < m; i++) {
    if (f->known[i]) continue;
    f->part_of[i] = f->part_of[root_of(parent, i)];
    f->parts[f->part_of[i]].n++;
  }
}

static void find_parts(pl_price_face *f) {
  if (f->n_parts > 0) return;
  pl_arena *scratch = pl_arena_new();
  int *parent = PL_NEW_ARRAY(scratch, int, (size_t)f->lp->n_rows + 1);
  join_rows(f, parent);
  number_parts(f, parent);
  for (int g = 0; g < f->n_parts; g++) {
    f->parts[g].row = PL_NEW_ARRAY(f->arena, int, (size_t)f->parts[g].n);
    f->parts[g].n = 0;
  }
  for (int i = 0; i < f->lp->n_rows; i++)
    if (!f->known[i]) f->parts[f->part_of[i]].row[f->parts[f->part_of[i]].n++] = i;
  no_rules(f, f->rule);
  pl_arena_free(scratch);
}

static pl_status part_begin(pl_price_face *f, part *g, pl_diag *diag) {
  if (g->solver) return PL_OK;
  pl_solve_options const options = pl_face_options(f->by);
  prices_program const p = prices_begin(f, g->n, g->row, &g->lp, f->rule, f->arena);
  for (int k = 0; k < g->n; k++) {
    int const i = g->row[k];
    f->at[i] = g->lp.n_cols;
    put_price(&p, i, 1, f->may_fall[i] ? -f->box : 0, f->may_rise[i] ? f->box : 0);
  }
  return pl_solver_new(&g->lp, &options, &g->solver, diag);
}

/* --- Ranges ----------------------------------------------------------------------------------- */

typedef struct { /* a sum of prices */
  int n;
  const int *row;
  const double *share;
} price_sum;

static bool ends_at_box(const pl_price_face *f, const part *g, const pl_solution *x) {
  for (int c = 0; c < g->lp.n_cols; c++)
    if (fabs(x->col_value[c]) > 0.99 * f->box) return true;
  return false;
}

static pl_status scale_box(part *g, double by, pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  int *col = PL_NEW_ARRAY(scratch, int, (size_t)g->lp.n_cols + 1);
  for (int c = 0; c < g->lp.n_cols; c++) {
    col[c] = c;
    g->lp.lower[c] *= by;
    g->lp.upper[c] *= by;
  }
  pl_status const s =
      pl_solver_set_bounds(g->solver, g->lp.n_cols, col, g->lp.lower, g->lp.upper, diag);
  pl_arena_free(scratch);
  return s;
}

/* Whether a sum with a price at the box somewhere grows with the box. */
static pl_status grows_with_box(part *g, double least, bool *grows, pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  pl_solution *x = NULL;
  pl_status s = scale_box(g, 4, diag);
  if (s == PL_OK) s = pl_solver_run(g->solver, scratch, &x, diag);
  if (s == PL_OK) *grows = x->objective < least - 1e-5 * fmax(1, fabs(least));
  if (s == PL_OK) s = scale_box(g, 0.25, diag);
  pl_arena_free(scratch);
  return s;
}

/* The least sign × Σ share_k y_k of the part's prices; −INFINITY if only the box bounds it. */
static pl_status least_sum(const pl_price_face *f, part *g, const price_sum *sum, double sign,
                           double *out, pl_diag *diag) {
  bool grows = false;
  pl_arena *scratch = pl_arena_new();
  pl_solution *x = NULL;
  memset(g->lp.cost, 0, (size_t)g->lp.n_cols * sizeof(double));
  for (int k = 0; k < sum->n; k++)
    if (!f->known[sum->row[k]] && &f->parts[f->part_of[sum->row[k]]] == g)
      g->lp.cost[f->at[sum->row[k]]] += sign * sum->share[k];
  pl_status s = pl_solver_set_costs(g->solver, g->lp.cost, diag);
  if (s == PL_OK) s = pl_solver_run(g->solver, scratch, &x, diag);
  if (s == PL_OK && ends_at_box(f, g, x)) s = grows_with_box(g, x->objective, &grows, diag);
  if (s == PL_OK) *out = grows ? -(double)INFINITY : x->objective;
  pl_arena_free(scratch);
  return s;
}

static bool is_first_of_part(const pl_price_face *f, const price_sum *sum, int k) {
  for (int before = 0; before < k; before++)
    if (!f->known[sum->row[before]] && f->part_of[sum->row[before]] == f->part_of[sum->row[k]])
      return false;
  return true;
}

static pl_status add_part(pl_price_face *f, part *g, const price_sum *sum, double *low,
                          double *high, pl_diag *diag) {
  double below = 0, above = 0;
  PL_TRY(part_begin(f, g, diag));
  PL_TRY(least_sum(f, g, sum, 1, &below, diag));
  PL_TRY(least_sum(f, g, sum, -1, &above, diag));
  *low += below;
  *high -= above;
  return PL_OK;
}

pl_status pl_price_face_range(pl_price_face *f, int n, const int *row, const double *share,
                              double *low, double *high, pl_diag *diag) {
  price_sum const sum = {n, row, share};
  double known = 0;
  for (int k = 0; k < n; k++)
    if (f->known[row[k]]) known += share[k] * f->price[row[k]];
  *low = *high = known;
  for (int k = 0; k < n; k++) {
    if (f->known[row[k]]) continue;
    find_parts(f);
    if (is_first_of_part(f, &sum, k))
      PL_TRY(add_part(f, &f->parts[f->part_of[row[k]]], &sum, low, high, diag));
  }
  return PL_OK;
}
