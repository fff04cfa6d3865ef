#ifndef PL_REPORT_REPORT_H
#define PL_REPORT_REPORT_H

#include "audit/audit.h"
#include "base/text.h"
#include "explain/explain.h"
#include "plan/schedule.h"
#include "report/panel.h"
#include "text/table.h"

typedef struct {
  const char *name, *text;
} pl_fact;

/* A schedule as tables, as shown by export, store, compare and the screen. Everything lives in the
 * arena given. */
typedef struct {
  int n_tables;
  pl_table **table; /* summary, accounts, production, turnover, freight: a column per year;
                       agreements, clauses */
  int n_panels;
  int n_facts;
  pl_fact *fact;    /* what the numbers are based on: discount rate, version …; empty until
                       pl_report_state */
  pl_panel **panel; /* units, trades, shipments, stocks, balances, emissions, limits, quotations,
                       deliveries */
} pl_report;

pl_report *pl_report_make(const pl_schedule *s, pl_arena *a);
pl_report *pl_report_make_overview(const pl_schedule *s,
                                   pl_arena *a); /* the tables only, without panels */
/* Add a fact, borrowed; nothing where the text is NULL. */
void pl_report_state(pl_report *r, const char *name, const char *text, pl_arena *a);
const pl_table *pl_report_table(const pl_report *r, const char *name); /* NULL if absent */

/* The page shown after planning: accounts, production, trade, freight, the tightest constraints,
 * the audit, what to do next. Lines fit 100 columns where names allow. */
typedef struct {
  const pl_audit *audit;
  const pl_bottleneck *bottleneck; /* tightest first */
  int n_bottlenecks;
  const char *run; /* the run file, NULL = not written */
} pl_report_facts;
void pl_report_plan(const pl_schedule *s, const pl_report_facts *facts, pl_string *out);
/* The constraints as a numbered list under a heading; nothing when there are none. */
void pl_report_bottlenecks(const pl_schedule *s, const pl_bottleneck *b, int n, pl_string *out);
/* What the plan does by the hour, in sentences; docs/hours.md defines the numbers. false if nothing
 * wanted is by the hour. */
typedef struct {
  int unit, stock, site, material; /* −1 = all; site and material select goods */
  bool things, goods;              /* units and stocks; what goods are worth */
} pl_hours_wanted;
bool pl_report_hours(const pl_schedule *s, const pl_hours_wanted *w, pl_string *out);
/* The same as tables, a row per thing and year, in table[PL_HOURS_TABLES]; returns how many. */
enum { PL_HOURS_TABLES = 4 };
int pl_report_hours_tables(const pl_schedule *s, pl_table **table, pl_arena *a);
/* How near the optimum the plan is proven to be, and what that means for its numbers; nothing for a
 * linear program. */
void pl_report_proven(const pl_schedule *s, pl_string *out);
const char *pl_report_how_near(const pl_schedule *s,
                               pl_arena *a); /* only the first line of it; NULL if none */
/* "2,931 columns, 1,820 rows, 9,112 entries, no integers" */
void pl_report_size(const pl_lp *lp, pl_string *out);
/* "material balances within 2e-9 of the flows, accounts sum to the objective within 1e-07 USD, gap
 * 3e-10" */
void pl_report_audit(const pl_schedule *s, const pl_audit *audit, pl_string *out);

#endif
