/* The files of a case: found, read once, remembered. Their contents are read by yaml.c and
 * csv.c. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "text/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/map.h"
#include "base/text.h"

struct pl_files {
  pl_arena *arena;
  const char **search; /* [n_search] */
  int n_search;
  pl_map *allowed; /* real paths of folders whose files may be read; those below them too */
  pl_map *opened;  /* shown path → index into source */
  pl_source **source;
  int count, capacity;
  pl_map *primed; /* shown path → index into prime */
  pl_source **prime;
  int prime_capacity;
};

pl_files *pl_files_new(const char *const *search, int count) {
  pl_arena *a = pl_arena_new();
  pl_files *f = PL_NEW(a, pl_files);
  f->arena = a;
  f->allowed = pl_map_new(a);
  f->opened = pl_map_new(a);
  f->primed = pl_map_new(a);
  f->n_search = count;
  f->search = PL_NEW_ARRAY(a, const char *, (size_t)count);
  for (int i = 0; i < count; i++) {
    f->search[i] = pl_arena_strdup(a, search[i]);
    (void)pl_files_allow(f, search[i]);
  }
  return f;
}

bool pl_files_allow(pl_files *f, const char *folder) {
  char *real = realpath(*folder ? folder : ".", NULL);
  bool const there = real != NULL;
  if (there) (void)pl_map_add(f->allowed, real, strlen(real));
  free(real);
  return there;
}

void pl_files_free(pl_files *f) {
  if (f) pl_arena_free(f->arena);
}

/* The start of the last component of the n bytes at path. */
static size_t last_component(const char *path, size_t n) {
  while (n > 0 && path[n - 1] != '/') n--;
  return n;
}

/* "a/./b/../c" → "a/c". Only the text is looked at; a ".." with nothing before it stays. */
static char *normalised(pl_arena *a, const char *path) {
  char *out = pl_arena_strdup(a, path);
  size_t n = *path == '/';
  size_t const root = n;
  for (const char *p = path + n; *p;) {
    size_t const length = strcspn(p, "/");
    pl_span const part = {p, length};
    size_t const before = n > root ? n - 1 : n, last = last_component(out, before);
    bool const up = pl_span_is(part, ".."),
               can_fold = n > root && strncmp(out + last, "../", 3) != 0;
    if (up && can_fold) {
      n = last;
    } else if (length > 0 && !pl_span_is(part, ".") && !(up && root)) {
      memmove(out + n, p, length);
      n += length;
      out[n++] = '/';
    }
    p += length + (p[length] == '/');
  }
  if (n > root) n--;
  out[n] = '\0';
  return n > 0 ? out : pl_arena_strdup(a, ".");
}

static const char *joined(pl_arena *a, const char *folder, size_t length, const char *name) {
  if (length == 0) return normalised(a, name);
  return normalised(a, pl_arena_printf(a, "%.*s/%s", (int)length, folder, name));
}

static const char *beside(pl_arena *a, const char *by, const char *name) {
  size_t const folder = by ? last_component(by, strlen(by)) : 0;
  bool const at_root = folder == 1;
  return joined(a, by, at_root ? folder : folder - (folder > 0), name);
}

void pl_files_prime(pl_files *f, const char *path, const char *text, size_t length) {
  const char *shown = normalised(f->arena, path);
  int const before = pl_map_count(f->primed);
  int const i = pl_map_add(f->primed, shown, strlen(shown));
  if (i == before) PL_GROW(f->arena, f->prime, i, f->prime_capacity);
  pl_source *s = PL_NEW(f->arena, pl_source);
  *s = (pl_source){shown, pl_arena_strndup(f->arena, text, length), length};
  f->prime[i] = s;
}

static const pl_source *remember(pl_files *f, pl_source *s) {
  PL_GROW(f->arena, f->source, f->count, f->capacity);
  f->source[f->count++] = s;
  (void)pl_map_add(f->opened, s->path, strlen(s->path));
  return s;
}

/* A shipped library may have been in another folder when the run was made: then its own name
 * decides. */
static pl_source *primed_ending(const pl_files *f, const char *name) {
  size_t const n = strlen(name);
  for (int i = 0; i < pl_map_count(f->primed); i++) {
    size_t const length = strlen(f->prime[i]->path);
    const char *tail = f->prime[i]->path + length - n;
    if (length > n && tail[-1] == '/' && strcmp(tail, name) == 0) return f->prime[i];
  }
  return NULL;
}

static bool is_file(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* What is at the path, in words; NULL if nothing is. */
static const char *thing_at(const char *path) {
  struct stat st;
  if (stat(path, &st) != 0) return NULL;
  if (S_ISREG(st.st_mode)) return "a file";
  return S_ISDIR(st.st_mode) ? "a folder" : "a device or pipe";
}

/* Whether path, all links followed, is in one of the folders allowed or below it. */
static bool is_allowed(const pl_files *f, const char *path) {
  char *real = realpath(path, NULL);
  bool allowed = false;
  for (size_t n = real ? last_component(real, strlen(real)) : 0; n > 0 && !allowed;
       n = last_component(real, n - 1))
    allowed = pl_map_find(f->allowed, real, n > 1 ? n - 1 : 1) >= 0;
  free(real);
  return allowed;
}

static pl_status fail_outside(const pl_files *f, const char *path, pl_place place, pl_diag *diag) {
  char *real = realpath(path, NULL);
  const char *folder =
      real ? pl_arena_strndup(f->arena, real, last_component(real, strlen(real))) : "DIR";
  free(real);
  (void)pl_fail(diag, PL_IO, place, "'%s' is outside the case's folder", path);
  pl_hint(diag, "to let its contents be read and kept in runs, use --allow %s", folder);
  return PL_IO;
}

static pl_status read_source(pl_files *f, const char *path, pl_source **out, pl_diag *diag) {
  char *text;
  size_t length;
  PL_TRY(pl_file_read(path, f->arena, &text, &length, diag));
  *out = PL_NEW(f->arena, pl_source);
  **out = (pl_source){path, text, length};
  return PL_OK;
}

/* Tries one path: *out stays NULL if nothing is there. */
static pl_status try_path(pl_files *f, const char *path, pl_place place, const pl_source **out,
                          pl_diag *diag) {
  const pl_source *known = pl_files_find(f, path);
  pl_source *fresh = NULL;
  int const primed = pl_map_find(f->primed, path, strlen(path));
  if (known) return *out = known, PL_OK;
  if (primed >= 0)
    fresh = f->prime[primed];
  else if (pl_map_count(f->primed) == 0 && is_file(path)) {
    if (!is_allowed(f, path)) return fail_outside(f, path, place, diag);
    PL_TRY(read_source(f, path, &fresh, diag));
  }
  if (fresh) *out = remember(f, fresh);
  return PL_OK;
}

static pl_status fail_missing(const pl_files *f, const char *name, const char *by,
                              const char *first, pl_place place, pl_diag *diag) {
  bool const on_disk = pl_map_count(f->primed) == 0;
  const char *there = on_disk ? thing_at(first) : NULL;
  if (there) return pl_fail(diag, PL_IO, place, "'%s' is %s, not a file", name, there);
  size_t const above = last_component(first, strlen(first));
  const char *folder = above > 1 ? pl_arena_strndup(f->arena, first, above - 1) : "/";
  const char *instead = on_disk ? thing_at(folder) : NULL;
  if (instead && strcmp(instead, "a folder") != 0) {
    pl_fail(diag, PL_IO, place, "'%s' is %s, not a folder that could contain '%s'", folder, instead,
            first + above);
    if (!by) pl_hint(diag, "a case is a folder with a case.yaml, or a file that ends in .yaml");
    return PL_IO;
  }
  pl_fail(diag, PL_IO, place, "there is no file '%s'", name);
  if (strcmp(first, name) != 0 || f->n_search > 0)
    pl_hint(diag, "looked for '%s'%s%s", first, f->n_search ? " and in " : "",
            f->n_search ? f->search[0] : "");
  return PL_IO;
}

pl_status pl_files_open(pl_files *f, const char *name, const char *by, pl_place place,
                        const pl_source **out, pl_diag *diag) {
  bool const absolute = *name == '/';
  const char *first = absolute ? normalised(f->arena, name) : beside(f->arena, by, name);
  const pl_source *found = NULL;
  if (!by)
    (void)pl_files_allow(f,
                         pl_arena_strndup(f->arena, first, last_component(first, strlen(first))));
  PL_TRY(try_path(f, first, place, &found, diag));
  for (int i = 0; i < f->n_search && !found && !absolute; i++)
    PL_TRY(try_path(f, joined(f->arena, f->search[i], strlen(f->search[i]), name), place, &found,
                    diag));
  pl_source *moved = found || !by ? NULL : primed_ending(f, normalised(f->arena, name));
  if (moved) PL_TRY(try_path(f, moved->path, place, &found, diag));
  if (!found) return fail_missing(f, name, by, first, place, diag);
  *out = found;
  return PL_OK;
}

int pl_files_count(const pl_files *f) { return f->count; }

const pl_source *pl_files_at(const pl_files *f, int i) { return f->source[i]; }

const pl_source *pl_files_find(const pl_files *f, const char *path) {
  int const i = pl_map_find(f->opened, path, strlen(path));
  return i < 0 ? NULL : f->source[i];
}
