/* The quotations as used by the plan: the mean of each over every period of the case. */
#include "report/reporter.h"

static const char *const keys[] = {"quotation"};
static const pl_measured values[] = {{"value", "#", 2}};

static void fill_means(const reporter *r, int quotation, const pl_grid *grid, double *out) {
  const pl_grid *g = grid->typical ? grid->all : grid;
  double *mean = grid->typical ? PL_NEW_ARRAY(r->a, double, (size_t)g->n) : out;
  for (int v = 0; v < g->n; v++)
    mean[v] = pl_quotes_mean(r->c->quotes, quotation, g->start[v], g->start[v + 1]);
  if (grid->typical) pl_grid_typify(grid, mean, out);
}

pl_panel *report_quotations(const reporter *r) {
  pl_grid *grid = PL_NEW(r->a, pl_grid);
  pl_case_grid(r->c, r->a, r->c->step, grid);
  pl_panel *panel =
      pl_panel_new(r->a, "quotations", "prices and other quotations: the mean over each period",
                   r->currency, keys, 1, values, 1);
  for (int i = 0; i < pl_quotes_count(r->c->quotes); i++) {
    const pl_quotation *q = pl_quotes_at(r->c->quotes, i);
    const char *unit = pl_dim_text(pl_measure_dim(&q->unit), r->a);
    pl_series *s = pl_panel_add(panel, &q->name, unit, grid, false);
    fill_means(r, i, grid, s->value);
  }
  return panel;
}
