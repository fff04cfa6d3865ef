/* What may be replaced, writers in a process of their own, and what is written into formats that
 * others open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture/folder.h"
#include "store/apart.h"
#include "store/export.h"
#include "store/output.h"

typedef struct {
  const char *folder;
  pl_arena *a;
  pl_diag *diag;
  pl_report report; /* one table, "summary", of one text and one number column */
} fixture;

static int set_up(void **state) {
  static const pl_col cols[] = {{"party", "", PL_COL_TEXT, 0},
                                {"line", "", PL_COL_TEXT, 0},
                                {"2026", "USD", PL_COL_NUMBER, 2},
                                {"total", "USD", PL_COL_NUMBER, 2},
                                {"present value", "USD", PL_COL_NUMBER, 2}};
  fixture *f = test_calloc(1, sizeof *f);
  f->a = pl_arena_new();
  f->folder = folder_new(f->a);
  f->diag = pl_diag_new();
  f->report.table = PL_NEW_ARRAY(f->a, pl_table *, 1);
  f->report.n_tables = 1;
  f->report.table[0] = pl_table_new(f->a, "summary", "a title", cols, 5);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  folder_remove(f->folder, f->a);
  pl_arena_free(f->a);
  pl_diag_free(f->diag);
  test_free(f);
  return 0;
}

static const char *in(const fixture *f, const char *name) {
  return folder_path(f->folder, name, f->a);
}

static void add(fixture *f, const char *party) {
  pl_cell *cell = pl_table_add_row(f->report.table[0]);
  cell[0].text = party;
  cell[1].text = "result";
  cell[2].number = cell[3].number = cell[4].number = 1;
}

static pl_status export_as(fixture *f, pl_output kind, const char *path) {
  return pl_output_kinds[kind].write(&f->report, "t", path, f->diag);
}

/* Each export knows its own, and no other kind. */
static void marks_are_known(void **state) {
  fixture *f = *state;
  add(f, "smelter");
  for (int kind = 0; kind < PL_OUTPUTS; kind++) {
    if (!pl_output_kinds[kind].write) continue;
    const char *path = in(f, pl_output_kinds[kind].option);
    assert_int_equal(export_as(f, (pl_output)kind, path), PL_OK);
    for (int other = 0; other < PL_OUTPUTS; other++) {
      assert_int_equal(pl_output_is(path, (pl_output)other), other == kind);
      pl_status const s = pl_output_check(path, (pl_output)other, f->diag);
      assert_int_equal(s, other == kind ? PL_OK : PL_USAGE);
    }
    assert_int_equal(export_as(f, (pl_output)kind, path), PL_OK); /* and is replaced */
  }
}

/* Every single byte of an archive's directory changed, and every length cut: never ours by luck,
 * never a crash. */
static void damaged_workbooks_are_not_ours(void **state) {
  fixture *f = *state;
  char *bytes;
  size_t n;
  add(f, "smelter");
  assert_int_equal(export_as(f, PL_OUTPUT_XLSX, in(f, "x")), PL_OK);
  assert_int_equal(pl_file_read(in(f, "x"), f->a, &bytes, &n, f->diag), PL_OK);
  for (size_t i = n > 900 ? n - 900 : 0; i < n; i += 5) {
    bytes[i] ^= (char)0x5A;
    put_file(in(f, "y"), bytes, n);
    (void)pl_output_is(in(f, "y"), PL_OUTPUT_XLSX);
    bytes[i] ^= (char)0x5A;
    put_file(in(f, "y"), bytes, i);
    assert_false(pl_output_is(in(f, "y"), PL_OUTPUT_XLSX));
  }
}

static void only_what_is_empty_is_filled(void **state) {
  fixture *f = *state;
  put_file(in(f, "empty"), "", 0);
  put_file(in(f, "one"), "x", 1);
  assert_int_equal(mkfifo(in(f, "pipe"), 0600), 0);
  assert_int_equal(mkdir(in(f, "folder"), 0700), 0);
  for (int kind = 0; kind < PL_OUTPUTS; kind++) {
    bool const folder = pl_output_kinds[kind].folder;
    assert_int_equal(pl_output_check(in(f, "none"), (pl_output)kind, f->diag), PL_OK);
    assert_int_equal(pl_output_check(in(f, "empty"), (pl_output)kind, f->diag),
                     folder ? PL_USAGE : PL_OK);
    assert_int_equal(pl_output_check(in(f, "folder"), (pl_output)kind, f->diag),
                     folder ? PL_OK : PL_USAGE);
    assert_int_equal(pl_output_check(in(f, "one"), (pl_output)kind, f->diag), PL_USAGE);
    assert_int_equal(pl_output_check(in(f, "pipe"), (pl_output)kind, f->diag), PL_USAGE);
    assert_int_equal(pl_output_check("/dev/null", (pl_output)kind, f->diag), PL_USAGE);
    assert_int_equal(pl_output_check("", (pl_output)kind, f->diag), PL_USAGE);
    assert_int_equal(pl_output_check(in(f, "no/where"), (pl_output)kind, f->diag), PL_IO);
  }
}

/* A mark that lies across the pieces in which a file is searched. */
static void marks_are_found_anywhere(void **state) {
  fixture *f = *state;
  static char bytes[3 << 16];
  static const char mark[] = "potline, a plan of a value chain";
  for (size_t at = (1 << 16) - 80; at < (1 << 16) + 80; at += 7) {
    memset(bytes, 'p', sizeof bytes);
    memcpy(bytes, "\x89HDF\r\n\x1a\n", 8);
    memcpy(bytes + at, mark, sizeof mark - 1);
    put_file(in(f, "n"), bytes, sizeof bytes);
    assert_true(pl_output_is(in(f, "n"), PL_OUTPUT_NETCDF));
    bytes[at + 3] ^= 1;
    put_file(in(f, "n"), bytes, sizeof bytes);
    assert_false(pl_output_is(in(f, "n"), PL_OUTPUT_NETCDF));
  }
}

/* --- writers apart --- */

static bool crash(const void *user, const char *path, char *words, size_t size) {
  (void)user, (void)path, (void)words, (void)size;
  (void)signal(SIGSEGV, SIG_DFL); /* a sanitizer's handler would have words of its own */
  (void)raise(SIGSEGV);
  return true;
}

static bool tell(const void *user, const char *path, char *words, size_t size) {
  (void)path;
  (void)snprintf(words, size, "%s", (const char *)user);
  return false;
}

static bool be_silent(const void *user, const char *path, char *words, size_t size) {
  (void)user, (void)path, (void)words, (void)size;
  return false;
}

static bool need_memory(const void *user, const char *path, char *words, size_t size) {
  (void)user, (void)path, (void)words, (void)size;
  _exit(pl_status_exit(PL_MEMORY));
}

static bool write_one(const void *user, const char *path, char *words, size_t size) {
  (void)words, (void)size;
  FILE *file = fopen(path, "wb");
  return file && fputs(user, file) >= 0 && fclose(file) == 0;
}

static void a_writer_may_die(void **state) {
  static const struct {
    pl_apart_writer *write;
    pl_status status;
    const char *words;
  } ends[] = {{crash, PL_IO, "crashed (signal 11)"},
              {tell, PL_IO, "the words"},
              {be_silent, PL_IO, "ended early"},
              {need_memory, PL_MEMORY, "out of memory"}};
  fixture *f = *state;
  struct stat st;
  put_file(in(f, "old"), "", 0);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    pl_file_new *file = NULL;
    assert_int_equal(pl_file_new_open(in(f, "old"), &file, f->diag), PL_OK);
    const char *temporary = pl_arena_strdup(f->a, pl_file_new_path(file));
    assert_int_equal(pl_apart_write(ends[i].write, "the words", "old", file, f->diag),
                     ends[i].status);
    assert_non_null(strstr(pl_diag_at(f->diag, (int)i)->text, ends[i].words));
    assert_true(stat(temporary, &st) != 0);
    assert_true(stat(in(f, "old"), &st) == 0 && st.st_size == 0);
  }
  pl_file_new *file = NULL;
  assert_int_equal(pl_file_new_open(in(f, "old"), &file, f->diag), PL_OK);
  assert_int_equal(pl_apart_write(write_one, "good", "old", file, f->diag), PL_OK);
  assert_true(stat(in(f, "old"), &st) == 0 && st.st_size == 4);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(marks_are_known, set_up, tear_down),
      cmocka_unit_test_setup_teardown(damaged_workbooks_are_not_ours, set_up, tear_down),
      cmocka_unit_test_setup_teardown(only_what_is_empty_is_filled, set_up, tear_down),
      cmocka_unit_test_setup_teardown(marks_are_found_anywhere, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_writer_may_die, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
