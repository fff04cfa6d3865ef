/* One entry of money: how much in each slice, and when it is paid. */
#include "plan/entry.h"

#include <math.h>

/* --- When it is paid ------------------------------------------------------------------------- */

static void find_dates(pl_paid *d) {
  const pl_entry *e = d->entry;
  const pl_grid *g = e->grid;
  d->ok = d->period >= 0;
  if (!d->ok) return;
  pl_time const later =
      g->typical ? g->typical->start[d->period] - g->typical->start[g->period[d->slice]] : 0;
  d->at = pl_time_after(pl_grid_middle(g, d->slice) + later, e->delay);
  d->from = e->at_once ? d->at : pl_time_after(g->start[d->slice] + later, e->delay);
  d->to = e->at_once ? d->at : pl_time_after(pl_grid_end(g, d->slice) + later, e->delay);
  if (d->to <= d->from) d->to = d->from + 1; /* 30 and 31 January end as 28 February */
}

pl_paid pl_paid_first(const pl_entry *e, int v) {
  const pl_grid *g = e->grid;
  pl_paid d = {.entry = e,
               .slice = v,
               .times = pl_grid_times(g, v),
               .period = g->typical ? g->typical->first[g->period[v]] : 0};
  find_dates(&d);
  return d;
}

void pl_paid_next(pl_paid *d) {
  const pl_typical *t = d->entry->grid->typical;
  d->period = t ? t->next[d->period] : -1;
  find_dates(d);
}

/* Whether it is paid while the goods move. */
static bool is_paid_over_slice(const pl_entry *e) {
  return e->delay.months == 0 && e->delay.minutes == 0 && !e->at_once;
}

bool pl_entry_same_worth(const pl_entry *a, const pl_entry *b) {
  return a->grid == b->grid && a->delay.months == b->delay.months &&
         a->delay.minutes == b->delay.minutes;
}

/* --- How much -------------------------------------------------------------------------------- */

/* The smaller in size of two amounts that have the sign of factor. */
static double lesser(double x, double y, double factor) {
  return factor < 0 ? fmax(x, y) : fmin(x, y);
}

static double weighted(const pl_entry *e, int v, double x) {
  if (!e->weight) return x;
  return e->weight[v] == 0 ? 0 : x * e->weight[v]; /* also where the formula has no value */
}

static double value_when_paid(const pl_quotes *quotes, const pl_entry *e, const pl_formula *f,
                              int v) {
  double sum = 0;
  for (pl_paid d = pl_paid_first(e, v); d.ok; pl_paid_next(&d))
    sum += pl_formula_eval(f, quotes, d.from, d.to);
  return sum / pl_grid_times(e->grid, v);
}

static bool is_read_when_paid(const pl_entry *e) {
  return e->read == PL_READ_WHEN_PAID && !is_paid_over_slice(e);
}

static double value(const pl_quotes *quotes, const pl_entry *e, const pl_formula *f, int v) {
  if (is_read_when_paid(e)) return value_when_paid(quotes, e, f, v);
  return pl_formula_eval_slice(f, quotes, e->grid, e->read == PL_READ_IN_ONE ? e->read_in : v);
}

double pl_entry_amount(const pl_quotes *quotes, const pl_entry *e, int v) {
  if (e->weight && e->weight[v] == 0) return 0;
  double x = e->factor;
  if (e->formula) x *= value(quotes, e, e->formula, v);
  if (e->also) x *= value(quotes, e, e->also, v);
  if (e->at_most_now)
    x = lesser(x, e->factor * pl_formula_eval_slice(e->formula, quotes, e->grid, v), e->factor);
  return weighted(e, v, x);
}

static void multiply(const pl_quotes *quotes, const pl_entry *e, const pl_formula *f, double *out,
                     double *scratch) {
  int const n = e->grid->n;
  if (!f) return;
  if (is_read_when_paid(e)) {
    for (int v = 0; v < n; v++) out[v] *= value_when_paid(quotes, e, f, v);
    return;
  }
  pl_formula_eval_grid(f, quotes, e->grid, scratch);
  for (int v = 0; v < n; v++) out[v] *= scratch[e->read == PL_READ_IN_ONE ? e->read_in : v];
}

void pl_entry_amounts(const pl_quotes *quotes, const pl_entry *e, double *out, double *scratch) {
  int const n = e->grid->n;
  for (int v = 0; v < n; v++) out[v] = e->factor;
  multiply(quotes, e, e->formula, out, scratch);
  multiply(quotes, e, e->also, out, scratch);
  if (e->at_most_now) {
    pl_formula_eval_grid(e->formula, quotes, e->grid, scratch);
    for (int v = 0; v < n; v++) out[v] = lesser(out[v], e->factor * scratch[v], e->factor);
  }
  for (int v = 0; e->weight && v < n; v++) out[v] = weighted(e, v, out[v]);
}

static pl_status check_slice(const pl_quotes *quotes, const pl_entry *e, int v, pl_diag *diag) {
  const pl_formula *const factors[] = {e->formula, e->also};
  for (pl_paid d = pl_paid_first(e, v); d.ok; pl_paid_next(&d))
    for (int i = 0; i < 2; i++)
      if (factors[i]) PL_TRY(pl_formula_check(factors[i], quotes, d.from, d.to, diag));
  return PL_OK;
}

pl_status pl_entry_check(const pl_quotes *quotes, const pl_entry *e, pl_diag *diag) {
  for (int v = 0; is_read_when_paid(e) && v < e->grid->n; v++)
    if (!e->weight || e->weight[v] != 0) PL_TRY(check_slice(quotes, e, v, diag));
  return PL_OK;
}

/* --- In which year --------------------------------------------------------------------------- */

/* Paid evenly over [from, to): booked in the years that overlap it, and the remainder in the time
 * after them. */
static void book_evenly(const pl_grid *years, double *account, double money, pl_time from,
                        pl_time to) {
  pl_time const end = years->start[years->n];
  for (pl_share t = pl_share_first(years, from, to); t.ok; pl_share_next(years, &t))
    account[t.r] += money * t.share;
  if (to > end)
    account[years->n] += money * (double)(to - (from > end ? from : end)) / (double)(to - from);
}

void pl_entry_book(const pl_entry *e, int v, const pl_grid *years, double money, double *account) {
  if (is_paid_over_slice(e)) { /* all its parts in one step */
    pl_entry_earn(e, v, years, money, account);
    return;
  }
  for (pl_paid d = pl_paid_first(e, v); d.ok; pl_paid_next(&d))
    book_evenly(years, account, money / d.times, d.from, d.to);
}

void pl_entry_earn(const pl_entry *e, int v, const pl_grid *years, double money, double *account) {
  for (pl_share t = pl_share_slice(years, e->grid, v); t.ok; pl_share_next(years, &t))
    account[t.r] += money * t.share;
}
