/* What lanes load, and what moving it costs. */
#include "report/reporter.h"

static const char *const keys[] = {"lane", "from", "to", "material", "party"};
static const pl_measured values[] = {{"loaded", "#", 1}, {"cost", "$/#", 2}, {"money", "$", 0}};
enum { LOADED, COST, MONEY };

static void add_shipment(const reporter *r, pl_panel *panel, int block) {
  const pl_block *b = &r->p->columns[block];
  const pl_lane *l = &r->c->lanes[b->thing];
  const char *const key[] = {l->name, r->c->sites[l->from].name, r->c->sites[l->to].name,
                             r->c->materials[b->part].name, report_party(r, b->party)};
  pl_series *s = report_add_of(r, panel, key, b->part, b->grid);
  double *rate = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n);
  report_add_rates(r, block, ~0u, rate);
  for (int v = 0; v < b->count; v++) {
    double const loaded = pl_schedule_value(r->s, b, v);
    pl_series_values(s, LOADED)[v] = loaded;
    pl_series_values(s, COST)[v] = 0 - rate[v];
    pl_series_values(s, MONEY)[v] = loaded * rate[v];
  }
}

pl_panel *report_shipments(const reporter *r) {
  pl_panel *panel =
      pl_panel_new(r->a, "shipments", "what lanes load; cost is freight with charges and levies",
                   r->currency, keys, 5, values, 3);
  for (int k = 0; k < r->p->n_column_blocks; k++)
    if (r->p->columns[k].kind == PL_COLUMN_SHIP) add_shipment(r, panel, k);
  return panel;
}
