/* A set of goods, (site, material, owner), that spreads along lanes until it stands still. */
#include "case/reach.h"

#include <string.h>

enum { GOODS_MAX = 4000000 };

struct pl_goods {
  const pl_case *c;
  pl_arena *a;
  bool onward, cut;
  pl_good *good; /* [n] in the order added: what is not yet spread is a queue */
  int n, capacity, spread;
  int *slot; /* [slots] index + 1, 0 = free; open addressing, slots a power of two */
  size_t slots;
  bool *somewhere;   /* [materials] */
  int *first, *lane; /* lanes that begin (onward) or end at a site: lane[first[site]] …
                        lane[first[site + 1] − 1] */
};

static int near_end(const pl_goods *g, const pl_lane *l) { return g->onward ? l->from : l->to; }
static int far_end(const pl_goods *g, const pl_lane *l) { return g->onward ? l->to : l->from; }

static void sort_lanes(pl_goods *g) {
  const pl_case *const c = g->c;
  g->first = PL_NEW_ARRAY(g->a, int, (size_t)c->n_sites + 2);
  g->lane = PL_NEW_ARRAY(g->a, int, (size_t)c->n_lanes);
  for (int i = 0; i < c->n_lanes; i++) g->first[near_end(g, &c->lanes[i]) + 2]++;
  for (int s = 1; s <= c->n_sites; s++) g->first[s + 1] += g->first[s];
  for (int i = 0; i < c->n_lanes; i++) g->lane[g->first[near_end(g, &c->lanes[i]) + 1]++] = i;
}

pl_goods *pl_goods_new(const pl_case *c, pl_arena *a, bool onward) {
  pl_goods *const g = PL_NEW(a, pl_goods);
  g->c = c;
  g->a = a;
  g->onward = onward;
  g->slots = 1024;
  g->slot = PL_NEW_ARRAY(a, int, g->slots);
  g->somewhere = PL_NEW_ARRAY(a, bool, (size_t)c->n_materials);
  sort_lanes(g);
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

static size_t find(const pl_goods *g, pl_good x) {
  size_t at = hash(x, g->slots);
  for (; g->slot[at]; at = (at + 1) & (g->slots - 1)) {
    pl_good const y = g->good[g->slot[at] - 1];
    if (y.site == x.site && y.material == x.material && y.owner == x.owner) break;
  }
  return at;
}

static void grow(pl_goods *g) {
  if (g->n == g->capacity) {
    g->capacity = g->capacity ? 2 * g->capacity : 512;
    pl_good *const good = PL_NEW_ARRAY(g->a, pl_good, (size_t)g->capacity);
    if (g->n > 0) memcpy(good, g->good, (size_t)g->n * sizeof *good);
    g->good = good;
  }
  if ((size_t)g->n * 2 < g->slots) return;
  g->slots *= 2;
  g->slot = PL_NEW_ARRAY(g->a, int, g->slots);
  for (int i = 0; i < g->n; i++) g->slot[find(g, g->good[i])] = i + 1;
}

void pl_goods_add(pl_goods *g, int site, int material, int owner) {
  pl_good const x = {site, material, owner};
  if (g->slot[find(g, x)]) return;
  if (g->n == GOODS_MAX) {
    g->cut = true;
    return;
  }
  grow(g);
  g->good[g->n++] = x;
  g->slot[find(g, x)] = g->n;
  g->somewhere[material] = true;
}

bool pl_goods_has(const pl_goods *g, int site, int material, int owner) {
  return g->slot[find(g, (pl_good){site, material, owner})] != 0;
}

bool pl_goods_has_anywhere(const pl_goods *g, int material) { return g->somewhere[material]; }
bool pl_goods_cut(const pl_goods *g) { return g->cut; }

/* --- Spreading ------------------------------------------------------------------------------ */

static bool among(const pl_refs *refs, int index) {
  for (int i = 0; i < refs->n; i++) {
    if (refs->index[i] == index) return true;
  }
  return false;
}

bool pl_lane_serves(const pl_lane *l, int party) {
  return l->parties.n == 0 || among(&l->parties, party);
}

bool pl_market_serves(const pl_case *c, const pl_market *m, int party) {
  if (m->parties.n > 0) return among(&m->parties, party);
  int const own = c->sites[m->site].party;
  return own < 0 || own == party;
}

void pl_goods_spread(pl_goods *g) {
  while (g->spread < g->n && !g->cut) {
    pl_good const x = g->good[g->spread++];
    for (int i = g->first[x.site]; i < g->first[x.site + 1]; i++) {
      const pl_lane *const l = &g->c->lanes[g->lane[i]];
      if (among(&l->moves, x.material) && pl_lane_serves(l, x.owner))
        pl_goods_add(g, far_end(g, l), x.material, x.owner);
    }
  }
}
