/* Run files changed at random and on purpose: whatever is in one, reading it ends in a run that
 * passes its audit, or in a complaint. Usage: test_store_hostile [FIRST [COUNT]] for other seeds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "fixture/folder.h"
#include "store/db.h"
#include "store/output.h"
#include "store/run.h"
#include "unit/hostile_bytes.h"

static const char case_text[] =
    "case: {from: 2026-01, to: 2026-03}\n"
    "parties: {company: {}}\n"
    "sites: {here: {party: company}}\n"
    "materials: {ore: t, metal: t}\n"
    "processes: {smelting: {makes: {metal: 1 t}, takes: {ore: 2 t}}}\n"
    "units: {pots: {site: here, runs: smelting, capacity: 1 kt/month}}\n"
    "markets:\n"
    "  mine: {site: here, sells: ore, price: 50 USD/t}\n"
    "  buyer: {site: here, buys: metal, price: 2500 USD/t, up to: 900 t/month}\n";

static uint64_t first_seed = 1;
static int n_seeds = 300;

typedef struct {
  const char *folder, *path;
  pl_arena *a;
  char *bytes; /* a sound run */
  size_t size;
} fixture;

static int set_up(void **state) {
  fixture *f = test_calloc(1, sizeof *f);
  pl_case_options const options = {.scenario = NULL};
  pl_solve_options const solve = PL_SOLVE_DEFAULTS;
  pl_files *files = pl_files_new(NULL, 0);
  pl_diag *diag = pl_diag_new();
  pl_run *run = NULL;
  f->a = pl_arena_new();
  f->folder = folder_new(f->a);
  f->path = folder_path(f->folder, "a.run", f->a);
  pl_files_prime(files, "small/case.yaml", case_text, sizeof case_text - 1);
  assert_int_equal(pl_run_open("small/case.yaml", &options, files, &run, diag), PL_OK);
  assert_int_equal(pl_run_solve(run, &solve, diag), PL_OK);
  assert_int_equal(pl_run_write(run, f->path, diag), PL_OK);
  assert_int_equal(pl_file_read(f->path, f->a, &f->bytes, &f->size, diag), PL_OK);
  pl_run_free(run);
  pl_files_free(files);
  pl_diag_free(diag);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  folder_remove(f->folder, f->a);
  pl_arena_free(f->a);
  test_free(f);
  return 0;
}

/* The status of reading f->path; the first complaint in words[size]. */
static pl_status read_it(const fixture *f, char *words, size_t size) {
  pl_run *r = NULL;
  pl_files *files = pl_files_new(NULL, 0);
  pl_diag *diag = pl_diag_new();
  pl_status const s = pl_run_read(f->path, files, &r, diag);
  assert_true((s == PL_OK) == (r != NULL));
  assert_true(s == PL_OK || pl_diag_count(diag, PL_ERROR) > 0);
  assert_true(s != PL_OK || !r->schedule || r->audit.passed);
  (void)snprintf(words, size, "%s", s == PL_OK ? "" : pl_diag_at(diag, 0)->text);
  pl_run_free(r);
  pl_files_free(files);
  pl_diag_free(diag);
  return s;
}

/* --- at random --- */

static void at_random(void **state) {
  fixture *f = *state;
  char words[256], *bytes = PL_NEW_ARRAY(f->a, char, f->size);
  int refused = 0;
  for (int i = 0; i < n_seeds; i++) {
    memcpy(bytes, f->bytes, f->size);
    put_file(f->path, bytes, hostile_bytes(first_seed + (uint64_t)i, bytes, f->size));
    refused += read_it(f, words, sizeof words) != PL_OK;
  }
  assert_true(refused > n_seeds / 4);
}

/* --- on purpose --- */

static void on_purpose(void **state) {
  static const struct {
    const char *sql, *words; /* "" = it may be read */
  } tricks[] = {
      {"ALTER TABLE files RENAME TO f2; CREATE TABLE files (nr INTEGER, path TEXT, bytes INTEGER, "
       "text TEXT GENERATED ALWAYS AS (hex(zeroblob(200000000))) VIRTUAL); INSERT INTO files "
       "(nr, path) SELECT value, 'f' || value FROM (WITH RECURSIVE c(value) AS (SELECT 1 UNION "
       "ALL SELECT value + 1 FROM c WHERE value < 50) SELECT value FROM c)",
       "column files.text is not plain data"},
      {"ALTER TABLE files RENAME TO f2; CREATE VIEW files AS WITH RECURSIVE c(n) AS (SELECT 1 "
       "UNION "
       "ALL SELECT n + 1 FROM c) SELECT n AS nr, 'x' AS path, 1 AS bytes, hex(zeroblob(1000)) AS "
       "text FROM c",
       "view files is not plain data"},
      {"CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM meta; END",
       "trigger t is not plain data"},
      {"CREATE INDEX i ON meta (hex(text))", "index i is not plain data"},
      {"ALTER TABLE meta ADD COLUMN big TEXT AS (hex(zeroblob(100000000)))", "column meta.big"},
      {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 0 WHERE name = 'files'",
       "is not plain data"},
      {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM "
       "sqlite_schema WHERE name = 'meta') WHERE name = 'files'",
       "is damaged"},
      {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE files(' WHERE "
       "name = 'files'",
       "is damaged"},
      {"DROP TABLE meta", "no such table: meta"},
      {"DROP TABLE answer", "no such table: answer"},
      {"DROP TABLE settings", "no such table: settings"},
      {"UPDATE files SET text = NULL", "holds no files"},
      {"DELETE FROM meta WHERE key = 'status'", "does not state how the run ended"},
      {"DELETE FROM meta WHERE key = 'objective'", "has no objective"},
      {"UPDATE answer SET data = x'28B52FFDE00000000000010000'", "does not fit its case"},
      {"UPDATE answer SET data = zeroblob(0)", "does not fit its case"},
      {"UPDATE answer SET data = zeroblob(1000000)", "does not fit its case"},
      {"PRAGMA user_version = 99", "has layout 99"},
      {"PRAGMA application_id = 7", "is not a run of potline"},
  };
  fixture *f = *state;
  for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++) {
    char words[512];
    pl_db *db = NULL;
    pl_diag *diag = pl_diag_new();
    put_file(f->path, f->bytes, f->size);
    assert_int_equal(pl_db_create(f->path, f->path, &db, diag), PL_OK); /* opens what is there */
    pl_db_run(db, tricks[i].sql);
    if (!pl_db_finish(db)) print_message("%s: %s\n", tricks[i].sql, pl_db_fault(db));
    pl_db_close(db);
    pl_diag_free(diag);
    pl_status const s = read_it(f, words, sizeof words);
    if (s == PL_OK || !strstr(words, tricks[i].words))
      print_message("%s: %s\n", tricks[i].sql, words);
    assert_int_not_equal(s, PL_OK);
    assert_non_null(strstr(words, tricks[i].words));
  }
}

/* A journal that lies beside a run is nobody's: it is not played into it, and stays. */
static void journals_are_not_played(void **state) {
  static const char *const endings[] = {"-journal", "-wal", "-shm"};
  fixture *f = *state;
  char words[256];
  struct stat st;
  put_file(f->path, f->bytes, f->size);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    put_file(pl_arena_printf(f->a, "%s%s", f->path, endings[i]), f->bytes, 4096);
  assert_int_equal(read_it(f, words, sizeof words), PL_OK);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    assert_true(stat(pl_arena_printf(f->a, "%s%s", f->path, endings[i]), &st) == 0 &&
                st.st_size == 4096);
}

/* Names that mean something in a URI. */
static void names_are_only_names(void **state) {
  static const char *const names[] = {"a?mode=rwc.run", "a%41.run", "a#b.run", "a b.run",
                                      "a&b=c.run"};
  fixture *f = *state;
  const char *before = f->path;
  char words[256];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    f->path = pl_arena_printf(f->a, "%s/%s", f->folder, names[i]);
    put_file(f->path, f->bytes, f->size);
    assert_int_equal(read_it(f, words, sizeof words), PL_OK);
    assert_true(pl_output_is(f->path, PL_OUTPUT_RUN));
  }
  f->path = before;
}

int main(int argc, char **argv) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(at_random, set_up, tear_down),
      cmocka_unit_test_setup_teardown(on_purpose, set_up, tear_down),
      cmocka_unit_test_setup_teardown(journals_are_not_played, set_up, tear_down),
      cmocka_unit_test_setup_teardown(names_are_only_names, set_up, tear_down),
  };
  if (argc > 1) first_seed = strtoull(argv[1], NULL, 10);
  if (argc > 2) n_seeds = atoi(argv[2]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
