/* What units and stocks keep ready of each reserve. */
#include "report/reporter.h"

static const char *const keys[] = {"kept by", "site", "material", "party"};
static const pl_measured values[] = {{"kept", "#", 1}};

bool report_has_reserves(const reporter *r) {
  for (int i = 0; i < r->p->n_column_blocks; i++)
    if (pl_block_moves(&r->p->columns[i]) == PL_MOVES_READY) return true;
  return false;
}

static void add_kept(const reporter *r, pl_panel *panel, const pl_block *block) {
  const pl_case *c = r->c;
  bool const unit = pl_block_plant(c, block) >= 0;
  const char *name = unit ? c->units[block->thing].name : c->stocks[block->thing].name;
  int const site = unit ? c->units[block->thing].site : c->stocks[block->thing].site;
  const char *const key[] = {name, c->sites[site].name, c->materials[block->part].name,
                             report_party(r, block->party)};
  pl_series *s = pl_panel_add(panel, key, report_material_unit(r, block->part), block->grid, false);
  for (int v = 0; v < block->count; v++)
    pl_series_values(s, 0)[v] = pl_schedule_value(r->s, block, v);
}

pl_panel *report_reserves(const reporter *r) {
  pl_panel *panel =
      pl_panel_new(r->a, "reserves", "reserves that units and stocks keep ready for calls",
                   r->currency, keys, 4, values, 1);
  for (int i = 0; i < r->p->n_column_blocks; i++)
    if (pl_block_moves(&r->p->columns[i]) == PL_MOVES_READY) add_kept(r, panel, &r->p->columns[i]);
  return panel;
}
