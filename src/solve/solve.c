/* Chooses how a program is solved, by its structure; certifies the result; falls back to HiGHS,
 * which also provides warm starts. A large program is solved in a thread that can be left behind,
 * so that a stop takes effect soon whatever that thread is doing (decision 16). */
#include "solve/solve.h"

#include <math.h>
#include <string.h>

#include "base/errand.h"
#include "solve/highs.h"

struct pl_solver {
  atomic_int holders; /* the caller, and a run that was left behind */
  bool left;          /* a run was left behind: the solver is not used again */
  bool again;         /* the last answer took more than one run */
  pl_arena *arena;    /* this struct's own arrays */
  const pl_lp *given;
  pl_lp lp; /* the current program: given's arrays, or ours where something was replaced */
  pl_solve_options options;
  pl_watch watch;
  pl_crew *crew;
  pl_highs *highs; /* NULL until it is needed */
};

const char *pl_solver_version(void) { return pl_highs_version(); }

/* --- Making and changing ---------------------------------------------------------------------- */

static bool is_mixed(const pl_lp *lp) { return lp->n_integer > 0; }

/* HiGHS is created when it is first needed; it reports errors of the program then. */
static pl_status need_highs(pl_solver *s, pl_diag *diag) {
  if (s->highs) return PL_OK;
  return pl_highs_new(&s->lp, &s->options, &s->watch, &s->highs, diag);
}

static pl_method choose(const pl_solver *s);

enum { SOON = 20000 }; /* entries: on a smaller program, what cannot be interrupted is soon over */

static bool may_be_left(const pl_solve_options *o, const pl_lp *lp) {
  return pl_may_stop(o) && lp->n_entries >= SOON;
}

static void *copied(pl_arena *a, const void *from, long n, size_t size) {
  return from ? memcpy(pl_arena_alloc(a, (size_t)n + 1, size), from, (size_t)n * size) : NULL;
}

/* The caller's own may be freed while a run that was left behind reads it. */
static const pl_lp *copy_of(const pl_lp *lp, pl_arena *a) {
  pl_lp *own = PL_NEW(a, pl_lp);
  long const n = lp->n_cols, m = lp->n_rows;
  *own = *lp;
  own->cost = copied(a, lp->cost, n, sizeof *lp->cost);
  own->lower = copied(a, lp->lower, n, sizeof *lp->lower);
  own->upper = copied(a, lp->upper, n, sizeof *lp->upper);
  own->row_lower = copied(a, lp->row_lower, m, sizeof *lp->row_lower);
  own->row_upper = copied(a, lp->row_upper, m, sizeof *lp->row_upper);
  own->start = copied(a, lp->start, n + 1, sizeof *lp->start);
  own->index = copied(a, lp->index, lp->n_entries, sizeof *lp->index);
  own->value = copied(a, lp->value, lp->n_entries, sizeof *lp->value);
  own->integer = copied(a, lp->integer, n, sizeof *lp->integer);
  own->when = copied(a, lp->when, n, sizeof *lp->when);
  own->row_when = copied(a, lp->row_when, m, sizeof *lp->row_when);
  return own;
}

pl_status pl_solver_new(const pl_lp *lp, const pl_solve_options *options, pl_solver **out,
                        pl_diag *diag) {
  if (!pl_kernel_is_there(options->kernel))
    return pl_fail(diag, PL_SOLVER, PL_NOWHERE, "this processor does not support %s",
                   pl_kernel_name(options->kernel));
  pl_arena *a = pl_arena_new();
  pl_solver *s = PL_NEW(a, pl_solver);
  s->arena = a;
  s->options = *options;
  atomic_init(&s->holders, 1);
  s->given = may_be_left(options, lp) ? copy_of(lp, a) : lp;
  s->lp = *s->given;
  if (s->given != lp) pl_watch_make_room(&s->watch, lp->n_cols, lp->n_rows, a);
  pl_watch_begin(&s->watch, &s->options);
  pl_status const status = choose(s) == PL_METHOD_SIMPLEX ? need_highs(s, diag) : PL_OK;
  if (status == PL_OK)
    *out = s;
  else
    pl_solver_free(s);
  return status;
}

void pl_solver_free(pl_solver *s) {
  if (!s || atomic_fetch_sub(&s->holders, 1) > 1) return;
  pl_highs_free(s->highs);
  pl_crew_free(s->crew);
  pl_arena_free(s->arena);
}

/* The array to write into: our own copy, made the first time, so that the caller's stays
 * unchanged. */
static double *own(pl_solver *s, double **array, const double *given) {
  if (*array == given) {
    *array = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
    memcpy(*array, given, (size_t)s->lp.n_cols * sizeof **array);
  }
  return *array;
}

pl_status pl_solver_set_costs(pl_solver *s, const double *cost, pl_diag *diag) {
  if (s->lp.n_cols == 0 || s->left) return PL_OK;
  if (s->highs) PL_TRY(pl_highs_set_costs(s->highs, cost, diag));
  memcpy(own(s, &s->lp.cost, s->given->cost), cost, (size_t)s->lp.n_cols * sizeof *cost);
  return PL_OK;
}

pl_status pl_solver_set_bounds(pl_solver *s, int n, const int *col, const double *lower,
                               const double *upper, pl_diag *diag) {
  if (s->left) return PL_OK;
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
  if (s->highs && !s->left) pl_highs_keep_basis(s->highs);
}

bool pl_solver_went_again(const pl_solver *s) { return s->again; }

void pl_solver_go_on(pl_solver *s) {
  if (s->highs && !s->left) pl_highs_go_on(s->highs);
}

/* --- Choosing --------------------------------------------------------------------------------- */

enum {
  LARGE = 50000
}; /* entries: below this, the simplex is quick enough that nothing else pays off */

static bool goes_by_structure(const pl_solver *s) {
  return s->options.once && !s->highs && s->lp.n_entries >= LARGE;
}

static pl_method choose(const pl_solver *s) {
  if (s->options.method != PL_METHOD_AUTO || goes_by_structure(s)) return s->options.method;
  return PL_METHOD_SIMPLEX;
}

/* --- Running ---------------------------------------------------------------------------------- */

static void keep_telling(void *watch) { (void)pl_watch_tell(watch, NULL, 0, NAN, NAN); }

static void need_crew(pl_solver *s) {
  if (s->crew) return;
  s->crew = pl_crew_new(s->options.threads);
  pl_crew_while_waiting(s->crew, keep_telling, &s->watch);
}

typedef struct { /* what a method without an answer leaves for HiGHS to start from */
  pl_arena *arena;
  unsigned char *col, *row; /* a basis, or NULL */
  double *point;            /* [n_cols] an integer plan, or NULL, */
  double bound;             /* and the bound proven for any plan so far */
  const char *from;         /* the method, NULL = nothing is left */
  pl_solution *rough;       /* the nearest to an answer, NULL */
} beginning;

static void leave(const pl_lp *lp, const pl_proposal *p, beginning *b) {
  if (!p->has_basis && !p->has_point) return;
  b->from = p->x.method;
  if (p->has_point) {
    b->point = copied(b->arena, p->x.col_value, lp->n_cols, sizeof *b->point);
    b->bound = p->x.bound;
  }
  if (!p->has_basis) return;
  b->col = copied(b->arena, p->col_basis, lp->n_cols, sizeof *b->col);
  b->row = copied(b->arena, p->row_basis, lp->n_rows, sizeof *b->row);
}

/* An answer by a method that uses structure; NULL if it has none that is certified, and then a
 * basis to start from, if it left one. */
static pl_solution *run_structured(pl_solver *s, pl_method_solve *method, bool patient,
                                   pl_arena *arena, beginning *b) {
  pl_arena *scratch = pl_arena_new();
  pl_proposal p;
  pl_proposal_begin(&s->lp, scratch, &p);
  need_crew(s);
  pl_task const task = {&s->lp, &s->options, &s->watch, s->crew, patient};
  bool const found = method(&task, scratch, &p),
             answers = found && pl_proposal_is_certain(&s->lp, s->options.gap, &p, scratch);
  pl_solution *out = answers ? pl_solution_keep(&s->lp, &p.x, arena) : NULL;
  if (!out) leave(&s->lp, &p, b);
  if (!out && s->options.rough && (found || p.is_rough) && pl_proposal_is_near(&s->lp, &p, scratch))
    b->rough = pl_solution_keep(&s->lp, &p.x, arena);
  pl_arena_free(scratch);
  return out;
}

/* Our own interior point, which does not suffer from ill-conditioned bases; then an attempt to
 * prove infeasibility. PL_SOLVER: neither. */
static pl_status run_without_highs(pl_solver *s, beginning *b, pl_arena *arena, pl_solution **x) {
  *x = b->rough ? NULL : run_structured(s, pl_interior_solve, true, arena, b);
  if (*x) return PL_OK;
  pl_arena *scratch = pl_arena_new();
  need_crew(s);
  pl_task const task = {&s->lp, &s->options, &s->watch, s->crew, true};
  bool const refuted = !pl_watch_stopped(&s->watch) && pl_refute(&task, scratch);
  pl_arena_free(scratch);
  return refuted ? PL_INFEASIBLE : PL_SOLVER;
}

/* After HiGHS gave up: another method or a proof of infeasibility; then HiGHS with its full
 * budget. */
static pl_status run_in_doubt(pl_solver *s, beginning *b, pl_arena *arena, pl_solution **x,
                              pl_diag *diag) {
  if (!is_mixed(&s->lp)) {
    pl_status const status = run_without_highs(s, b, arena, x);
    if (status != PL_SOLVER) return status;
  }
  if (pl_watch_stopped(&s->watch)) return pl_watch_say_stopped(&s->watch, false, diag);
  if (!b->rough) return pl_highs_run(s->highs, arena, x, diag);
  bool gave_up;
  return pl_highs_try(s->highs, arena, x, &gave_up, diag);
}

static pl_refuted missing_says(pl_solver *s) {
  pl_arena *scratch = pl_arena_new();
  pl_task const task = {&s->lp, &s->options, &s->watch, s->crew, true};
  pl_refuted const r = pl_refute_by_simplex(&task, scratch);
  pl_arena_free(scratch);
  return r;
}

/* HiGHS reports infeasibility. That is not enough: its ray must prove it, or the prices of the
 * least violation; and if no violation is needed, other methods look for the answer. For large
 * programs, whose rays may take long, the reasons are the proof (diagnose/infeasible.c): they are
 * an answer with a certificate. */
static pl_status run_disputed(pl_solver *s, beginning *b, pl_arena *arena, pl_solution **x,
                              pl_diag *diag) {
  if (is_mixed(&s->lp) || s->lp.n_entries >= LARGE || pl_highs_refutes(s->highs))
    return PL_INFEASIBLE;
  if (missing_says(s) != PL_REFUTED_NEVER) return PL_INFEASIBLE;
  pl_status const status = run_without_highs(s, b, arena, x);
  if (pl_watch_stopped(&s->watch)) return pl_watch_say_stopped(&s->watch, false, diag);
  if (status != PL_SOLVER) return status;
  return pl_highs_run(s->highs, arena, x, diag);
}

static pl_status run_simplex(pl_solver *s, beginning *b, pl_arena *arena, pl_solution **x,
                             pl_diag *diag) {
  bool gave_up = false;
  PL_TRY(need_highs(s, diag));
  if (b->col) pl_highs_begin_from(s->highs, b->col, b->row);
  if (b->point) pl_highs_start_at(s->highs, b->point);
  pl_status status = pl_highs_try(s->highs, arena, x, &gave_up, diag);
  s->again = gave_up || pl_highs_runs(s->highs) > 1;
  if (gave_up)
    status = run_in_doubt(s, b, arena, x, diag);
  else if (status == PL_INFEASIBLE)
    status = run_disputed(s, b, arena, x, diag);
  if (b->point && *x) (*x)->bound = fmin(fmax(b->bound, (*x)->bound), (*x)->objective);
  if (b->from && *x) (*x)->method = pl_arena_printf(arena, "%s, then %s", b->from, (*x)->method);
  if (*x || !b->rough || status == PL_STOPPED) return status;
  *x = b->rough;
  (*x)->is_rough = true;
  return PL_OK;
}

static pl_status run_here(pl_solver *s, pl_arena *arena, pl_solution **out, pl_diag *diag) {
  pl_method_solve *way[PL_MOST_WAYS];
  int const ways = pl_methods_for(&s->lp, choose(s), way);
  pl_arena *a = pl_arena_new();
  beginning b = {.arena = a};
  pl_solution *x = NULL;
  for (int k = 0; k < ways && !x && !b.from && !pl_watch_stopped(&s->watch); k++)
    x = run_structured(s, way[k], false, arena, &b);
  pl_status status = PL_OK;
  if (!x && ways > 0 && pl_watch_stopped(&s->watch))
    status = pl_watch_say_stopped(&s->watch, false, diag);
  else if (!x)
    status = run_simplex(s, &b, arena, &x, diag);
  pl_arena_free(a);
  if (!x) return status;
  x->seconds = pl_watch_seconds(&s->watch);
  *out = x;
  if (status == PL_OK && x->state == PL_SOLVED_STOPPED)
    return pl_watch_say_stopped(&s->watch, true, diag);
  return status;
}

/* --- Running where it can be left behind ------------------------------------------------------ */

static const double grace_s = 0.3; /* for a stopped run to return what it has */

typedef struct {
  pl_solver *s;
  pl_arena *arena;
  pl_diag *diag;
  pl_solution *x;
  pl_status status;
} job;

static void do_job(void *user) {
  job *j = user;
  j->status = run_here(j->s, j->arena, &j->x, j->diag);
}

static void free_job(void *user) {
  job *j = user;
  pl_solver_free(j->s);
  pl_diag_free(j->diag);
  pl_arena_free(j->arena); /* with j in it */
}

static bool waits_on(void *watch) { return pl_watch_tell(watch, NULL, 0, NAN, NAN); }

/* The best plan found when the run was stopped; NULL if there was none, or if it turns out not to
 * be a plan. */
static pl_solution *in_hand(pl_solver *s, pl_arena *arena) {
  const pl_lp *lp = &s->lp;
  pl_arena *scratch = pl_arena_new();
  pl_proposal p;
  pl_proposal_begin(lp, scratch, &p);
  pthread_mutex_lock(&s->watch.lock);
  pl_in_hand const *h = &s->watch.in_hand;
  bool const there = h->there;
  if (there) memcpy(p.x.col_value, h->value, (size_t)lp->n_cols * sizeof *h->value);
  if (there && h->priced) memcpy(p.x.row_dual, h->row_dual, (size_t)lp->n_rows * sizeof *h->value);
  double const proven = h->bound;
  pthread_mutex_unlock(&s->watch.lock);
  p.x.state = PL_SOLVED_STOPPED;
  p.x.method = "the best plan found before the stop";
  for (int j = 0; j < lp->n_cols && is_mixed(lp); j++)
    if (lp->integer[j]) p.x.col_value[j] = nearbyint(p.x.col_value[j]);
  pl_lp_complete(lp, &p.x);
  pl_solution *x = there && pl_proposal_is_certain(&s->lp, s->options.gap, &p, scratch)
                       ? pl_solution_keep(lp, &p.x, arena)
                       : NULL;
  if (x) x->bound = fmin(proven, x->objective);
  pl_arena_free(scratch);
  return x;
}

static pl_status give_in_hand(pl_solver *s, pl_arena *arena, pl_solution **out, pl_diag *diag) {
  pl_solution *x = in_hand(s, arena);
  if (!x) return pl_watch_say_stopped(&s->watch, false, diag);
  x->seconds = pl_watch_seconds(&s->watch);
  *out = x;
  return pl_watch_say_stopped(&s->watch, true, diag);
}

static pl_status take_over(pl_solver *s, job *j, pl_arena *arena, pl_solution **out,
                           pl_diag *diag) {
  if (j->status == PL_STOPPED && !j->x) return give_in_hand(s, arena, out, diag);
  if (j->x) {
    *out = pl_solution_keep(&s->lp, j->x, arena);
    (*out)->method = pl_arena_strdup(arena, j->x->method);
  }
  for (int i = 0; i < pl_diag_size(j->diag); i++) {
    const pl_message *m = pl_diag_at(j->diag, i);
    (void)pl_fail(diag, m->status, m->place, "%s", m->text); /* a solver reports only errors */
  }
  return j->status;
}

static pl_status run_apart(pl_solver *s, pl_arena *arena, pl_solution **out, pl_diag *diag) {
  pl_arena *a = pl_arena_new();
  job *j = PL_NEW(a, job);
  *j = (job){.s = s, .arena = a, .diag = pl_diag_new()};
  atomic_fetch_add(&s->holders, 1);
  pl_errand const e = {do_job, free_job, waits_on, &s->watch, grace_s};
  if (!pl_errand_do(&e, j)) {
    s->left = true;
    return give_in_hand(s, arena, out, diag);
  }
  pl_status const status = take_over(s, j, arena, out, diag);
  free_job(j);
  return status;
}

pl_status pl_solver_run(pl_solver *s, pl_arena *arena, pl_solution **out, pl_diag *diag) {
  if (s->left) return pl_watch_say_stopped(&s->watch, false, diag);
  pl_watch_begin(&s->watch, &s->options);
  if (!may_be_left(&s->options, s->given)) return run_here(s, arena, out, diag);
  if (!pl_watch_tell(&s->watch, "presolve", 0, NAN, NAN))
    return pl_watch_say_stopped(&s->watch, false, diag);
  return run_apart(s, arena, out, diag);
}
