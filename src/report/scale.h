#ifndef PL_REPORT_SCALE_H
#define PL_REPORT_SCALE_H

#include "text/table.h"

/* The unit in which the numbers of a table are shown ("size"): the one rule for money and amounts,
 * whatever is printed. A table has one size, chosen so that its largest number shows its
 * significant figures. Internal to report/. */
typedef struct {
  double factor;    /* what the size stands for: 1e6 */
  const char *unit; /* "M USD", "kt" */
  int decimals;
} report_scale;

/* USD, k USD, M USD or bn USD by the largest of the numbers; currency alone where all are 0. */
report_scale report_money_scale(double largest, const char *currency, pl_arena *a);
/* t or kt, MWh or GWh, others in millions where they are large, by the largest; the smallest that
 * is not 0 remains visible. */
report_scale report_amount_scale(double largest, double smallest, const char *unit, pl_arena *a);
/* Decimals so that the smallest price that is not 0 remains visible; at least two. */
int report_price_decimals(const pl_table *t, int col);
/* The largest number of a table's columns from … to, the last included. */
double report_largest(const pl_table *t, int from, int to);
/* Show these columns in this size. */
void report_rescale(pl_table *t, int from, int to, const report_scale *s);

/* Amounts in columns from … to, of rows whose unit is in unit_col: one size for each unit, which is
 * written to unit_col. */
void report_scale_amounts(pl_table *t, int unit_col, int from, int to);

#endif
