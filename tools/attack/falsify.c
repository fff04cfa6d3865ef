/* Falsifies the contents of run files. */
#include "falsify.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "mutant_text.h"
#include "store/blob.h"

typedef struct {
  sqlite3 *db;
  law_random *r;
  pl_arena *a;
} hand;

/* --- SQL ----------------------------------------------------------------------------------------
 */

/* The text of column 0 of row nr, and the number of rows; NULL if there is none. */
static const char *ask(hand *h, const char *sql, int nr, int *rows) {
  sqlite3_stmt *q = NULL;
  const char *found = NULL;
  int n = 0;
  (void)sqlite3_prepare_v2(h->db, sql, -1, &q, NULL);
  for (; q && sqlite3_step(q) == SQLITE_ROW; n++)
    if (n == nr && sqlite3_column_text(q, 0))
      found = pl_arena_strdup(h->a, (const char *)sqlite3_column_text(q, 0));
  (void)sqlite3_finalize(q);
  if (rows) *rows = n;
  return found;
}

static const char *any_of(hand *h, const char *sql) {
  int n;
  (void)ask(h, sql, -1, &n);
  return n > 0 ? ask(h, sql, law_pick(h->r, n), NULL) : NULL;
}

static const char *any_table(hand *h) {
  static const char *const always[] = {"meta", "files", "settings", "answer", "columns"};
  if (law_chance(h->r, 60)) return always[law_pick(h->r, 5)];
  return any_of(h, "SELECT name FROM sqlite_schema WHERE type = 'table'");
}

static const char *any_column(hand *h, const char *table) {
  return any_of(h, pl_arena_printf(h->a, "SELECT name FROM pragma_table_info('%s')", table));
}

static const char *any_row(hand *h, const char *table) {
  return any_of(h, pl_arena_printf(h->a, "SELECT rowid FROM \"%s\"", table));
}

static bool run(hand *h, const char *sql) {
  return sqlite3_exec(h->db, sql, NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(h->db) > 0;
}

/* --- Cells and rows -----------------------------------------------------------------------------
 */

static const char *other_number(hand *h) {
  static const char *const numbers[] = {
      "0",   "-1", "1", "1e300", "-1e300", "9e999", "1e-300", "2147483648", "-9223372036854775808",
      "NULL"};
  return numbers[law_pick(h->r, sizeof numbers / sizeof *numbers)];
}

static const char *change_cell(hand *h) {
  static const char *const ways[] = {
      "\"%s\" * 1.001",       "-\"%s\"", "\"%s\" || 'x'",          "\"%s\" + 1",
      "substr(\"%s\", 1, 3)", "''",      "printf('%%.3000c', 'x')"};
  const char *t = any_table(h), *c = t ? any_column(h, t) : NULL, *row = t ? any_row(h, t) : NULL;
  if (!c || !row) return NULL;
  const char *value = other_number(h), *way = ways[law_pick(h->r, sizeof ways / sizeof *ways)];
  const char *name = strstr(way, "%s");
  if (law_chance(h->r, 60))
    value = name            ? pl_arena_printf(h->a, "%.*s%s%s", (int)(name - way), way, c, name + 2)
            : way[0] == 'p' ? "printf('%.3000c', 'x')"
                            : way;
  const char *sql = pl_arena_printf(
      h->a, "UPDATE OR IGNORE \"%s\" SET \"%s\" = %s WHERE rowid = %s", t, c, value, row);
  return run(h, sql) ? sql : NULL;
}

static const char *exchange_cells(hand *h) {
  const char *t = any_table(h), *c = t ? any_column(h, t) : NULL;
  const char *one = t ? any_row(h, t) : NULL, *other = t ? any_row(h, t) : NULL;
  if (!c || !one || !other) return NULL;
  const char *sql = pl_arena_printf(h->a,
                                    "UPDATE OR IGNORE \"%s\" SET \"%s\" = (SELECT \"%s\" FROM "
                                    "\"%s\" WHERE rowid = %s) WHERE rowid = %s",
                                    t, c, c, t, one, other);
  return run(h, sql) ? sql : NULL;
}

static const char *leave_out_row(hand *h) {
  const char *t = any_table(h), *row = t ? any_row(h, t) : NULL;
  const char *sql =
      pl_arena_printf(h->a, "DELETE FROM \"%s\" WHERE rowid = %s", t ? t : "", row ? row : "0");
  return row && run(h, sql) ? sql : NULL;
}

static const char *leave_out_table(hand *h) {
  const char *t = any_table(h);
  const char *sql = pl_arena_printf(h->a, "DROP TABLE \"%s\"", t ? t : "");
  return sqlite3_exec(h->db, sql, NULL, NULL, NULL) == SQLITE_OK ? sql : NULL;
}

static const char *rename_column(hand *h) {
  const char *t = any_table(h), *c = t ? any_column(h, t) : NULL;
  const char *sql = pl_arena_printf(h->a, "ALTER TABLE \"%s\" RENAME COLUMN \"%s\" TO other",
                                    t ? t : "", c ? c : "");
  return c && sqlite3_exec(h->db, sql, NULL, NULL, NULL) == SQLITE_OK ? sql : NULL;
}

/* How the run ended, and with what the case was planned. */
static const char *say_otherwise(hand *h) {
  static const char *const words[] = {
      "text = 'planned' WHERE key = 'status'",    "text = 'stopped' WHERE key = 'status'",
      "text = 'infeasible' WHERE key = 'status'", "text = 'unbounded' WHERE key = 'status'",
      "text = 'none' WHERE key = 'scenario'",     "number = number * 1.01 WHERE key = 'objective'",
      "number = number - 1 WHERE key = 'bound'",  "number = -1 WHERE key = 'columns'",
      "number = 1e18 WHERE key = 'rows'",         "number = NULL WHERE key = 'objective'"};
  const char *sql = pl_arena_printf(h->a, "UPDATE meta SET %s",
                                    words[law_pick(h->r, sizeof words / sizeof *words)]);
  return run(h, sql) ? sql : NULL;
}

/* --- The case and the answer --------------------------------------------------------------------
 */

/* Changes a number in a file of the case, so that the answer is that of another case. */
static const char *change_file(hand *h) {
  const char *row = any_row(h, "files");
  const char *text =
      row ? ask(h, pl_arena_printf(h->a, "SELECT text FROM files WHERE rowid = %s", row), 0, NULL)
          : NULL;
  if (!text || !*text) return NULL;
  size_t const at = (size_t)law_pick(h->r, (int)strlen(text));
  const char *rest = mutant_scaled(h->r, text + at, false, h->a);
  if (rest == text + at) return NULL;
  text = pl_arena_printf(h->a, "%.*s%s", (int)at, text, rest);
  sqlite3_stmt *q = NULL;
  const char *sql = pl_arena_printf(
      h->a, "UPDATE files SET text = ?1, bytes = %zu WHERE rowid = %s", strlen(text), row);
  (void)sqlite3_prepare_v2(h->db, sql, -1, &q, NULL);
  (void)sqlite3_bind_text(q, 1, text, -1, SQLITE_STATIC);
  bool const done = sqlite3_step(q) == SQLITE_DONE;
  (void)sqlite3_finalize(q);
  return done ? sql : NULL;
}

static void change_numbers(hand *h, double *x, int n) {
  double const others[] = {0, 1, -1, 1e300, (double)NAN, (double)INFINITY};
  for (int k = 1 + law_pick(h->r, 4); k > 0; k--) {
    double *one = &x[law_pick(h->r, n)];
    *one = law_chance(h->r, 60) ? *one * law_between(h->r, 0.5, 1.5) + law_between(h->r, 0, 10)
                                : others[law_pick(h->r, 6)];
  }
}

/* The right form, but false: only the audit can tell. */
static const char *change_answer(hand *h) {
  sqlite3_stmt *q = NULL;
  const char *row = any_row(h, "answer");
  if (!row) return NULL;
  const char *sql = pl_arena_printf(h->a, "SELECT n, data FROM answer WHERE rowid = %s", row);
  (void)sqlite3_prepare_v2(h->db, sql, -1, &q, NULL);
  int n = q && sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int(q, 0) : 0;
  double *x = PL_NEW_ARRAY(h->a, double, (size_t)n + 1);
  size_t size = 0;
  if (n > 0 &&
      !pl_blob_unpack(sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1), x, (size_t)n))
    n = 0;
  (void)sqlite3_finalize(q);
  if (n == 0) return NULL;
  change_numbers(h, x, n);
  const void *bytes = pl_blob_pack(x, (size_t)n, h->a, &size);
  sql = pl_arena_printf(h->a, "UPDATE answer SET data = ?1 WHERE rowid = %s", row);
  (void)sqlite3_prepare_v2(h->db, sql, -1, &q, NULL);
  (void)sqlite3_bind_blob(q, 1, bytes, (int)size, SQLITE_STATIC);
  bool const done = sqlite3_step(q) == SQLITE_DONE;
  (void)sqlite3_finalize(q);
  return done ? sql : NULL;
}

const char *falsify(const char *path, law_random *r, pl_arena *a) {
  static const char *(*const ways[])(hand *) = {
      change_cell,   change_cell, exchange_cells, leave_out_row, leave_out_table, rename_column,
      say_otherwise, change_file, change_file,    change_answer, change_answer,   change_answer};
  hand h = {.r = r, .a = a};
  const char *what = NULL;
  if (sqlite3_open(path, &h.db) == SQLITE_OK)
    what = ways[law_pick(r, sizeof ways / sizeof *ways)](&h);
  (void)sqlite3_close(h.db);
  return what;
}
