/* Where each material comes from and goes to, at each site, and what one more unit there is worth.
 * The amounts are read from the program's own balance rows, so that they are those that were
 * planned. */
#include <math.h>

#include "report/reporter.h"

static const char *const keys[] = {"site", "material", "party"};
static const pl_measured values[] = {{"made", "#", 1},
                                     {"taken", "#", 1},
                                     {"arriving", "#", 1},
                                     {"leaving", "#", 1},
                                     {"bought", "#", 1},
                                     {"sold", "#", 1},
                                     {"received", "#", 1},
                                     {"delivered", "#", 1},
                                     {"into stock", "#", 1},
                                     {"thrown away", "#", 1},
                                     {"worth of one more", "$/#", 2}};
enum {
  MADE,
  TAKEN,
  ARRIVING,
  LEAVING,
  BOUGHT,
  SOLD,
  RECEIVED,
  DELIVERED,
  INTO_STOCK,
  THROWN_AWAY,
  WORTH,
  VALUES
};

/* The value to which what a column brings is added, and what it takes; −1: it moves no goods. */
static const struct {
  int brought, taken;
} of_moves[PL_MOVES_KINDS] = {
    [PL_MOVES_NONE] = {-1, -1},
    [PL_MOVES_RUN] = {MADE, TAKEN},
    [PL_MOVES_FEED] = {MADE, TAKEN},
    [PL_MOVES_SHIP] = {ARRIVING, LEAVING},
    [PL_MOVES_TRADE] = {BOUGHT, SOLD},
    [PL_MOVES_DELIVER] = {RECEIVED, DELIVERED},
    [PL_MOVES_STOCK] = {INTO_STOCK, INTO_STOCK}, /* also a level, minus what was held before */
    [PL_MOVES_READY] = {MADE, TAKEN},
    [PL_MOVES_START] = {MADE, TAKEN},
    [PL_MOVES_EXTRA] = {MADE, TAKEN},
};

/* The value to which a column's part in a balance is added, and with which sign. */
static int value_of(pl_moves moves, double part, double *sign) {
  *sign = part < 0 || moves == PL_MOVES_STOCK ? -1 : 1;
  return part < 0 ? of_moves[moves].taken : of_moves[moves].brought;
}

static void add_balance(const reporter *r, pl_panel *panel, const pl_block *block) {
  const char *const key[] = {r->c->sites[block->thing].name, r->c->materials[block->part].name,
                             report_party(r, block->party)};
  pl_series *s = pl_panel_add(panel, key, report_material_unit(r, block->part), block->grid, false);
  for (size_t i = 0; i < (size_t)VALUES * (size_t)block->grid->n; i++) s->value[i] = 0;
  double *arriving = PL_NEW_ARRAY(r->a, double, (size_t)block->count + 1);
  pl_program_arrivals(r->p, block, arriving);
  for (int v = 0; v < block->count; v++) {
    double const given =
        r->p->lp.row_lower[block->first + v]; /* minus what was present at the start */
    double const left = r->s->solution->row_value[block->first + v] - given;
    double const held = given + arriving[v]; /* minus what stocks held */
    pl_series_values(s, ARRIVING)[v] = arriving[v];
    pl_series_values(s, INTO_STOCK)[v] = fabs(held) <= 1e-9 * fabs(given) ? 0 : held;
    pl_series_values(s, THROWN_AWAY)[v] = r->c->materials[block->part].free ? left : 0;
    pl_series_values(s, WORTH)[v] = pl_schedule_marginal(r->s, block, v);
  }
}

/* Where a row is: its series and slice; series −1 for rows that are not balances. */
typedef struct {
  int series, slice;
} spot;

static spot *locate_rows(const reporter *r, pl_panel *panel) {
  spot *at = PL_NEW_ARRAY(r->a, spot, (size_t)r->p->lp.n_rows + 1);
  for (int k = 0; k < r->p->n_row_blocks; k++) {
    const pl_block *block = &r->p->rows[k];
    bool const balance = block->kind == PL_ROW_BALANCE;
    if (balance) add_balance(r, panel, block);
    for (int v = 0; v < block->count; v++)
      at[block->first + v] = (spot){balance ? panel->n_series - 1 : -1, v};
  }
  return at;
}

static void add_column(const reporter *r, pl_panel *panel, const spot *at, pl_moves moves,
                       int column) {
  const pl_lp *lp = &r->p->lp;
  double const x = r->s->solution->col_value[column];
  for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
    spot const here = at[lp->index[k]];
    if (here.series < 0) continue;
    double sign = 1;
    int const value = value_of(moves, lp->value[k], &sign);
    if (value >= 0)
      pl_series_values(&panel->series[here.series], value)[here.slice] += sign * lp->value[k] * x;
  }
}

pl_panel *report_balances(const reporter *r) {
  pl_panel *panel =
      pl_panel_new(r->a, "balances",
                   "where each material comes from and goes to, and what one more unit is worth",
                   r->currency, keys, 3, values, VALUES);
  const spot *at = locate_rows(r, panel);
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    const pl_block *block = &r->p->columns[k];
    for (int v = 0; v < block->count; v++)
      add_column(r, panel, at, pl_block_moves(block), block->first + v);
  }
  return panel;
}
