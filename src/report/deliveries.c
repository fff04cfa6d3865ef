/* What is delivered, made and sold under agreements, and what is paid for it. */
#include "chain/clause.h"
#include "report/reporter.h"

static const char *const keys[] = {"agreement", "kind", "giver", "taker", "what", "tier"};
static const pl_measured values[] = {
    {"amount", "#", 1}, {"price", "$/#", 2}, {"money", "$", 0}, {"credits", "$/#", 2}};
enum { AMOUNT, PRICE, MONEY, CREDITS, VALUES };

/* The material delivered, the process that is run, the market that is sold to. */
static const char *what_of(const reporter *r, const pl_block *block) {
  const pl_agreement *agreement = &r->c->agreements[block->thing];
  report_run run;
  if (report_is_run(r, block, &run)) return r->c->processes[run.process].name;
  int const market = pl_block_market(r->c, block);
  if (market >= 0) return r->c->markets[market].name;
  return r->c->materials[agreement->material].name;
}

static int material_of(const reporter *r, const pl_block *block) {
  report_run run;
  if (report_is_run(r, block, &run)) return pl_process_product(&r->c->processes[run.process]);
  return pl_agreement_material(r->c, &r->c->agreements[block->thing]);
}

static void add_delivery(const reporter *r, pl_panel *panel, int block) {
  const pl_block *b = &r->p->columns[block];
  const pl_agreement *agreement = &r->c->agreements[b->thing];
  int const giver = pl_agreement_giver(agreement);
  const char *tier = agreement->tiers.n > 0 ? pl_arena_printf(r->a, "%d", b->part + 1) : NULL;
  const char *const key[] = {agreement->name,        report_agreement_kind(r, b->thing),
                             report_party(r, giver), report_party(r, pl_agreement_taker(agreement)),
                             what_of(r, b),          tier};
  pl_series *s = report_add_of(r, panel, key, material_of(r, b), b->grid);
  double *rate = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n);
  double *credit = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n);
  if (giver >= 0) report_add_rates_of(r, block, giver, REPORT_LINES_AGREED, rate);
  if (giver >= 0) report_add_rates_under(r, block, giver, PL_agreement_credits, credit);
  for (int v = 0; v < b->count; v++) {
    double const amount = pl_schedule_value(r->s, b, v);
    pl_series_values(s, AMOUNT)[v] = amount;
    if (giver < 0) continue; /* partners of a venture do not pay each other for its output */
    pl_series_values(s, PRICE)[v] = rate[v] - credit[v];
    if (agreement->credits.n > 0) pl_series_values(s, CREDITS)[v] = -credit[v];
    pl_series_values(s, MONEY)[v] = amount * rate[v];
  }
}

pl_panel *report_deliveries(const reporter *r) {
  pl_panel *panel = pl_panel_new(r->a, "deliveries",
                                 "what is delivered, made and sold under agreements; money: what "
                                 "the taker pays for it, the price less credits",
                                 r->currency, keys, 6, values, VALUES);
  for (int k = 0; k < r->p->n_column_blocks; k++)
    if (pl_block_is_flow(&r->p->columns[k])) add_delivery(r, panel, k);
  return panel;
}
