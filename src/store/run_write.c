/* Writes a run file: what the run was made from, the solution, and the report's tables for anyone
 * who opens it with SQL. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "report/report.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/db_table.h"
#include "store/mark.h"
#include "store/output.h"
#include "store/run.h"

typedef struct {
  pl_db *db;
  const pl_run *r;
  pl_arena *a; /* scratch */
} writer;

/* --- what it was made from --- */

static void hash_bytes(uint64_t *h, const char *bytes, size_t n) { /* FNV-1a */
  for (size_t i = 0; i < n; i++) *h = (*h ^ (unsigned char)bytes[i]) * 0x100000001B3u;
}

static void hash_text(uint64_t *h, const char *text) {
  if (text) hash_bytes(h, text, strlen(text));
  hash_bytes(h, "", 1);
}

/* The same for two runs made from the same files with the same options. */
static uint64_t fingerprint(const pl_run *r) {
  uint64_t h = 0xCBF29CE484222325u;
  hash_text(&h, r->scenario);
  for (int i = 0; i < r->n_set; i++) hash_text(&h, r->set[i]);
  for (int i = 0; i < pl_files_count(r->files); i++) {
    const pl_source *s = pl_files_at(r->files, i);
    hash_text(&h, s->path);
    hash_bytes(&h, s->text, s->length);
  }
  return h;
}

static void put_text(pl_db_query *q, const char *key, const char *text) {
  pl_db_bind_text(q, 1, key);
  pl_db_bind_text(q, 2, text);
  pl_db_put(q);
}

static void put_number(pl_db_query *q, const char *key, double x) {
  pl_db_bind_text(q, 1, key);
  pl_db_bind_number(q, 3, x);
  pl_db_put(q);
}

static const char *now(char *buf, size_t size) {
  (void)pl_time_format((pl_time)(time(NULL) / 60), PL_HOUR, buf, size);
  return buf;
}

static void write_source_facts(const writer *w, pl_db_query *q) {
  const pl_run *r = w->r;
  char buf[64];
  put_text(q, "potline", POTLINE_VERSION);
  put_text(q, "written", now(buf, sizeof buf));
  put_text(q, "case", r->case_path);
  put_text(q, "case file", r->case_file);
  put_text(q, "title", r->c->calendar.title);
  put_text(q, "scenario", r->scenario);
  (void)snprintf(buf, sizeof buf, "%016llx", (unsigned long long)fingerprint(r));
  put_text(q, "inputs", buf);
  put_text(q, "currency", pl_dim_text(pl_dim_of((pl_dim_name)r->c->currency), w->a));
  (void)pl_time_format(r->c->from, PL_HOUR, buf, sizeof buf);
  put_text(q, "from", buf);
  (void)pl_time_format(r->c->to, PL_HOUR, buf, sizeof buf);
  put_text(q, "to", buf);
  put_text(q, "step", pl_step_name(r->c->step));
}

static void write_answer_facts(const writer *w, pl_db_query *q) {
  const pl_run *r = w->r;
  const pl_lp *lp = &r->program->lp;
  put_text(q, "status", pl_run_status_word(r->status));
  put_number(q, "gap asked", r->gap);
  put_number(q, "columns", lp->n_cols);
  put_number(q, "rows", lp->n_rows);
  put_number(q, "entries", (double)lp->n_entries);
  put_number(q, "integers", lp->n_integer);
  if (!r->solution) return;
  put_text(q, "method", r->solution->method);
  put_text(q, "ties", r->solution->settled ? "settled" : "open");
  put_number(q, "seconds", r->solution->seconds);
  put_number(q, "iterations", (double)r->solution->iterations);
  put_number(q, "present value", r->schedule->present_total);
  put_number(q, "objective", r->solution->objective);
  put_number(q, "bound", r->solution->bound);
  put_number(q, "gap", r->audit.certificate.gap);
  put_number(q, "audit: balances, relative", r->audit.balance_relative);
  put_number(q, "audit: money", r->audit.money_gap);
  put_number(q, "audit: bounds, relative", r->audit.bounds_worst);
  put_number(q, "audit: primal infeasibility", r->audit.certificate.primal_infeasibility);
  put_number(q, "audit: dual infeasibility", r->audit.certificate.dual_infeasibility);
}

static void write_meta(const writer *w) {
  pl_db_run(w->db, "CREATE TABLE meta (key TEXT PRIMARY KEY, text TEXT, number REAL) STRICT");
  pl_db_query *q = pl_db_prepare(w->db, "INSERT INTO meta VALUES (?, ?, ?)");
  write_source_facts(w, q);
  write_answer_facts(w, q);
  pl_db_done(q);
}

static void write_sources(const writer *w) {
  pl_db_run(
      w->db,
      "CREATE TABLE settings (nr INTEGER PRIMARY KEY, setting TEXT) STRICT;"
      "CREATE TABLE files (nr INTEGER PRIMARY KEY, path TEXT, bytes INTEGER, text TEXT) STRICT");
  pl_db_query *q = pl_db_prepare(w->db, "INSERT INTO settings VALUES (?, ?)");
  for (int i = 0; i < w->r->n_set; i++) {
    pl_db_bind_int(q, 1, i);
    pl_db_bind_text(q, 2, w->r->set[i]);
    pl_db_put(q);
  }
  pl_db_done(q);
  q = pl_db_prepare(w->db, "INSERT INTO files VALUES (?, ?, ?, ?)");
  for (int i = 0; i < pl_files_count(w->r->files); i++) {
    const pl_source *s = pl_files_at(w->r->files, i);
    pl_db_bind_int(q, 1, i);
    pl_db_bind_text(q, 2, s->path);
    pl_db_bind_int(q, 3, (int64_t)s->length);
    pl_db_bind_bytes_of_text(q, 4, s->text, s->length);
    pl_db_put(q);
  }
  pl_db_done(q);
}

/* --- the answer --- */

static void put_array(const writer *w, pl_db_query *q, const char *name, const double *x, int n) {
  size_t size = 0;
  const void *bytes = pl_blob_pack(x, (size_t)n, w->a, &size);
  pl_db_bind_text(q, 1, name);
  pl_db_bind_int(q, 2, n);
  pl_db_bind_blob(q, 3, bytes, size);
  pl_db_put(q);
}

static void write_answer(const writer *w) {
  pl_db_run(w->db, "CREATE TABLE answer (name TEXT PRIMARY KEY, n INTEGER, data BLOB) STRICT");
  const pl_solution *x = w->r->solution;
  const pl_lp *lp = &w->r->program->lp;
  if (!x) return;
  pl_db_query *q = pl_db_prepare(w->db, "INSERT INTO answer VALUES (?, ?, ?)");
  put_array(w, q, "column values", x->col_value, lp->n_cols);
  put_array(w, q, "column duals", x->col_dual, lp->n_cols);
  put_array(w, q, "row values", x->row_value, lp->n_rows);
  put_array(w, q, "row duals", x->row_dual, lp->n_rows);
  pl_db_done(q);
}

/* The yearly tables, for anyone who opens the run with SQL. The long ones are left to potline
 * export: they can be derived from the solution at any time, and would take longer to write than
 * all the rest. */
static void write_overview(const writer *w) {
  if (!w->r->schedule) return;
  const pl_report *report = pl_report_make_overview(w->r->schedule, w->a);
  pl_db_describe_begin(w->db);
  for (int i = 0; i < report->n_tables; i++) pl_db_put_table(w->db, report->table[i], w->a);
  for (int i = 0; i < w->r->n_value_tables; i++) pl_db_put_table(w->db, w->r->value_table[i], w->a);
}

static pl_status write_database(const pl_run *r, const char *shown, const char *path,
                                pl_diag *diag) {
  writer w = {.r = r};
  PL_TRY(pl_db_create(path, shown, &w.db, diag));
  w.a = pl_arena_new();
  pl_db_run(w.db, pl_arena_printf(w.a, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                                  PL_RUN_APPLICATION, PL_RUN_LAYOUT));
  write_meta(&w);
  write_sources(&w);
  write_answer(&w);
  write_overview(&w);
  pl_status const s = pl_db_finish(w.db) ? PL_OK
                                         : pl_fail(diag, PL_IO, PL_NOWHERE, "cannot write '%s': %s",
                                                   shown, pl_db_fault(w.db));
  pl_db_close(w.db);
  pl_arena_free(w.a);
  return s;
}

bool pl_run_is_marked(FILE *f) { return pl_mark_is_database(f, PL_RUN_APPLICATION); }

pl_status pl_run_write(const pl_run *r, const char *path, pl_diag *diag) {
  pl_file_new *file = NULL;
  PL_TRY(pl_output_open(path, PL_OUTPUT_RUN, &file, diag));
  pl_status const s = write_database(r, path, pl_file_new_path(file), diag);
  if (s == PL_OK) return pl_file_new_commit(file, diag);
  pl_file_new_abandon(file);
  return s;
}
