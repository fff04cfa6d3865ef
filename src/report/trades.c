/* What is bought and sold where, at what price, with what charges; under an agency by the agent for
 * the principal. */
#include "report/reporter.h"

static const char *const keys[] = {"market",    "site", "material", "party",
                                   "direction", "tier", "agreement"};
static const pl_measured values[] = {
    {"amount", "#", 1}, {"price", "$/#", 2}, {"charges", "$/#", 2}, {"money", "$", 0}};
enum { AMOUNT, PRICE, CHARGES, MONEY };

static void add_trade(const reporter *r, pl_panel *panel, int block) {
  const pl_block *b = &r->p->columns[block];
  int const agreement = pl_block_agreement(b, false);
  const pl_agreement *agency = agreement >= 0 ? &r->c->agreements[agreement] : NULL;
  const pl_market *m = &r->c->markets[pl_block_market(r->c, b)];
  int const material = pl_market_material(m);
  bool const bought = m->sells >= 0;
  const char *tier = m->tiers.n > 0 && !agency ? pl_arena_printf(r->a, "%d", b->part + 1) : NULL;
  const char *const key[] = {m->name,
                             r->c->sites[m->site].name,
                             r->c->materials[material].name,
                             report_party(r, b->party),
                             bought ? "bought" : "sold",
                             tier,
                             agency ? agency->name : NULL};
  pl_series *s = report_add_of(r, panel, key, material, b->grid);
  double *price = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n);
  double *charges = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n);
  report_add_rates_of(r, block, b->party, REPORT_LINES_PRICE, price);
  report_add_rates_of(r, block, b->party, ~REPORT_LINES_PRICE, charges);
  for (int v = 0; v < b->count; v++) {
    double const amount = pl_schedule_value(r->s, b, v);
    pl_series_values(s, AMOUNT)[v] = amount;
    pl_series_values(s, PRICE)[v] = bought ? 0 - price[v] : price[v];
    pl_series_values(s, CHARGES)[v] = 0 - charges[v];
    pl_series_values(s, MONEY)[v] = amount * (price[v] + charges[v]);
  }
}

pl_panel *report_trades(const reporter *r) {
  pl_panel *panel = pl_panel_new(
      r->a, "trades", "what is bought and sold; money is income where positive, with charges",
      r->currency, keys, 7, values, 4);
  for (int k = 0; k < r->p->n_column_blocks; k++)
    if (pl_block_moves(&r->p->columns[k]) == PL_MOVES_TRADE) add_trade(r, panel, k);
  return panel;
}
