#ifndef PL_CASE_REACH_H
#define PL_CASE_REACH_H

#include "case/reading.h"

/* Where whose goods can be: a set of (site, material, owner) that spreads along lanes. For
 * check_reach.c only. */
typedef struct {
  int site, material, owner;
} pl_good;

typedef struct pl_goods pl_goods;

/* onward: goods spread from where lanes begin to where they end; else the other way, for where
 * goods can still go. */
pl_goods *pl_goods_new(const pl_case *c, pl_arena *a, bool onward);
void pl_goods_clear(pl_goods *g);
void pl_goods_add(pl_goods *g, int site, int material, int owner);
void pl_goods_spread(pl_goods *g); /* to the ends of all lanes */
bool pl_goods_has(const pl_goods *g, int site, int material, int owner);
bool pl_goods_has_anywhere(const pl_goods *g, int material);
/* The set grew so large that it was cut: what it lacks means nothing. */
bool pl_goods_cut(const pl_goods *g);

/* Who may use a lane or a market: those named, else (a market) the site's party, else everybody. */
bool pl_lane_serves(const pl_lane *l, int party);
bool pl_market_serves(const pl_case *c, const pl_market *m, int party);

#endif
