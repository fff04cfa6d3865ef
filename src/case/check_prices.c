/* Reports what would change hands for nothing because a price was forgotten. A price of 0 must be
 * written; a missing price does no harm only where the quantity cannot be chosen. Requires bound
 * formulas. */
#include <math.h>

#include "case/reading.h"

static bool given(const pl_place *said, int field) { return said[field].line > 0; }

/* "0 USD/t" */
static const char *no_money(const pl_reading *r, int material) {
  pl_dim const money = pl_dim_of((pl_dim_name)r->c->currency);
  bool const known = material >= 0 && r->c->materials[material].unit.factor > 0;
  pl_dim const unit = known ? pl_material_dim(r->c, material) : (pl_dim){{0}};
  return pl_arena_printf(r->a, "0 %s", pl_dim_text(pl_dim_over(money, unit), r->a));
}

/* --- Markets -------------------------------------------------------------------------------- */

static bool same_values(pl_reading *r, const pl_formula *a, const pl_formula *b) {
  pl_formula_eval_grid(a, r->c->quotes, &r->grid, r->value);
  pl_formula_eval_grid(b, r->c->quotes, &r->grid, r->other);
  for (int v = 0; v < r->grid.n; v++)
    if (!(fabs(r->value[v] - r->other[v]) <= 1e-9 * fabs(r->other[v]))) return false;
  return true;
}

/* Least and most are the same quantity; also assumed where an error elsewhere hides them. */
static bool may_be_equal(pl_reading *r, const pl_bounds *least, const pl_bounds *most) {
  for (int i = 0; i < least->n; i++) {
    for (int k = 0; k < most->n; k++) {
      const pl_formula *const a = least->formula[i], *const b = most->formula[k];
      if (!a || !b || !r->bound || r->grid.n == 0) return true;
      if (least->per[i] == most->per[k] && same_values(r, a, b)) return true;
    }
  }
  return false;
}

/* A requirement or a gift: the plan cannot choose the quantity, except to give a buyer more than it
 * requires. */
static bool is_required(pl_reading *r, const pl_market *m) {
  if (given(m->said, PL_market_exactly)) return true;
  if (!given(m->said, PL_market_at_least)) return false;
  if (!given(m->said, PL_market_up_to)) return m->buys >= 0;
  return may_be_equal(r, &m->at_least, &m->up_to);
}

static void check_market(pl_reading *r, const pl_market *m) {
  int const material = pl_market_material(m);
  if (given(m->said, PL_market_price) || given(m->said, PL_market_tiers)) return;
  if (material < 0 || is_required(r, m)) return;
  (void)pl_fail(r->diag, PL_SYNTAX, m->place,
                "the market '%s' has no price: any quantity could be %s for nothing", m->name,
                m->buys >= 0 ? "left there" : "taken from it");
  pl_hint(r->diag, "write 'price: %s' if that is intended", no_money(r, material));
}

/* --- Agreements ----------------------------------------------------------------------------- */

static void check_agreement(pl_reading *r, const pl_agreement *agreement) {
  static const int pay[] = {PL_agreement_price,        PL_agreement_tiers,
                            PL_agreement_fee,          PL_agreement_commission,
                            PL_agreement_fee_per_unit, PL_agreement_demand_charge,
                            PL_agreement_standing};
  static const int usual[] = {PL_agreement_price, PL_agreement_fee, PL_agreement_commission,
                              PL_agreement_price};
  for (size_t i = 0; i < sizeof pay / sizeof *pay; i++) {
    if (given(agreement->said, pay[i])) return;
  }
  if (!given(agreement->said, PL_agreement_kind) || agreement->kind == PL_VENTURE ||
      agreement->kind < 0)
    return;
  if (!agreement->active || agreement->financial)
    return; /* for a financial one the price is required elsewhere */
  const char *const key = pl_nouns[PL_NOUN_agreement].field[usual[agreement->kind]].key;
  const char *const none =
      agreement->kind == PL_AGENCY ? "0 %" : no_money(r, pl_agreement_material(r->c, agreement));
  (void)pl_fail(r->diag, PL_SYNTAX, agreement->place,
                "the agreement '%s' has no %s: nothing is paid for it", agreement->name, key);
  pl_hint(r->diag, "write '%s: %s' if that is intended", key, none);
}

void pl_check_prices(pl_reading *r) {
  const pl_case *const c = r->c;
  for (int i = 0; i < c->n_markets; i++) {
    if (!r->broken[PL_NOUN_market][i]) check_market(r, &c->markets[i]);
  }
  for (int i = 0; i < c->n_agreements; i++) {
    if (!r->broken[PL_NOUN_agreement][i]) check_agreement(r, &c->agreements[i]);
  }
}
