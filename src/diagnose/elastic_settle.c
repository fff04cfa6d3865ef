/* Which slices of a number are relaxed, and by how much each, may be ambiguous: one of the equally
 * cheap answers is chosen by rule, so that the message does not depend on the solver's path. */
#include "diagnose/elastic.h"
#include "solve/face/face.h"

/* Larger programs keep the solver's answer. */
enum { SETTLED_MOST = 50000 };

/* Near 1, and different for every slack: the golden ratio's multiples spread evenly. */
static double slack_weight(int k) {
  double const spread = 0.6180339887498949 * (k + 1);
  return 1 + 0.25 * (spread - (double)(long)spread);
}

void pl_elastic_settle(const pl_elastic *e, const pl_solve_options *by, pl_arena *a) {
  const pl_lp *lp = &e->sketch.lp;
  if (lp->n_cols > SETTLED_MOST || e->answer->state != PL_SOLVED || e->answer->is_rough) return;
  int const n = e->program->lp.n_cols;
  double *weight = PL_NEW_ARRAY(a, double, (size_t)lp->n_cols + 1);
  double *row = PL_NEW_ARRAY(a, double, (size_t)e->program->lp.n_rows + 1);
  const double *const rules[] = {weight};
  pl_diag *quiet = pl_diag_new();
  pl_program_weights(e->program, weight, row);
  for (int j = n; j < lp->n_cols; j++) weight[j] = slack_weight(j - n);
  (void)pl_face_settle(lp, 1, rules, by, e->answer, NULL, quiet);
  pl_diag_free(quiet);
}
