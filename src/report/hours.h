#ifndef PL_REPORT_HOURS_H
#define PL_REPORT_HOURS_H

#include "explain/hours.h"
#include "report/reporter.h"

/* What a plan does by the hour, as tables and as sentences. Internal to report/. */
typedef struct {
  const reporter *r;
  int n_units, n_stocks, n_values;
  pl_unit_hours *unit;
  pl_stock_hours *stock;
  pl_value_hours *value; /* only if requested */
} report_hours;

report_hours *report_hours_of(const reporter *r, bool values);
const char *report_hours_year(const report_hours *h, int year); /* "2026"; "all" for the last */

/* Long tables, a row a thing and year (the last is all of the time): for export and programs. */
pl_table *report_unit_hours(const report_hours *h);
pl_table *report_stock_hours(const report_hours *h);
pl_table *report_value_hours(const report_hours *h);
pl_table *report_value_reasons(const report_hours *h);

/* The hourly input of a unit that costs most or, if none, the first of its recipe; −1. */
int report_hours_input(const report_hours *h, const pl_unit_hours *u);
/* "MW", "t/h": the measure per hour. */
const char *report_hours_rate(const char *measure, pl_arena *a);

/* The part of a plan's page on units by the hour; nothing where there are none. */
void page_unit_hours(const reporter *r, pl_string *out);

#endif
