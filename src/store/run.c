/* A case on its way to a plan. */
#include "store/run.h"

#include <math.h>
#include <string.h>

#include "assemble/assemble.h"
#include "value/ledger.h"
#include "value/settle.h"

const char *pl_run_status_word(pl_status s) {
  if (s == PL_OK) return "planned";
  if (s == PL_STOPPED) return "stopped";
  return s == PL_INFEASIBLE ? "infeasible" : "unbounded";
}

static const char *copied(pl_arena *a, const char *text) {
  return text ? pl_arena_strdup(a, text) : NULL;
}

static void keep_options(pl_run *r, const char *case_path, const pl_case_options *options) {
  r->case_path = pl_arena_strdup(r->arena, case_path);
  r->scenario = copied(r->arena, options->scenario);
  r->n_set = options->n_set;
  r->set = PL_NEW_ARRAY(r->arena, const char *, (size_t)r->n_set + 1);
  for (int i = 0; i < r->n_set; i++) r->set[i] = pl_arena_strdup(r->arena, options->set[i]);
}

static pl_status read_and_build(pl_run *r, const pl_case_options *options, pl_diag *diag) {
  PL_TRY(pl_case_read(r->case_path, r->files, options, &r->c, diag));
  PL_TRY(pl_program_build(r->c, &r->program, diag));
  r->case_file = pl_arena_strdup(r->arena, pl_files_at(r->files, 0)->path);
  return PL_OK;
}

pl_status pl_run_open(const char *case_path, const pl_case_options *options, pl_files *files,
                      pl_run **out, pl_diag *diag) {
  pl_arena *arena = pl_arena_new();
  pl_run *r = PL_NEW(arena, pl_run);
  *r = (pl_run){.arena = arena, .files = files, .gap = (double)NAN, .version = POTLINE_VERSION};
  keep_options(r, case_path, options);
  pl_status const s = read_and_build(r, options, diag);
  if (s == PL_OK)
    *out = r;
  else
    pl_run_free(r);
  return s;
}

void pl_run_free(pl_run *r) {
  if (!r) return;
  pl_program_free(r->program);
  pl_case_free(r->c);
  pl_arena_free(r->arena);
}

/* A run solves one program once, so the command line and the library choose the same method. */
static pl_status solve(pl_run *r, const pl_solve_options *given, pl_diag *diag) {
  pl_solve_options options = *given;
  options.once = true;
  pl_solver *solver = NULL;
  PL_TRY(pl_solver_new(&r->program->lp, &options, &solver, diag));
  pl_status const s = pl_solver_run(solver, r->arena, &r->solution, diag);
  pl_solver_free(solver);
  return s;
}

/* With more columns than this, which of them were chosen by rule is not determined: that takes one
 * more program. */
enum { CHOSEN_MOST = 50000 };

/* Of the plans that earn the same, choose one by rule. If stopped before that, a plan proven
 * optimal remains so. */
static void settle(pl_run *r, const pl_solve_options *options) {
  pl_ties const ties = pl_ties_of(r->program, r->arena);
  const pl_lp *lp = &r->program->lp;
  pl_solution *x = r->solution;
  if (lp->n_cols <= CHOSEN_MOST) x->chosen = PL_NEW_ARRAY(r->arena, bool, (size_t)lp->n_cols + 1);
  (void)pl_settle(lp, &ties, PL_SETTLE_PLAN_AND_PRICES, options, x, x->chosen);
}

/* Schedule and audit of the solution; a plan that fails its audit is not kept. */
static pl_status finish(pl_run *r, pl_diag *diag) {
  bool const proven = r->status == PL_OK;
  pl_status s = pl_schedule_make(r->program, r->solution, r->arena, &r->schedule);
  if (s == PL_OK)
    s = pl_audit_run(r->schedule, proven ? r->gap : (double)INFINITY, r->arena, &r->audit, diag);
  if (s == PL_OK) return r->status;
  r->solution = NULL;
  r->schedule = NULL;
  return r->status = s;
}

pl_status pl_run_solve(pl_run *r, const pl_solve_options *options, pl_diag *diag) {
  r->gap = options->gap;
  r->status = solve(r, options, diag);
  if (!r->solution) return r->status;
  if (r->status == PL_OK) settle(r, options);
  pl_status const s = pl_value_ledger(r->program, r->solution, diag);
  if (s == PL_OK) return finish(r, diag);
  r->solution = NULL;
  return r->status = s;
}

pl_status pl_run_value(pl_run *r, const pl_value_options *options, pl_diag *diag) {
  r->gap = options->solve.gap;
  r->status = pl_value_agreements(r->program, options, r->arena, &r->valuation, diag);
  if (!r->valuation) return r->status;
  r->solution = r->valuation->plan;
  pl_status const s = finish(r, diag);
  if (s != PL_OK && s != PL_STOPPED) return s;
  r->n_value_tables = PL_VALUE_TABLES;
  r->value_table = PL_NEW_ARRAY(r->arena, pl_table *, PL_VALUE_TABLES);
  pl_report_value_tables(r->valuation, r->schedule, r->value_table, r->arena);
  return s;
}
