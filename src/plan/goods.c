/* Finds out whose goods can be where: every (site, material, party) that a unit, stock or market
 * touches, and those on the way between a source and a sink of the same party along lanes. Only
 * these get balances; goods change owner only in markets. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plan/builder.h"

struct goods_index { /* open addressing, keys are goods */
  size_t size;       /* a power of two */
  int *slot;         /* goods index + 1, 0 = empty */
};

static size_t hash_of(int site, int material, int party) {
  uint64_t x = (uint64_t)(uint32_t)site * 0x9E3779B97F4A7C15u;
  x = (x ^ (uint64_t)(uint32_t)material) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (uint64_t)(uint32_t)party) * 0x94D049BB133111EBu;
  return (size_t)(x ^ (x >> 31));
}

static int *slot_of(const builder *b, int site, int material, int party) {
  struct goods_index *t = b->goods_index;
  size_t i = hash_of(site, material, party) & (t->size - 1);
  for (; t->slot[i]; i = (i + 1) & (t->size - 1)) {
    const goods *g = &b->goods[t->slot[i] - 1];
    if (g->site == site && g->material == material && g->party == party) break;
  }
  return &t->slot[i];
}

static void grow_index(builder *b, size_t size) {
  struct goods_index *t = PL_NEW(b->scratch, struct goods_index);
  t->size = size;
  t->slot = PL_NEW_ARRAY(b->scratch, int, size);
  b->goods_index = t;
  for (int i = 0; i < b->n_goods; i++)
    *slot_of(b, b->goods[i].site, b->goods[i].material, b->goods[i].party) = i + 1;
}

static int goods_add(builder *b, int site, int material, int party) {
  if (!b->goods_index || (size_t)b->n_goods * 2 >= b->goods_index->size)
    grow_index(b, b->goods_index ? b->goods_index->size * 2 : 256);
  int *slot = slot_of(b, site, material, party);
  if (*slot) return *slot - 1;
  if (b->n_goods == b->goods_capacity) {
    b->goods_capacity = b->goods_capacity ? 2 * b->goods_capacity : 128;
    goods *fresh = PL_NEW_ARRAY(b->scratch, goods, (size_t)b->goods_capacity);
    if (b->n_goods > 0) memcpy(fresh, b->goods, (size_t)b->n_goods * sizeof *fresh);
    b->goods = fresh;
  }
  b->goods[b->n_goods] = (goods){.site = site, .material = material, .party = party, .row = -1};
  *slot = ++b->n_goods;
  return b->n_goods - 1;
}

int plan_goods(const builder *b, int site, int material, int party) {
  return b->goods_index ? *slot_of(b, site, material, party) - 1 : -1;
}

bool plan_goods_live(const goods *g) { return g->touched || (g->from_source && g->to_sink); }

typedef enum { SOURCE = 1, SINK = 2 } role;

static void touch(builder *b, int site, int material, int party, role r, bool alone) {
  if (party < 0) return;
  int const at = goods_add(b, site, material, party); /* may move the array */
  goods *g = &b->goods[at];
  g->touched |= alone;
  g->from_source |= (r & SOURCE) != 0;
  g->to_sink |= (r & SINK) != 0;
}

static void touch_unit(builder *b, const pl_unit *u) {
  int const party = pl_unit_party(b->c, u);
  for (int k = 0; k < u->runs.n; k++) {
    const pl_process *p = &b->c->processes[u->runs.index[k]];
    for (int i = 0; i < p->makes.n; i++)
      touch(b, u->site, p->makes.material[i], party, SOURCE, true);
    for (int i = 0; i < p->takes.n; i++) touch(b, u->site, p->takes.material[i], party, SINK, true);
    for (int i = 0; i < p->blends.n; i++) touch(b, u->site, p->blends.index[i], party, SINK, true);
  }
}

static void touch_market(builder *b, const pl_market *m) {
  role const r = m->sells >= 0 ? SOURCE : SINK;
  int const material = pl_market_material(m), owner = b->c->sites[m->site].party;
  bool const alone = m->parties.n > 0 || owner >= 0;
  for (int i = 0; i < m->parties.n; i++) touch(b, m->site, material, m->parties.index[i], r, true);
  if (m->parties.n > 0) return;
  for (int p = 0; p < b->c->n_parties; p++)
    if (owner < 0 || p == owner) touch(b, m->site, material, p, r, alone);
}

/* A supply takes goods from the seller at the place and gives them to the buyer there; a toll takes
 * what the owner brings and gives back what is made; a venture does both for every partner; an
 * agency takes the principal's goods where the agent's markets are. */
static void touch_run(builder *b, int site, const pl_process *p, int taker, int maker) {
  for (int i = 0; i < p->makes.n; i++) touch(b, site, p->makes.material[i], maker, SOURCE, true);
  for (int i = 0; i < p->takes.n; i++) touch(b, site, p->takes.material[i], taker, SINK, true);
}

static void touch_toll(builder *b, const pl_agreement *a) {
  for (int k = 0; k < a->runs.n; k++) {
    const pl_process *p = &b->c->processes[a->runs.index[k]];
    int const site = b->c->units[a->unit].site;
    touch_run(b, site, p, a->owner, a->owner);
    touch_run(b, site, p, a->toller, a->toller);
  }
}

static void touch_venture(builder *b, const pl_agreement *a) {
  const pl_unit *u = &b->c->units[a->unit];
  for (int k = 0; k < u->runs.n; k++)
    for (int s = 0; s < a->shares.n; s++)
      touch_run(b, u->site, &b->c->processes[u->runs.index[k]], a->shares.index[s],
                a->shares.index[s]);
}

static void touch_agreement(builder *b, const pl_agreement *a) {
  if (!a->active || a->financial) return;
  if (a->kind == PL_SUPPLY || a->kind == PL_POWER) {
    touch(b, a->at, a->material, a->seller, SINK, true);
    touch(b, a->at, a->material, a->buyer, SOURCE, true);
  }
  if (a->kind == PL_TOLL) touch_toll(b, a);
  if (a->kind == PL_VENTURE) touch_venture(b, a);
  for (int k = 0; a->kind == PL_AGENCY && k < a->markets.n; k++) {
    const pl_market *m = &b->c->markets[a->markets.index[k]];
    touch(b, m->site, pl_market_material(m), a->principal, SINK, true);
  }
}

static bool lane_takes(const pl_lane *l, int party) {
  for (int i = 0; i < l->parties.n; i++)
    if (l->parties.index[i] == party) return true;
  return l->parties.n == 0;
}

typedef struct { /* lanes sorted by one of their ends: lane[first[site] … first[site + 1]) */
  int *first, *lane;
} lanes_at;

static lanes_at sort_lanes(builder *b, bool by_from) {
  const pl_case *c = b->c;
  lanes_at l = {PL_NEW_ARRAY(b->scratch, int, (size_t)c->n_sites + 2),
                PL_NEW_ARRAY(b->scratch, int, (size_t)c->n_lanes + 1)};
  for (int i = 0; i < c->n_lanes; i++) l.first[(by_from ? c->lanes[i].from : c->lanes[i].to) + 2]++;
  for (int s = 2; s <= c->n_sites + 1; s++) l.first[s] += l.first[s - 1];
  for (int i = 0; i < c->n_lanes; i++)
    l.lane[l.first[(by_from ? c->lanes[i].from : c->lanes[i].to) + 1]++] = i;
  return l;
}

/* Goods flow on from goods g along the lanes of one end; new or newly reached ones are queued at
 * the end of the list. */
static void spread(builder *b, const lanes_at *at, int g, bool forward, int *queue, int *tail) {
  goods const here = b->goods[g];
  for (int i = at->first[here.site]; i < at->first[here.site + 1]; i++) {
    const pl_lane *l = &b->c->lanes[at->lane[i]];
    if (!lane_takes(l, here.party)) continue;
    for (int m = 0; m < l->moves.n; m++) {
      if (l->moves.index[m] != here.material) continue;
      int const next = goods_add(b, forward ? l->to : l->from, here.material, here.party);
      bool *reached = forward ? &b->goods[next].from_source : &b->goods[next].to_sink;
      if (*reached) continue;
      *reached = true;
      queue[(*tail)++] = next;
    }
  }
}

static void reach(builder *b, bool forward) {
  lanes_at const at = sort_lanes(b, forward);
  /* every (lane, material, party) reaches its other end at most once, beside the goods known so far
   */
  size_t room = (size_t)b->n_goods;
  for (int i = 0; i < b->c->n_lanes; i++)
    room += (size_t)b->c->lanes[i].moves.n * (size_t)b->c->n_parties;
  int *queue = PL_NEW_ARRAY(b->scratch, int, room + 1);
  int tail = 0;
  for (int g = 0; g < b->n_goods; g++)
    if (forward ? b->goods[g].from_source : b->goods[g].to_sink) queue[tail++] = g;
  for (int head = 0; head < tail; head++) spread(b, &at, queue[head], forward, queue, &tail);
}

static int by_place(const void *x, const void *y) {
  const goods *const *p = x, *const *q = y;
  const goods *a = *p, *c = *q;
  if (a->site != c->site) return a->site < c->site ? -1 : 1;
  if (a->material != c->material) return a->material < c->material ? -1 : 1;
  return (a->party > c->party) - (a->party < c->party);
}

/* Balances in order of site, material, party. */
static void add_balances(builder *b) {
  goods **sorted = PL_NEW_ARRAY(b->scratch, goods *, (size_t)b->n_goods + 1);
  for (int i = 0; i < b->n_goods; i++) sorted[i] = &b->goods[i];
  qsort(sorted, (size_t)b->n_goods, sizeof *sorted, by_place);
  for (int i = 0; i < b->n_goods; i++) {
    goods *g = sorted[i];
    if (!plan_goods_live(g)) continue;
    const pl_grid *grid = plan_grid(b, pl_material_step(b->c, g->material));
    pl_block const k = {.kind = PL_ROW_BALANCE,
                        .thing = g->site,
                        .part = g->material,
                        .extra = -1,
                        .party = g->party,
                        .grid = grid,
                        .count = grid->n};
    double const most = b->c->materials[g->material].free ? plan_infinity() : 0;
    g->row = plan_add_rows(b, k, 0, most);
  }
}

void plan_find_goods(builder *b) {
  const pl_case *c = b->c;
  for (int i = 0; i < c->n_units; i++) touch_unit(b, &c->units[i]);
  for (int i = 0; i < c->n_stocks; i++)
    touch(b, c->stocks[i].site, c->stocks[i].keeps, pl_stock_party(c, &c->stocks[i]), SOURCE | SINK,
          true);
  for (int i = 0; i < c->n_markets; i++) touch_market(b, &c->markets[i]);
  for (int i = 0; i < c->n_agreements; i++) touch_agreement(b, &c->agreements[i]);
  reach(b, true);
  reach(b, false);
  add_balances(b);
}

int plan_market_parties(const builder *b, const pl_market *m, int *list) {
  int n = 0;
  for (int p = 0; p < b->c->n_parties; p++) {
    int const g = plan_goods(b, m->site, pl_market_material(m), p);
    if (g < 0 || b->goods[g].row < 0) continue;
    bool named =
        m->parties.n == 0 && (b->c->sites[m->site].party < 0 || b->c->sites[m->site].party == p);
    for (int i = 0; i < m->parties.n; i++) named |= m->parties.index[i] == p;
    if (named) list[n++] = p;
  }
  return n;
}
