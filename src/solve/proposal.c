/* The proposal of a method: room for it, whether its certificate makes it an answer, and copying
 * it. */
#include <math.h>
#include <string.h>

#include "solve/method.h"

/* An answer is returned if it is certified to this. Violations of rows and columns are measured
 * relative to the flows there, as in the audit, which computes other sums and so needs some slack;
 * loose: prices of bounds that are nearly met, which an interior point leaves. */
static const double certain = 1e-6, feasible = 1e-7, loose = 1e-3;

static void *array(pl_arena *a, int n, size_t size) {
  return pl_arena_alloc(a, (size_t)n + 1, size);
}

void pl_proposal_begin(const pl_lp *lp, pl_arena *a, pl_proposal *p) {
  *p = (pl_proposal){.x = {.col_value = array(a, lp->n_cols, sizeof(double)),
                           .col_dual = array(a, lp->n_cols, sizeof(double)),
                           .row_value = array(a, lp->n_rows, sizeof(double)),
                           .row_dual = array(a, lp->n_rows, sizeof(double)),
                           .bound = -INFINITY},
                     .col_basis = array(a, lp->n_cols, 1),
                     .row_basis = array(a, lp->n_rows, 1)};
}

/* Prices are measured relative to the size of the program's own numbers. */
static double largest(const double *v, int n) {
  double most = 1;
  for (int i = 0; i < n; i++)
    if (isfinite(v[i])) most = fmax(most, fabs(v[i]));
  return most;
}

bool pl_duals_prove(const pl_lp *lp, const pl_certificate *c) {
  return c->dual_infeasibility <= certain * largest(lp->cost, lp->n_cols) &&
         c->complementarity <= loose && c->dual_gap <= certain;
}

bool pl_proposal_is_certain(const pl_lp *lp, double mixed_gap, pl_proposal *p, pl_arena *scratch) {
  pl_certificate c;
  pl_lp_certify(lp, &p->x, scratch, &c);
  double const gap = lp->n_integer > 0 ? fmax(certain, mixed_gap) : certain;
  p->x.objective = c.objective;
  if (lp->n_integer == 0) p->x.bound = c.objective;
  if (!(c.relative_infeasibility <= feasible) || c.integrality > certain) return false;
  if (c.row_departure > certain || c.col_departure > certain) return false;
  return p->x.state == PL_SOLVED_STOPPED || (pl_duals_prove(lp, &c) && c.gap <= gap);
}

bool pl_proposal_is_near(const pl_lp *lp, const pl_proposal *p, pl_arena *scratch) {
  static const double roughly = 1e-3;
  pl_certificate c;
  pl_lp_certify(lp, &p->x, scratch, &c);
  return c.relative_infeasibility <= roughly;
}

static double *kept(pl_arena *a, const double *x, int n) {
  return memcpy(array(a, n, sizeof *x), x, (size_t)n * sizeof *x);
}

pl_solution *pl_solution_keep(const pl_lp *lp, const pl_solution *x, pl_arena *arena) {
  pl_solution *out = PL_NEW(arena, pl_solution);
  *out = *x;
  out->col_value = kept(arena, x->col_value, lp->n_cols);
  out->col_dual = kept(arena, x->col_dual, lp->n_cols);
  out->row_value = kept(arena, x->row_value, lp->n_rows);
  out->row_dual = kept(arena, x->row_dual, lp->n_rows);
  return out;
}
