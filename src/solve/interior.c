/* A primal-dual interior point (Mehrotra's predictor and corrector) on the program of normal.h. Every
 * pass over columns or rows is cut into the same parts whatever the number of threads, and every
 * number is summed by one of them in a fixed order, so that the answer does not depend on it. */
#include <math.h>
#include <string.h>

#include "solve/normal.h"

enum { PARTS = 32, MOST_STEPS = 150, PATIENCE = 25 };

static const double wanted_gap = 1e-9, wanted_residual = 1e-9;
static const double good_gap = 1e-7;      /* an answer all the same, where no more can be had */
static const double short_of_bound = 0.9995;
static const double regular = 1e-10;       /* primal and dual regularization, in scaled numbers */

typedef struct { /* sums over a part of the columns */
  double complementarity, primal, dual, worst;
  double step_primal, step_dual;
  double moved[3]; /* complementarity after steps a (primal), b (dual): + a m0 + b m1 + a b m2 */
} column_sums;

typedef struct {
  const pl_task *task;
  pl_normal *q;
  double *x, *lower_price, *upper_price, *y; /* the point: zl, zu ≥ 0 */
  double *theta, *d, *h;                     /* d = c − Aᵀy; dx = θ (Aᵀdy − h) */
  double *dx, *predicted, *d_lower, *d_upper;
  double *residual, *right, *dy;             /* [m], [n_nodes], [n_nodes] */
  double step_primal, step_dual, centre;     /* of the step being taken */
  bool corrects;
  column_sums part[PARTS], sum;
  double row_worst[PARTS], row_dual[PARTS];
  double infeasible, gap; /* relative */
  double b_size, c_size;
} interior;

/* --- Passes over columns ------------------------------------------------------------------------ */

typedef struct {
  double lower, upper; /* distance to the bounds, INFINITY where there is none */
} distances;

static distances distances_of(const interior *s, int j) {
  return (distances){s->x[j] - s->q->lower[j], s->q->upper[j] - s->x[j]};
}

static double transposed(const pl_normal *q, int j, const double *y) {
  double sum = 0;
  for (int k = q->start[j]; k < q->start[j + 1]; k++) sum += q->value[k] * y[q->row[k]];
  return sum;
}

static int part_start(int n, int part) { return (int)((long)n * part / PARTS); }

/* What the point is short of; θ, and the predictor's h = d. */
static void look(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  column_sums t = {0};
  for (int j = part_start(q->n, part); j < part_start(q->n, part + 1); j++) {
    distances const a = distances_of(s, j);
    double const zl = s->lower_price[j], zu = s->upper_price[j];
    double const d = s->d[j] = q->cost[j] - transposed(q, j, s->y);
    double inverse = regular;
    t.primal += q->cost[j] * s->x[j];
    if (isfinite(a.lower)) {
      inverse += zl / a.lower;
      t.complementarity += a.lower * zl;
      t.dual += q->lower[j] * zl;
    }
    if (isfinite(a.upper)) {
      inverse += zu / a.upper;
      t.complementarity += a.upper * zu;
      t.dual -= q->upper[j] * zu;
    }
    t.worst = fmax(t.worst, fabs(d - zl + zu));
    s->theta[j] = 1 / inverse;
    s->h[j] = q->is_dense[j] ? 0 : s->theta[j] * d;
  }
  s->part[part] = t;
}

/* Along dx: how prices change, how far one can go, and what complementarity would become. */
static void direct(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  column_sums t = {.step_primal = 1, .step_dual = 1};
  for (int j = part_start(q->n, part); j < part_start(q->n, part + 1); j++) {
    distances const a = distances_of(s, j);
    double const zl = s->lower_price[j], zu = s->upper_price[j], along = transposed(q, j, s->dy);
    double const second = s->corrects ? s->predicted[j] : 0;
    double target_l = 0, target_u = 0, h = s->d[j];
    if (s->corrects) {
      if (isfinite(a.lower)) {
        target_l = s->centre - second * (-zl - zl * second / a.lower);
        h += -target_l / a.lower;
      }
      if (isfinite(a.upper)) {
        target_u = s->centre + second * (-zu + zu * second / a.upper);
        h += target_u / a.upper;
      }
    }
    double const dx = s->theta[j] * (along - h);
    s->dx[j] = dx;
    if (isfinite(a.lower)) {
      double const dz = (target_l - zl * dx) / a.lower - zl;
      s->d_lower[j] = dz;
      if (dx < 0) t.step_primal = fmin(t.step_primal, -a.lower / dx);
      if (dz < 0) t.step_dual = fmin(t.step_dual, -zl / dz);
      t.moved[0] += dx * zl, t.moved[1] += a.lower * dz, t.moved[2] += dx * dz;
    }
    if (isfinite(a.upper)) {
      double const dz = (target_u + zu * dx) / a.upper - zu;
      s->d_upper[j] = dz;
      if (dx > 0) t.step_primal = fmin(t.step_primal, a.upper / dx);
      if (dz < 0) t.step_dual = fmin(t.step_dual, -zu / dz);
      t.moved[0] -= dx * zu, t.moved[1] += a.upper * dz, t.moved[2] -= dx * dz;
    }
  }
  s->part[part] = t;
}

/* The corrector's θ h, from the predictor's step. */
static void correct(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  for (int j = part_start(q->n, part); j < part_start(q->n, part + 1); j++) {
    distances const a = distances_of(s, j);
    double const zl = s->lower_price[j], zu = s->upper_price[j], dx = s->predicted[j];
    double h = s->d[j];
    if (isfinite(a.lower)) h -= (s->centre - dx * (-zl - zl * dx / a.lower)) / a.lower;
    if (isfinite(a.upper)) h += (s->centre + dx * (-zu + zu * dx / a.upper)) / a.upper;
    s->h[j] = q->is_dense[j] ? h : s->theta[j] * h; /* dense: for its node's right-hand side */
  }
}

static void advance(int part, void *user) {
  interior *s = user;
  for (int j = part_start(s->q->n, part); j < part_start(s->q->n, part + 1); j++) {
    s->x[j] += s->step_primal * s->dx[j];
    if (s->q->lower[j] > -INFINITY) s->lower_price[j] += s->step_dual * s->d_lower[j];
    if (s->q->upper[j] < INFINITY) s->upper_price[j] += s->step_dual * s->d_upper[j];
  }
}

/* --- Passes over rows --------------------------------------------------------------------------- */

/* residual = b − A x;  right = residual + A (θ h) */
static void look_rows(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  double worst = 0, dual = 0;
  for (int i = part_start(q->m, part); i < part_start(q->m, part + 1); i++) {
    double rest = q->b[i], more = 0;
    for (int k = q->row_start[i]; k < q->row_start[i + 1]; k++) {
      rest -= q->row_value[k] * s->x[q->column[k]];
      if (!q->is_dense[q->column[k]]) more += q->row_value[k] * s->h[q->column[k]];
    }
    s->residual[i] = rest;
    s->right[i] = rest + more;
    worst = fmax(worst, fabs(rest));
    dual += q->b[i] * s->y[i];
  }
  s->row_worst[part] = worst;
  s->row_dual[part] = dual;
}

static void correct_rows(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  for (int i = part_start(q->m, part); i < part_start(q->m, part + 1); i++) {
    double more = s->residual[i];
    for (int k = q->row_start[i]; k < q->row_start[i + 1]; k++)
      if (!q->is_dense[q->column[k]]) more += q->row_value[k] * s->h[q->column[k]];
    s->right[i] = more;
  }
}

/* --- Steps -------------------------------------------------------------------------------------- */

static void pass(interior *s, void (*part)(int, void *)) { pl_crew_do(s->task->crew, PARTS, part, s); }

static void gather_columns(interior *s) {
  column_sums t = {.step_primal = 1, .step_dual = 1};
  for (int p = 0; p < PARTS; p++) {
    const column_sums *u = &s->part[p];
    t.complementarity += u->complementarity;
    t.primal += u->primal;
    t.dual += u->dual;
    t.worst = fmax(t.worst, u->worst);
    t.step_primal = fmin(t.step_primal, u->step_primal);
    t.step_dual = fmin(t.step_dual, u->step_dual);
    for (int k = 0; k < 3; k++) t.moved[k] += u->moved[k];
  }
  s->sum = t;
}

/* Residuals and gap of the point; and the predictor's right-hand side. */
static void measure(interior *s) {
  pass(s, look);
  gather_columns(s);
  pass(s, look_rows);
  double worst = 0, dual = s->sum.dual;
  for (int p = 0; p < PARTS; p++) {
    worst = fmax(worst, s->row_worst[p]);
    dual += s->row_dual[p];
  }
  s->sum.dual = dual;
  s->infeasible = fmax(worst / s->b_size, s->sum.worst / s->c_size);
  s->gap = fabs(s->sum.primal - dual) / (1 + fabs(s->sum.primal));
}

static void solve_direction(interior *s, bool first) {
  const pl_normal *q = s->q;
  memcpy(s->dy, s->right, (size_t)q->m * sizeof *s->dy);
  for (int k = 0; k < q->n_dense; k++) {
    int const j = q->dense[k];
    s->dy[q->m + k] = first ? s->d[j] : s->h[j];
  }
  pl_factor_solve(q->factor, s->dy, s->task->crew);
  pass(s, direct);
  gather_columns(s);
}

static long boxed(const pl_normal *q) {
  long n = 0;
  for (int j = 0; j < q->n; j++) n += (q->lower[j] > -INFINITY) + (q->upper[j] < INFINITY);
  return n;
}

/* One step of Mehrotra's: where would the plain step lead, and so how much centring. */
static void take_step(interior *s, long n_bounds) {
  pl_normal_factor(s->q, s->theta, regular, s->task->crew);
  double const mean = s->sum.complementarity / (double)n_bounds, now = s->sum.complementarity;
  s->corrects = false;
  solve_direction(s, true);
  double const a = s->sum.step_primal, b = s->sum.step_dual;
  double const then = now + a * s->sum.moved[0] + b * s->sum.moved[1] + a * b * s->sum.moved[2];
  double const ratio = fmin(1, fmax(0, then / now));
  s->centre = ratio * ratio * ratio * mean;
  memcpy(s->predicted, s->dx, (size_t)s->q->n * sizeof *s->dx);
  pass(s, correct);
  pass(s, correct_rows);
  s->corrects = true;
  solve_direction(s, false);
  s->step_primal = s->sum.step_primal < 1 ? short_of_bound * s->sum.step_primal : 1;
  s->step_dual = s->sum.step_dual < 1 ? short_of_bound * s->sum.step_dual : 1;
  pass(s, advance);
  for (int i = 0; i < s->q->m; i++) s->y[i] += s->step_dual * s->dy[i];
}

/* --- Beginning and end -------------------------------------------------------------------------- */

static double *doubles(pl_arena *a, long n) { return PL_NEW_ARRAY(a, double, (size_t)n + 1); }

/* In the middle of a box, or well inside a single bound; all prices alike, but on the side that costs
 * ask for. */
static void begin(interior *s, pl_arena *a) {
  const pl_normal *q = s->q;
  double **const columns[] = {&s->x, &s->lower_price, &s->upper_price, &s->theta,   &s->d,      &s->h,
                              &s->dx, &s->predicted,  &s->d_lower,     &s->d_upper};
  for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) *columns[k] = doubles(a, q->n);
  s->y = doubles(a, q->m);
  s->residual = doubles(a, q->m);
  s->right = doubles(a, q->m);
  s->dy = doubles(a, q->n_nodes);
  double price = 0;
  for (int j = 0; j < q->n; j++) price += fabs(q->cost[j]);
  price = price / q->n + 1;
  s->b_size = s->c_size = 1;
  for (int i = 0; i < q->m; i++) s->b_size = fmax(s->b_size, fabs(q->b[i]));
  for (int j = 0; j < q->n; j++) {
    bool const low = q->lower[j] > -INFINITY, high = q->upper[j] < INFINITY;
    s->c_size = fmax(s->c_size, fabs(q->cost[j]));
    double const inside = 10;
    if (low && high) s->x[j] = (q->lower[j] + q->upper[j]) / 2;
    else if (low) s->x[j] = q->lower[j] + inside;
    else if (high) s->x[j] = q->upper[j] - inside;
    if (low) s->lower_price[j] = fmax(q->cost[j], 0) + price;
    if (high) s->upper_price[j] = fmax(-q->cost[j], 0) + price;
  }
}

static bool is_done(const interior *s) {
  return s->infeasible <= wanted_residual && s->gap <= wanted_gap;
}

/* Whether the point is close enough, after as many steps as make sense. */
static bool converge(interior *s, long *steps) {
  long const n_bounds = boxed(s->q);
  double best = INFINITY;
  int since = 0;
  for (*steps = 0; *steps < MOST_STEPS; ++*steps) {
    measure(s);
    double const scale = s->q->cost_scale * s->q->bound_scale;
    if (is_done(s)) return true;
    double const merit = fmax(s->infeasible, s->gap);
    if (!isfinite(merit)) return false;
    since = merit < 0.9 * best ? 0 : since + 1;
    best = fmin(best, merit);
    if (since > PATIENCE) break;
    if (!pl_watch_tell(s->task->watch, "interior point", *steps, s->sum.primal * scale,
                       s->sum.dual * scale))
      return false;
    take_step(s, n_bounds);
  }
  return s->infeasible <= wanted_residual && s->gap <= good_gap;
}

bool pl_interior_solve(const pl_task *task, pl_arena *scratch, pl_proposal *p) {
  interior s = {.task = task, .q = pl_normal_new(task->lp, scratch)};
  if (!s.q) return false;
  begin(&s, scratch);
  if (!converge(&s, &p->x.iterations)) return false;
  pl_normal_restore(s.q, task->lp, s.x, s.y, p);
  p->x.state = PL_SOLVED;
  p->x.method = "interior point";
  return true;
}
