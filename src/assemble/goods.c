/* Finds whose goods can be where: every (site, material, party) that a unit, stock or market
 * touches, and those on the way between a source and a sink of the same party along lanes. Only
 * these get balances; goods change owner only in markets and under agreements. Every recipe is
 * assumed possible: whether its inputs can arrive is checked elsewhere. */
#include <assert.h>
#include <limits.h>

#include "assemble/goods.h"
#include "assemble/stock.h"
#include "assemble/trade.h"
#include "chain/recipe.h"

typedef struct {
  const pl_case *c;
  pl_goods *come, *go; /* reachable from sources; leading to sinks */
  pl_goods *live;      /* what gets a balance: touched by a unit, a stock or a market of the party
                          alone, or both reachable and needed */
} whereabouts;

typedef enum { SOURCE = 1, SINK = 2 } role;

static void touch(whereabouts *w, int site, int material, int party, role r, bool alone) {
  if (party < 0) return;
  if (r & SOURCE) pl_goods_add(w->come, site, material, party);
  if (r & SINK) pl_goods_add(w->go, site, material, party);
  if (alone) pl_goods_add(w->live, site, material, party);
}

static void touch_run(whereabouts *w, int site, const pl_process *process, int owner) {
  for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g))
    touch(w, site, g.material, owner, g.made ? SOURCE : SINK, true);
}

static void touch_unit(whereabouts *w, const pl_unit *u) {
  int const party = pl_unit_party(w->c, u);
  for (int i = 0; i < u->start_takes.n; i++)
    touch(w, u->site, u->start_takes.material[i], party, SINK, true);
  for (int k = 0; k < u->runs.n; k++) {
    const pl_process *process = &w->c->processes[u->runs.index[k]];
    touch_run(w, u->site, process, party);
    for (int i = 0; i < process->blends.n; i++)
      touch(w, u->site, process->blends.index[i], party, SINK, true);
  }
}

static void touch_reserve(whereabouts *w, int site, int party, const pl_prices *rooms) {
  for (int i = 0; i < rooms->n; i++) touch(w, site, rooms->material[i], party, SOURCE, true);
}

static void touch_reserves(whereabouts *w) {
  const pl_case *c = w->c;
  for (int i = 0; i < c->n_units; i++) {
    const pl_unit *u = &c->units[i];
    touch_reserve(w, u->site, pl_unit_party(c, u), &u->room_above);
    touch_reserve(w, u->site, pl_unit_party(c, u), &u->room_below);
  }
  for (int i = 0; i < c->n_stocks; i++) {
    const pl_stock *s = &c->stocks[i];
    touch_reserve(w, s->site, pl_stock_party(c, s), &s->room_draw);
    touch_reserve(w, s->site, pl_stock_party(c, s), &s->room_fill);
  }
}

static void touch_market(whereabouts *w, const pl_market *m) {
  role const r = m->sells >= 0 ? SOURCE : SINK;
  bool const alone = m->parties.n > 0 || w->c->sites[m->site].party >= 0;
  for (int p = 0; p < w->c->n_parties; p++)
    if (pl_market_serves(w->c, m, p)) touch(w, m->site, pl_market_material(m), p, r, alone);
}

/* Goods under way arrive, and as much must be loaded again. */
static void touch_lane(whereabouts *w, const pl_lane *l) {
  for (int i = 0; i < l->under_way.n; i++) {
    touch(w, l->to, l->under_way.material[i], l->parties.index[0], SOURCE, true);
    touch(w, l->from, l->under_way.material[i], l->parties.index[0], SINK, true);
  }
}

/* A supply moves goods from the seller to the buyer at the place; a toll uses what the owner brings
 * and returns the products; a venture does both for every partner; an agency takes the principal's
 * goods to the agent's markets. */

static void touch_toll(whereabouts *w, const pl_agreement *agreement) {
  for (int k = 0; k < agreement->runs.n; k++) {
    const pl_process *process = &w->c->processes[agreement->runs.index[k]];
    int const site = w->c->units[agreement->unit].site;
    touch_run(w, site, process, agreement->owner);
    touch_run(w, site, process, agreement->toller);
  }
}

static void touch_venture(whereabouts *w, const pl_agreement *agreement) {
  const pl_unit *u = &w->c->units[agreement->unit];
  for (int k = 0; k < u->runs.n; k++)
    for (int s = 0; s < agreement->shares.n; s++)
      touch_run(w, u->site, &w->c->processes[u->runs.index[k]], agreement->shares.index[s]);
}

static void touch_agreement(whereabouts *w, const pl_agreement *agreement) {
  if (!agreement->active || agreement->financial) return;
  if (agreement->kind == PL_SUPPLY || agreement->kind == PL_POWER) {
    touch(w, agreement->at, agreement->material, agreement->seller, SINK, true);
    touch(w, agreement->at, agreement->material, agreement->buyer, SOURCE, true);
  }
  if (agreement->kind == PL_TOLL) touch_toll(w, agreement);
  if (agreement->kind == PL_VENTURE) touch_venture(w, agreement);
  for (int k = 0; agreement->kind == PL_AGENCY && k < agreement->markets.n; k++) {
    const pl_market *m = &w->c->markets[agreement->markets.index[k]];
    touch(w, m->site, pl_market_material(m), agreement->principal, SINK, true);
  }
}

static void touch_all(whereabouts *w) {
  const pl_case *c = w->c;
  for (int i = 0; i < c->n_units; i++) touch_unit(w, &c->units[i]);
  for (int i = 0; i < c->n_stocks; i++)
    touch(w, c->stocks[i].site, c->stocks[i].keeps, pl_stock_party(c, &c->stocks[i]), SOURCE | SINK,
          true);
  for (int i = 0; i < c->n_lanes; i++) touch_lane(w, &c->lanes[i]);
  for (int i = 0; i < c->n_markets; i++) touch_market(w, &c->markets[i]);
  for (int i = 0; i < c->n_agreements; i++) touch_agreement(w, &c->agreements[i]);
  touch_reserves(w);
}

static void add_balance(builder *b, int index) {
  pl_good const g = pl_goods_get(b->goods, index);
  const pl_grid *grid = plan_grid(b, pl_material_step(b->c, g.material));
  pl_block const block = {.kind = PL_ROW_BALANCE,
                          .thing = g.site,
                          .part = g.material,
                          .extra = -1,
                          .party = g.owner,
                          .grid = grid,
                          .count = grid->n};
  double const most = b->c->materials[g.material].free ? plan_infinity() : 0;
  int const row = plan_add_rows(b, block, 0, most);
  assert(row == index); /* plan_balance relies on this */
  (void)row;
}

void plan_find_goods(builder *b) {
  whereabouts w = {.c = b->c,
                   .come = pl_goods_new(b->c, b->scratch, PL_GOODS_ONWARD, INT_MAX),
                   .go = pl_goods_new(b->c, b->scratch, PL_GOODS_BACK, INT_MAX),
                   .live = pl_goods_new(b->c, b->scratch, 0, INT_MAX)};
  touch_all(&w);
  pl_goods_spread(w.come);
  pl_goods_spread(w.go);
  for (int i = 0; i < pl_goods_count(w.come); i++) {
    pl_good const g = pl_goods_get(w.come, i);
    if (pl_goods_has(w.go, g.site, g.material, g.owner))
      pl_goods_add(w.live, g.site, g.material, g.owner);
  }
  pl_goods_sort(w.live);
  b->goods = w.live;
  b->cover = PL_NEW_ARRAY(b->scratch, int, (size_t)pl_goods_count(b->goods) + 1);
  for (int i = 0; i < pl_goods_count(b->goods); i++) add_balance(b, i);
}

int plan_balance(const builder *b, int site, int material, int party) {
  return pl_goods_find(b->goods, site, material, party);
}

static void put_cover(builder *b, const stock_rows *s, double amount) {
  const pl_block *rows = &b->p->rows[s->cover];
  for (pl_share t = pl_share_slice(rows->grid, b->grid, b->slice); t.ok;
       pl_share_next(rows->grid, &t))
    plan_put(b, rows->first + t.r,
             amount * t.share * s->cover_hours / pl_grid_hours(rows->grid, t.r));
}

void plan_put_goods(builder *b, int site, int party, int material, double amount) {
  int const balance = plan_balance(b, site, material, party);
  plan_put_flow(b, balance, amount);
  if (amount >= 0) return;
  for (int i = b->cover[balance]; i > 0; i = b->stocks[i - 1].next_cover)
    put_cover(b, &b->stocks[i - 1], amount);
}

int plan_market_parties(const builder *b, const pl_market *m, int *list) {
  int n = 0;
  for (int p = 0; p < b->c->n_parties; p++)
    if (pl_market_serves(b->c, m, p) && plan_balance(b, m->site, pl_market_material(m), p) >= 0)
      list[n++] = p;
  return n;
}
