/* potline value: what agreements are worth, to whom, and between which prices both sides gain. */
#include <stdio.h>
#include <string.h>

#include "cli/case_options.h"
#include "cli/options.h"
#include "cli/plan_case.h"
#include "cli/progress.h"
#include "cli/result_json.h"
#include "cli/say.h"
#include "explain/explain.h"
#include "report/grids.h"
#include "report/value.h"
#include "store/export.h"
#include "store/output.h"

enum { TIGHTEST = 3 };

const pl_option pl_value_options_list[] = {
    CASE_OPTIONS,
    {"jobs", 'j', "N", "threads; one per core if not specified. The answer does not depend on it"},
    {"out", 'o', "PATH",
     "the run file, NAME.run here if not specified; with --format csv the folder, NAME-value"},
    KEEP_OPTIONS,
    {"gap", 0, "G", "relative optimality gap for cases with integers, e.g. 0.001"},
    {"grid-error", 0, "STEP|no",
     "the finer grid from which to estimate the error of the case's own; if not specified, the "
     "next finer one, where that takes little time"},
    {"grids", 0, "STEPS",
     "only compare what agreements are worth on these grids: --grids 'month half-month week'"},
    {"time-limit", 0, "SECONDS", "stop after this many seconds with what has been valued by then"},
    {"quiet", 'q', NULL, "no progress and no report; only messages"},
    {"format", 0, "text|json|csv", "one JSON object on standard output; or a folder of tables"},
    {0},
};

static const char *path_of(const pl_call *call, const pl_run *r, const char *ending) {
  const char *out = pl_option_value(call, "out");
  if (out) return out;
  return pl_arena_printf(call->arena, "%s%s",
                         pl_case_file_name(r->case_path, r->scenario, call->arena), ending);
}

static pl_status read_grid_error(const pl_call *call, pl_value_options *out) {
  const char *word = pl_option_value(call, "grid-error");
  out->grid_error = !word || strcmp(word, "no") != 0;
  out->finer = word && out->grid_error ? pl_step_find(word, strlen(word)) : -1;
  if (!word || !out->grid_error || out->finer >= 0) return PL_OK;
  return pl_fail(call->diag, PL_USAGE, PL_NOWHERE,
                 "--grid-error requires 'no' or a step finer than the case's: quarter, month, "
                 "half-month, week or day, not '%s'",
                 word);
}

static pl_status read_options(const pl_call *call, pl_value_options *out) {
  *out = (pl_value_options){.jobs = 1, .solve = PL_SOLVE_DEFAULTS};
  PL_TRY(read_grid_error(call, out));
  PL_TRY(pl_option_jobs(call, &out->jobs));
  PL_TRY(pl_option_number(call, "gap", &out->solve.gap));
  return pl_read_kernel(&out->solve.kernel, call->diag);
}

static pl_status solve(const pl_call *call, pl_run *r, pl_value_options options) {
  pl_progress_count count;
  pl_progress_count_begin(&count, call->json || pl_option_given(call, "quiet"));
  PL_TRY(pl_option_number(call, "time-limit", &count.limit));
  options.told = pl_progress_counted;
  options.user = &count;
  pl_status const s = pl_run_value(r, &options, call->diag);
  pl_progress_count_end(&count);
  return s;
}

static pl_status write_csv(const pl_call *call, const pl_run *r, const char *folder) {
  pl_report *report = pl_report_make_overview(r->schedule, call->arena);
  pl_report_append(report, r->n_value_tables, r->value_table, call->arena);
  PL_TRY(pl_export_csv(report, r->case_path, folder, call->diag));
  if (!pl_option_given(call, "quiet")) pl_say("written: %s\n", folder);
  return PL_OK;
}

static void write_json(const pl_run *r, const pl_report_facts *facts, int jobs, pl_json *j) {
  pl_arena *a = pl_arena_new();
  pl_write_text(j, "case", r->case_path);
  pl_write_text(j, "scenario", r->scenario);
  pl_write_text(j, "run", facts->run);
  pl_write_text(j, "currency", pl_dim_text(pl_dim_of((pl_dim_name)r->c->currency), a));
  pl_write_number(j, "present_value", r->valuation->all);
  pl_write_number(j, "without_agreements", r->valuation->none);
  pl_write_number(j, "resolution", r->valuation->all_within);
  pl_write_program(&r->program->lp, j);
  pl_write_number(j, "solves", r->valuation->solves);
  pl_write_number(j, "solved", r->valuation->done);
  pl_write_number(j, "solved_again", r->valuation->again);
  pl_write_number(j, "seconds", r->valuation->seconds);
  pl_write_number(j, "jobs", jobs);
  pl_write_audit(facts->audit, j);
  pl_write_bottlenecks(facts->bottleneck, facts->n_bottlenecks, j);
  pl_write_tables(r->n_value_tables, r->value_table, j);
  const pl_report *report = pl_report_make_overview(r->schedule, a);
  for (int i = 0; i < report->n_tables; i++)
    if (strcmp(report->table[i]->name, "agreements") == 0 ||
        strcmp(report->table[i]->name, "clauses") == 0)
      pl_write_tables(1, &report->table[i], j);
  pl_arena_free(a);
}

static void show(const pl_call *call, const pl_run *r, int jobs, const char *path) {
  pl_bottleneck tight[TIGHTEST];
  pl_report_facts facts = {.audit = &r->audit, .bottleneck = tight, .run = path};
  facts.n_bottlenecks = pl_explain_bottlenecks(r->schedule, TIGHTEST, tight, call->arena);
  pl_solve_options const by = PL_SOLVE_DEFAULTS;
  (void)pl_explain_bottleneck_sides(r->schedule, &by, tight, facts.n_bottlenecks, call->diag);
  if (call->json) {
    write_json(r, &facts, jobs, call->json);
    return;
  }
  if (pl_option_given(call, "quiet")) return;
  pl_string text;
  pl_string_init(&text, call->arena);
  pl_report_value(r->valuation, r->schedule, &facts, jobs, &text);
  pl_say("%s", text.text);
}

/* --- Grids side by side ----------------------------------------------------------------------- */

static const char *next_word(const char *at, size_t *length) {
  static const char between[] = " ,";
  at += strspn(at, between);
  *length = strcspn(at, between);
  return at;
}

static pl_status read_steps(const pl_call *call, pl_step *step, int *n) {
  size_t length;
  const char *at = next_word(pl_option_value(call, "grids"), &length);
  for (*n = 0; length > 0; at = next_word(at + length, &length)) {
    int const s = pl_step_find(at, length);
    if (s < 0 || *n == PL_STEPS)
      return pl_fail(call->diag, PL_USAGE, PL_NOWHERE,
                     "--grids requires some of quarter-hour, hour, day, week, half-month, month, "
                     "quarter, year, not '%.*s'",
                     (int)length, at);
    step[(*n)++] = (pl_step)s;
  }
  if (*n > 0) return PL_OK;
  return pl_fail(call->diag, PL_USAGE, PL_NOWHERE,
                 "--grids requires steps: --grids 'month half-month week'");
}

static void show_grids(const pl_call *call, const pl_run *r, int n,
                       const pl_grid_worth *const *grid) {
  pl_string text;
  if (call->json) {
    pl_table *t = pl_report_grids_table(n, grid, r->c, call->arena);
    pl_write_text(call->json, "case", r->case_path);
    pl_write_text(call->json, "scenario", r->scenario);
    pl_write_tables(1, &t, call->json);
    return;
  }
  pl_string_init(&text, call->arena);
  pl_report_grids(n, grid, r->c, &text);
  pl_say("%s", text.text);
}

static pl_status compare_grids(const pl_call *call, const pl_run *r) {
  pl_step step[PL_STEPS];
  pl_grid_worth *grid[PL_STEPS];
  pl_value_options options;
  pl_progress_count count;
  int n;
  PL_TRY(read_options(call, &options));
  PL_TRY(read_steps(call, step, &n));
  pl_progress_count_begin(&count, call->json || pl_option_given(call, "quiet"));
  PL_TRY(pl_option_number(call, "time-limit", &count.limit));
  options.told = pl_progress_counted;
  options.user = &count;
  pl_status s = PL_OK;
  for (int i = 0; i < n && s == PL_OK; i++)
    s = pl_value_on_grid(r->c, step[i], false, &options, call->arena, &grid[i], call->diag);
  pl_progress_count_end(&count);
  if (s == PL_OK) show_grids(call, r, n, (const pl_grid_worth *const *)grid);
  return s;
}

static pl_status value(const pl_call *call, pl_run *r) {
  pl_value_options options;
  const char *format = pl_option_value(call, "format");
  bool const csv = format && strcmp(format, "csv") == 0;
  const char *path = path_of(call, r, csv ? "-value" : ".run");
  PL_TRY(read_options(call, &options));
  PL_TRY(pl_output_check(path, csv ? PL_OUTPUT_CSV : PL_OUTPUT_RUN, call->diag));
  pl_status const s = solve(call, r, options);
  if (s != PL_OK && !(s == PL_STOPPED && r->n_value_tables > 0)) return s;
  if (!csv) PL_TRY(pl_keep_run(call, r, path, &path));
  if (csv)
    PL_TRY(write_csv(call, r, path));
  else
    show(call, r, options.jobs, path);
  if (s == PL_STOPPED)
    pl_note(call->diag, PL_NOWHERE, "what was valued by then is in %s; the rest is empty", path);
  return s;
}

pl_status pl_cmd_value(pl_call *call) {
  pl_run *r = NULL;
  PL_TRY(pl_open_case(call, call->args[0], &r));
  pl_status const s = pl_option_given(call, "grids") ? compare_grids(call, r) : value(call, r);
  pl_run_free(r);
  return s;
}
