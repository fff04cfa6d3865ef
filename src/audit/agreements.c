/* Independent check of agreements: when each is in force, and what it requires of its deliveries,
 * runs and sales. Take or pay is in take.c, payments in payments.c. */
#include <math.h>

#include "audit/agreed.h"

static const double whole = 1e-5; /* tolerance for whole numbers */

/* --- When ------------------------------------------------------------------------------------ */

static double in_term(const pl_audit_agreed *k, int v) {
  pl_time from, to;
  pl_agreement_term(k->w->c, k->a, &from, &to);
  return pl_grid_within(k->grid, v, from, to);
}

/* It is in force throughout its term, and nothing happens under it at other times. */
static void check_force(const pl_audit_agreed *k) {
  pl_audit_subject const x = pl_audit_agreed_about(k, PL_agreement_from, "the term");
  const double *flow = pl_audit_agreed_flow(k, -1, k->grid);
  for (int v = 0; v < k->grid->n; v++) {
    pl_audit_most(k->w, &x, k->grid, v, fabs(k->force[v] - in_term(k, v)), 1e-9);
    if (k->force[v] == 0) pl_audit_most(k->w, &x, k->grid, v, flow[v], 0);
  }
}

/* While the agreement closes another thing's block, nothing moves in that block. */
static void check_closed_block(const pl_audit_agreed *k, const pl_block *block, int field,
                               const char *words) {
  pl_audit_subject const x = pl_audit_agreed_about(k, field, words);
  const double *amount = pl_audit_amounts(k->w, block);
  double *force = pl_audit_zeros(k->w, block->count);
  pl_audit_spread(force, block->grid, k->grid, k->force);
  for (int v = 0; v < block->count; v++)
    if (force[v] > 0) pl_audit_most(k->w, &x, block->grid, v, amount[v], 0);
}

static void check_closed(const pl_audit_agreed *k, pl_noun_id noun, int thing, pl_column_kind kind,
                         int party, int field, const char *words) {
  int n;
  const int *blocks = pl_audit_blocks(k->w, noun, thing, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->w->p->columns[blocks[i]];
    if (block->kind == (int)kind && (party < 0 || block->party == party))
      check_closed_block(k, block, field, words);
  }
}

static void check_all_closed(const pl_audit_agreed *k) {
  const pl_agreement *agreement = k->a;
  for (int i = 0; i < agreement->closes.n; i++)
    check_closed(k, PL_NOUN_market, agreement->closes.index[i], PL_COLUMN_TRADE,
                 agreement->principal, PL_agreement_closes, "'closes'");
  if (agreement->kind == PL_VENTURE)
    check_closed(k, PL_NOUN_unit, agreement->unit, PL_COLUMN_RUN, -1, PL_agreement_unit,
                 "the sole use of the unit");
}

/* --- How much -------------------------------------------------------------------------------- */

typedef struct { /* a bound, on the grid of the time it is written per */
  pl_audit_subject x;
  const pl_grid *g;
  const double *amount;
} agreed_bound;

static agreed_bound bound_of(const pl_audit_agreed *k, const pl_bounds *list, int i,
                             const char *words) {
  int const per = list->per[i], own = (int)k->grid->step;
  agreed_bound b = {
      pl_audit_agreed_about(k, -1, words),
      per < 0 ? &k->w->p->whole : pl_audit_grid(k->w, (pl_step)(per > own ? per : own)), NULL};
  b.x.place = pl_formula_place(list->formula[i]);
  b.amount = pl_audit_agreed_amount(k, list->formula[i], NULL, per >= 0, b.g);
  return b;
}

static void check_most(const pl_audit_agreed *k, const pl_bounds *list, const char *words,
                       double scale) {
  for (int i = 0; i < list->n; i++) {
    agreed_bound const b = bound_of(k, list, i, words);
    const double *sum = pl_audit_agreed_flow(k, -1, b.g);
    for (int v = 0; v < b.g->n; v++) pl_audit_most(k->w, &b.x, b.g, v, sum[v], scale * b.amount[v]);
  }
}

/* What is missing of the nth minimum quantity, counted in the order of the case. */
static void add_missing(const pl_audit_agreed *k, int nth, const pl_grid *g, double *sum) {
  int n;
  const int *blocks = pl_audit_blocks(k->w, PL_NOUN_agreement, k->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->w->p->columns[blocks[i]];
    if (block->kind == PL_COLUMN_MISSING && nth-- == 0)
      pl_audit_add(sum, g, block, pl_audit_amounts(k->w, block), 1, NULL);
  }
}

static void check_least(const pl_audit_agreed *k, const pl_bounds *list, const char *words,
                        double scale, int first_missing, bool called) {
  for (int i = 0; i < list->n; i++) {
    agreed_bound const b = bound_of(k, list, i, words);
    double *sum = pl_audit_agreed_flow(k, -1, b.g);
    const pl_block *back = pl_audit_block(k->w, PL_NOUN_agreement, k->index, PL_COLUMN_CALLED);
    add_missing(k, first_missing + i, b.g, sum);
    if (called && back) pl_audit_add(sum, b.g, back, pl_audit_amounts(k->w, back), 1, NULL);
    for (int v = 0; v < b.g->n; v++)
      pl_audit_least(k->w, &b.x, b.g, v, sum[v], scale * b.amount[v]);
  }
}

static double constant(const pl_audit_agreed *k, const pl_formula *f, double preset) {
  return f ? pl_formula_eval(f, k->w->quotes, k->w->c->from, k->w->c->to) : preset;
}

static void check_quantities(const pl_audit_agreed *k) {
  const pl_agreement *agreement = k->a;
  double const tolerance = constant(k, agreement->tolerance, 0);
  check_least(k, &agreement->at_least, "'at least'", 1, 0, false);
  check_most(k, &agreement->up_to, "'up to'", 1);
  if (agreement->financial) return;
  check_least(k, &agreement->exactly, "'exactly'", 1 - tolerance, agreement->at_least.n, true);
  check_most(k, &agreement->exactly, "'exactly'", 1 + tolerance);
}

static void check_called(const pl_audit_agreed *k) {
  const pl_block *back = pl_audit_block(k->w, PL_NOUN_agreement, k->index, PL_COLUMN_CALLED);
  for (int i = 0; back && i < k->a->reduction.n; i++) {
    agreed_bound const b = bound_of(k, &k->a->reduction, i, "the reduction");
    double *sum = pl_audit_zeros(k->w, b.g->n);
    pl_audit_add(sum, b.g, back, pl_audit_amounts(k->w, back), 1, NULL);
    for (int v = 0; v < b.g->n; v++) pl_audit_most(k->w, &b.x, b.g, v, sum[v], b.amount[v]);
  }
}

/* A month takes at most a given share of the year's quantity. */
static void check_even(const pl_audit_agreed *k) {
  const pl_agreement *agreement = k->a;
  if (!agreement->even || !agreement->quantity) return;
  const pl_grid *g = k->grid->step > PL_MONTH ? k->grid : pl_audit_grid(k->w, PL_MONTH);
  const double *rate = pl_audit_values(k->w, agreement->quantity, k->grid, 0, true);
  const double *even = pl_audit_values(k->w, agreement->even, k->grid, 0, false);
  double *x = pl_audit_zeros(k->w, k->grid->n), *most = pl_audit_zeros(k->w, g->n);
  for (int v = 0; v < k->grid->n; v++) {
    pl_time const t = k->grid->start[v];
    double const months = pl_step_hours(PL_YEAR, t) / pl_step_hours(PL_MONTH, t);
    x[v] = rate[v] * even[v] * k->force[v] * months;
  }
  pl_audit_spread(most, g, k->grid, x);
  pl_audit_subject const about = pl_audit_agreed_about(k, PL_agreement_even, "'even'");
  const double *sum = pl_audit_agreed_flow(k, -1, g);
  for (int v = 0; v < g->n; v++) pl_audit_most(k->w, &about, g, v, sum[v], most[v]);
}

static void check_share(const pl_audit_agreed *k) {
  const pl_agreement *agreement = k->a;
  if (agreement->of.n == 0) return;
  double const share = constant(k, agreement->share, 1);
  pl_audit_subject const x = pl_audit_agreed_about(k, PL_agreement_of, "the share");
  const double *flow = pl_audit_agreed_flow(k, -1, k->grid);
  double *of = pl_audit_zeros(k->w, k->grid->n);
  for (int t = 0; t < agreement->of.n; t++)
    pl_audit_add_term(k->w, &agreement->of.term[t], false, of, k->grid);
  for (int v = 0; v < k->grid->n; v++) {
    if (k->force[v] == 0) continue;
    pl_audit_least(k->w, &x, k->grid, v, flow[v], share * of[v]);
    pl_audit_most(k->w, &x, k->grid, v, flow[v], share * of[v]);
  }
}

static void check_lots(const pl_audit_agreed *k) {
  if (!k->a->lot) return;
  pl_audit_subject const x = pl_audit_agreed_about(k, PL_agreement_lot, "the lot size");
  double const lot = constant(k, k->a->lot, 1);
  const double *flow = pl_audit_agreed_flow(k, -1, k->grid);
  for (int v = 0; v < k->grid->n; v++) pl_audit_whole(k->w, &x, k->grid, v, flow[v] / lot);
}

/* A tier is open only when the one before it is full. */
static void check_tiers(const pl_audit_agreed *k) {
  const pl_tiers *tiers = &k->a->tiers;
  for (int t = 0; t < tiers->n; t++) {
    if (tiers->next[t].n == 0) continue;
    agreed_bound const b =
        bound_of(k, &tiers->next[t], 0, pl_arena_printf(k->w->scratch, "'next' of tier %d", t + 1));
    const double *sum = pl_audit_agreed_flow(k, t, b.g), *next = NULL;
    if (t + 1 < tiers->n) next = pl_audit_agreed_flow(k, t + 1, b.g);
    for (int v = 0; v < b.g->n; v++) {
      pl_audit_most(k->w, &b.x, b.g, v, sum[v], b.amount[v]);
      if (next && !k->w->c->calendar.relaxed && next[v] > whole * fmax(1, b.amount[v]))
        pl_audit_least(k->w, &b.x, b.g, v, sum[v], b.amount[v] * (1 - whole));
    }
  }
}

static void check_money(const pl_audit_agreed *k) {
  const pl_agreement *agreement = k->a;
  pl_audit_walk *w = k->w;
  for (int i = 0; i < agreement->money_up_to.n; i++) {
    agreed_bound const b = bound_of(k, &agreement->money_up_to, i, "'money up to'");
    double *sum = pl_audit_zeros(w, b.g->n);
    int n;
    const int *blocks = pl_audit_blocks(w, PL_NOUN_agreement, k->index, &n);
    for (int j = 0; j < n; j++) {
      const pl_block *block = &w->p->columns[blocks[j]];
      if (block->kind != PL_COLUMN_DELIVER) continue;
      const pl_formula *price =
          agreement->tiers.n > 0 ? agreement->tiers.price[block->part] : agreement->price;
      pl_audit_add(sum, b.g, block, pl_audit_amounts(w, block), 1,
                   pl_audit_values(w, price, block->grid, 0, false));
    }
    for (int v = 0; v < b.g->n; v++) pl_audit_most(w, &b.x, b.g, v, sum[v], b.amount[v]);
  }
}

/* No load in a month exceeds the highest load on which its demand charge is paid. */
static void check_peak(const pl_audit_agreed *k) {
  const pl_block *peak = pl_audit_block(k->w, PL_NOUN_agreement, k->index, PL_COLUMN_PEAK);
  if (!peak) return;
  pl_audit_subject const x =
      pl_audit_agreed_about(k, PL_agreement_demand_charge, "the highest load");
  const double *flow = pl_audit_agreed_flow(k, -1, k->grid), *most = pl_audit_amounts(k->w, peak);
  for (int v = 0; v < k->grid->n; v++) {
    pl_share s = pl_share_slice(peak->grid, k->grid, v);
    for (; s.ok; pl_share_next(peak->grid, &s))
      pl_audit_most(k->w, &x, k->grid, v, flow[v] / pl_grid_hours(k->grid, v), most[s.r]);
  }
}

static void check_agreement(const pl_audit_agreed *k) {
  check_force(k);
  check_all_closed(k);
  check_quantities(k);
  check_called(k);
  check_even(k);
  check_share(k);
  check_lots(k);
  check_tiers(k);
  check_money(k);
  check_peak(k);
  if (k->a->take_or_pay) pl_audit_take_or_pay(k);
}

void pl_audit_agreements(pl_audit_walk *w) {
  for (int i = 0; i < w->c->n_agreements; i++) {
    const pl_block *force = pl_audit_block(w, PL_NOUN_agreement, i, PL_COLUMN_IN_FORCE);
    if (!force) continue;
    pl_audit_agreed const k = {w, i, &w->c->agreements[i], force->grid, pl_audit_amounts(w, force)};
    check_agreement(&k);
    pl_arena_reset(w->scratch);
  }
}
