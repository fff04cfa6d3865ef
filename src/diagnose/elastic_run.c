/* Solves a program that is known to be feasible. */
#include "diagnose/elastic.h"

static pl_status run_by(const pl_lp *lp, const pl_solve_options *options, pl_method method,
                        pl_arena *a, pl_solution **answer, pl_diag *diag) {
  pl_solver *solver = NULL;
  pl_solve_options own = *options;
  if (method != PL_METHOD_AUTO) own.method = method;
  own.rough = method == PL_METHOD_INTERIOR;
  PL_TRY(pl_solver_new(lp, &own, &solver, diag));
  pl_status const status = pl_solver_run(solver, a, answer, diag);
  pl_solver_free(solver);
  return status;
}

void pl_elastic_pass_on(const pl_diag *from, pl_diag *to) {
  for (int i = 0; i < pl_diag_size(from); i++) {
    const pl_message *m = pl_diag_at(from, i);
    if (m->severity == PL_ERROR) (void)pl_fail(to, m->status, m->place, "%s", m->text);
  }
}

pl_status pl_elastic_run(const pl_lp *lp, const pl_solve_options *options, pl_arena *a,
                         pl_solution **answer, pl_diag *diag) {
  if (lp->n_integer > 0) return run_by(lp, options, PL_METHOD_AUTO, a, answer, diag);
  pl_diag *first = pl_diag_new();
  pl_status const status = run_by(lp, options, PL_METHOD_AUTO, a, answer, first);
  if (status == PL_STOPPED) pl_elastic_pass_on(first, diag);
  pl_diag_free(first);
  if (status == PL_OK || status == PL_STOPPED) return status;
  return run_by(lp, options, PL_METHOD_INTERIOR, a, answer, diag);
}
