/* Supply and power: goods pass from the seller to the buyer at the place of delivery, at a price by
 * formula or in tiers; quantities that may be called back, demand charges on the highest load, and
 * financial settlement. */
#include "assemble/agreement.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/trade.h"
#include "chain/clause.h"

/* Under CFR, CIF, CPT and CIP the seller pays the freight on the lanes onward from the place. */
static void pay_carriage(builder *b, const pl_agreement *agreement, int block) {
  payment_terms const terms = {agreement->seller, agreement->buyer, PL_LINE_FREIGHT,
                               PL_agreement_carriage};
  for (int i = 0; i < agreement->carriage.n; i++) {
    const pl_lane *l = &b->c->lanes[agreement->carriage.index[i]];
    bool const by_distance = l->cost && pl_formula_dim(l->cost).of[PL_DIM_LENGTH] != 0;
    plan_pay(b, block, terms, l->cost, NULL, by_distance ? l->distance : 1);
    for (int m = 0; m < l->costs.n; m++)
      if (l->costs.material[m] == agreement->material)
        plan_pay(b, block, terms, l->costs.formula[m], NULL, 1);
  }
}

/* The next tier opens when the one before it is full: one integer per slice of the tiers' own time,
 * since the joint plan is indifferent to who pays what. */
static void order_tiers(builder *b, int i, int tier, int row) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  const pl_grid *grid = b->p->rows[row].grid;
  const double *cap = b->p->sources[b->p->n_sources - 1].amount;
  const double *most = plan_agreed_most(b, i, grid);
  for (int v = 0; v < grid->n; v++)
    if (most[v] > 1e15) {
      (void)pl_fail(b->diag, PL_RANGE, agreement->tiers.place[tier],
                    "the tiers of agreement '%s' require a bound on their total", agreement->name);
      pl_hint(b->diag, "give the agreement an 'up to' or 'exactly'");
      return;
    }
  double const inf = plan_infinity();
  int const choice =
      plan_add_columns(b, plan_agreement_block(i, PL_COLUMN_CHOICE, tier, -1, grid), 0, 1, true);
  int const full = plan_add_rows(b, plan_agreement_block(i, PL_ROW_OR, tier, -1, grid), 0, inf);
  int const next =
      plan_add_rows(b, plan_agreement_block(i, PL_ROW_EITHER, tier, -1, grid), -inf, 0);
  plan_add_member(b, &r->flows, (member){full, 1, tier});
  plan_add_member(b, &r->flows, (member){next, 1, tier + 1});
  plan_add_choice(b, (choice_part){choice, full, cap, -1});
  plan_add_choice(b, (choice_part){choice, next, most, -1});
}

static void declare_tiers(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  for (int t = 0; t < agreement->tiers.n; t++) {
    if (agreement->tiers.next[t].n == 0) continue;
    int const row = plan_agree(b, i, PL_ROW_AGREED_MOST, plan_tier_words(b, t),
                               &agreement->tiers.next[t], 0, false, 1, NULL);
    plan_add_member(b, &r->flows, (member){row, 1, t});
    if (t + 1 < agreement->tiers.n) order_tiers(b, i, t, row);
  }
}

static void declare_delivery(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  int const tiers = agreement->tiers.n > 0 ? agreement->tiers.n : 1;
  payment_terms const terms = {agreement->buyer, agreement->seller, PL_LINE_AGREEMENTS,
                               PL_agreement_price};
  r->n_tiers = tiers;
  for (int t = 0; t < tiers; t++) {
    int const at = plan_add_columns(
        b, plan_agreement_block(i, PL_COLUMN_DELIVER, t, agreement->buyer, r->grid), 0, 0, false);
    plan_agreed_open(b, i, at);
    plan_pay(b, at, terms, pl_agreement_price(agreement, t, NULL), NULL, 1);
    pay_carriage(b, agreement, at);
  }
  declare_tiers(b, i);
}

/* MONEY:  Σ price × deliver ≤ most × in force */
static void declare_money(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  if (agreement->money_up_to.n == 0) return;
  r->price = PL_NEW_ARRAY(b->scratch, const double *, (size_t)r->n_tiers);
  for (int t = 0; t < r->n_tiers; t++)
    r->price[t] = plan_values(b, pl_agreement_price(agreement, t, NULL), r->grid, 0, false);
  for (int k = 0; k < agreement->money_up_to.n; k++)
    (void)plan_agree(b, i, PL_ROW_AGREED_MONEY, "money up to", &agreement->money_up_to, k, false, 1,
                     &r->money);
}

/* The seller may call back part of the agreed quantity: CALLED counts towards the minimum. */
static void declare_called(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  if (agreement->reduction.n == 0) return;
  r->called = plan_add_columns(
      b, plan_agreement_block(i, PL_COLUMN_CALLED, -1, agreement->seller, r->grid), 0, 0, false);
  plan_agreed_open(b, i, r->called);
  for (int k = 0; k < agreement->reduction.n; k++)
    (void)plan_agree(b, i, PL_ROW_AGREED_CALLED, "reduction", &agreement->reduction, k, false, 1,
                     &r->calls);
}

/* The highest load of each month, on which an hourly charge is paid. */
static void declare_peak(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  if (!agreement->demand_charge) return;
  int const peak = plan_add_peak(b, plan_agreement_block(i, -1, -1, agreement->buyer, r->grid),
                                 PL_COLUMN_PEAK, PL_ROW_AGREED_PEAK);
  plan_agreed_open(b, i, peak);
  for (int k = 0; k < b->p->n_column_blocks; k++)
    if (b->p->columns[k].kind == PL_COLUMN_DELIVER && b->p->columns[k].thing == i)
      plan_join_peak(b, k, peak);
  pl_entry e = {.block = peak,
                .party = agreement->buyer,
                .line = PL_LINE_AGREEMENTS,
                .clause = PL_agreement_demand_charge,
                .formula = agreement->demand_charge,
                .factor = -1,
                .weight = plan_weight(b, b->p->columns[peak].grid, WEIGHT_HOURS),
                .grid = b->p->columns[peak].grid};
  plan_add_entry(b, e);
  e.party = agreement->seller;
  e.factor = 1;
  plan_add_entry(b, e);
}

/* No delivery: (reference − price) × the agreed quantity is paid to the buyer. */
static void settle_in_money(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  const agreement_rows *r = &b->agreements[i];
  for (int k = 0; k < agreement->exactly.n; k++) {
    const pl_formula *const prices[] = {agreement->reference, agreement->price};
    static const int clauses[] = {PL_agreement_reference, PL_agreement_price};
    for (int side = 0; side < 2; side++)
      for (int who = 0; who < 2; who++)
        plan_add_entry(b, (pl_entry){.block = r->in_force,
                                     .party = who ? agreement->seller : agreement->buyer,
                                     .line = PL_LINE_AGREEMENTS,
                                     .clause = clauses[side],
                                     .formula = prices[side],
                                     .also = agreement->exactly.formula[k],
                                     .factor = side == who ? 1 : -1,
                                     .weight = plan_weight(b, r->grid, WEIGHT_HOURS),
                                     .grid = r->grid});
  }
}

void plan_declare_supply(builder *b, int i) {
  if (b->c->agreements[i].financial) {
    settle_in_money(b, i);
    return;
  }
  declare_delivery(b, i);
  declare_called(b, i);
  declare_money(b, i);
  declare_peak(b, i);
}

static void emit_deliver(builder *b, const pl_block *block) {
  const pl_agreement *agreement = &b->c->agreements[block->thing];
  const agreement_rows *r = &b->agreements[block->thing];
  plan_put_flow(b, plan_balance(b, agreement->at, agreement->material, agreement->seller), -1);
  plan_put_flow(b, plan_balance(b, agreement->at, agreement->material, agreement->buyer), 1);
  plan_put_members(b, &r->flows, block->part, 1);
  for (int i = 0; i < r->money.n; i++)
    plan_put_flow(b, r->money.at[i].row, r->price[block->part][b->slice]);
  plan_put_load(b, block);
}

void plan_emit_supply(builder *b, const pl_block *block) {
  if (block->kind == PL_COLUMN_DELIVER) emit_deliver(b, block);
  if (block->kind == PL_COLUMN_CALLED)
    plan_put_members(b, &b->agreements[block->thing].calls, -1, 1);
  if (block->kind == PL_COLUMN_PEAK) plan_put_peak(b, block);
}
