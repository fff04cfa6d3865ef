/* A report as a folder of CSV files. A hidden file lists those that potline wrote: a later export
 * replaces or removes these and refuses to touch anything else. New tables get their names only
 * when all of them are on disk. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "store/export.h"
#include "store/mark.h"

/* The first line of the list. */
#define MARK "potline wrote the files below; an export replaces or removes them\n"

typedef struct {
  const char *folder;
  pl_arena *a;
  pl_diag *diag;
  pl_map *ours;  /* names of files from an earlier export */
  pl_map *names; /* of the files to write */
  pl_file_new **file;
  int n_files; /* opened so far, in the order of names */
  bool made;   /* the folder is new and is removed if the export fails */
} exporter;

static const char *path_in(const exporter *x, const char *name) {
  return pl_arena_printf(x->a, "%s/%s", x->folder, name);
}

static const char *file_name(const exporter *x, const char *table) {
  return pl_arena_printf(x->a, "%s.csv", table);
}

static const char *name_at(const pl_map *names, int i) { return pl_map_key(names, i); }

/* --- the list of our files --- */

/* May this line of the list name a file here? It must not lead out of the folder. */
static bool is_name(const char *line, size_t length) {
  static const char ending[] = ".csv";
  size_t const n = sizeof ending - 1;
  return length > n && memcmp(line + length - n, ending, n) == 0 && *line != '.' &&
         !memchr(line, '/', length) && !memchr(line, '\0', length);
}

static pl_status read_list(exporter *x) {
  char *text;
  size_t length;
  if (!pl_output_is(x->folder, PL_OUTPUT_CSV)) return PL_OK;
  PL_TRY(pl_file_read(path_in(x, PL_MARK_FILE), x->a, &text, &length, x->diag));
  for (char *at = text, *end; *at; at = *end ? end + 1 : end) {
    end = at + strcspn(at, "\n");
    if (is_name(at, (size_t)(end - at))) (void)pl_map_add(x->ours, at, (size_t)(end - at));
  }
  return PL_OK;
}

static void put_names(const pl_map *names, FILE *out) {
  for (int i = 0; i < pl_map_count(names); i++) (void)fprintf(out, "%s\n", name_at(names, i));
}

/* Including our earlier files, until they are removed. */
static pl_status write_list(const exporter *x, bool with_old) {
  pl_file_new *f = NULL;
  PL_TRY(pl_file_new_open(path_in(x, PL_MARK_FILE), &f, x->diag));
  (void)fprintf(pl_file_new_stream(f), MARK);
  put_names(x->names, pl_file_new_stream(f));
  if (with_old) put_names(x->ours, pl_file_new_stream(f));
  return pl_file_new_commit(f, x->diag);
}

static bool holds(const pl_map *names, const char *name) {
  return pl_map_find(names, name, strlen(name)) >= 0;
}

static pl_status check_names(const exporter *x) {
  struct stat st;
  for (int i = 0; i < pl_map_count(x->names); i++) {
    const char *name = name_at(x->names, i), *path = path_in(x, name);
    if (lstat(path, &st) != 0 || (S_ISREG(st.st_mode) && holds(x->ours, name))) continue;
    (void)pl_fail(x->diag, PL_USAGE, PL_NOWHERE,
                  "'%s' was not written by an export; nothing was changed", path);
    pl_hint(x->diag, "choose another folder, or move that file out of the way first");
    return PL_USAGE;
  }
  return PL_OK;
}

static void remove_old(const exporter *x) {
  struct stat st;
  for (int i = 0; i < pl_map_count(x->ours); i++) {
    const char *name = name_at(x->ours, i), *path = path_in(x, name);
    if (!holds(x->names, name) && lstat(path, &st) == 0 && S_ISREG(st.st_mode)) (void)unlink(path);
  }
}

/* --- the tables --- */

static pl_status write_table(exporter *x, const pl_table *t) {
  const char *path = path_in(x, file_name(x, t->name));
  pl_file_new **file = &x->file[x->n_files];
  PL_TRY(pl_file_new_open(path, file, x->diag));
  x->n_files++;
  (void)pl_table_to_csv(t, pl_file_new_stream(*file)); /* the stream remembers a failure */
  return pl_file_new_seal(*file, x->diag);
}

static pl_status write_tables(exporter *x, const pl_report *r) {
  for (int i = 0; i < r->n_tables; i++) PL_TRY(write_table(x, r->table[i]));
  pl_arena *a = pl_arena_new();
  pl_status s = PL_OK;
  for (int i = 0; i < r->n_panels && s == PL_OK; i++) {
    s = write_table(x, pl_panel_to_table(r->panel[i], true, a));
    pl_arena_reset(a);
  }
  pl_arena_free(a);
  return s;
}

static pl_status give_names(exporter *x) {
  pl_status s = PL_OK;
  int i = 0;
  for (; i < x->n_files && s == PL_OK; i++) s = pl_file_new_commit(x->file[i], x->diag);
  for (; i < x->n_files; i++) pl_file_new_abandon(x->file[i]);
  x->n_files = 0;
  return s;
}

/* --- the folder --- */

static pl_status make_folder(exporter *x) {
  struct stat st;
  x->made = mkdir(x->folder, 0777) == 0;
  int const error = errno;
  if (x->made || (error == EEXIST && stat(x->folder, &st) == 0 && S_ISDIR(st.st_mode)))
    return PL_OK;
  char words[128];
  if (strerror_r(error, words, sizeof words) != 0) words[0] = '\0';
  return pl_fail(x->diag, PL_IO, PL_NOWHERE, "cannot create the folder '%s': %s", x->folder, words);
}

static void add_name(exporter *x, const char *table) {
  const char *name = file_name(x, table);
  (void)pl_map_add(x->names, name, strlen(name));
}

static pl_status export_into(exporter *x, const pl_report *r) {
  PL_TRY(make_folder(x));
  PL_TRY(write_list(x, true)); /* first, so that an incomplete folder is still recognised as ours */
  PL_TRY(write_tables(x, r));
  x->made = false; /* from here on the export exists */
  PL_TRY(give_names(x));
  remove_old(x);
  return write_list(x, false);
}

static void undo(exporter *x) {
  for (int i = 0; i < x->n_files; i++) pl_file_new_abandon(x->file[i]);
  if (!x->made) return;
  (void)unlink(path_in(x, PL_MARK_FILE));
  (void)rmdir(x->folder);
}

bool pl_csv_is_marked(FILE *f) { return pl_mark_begins(f, MARK); }

pl_status pl_export_csv(const pl_report *r, const char *title, const char *folder, pl_diag *diag) {
  (void)title; /* tables have theirs already */
  PL_TRY(pl_output_check(folder, PL_OUTPUT_CSV, diag));
  pl_arena *a = pl_arena_new();
  exporter x = {.folder = folder, .a = a, .diag = diag};
  x.ours = pl_map_new(a);
  x.names = pl_map_new(a);
  x.file = PL_NEW_ARRAY(a, pl_file_new *, (size_t)(r->n_tables + r->n_panels) + 1);
  for (int i = 0; i < r->n_tables; i++) add_name(&x, r->table[i]->name);
  for (int i = 0; i < r->n_panels; i++) add_name(&x, r->panel[i]->name);
  pl_status s = read_list(&x);
  if (s == PL_OK) s = check_names(&x);
  if (s == PL_OK) s = export_into(&x, r);
  if (s != PL_OK) undo(&x);
  pl_arena_free(a);
  return s;
}
