/* potline plan: what everyone should do, and what it earns. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/case_options.h"
#include "cli/leave.h"
#include "cli/options.h"
#include "cli/plan_case.h"
#include "cli/result_json.h"
#include "cli/say.h"
#include "cli/typical_error.h"
#include "explain/explain.h"
#include "lp/mps.h"
#include "report/report.h"
#include "store/output.h"

enum { BOTTLENECKS = 10 };

const pl_option pl_plan_options[] = {
    CASE_OPTIONS,
    STRICT_OPTION,
    {"out", 'o', "FILE.run",
     "where to keep the run; if not specified, NAME.run or NAME-SCENARIO.run here"},
    KEEP_OPTIONS,
    SOLVE_OPTIONS,
    {"relaxed", 0, NULL, "without integers: an upper bound on what any plan can earn"},
    {"quiet", 'q', NULL, "no progress and no report; only messages"},
    {"mps", 0, "FILE.mps", "also write the program, for other solvers"},
    {"typical-error", 0, NULL, "also plan every day, and report the error of typical days"},
    {"timing", 0, NULL, "report the time of each stage on standard error"},
    {0},
};

typedef struct { /* seconds on the clock, as each stage ended */
  double begun, opened, solved, written;
} stages;

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void show_stages(const pl_call *call, const pl_run *r, const stages *t) {
  if (!pl_option_given(call, "timing")) return;
  double const solver = r->solution ? r->solution->seconds : 0;
  (void)fprintf(
      stderr,
      "seconds: read and build %.3f, solver %.3f, post-process and audit %.3f, write %.3f\n",
      t->opened - t->begun, solver, t->solved - t->opened - solver, t->written - t->solved);
}

static const char *run_path(const pl_call *call, const pl_run *r) {
  const char *out = pl_option_value(call, "out");
  if (out) return out;
  return pl_arena_printf(call->arena, "%s.run",
                         pl_case_file_name(r->case_path, r->scenario, call->arena));
}

static void show_plan(const pl_call *call, const pl_run *r, const char *path) {
  pl_bottleneck tight[BOTTLENECKS];
  pl_report_facts facts = {.audit = &r->audit, .bottleneck = tight, .run = path};
  facts.n_bottlenecks = pl_explain_bottlenecks(r->schedule, BOTTLENECKS, tight, call->arena);
  pl_solve_options const by = PL_SOLVE_DEFAULTS;
  (void)pl_explain_bottleneck_sides(r->schedule, &by, tight, facts.n_bottlenecks, call->diag);
  if (call->json) {
    pl_write_plan(r, &facts, call->json);
    return;
  }
  if (pl_option_given(call, "quiet")) return;
  pl_string text;
  pl_string_init(&text, call->arena);
  pl_report_plan(r->schedule, &facts, &text);
  pl_say("%s", text.text);
}

/* A run without a plan is also kept when there is something to explain. */
static bool is_kept(const pl_run *r) {
  return r->schedule || r->status == PL_INFEASIBLE || r->status == PL_UNBOUNDED;
}

static pl_status write_program(const pl_call *call, const pl_run *r) {
  const char *path = pl_option_value(call, "mps");
  pl_file_new *f = NULL;
  if (!path) return PL_OK;
  PL_TRY(pl_output_open(path, PL_OUTPUT_MPS, &f, call->diag));
  pl_lp_write_mps(&r->program->lp, pl_file_new_stream(f));
  return pl_file_new_commit(f, call->diag);
}

/* Checks before the work that the outputs may be written. */
static pl_status check_outputs(const pl_call *call, const char *path) {
  const char *mps = pl_option_value(call, "mps");
  PL_TRY(pl_output_check(path, PL_OUTPUT_RUN, call->diag));
  if (!mps) return PL_OK;
  if (strcmp(mps, path) == 0)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--mps and --out are both '%s'", path);
  return pl_output_check(mps, PL_OUTPUT_MPS, call->diag);
}

static pl_status plan(pl_call *call, pl_run *r, stages *t) {
  const char *path = run_path(call, r);
  PL_TRY(check_outputs(call, path));
  PL_TRY(write_program(call, r));
  pl_status s = pl_plan_case(call, r);
  t->solved = now_s();
  if (!is_kept(r)) return s;
  if (!r->schedule) s = pl_say_why_not(call, r, s, call->diag);
  pl_status const written = pl_keep_run(call, r, path, &path);
  pl_leave_on_interrupt(); /* everything to be kept has been written */
  t->written = now_s();
  if (r->schedule && written == PL_OK) show_plan(call, r, path);
  if (r->schedule && written == PL_OK && s == PL_OK && pl_option_given(call, "typical-error"))
    s = pl_typical_error_tell(call, r);
  if (s == PL_STOPPED && written == PL_OK && r->schedule)
    pl_note(call->diag, PL_NOWHERE, "the plan found so far, not proven optimal, is in %s", path);
  return s != PL_OK ? s : written;
}

pl_status pl_cmd_plan(pl_call *call) {
  pl_run *r = NULL;
  stages t = {.begun = now_s()};
  PL_TRY(pl_open_case(call, call->args[0], &r));
  t.opened = now_s();
  pl_status s = pl_check_strict(call);
  if (s == PL_OK) s = plan(call, r, &t);
  if (r->schedule) show_stages(call, r, &t);
  pl_run_free(r);
  return s;
}
