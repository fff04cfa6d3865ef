/* A table of changes, for people. */
#include "report/compare.h"

#include <math.h>
#include <string.h>

#include "report/digits.h"

static pl_cell *cell_at(const pl_table *t, int i) {
  return &t->cell[(size_t)i * (size_t)t->n_cols];
}

/* Before, after, change, and the change as a share of what was before. */
static void show_known(pl_table *t, int texts, double within, int decimals) {
  int const change = texts + 2, relative = texts + 3, digits = t->col[relative].decimals;
  size_t const cells = (size_t)t->n_rows * (size_t)t->n_cols;
  double *each = PL_NEW_ARRAY(t->arena, double, cells + 1);
  for (int i = 0; i < t->n_rows; i++)
    for (int k = texts; k <= change; k++) each[i * t->n_cols + k] = within;
  report_show_known(t, each, 1u << change, decimals);
  t->col[relative].decimals = digits;
  for (int i = 0; i < t->n_rows && within > 0; i++) {
    double const x = cell_at(t, i)[relative].number,
                 of = 100 * within / fabs(cell_at(t, i)[texts].number);
    if (report_is_open(x, of))
      cell_at(t, i)[relative].number = (double)NAN;
    else if (!isnan(x))
      pl_table_say(t, i, relative, report_known(x, of, digits, t->arena));
  }
}

double pl_report_within(const pl_table *t) {
  int const last = t->n_cols - 1;
  return strcmp(t->col[last].name, "within") == 0 ? report_largest(t, last, last) : 0;
}

void pl_report_scale_compared(pl_table *t, const char *currency, double within, pl_arena *a) {
  int texts = 0, measure = -1;
  while (texts < t->n_cols && t->col[texts].kind != PL_COL_NUMBER) texts++;
  for (int k = 0; k < texts; k++)
    if (strcmp(t->col[k].name, "measure") == 0) measure = k;
  int const last = t->n_cols - 2; /* the relative change is not scaled */
  const char *unit = t->col[last].unit;
  if (strcmp(unit, currency) == 0) {
    report_scale const s = report_money_scale(report_largest(t, texts, last), currency, a);
    report_rescale(t, texts, last, &s);
    show_known(t, texts, within / s.factor, s.decimals);
  } else if (!*unit && measure >= 0) {
    report_scale_amounts(t, measure, texts, last);
  }
}
