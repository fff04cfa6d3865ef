#ifndef PL_REPORT_REPORTER_H
#define PL_REPORT_REPORTER_H

#include "plan/schedule.h"
#include "report/panel.h"

/* What the files of report/ share while they turn one schedule into tables. Internal to report/. */
typedef struct {
  const pl_schedule *s;
  const pl_program *p;
  const pl_case *c;
  const char *currency;
  double within; /* money of the plan is known within so much: digits.h */
  pl_arena *a;
  const pl_entry **entry; /* those of column block b: entry[entry_from[b] … entry_from[b + 1]) */
  int *entry_from;        /* [n_column_blocks + 1] */
} reporter;

void report_begin(reporter *r, const pl_schedule *s, pl_arena *a);

#define REPORT_LINE(name)   (1u << PL_LINE_##name)
#define REPORT_LINES_PRICE  (REPORT_LINE(SALES) | REPORT_LINE(PURCHASES) | REPORT_LINE(ENERGY))
#define REPORT_LINES_AGREED (REPORT_LINE(AGREEMENTS) | REPORT_LINE(COMMISSION))
/* What one unit of column block b pays its party on the lines of a set, added into per_unit[count
 * of the block]; income is positive. */
void report_add_rates(const reporter *r, int block, unsigned lines, double *per_unit);
/* The same for one party's money alone, where both sides of an agreement have entries. */
void report_add_rates_of(const reporter *r, int block, int party, unsigned lines, double *per_unit);

/* The same of what is paid under one clause of an agreement, a field of it. */
void report_add_rates_under(const reporter *r, int block, int party, int clause, double *per_unit);

/* What runs on a unit: the unit's own, or somebody's under a toll or a venture. */
typedef struct {
  int unit, process;
  double use;    /* capacity that one unit of product takes */
  int agreement; /* -1 = the unit's own */
} report_run;
bool report_is_run(const reporter *r, const pl_block *b, report_run *out);

const char *report_party(const reporter *r, int party); /* NULL for −1 */
const char *report_material_unit(const reporter *r, int material);
/* What a person counts a material in: the unit that the case declares it in, and how much of the
 * inside unit one of it is. */
typedef struct {
  const char *unit;
  double factor;
} report_own_unit;
report_own_unit report_own_unit_of(const reporter *r, int material);
/* Add a series of a material, counted in the unit of the case for people. */
pl_series *report_add_of(const reporter *r, pl_panel *p, const char *const *key, int material,
                         const pl_grid *grid);
bool report_is_whole(const reporter *r, const pl_grid *grid);
/* Money of the middle of slice v that a dual of discounted money comes to: one more unit is worth
 * so much then. */
double report_worth(const reporter *r, const pl_grid *grid, int v, double dual);

const char *report_agreement_kind(const reporter *r, int agreement); /* "supply" */

/* one file a topic */
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
pl_table *report_typical(const reporter *r); /* of a case that has typical days */
bool report_has_reserves(const reporter *r); /* else there is no such panel */

#endif
