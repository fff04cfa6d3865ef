/* The same agreements on another grid. */
#include "value/grids.h"

#include <math.h>

#include "assemble/assemble.h"
#include "value/worth.h"

typedef struct {
  pl_grid_worth *w;
  pl_program *p;
  pl_farm farm;
  pl_arena *a;
  int *active;
  pl_farm_task *task;
  int n_tasks;
} comparer;

/* Position of each kind of task in the list: all agreements, without each; and unless brief: none,
 * each alone, every party alone. */
static int none(const comparer *u) { return 1 + u->w->n_agreements; }
static int only(const comparer *u, int i) { return none(u) + 1 + i; }
static int apart(const comparer *u, int q) { return only(u, u->w->n_agreements) + q; }

static void list_tasks(comparer *u, bool brief) {
  int const k = u->w->n_agreements, n = u->w->n_parties;
  unsigned const everybody = (1u << n) - 1, everything = (1u << k) - 1;
  u->n_tasks = brief ? none(u) : apart(u, n);
  u->task = PL_NEW_ARRAY(u->a, pl_farm_task, (size_t)u->n_tasks);
  for (int i = 0; i < u->n_tasks; i++)
    u->task[i] = (pl_farm_task){.parties = everybody, .free = -1, .keep = i < none(u)};
  u->task[0].agreements = everything;
  for (int i = 0; i < k; i++) u->task[1 + i].agreements = everything & ~(1u << i);
  for (int i = 0; i < k && !brief; i++) u->task[only(u, i)].agreements = 1u << i;
  for (int q = 0; q < n && !brief; q++) {
    u->task[apart(u, q)].parties = 1u << q;
    u->task[apart(u, q)].agreements = pl_farm_inside(&u->farm, 1u << q);
  }
}

static double *unknown(const comparer *u) {
  double *x = PL_NEW_ARRAY(u->a, double, (size_t)u->w->n_parties);
  for (int q = 0; q < u->w->n_parties; q++) x[q] = (double)NAN;
  return x;
}

static void fill(comparer *u, bool brief) {
  pl_grid_worth *w = u->w;
  const pl_farm_task *all = &u->task[0];
  w->all = all->value;
  w->account_all = all->account;
  w->none = brief ? (double)NAN : u->task[none(u)].value;
  w->account_none = brief ? unknown(u) : u->task[none(u)].account;
  w->apart = unknown(u);
  for (int q = 0; q < w->n_parties && !brief; q++) w->apart[q] = u->task[apart(u, q)].value;
  w->worth = PL_NEW_ARRAY(u->a, pl_agreement_worth, (size_t)w->n_agreements);
  for (int i = 0; i < w->n_agreements; i++) {
    w->worth[i].agreement = u->active[i];
    w->worth[i].alone = brief ? (double)NAN : u->task[only(u, i)].value - w->none;
    pl_worth_fill(&u->farm, all, &u->task[1 + i], &w->worth[i], u->a);
  }
  for (int i = 0; i < u->n_tasks; i++) w->again += u->task[i].again;
}

static pl_status solve(comparer *u, bool brief, const pl_value_options *options, pl_diag *diag) {
  pl_grid_worth *w = u->w;
  w->n_cols = u->p->lp.n_cols;
  w->n_rows = u->p->lp.n_rows;
  w->n_entries = u->p->lp.n_entries;
  pl_farm_init(&u->farm, u->p, u->active, w->n_agreements, options, u->a);
  list_tasks(u, brief);
  w->solves = u->n_tasks;
  PL_TRY(pl_farm_run(&u->farm, u->task, u->n_tasks, diag));
  fill(u, brief);
  return PL_OK;
}

/* With typical days there is no following day on which goods could arrive. */
pl_status pl_value_on_grid_check(const pl_case *c, pl_step step, pl_diag *diag) {
  if (!c->typical || step > PL_DAY) return PL_OK;
  return pl_fail(
      diag, PL_RANGE, PL_NOWHERE,
      "a case with typical days or weeks cannot be planned by the %s: choose a longer step",
      pl_step_name(step));
}

pl_status pl_value_on_grid(const pl_case *c, pl_step step, bool brief,
                           const pl_value_options *options, pl_arena *a, pl_grid_worth **out,
                           pl_diag *diag) {
  double const began = pl_clock_s();
  pl_case *other = PL_NEW(a, pl_case);
  comparer u = {.w = PL_NEW(a, pl_grid_worth), .a = a};
  PL_TRY(pl_value_on_grid_check(c, step, diag));
  *other = *c;
  other->step = u.w->step = step;
  u.w->n_parties = c->n_parties;
  u.active = PL_NEW_ARRAY(a, int, (size_t)c->n_agreements + 1);
  for (int i = 0; i < c->n_agreements; i++)
    if (c->agreements[i].active) u.active[u.w->n_agreements++] = i;
  PL_TRY(pl_program_build(other, &u.p, diag));
  pl_status const s = solve(&u, brief, options, diag);
  pl_program_free(u.p);
  u.w->seconds = pl_clock_s() - began;
  if (s == PL_OK) *out = u.w;
  return s;
}
