#ifndef PL_REPORT_SPANS_H
#define PL_REPORT_SPANS_H

#include "report/reporter.h"

/* The years of a case as the columns of a table: each its own, or several joined where a page has
 * no room for all. */
typedef struct {
  int n;
  const char **name; /* [n] "2026", "2026–28" */
  int *of_year;      /* [n_years] */
  const pl_grid *years;
} pl_spans;

void report_spans(const reporter *r, int most, pl_spans *out); /* most ≥ 1 */
/* Add value i of a series (amounts, not rates) up into spans: by_span[n] is added to. Empty values
 * are skipped. */
void report_add_by_span(const pl_spans *spans, const pl_series *s, int value, double *by_span);

/* Is anything paid after the case's end? Then tables of money have a column "later" behind the
 * spans. */
bool report_has_later(const reporter *r);
/* Tables with a column per span. Money in the currency, amounts in the case's own units. */
pl_table *report_accounts(const reporter *r, const pl_spans *spans);
pl_table *report_earned(const reporter *r, const pl_spans *spans);
pl_table *report_summary(const reporter *r, const pl_spans *spans);
pl_table *report_production(const reporter *r, const pl_spans *spans, const pl_panel *units);
/* direction "bought", "sold" or NULL for both */
pl_table *report_turnover(const reporter *r, const pl_spans *spans, const pl_panel *trades,
                          const char *direction);
pl_table *report_agreed(const reporter *r, const pl_spans *spans, const pl_panel *deliveries);
pl_table *report_freight(const reporter *r, const pl_spans *spans, const pl_panel *shipments);

/* One agreement over all of the time: the minimum to take or pay, what is delivered, made or sold,
 * what is paid and not taken; and undiscounted money: at the price, credited, and paid by the taker
 * in total. */
typedef struct {
  double obliged, flow, not_taken, price_money, credits, paid;
} report_agreed_sum;
report_agreed_sum report_agreement_in_all(const reporter *r, int agreement);
/* One row per agreement and year; the clauses that do not affect the plan. */
pl_table *report_agreements(const reporter *r);
pl_table *report_clauses(const reporter *r);
pl_table *report_outages(const reporter *r);

#endif
