#ifndef PL_CASE_REACH_H
#define PL_CASE_REACH_H

#include "case/reading.h"

/* Where whose goods can be: a set of (site, material, owner) that spreads along lanes, and from
 * party to party where an agreement hands them over. Agreements that are not in force, and terms,
 * are taken as if they were: a scenario may switch them on. */
typedef struct {
  int site, material, owner;
} pl_good;

typedef struct pl_goods pl_goods;

/* onward: goods spread from where lanes begin to where they end; else the other way, for where
 * goods can still go. */
pl_goods *pl_goods_new(const pl_case *c, pl_arena *a, bool onward);
void pl_goods_clear(pl_goods *g);
void pl_goods_add(pl_goods *g, int site, int material, int owner);
void pl_goods_spread(pl_goods *g); /* to the ends of all lanes, and through all agreements */
bool pl_goods_has(const pl_goods *g, int site, int material, int owner);
bool pl_goods_has_anywhere(const pl_goods *g, int material);
/* The set grew so large that it was cut: what it lacks means nothing. */
bool pl_goods_cut(const pl_goods *g);

/* Who may use a lane or a market: those named, else (a market) the site's party, else everybody. */
bool pl_lane_serves(const pl_lane *l, int party);
bool pl_market_serves(const pl_case *c, const pl_market *m, int party);

/* What check_reach.c and check_reach_agreements.c share. */
typedef struct {
  pl_reading *r;
  const pl_case *c;
  pl_goods *come, *go; /* where goods can come to be, and where they can still go */
  bool **runs;         /* [units][runs] might run */
  bool **tolls;        /* [agreements][runs] might run */
  bool *said;          /* [units] an error was given for it, or tolls run it */
  int *venture;        /* [units] the agreement that shares it, −1 = none */
} pl_reach;

__attribute__((format(printf, 4, 5))) void pl_reach_complain(const pl_reach *h, bool error,
                                                             pl_place at, const char *fmt, ...);
/* A bound that asks for something: its formula, else NULL. */
const pl_formula *pl_reach_asks(const pl_reach *h, const pl_bounds *at_least,
                                const pl_bounds *exactly);
bool pl_reach_goes(const pl_reach *h, int site, int material, int owner);
/* Partner i of a unit: its party, or of a venture all partners in turn; −1 past the last. */
int pl_reach_partner(const pl_reach *h, int unit, int i);

/* --- check_reach_agreements.c */
void pl_reach_init_agreements(pl_reach *h);
void pl_reach_add_tolled(pl_reach *h);                /* what tolls make, into come */
bool pl_reach_strike_tolls(pl_reach *h, bool causes); /* true if one fell */
void pl_reach_add_takers(pl_reach *h);                /* what tolls and agents take, into go */
/* Somebody else's goods are run there: that the unit's own party cannot is no fault. */
bool pl_reach_is_tolled(const pl_reach *h, int unit, int process);
bool pl_reach_agent_brings(const pl_reach *h, int market); /* a principal's goods come to it */
void pl_reach_check_agreements(pl_reach *h);

#endif
