/* The tables of a valuation: their names and columns. */
#include <string.h>

#include "report/value.h"

static const struct {
  const char *name, *title;
} tables[PL_VALUE_TABLES] = {
#define T(name, table, title) {table, title},
#include "report/value_table.def"
#undef T
};

static const struct {
  pl_value_table table;
  pl_col col;
} columns[] = {
#define C(table, name, kind, unit, decimals)                                                       \
  {PL_VALUE_TABLE_##table, {name, unit, PL_COL_##kind, decimals}},
#include "report/value_column.def"
#undef C
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const char *unit_of(const char *unit, const char *currency, pl_arena *a) {
  if (strcmp(unit, "$") == 0) return currency;
  return strcmp(unit, "$/#") == 0 ? pl_arena_printf(a, "%s/unit", currency) : unit;
}

pl_table *pl_report_value_columns(pl_value_table which, const pl_case *c, pl_arena *a) {
  pl_col col[COLUMNS];
  int n = 0;
  const char *currency = pl_dim_text(pl_dim_of((pl_dim_name)c->currency), a);
  for (int k = 0; k < COLUMNS; k++) {
    if (columns[k].table != which) continue;
    col[n] = columns[k].col;
    col[n].unit = unit_of(col[n].unit, currency, a);
    n++;
  }
  return pl_table_new(a, tables[which].name, tables[which].title, col, n);
}
