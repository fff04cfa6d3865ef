/* potline compare: what changed between two runs. */
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/result_json.h"
#include "cli/say.h"
#include "report/compare.h"

typedef struct {
  pl_files *files[2];
  pl_run *run[2];
} both;

static const struct {
  const char *table, *column, *heading;
} parts[] = {
    {"accounts", "present value", "accounts, present value"},
    {"production", "total", "production, in total"},
    {"turnover", "total", "sales and purchases, in total"},
    {"turnover", "price", "mean prices, without charges"},
    {"freight", "total", "freight, in total"},
    {"unit_hours", "run", "hours run, by year"},
    {"agreements", "amount", "under agreements, by year"},
    {"value_parties", "gain", "gain from all agreements"},
    {"value_agreements", "worth jointly", "agreements, joint worth"},
    {"value_by_party", "worth", "agreements, each party's part of their worth"},
};
enum { PARTS = sizeof parts / sizeof parts[0] };

static pl_status read_both(pl_call *call, both *b) {
  for (int i = 0; i < 2; i++) {
    b->files[i] = pl_files_new(NULL, 0);
    PL_TRY(pl_run_read(call->args[i], b->files[i], &b->run[i], call->diag));
    if (!b->run[i]->schedule)
      return pl_fail(call->diag, PL_INFEASIBLE, PL_NOWHERE, "'%s' holds no plan: it is %s",
                     call->args[i], pl_run_status_word(b->run[i]->status));
  }
  int const one = b->run[0]->c->currency, other = b->run[1]->c->currency;
  if (one == other) return PL_OK;
  return pl_fail(call->diag, PL_UNIT, PL_NOWHERE, "'%s' is in %s, but '%s' is in %s", call->args[0],
                 pl_dim_text(pl_dim_of((pl_dim_name)one), call->arena), call->args[1],
                 pl_dim_text(pl_dim_of((pl_dim_name)other), call->arena));
}

/* The unit goes into the heading, so that the columns stay narrow. */
static void show(const char *heading, pl_table *t, const char *currency, double within, bool *any,
                 pl_arena *a) {
  pl_string text;
  pl_report_scale_compared(t, currency, within, a);
  const char *unit = t->col[t->n_cols - 2].unit;
  if (t->n_rows == 0) return;
  for (int k = 0; k < t->n_cols - 1; k++) t->col[k].unit = "";
  pl_string_init(&text, a);
  pl_table_to_text(t, &text);
  pl_say("%s%s%s%s\n%s", *any ? "\n" : "", heading, *unit ? ", " : "", unit, text.text);
  *any = true;
}

static const pl_report *report_of(const pl_run *r, pl_arena *a) {
  pl_report *report = pl_report_make(r->schedule, a);
  pl_report_append(report, r->n_value_tables, r->value_table, a);
  return report;
}

/* The uncertainty of a difference of two plans is the sum of both. */
static double within_of(const both *b, const pl_report *before, const pl_report *after,
                        const char *table) {
  if (strncmp(table, "value_", 6) == 0)
    return pl_report_within(pl_report_table(before, table)) +
           pl_report_within(pl_report_table(after, table));
  return pl_schedule_resolution(b->run[0]->schedule) + pl_schedule_resolution(b->run[1]->schedule);
}

static void show_proven(const both *b, pl_arena *a) {
  static const char *const which[] = {"before", "after"};
  for (int i = 0; i < 2; i++) {
    const char *near = pl_report_how_near(b->run[i]->schedule, a);
    if (near) pl_say("%s: %s\n", which[i], near);
  }
}

static void compare(pl_call *call, const both *b) {
  const pl_report *before = report_of(b->run[0], call->arena);
  const pl_report *after = report_of(b->run[1], call->arena);
  const char *currency = pl_dim_text(pl_dim_of((pl_dim_name)b->run[0]->c->currency), call->arena);
  bool any = false;
  if (call->json) {
    pl_write_text(call->json, "before", call->args[0]);
    pl_write_text(call->json, "after", call->args[1]);
    pl_write_number(call->json, "resolution_before", pl_schedule_resolution(b->run[0]->schedule));
    pl_write_number(call->json, "resolution_after", pl_schedule_resolution(b->run[1]->schedule));
    pl_json_key(call->json, "changes");
    pl_json_open(call->json, true);
  }
  if (!call->json) show_proven(b, call->arena);
  for (int i = 0; i < PARTS; i++) {
    if (!pl_report_table(before, parts[i].table) || !pl_report_table(after, parts[i].table))
      continue; /* without agreements, or not valued */
    pl_table *t =
        pl_report_compare(pl_report_table(before, parts[i].table),
                          pl_report_table(after, parts[i].table), parts[i].column, call->arena);
    t->title = parts[i].heading;
    if (call->json)
      pl_table_to_json(t, call->json);
    else
      show(parts[i].heading, t, currency, within_of(b, before, after, parts[i].table), &any,
           call->arena);
  }
  if (call->json)
    pl_json_close(call->json);
  else if (!any)
    pl_say("nothing changed\n");
}

pl_status pl_cmd_compare(pl_call *call) {
  both b;
  memset(&b, 0, sizeof b);
  pl_status const s = read_both(call, &b);
  if (s == PL_OK) compare(call, &b);
  for (int i = 0; i < 2; i++) {
    pl_run_free(b.run[i]);
    pl_files_free(b.files[i]);
  }
  return s;
}
