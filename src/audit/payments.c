/* Independent check of payments under agreements: each leaves one party's account and enters
 * another's. Bounds are checked in agreements.c. */
#include <math.h>

#include "audit/money.h"
#include "chain/clause.h"

typedef struct {
  pl_audit_purse *k;
  const pl_agreement *a;
  const pl_block *b;
} paper;

/* From one party to another, per unit of the block. */
static void transfer(const paper *p, int from, int to, pl_audit_payment m) {
  double const factor = m.factor;
  m.between = true;
  m.party = from;
  m.factor = -factor;
  pl_audit_pay(p->k, &m);
  m.party = to;
  m.factor = factor;
  pl_audit_pay(p->k, &m);
}

static pl_audit_payment plain(const paper *p, pl_line line, const pl_formula *price) {
  pl_audit_payment m = pl_audit_payment_of(p->k->w, p->b, line);
  m.factor = 1;
  m.price = price;
  return m;
}

static void pay_agreed(const paper *p, int from, int to, const pl_formula *price) {
  transfer(p, from, to, plain(p, PL_LINE_AGREEMENTS, price));
}

/* The basic price of a unit taken. */
static const pl_formula *first_price(const pl_agreement *agreement) {
  return agreement->tiers.n > 0 ? agreement->tiers.price[0] : agreement->price;
}

static void pay_delivery(const paper *p) {
  const pl_agreement *agreement = p->a;
  const pl_case *c = p->k->w->c;
  pay_agreed(p, agreement->buyer, agreement->seller,
             agreement->tiers.n > 0 ? agreement->tiers.price[p->b->part] : agreement->price);
  for (int i = 0; i < agreement->carriage.n; i++) { /* the seller refunds the buyer's freight */
    const pl_lane *l = &c->lanes[agreement->carriage.index[i]];
    pl_audit_payment m = plain(p, PL_LINE_FREIGHT, l->cost);
    if (l->cost && pl_formula_dim(l->cost).of[PL_DIM_LENGTH] != 0) m.factor = l->distance;
    transfer(p, agreement->seller, agreement->buyer, m);
    for (int j = 0; j < l->costs.n; j++)
      if (l->costs.material[j] == agreement->material)
        transfer(p, agreement->seller, agreement->buyer,
                 plain(p, PL_LINE_FREIGHT, l->costs.formula[j]));
  }
}

static void pay_peak(const paper *p) {
  pl_audit_payment m = plain(p, PL_LINE_AGREEMENTS, p->a->demand_charge);
  m.per_hour = true;
  transfer(p, p->a->buyer, p->a->seller, m);
}

static void pay_deficit(const paper *p) {
  pl_audit_payment m = plain(p, PL_LINE_AGREEMENTS, first_price(p->a));
  m.also = p->a->deficiency;
  transfer(p, pl_agreement_taker(p->a), pl_agreement_giver(p->a), m);
}

/* What is made up was paid for in the year to which the block belongs. It is delivered at today's
 * price, which is refunded: in full, or with a top-up at most what was paid then. */
static void pay_refund(const paper *p) {
  pl_audit_walk *w = p->k->w;
  if (!first_price(p->a)) return;
  const double *price = pl_audit_values(w, first_price(p->a), p->b->grid, 0, false),
               *share = pl_audit_values(w, p->a->deficiency, p->b->grid, 1, false),
               *x = pl_audit_amounts(w, p->b);
  double *money = pl_audit_zeros(w, p->b->grid->n);
  int const paid = p->b->part;
  for (int v = 0; v < p->b->grid->n; v++)
    money[v] = x[v] * (p->a->top_up ? fmin(price[v], price[paid] * share[paid]) : price[v]);
  pl_audit_payment m = plain(p, PL_LINE_AGREEMENTS, NULL);
  m.between = true;
  m.party = pl_agreement_taker(p->a);
  pl_audit_book(p->k, &m, money);
  for (int v = 0; v < p->b->grid->n; v++) money[v] = -money[v];
  m.party = pl_agreement_giver(p->a);
  pl_audit_book(p->k, &m, money);
}

/* The toller bears the costs of its unit; the owner pays the fee and is credited for what it
 * leaves. */
static void pay_toll(const paper *p) {
  const pl_agreement *agreement = p->a;
  const pl_process *run = &p->k->w->c->processes[agreement->runs.index[p->b->part]];
  pl_audit_payment m = pl_audit_payment_of(p->k->w, p->b, PL_LINE_CONVERSION);
  m.party = agreement->toller;
  pl_audit_pay_run(p->k, m, p->b, 1);
  pay_agreed(p, agreement->owner, agreement->toller, agreement->fee);
  for (int i = 0; i < agreement->credits.n; i++)
    for (int j = 0; j < run->makes.n; j++) {
      if (run->makes.material[j] != agreement->credits.material[i]) continue;
      m = plain(p, PL_LINE_AGREEMENTS, agreement->credits.formula[i]);
      m.factor = run->makes.amount[j] / run->makes.amount[0];
      transfer(p, agreement->toller, agreement->owner, m);
    }
}

static void pay_shared_run(const paper *p) {
  pl_audit_payment m = pl_audit_payment_of(p->k->w, p->b, PL_LINE_CONVERSION);
  for (int s = 0; s < p->a->shares.n; s++) {
    m.party = p->a->shares.index[s];
    pl_audit_pay_run(p->k, m, p->b, p->a->shares.factor[s]);
  }
}

/* Commission is a share of the price net of the market's charges, plus an amount per unit. */
static void pay_commission(const paper *p, const pl_market *m) {
  const pl_agreement *agreement = p->a;
  pl_audit_payment share = plain(p, PL_LINE_COMMISSION, m->price);
  share.also = agreement->commission;
  if (agreement->commission) transfer(p, agreement->principal, agreement->agent, share);
  for (int i = 0; agreement->commission && i < m->charges.n; i++) {
    share.price = m->charges.formula[i];
    transfer(p, agreement->agent, agreement->principal, share);
  }
  transfer(p, agreement->principal, agreement->agent,
           plain(p, PL_LINE_COMMISSION, agreement->fee_per_unit));
}

static void pay_sale_for(const paper *p) {
  pl_audit_walk *w = p->k->w;
  const pl_market *m = &w->c->markets[p->a->markets.index[p->b->part]];
  bool const energy = pl_dim_equal(pl_material_dim(w->c, m->buys), pl_dim_of(PL_DIM_ENERGY));
  pl_audit_payment sale = plain(p, energy ? PL_LINE_ENERGY : PL_LINE_SALES, m->price);
  sale.party = p->a->principal;
  sale.delay = m->paid_after;
  pl_audit_pay(p->k, &sale);
  pl_audit_pay_charges(p->k, sale, &m->charges);
  pl_audit_pay_ratios(p->k, p->b);
  pay_commission(p, m);
}

/* --- While it is in force -------------------------------------------------------------------- */

static void pay_standing(const paper *p) {
  pl_audit_payment m = plain(p, PL_LINE_AGREEMENTS, p->a->standing);
  int const from = pl_agreement_taker(p->a);
  m.per_hour = true;
  if (from >= 0) transfer(p, from, pl_agreement_giver(p->a), m);
}

static void pay_fixed_shares(const paper *p) {
  const pl_unit *u = &p->k->w->c->units[p->a->unit];
  pl_audit_payment m = plain(p, PL_LINE_FIXED, u->fixed_cost);
  m.per_hour = true;
  for (int s = 0; s < p->a->shares.n; s++) {
    m.factor = p->a->shares.factor[s];
    transfer(p, p->a->shares.index[s], pl_unit_party(p->k->w->c, u), m);
  }
}

/* The buyer receives the reference price and pays the agreed one, on a notional quantity. */
static void settle(const paper *p) {
  const pl_agreement *agreement = p->a;
  for (int i = 0; i < agreement->exactly.n; i++) {
    pl_audit_payment m = plain(p, PL_LINE_AGREEMENTS, agreement->reference);
    m.also = agreement->exactly.formula[i];
    m.per_hour = true;
    transfer(p, agreement->seller, agreement->buyer, m);
    m.price = agreement->price;
    transfer(p, agreement->buyer, agreement->seller, m);
  }
}

static void pay_in_force(const paper *p) {
  pay_standing(p);
  if (p->a->kind == PL_VENTURE) pay_fixed_shares(p);
  if (p->a->financial) settle(p);
}

void pl_audit_pay_agreement(pl_audit_purse *k, const pl_block *block) {
  const pl_agreement *agreement = &k->w->c->agreements[block->thing];
  paper const p = {k, agreement, block};
  switch (block->kind) {
  case PL_COLUMN_IN_FORCE: pay_in_force(&p); break;
  case PL_COLUMN_DELIVER: pay_delivery(&p); break;
  case PL_COLUMN_MISSING:
    pay_agreed(&p, pl_agreement_giver(agreement), pl_agreement_taker(agreement),
               agreement->short_at);
    break;
  case PL_COLUMN_PEAK: pay_peak(&p); break;
  case PL_COLUMN_DEFICIT: pay_deficit(&p); break;
  case PL_COLUMN_MAKE_UP: pay_refund(&p); break;
  case PL_COLUMN_TOLL: pay_toll(&p); break;
  case PL_COLUMN_SHARED_RUN: pay_shared_run(&p); break;
  case PL_COLUMN_SELL_FOR: pay_sale_for(&p); break;
  default: break;
  }
}
