#ifndef PL_REPORT_PAGE_H
#define PL_REPORT_PAGE_H

#include "report/reporter.h"

/* Shared by the text pages. Internal to report/. */

enum { PAGE_WIDTH = 100, PAGE_NUMBER = 48 };

/* "1,234.5" in the arena: for sentences of several numbers. */
const char *page_text(double x, int decimals, pl_arena *a);
/* "57.6 kt": an amount in internal units, shown in a readable unit. */
const char *page_amount(double x, const char *unit, pl_arena *a);
/* The title line of a case, without its end: "Name, scenario x, 2026-01 … 2027-12, USD, present
 * value at 9 %/year". */
void page_title(const reporter *r, pl_string *out);
/* Which typical days were chosen and how well they represent the others; nothing where every day is
 * planned. */
void page_typical(const reporter *r, pl_string *out);
/* How near the optimum the plan is proven to be; nothing for a linear program. */
void page_proven(const reporter *r, pl_string *out);
void page_blank_repeats(pl_table *t); /* repeated names in the first column are shown once */

/* For each agreement the total obligation, amount taken and amount paid; and a toll's fee and
 * credits. */
void page_agreed(const reporter *r, pl_string *out);
bool page_agreement_costs(const reporter *r,
                          const char *name); /* also where nothing is taken under it */
/* Take or pay and shortfalls in sentences, and clauses that are not planned with the reason;
 * nothing where there are none. */
void page_ledger(const reporter *r, pl_string *out);
void page_clauses(const reporter *r, pl_string *out);
void page_outages(const reporter *r, pl_string *out); /* where each was placed */

#endif
