#ifndef PL_UNIT_UNIT_H
#define PL_UNIT_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/diag.h"
#include "base/text.h"

/* Units of measurement: a closed table (unit.def), since the symbols of the trade clash with
 * general ones (kt is a kilotonne here, not a knot). The only place that converts units. Inside the
 * program every dimension has one unit: t, MWh, m3, km, hour, piece and one for each currency; a
 * price in EUR/t becomes one in USD/t only through a quotation of the exchange rate. */

typedef enum {
#define D(name, inside) PL_DIM_##name,
#include "unit/dimension.def"
#undef D
  PL_DIMS
} pl_dim_name;

typedef struct { /* exponents, e.g. USD/t = {USD: 1, MASS: −1} */
  int8_t of[PL_DIMS];
} pl_dim;

/* A unit as written. Calendar units (month, quarter, year) have no constant length: they are not in
 * factor and dim.TIME but counted in calendar[], and the grid multiplies (265 kt/year: factor 1000,
 * dim MASS, calendar[PL_YEAR] −1). */
typedef struct {
  pl_dim dim;                /* time exponent counts hours only; see pl_measure_dim */
  int8_t calendar[PL_STEPS]; /* exponents; only MONTH, QUARTER, YEAR are ever nonzero */
  double factor;             /* inside value = written value × factor */
  int8_t named[PL_STEPS];    /* exponents of the steps that are named, hours, days and weeks (which
                                are in factor and dim as well) beside the calendar's */
} pl_measure;

/* Parse "kt/year", "USD/t", "EUR/MWh", "t/h", "USD/(t*km)", "%", "g/t" from the start of text, as
 * far as it goes: the longest stretch that is a unit expression, *used bytes. If no known unit
 * follows a "/" or "*", it stops before that sign. false, and *used = 0, if there is no unit at the
 * start. "1" alone is the unit of plain numbers. */
bool pl_measure_parse(const char *text, size_t length, pl_measure *out, size_t *used);
/* The whole of text as a unit, or an error at its place (with "did you mean"). */
pl_status pl_measure_read(pl_span text, pl_place at, pl_measure *out, pl_diag *diag);

pl_dim pl_measure_dim(const pl_measure *m); /* with calendar exponents counted as TIME */
bool pl_measure_has_calendar(const pl_measure *m);
/* The same unit of time throughout: t/month and kt/month, but not t/d and t/month. */
bool pl_measure_same_steps(const pl_measure *a, const pl_measure *b);
/* The unit that values are kept in: inside units, with the calendar units as written,
 * "USD/t/month". */
const char *pl_measure_text(const pl_measure *m, pl_arena *a);
pl_measure pl_measure_times(pl_measure a, pl_measure b);
pl_measure pl_measure_over(pl_measure a, pl_measure b);
/* Hours-based value of one written unit when it is used over [from, to): the mean by time of
 * factor × Π (hours of the calendar step)^exponent. */
double pl_measure_over_time(const pl_measure *m, pl_time from, pl_time to);

/* The symbol of a unit that has one, "lb"; NULL for an expression or a unit with calendar units. */
const char *pl_measure_symbol(const pl_measure *m);

bool pl_dim_equal(pl_dim a, pl_dim b);
bool pl_dim_is_none(pl_dim d);
pl_dim pl_dim_times(pl_dim a, pl_dim b);
pl_dim pl_dim_over(pl_dim a, pl_dim b);
pl_dim pl_dim_of(pl_dim_name name);
/* The currency if d has exactly one, to the power 1 or −1; else −1. */
int pl_dim_currency(pl_dim d);
/* The inside unit in words, "USD/t", "t/h", "1". For messages and headers of output. */
const char *pl_dim_text(pl_dim d, pl_arena *a);
/* A value of that unit, to show how one is written: "12 USD/t", "12 t/h or 12 t/month", "0.5 or
 * 50 %". */
const char *pl_dim_example(pl_dim d, pl_arena *a);

/* Every symbol, for documentation and "did you mean". */
typedef struct {
  const char *symbol, *meaning;
} pl_unit_symbol;
const pl_unit_symbol *pl_unit_symbols(int *count);

#endif
