/* Highest loads, on which demand charges are paid month by month. One rule for markets, lanes and
 * power agreements. */
#include "assemble/trade.h"

/* The months that a slice of the grid overlaps, in order. A week may lie in two months, a quarter
 * in three, and a typical day stands for days of several. */
static pl_share months_of(builder *b, const pl_grid *grid, int slice) {
  return pl_share_slice(plan_grid(b, PL_MONTH), grid, slice);
}

static int most_months(builder *b, const pl_grid *grid) {
  int most = 1;
  for (int v = 0; v < grid->n; v++) {
    int n = 0;
    pl_share s = months_of(b, grid, v);
    for (; s.ok; pl_share_next(plan_grid(b, PL_MONTH), &s)) n++;
    if (n > most) most = n;
  }
  return most;
}

/* HIGHEST LOAD: Σ flow / hours ≤ highest load of the month, on the grid of the flow: a row block
 * for the first month that a slice overlaps, one for the second, … */
int plan_add_peak(builder *b, pl_block flow, int column_kind, int row_kind) {
  pl_block peak = flow;
  peak.kind = column_kind;
  peak.grid = plan_grid(b, PL_MONTH);
  peak.count = peak.grid->n;
  flow.kind = row_kind;
  peak.extra = b->p->n_row_blocks;
  int const n = most_months(b, flow.grid);
  for (flow.extra = 0; flow.extra < n; flow.extra++)
    (void)plan_add_rows(b, flow, -plan_infinity(), 0);
  return plan_add_columns(b, peak, 0, plan_infinity(), false);
}

void plan_join_peak(builder *b, int flow, int peak) {
  b->p->columns[flow].extra = b->p->columns[peak].extra;
}

void plan_put_load(builder *b, const pl_block *flow) {
  if (flow->extra < 0) return;
  int row = flow->extra;
  double const hours = pl_grid_hours(b->grid, b->slice);
  pl_share s = months_of(b, b->grid, b->slice);
  for (; s.ok; pl_share_next(plan_grid(b, PL_MONTH), &s)) plan_put_same(b, row++, 1 / hours);
}

/* The position, counted from 0, of month among the months that a slice overlaps. */
static int place_of_month(builder *b, const pl_grid *grid, int slice, int month) {
  int n = 0;
  pl_share s = months_of(b, grid, slice);
  for (; s.ok && s.r < month; pl_share_next(plan_grid(b, PL_MONTH), &s)) n++;
  return n;
}

/* The month's highest load is in one row of every slice that overlaps it. */
void plan_put_peak(builder *b, const pl_block *peak) {
  const pl_block *rows = &b->p->rows[peak->extra];
  const pl_grid *grid = rows->grid;
  for (pl_share s = pl_share_slice(grid, b->grid, b->slice); s.ok; pl_share_next(grid, &s))
    plan_put(b, rows[place_of_month(b, grid, s.r, b->slice)].first + s.r, -1);
}
