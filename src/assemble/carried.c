/* Stocks with typical days or weeks: the level passes from each real day to the next, while its
 * path within the day is that of the typical one. The level of a typical slice is the mean over
 * its days; a day deviates from it by the deviation of its starting level, less the loss since:
 *
 *     level of the day = level + kept × (held before the day − begin)
 *
 * so capacity and minimum hold on every real day if they hold on the days that begin furthest above
 * and furthest below. */
#include <math.h>

#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/stock.h"

/* The share of the level at its beginning that a period leaves at its end. */
static double left_after(const builder *b, const stock_rows *r, int period) {
  const pl_grid *grid = b->p->columns[r->level].grid;
  return r->kept[pl_grid_find(grid, b->c->typical->start[period + 1] - 1)];
}

static double *kept_within(builder *b, const stock_rows *r, const pl_grid *grid) {
  double *kept = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 0; v < grid->n; v++) {
    bool const first = v == 0 || grid->period[v - 1] != grid->period[v];
    kept[v] = (first ? 1 : kept[v - 1]) * r->keep[v];
  }
  return kept;
}

/* The initial level is the level before the first day. */
static void put_first(builder *b, const stock_rows *r, double initial) {
  pl_block *const rows = b->p->rows;
  int const standing = pl_grid_find(&b->p->typical, b->c->from);
  int const held = rows[r->held_over].first, begins = rows[r->begins].first + standing;
  double const left = initial * left_after(b, r, 0);
  b->row_lower[held] += left;
  b->row_upper[held] += left;
  b->row_lower[begins] -= initial;
  b->row_upper[begins] -= initial;
  b->row_upper[rows[r->above_mean].first] -= initial;
  b->row_upper[rows[r->below_mean].first] += initial;
}

static void bound_levels(builder *b, int i, stock_rows *r, const pl_grid *grid) {
  const pl_stock *s = &b->c->stocks[i];
  double const inf = plan_infinity();
  r->lowest = plan_stock_row(b, i, PL_ROW_LOWEST, grid, 0, inf);
  if (s->minimum)
    plan_bound_rows(b, r->lowest, false, s->said[PL_stock_minimum],
                    plan_words(b, "minimum", s->minimum),
                    plan_values(b, s->minimum, grid, 0, false));
  if (!s->capacity) return;
  r->highest = plan_stock_row(b, i, PL_ROW_HIGHEST, grid, -inf, inf);
  plan_bound_rows(b, r->highest, true, s->said[PL_stock_capacity],
                  plan_words(b, "capacity", s->capacity),
                  plan_values(b, s->capacity, grid, 0, false));
}

void plan_declare_carried(builder *b, int i, double initial) {
  stock_rows *r = &b->stocks[i];
  const pl_grid *grid = b->p->columns[r->level].grid, *real = &b->p->periods;
  const pl_grid *typical = &b->p->typical;
  double const inf = plan_infinity();
  r->kept = kept_within(b, r, grid);
  r->carried = plan_stock_column(b, i, PL_COLUMN_HELD, real);
  r->begin = plan_stock_column(b, i, PL_COLUMN_DAY_BEGIN, typical);
  r->most_above = plan_stock_column(b, i, PL_COLUMN_MOST_ABOVE, typical);
  r->most_below = plan_stock_column(b, i, PL_COLUMN_MOST_BELOW, typical);
  r->held_over = plan_stock_row(b, i, PL_ROW_HELD_OVER, real, 0, 0);
  r->begins = plan_stock_row(b, i, PL_ROW_BEGINS, typical, 0, 0);
  r->above_mean = plan_stock_row(b, i, PL_ROW_ABOVE_MEAN, real, -inf, 0);
  r->below_mean = plan_stock_row(b, i, PL_ROW_BELOW_MEAN, real, -inf, 0);
  bound_levels(b, i, r, grid);
  put_first(b, r, initial);
}

/* --- The matrix ------------------------------------------------------------------------------ */

/* Puts value in the rows of every day that period p stands for. */
static void put_days(builder *b, int rows, int p, double value) {
  const pl_typical *t = b->c->typical;
  for (int d = t->first[p]; d >= 0; d = t->next[d]) plan_put(b, b->p->rows[rows].first + d, value);
}

void plan_put_carried_level(builder *b, const stock_rows *r) {
  const pl_grid *grid = b->grid;
  int const v = b->slice, p = grid->period[v];
  plan_put_same(b, r->lowest, 1);
  if (r->highest >= 0) plan_put_same(b, r->highest, 1);
  if (v + 1 == grid->n || grid->period[v + 1] != p) put_days(b, r->held_over, p, -1);
}

/* It is the level before the following day. */
static void emit_held(builder *b, const stock_rows *r) {
  const pl_typical *t = b->c->typical;
  const pl_block *rows = b->p->rows;
  int const next = b->slice + 1;
  plan_put_same(b, r->held_over, 1);
  if (next == t->n) return;
  plan_put(b, rows[r->held_over].first + next, -left_after(b, r, next));
  plan_put(b, rows[r->begins].first + pl_grid_find(&b->p->typical, t->start[next]), 1);
  plan_put(b, rows[r->above_mean].first + next, 1);
  plan_put(b, rows[r->below_mean].first + next, -1);
}

static void emit_begin(builder *b, const pl_block *block, const stock_rows *r) {
  const pl_stock *s = &b->c->stocks[block->thing];
  int const p = b->grid->period[b->slice], times = pl_grid_times(b->grid, b->slice);
  const pl_grid *grid = b->p->columns[r->level].grid;
  int const first = pl_grid_find(grid, b->c->typical->start[p]);
  int const row = r->stock >= 0 ? r->stock : plan_balance(b, s->site, s->keeps, block->party);
  plan_put(b, b->p->rows[row].first + first, (r->stock >= 0 ? -1 : 1) * times * r->keep[first]);
  plan_put_same(b, r->begins, -times);
  put_days(b, r->held_over, p, left_after(b, r, p));
  put_days(b, r->above_mean, p, -1);
  put_days(b, r->below_mean, p, 1);
}

/* The day that begins most above or below the mean remains so, less the loss, in each of its
 * slices. */
static void emit_most(builder *b, const stock_rows *r, bool above) {
  const pl_grid *grid = b->p->columns[r->level].grid;
  int const p = b->grid->period[b->slice];
  put_days(b, above ? r->above_mean : r->below_mean, p, -1);
  int v = pl_grid_find(grid, b->c->typical->start[p]);
  for (; v < grid->n && grid->period[v] == p; v++) {
    if (above && r->highest >= 0) plan_put(b, b->p->rows[r->highest].first + v, r->kept[v]);
    if (!above) plan_put(b, b->p->rows[r->lowest].first + v, -r->kept[v]);
    if (!above && r->cover >= 0) plan_put(b, b->p->rows[r->cover].first + v, -r->kept[v]);
  }
}

void plan_emit_carried(builder *b, const pl_block *block) {
  const stock_rows *r = &b->stocks[block->thing];
  if (block->kind == PL_COLUMN_HELD) emit_held(b, r);
  if (block->kind == PL_COLUMN_DAY_BEGIN) emit_begin(b, block, r);
  if (block->kind == PL_COLUMN_MOST_ABOVE) emit_most(b, r, true);
  if (block->kind == PL_COLUMN_MOST_BELOW) emit_most(b, r, false);
}
