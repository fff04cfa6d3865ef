#ifndef PL_PRICE_ZONE_H
#define PL_PRICE_ZONE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/diag.h"

/* Local clocks for quotations, with EU summer time: a small table (zone.def), so that a case means
 * the same on a machine without a time zone database. */
typedef struct {
  int minutes; /* east of UTC in winter */
  bool summer; /* an hour ahead in the EU's summer */
} pl_zone;

/* A name of zone.def, or a fixed offset: "+04:00", "-05:30", "+4". */
bool pl_zone_find(const char *name, pl_zone *out);
/* The same, or an error at the place `at` with the nearest name. */
pl_status pl_zone_want(const char *name, pl_place at, pl_arena *a, pl_zone *out, pl_diag *diag);
/* What local time on zone's clock is in UTC: usually one time, none where the clock is put forward
 * over it, two (the earlier first) where it is put back. Returns how many are in utc. */
int pl_zone_utc(pl_zone zone, pl_time local, pl_time utc[2]);
/* The time on zone's clock at utc. */
pl_time pl_zone_local(pl_zone zone, pl_time utc);

#endif
