#ifndef PL_REPORT_COMPARE_H
#define PL_REPORT_COMPARE_H

#include "report/report.h"

/* What changed between two reports: rows of one table matched by their texts. Columns: the texts,
 * before, after, change, relative (in %); the largest change first, results after the lines they
 * sum, unchanged rows left out. Changes within solver tolerance (1e-6 of the largest number) do not
 * count. */
pl_table *pl_report_compare(const pl_table *before, const pl_table *after, const char *column,
                            pl_arena *a);

/* For people: money and amounts of such a table in the units of the plan's page; within: the
 * uncertainty of the money. A smaller change is not proven. */
void pl_report_scale_compared(pl_table *t, const char *currency, double within, pl_arena *a);
/* The largest uncertainty of the numbers of a table of a valuation: from its column "within"; 0
 * without one. */
double pl_report_within(const pl_table *t);

#endif
