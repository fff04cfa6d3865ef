/* The units in which numbers are shown. */
#include "report/scale.h"

#include <math.h>
#include <string.h>

/* Decimals so that a number below 1 shows three figures. */
static int decimals_below_one(double x) {
  int const n = 2 - (int)floor(log10(x));
  return n > 12 ? 12 : n;
}

report_scale report_money_scale(double largest, const char *currency, pl_arena *a) {
  static const struct {
    double from, factor;
    const char *prefix;
  } sizes[] = {{1e12, 1e9, "bn "}, {1e6, 1e6, "M "}, {1e4, 1e3, "k "}};
  /* what rounds up to the next unit is shown in it */
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
    if (largest >= sizes[i].from * (1 - 1e-9))
      return (report_scale){sizes[i].factor, pl_arena_printf(a, "%s%s", sizes[i].prefix, currency),
                            2};
  int const decimals = largest > 0 && largest < 1 ? decimals_below_one(largest) : 2;
  return (report_scale){1, currency, decimals};
}

report_scale report_amount_scale(double largest, double smallest, const char *unit, pl_arena *a) {
  static const struct {
    const char *small, *large;
  } larger[] = {{"t", "kt"}, {"MWh", "GWh"}, {"kg", "t"}, {"kWh", "MWh"}};
  report_scale s = {1, unit, 1};
  for (size_t i = 0; largest >= 1000 && i < sizeof larger / sizeof larger[0]; i++)
    if (unit && strcmp(unit, larger[i].small) == 0) {
      s.factor = 1000;
      s.unit = larger[i].large;
      break;
    }
  if (s.factor == 1 && largest >= 1e7 && unit && *unit)
    s = (report_scale){1e6, pl_arena_printf(a, "M %s", unit), 1};
  double const least = smallest / s.factor;
  if (least > 0 && least < 0.1) {
    int const n = (int)ceil(-log10(least) - 1e-9);
    s.decimals = n > 6 ? 6 : n;
  }
  return s;
}

static pl_cell *row(const pl_table *t, int i) { return &t->cell[(size_t)i * (size_t)t->n_cols]; }

double report_largest(const pl_table *t, int from, int to) {
  double most = 0;
  for (int i = 0; i < t->n_rows; i++)
    for (int k = from; k <= to; k++) most = fmax(most, fabs(row(t, i)[k].number));
  return most;
}

int report_price_decimals(const pl_table *t, int col) {
  double least = INFINITY;
  for (int i = 0; i < t->n_rows; i++) {
    double const x = fabs(row(t, i)[col].number);
    if (x > 0) least = fmin(least, x);
  }
  return least < 0.1 ? decimals_below_one(least) : 2;
}

void report_rescale(pl_table *t, int from, int to, const report_scale *s) {
  for (int i = 0; i < t->n_rows; i++)
    for (int k = from; k <= to; k++) row(t, i)[k].number /= s->factor;
  for (int k = from; k <= to; k++) {
    t->col[k].unit = s->unit;
    t->col[k].decimals = s->decimals;
  }
}

static bool has_unit(const pl_table *t, int i, int unit_col, const char *unit) {
  const char *own = row(t, i)[unit_col].text;
  return own && strcmp(own, unit) == 0;
}

/* Amounts of one measure in one unit throughout the table, chosen by the largest: 265 kt. */
static void scale_unit(pl_table *t, const char *unit, int unit_col, int from, int to) {
  double most = 0, least = INFINITY;
  for (int i = 0; i < t->n_rows; i++) {
    if (!has_unit(t, i, unit_col, unit)) continue;
    double largest = 0;
    for (int k = from; k <= to; k++) largest = fmax(largest, fabs(row(t, i)[k].number));
    most = fmax(most, largest);
    if (largest > 0) least = fmin(least, largest);
  }
  report_scale const s = report_amount_scale(most, isfinite(least) ? least : 0, unit, t->arena);
  for (int k = from; k <= to; k++)
    if (s.decimals > t->col[k].decimals) t->col[k].decimals = s.decimals;
  for (int i = 0; i < t->n_rows; i++) {
    if (!has_unit(t, i, unit_col, unit)) continue;
    for (int k = from; k <= to; k++) row(t, i)[k].number /= s.factor;
    row(t, i)[unit_col].text = s.unit;
  }
}

/* Units are those of the table as it was created: a unit that another was scaled to is not scaled
 * again. */
void report_scale_amounts(pl_table *t, int unit_col, int from, int to) {
  const char **unit = PL_NEW_ARRAY(t->arena, const char *, (size_t)t->n_rows + 1);
  int n = 0;
  for (int i = 0; i < t->n_rows; i++) {
    int k = 0;
    while (k < n && !has_unit(t, i, unit_col, unit[k])) k++;
    if (k == n && row(t, i)[unit_col].text) unit[n++] = row(t, i)[unit_col].text;
  }
  for (int pass = 0; pass < 2; pass++) /* t before kg, which may become t */
    for (int k = 0; k < n; k++) {
      bool const small = strcmp(unit[k], "kg") == 0 || strcmp(unit[k], "kWh") == 0;
      if (small == (pass == 1)) scale_unit(t, unit[k], unit_col, from, to);
    }
}
