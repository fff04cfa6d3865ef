/* The one file that knows SQLite. */
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "base/arena.h"
#include "store/db.h"

struct pl_db {
  pl_arena *arena;
  sqlite3 *handle;
  const char *fault;
};

struct pl_db_query {
  pl_db *db;
  sqlite3_stmt *statement; /* NULL once the database has a fault */
};

enum { LENGTH_MAX = 1 << 30 };

static void note_fault(pl_db *db) {
  if (!db->fault) db->fault = pl_arena_strdup(db->arena, sqlite3_errmsg(db->handle));
}

static void check(pl_db *db, int code) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) note_fault(db);
}

const char *pl_db_fault(const pl_db *db) { return db->fault; }

static pl_status open_file(const char *path, int flags, pl_db **out, pl_diag *diag) {
  pl_arena *arena = pl_arena_new();
  pl_db *db = PL_NEW(arena, pl_db);
  db->arena = arena;
  check(db, sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL));
  if (!db->fault) {
    *out = db;
    return PL_OK;
  }
  pl_status const s = pl_fail(diag, PL_IO, PL_NOWHERE, "cannot open '%s': %s", path, db->fault);
  pl_db_close(db);
  return s;
}

pl_status pl_db_create(const char *path, pl_db **out, pl_diag *diag) {
  PL_TRY(open_file(path, SQLITE_OPEN_READWRITE, out, diag));
  /* The file gets its name only when it is whole, so a journal would protect nothing. */
  pl_db_run(*out,
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; BEGIN");
  return PL_OK;
}

bool pl_db_finish(pl_db *db) {
  pl_db_run(db, "COMMIT");
  return !db->fault;
}

pl_status pl_db_open(const char *path, pl_db **out, pl_diag *diag) {
  PL_TRY(open_file(path, SQLITE_OPEN_READONLY, out, diag));
  sqlite3 *handle = (*out)->handle;
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  (void)sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
  pl_db_run(*out, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
  return PL_OK;
}

void pl_db_close(pl_db *db) {
  if (!db) return;
  (void)sqlite3_close(db->handle);
  pl_arena_free(db->arena);
}

void pl_db_run(pl_db *db, const char *sql) {
  if (!db->fault) check(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

pl_db_query *pl_db_prepare(pl_db *db, const char *sql) {
  pl_db_query *q = PL_NEW(db->arena, pl_db_query);
  q->db = db;
  if (!db->fault) check(db, sqlite3_prepare_v2(db->handle, sql, -1, &q->statement, NULL));
  return q;
}

void pl_db_done(pl_db_query *q) {
  (void)sqlite3_finalize(q->statement);
  q->statement = NULL;
}

static bool ready(const pl_db_query *q) { return q->statement && !q->db->fault; }

void pl_db_bind_text(pl_db_query *q, int i, const char *text) {
  if (ready(q)) check(q->db, sqlite3_bind_text(q->statement, i, text, -1, SQLITE_STATIC));
}

void pl_db_bind_bytes_of_text(pl_db_query *q, int i, const char *text, size_t length) {
  if (ready(q))
    check(q->db, sqlite3_bind_text64(q->statement, i, text, length, SQLITE_STATIC, SQLITE_UTF8));
}

void pl_db_bind_number(pl_db_query *q, int i, double x) {
  if (!ready(q)) return;
  check(q->db,
        isnan(x) ? sqlite3_bind_null(q->statement, i) : sqlite3_bind_double(q->statement, i, x));
}

void pl_db_bind_int(pl_db_query *q, int i, int64_t x) {
  if (ready(q)) check(q->db, sqlite3_bind_int64(q->statement, i, x));
}

void pl_db_bind_blob(pl_db_query *q, int i, const void *bytes, size_t size) {
  if (ready(q)) check(q->db, sqlite3_bind_blob64(q->statement, i, bytes, size, SQLITE_STATIC));
}

void pl_db_put(pl_db_query *q) {
  if (!ready(q)) return;
  check(q->db, sqlite3_step(q->statement));
  check(q->db, sqlite3_reset(q->statement));
  check(q->db, sqlite3_clear_bindings(q->statement));
}

bool pl_db_next(pl_db_query *q) {
  if (!ready(q)) return false;
  int const code = sqlite3_step(q->statement);
  check(q->db, code);
  return code == SQLITE_ROW;
}

const char *pl_db_text(pl_db_query *q, int col, size_t *length) {
  if (!ready(q) || sqlite3_column_type(q->statement, col) != SQLITE_TEXT) return NULL;
  const char *text = (const char *)sqlite3_column_text(q->statement, col);
  if (text && length) *length = (size_t)sqlite3_column_bytes(q->statement, col);
  return text;
}

static bool is_number(pl_db_query *q, int col) {
  if (!ready(q)) return false;
  int const type = sqlite3_column_type(q->statement, col);
  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

double pl_db_number(pl_db_query *q, int col) {
  return is_number(q, col) ? sqlite3_column_double(q->statement, col) : (double)NAN;
}

int64_t pl_db_int(pl_db_query *q, int col) {
  return is_number(q, col) ? sqlite3_column_int64(q->statement, col) : 0;
}

const void *pl_db_blob(pl_db_query *q, int col, size_t *size) {
  if (!ready(q) || sqlite3_column_type(q->statement, col) != SQLITE_BLOB) return NULL;
  const void *bytes = sqlite3_column_blob(q->statement, col);
  *size = bytes ? (size_t)sqlite3_column_bytes(q->statement, col) : 0;
  return bytes;
}
