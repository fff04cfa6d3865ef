#include "value/worth.h"

#include <math.h>

#include "chain/clause.h"
#include "value/zopa.h"

void pl_worth_quantities(const pl_program *p, const pl_solution *x, int agreement,
                         const pl_grid *grid, double *sum) {
  for (int r = 0; r < grid->n; r++) sum[r] = 0;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    if (!pl_block_is_flow(block) || block->thing != agreement) continue;
    for (int v = 0; v < block->count; v++) {
      pl_share s = pl_share_slice(grid, block->grid, v);
      for (; s.ok; pl_share_next(grid, &s)) sum[s.r] += s.share * x->col_value[block->first + v];
    }
  }
}

/* --- The price -------------------------------------------------------------------------------- */

static const pl_formula *price_of(const pl_agreement *agreement, const char **name) {
  *name = agreement->kind == PL_TOLL     ? "fee"
          : agreement->kind == PL_AGENCY ? "commission"
                                         : "price";
  return pl_agreement_price(agreement, 0, NULL);
}

/* Is it paid at the price or a share of it, so that it grows with the price? */
static bool is_price(const pl_agreement *agreement, const pl_entry *e) {
  switch (e->clause) {
  case PL_agreement_price:
  case PL_agreement_deficiency:
  case PL_agreement_make_up:
  case PL_agreement_fee:
  case PL_agreement_commission: return true;
  case PL_agreement_fee_per_unit: return !agreement->commission;
  default: return false;
  }
}

typedef struct {
  const pl_program *p;
  const pl_solution *x;
  int agreement;
  int currency;             /* that of its price */
  const pl_formula *one;    /* value of 1 of it; NULL where it is the case's */
  double *amount, *scratch; /* [longest grid] */
} payer;

/* Does the entry come from this agreement's price? */
static bool pays_price(const payer *y, const pl_entry *e) {
  return pl_entry_agreement(y->p, e) == y->agreement &&
         is_price(&y->p->c->agreements[y->agreement], e);
}

static double entry_money(const payer *y, const pl_quotes *quotes, const pl_entry *e,
                          double *paid) {
  const pl_program *p = y->p;
  double present = 0;
  pl_entry_amounts(quotes, e, y->amount, y->scratch);
  for (int v = 0; v < e->grid->n; v++) {
    double const money = y->amount[v] * y->x->col_value[p->columns[e->block].first + v];
    *paid += money;
    present += money * pl_entry_worth(p, e, v);
  }
  return present;
}

/* What the price earns party q: present value, and undiscounted. */
static double price_money(const payer *y, const pl_quotes *quotes, int q, double *paid) {
  double present = 0;
  *paid = 0;
  for (int i = 0; i < y->p->n_entries; i++) {
    const pl_entry *e = &y->p->entries[i];
    if (e->party == q && pays_price(y, e)) present += entry_money(y, quotes, e, paid);
  }
  return present;
}

/* The same for a price of 1 of its own currency, whatever it is now. */
static double money_of_one(const payer *y, int q) {
  bool const share = y->p->c->agreements[y->agreement].commission != NULL;
  double present = 0, paid = 0;
  for (int i = 0; i < y->p->n_entries; i++) {
    pl_entry e = y->p->entries[i];
    if (e.party != q || e.at_most_now || !pays_price(y, &e)) continue;
    if (share)
      e.also = NULL;
    else
      e.formula = y->one;
    present += entry_money(y, y->p->c->quotes, &e, &paid);
  }
  return present;
}

/* --- Its currency: that of the formula, converted at each date's rate ------------------------- */

/* The case's own where the price has none, or its tiers or steps are in several. */
static int currency_of(const pl_case *c, const pl_agreement *agreement) {
  const char *name;
  const pl_formula *f = price_of(agreement, &name);
  int const own = f ? pl_formula_currency(f) : -1;
  for (int t = 1; t < agreement->tiers.n; t++)
    if (pl_formula_currency(agreement->tiers.price[t]) != own) return c->currency;
  return own < 0 ? c->currency : own;
}

/* 1 unit of the currency, worth its rate on each date; NULL = 1 of the case's. */
static const pl_formula *one_of(const pl_case *c, int currency, pl_arena *a) {
  pl_dim const home = pl_dim_of((pl_dim_name)c->currency);
  if (currency == c->currency) return NULL;
  pl_formula *one = pl_formula_constant(a, 1, pl_dim_of((pl_dim_name)currency), PL_NOWHERE);
  pl_diag *quiet = pl_diag_new(); /* the price was converted the same way: it cannot fail */
  pl_status const s = pl_formula_bind(one, c->quotes, home, "price", a, quiet);
  pl_diag_free(quiet);
  return s == PL_OK ? one : NULL;
}

static const char *unit_in(const payer *y, const pl_formula *price, pl_arena *a) {
  pl_dim d = pl_formula_dim(price);
  int const written = pl_dim_currency(d);
  if (written >= 0) d.of[written] = 0;
  if (written >= 0) d.of[y->currency] = 1;
  return pl_dim_text(d, a);
}

/* rate[v]: what 1 of the price's currency is in the case's. */
static void rates(const payer *y, const pl_grid *grid, double *rate) {
  for (int v = 0; v < grid->n; v++) rate[v] = 1;
  if (y->one) pl_formula_eval_grid(y->one, y->p->c->quotes, grid, rate);
}

/* What the giver is paid for what it delivers, in the price's currency: excluding what is paid and
 * not taken, and its refund when made up. */
static double delivered_money(const payer *y) {
  int const giver = pl_agreement_giver(&y->p->c->agreements[y->agreement]);
  double sum = 0;
  for (int i = 0; i < y->p->n_entries; i++) {
    const pl_entry *e = &y->p->entries[i];
    if (e->party != giver || !pays_price(y, e)) continue;
    const pl_block *block = &y->p->columns[e->block];
    if (block->kind == PL_COLUMN_DEFICIT || block->kind == PL_COLUMN_MAKE_UP) continue;
    pl_entry_amounts(y->p->c->quotes, e, y->amount, y->scratch);
    rates(y, e->grid, y->scratch);
    for (int v = 0; v < e->grid->n; v++)
      sum += y->amount[v] * y->x->col_value[block->first + v] / y->scratch[v];
  }
  return sum;
}

/* What the goods are worth at the site in the joint plan, a mean over deliveries, in the case's
 * currency or the price's: a sum of prices, NULL where there is none. */
static pl_direction *implied_sum(const payer *y, bool in_own, pl_arena *a) {
  const pl_program *p = y->p;
  const pl_agreement *agreement = &p->c->agreements[y->agreement];
  if (agreement->at < 0 || agreement->financial) return NULL;
  const pl_block *block =
      pl_program_balance(p, agreement->at, agreement->material, agreement->buyer);
  pl_direction *sum = PL_NEW(a, pl_direction);
  double quantity = 0;
  for (int i = 0; block && i < p->n_column_blocks; i++) {
    const pl_block *k = &p->columns[i];
    if (k->kind != PL_COLUMN_DELIVER || k->thing != y->agreement) continue;
    rates(y, block->grid, y->scratch);
    for (int v = 0; v < k->count && v < block->count; v++) {
      double const q = y->x->col_value[k->first + v];
      double const worth = pl_program_worth(p, block->grid, v);
      pl_direction_add_row(sum, block->first + v, q / (worth * (in_own ? y->scratch[v] : 1)), a);
      quantity += q;
    }
  }
  for (int k = 0; k < sum->n; k++) sum->share[k] /= quantity;
  return quantity > 0 ? sum : NULL;
}

static double implied_price(const payer *y, const pl_direction *sum) {
  double price = 0;
  for (int k = 0; sum && k < sum->n; k++) price += sum->share[k] * y->x->row_dual[sum->row[k]];
  return sum ? price : (double)NAN;
}

static void imply(const payer *y, pl_price_range *r, pl_arena *a) {
  r->implied_sum = implied_sum(y, true, a);
  r->implied = implied_price(y, r->implied_sum);
}

static pl_range const anywhere = {-(double)INFINITY, (double)INFINITY};

/* Gains as linear functions of the price's size, 1 being today's: giver and taker both ≥ 0. */
static bool both_gain(const pl_agreement_worth *w, const pl_agreement *agreement, pl_range *out) {
  int const side[] = {pl_agreement_giver(agreement), pl_agreement_taker(agreement)};
  pl_gain gain[2];
  if (isnan(w->joint)) { /* there is no plan without it */
    *out = anywhere;
    return true;
  }
  for (int i = 0; i < 2; i++)
    gain[i] =
        (pl_gain){.constant = w->party[side[i]] - w->slope[side[i]], .per_p = w->slope[side[i]]};
  return pl_zopa_range(2, gain, anywhere, out);
}

static double scaled(double share, double now) {
  if (isnan(share) || isinf(share)) return now < 0 ? -share : share;
  return share * now;
}

static void order(pl_price_range *r) {
  if (!(r->low > r->high)) return;
  double const low = r->high;
  r->high = r->low;
  r->low = low;
}

static void price_as_a_whole(const payer *y, pl_agreement_worth *w, const pl_range *range, bool any,
                             pl_arena *a) {
  const pl_agreement *agreement = &y->p->c->agreements[y->agreement];
  pl_price_range *r = &w->ranges[w->n_ranges++];
  const pl_formula *f = price_of(agreement, &r->name);
  bool const share = agreement->kind == PL_AGENCY && agreement->commission;
  r->unit = share || !f ? "" : unit_in(y, f, a);
  r->now = share
               ? pl_formula_eval(agreement->commission, y->p->c->quotes, y->p->c->from, y->p->c->to)
               : delivered_money(y) / w->quantity;
  r->implied = (double)NAN;
  if (!share) imply(y, r, a);
  r->within = w->joint_within * fabs(r->now / w->slope[pl_agreement_giver(agreement)]);
  r->low = any ? scaled(range->low, r->now) : (double)NAN;
  r->high = any ? scaled(range->high, r->now) : (double)NAN;
  order(r);
}

/* A price of 0 cannot be scaled: its range follows from what a price of 1 pays. */
static void price_from_nothing(const payer *y, pl_agreement_worth *w, pl_arena *a) {
  const pl_agreement *agreement = &y->p->c->agreements[y->agreement];
  int const side[] = {pl_agreement_giver(agreement), pl_agreement_taker(agreement)};
  pl_price_range r = {.implied = (double)NAN};
  const pl_formula *f = price_of(agreement, &r.name);
  pl_gain gain[2];
  for (int i = 0; i < 2; i++)
    gain[i] = (pl_gain){.constant = w->party[side[i]], .per_p = money_of_one(y, side[i])};
  if (!f || gain[0].per_p == 0) return;
  pl_range range;
  bool const any = pl_zopa_range(2, gain, anywhere, &range);
  r.unit = agreement->kind == PL_AGENCY && agreement->commission ? "" : unit_in(y, f, a);
  if (*r.unit) imply(y, &r, a);
  r.within = w->joint_within / fabs(gain[0].per_p);
  r.low = any ? range.low : (double)NAN;
  r.high = any ? range.high : (double)NAN;
  w->ranges[w->n_ranges++] = r;
}

static bool sees(const pl_formula *f, int quotation) {
  enum { SEEN_MAX = 64 };
  int ids[SEEN_MAX];
  int const n = f ? pl_formula_quotations(f, ids, SEEN_MAX) : 0;
  for (int i = 0; i < n && i < SEEN_MAX; i++)
    if (ids[i] == quotation) return true;
  return false;
}

/* A quotation that also affects other money, or currencies, is a market price and not a term of
 * this agreement. */
static bool is_term(const payer *y, int quotation) {
  if (pl_quotes_is_exchange(y->p->c->quotes, quotation)) return false;
  for (int i = 0; i < y->p->n_entries; i++) {
    const pl_entry *e = &y->p->entries[i];
    if ((sees(e->formula, quotation) || sees(e->also, quotation)) && !pays_price(y, e))
      return false;
  }
  return true;
}

/* A quotation of one value that the price uses ("percent: 14.8 %"): its range follows from how the
 * payments change with it. */
static void price_by_quotation(const payer *y, pl_agreement_worth *w, int quotation, double money,
                               const pl_range *range, bool any, pl_arena *a) {
  const pl_case *c = y->p->c;
  const pl_quotation *q = pl_quotes_at(c->quotes, quotation);
  if (q->formula || q->n != 1 || !is_term(y, quotation)) return;
  pl_quotes *fork = pl_quotes_fork(c->quotes, a);
  double *value = pl_quotes_values(fork, quotation), paid;
  double const now = value[0], step = 1e-3 * (now != 0 ? fabs(now) : 1);
  value[0] = now + step;
  double const slope =
      (price_money(y, fork, pl_agreement_giver(&c->agreements[y->agreement]), &paid) - money) /
      step;
  if (fabs(slope) * fabs(now) <= 1e-9 * fabs(money)) return;
  pl_price_range *r = &w->ranges[w->n_ranges++];
  *r = (pl_price_range){.name = q->name,
                        .unit = pl_measure_text(&q->unit, a),
                        .now = now,
                        .implied = (double)NAN,
                        .within = w->joint_within / fabs(slope),
                        .low = any ? now + (range->low - 1) * money / slope : (double)NAN,
                        .high = any ? now + (range->high - 1) * money / slope : (double)NAN};
  order(r);
}

/* Internal units; smaller amounts are rounding. */
static const double least_quantity = 1e-6;

static void sum_quantity(const payer *y, pl_agreement_worth *w) {
  const pl_agreement *agreement = &y->p->c->agreements[y->agreement];
  pl_worth_quantities(y->p, y->x, y->agreement, &y->p->whole, &w->quantity);
  pl_time from, to;
  pl_agreement_term(y->p->c, agreement, &from, &to);
  for (int k = 0; agreement->financial && k < agreement->exactly.n; k++)
    w->quantity += pl_formula_eval(agreement->exactly.formula[k], y->p->c->quotes, from, to) *
                   (agreement->exactly.per[k] >= 0 ? (double)(to - from) / 60 : 1);
  if (w->quantity < least_quantity) w->quantity = 0;
}

static void fill_terms(const pl_farm *f, const pl_solution *x, pl_agreement_worth *w, pl_arena *a) {
  const pl_case *c = f->program->c;
  const pl_agreement *agreement = &c->agreements[w->agreement];
  size_t const n = (size_t)pl_program_longest_grid(f->program);
  int const currency = currency_of(c, agreement);
  payer const y = {.p = f->program,
                   .x = x,
                   .agreement = w->agreement,
                   .currency = currency,
                   .one = one_of(c, currency, a),
                   .amount = PL_NEW_ARRAY(a, double, n),
                   .scratch = PL_NEW_ARRAY(a, double, n)};
  enum { QUOTATIONS_MAX = 16 };
  int ids[QUOTATIONS_MAX];
  w->ranges = PL_NEW_ARRAY(a, pl_price_range, 1 + QUOTATIONS_MAX);
  w->slope = PL_NEW_ARRAY(a, double, (size_t)f->n_parties);
  w->implied = implied_price(&y, implied_sum(&y, false, a));
  sum_quantity(&y, w);
  int const giver = pl_agreement_giver(agreement);
  if (giver < 0 || pl_agreement_taker(agreement) < 0) return; /* a venture has no price */
  double paid;
  for (int q = 0; q < f->n_parties; q++) {
    w->slope[q] = price_money(&y, c->quotes, q, &paid);
    if (q == giver) w->paid = paid;
  }
  if (w->quantity == 0) return;
  if (w->slope[giver] == 0) {
    price_from_nothing(&y, w, a);
    return;
  }
  pl_range range = {0};
  bool const any = both_gain(w, agreement, &range);
  price_as_a_whole(&y, w, &range, any, a);
  const char *name;
  const pl_formula *price = price_of(agreement, &name);
  int const seen = price ? pl_formula_quotations(price, ids, QUOTATIONS_MAX) : 0;
  for (int i = 0; i < seen && i < QUOTATIONS_MAX; i++)
    price_by_quotation(&y, w, ids[i], w->slope[giver], &range, any, a);
}

void pl_worth_fill(const pl_farm *f, const pl_farm_task *all, const pl_farm_task *without,
                   pl_agreement_worth *w, pl_arena *a) {
  w->joint = all->value - without->value;
  w->party = PL_NEW_ARRAY(a, double, (size_t)f->n_parties);
  for (int q = 0; q < f->n_parties; q++) w->party[q] = all->account[q] - without->account[q];
  fill_terms(f, all->plan, w, a);
  if (!without->done) w->n_ranges = 0; /* it is not known where both gain */
}
