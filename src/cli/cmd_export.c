/* potline export: every table of a run in other formats. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "cli/case_options.h"
#include "cli/options.h"
#include "cli/result_json.h"
#include "cli/say.h"
#include "store/output.h"

#define X(name, option, suffix, words, folder, is_marked)

const pl_option pl_export_options[] = {
#define E(name, option, suffix, words, folder, is_marked, write) " " option
    {"to", 0, "FORMAT",
     "one of"
#include "store/output.def"
     "; if not specified, by the extension of PATH"},
#undef E
#define E(name, option, suffix, words, folder, is_marked, write) " ." suffix
    {"out", 'o', "PATH", "the file (csv: folder) to write; if not specified, the run's name with"
#include "store/output.def"
    },
#undef E
    {0},
};
#undef X

/* "--to csv, --to xlsx, … or --to sqlite" */
static const char *formats(pl_arena *a) {
  int left = 0;
  pl_string out;
  pl_string_init(&out, a);
  for (int f = 0; f < PL_OUTPUTS; f++) left += pl_output_kinds[f].write != NULL;
  for (int f = 0; f < PL_OUTPUTS; f++)
    if (pl_output_kinds[f].write)
      pl_string_printf(&out, "--to %s%s", pl_output_kinds[f].option,
                       --left > 1  ? ", "
                       : left == 1 ? " or "
                                   : "");
  return out.text;
}

/* The requested format, from --to or else from the extension of --out; PL_OUTPUTS if neither names
 * one. */
static pl_output asked_for(const pl_call *call) {
  const char *to = pl_option_value(call, "to"), *path = pl_option_value(call, "out");
  const char *ending = path ? strrchr(path, '.') : NULL;
  for (int f = 0; f < PL_OUTPUTS; f++) {
    const pl_output_kind *k = &pl_output_kinds[f];
    if (!k->write) continue;
    if (to ? strcmp(to, k->option) == 0 : ending && strcmp(ending + 1, k->suffix) == 0)
      return (pl_output)f;
  }
  return PL_OUTPUTS;
}

static const char *target(const pl_call *call, pl_output f) {
  const char *out = pl_option_value(call, "out");
  if (out) return out;
  return pl_arena_printf(call->arena, "%s.%s", pl_case_file_name(call->args[0], NULL, call->arena),
                         pl_output_kinds[f].suffix);
}

static const char *title_of(const pl_run *r, pl_arena *a) {
  const char *title = r->c->calendar.title ? r->c->calendar.title : r->case_path;
  return r->scenario ? pl_arena_printf(a, "%s, scenario %s", title, r->scenario) : title;
}

/* What a reader of the workbook wants to know first. */
static void state_facts(const pl_call *call, const pl_run *r, pl_report *report) {
  pl_arena *a = call->arena;
  char from[32], to[32], rate[48];
  (void)pl_time_format(r->c->from, PL_DAY, from, sizeof from);
  (void)pl_time_format(r->c->to, PL_DAY, to, sizeof to);
  (void)pl_number_pretty(100 * r->c->calendar.discount, 2, rate, sizeof rate);
  pl_report_state(report, "case", r->case_path, a);
  pl_report_state(report, "scenario", r->scenario, a);
  for (int i = 0; i < r->n_set; i++) pl_report_state(report, "changed", r->set[i], a);
  pl_report_state(report, "time", pl_arena_printf(a, "%s until %s", from, to), a);
  pl_report_state(report, "discount rate", pl_arena_printf(a, "%s %% per year", rate), a);
  pl_report_state(report, "gap", pl_report_how_near(r->schedule, a), a);
  pl_report_state(report, "planned (UTC)", r->written, a);
  pl_report_state(report, "made by", pl_arena_printf(a, "potline %s", r->version), a);
}

static pl_status write_as(const pl_call *call, pl_output f, const pl_run *r, const char *path) {
  pl_report *report = pl_report_make(r->schedule, call->arena);
  pl_report_append(report, r->n_value_tables, r->value_table, call->arena);
  state_facts(call, r, report);
  return pl_output_kinds[f].write(report, title_of(r, call->arena), path, call->diag);
}

static bool is_same_file(const char *a, const char *b) {
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Checked before the run is read, which takes longer. */
static pl_status check_target(const pl_call *call, pl_output f) {
  const char *path = target(call, f);
  if (is_same_file(path, call->args[0]))
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "'%s' is the run itself", path);
  return pl_output_check(path, f, call->diag);
}

static pl_status export_run(pl_call *call, pl_output f, const pl_run *r) {
  if (!r->schedule)
    return pl_fail(call->diag, PL_INFEASIBLE, PL_NOWHERE, "'%s' holds no plan: it is %s",
                   call->args[0], pl_run_status_word(r->status));
  const char *path = target(call, f);
  PL_TRY(write_as(call, f, r, path));
  if (call->json) {
    pl_write_text(call->json, "run", call->args[0]);
    pl_write_text(call->json, "format", pl_output_kinds[f].option);
    pl_write_text(call->json, "out", path);
  } else {
    pl_say("written: %s\n", path);
  }
  return PL_OK;
}

pl_status pl_cmd_export(pl_call *call) {
  pl_run *r = NULL;
  pl_output const f = asked_for(call);
  if (f == PL_OUTPUTS)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "specify the format: %s",
                   formats(call->arena));
  PL_TRY(check_target(call, f));
  call->files = pl_files_new(NULL, 0);
  PL_TRY(pl_run_read(call->args[0], call->files, &r, call->diag));
  pl_status const s = export_run(call, f, r);
  pl_run_free(r);
  return s;
}
