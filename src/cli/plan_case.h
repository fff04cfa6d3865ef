#ifndef PL_CLI_PLAN_CASE_H
#define PL_CLI_PLAN_CASE_H

#include "cli/cmd.h"
#include "store/run.h"

/* Interactive solving, for the commands that plan. */
#define SOLVE_OPTIONS                                                                              \
  {"gap", 0, "G", "relative optimality gap for cases with integers, e.g. 0.001"},                  \
      {"time-limit", 0, "SECONDS", "stop after this many seconds with the best plan found"},       \
      {"jobs", 'j', "N",                                                                           \
       "threads; one per core if not specified. The answer does not depend on it"},                \
      {"method", 0, "NAME", "how to solve: auto, simplex, interior, vertex, windows, rolling"}

/* POTLINE_KERNEL: the instruction set to use; the widest that the processor supports if not set. */
pl_status pl_read_kernel(pl_kernel *out, pl_diag *diag);

#define KEEP_OPTIONS                                                                               \
  {"replace", 0, NULL, "overwrite any run of that name, even one that holds more than this one"}

/* Write r to wanted, or beside a run that is to be kept (pl_run_place); *path: where. */
pl_status pl_keep_run(const pl_call *call, const pl_run *r, const char *wanted, const char **path);
/* Solve r as the options of the call say, with progress on a terminal. A plan not proven optimal
 * (Ctrl-C, time limit) gives PL_STOPPED. */
pl_status pl_plan_case(pl_call *call, pl_run *r);
/* Why there is no plan (s is PL_INFEASIBLE or PL_UNBOUNDED; any other is returned): reports each
 * relaxation or loop as an error at its place. Returns s, or what went wrong; PL_STOPPED where that
 * took too long. */
pl_status pl_say_why_not(const pl_call *call, const pl_run *r, pl_status s, pl_diag *diag);

#endif
