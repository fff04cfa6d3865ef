/* What typical days or weeks require of the rest of a case. */
#include <math.h>

#include "case/reading.h"

static bool said(const pl_reading *r, int field) {
  return r->c->calendar.said && r->c->calendar.said[field].line > 0;
}

static void check_count(pl_reading *r, int field, double count) {
  if (said(r, field) && isfinite(count) && count != floor(count))
    (void)pl_fail(r->diag, PL_RANGE, r->c->calendar.said[field], "'%s' requires a whole number",
                  pl_calendar_noun.field[field].key);
}

static void check_head(pl_reading *r) {
  static const int more[] = {PL_calendar_typical_of, PL_calendar_typical_keep,
                             PL_calendar_typical_by};
  const pl_calendar *head = &r->c->calendar;
  bool const days = said(r, PL_calendar_typical_days), weeks = said(r, PL_calendar_typical_weeks);
  check_count(r, PL_calendar_typical_days, head->typical_days);
  check_count(r, PL_calendar_typical_weeks, head->typical_weeks);
  if (days && weeks)
    (void)pl_fail(r->diag, PL_SYNTAX, head->said[PL_calendar_typical_weeks],
                  "a case may have typical days or typical weeks, not both");
  for (int i = 0; i < 3 && !days && !weeks; i++)
    if (said(r, more[i]))
      (void)pl_fail(r->diag, PL_SYNTAX, head->said[more[i]],
                    "'%s' requires 'typical days' or 'typical weeks'",
                    pl_calendar_noun.field[more[i]].key);
}

static void check_midnight(pl_reading *r, pl_time t, int field) {
  enum { DAY = 24 * 60 };
  if (t % DAY != 0)
    (void)pl_fail(r->diag, PL_RANGE, r->c->calendar.said[field],
                  "with typical days or weeks the case must begin and end at midnight");
}

/* A typical day represents days all over the month: there is no day after it on which goods could
 * arrive. */
static void check_lane(pl_reading *r, const pl_lane *l) {
  if (l->time.months == 0 && l->time.minutes == 0) return;
  for (int i = 0; i < l->moves.n; i++) {
    int const material = l->moves.index[i];
    if (pl_material_step(r->c, material) > PL_DAY) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, l->said[PL_lane_time],
                  "'%s' is counted by the %s, and with typical days or weeks such goods cannot be "
                  "under way: use a longer step, or remove the lane's 'time'",
                  r->c->materials[material].name, pl_step_name(pl_material_step(r->c, material)));
  }
}

void pl_check_typical(pl_reading *r) {
  check_head(r);
  if (!said(r, PL_calendar_typical_days) && !said(r, PL_calendar_typical_weeks)) return;
  check_midnight(r, r->c->from, PL_calendar_from);
  check_midnight(r, r->c->to, PL_calendar_to);
  for (int i = 0; i < r->c->n_lanes; i++) check_lane(r, &r->c->lanes[i]);
}
