/* Stocks: the level at the end of each period, what holding costs, and days of cover. */
#include <math.h>

#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/stock.h"

/* Filling and drawing get columns only if they have bounds or losses of their own. */
static bool has_gates(const pl_stock *s) {
  return s->fill || s->draw || s->fill_loss || s->draw_loss;
}

/* The first and last slice of real time: with typical periods, those of the plain grid. */
static const pl_grid *real_grid(const pl_grid *grid) { return grid->typical ? grid->all : grid; }

static double initial_level(const builder *b, const pl_stock *s, const pl_grid *grid) {
  const pl_grid *g = real_grid(grid);
  return s->initial ? pl_formula_eval(s->initial, b->c->quotes, g->start[0], g->start[1]) : 0;
}

static double final_level(const builder *b, const pl_stock *s, const pl_grid *grid) {
  const pl_grid *g = real_grid(grid);
  return s->final ? pl_formula_eval(s->final, b->c->quotes, g->start[g->n - 1], g->start[g->n])
                  : initial_level(b, s, grid);
}

/* Bounds the last column of block. */
static void bound_last(builder *b, int i, int block, double least) {
  const pl_stock *s = &b->c->stocks[i];
  int const n = b->p->columns[block].count;
  double *last = PL_NEW_ARRAY(b->a, double, (size_t)n);
  last[n - 1] = least;
  pl_place const place = s->said[s->final ? PL_stock_final : PL_stock_initial];
  const char *words = s->final
                          ? plan_words(b, "final", s->final)
                          : plan_words(b, "final (as initial, since not specified)", s->initial);
  if (least > 0) plan_bound_columns(b, block, false, place, words, last);
}

static void bound_level(builder *b, int i, const pl_grid *grid) {
  const pl_stock *s = &b->c->stocks[i];
  int const level = b->stocks[i].level;
  if (s->capacity)
    plan_bound_columns(b, level, true, s->said[PL_stock_capacity],
                       plan_words(b, "capacity", s->capacity),
                       plan_values(b, s->capacity, grid, 0, false));
  if (s->minimum)
    plan_bound_columns(b, level, false, s->said[PL_stock_minimum],
                       plan_words(b, "minimum", s->minimum),
                       plan_values(b, s->minimum, grid, 0, false));
}

static void declare_level(builder *b, int i, const pl_grid *grid) {
  stock_rows *r = &b->stocks[i];
  double const initial = initial_level(b, &b->c->stocks[i], grid);
  r->carried = r->begin = r->most_above = r->most_below = -1;
  r->held_over = r->begins = r->above_mean = r->below_mean = r->highest = r->lowest = -1;
  r->level = plan_stock_column(b, i, PL_COLUMN_LEVEL, grid);
  if (grid->typical)
    plan_declare_carried(b, i, initial);
  else
    bound_level(b, i, grid);
  bound_last(b, i, grid->typical ? r->carried : r->level, final_level(b, &b->c->stocks[i], grid));
}

static void declare_gate(builder *b, int i, int kind, const pl_formula *rate, int field,
                         const char *key, int *block) {
  const pl_grid *grid = b->p->columns[b->stocks[i].level].grid;
  *block = plan_stock_column(b, i, kind, grid);
  if (rate)
    plan_bound_columns(b, *block, true, b->c->stocks[i].said[field], plan_words(b, key, rate),
                       plan_values(b, rate, grid, 0, true));
}

/* The final value is counted at the middle of the last real slice. */
static int64_t after_last_middle(const pl_grid *periods, const pl_grid *real) {
  return pl_grid_middle(real, real->n - 1) - pl_grid_middle(periods, periods->n - 1);
}

static void declare_costs(builder *b, int i, const pl_grid *grid) {
  const pl_stock *s = &b->c->stocks[i];
  pl_entry e = {.block = b->stocks[i].level,
                .party = pl_stock_party(b->c, s),
                .line = PL_LINE_STOCK,
                .grid = grid};
  if (s->cost) {
    e.formula = s->cost;
    e.factor = -1;
    e.weight = plan_weight(b, grid, WEIGHT_HOURS);
    plan_add_entry(b, e);
  }
  if (!s->final_value) return;
  e.formula = s->final_value;
  e.factor = 1;
  e.at_once = true;
  if (grid->typical) {
    e.block = b->stocks[i].carried;
    e.grid = &b->p->periods;
    e.delay.minutes = after_last_middle(&b->p->periods, grid->all);
  }
  e.weight = plan_weight(b, e.grid, WEIGHT_LAST);
  plan_add_entry(b, e);
}

/* COVER: level ≥ cover × Σ use / length of the slice; each stock of the goods has its own */
static void declare_cover(builder *b, int i, const pl_grid *grid) {
  const pl_stock *s = &b->c->stocks[i];
  stock_rows *r = &b->stocks[i];
  r->cover = -1;
  if (s->said[PL_stock_cover].line == 0) return;
  r->cover_hours = 24 * pl_duration_days(s->cover);
  r->cover = plan_stock_row(b, i, PL_ROW_COVER, grid, 0, plan_infinity());
  int *first = &b->cover[plan_balance(b, s->site, s->keeps, pl_stock_party(b->c, s))];
  r->next_cover = *first;
  *first = i + 1;
}

/* The initial level enters the first period's balance (or STOCK row) as a constant. */
static void put_initial(builder *b, int i, const pl_grid *grid) {
  const pl_stock *s = &b->c->stocks[i];
  stock_rows *r = &b->stocks[i];
  double const held = initial_level(b, s, grid) * r->keep[0];
  int const balance = plan_balance(b, s->site, s->keeps, pl_stock_party(b->c, s));
  int const row = b->p->rows[r->stock >= 0 ? r->stock : balance].first;
  double const sign = r->stock >= 0 ? 1 : -1;
  b->row_lower[row] += sign * held;
  b->row_upper[row] += sign * held;
}

static void declare_stock(builder *b, int i) {
  const pl_stock *s = &b->c->stocks[i];
  stock_rows *r = &b->stocks[i];
  const pl_grid *grid = plan_grid(b, pl_material_step(b->c, s->keeps));
  r->fill = r->draw = r->stock = -1;
  r->keep = plan_values(b, s->loss, grid, 0, false);
  for (int v = 0; v < grid->n; v++) r->keep[v] = fmax(0, 1 - r->keep[v] * pl_grid_length(grid, v));
  declare_level(b, i, grid);
  declare_costs(b, i, grid);
  declare_cover(b, i, grid);
  if (has_gates(s)) {
    declare_gate(b, i, PL_COLUMN_FILL, s->fill, PL_stock_fill, "fill", &r->fill);
    declare_gate(b, i, PL_COLUMN_DRAW, s->draw, PL_stock_draw, "draw", &r->draw);
    r->stock = plan_stock_row(b, i, PL_ROW_STOCK, grid, 0, 0);
  }
  if (!grid->typical) put_initial(b, i, grid);
  plan_declare_stock_reserve(b, i, grid, initial_level(b, s, grid));
}

void plan_declare_stocks(builder *b) {
  b->stocks = PL_NEW_ARRAY(b->scratch, stock_rows, (size_t)b->c->n_stocks + 1);
  for (int i = 0; i < b->c->n_stocks; i++) declare_stock(b, i);
}

/* A level enters its own slice's row negatively and, less the loss, the next one's positively, as
 * often as the slice's day occurs. */
static void emit_level(builder *b, const pl_block *block, int balance) {
  const stock_rows *r = &b->stocks[block->thing];
  const pl_grid *grid = block->grid;
  int const v = b->slice, times = pl_grid_times(grid, v);
  int const row = r->stock >= 0 ? r->stock : balance;
  double const sign = r->stock >= 0 ? 1 : -1;
  bool const last =
      v + 1 == block->count || (grid->typical && grid->period[v + 1] != grid->period[v]);
  plan_put_same(b, row, sign * times);
  if (!last) plan_put(b, b->p->rows[row].first + v + 1, -sign * times * r->keep[v + 1]);
  if (r->cover >= 0) plan_put_same(b, r->cover, 1);
  plan_put_reserve_level(b, block);
  if (grid->typical) plan_put_carried_level(b, r);
}

void plan_emit_stock(builder *b, const pl_block *block) {
  const pl_stock *s = &b->c->stocks[block->thing];
  const stock_rows *r = &b->stocks[block->thing];
  int const balance = plan_balance(b, s->site, s->keeps, block->party);
  if (block->kind == PL_COLUMN_LEVEL) {
    emit_level(b, block, balance);
    return;
  }
  bool const fill = block->kind == PL_COLUMN_FILL;
  if (b->slice == 0) {
    b->series = PL_NEW_ARRAY(b->scratch, double *, 1);
    b->series[0] = plan_values(b, fill ? s->fill_loss : s->draw_loss, b->grid, 0, false);
  }
  double const kept = 1 - b->series[0][b->slice];
  plan_put_same(b, balance, fill ? -1 : 1);
  plan_put_same(b, r->stock, fill ? -kept : 1 / fmax(1e-9, kept));
  plan_put_reserve_gate(b, block->thing, fill);
}
