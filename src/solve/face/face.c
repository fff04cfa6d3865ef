/* Ties between optimal answers. Given any optimal prices, the optimal points are the feasible ones
 * that meet every priced bound: columns with a reduced cost stay at their bound, rows with a price
 * at theirs. What is left open is a smaller program, over which a rule is minimised; its optimal
 * points, by the same argument, are the face for the next rule. */
#include "solve/face/face.h"

#include <math.h>
#include <string.h>

#include "solve/face/face_parts.h"

double pl_face_slack(double value, double terms, bool priced) {
  double const slack = 1e-7 * fmax(1, fabs(value)) + 1e-10 * terms;
  return priced ? 100 * slack : slack;
}

bool pl_face_is_priced(double price, double terms) { return fabs(price) > 1e-6 + 1e-9 * terms; }

double *pl_face_terms(const pl_lp *lp, const double *x, pl_arena *a) {
  double *terms = PL_NEW_ARRAY(a, double, (size_t)lp->n_rows + 1);
  for (int j = 0; j < lp->n_cols; j++)
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
      terms[lp->index[k]] += fabs(lp->value[k] * x[j]);
  return terms;
}

void pl_face_make_lp(pl_lp *lp, long n_entries, pl_arena *a) {
  size_t const n = (size_t)lp->n_cols + 1, m = (size_t)lp->n_rows + 1;
  lp->cost = PL_NEW_ARRAY(a, double, n);
  lp->lower = PL_NEW_ARRAY(a, double, n);
  lp->upper = PL_NEW_ARRAY(a, double, n);
  lp->row_lower = PL_NEW_ARRAY(a, double, m);
  lp->row_upper = PL_NEW_ARRAY(a, double, m);
  lp->start = PL_NEW_ARRAY(a, int, n);
  lp->index = PL_NEW_ARRAY(a, int, (size_t)n_entries + 1);
  lp->value = PL_NEW_ARRAY(a, double, (size_t)n_entries + 1);
}

pl_solve_options pl_face_options(const pl_solve_options *by) {
  pl_solve_options o = pl_solve_stopped_by(by);
  o.method = PL_METHOD_SIMPLEX;
  o.has_answer = true;
  return o;
}

/* --- What is left open ------------------------------------------------------------------------ */

typedef struct { /* bounds of the optimal points of lp */
  double *lower, *upper, *row_lower, *row_upper;
} narrowed;

/* Fixes a column or row at the bound that is priced, if x lies there: a price on a bound that is
 * not met proves nothing. loose: at x instead, which may violate bounds by rounding, so that it
 * stays a point of what is left. */
static void narrow_to(double *lower, double *upper, double x, double price, double slack,
                      bool loose) {
  double const bound = price > 0 ? *lower : *upper;
  if (price != 0 && fabs(x - bound) <= slack) {
    *lower = *upper = loose ? x : bound;
  } else if (loose) {
    *lower = fmin(*lower, x);
    *upper = fmax(*upper, x);
  }
}

bool pl_face_prices_column(const pl_lp *lp, const pl_solution *x, int j) {
  double terms = fabs(lp->cost[j]);
  for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
    terms += fabs(lp->value[k] * x->row_dual[lp->index[k]]);
  return pl_face_is_priced(x->col_dual[j], terms);
}

static void narrow_column(const pl_lp *lp, const pl_solution *x, int j, bool loose, narrowed *n) {
  double const value = x->col_value[j], price = x->col_dual[j];
  if (lp->integer && lp->integer[j])
    n->lower[j] = n->upper[j] = value;
  else
    narrow_to(&n->lower[j], &n->upper[j], value, pl_face_prices_column(lp, x, j) ? price : 0,
              pl_face_slack(value, 0, true), loose);
}

static double *copied(const double *from, int n, pl_arena *a) {
  double *to = PL_NEW_ARRAY(a, double, (size_t)n + 1);
  memcpy(to, from, (size_t)n * sizeof *to);
  return to;
}

static narrowed narrow(const pl_lp *lp, const pl_solution *x, bool loose, pl_arena *a) {
  narrowed n = {copied(lp->lower, lp->n_cols, a), copied(lp->upper, lp->n_cols, a),
                copied(lp->row_lower, lp->n_rows, a), copied(lp->row_upper, lp->n_rows, a)};
  const double *terms = pl_face_terms(lp, x->col_value, a);
  for (int j = 0; j < lp->n_cols; j++) narrow_column(lp, x, j, loose, &n);
  for (int i = 0; i < lp->n_rows; i++)
    narrow_to(&n.row_lower[i], &n.row_upper[i], x->row_value[i],
              pl_face_is_priced(x->row_dual[i], 0) ? x->row_dual[i] : 0,
              pl_face_slack(x->row_value[i], terms[i], true), loose);
  return n;
}

/* --- The smaller program ---------------------------------------------------------------------- */

typedef struct {
  int *col;    /* [lp.n_cols] of the larger program */
  int *row_at; /* [rows of the larger] here, −1 */
  pl_lp lp;
} smaller;

static void number(const pl_lp *whole, const narrowed *n, smaller *s) {
  for (int i = 0; i < whole->n_rows; i++) s->row_at[i] = -1;
  for (int j = 0; j < whole->n_cols; j++) {
    if (!(n->lower[j] < n->upper[j])) continue;
    s->col[s->lp.n_cols++] = j;
    for (int k = whole->start[j]; k < whole->start[j + 1]; k++)
      if (s->row_at[whole->index[k]] < 0) s->row_at[whole->index[k]] = s->lp.n_rows++;
  }
}

static void put_rows(const pl_lp *whole, const narrowed *n, smaller *s) {
  for (int i = 0; i < whole->n_rows; i++) {
    int const r = s->row_at[i];
    if (r < 0) continue;
    s->lp.row_lower[r] = n->row_lower[i];
    s->lp.row_upper[r] = n->row_upper[i];
  }
}

/* What a settled column contributes to a row moves to the row's bounds. */
static void take_out(const pl_lp *whole, int j, double value, smaller *s) {
  for (int k = whole->start[j]; k < whole->start[j + 1]; k++) {
    int const r = s->row_at[whole->index[k]];
    if (r < 0) continue;
    s->lp.row_lower[r] -= whole->value[k] * value;
    s->lp.row_upper[r] -= whole->value[k] * value;
  }
}

static void put_column(const pl_lp *whole, int j, smaller *s) {
  for (int k = whole->start[j]; k < whole->start[j + 1]; k++) {
    s->lp.index[s->lp.n_entries] = s->row_at[whole->index[k]];
    s->lp.value[s->lp.n_entries++] = whole->value[k];
  }
}

static smaller smaller_of(const pl_lp *whole, const narrowed *n, pl_arena *a) {
  smaller s = {.col = PL_NEW_ARRAY(a, int, (size_t)whole->n_cols + 1),
               .row_at = PL_NEW_ARRAY(a, int, (size_t)whole->n_rows + 1)};
  number(whole, n, &s);
  pl_face_make_lp(&s.lp, whole->n_entries, a);
  put_rows(whole, n, &s);
  for (int j = 0; j < whole->n_cols; j++)
    if (!(n->lower[j] < n->upper[j])) take_out(whole, j, n->lower[j], &s);
  for (int c = 0; c < s.lp.n_cols; c++) {
    s.lp.lower[c] = n->lower[s.col[c]];
    s.lp.upper[c] = n->upper[s.col[c]];
    put_column(whole, s.col[c], &s);
    s.lp.start[c + 1] = (int)s.lp.n_entries;
  }
  return s;
}

/* --- Rules ------------------------------------------------------------------------------------ */

typedef struct {
  const pl_solve_options *by;
  bool loose;
  pl_arena *arena;
  pl_diag *diag;
} settling;

/* Σ cost |x| of columns that are on one side of 0; whether any costs something. */
static bool set_costs(const pl_lp *whole, const smaller *s, const double *cost, double sign) {
  bool any = false;
  for (int c = 0; c < s->lp.n_cols; c++) {
    int const j = s->col[c];
    double const side = whole->lower[j] >= 0 ? 1 : whole->upper[j] <= 0 ? -1 : 0;
    s->lp.cost[c] = sign * side * cost[j];
    any |= s->lp.cost[c] != 0;
  }
  return any;
}

static pl_status solve(const settling *t, const pl_lp *lp, bool is_finite, pl_solution **out) {
  pl_solver *solver = NULL;
  pl_solve_options options = pl_face_options(t->by);
  options.has_answer = is_finite;
  options.once = true;
  PL_TRY(pl_solver_new(lp, &options, &solver, t->diag));
  pl_status const s = pl_solver_run(solver, t->arena, out, t->diag);
  pl_solver_free(solver);
  return s;
}

static const double *mapped(const double *cost, const smaller *s, pl_arena *a) {
  double *to = PL_NEW_ARRAY(a, double, (size_t)s->lp.n_cols + 1);
  for (int c = 0; c < s->lp.n_cols; c++) to[c] = cost[s->col[c]];
  return to;
}

/* Which columns the reversed rule would choose differently; if that has no answer, its choice has
 * no limit. */
static void find_free(const settling *t, const pl_lp *whole, const smaller *s, const double *cost,
                      const pl_solution *found, bool *is_free) {
  pl_solution *other = NULL;
  pl_diag *quiet = pl_diag_new();
  settling const try = {t->by, t->loose, t->arena, quiet};
  (void)set_costs(whole, s, cost, -1);
  bool const any = solve(&try, &s->lp, false, &other) == PL_OK;
  for (int c = 0; c < s->lp.n_cols; c++)
    is_free[s->col[c]] = !any || fabs(other->col_value[c] - found->col_value[c]) >
                                     pl_face_slack(found->col_value[c], 0, true);
  pl_diag_free(quiet);
}

/* An interior point ends near the bounds that are priced: settled columns are moved to them. */
static void put_settled(const pl_lp *whole, const narrowed *n, double *value) {
  for (int j = 0; j < whole->n_cols; j++)
    if (!(n->lower[j] < n->upper[j])) value[j] = n->lower[j];
}

/* An unbounded rule, as for two parties that sell to each other, decides nothing. */
static bool is_endless(const settling *t, const pl_lp *lp) {
  pl_solution *found = NULL;
  pl_diag *quiet = pl_diag_new();
  settling const try = {t->by, t->loose, t->arena, quiet};
  pl_status const s = solve(&try, lp, false, &found);
  pl_diag_free(quiet);
  return s == PL_UNBOUNDED;
}

static pl_status settle(const settling *t, const pl_lp *lp, const pl_solution *x, int n_rules,
                        const double *const *cost, double *value, bool *is_free) {
  narrowed const n = narrow(lp, x, t->loose, t->arena);
  smaller s = smaller_of(lp, &n, t->arena);
  pl_solution *found = NULL;
  put_settled(lp, &n, value);
  if (s.lp.n_cols == 0) return PL_OK;
  if (n_rules > 1 && !set_costs(lp, &s, cost[0], 1))
    return settle(t, lp, x, n_rules - 1, cost + 1, value, is_free);
  (void)set_costs(lp, &s, cost[0], 1);
  pl_status const solved = solve(t, &s.lp, true, &found);
  if (solved != PL_OK && solved != PL_STOPPED && n_rules > 1 && is_endless(t, &s.lp))
    return settle(t, lp, x, n_rules - 1, cost + 1, value, is_free);
  PL_TRY(solved);
  bool *const free_here = PL_NEW_ARRAY(t->arena, bool, (size_t)s.lp.n_cols + 1);
  if (n_rules > 1) {
    const double **rest = PL_NEW_ARRAY(t->arena, const double *, (size_t)n_rules);
    for (int r = 1; r < n_rules; r++) rest[r - 1] = mapped(cost[r], &s, t->arena);
    PL_TRY(settle(t, &s.lp, found, n_rules - 1, rest, found->col_value, free_here));
    for (int c = 0; is_free && c < s.lp.n_cols; c++) is_free[s.col[c]] = free_here[c];
  } else if (is_free) {
    find_free(t, lp, &s, cost[0], found, is_free);
  }
  for (int c = 0; c < s.lp.n_cols; c++) value[s.col[c]] = found->col_value[c];
  return PL_OK;
}

/* An answer with inexact duals does not determine its face: what the rules choose may cost more. */
static bool costs_the_same(const pl_lp *lp, const double *x, const double *chosen) {
  double before = lp->offset, change = 0;
  for (int j = 0; j < lp->n_cols; j++) {
    before += lp->cost[j] * x[j];
    change += lp->cost[j] * (chosen[j] - x[j]);
  }
  return fabs(change) <= 1e-9 * fmax(1, fabs(before));
}

pl_status pl_face_settle(const pl_lp *lp, int n_rules, const double *const *cost,
                         const pl_solve_options *by, pl_solution *x, bool *is_free, pl_diag *diag) {
  settling t = {by, false, pl_arena_new(), pl_diag_new()};
  if (is_free) memset(is_free, 0, (size_t)lp->n_cols * sizeof *is_free);
  double *value = copied(x->col_value, lp->n_cols, t.arena);
  pl_status s = settle(&t, lp, x, n_rules, cost, value, is_free);
  pl_diag_free(t.diag);
  if (s != PL_OK && s != PL_STOPPED) {
    t.loose = true;
    t.diag = diag;
    s = settle(&t, lp, x, n_rules, cost, value, is_free);
  }
  if (s == PL_OK && !costs_the_same(lp, x->col_value, value)) s = PL_SOLVER;
  if (s == PL_OK) {
    memcpy(x->col_value, value, (size_t)lp->n_cols * sizeof *value);
    pl_lp_complete(lp, x);
  }
  pl_arena_free(t.arena);
  return s;
}
