/* The audit: runs both checks, the certificate and the independent one, and gives the verdict. The
 * arithmetic of the independent check is in the other files of this folder; walk.c has what they
 * share. */
#include "audit/audit.h"

#include <math.h>

#include "audit/walk.h"

static const double limit = 1e-6;
/* Limit for a marginal value times the slack of its bound, both relative: what an interior point
 * leaves. */
static const double loose = 1e-3;

static double largest(const double *x, int n) {
  double most = 1;
  for (int i = 0; i < n; i++)
    if (isfinite(x[i])) most = fmax(most, fabs(x[i]));
  return most;
}

/* The name of the worst row or column; either index may be −1. */
static const char *named(pl_audit_walk *w, int row, int col) {
  if (row >= 0) return pl_program_row_name(w->p, row, w->scratch);
  if (col >= 0) return pl_program_column_name(w->p, col, w->scratch);
  return "the program";
}

static bool beyond(pl_audit_walk *w, double have, double most) {
  return !(have <= most) && pl_audit_may_complain(w);
}

/* The plan itself, and what is stored with it: row totals, reduced costs, objective. */
static void judge_point(pl_audit_walk *w) {
  const pl_certificate *c = &w->out->certificate;
  double const size = largest(w->s->solution->col_value, w->p->lp.n_cols);
  if (beyond(w, c->primal_infeasibility, limit * size))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE, "the plan violates '%s' by %.3g",
                  named(w, c->worst_row, c->worst_col), c->primal_infeasibility);
  if (beyond(w, c->integrality, 1e-5))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "an integer decision is %.3g away from a whole number", c->integrality);
  if (beyond(w, c->row_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the stored total of '%s' is not the sum of its amounts: relative error %.3g",
                  named(w, c->false_row, -1), c->row_departure);
  if (beyond(w, c->col_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the stored reduced cost of '%s' does not follow from the duals: relative "
                  "error %.3g",
                  named(w, -1, c->false_col), c->col_departure);
  if (beyond(w, c->objective_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the stored objective is not that of the plan: relative error %.3g",
                  c->objective_departure);
}

/* Gaps are relative to the objective. Where much more money moves than remains (as in a plan worth
 * nothing), also a hundredth of the limit, applied to the money moved, is allowed. Tie-breaking
 * costs are nobody's money and are allowed in full: the ledger, which sets afterwards what is paid
 * and not taken, may change all of them. */
static double room_of(const pl_audit_walk *w) {
  const pl_certificate *c = &w->out->certificate;
  double const ties = pl_program_ties(w->p, w->s->solution->col_value);
  return (limit / 100 * c->moved + fabs(ties)) / fmax(1, fabs(c->objective));
}

/* That no plan is better, and that only binding rows and columns have a marginal value. With
 * integers, the duals belong to the program with these fixed; how far that is from optimal only the
 * search can tell, and all that can be checked is that its bound is possible. */
static void judge_duals(pl_audit_walk *w, double gap_allowed) {
  const pl_certificate *c = &w->out->certificate;
  double const most = fmax(limit, room_of(w));
  if (beyond(w, c->dual_infeasibility, limit * largest(w->p->lp.cost, w->p->lp.n_cols)))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is not proven best: a marginal value is wrong by %.3g",
                  c->dual_infeasibility);
  if (beyond(w, c->complementarity, loose))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "'%s' has a marginal value but is not binding: relative slack %.3g",
                  named(w, c->loose_row, c->loose_col), c->complementarity);
  if (beyond(w, c->dual_gap, most))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is not proven best: the relative gap to its dual bound is %.3g",
                  c->dual_gap);
  else if (beyond(w, c->gap, fmax(most, gap_allowed)))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is not proven best: the relative optimality gap is %.3g", c->gap);
  if (beyond(w, -c->gap, most))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is better than the bound stated for it: relative difference %.3g",
                  -c->gap);
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
  /* stopped early: it claims only to be feasible */
  if (s->solution->state == PL_SOLVED) judge_duals(&w, gap_allowed);
  out->balance_where = pl_arena_strdup(a, out->balance_where);
  out->passed = w.complaints == 0;
  pl_arena_free(w.scratch);
  pl_arena_free(w.keep);
  return out->passed ? PL_OK : PL_AUDIT;
}
