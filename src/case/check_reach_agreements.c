/* How agreements affect where goods can come and go: what a toll takes from both sides and gives to
 * each, principals' goods in agents' markets, and agreements under which nothing can ever be
 * delivered. The transfer of goods by supplies is in chain/goods.c. */
#include "case/check_reach.h"
#include "chain/clause.h"
#include "chain/recipe.h"

void pl_reach_init_agreements(pl_reach *h) {
  const pl_case *const c = h->c;
  h->tolls = PL_NEW_ARRAY(h->r->a, bool *, (size_t)c->n_agreements);
  h->venture = PL_NEW_ARRAY(h->r->a, int, (size_t)c->n_units);
  for (int i = 0; i < c->n_units; i++) h->venture[i] = -1;
  for (int i = 0; i < c->n_agreements; i++) {
    const pl_agreement *const agreement = &c->agreements[i];
    if (agreement->kind == PL_VENTURE) h->venture[agreement->unit] = i;
    h->tolls[i] = PL_NEW_ARRAY(h->r->a, bool, (size_t)agreement->runs.n);
    for (int k = 0; k < agreement->runs.n; k++) h->tolls[i][k] = true;
  }
}

/* --- Tolls ------------------------------------------------------------------------------------ */

typedef struct {
  const pl_agreement *a;
  const pl_process *p;
  int site;
} tolled;

static tolled toll_run(const pl_reach *h, int agreement, int run) {
  const pl_agreement *const a = &h->c->agreements[agreement];
  return (tolled){a, &h->c->processes[a->runs.index[run]], h->c->units[a->unit].site};
}

static int provider(const pl_agreement *agreement, int material) {
  return pl_refs_has(&agreement->brings, material) ? agreement->owner : agreement->toller;
}

static int receiver(const pl_agreement *agreement, int material) {
  return pl_refs_has(&agreement->leaves, material) ? agreement->toller : agreement->owner;
}

void pl_reach_add_tolled(pl_reach *h) {
  for (int i = 0; i < h->c->n_agreements; i++) {
    for (int k = 0; k < h->c->agreements[i].runs.n; k++) {
      if (!h->tolls[i][k]) continue;
      tolled const t = toll_run(h, i, k);
      for (pl_run_goods g = pl_process_goods(t.p); g.ok; pl_process_next(&g))
        if (g.made) pl_goods_add(h->come, t.site, g.material, receiver(t.a, g.material));
    }
  }
}

static bool comes(const pl_reach *h, const tolled *t, int material) {
  return pl_goods_has(h->come, t->site, material, provider(t->a, material));
}

/* The first input that can never come from its provider; −1 if all can. */
static int lacks(const pl_reach *h, const tolled *t) {
  for (pl_run_goods g = pl_process_inputs(t->p); g.ok; pl_process_next(&g))
    if (!comes(h, t, g.material)) return g.material;
  return -1;
}

static void complain_lack(const pl_reach *h, const tolled *t, int material, pl_place run) {
  pl_place at = run;
  for (int i = 0; i < t->a->brings.n; i++) {
    if (t->a->brings.index[i] == material) at = t->a->brings.place[i];
  }
  pl_warn(h->r->diag, at, "nothing can be run under '%s': '%s' of %s never reaches '%s'",
          t->a->name, h->c->materials[material].name, h->c->parties[provider(t->a, material)].name,
          h->c->sites[t->site].name);
}

bool pl_reach_strike_tolls(pl_reach *h, bool causes) {
  bool fell = false;
  for (int i = 0; i < h->c->n_agreements; i++) {
    for (int k = 0; k < h->c->agreements[i].runs.n; k++) {
      if (!h->tolls[i][k]) continue;
      tolled const t = toll_run(h, i, k);
      int const material = lacks(h, &t);
      if (material < 0) continue;
      if (causes) complain_lack(h, &t, material, t.a->runs.place[k]);
      h->tolls[i][k] = false;
      fell = true;
    }
  }
  return fell;
}

bool pl_reach_is_tolled(const pl_reach *h, int unit, int process) {
  for (int i = 0; i < h->c->n_agreements; i++) {
    const pl_agreement *const a = &h->c->agreements[i];
    if (a->kind != PL_TOLL || a->unit != unit) continue;
    for (int k = 0; k < a->runs.n; k++) {
      if (a->runs.index[k] == process) return true;
    }
  }
  return false;
}

static void check_tolled(const pl_reach *h, int agreement, int run) {
  tolled const t = toll_run(h, agreement, run);
  for (pl_run_goods g = pl_process_goods(t.p); g.ok; pl_process_next(&g)) {
    int const material = g.material, owner = receiver(t.a, material);
    if (!g.made || pl_reach_goes(h, t.site, material, owner)) continue;
    pl_warn(h->r->diag, t.a->runs.place[run],
            "nothing can be run under '%s': '%s' of %s has nowhere to go from '%s'", t.a->name,
            h->c->materials[material].name, h->c->parties[owner].name, h->c->sites[t.site].name);
    pl_reach_hint_way(h, t.site, material, owner);
  }
}

/* --- Agencies --------------------------------------------------------------------------------- */

bool pl_reach_agent_brings(const pl_reach *h, int market) {
  const pl_market *const m = &h->c->markets[market];
  for (int i = 0; i < h->c->n_agreements; i++) {
    const pl_agreement *const a = &h->c->agreements[i];
    if (pl_refs_has(&a->markets, market) && pl_goods_has(h->come, m->site, m->buys, a->principal))
      return true;
  }
  return false;
}

static void check_agency(const pl_reach *h, const pl_agreement *agreement) {
  const pl_case *const c = h->c;
  for (int i = 0; i < agreement->markets.n; i++) {
    const pl_market *const m = &c->markets[agreement->markets.index[i]];
    if (pl_goods_has(h->come, m->site, m->buys, agreement->principal)) continue;
    pl_warn(h->r->diag, agreement->markets.place[i],
            "'%s' of %s can never be at '%s' to be sold to '%s'", c->materials[m->buys].name,
            c->parties[agreement->principal].name, c->sites[m->site].name, m->name);
  }
}

/* --- All -------------------------------------------------------------------------------------- */

void pl_reach_add_takers(pl_reach *h) {
  const pl_case *const c = h->c;
  for (int i = 0; i < c->n_agreements; i++) {
    const pl_agreement *const agreement = &c->agreements[i];
    for (int k = 0; k < agreement->runs.n; k++) {
      tolled const t = toll_run(h, i, k);
      for (pl_run_goods g = pl_process_inputs(t.p); g.ok; pl_process_next(&g))
        pl_goods_add(h->go, t.site, g.material, provider(agreement, g.material));
    }
    for (int k = 0; k < agreement->markets.n; k++) {
      const pl_market *const m = &c->markets[agreement->markets.index[k]];
      pl_goods_add(h->go, m->site, m->buys, agreement->principal);
    }
  }
}

/* The seller's goods must reach the place, and the buyer must have a use for them there. */
static void check_delivery(const pl_reach *h, const pl_agreement *agreement) {
  const pl_case *const c = h->c;
  const pl_formula *const must = agreement->active && !agreement->short_at
                                     ? pl_reach_asks(h, &agreement->at_least, &agreement->exactly)
                                     : NULL;
  const char *const material = c->materials[agreement->material].name, *const site =
                                                                           c->sites[agreement->at]
                                                                               .name;
  pl_place const at = must ? pl_formula_place(must) : agreement->said[PL_agreement_at];
  if (!pl_goods_has(h->come, agreement->at, agreement->material, agreement->seller)) {
    pl_reach_complain(h, must != NULL, at, "'%s' of %s never reaches '%s', where '%s' delivers it",
                      material, c->parties[agreement->seller].name, site, agreement->name);
  } else if (!pl_reach_goes(h, agreement->at, agreement->material, agreement->buyer)) {
    pl_reach_complain(h, must != NULL, at, "%s has no use for '%s' at '%s', where '%s' delivers it",
                      c->parties[agreement->buyer].name, material, site, agreement->name);
    pl_reach_hint_way(h, agreement->at, agreement->material, agreement->buyer);
  }
}

void pl_reach_check_agreements(pl_reach *h) {
  for (int i = 0; i < h->c->n_agreements; i++) {
    const pl_agreement *const agreement = &h->c->agreements[i];
    if (pl_agreement_hands_over(agreement)) check_delivery(h, agreement);
    if (agreement->kind == PL_AGENCY) check_agency(h, agreement);
    for (int k = 0; k < agreement->runs.n; k++) check_tolled(h, i, k);
  }
}
