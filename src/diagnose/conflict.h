#ifndef PL_DIAGNOSE_CONFLICT_H
#define PL_DIAGNOSE_CONFLICT_H

#include "diagnose/diagnose.h"

/* The last resort where relaxing everything that may be relaxed does not make a plan possible:
 * which things conflict. For a linear program, those whose rules have a nonzero price in the proof
 * of infeasibility; with integer decisions, a small set that remains infeasible when all others are
 * left out, within a budget of attempts. out->sentence is NULL if a plan is possible after all.
 * Internal to this folder. */
pl_status pl_conflict_find(const pl_program *p, const pl_solve_options *by, pl_arena *a,
                           pl_relaxation *out, pl_diag *diag);
/* Where no solver finds an answer: the largest and the smallest number, as suspects. */
void pl_conflict_suspects(const pl_program *p, pl_arena *a, pl_relaxation *out);

#endif
