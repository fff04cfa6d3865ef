/* Shared by the parts of a valuation's page. */
#include "report/value_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/digits.h"
#include "report/scale.h"

pl_table *valuer_table(const valuer_view *u, const pl_col *col, int n) {
  return pl_table_new(u->r.a, "", "", col, n);
}

void valuer_add_table(const pl_table *t, const char *heading, pl_string *out) {
  pl_string_printf(out, "\n%s\n", heading);
  pl_table_to_text(t, out);
}

double *valuer_within(const valuer_view *u, const pl_table *t, int rows) {
  size_t const cells = (size_t)rows * (size_t)t->n_cols;
  return PL_NEW_ARRAY(u->r.a, double, cells);
}

unsigned valuer_columns_from(int k) { return ~0u << k; }

unsigned valuer_column(int k) { return 1u << k; }

const char *valuer_scale_money(const valuer_view *u, pl_table *t, double *within,
                               unsigned differences) {
  double most = 0;
  for (int i = 0; i < t->n_rows; i++)
    for (int k = 0; k < t->n_cols; k++) {
      pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols + (size_t)k];
      if (t->col[k].kind != PL_COL_NUMBER || !isfinite(cell->number)) continue;
      cell->number = valuer_money(u, cell->number);
      most = fmax(most, fabs(cell->number));
    }
  report_scale const s = report_money_scale(most, u->r.currency, u->r.a);
  for (int k = 0; k < t->n_cols; k++) {
    if (t->col[k].kind != PL_COL_NUMBER) continue;
    report_rescale(t, k, k, &s);
    t->col[k].unit = "";
    for (int i = 0; i < t->n_rows; i++) {
      pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols + (size_t)k];
      cell->number = valuer_shown(cell->number, s.decimals);
      within[(size_t)i * (size_t)t->n_cols + (size_t)k] /= s.factor;
    }
  }
  report_show_known(t, within, differences, s.decimals);
  return s.unit;
}

pl_col valuer_number_column(const char *name, int decimals) {
  return (pl_col){name, "", PL_COL_NUMBER, decimals};
}

pl_col valuer_text_column(const char *name) { return (pl_col){name, "", PL_COL_TEXT, 0}; }

bool valuer_is_partial(const valuer_view *u) { return u->v->done < u->v->solves; }

static int by_title(const void *x, const void *y) {
  const valuer_titled *a = x, *b = y;
  int const one = strcmp(a->one, b->one), other = strcmp(a->other, b->other);
  return one ? one : other ? other : (a->at > b->at) - (a->at < b->at);
}

void valuer_sort_titled(valuer_titled *list, int n, int most) {
  if (n > most) qsort(list, (size_t)n, sizeof *list, by_title);
}
