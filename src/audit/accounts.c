/* Independent check of the accounts: compares what money.c and payments.c derive from the plan's
 * amounts with the accounts of the schedule and with the objective. */
#include <math.h>

#include "audit/money.h"
#include "plan/words.h"

static const double limit = 1e-6, cent = 0.01;

/* Compares two sums; the limit is relative, with an absolute allowance `room` on top. */
static void compare_within(pl_audit_purse *k, const char *what, double have, double due,
                           double room) {
  pl_audit_walk *w = k->w;
  double const gap = isfinite(have) && isfinite(due) ? fabs(have - due) : (double)INFINITY;
  w->out->money_gap = fmax(w->out->money_gap, gap);
  if (gap <= limit * fmax(1, fabs(due)) + room || !pl_audit_may_complain(w)) return;
  (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                "%s is %.9g, but the case's prices and the plan's amounts give %.9g", what, due,
                have);
}

/* Allows for rounding in all the money that moved. */
static void compare(pl_audit_purse *k, const char *what, double have, double due) {
  compare_within(k, what, have, due, 1e-12 * k->gross);
}

/* The objective includes the tie-breaking costs, which the ledger may change; and the solver's
 * error in it is relative to all the money that moved. */
static void compare_objective(pl_audit_purse *k) {
  const pl_audit_walk *w = k->w;
  double const ties = pl_program_ties(w->p, w->s->solution->col_value);
  compare_within(k, "the objective with its sign reversed", k->present,
                 ties - w->s->solution->objective,
                 fabs(ties) + limit / 100 * w->out->certificate.moved);
}

static const char *year_words(const pl_audit_walk *w, int y) {
  char buf[32];
  if (y == w->s->n_years) return "after the case's end";
  (void)pl_time_format(w->s->years.start[y], PL_YEAR, buf, sizeof buf);
  return pl_arena_printf(w->scratch, "in %s", buf);
}

static void compare_accounts(pl_audit_purse *k) {
  pl_audit_walk *w = k->w;
  for (int p = 0; p < w->c->n_parties; p++)
    for (int line = 0; line < PL_LINES; line++)
      for (int y = 0; y <= k->n_years; y++) {
        double const due = k->account[(p * PL_LINES + line) * (k->n_years + 1) + y],
                     have = pl_schedule_account(w->s, p, (pl_line)line, y);
        if (due == 0 && have == 0) continue;
        const char *what = pl_arena_printf(w->scratch, "'%s' of %s %s", pl_line_key((pl_line)line),
                                           w->c->parties[p].name, year_words(w, y));
        compare(k, what, due, have);
      }
  for (int p = 0; p < w->c->n_parties; p++)
    for (int y = 0; y < k->n_years; y++) {
      double const due = k->earned[p * (k->n_years + 1) + y], have = pl_schedule_earned(w->s, p, y);
      if (due == 0 && have == 0) continue;
      compare(
          k,
          pl_arena_printf(w->scratch, "what %s earns %s", w->c->parties[p].name, year_words(w, y)),
          due, have);
    }
}

/* Line by line, the accounts of all parties add up to what comes from outside: everything else the
 * parties pay each other. */
static void check_transfers(pl_audit_purse *k) {
  pl_audit_walk *w = k->w;
  double *gap = &w->out->transfers_gap;
  for (int line = 0; line < PL_LINES; line++) {
    double sum = 0;
    for (int p = 0; p < w->c->n_parties; p++)
      for (int y = 0; y <= k->n_years; y++) sum += pl_schedule_account(w->s, p, (pl_line)line, y);
    if (k->between[line]) *gap += fabs(sum - k->outside[line]);
  }
  if (*gap <= cent / 2 + 1e-12 * k->gross || !pl_audit_may_complain(w)) return;
  (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                "payments between the parties do not cancel: %.9g is left over", *gap);
}

void pl_audit_money(pl_audit_walk *w) {
  pl_audit_purse k = {.w = w, .n_years = w->s->n_years};
  size_t const parties = (size_t)w->c->n_parties + 1, lines = parties * PL_LINES;
  size_t const years = (size_t)k.n_years + 1;
  k.account = PL_NEW_ARRAY(w->keep, double, years *lines);
  k.earned = PL_NEW_ARRAY(w->keep, double, years *parties);
  for (int i = 0; i < w->p->n_column_blocks; i++) {
    const pl_block *block = &w->p->columns[i];
    pl_audit_pay_block(&k, block);
    if (pl_words_noun(block, false) == PL_NOUN_agreement) pl_audit_pay_agreement(&k, block);
    pl_arena_reset(w->scratch);
  }
  pl_audit_pay_standing(&k);
  compare_accounts(&k);
  check_transfers(&k);
  compare(&k, "the present value of the accounts", k.present, w->s->present_total);
  compare_objective(&k);
}
