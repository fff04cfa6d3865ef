/* Emissions in proportion to what a lane loads or a market trades, where the emission per unit may
 * vary from slice to slice: levies on them, and their part in limits. */
#include "assemble/emission.h"

void plan_add_levied(builder *b, int site, int block, int party, int material, double amount) {
  const pl_prices *levies = &b->c->sites[site].levies;
  for (int i = 0; i < levies->n; i++)
    if (levies->material[i] == material)
      plan_add_entry(b, (pl_entry){.block = block,
                                   .party = party,
                                   .line = PL_LINE_CARBON,
                                   .formula = levies->formula[i],
                                   .factor = -amount,
                                   .grid = b->p->columns[block].grid});
}

/* Levy × emission per unit: both vary in time, so the product is formed slice by slice. */
void plan_add_levies(builder *b, int site, int block, const pl_prices *emits) {
  const pl_prices *levies = &b->c->sites[site].levies;
  const pl_block k = b->p->columns[block];
  for (int i = 0; i < emits->n; i++)
    for (int j = 0; j < levies->n; j++)
      if (levies->material[j] == emits->material[i])
        plan_add_entry(b, (pl_entry){.block = block,
                                     .party = k.party,
                                     .line = PL_LINE_CARBON,
                                     .formula = levies->formula[j],
                                     .also = emits->formula[i],
                                     .factor = -1,
                                     .grid = k.grid});
}

void plan_declare_allocations(builder *b) {
  const pl_grid *grid = plan_grid(b, b->c->step);
  for (int s = 0; s < b->c->n_sites; s++) {
    const pl_site *site = &b->c->sites[s];
    for (int i = 0; i < site->allocation.n; i++)
      for (int j = 0; j < site->levies.n; j++)
        if (site->levies.material[j] == site->allocation.material[i])
          plan_add_entry(b, (pl_entry){.block = -1,
                                       .party = site->party,
                                       .line = PL_LINE_CARBON,
                                       .formula = site->levies.formula[j],
                                       .also = site->allocation.formula[i],
                                       .factor = 1,
                                       .weight = plan_weight(b, grid, WEIGHT_HOURS),
                                       .grid = grid});
  }
}

double **plan_emission_rates(builder *b, const pl_prices *emits) {
  double **rates = PL_NEW_ARRAY(b->scratch, double *, (size_t)emits->n + 1);
  for (int i = 0; i < emits->n; i++)
    rates[i] = plan_values(b, emits->formula[i], b->grid, 0, false);
  return rates;
}

void plan_put_emission(builder *b, int material, int site, int party, double amount) {
  for (int i = 0; i < b->n_emissions; i++) {
    const emission_member *e = &b->emissions[i];
    if (e->material == material && (e->site < 0 || e->site == site) &&
        (e->party < 0 || e->party == party))
      plan_put_flow(b, e->row, amount * e->factor);
  }
}

void plan_put_emissions(builder *b, int site, int party, const pl_prices *emits) {
  for (int i = 0; i < emits->n; i++)
    plan_put_emission(b, emits->material[i], site, party, b->series[i][b->slice]);
}
