/* Results as JSON. */
#include "cli/result_json.h"

#include <math.h>
#include <stdio.h>

#include "text/show.h"

void pl_write_number(pl_json *j, const char *key, double x) {
  pl_json_key(j, key);
  pl_json_number(j, x);
}

void pl_write_text(pl_json *j, const char *key, const char *text) {
  pl_json_key(j, key);
  pl_json_text(j, text);
}

bool pl_write_end(pl_json *j, pl_status s, const pl_diag *diag) {
  pl_write_text(j, "status", pl_status_text(s));
  pl_write_number(j, "exit", pl_status_exit(s));
  pl_json_key(j, "messages");
  pl_json_open(j, true);
  for (int i = 0; i < pl_diag_size(diag); i++) pl_message_to_json(pl_diag_at(diag, i), j);
  pl_json_close(j);
  pl_json_close(j);
  return pl_json_done(j);
}

/* "file", "line", "column"; nothing where there is no place. */
static void write_place(pl_place place, pl_json *j) {
  if (place.line == 0) return;
  pl_write_text(j, "file", place.file);
  pl_write_number(j, "line", place.line);
  pl_write_number(j, "column", place.column);
}

void pl_write_bottlenecks(const pl_bottleneck *b, int n, pl_json *j) {
  pl_json_key(j, "bottlenecks");
  pl_json_open(j, true);
  for (int i = 0; i < n; i++) {
    pl_json_open(j, false);
    pl_write_text(j, "what", b[i].what);
    pl_write_text(j, "number", b[i].number);
    pl_write_number(j, "worth", b[i].worth);
    if (b[i].sides.known) pl_write_number(j, "one_more", b[i].sides.more);
    if (b[i].sides.known) pl_write_number(j, "one_less", b[i].sides.less);
    pl_write_text(j, "unit", b[i].unit);
    pl_write_text(j, "direction", b[i].less ? "less" : "more");
    pl_write_number(j, "periods", b[i].periods);
    pl_write_text(j, "period", b[i].period);
    if (!isnan(b[i].hours)) {
      pl_write_number(j, "hours", b[i].hours);
      pl_write_number(j, "yearly", b[i].yearly);
    }
    write_place(b[i].place, j);
    pl_json_close(j);
  }
  pl_json_close(j);
}

void pl_write_program(const pl_lp *lp, pl_json *j) {
  pl_json_key(j, "program");
  pl_json_open(j, false);
  pl_write_number(j, "columns", lp->n_cols);
  pl_write_number(j, "rows", lp->n_rows);
  pl_write_number(j, "entries", (double)lp->n_entries);
  pl_write_number(j, "integers", lp->n_integer);
  pl_json_close(j);
}

/* The units whose on/off is relaxed. */
static void write_relaxed(const pl_case *c, pl_json *j) {
  pl_json_key(j, "relaxed");
  pl_json_open(j, true);
  for (int i = 0; i < c->n_units; i++) {
    bool const whole = c->units[i].on_off == PL_ON_OFF_NO || pl_unit_is_whole(c, &c->units[i]);
    if (!whole) pl_json_text(j, c->units[i].name);
  }
  pl_json_close(j);
}

static void write_solver(const pl_solution *s, pl_json *j) {
  pl_json_key(j, "solver");
  pl_json_open(j, false);
  pl_write_text(j, "method", s->method);
  pl_write_number(j, "seconds", s->seconds);
  pl_write_number(j, "iterations", (double)s->iterations);
  pl_json_close(j);
}

void pl_write_audit(const pl_audit *audit, pl_json *j) {
  pl_json_key(j, "audit");
  pl_json_open(j, false);
  pl_json_key(j, "passed");
  pl_json_bool(j, audit->passed);
  pl_write_number(j, "balances", audit->balance_relative);
  pl_write_number(j, "bounds", audit->bounds_worst);
  pl_write_number(j, "money", audit->money_gap);
  pl_write_number(j, "primal_infeasibility", audit->certificate.primal_infeasibility);
  pl_write_number(j, "dual_infeasibility", audit->certificate.dual_infeasibility);
  pl_write_number(j, "gap", audit->certificate.gap);
  pl_json_close(j);
}

static void write_row(const pl_table *t, int row, pl_json *j) {
  const pl_cell *cell = &t->cell[(size_t)row * (size_t)t->n_cols];
  pl_json_open(j, false);
  for (int k = 0; k < t->n_cols; k++) {
    char key[64];
    (void)snprintf(key, sizeof key, "%s", t->col[k].name);
    for (char *c = key; *c; c++)
      if (*c == ' ') *c = '_';
    if (t->col[k].kind == PL_COL_NUMBER)
      pl_write_number(j, key, cell[k].number);
    else
      pl_write_text(j, key, cell[k].text);
  }
  pl_json_close(j);
}

void pl_write_tables(int n, pl_table *const *table, pl_json *j) {
  for (int i = 0; i < n; i++) {
    pl_json_key(j, table[i]->name);
    pl_json_open(j, true);
    for (int row = 0; row < table[i]->n_rows; row++) write_row(table[i], row, j);
    pl_json_close(j);
  }
}

void pl_write_plan(const pl_run *r, const pl_report_facts *facts, pl_json *j) {
  pl_arena *a = pl_arena_new();
  pl_write_text(j, "case", r->case_path);
  pl_write_text(j, "scenario", r->scenario);
  pl_write_text(j, "run", facts->run);
  pl_write_text(j, "plan", pl_run_status_word(r->status));
  pl_write_text(j, "currency", pl_dim_text(pl_dim_of((pl_dim_name)r->c->currency), a));
  pl_write_number(j, "present_value", r->schedule->present_total);
  pl_write_number(j, "bound", pl_schedule_bound(r->schedule));
  pl_write_number(j, "resolution", pl_schedule_resolution(r->schedule));
  pl_write_program(&r->program->lp, j);
  pl_json_key(j, "integers_relaxed");
  pl_json_bool(j, r->c->calendar.relaxed);
  write_relaxed(r->c, j);
  write_solver(r->solution, j);
  pl_write_audit(facts->audit, j);
  pl_write_bottlenecks(facts->bottleneck, facts->n_bottlenecks, j);
  const pl_report *report = pl_report_make(r->schedule, a);
  pl_json_key(j, "tables");
  pl_json_open(j, true);
  for (int i = 0; i < report->n_tables; i++) pl_table_to_json(report->table[i], j);
  pl_json_close(j);
  pl_arena_free(a);
}
