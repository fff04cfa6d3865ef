/* Frees a program; finds the block of a column, of a row, or of the balance of a material. */
#include "plan/program.h"

void pl_program_free(pl_program *p) {
  if (p) pl_arena_free(p->arena);
}

static const pl_block *find_block(const pl_block *blocks, int n, int i) {
  int low = 0, high = n - 1;
  while (low < high) { /* the last non-empty block that begins at or before i */
    int const middle = (low + high + 1) / 2;
    if (blocks[middle].first <= i)
      low = middle;
    else
      high = middle - 1;
  }
  return &blocks[low];
}

const pl_block *pl_program_column_block(const pl_program *p, int column) {
  return find_block(p->columns, p->n_column_blocks, column);
}

const pl_block *pl_program_row_block(const pl_program *p, int row) {
  return find_block(p->rows, p->n_row_blocks, row);
}

static int compare_balance(const pl_block *block, int site, int material, int party) {
  if (block->kind != PL_ROW_BALANCE) return 1;
  if (block->thing != site) return block->thing < site ? -1 : 1;
  if (block->part != material) return block->part < material ? -1 : 1;
  return (block->party > party) - (block->party < party);
}

const pl_block *pl_program_balance(const pl_program *p, int site, int material, int party) {
  int low = 0, high = p->n_row_blocks - 1;
  while (low <= high) {
    int const middle = (low + high) / 2;
    int const order = compare_balance(&p->rows[middle], site, material, party);
    if (order == 0) return &p->rows[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle - 1;
  }
  return NULL;
}
