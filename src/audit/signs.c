/* Independent check of signs: nothing is run, moved, traded, held or missing in a negative amount.
 * The other checks add amounts up, and a negative one would hide in a sum. */
#include <math.h>

#include "audit/walk.h"
#include "plan/words.h"

static const double rounding = 1e-6; /* of the block's largest amount */

/* What a unit uses beyond its recipe at part load may be negative, and APART is free while the
 * agreement is not in force. */
static bool may_be_negative(const pl_block *block) {
  return pl_block_moves(block) == PL_MOVES_EXTRA || block->kind == PL_COLUMN_APART;
}

static void check_block(pl_audit_walk *w, const pl_block *block) {
  const double *x = pl_audit_amounts(w, block);
  double most = 1;
  for (int v = 0; v < block->count; v++) most = fmax(most, fabs(x[v]));
  pl_audit_subject const about = pl_audit_about(
      w, pl_words_noun(block, false), block->thing, -1,
      pl_arena_printf(w->scratch, "the sign of '%s'", pl_block_facts(block, false)->word));
  for (int v = 0; v < block->count; v++)
    if (!(x[v] >= -rounding * most)) pl_audit_least(w, &about, block->grid, v, x[v], 0);
}

void pl_audit_signs(pl_audit_walk *w) {
  for (int i = 0; i < w->p->n_column_blocks; i++) {
    if (!may_be_negative(&w->p->columns[i])) check_block(w, &w->p->columns[i]);
    pl_arena_reset(w->scratch);
  }
}
