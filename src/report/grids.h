#ifndef PL_REPORT_GRIDS_H
#define PL_REPORT_GRIDS_H

#include "text/table.h"
#include "value/grids.h"

/* What agreements are worth on several grids, side by side: grid[n], all of the case c. */

/* For programs: a row for each figure of each grid. */
pl_table *pl_report_grids_table(int n, const pl_grid_worth *const *grid, const pl_case *c,
                                pl_arena *a);
/* For people: a column a grid. */
void pl_report_grids(int n, const pl_grid_worth *const *grid, const pl_case *c, pl_string *out);

#endif
