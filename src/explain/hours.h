#ifndef PL_EXPLAIN_HOURS_H
#define PL_EXPLAIN_HOURS_H

#include "plan/schedule.h"

/* What a plan does by the hour, added up by calendar year: how long units run and what they earn,
 * how often stocks turn over, how the value of goods is distributed over the hours and what sets
 * it. Hours are those that slices represent (pl_grid_hours); money is undiscounted, so that every
 * hour counts the same. A thing is by the hour if its grid is finer than a day. With on/off
 * decisions values hold for fixed decisions. docs/hours.md defines every number. */

bool pl_explain_is_hourly(const pl_grid *g);
/* Too many periods to list one by one: finer than a month, and more than sixty. */
bool pl_explain_is_fine(const pl_grid *g);
/* How many years the case has: calendar years if it has whole ones, else computed from its
 * hours. */
double pl_explain_years(const pl_schedule *s);

typedef struct {     /* a unit in one year, or over all of the time */
  double hours;      /* of the year that lie in the case */
  double run;        /* hours on */
  double full, low;  /* hours on at full available capacity; at minimum load, where that is less */
  double starts;     /* how often it is switched on */
  double marginal;   /* hours on between minimum and full load, with no ramp binding */
  double dearer;     /* hours in which what it makes is worth more than making it costs */
  double ramped;     /* hours into which its ramp binds */
  double load, most; /* capacity units: Σ run × use, and available capacity; most 0 = no bound */
  double most_on;    /* available capacity in the hours on */
  double earned, starts_cost; /* money: at the values of the site, after starts_cost */
  double capacity_worth;      /* money for 1 more capacity unit per hour, all year */
  double turndown_worth;      /* … for a minimum load lower by 1 capacity unit per hour */
  double ramp_worth;          /* … for a ramp wider by 1 capacity unit per hour, each hour */
  double taken, paid, even;   /* of what a load takes by the hour: internal units; its value when
                                 taken; its value if taken evenly */
} pl_unit_year;

typedef struct {
  int unit;
  const pl_grid *grid;
  const char *measure;  /* capacity units: "MWh", "t", "h" */
  int load_of;          /* the hourly material that it takes to make something balanced over longer
                           periods, −1 */
  pl_unit_year *year;   /* [n_years + 1], the last: all of the time */
  double *made, *taken; /* [(n_years + 1) × n_materials] inside units */
} pl_unit_hours;

/* The units whose own grid is finer than a day and that something runs on; how many. */
int pl_explain_unit_hours(const pl_schedule *s, pl_arena *a, pl_unit_hours **out);

typedef struct { /* a stock in one year, or in all */
  double hours;
  double in, out;          /* internal units, as seen by the site */
  double filling, drawing; /* hours */
  double cost, earned;     /* money: value at the site of what went in and came out, at the time */
  double cycles;           /* out / (capacity − minimum); NAN = no capacity */
  double capacity_worth;   /* money for 1 more internal unit of capacity, all year */
  double fill_worth, draw_worth; /* … for 1 more per hour */
} pl_stock_year;

typedef struct {
  int stock;
  const pl_grid *grid;
  pl_stock_year *year; /* [n_years + 1] */
} pl_stock_hours;

int pl_explain_stock_hours(const pl_schedule *s, pl_arena *a, pl_stock_hours **out);

enum { PL_CLOCK_HOURS = 24, PL_CLOCK = 12 * PL_CLOCK_HOURS };

typedef struct
{ /* what one more unit of a material is worth, in one year or over all of the time */
  double hours;
  double mean, least, most;
  double p5, p50, p95;   /* not exceeded in 5, 50, 95 % of the hours */
  double not_above_zero; /* hours */
} pl_value_year;

typedef struct { /* hours in which the value has the same reason */
  const char *reason;
  double hours, value; /* value: mean */
} pl_setter;

typedef struct { /* a material at a place whose balance has fine periods */
  int site, material, party;
  pl_value_year *year; /* [n_years + 1], the last: all of the time */
  int n_setters;       /* most hours first */
  pl_setter *setter;
  bool hourly; /* else the clock is empty */
  /* by month and hour of the day, in UTC: [(month − 1) × PL_CLOCK_HOURS + hour] */
  double clock_hours[PL_CLOCK], clock_mean[PL_CLOCK];
} pl_value_hours;

int pl_explain_value_hours(const pl_schedule *s, pl_arena *a, pl_value_hours **out);

#endif
