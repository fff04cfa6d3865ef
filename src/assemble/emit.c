/* Writes the matrix: goes through the columns in order and lets each thing put its coefficients. */
#include "assemble/emit.h"

static void put_column(builder *b, const pl_block *k) {
  switch ((pl_column_kind)k->kind) {
  case PL_COLUMN_RUN:
  case PL_COLUMN_FEED:
  case PL_COLUMN_ON:
  case PL_COLUMN_START:
  case PL_COLUMN_STOP:
  case PL_COLUMN_START_OF:
  case PL_COLUMN_SEGMENT:
  case PL_COLUMN_SEGMENT_FULL:
  case PL_COLUMN_EXTRA: plan_emit_unit(b, k); break;
  case PL_COLUMN_BEGIN: plan_emit_outage(b, k); break;
  case PL_COLUMN_HELD:
  case PL_COLUMN_DAY_BEGIN:
  case PL_COLUMN_MOST_ABOVE:
  case PL_COLUMN_MOST_BELOW: plan_emit_carried(b, k); break;
  case PL_COLUMN_LEVEL:
  case PL_COLUMN_FILL:
  case PL_COLUMN_DRAW: plan_emit_stock(b, k); break;
  case PL_COLUMN_LOW:
  case PL_COLUMN_LOW_END: plan_emit_low_load(b, k); break;
  case PL_COLUMN_RESERVE:
  case PL_COLUMN_STOCK_RESERVE: plan_emit_reserve(b, k); break;
  case PL_COLUMN_SHIP:
  case PL_COLUMN_LANE_PEAK:
  case PL_COLUMN_LANE_USED: plan_emit_lane(b, k); break;
  case PL_COLUMN_TRADE:
  case PL_COLUMN_MARKET_PEAK:
  case PL_COLUMN_MARKET_USED: plan_emit_market(b, k); break;
  case PL_COLUMN_SHORT:
  case PL_COLUMN_OVER:
  case PL_COLUMN_UNDER: plan_emit_slack(b, k); break;
  case PL_COLUMN_IN_FORCE:
  case PL_COLUMN_DELIVER:
  case PL_COLUMN_LOTS:
  case PL_COLUMN_CALLED:
  case PL_COLUMN_MISSING:
  case PL_COLUMN_APART:
  case PL_COLUMN_PEAK:
  case PL_COLUMN_DEFICIT:
  case PL_COLUMN_MAKE_UP:
  case PL_COLUMN_CARRIED:
  case PL_COLUMN_ABOVE:
  case PL_COLUMN_BELOW:
  case PL_COLUMN_CHOICE:
  case PL_COLUMN_TOLL:
  case PL_COLUMN_SHARED_RUN:
  case PL_COLUMN_SHARED_EXTRA:
  case PL_COLUMN_SELL_FOR: plan_emit_agreement(b, k); break;
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
      b->to = pl_grid_end(k->grid, b->slice);
      b->column_start = b->n_entries;
      put_column(b, k);
      drop_zeros(b);
      lp->start[k->first + b->slice + 1] = (int)b->n_entries;
    }
  }
}
