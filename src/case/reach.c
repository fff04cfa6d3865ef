/* What the checks of where goods can come and go share: what a bound requires, where goods may go,
 * and how errors are reported. */
#include <stdarg.h>

#include "case/check_reach.h"

double pl_reach_value(const pl_reach *h, const pl_formula *f, int slice) {
  const pl_grid *const g = &h->r->grid;
  return pl_formula_eval(f, h->c->quotes, g->start[slice], g->start[slice + 1]);
}

bool pl_reach_ever(const pl_reach *h, const pl_formula *f) {
  for (int v = 0; f && v < h->r->grid.n; v++) {
    if (pl_reach_value(h, f, v) > 0) return true;
  }
  return false;
}

const pl_formula *pl_reach_asks(const pl_reach *h, const pl_bounds *at_least,
                                const pl_bounds *exactly) {
  for (int i = 0; i < at_least->n; i++) {
    if (pl_reach_ever(h, at_least->formula[i])) return at_least->formula[i];
  }
  for (int i = 0; i < exactly->n; i++) {
    if (pl_reach_ever(h, exactly->formula[i])) return exactly->formula[i];
  }
  return NULL;
}

void pl_reach_complain(const pl_reach *h, bool error, pl_place at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  const char *const text = pl_arena_vprintf(h->r->a, fmt, ap);
  va_end(ap);
  if (error) {
    (void)pl_fail(h->r->diag, PL_RANGE, at, "%s", text);
  } else {
    pl_warn(h->r->diag, at, "%s", text);
  }
}

bool pl_reach_goes(const pl_reach *h, int site, int material, int owner) {
  return h->c->materials[material].free || pl_goods_has(h->go, site, material, owner);
}

/* The market of a site that takes material, but not of owner; NULL if there is none. */
static const pl_market *closed_market(const pl_reach *h, int site, int material, int owner) {
  for (int i = 0; i < h->c->n_markets; i++) {
    const pl_market *const m = &h->c->markets[i];
    if (m->buys == material && m->site == site && !pl_market_serves(h->c, m, owner)) return m;
  }
  return NULL;
}

void pl_reach_hint_way(const pl_reach *h, int site, int material, int owner) {
  const pl_case *const c = h->c;
  const pl_market *const m = closed_market(h, site, material, owner);
  if (!m) {
    pl_hint(h->r->diag,
            "add a market, a stock, a lane or a process that takes it, or 'free disposal: yes'");
    return;
  }
  pl_string served;
  pl_string_init(&served, h->r->a);
  for (int p = 0; p < c->n_parties; p++) {
    if (!pl_market_serves(c, m, p) && p != owner) continue;
    pl_string_printf(&served, "%s%s", served.length > 0 ? ", " : "", c->parties[p].name);
  }
  pl_hint(h->r->diag, "the market '%s' buys it there, but not from %s: add 'for: [%s]' to it",
          m->name, c->parties[owner].name, served.text);
}
