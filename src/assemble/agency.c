/* Agency: the agent sells the principal's goods in the agent's markets, at the market's price and
 * charges, for a commission. Markets that the principal must leave to the agent are closed to it
 * while the agency is in force. */
#include "assemble/agreement.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/trade.h"

static void add_market_entries(builder *b, const pl_agreement *agreement, int block,
                               const pl_market *m) {
  pl_entry e = {.block = block,
                .party = agreement->principal,
                .line = plan_price_line(b, m),
                .formula = m->price,
                .factor = 1,
                .delay = m->paid_after,
                .grid = b->p->columns[block].grid};
  payment_terms const earned = {agreement->principal, agreement->agent, PL_LINE_COMMISSION,
                                PL_agreement_commission},
                      less = {agreement->agent, agreement->principal, PL_LINE_COMMISSION,
                              PL_agreement_commission},
                      by_unit = {agreement->principal, agreement->agent, PL_LINE_COMMISSION,
                                 PL_agreement_fee_per_unit};
  if (m->price) plan_add_entry(b, e);
  plan_pay(b, block, earned, m->price, agreement->commission, agreement->commission ? 1 : 0);
  e.factor = -1;
  e.delay = (pl_duration){0};
  for (int i = 0; i < m->charges.n; i++) {
    e.line = (pl_line)m->charges.line[i];
    e.formula = m->charges.formula[i];
    plan_add_entry(b, e);
    plan_pay(b, block, less, e.formula, agreement->commission, agreement->commission ? 1 : 0);
  }
  plan_pay(b, block, by_unit, agreement->fee_per_unit, NULL, 1);
}

static void close_market(builder *b, int i, int market) {
  int const n = b->p->n_column_blocks;
  for (int k = 0; k < n; k++) {
    const pl_block *block = &b->p->columns[k];
    if (block->kind == PL_COLUMN_TRADE && block->thing == market &&
        block->party == b->c->agreements[i].principal)
      plan_agreed_close(b, i, k);
  }
}

void plan_declare_agency(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  for (int k = 0; k < agreement->markets.n; k++) {
    const pl_market *m = &b->c->markets[agreement->markets.index[k]];
    int const at = plan_add_columns(
        b, plan_agreement_block(i, PL_COLUMN_SELL_FOR, k, agreement->principal, r->grid), 0, 0,
        false);
    plan_agreed_open(b, i, at);
    add_market_entries(b, agreement, at, m);
    plan_add_levies(b, m->site, at, &m->emits);
  }
  for (int k = 0; k < agreement->closes.n; k++) close_market(b, i, agreement->closes.index[k]);
}

void plan_emit_agency(builder *b, const pl_block *block) {
  const pl_agreement *agreement = &b->c->agreements[block->thing];
  int const market = agreement->markets.index[block->part];
  const pl_market *m = &b->c->markets[market];
  const trade_rows *r = &b->markets[market];
  plan_put_flow(b, plan_balance(b, m->site, pl_market_material(m), agreement->principal), -1);
  if (r->most >= 0) plan_put_flow(b, r->most, 1);
  if (r->least >= 0) plan_put_flow(b, r->least, 1);
  plan_put_members(b, &r->flows, -1, 1);
  plan_put_members(b, &b->agreements[block->thing].flows, block->part, 1);
  if (b->slice == 0) b->series = plan_emission_rates(b, &m->emits);
  plan_put_emissions(b, m->site, block->party, &m->emits);
}
