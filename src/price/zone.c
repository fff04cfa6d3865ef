/* Converts local clocks to UTC by the table zone.def. */
#include "price/zone.h"

#include <string.h>

#include "base/text.h"

typedef enum { NONE, EU } rule;

typedef struct {
  const char *name;
  int minutes;
  rule rule;
} entry;

static const entry entries[] = {
#define Z(name, minutes, rule) {name, minutes, rule},
#include "price/zone.def"
#undef Z
};
static const char *const names[] = {
#define Z(name, minutes, rule) name,
#include "price/zone.def"
#undef Z
};
enum { ZONES = sizeof entries / sizeof *entries, HOUR = 60, DAY = 24 * HOUR, SIX_DAYS = 6 * DAY };

/* One or two digits; their value, −1 if there are none. */
static int two_digits(const char **s) {
  int value = -1;
  for (int i = 0; i < 2 && **s >= '0' && **s <= '9'; i++, ++*s)
    value = (value < 0 ? 0 : value) * 10 + (**s - '0');
  return value;
}

static bool parse_offset(const char *s, pl_zone *out) {
  int const sign = *s == '-' ? -1 : 1;
  if (*s != '+' && *s != '-') return false;
  s++;
  int const hours = two_digits(&s);
  int minutes = 0;
  if (*s == ':') {
    s++;
    minutes = two_digits(&s);
  }
  if (*s || hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return false;
  *out = (pl_zone){sign * (hours * HOUR + minutes), false};
  return true;
}

bool pl_zone_find(const char *name, pl_zone *out) {
  for (int i = 0; i < ZONES; i++) {
    if (strcmp(entries[i].name, name) != 0) continue;
    *out = (pl_zone){entries[i].minutes, entries[i].rule == EU};
    return true;
  }
  return parse_offset(name, out);
}

pl_status pl_zone_want(const char *name, pl_place at, pl_arena *a, pl_zone *out, pl_diag *diag) {
  if (pl_zone_find(name, out)) return PL_OK;
  const char *nearest = pl_text_nearest(name, names, ZONES);
  pl_status const status =
      pl_fail(diag, PL_NAME, at, "there is no time zone '%s'", pl_text_safe(a, name, strlen(name)));
  if (nearest) pl_hint(diag, "did you mean '%s'?", nearest);
  if (!nearest) pl_hint(diag, "a fixed offset such as +04:00 may be written instead");
  return status;
}

/* 01:00 UTC on the last Sunday of month. */
static pl_time turn(int year, int month) {
  pl_time const next = pl_time_of(year, month + 1, 1);
  pl_time const monday =
      pl_step_floor(PL_WEEK, next - DAY); /* of the week that holds the month's last day */
  pl_time const sunday = monday + SIX_DAYS < next ? monday + SIX_DAYS : monday - DAY;
  return sunday + HOUR;
}

static bool is_summer(pl_time utc) {
  int year, month, day, minute;
  pl_time_civil(utc, &year, &month, &day, &minute);
  if (month != 3 && month != 10) return month > 3 && month < 10;
  return month == 3 ? utc >= turn(year, 3) : utc < turn(year, 10);
}

pl_time pl_zone_local(pl_zone zone, pl_time utc) {
  return utc + zone.minutes + (zone.summer && is_summer(utc) ? HOUR : 0);
}

int pl_zone_utc(pl_zone zone, pl_time local, pl_time utc[2]) {
  pl_time const winter = local - zone.minutes, summer = winter - HOUR;
  int n = 0;
  if (zone.summer && is_summer(summer)) utc[n++] = summer;
  if (!zone.summer || !is_summer(winter)) utc[n++] = winter;
  return n;
}
