/* Independent check of money: what everything costs and earns by the case's own prices and the
 * amounts of the answer, by party and line. The table of entries is not used; what is paid for each
 * kind of column is written out here again on purpose, and kinds without payment are not listed.
 * Payments under agreements are in payments.c, the resulting accounts in accounts.c. */
#include <math.h>

#include "audit/money.h"

void pl_audit_pay(pl_audit_purse *k, const pl_audit_payment *m) {
  pl_audit_walk *w = k->w;
  if (!m->price) return;
  double *money = pl_audit_values(w, m->price, m->grid, 0, m->per_hour);
  const double *also = pl_audit_values(w, m->also, m->grid, 1, false);
  for (int v = 0; v < m->grid->n; v++)
    money[v] *= m->factor * also[v] * (m->amount ? m->amount[v] : 1);
  pl_audit_book(k, m, money);
}

/* Present value of 1 paid `delay` after the middle of the slice; for a typical slice the mean over
 * the days it stands for. */
static double worth_of(const pl_audit_walk *w, const pl_grid *g, int v, pl_duration delay) {
  pl_time const middle = pl_grid_middle(g, v);
  const pl_typical *t = g->typical;
  double sum = 0;
  int n = 0;
  for (int d = 0; t && d < t->n; d++) {
    if (t->of[d] != g->period[v]) continue;
    pl_time const there = t->start[d] + (middle - t->start[g->period[v]]);
    sum += pl_program_discount(w->p, pl_time_after(there, delay));
    n++;
  }
  return t ? sum / n : pl_program_discount(w->p, pl_time_after(middle, delay));
}

/* The calendar year of t, counted from the case's first; n_years after the case's end. */
static int year_of(const pl_audit_purse *k, pl_time t) {
  int first, year, month, day, minute;
  if (t >= k->w->c->to) return k->n_years;
  pl_time_civil(k->w->c->from, &first, &month, &day, &minute);
  pl_time_civil(t, &year, &month, &day, &minute);
  return year - first;
}

/* Spreads money over the years in proportion to the time in each. */
static void book_years(const pl_audit_purse *k, double *account, double money, pl_time from,
                       pl_time to) {
  for (pl_time at = from; at < to;) {
    pl_time end = pl_step_add(PL_YEAR, pl_step_floor(PL_YEAR, at), 1);
    if (at < k->w->c->to && end > k->w->c->to) end = k->w->c->to;
    if (end > to || at >= k->w->c->to) end = to;
    account[year_of(k, at)] += money * ((double)(end - at) / (double)(to - from));
    at = end;
  }
}

/* Every real slice that v stands for receives an equal part: by date of payment in the account of
 * the line, by the slice itself in the party's earnings. */
static void book_slice(const pl_audit_purse *k, const pl_audit_payment *m, int v, double money) {
  double *account = k->account + (m->party * PL_LINES + (int)m->line) * (k->n_years + 1);
  double *earned = k->earned + m->party * (k->n_years + 1);
  const pl_grid *g = m->grid;
  const pl_typical *t = g->typical;
  int n = t ? 0 : 1;
  for (int d = 0; t && d < t->n; d++) n += t->of[d] == g->period[v];
  for (int d = 0; d < (t ? t->n : 1); d++) {
    if (t && t->of[d] != g->period[v]) continue;
    pl_time const there = t ? t->start[d] - t->start[g->period[v]] : 0;
    pl_time const start = g->start[v] + there, end = pl_grid_end(g, v) + there;
    pl_time const from = pl_time_after(m->at_once ? pl_grid_middle(g, v) + there : start, m->delay);
    pl_time const to = m->at_once ? from : pl_time_after(end, m->delay);
    book_years(k, account, money / n, from, to > from ? to : from + 1);
    book_years(k, earned, money / n, start, end);
  }
}

void pl_audit_book(pl_audit_purse *k, const pl_audit_payment *m, const double *money) {
  double sum = 0;
  for (int v = 0; v < m->grid->n; v++) {
    if (money[v] == 0) continue;
    sum += money[v];
    k->gross += fabs(money[v]);
    k->present += money[v] * worth_of(k->w, m->grid, v, m->delay);
    if (m->party >= 0) book_slice(k, m, v, money[v]);
  }
  if (m->between)
    k->between[m->line] = true;
  else
    k->outside[m->line] += sum;
}

pl_audit_payment pl_audit_payment_of(const pl_audit_walk *w, const pl_block *block, pl_line line) {
  return (pl_audit_payment){.party = block->party,
                            .line = line,
                            .grid = block->grid,
                            .amount = pl_audit_amounts(w, block),
                            .factor = -1};
}

static void pay_levies(pl_audit_purse *k, pl_audit_payment m, int site, int emission, double amount,
                       const pl_formula *ratio) {
  const pl_prices *levies = &k->w->c->sites[site].levies;
  for (int i = 0; i < levies->n; i++) {
    if (levies->material[i] != emission) continue;
    m.line = PL_LINE_CARBON;
    m.price = levies->formula[i];
    m.also = ratio;
    m.factor = -amount;
    pl_audit_pay(k, &m);
  }
}

void pl_audit_pay_ratios(pl_audit_purse *k, const pl_block *block) {
  int site = -1;
  const pl_prices *emits = pl_audit_emits(k->w, block, &site);
  pl_audit_payment const m = pl_audit_payment_of(k->w, block, PL_LINE_CARBON);
  for (int e = 0; e < emits->n; e++)
    pay_levies(k, m, site, emits->material[e], 1, emits->formula[e]);
}

void pl_audit_pay_run(pl_audit_purse *k, pl_audit_payment m, const pl_block *block, double part) {
  const pl_unit *u = &k->w->c->units[pl_block_plant(k->w->c, block)];
  const pl_process *process = &k->w->c->processes[pl_audit_process(k->w, block)];
  m.line = PL_LINE_CONVERSION;
  m.factor = -part;
  m.price = process->cost;
  pl_audit_pay(k, &m);
  m.price = u->cost;
  pl_audit_pay(k, &m);
  for (int i = 0; i < u->charges.n; i++) {
    m.line = (pl_line)u->charges.line[i];
    m.price = u->charges.formula[i];
    pl_audit_pay(k, &m);
  }
  for (int e = 0; e < process->emits.n; e++)
    pay_levies(k, m, u->site, process->emits.material[e],
               part * process->emits.amount[e] / process->makes.amount[0], NULL);
}

void pl_audit_pay_charges(pl_audit_purse *k, pl_audit_payment m, const pl_charges *charges) {
  m.factor = -1;
  m.delay = (pl_duration){0};
  for (int i = 0; i < charges->n; i++) {
    m.line = (pl_line)charges->line[i];
    m.price = charges->formula[i];
    pl_audit_pay(k, &m);
  }
}

static void pay_ship(pl_audit_purse *k, const pl_block *block) {
  const pl_lane *l = &k->w->c->lanes[block->thing];
  pl_audit_payment m = pl_audit_payment_of(k->w, block, PL_LINE_FREIGHT);
  m.price = l->cost;
  if (l->cost && pl_formula_dim(l->cost).of[PL_DIM_LENGTH] != 0) m.factor = -l->distance;
  pl_audit_pay(k, &m);
  m.factor = -1;
  for (int i = 0; i < l->costs.n; i++) {
    if (l->costs.material[i] != block->part) continue;
    m.price = l->costs.formula[i];
    pl_audit_pay(k, &m);
  }
  pl_audit_pay_charges(k, m, &l->charges);
  pl_audit_pay_ratios(k, block);
}

static pl_line traded_line(const pl_case *c, const pl_market *x) {
  if (pl_dim_equal(pl_material_dim(c, pl_market_material(x)), pl_dim_of(PL_DIM_ENERGY)))
    return PL_LINE_ENERGY;
  return x->buys >= 0 ? PL_LINE_SALES : PL_LINE_PURCHASES;
}

static void pay_trade(pl_audit_purse *k, const pl_block *block) {
  const pl_case *c = k->w->c;
  const pl_market *x = &c->markets[block->thing];
  pl_audit_payment m = pl_audit_payment_of(k->w, block, traded_line(c, x));
  m.price = x->tiers.n > 0 ? x->tiers.price[block->part] : x->price;
  m.factor = x->buys >= 0 ? 1 : -1;
  m.delay = x->paid_after;
  pl_audit_pay(k, &m);
  pl_audit_pay_charges(k, m, &x->charges);
  pl_audit_pay_ratios(k, block);
}

static void pay_level(pl_audit_purse *k, const pl_block *block) {
  const pl_stock *s = &k->w->c->stocks[block->thing];
  pl_audit_payment m = pl_audit_payment_of(k->w, block, PL_LINE_STOCK);
  m.price = s->cost;
  m.per_hour = true;
  pl_audit_pay(k, &m);
  const pl_block *last = pl_audit_block(k->w, PL_NOUN_stock, block->thing, PL_COLUMN_HELD);
  if (!last) last = block; /* with typical days, what the last real day leaves */
  double *left = pl_audit_zeros(k->w, last->count);
  left[last->count - 1] = pl_audit_amounts(k->w, last)[last->count - 1];
  m = (pl_audit_payment){.party = block->party,
                         .line = PL_LINE_STOCK,
                         .grid = last->grid,
                         .amount = left,
                         .price = s->final_value,
                         .factor = 1,
                         .at_once = true};
  if (block->grid->typical) /* counted at the middle of the last real slice */
    m.delay.minutes = (block->grid->all->start[block->grid->all->n - 1] + k->w->c->to) / 2 -
                      pl_grid_middle(m.grid, m.grid->n - 1);
  pl_audit_pay(k, &m);
}

static void pay_simple(pl_audit_purse *k, const pl_block *block, pl_line line,
                       const pl_formula *price, bool per_hour) {
  pl_audit_payment m = pl_audit_payment_of(k->w, block, line);
  m.price = price;
  m.per_hour = per_hour;
  pl_audit_pay(k, &m);
}

/* A typical slice is counted as often as it occurs. */
static void pay_use(pl_audit_purse *k, const pl_block *block, const pl_formula *charge) {
  pl_audit_payment m = pl_audit_payment_of(k->w, block, PL_LINE_STARTS);
  double *used = pl_audit_zeros(k->w, block->count);
  for (int v = 0; v < block->count; v++) used[v] = m.amount[v] * pl_grid_times(block->grid, v);
  m.amount = used;
  m.price = charge;
  pl_audit_pay(k, &m);
}

static void pay_market_peak(pl_audit_purse *k, const pl_block *block) {
  const pl_market *x = &k->w->c->markets[block->thing];
  pl_audit_payment m = pl_audit_payment_of(k->w, block, traded_line(k->w->c, x));
  m.price = x->demand_charge;
  m.delay = x->paid_after;
  m.per_hour = true;
  pl_audit_pay(k, &m);
}

/* A start has a cost, and its emissions are subject to levies. */
static void pay_start(pl_audit_purse *k, const pl_block *block) {
  const pl_unit *u = &k->w->c->units[block->thing];
  pay_simple(k, block, PL_LINE_STARTS, u->start_cost, false);
  for (int i = 0; i < u->start_emits.n; i++)
    pay_levies(k, pl_audit_payment_of(k->w, block, PL_LINE_CARBON), u->site,
               u->start_emits.material[i], u->start_emits.amount[i], NULL);
}

/* Levies on emissions beyond the recipe, paid by the unit's party or by the partners of a
 * venture. */
static void pay_extra(pl_audit_purse *k, const pl_block *block) {
  const pl_case *c = k->w->c;
  bool const shared = pl_block_agreement(block, false) >= 0;
  const pl_agreement *agreement = shared ? &c->agreements[block->thing] : NULL;
  const pl_unit *u = &c->units[pl_block_plant(c, block)];
  const pl_process *process = &c->processes[u->runs.index[0]];
  pl_audit_payment m = pl_audit_payment_of(k->w, block, PL_LINE_CARBON);
  for (int s = 0; s < (shared ? agreement->shares.n : 1); s++) {
    double const part = shared ? agreement->shares.factor[s] : 1;
    if (shared) m.party = agreement->shares.index[s];
    for (int i = 0; i < process->emits.n; i++)
      pay_levies(k, m, u->site, process->emits.material[i],
                 part * process->emits.amount[i] / (process->makes.amount[0] * u->runs.factor[0]),
                 NULL);
  }
}

/* The penalty of a soft limit is shared equally by all parties. */
static void pay_penalty(pl_audit_purse *k, const pl_block *block) {
  pl_audit_payment m = pl_audit_payment_of(k->w, block, PL_LINE_PENALTY);
  m.price = k->w->c->limits[block->thing].penalty;
  m.factor = -1.0 / k->w->c->n_parties;
  for (m.party = 0; m.party < k->w->c->n_parties; m.party++) pl_audit_pay(k, &m);
}

void pl_audit_pay_block(pl_audit_purse *k, const pl_block *block) {
  const pl_case *c = k->w->c;
  switch (block->kind) {
  case PL_COLUMN_RUN:
    pl_audit_pay_run(k, pl_audit_payment_of(k->w, block, PL_LINE_CONVERSION), block, 1);
    break;
  case PL_COLUMN_SHIP: pay_ship(k, block); break;
  case PL_COLUMN_TRADE: pay_trade(k, block); break;
  case PL_COLUMN_LEVEL: pay_level(k, block); break;
  case PL_COLUMN_ON:
    pay_simple(k, block, PL_LINE_STARTS, c->units[block->thing].on_cost, true);
    break;
  case PL_COLUMN_BEGIN:
    pay_simple(k, block, PL_LINE_FIXED, c->outages[block->thing].cost, false);
    break;
  case PL_COLUMN_START: pay_start(k, block); break;
  case PL_COLUMN_EXTRA:
  case PL_COLUMN_SHARED_EXTRA: pay_extra(k, block); break;
  case PL_COLUMN_START_OF:
    pay_simple(k, block, PL_LINE_STARTS, c->units[block->thing].start_costs.formula[block->part],
               false);
    break;
  case PL_COLUMN_LANE_PEAK:
    pay_simple(k, block, PL_LINE_FREIGHT, c->lanes[block->thing].demand_charge, true);
    break;
  case PL_COLUMN_MARKET_PEAK: pay_market_peak(k, block); break;
  case PL_COLUMN_LANE_USED: pay_use(k, block, c->lanes[block->thing].used_charge); break;
  case PL_COLUMN_MARKET_USED: pay_use(k, block, c->markets[block->thing].used_charge); break;
  case PL_COLUMN_SHORT:
    pay_simple(k, block, PL_LINE_PENALTY, c->markets[block->thing].short_at, false);
    break;
  case PL_COLUMN_OVER:
  case PL_COLUMN_UNDER: pay_penalty(k, block); break;
  default: break; /* no payment, or one under an agreement: payments.c */
  }
}

/* Free allowances of a site, which do not depend on its activity. */
static void pay_allocations(pl_audit_purse *k) {
  pl_audit_walk *w = k->w;
  for (int s = 0; s < w->c->n_sites; s++) {
    const pl_site *site = &w->c->sites[s];
    pl_audit_payment m = {
        .party = site->party, .grid = pl_audit_grid(w, w->c->step), .per_hour = true};
    for (int i = 0; i < site->allocation.n; i++)
      pay_levies(k, m, s, site->allocation.material[i], -1, site->allocation.formula[i]);
    pl_arena_reset(w->scratch);
  }
}

static void pay_fixed(pl_audit_purse *k) {
  pl_audit_walk *w = k->w;
  const pl_grid *g = pl_audit_grid(w, w->c->step);
  for (int i = 0; i < w->c->n_units; i++) {
    const pl_unit *u = &w->c->units[i];
    pl_audit_payment const m = {.party = pl_unit_party(w->c, u),
                                .line = PL_LINE_FIXED,
                                .grid = g,
                                .price = u->fixed_cost,
                                .factor = -1,
                                .per_hour = true};
    pl_audit_pay(k, &m);
    pl_arena_reset(w->scratch);
  }
}

void pl_audit_pay_standing(pl_audit_purse *k) {
  pay_fixed(k);
  pay_allocations(k);
}
