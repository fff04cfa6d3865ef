#ifndef PL_DIAGNOSE_DIAGNOSE_H
#define PL_DIAGNOSE_DIAGNOSE_H

#include "plan/program.h"
#include "solve/solve.h"

/* Why there is no plan, in the words of the case. Sentences are made in arena; places point into
 * the user's files. */

/* One number that must give way. Its sentence: "lanes.poti-ganja can carry at most 7.5 kt in
 * 2026-03, and ganja needs 9.2 kt of alumina from it: raise 'capacity 90 kt/year' by 1.7 kt (22.67
 * %); in its way: exactly 9.2 kt/month of markets.need (case.yaml:30)". */
typedef struct {
  const char *sentence;
  pl_place place;
  double amount, now; /* change wanted and the number now, inside units, in the worst period */
  const char *unit;
  int periods;
  bool is_conflict; /* it names what cannot hold together instead, and has no amount */
} pl_relaxation;

/* The cheapest set of changes to the case's own numbers (capacities, bounds, minima, stocks,
 * limits; never recipes or balances) that makes a plan possible: an elastic program in which every
 * such number may give way, in all its periods together, at a cost of one per relative change (what
 * must be there at two: it is what the plan is for); with whole on/off decisions only where parts
 * of them would do. Where numbers alone leave no way out, rules that no number says give way too
 * (row.def, column.def), and where nothing does, *out is one sentence that names what cannot hold
 * together. PL_OK with *n = 0 if the program is feasible after all. Stopped as by says
 * (pl_solve_stopped_by): PL_STOPPED. */
pl_status pl_diagnose_infeasible(const pl_program *p, const pl_solve_options *by,
                                 pl_relaxation **out, int *n, pl_arena *a, pl_diag *diag);

/* Ways to earn without end: rays of the program over its unbounded columns. Each loop found is a
 * complaint: "buys X at … sells at …: earns 12.3 USD/t without bound; give markets.a an 'up to'" at
 * the place of the market that could carry a bound. PL_UNBOUNDED if there is one, PL_OK if none.
 * For `check`, before any plan. */
pl_status pl_diagnose_loops(const pl_program *p, const pl_solve_options *by, pl_diag *diag);

#endif
