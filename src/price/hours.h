#ifndef PL_PRICE_HOURS_H
#define PL_PRICE_HOURS_H

#include "base/diag.h"
#include "price/zone.h"
#include "text/files.h"

/* The hours within a month: how much of the month's mean each has. A table of factors by month and
 * hour of the local clock, and optionally a seeded disturbance around them. The mean over every UTC
 * calendar month is 1. Every factor is a function of the form and of its hour alone: it depends
 * neither on the start of the case nor on the machine. Formulas: docs/formulas.md. */
typedef struct {
  pl_zone zone;             /* the clock of the table */
  double factor[2][12][24]; /* [from Monday to Friday, at weekends][month][hour]: share of the
                               month's mean */
  double spread[12][24];    /* [month][hour] standard deviation of the disturbance, share of the
                               month's mean */
  bool has_spread;
  bool disturbed; /* by these: */
  uint64_t seed;
  double memory;     /* hours, at most PL_HOURS_MEMORY_MAX; 0 = every hour by itself */
  double spikes;     /* chance that an hour has one, 0 … 1 */
  double spike;      /* mean height, times the hour's factor */
  double below_zero; /* the share kept of what would be below 0, 0 … 1 */
} pl_hours_form;

enum { PL_HOURS_MEMORY_MAX = 336, PL_MONTH_HOURS_MAX = 744 };

/* 1 everywhere. */
void pl_hours_flat(pl_hours_form *f);
/* Reads the table from a CSV file with the columns month, hour, factor and optionally weekend and
 * spread: 288 rows, in any order. */
pl_status pl_hours_read(const char *file, pl_place place, pl_files *files, const char *by,
                        pl_arena *a, pl_hours_form *f, pl_diag *diag);

/* A form made ready: the months from … to are computed once, others each time they are needed.
 * Thread-safe. */
typedef struct pl_hours pl_hours;
pl_hours *pl_hours_new(const pl_hours_form *f, pl_time from, pl_time to, pl_arena *a);
/* The mean over [from, to), which lies in one UTC month; exactly 1 over the whole of it. */
double pl_hours_mean(const pl_hours *h, pl_time from, pl_time to);

#endif
