/* Temporary files: behind links, left by processes that are gone, removed by a signal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/leftover.h"
#include "fixture/folder.h"

typedef struct {
  const char *folder, *path;
  pl_arena *arena;
  pl_diag *diag;
} sandbox;

static int set_up(void **state) {
  sandbox *box = test_calloc(1, sizeof *box);
  box->arena = pl_arena_new();
  box->folder = folder_new(box->arena);
  box->path = folder_path(box->folder, "a.run", box->arena);
  box->diag = pl_diag_new();
  *state = box;
  return 0;
}

static int tear_down(void **state) {
  sandbox *box = *state;
  folder_remove(box->folder, box->arena);
  pl_arena_free(box->arena);
  pl_diag_free(box->diag);
  test_free(box);
  return 0;
}

static const char *in(const sandbox *box, const char *name) {
  return folder_path(box->folder, name, box->arena);
}

static bool is_there(const char *path) {
  struct stat st;
  return lstat(path, &st) == 0;
}

static void put(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  assert_true(fputs(text, f) >= 0 && fclose(f) == 0);
}

static int write_new(sandbox *box, const char *path, const char *text) {
  pl_file_new *f = NULL;
  pl_status const s = pl_file_new_open(path, &f, box->diag);
  if (s != PL_OK) return (int)s;
  (void)fputs(text, pl_file_new_stream(f));
  return (int)pl_file_new_commit(f, box->diag);
}

/* A child that opens a temporary beside path and ends as told; its name for the parent. */
static const char *leave_one(sandbox *box, const char *path, int by_signal) {
  pl_file_new *f = NULL;
  pid_t const child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    if (pl_file_new_open(path, &f, box->diag) != PL_OK) _exit(1);
    (void)raise(by_signal);
    _exit(2);
  }
  int how = 0;
  assert_int_equal(waitpid(child, &how, 0), child);
  assert_true(WIFSIGNALED(how));
  char name[16], other[16];
  (void)snprintf(name, sizeof name, "-%ld-", (long)child);
  (void)snprintf(other, sizeof other, "-%ld-", (long)getpid());
  char *path_of = pl_arena_strdup(box->arena, pl_leftover_name(box->arena, path, 0));
  char *at = strstr(path_of, other);
  assert_non_null(at);
  return pl_arena_printf(box->arena, "%.*s%s%s", (int)(at - path_of), path_of, name,
                         at + strlen(other));
}

static void the_dead_are_swept(void **state) {
  sandbox *box = *state;
  const char *left = leave_one(box, box->path, SIGKILL);
  assert_true(is_there(left));
  assert_int_equal(write_new(box, in(box, "other.txt"), "x"), PL_OK); /* of the same folder */
  assert_false(is_there(left));
}

static void nothing_else_is_swept(void **state) {
  sandbox *box = *state;
  const char *mine = pl_leftover_name(box->arena, box->path, 7), *dead = mine;
  const char *left = leave_one(box, box->path, SIGKILL);
  put(mine, "of a process that lives");
  const char *const kept[] = {mine,
                              in(box, "a.run.99999999-0.new"),
                              in(box, "notes.new"),
                              in(box, "a.run.potline-00000000-99999999-0.new"),
                              pl_arena_printf(box->arena, "%s.txt", left),
                              in(box, "a.run.potline-.new")};
  for (size_t i = 1; i < sizeof kept / sizeof *kept; i++) put(kept[i], "somebody's");
  assert_int_equal(unlink(left), 0);
  assert_int_equal(symlink("notes.new", left), 0); /* the right name, and no file of ours */
  assert_int_equal(write_new(box, box->path, "x"), PL_OK);
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) assert_true(is_there(kept[i]));
  assert_true(is_there(left) && is_there(dead));
}

static void on_signal(int number) {
  pl_leftover_remove_pending();
  (void)signal(number, SIG_DFL);
  (void)raise(number);
}

static void a_signal_removes_what_is_pending(void **state) {
  sandbox *box = *state;
  void (*before)(int) = signal(SIGTERM, on_signal);
  const char *left = leave_one(box, box->path, SIGTERM);
  (void)signal(SIGTERM, before);
  assert_false(is_there(left));
}

static void what_is_settled_stays(void **state) {
  sandbox *box = *state;
  assert_int_equal(write_new(box, box->path, "x"), PL_OK);
  pl_leftover_remove_pending();
  assert_true(is_there(box->path));
  for (int i = 0; i < 1000; i++) pl_leftover_settle(pl_leftover_pend("nowhere/at/all"));
  assert_true(pl_leftover_pend("nowhere/at/all") >= 0);
}

static void links_stay_and_lead_on(void **state) {
  sandbox *box = *state;
  char *text = NULL;
  size_t length = 0;
  struct stat st;
  assert_int_equal(mkdir(in(box, "far"), 0700), 0);
  put(in(box, "far/real"), "old");
  assert_int_equal(symlink("real", in(box, "far/second")), 0);
  assert_int_equal(symlink("far/second", in(box, "first")), 0);
  assert_int_equal(symlink("far/to-come", in(box, "dangling")), 0);
  assert_int_equal(symlink("circle", in(box, "circle")), 0);
  assert_int_equal(write_new(box, in(box, "first"), "new"), PL_OK);
  assert_int_equal(write_new(box, in(box, "dangling"), "made"), PL_OK);
  assert_true(lstat(in(box, "first"), &st) == 0 && S_ISLNK(st.st_mode));
  assert_true(lstat(in(box, "far/second"), &st) == 0 && S_ISLNK(st.st_mode));
  assert_int_equal(pl_file_read(in(box, "far/real"), box->arena, &text, &length, box->diag), PL_OK);
  assert_string_equal(text, "new");
  assert_true(lstat(in(box, "far/to-come"), &st) == 0 && S_ISREG(st.st_mode));
  assert_true(write_new(box, in(box, "circle"), "x") == PL_OK ||
              pl_diag_count(box->diag, PL_ERROR) > 0);
}

static void long_names_have_room(void **state) {
  sandbox *box = *state;
  char name[256];
  memset(name, 'n', sizeof name - 1);
  name[sizeof name - 1] = '\0'; /* 255 bytes: as long as a name may be */
  assert_int_equal(write_new(box, in(box, name), "x"), PL_OK);
  assert_true(is_there(in(box, name)));
}

/* As on a full disk: a limit on the size of files, whose signal is ignored. */
static void a_failed_write_leaves_the_old(void **state) {
  sandbox *box = *state;
  char *text = NULL, big[9000];
  size_t length = 0;
  struct rlimit was, small;
  put(box->path, "old");
  memset(big, 'b', sizeof big - 1);
  big[sizeof big - 1] = '\0';
  void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
  small = was;
  small.rlim_cur = 4096;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  int const s = write_new(box, box->path, big);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
  (void)signal(SIGXFSZ, before);
  assert_int_equal(s, PL_IO);
  assert_non_null(strstr(pl_diag_at(box->diag, 0)->text, "File too large"));
  assert_int_equal(pl_file_read(box->path, box->arena, &text, &length, box->diag), PL_OK);
  assert_string_equal(text, "old");
  assert_false(is_there(pl_leftover_name(box->arena, box->path, 0)));
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(the_dead_are_swept, set_up, tear_down),
      cmocka_unit_test_setup_teardown(nothing_else_is_swept, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_signal_removes_what_is_pending, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_is_settled_stays, set_up, tear_down),
      cmocka_unit_test_setup_teardown(links_stay_and_lead_on, set_up, tear_down),
      cmocka_unit_test_setup_teardown(long_names_have_room, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_failed_write_leaves_the_old, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
