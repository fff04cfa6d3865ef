/* A primal-dual interior point (Mehrotra's predictor and corrector) on the program of normal.h:
 * where it starts, whether it converges, and what it returns. Its steps are in step.c. */
#include <string.h>

#include "solve/interior/interior_parts.h"
#include "solve/interior/stretch.h"

enum {
  MOST_STEPS = 150,
  PATIENCE = 25,
  SETTLED = 30, /* steps after which the gap has begun to fall if it will converge; */
  TREND = 10,   /* steps that show how fast */
  ROUNDS = 4
};

static const double close = 1e-9,
                    near = 1e-8; /* gaps of an answer, and of a point that shows a basis */
static const double blur = 1e-3; /* found by experiment, on scaled numbers */
static const double wanted_residual = 1e-9;
static const double exact = 1e-11;   /* residual of rows relative to the flows in them */
static const double good_gap = 1e-7; /* still an answer, if no better can be reached */
static const double most_work = 150; /* multiplications of a factor, by rows^1.5: see is_dear */
static const double least_regular = 1e-13; /* regularization where columns weigh at most 1 */
static const double smallest_room = 1e-20;

/* --- Beginning and end ------------------------------------------------------------------------ */

static double *doubles(pl_arena *a, long n) { return PL_NEW_ARRAY(a, double, (size_t)n + 1); }

static const double inside = 100, few = 4; /* found by experiment, on scaled numbers */

/* The middle of a narrow box; otherwise well inside the bound that is nearer to 0. */
static double middle(double low, double high) {
  if (high - low <= 2 * inside) return (low + high) / 2;
  if (fabs(low) <= fabs(high)) return isfinite(low) ? low + inside : 0;
  return isfinite(high) ? high - inside : 0;
}

/* All prices equal, but on the side that the costs require. */
static void begin(pl_interior *s, pl_arena *a) {
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

/* Moves x the shortest way to where A x = b, and back well inside its bounds. */
static void approach(pl_interior *s) {
  const pl_normal *q = s->q;
  for (int j = 0; j < q->n; j++) s->theta[j] = 1, s->h[j] = 0;
  pl_normal_factor(s->q, s->theta, regular, s->task->crew);
  pl_interior_measure_rows(s);
  memcpy(s->dy, s->residual, (size_t)q->m * sizeof *s->dy);
  memset(s->dy + q->m, 0, (size_t)q->n_dense * sizeof *s->dy);
  pl_factor_solve(q->factor, s->dy, s->task->crew);
  for (int j = 0; j < q->n; j++) {
    double const low = q->lower[j], high = q->upper[j];
    double const margin = least((high - low) / 4, inside / 10);
    s->x[j] = most(low + margin, least(high - margin, s->x[j] + transposed(q, j, s->dy)));
  }
}

/* The largest residual of the point's rows, relative to the flows in each. */
static double short_of_flows(const pl_interior *s) {
  /* flows below 1 in the program count as 1 */
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

/* One step towards A x = b; no column reaches a bound. */
static void close_rows(pl_interior *s) {
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

/* From now on columns move according to their room. */
static void weigh_by_room(pl_interior *s) {
  const pl_normal *q = s->q;
  for (int j = 0; j < q->n; j++)
    s->theta[j] =
        most(smallest_room, least(1, least(s->x[j] - q->lower[j], q->upper[j] - s->x[j])));
  pl_normal_factor(s->q, s->theta, least_regular, s->task->crew);
}

/* The steps measure rows by the largest right-hand side. That is not enough where flows are small:
 * there, too, goods must not appear from nowhere. */
static void polish(pl_interior *s) {
  for (int round = 0; round < ROUNDS && short_of_flows(s) > exact; round++) {
    if (round == 0) weigh_by_room(s);
    memset(s->h, 0, (size_t)s->q->n * sizeof *s->h);
    close_rows(s);
    pl_interior_measure_rows(s);
  }
}

static bool is_done(const pl_interior *s) {
  return s->infeasible <= wanted_residual && s->gap <= s->wanted_gap;
}

/* Powers of ten between the point and what is required of it. */
static double decades_left(const pl_interior *s) {
  return log10(fmax(1, fmax(s->infeasible / wanted_residual, s->gap / s->wanted_gap)));
}

/* Whether steps as good as the best of the last ones would not be enough: a run that stalls early
 * does not recover, and every step costs a factorization. Decided by numbers alone, so that it ends
 * at the same step on every machine. */
static bool is_hopeless(const double *left, long now) {
  if (now < SETTLED) return false;
  double closest = left[now];
  for (long k = now - TREND + 1; k < now; k++) closest = least(closest, left[k]);
  double const gained = left[now - TREND] - closest;
  return gained * (double)(MOST_STEPS - now) < closest * TREND;
}

static void copy(const pl_interior *s, double *const to[4], double *const from[4]) {
  size_t const n = (size_t)s->q->n * sizeof(double);
  for (int k = 0; k < 3; k++) memcpy(to[k], from[k], n);
  memcpy(to[3], from[3], (size_t)s->q->m * sizeof(double));
}

/* The best point is kept: near the end, steps may lead away again, or break down if the rows are
 * ill-conditioned. */
static void keep(pl_interior *s) {
  double const from_good = most(s->infeasible / wanted_residual, s->gap / good_gap);
  if (!(from_good < s->kept.from_good)) return;
  s->kept.from_good = from_good;
  copy(s, (double *[]){s->kept.x, s->kept.lower_price, s->kept.upper_price, s->kept.y},
       (double *[]){s->x, s->lower_price, s->upper_price, s->y});
}

/* Returns to the best point; whether it is good enough. */
static bool take_kept(pl_interior *s) {
  if (!(s->kept.from_good < HUGE_VAL)) return false;
  copy(s, (double *[]){s->x, s->lower_price, s->upper_price, s->y},
       (double *[]){s->kept.x, s->kept.lower_price, s->kept.upper_price, s->kept.y});
  s->corrects = false;    /* stay there */
  pl_interior_measure(s); /* restores what belongs to the point: residuals, θ */
  return s->kept.from_good <= 1;
}

static long boxed(const pl_normal *q) {
  long n = 0;
  for (int j = 0; j < q->n; j++) n += has_lower(q, j) + has_upper(q, j);
  return n;
}

/* Takes as many steps as make sense; whether the point is then close enough. */
static bool converge(pl_interior *s, long *steps) {
  long const n_bounds = boxed(s->q);
  double best = HUGE_VAL, feasible = HUGE_VAL, left[MOST_STEPS];
  int since = 0;
  for (*steps = 0; *steps < MOST_STEPS; ++*steps) {
    pl_interior_measure(s);
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
    pl_interior_step(s, n_bounds);
  }
  return take_kept(s);
}

/* The program to work on: lp itself, or a longer one whose first columns and rows are lp's. */
static const pl_lp *without_long_columns(const pl_lp *lp, pl_arena *a) {
  const pl_lp *longer = pl_stretch(lp, a);
  return longer ? longer : lp;
}

/* Whether a step costs so much that the simplex is faster. The interior point takes some forty
 * steps whatever the program, with one factorization each; the simplex takes about as many
 * iterations as there are rows, and each touches roughly the square root of their number. Both are
 * counted, not timed, so that the choice is the same on every machine. The limit is from decision
 * 12. */
static bool is_dear(const pl_normal *q) {
  return pl_factor_work(q->factor) > most_work * (double)q->m * sqrt((double)q->m);
}

static bool find_point(pl_interior *s, const pl_lp *lp, double blurred, pl_arena *scratch,
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
  pl_interior s = {.task = task, .wanted_gap = close};
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

/* The optima of a program with many form a face, and its middle shows no basis. A perturbed
 * (blurred) program has one optimum: its basis is that of a vertex of the face, or nearly, and the
 * simplex has little left to do. */
bool pl_corner_solve(const pl_task *task, pl_arena *scratch, pl_proposal *p) {
  const pl_lp *lp = without_long_columns(task->lp, scratch);
  pl_interior s = {.task = task, .wanted_gap = near};
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
