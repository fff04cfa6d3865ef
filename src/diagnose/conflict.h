#ifndef PL_DIAGNOSE_CONFLICT_H
#define PL_DIAGNOSE_CONFLICT_H

#include "diagnose/diagnose.h"

/* The last resort where nothing that may give way makes a plan possible: which things cannot hold
 * together. Of a linear program those whose rules have a price in the proof that it has no answer;
 * with whole decisions as few as are left when all others are left out, within a budget of
 * attempts. out->sentence is NULL if a plan is possible after all. For this folder only. */
pl_status pl_conflict_find(const pl_program *p, const pl_solve_options *by, pl_arena *a,
                           pl_relaxation *out, pl_diag *diag);
/* Where no solver answers: the largest and the smallest number, as suspects. */
void pl_conflict_suspects(const pl_program *p, pl_arena *a, pl_relaxation *out);

#endif
