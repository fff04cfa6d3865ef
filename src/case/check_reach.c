/* Reports goods that cannot reach the place where they are needed, or cannot go anywhere once made.
 * Lenient by design: whatever might be made is assumed to be made, so that loops (butts back into
 * anodes) cause no reports, and so is what may stand still; amounts are left to the solver.
 * Requires a case without errors so far. */
#include <math.h>

#include "case/check_reach.h"
#include "chain/load.h"
#include "chain/recipe.h"

enum { ROUNDS_MAX = 100, GOODS_MAX = 4000000 };

/* --- What must be --------------------------------------------------------------------------- */

/* Switched off, possibly until a scenario switches it on. */
static bool is_idle(const pl_reach *h, const pl_unit *u) {
  const pl_formula *const shares[] = {u->capacity, u->online, u->availability};
  for (int i = 0; i < 3; i++) {
    if (shares[i] && !pl_reach_ever(h, shares[i])) return true;
  }
  for (int i = 0; i < u->up_to.n; i++) {
    if (!pl_reach_ever(h, u->up_to.formula[i])) return true;
  }
  return false;
}

/* The formula that forces a unit to run, NULL if it may stand still. A turndown of 100 % forces
 * nothing. */
static const pl_formula *forced(const pl_reach *h, const pl_unit *u) {
  const pl_formula *const bound = pl_reach_asks(h, &u->at_least, &u->exactly);
  if (bound || u->on_off || !u->capacity || is_idle(h, u)) return bound;
  const pl_formula *const least = pl_unit_least(u);
  for (int v = 0; least && v < h->r->grid.n; v++) {
    if (pl_unit_least_share(u, pl_reach_value(h, least, v)) > 0) return least;
  }
  return NULL;
}

int pl_reach_partner(const pl_reach *h, int unit, int i) {
  int const venture = h->venture[unit];
  const pl_shares *const partners = venture < 0 ? NULL : &h->c->agreements[venture].shares;
  if (!partners) return i == 0 ? pl_unit_party(h->c, &h->c->units[unit]) : -1;
  return i < partners->n ? partners->index[i] : -1;
}

/* --- Where goods come from ------------------------------------------------------------------ */

static void add_made(pl_reach *h, int unit, int owner) {
  const pl_unit *const u = &h->c->units[unit];
  for (int i = 0; i < u->runs.n; i++) {
    const pl_process *const process = &h->c->processes[u->runs.index[i]];
    if (!h->runs[unit][i]) continue;
    for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g))
      if (g.made) pl_goods_add(h->come, u->site, g.material, owner);
  }
}

static void add_kept(pl_reach *h, int site, int party, const pl_prices *rooms) {
  for (int i = 0; i < rooms->n; i++) pl_goods_add(h->come, site, rooms->material[i], party);
}

static void add_reserves(pl_reach *h) {
  const pl_case *const c = h->c;
  for (int i = 0; i < c->n_units; i++) {
    const pl_unit *const u = &c->units[i];
    add_kept(h, u->site, pl_unit_party(c, u), &u->room_above);
    add_kept(h, u->site, pl_unit_party(c, u), &u->room_below);
  }
  for (int i = 0; i < c->n_stocks; i++) {
    const pl_stock *const s = &c->stocks[i];
    add_kept(h, s->site, pl_stock_party(c, s), &s->room_draw);
    add_kept(h, s->site, pl_stock_party(c, s), &s->room_fill);
  }
}

static void add_sources(pl_reach *h) {
  const pl_case *const c = h->c;
  pl_goods_clear(h->come);
  for (int i = 0; i < c->n_markets; i++) {
    const pl_market *const m = &c->markets[i];
    for (int p = 0; m->sells >= 0 && p < c->n_parties; p++) {
      if (pl_market_serves(c, m, p)) pl_goods_add(h->come, m->site, m->sells, p);
    }
  }
  for (int i = 0; i < c->n_stocks; i++) {
    const pl_stock *const s = &c->stocks[i];
    if (s->initial) pl_goods_add(h->come, s->site, s->keeps, pl_stock_party(c, s));
  }
  for (int i = 0; i < c->n_lanes; i++) {
    const pl_lane *const l = &c->lanes[i];
    for (int k = 0; k < l->under_way.n; k++)
      pl_goods_add(h->come, l->to, l->under_way.material[k], l->parties.index[0]);
  }
  for (int i = 0; i < c->n_units; i++) {
    for (int k = 0; pl_reach_partner(h, i, k) >= 0; k++) add_made(h, i, pl_reach_partner(h, i, k));
  }
  add_reserves(h);
  pl_reach_add_tolled(h);
  pl_goods_spread(h->come);
}

static bool comes(const pl_reach *h, int unit, int material) {
  for (int i = 0; pl_reach_partner(h, unit, i) >= 0; i++) {
    if (pl_goods_has(h->come, h->c->units[unit].site, material, pl_reach_partner(h, unit, i)))
      return true;
  }
  return false;
}

/* The first input of p that does not reach the unit; −1 if all do. A blend requires only one of its
 * ingredients. */
static int lacks(const pl_reach *h, int unit, const pl_process *process) {
  for (pl_run_goods g = pl_process_inputs(process); g.ok; pl_process_next(&g))
    if (!comes(h, unit, g.material)) return g.material;
  for (int i = 0; i < process->blends.n; i++) {
    if (comes(h, unit, process->blends.index[i])) return -1;
  }
  return process->blends.n > 0 ? process->blends.index[0] : -1;
}

/* --- Reports -------------------------------------------------------------------------------- */

static void complain_lack(pl_reach *h, int unit, int run, int material) {
  const pl_case *const c = h->c;
  const pl_unit *const u = &c->units[unit];
  const char *const what = c->materials[material].name, *const process =
                                                            c->processes[u->runs.index[run]].name;
  bool const tolled = pl_reach_is_tolled(h, unit, u->runs.index[run]);
  bool const error = u->runs.n == 1 && forced(h, u);
  if (error || tolled) h->said[unit] = true;
  if (tolled) return;
  if (!pl_goods_has_anywhere(h->come, material)) {
    pl_reach_complain(h, error, u->runs.place[run],
                      "'%s' cannot run '%s': nobody makes, sells or keeps '%s'", u->name, process,
                      what);
    pl_hint(h->r->diag,
            "add a market that sells '%s', a unit that makes it, or a stock with 'initial'", what);
  } else {
    pl_reach_complain(h, error, u->runs.place[run],
                      "'%s' cannot run '%s': no lane brings '%s' of %s to '%s'", u->name, process,
                      what, c->parties[pl_unit_party(c, u)].name, c->sites[u->site].name);
    pl_hint(h->r->diag, "add a lane that moves '%s' to '%s', or a market that sells it there", what,
            c->sites[u->site].name);
  }
}

/* Removes what cannot run until nothing more is removed; only what is missing in the first round is
 * a cause, the rest follows from it. */
static void strike(pl_reach *h) {
  bool changed = true;
  for (int round = 0; changed && round < ROUNDS_MAX; round++) {
    changed = false;
    add_sources(h);
    if (pl_goods_cut(h->come)) return;
    for (int i = 0; i < h->c->n_units; i++) {
      const pl_unit *const u = &h->c->units[i];
      for (int k = 0; k < u->runs.n; k++) {
        if (!h->runs[i][k]) continue;
        int const material = lacks(h, i, &h->c->processes[u->runs.index[k]]);
        if (material < 0) continue;
        if (round == 0) complain_lack(h, i, k, material);
        h->runs[i][k] = false;
        changed = true;
      }
    }
    changed = pl_reach_strike_tolls(h, round == 0) || changed;
  }
}

static void check_forced_units(pl_reach *h) {
  for (int i = 0; i < h->c->n_units; i++) {
    const pl_unit *const u = &h->c->units[i];
    const pl_formula *const must = forced(h, u);
    bool able = h->said[i] || u->runs.n == 0 || !must;
    for (int k = 0; k < u->runs.n; k++) able = able || h->runs[i][k];
    if (able) continue;
    pl_reach_complain(h, true, pl_formula_place(must),
                      "'%s' must run, but its inputs can never reach it", u->name);
  }
}

/* Without the inputs of a start a unit is never switched on. */
static void check_starts(pl_reach *h) {
  for (int i = 0; i < h->c->n_units; i++) {
    const pl_unit *const u = &h->c->units[i];
    for (int k = 0; k < u->start_takes.n; k++) {
      int const material = u->start_takes.material[k], party = pl_unit_party(h->c, u);
      if (pl_goods_has(h->come, u->site, material, party)) continue;
      pl_reach_complain(h, false, u->start_takes.place[k],
                        "'%s' can never be switched on: '%s' of %s never reaches '%s'", u->name,
                        h->c->materials[material].name, h->c->parties[party].name,
                        h->c->sites[u->site].name);
    }
  }
}

static bool comes_to_market(const pl_reach *h, const pl_market *m) {
  for (int p = 0; p < h->c->n_parties; p++) {
    if (pl_market_serves(h->c, m, p) && pl_goods_has(h->come, m->site, m->buys, p)) return true;
  }
  return pl_reach_agent_brings(h, (int)(m - h->c->markets));
}

static void check_buyers(pl_reach *h) {
  const pl_case *const c = h->c;
  for (int i = 0; i < c->n_markets; i++) {
    const pl_market *const m = &c->markets[i];
    if (m->buys < 0 || comes_to_market(h, m)) continue;
    const pl_formula *const must = m->short_at ? NULL : pl_reach_asks(h, &m->at_least, &m->exactly);
    pl_reach_complain(h, must, must ? pl_formula_place(must) : m->said[PL_market_buys],
                      "nobody who may sell to '%s' can ever have '%s' at '%s'", m->name,
                      c->materials[m->buys].name, c->sites[m->site].name);
  }
}

static void check_lane_loads(pl_reach *h) {
  const pl_case *const c = h->c;
  for (int i = 0; i < c->n_lanes; i++) {
    const pl_lane *const l = &c->lanes[i];
    bool any = false;
    for (int k = 0; k < l->moves.n && !any; k++) {
      for (int p = 0; p < c->n_parties && !any; p++) {
        any = pl_lane_serves(l, p) && pl_goods_has(h->come, l->from, l->moves.index[k], p);
      }
    }
    if (any || l->under_way.n > 0) continue; /* check_under_way reports on what is under way */
    const pl_formula *const must = pl_reach_asks(h, &l->at_least, &l->exactly);
    pl_reach_complain(h, must, must ? pl_formula_place(must) : l->said[PL_lane_moves],
                      "the lane '%s' never has anything to move at '%s'", l->name,
                      c->sites[l->from].name);
  }
}

static void check_stocks(pl_reach *h) {
  const pl_case *const c = h->c;
  for (int i = 0; i < c->n_stocks; i++) {
    const pl_stock *const s = &c->stocks[i];
    if (pl_goods_has(h->come, s->site, s->keeps, pl_stock_party(c, s))) continue;
    const pl_formula *const must = pl_reach_ever(h, s->minimum) ? s->minimum
                                   : pl_reach_ever(h, s->final) ? s->final
                                                                : NULL;
    pl_reach_complain(h, must, must ? pl_formula_place(must) : s->said[PL_stock_keeps],
                      "'%s' never reaches the stock '%s'", c->materials[s->keeps].name, s->name);
  }
}

/* --- Where goods can go --------------------------------------------------------------------- */

static void add_inputs(pl_reach *h, const pl_unit *u, int owner) {
  for (int k = 0; k < u->runs.n; k++) {
    const pl_process *const process = &h->c->processes[u->runs.index[k]];
    for (pl_run_goods g = pl_process_inputs(process); g.ok; pl_process_next(&g))
      pl_goods_add(h->go, u->site, g.material, owner);
    for (int j = 0; j < process->blends.n; j++)
      pl_goods_add(h->go, u->site, process->blends.index[j], owner);
  }
}

static void add_takers(pl_reach *h) {
  const pl_case *const c = h->c;
  for (int i = 0; i < c->n_units; i++) {
    for (int k = 0; pl_reach_partner(h, i, k) >= 0; k++)
      add_inputs(h, &c->units[i], pl_reach_partner(h, i, k));
  }
  pl_reach_add_takers(h);
  for (int i = 0; i < c->n_markets; i++) {
    const pl_market *const m = &c->markets[i];
    for (int p = 0; m->buys >= 0 && p < c->n_parties; p++) {
      if (pl_market_serves(c, m, p)) pl_goods_add(h->go, m->site, m->buys, p);
    }
  }
  for (int i = 0; i < c->n_stocks; i++) {
    const pl_stock *const s = &c->stocks[i];
    pl_goods_add(h->go, s->site, s->keeps, pl_stock_party(c, s));
  }
  for (int i = 0; i < c->n_lanes; i++) {
    const pl_lane *const l = &c->lanes[i];
    for (int k = 0; k < l->under_way.n; k++)
      pl_goods_add(h->go, l->from, l->under_way.material[k], l->parties.index[0]);
  }
  pl_goods_spread(h->go);
}

static void check_made(pl_reach *h, int unit, int run) {
  const pl_case *const c = h->c;
  const pl_unit *const u = &c->units[unit];
  const pl_process *const process = &c->processes[u->runs.index[run]];
  if (pl_reach_is_tolled(h, unit, u->runs.index[run])) return;
  for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g)) {
    int const material = g.material;
    bool gone = !g.made;
    for (int i = 0; pl_reach_partner(h, unit, i) >= 0 && !gone; i++)
      gone = pl_reach_goes(h, u->site, material, pl_reach_partner(h, unit, i));
    if (gone) continue;
    pl_reach_complain(h, u->runs.n == 1 && forced(h, u), u->runs.place[run],
                      "'%s' cannot run '%s': its '%s' has nowhere to go from '%s'", u->name,
                      process->name, c->materials[material].name, c->sites[u->site].name);
    pl_reach_hint_way(h, u->site, material, pl_reach_partner(h, unit, 0));
  }
}

/* An offer that nobody takes up is not an error, unless it must be taken. */
static void check_sellers(pl_reach *h) {
  const pl_case *const c = h->c;
  for (int i = 0; i < c->n_markets; i++) {
    const pl_market *const m = &c->markets[i];
    bool taken = m->sells < 0;
    for (int p = 0; p < c->n_parties && !taken; p++) {
      taken = pl_market_serves(c, m, p) && pl_reach_goes(h, m->site, m->sells, p);
    }
    if (taken) continue;
    const pl_formula *const must = m->short_at ? NULL : pl_reach_asks(h, &m->at_least, &m->exactly);
    if (must) {
      pl_reach_complain(h, true, pl_formula_place(must),
                        "nobody who may buy from '%s' has a use for '%s' at '%s'", m->name,
                        c->materials[m->sells].name, c->sites[m->site].name);
    }
  }
}

/* Goods that only arrive where their owner has no use for them. */
static void check_arrivals(pl_reach *h, const pl_lane *l, int k) {
  const pl_case *const c = h->c;
  int const material = l->moves.index[k], host = c->sites[l->to].party;
  int stranger = -1;
  for (int p = 0; p < c->n_parties; p++) {
    if (!pl_lane_serves(l, p) || !pl_goods_has(h->come, l->from, material, p)) continue;
    if (pl_reach_goes(h, l->to, material, p)) return;
    if (p != host) stranger = p;
  }
  if (stranger < 0) return;
  pl_warn(h->r->diag, l->moves.place[k], "'%s' of %s can reach '%s' by '%s', but has no use there",
          c->materials[material].name, c->parties[stranger].name, c->sites[l->to].name, l->name);
  if (host >= 0)
    pl_hint(h->r->diag,
            "'%s' belongs to %s: goods change owner only through markets and agreements",
            c->sites[l->to].name, c->parties[host].name);
}

/* Goods under way at the end must be available for loading, and must have a use where they
 * arrive. */
static void check_under_way(pl_reach *h, const pl_lane *l) {
  const pl_case *const c = h->c;
  for (int k = 0; k < l->under_way.n; k++) {
    int const material = l->under_way.material[k], owner = l->parties.index[0];
    const char *const what = c->materials[material].name;
    if (!pl_goods_has(h->come, l->from, material, owner)) {
      pl_reach_complain(h, true, l->under_way.place[k],
                        "'%s' must be under way on '%s' at the end too, but never reaches '%s'",
                        what, l->name, c->sites[l->from].name);
      pl_hint(h->r->diag, "remove it from 'under way', or provide a way for it to reach '%s'",
              c->sites[l->from].name);
    }
    if (pl_reach_goes(h, l->to, material, owner)) continue;
    pl_reach_complain(h, true, l->under_way.place[k],
                      "'%s' is under way on '%s' and has nowhere to go from '%s'", what, l->name,
                      c->sites[l->to].name);
    pl_reach_hint_way(h, l->to, material, owner);
  }
}

/* --- All ------------------------------------------------------------------------------------ */

static void init(pl_reach *h, pl_reading *r) {
  const pl_case *const c = r->c;
  *h = (pl_reach){.r = r, .c = c};
  h->come = pl_goods_new(c, r->a, PL_GOODS_ONWARD | PL_GOODS_HANDED, GOODS_MAX);
  h->go = pl_goods_new(c, r->a, PL_GOODS_BACK | PL_GOODS_HANDED, GOODS_MAX);
  h->runs = PL_NEW_ARRAY(r->a, bool *, (size_t)c->n_units);
  h->said = PL_NEW_ARRAY(r->a, bool, (size_t)c->n_units);
  for (int i = 0; i < c->n_units; i++) {
    const pl_unit *const u = &c->units[i];
    h->runs[i] = PL_NEW_ARRAY(r->a, bool, (size_t)u->runs.n);
    for (int k = 0; k < u->runs.n; k++) h->runs[i][k] = true;
  }
  pl_reach_init_agreements(h);
}

void pl_check_reach(pl_reading *r) {
  pl_reach h;
  const pl_case *const c = r->c;
  init(&h, r);
  strike(&h);
  add_takers(&h);
  if (pl_goods_cut(h.come) || pl_goods_cut(h.go)) return;
  check_starts(&h);
  check_forced_units(&h);
  check_buyers(&h);
  check_lane_loads(&h);
  check_stocks(&h);
  pl_reach_check_agreements(&h);
  for (int i = 0; i < c->n_units; i++) {
    for (int k = 0; k < c->units[i].runs.n; k++) check_made(&h, i, k);
  }
  check_sellers(&h);
  for (int i = 0; i < c->n_lanes; i++) {
    for (int k = 0; k < c->lanes[i].moves.n; k++) check_arrivals(&h, &c->lanes[i], k);
    check_under_way(&h, &c->lanes[i]);
  }
}
