/* The public C API over the stages. Adds only the order of calls. */
#include "potline.h"

#include <math.h>
#include <string.h>

#include "diagnose/diagnose.h"
#include "explain/explain.h"
#include "report/report.h"
#include "store/run.h"
#include "text/show.h"

struct potline {
  pl_arena *arena;
  pl_diag *diag;
  pl_files *files;
  pl_run *run;
  pl_table **table; /* [n_tables] created when first requested */
  int n_tables;
};

#define X(name, code, text, exit_code)                                                             \
  _Static_assert((int)POTLINE_##name == (int)PL_##name, "statuses are the same outside and "       \
                                                        "inside");
#include "base/status.def"
#undef X

const char *potline_version(void) { return POTLINE_VERSION; }

const char *potline_status_text(potline_status s) { return pl_status_text((pl_status)s); }

potline *potline_new(void) {
  pl_arena *arena = pl_arena_new();
  potline *p = PL_NEW(arena, potline);
  p->arena = arena;
  p->diag = pl_diag_new();
  return p;
}

void potline_free(potline *p) {
  if (!p) return;
  pl_run_free(p->run);
  pl_files_free(p->files);
  pl_diag_free(p->diag);
  pl_arena_free(p->arena);
}

static potline_status complain(potline *p, const char *what) {
  return (potline_status)pl_fail(p->diag, PL_USAGE, PL_NOWHERE, "%s", what);
}

potline_status potline_read_case(potline *p, const char *path,
                                 const potline_case_options *options) {
  if (p->files) return complain(p, "this handle has already read a case or a run");
  potline_case_options const o = options ? *options : (potline_case_options){0};
  pl_case_options const inner = {.scenario = o.scenario, .set = o.set, .n_set = o.n_set};
  p->files = pl_files_new(o.folders, o.n_folders);
  return (potline_status)pl_run_open(path, &inner, p->files, &p->run, p->diag);
}

potline_status potline_read_run(potline *p, const char *path) {
  if (p->files) return complain(p, "this handle has already read a case or a run");
  p->files = pl_files_new(NULL, 0);
  return (potline_status)pl_run_read(path, p->files, &p->run, p->diag);
}

potline_status potline_check(potline *p) {
  if (!p->run) return complain(p, "there is no case to check");
  return (potline_status)pl_diagnose_loops(p->run->program, NULL, p->diag);
}

/* Why there is no plan, as messages. */
static void say_why(potline *p, pl_status s, const pl_solve_options *by) {
  pl_relaxation *give = NULL;
  int n = 0;
  if (s == PL_UNBOUNDED) (void)pl_diagnose_loops(p->run->program, by, p->diag);
  if (s == PL_INFEASIBLE)
    (void)pl_diagnose_infeasible(p->run->program, by, &give, &n, p->arena, p->diag);
  for (int i = 0; i < n; i++)
    (void)pl_fail(p->diag, PL_INFEASIBLE, give[i].place, "%s", give[i].sentence);
}

static bool pass_progress(const pl_progress *so_far, void *user) {
  const potline_plan_options *o = user;
  return o->progress(so_far->seconds, so_far->objective, so_far->bound, o->user) != 0;
}

potline_status potline_plan(potline *p, const potline_plan_options *options) {
  if (!p->run) return complain(p, "there is no case to plan");
  if (p->run->schedule) return complain(p, "this case has already been planned");
  potline_plan_options o = options ? *options : (potline_plan_options){0};
  pl_solve_options inner = PL_SOLVE_DEFAULTS;
  if (o.gap > 0) inner.gap = o.gap;
  if (o.progress) inner.progress = pass_progress;
  inner.user = &o;
  if (o.time_limit_s > 0) inner.until_s = pl_clock_s() + o.time_limit_s;
  pl_status const s = pl_run_solve(p->run, &inner, p->diag);
  say_why(p, s, &inner);
  return (potline_status)s;
}

static bool pass_valued(int done, int of, void *user) {
  const potline_value_options *o = user;
  return o->progress(done, of, o->user) != 0;
}

potline_status potline_value(potline *p, const potline_value_options *options) {
  if (!p->run) return complain(p, "there is no case to value");
  if (p->run->schedule) return complain(p, "this case has already been planned");
  potline_value_options o = options ? *options : (potline_value_options){0};
  pl_value_options inner = {
      .jobs = o.jobs > 0 ? o.jobs : 1, .solve = PL_SOLVE_DEFAULTS, .grid_error = true, .finer = -1};
  if (o.gap > 0) inner.solve.gap = o.gap;
  if (o.progress) inner.told = pass_valued;
  inner.user = &o;
  return (potline_status)pl_run_value(p->run, &inner, p->diag);
}

potline_status potline_write_run(potline *p, const char *path) {
  if (!potline_has_plan(p)) return complain(p, "there is no plan to write");
  return (potline_status)pl_run_write(p->run, path, p->diag);
}

int potline_message_count(const potline *p) { return pl_diag_size(p->diag); }

const char *potline_message(potline *p, int i) {
  const pl_message *m = i < 0 ? NULL : pl_diag_at(p->diag, i);
  if (!m) return NULL;
  pl_string text;
  pl_string_init(&text, p->arena);
  pl_message_show(m, p->files, &text);
  return text.text;
}

int potline_has_plan(const potline *p) { return p->run && p->run->schedule; }

double potline_present_value(const potline *p) {
  return potline_has_plan(p) ? p->run->schedule->present_total : (double)NAN;
}

/* --- tables --- */

int potline_table_count(potline *p) {
  if (p->table || !potline_has_plan(p)) return p->n_tables;
  pl_report *r = pl_report_make(p->run->schedule, p->arena);
  pl_report_append(r, p->run->n_value_tables, p->run->value_table, p->arena);
  p->table = PL_NEW_ARRAY(p->arena, pl_table *, (size_t)(r->n_tables + r->n_panels));
  for (int i = 0; i < r->n_tables; i++) p->table[p->n_tables++] = r->table[i];
  for (int i = 0; i < r->n_panels; i++)
    p->table[p->n_tables++] = pl_panel_to_table(r->panel[i], true, p->arena);
  return p->n_tables;
}

static const pl_table *table_at(potline *p, int i) {
  return i >= 0 && i < potline_table_count(p) ? p->table[i] : NULL;
}

static const pl_col *column_at(potline *p, int table, int column) {
  const pl_table *t = table_at(p, table);
  return t && column >= 0 && column < t->n_cols ? &t->col[column] : NULL;
}

static const pl_cell *cell_at(potline *p, int table, int row, int column, bool number) {
  const pl_col *c = column_at(p, table, column);
  if (!c || (c->kind == PL_COL_NUMBER) != number) return NULL;
  const pl_table *t = p->table[table];
  return row >= 0 && row < t->n_rows ? &t->cell[(size_t)row * (size_t)t->n_cols + (size_t)column]
                                     : NULL;
}

const char *potline_table_name(potline *p, int table) {
  const pl_table *t = table_at(p, table);
  return t ? t->name : NULL;
}

const char *potline_table_title(potline *p, int table) {
  const pl_table *t = table_at(p, table);
  return t ? t->title : NULL;
}

int potline_table_find(potline *p, const char *name) {
  for (int i = 0; i < potline_table_count(p); i++)
    if (strcmp(p->table[i]->name, name) == 0) return i;
  return -1;
}

int potline_table_rows(potline *p, int table) {
  const pl_table *t = table_at(p, table);
  return t ? t->n_rows : 0;
}

int potline_table_columns(potline *p, int table) {
  const pl_table *t = table_at(p, table);
  return t ? t->n_cols : 0;
}

const char *potline_column_name(potline *p, int table, int column) {
  const pl_col *c = column_at(p, table, column);
  return c ? c->name : NULL;
}

const char *potline_column_unit(potline *p, int table, int column) {
  const pl_col *c = column_at(p, table, column);
  return c ? c->unit : NULL;
}

int potline_column_is_number(potline *p, int table, int column) {
  const pl_col *c = column_at(p, table, column);
  return c && c->kind == PL_COL_NUMBER;
}

double potline_number(potline *p, int table, int row, int column) {
  const pl_cell *cell = cell_at(p, table, row, column, true);
  return cell ? cell->number : (double)NAN;
}

const char *potline_text(potline *p, int table, int row, int column) {
  const pl_cell *cell = cell_at(p, table, row, column, false);
  return cell ? cell->text : NULL;
}
