/* Shows again the valuation kept in a run. */
#include <math.h>
#include <string.h>

#include "report/compare.h"
#include "report/digits.h"
#include "report/value.h"
#include "report/valuer.h"

/* Only some columns of a kept table, so that it fits the page. */
static pl_table *narrowed(const pl_table *t, const int *keep, int n, pl_arena *a) {
  pl_col *col = PL_NEW_ARRAY(a, pl_col, (size_t)n);
  for (int k = 0; k < n; k++) {
    col[k] = t->col[keep[k]];
  }
  pl_table *out = pl_table_new(a, t->name, t->title, col, n);
  for (int i = 0; i < t->n_rows; i++) {
    pl_cell *cell = pl_table_add_row(out);
    for (int k = 0; k < n; k++) cell[k] = t->cell[(size_t)i * (size_t)t->n_cols + (size_t)keep[k]];
  }
  return out;
}

/* Omitted where nothing is left open. */
static void drop_last(pl_table *t) {
  int const n = t->n_cols - 1;
  for (int i = 0; i < t->n_rows; i++)
    memmove(&t->cell[(size_t)i * (size_t)n], &t->cell[(size_t)i * (size_t)t->n_cols],
            (size_t)n * sizeof *t->cell);
  t->n_cols = n;
}

/* The numbers of the columns from … to with the digits that each row's last column, within, allows;
 * per: a column by which they are divided, −1. */
static void say_known(pl_table *t, int from, int to, int per, pl_arena *a) {
  for (int i = 0; i < t->n_rows; i++) {
    const pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols];
    double const of = per < 0 ? 1 : cell[per].number, within = cell[t->n_cols - 1].number / of;
    for (int k = from; k <= to && within > 0; k++)
      if (!isnan(cell[k].number))
        pl_table_say(t, i, k, report_known(cell[k].number, within, t->col[k].decimals, a));
  }
}

void pl_report_valued(pl_table *const *table, int n, pl_string *out) {
  static const int worth[] = {0, 4, 5, 6, 8, 9, 10, 13}, prices[] = {0, 1, 2, 3, 4, 5, 6, 7};
  pl_table *const part[] = {
      n > 0 ? narrowed(table[PL_VALUE_TABLE_AGREEMENTS], worth, 8, out->arena) : NULL,
      n > 0 ? narrowed(table[PL_VALUE_TABLE_PRICES], prices, 8, out->arena) : NULL};
  if (n > 0) {
    say_known(part[0], 1, 3, -1, out->arena);
    say_known(part[0], 6, 6, 5, out->arena);
    say_known(part[1], 4, 5, -1, out->arena);
  }
  for (int k = 0; n > 0 && k < 2; k++) {
    if (part[k]->n_rows == 0) continue;
    if (!(pl_report_within(part[k]) > 0)) drop_last(part[k]);
    pl_string_printf(out, "%s\n", part[k]->title);
    pl_table_to_text(part[k], out);
    pl_string_printf(out, "\n");
  }
  if (n > 0 && valuer_add_unresolved(table[PL_VALUE_TABLE_GRID], out)) pl_string_printf(out, "\n");
}
