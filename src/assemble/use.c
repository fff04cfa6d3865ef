/* "Used": the integer that a lane or a market needs for a minimum when used, a fixed charge, or a
 * count. */
#include <math.h>

#include "assemble/trade.h"

bool plan_is_counted(const builder *b, pl_term_kind kind, int thing) {
  for (int i = 0; i < b->c->n_limits; i++)
    for (int t = 0; t < b->c->limits[i].counts.n; t++) {
      const struct pl_term *x = &b->c->limits[i].counts.term[t];
      if (x->kind == kind && x->index == thing) return true;
    }
  return false;
}

static void take_least(double *most, const double *amount, int n) {
  for (int v = 0; v < n; v++) most[v] = fmin(most[v], amount[v]);
}

static void take_bounds(builder *b, const use_request *r, const pl_bounds *list, double *most) {
  for (int i = 0; i < list->n; i++)
    if (list->per[i] >= (int)r->grid->step ||
        list->per[i] < 0) /* a yearly bound also bounds each month */
      for (int v = 0; v < r->grid->n; v++) {
        const pl_formula *f = list->formula[i];
        pl_step const per = list->per[i] < 0 ? PL_YEAR : (pl_step)list->per[i];
        pl_time const t = r->grid->start[v];
        double const x = pl_formula_eval(f, b->c->quotes, t, pl_grid_end(r->grid, v)) *
                         pl_grid_times(r->grid, v);
        most[v] = fmin(most[v], list->per[i] < 0 ? x : x * pl_step_hours(per, t));
      }
    else
      take_least(most, plan_values(b, list->formula[i], r->grid, 0, true), r->grid->n);
}

/* The largest possible flow in each slice: the smallest bound that the case gives. */
static double *most_per_slice(builder *b, const use_request *r) {
  double *most = PL_NEW_ARRAY(b->a, double, (size_t)r->grid->n);
  for (int v = 0; v < r->grid->n; v++) most[v] = plan_infinity();
  if (r->capacity) take_least(most, plan_values(b, r->capacity, r->grid, 0, true), r->grid->n);
  take_bounds(b, r, r->up_to, most);
  take_bounds(b, r, r->exactly, most);
  return most;
}

/* MOST:   Σ flow ≤ most × used
 * LEAST:  Σ flow ≥ minimum when used × used
 * each as often as the slice stands for */
void plan_declare_use(builder *b, const use_request *r) {
  if (!r->minimum && !r->charge && !r->counted) return;
  double const inf = plan_infinity();
  r->rows->most_amount = most_per_slice(b, r);
  pl_block block = {.kind = r->column_kind,
                    .thing = r->thing,
                    .part = -1,
                    .extra = -1,
                    .party = r->party,
                    .grid = r->grid,
                    .count = r->grid->n};
  r->rows->used = plan_add_columns(b, block, 0, 1, true);
  if (r->charge)
    plan_add_entry(b, (pl_entry){.block = r->rows->used,
                                 .party = r->party,
                                 .line = PL_LINE_STARTS,
                                 .formula = r->charge,
                                 .factor = -1,
                                 .weight = plan_weight(b, r->grid, WEIGHT_TIMES),
                                 .grid = r->grid});
  block.kind = r->most_kind;
  r->rows->most = plan_add_rows(b, block, -inf, 0);
  if (!r->minimum) return;
  double *least = plan_values(b, r->minimum, r->grid, 0, false);
  for (int v = 0; v < r->grid->n; v++) least[v] *= pl_grid_times(r->grid, v);
  r->rows->least_amount = least;
  block.kind = r->least_kind;
  r->rows->least = plan_add_rows(b, block, 0, inf);
}

void plan_emit_use(builder *b, const trade_rows *r) {
  plan_put_same(b, r->most, -r->most_amount[b->slice]);
  if (r->least >= 0) plan_put_same(b, r->least, -r->least_amount[b->slice]);
  for (int i = 0; i < r->counts.n; i++)
    plan_put_flow(b, r->counts.at[i].row, r->counts.at[i].factor);
}
