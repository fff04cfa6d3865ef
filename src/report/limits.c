/* Every capacity and bound: its use, minimum, maximum, and what one more unit of it is worth. */
#include <math.h>
#include <string.h>

#include "report/reporter.h"

static const char *const keys[] = {"thing", "bound"};
static const pl_measured values[] = {
    {"value", "#", 1}, {"least", "#", 1}, {"most", "#", 1}, {"worth of one more", "$/#", 2}};
enum { VALUE, LEAST, MOST, WORTH };

typedef struct { /* the arrays of columns or of rows */
  const double *value, *lower, *upper, *dual;
} side;

/* The name of a column or row without its period. */
static const char *bound_name(const reporter *r, const pl_block *block, bool is_row) {
  const char *name = is_row ? pl_program_row_name(r->p, block->first, r->a)
                            : pl_program_column_name(r->p, block->first, r->a);
  const char *comma = strrchr(name, ',');
  return comma ? pl_arena_strndup(r->a, name, (size_t)(comma - name)) : name;
}

static double finite_or_none(double x) { return isfinite(x) ? x : (double)NAN; }

static void add_bound(const reporter *r, pl_panel *panel, const pl_block *block, bool is_row,
                      const side *at) {
  const char *const key[] = {pl_block_thing(r->p, block, is_row, r->a),
                             bound_name(r, block, is_row)};
  pl_series *s = pl_panel_add(panel, key, pl_block_unit(r->p, block, is_row, r->a), block->grid,
                              report_is_whole(r, block->grid));
  int const skipped = block->grid->n - block->count; /* ramp rows have no first slice */
  for (int i = 0; i < block->count; i++) {
    int const v = i + skipped, k = block->first + i;
    pl_series_values(s, VALUE)[v] = at->value[k];
    pl_series_values(s, LEAST)[v] = finite_or_none(at->lower[k]);
    pl_series_values(s, MOST)[v] = finite_or_none(at->upper[k]);
    pl_series_values(s, WORTH)[v] = report_worth(r, block->grid, v, at->dual[k]);
  }
}

/* Balances, stock equations and blends conserve goods; they are not bounds. */
static bool is_bound(const pl_block *row) {
  return row->count > 0 && pl_block_facts(row, true)->role != PL_ROLE_GOODS;
}

pl_panel *report_limits(const reporter *r) {
  const pl_lp *lp = &r->p->lp;
  const pl_solution *x = r->s->solution;
  side const columns = {x->col_value, lp->lower, lp->upper, x->col_dual};
  side const rows = {x->row_value, lp->row_lower, lp->row_upper, x->row_dual};
  pl_panel *panel = pl_panel_new(
      r->a, "limits",
      "capacities and bounds; worth: what one more unit would earn in that period's money",
      r->currency, keys, 2, values, 4);
  bool *said = PL_NEW_ARRAY(r->a, bool, (size_t)r->p->n_column_blocks + 1);
  for (int i = 0; i < r->p->n_sources; i++)
    if (!r->p->sources[i].is_row) said[r->p->sources[i].block] = true;
  for (int k = 0; k < r->p->n_column_blocks; k++)
    if (said[k]) add_bound(r, panel, &r->p->columns[k], false, &columns);
  for (int k = 0; k < r->p->n_row_blocks; k++)
    if (is_bound(&r->p->rows[k])) add_bound(r, panel, &r->p->rows[k], true, &rows);
  return panel;
}
