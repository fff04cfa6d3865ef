/* Tables of a report as SQL tables. */
#include "store/db_table.h"

#include <string.h>

#include "base/text.h"

void pl_db_describe_begin(pl_db *db) {
  pl_db_run(db, "CREATE TABLE columns (\"table\" TEXT, nr INTEGER, \"column\" TEXT, unit TEXT, "
                "title TEXT) STRICT");
}

static const char *sql_name(const char *name, pl_arena *a) {
  char *out = pl_arena_strdup(a, name);
  for (char *c = out; *c; c++)
    if (*c == ' ' || *c == '"') *c = '_';
  return out;
}

static void create_table(pl_db *db, const pl_table *t, pl_arena *a) {
  pl_string create;
  pl_string_init(&create, a);
  pl_string_printf(&create, "CREATE TABLE \"%s\" (", t->name);
  for (int k = 0; k < t->n_cols; k++)
    pl_string_printf(&create, "%s\"%s\" %s", k ? ", " : "", sql_name(t->col[k].name, a),
                     t->col[k].kind == PL_COL_NUMBER ? "REAL" : "TEXT");
  pl_string_printf(&create, ") STRICT");
  pl_db_run(db, create.text);
}

static pl_db_query *insertion(pl_db *db, const pl_table *t, pl_arena *a) {
  pl_string insert;
  pl_string_init(&insert, a);
  pl_string_printf(&insert, "INSERT INTO \"%s\" VALUES (", t->name);
  for (int k = 0; k < t->n_cols; k++) pl_string_printf(&insert, k ? ", ?" : "?");
  pl_string_printf(&insert, ")");
  return pl_db_prepare(db, insert.text);
}

static void describe_columns(pl_db *db, const pl_table *t, pl_arena *a) {
  pl_db_query *q = pl_db_prepare(db, "INSERT INTO columns VALUES (?, ?, ?, ?, ?)");
  for (int k = 0; k < t->n_cols; k++) {
    pl_db_bind_text(q, 1, t->name);
    pl_db_bind_int(q, 2, k);
    pl_db_bind_text(q, 3, sql_name(t->col[k].name, a));
    pl_db_bind_text(q, 4, t->col[k].unit);
    pl_db_bind_text(q, 5, t->title);
    pl_db_put(q);
  }
  pl_db_done(q);
}

void pl_db_put_table(pl_db *db, const pl_table *t, pl_arena *scratch) {
  create_table(db, t, scratch);
  describe_columns(db, t, scratch);
  pl_db_query *q = insertion(db, t, scratch);
  for (int i = 0; i < t->n_rows; i++) {
    const pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols];
    for (int k = 0; k < t->n_cols; k++) {
      if (t->col[k].kind == PL_COL_NUMBER)
        pl_db_bind_number(q, k + 1, cell[k].number);
      else
        pl_db_bind_text(q, k + 1, cell[k].text);
    }
    pl_db_put(q);
  }
  pl_db_done(q);
}

bool pl_db_has_table(pl_db *db, const char *name) {
  pl_db_query *q =
      pl_db_prepare(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?");
  pl_db_bind_text(q, 1, name);
  bool const has = pl_db_next(q) && pl_db_int(q, 0) > 0;
  pl_db_done(q);
  return has;
}

static pl_db_query *selection(pl_db *db, const pl_table *t) {
  pl_string select;
  pl_string_init(&select, t->arena);
  pl_string_printf(&select, "SELECT ");
  for (int k = 0; k < t->n_cols; k++)
    pl_string_printf(&select, "%s\"%s\"", k ? ", " : "", sql_name(t->col[k].name, t->arena));
  pl_string_printf(&select, " FROM \"%s\"", t->name);
  return pl_db_prepare(db, select.text);
}

void pl_db_get_table(pl_db *db, pl_table *t, int most) {
  pl_db_query *q = selection(db, t);
  while (t->n_rows < most && pl_db_next(q)) {
    pl_cell *cell = pl_table_add_row(t);
    for (int k = 0; k < t->n_cols; k++) {
      size_t length = 0;
      if (t->col[k].kind == PL_COL_NUMBER) {
        cell[k].number = pl_db_number(q, k);
        continue;
      }
      const char *text = pl_db_text(q, k, &length);
      cell[k].text = text ? pl_text_safe(t->arena, text, length) : NULL;
    }
  }
  pl_db_done(q);
}
