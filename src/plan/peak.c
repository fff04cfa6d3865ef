/* Highest loads: what a demand charge is paid on, month by month. One rule for markets, lanes and
 * power agreements. */
#include "plan/builder.h"

/* HIGHEST LOAD:  Σ flow / hours ≤ highest load of the month, on the grid of the flow */
int plan_add_peak(builder *b, pl_block flow, int column_kind, int row_kind) {
  pl_block peak = flow;
  peak.kind = column_kind;
  peak.grid = plan_grid(b, PL_MONTH);
  peak.count = peak.grid->n;
  flow.kind = row_kind;
  peak.extra = plan_add_rows(b, flow, -plan_infinity(), 0);
  return plan_add_columns(b, peak, 0, plan_infinity(), false);
}

void plan_join_peak(builder *b, int flow, int peak) {
  b->p->columns[flow].extra = b->p->columns[peak].extra;
}

void plan_put_load(builder *b, const pl_block *flow) {
  if (flow->extra >= 0) plan_put_same(b, flow->extra, 1 / pl_grid_hours(b->grid, b->slice));
}

/* The month's highest load stands in the rows of every slice that it meets. */
void plan_put_peak(builder *b, const pl_block *peak) {
  const pl_block *rows = &b->p->rows[peak->extra];
  for (pl_share s = pl_share_slice(rows->grid, b->grid, b->slice); s.ok;
       pl_share_next(rows->grid, &s))
    plan_put(b, rows->first + s.r, -1);
}
