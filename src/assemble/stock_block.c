/* The blocks of stocks. */
#include "assemble/stock.h"

static pl_block stock_block(const builder *b, int thing, int kind, const pl_grid *grid) {
  return (pl_block){.kind = kind,
                    .thing = thing,
                    .part = -1,
                    .extra = -1,
                    .party = pl_stock_party(b->c, &b->c->stocks[thing]),
                    .grid = grid,
                    .count = grid->n};
}

int plan_stock_column(builder *b, int i, int kind, const pl_grid *grid) {
  return plan_add_columns(b, stock_block(b, i, kind, grid), 0, plan_infinity(), false);
}

int plan_stock_row(builder *b, int i, int kind, const pl_grid *grid, double lower, double upper) {
  return plan_add_rows(b, stock_block(b, i, kind, grid), lower, upper);
}
