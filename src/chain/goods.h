#ifndef PL_CHAIN_GOODS_H
#define PL_CHAIN_GOODS_H

#include "chain/chain.h"

/* Where whose goods can be: a set of (site, material, owner), each with an index in the order
 * added, that spreads along lanes and, on request, from party to party. Lives in the arena it was
 * made in; requires a case whose names are bound. */
typedef struct {
  int site, material, owner;
} pl_good;

typedef struct pl_goods pl_goods;

/* How a set spreads, flags to be added; 0 for one that never does. */
enum {
  PL_GOODS_ONWARD = 1, /* from where lanes begin to where they end */
  PL_GOODS_BACK = 2,   /* or in the opposite direction, for where goods can still go */
  PL_GOODS_HANDED =
      4 /* through agreements too; through all, since a scenario may put any in force */
};

/* most: the number of goods at which the set is cut off. */
pl_goods *pl_goods_new(const pl_case *c, pl_arena *a, int ways, int most);
void pl_goods_clear(pl_goods *g);
void pl_goods_add(pl_goods *g, int site, int material, int owner);
void pl_goods_spread(pl_goods *g); /* until nothing more is reached */
void pl_goods_sort(pl_goods *g);   /* index in order of site, material, owner; spreads no more */

int pl_goods_count(const pl_goods *g);
pl_good pl_goods_get(const pl_goods *g, int index);
int pl_goods_find(const pl_goods *g, int site, int material, int owner); /* index, −1 */
bool pl_goods_has(const pl_goods *g, int site, int material, int owner);
bool pl_goods_has_anywhere(const pl_goods *g, int material);
bool pl_goods_cut(const pl_goods *g); /* then what is missing from it means nothing */

/* Who may use a lane or a market: the parties named, otherwise (for a market) the site's party,
 * otherwise everybody. */
bool pl_lane_serves(const pl_lane *l, int party);
bool pl_market_serves(const pl_case *c, const pl_market *m, int party);

#endif
