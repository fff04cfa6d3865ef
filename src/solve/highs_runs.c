/* The ways to run HiGHS: the usual one, and others where it breaks down. */
#include "solve/highs_parts.h"

/* Other ways to go if the usual one breaks down ("excessive primal values", or primal and dual
 * objectives apart, in HiGHS 1.15, on sound programs too: long transit times make ill-conditioned
 * bases). First without HiGHS's own scaling: that alone has helped most often. */
enum { DUAL, PRIMAL };
static const pl_highs_way other_ways[] = {{DUAL, false, "choose"}, {DUAL, false, "off"},
                                          {DUAL, true, "off"},     {PRIMAL, false, "off"},
                                          {PRIMAL, true, "off"},   {PRIMAL, true, "choose"}};

enum { OTHER_WAYS = sizeof other_ways / sizeof *other_ways };

/* If a run breaks down, or its answer is not certain: the quickest first. */
enum { REFRESHED, TIGHTER, FROM_KEPT, COLD, QUICK = COLD + 2, REMEDIES = COLD + 1 + OTHER_WAYS };

int pl_highs_remedies(void) { return REMEDIES; }

static pl_outcome run_from_kept(pl_highs *s) {
  return pl_highs_run_from(s, s->kept_cols, s->kept_rows);
}

pl_outcome pl_highs_run_remedy(pl_highs *s, int which) {
  if (which == TIGHTER) return pl_highs_run_tighter(s);
  if (which == REFRESHED) return pl_highs_run_refreshed(s);
  if (which == FROM_KEPT) return s->kept_cols ? run_from_kept(s) : PL_RUN_FAILED;
  return which == COLD ? pl_highs_run_cold(s) : pl_highs_run_way(s, &other_ways[which - COLD - 1]);
}

pl_outcome pl_highs_run_otherwise(pl_highs *s) {
  pl_outcome o = PL_RUN_FAILED;
  for (int way = 0; o == PL_RUN_FAILED && way < OTHER_WAYS; way++)
    o = pl_highs_run_way(s, &other_ways[way]);
  return o;
}

/* A program without a finite optimum is infeasible if it stays so when nothing costs anything. */
static pl_outcome infeasible_or_unbounded(pl_highs *s) {
  pl_outcome const o = pl_highs_run_free(s);
  return o == PL_RUN_OPTIMAL ? PL_RUN_UNBOUNDED : o;
}

/* A program without columns, whose rows HiGHS does not look at. */
static pl_outcome run_empty(const pl_highs *s) {
  for (int i = 0; i < s->lp.n_rows; i++) {
    if (s->lp.row_lower[i] > 0 || s->lp.row_upper[i] < 0) return PL_RUN_INFEASIBLE;
  }
  return PL_RUN_OPTIMAL;
}

/* A program with an answer known to the caller, and a finite optimum, cannot be infeasible:
 * presolve has reported ill-conditioned ones as infeasible. */
static pl_outcome believed(const pl_highs *s, pl_outcome o) {
  bool const none =
      o == PL_RUN_INFEASIBLE || o == PL_RUN_UNBOUNDED || o == PL_RUN_INFEASIBLE_OR_UNBOUNDED;
  return none && s->options.has_answer ? PL_RUN_FAILED : o;
}

/* A run that was cold is not repeated cold: it would end in the same way. */
pl_outcome pl_highs_run_best(pl_highs *s, bool thorough) {
  if (s->lp.n_cols == 0) return run_empty(s);
  s->thorough = thorough;
  bool const from_kept = s->kept_cols && !s->goes_on;
  s->goes_on = false;
  if (s->keeps_incumbent) pl_highs_forget_runs(s);
  if (s->incumbent) pl_highs_hand_incumbent(s);
  bool const cold = !from_kept && !pl_highs_has_basis(s) && !pl_highs_is_mixed(s);
  pl_outcome o = believed(s, from_kept ? run_from_kept(s) : pl_highs_run_once(s));
  int const ways = thorough || s->options.has_answer ? REMEDIES : QUICK;
  for (int way = FROM_KEPT; o == PL_RUN_FAILED && way < ways; way++)
    if (way != COLD || !cold) o = believed(s, pl_highs_run_remedy(s, way));
  if (o == PL_RUN_UNBOUNDED || o == PL_RUN_INFEASIBLE_OR_UNBOUNDED) o = infeasible_or_unbounded(s);
  return o;
}
