/* May a target be replaced? Reads no more of it than its mark, and believes nothing else. */
#include "store/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "lp/mps.h"
#include "store/zip_mark.h"

const pl_output_kind pl_output_kinds[PL_OUTPUTS] = {
#define X(name, option, suffix, words, folder) [PL_OUTPUT_##name] = {option, suffix, words, folder},
#include "store/output.def"
#undef X
};

/* A regular file to read, or NULL: a pipe would make open wait, a device do anything. */
static FILE *open_regular(const char *path) {
  struct stat st;
  int const fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return NULL;
  FILE *f = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? fdopen(fd, "rb") : NULL;
  if (!f) (void)close(fd);
  return f;
}

/* --- marks, by kind --- */

static bool begins_with(FILE *f, const char *text) {
  char head[128];
  size_t const n = strlen(text);
  return n <= sizeof head && fread(head, 1, n, f) == n && memcmp(head, text, n) == 0;
}

static bool is_database(FILE *f, uint32_t application) {
  enum { HEAD = 100, AT = 68 };
  unsigned char head[HEAD];
  if (fread(head, 1, HEAD, f) != HEAD || memcmp(head, "SQLite format 3", 16) != 0) return false;
  uint32_t id = 0;
  for (int i = 0; i < 4; i++) id = id << 8 | head[AT + i];
  return id == application;
}

/* A text anywhere in what is left of the file, by pieces that overlap by its length. */
static bool contains(FILE *f, const char *text) {
  char piece[1 << 16];
  size_t const length = strlen(text);
  size_t kept = 0;
  for (size_t n; (n = fread(piece + kept, 1, sizeof piece - kept, f)) > 0;) {
    size_t const have = kept + n;
    for (const char *p = piece; have >= length; p++) {
      p = memchr(p, *text, have - length + 1 - (size_t)(p - piece));
      if (!p) break;
      if (memcmp(p, text, length) == 0) return true;
      if ((size_t)(p - piece) == have - length) break;
    }
    kept = have < length ? have : length - 1;
    memmove(piece, piece + have - kept, kept);
  }
  return false;
}

static bool is_netcdf(FILE *f) {
  return begins_with(f, "\x89HDF\r\n\x1a\n") && contains(f, PL_MARK_NETCDF);
}

static bool has_mark(FILE *f, pl_output kind) {
  switch (kind) {
  case PL_OUTPUT_RUN: return is_database(f, PL_RUN_APPLICATION);
  case PL_OUTPUT_SQLITE: return is_database(f, PL_EXPORT_APPLICATION);
  case PL_OUTPUT_XLSX: return pl_zip_is_marked(f);
  case PL_OUTPUT_NETCDF: return is_netcdf(f);
  case PL_OUTPUT_MPS: return begins_with(f, PL_MPS_MARK);
  case PL_OUTPUT_CSV: return begins_with(f, PL_MARK_LINE "\n");
  case PL_OUTPUTS: break;
  }
  return false;
}

static const char *marked_file(const char *path, pl_output kind, pl_arena *a) {
  return pl_output_kinds[kind].folder ? pl_arena_printf(a, "%s/" PL_MARK_FILE, path) : path;
}

bool pl_output_is(const char *path, pl_output kind) {
  pl_arena *a = pl_arena_new();
  FILE *f = open_regular(marked_file(path, kind, a));
  bool const is = f && has_mark(f, kind);
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
                *is ? is : "there already and is ", "not ", k->words);
  pl_hint(diag, "give another name, or move it out of the way first");
  return PL_USAGE;
}

static pl_status fail_unwritable(const char *path, int error, pl_diag *diag) {
  char words[128];
  if (strerror_r(error, words, sizeof words) != 0) words[0] = '\0';
  return pl_fail(diag, PL_IO, PL_NOWHERE, "cannot write '%s': %s", path, words);
}

/* The folder that path is to be made in; a target behind a link has its own. */
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
