#ifndef PL_VALUE_GRIDS_H
#define PL_VALUE_GRIDS_H

#include "value/value.h"

/* What agreements are worth when the case is planned on another grid: with another step for
 * everything without a step of its own. The program is rebuilt; of a valuation only what
 * distinguishes grids is solved: with all k agreements, and without each; and unless brief: with
 * none, with each alone, and each of n parties alone. So k + 1 programs, or 2 k + n + 2. */
typedef struct {
  pl_step step;
  int n_parties, n_agreements; /* the active ones */
  double none,
      all; /* joint value without and with all; NAN: no plan, or not solved; the same below */
  double *account_none, *account_all; /* [n_parties] each one's own account in those */
  double *apart;                      /* [n_parties] v({i}) */
  pl_agreement_worth *worth;          /* [n_agreements] without share, and without error */
  int n_cols, n_rows;
  long n_entries;
  int solves, again; /* programs; those that took a second run of the solver */
  double seconds;
} pl_grid_worth;

/* PL_RANGE where the case cannot be planned by this step: a day or finer with typical periods. */
pl_status pl_value_on_grid_check(const pl_case *c, pl_step step, pl_diag *diag);
/* PL_RANGE as above, or as pl_value_agreements; PL_STOPPED without *out. */
pl_status pl_value_on_grid(const pl_case *c, pl_step step, bool brief,
                           const pl_value_options *options, pl_arena *a, pl_grid_worth **out,
                           pl_diag *diag);

#endif
