/* A report as an SQLite file of its own, for work with SQL: long tables with one row per thing and
 * period. Series finer than a day would take millions of rows, so they are blobs in the table
 * "series". Those of typical days run through the typical days, in the order of the table
 * "typical". */
#include <stdio.h>

#include "store/blob.h"
#include "store/db_table.h"
#include "store/export.h"
#include "store/mark.h"

enum { APPLICATION = 0x504C4558 /* "PLEX" */ };

/* The names of the series, in one text: "slatina-ccgt/slatina/alro/gas-power/power". */
static const char *joined_keys(const pl_panel *p, const pl_series *s, pl_arena *a) {
  pl_string out;
  pl_string_init(&out, a);
  for (int k = 0; k < p->n_keys; k++)
    pl_string_printf(&out, "%s%s", k ? "/" : "", s->key[k] ? s->key[k] : "");
  return out.text;
}

static void put_dense(pl_db_query *q, const pl_panel *p, const pl_series *s, pl_arena *a) {
  char start[32];
  (void)pl_time_format(s->grid->start[0], PL_HOUR, start, sizeof start);
  for (int v = 0; v < p->n_values; v++) {
    size_t size = 0;
    const void *bytes = pl_blob_pack(pl_series_values(s, v), (size_t)s->grid->n, a, &size);
    pl_db_bind_text(q, 1, p->name);
    pl_db_bind_text(q, 2, joined_keys(p, s, a));
    pl_db_bind_text(q, 3, p->value[v].name);
    pl_db_bind_text(q, 4, pl_panel_unit(p, v, s, a));
    pl_db_bind_text(q, 5, start);
    const char *step = pl_step_name(s->grid->step);
    pl_db_bind_text(q, 6, s->grid->typical ? pl_arena_printf(a, "typical %s", step) : step);
    pl_db_bind_int(q, 7, s->grid->n);
    pl_db_bind_blob(q, 8, bytes, size);
    pl_db_put(q);
  }
}

static void put_panel(pl_db *db, const pl_panel *p, pl_db_query *dense, pl_arena *a) {
  pl_db_put_table(db, pl_panel_to_table(p, false, a), a);
  for (int i = 0; i < p->n_series; i++)
    if (pl_series_is_dense(&p->series[i])) put_dense(dense, p, &p->series[i], a);
}

static pl_status write_tables(const pl_report *r, const char *shown, const char *path,
                              pl_diag *diag) {
  pl_db *db = NULL;
  PL_TRY(pl_db_create(path, shown, &db, diag));
  pl_arena *a = pl_arena_new();
  pl_db_run(db, pl_arena_printf(a, "PRAGMA application_id = %d", APPLICATION));
  pl_db_describe_begin(db);
  pl_db_run(db, "CREATE TABLE series (\"table\" TEXT, thing TEXT, value TEXT, unit TEXT, start "
                "TEXT, step TEXT,"
                " n INTEGER, data BLOB) STRICT");
  pl_db_query *dense = pl_db_prepare(db, "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (int i = 0; i < r->n_tables; i++) pl_db_put_table(db, r->table[i], a);
  for (int i = 0; i < r->n_panels; i++) put_panel(db, r->panel[i], dense, a);
  pl_db_done(dense);
  pl_status const s = pl_db_finish(db) ? PL_OK
                                       : pl_fail(diag, PL_IO, PL_NOWHERE, "cannot write '%s': %s",
                                                 shown, pl_db_fault(db));
  pl_db_close(db);
  pl_arena_free(a);
  return s;
}

bool pl_sqlite_is_marked(FILE *f) { return pl_mark_is_database(f, APPLICATION); }

pl_status pl_export_sqlite(const pl_report *r, const char *title, const char *path, pl_diag *diag) {
  (void)title;
  pl_file_new *file = NULL;
  PL_TRY(pl_output_open(path, PL_OUTPUT_SQLITE, &file, diag));
  pl_status const s = write_tables(r, path, pl_file_new_path(file), diag);
  if (s == PL_OK) return pl_file_new_commit(file, diag);
  pl_file_new_abandon(file);
  return s;
}
