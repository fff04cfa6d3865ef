#ifndef PL_VALUE_GRIDS_H
#define PL_VALUE_GRIDS_H

#include "value/value.h"

/* What agreements are worth when the case is planned on another grid: with another step of
 * everything that names no step of its own. The program is built anew; of a valuation only as much
 * is solved as tells grids apart: with all k agreements, and without each; and unless brief with
 * none, with each alone, and each of n parties alone. So k + 1 programs, or 2 k + n + 2. */
typedef struct {
  pl_step step;
  int n_parties, n_agreements; /* the active ones */
  double none, all; /* joint value without and with all; NAN: no plan, or not asked, and so below */
  double *account_none, *account_all; /* [n_parties] each one's own account then */
  double *apart;                      /* [n_parties] v({i}) */
  pl_agreement_worth *worth;          /* [n_agreements] without share, and without error */
  int n_cols, n_rows;
  long n_entries;
  int solves, again; /* programs; those that the solver had to run a second time for */
  double seconds;
} pl_grid_worth;

/* PL_RANGE where the step is none for the case: a day's or a finer one with typical periods. */
pl_status pl_value_on_grid_check(const pl_case *c, pl_step step, pl_diag *diag);
/* PL_RANGE so, or as pl_value_agreements; PL_STOPPED without *out. */
pl_status pl_value_on_grid(const pl_case *c, pl_step step, bool brief,
                           const pl_value_options *options, pl_arena *a, pl_grid_worth **out,
                           pl_diag *diag);

#endif
