#ifndef PL_CASE_CHECK_REACH_H
#define PL_CASE_CHECK_REACH_H

#include "case/reading.h"
#include "chain/goods.h"

/* What check_reach.c and check_reach_agreements.c share; the first functions are in reach.c. */
typedef struct {
  pl_reading *r;
  const pl_case *c;
  pl_goods *come, *go; /* where goods can come to be, and where they can still go */
  bool **runs;         /* [units][runs] might run */
  bool **tolls;        /* [agreements][runs] might run */
  bool *said;          /* [units] an error was reported for it, or tolls run it */
  int *venture;        /* [units] the agreement that shares it, −1 = none */
} pl_reach;

__attribute__((format(printf, 4, 5))) void pl_reach_complain(const pl_reach *h, bool error,
                                                             pl_place at, const char *fmt, ...);
double pl_reach_value(const pl_reach *h, const pl_formula *f, int slice);
bool pl_reach_ever(const pl_reach *h, const pl_formula *f); /* ever above 0; NULL = never */
/* The formula of a bound that requires something, otherwise NULL. */
const pl_formula *pl_reach_asks(const pl_reach *h, const pl_bounds *at_least,
                                const pl_bounds *exactly);
bool pl_reach_goes(const pl_reach *h, int site, int material, int owner);
/* Adds a hint to the last message: a cure for goods of owner that have nowhere to go from site. */
void pl_reach_hint_way(const pl_reach *h, int site, int material, int owner);
/* Partner i of a unit: its party, or in a venture each partner in turn; −1 past the last. */
int pl_reach_partner(const pl_reach *h, int unit, int i);

/* --- check_reach_agreements.c */
void pl_reach_init_agreements(pl_reach *h);
void pl_reach_add_tolled(pl_reach *h);                /* what tolls make, into come */
bool pl_reach_strike_tolls(pl_reach *h, bool causes); /* true if one was removed */
void pl_reach_add_takers(pl_reach *h);                /* what tolls and agents take, into go */
/* Whether somebody else's goods are run there: then it is not an error that the unit's own party
 * cannot run. */
bool pl_reach_is_tolled(const pl_reach *h, int unit, int process);
bool pl_reach_agent_brings(const pl_reach *h, int market); /* a principal's goods come to it */
void pl_reach_check_agreements(pl_reach *h);

#endif
