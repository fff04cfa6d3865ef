#ifndef PL_REPORT_DIGITS_H
#define PL_REPORT_DIGITS_H

#include "report/scale.h"

/* How many digits of a number are shown: the one rule for all money on a page (decision 22).
 * "within" is a number's uncertainty: another plan within the proven gap may change it by this
 * much; 0: only rounding. The last digit shown is the first whose unit is not smaller than within,
 * so that two such plans differ in it by at most one. A caller that knows of another error of a
 * figure passes the larger one. Internal to report/. */

/* Digits after the point, at most `decimals`; below 0: tens, hundreds. The first digit of the
 * largest number is always shown. All in the unit that is shown. */
int report_digits(double within, double largest, int decimals);
/* Money in the unit that suits the largest number, with its significant digits. */
report_scale report_known_scale(double largest, double within, const char *currency, pl_arena *a);
/* Is it within the uncertainty, so neither a gain nor a loss? Never where within is 0. */
bool report_is_open(double x, double within);
/* "31 k USD": two digits, rounded up, in a unit of its own. */
const char *report_within(double within, const char *currency, pl_arena *a);
/* "0.02 %": the same for a share. */
const char *report_share(double within, pl_arena *a);
/* A number with its uncertainty, in a sentence or a cell: "427.5", "± 0.4" where it is open. */
const char *report_known(double x, double within, int decimals, pl_arena *a);
/* The columns of numbers of a table, with the uncertainty of each cell [n_rows × n_cols] in the
 * unit that is shown: the digits of a column are those of its most uncertain number. A difference
 * (columns of the set differences, bit k = column k) that is open says "± 0.4"; one that is not
 * open, but too small for the column's digits, shows its first digit. */
void report_show_known(pl_table *t, const double *within, unsigned differences, int decimals);

#endif
