#include "value/farm.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "chain/clause.h"
#include "value/hold.h"
#include "value/ledger.h"

void pl_farm_init(pl_farm *f, const pl_program *p, const int *active, int n_active,
                  const pl_value_options *options, pl_arena *a) {
  *f = (pl_farm){.program = p,
                 .active = active,
                 .n_active = n_active,
                 .options = options,
                 .n_parties = p->c->n_parties,
                 .arena = a};
  size_t const n = (size_t)f->n_parties;
  f->cost = PL_NEW_ARRAY(a, double *, n);
  f->offset = PL_NEW_ARRAY(a, double, n);
  bool *party = PL_NEW_ARRAY(a, bool, n);
  f->ties = pl_ties_of(p, a);
  for (int q = 0; q < f->n_parties; q++) {
    memset(party, 0, n * sizeof *party);
    party[q] = true;
    f->cost[q] = PL_NEW_ARRAY(a, double, (size_t)p->lp.n_cols + 1);
    pl_program_price_of(p, p->c->quotes, party, f->cost[q], &f->offset[q]);
  }
}

unsigned pl_farm_inside(const pl_farm *f, unsigned coalition) {
  unsigned mask = 0;
  for (int i = 0; i < f->n_active; i++) {
    bool in = true;
    for (int q = 0; q < f->n_parties; q++)
      if (pl_agreement_has_party(&f->program->c->agreements[f->active[i]], q))
        in &= coalition >> q & 1;
    if (in) mask |= 1u << i;
  }
  return mask;
}

/* Party q's own money in the plan x. */
static double account_of(const pl_farm *f, int q, const pl_solution *x) {
  double sum = f->offset[q];
  for (int j = 0; j < f->program->lp.n_cols; j++) sum += f->cost[q][j] * x->col_value[j];
  return -sum;
}

/* Tasks whose plans are not kept and which differ only in agreements are chained: each starts from
 * the previous one, in an order in which neighbours differ in one agreement. A chain is long enough
 * for the start to matter little, and short enough to leave work for all threads. All other tasks
 * stand alone. */
enum { IN_A_ROW = 16 };

typedef struct {
  int *task;        /* [tasks] in the order in which they are solved */
  int *row, n_rows; /* [n_rows + 1] where each chain of tasks begins */
} schedule;

typedef struct { /* shared by all threads */
  const schedule *schedule;
  atomic_int next; /* row */
  atomic_int done;
  atomic_int working; /* threads beside the caller's */
  atomic_bool stop;
} shared;

typedef struct { /* one thread's */
  const pl_farm *f;
  pl_farm_task *tasks;
  int n, index;
  pl_solver *solver;
  pl_arena *arena;
  pl_diag *diag;
  double *cost;
  bool *in_force, *holds; /* agreements; their states */
  int *column;
  double *lower, *upper;
  pl_lp lp;      /* the task's program, with costs and bounds of its own */
  double *joint; /* [n_cols] the joint plan */
  shared *shared;
  int row, failed; /* the chain that it began last, and the task */
  pl_status status;
} worker;

/* The calling thread reports the progress of all. */
static bool tell(worker *w) {
  const pl_value_options *o = w->f->options;
  if (w->index == 0 && o->told && !o->told(atomic_load(&w->shared->done), w->n, o->user))
    atomic_store(&w->shared->stop, true);
  return !atomic_load(&w->shared->stop);
}

static bool told_while_solving(const pl_progress *p, void *user) {
  (void)p;
  return tell(user);
}

/* Outsiders count with a tiny weight, which costs the others nothing noticeable: without any money
 * of theirs the program would leave their choices open and be hard to solve. */
static const double outsider = 1e-6;

static pl_status set_task(worker *w, const pl_farm_task *t) {
  const pl_farm *f = w->f;
  int const cols = f->program->lp.n_cols;
  memset(w->cost, 0, (size_t)cols * sizeof *w->cost);
  for (int q = 0; q < f->n_parties; q++) {
    double const weight = t->parties >> q & 1 ? 1 : outsider;
    for (int j = 0; j < cols; j++) w->cost[j] += weight * f->cost[q][j];
  }
  pl_program_break_ties(f->program, w->cost);
  memset(w->in_force, 0, (size_t)f->program->c->n_agreements * sizeof *w->in_force);
  for (int i = 0; i < f->n_active; i++) w->in_force[f->active[i]] = t->agreements >> i & 1;
  pl_program_hold(f->program, PL_NOUN_agreement, w->in_force, w->holds);
  int const n = pl_program_switch(f->program, w->holds, w->column, w->lower, w->upper);
  if (t->free >= 0) pl_hold_others(f->program, w->joint, t->free, n, w->column, w->lower, w->upper);
  memcpy(w->lp.lower, f->program->lp.lower, (size_t)cols * sizeof *w->lp.lower);
  memcpy(w->lp.upper, f->program->lp.upper, (size_t)cols * sizeof *w->lp.upper);
  for (int k = 0; k < n; k++) {
    w->lp.lower[w->column[k]] = w->lower[k];
    w->lp.upper[w->column[k]] = w->upper[k];
  }
  PL_TRY(pl_solver_set_costs(w->solver, w->cost, w->diag));
  return pl_solver_set_bounds(w->solver, n, w->column, w->lower, w->upper, w->diag);
}

static void copy_out(const worker *w, pl_farm_task *t, const pl_solution *x) {
  for (int q = 0; q < w->f->n_parties; q++) t->account[q] = account_of(w->f, q, x);
  t->within = pl_solution_resolution(&w->lp, x);
  t->value = 0;
  for (int q = 0; q < w->f->n_parties; q++)
    if (t->parties >> q & 1) t->value += t->account[q];
}

/* Results to keep are written into arrays allocated beforehand, since an arena belongs to one
 * thread. */
static void keep_plan(const pl_lp *lp, const pl_farm_task *t, const pl_solution *from) {
  pl_solution *to = t->plan;
  pl_solution const arrays = *to;
  *to = *from;
  (void)snprintf(t->method, PL_FARM_METHOD, "%s", from->method);
  to->method = t->method;
  to->col_value = arrays.col_value;
  to->col_dual = arrays.col_dual;
  to->row_value = arrays.row_value;
  to->row_dual = arrays.row_dual;
  memcpy(to->col_value, from->col_value, (size_t)lp->n_cols * sizeof(double));
  memcpy(to->col_dual, from->col_dual, (size_t)lp->n_cols * sizeof(double));
  memcpy(to->row_value, from->row_value, (size_t)lp->n_rows * sizeof(double));
  memcpy(to->row_dual, from->row_dual, (size_t)lp->n_rows * sizeof(double));
}

static void forget(double *x, int n) {
  for (int i = 0; i < n; i++) x[i] = (double)NAN;
}

/* No plan: somebody depends on the agreements of others. The values are NAN and there is no
 * plan. */
static void no_plan(const worker *w, pl_farm_task *t) {
  const pl_lp *lp = &w->f->program->lp;
  t->value = (double)NAN;
  forget(t->account, w->f->n_parties);
  if (!t->keep) return;
  forget(t->plan->col_value, lp->n_cols);
  forget(t->plan->col_dual, lp->n_cols);
  forget(t->plan->row_value, lp->n_rows);
  forget(t->plan->row_dual, lp->n_rows);
}

/* Settle on one of the equally good plans and set its ledger, since kept plans are shown. Prices
 * are settled for the joint plan only. */
static pl_status settle(worker *w, const pl_farm_task *t, pl_solution *x) {
  const pl_farm *f = w->f;
  bool const joint = t->free < 0 && t->parties == (1u << f->n_parties) - 1 &&
                     t->agreements == (1u << f->n_active) - 1;
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  options.progress = told_while_solving;
  options.user = w;
  PL_TRY(pl_settle(&w->lp, &f->ties, joint ? PL_SETTLE_PLAN_AND_PRICES : PL_SETTLE_PLAN, &options,
                   x, NULL));
  return pl_value_ledger(f->program, x, w->diag);
}

static pl_status do_task(worker *w, pl_farm_task *t) {
  pl_solution *x = NULL;
  PL_TRY(set_task(w, t));
  pl_status const s = pl_solver_run(w->solver, w->arena, &x, w->diag);
  t->again = pl_solver_went_again(w->solver);
  if (s == PL_UNBOUNDED && t->may_be_endless) {
    t->value = (double)INFINITY;
    return PL_OK;
  }
  if (s == PL_INFEASIBLE) {
    no_plan(w, t);
    return PL_OK;
  }
  PL_TRY(s);
  if (t->keep) PL_TRY(settle(w, t, x));
  copy_out(w, t, x);
  if (t->keep) keep_plan(&w->f->program->lp, t, x);
  pl_arena_reset(w->arena);
  return PL_OK;
}

/* Every thread begins with the joint plan, whose basis is the start of all its solves. */
static pl_status begin(worker *w) {
  const pl_farm *f = w->f;
  pl_farm_task const joint = {
      .parties = (1u << f->n_parties) - 1, .agreements = (1u << f->n_active) - 1, .free = -1};
  pl_solve_options options = f->options->solve;
  options.progress = told_while_solving;
  options.user = w;
  pl_solution *x = NULL;
  PL_TRY(pl_solver_new(&f->program->lp, &options, &w->solver, w->diag));
  PL_TRY(set_task(w, &joint));
  PL_TRY(pl_solver_run(w->solver, w->arena, &x, w->diag));
  pl_solver_keep_basis(w->solver);
  PL_TRY(settle(w, &joint, x));
  memcpy(w->joint, x->col_value, (size_t)f->program->lp.n_cols * sizeof *w->joint);
  pl_arena_reset(w->arena);
  return PL_OK;
}

static pl_status do_row(worker *w, int row) {
  const schedule *c = w->shared->schedule;
  for (int i = c->row[row]; i < c->row[row + 1]; i++) {
    if (!tell(w)) return PL_STOPPED;
    w->failed = c->task[i];
    if (i > c->row[row]) pl_solver_go_on(w->solver);
    PL_TRY(do_task(w, &w->tasks[c->task[i]]));
    w->tasks[c->task[i]].done = true;
    atomic_fetch_add(&w->shared->done, 1);
  }
  return PL_OK;
}

static void *work(void *data) {
  worker *w = data;
  w->status = begin(w);
  while (w->status == PL_OK) {
    int const row = atomic_fetch_add(&w->shared->next, 1);
    if (row >= w->shared->schedule->n_rows) break;
    w->row = row;
    w->status = do_row(w, row);
  }
  if (w->index > 0) atomic_fetch_sub(&w->shared->working, 1);
  return NULL;
}

/* The calling thread has finished before the others: it still checks whether to stop. */
static void wait_for_others(worker *w) {
  struct timespec const pause = {.tv_nsec = 10000000};
  while (atomic_load(&w->shared->working) > 0) {
    (void)tell(w);
    (void)nanosleep(&pause, NULL);
  }
}

static void worker_init(worker *w, const pl_farm *f, pl_farm_task *tasks, int n, int index,
                        shared *of_all) {
  int const switched = pl_program_switched(f->program);
  size_t const cols = (size_t)f->program->lp.n_cols;
  *w = (worker){.f = f,
                .tasks = tasks,
                .n = n,
                .index = index,
                .failed = of_all->schedule->task[0],
                .shared = of_all,
                .arena = pl_arena_new(),
                .diag = pl_diag_new()};
  w->cost = PL_NEW_ARRAY(f->arena, double, cols + 1);
  w->lp = f->program->lp;
  w->lp.cost = w->cost;
  w->lp.lower = PL_NEW_ARRAY(f->arena, double, cols + 1);
  w->lp.upper = PL_NEW_ARRAY(f->arena, double, cols + 1);
  w->joint = PL_NEW_ARRAY(f->arena, double, cols + 1);
  w->in_force = PL_NEW_ARRAY(f->arena, bool, (size_t)f->program->c->n_agreements + 1);
  w->holds = PL_NEW_ARRAY(f->arena, bool, (size_t)f->program->n_states + 1);
  w->column = PL_NEW_ARRAY(f->arena, int, (size_t)switched + 1);
  w->lower = PL_NEW_ARRAY(f->arena, double, (size_t)switched + 1);
  w->upper = PL_NEW_ARRAY(f->arena, double, (size_t)switched + 1);
}

static void worker_done(worker *w) {
  pl_solver_free(w->solver);
  pl_arena_free(w->arena);
  pl_diag_free(w->diag);
}

static bool is_free_to_go_on(const pl_farm *f, const pl_farm_task *t) {
  return !t->keep && t->free < 0 && t->parties == (1u << f->n_parties) - 1;
}

/* Position of a set in Gray code order, in which neighbours differ in one element. */
static unsigned gray_place(unsigned set) {
  for (unsigned shift = 1; shift < 32; shift <<= 1) set ^= set >> shift;
  return set;
}

typedef struct {
  unsigned place;
  int task;
} placed;

static int by_place(const void *one, const void *other) {
  unsigned const x = ((const placed *)one)->place, y = ((const placed *)other)->place;
  return (x > y) - (x < y);
}

static schedule make_schedule(const pl_farm *f, const pl_farm_task *tasks, int n) {
  placed *joined = PL_NEW_ARRAY(f->arena, placed, (size_t)n + 1);
  schedule c = {.task = PL_NEW_ARRAY(f->arena, int, (size_t)n + 1),
                .row = PL_NEW_ARRAY(f->arena, int, (size_t)n + 2)};
  int n_joined = 0;
  for (int i = 0; i < n; i++) {
    if (is_free_to_go_on(f, &tasks[i]))
      joined[n_joined++] = (placed){gray_place(tasks[i].agreements), i};
    else
      c.task[c.n_rows++] = i;
  }
  qsort(joined, (size_t)n_joined, sizeof *joined, by_place);
  int const alone = c.n_rows;
  for (int i = 0; i < alone; i++) c.row[i] = i;
  for (int i = 0; i < n_joined; i++) {
    if (i % IN_A_ROW == 0) c.row[c.n_rows++] = alone + i;
    c.task[alone + i] = joined[i].task;
  }
  c.row[c.n_rows] = n;
  return c;
}

static void make_room(const pl_farm *f, pl_farm_task *t) {
  size_t const n = (size_t)f->program->lp.n_cols + 1, m = (size_t)f->program->lp.n_rows + 1;
  t->account = PL_NEW_ARRAY(f->arena, double, (size_t)f->n_parties);
  if (!t->keep) return;
  t->plan = PL_NEW(f->arena, pl_solution);
  t->method = PL_NEW_ARRAY(f->arena, char, PL_FARM_METHOD);
  t->plan->col_value = PL_NEW_ARRAY(f->arena, double, n);
  t->plan->col_dual = PL_NEW_ARRAY(f->arena, double, n);
  t->plan->row_value = PL_NEW_ARRAY(f->arena, double, m);
  t->plan->row_dual = PL_NEW_ARRAY(f->arena, double, m);
}

static const char *names(const pl_farm *f, unsigned mask, bool parties) {
  const char *text = "";
  int const n = parties ? f->n_parties : f->n_active;
  for (int i = 0; i < n; i++) {
    if (!(mask >> i & 1)) continue;
    const pl_case *c = f->program->c;
    const char *name = parties ? c->parties[i].name : c->agreements[f->active[i]].name;
    text = pl_arena_printf(f->arena, "%s%s%s", text, *text ? ", " : "", name);
  }
  return *text ? text : "none";
}

static pl_status complain(const pl_farm *f, const worker *w, pl_diag *diag) {
  const pl_farm_task *t = &w->tasks[w->failed];
  if (w->status == PL_STOPPED)
    return pl_fail(diag, PL_STOPPED, PL_NOWHERE, "stopped after %d of %d programs",
                   atomic_load(&w->shared->done), w->n);
  for (int i = 0; i < pl_diag_size(w->diag); i++) {
    const pl_message *m = pl_diag_at(w->diag, i);
    if (m->severity == PL_ERROR) (void)pl_fail(diag, m->status, m->place, "%s", m->text);
  }
  const char *what = w->status == PL_INFEASIBLE  ? "has no plan"
                     : w->status == PL_UNBOUNDED ? "earns without limit"
                                                 : "could not be planned";
  (void)pl_fail(diag, w->status, PL_NOWHERE,
                "for %s, with these agreements in force: %s, the case %s",
                names(f, t->parties, true), names(f, t->agreements, false), what);
  bool const is_case = t->agreements == (1u << f->n_active) - 1 && w->status != PL_SOLVER;
  if (is_case) pl_hint(diag, "potline explain says why");
  return w->status;
}

pl_status pl_farm_run(const pl_farm *f, pl_farm_task *tasks, int n, pl_diag *diag) {
  int const jobs = f->options->jobs < n ? f->options->jobs : n;
  worker *w = PL_NEW_ARRAY(f->arena, worker, (size_t)jobs);
  pthread_t *thread = PL_NEW_ARRAY(f->arena, pthread_t, (size_t)jobs);
  for (int i = 0; i < n; i++) make_room(f, &tasks[i]);
  schedule const rows = make_schedule(f, tasks, n);
  shared of_all = {.schedule = &rows};
  atomic_init(&of_all.next, 0);
  atomic_init(&of_all.done, 0);
  atomic_init(&of_all.stop, false);
  atomic_init(&of_all.working, jobs - 1);
  for (int k = 0; k < jobs; k++) worker_init(&w[k], f, tasks, n, k, &of_all);
  int started = 1;
  while (started < jobs && pthread_create(&thread[started], NULL, work, &w[started]) == 0)
    started++;
  for (int k = started; k < jobs; k++) (void)work(&w[k]); /* no more threads available */
  (void)work(&w[0]);
  wait_for_others(&w[0]);
  for (int k = 1; k < started; k++) (void)pthread_join(thread[k], NULL);
  const worker *first = NULL;
  for (int k = 0; k < jobs; k++)
    if (w[k].status != PL_OK && (!first || w[k].row < first->row)) first = &w[k];
  pl_status const s = first ? complain(f, first, diag) : PL_OK;
  for (int i = 0; s == PL_STOPPED && i < n; i++)
    if (!tasks[i].done) no_plan(&w[0], &tasks[i]);
  for (int k = 0; k < jobs; k++) worker_done(&w[k]);
  return s;
}
