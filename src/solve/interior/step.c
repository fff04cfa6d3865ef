/* One step of the interior point: passes over columns and rows for its direction, and how far it
 * may go. Every pass is cut into the same parts whatever the number of threads, and every number is
 * summed by one thread in a fixed order, so that the answer does not depend on their number. */
#include <string.h>

#include "solve/interior/interior_parts.h"

/* --- Passes over columns ---------------------------------------------------------------------- */

static int part_start(int n, int part) { return (int)((long)n * part / PL_PARTS); }

/* One bound's part in a step dx: side is 1 for the lower and −1 for the upper, room the distance to
 * it, z its price. The target of complementarity is `target` less the second-order term from the
 * predictor's step. Returns how z changes. */
typedef struct {
  double room_inverse, target;
} aim;

static inline aim aim_at(const pl_interior *s, double room, double z, double toward) {
  double const inverse = 1 / room; /* towards the bound: the predictor's change of room */
  return (aim){inverse, s->corrects ? s->centre + toward * z * (1 + toward * inverse) : 0};
}

/* How z changes over a step that changes the room by `change`. */
static inline double price_change(aim w, double z, double change) {
  return (w.target - z * change) * w.room_inverse - z;
}

static inline void step_bound(pl_column_sums *t, aim w, double room, double z, double change) {
  double const dz = price_change(w, z, change);
  if (change < 0) t->step_primal = least(t->step_primal, -room / change);
  if (dz < 0) t->step_dual = least(t->step_dual, -z / dz);
  t->moved[0] += change * z, t->moved[1] += room * dz, t->moved[2] += change * dz;
}

/* Along dx: how prices change, how far one can go, and what complementarity would become. A dense
 * column's dx is already known as its node's unknown: computed from dy it would be a small
 * difference of large numbers, times a large θ. */
static void direct(int part, void *user) {
  pl_interior *s = user;
  const pl_normal *q = s->q;
  double *step = s->corrects ? s->dx : s->predicted;
  pl_column_sums t = {.step_primal = 1, .step_dual = 1};
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
  pl_interior *s = user;
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

/* Moves column j along the step, and the prices of its bounds accordingly. */
static inline void move(pl_interior *s, int j) {
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

/* Takes the step; then the residuals of the point, θ, and the predictor's h = d. */
static void advance(int part, void *user) {
  pl_interior *s = user;
  const pl_normal *q = s->q;
  pl_column_sums t = {0};
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

/* --- Passes over rows ------------------------------------------------------------------------- */

/* residual = b − A x;  right = residual + A (θ h) */
static void look_rows(int part, void *user) {
  pl_interior *s = user;
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
  pl_interior *s = user;
  const pl_normal *q = s->q;
  for (int i = part_start(q->m, part); i < part_start(q->m, part + 1); i++) {
    double more = s->residual[i];
    for (int k = q->row_start[i]; k < q->row_start[i + 1]; k++)
      if (!q->is_dense[q->column[k]]) more += q->row_value[k] * s->h[q->column[k]];
    s->right[i] = more;
  }
}

/* --- Steps ------------------------------------------------------------------------------------ */

static void pass(pl_interior *s, void (*part)(int, void *)) {
  pl_crew_do(s->task->crew, PL_PARTS, part, s);
}

static void gather_columns(pl_interior *s) {
  pl_column_sums t = {.step_primal = 1, .step_dual = 1};
  for (int p = 0; p < PL_PARTS; p++) {
    const pl_column_sums *u = &s->part[p];
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

void pl_interior_measure(pl_interior *s) {
  pass(s, advance);
  gather_columns(s);
  pass(s, look_rows);
  double worst = 0, dual = s->sum.dual;
  for (int p = 0; p < PL_PARTS; p++) {
    worst = fmax(worst, s->row_worst[p]);
    dual += s->row_dual[p];
  }
  s->sum.dual = dual;
  s->infeasible = fmax(worst / s->b_size, s->sum.worst / s->c_size);
  s->gap = fabs(s->sum.primal - dual) / (1 + fabs(s->sum.primal));
}

static void solve_direction(pl_interior *s, bool first) {
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

void pl_interior_measure_rows(pl_interior *s) { pass(s, look_rows); }

/* One step of Mehrotra's: the predictor determines how much centring is needed. */
void pl_interior_step(pl_interior *s, long n_bounds) {
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
