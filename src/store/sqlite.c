/* The only file that uses SQLite. */
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/db.h"

struct pl_db {
  pl_arena *arena;
  sqlite3 *handle;
  const char *fault;
  int64_t work_left; /* operations of SQLite's virtual machine that reading may still take */
};

struct pl_db_query {
  pl_db *db;
  sqlite3_stmt *statement; /* NULL once the database has a fault */
};

enum {
  LENGTH_LEAST =
      1 << 20, /* length of a text or blob that reading may produce, whatever the file's size */
  LENGTH_MOST = 1 << 30,
  PATTERN_MOST = 100,
  WORK_LEAST = 20000000, /* a second or so */
  WORK_PER_BYTE = 20,
  WORK_STEP = 1000, /* operations between two checks of how many are left */
};

static void note_fault(pl_db *db) {
  if (db->fault) return;
  const char *words = db->work_left > 0 ? sqlite3_errmsg(db->handle)
                                        : "reading it takes more work than its size warrants";
  db->fault = pl_arena_strdup(db->arena, words);
}

static void check(pl_db *db, int code) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) note_fault(db);
}

const char *pl_db_fault(const pl_db *db) { return db->fault; }

static pl_status open_file(const char *path, const char *shown, int flags, pl_db **out,
                           pl_diag *diag) {
  pl_arena *arena = pl_arena_new();
  pl_db *db = PL_NEW(arena, pl_db);
  db->arena = arena;
  db->work_left = INT64_MAX;
  check(db, sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL));
  if (!db->fault) {
    *out = db;
    return PL_OK;
  }
  pl_status const s =
      pl_fail(diag, PL_IO, PL_NOWHERE, "cannot open the database '%s': %s", shown, db->fault);
  pl_db_close(db);
  return s;
}

pl_status pl_db_create(const char *path, const char *shown, pl_db **out, pl_diag *diag) {
  PL_TRY(open_file(path, shown, SQLITE_OPEN_READWRITE, out, diag));
  /* The file gets its name only when it is complete, so a journal would protect nothing. */
  pl_db_run(*out,
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; BEGIN");
  return PL_OK;
}

bool pl_db_finish(pl_db *db) {
  pl_db_run(db, "COMMIT");
  return !db->fault;
}

/* The path as a URI of an immutable file: SQLite then does not look for a journal beside it, which
 * somebody else could have put there, and creates no files of its own. */
static const char *uri_of(const char *path, pl_arena *a) {
  pl_string uri;
  pl_string_init(&uri, a);
  pl_string_printf(&uri, "file:%s", *path == '/' ? "//" : "");
  for (const char *c = path; *c; c++)
    pl_string_printf(&uri, strchr("%?#", *c) ? "%%%02X" : "%c", (unsigned)(unsigned char)*c);
  pl_string_printf(&uri, "?immutable=1");
  return uri.text;
}

static int count_work(void *user) {
  pl_db *db = user;
  db->work_left -= WORK_STEP;
  return db->work_left <= 0;
}

/* No text may be longer than the file, and no query may take more work than the file's size
 * warrants. */
static void limit(pl_db *db, int64_t size) {
  static const struct {
    int what, most;
  } limits[] = {{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, PATTERN_MOST},
                {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
                {SQLITE_LIMIT_ATTACHED, 0},
                {SQLITE_LIMIT_WORKER_THREADS, 0}};
  int64_t const length = size < LENGTH_LEAST ? LENGTH_LEAST : size;
  (void)sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH,
                      length < LENGTH_MOST ? (int)length : LENGTH_MOST);
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
    (void)sqlite3_limit(db->handle, limits[i].what, limits[i].most);
  db->work_left = WORK_LEAST + WORK_PER_BYTE * size;
  sqlite3_progress_handler(db->handle, WORK_STEP, count_work, db);
}

pl_status pl_db_open(const char *path, pl_db **out, pl_diag *diag) {
  struct stat st;
  pl_arena *scratch = pl_arena_new();
  int64_t const size = stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
  pl_status const s =
      open_file(uri_of(path, scratch), path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, out, diag);
  pl_arena_free(scratch);
  PL_TRY(s);
  sqlite3 *handle = (*out)->handle;
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  limit(*out, size);
  pl_db_run(*out, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; "
                  "PRAGMA ignore_check_constraints = ON");
  return PL_OK;
}

/* The first row's text, or NULL. */
static const char *ask(pl_db *db, const char *sql) {
  pl_db_query *q = pl_db_prepare(db, sql);
  const char *text = pl_db_next(q) ? pl_db_text(q, 0, NULL) : NULL;
  const char *out = text ? pl_arena_strdup(db->arena, text) : NULL;
  pl_db_done(q);
  return out;
}

bool pl_db_check(pl_db *db) {
  /* What is not plain data: views, triggers, virtual tables, generated columns. */
  const char *strange = ask(db, "SELECT type || ' ' || name FROM sqlite_schema WHERE type NOT IN "
                                "('table', 'index') OR coalesce(rootpage, 0) <= 0 OR (type = "
                                "'index' AND sql IS NOT NULL) LIMIT 1");
  const char *made = strange ? NULL
                             : ask(db, "SELECT 'column ' || t.name || '.' || c.name FROM "
                                       "sqlite_schema t, pragma_table_xinfo(t.name) c WHERE "
                                       "t.type = 'table' AND c.hidden <> 0 LIMIT 1");
  /* Pages that are used twice would let a small file produce a large result. */
  const char *whole = strange || made ? NULL : ask(db, "PRAGMA quick_check(1)");
  if (db->fault) return false;
  if (strange || made)
    db->fault = pl_arena_printf(db->arena, "%s is not plain data", strange ? strange : made);
  else if (!whole || strcmp(whole, "ok") != 0)
    db->fault = pl_arena_printf(db->arena, "%s", whole ? whole : "no answer");
  return !db->fault;
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
