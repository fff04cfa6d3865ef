/* A mixed-integer program by the hour. Its relaxation comes first: if formulations are tight it is
 * integral almost everywhere, and that part is the plan. What remains are spans of time in which
 * something is fractional. Each is solved twice as a small program of its own: with its
 * surroundings fixed, which gives a plan; with its surroundings priced at the relaxation's duals,
 * which gives a bound. The two meet as spans grow; spans that touch become one. */
#include <math.h>
#include <string.h>

#include "solve/highs.h"
#include "solve/pieces/cut.h"

static const double off_whole = 1e-9; /* a value nearer to an integer counts as integral */
static const double quick = 1e-3;     /* relative gap at which a first plan is good enough */
static const double feasible = 1e-8;  /* tolerance of a plan, relative to the flows */

enum {
  MARGIN = 150, /* columns on both sides of what is fractional, at first; */
  SHARE = 50,   /* of small programs, 1 / SHARE of all */
  MOST = 20000, /* columns of a span: above this, branch and bound should take the whole program */
  LONG = 3000,  /* columns: rows that reach further couple separate spans */
  ROUNDS = 12   /* how often spans grow */
};

typedef struct {
  int from, to;          /* steps */
  int margin;            /* columns last taken in on each side */
  double *x;             /* [its columns, in the order of the cut] room for its plan */
  bool planned, bounded; /* whether it has a plan; whether its gain was computed */
  double loss;           /* by how much its plan is dearer than the relaxation, */
  double slack;          /* and how much of that may be saved with the same surroundings */
  double gain;           /* by how much any plan is dearer at least */
} span;

typedef struct {
  const pl_task *task;
  const pl_lp *lp;
  pl_arena *arena;
  const pl_cut *cut;
  pl_cut_marks *marks;
  pl_proposal relaxed; /* the relaxation's answer */
  double floor;        /* the bound that it proves */
  double *plan;        /* [n_cols] the relaxation's values, except in spans that have plans */
  int *reach;       /* [n_steps + 1] the last step of rows that cross a border, long ones apart */
  double *best;     /* [n_cols] the best plan so far, NULL before there is one */
  double best_loss; /* by how much it is dearer than the relaxation */
  double best_gain; /* and any plan at least */
  span *spans;      /* [n_spans] in the order of time, apart from each other */
  int n_spans;
  double allowed; /* total money between plan and bound */
  double exact;   /* money to which a span is solved */
} rolling;

/* --- Linear programs as a whole --------------------------------------------------------------- */

/* Solved by HiGHS, from a basis if there is one. */
static bool solve_by_simplex(const pl_task *t, const pl_lp *lp, pl_arena *a, pl_proposal *p) {
  pl_diag *diag = pl_diag_new();
  pl_highs *h = NULL;
  pl_solution *x = NULL;
  if (pl_highs_new(lp, t->options, t->watch, &h, diag) == PL_OK) {
    if (p->has_basis) pl_highs_begin_from(h, p->col_basis, p->row_basis);
    if (pl_highs_run(h, a, &x, diag) == PL_OK) p->x = *x;
  }
  pl_highs_free(h);
  pl_diag_free(diag);
  return x && x->state == PL_SOLVED;
}

static bool solve_linear(const pl_task *t, const pl_lp *lp, pl_arena *a, pl_proposal *p) {
  pl_task const part = {lp, t->options, t->watch, t->crew, false};
  pl_proposal_begin(lp, a, p);
  pl_arena *scratch = pl_arena_new();
  bool const solved = pl_windows_solve(&part, scratch, p) || solve_by_simplex(&part, lp, a, p);
  pl_arena_free(scratch);
  return solved;
}

static pl_lp without_integers(const pl_lp *lp) {
  pl_lp out = *lp;
  out.integer = NULL;
  out.n_integer = 0;
  return out;
}

static bool solve_relaxation(rolling *r) {
  pl_lp const lp = without_integers(r->lp);
  if (!solve_linear(r->task, &lp, r->arena, &r->relaxed)) return false;
  pl_arena *scratch = pl_arena_new();
  pl_certificate c;
  pl_lp_certify(&lp, &r->relaxed.x, scratch, &c);
  pl_arena_free(scratch);
  r->floor = c.dual_infeasibility > 0 ? fmin(c.bound, c.objective) : c.bound;
  r->allowed = r->task->options->gap * fmax(1, fabs(c.objective));
  return isfinite(r->floor);
}

/* --- Spans ------------------------------------------------------------------------------------ */

static bool is_whole(double x) { return fabs(x - nearbyint(x)) <= off_whole; }

static span around(const pl_cut *c, int from, int to, int margin) {
  int const half = margin / 2, begin = pl_cut_step(c, from, -margin),
            end = pl_cut_step(c, to, margin);
  return (span){
      .from = begin > 0 ? pl_cut_border(c, pl_cut_step(c, begin, -half), begin, begin) : 0,
      .to = end < c->n_steps ? pl_cut_border(c, end, end, pl_cut_step(c, end, half)) : c->n_steps,
      .margin = margin};
}

static void find_reach(rolling *r) {
  const pl_cut *c = r->cut;
  r->reach = PL_NEW_ARRAY(r->arena, int, (size_t)c->n_steps + 1);
  for (int i = 0; i < r->lp->n_rows; i++) {
    int const first = c->first[i], last = c->last[i];
    if (first >= last || c->step_first[last] - c->step_first[first] > LONG) continue;
    if (last > r->reach[first + 1]) r->reach[first + 1] = last;
  }
  for (int s = 1; s <= c->n_steps; s++)
    if (r->reach[s - 1] > r->reach[s]) r->reach[s] = r->reach[s - 1];
}

/* Adds a span after the others; it absorbs those that it touches or shares a row with. */
static void add_span(rolling *r, span s) {
  while (r->n_spans > 0 && (r->spans[r->n_spans - 1].to >= s.from ||
                            r->reach[r->spans[r->n_spans - 1].to] >= s.from)) {
    const span *last = &r->spans[--r->n_spans];
    s = (span){.from = last->from < s.from ? last->from : s.from,
               .to = last->to > s.to ? last->to : s.to,
               .margin = last->margin > s.margin ? last->margin : s.margin};
  }
  r->spans[r->n_spans++] = s;
}

static void find_spans(rolling *r) {
  const pl_cut *c = r->cut;
  int const share = r->lp->n_cols / SHARE, margin = share < MARGIN ? share : MARGIN;
  find_reach(r);
  r->spans = PL_NEW_ARRAY(r->arena, span, (size_t)c->n_steps + 1);
  for (int s = 0; s < c->n_steps; s++) {
    bool all = true;
    for (int k = c->step_first[s]; all && k < c->step_first[s + 1]; k++)
      all = !r->lp->integer[c->col[k]] || is_whole(r->plan[c->col[k]]);
    if (!all) add_span(r, around(c, s, s + 1, margin));
  }
}

static int columns_of(const rolling *r, const span *s) {
  return r->cut->step_first[s->to] - r->cut->step_first[s->from];
}

/* --- A span's plan and bound ------------------------------------------------------------------ */

static pl_solution *solve_span(const rolling *r, const pl_piece *p, const double *start,
                               pl_arena *a) {
  pl_solve_options options = *r->task->options;
  options.threads = 1;
  pl_diag *diag = pl_diag_new();
  pl_highs *h = NULL;
  pl_solution *x = NULL;
  if (pl_highs_new(&p->lp, &options, r->task->watch, &h, diag) == PL_OK) {
    pl_highs_piece(h, r->exact);
    if (start) pl_highs_start_at(h, start);
    if (pl_highs_run(h, a, &x, diag) != PL_OK) x = NULL;
  }
  pl_highs_free(h);
  pl_diag_free(diag);
  return x;
}

/* What the piece costs at the relaxation's values. */
static double relaxed_cost(const rolling *r, const pl_piece *p) {
  double sum = 0;
  for (int k = 0; k < p->lp.n_cols; k++) sum += p->lp.cost[k] * r->relaxed.x.col_value[p->col[k]];
  return sum;
}

static bool goes_on(const rolling *r) {
  return pl_watch_tell(r->task->watch, "windows", 0, NAN, NAN);
}

static const double *start_of(const rolling *r, const pl_piece *p, pl_arena *a) {
  double *x = r->best ? PL_NEW_ARRAY(a, double, (size_t)p->lp.n_cols + 1) : NULL;
  for (int k = 0; x && k < p->lp.n_cols; k++) x[k] = r->plan[p->col[k]];
  return x;
}

static void plan_span(int k, void *user) {
  rolling *r = user;
  span *s = &r->spans[k];
  if ((s->planned && s->slack <= r->exact) || !goes_on(r)) return;
  pl_arena *scratch = pl_arena_new();
  pl_outside const held = {.lower = r->plan, .upper = r->plan};
  pl_piece p;
  pl_piece_cut(r->cut, r->marks, s->from, s->to, &held, scratch, &p);
  const pl_solution *x = solve_span(r, &p, start_of(r, &p, scratch), scratch);
  if (x) {
    s->planned = true;
    s->slack = x->objective - x->bound;
    s->loss = x->objective - relaxed_cost(r, &p);
    memcpy(s->x, x->col_value, (size_t)p.lp.n_cols * sizeof *s->x);
  }
  pl_arena_free(scratch);
}

static void bound_span(int k, void *user) {
  rolling *r = user;
  span *s = &r->spans[k];
  if (s->bounded || !s->planned || s->loss <= r->exact || !goes_on(r)) return;
  pl_arena *scratch = pl_arena_new();
  pl_outside const paid = {.lower = r->lp->lower,
                           .upper = r->lp->upper,
                           .dual = r->relaxed.x.row_dual,
                           .price_before = true,
                           .price_after = true};
  pl_piece p;
  pl_piece_cut(r->cut, r->marks, s->from, s->to, &paid, scratch, &p);
  const pl_solution *x = solve_span(r, &p, NULL, scratch);
  if (x) s->gain = fmax(0, x->bound - relaxed_cost(r, &p));
  s->bounded = true;
  pl_arena_free(scratch);
}

/* --- All spans -------------------------------------------------------------------------------- */

static void keep_plan(rolling *r, const span *s) {
  for (int k = 0, n = columns_of(r, s), first = r->cut->step_first[s->from]; s->planned && k < n;
       k++)
    r->plan[r->cut->col[first + k]] = s->x[k];
}

static void plan_spans(rolling *r) {
  for (int k = 0; k < r->n_spans; k++) {
    span *s = &r->spans[k];
    if (!s->x) s->x = PL_NEW_ARRAY(r->arena, double, (size_t)columns_of(r, s) + 1);
  }
  pl_crew_do(r->task->crew, r->n_spans, plan_span, r);
  for (int k = 0; k < r->n_spans; k++) keep_plan(r, &r->spans[k]);
}

static bool all_planned(const rolling *r) {
  for (int k = 0; k < r->n_spans; k++)
    if (!r->spans[k].planned) return false;
  return true;
}

/* Money between plan and bound. */
static double apart(const span *s) { return fmax(0, s->loss - s->gain); }

/* Whether the spans are small enough to be worthwhile. */
static bool pays(const rolling *r) {
  int most = 0;
  for (int k = 0; k < r->n_spans; k++)
    if (columns_of(r, &r->spans[k]) > most) most = columns_of(r, &r->spans[k]);
  return most <= MOST && most < r->lp->n_cols / 2;
}

/* Enlarges the spans that have no plan, or one far from its bound. */
static void grow(rolling *r) {
  int const n = r->n_spans;
  span *old = PL_NEW_ARRAY(r->arena, span, (size_t)n + 1);
  memcpy(old, r->spans, (size_t)n * sizeof *old);
  r->n_spans = 0;
  for (int k = 0; k < n; k++) {
    bool const enough = old[k].planned && apart(&old[k]) <= r->allowed / (2 * n);
    add_span(r, enough ? old[k] : around(r->cut, old[k].from, old[k].to, 2 * old[k].margin));
  }
}

/* Rows that couple separate spans may be violated by plans made in parallel: then they are made one
 * after the other. */
static bool holds(const rolling *r) {
  pl_arena *scratch = pl_arena_new();
  pl_lp const lp = without_integers(r->lp);
  pl_solution x = r->relaxed.x;
  pl_certificate c;
  x.col_value = r->plan;
  pl_lp_certify(&lp, &x, scratch, &c);
  pl_arena_free(scratch);
  return c.relative_infeasibility <= feasible;
}

static bool plan_in_turn(rolling *r) {
  for (int k = 0; k < r->n_spans; k++) {
    r->spans[k].planned = false;
    plan_span(k, r);
    keep_plan(r, &r->spans[k]);
  }
  return all_planned(r) && holds(r);
}

static double sum_of_losses(const rolling *r) {
  double sum = 0;
  for (int k = 0; k < r->n_spans; k++) sum += r->spans[k].loss;
  return sum;
}

static double sum_of_gains(const rolling *r) {
  double sum = 0;
  for (int k = 0; k < r->n_spans; k++) sum += r->spans[k].gain;
  return sum;
}

/* Keeps the best plan and bound so far; whether they are close enough. */
static bool is_close(rolling *r) {
  r->best_gain = fmax(sum_of_gains(r), r->best_gain);
  pl_watch_prove(r->task->watch, r->floor + r->best_gain);
  if (all_planned(r) && (!r->best || sum_of_losses(r) < r->best_loss) &&
      (holds(r) || plan_in_turn(r))) {
    if (!r->best) r->best = PL_NEW_ARRAY(r->arena, double, (size_t)r->lp->n_cols + 1);
    memcpy(r->best, r->plan, (size_t)r->lp->n_cols * sizeof *r->plan);
    r->best_loss = sum_of_losses(r);
    pl_watch_offer(r->task->watch, r->best, r->relaxed.x.row_dual, r->floor + r->best_loss);
  }
  return r->best && r->best_loss - r->best_gain <= r->allowed;
}

static void plan_to(rolling *r, double money) {
  r->exact = money / (4 * fmax(1, r->n_spans));
  plan_spans(r);
}

/* Brings plan and bound closer together; false if they do not meet. */
static bool close_gap(rolling *r) {
  double const rough = quick * fmax(1, fabs(r->floor));
  for (int round = 0; round < ROUNDS && pays(r) && goes_on(r); round++) {
    if (round == 0) plan_to(r, fmax(rough, r->allowed)); /* have a plan soon */
    if (is_close(r)) return true;
    plan_to(r, r->allowed);
    if (is_close(r)) return true;
    if (all_planned(r)) pl_crew_do(r->task->crew, r->n_spans, bound_span, r);
    if (is_close(r)) return true;
    if (goes_on(r)) grow(r);
  }
  return false;
}

/* --- The answer ------------------------------------------------------------------------------- */

/* The linear program that is left when the integers are fixed at the plan. */
static pl_lp with_fixed(const rolling *r) {
  size_t const n = (size_t)r->lp->n_cols;
  pl_lp lp = without_integers(r->lp);
  lp.lower = PL_NEW_ARRAY(r->arena, double, n + 1);
  lp.upper = PL_NEW_ARRAY(r->arena, double, n + 1);
  for (size_t j = 0; j < n; j++) {
    bool const fixed = r->lp->integer[j];
    lp.lower[j] = fixed ? nearbyint(r->best[j]) : r->lp->lower[j];
    lp.upper[j] = fixed ? nearbyint(r->best[j]) : r->lp->upper[j];
  }
  return lp;
}

typedef struct {
  rolling *r;
  const pl_cut *cut; /* of the program with fixed integers */
  double *dual;      /* [n_rows] */
} repricing;

/* Duals within a span, its surroundings priced as before. */
static void price_span(int k, void *user) {
  repricing *q = user;
  rolling *r = q->r;
  const span *s = &r->spans[k];
  pl_arena *scratch = pl_arena_new();
  const pl_lp *lp = q->cut->lp;
  pl_outside const paid = {.lower = lp->lower,
                           .upper = lp->upper,
                           .dual = r->relaxed.x.row_dual,
                           .price_before = true,
                           .price_after = true};
  pl_piece p;
  pl_piece_cut(q->cut, r->marks, s->from, s->to, &paid, scratch, &p);
  const pl_solution *x = solve_span(r, &p, NULL, scratch);
  for (int i = 0; x && i < p.lp.n_rows; i++) q->dual[p.row[i]] = x->row_dual[i];
  pl_arena_free(scratch);
}

/* Duals of the plan: the relaxation's, and new ones in the spans; if these do not prove that the
 * plan is the best one for its integers, those of one run for all of it. */
static void find_duals(rolling *r, pl_proposal *p) {
  pl_lp const lp = with_fixed(r);
  pl_cut cut = *r->cut;
  cut.lp = &lp;
  repricing q = {r, &cut, p->x.row_dual};
  memcpy(p->x.col_value, r->best, (size_t)lp.n_cols * sizeof *r->best);
  memcpy(p->x.row_dual, r->relaxed.x.row_dual, (size_t)lp.n_rows * sizeof *p->x.row_dual);
  pl_crew_do(r->task->crew, r->n_spans, price_span, &q);
  pl_lp_complete(&lp, &p->x);
  pl_certificate c;
  pl_lp_certify(&lp, &p->x, r->arena, &c);
  if (pl_duals_prove(&lp, &c)) return;
  pl_proposal all;
  if (!solve_linear(r->task, &lp, r->arena, &all)) return;
  size_t const n = (size_t)lp.n_cols * sizeof(double), m = (size_t)lp.n_rows * sizeof(double);
  memcpy(p->x.col_value, all.x.col_value, n);
  memcpy(p->x.row_dual, all.x.row_dual, m);
  pl_lp_complete(&lp, &p->x);
}

static bool begin(rolling *r) {
  r->cut = pl_cut_new(r->lp, r->arena);
  if (!r->cut || !solve_relaxation(r)) return false;
  r->marks = pl_cut_marks_new(r->cut, pl_crew_threads(r->task->crew), r->arena);
  r->plan = PL_NEW_ARRAY(r->arena, double, (size_t)r->lp->n_cols + 1);
  for (int j = 0; j < r->lp->n_cols; j++) {
    double const x = r->relaxed.x.col_value[j];
    r->plan[j] = r->lp->integer[j] && is_whole(x) ? nearbyint(x) : x;
  }
  find_spans(r);
  return true;
}

/* The user does not wait long for duals. */
static const double late_duals_limit_s = 0.2;

static void find_duals_late(rolling *r, pl_proposal *p) {
  pl_solve_options options = *r->task->options;
  options.progress = NULL;
  options.time_limit_s = late_duals_limit_s;
  pl_watch watch = {.options = &options};
  pl_watch_begin(&watch, &options);
  pl_task const late = {r->lp, &options, &watch, r->task->crew, false};
  r->task = &late;
  find_duals(r, p);
}

bool pl_rolling_solve(const pl_task *t, pl_arena *scratch, pl_proposal *p) {
  rolling r = {.task = t, .lp = t->lp, .arena = scratch};
  if (t->lp->n_integer == 0 || !begin(&r)) return false;
  bool const met = close_gap(&r), stopped = pl_watch_stopped(t->watch);
  if (!r.best) return false;
  p->x.bound = r.floor + r.best_gain;
  p->x.method = "spans of time around fractional integers of the relaxation, with a bound";
  p->x.state = met ? PL_SOLVED : PL_SOLVED_STOPPED;
  p->has_point = true;
  memcpy(p->x.col_value, r.best, (size_t)t->lp->n_cols * sizeof *r.best);
  if (stopped)
    find_duals_late(&r, p);
  else if (met)
    find_duals(&r, p);
  return met || stopped;
}
