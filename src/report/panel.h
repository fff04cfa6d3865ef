#ifndef PL_REPORT_PANEL_H
#define PL_REPORT_PANEL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/grid.h"
#include "text/table.h"

/* Things over periods, each thing on its own grid: most of a plan's data. A panel becomes a long
 * table (one row per thing and period), a sheet, or one variable per series, as the writer chooses.
 * It lives in the arena it was created in. */

typedef struct {
  const char *name;
  const char
      *unit;    /* "#" stands for the series' own unit, "$" for the currency: "$/#"; "" = none */
  int decimals; /* for people: decimals */
} pl_measured;

typedef struct {    /* one thing */
  const char **key; /* [n_keys] its names, NULL = none */
  const char *unit; /* its amounts are counted in this: "t" */
  const char *own;  /* the case's own unit, "lb", for people; and how many of unit that is */
  double own_factor;
  const pl_grid *grid;
  bool whole;    /* its only slice is all of the time */
  double *value; /* [n_values * grid->n], each value's periods together; NAN = none */
} pl_series;

typedef struct {
  const char *name, *title, *currency;
  int n_keys, n_values, n_series, capacity;
  const char *const *key;   /* [n_keys] names of what identifies a series; borrowed */
  const pl_measured *value; /* [n_values] borrowed */
  pl_series *series;
  pl_arena *arena;
} pl_panel;

pl_panel *pl_panel_new(pl_arena *a, const char *name, const char *title, const char *currency,
                       const char *const *key, int n_keys, const pl_measured *value, int n_values);
/* Add a thing, with all values NAN; valid until the next call. key[n_keys] is copied, its texts are
 * borrowed. */
pl_series *pl_panel_add(pl_panel *p, const char *const *key, const char *unit, const pl_grid *grid,
                        bool whole);
static inline double *pl_series_values(const pl_series *s, int value) {
  return s->value + (size_t)value * (size_t)s->grid->n;
}

/* The unit of a value of a series: "USD/t". */
const char *pl_panel_unit(const pl_panel *p, int value, const pl_series *s, pl_arena *a);
/* Finer than a day: too long for one row per period in a database. */
bool pl_series_is_dense(const pl_series *s);
/* "2026-03", or "2026-01 … 2030-12" when it is all of the time. buf ≥ 80. */
const char *pl_series_period(const pl_series *s, int v, char *buf, size_t size);
/* One row per thing and period, with the unit in a column of its own where it differs between
 * things. Dense series only if requested. */
pl_table *pl_panel_to_table(const pl_panel *p, bool dense_too, pl_arena *a);

#endif
