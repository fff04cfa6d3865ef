/* Writes the matrix: goes through the columns in order and lets each thing put its coefficients. */
#include "assemble/emit.h"

/* The file that puts the coefficients of each kind of column. */
static void (*const emit_of[PL_COLUMN_KINDS])(builder *, const pl_block *) = {
#define C(name, word, thing, part, in, bound, moves, verb, settled, file, ...)                     \
  [PL_COLUMN_##name] = plan_emit_##file,
#include "plan/column.def"
#undef C
};

/* Coefficients that cancelled (a recipe that takes what it makes) leave no entry. Entries that move
 * lose their marks, which would otherwise point into the next column. */
static void drop_zeros(builder *b) {
  long to = b->column_start;
  while (to < b->n_entries && b->value[to] != 0) to++;
  for (long k = to; k < b->n_entries; k++) {
    b->mark[b->index[k]] = 0;
    if (b->value[k] == 0) continue;
    b->index[to] = b->index[k];
    b->value[to++] = b->value[k];
  }
  b->n_entries = to;
}

void plan_emit(builder *b) {
  pl_lp *lp = &b->p->lp;
  b->mark = PL_NEW_ARRAY(b->scratch, long, (size_t)lp->n_rows + 1);
  lp->start = PL_NEW_ARRAY(b->a, int, (size_t)lp->n_cols + 1);
  for (int i = 0; i < b->p->n_column_blocks; i++) {
    const pl_block *block = &b->p->columns[i];
    b->grid = block->grid;
    for (b->slice = 0; b->slice < block->count; b->slice++) {
      b->from = block->grid->start[b->slice];
      b->to = pl_grid_end(block->grid, b->slice);
      b->column_start = b->n_entries;
      emit_of[block->kind](b, block);
      drop_zeros(b);
      lp->start[block->first + b->slice + 1] = (int)b->n_entries;
    }
  }
}
