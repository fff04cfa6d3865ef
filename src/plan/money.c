/* Turns the table of entries into costs; present values. */
#include <math.h>
#include <string.h>

#include "plan/program.h"

double pl_program_discount(const pl_program *p, pl_time t) {
  double const rate = p->c->calendar.discount;
  if (isnan(rate) || rate == 0) return 1;
  double const days = (double)(t - p->c->from) / (24 * 60);
  return pow(1 + rate, -days / 365);
}

int pl_entry_agreement(const pl_program *p, const pl_entry *e) {
  return e->clause == 0 ? -1 : p->columns[e->block].thing;
}

double pl_entry_worth(const pl_program *p, const pl_entry *e, int v) {
  double sum = 0;
  for (pl_paid d = pl_paid_first(e, v); d.ok; pl_paid_next(&d)) sum += pl_program_discount(p, d.at);
  return sum / pl_grid_times(e->grid, v);
}

double pl_program_worth(const pl_program *p, const pl_grid *g, int v) {
  pl_entry const at_once = {.grid = g};
  return pl_entry_worth(p, &at_once, v);
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
  const pl_entry *discounted = NULL; /* the entry to which discount belongs: most share it */
  for (int j = 0; j < p->lp.n_cols; j++) cost[j] = 0;
  *offset = 0;
  for (int i = 0; i < p->n_entries; i++) {
    const pl_entry *e = &p->entries[i];
    if (party && !party[e->party]) continue;
    pl_entry_amounts(quotes, e, amount, work);
    if (!discounted || !pl_entry_same_worth(e, discounted)) discounts(p, e, discount);
    discounted = e;
    for (int v = 0; v < e->grid->n; v++) {
      double *to = e->block < 0 ? offset : &cost[p->columns[e->block].first + v];
      *to -= amount[v] * discount[v];
    }
  }
  for (int j = 0; j < p->lp.n_cols; j++)
    if (fabs(cost[j]) < 1e-12)
      cost[j] = 0; /* not a price, but the remainder of prices that
                                               cancel */
  pl_arena_free(scratch);
}
