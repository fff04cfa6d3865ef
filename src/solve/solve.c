/* Chooses how a program is solved, by its structure; certifies what comes out; falls back to HiGHS,
 * which also is what keeps warm. */
#include "solve/solve.h"

#include <math.h>
#include <string.h>

#include "solve/highs.h"

struct pl_solver {
  pl_arena *arena; /* this struct's own arrays */
  const pl_lp *given;
  pl_lp lp; /* as it stands: given's arrays, or ours where something was replaced */
  pl_solve_options options;
  pl_watch watch;
  pl_crew *crew;
  pl_highs *highs; /* NULL until it is needed */
};

static const char *const method_name[] = {
#define M(name, word, help) word,
#include "solve/method.def"
#undef M
};

const char *pl_method_name(pl_method m) { return method_name[m]; }

int pl_method_find(const char *name) {
  for (int m = 0; m < PL_METHODS; m++)
    if (strcmp(method_name[m], name) == 0) return m;
  return -1;
}

const char *pl_solver_version(void) { return pl_highs_version(); }

/* --- Making and changing ---------------------------------------------------------------------- */

static bool is_mixed(const pl_lp *lp) { return lp->n_integer > 0; }

/* HiGHS is made when it is first needed; what is wrong with the program it says then. */
static pl_status need_highs(pl_solver *s, pl_diag *diag) {
  if (s->highs) return PL_OK;
  return pl_highs_new(&s->lp, &s->options, &s->watch, &s->highs, diag);
}

static pl_method choose(const pl_solver *s);

pl_status pl_solver_new(const pl_lp *lp, const pl_solve_options *options, pl_solver **out,
                        pl_diag *diag) {
  pl_arena *a = pl_arena_new();
  pl_solver *s = PL_NEW(a, pl_solver);
  s->arena = a;
  s->given = lp;
  s->lp = *lp;
  s->options = *options;
  pl_watch_begin(&s->watch, &s->options);
  pl_status const status = choose(s) == PL_METHOD_SIMPLEX ? need_highs(s, diag) : PL_OK;
  if (status == PL_OK)
    *out = s;
  else
    pl_solver_free(s);
  return status;
}

void pl_solver_free(pl_solver *s) {
  if (!s) return;
  pl_highs_free(s->highs);
  pl_crew_free(s->crew);
  pl_arena_free(s->arena);
}

/* The array to write into: our own copy, made the first time, so that the caller's stays as it is.
 */
static double *own(pl_solver *s, double **array, const double *given) {
  if (*array == given) {
    *array = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
    memcpy(*array, given, (size_t)s->lp.n_cols * sizeof **array);
  }
  return *array;
}

pl_status pl_solver_set_costs(pl_solver *s, const double *cost, pl_diag *diag) {
  if (s->lp.n_cols == 0) return PL_OK;
  if (s->highs) PL_TRY(pl_highs_set_costs(s->highs, cost, diag));
  memcpy(own(s, &s->lp.cost, s->given->cost), cost, (size_t)s->lp.n_cols * sizeof *cost);
  return PL_OK;
}

pl_status pl_solver_set_bounds(pl_solver *s, int n, const int *col, const double *lower,
                               const double *upper, pl_diag *diag) {
  if (s->highs) PL_TRY(pl_highs_set_bounds(s->highs, n, col, lower, upper, diag));
  double *own_lower = own(s, &s->lp.lower, s->given->lower);
  double *own_upper = own(s, &s->lp.upper, s->given->upper);
  for (int k = 0; k < n; k++) {
    own_lower[col[k]] = lower[k];
    own_upper[col[k]] = upper[k];
  }
  return PL_OK;
}

void pl_solver_keep_basis(pl_solver *s) {
  if (s->highs) pl_highs_keep_basis(s->highs);
}

void pl_solver_go_on(pl_solver *s) {
  if (s->highs) pl_highs_go_on(s->highs);
}

/* --- Choosing --------------------------------------------------------------------------------- */

enum { LARGE = 100000 }; /* entries: below, the simplex is quick enough that nothing else pays */

static pl_method choose(const pl_solver *s) {
  if (s->options.method != PL_METHOD_AUTO) return s->options.method;
  if (!s->options.once || s->highs) return PL_METHOD_SIMPLEX;
  if (s->lp.n_entries < LARGE || !s->lp.when) return PL_METHOD_SIMPLEX;
  return is_mixed(&s->lp) ? PL_METHOD_ROLLING : PL_METHOD_WINDOWS;
}

static pl_method_solve *structured(pl_method m, bool mixed) {
  if (mixed) return m == PL_METHOD_ROLLING ? pl_rolling_solve : NULL;
  switch (m) {
  case PL_METHOD_INTERIOR: return pl_interior_solve;
  case PL_METHOD_VERTEX: return pl_corner_solve;
  case PL_METHOD_WINDOWS: return pl_windows_solve;
  case PL_METHOD_AUTO:
  case PL_METHOD_SIMPLEX:
  case PL_METHOD_ROLLING:
  case PL_METHODS: break;
  }
  return NULL;
}

/* --- Running ---------------------------------------------------------------------------------- */

static const double certain = 1e-6; /* an answer is given out if it is certified to this */

static void *array(pl_arena *a, int n, size_t size) {
  return pl_arena_alloc(a, (size_t)n + 1, size);
}

void pl_proposal_begin(const pl_lp *lp, pl_arena *a, pl_proposal *p) {
  *p = (pl_proposal){.x = {.col_value = array(a, lp->n_cols, sizeof(double)),
                           .col_dual = array(a, lp->n_cols, sizeof(double)),
                           .row_value = array(a, lp->n_rows, sizeof(double)),
                           .row_dual = array(a, lp->n_rows, sizeof(double)),
                           .bound = -INFINITY},
                     .col_basis = array(a, lp->n_cols, 1),
                     .row_basis = array(a, lp->n_rows, 1)};
}

/* Numbers as large as the program's own are what feasibility is measured by. */
static double largest(const double *v, int n) {
  double most = 1;
  for (int i = 0; i < n; i++)
    if (isfinite(v[i])) most = fmax(most, fabs(v[i]));
  return most;
}

/* Keep the proposal if our own certificate says that it is an answer. */
static bool is_certain(const pl_solver *s, pl_proposal *p, pl_arena *scratch) {
  const pl_lp *lp = &s->lp;
  pl_certificate c;
  pl_lp_certify(lp, &p->x, scratch, &c);
  double const room = certain * largest(p->x.col_value, lp->n_cols);
  double const dear = certain * largest(lp->cost, lp->n_cols);
  double const gap = is_mixed(lp) ? fmax(certain, s->options.gap) : certain;
  p->x.objective = c.objective;
  if (!is_mixed(lp)) p->x.bound = c.objective;
  if (c.primal_infeasibility > room || c.integrality > certain) return false;
  return p->x.state == PL_SOLVED_STOPPED || (c.dual_infeasibility <= dear && c.gap <= gap);
}

static void keep_telling(void *watch) { (void)pl_watch_tell(watch, NULL, 0, NAN, NAN); }

static void need_crew(pl_solver *s) {
  if (s->crew) return;
  s->crew = pl_crew_new(s->options.threads);
  pl_crew_while_waiting(s->crew, keep_telling, &s->watch);
}

/* An answer by a method that goes by structure; NULL where it has none that holds. Where it leaves
 * a basis, the simplex may go on from there. */
static pl_solution *run_structured(pl_solver *s, pl_method_solve *method, pl_arena *arena,
                                   pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  pl_proposal p;
  pl_proposal_begin(&s->lp, scratch, &p);
  need_crew(s);
  pl_task const task = {&s->lp, &s->options, &s->watch, s->crew};
  pl_solution *out = NULL;
  if (method(&task, scratch, &p) && is_certain(s, &p, scratch)) {
    out = PL_NEW(arena, pl_solution);
    *out = p.x;
    size_t const n = (size_t)s->lp.n_cols * sizeof(double),
                 m = (size_t)s->lp.n_rows * sizeof(double);
    out->col_value = memcpy(array(arena, s->lp.n_cols, sizeof(double)), p.x.col_value, n);
    out->col_dual = memcpy(array(arena, s->lp.n_cols, sizeof(double)), p.x.col_dual, n);
    out->row_value = memcpy(array(arena, s->lp.n_rows, sizeof(double)), p.x.row_value, m);
    out->row_dual = memcpy(array(arena, s->lp.n_rows, sizeof(double)), p.x.row_dual, m);
  }
  if (!out && (p.has_basis || p.has_point) && need_highs(s, diag) == PL_OK) {
    if (p.has_basis) pl_highs_begin_from(s->highs, p.col_basis, p.row_basis);
    if (p.has_point) pl_highs_start_at(s->highs, p.x.col_value);
  }
  pl_arena_free(scratch);
  return out;
}

pl_status pl_solver_run(pl_solver *s, pl_arena *arena, pl_solution **out, pl_diag *diag) {
  pl_watch_begin(&s->watch, &s->options);
  pl_method_solve *method = structured(choose(s), is_mixed(&s->lp));
  pl_solution *x = method ? run_structured(s, method, arena, diag) : NULL;
  pl_status status = PL_OK;
  if (!x && pl_watch_stopped(&s->watch)) return pl_watch_say_stopped(&s->watch, false, diag);
  if (!x) {
    PL_TRY(need_highs(s, diag));
    status = pl_highs_run(s->highs, arena, &x, diag);
  }
  if (!x) return status;
  x->seconds = pl_watch_seconds(&s->watch);
  *out = x;
  if (status == PL_OK && x->state == PL_SOLVED_STOPPED)
    return pl_watch_say_stopped(&s->watch, true, diag);
  return status;
}
