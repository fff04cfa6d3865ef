#ifndef PL_PRICE_ZONE_H
#define PL_PRICE_ZONE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/diag.h"

/* Clocks of the places that quotations come from, with the EU's summer time: a small table
 * (zone.def), so that a case means the same on a machine without a time zone database. */
typedef struct {
  int minutes; /* east of UTC in winter */
  bool summer; /* an hour ahead in the EU's summer */
} pl_zone;

/* A name of zone.def, or a fixed offset: "+04:00", "-05:30", "+4". */
bool pl_zone_find(const char *name, pl_zone *out);
/* The same, or a complaint at at with the nearest name. */
pl_status pl_zone_want(const char *name, pl_place at, pl_arena *a, pl_zone *out, pl_diag *diag);
/* What local time on zone's clock is in UTC: 1 usually, 0 where the clock is put forward over it, 2
 * (the earlier first) where it is put back. Returns how many are in utc. */
int pl_zone_utc(pl_zone zone, pl_time local, pl_time utc[2]);
/* What zone's clock shows at utc. */
pl_time pl_zone_local(pl_zone zone, pl_time utc);

#endif
