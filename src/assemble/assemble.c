/* Builds the program of a case: goods, then every thing's declarations, then the matrix, then the
 * costs. */
#include "assemble/assemble.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assemble/agreement.h"
#include "assemble/bound.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/state.h"
#include "assemble/stock.h"
#include "assemble/trade.h"
#include "assemble/unit.h"

enum { QUARTER_HOUR = 15 }; /* minutes */

static int by_block(const void *x, const void *y) {
  const pl_source_of_bound *a = x, *b = y;
  if (a->is_row != b->is_row) return a->is_row ? 1 : -1;
  if (a->block != b->block) return a->block < b->block ? -1 : 1;
  return (int)a->upper - (int)b->upper;
}

static void declare(builder *b) {
  pl_grid_init(&b->p->whole, b->a, PL_YEAR, b->c->from, b->c->to);
  b->p->whole.n = 1;
  b->p->whole.start[0] = b->c->from;
  b->p->whole.start[1] = b->c->to;
  if (b->c->typical) pl_grid_periods(&b->p->periods, &b->p->typical, b->a, b->c->typical);
  plan_find_goods(b);
  plan_declare_units(b);
  plan_declare_outages(b);
  plan_declare_stocks(b);
  plan_declare_lanes(b);
  plan_declare_markets(b);
  plan_declare_agreements(b);
  plan_declare_limits(b);
  plan_declare_allocations(b);
  plan_join_hangs(b);
}

static void *kept(builder *b, const void *from, size_t count, size_t size) {
  void *to = pl_arena_alloc(b->a, count, size);
  if (count > 0) memcpy(to, from, count * size);
  return to;
}

/* Where the columns or rows of a block lie in time. A rule that couples slices (one row fewer, or
 * more, than the grid has slices) lies in the later of them. */
static void block_times(const builder *b, const pl_block *block, pl_interval *when) {
  const pl_time *start = block->grid->start;
  int const late = block->grid->n - block->count;
  for (int i = 0; i < block->count; i++) {
    int v = late == 1 ? i + 1 : i;
    if (v >= block->grid->n) v = block->grid->n - 1;
    when[block->first + i] =
        (pl_interval){(int)((start[v] - b->c->from) / QUARTER_HOUR),
                      (int)((pl_grid_end(block->grid, v) - b->c->from) / QUARTER_HOUR)};
  }
}

/* What must be under way at the end lies where it is loaded. */
static void narrow_times(builder *b) {
  for (int i = 0; i < b->p->n_row_blocks; i++) {
    const pl_block *block = &b->p->rows[i];
    pl_time from, to;
    if (block->kind != PL_ROW_UNDER_WAY) continue;
    plan_under_way_times(b, block, &from, &to);
    b->p->lp.row_when[block->first] = (pl_interval){(int)((from - b->c->from) / QUARTER_HOUR),
                                                    (int)((to - b->c->from) / QUARTER_HOUR)};
  }
}

/* Where every column and row lies in time, for solvers that go through it. */
static void keep_times(builder *b) {
  pl_lp *lp = &b->p->lp;
  lp->when = PL_NEW_ARRAY(b->a, pl_interval, (size_t)lp->n_cols + 1);
  lp->row_when = PL_NEW_ARRAY(b->a, pl_interval, (size_t)lp->n_rows + 1);
  for (int i = 0; i < b->p->n_column_blocks; i++) block_times(b, &b->p->columns[i], lp->when);
  for (int i = 0; i < b->p->n_row_blocks; i++) block_times(b, &b->p->rows[i], lp->row_when);
  narrow_times(b);
}

/* Move what was gathered in scratch into the program, at its exact size. */
static void keep(builder *b) {
  pl_lp *lp = &b->p->lp;
  size_t const n = (size_t)lp->n_cols, m = (size_t)lp->n_rows, k = (size_t)b->n_entries;
  lp->n_entries = b->n_entries;
  lp->lower = kept(b, b->lower, n, sizeof(double));
  lp->upper = kept(b, b->upper, n, sizeof(double));
  lp->row_lower = kept(b, b->row_lower, m, sizeof(double));
  lp->row_upper = kept(b, b->row_upper, m, sizeof(double));
  lp->index = kept(b, b->index, k, sizeof(int));
  lp->value = kept(b, b->value, k, sizeof(double));
  if (lp->n_integer > 0) lp->integer = kept(b, b->integer, n, sizeof(bool));
  lp->cost = PL_NEW_ARRAY(b->a, double, n + 1);
  keep_times(b);
  if (b->p->n_sources > 0)
    qsort(b->p->sources, (size_t)b->p->n_sources, sizeof *b->p->sources, by_block);
}

/* A bound that contradicts another on the same column or row; what check could not see because it
 * needs amounts. */
static void check_bounds(builder *b) {
  const pl_program *p = b->p;
  for (int is_row = 0; is_row < 2; is_row++) {
    const double *low = is_row ? p->lp.row_lower : p->lp.lower;
    const double *high = is_row ? p->lp.row_upper : p->lp.upper;
    int const n = is_row ? p->lp.n_rows : p->lp.n_cols;
    for (int i = 0; i < n; i++) {
      if (low[i] <= high[i] + 1e-9 * (1 + (high[i] < 0 ? -high[i] : high[i]))) continue;
      const pl_block *block = is_row ? pl_program_row_block(p, i) : pl_program_column_block(p, i);
      const char *least = "", *most = "";
      pl_place at = is_row ? pl_program_row_place(p, i, false, &least, b->scratch)
                           : pl_program_column_place(p, i, false, &least, b->scratch);
      (void)(is_row ? pl_program_row_place(p, i, true, &most, b->scratch)
                    : pl_program_column_place(p, i, true, &most, b->scratch));
      const char *unit = pl_block_unit(p, block, is_row, b->scratch);
      char slice[40], asked[48], allowed[48];
      (void)pl_number_pretty(low[i], fabs(low[i]) < 100 ? 3 : 0, asked, sizeof asked);
      (void)pl_number_pretty(high[i], fabs(high[i]) < 100 ? 3 : 0, allowed, sizeof allowed);
      (void)pl_fail(b->diag, PL_RANGE, at, "%s, %s: '%s' requires %s %s, '%s' allows %s %s",
                    pl_block_thing(p, block, is_row, b->scratch),
                    pl_block_slice(block, i - block->first, slice, sizeof slice), least, asked,
                    unit, most, allowed, unit);
      i = block->first + block->count - 1; /* one complaint a block */
    }
  }
}

static bool all_finite(const double *x, int n) {
  for (int i = 0; i < n; i++)
    if (!isfinite(x[i])) return false;
  return true;
}

/* Prices come from formulas too, and may divide by nothing: then say which. */
static void check_prices(builder *b) {
  const pl_program *p = b->p;
  if (isfinite(p->lp.offset) && all_finite(p->lp.cost, p->lp.n_cols)) return;
  for (int i = 0; i < p->n_entries; i++) {
    if (pl_entry_check(b->c->quotes, &p->entries[i], b->diag) != PL_OK) return;
    if (p->entries[i].formula)
      (void)plan_values(b, p->entries[i].formula, p->entries[i].grid, 0, false);
    if (p->entries[i].also) (void)plan_values(b, p->entries[i].also, p->entries[i].grid, 0, false);
  }
}

static pl_status build(builder *b) {
  int const errors = pl_diag_count(b->diag, PL_ERROR);
  declare(b);
  if (pl_diag_count(b->diag, PL_ERROR) > errors) return pl_diag_status(b->diag);
  plan_emit(b);
  if (b->n_entries > INT_MAX)
    return pl_fail(b->diag, PL_RANGE, PL_NOWHERE,
                   "the program has %ld entries; at most %d can be solved", b->n_entries, INT_MAX);
  keep(b);
  check_bounds(b);
  if (pl_diag_count(b->diag, PL_ERROR) > errors) return pl_diag_status(b->diag);
  pl_program_price(b->p, b->c->quotes, b->p->lp.cost, &b->p->lp.offset);
  check_prices(b);
  return pl_diag_count(b->diag, PL_ERROR) > errors ? pl_diag_status(b->diag) : PL_OK;
}

pl_status pl_program_build(const pl_case *c, pl_program **out, pl_diag *diag) {
  pl_arena *arena = pl_arena_new();
  builder b = {.p = PL_NEW(arena, pl_program),
               .c = c,
               .a = arena,
               .scratch = pl_arena_new(),
               .diag = diag,
               .rules = plan_rule_table};
  b.p->c = c;
  b.p->arena = arena;
  pl_status const s = build(&b);
  pl_arena_free(b.scratch);
  if (s == PL_OK)
    *out = b.p;
  else
    pl_arena_free(arena);
  return s;
}
