/* Coefficients of the column at hand. A row met twice by a column adds up. */
#include <string.h>

#include "assemble/builder.h"

static void make_room(builder *b) {
  if (b->n_entries < b->entry_space) return;
  long const wanted = b->entry_space ? 2 * b->entry_space : 4096;
  int *index = PL_NEW_ARRAY(b->scratch, int, (size_t)wanted);
  double *value = PL_NEW_ARRAY(b->scratch, double, (size_t)wanted);
  if (b->n_entries > 0) {
    memcpy(index, b->index, (size_t)b->n_entries * sizeof *index);
    memcpy(value, b->value, (size_t)b->n_entries * sizeof *value);
  }
  b->index = index;
  b->value = value;
  b->entry_space = wanted;
}

void plan_put(builder *b, int row, double value) {
  if (value == 0) return;
  long const at = b->mark[row] - 1;
  if (at >= b->column_start) {
    b->value[at] += value;
    return;
  }
  make_room(b);
  b->index[b->n_entries] = row;
  b->value[b->n_entries] = value;
  b->mark[row] = ++b->n_entries;
}

void plan_put_same(builder *b, int row_block, double value) {
  plan_put(b, b->p->rows[row_block].first + b->slice, value);
}

void plan_put_at(builder *b, int row_block, int at, double value) {
  if (row_block >= 0) plan_put(b, b->p->rows[row_block].first + at, value);
}

void plan_put_arrival(builder *b, int row_block, double amount, pl_time from, pl_time to) {
  const pl_block *block = &b->p->rows[row_block];
  for (pl_share s = pl_share_first(block->grid, from, to); s.ok; pl_share_next(block->grid, &s))
    plan_put(b, block->first + s.r, amount * s.share);
}

/* A part of a day or less, and of a fifth or less, is small. Shares are of [from, to). */
static bool is_small(double share, pl_time from, pl_time to) {
  static const double day = 24 * 60, rounding = 0.01; /* of a minute */
  double const whole = (double)(to - from), part = share * whole;
  return part < day + rounding && 5 * part < whole + rounding;
}

void plan_put_rounded(builder *b, int row_block, double amount, pl_time from, pl_time to) {
  const pl_block *block = &b->p->rows[row_block];
  double first = 0, last = 0;
  int n = 0;
  for (pl_share s = pl_share_first(block->grid, from, to); s.ok; pl_share_next(block->grid, &s)) {
    if (n++ == 0) first = s.share;
    last = s.share;
  }
  double const early = n > 1 && is_small(first, from, to) ? first : 0;
  double const late = n > 1 && is_small(last, from, to) ? last : 0;
  int i = 0;
  for (pl_share s = pl_share_first(block->grid, from, to); s.ok;
       pl_share_next(block->grid, &s), i++) {
    double const more = (i == 1) * early + (i == n - 2) * late;
    double const less = (i == 0) * early + (i == n - 1) * late;
    plan_put(b, block->first + s.r, amount * (s.share - less + more));
  }
}

void plan_put_flow(builder *b, int row_block, double amount) {
  const pl_block *block = &b->p->rows[row_block];
  if (block->grid == b->grid) {
    plan_put_same(b, row_block, amount);
    return;
  }
  for (pl_share s = pl_share_slice(block->grid, b->grid, b->slice); s.ok;
       pl_share_next(block->grid, &s))
    plan_put(b, block->first + s.r, amount * s.share);
}

void plan_put_members(builder *b, const members *m, int part, double amount) {
  for (int i = 0; i < m->n; i++)
    if (m->at[i].part < 0 || m->at[i].part == part)
      plan_put_flow(b, m->at[i].row, amount * m->at[i].factor);
}
