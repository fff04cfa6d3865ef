#ifndef PL_CLI_RESULT_JSON_H
#define PL_CLI_RESULT_JSON_H

#include "cli/cmd.h"
#include "report/report.h"
#include "store/run.h"

/* Results as members of the open object of --format json. */
void pl_write_plan(const pl_run *r, const pl_report_facts *facts, pl_json *j);
void pl_write_bottlenecks(const pl_bottleneck *b, int n, pl_json *j);
/* Tables as a list of objects each, under their names: keys are the column names with _ for
 * spaces. */
void pl_write_tables(int n, pl_table *const *table, pl_json *j);
void pl_write_audit(const pl_audit *audit, pl_json *j);
void pl_write_program(const pl_lp *lp, pl_json *j);
/* The last members of every object, and its end; false if it could not be written. */
bool pl_write_end(pl_json *j, pl_status s, const pl_diag *diag);
/* key: value, where value is a number or a text */
void pl_write_number(pl_json *j, const char *key, double x);
void pl_write_text(pl_json *j, const char *key, const char *text);

#endif
