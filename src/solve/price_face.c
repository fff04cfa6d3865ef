/* The prices that support a plan. By complementarity they are
 *
 *     Σ_i a_ij y_i = cost_j where column j is between its bounds, ≤ at its lower, ≥ at its upper one,
 *     y_i ≥ 0 where only row i's lower bound is met, ≤ 0 at its upper one, 0 at neither.
 *
 * Most follow one from another: where the prices of all but one of the rows of a column between its
 * bounds are unique, that one is too. The rest are the columns of a program, one or two each. */
#include "solve/face.h"

#include <math.h>
#include <string.h>

#include "solve/face_parts.h"

typedef enum { BETWEEN, AT_LOWER, AT_UPPER, FIXED } column_state;

struct pl_price_face {
  const pl_lp *lp;
  const pl_solve_options *by;
  pl_arena *arena;
  column_state *state;    /* [n_cols] */
  bool *may_rise, *may_fall; /* [n_rows] whether y_i may be above, below 0 */
  bool *known;            /* [n_rows] */
  const double *price;    /* [n_rows] some prices of the face; where known, the only ones */
  double box;             /* no price that means anything is larger */
  long *row_start;        /* [n_rows + 1] the matrix by rows */
  int *row_col;           /* [n_entries] */
  double *row_value;      /* [n_entries] */
  int *unknown;           /* [n_cols] how many of the column's rows are not known */
  int n_open;             /* rows */
  pl_lp *ranges;          /* a column a row that is open; NULL = not asked for yet */
  pl_solver *solver;
  int *at;                /* [n_rows] column of ranges, −1 */
};

static bool is_integer(const pl_lp *lp, int j) { return lp->integer && lp->integer[j]; }

static column_state state_of(const pl_lp *lp, int j, double x) {
  double const slack = pl_face_slack(x, 0);
  bool const low = x <= lp->lower[j] + slack, high = x >= lp->upper[j] - slack;
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
    double const value = x->row_value[i], slack = pl_face_slack(value, terms[i]);
    f->may_rise[i] = value <= lp->row_lower[i] + slack;
    f->may_fall[i] = value >= lp->row_upper[i] - slack;
    f->known[i] = !f->may_rise[i] && !f->may_fall[i];
  }
  for (int j = 0; j < lp->n_cols; j++) {
    f->state[j] = state_of(lp, j, x->col_value[j]);
    f->box = fmax(f->box, fabs(lp->cost[j]));
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
      f->unknown[j] += !f->known[lp->index[k]];
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
                       .row_start = PL_NEW_ARRAY(a, long, m + 1),
                       .row_col = PL_NEW_ARRAY(a, int, e),
                       .row_value = PL_NEW_ARRAY(a, double, e),
                       .unknown = PL_NEW_ARRAY(a, int, n),
                       .at = PL_NEW_ARRAY(a, int, m)};
  transpose(f);
  read_states(f, x);
  spread(f);
  return f;
}

void pl_price_face_free(pl_price_face *f) {
  if (!f) return;
  pl_solver_free(f->solver);
  pl_arena_free(f->arena);
}

int pl_price_face_open(const pl_price_face *f) { return f->n_open; }
bool pl_price_face_knows(const pl_price_face *f, int row) { return f->known[row]; }

/* --- The program of the open prices ------------------------------------------------------------ */

typedef struct {
  pl_lp lp;
  int *rule; /* [n_cols of the whole] row here of the column's rule, −1 */
} prices_program;

/* A rule for every column that has a say about an open price. */
static void put_rules(const pl_price_face *f, prices_program *p) {
  const pl_lp *whole = f->lp;
  for (int j = 0; j < whole->n_cols; j++) {
    double rest = whole->cost[j];
    p->rule[j] = -1;
    if (f->state[j] == FIXED || f->unknown[j] == 0) continue;
    for (int k = whole->start[j]; k < whole->start[j + 1]; k++)
      if (f->known[whole->index[k]]) rest -= whole->value[k] * f->price[whole->index[k]];
    int const r = p->rule[j] = p->lp.n_rows++;
    p->lp.row_lower[r] = f->state[j] == AT_LOWER ? -(double)INFINITY : rest;
    p->lp.row_upper[r] = f->state[j] == AT_UPPER ? (double)INFINITY : rest;
  }
}

/* One column: row i's price times sign. */
static void put_price(const pl_price_face *f, prices_program *p, int i, double sign, double lower,
                      double upper) {
  int const c = p->lp.n_cols++;
  p->lp.lower[c] = lower;
  p->lp.upper[c] = upper;
  for (long k = f->row_start[i]; k < f->row_start[i + 1]; k++) {
    if (p->rule[f->row_col[k]] < 0) continue;
    p->lp.index[p->lp.n_entries] = p->rule[f->row_col[k]];
    p->lp.value[p->lp.n_entries++] = sign * f->row_value[k];
  }
  p->lp.start[c + 1] = (int)p->lp.n_entries;
}

static prices_program prices_begin(const pl_price_face *f, pl_arena *a) {
  prices_program p = {.lp = {.n_cols = 2 * f->n_open, .n_rows = f->lp->n_cols},
                      .rule = PL_NEW_ARRAY(a, int, (size_t)f->lp->n_cols + 1)};
  pl_face_make_lp(&p.lp, 2 * f->lp->n_entries, a);
  p.lp.n_cols = p.lp.n_rows = 0;
  put_rules(f, &p);
  return p;
}

/* --- The lowest prices ------------------------------------------------------------------------- */

/* y = above − below */
static void put_both(const pl_price_face *f, prices_program *p, const double *weight) {
  for (int i = 0; i < f->lp->n_rows; i++) {
    if (f->known[i]) continue;
    if (f->may_rise[i]) put_price(f, p, i, 1, 0, INFINITY);
    if (f->may_rise[i]) p->lp.cost[p->lp.n_cols - 1] = weight[i];
    if (f->may_fall[i]) put_price(f, p, i, -1, 0, INFINITY);
    if (f->may_fall[i]) p->lp.cost[p->lp.n_cols - 1] = weight[i];
  }
}

static void take_prices(const pl_price_face *f, const pl_solution *found, pl_solution *x) {
  int c = 0;
  for (int i = 0; i < f->lp->n_rows; i++) {
    x->row_dual[i] = f->known[i] ? f->price[i] : 0;
    if (f->known[i]) continue;
    if (f->may_rise[i]) x->row_dual[i] += found->col_value[c++];
    if (f->may_fall[i]) x->row_dual[i] -= found->col_value[c++];
  }
  pl_lp_complete(f->lp, x);
}

pl_status pl_price_face_least(pl_price_face *f, const double *weight, pl_solution *x,
                              pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  pl_solve_options options = pl_face_options(f->by);
  pl_solver *solver = NULL;
  pl_solution *found = NULL;
  options.once = true;
  prices_program p = prices_begin(f, scratch);
  put_both(f, &p, weight);
  pl_status s = pl_solver_new(&p.lp, &options, &solver, diag);
  if (s == PL_OK) s = pl_solver_run(solver, scratch, &found, diag);
  if (s == PL_OK) take_prices(f, found, x);
  pl_solver_free(solver);
  pl_arena_free(scratch);
  return s;
}

/* --- Ranges ------------------------------------------------------------------------------------ */

static pl_status ranges_begin(pl_price_face *f, pl_diag *diag) {
  if (f->solver) return PL_OK;
  pl_solve_options const options = pl_face_options(f->by);
  prices_program p = prices_begin(f, f->arena);
  for (int i = 0; i < f->lp->n_rows; i++) {
    f->at[i] = -1;
    if (f->known[i]) continue;
    f->at[i] = p.lp.n_cols;
    put_price(f, &p, i, 1, f->may_fall[i] ? -f->box : 0, f->may_rise[i] ? f->box : 0);
  }
  f->ranges = PL_NEW(f->arena, pl_lp);
  *f->ranges = p.lp;
  return pl_solver_new(f->ranges, &options, &f->solver, diag);
}

/* The least Σ share_k y_k of open prices; −INFINITY where one of them ends at the box. */
static pl_status least_sum(pl_price_face *f, pl_arena *scratch, double *out, pl_diag *diag) {
  pl_solution *x = NULL;
  PL_TRY(pl_solver_set_costs(f->solver, f->ranges->cost, diag));
  PL_TRY(pl_solver_run(f->solver, scratch, &x, diag));
  *out = x->objective;
  for (int c = 0; c < f->ranges->n_cols; c++)
    if (f->ranges->cost[c] * x->col_value[c] < -0.99 * fabs(f->ranges->cost[c]) * f->box)
      *out = -(double)INFINITY;
  return PL_OK;
}

static void set_direction(pl_price_face *f, int n, const int *row, const double *share,
                          double sign) {
  memset(f->ranges->cost, 0, (size_t)f->ranges->n_cols * sizeof(double));
  for (int k = 0; k < n; k++)
    if (!f->known[row[k]]) f->ranges->cost[f->at[row[k]]] += sign * share[k];
}

pl_status pl_price_face_range(pl_price_face *f, int n, const int *row, const double *share,
                              double *low, double *high, pl_diag *diag) {
  double sum = 0, below = 0, above = 0;
  bool open = false;
  for (int k = 0; k < n; k++) {
    open |= !f->known[row[k]];
    if (f->known[row[k]]) sum += share[k] * f->price[row[k]];
  }
  if (open) {
    pl_arena *scratch = pl_arena_new();
    pl_status s = ranges_begin(f, diag);
    if (s == PL_OK) set_direction(f, n, row, share, 1);
    if (s == PL_OK) s = least_sum(f, scratch, &below, diag);
    if (s == PL_OK) set_direction(f, n, row, share, -1);
    if (s == PL_OK) s = least_sum(f, scratch, &above, diag);
    pl_arena_free(scratch);
    PL_TRY(s);
  }
  *low = sum + below;
  *high = sum - above;
  return PL_OK;
}
