/* Compares a plan of typical days with one of every day. */
#include "cli/typical_error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/case_options.h"
#include "cli/plan_case.h"
#include "cli/result_json.h"
#include "cli/say.h"
#include "report/compare.h"

static const struct {
  const char *table, *column, *heading;
} parts[] = {
    {"accounts", "present value", "accounts, present value"},
    {"production", "total", "production"},
    {"turnover", "total", "sales and purchases"},
};
enum { PARTS = sizeof parts / sizeof parts[0] };

static pl_table *difference(const pl_report *full, const pl_report *typical, int part,
                            pl_arena *a) {
  pl_table *t =
      pl_report_compare(pl_report_table(full, parts[part].table),
                        pl_report_table(typical, parts[part].table), parts[part].column, a);
  t->title = parts[part].heading;
  for (int k = 0; k < t->n_cols; k++) {
    if (pl_span_is((pl_span){t->col[k].name, strlen(t->col[k].name)}, "before"))
      t->col[k].name = "full";
    if (pl_span_is((pl_span){t->col[k].name, strlen(t->col[k].name)}, "after"))
      t->col[k].name = "typical";
  }
  return t;
}

static void print_table(const pl_table *t, pl_arena *a) {
  pl_string text;
  if (t->n_rows == 0) return;
  pl_string_init(&text, a);
  pl_table_to_text(t, &text);
  pl_say("%s\n%s", t->title, text.text);
}

static void tell(pl_call *call, const pl_run *r, const pl_run *full) {
  pl_arena *const a = call->arena;
  const pl_report *typical = pl_report_make_overview(r->schedule, a);
  const pl_report *real = pl_report_make_overview(full->schedule, a);
  double const now = r->schedule->present_total, all = full->schedule->present_total;
  if (call->json) {
    pl_json_key(call->json, "typical_error");
    pl_json_open(call->json, false);
    pl_write_number(call->json, "present_value_in_full", all);
    pl_write_number(call->json, "relative", (now - all) / fabs(all));
    pl_json_key(call->json, "changes");
    pl_json_open(call->json, true);
    for (int i = 0; i < PARTS; i++) pl_table_to_json(difference(real, typical, i, a), call->json);
    pl_json_close(call->json);
    pl_json_close(call->json);
    return;
  }
  char value[48], before[48], error[48];
  (void)pl_number_pretty(now / 1e6, 2, value, sizeof value);
  (void)pl_number_pretty(all / 1e6, 2, before, sizeof before);
  (void)pl_number_pretty(100 * (now - all) / fabs(all), 2, error, sizeof error);
  pl_say("\ncompared with planning every day: present value %s M instead of %s M (%s %%)\n", value,
         before, error);
  for (int i = 0; i < PARTS; i++) print_table(difference(real, typical, i, a), a);
}

pl_status pl_typical_error_tell(pl_call *call, const pl_run *r) {
  if (!r->c->typical) {
    pl_note(call->diag, PL_NOWHERE, "the case has no typical days: every day is planned");
    return PL_OK;
  }
  pl_files *files = NULL;
  pl_run *full = NULL;
  pl_status s = pl_open_case_in_full(call, call->args[0], &files, &full);
  if (s == PL_OK) s = pl_plan_case(call, full);
  if (s == PL_OK) tell(call, r, full);
  if (s == PL_INFEASIBLE)
    s = pl_fail(call->diag, s, PL_NOWHERE, "the case has no plan when every day is planned");
  pl_run_free(full);
  pl_files_free(files);
  return s;
}
