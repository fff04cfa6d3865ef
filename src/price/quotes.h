#ifndef PL_PRICE_QUOTES_H
#define PL_PRICE_QUOTES_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/diag.h"
#include "price/formula.h"
#include "price/hours.h"
#include "text/files.h"
#include "unit/unit.h"

/* The quotations of a case: dated series with a unit, constants, and formulas over other
 * quotations. Names have letters, digits, - and . ("LME.AL", "EUA", "FX.USD.EUR"). A series is a
 * step function: a value holds from its date until the next one's, or for its step. */
typedef enum {
  PL_BEYOND_ERROR,
  PL_BEYOND_HOLD,
  PL_BEYOND_REPEAT
} pl_beyond; /* after the last value: an error, it holds, or the last 12 months (or days…) repeat */

typedef struct {
  const char *name;
  pl_place place;  /* where it is declared */
  pl_measure unit; /* as written. Factor 0 with a formula = whatever the formula is */
  pl_beyond beyond;
  pl_formula *formula; /* not NULL: values come from it and the arrays are empty */
  const pl_hours
      *hours; /* not NULL: the formula gives the mean of every UTC month, and this its hours */
  int n;
  pl_time *from; /* [n] ascending, UTC */
  pl_time until; /* end of the last value's step */
  double *value; /* [n] as written × the unit's factor; its calendar units are resolved at the time
                    at which a value is used, as those of a number in a formula are; NAN = a gap */
  const char *file; /* the CSV it came from, NULL if inline */
  int *line;        /* [n] lines in file, or NULL */
} pl_quotation;

pl_quotes *pl_quotes_new(pl_arena *a, int currency /* pl_dim_name of the case */);
/* Adds one; a name that exists or is a unit's symbol or a function's name is an error. The struct
 * is copied. */
pl_status pl_quotes_add(pl_quotes *q, const pl_quotation *series, pl_diag *diag);
/* Declare the quotation that turns one unit of currency into the case's (its unit must be
 * CASE/currency or currency/CASE). */
pl_status pl_quotes_exchange(pl_quotes *q, int currency, const char *quotation, pl_place at,
                             pl_diag *diag);
/* Whether quotation i is part of an exchange rate, itself or through a formula. After
 * pl_quotes_finish. */
bool pl_quotes_is_exchange(const pl_quotes *q, int i);
/* After the last add: resolves formulas between quotations (cycles are errors) and checks their
 * units. */
pl_status pl_quotes_finish(pl_quotes *q, pl_diag *diag);

int pl_quotes_count(const pl_quotes *q);
const pl_quotation *pl_quotes_at(const pl_quotes *q, int i);
int pl_quotes_find(const pl_quotes *q, const char *name, size_t length); /* −1 */
int pl_quotes_currency(const pl_quotes *q);
/* A copy that shares everything but the values, for price scenarios: change them with
 * pl_quotes_values. */
pl_quotes *pl_quotes_fork(const pl_quotes *q, pl_arena *a);
double *pl_quotes_values(pl_quotes *q, int i); /* [n] of series i, in a fork */

/* Whether its values depend on the month, quarter or year in which they are used. */
bool pl_quotation_has_calendar(const pl_quotation *q);

/* Mean of series i over [from, to), in inside units, time-weighted; NAN if any part is missing.
 * Fast for repeated ascending queries. */
double pl_quotes_mean(const pl_quotes *q, int i, pl_time from, pl_time to);

/* Reads the values of a quotation from a CSV file whose first column is "date", from the column
 * with the header "NAME [unit]" or "NAME". zone: "UTC", "CET", "EET", "+02:00", or an IANA name of
 * the Europe/Asia zones the trade needs (zone.def); the times of series finer than a day are local
 * there. step −1 = from the dates' own form. Fills unit (from the header if unit_in is NULL),
 * arrays, file, line. Errors: unknown column (did you mean), no unit, dates out of order or
 * repeated, gaps (a missing step), cells that are not numbers. */
typedef struct pl_quotation_source { /* what the case specifies about the file */
  const char *file, *column, *zone;
  pl_place file_place, column_place, zone_place;
  const pl_measure *unit; /* NULL = as in the header */
  int step;               /* pl_step, or -1 */
  struct pl_csv **table; /* the table of the previous call, so that a file of many columns is parsed
                            once; NULL = not kept */
} pl_quotation_source;
pl_status pl_quotation_read(const pl_quotation_source *from, pl_files *files, const char *by,
                            pl_arena *a, pl_quotation *out, pl_diag *diag);

#endif
