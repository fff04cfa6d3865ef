/* Reads a run file. Its contents are not trusted: the case is read like any other, the arrays must
 * fit its program, and the solution is audited again. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/db_table.h"
#include "store/output.h"
#include "store/run.h"

typedef struct {
  pl_db *db;
  const char *path;
  pl_arena *a;
  pl_diag *diag;
} reader;

static pl_status damaged(const reader *d, const char *what) {
  const char *fault = pl_db_fault(d->db);
  return pl_fail(d->diag, PL_SYNTAX, PL_NOWHERE, "'%s' is damaged: %s%s%s%s", d->path, what,
                 fault ? " (" : "", fault ? pl_text_safe(d->a, fault, strlen(fault)) : "",
                 fault ? ")" : "");
}

static int64_t pragma(const reader *d, const char *sql) {
  pl_db_query *q = pl_db_prepare(d->db, sql);
  int64_t const x = pl_db_next(q) ? pl_db_int(q, 0) : 0;
  pl_db_done(q);
  return x;
}

static pl_status check_kind(const reader *d) {
  if (pragma(d, "PRAGMA application_id") != PL_RUN_APPLICATION)
    return pl_fail(d->diag, PL_SYNTAX, PL_NOWHERE, "'%s' is not a run of potline", d->path);
  int64_t const layout = pragma(d, "PRAGMA user_version");
  if (layout == PL_RUN_LAYOUT) return PL_OK;
  (void)pl_fail(d->diag, PL_SYNTAX, PL_NOWHERE,
                "'%s' has layout %" PRId64 "; this potline (" POTLINE_VERSION ") reads layout %d",
                d->path, layout, PL_RUN_LAYOUT);
  pl_hint(d->diag, "plan the case again, or use the potline that wrote it");
  return PL_SYNTAX;
}

/* A fact in the arena, made safe to show; NULL where there is none. */
static const char *fact(const reader *d, const char *key) {
  pl_db_query *q = pl_db_prepare(d->db, "SELECT text FROM meta WHERE key = ?");
  pl_db_bind_text(q, 1, key);
  size_t length = 0;
  const char *text = pl_db_next(q) ? pl_db_text(q, 0, &length) : NULL;
  const char *out = text ? pl_text_safe(d->a, text, length) : NULL;
  pl_db_done(q);
  return out;
}

static double figure(const reader *d, const char *key) {
  pl_db_query *q = pl_db_prepare(d->db, "SELECT number FROM meta WHERE key = ?");
  pl_db_bind_text(q, 1, key);
  double const x = pl_db_next(q) ? pl_db_number(q, 0) : (double)NAN;
  pl_db_done(q);
  return x;
}

/* Returns how many there were: with none, the case would be searched for on disk. */
static int prime_files(const reader *d, pl_files *files) {
  int n = 0;
  pl_db_query *q = pl_db_prepare(d->db, "SELECT path, text FROM files ORDER BY nr");
  while (pl_db_next(q)) {
    size_t length = 0;
    const char *path = pl_db_text(q, 0, NULL), *text = pl_db_text(q, 1, &length);
    if (!path || !text) continue;
    pl_files_prime(files, path, text, length);
    n++;
  }
  pl_db_done(q);
  return n;
}

static int count_settings(const reader *d) {
  pl_db_query *q = pl_db_prepare(d->db, "SELECT count(*) FROM settings");
  int64_t const n = pl_db_next(q) ? pl_db_int(q, 0) : 0;
  pl_db_done(q);
  return (int)n;
}

static const char **read_settings(const reader *d, int *n) {
  int const room = count_settings(d);
  const char **set = PL_NEW_ARRAY(d->a, const char *, (size_t)room + 1);
  pl_db_query *q = pl_db_prepare(d->db, "SELECT setting FROM settings ORDER BY nr");
  for (*n = 0; *n < room && pl_db_next(q);) {
    const char *text = pl_db_text(q, 0, NULL);
    if (text) set[(*n)++] = pl_arena_strdup(d->a, text);
  }
  pl_db_done(q);
  return set;
}

static pl_status read_status(const reader *d, pl_status *out) {
  static const pl_status known[] = {PL_OK, PL_STOPPED, PL_INFEASIBLE, PL_UNBOUNDED};
  const char *word = fact(d, "status");
  for (size_t i = 0; word && i < sizeof known / sizeof known[0]; i++)
    if (strcmp(word, pl_run_status_word(known[i])) == 0) {
      *out = known[i];
      return PL_OK;
    }
  return damaged(d, "it does not state how the run ended");
}

static pl_status read_array(const reader *d, const char *name, int n, pl_arena *a, double **out) {
  pl_db_query *q = pl_db_prepare(d->db, "SELECT data FROM answer WHERE name = ?");
  pl_db_bind_text(q, 1, name);
  size_t size = 0;
  const void *bytes = pl_db_next(q) ? pl_db_blob(q, 0, &size) : NULL;
  double *x = PL_NEW_ARRAY(a, double, (size_t)n + 1);
  bool ok = bytes && pl_blob_unpack(bytes, size, x, (size_t)n);
  for (int i = 0; ok && i < n; i++) ok = isfinite(x[i]);
  pl_db_done(q);
  *out = x;
  return ok ? PL_OK : damaged(d, "its solution does not fit its case");
}

static pl_status read_answer(const reader *d, pl_run *r) {
  const pl_lp *lp = &r->program->lp;
  pl_solution *x = PL_NEW(r->arena, pl_solution);
  PL_TRY(read_array(d, "column values", lp->n_cols, r->arena, &x->col_value));
  PL_TRY(read_array(d, "column duals", lp->n_cols, r->arena, &x->col_dual));
  PL_TRY(read_array(d, "row values", lp->n_rows, r->arena, &x->row_value));
  PL_TRY(read_array(d, "row duals", lp->n_rows, r->arena, &x->row_dual));
  x->state = r->status == PL_OK ? PL_SOLVED : PL_SOLVED_STOPPED;
  x->objective = figure(d, "objective");
  x->bound = figure(d, "bound");
  x->seconds = figure(d, "seconds");
  const char *ties = fact(d, "ties"), *method = fact(d, "method");
  x->settled = ties && strcmp(ties, "settled") == 0;
  x->method = pl_arena_strdup(r->arena, method ? method : "an unknown solver");
  double const iterations = figure(d, "iterations");
  if (iterations >= 0 && iterations < 1e15) x->iterations = (long)iterations;
  if (!isfinite(x->objective)) return damaged(d, "it has no objective");
  if (isnan(x->bound)) x->bound = -(double)INFINITY;
  PL_TRY(pl_schedule_make(r->program, x, r->arena, &r->schedule));
  r->solution = x;
  double const gap = r->status == PL_OK ? r->gap : (double)INFINITY;
  return pl_audit_run(r->schedule, gap, r->arena, &r->audit, d->diag);
}

/* For a run that was valued: all tables of the valuation must be there, or the run is damaged. */
static pl_status read_valuation(const reader *d, pl_run *r) {
  enum { ROWS_MOST = 100000 };
  pl_table *first = pl_report_value_columns(PL_VALUE_TABLE_PARTIES, r->c, r->arena);
  if (!pl_db_has_table(d->db, first->name)) return PL_OK;
  r->value_table = PL_NEW_ARRAY(r->arena, pl_table *, PL_VALUE_TABLES);
  for (int i = 0; i < PL_VALUE_TABLES; i++) {
    r->value_table[i] = pl_report_value_columns((pl_value_table)i, r->c, r->arena);
    if (i == PL_VALUE_TABLE_GRID && !pl_db_has_table(d->db, r->value_table[i]->name))
      continue; /* of a run written before this was recorded */
    pl_db_get_table(d->db, r->value_table[i], ROWS_MOST);
    if (pl_db_fault(d->db)) return damaged(d, "its valuation is incomplete");
  }
  r->n_value_tables = PL_VALUE_TABLES;
  return PL_OK;
}

static pl_status open_case(const reader *d, pl_files *files, pl_run **out) {
  const char *case_file = fact(d, "case file"), *scenario = fact(d, "scenario");
  if (!case_file) return damaged(d, "it names no case");
  pl_case_options options = {.scenario = scenario};
  options.set = read_settings(d, &options.n_set);
  if (prime_files(d, files) == 0 || pl_db_fault(d->db)) return damaged(d, "it holds no files");
  pl_status const s = pl_run_open(case_file, &options, files, out, d->diag);
  if (s != PL_OK) pl_note(d->diag, PL_NOWHERE, "this is the case as it is kept in '%s'", d->path);
  return s;
}

static pl_status read_run(const reader *d, pl_files *files, pl_run **out) {
  PL_TRY(check_kind(d));
  if (!pl_db_check(d->db)) return damaged(d, "its tables are invalid");
  PL_TRY(open_case(d, files, out));
  pl_run *r = *out;
  const char *case_path = fact(d, "case"), *written = fact(d, "written");
  const char *version = fact(d, "potline");
  if (case_path) r->case_path = pl_arena_strdup(r->arena, case_path);
  r->written = pl_arena_strdup(r->arena, written ? written : "?");
  r->version = pl_arena_strdup(r->arena, version ? version : "?");
  double const gap = figure(d, "gap asked");
  r->gap = gap >= 0 && isfinite(gap) ? gap : 0;
  PL_TRY(read_status(d, &r->status));
  bool const has_plan = !isnan(figure(d, "objective"));
  if (r->status != PL_OK && !has_plan) return PL_OK;
  PL_TRY(read_answer(d, r));
  return read_valuation(d, r);
}

static pl_status fail_kind(const char *path, mode_t mode, pl_diag *diag) {
  (void)pl_fail(diag, PL_IO, PL_NOWHERE, "'%s' is %s, not a run", path,
                S_ISDIR(mode) ? "a folder" : "a device or pipe");
  if (!S_ISDIR(mode)) pl_hint(diag, "a run is read from its file; copy it into one first");
  return PL_IO;
}

/* A regular file? SQLite's own message for a missing one is "unable to open database file", and it
 * would wait for ever at a pipe. */
static pl_status check_there(const char *path, pl_diag *diag) {
  struct stat st;
  char words[128];
  int const fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  bool const known = fd >= 0 && fstat(fd, &st) == 0;
  int const error = errno;
  if (fd >= 0) (void)close(fd);
  if (known && !S_ISREG(st.st_mode)) return fail_kind(path, st.st_mode, diag);
  if (known) return PL_OK;
  if (strerror_r(error, words, sizeof words) != 0) words[0] = '\0';
  return pl_fail(diag, PL_IO, PL_NOWHERE, "cannot open the run '%s': %s", path, words);
}

pl_status pl_run_read(const char *path, pl_files *files, pl_run **out, pl_diag *diag) {
  reader d = {.path = path, .diag = diag};
  pl_run *r = NULL;
  PL_TRY(check_there(path, diag));
  PL_TRY(pl_db_open(path, &d.db, diag));
  d.a = pl_arena_new();
  pl_status const s = read_run(&d, files, &r);
  pl_db_close(d.db);
  if (s == PL_OK) {
    *out = r;
  } else {
    pl_run_free(r);
  }
  pl_arena_free(d.a);
  return s;
}
