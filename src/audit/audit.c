/* The audit: runs both witnesses and gives the verdict. The arithmetic of the second is in the
 * other files of this folder; walk.c has what they share. */
#include "audit/audit.h"

#include <math.h>

#include "audit/walk.h"

static const double limit = 1e-6;
/* A price and the distance to its bound, each relative: what an interior point leaves of them. */
static const double loose = 1e-3;

static double largest(const double *x, int n) {
  double most = 1;
  for (int i = 0; i < n; i++)
    if (isfinite(x[i])) most = fmax(most, fabs(x[i]));
  return most;
}

/* "row name" or "column name" of the worst place; either index may be −1. */
static const char *named(pl_audit_walk *w, int row, int col) {
  if (row >= 0) return pl_program_row_name(w->p, row, w->scratch);
  if (col >= 0) return pl_program_column_name(w->p, col, w->scratch);
  return "the program";
}

static bool beyond(pl_audit_walk *w, double have, double most) {
  return !(have <= most) && pl_audit_may_complain(w);
}

/* The point, and what is held of it beside. */
static void judge_point(pl_audit_walk *w) {
  const pl_certificate *c = &w->out->certificate;
  double const size = largest(w->s->solution->col_value, w->p->lp.n_cols);
  if (beyond(w, c->primal_infeasibility, limit * size))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE, "the plan breaks '%s' by %.3g",
                  named(w, c->worst_row, c->worst_col), c->primal_infeasibility);
  if (beyond(w, c->integrality, 1e-5))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "an on/off decision is %.3g away from a whole number", c->integrality);
  if (beyond(w, c->row_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the total held for '%s' is not the sum of its amounts: off by %.3g of them",
                  named(w, c->false_row, -1), c->row_departure);
  if (beyond(w, c->col_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the reduced cost held for '%s' does not follow from the duals: off by %.3g of "
                  "what it is made of",
                  named(w, -1, c->false_col), c->col_departure);
  if (beyond(w, c->objective_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the objective held is not that of the plan: off by %.3g",
                  c->objective_departure);
}

/* Gaps are relative to the objective. Where far more money moves than is left of it, a plan that is
 * worth nothing above all, a hundredth of the limit on what moved; and what breaks ties is nobody's
 * money: the ledger, which sets afterwards what is paid and not taken, may change all of it. */
static double room_of(const pl_audit_walk *w) {
  const pl_certificate *c = &w->out->certificate;
  double const ties = pl_program_ties(w->p, w->s->solution->col_value);
  return (limit / 100 * c->moved + fabs(ties)) / fmax(1, fabs(c->objective));
}

/* That no plan is better, and that only what binds has a marginal value. Of integers the duals
 * speak of the program in which these are fixed; how far that is from the best is the search's
 * word, and no more can be checked of it than that it is possible. */
static void judge_duals(pl_audit_walk *w, double gap_allowed) {
  const pl_certificate *c = &w->out->certificate;
  double const most = fmax(limit, room_of(w));
  if (beyond(w, c->dual_infeasibility, limit * largest(w->p->lp.cost, w->p->lp.n_cols)))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is not proven best: a value of one more is wrong by %.3g",
                  c->dual_infeasibility);
  if (beyond(w, c->complementarity, loose))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "'%s' has a marginal value but does not bind: off by %.3g of its size",
                  named(w, c->loose_row, c->loose_col), c->complementarity);
  if (beyond(w, c->dual_gap, most))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is not proven best: the gap of its duals is %.3g", c->dual_gap);
  else if (beyond(w, c->gap, fmax(most, gap_allowed)))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE, "the plan is not proven best: the gap is %.3g",
                  c->gap);
  if (beyond(w, -c->gap, most))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the stated bound is better than the plan that attains it: by %.3g", -c->gap);
}

pl_status pl_audit_run(const pl_schedule *s, double gap_allowed, pl_arena *a, pl_audit *out,
                       pl_diag *diag) {
  const pl_program *p = s->program;
  pl_audit_walk w = {.s = s,
                     .p = p,
                     .c = p->c,
                     .quotes = p->c->quotes,
                     .keep = pl_arena_new(),
                     .scratch = pl_arena_new(),
                     .diag = diag,
                     .out = out};
  void (*const parts[])(pl_audit_walk *) = {
      pl_audit_readings,       pl_audit_balances, pl_audit_units,
      pl_audit_stock_reserves, pl_audit_trade,    pl_audit_limits,
      pl_audit_agreements,     pl_audit_money,    pl_audit_signs};
  *out = (pl_audit){.balance_where = ""};
  pl_lp_certify(&p->lp, s->solution, w.scratch, &out->certificate);
  pl_audit_index(&w);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    pl_arena_reset(w.scratch);
    parts[i](&w);
  }
  judge_point(&w);
  /* stopped early: feasible is all that it claims to be */
  if (s->solution->state == PL_SOLVED) judge_duals(&w, gap_allowed);
  out->balance_where = pl_arena_strdup(a, out->balance_where);
  out->passed = w.complaints == 0;
  pl_arena_free(w.scratch);
  pl_arena_free(w.keep);
  return out->passed ? PL_OK : PL_AUDIT;
}
