/* Whole files: read into an arena, written beside their place and renamed into it. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/leftover.h"

enum { TRIES_MAX = 100, LINKS_MAX = 40, LINK_BYTES = 4096 };
#define PL_FILE_BYTES_MAX ((off_t)1 << 30)

/* errno in words, for the last system call that failed. */
typedef struct {
  char words[128];
} reason;

static reason reason_of(int error) {
  reason r;
  if (strerror_r(error, r.words, sizeof r.words) != 0)
    (void)snprintf(r.words, sizeof r.words, "error %d", error);
  return r;
}

static pl_status fail_io(pl_diag *diag, const char *what, const char *path) {
  return pl_fail(diag, PL_IO, PL_NOWHERE, "cannot %s '%s': %s", what, path, reason_of(errno).words);
}

static pl_status read_all(int fd, const char *path, char *text, size_t size, size_t *length,
                          pl_diag *diag) {
  size_t n = 0;
  while (n < size) {
    ssize_t const got = read(fd, text + n, size - n);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_io(diag, "read", path);
    if (got == 0) break;
    n += (size_t)got;
  }
  *length = n;
  return PL_OK;
}

static pl_status read_open(int fd, const char *path, pl_arena *a, char **out, size_t *length,
                           pl_diag *diag) {
  struct stat st;
  if (fstat(fd, &st) != 0) return fail_io(diag, "read", path);
  if (!S_ISREG(st.st_mode))
    return pl_fail(diag, PL_IO, PL_NOWHERE, "'%s' is %s, not a file", path,
                   S_ISDIR(st.st_mode) ? "a folder" : "a device or pipe");
  if (st.st_size > PL_FILE_BYTES_MAX)
    return pl_fail(diag, PL_IO, PL_NOWHERE, "'%s' is larger than 1 GiB", path);
  char *text = PL_NEW_ARRAY(a, char, (size_t)st.st_size + 1);
  PL_TRY(read_all(fd, path, text, (size_t)st.st_size, length, diag));
  *out = text;
  return PL_OK;
}

pl_status pl_file_read(const char *path, pl_arena *a, char **out, size_t *length, pl_diag *diag) {
  int const fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* so that a pipe does not wait */
  if (fd < 0) return fail_io(diag, "open", path);
  pl_status const s = read_open(fd, path, a, out, length, diag);
  (void)close(fd);
  return s;
}

struct pl_file_new {
  pl_arena *arena;
  const char *path, *temporary;
  FILE *stream; /* NULL once it is sealed */
  int pending;  /* the temporary's number among those that a signal removes */
};

/* Renaming would put a plain file where a device or folder is. */
static pl_status check_replaceable(const char *path, pl_diag *diag) {
  struct stat st;
  if (stat(path, &st) != 0 || S_ISREG(st.st_mode)) return PL_OK;
  return pl_fail(diag, PL_IO, PL_NOWHERE, "cannot write '%s': it is not a plain file", path);
}

/* What the symbolic link at path names; NULL if there is no link, or a broken one. */
static const char *one_link(const char *path, pl_arena *a) {
  struct stat st;
  if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode)) return NULL;
  char *name = PL_NEW_ARRAY(a, char, LINK_BYTES + 1);
  ssize_t const n = readlink(path, name, LINK_BYTES);
  if (n <= 0 || n >= LINK_BYTES) return NULL;
  const char *slash = strrchr(path, '/');
  if (*name == '/' || !slash) return name;
  return pl_arena_printf(a, "%.*s/%s", (int)(slash - path), path, name);
}

const char *pl_file_behind_links(const char *path, pl_arena *a) {
  const char *at = path;
  for (int i = 0; i < LINKS_MAX; i++) {
    const char *next = one_link(at, a);
    if (!next) return at;
    at = next;
  }
  return at; /* a circle of links, which opening it will report */
}

/* A file with an unused name, with the mode that the user's umask leaves. */
static int open_beside(pl_file_new *f) {
  for (int i = 0; i < TRIES_MAX; i++) {
    f->temporary = pl_leftover_name(f->arena, f->path, i);
    int const fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

pl_status pl_file_new_open(const char *path, pl_file_new **out, pl_diag *diag) {
  PL_TRY(check_replaceable(path, diag));
  pl_leftover_sweep(path);
  pl_arena *arena = pl_arena_new();
  pl_file_new *f = PL_NEW(arena, pl_file_new);
  f->arena = arena;
  f->path = pl_arena_strdup(arena, pl_file_behind_links(path, arena));
  int const fd = open_beside(f);
  f->stream = fd >= 0 ? fdopen(fd, "w") : NULL;
  if (f->stream) {
    f->pending = pl_leftover_pend(f->temporary);
    *out = f;
    return PL_OK;
  }
  pl_status const s = fail_io(diag, "write", path);
  if (fd >= 0) {
    (void)close(fd);
    (void)unlink(f->temporary);
  }
  pl_arena_free(arena);
  return s;
}

FILE *pl_file_new_stream(pl_file_new *f) { return f->stream; }

const char *pl_file_new_path(const pl_file_new *f) { return f->temporary; }

static bool sync_path(const char *path) {
  int const fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  bool const ok = fsync(fd) == 0 || errno == EINVAL; /* EINVAL: a file system that cannot */
  int const error = errno;
  (void)close(fd);
  errno = error;
  return ok;
}

static void sync_folder(const char *path, pl_arena *a) {
  const char *slash = strrchr(path, '/');
  const char *folder = slash ? pl_arena_strndup(a, path, (size_t)(slash - path) + 1) : ".";
  (void)sync_path(folder); /* the content is already safe; only the new name would be lost */
}

/* A write failed earlier, and its reason is lost; it would fail again now. */
static void ask_again(FILE *stream) {
  errno = 0;
  if (write(fileno(stream), "", 1) == 1) errno = EIO;
}

static bool close_stream(pl_file_new *f) {
  bool ok = !ferror(f->stream) && fflush(f->stream) == 0;
  if (ferror(f->stream)) ask_again(f->stream);
  int const error = errno;
  ok = fclose(f->stream) == 0 && ok;
  f->stream = NULL;
  if (error) errno = error;
  return ok;
}

/* errno is set if not. */
static bool seal(pl_file_new *f) {
  if (!f->stream) return true;
  errno = 0;
  if (close_stream(f) && sync_path(f->temporary)) return true;
  if (errno == 0) errno = EIO;
  return false;
}

pl_status pl_file_new_seal(pl_file_new *f, pl_diag *diag) {
  return seal(f) ? PL_OK : fail_io(diag, "write", f->path);
}

pl_status pl_file_new_commit(pl_file_new *f, pl_diag *diag) {
  if (!seal(f) || rename(f->temporary, f->path) != 0) {
    pl_status const s = fail_io(diag, "write", f->path);
    pl_file_new_abandon(f);
    return s;
  }
  pl_leftover_settle(f->pending);
  sync_folder(f->path, f->arena);
  pl_arena_free(f->arena);
  return PL_OK;
}

void pl_file_new_abandon(pl_file_new *f) {
  if (!f) return;
  if (f->stream) (void)fclose(f->stream);
  (void)unlink(f->temporary);
  pl_leftover_settle(f->pending);
  pl_arena_free(f->arena);
}
