#ifndef PL_BASE_CALENDAR_H
#define PL_BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Dates, steps and durations. All times are minutes since 1970-01-01T00:00 UTC in the proleptic
 * Gregorian calendar; years 1600 to 2400. No time zones here: quotations kept in a zone are
 * converted to UTC where they are read (price/zone.h). */
typedef int64_t pl_time;

/* Finer steps first. */
typedef enum {
  PL_QUARTER_HOUR,
  PL_HOUR,
  PL_DAY,
  PL_WEEK,
  PL_HALF_MONTH, /* from the 1st and from the 16th */
  PL_MONTH,
  PL_QUARTER,
  PL_YEAR,
  PL_STEPS
} pl_step;
const char *pl_step_name(pl_step s); /* "month" */
/* −1 unless quarter-hour, hour, day, week, half-month, month, quarter, year (or 15 min, h, d) */
int pl_step_find(const char *name, size_t length);

/* At 00:00. Month and day may run over: month 13 is the next January. */
pl_time pl_time_of(int year, int month, int day);
void pl_time_civil(pl_time t, int *year, int *month, int *day, int *minute_of_day);
/* "2026", "2026-Q2", "2026-W05" (ISO week), "2026-03", "2026-03-15", "2026-03-15T07:00",
 * "2026-03-15T07:15": its start in *out, and how fine it was written in *step. false if it is not a
 * date or outside 1600…2400. */
bool pl_time_parse(const char *text, size_t length, pl_time *out, pl_step *step);
/* The same forms; buf ≥ 32. */
size_t pl_time_format(pl_time t, pl_step step, char *buf, size_t size);

/* The start of the step that holds t. Weeks begin on Monday. */
pl_time pl_step_floor(pl_step s, pl_time t);
/* n steps later than t, which is a step's start. */
pl_time pl_step_add(pl_step s, pl_time t, int n);
/* The length of the step that holds t: 8760 or 8784 for a year. */
double pl_step_hours(pl_step s, pl_time t);

/* A duration as people write it: "12 d", "3 months", "P7D", "P3M", "PT36H", "2 weeks". Whole months
 * and a rest in minutes. */
typedef struct {
  int months;
  int64_t minutes;
} pl_duration;
bool pl_duration_parse(const char *text, size_t length, pl_duration *out);
pl_time pl_time_after(pl_time t, pl_duration d);
double pl_duration_days(pl_duration d); /* a month counts 365.2425/12 days */

#endif
