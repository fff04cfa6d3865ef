#ifndef PL_REPORT_VALUE_H
#define PL_REPORT_VALUE_H

#include "report/report.h"
#include "value/value.h"

/* A valuation as tables and as a page. The tables have the same columns for every case, so that
 * those kept in a run file can be read back without the valuation: a row per party, coalition,
 * agreement or subset, never a column. Money is present value unless stated otherwise. An unbounded
 * end of a range is empty; the column "range" tells which. */

typedef enum {
#define T(name, table, title) PL_VALUE_TABLE_##name,
#include "report/value_table.def"
#undef T
  PL_VALUE_TABLES
} pl_value_table;

/* One of them, without rows. */
pl_table *pl_report_value_columns(pl_value_table which, const pl_case *c, pl_arena *a);
/* All of them: table[PL_VALUE_TABLES]. s: of the joint plan. */
void pl_report_value_tables(const pl_valuation *v, const pl_schedule *s, pl_table **table,
                            pl_arena *a);
/* Append these tables to the report; none may be NULL. */
void pl_report_append(pl_report *r, int n, pl_table *const *table, pl_arena *a);

/* The page shown after valuing. facts: bottlenecks and audit of the joint plan. jobs: threads. */
void pl_report_value(const pl_valuation *v, const pl_schedule *s, const pl_report_facts *facts,
                     int jobs, pl_string *out);
/* The agreements of a run that was valued, from the tables kept in it; nothing where n is 0. */
void pl_report_valued(pl_table *const *table, int n, pl_string *out);

#endif
