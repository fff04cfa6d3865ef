#include "value/farm.h"

#include <pthread.h>
#include <string.h>

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
  for (int q = 0; q < f->n_parties; q++) {
    memset(party, 0, n * sizeof *party);
    party[q] = true;
    f->cost[q] = PL_NEW_ARRAY(a, double, (size_t)p->lp.n_cols + 1);
    pl_program_price_of(p, p->c->quotes, party, f->cost[q], &f->offset[q]);
  }
}

double pl_farm_account(const pl_farm *f, int q, const pl_solution *x) {
  double sum = f->offset[q];
  for (int j = 0; j < f->program->lp.n_cols; j++) sum += f->cost[q][j] * x->col_value[j];
  return -sum;
}

typedef struct { /* one thread's */
  const pl_farm *f;
  pl_farm_task *tasks;
  int n, first, step; /* it does tasks first, first + step, … */
  pl_solver *solver;
  pl_arena *arena;
  pl_diag *diag;
  double *cost;
  bool *in_force;
  int *column;
  double *lower, *upper;
  int failed; /* task, −1 */
  pl_status status;
} worker;

static pl_status set_task(worker *w, const pl_farm_task *t) {
  const pl_farm *f = w->f;
  int const cols = f->program->lp.n_cols;
  memset(w->cost, 0, (size_t)cols * sizeof *w->cost);
  for (int q = 0; q < f->n_parties; q++)
    for (int j = 0; (t->parties >> q & 1) && j < cols; j++) w->cost[j] += f->cost[q][j];
  memset(w->in_force, 0, (size_t)f->program->c->n_agreements * sizeof *w->in_force);
  for (int i = 0; i < f->n_active; i++) w->in_force[f->active[i]] = t->agreements >> i & 1;
  int const n = pl_program_switch(f->program, w->in_force, w->column, w->lower, w->upper);
  PL_TRY(pl_solver_set_costs(w->solver, w->cost, w->diag));
  return pl_solver_set_bounds(w->solver, n, w->column, w->lower, w->upper, w->diag);
}

static void copy_out(const worker *w, pl_farm_task *t, const pl_solution *x) {
  for (int q = 0; q < w->f->n_parties; q++) t->account[q] = pl_farm_account(w->f, q, x);
  t->value = 0;
  for (int q = 0; q < w->f->n_parties; q++)
    if (t->parties >> q & 1) t->value += t->account[q];
}

/* What is kept goes into arrays that were made for it beforehand, since an arena has one thread. */
static void keep_plan(const pl_lp *lp, pl_solution *to, const pl_solution *from) {
  pl_solution const arrays = *to;
  *to = *from;
  to->col_value = arrays.col_value;
  to->col_dual = arrays.col_dual;
  to->row_value = arrays.row_value;
  to->row_dual = arrays.row_dual;
  memcpy(to->col_value, from->col_value, (size_t)lp->n_cols * sizeof(double));
  memcpy(to->col_dual, from->col_dual, (size_t)lp->n_cols * sizeof(double));
  memcpy(to->row_value, from->row_value, (size_t)lp->n_rows * sizeof(double));
  memcpy(to->row_dual, from->row_dual, (size_t)lp->n_rows * sizeof(double));
}

static pl_status do_task(worker *w, pl_farm_task *t) {
  pl_solution *x = NULL;
  PL_TRY(set_task(w, t));
  PL_TRY(pl_solver_run(w->solver, w->arena, &x, w->diag));
  if (t->keep) PL_TRY(pl_value_ledger(w->f->program, x, w->diag));
  copy_out(w, t, x);
  if (t->keep) keep_plan(&w->f->program->lp, t->plan, x);
  pl_arena_reset(w->arena);
  return PL_OK;
}

/* Every thread begins with the joint plan, whose basis all its solves start from. */
static pl_status begin(worker *w) {
  pl_farm_task joint = {.parties = (1u << w->f->n_parties) - 1,
                        .agreements = (1u << w->f->n_active) - 1};
  pl_solution *x = NULL;
  PL_TRY(pl_solver_new(&w->f->program->lp, &w->f->options->solve, &w->solver, w->diag));
  PL_TRY(set_task(w, &joint));
  PL_TRY(pl_solver_run(w->solver, w->arena, &x, w->diag));
  pl_solver_keep_basis(w->solver);
  pl_arena_reset(w->arena);
  return PL_OK;
}

static void *work(void *data) {
  worker *w = data;
  w->failed = w->first;
  w->status = begin(w);
  for (int i = w->first; w->status == PL_OK && i < w->n; i += w->step) {
    w->failed = i;
    w->status = do_task(w, &w->tasks[i]);
  }
  return NULL;
}

static void worker_init(worker *w, const pl_farm *f, pl_farm_task *tasks, int n, int first,
                        int step) {
  int const switched = pl_program_switched(f->program);
  size_t const cols = (size_t)f->program->lp.n_cols;
  *w = (worker){.f = f,
                .tasks = tasks,
                .n = n,
                .first = first,
                .step = step,
                .arena = pl_arena_new(),
                .diag = pl_diag_new()};
  w->cost = PL_NEW_ARRAY(f->arena, double, cols + 1);
  w->in_force = PL_NEW_ARRAY(f->arena, bool, (size_t)f->program->c->n_agreements + 1);
  w->column = PL_NEW_ARRAY(f->arena, int, (size_t)switched + 1);
  w->lower = PL_NEW_ARRAY(f->arena, double, (size_t)switched + 1);
  w->upper = PL_NEW_ARRAY(f->arena, double, (size_t)switched + 1);
}

static void worker_done(worker *w) {
  pl_solver_free(w->solver);
  pl_arena_free(w->arena);
  pl_diag_free(w->diag);
}

static void make_room(const pl_farm *f, pl_farm_task *t) {
  size_t const n = (size_t)f->program->lp.n_cols + 1, m = (size_t)f->program->lp.n_rows + 1;
  t->account = PL_NEW_ARRAY(f->arena, double, (size_t)f->n_parties);
  if (!t->keep) return;
  t->plan = PL_NEW(f->arena, pl_solution);
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
  for (int i = 0; i < pl_diag_size(w->diag); i++) {
    const pl_message *m = pl_diag_at(w->diag, i);
    if (m->severity == PL_ERROR) (void)pl_fail(diag, m->status, m->place, "%s", m->text);
  }
  const char *what = w->status == PL_INFEASIBLE  ? "has no plan"
                     : w->status == PL_UNBOUNDED ? "earns without end"
                                                 : "could not be planned";
  return pl_fail(diag, w->status, PL_NOWHERE,
                 "with the money of %s and the agreements %s the case %s",
                 names(f, t->parties, true), names(f, t->agreements, false), what);
}

pl_status pl_farm_run(const pl_farm *f, pl_farm_task *tasks, int n, pl_diag *diag) {
  int const jobs = f->options->jobs < n ? f->options->jobs : n;
  worker *w = PL_NEW_ARRAY(f->arena, worker, (size_t)jobs);
  pthread_t *thread = PL_NEW_ARRAY(f->arena, pthread_t, (size_t)jobs);
  for (int i = 0; i < n; i++) make_room(f, &tasks[i]);
  for (int k = 0; k < jobs; k++) worker_init(&w[k], f, tasks, n, k, jobs);
  int started = 1;
  while (started < jobs && pthread_create(&thread[started], NULL, work, &w[started]) == 0)
    started++;
  for (int k = started; k < jobs; k++) (void)work(&w[k]); /* no more threads to be had */
  (void)work(&w[0]);
  for (int k = 1; k < started; k++) (void)pthread_join(thread[k], NULL);
  const worker *first = NULL;
  for (int k = 0; k < jobs; k++)
    if (w[k].status != PL_OK && (!first || w[k].failed < first->failed)) first = &w[k];
  pl_status const s = first ? complain(f, first, diag) : PL_OK;
  for (int k = 0; k < jobs; k++) worker_done(&w[k]);
  return s;
}
