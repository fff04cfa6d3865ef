#ifndef LAW_AGREED_H
#define LAW_AGREED_H

#include "law/law_case.h"

/* Random parties with agreements: each has a site with some of a mine, pots, a mill and customers,
 * all bounded, so that it may stay idle and no plan earns without limit. */

enum { LAW_AGREEMENTS_MAX = 4 };

typedef struct {
  law_case *c;
  int n_parties, party[3]; /* things */
  int n_agreements, agreement[LAW_AGREEMENTS_MAX + 1];
  bool twins;   /* parties 1 and 2 are alike in all but name */
  bool choices; /* every agreement only adds choices: nothing must be taken, paid or left */
  bool shared;  /* a market bounds what several parties sell there together */
  int par;      /* index of an agreement at the price of a market that both its parties meet, −1 */
} law_agreed;

law_agreed law_agreed_make(pl_arena *a, uint64_t seed);

#endif
