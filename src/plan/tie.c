/* The costs that break ties between plans of equal value. */
#include "plan/program.h"

/* Money per unit, far below any price: enough to break a tie and too little to change a
 * decision. */
const double pl_program_tie = 1e-3;

double pl_program_tie_of(const pl_block *block) {
  if (block->kind == PL_COLUMN_MISSING || block->kind == PL_COLUMN_DEFICIT) return pl_program_tie;
  return block->kind == PL_COLUMN_CALLED ? pl_program_tie / 2 : 0;
}

void pl_program_break_ties(const pl_program *p, double *cost) {
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    double const tie = pl_program_tie_of(block);
    for (int v = 0; tie > 0 && v < block->count; v++) cost[block->first + v] += tie;
  }
}

double pl_program_ties(const pl_program *p, const double *col_value) {
  double sum = 0;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    double const tie = pl_program_tie_of(block);
    for (int v = 0; tie > 0 && v < block->count; v++) sum += tie * col_value[block->first + v];
  }
  return sum;
}
