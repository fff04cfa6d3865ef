/* Resolves quotations in the order in which they depend on each other: those that are formulas over
 * others, and the exchange rates. A formula is bound to quotations, which are bound as formulas:
 * this file and formula_bind.c call each other as deep as that goes. */
#include <assert.h>
#include <string.h>

#include "price/quotes_parts.h"

static pl_status resolve_formula(const pl_quotes *q, pl_quotes_item *it, int depth, pl_diag *diag) {
  pl_quotation *s = &it->quotation;
  bool const declared = s->unit.factor > 0;
  binding const to = {q, depth, q->arena, diag};
  PL_TRY(price_formula_resolve(s->formula, to));
  pl_dim const want = declared ? pl_measure_dim(&s->unit) : pl_formula_dim(s->formula);
  const char *words = pl_arena_printf(q->arena, "quotation '%s'", s->name);
  PL_TRY(price_formula_want(s->formula, to, want, words));
  it->dim = want;
  if (!declared) s->unit = (pl_measure){.dim = want, .factor = 1};
  return PL_OK;
}

static void set_chain(const pl_quotes *q, pl_quotes_item *it) {
  const pl_formula *f = it->quotation.formula;
  assert(f);
  for (int i = 0; i < f->n_seen; i++) {
    const pl_quotes_item *behind = q->item[f->seen[i]];
    if (behind->quotation.formula && behind->chain >= it->chain) it->chain = behind->chain + 1;
  }
}

pl_status price_quotes_resolve(const pl_quotes *q, int i, int depth, const pl_formula *asker,
                               const node *at, pl_diag *diag) {
  pl_quotes_item *it = q->item[i];
  const char *name = it->quotation.name;
  bool const in_reach = !it->quotation.formula || depth + it->chain <= MAX_CHAIN;
  if (it->progress == RESOLVED && in_reach) return PL_OK;
  if (it->progress == FAILED) return it->status;
  if (it->progress == RESOLVING) {
    (void)pl_fail(diag, PL_NAME, price_node_place(asker, at),
                  "quotation '%s' is defined in terms of itself", name);
    pl_hint(diag, "give one quotation of the circle a 'value', 'values' or a 'file'");
    return PL_NAME;
  }
  if (it->progress == RESOLVED || depth > MAX_CHAIN)
    return pl_fail(diag, PL_RANGE, price_node_place(asker, at),
                   "quotations refer to one another more than %d levels deep here", (int)MAX_CHAIN);
  it->progress = RESOLVING;
  it->status = resolve_formula(q, it, depth, diag);
  it->progress = it->status == PL_OK ? RESOLVED : FAILED;
  if (it->status == PL_OK) set_chain(q, it);
  return it->status;
}

/* --- Exchange -------------------------------------------------------------------------------- */

static pl_dim currency_dim(int currency) { return pl_dim_of((pl_dim_name)currency); }

static pl_status check_exchange(const pl_quotes *q, int currency, pl_diag *diag) {
  rate const r = q->exchange[currency];
  const pl_quotes_item *it = q->item[r.quotation];
  if (it->progress != RESOLVED) return PL_OK; /* checked again when it is known */
  pl_dim const home = currency_dim(q->currency), other = currency_dim(currency);
  if (pl_dim_equal(it->dim, pl_dim_over(home, other)) ||
      pl_dim_equal(it->dim, pl_dim_over(other, home)))
    return PL_OK;
  const char *h = pl_dim_text(home, q->arena), *o = pl_dim_text(other, q->arena);
  return pl_fail(diag, PL_UNIT, r.at,
                 "the exchange quotation for %s is %s/%s or %s/%s, but '%s' is %s", o, h, o, o, h,
                 it->quotation.name,
                 pl_dim_is_none(it->dim) ? "a plain number" : pl_dim_text(it->dim, q->arena));
}

pl_status pl_quotes_exchange(pl_quotes *q, int currency, const char *quotation, pl_place at,
                             pl_diag *diag) {
  const char *currency_name = pl_dim_text(currency_dim(currency), q->arena);
  if (currency == q->currency)
    return pl_fail(diag, PL_UNIT, at,
                   "%s is the case's own currency and needs no exchange quotation", currency_name);
  int const i = pl_quotes_find(q, quotation, strlen(quotation));
  if (i < 0) {
    const char *shown = pl_text_safe(q->arena, quotation, strlen(quotation));
    return pl_fail(diag, PL_NAME, at, "there is no quotation '%s'", shown);
  }
  q->exchange[currency] = (rate){i, at};
  return check_exchange(q, currency, diag);
}

bool pl_quotes_is_exchange(const pl_quotes *q, int i) {
  for (int c = 0; c < PL_DIMS; c++) {
    int const own = q->exchange[c].quotation;
    if (own < 0) continue;
    const pl_formula *f = q->item[own]->quotation.formula;
    for (int k = 0; f && k < f->n_seen; k++)
      if (f->seen[k] == i) return true;
    if (own == i) return true;
  }
  return false;
}

pl_status pl_quotes_finish(pl_quotes *q, pl_diag *diag) {
  pl_status status = PL_OK;
  for (int i = 0; i < q->n; i++) {
    pl_quotes_item *it = q->item[i];
    if (it->progress != UNRESOLVED) continue;
    pl_status const one = price_quotes_resolve(q, i, 1, it->quotation.formula, NULL, diag);
    if (status == PL_OK) status = one;
  }
  for (int c = 0; c < PL_DIMS; c++) {
    if (q->exchange[c].quotation < 0 || !q->item[q->exchange[c].quotation]->quotation.formula)
      continue;
    pl_status const one = check_exchange(q, c, diag);
    if (status == PL_OK) status = one;
  }
  return status;
}
