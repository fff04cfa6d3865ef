/* Looks for a proof that a program is infeasible. The least total violation of its rows is a
 * program that always has an answer and no price larger than 1, so that the interior point solves
 * it where the simplex fails. If the violation is not 0, the prices of its rows are the proof. */
#include <math.h>
#include <string.h>

#include "solve/highs.h"

/*     min Σ (short + over)   subject to   row_lower ≤ A x + short − over ≤ row_upper,
 *                                         lower ≤ x ≤ upper */
static pl_lp *missing(const pl_lp *lp, pl_arena *a) {
  size_t const most = (size_t)lp->n_cols + 2 * (size_t)lp->n_rows;
  size_t const entries = (size_t)lp->n_entries + 2 * (size_t)lp->n_rows;
  pl_lp *m = PL_NEW(a, pl_lp);
  *m = *lp;
  m->offset = 0;
  m->integer = NULL;
  m->n_integer = 0;
  m->when = NULL; /* known where it is known for rows, since the new columns lie there */
  if (lp->when && lp->row_when) {
    m->when = PL_NEW_ARRAY(a, pl_interval, most + 1);
    memcpy(m->when, lp->when, (size_t)lp->n_cols * sizeof *m->when);
  }
  m->cost = PL_NEW_ARRAY(a, double, most + 1);
  m->lower = PL_NEW_ARRAY(a, double, most + 1);
  m->upper = PL_NEW_ARRAY(a, double, most + 1);
  m->start = PL_NEW_ARRAY(a, int, most + 2);
  m->index = PL_NEW_ARRAY(a, int, entries + 1);
  m->value = PL_NEW_ARRAY(a, double, entries + 1);
  memcpy(m->lower, lp->lower, (size_t)lp->n_cols * sizeof *m->lower);
  memcpy(m->upper, lp->upper, (size_t)lp->n_cols * sizeof *m->upper);
  memcpy(m->start, lp->start, ((size_t)lp->n_cols + 1) * sizeof *m->start);
  memcpy(m->index, lp->index, (size_t)lp->n_entries * sizeof *m->index);
  memcpy(m->value, lp->value, (size_t)lp->n_entries * sizeof *m->value);
  return m;
}

static void add_slack(pl_lp *m, int row, double value) {
  int const j = m->n_cols++;
  m->cost[j] = 1;
  m->upper[j] = INFINITY;
  if (m->when) m->when[j] = m->row_when[row];
  m->index[m->n_entries] = row;
  m->value[m->n_entries++] = value;
  m->start[j + 1] = (int)m->n_entries;
}

static bool is_crossed(const double *lower, const double *upper, int n) {
  for (int i = 0; i < n; i++)
    if (lower[i] > upper[i]) return true;
  return false;
}

static bool cannot_hold(const pl_lp *lp) {
  return is_crossed(lp->lower, lp->upper, lp->n_cols) ||
         is_crossed(lp->row_lower, lp->row_upper, lp->n_rows);
}

static pl_lp *with_slacks(const pl_lp *lp, pl_arena *a) {
  pl_lp *m = missing(lp, a);
  for (int i = 0; i < lp->n_rows; i++) {
    if (isfinite(lp->row_lower[i])) add_slack(m, i, 1);
    if (isfinite(lp->row_upper[i])) add_slack(m, i, -1);
  }
  return m;
}

pl_refuted pl_refute_by_simplex(const pl_task *t, pl_arena *scratch) {
  static const double nothing = 1e-9;
  const pl_lp *lp = t->lp;
  if (cannot_hold(lp)) return PL_REFUTED;
  pl_lp *m = with_slacks(lp, scratch);
  pl_solve_options options = *t->options;
  pl_highs *h = NULL;
  pl_solution *x = NULL;
  pl_diag *aside = pl_diag_new();
  bool gave_up = false;
  if (pl_highs_new(m, &options, t->watch, &h, aside) == PL_OK &&
      pl_highs_try(h, scratch, &x, &gave_up, aside) != PL_OK)
    x = NULL;
  pl_highs_free(h);
  pl_diag_free(aside);
  double size = 1;
  for (int j = 0; x && j < lp->n_cols; j++) size = fmax(size, fabs(x->col_value[j]));
  if (!x) return PL_REFUTED_NOT;
  if (pl_lp_refutes(lp, x->row_dual)) return PL_REFUTED;
  return x->objective <= nothing * size ? PL_REFUTED_NEVER : PL_REFUTED_NOT;
}

bool pl_refute(const pl_task *t, pl_arena *scratch) {
  const pl_lp *lp = t->lp;
  if (cannot_hold(lp)) return true;
  pl_lp *m = with_slacks(lp, scratch);
  pl_task task = *t;
  pl_proposal p;
  task.lp = m;
  task.patient = true;
  pl_proposal_begin(m, scratch, &p);
  return (pl_interior_solve(&task, scratch, &p) || p.is_rough) && pl_lp_refutes(lp, p.x.row_dual);
}
