#ifndef PL_REPORT_DIGITS_H
#define PL_REPORT_DIGITS_H

#include "report/scale.h"

/* How many digits a number supports: the one rule for all money on a page (decision 22). A number
 * is known within so much: another plan that is as good, as far as is proven, may bring it so far
 * from what is shown; 0: only rounding is left of it. The last digit shown is the first whose unit
 * is no smaller, so that two such plans differ in it by one at most. Whoever knows of another error
 * of a figure hands in the larger. Internal to report/. */

/* Digits after the point, at most `decimals`; below 0: tens, hundreds. The first digit of the
 * largest number always shows. All in the size that is shown. */
int report_digits(double within, double largest, int decimals);
/* Money in the size of the largest, with the digits that it supports. */
report_scale report_known_scale(double largest, double within, const char *currency, pl_arena *a);
/* Is it no more than what is left open: neither a gain nor a loss? Never where within is 0. */
bool report_is_open(double x, double within);
/* "31 k USD": two digits, rounded up; where it has its own size. */
const char *report_within(double within, const char *currency, pl_arena *a);
/* "0.02 %": the same of a share. */
const char *report_share(double within, pl_arena *a);
/* What is known within so much, in a sentence or a cell: "427.5", "± 0.4" where it is open. */
const char *report_known(double x, double within, int decimals, pl_arena *a);
/* The columns of numbers of a table, with what each cell [n_rows × n_cols] is known within in the
 * size that is shown: the digits of a column are those of its least known number. A difference
 * (columns of the set differences, bit k = column k) that is open says "± 0.4"; one that is not,
 * and is too small for the column's digits, shows its first. */
void report_show_known(pl_table *t, const double *within, unsigned differences, int decimals);

#endif
