#ifndef PL_BASE_HOLD_H
#define PL_BASE_HOLD_H

#include "base/grid.h"

/* The grid rule for states, beside that for flows (pl_share). A flow of slice v is spread over the
 * slices r that v meets, and summed; a state holds: what is on in v is on in all of v. In slice r of
 * another grid it counts with the share of r's time in which v holds, so that what r has is the
 * state's mean by time: the value itself in slices that lie in one v, a mean where it changes within.
 *
 *     for (pl_hold h = pl_hold_first(g, own, v); h.ok; pl_hold_next(&h)) use(h.r, h.share);
 *
 * Over all v of own the shares of one r sum to 1, or to less where own leaves some of r out. */
typedef struct {
  bool ok;
  int r;
  double share; /* of slice r */
  const pl_grid *g, *own;
  int v;
  pl_share flow; /* of v's time, where it lies */
} pl_hold;
pl_hold pl_hold_first(const pl_grid *g, const pl_grid *own, int v);
void pl_hold_next(pl_hold *h);

#endif
