/* Writes the matrix: goes through the columns in order and lets each thing put its coefficients. A
 * row met twice by a column adds up. */
#include <math.h>
#include <string.h>

#include "plan/builder.h"

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

void plan_put_arrival(builder *b, int row_block, double amount, pl_time from, pl_time to) {
  const pl_block *k = &b->p->rows[row_block];
  for (pl_share s = pl_share_first(k->grid, from, to); s.ok; pl_share_next(k->grid, &s))
    plan_put(b, k->first + s.r, amount * s.share);
}

void plan_put_flow(builder *b, int row_block, double amount) {
  if (b->p->rows[row_block].grid == b->grid)
    plan_put_same(b, row_block, amount);
  else
    plan_put_arrival(b, row_block, amount, b->from, b->to);
}

void plan_put_members(builder *b, const members *m, int part, double amount) {
  for (int i = 0; i < m->n; i++)
    if (m->at[i].part < 0 || m->at[i].part == part)
      plan_put_flow(b, m->at[i].row, amount * m->at[i].factor);
}

void plan_put_emission(builder *b, int material, int site, int party, double amount) {
  for (int i = 0; i < b->n_emissions; i++) {
    const emission_member *e = &b->emissions[i];
    if (e->material == material && (e->site < 0 || e->site == site) &&
        (e->party < 0 || e->party == party))
      plan_put_flow(b, e->row, amount * e->factor);
  }
}

static void put_column(builder *b, const pl_block *k) {
  switch ((pl_column_kind)k->kind) {
  case PL_COLUMN_RUN:
  case PL_COLUMN_FEED:
  case PL_COLUMN_ON:
  case PL_COLUMN_START: plan_emit_unit(b, k); break;
  case PL_COLUMN_LEVEL:
  case PL_COLUMN_FILL:
  case PL_COLUMN_DRAW: plan_emit_stock(b, k); break;
  case PL_COLUMN_SHIP:
  case PL_COLUMN_LANE_USED: plan_emit_lane(b, k); break;
  case PL_COLUMN_TRADE:
  case PL_COLUMN_MARKET_USED: plan_emit_market(b, k); break;
  case PL_COLUMN_SHORT:
  case PL_COLUMN_OVER:
  case PL_COLUMN_UNDER: plan_emit_slack(b, k); break;
  case PL_COLUMN_KINDS: break;
  }
}

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
    const pl_block *k = &b->p->columns[i];
    b->grid = k->grid;
    for (b->slice = 0; b->slice < k->count; b->slice++) {
      b->from = k->grid->start[b->slice];
      b->to = k->grid->start[b->slice + 1];
      b->column_start = b->n_entries;
      put_column(b, k);
      drop_zeros(b);
      lp->start[k->first + b->slice + 1] = (int)b->n_entries;
    }
  }
}
