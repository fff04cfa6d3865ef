/* Solves a case interactively. */
#include "cli/plan_case.h"

#include <stdlib.h>

#include "base/text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "diagnose/diagnose.h"
#include "explain/explain.h"

/* "auto, simplex, … or rolling" */
static const char *all_methods(pl_arena *a) {
  pl_string out;
  pl_string_init(&out, a);
  for (int m = 0; m < PL_METHODS; m++)
    pl_string_printf(&out, "%s%s", pl_method_name((pl_method)m),
                     m + 2 < PL_METHODS    ? ", "
                     : m + 2 == PL_METHODS ? " or "
                                           : "");
  return out.text;
}

static pl_status read_method(const pl_call *call, pl_method *out) {
  const char *name = pl_option_value(call, "method");
  int const m = name ? pl_method_find(name) : PL_METHOD_AUTO;
  if (m < 0)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--method requires %s, not '%s'",
                   all_methods(call->arena), name);
  *out = (pl_method)m;
  return PL_OK;
}

pl_status pl_read_kernel(pl_kernel *out, pl_diag *diag) {
  const char *name = getenv("POTLINE_KERNEL");
  int const k = name && *name ? pl_kernel_find(name) : PL_KERNEL_WIDEST;
  if (k < 0)
    return pl_fail(diag, PL_USAGE, PL_NOWHERE,
                   "POTLINE_KERNEL must be baseline, avx2, avx512 or widest, not '%s'", name);
  *out = (pl_kernel)k;
  if (pl_kernel_is_there(*out)) return PL_OK;
  return pl_fail(diag, PL_USAGE, PL_NOWHERE,
                 "POTLINE_KERNEL is %s, which this processor does not support", name);
}

/* Set progress reporting and the end of the whole call's time in options; starts drawing line. */
static pl_status begin_watch(const pl_call *call, const pl_run *r, pl_progress_line *line,
                             pl_solve_options *options) {
  double limit_s = 0;
  PL_TRY(pl_option_number(call, "time-limit", &limit_s));
  const char *currency = pl_dim_text(pl_dim_of((pl_dim_name)r->c->currency), call->arena);
  pl_progress_begin(line, call->json || pl_option_given(call, "quiet"), currency);
  options->progress = pl_progress_told;
  options->user = line;
  if (limit_s > 0) options->until_s = call->began + limit_s;
  return PL_OK;
}

pl_status pl_plan_case(pl_call *call, pl_run *r) {
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  pl_progress_line line;
  PL_TRY(pl_option_number(call, "gap", &options.gap));
  PL_TRY(pl_option_jobs(call, &options.threads));
  PL_TRY(read_method(call, &options.method));
  PL_TRY(pl_read_kernel(&options.kernel, call->diag));
  PL_TRY(begin_watch(call, r, &line, &options));
  pl_status const s = pl_run_solve(r, &options, call->diag);
  pl_progress_end(&line);
  return s;
}

static pl_status say_relaxations(const pl_run *r, const pl_solve_options *by, pl_diag *diag) {
  pl_relaxation *give = NULL;
  int n = 0;
  pl_status const s = pl_diagnose_infeasible(r->program, by, &give, &n, r->arena, diag);
  if (s == PL_STOPPED) pl_note(diag, PL_NOWHERE, "it is proven that no plan can meet the case");
  PL_TRY(s);
  for (int i = 0; i < n; i++)
    (void)pl_fail(diag, PL_INFEASIBLE, give[i].place, "%s", give[i].sentence);
  if (n == 0)
    return pl_fail(diag, PL_SOLVER, PL_NOWHERE,
                   "the solver found no plan, but no number of the case prevents one: this is a "
                   "bug in potline");
  if (give[0].is_conflict) return PL_INFEASIBLE;
  pl_note(diag, PL_NOWHERE,
          n == 1
              ? "no plan can meet the case; this change would be the cheapest remedy"
              : "no plan can meet the case; these changes together would be the cheapest remedy");
  return PL_INFEASIBLE;
}

static pl_status say_loops(const pl_run *r, const pl_solve_options *by, pl_diag *diag) {
  pl_status const found = pl_diagnose_loops(r->program, by, diag);
  if (found != PL_OK) return found;
  return pl_fail(diag, PL_UNBOUNDED, PL_NOWHERE,
                 "the case earns without limit; give its markets an 'up to'");
}

pl_status pl_say_why_not(const pl_call *call, const pl_run *r, pl_status s, pl_diag *diag) {
  if (s != PL_INFEASIBLE && s != PL_UNBOUNDED) return s;
  pl_solve_options by = PL_SOLVE_DEFAULTS;
  pl_progress_line line;
  PL_TRY(begin_watch(call, r, &line, &by));
  pl_status const said =
      s == PL_INFEASIBLE ? say_relaxations(r, &by, diag) : say_loops(r, &by, diag);
  pl_progress_end(&line);
  return said;
}

pl_status pl_keep_run(const pl_call *call, const pl_run *r, const char *wanted, const char **path) {
  pl_run_wish const wish = {.path = wanted,
                            .named = pl_option_given(call, "out"),
                            .replace = pl_option_given(call, "replace"),
                            .quiet = pl_option_given(call, "quiet")};
  PL_TRY(pl_run_place(r, &wish, path, call->arena, call->diag));
  return pl_run_write(r, *path, call->diag);
}
