/* A report as a folder of CSV files. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "store/export.h"

static pl_status write_file(const pl_table *t, const char *folder, pl_arena *a, pl_diag *diag) {
  pl_file_new *file = NULL;
  PL_TRY(pl_file_new_open(pl_arena_printf(a, "%s/%s.csv", folder, t->name), &file, diag));
  (void)pl_table_to_csv(t, pl_file_new_stream(file)); /* a failure sticks to the stream */
  return pl_file_new_commit(file, diag);
}

static pl_status make_folder(const char *folder, pl_diag *diag) {
  struct stat st;
  if (mkdir(folder, 0777) == 0) return PL_OK;
  int const error = errno;
  if (error == EEXIST && stat(folder, &st) == 0 && S_ISDIR(st.st_mode)) return PL_OK;
  char words[128];
  if (strerror_r(error, words, sizeof words) != 0) words[0] = '\0';
  return pl_fail(diag, PL_IO, PL_NOWHERE, "cannot make the folder '%s': %s", folder, words);
}

static pl_status write_panels(const pl_report *r, const char *folder, pl_diag *diag) {
  pl_arena *a = pl_arena_new();
  pl_status s = PL_OK;
  for (int i = 0; i < r->n_panels && s == PL_OK; i++) {
    s = write_file(pl_panel_to_table(r->panel[i], true, a), folder, a, diag);
    pl_arena_reset(a);
  }
  pl_arena_free(a);
  return s;
}

pl_status pl_export_csv(const pl_report *r, const char *folder, pl_diag *diag) {
  PL_TRY(make_folder(folder, diag));
  pl_arena *a = pl_arena_new();
  pl_status s = PL_OK;
  for (int i = 0; i < r->n_tables && s == PL_OK; i++) s = write_file(r->table[i], folder, a, diag);
  pl_arena_free(a);
  PL_TRY(s);
  return write_panels(r, folder, diag);
}
