#ifndef PL_DIAGNOSE_DIAGNOSE_H
#define PL_DIAGNOSE_DIAGNOSE_H

#include "plan/program.h"
#include "solve/solve.h"

/* Why there is no plan, in the case's own words. Sentences are made in arena; places point into the
 * user's files. */

/* One number that has to change. Its sentence: "lanes.poti-ganja can carry at most 7.5 kt in
 * 2026-03, but ganja needs 9.2 kt of alumina from it: raise 'capacity 90 kt/year' by 1.7 kt (22.67
 * %); in its way: exactly 9.2 kt/month of markets.need (case.yaml:30)". */
typedef struct {
  const char *sentence;
  pl_place place;
  double amount,
      now; /* required change and present number, in internal units, in the worst period */
  const char *unit;
  int periods;
  bool is_conflict; /* it names a conflict instead and has no amount */
} pl_relaxation;

/* The cheapest set of changes to the case's own numbers (capacities, bounds, minima, stocks,
 * limits; never recipes or balances) that makes a plan possible: an elastic program in which every
 * such number may be relaxed, in all its periods together, at a cost of one per relative change
 * (two for obligations, which are what the plan is for); with integer on/off decisions only where
 * fractional ones would suffice. Where numbers alone are not enough, rules without a number are
 * relaxed too (row.def, column.def), and where even that fails, *out is one sentence that names
 * what conflicts. PL_OK with *n = 0 if the program is feasible after all. PL_STOPPED when stopped
 * as specified in by (pl_solve_stopped_by). */
pl_status pl_diagnose_infeasible(const pl_program *p, const pl_solve_options *by,
                                 pl_relaxation **out, int *n, pl_arena *a, pl_diag *diag);

/* Ways to earn without limit: rays of the program over its unbounded columns. Each loop found is
 * reported as an error at the place of the market that could be bounded: "markets.a earns without
 * limit …: buy … sell …; give markets.a an 'up to'". PL_UNBOUNDED if there is one, PL_OK if none.
 * For `check`, before any plan. */
pl_status pl_diagnose_loops(const pl_program *p, const pl_solve_options *by, pl_diag *diag);

#endif
