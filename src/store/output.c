/* May a target be replaced? Reads only its mark and trusts nothing else. */
#include "store/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/export.h"
#include "store/mark.h"

const pl_output_kind pl_output_kinds[PL_OUTPUTS] = {
#define X(name, option, suffix, words, folder, is_marked)                                          \
  [PL_OUTPUT_##name] = {option, suffix, words, folder, is_marked, NULL},
#define E(name, option, suffix, words, folder, is_marked, write)                                   \
  [PL_OUTPUT_##name] = {option, suffix, words, folder, is_marked, write},
#include "store/output.def"
#undef E
#undef X
};

/* A regular file to read, or NULL: a pipe would block, and a device could do anything. */
static FILE *open_regular(const char *path) {
  struct stat st;
  int const fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return NULL;
  FILE *f = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? fdopen(fd, "rb") : NULL;
  if (!f) (void)close(fd);
  return f;
}

static const char *marked_file(const char *path, pl_output kind, pl_arena *a) {
  return pl_output_kinds[kind].folder ? pl_arena_printf(a, "%s/" PL_MARK_FILE, path) : path;
}

bool pl_output_is(const char *path, pl_output kind) {
  pl_arena *a = pl_arena_new();
  FILE *f = open_regular(marked_file(path, kind, a));
  bool const is = f && pl_output_kinds[kind].is_marked(f);
  if (f) (void)fclose(f);
  pl_arena_free(a);
  return is;
}

/* --- the rule --- */

static bool is_empty_folder(const char *path) {
  DIR *dir = opendir(path);
  bool empty = dir != NULL;
  for (struct dirent *e; empty && (e = readdir(dir));)
    empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
  if (dir) (void)closedir(dir);
  return empty;
}

static bool is_empty(const char *path, const struct stat *st) {
  return S_ISDIR(st->st_mode) ? is_empty_folder(path) : S_ISREG(st->st_mode) && st->st_size == 0;
}

static pl_status refuse(const char *path, const struct stat *st, pl_output kind, pl_diag *diag) {
  const pl_output_kind *k = &pl_output_kinds[kind];
  const char *is = S_ISDIR(st->st_mode)   ? "a folder, "
                   : S_ISREG(st->st_mode) ? k->folder ? "a file, " : ""
                                          : "a device or pipe, ";
  (void)pl_fail(diag, PL_USAGE, PL_NOWHERE, "'%s' is %s%s%s; nothing was changed", path,
                *is ? is : "an existing file, ", "not ", k->words);
  pl_hint(diag, "choose another name, or move it out of the way first");
  return PL_USAGE;
}

static pl_status fail_unwritable(const char *path, int error, pl_diag *diag) {
  char words[128];
  if (strerror_r(error, words, sizeof words) != 0) words[0] = '\0';
  return pl_fail(diag, PL_IO, PL_NOWHERE, "cannot write '%s': %s", path, words);
}

/* The folder in which path is to be created; for a link, that of its target. */
static pl_status check_folder(const char *path, const char *real, pl_arena *a, pl_diag *diag) {
  size_t length = strlen(real);
  while (length > 1 && real[length - 1] == '/') length--;
  while (length > 0 && real[length - 1] != '/') length--;
  const char *folder = length ? pl_arena_strndup(a, real, length) : ".";
  return access(folder, W_OK | X_OK) == 0 ? PL_OK : fail_unwritable(path, errno, diag);
}

pl_status pl_output_check(const char *path, pl_output kind, pl_diag *diag) {
  struct stat st;
  if (*path == '\0')
    return pl_fail(diag, PL_USAGE, PL_NOWHERE, "the name of the file to write is empty");
  if (stat(path, &st) != 0 && errno != ENOENT) return fail_unwritable(path, errno, diag);
  if (stat(path, &st) == 0) {
    bool const fits = (bool)S_ISDIR(st.st_mode) == pl_output_kinds[kind].folder;
    if (!fits || (!is_empty(path, &st) && !pl_output_is(path, kind)))
      return refuse(path, &st, kind, diag);
    if (access(path, W_OK) != 0) return fail_unwritable(path, errno, diag);
  }
  pl_arena *a = pl_arena_new();
  pl_status const s = check_folder(path, pl_file_behind_links(path, a), a, diag);
  pl_arena_free(a);
  return s;
}

pl_status pl_output_open(const char *path, pl_output kind, pl_file_new **out, pl_diag *diag) {
  PL_TRY(pl_output_check(path, kind, diag));
  return pl_file_new_open(path, out, diag);
}
