#ifndef PL_STORE_RUN_H
#define PL_STORE_RUN_H

#include "audit/audit.h"
#include "case/case.h"
#include "plan/program.h"
#include "plan/schedule.h"
#include "report/value.h"
#include "solve/solve.h"

/* A run: a case, its program, and the answer when there is one. Made from a case, or read back from
 * a run file, which holds everything it was made from; explain, compare and export treat both
 * alike. */
typedef struct {
  pl_arena *arena;
  pl_files *files; /* the caller's; outlives the run */
  pl_case *c;
  pl_program *program;
  pl_solution *solution; /* NULL: there is no plan */
  pl_schedule *schedule; /* NULL: there is no plan */
  pl_audit audit;        /* of the solution; audited again when a run is read */
  pl_status status;      /* PL_OK: planned; PL_STOPPED: the plan held was not proven optimal;
                            PL_INFEASIBLE, PL_UNBOUNDED: there is none */
  const char *case_path; /* as the user named it */
  const char *case_file; /* the first file read */
  const char *scenario;  /* NULL = none */
  const char **set;      /* [n_set] */
  int n_set;
  pl_valuation *valuation; /* NULL: not valued here; a run that was read has only the tables */
  int n_value_tables;      /* PL_VALUE_TABLES, or 0: not valued */
  pl_table **value_table;
  double gap;          /* requested */
  const char *version; /* version of the potline that made it */
  const char *written; /* "2026-03-01T12:00", UTC; NULL when it was not read from a file */
} pl_run;

/* Read a case and build its program. files: the caller's, new; error messages point into it, so
 * keep it until they have been shown. */
pl_status pl_run_open(const char *case_path, const pl_case_options *options, pl_files *files,
                      pl_run **out, pl_diag *diag);
void pl_run_free(pl_run *r); /* NULL allowed */

/* Solve, make the schedule, audit. A run solves once, so options->once is taken as set. PL_OK and
 * PL_STOPPED may leave a plan (PL_STOPPED also none); PL_INFEASIBLE and PL_UNBOUNDED add nothing to
 * diag: diagnose/ explains them. A plan that fails its audit is PL_AUDIT and is not kept. */
pl_status pl_run_solve(pl_run *r, const pl_solve_options *options, pl_diag *diag);

/* Value the agreements: the plan is then the joint one with all of them in force. PL_RANGE where
 * there is nothing to value, PL_INFEASIBLE and PL_UNBOUNDED with an error that names the coalition
 * or subset; then the run has no plan. PL_STOPPED: it may have the joint plan, and what was valued
 * before the stop. */
pl_status pl_run_value(pl_run *r, const pl_value_options *options, pl_diag *diag);

/* Choose the file to write r to. A run never replaces one that holds more (no plan < a plan not
 * proven optimal < a plan < a valuation), nor, under a default name, one that was made with another
 * scenario or other settings: it takes the first of NAME-2.run, NAME-3.run, … that it may, and a
 * note says so. A note also says which run is replaced. */
typedef struct {
  const char *path;
  bool named;   /* by the user */
  bool replace; /* whatever run exists there */
  bool quiet;   /* no note when a run is replaced */
} pl_run_wish;
pl_status pl_run_place(const pl_run *r, const pl_run_wish *wish, const char **out, pl_arena *a,
                       pl_diag *diag);

/* Write one SQLite file, completely or not at all; see store/output.h for what may be replaced. */
pl_status pl_run_write(const pl_run *r, const char *path, pl_diag *diag);
/* Read the case from the files kept in the run, build its program, attach the answer and audit it.
 * A file that is not a run, has another layout, or is damaged gives an error; it cannot do more
 * harm than that. */
pl_status pl_run_read(const char *path, pl_files *files, pl_run **out, pl_diag *diag);

#define PL_RUN_APPLICATION 0x504C524E /* "PLRN", in the head of the SQLite file */
#define PL_RUN_LAYOUT      1 /* raised when an older potline could no longer read the file */

/* "planned", "stopped", "infeasible", "unbounded"; PL_OK, PL_STOPPED, PL_INFEASIBLE, PL_UNBOUNDED
 * only. */
const char *pl_run_status_word(pl_status s);

#endif
