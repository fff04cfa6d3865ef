#ifndef PL_REPORT_REPORTER_H
#define PL_REPORT_REPORTER_H

#include "plan/schedule.h"
#include "report/panel.h"

/* Shared by the files of report/ that turn a schedule into tables. Internal to report/. */
typedef struct {
  const pl_schedule *s;
  const pl_program *p;
  const pl_case *c;
  const char *currency;
  double within; /* uncertainty of the plan's money: digits.h */
  pl_arena *a;
  const pl_entry **entry; /* those of column block b: entry[entry_from[b] … entry_from[b + 1]) */
  int *entry_from;        /* [n_column_blocks + 1] */
} reporter;

void report_begin(reporter *r, const pl_schedule *s, pl_arena *a);

#define REPORT_LINE(name)   (1u << PL_LINE_##name)
#define REPORT_LINES_PRICE  (REPORT_LINE(SALES) | REPORT_LINE(PURCHASES) | REPORT_LINE(ENERGY))
#define REPORT_LINES_AGREED (REPORT_LINE(AGREEMENTS) | REPORT_LINE(COMMISSION))
/* What one unit of column block b pays its party on a set of lines, added to per_unit[count of the
 * block]; income is positive. */
void report_add_rates(const reporter *r, int block, unsigned lines, double *per_unit);
/* The same for one party's money alone, where both sides of an agreement have entries. */
void report_add_rates_of(const reporter *r, int block, int party, unsigned lines, double *per_unit);

/* The same for what is paid under one clause, a field, of an agreement. */
void report_add_rates_under(const reporter *r, int block, int party, int clause, double *per_unit);

/* What runs on a unit: the unit's own, or somebody's under a toll or a venture. */
typedef struct {
  int unit, process;
  double use;    /* capacity used per unit of product */
  int agreement; /* -1 = the unit's own */
} report_run;
bool report_is_run(const reporter *r, const pl_block *b, report_run *out);

const char *report_party(const reporter *r, int party); /* NULL for −1 */
const char *report_material_unit(const reporter *r, int material);
/* The unit in which the case declares a material, for people, and how many internal units it
 * equals. */
typedef struct {
  const char *unit;
  double factor;
} report_own_unit;
report_own_unit report_own_unit_of(const reporter *r, int material);
/* Add a series of a material, shown in the unit of the case. */
pl_series *report_add_of(const reporter *r, pl_panel *p, const char *const *key, int material,
                         const pl_grid *grid);
bool report_is_whole(const reporter *r, const pl_grid *grid);
/* A dual of discounted money, converted to money of the middle of slice v: what one more unit is
 * worth then. */
double report_worth(const reporter *r, const pl_grid *grid, int v, double dual);

const char *report_agreement_kind(const reporter *r, int agreement); /* "supply" */

/* one file per topic */
pl_panel *report_units(const reporter *r);
pl_panel *report_trades(const reporter *r);
pl_panel *report_shipments(const reporter *r);
pl_panel *report_stocks(const reporter *r);
pl_panel *report_balances(const reporter *r);
pl_panel *report_emissions(const reporter *r);
pl_panel *report_limits(const reporter *r);
pl_panel *report_quotations(const reporter *r);
pl_panel *report_deliveries(const reporter *r);
pl_panel *report_reserves(const reporter *r);
pl_table *report_typical(const reporter *r); /* for a case with typical days */
bool report_has_reserves(const reporter *r); /* else there is no such panel */

#endif
