/* Markets: what is traded in each period, by tier and party; prices, charges, and demand that may
 * be left unmet at a price. */
#include <math.h>

#include "assemble/bound.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/trade.h"

pl_line plan_price_line(const builder *b, const pl_market *m) {
  pl_dim const d = pl_material_dim(b->c, pl_market_material(m));
  if (pl_dim_equal(d, pl_dim_of(PL_DIM_ENERGY))) return PL_LINE_ENERGY;
  return m->buys >= 0 ? PL_LINE_SALES : PL_LINE_PURCHASES;
}

static void add_entries(builder *b, const pl_market *m, int block, const pl_formula *price) {
  const pl_block k = b->p->columns[block];
  pl_entry e = {.block = block,
                .party = k.party,
                .line = plan_price_line(b, m),
                .formula = price,
                .factor = m->buys >= 0 ? 1 : -1,
                .delay = m->paid_after,
                .grid = k.grid};
  if (price) plan_add_entry(b, e);
  e.factor = -1;
  e.delay = (pl_duration){0};
  for (int i = 0; i < m->charges.n; i++) {
    e.line = (pl_line)m->charges.line[i];
    e.formula = m->charges.formula[i];
    plan_add_entry(b, e);
  }
}

const char *plan_tier_words(builder *b, int tier) {
  return pl_arena_printf(b->a, "tier %d: next", tier + 1);
}

static int declare_tier(builder *b, int i, int tier, const int *parties, int n) {
  const pl_market *m = &b->c->markets[i];
  const pl_grid *grid = plan_grid(b, pl_material_step(b->c, pl_market_material(m)));
  int last = -1;
  for (int p = 0; p < n; p++) {
    pl_block const block = {.kind = PL_COLUMN_TRADE,
                            .thing = i,
                            .part = tier,
                            .extra = -1,
                            .party = parties[p],
                            .grid = grid,
                            .count = grid->n};
    last = plan_add_columns(b, block, 0, plan_infinity(), false);
    add_entries(b, m, last, m->tiers.n > 0 ? m->tiers.price[tier] : m->price);
    plan_add_levies(b, m->site, last, &m->emits);
  }
  static const pl_bounds none;
  if (m->tiers.n == 0) return last;
  bound_request const bounds = {.row_kind = PL_ROW_TIER_BOUND,
                                .thing = i,
                                .at_least = &none,
                                .up_to = &m->tiers.next[tier],
                                .exactly = &none,
                                .only_block = n == 1 ? last : -1,
                                .finest = (int)grid->step,
                                .flows = &b->markets[i].flows,
                                .part = tier,
                                .most_words = plan_tier_words(b, tier)};
  plan_declare_bounds(b, &bounds);
  return last;
}

/* The highest load of each month of one party's purchases in all tiers, on which an hourly charge
 * is paid. */
static void declare_peak(builder *b, int i, int party, const pl_grid *grid) {
  const pl_market *m = &b->c->markets[i];
  pl_block const flow = {
      .thing = i, .part = -1, .extra = -1, .party = party, .grid = grid, .count = grid->n};
  int const peak = plan_add_peak(b, flow, PL_COLUMN_MARKET_PEAK, PL_ROW_MARKET_PEAK);
  for (int k = 0; k < peak; k++) {
    const pl_block *block = &b->p->columns[k];
    if (block->kind == PL_COLUMN_TRADE && block->thing == i && block->party == party)
      plan_join_peak(b, k, peak);
  }
  plan_add_entry(b, (pl_entry){.block = peak,
                               .party = party,
                               .line = plan_price_line(b, m),
                               .formula = m->demand_charge,
                               .factor = -1,
                               .weight = plan_weight(b, b->p->columns[peak].grid, WEIGHT_HOURS),
                               .delay = m->paid_after,
                               .grid = b->p->columns[peak].grid});
}

/* SHORT: the unmet part of a soft demand, paid for by the first party that may use the market. */
static void soften(builder *b, int row, int thing) {
  const pl_market *m = &b->c->markets[thing];
  int *parties = PL_NEW_ARRAY(b->scratch, int, (size_t)b->c->n_parties);
  int const n = plan_market_parties(b, m, parties);
  const pl_block of = b->p->rows[row];
  pl_block const block = {.kind = PL_COLUMN_SHORT,
                          .thing = thing,
                          .part = of.part,
                          .extra = row,
                          .party = n > 0 ? parties[0] : 0,
                          .grid = of.grid,
                          .count = of.count};
  int const at = plan_add_columns(b, block, 0, plan_infinity(), false);
  plan_add_entry(b, (pl_entry){.block = at,
                               .party = block.party,
                               .line = PL_LINE_PENALTY,
                               .formula = m->short_at,
                               .factor = -1,
                               .grid = of.grid});
}

static void declare_bounds(builder *b, int i, int only, const pl_grid *grid) {
  const pl_market *m = &b->c->markets[i];
  static const pl_bounds none;
  bound_request hard = {.row_kind = PL_ROW_MARKET_BOUND,
                        .thing = i,
                        .at_least = &m->at_least,
                        .up_to = &m->up_to,
                        .exactly = &m->exactly,
                        .only_block = only,
                        .finest = (int)grid->step,
                        .flows = &b->markets[i].flows,
                        .part = -1};
  if (!m->short_at) {
    plan_declare_bounds(b, &hard);
    return;
  }
  bound_request soft = hard; /* a demand may be left unmet at a price; "up to" stays hard */
  soft.up_to = &none;
  soft.soft = true;
  soft.made = soften;
  hard.at_least = hard.exactly = &none;
  plan_declare_bounds(b, &hard);
  plan_declare_bounds(b, &soft);
}

/* An agent also sells others' goods here, so no single column carries the bound. */
static bool has_agent(const builder *b, int market) {
  for (int i = 0; i < b->c->n_agreements; i++) {
    const pl_agreement *agreement = &b->c->agreements[i];
    if (agreement->active && pl_refs_has(&agreement->markets, market)) return true;
  }
  return false;
}

static void declare_market(builder *b, int i) {
  const pl_market *m = &b->c->markets[i];
  trade_rows *r = &b->markets[i];
  r->capacity = r->used = r->most = r->least = -1;
  int *parties = PL_NEW_ARRAY(b->scratch, int, (size_t)b->c->n_parties + 1);
  int const n = plan_market_parties(b, m, parties), tiers = m->tiers.n > 0 ? m->tiers.n : 1;
  int last = -1;
  for (int t = 0; t < tiers; t++) last = declare_tier(b, i, t, parties, n);
  const pl_grid *grid = plan_grid(b, pl_material_step(b->c, pl_market_material(m)));
  for (int p = 0; m->demand_charge && p < n; p++) declare_peak(b, i, parties[p], grid);
  declare_bounds(b, i, tiers * n == 1 && !has_agent(b, i) ? last : -1, grid);
  use_request const use = {.thing = i,
                           .column_kind = PL_COLUMN_MARKET_USED,
                           .most_kind = PL_ROW_MARKET_MOST,
                           .least_kind = PL_ROW_MARKET_LEAST,
                           .grid = grid,
                           .rows = r,
                           .up_to = &m->up_to,
                           .exactly = &m->exactly,
                           .minimum = m->used_minimum,
                           .charge = m->used_charge,
                           .counted = plan_is_counted(b, PL_TERM_MARKET, i),
                           .party = n > 0 ? parties[0] : 0};
  plan_declare_use(b, &use);
}

void plan_declare_markets(builder *b) {
  b->markets = PL_NEW_ARRAY(b->scratch, trade_rows, (size_t)b->c->n_markets + 1);
  for (int i = 0; i < b->c->n_markets; i++) declare_market(b, i);
}

static void emit_trade(builder *b, const pl_block *block) {
  const pl_market *m = &b->c->markets[block->thing];
  const trade_rows *r = &b->markets[block->thing];
  int const balance = plan_balance(b, m->site, pl_market_material(m), block->party);
  plan_put_flow(b, balance, m->sells >= 0 ? 1 : -1);
  if (r->most >= 0) plan_put_flow(b, r->most, 1);
  if (r->least >= 0) plan_put_flow(b, r->least, 1);
  plan_put_members(b, &r->flows, block->part, 1);
  plan_put_load(b, block);
  if (b->slice == 0) b->series = plan_emission_rates(b, &m->emits);
  plan_put_emissions(b, m->site, block->party, &m->emits);
}

void plan_emit_market(builder *b, const pl_block *block) {
  if (block->kind == PL_COLUMN_TRADE)
    emit_trade(b, block);
  else if (block->kind == PL_COLUMN_MARKET_PEAK)
    plan_put_peak(b, block);
  else
    plan_emit_use(b, &b->markets[block->thing]);
}
