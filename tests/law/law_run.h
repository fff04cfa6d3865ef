#ifndef LAW_RUN_H
#define LAW_RUN_H

#include "audit/audit.h"
#include "case/case.h"
#include "law/law_case.h"
#include "plan/schedule.h"
#include "solve/solve.h"

/* One case, from text to audited plan. */
typedef struct {
  pl_arena *arena;
  pl_files *files;
  pl_diag *diag;
  pl_case *c;
  pl_program *p;
  pl_solver *solver;
  pl_solution *s;
  pl_schedule *schedule;
  pl_audit audit;
  pl_status status; /* of the stage that failed; PL_OK, PL_INFEASIBLE are answers */
  double value;     /* the joint present value */
  double gross;     /* Σ |entry| behind it: what errors of value are relative to */
} law_run;

void law_read(law_run *r, const law_text *text,
              const pl_case_options *options); /* case and program only */
void law_solve(law_run *r);                    /* the rest */
void law_solve_by(law_run *r, pl_method method);
void law_plan(law_run *r, const law_case *c, const law_dress *d); /* all of it */
void law_done(law_run *r);

#endif
