/* The grid rule for states. */
#include "base/hold.h"

#include <math.h>

/* The part of the time represented by slice r that slice v represents. A real slice is an
 * interval, whose part is exact in minutes; a typical one represents its number of hours, spread
 * like a flow. */
static double share_of(const pl_hold *h) {
  if (!h->own->typical)
    return pl_grid_within(h->g, h->r, h->own->start[h->v], pl_grid_end(h->own, h->v));
  double const share = h->flow.share * pl_grid_hours(h->own, h->v) / pl_grid_hours(h->g, h->r);
  return fabs(share - 1) < 1e-12 ? 1 : share;
}

static void settle(pl_hold *h) {
  h->ok = h->flow.ok;
  h->r = h->flow.r;
  if (h->ok) h->share = share_of(h);
}

pl_hold pl_hold_first(const pl_grid *g, const pl_grid *own, int v) {
  pl_hold h = {.g = g, .own = own, .v = v};
  if (g == own) {
    h.ok = true;
    h.r = v;
    h.share = 1;
    return h;
  }
  h.flow = pl_share_slice(g, own, v);
  settle(&h);
  return h;
}

void pl_hold_next(pl_hold *h) {
  if (h->g == h->own) {
    h->ok = false;
    return;
  }
  pl_share_next(h->g, &h->flow);
  settle(h);
}
