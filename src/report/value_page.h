#ifndef PL_REPORT_VALUE_PAGE_H
#define PL_REPORT_VALUE_PAGE_H

#include "report/valuer.h"

/* The page that `potline value` prints, in parts: tables whose numbers are money, each with its
 * uncertainty. Internal to report/. */

pl_col valuer_number_column(const char *name, int decimals);
pl_col valuer_text_column(const char *name);
pl_table *valuer_table(const valuer_view *u, const pl_col *col, int n);
void valuer_add_table(const pl_table *t, const char *heading, pl_string *out);
/* The uncertainty of each cell of a table of that many rows: 0 at first. */
double *valuer_within(const valuer_view *u, const pl_table *t, int rows);
/* The set of columns from the k-th on, and of one alone. */
unsigned valuer_columns_from(int k);
unsigned valuer_column(int k);
/* The numbers of a table are money in the currency: show them in one size, with their significant
 * digits. Returns the size's unit. */
const char *valuer_scale_money(const valuer_view *u, pl_table *t, double *within,
                               unsigned differences);

bool valuer_is_partial(const valuer_view *u); /* stopped before all was valued */

typedef struct {
  const char *one, *other;
  int at;
} valuer_titled;
/* A list that is cut short shows the first names, so that the case's order does not decide
 * which. */
void valuer_sort_titled(valuer_titled *list, int n, int most);

/* value_parties.c: who gains by all agreements, and how the gain may be split */
void valuer_add_parties(const valuer_view *u, pl_string *out);
void valuer_add_stability(const valuer_view *u, pl_string *out);
void valuer_add_transfers(const valuer_view *u, pl_string *out);
/* value_worth.c: what each agreement is worth, and prices at which both sides gain */
void valuer_add_worth(const valuer_view *u, pl_string *out);
void valuer_add_prices(const valuer_view *u, pl_string *out);
void valuer_add_pairs(const valuer_view *u, pl_string *out);

#endif
