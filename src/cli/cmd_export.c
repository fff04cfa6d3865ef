/* potline export: every table of a run in the formats of others. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/case_options.h"
#include "cli/options.h"
#include "cli/result_json.h"
#include "cli/say.h"
#include "store/export.h"

const pl_option pl_export_options[] = {
    {"to", 0, "FORMAT", "csv (a folder), xlsx, netcdf or sqlite"},
    {"out", 'o', "PATH", "where to; else the run's name with .csv, .xlsx, .nc or .sqlite"},
    {0},
};

typedef enum { TO_CSV, TO_XLSX, TO_NETCDF, TO_SQLITE, FORMATS } format;
static const struct {
  const char *name, *suffix;
} formats[FORMATS] = {[TO_CSV] = {"csv", "csv"},
                      [TO_XLSX] = {"xlsx", "xlsx"},
                      [TO_NETCDF] = {"netcdf", "nc"},
                      [TO_SQLITE] = {"sqlite", "sqlite"}};

static pl_status find_format(const pl_call *call, format *out) {
  const char *to = pl_option_value(call, "to");
  for (int f = 0; to && f < FORMATS; f++)
    if (strcmp(to, formats[f].name) == 0) {
      *out = (format)f;
      return PL_OK;
    }
  return pl_fail(call->diag, PL_USAGE, PL_NOWHERE,
                 "say what to export to: --to csv, --to xlsx, --to netcdf or --to sqlite");
}

static const char *target(const pl_call *call, format f) {
  const char *out = pl_option_value(call, "out");
  if (out) return out;
  return pl_arena_printf(call->arena, "%s.%s", pl_case_file_name(call->args[0], NULL, call->arena),
                         formats[f].suffix);
}

static const char *title_of(const pl_run *r, pl_arena *a) {
  const char *title = r->c->calendar.title ? r->c->calendar.title : r->case_path;
  return r->scenario ? pl_arena_printf(a, "%s, scenario %s", title, r->scenario) : title;
}

static pl_status write_as(const pl_call *call, format f, const pl_run *r, const char *path) {
  pl_report *report = pl_report_make(r->schedule, call->arena);
  pl_report_append(report, r->n_value_tables, r->value_table, call->arena);
  const char *title = title_of(r, call->arena);
  if (f == TO_SQLITE) return pl_export_sqlite(report, path, call->diag);
  if (f == TO_CSV) return pl_export_csv(report, path, call->diag);
  if (f == TO_XLSX) return pl_export_xlsx(report, title, path, call->diag);
  return pl_export_netcdf(report, title, path, call->diag);
}

static bool is_same_file(const char *a, const char *b) {
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static pl_status export_run(pl_call *call, format f, const pl_run *r) {
  if (!r->schedule)
    return pl_fail(call->diag, PL_INFEASIBLE, PL_NOWHERE, "'%s' holds no plan: it is %s",
                   call->args[0], pl_run_status_word(r->status));
  const char *path = target(call, f);
  if (is_same_file(path, call->args[0]))
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "'%s' is the run itself", path);
  PL_TRY(write_as(call, f, r, path));
  if (call->json) {
    pl_write_text(call->json, "run", call->args[0]);
    pl_write_text(call->json, "format", formats[f].name);
    pl_write_text(call->json, "out", path);
  } else {
    pl_say("written: %s\n", path);
  }
  return PL_OK;
}

pl_status pl_cmd_export(pl_call *call) {
  pl_run *r = NULL;
  format f = TO_CSV;
  PL_TRY(find_format(call, &f));
  call->files = pl_files_new(NULL, 0);
  PL_TRY(pl_run_read(call->args[0], call->files, &r, call->diag));
  pl_status const s = export_run(call, f, r);
  pl_run_free(r);
  return s;
}
