/* What stocks hold at the end of each period, and what goes in and out. */
#include <math.h>

#include "report/reporter.h"

static const char *const keys[] = {"stock", "site", "material", "party"};
static const pl_measured values[] = {
    {"level", "#", 1}, {"in", "#", 1}, {"out", "#", 1}, {"capacity", "#", 1}};
enum { LEVEL, IN, OUT, CAPACITY };

static pl_series *add_stock(const reporter *r, pl_panel *panel, const pl_block *b) {
  const pl_stock *stock = &r->c->stocks[b->thing];
  const char *const key[] = {stock->name, r->c->sites[stock->site].name,
                             r->c->materials[stock->keeps].name, report_party(r, b->party)};
  pl_series *s = pl_panel_add(panel, key, report_material_unit(r, stock->keeps), b->grid, false);
  if (stock->capacity)
    pl_formula_eval_grid(stock->capacity, r->c->quotes, b->grid, pl_series_values(s, CAPACITY));
  return s;
}

static int value_of_kind(int kind) {
  if (kind == PL_COLUMN_LEVEL) return LEVEL;
  if (kind == PL_COLUMN_FILL) return IN;
  return kind == PL_COLUMN_DRAW ? OUT : -1;
}

pl_panel *report_stocks(const reporter *r) {
  pl_panel *panel = pl_panel_new(
      r->a, "stocks", "what stocks hold at the end of each period, and what goes in and out",
      r->currency, keys, 4, values, 4);
  int *series = PL_NEW_ARRAY(r->a, int, (size_t)r->c->n_stocks + 1); /* index + 1 */
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    const pl_block *b = &r->p->columns[k];
    int const value = value_of_kind(b->kind);
    if (value < 0) continue;
    if (series[b->thing] == 0) {
      (void)add_stock(r, panel, b);
      series[b->thing] = panel->n_series;
    }
    double *to = pl_series_values(&panel->series[series[b->thing] - 1], value);
    for (int v = 0; v < b->count; v++) to[v] = pl_schedule_value(r->s, b, v);
  }
  return panel;
}
