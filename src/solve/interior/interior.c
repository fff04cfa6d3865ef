/* A primal-dual interior point (Mehrotra's predictor and corrector) on the program of normal.h.
 * Every pass over columns or rows is cut into the same parts whatever the number of threads, and
 * every number is summed by one of them in a fixed order, so that the answer does not depend on it.
 */
#include <math.h>
#include <string.h>

#include "solve/interior/normal.h"
#include "solve/interior/stretch.h"

enum {
  PARTS = 32,
  MOST_STEPS = 150,
  PATIENCE = 25,
  SETTLED = 30, /* steps, by which the gap of what will converge has begun to fall; */
  TREND = 10,   /* steps that show how fast */
  ROUNDS = 4
};

static const double close = 1e-9,
                    near = 1e-8; /* wanted gaps: of an answer, of what shows a basis */
static const double blur = 1e-3; /* found by trying, on scaled numbers */
static const double wanted_residual = 1e-9;
static const double exact = 1e-11;   /* what rows may be short of beside what flows in them */
static const double good_gap = 1e-7; /* an answer all the same, where no more can be had */
static const double most_work = 150; /* multiplications of a factor, by rows^1.5: see is_dear */
static const double short_of_bound = 0.9995;
static const double regular = 1e-10;       /* primal and dual regularization, in scaled numbers; */
static const double least_regular = 1e-13; /* where columns weigh at most 1 */
static const double smallest_room = 1e-20;

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
  double *dx, *predicted;                    /* [n] the step, and the predictor's */
  double *residual, *right, *dy;             /* [m], [n_nodes], [n_nodes] */
  double step_primal, step_dual, centre;     /* of the step being taken */
  bool corrects;
  column_sums part[PARTS], sum;
  double row_worst[PARTS], row_dual[PARTS];
  double infeasible, gap, wanted_gap; /* relative */
  double b_size, c_size;
  struct {
    double *x, *lower_price, *upper_price, *y;
    double from_good; /* at most 1: good enough for an answer; HUGE_VAL: there is none */
  } kept;             /* the best point so far */
} interior;

/* --- Passes over columns ------------------------------------------------------------------------
 */

/* The library's fmin and fmax handle NaN, and are not inlined for it. */
static inline double least(double a, double b) { return a < b ? a : b; }
static inline double most(double a, double b) { return a > b ? a : b; }

static inline bool has_lower(const pl_normal *q, int j) { return q->lower[j] > -HUGE_VAL; }
static inline bool has_upper(const pl_normal *q, int j) { return q->upper[j] < HUGE_VAL; }

static inline double transposed(const pl_normal *q, int j, const double *y) {
  double sum = 0;
  for (int k = q->start[j]; k < q->start[j + 1]; k++) sum += q->value[k] * y[q->row[k]];
  return sum;
}

static int part_start(int n, int part) { return (int)((long)n * part / PARTS); }

/* One bound's part in a step dx: side is 1 for the lower and −1 for the upper, room the distance to
 * it, z its price. Complementarity is to become `target` less what the predictor's step says about
 * the second order. Returns how z changes. */
typedef struct {
  double room_inverse, target;
} aim;

static inline aim aim_at(const interior *s, double room, double z, double toward) {
  double const inverse = 1 / room; /* toward: the predictor's change of room */
  return (aim){inverse, s->corrects ? s->centre + toward * z * (1 + toward * inverse) : 0};
}

/* How z changes over a step that changes the room by `change`. */
static inline double price_change(aim w, double z, double change) {
  return (w.target - z * change) * w.room_inverse - z;
}

static inline void step_bound(column_sums *t, aim w, double room, double z, double change) {
  double const dz = price_change(w, z, change);
  if (change < 0) t->step_primal = least(t->step_primal, -room / change);
  if (dz < 0) t->step_dual = least(t->step_dual, -z / dz);
  t->moved[0] += change * z, t->moved[1] += room * dz, t->moved[2] += change * dz;
}

/* Along dx: how prices change, how far one can go, and what complementarity would become. A dense
 * column's dx is there already, its node's unknown: from dy again it would be a small difference of
 * large numbers, times a large θ. */
static void direct(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  double *step = s->corrects ? s->dx : s->predicted;
  column_sums t = {.step_primal = 1, .step_dual = 1};
  for (int j = part_start(q->n, part); j < part_start(q->n, part + 1); j++) {
    double const x = s->x[j], zl = s->lower_price[j], zu = s->upper_price[j];
    double const to_lower = x - q->lower[j], to_upper = q->upper[j] - x, before = s->predicted[j];
    aim lower = {0}, upper = {0};
    double h = s->d[j];
    if (has_lower(q, j)) {
      lower = aim_at(s, to_lower, zl, before);
      h -= lower.target * lower.room_inverse;
    }
    if (has_upper(q, j)) {
      upper = aim_at(s, to_upper, zu, -before);
      h += upper.target * upper.room_inverse;
    }
    if (!q->is_dense[j]) step[j] = s->theta[j] * (transposed(q, j, s->dy) - h);
    double const dx = step[j];
    if (has_lower(q, j)) step_bound(&t, lower, to_lower, zl, dx);
    if (has_upper(q, j)) step_bound(&t, upper, to_upper, zu, -dx);
  }
  s->part[part] = t;
}

/* The corrector's θ h, from the predictor's step. */
static void correct(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  for (int j = part_start(q->n, part); j < part_start(q->n, part + 1); j++) {
    double const x = s->x[j], dx = s->predicted[j];
    double h = s->d[j];
    if (has_lower(q, j)) {
      aim const w = aim_at(s, x - q->lower[j], s->lower_price[j], dx);
      h -= w.target * w.room_inverse;
    }
    if (has_upper(q, j)) {
      aim const w = aim_at(s, q->upper[j] - x, s->upper_price[j], -dx);
      h += w.target * w.room_inverse;
    }
    s->h[j] = q->is_dense[j] ? h : s->theta[j] * h; /* dense: for its node's right-hand side */
  }
}

/* Column j along the step; its bounds' prices at what that makes of them. */
static inline void move(interior *s, int j) {
  const pl_normal *q = s->q;
  double const x = s->x[j], dx = s->dx[j], before = s->predicted[j];
  if (has_lower(q, j)) {
    aim const w = aim_at(s, x - q->lower[j], s->lower_price[j], before);
    s->lower_price[j] += s->step_dual * price_change(w, s->lower_price[j], dx);
  }
  if (has_upper(q, j)) {
    aim const w = aim_at(s, q->upper[j] - x, s->upper_price[j], -before);
    s->upper_price[j] += s->step_dual * price_change(w, s->upper_price[j], -dx);
  }
  double const to = x + s->step_primal * dx; /* rounding must not put it on the bound itself */
  s->x[j] = to <= q->lower[j]   ? nextafter(q->lower[j], q->upper[j])
            : to >= q->upper[j] ? nextafter(q->upper[j], q->lower[j])
                                : to;
}

/* Take the step; then what the point is short of; θ, and the predictor's h = d. */
static void advance(int part, void *user) {
  interior *s = user;
  const pl_normal *q = s->q;
  column_sums t = {0};
  for (int j = part_start(q->n, part); j < part_start(q->n, part + 1); j++) {
    if (s->corrects) move(s, j);
    double const x = s->x[j], zl = s->lower_price[j], zu = s->upper_price[j];
    double const d = s->d[j] = q->cost[j] - transposed(q, j, s->y);
    double inverse = regular;
    t.primal += q->cost[j] * x;
    if (has_lower(q, j)) {
      double const room = x - q->lower[j];
      inverse += zl / room;
      t.complementarity += room * zl;
      t.dual += q->lower[j] * zl;
    }
    if (has_upper(q, j)) {
      double const room = q->upper[j] - x;
      inverse += zu / room;
      t.complementarity += room * zu;
      t.dual -= q->upper[j] * zu;
    }
    t.worst = most(t.worst, fabs(d - zl + zu));
    s->theta[j] = 1 / inverse;
    s->h[j] = q->is_dense[j] ? 0 : s->theta[j] * d;
  }
  s->part[part] = t;
}

/* --- Passes over rows ---------------------------------------------------------------------------
 */

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
    worst = most(worst, fabs(rest));
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

/* --- Steps --------------------------------------------------------------------------------------
 */

static void pass(interior *s, void (*part)(int, void *)) {
  pl_crew_do(s->task->crew, PARTS, part, s);
}

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
  pass(s, advance);
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
  double *step = s->corrects ? s->dx : s->predicted;
  for (int k = 0; k < q->n_dense; k++) step[q->dense[k]] = s->dy[q->m + k];
  pass(s, direct);
  gather_columns(s);
}

static long boxed(const pl_normal *q) {
  long n = 0;
  for (int j = 0; j < q->n; j++) n += has_lower(q, j) + has_upper(q, j);
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
  s->corrects = true;
  pass(s, correct);
  pass(s, correct_rows);
  solve_direction(s, false);
  s->step_primal = s->sum.step_primal < 1 ? short_of_bound * s->sum.step_primal : 1;
  s->step_dual = s->sum.step_dual < 1 ? short_of_bound * s->sum.step_dual : 1;
  for (int i = 0; i < s->q->m; i++) s->y[i] += s->step_dual * s->dy[i];
}

/* --- Beginning and end --------------------------------------------------------------------------
 */

static double *doubles(pl_arena *a, long n) { return PL_NEW_ARRAY(a, double, (size_t)n + 1); }

static const double inside = 100, few = 4; /* found by trying, on scaled numbers */

/* The middle of a narrow box; else well inside of the bound that is nearer to 0. */
static double middle(double low, double high) {
  if (high - low <= 2 * inside) return (low + high) / 2;
  if (fabs(low) <= fabs(high)) return isfinite(low) ? low + inside : 0;
  return isfinite(high) ? high - inside : 0;
}

/* All prices alike, but on the side that costs ask for. */
static void begin(interior *s, pl_arena *a) {
  const pl_normal *q = s->q;
  double **const columns[] = {&s->x,
                              &s->lower_price,
                              &s->upper_price,
                              &s->kept.x,
                              &s->kept.lower_price,
                              &s->kept.upper_price,
                              &s->theta,
                              &s->d,
                              &s->h,
                              &s->dx,
                              &s->predicted};
  for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) *columns[k] = doubles(a, q->n);
  s->y = doubles(a, q->m);
  s->kept.y = doubles(a, q->m);
  s->kept.from_good = HUGE_VAL;
  s->residual = doubles(a, q->m);
  s->right = doubles(a, q->m);
  s->dy = doubles(a, q->n_nodes);
  double price = 0;
  for (int j = 0; j < q->n; j++) price += fabs(q->cost[j]);
  price = few * (price / q->n + 1);
  s->b_size = s->c_size = 1;
  for (int i = 0; i < q->m; i++) s->b_size = fmax(s->b_size, fabs(q->b[i]));
  for (int j = 0; j < q->n; j++) {
    bool const low = has_lower(q, j), high = has_upper(q, j);
    s->c_size = fmax(s->c_size, fabs(q->cost[j]));
    s->x[j] = middle(q->lower[j], q->upper[j]);
    if (low) s->lower_price[j] = fmax(q->cost[j], 0) + price;
    if (high) s->upper_price[j] = fmax(-q->cost[j], 0) + price;
  }
}

/* x, moved the shortest way to where A x = b, and back well inside its bounds. */
static void approach(interior *s) {
  const pl_normal *q = s->q;
  for (int j = 0; j < q->n; j++) s->theta[j] = 1, s->h[j] = 0;
  pl_normal_factor(s->q, s->theta, regular, s->task->crew);
  pass(s, look_rows);
  memcpy(s->dy, s->residual, (size_t)q->m * sizeof *s->dy);
  memset(s->dy + q->m, 0, (size_t)q->n_dense * sizeof *s->dy);
  pl_factor_solve(q->factor, s->dy, s->task->crew);
  for (int j = 0; j < q->n; j++) {
    double const low = q->lower[j], high = q->upper[j];
    double const margin = least((high - low) / 4, inside / 10);
    s->x[j] = most(low + margin, least(high - margin, s->x[j] + transposed(q, j, s->dy)));
  }
}

/* What the rows of the point are short of at most, beside what flows in each. */
static double short_of_flows(const interior *s) {
  /* flows of less than 1 of the program are taken for 1 */
  const pl_normal *q = s->q;
  double worst = 0;
  for (int i = 0; i < q->m; i++) {
    double flow = fabs(q->b[i]);
    for (int k = q->row_start[i]; k < q->row_start[i + 1]; k++)
      flow = most(flow, fabs(q->row_value[k] * s->x[q->column[k]]));
    worst = most(worst, fabs(s->residual[i]) / most(flow, q->row_scale[i] / q->bound_scale));
  }
  return worst;
}

/* One step to where A x = b; no column reaches a bound. */
static void close_rows(interior *s) {
  const pl_normal *q = s->q;
  double step = 1;
  memcpy(s->dy, s->residual, (size_t)q->m * sizeof *s->dy);
  memset(s->dy + q->m, 0, (size_t)q->n_dense * sizeof *s->dy);
  pl_factor_solve(q->factor, s->dy, s->task->crew);
  for (int k = 0; k < q->n_dense; k++) s->dx[q->dense[k]] = s->dy[q->m + k];
  for (int j = 0; j < q->n; j++) {
    double dx = q->is_dense[j] ? s->dx[j] : s->theta[j] * transposed(q, j, s->dy);
    double const room = dx < 0 ? s->x[j] - q->lower[j] : q->upper[j] - s->x[j];
    if (!(room > 0)) dx = 0;
    s->dx[j] = dx;
    if (fabs(dx) > short_of_bound * room) step = least(step, short_of_bound * room / fabs(dx));
  }
  for (int j = 0; j < q->n; j++) s->x[j] += step * s->dx[j];
}

/* From now on columns move as they have room. */
static void weigh_by_room(interior *s) {
  const pl_normal *q = s->q;
  for (int j = 0; j < q->n; j++)
    s->theta[j] =
        most(smallest_room, least(1, least(s->x[j] - q->lower[j], q->upper[j] - s->x[j])));
  pl_normal_factor(s->q, s->theta, least_regular, s->task->crew);
}

/* The steps measure rows by the largest right-hand side of all. That is not enough where little
 * flows: there, too, goods must not appear from nowhere. */
static void polish(interior *s) {
  for (int round = 0; round < ROUNDS && short_of_flows(s) > exact; round++) {
    if (round == 0) weigh_by_room(s);
    memset(s->h, 0, (size_t)s->q->n * sizeof *s->h);
    close_rows(s);
    pass(s, look_rows);
  }
}

static bool is_done(const interior *s) {
  return s->infeasible <= wanted_residual && s->gap <= s->wanted_gap;
}

/* Powers of ten between the point and what is wanted of it. */
static double decades_left(const interior *s) {
  return log10(fmax(1, fmax(s->infeasible / wanted_residual, s->gap / s->wanted_gap)));
}

/* Whether steps as good as the best of the last ones would not be enough: what stalls early does
 * not recover, and every step costs a factor. By numbers alone, so that it ends at the same step on
 * every machine. */
static bool is_hopeless(const double *left, long now) {
  if (now < SETTLED) return false;
  double closest = left[now];
  for (long k = now - TREND + 1; k < now; k++) closest = least(closest, left[k]);
  double const gained = left[now - TREND] - closest;
  return gained * (double)(MOST_STEPS - now) < closest * TREND;
}

static void copy(const interior *s, double *const to[4], double *const from[4]) {
  size_t const n = (size_t)s->q->n * sizeof(double);
  for (int k = 0; k < 3; k++) memcpy(to[k], from[k], n);
  memcpy(to[3], from[3], (size_t)s->q->m * sizeof(double));
}

/* The best point is kept: near the end steps may lead away again, or break down where the rows are
 * ill-conditioned. */
static void keep(interior *s) {
  double const from_good = most(s->infeasible / wanted_residual, s->gap / good_gap);
  if (!(from_good < s->kept.from_good)) return;
  s->kept.from_good = from_good;
  copy(s, (double *[]){s->kept.x, s->kept.lower_price, s->kept.upper_price, s->kept.y},
       (double *[]){s->x, s->lower_price, s->upper_price, s->y});
}

/* Back to the best point; whether it is good enough. */
static bool take_kept(interior *s) {
  if (!(s->kept.from_good < HUGE_VAL)) return false;
  copy(s, (double *[]){s->x, s->lower_price, s->upper_price, s->y},
       (double *[]){s->kept.x, s->kept.lower_price, s->kept.upper_price, s->kept.y});
  s->corrects = false; /* stay there */
  measure(s);          /* what belongs to the point: residuals, θ */
  return s->kept.from_good <= 1;
}

/* Whether the point is close enough, after as many steps as make sense. */
static bool converge(interior *s, long *steps) {
  long const n_bounds = boxed(s->q);
  double best = HUGE_VAL, feasible = HUGE_VAL, left[MOST_STEPS];
  int since = 0;
  for (*steps = 0; *steps < MOST_STEPS; ++*steps) {
    measure(s);
    double const scale = s->q->cost_scale * s->q->bound_scale;
    if (is_done(s)) return true;
    if (!isfinite(s->infeasible) || !isfinite(s->gap)) break;
    keep(s);
    since = s->infeasible < 0.9 * feasible || s->gap < 0.9 * best ? 0 : since + 1;
    feasible = least(feasible, s->infeasible);
    best = least(best, s->gap);
    left[*steps] = decades_left(s);
    if (since > PATIENCE || (!s->task->patient && is_hopeless(left, *steps))) break;
    if (!pl_watch_tell(s->task->watch, "interior point", *steps, s->sum.primal * scale,
                       s->sum.dual * scale))
      return false;
    take_step(s, n_bounds);
  }
  return take_kept(s);
}

/* The program to work on: lp itself, or a longer one whose first columns and rows are lp's. */
static const pl_lp *without_long_columns(const pl_lp *lp, pl_arena *a) {
  const pl_lp *longer = pl_stretch(lp, a);
  return longer ? longer : lp;
}

/* Whether a step costs too much for the simplex to be slower. The interior point takes some forty
 * steps whatever the program, each one factor; the simplex takes about as many iterations as there
 * are rows, and each touches something like the root of their number. Both are counted, not timed:
 * the choice is the same on every machine. The limit is from decision 12. */
static bool is_dear(const pl_normal *q) {
  return pl_factor_work(q->factor) > most_work * (double)q->m * sqrt((double)q->m);
}

static bool find_point(interior *s, const pl_lp *lp, double blurred, pl_arena *scratch,
                       long *steps) {
  s->q = pl_normal_new(lp, blurred, s->task->watch, scratch);
  bool const may_skip = !s->task->patient && s->task->options->method == PL_METHOD_AUTO;
  if (!s->q || (may_skip && is_dear(s->q))) return false;
  begin(s, scratch);
  approach(s);
  return converge(s, steps);
}

bool pl_interior_solve(const pl_task *task, pl_arena *scratch, pl_proposal *p) {
  const pl_lp *lp = without_long_columns(task->lp, scratch);
  interior s = {.task = task, .wanted_gap = close};
  pl_proposal found;
  pl_proposal_begin(lp, scratch, &found);
  bool const good = find_point(&s, lp, 0, scratch, &p->x.iterations);
  if (!good && (!s.q || !(s.kept.from_good < HUGE_VAL))) return false;
  polish(&s);
  pl_normal_restore(s.q, lp, s.x, s.y, &found);
  size_t const n = (size_t)task->lp->n_cols, m = (size_t)task->lp->n_rows;
  memcpy(p->x.col_value, found.x.col_value, n * sizeof(double));
  memcpy(p->x.col_dual, found.x.col_dual, n * sizeof(double));
  memcpy(p->x.row_value, found.x.row_value, m * sizeof(double));
  memcpy(p->x.row_dual, found.x.row_dual, m * sizeof(double));
  p->x.state = PL_SOLVED;
  p->x.method = "interior point";
  p->is_rough = !good;
  return good;
}

/* The optimum of a program with many is a face, and its middle shows no basis. Blurred, the program
 * has one optimum: its basis is that of a corner of the face, or nearly, and the simplex has little
 * left to do. */
bool pl_corner_solve(const pl_task *task, pl_arena *scratch, pl_proposal *p) {
  const pl_lp *lp = without_long_columns(task->lp, scratch);
  interior s = {.task = task, .wanted_gap = near};
  pl_proposal found;
  pl_proposal_begin(lp, scratch, &found);
  if (!find_point(&s, lp, blur, scratch, &p->x.iterations)) return false;
  pl_normal_basis(s.q, lp, s.x, s.lower_price, s.upper_price, &found);
  memcpy(p->col_basis, found.col_basis, (size_t)task->lp->n_cols);
  memcpy(p->row_basis, found.row_basis, (size_t)task->lp->n_rows);
  p->has_basis = true;
  p->x.method = "interior point";
  return false;
}
