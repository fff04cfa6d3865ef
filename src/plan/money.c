/* The one table of entries turned into costs, amounts and dates. */
#include <math.h>
#include <string.h>

#include "plan/program.h"

double pl_program_discount(const pl_program *p, pl_time t) {
  double const rate = p->c->calendar.discount;
  if (isnan(rate) || rate == 0) return 1;
  double const days = (double)(t - p->c->from) / (24 * 60);
  return pow(1 + rate, -days / 365);
}

double pl_program_worth(const pl_program *p, const pl_grid *g, int v, pl_duration delay) {
  pl_time const middle = pl_grid_middle(g, v);
  if (!g->typical) return pl_program_discount(p, pl_time_after(middle, delay));
  const pl_typical *t = g->typical;
  int const period = g->period[v];
  double sum = 0;
  for (int d = t->first[period]; d >= 0; d = t->next[d])
    sum += pl_program_discount(p, pl_time_after(middle + t->start[d] - t->start[period], delay));
  return sum / t->times[period];
}

double pl_entry_worth(const pl_program *p, const pl_entry *e, int v) {
  return pl_program_worth(p, e->grid, v, e->delay);
}

/* Of two amounts that carry the sign of factor. */
static double lesser(double x, double y, double factor) {
  return factor < 0 ? fmax(x, y) : fmin(x, y);
}

void pl_entry_amounts(const pl_quotes *quotes, const pl_entry *e, double *out, double *scratch) {
  int const n = e->grid->n;
  for (int v = 0; v < n; v++) out[v] = e->factor;
  const pl_formula *const factors[] = {e->formula, e->also};
  for (int i = 0; i < 2; i++) {
    if (!factors[i]) continue;
    pl_formula_eval_grid(factors[i], quotes, e->grid, scratch);
    int const fixed = e->slice_of_formula - 1;
    for (int v = 0; v < n; v++) out[v] *= scratch[fixed >= 0 ? fixed : v];
  }
  if (e->at_most_now) {
    pl_formula_eval_grid(e->formula, quotes, e->grid, scratch);
    for (int v = 0; v < n; v++) out[v] = lesser(out[v], e->factor * scratch[v], e->factor);
  }
  for (int v = 0; v < n; v++) {
    if (e->per_hour) out[v] *= pl_grid_hours(e->grid, v);
    if (e->per_time) out[v] *= pl_grid_times(e->grid, v);
    if (e->last_only && v + 1 < n) out[v] = 0;
  }
}

double pl_entry_amount(const pl_quotes *quotes, const pl_entry *e, int v) {
  if (e->last_only && v + 1 < e->grid->n) return 0;
  int const w = e->slice_of_formula > 0 ? e->slice_of_formula - 1 : v;
  double x = e->factor;
  if (e->formula) x *= pl_formula_eval_slice(e->formula, quotes, e->grid, w);
  if (e->also) x *= pl_formula_eval_slice(e->also, quotes, e->grid, w);
  if (e->at_most_now)
    x = lesser(x, e->factor * pl_formula_eval_slice(e->formula, quotes, e->grid, v), e->factor);
  if (e->per_time) x *= pl_grid_times(e->grid, v);
  return e->per_hour ? x * pl_grid_hours(e->grid, v) : x;
}

int pl_program_longest_grid(const pl_program *p) {
  int n = p->periods.n > 1 ? p->periods.n : 1;
  for (int s = 0; s < PL_STEPS; s++)
    for (int real = 0; real < 2; real++) {
      int const slices = (real ? p->real : p->grid)[s].n;
      if (slices > n) n = slices;
    }
  return n;
}

/* Discount factors of a grid's middles; most entries have no delay and share them. */
static void discounts(const pl_program *p, const pl_entry *e, double *out) {
  for (int v = 0; v < e->grid->n; v++) out[v] = pl_entry_worth(p, e, v);
}

void pl_program_price(const pl_program *p, const pl_quotes *quotes, double *cost, double *offset) {
  pl_program_price_of(p, quotes, NULL, cost, offset);
  pl_program_break_ties(p, cost);
}

void pl_program_price_of(const pl_program *p, const pl_quotes *quotes, const bool *party,
                         double *cost, double *offset) {
  pl_arena *scratch = pl_arena_new();
  size_t const n = (size_t)pl_program_longest_grid(p);
  double *amount = PL_NEW_ARRAY(scratch, double, n), *work = PL_NEW_ARRAY(scratch, double, n);
  double *discount = PL_NEW_ARRAY(scratch, double, n);
  const pl_grid *discounted = NULL;
  for (int j = 0; j < p->lp.n_cols; j++) cost[j] = 0;
  *offset = 0;
  for (int i = 0; i < p->n_entries; i++) {
    const pl_entry *e = &p->entries[i];
    if (party && !party[e->party]) continue;
    bool const delayed = e->delay.months != 0 || e->delay.minutes != 0;
    pl_entry_amounts(quotes, e, amount, work);
    if (delayed || discounted != e->grid) {
      discounts(p, e, discount);
      discounted = delayed ? NULL : e->grid;
    }
    for (int v = 0; v < e->grid->n; v++) {
      double *to = e->block < 0 ? offset : &cost[p->columns[e->block].first + v];
      *to -= amount[v] * discount[v];
    }
  }
  for (int j = 0; j < p->lp.n_cols; j++)
    if (fabs(cost[j]) < 1e-12) cost[j] = 0; /* no price: what is left of some that cancel */
  pl_arena_free(scratch);
}
