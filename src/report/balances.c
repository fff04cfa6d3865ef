/* Where every material comes from and goes to, at every place, and what one more unit there is
 * worth. The amounts are read off the program's own balance rows, so that they are those that were
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

/* The value that a column's part in a balance counts to, and with which sign. */
static int value_of(int kind, double part, double *sign) {
  *sign = part < 0 ? -1 : 1;
  switch ((pl_column_kind)kind) {
  case PL_COLUMN_RUN:
  case PL_COLUMN_FEED:
  case PL_COLUMN_RESERVE:
  case PL_COLUMN_STOCK_RESERVE:
  case PL_COLUMN_TOLL:
  case PL_COLUMN_START:
  case PL_COLUMN_EXTRA:
  case PL_COLUMN_SHARED_EXTRA:
  case PL_COLUMN_SHARED_RUN: return part < 0 ? TAKEN : MADE;
  case PL_COLUMN_SHIP: return part < 0 ? LEAVING : ARRIVING;
  case PL_COLUMN_TRADE:
  case PL_COLUMN_SELL_FOR: return part < 0 ? SOLD : BOUGHT;
  case PL_COLUMN_DELIVER: return part < 0 ? DELIVERED : RECEIVED;
  case PL_COLUMN_FILL:
  case PL_COLUMN_DRAW:
  case PL_COLUMN_DAY_BEGIN:
  case PL_COLUMN_LEVEL: /* of stocks without columns for filling: less what was held before */
    *sign = -1;
    return INTO_STOCK;
#define C(...)
#define N(name, ...) case PL_COLUMN_##name:
#include "plan/column.def"
#undef C
  case PL_COLUMN_KINDS: break;
  }
  return -1;
}

static void add_balance(const reporter *r, pl_panel *panel, const pl_block *b) {
  const char *const key[] = {r->c->sites[b->thing].name, r->c->materials[b->part].name,
                             report_party(r, b->party)};
  pl_series *s = pl_panel_add(panel, key, report_material_unit(r, b->part), b->grid, false);
  for (size_t i = 0; i < (size_t)VALUES * (size_t)b->grid->n; i++) s->value[i] = 0;
  double *arriving = PL_NEW_ARRAY(r->a, double, (size_t)b->count + 1);
  pl_program_arrivals(r->p, b, arriving);
  for (int v = 0; v < b->count; v++) {
    double const given = r->p->lp.row_lower[b->first + v]; /* minus what was there at the start */
    double const left = r->s->solution->row_value[b->first + v] - given;
    double const held = given + arriving[v]; /* minus what stocks held */
    pl_series_values(s, ARRIVING)[v] = arriving[v];
    pl_series_values(s, INTO_STOCK)[v] = fabs(held) <= 1e-9 * fabs(given) ? 0 : held;
    pl_series_values(s, THROWN_AWAY)[v] = r->c->materials[b->part].free ? left : 0;
    pl_series_values(s, WORTH)[v] = pl_schedule_marginal(r->s, b, v);
  }
}

/* Where a row is: its series and slice; series −1 for rows that are no balance. */
typedef struct {
  int series, slice;
} spot;

static spot *locate_rows(const reporter *r, pl_panel *panel) {
  spot *at = PL_NEW_ARRAY(r->a, spot, (size_t)r->p->lp.n_rows + 1);
  for (int k = 0; k < r->p->n_row_blocks; k++) {
    const pl_block *b = &r->p->rows[k];
    bool const balance = b->kind == PL_ROW_BALANCE;
    if (balance) add_balance(r, panel, b);
    for (int v = 0; v < b->count; v++)
      at[b->first + v] = (spot){balance ? panel->n_series - 1 : -1, v};
  }
  return at;
}

static void add_column(const reporter *r, pl_panel *panel, const spot *at, int kind, int column) {
  const pl_lp *lp = &r->p->lp;
  double const x = r->s->solution->col_value[column];
  for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
    spot const here = at[lp->index[k]];
    if (here.series < 0) continue;
    double sign = 1;
    int const value = value_of(kind, lp->value[k], &sign);
    if (value >= 0)
      pl_series_values(&panel->series[here.series], value)[here.slice] += sign * lp->value[k] * x;
  }
}

pl_panel *report_balances(const reporter *r) {
  pl_panel *panel =
      pl_panel_new(r->a, "balances",
                   "where every material comes from and goes to, and what one more unit is worth",
                   r->currency, keys, 3, values, VALUES);
  const spot *at = locate_rows(r, panel);
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    const pl_block *b = &r->p->columns[k];
    for (int v = 0; v < b->count; v++) add_column(r, panel, at, b->kind, b->first + v);
  }
  return panel;
}
