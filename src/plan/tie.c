/* The costs that break ties between plans of equal value. */
#include "plan/program.h"

/* Money per unit, far below any price: enough to break a tie and too little to change a
 * decision. */
const double pl_program_tie = 1e-3;

double pl_program_tie_of(const pl_block *k) {
  if (k->kind == PL_COLUMN_MISSING || k->kind == PL_COLUMN_DEFICIT) return pl_program_tie;
  return k->kind == PL_COLUMN_CALLED ? pl_program_tie / 2 : 0;
}

void pl_program_break_ties(const pl_program *p, double *cost) {
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *k = &p->columns[i];
    double const tie = pl_program_tie_of(k);
    for (int v = 0; tie > 0 && v < k->count; v++) cost[k->first + v] += tie;
  }
}

double pl_program_ties(const pl_program *p, const double *col_value) {
  double sum = 0;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *k = &p->columns[i];
    double const tie = pl_program_tie_of(k);
    for (int v = 0; tie > 0 && v < k->count; v++) sum += tie * col_value[k->first + v];
  }
  return sum;
}
