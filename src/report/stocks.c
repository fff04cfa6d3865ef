/* What stocks hold at the end of each period, and what goes in and out. */
#include <math.h>

#include "report/reporter.h"

static const char *const keys[] = {"stock", "site", "material", "party"};
static const pl_measured values[] = {
    {"level", "#", 1}, {"in", "#", 1}, {"out", "#", 1}, {"capacity", "#", 1}};
enum { LEVEL, IN, OUT, CAPACITY };

static pl_series *add_stock(const reporter *r, pl_panel *panel, const pl_block *block) {
  const pl_stock *stock = &r->c->stocks[block->thing];
  const char *const key[] = {stock->name, r->c->sites[stock->site].name,
                             r->c->materials[stock->keeps].name, report_party(r, block->party)};
  pl_series *s =
      pl_panel_add(panel, key, report_material_unit(r, stock->keeps), block->grid, false);
  if (stock->capacity)
    pl_formula_eval_grid(stock->capacity, r->c->quotes, block->grid, pl_series_values(s, CAPACITY));
  return s;
}

static int value_of_kind(int kind) {
  if (kind == PL_COLUMN_LEVEL) return LEVEL;
  if (kind == PL_COLUMN_FILL) return IN;
  return kind == PL_COLUMN_DRAW ? OUT : -1;
}

/* What is held before each slice: at the end of the previous one, or at the start of the typical
 * day. */
static double *levels_before(const reporter *r, int stock, const pl_series *s) {
  const pl_grid *g = s->grid;
  const pl_formula *initial = r->c->stocks[stock].initial;
  double *before = PL_NEW_ARRAY(r->a, double, (size_t)g->n);
  const pl_block *begin = NULL;
  for (int k = 0; k < r->p->n_column_blocks; k++)
    if (r->p->columns[k].kind == PL_COLUMN_DAY_BEGIN && r->p->columns[k].thing == stock)
      begin = &r->p->columns[k];
  for (int v = 0, day = 0; v < g->n; v++) {
    if (v > 0) before[v] = pl_series_values(s, LEVEL)[v - 1];
    if (begin && (v == 0 || g->period[v] != g->period[v - 1]))
      before[v] = pl_schedule_value(r->s, begin, day++);
  }
  if (!begin && initial)
    before[0] = pl_formula_eval(initial, r->c->quotes, g->start[0], pl_grid_end(g, 0));
  return before;
}

/* Stocks without bounds or losses on filling have no columns for it: in and out are the change of
 * the level apart from losses. */
static void derive_moves(const reporter *r, int stock, pl_series *s) {
  const pl_grid *g = s->grid;
  const pl_formula *loss = r->c->stocks[stock].loss;
  double *lost = PL_NEW_ARRAY(r->a, double, (size_t)g->n);
  const double *level = pl_series_values(s, LEVEL), *before = levels_before(r, stock, s);
  if (loss) pl_formula_eval_grid(loss, r->c->quotes, g, lost);
  for (int v = 0; v < g->n; v++) {
    double const kept = before[v] * fmax(0, 1 - lost[v] * pl_grid_length(g, v));
    double const change = (level[v] - kept) * pl_grid_times(g, v);
    pl_series_values(s, IN)[v] = fmax(0, change);
    pl_series_values(s, OUT)[v] = fmax(0, 0 - change);
  }
}

pl_panel *report_stocks(const reporter *r) {
  pl_panel *panel = pl_panel_new(
      r->a, "stocks", "what stocks hold at the end of each period, and what goes in and out",
      r->currency, keys, 4, values, 4);
  int *series = PL_NEW_ARRAY(r->a, int, (size_t)r->c->n_stocks + 1); /* index + 1 */
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    const pl_block *block = &r->p->columns[k];
    int const value = value_of_kind(block->kind);
    if (value < 0) continue;
    if (series[block->thing] == 0) {
      (void)add_stock(r, panel, block);
      series[block->thing] = panel->n_series;
    }
    double *to = pl_series_values(&panel->series[series[block->thing] - 1], value);
    for (int v = 0; v < block->count; v++) to[v] = pl_schedule_value(r->s, block, v);
  }
  for (int i = 0; i < r->c->n_stocks; i++) {
    pl_series *s = series[i] > 0 ? &panel->series[series[i] - 1] : NULL;
    if (s && isnan(pl_series_values(s, IN)[0])) derive_moves(r, i, s);
  }
  return panel;
}
