/* A set of goods, (site, material, owner), that spreads along lanes and through agreements until
 * nothing more is reached. Where goods begin is up to its users. */
#include "chain/goods.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chain/clause.h"

typedef struct { /* the things at a site: item[first[site]] … item[first[site + 1] − 1] */
  int *first, *item;
} by_site;

struct pl_goods {
  const pl_case *c;
  pl_arena *a;
  int ways, most;
  bool cut;
  pl_good *good; /* [n] in the order added: what is not yet spread is a queue */
  int n, capacity, spread;
  int *slot; /* [slots] index + 1, 0 = free; open addressing, slots a power of two */
  size_t slots;
  bool *somewhere;           /* [materials] */
  by_site lanes, agreements; /* those that begin (onward) or end at a site; that hand over there */
};

static bool is_onward(const pl_goods *g) { return (g->ways & PL_GOODS_ONWARD) != 0; }
static int near_end(const pl_goods *g, const pl_lane *l) { return is_onward(g) ? l->from : l->to; }
static int far_end(const pl_goods *g, const pl_lane *l) { return is_onward(g) ? l->to : l->from; }

/* site[i]: where thing i is, −1 = nowhere. */
static by_site sort_by_site(const pl_goods *g, int n, const int *site) {
  int const sites = g->c->n_sites;
  by_site const out = {PL_NEW_ARRAY(g->a, int, (size_t)sites + 2),
                       PL_NEW_ARRAY(g->a, int, (size_t)n)};
  for (int i = 0; i < n; i++) {
    if (site[i] >= 0) out.first[site[i] + 2]++;
  }
  for (int s = 1; s <= sites; s++) out.first[s + 1] += out.first[s];
  for (int i = 0; i < n; i++) {
    if (site[i] >= 0) out.item[out.first[site[i] + 1]++] = i;
  }
  return out;
}

static void sort_lanes(pl_goods *g) {
  const pl_case *const c = g->c;
  int *const site = PL_NEW_ARRAY(g->a, int, (size_t)c->n_lanes);
  for (int i = 0; i < c->n_lanes; i++) site[i] = near_end(g, &c->lanes[i]);
  g->lanes = sort_by_site(g, c->n_lanes, site);
}

static void sort_agreements(pl_goods *g) {
  const pl_case *const c = g->c;
  int *const site = PL_NEW_ARRAY(g->a, int, (size_t)c->n_agreements);
  for (int i = 0; i < c->n_agreements; i++)
    site[i] = pl_agreement_hands_over(&c->agreements[i]) ? c->agreements[i].at : -1;
  g->agreements = sort_by_site(g, c->n_agreements, site);
}

pl_goods *pl_goods_new(const pl_case *c, pl_arena *a, int ways, int most) {
  pl_goods *const g = PL_NEW(a, pl_goods);
  g->c = c;
  g->a = a;
  g->ways = ways;
  g->most = most;
  g->slots = 1024;
  g->slot = PL_NEW_ARRAY(a, int, g->slots);
  g->somewhere = PL_NEW_ARRAY(a, bool, (size_t)c->n_materials);
  if (ways) sort_lanes(g);
  if (ways & PL_GOODS_HANDED) sort_agreements(g);
  return g;
}

void pl_goods_clear(pl_goods *g) {
  g->n = g->spread = 0;
  memset(g->slot, 0, g->slots * sizeof *g->slot);
  if (g->c->n_materials > 0)
    memset(g->somewhere, 0, (size_t)g->c->n_materials * sizeof *g->somewhere);
}

/* --- The set -------------------------------------------------------------------------------- */

static size_t hash(pl_good x, size_t slots) {
  uint64_t h = (uint64_t)(uint32_t)x.site * 0x9E3779B97F4A7C15u;
  h = (h ^ (h >> 29) ^ (uint32_t)x.material) * 0xBF58476D1CE4E5B9u;
  h = (h ^ (h >> 32) ^ (uint32_t)x.owner) * 0x94D049BB133111EBu;
  return (size_t)(h ^ (h >> 31)) & (slots - 1);
}

/* The slot that x is in, or would be. */
static size_t slot_of(const pl_goods *g, pl_good x) {
  size_t at = hash(x, g->slots);
  for (; g->slot[at]; at = (at + 1) & (g->slots - 1)) {
    pl_good const y = g->good[g->slot[at] - 1];
    if (y.site == x.site && y.material == x.material && y.owner == x.owner) break;
  }
  return at;
}

/* Into slots that are all free. */
static void index_all(pl_goods *g) {
  for (int i = 0; i < g->n; i++) g->slot[slot_of(g, g->good[i])] = i + 1;
}

static void grow(pl_goods *g) {
  PL_GROW(g->a, g->good, g->n, g->capacity);
  if ((size_t)g->n * 2 < g->slots) return;
  g->slots *= 2;
  g->slot = PL_NEW_ARRAY(g->a, int, g->slots);
  index_all(g);
}

void pl_goods_add(pl_goods *g, int site, int material, int owner) {
  pl_good const x = {site, material, owner};
  if (g->slot[slot_of(g, x)]) return;
  if (g->n >= g->most) {
    g->cut = true;
    return;
  }
  grow(g);
  g->good[g->n++] = x;
  g->slot[slot_of(g, x)] = g->n;
  g->somewhere[material] = true;
}

int pl_goods_find(const pl_goods *g, int site, int material, int owner) {
  return g->slot[slot_of(g, (pl_good){site, material, owner})] - 1;
}

bool pl_goods_has(const pl_goods *g, int site, int material, int owner) {
  return pl_goods_find(g, site, material, owner) >= 0;
}

bool pl_goods_has_anywhere(const pl_goods *g, int material) { return g->somewhere[material]; }
bool pl_goods_cut(const pl_goods *g) { return g->cut; }
int pl_goods_count(const pl_goods *g) { return g->n; }
pl_good pl_goods_get(const pl_goods *g, int index) { return g->good[index]; }

static int by_place(const void *x, const void *y) {
  const pl_good *const p = x, *const q = y;
  if (p->site != q->site) return p->site < q->site ? -1 : 1;
  if (p->material != q->material) return p->material < q->material ? -1 : 1;
  return (p->owner > q->owner) - (p->owner < q->owner);
}

void pl_goods_sort(pl_goods *g) {
  if (g->n > 0) qsort(g->good, (size_t)g->n, sizeof *g->good, by_place);
  memset(g->slot, 0, g->slots * sizeof *g->slot);
  index_all(g);
  g->spread = g->n;
}

/* --- Spreading ------------------------------------------------------------------------------ */

bool pl_lane_serves(const pl_lane *l, int party) {
  return l->parties.n == 0 || pl_refs_has(&l->parties, party);
}

bool pl_market_serves(const pl_case *c, const pl_market *m, int party) {
  if (m->parties.n > 0) return pl_refs_has(&m->parties, party);
  int const own = c->sites[m->site].party;
  return own < 0 || own == party;
}

static void spread_along_lanes(pl_goods *g, pl_good x) {
  for (int i = g->lanes.first[x.site]; i < g->lanes.first[x.site + 1]; i++) {
    const pl_lane *const l = &g->c->lanes[g->lanes.item[i]];
    if (pl_refs_has(&l->moves, x.material) && pl_lane_serves(l, x.owner))
      pl_goods_add(g, far_end(g, l), x.material, x.owner);
  }
}

static void hand_over(pl_goods *g, pl_good x) {
  for (int i = g->agreements.first[x.site]; i < g->agreements.first[x.site + 1]; i++) {
    const pl_agreement *const agreement = &g->c->agreements[g->agreements.item[i]];
    int const giver = pl_agreement_giver(agreement), taker = pl_agreement_taker(agreement);
    if (agreement->material == x.material && x.owner == (is_onward(g) ? giver : taker))
      pl_goods_add(g, x.site, x.material, is_onward(g) ? taker : giver);
  }
}

void pl_goods_spread(pl_goods *g) {
  assert(g->ways);
  while (g->spread < g->n && !g->cut) {
    pl_good const x = g->good[g->spread++];
    spread_along_lanes(g, x);
    if (g->ways & PL_GOODS_HANDED) hand_over(g, x);
  }
}
