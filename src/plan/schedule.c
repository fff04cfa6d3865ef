/* An answer in the case's words: accounts by party, line and year, amounts by block. */
#include "plan/schedule.h"

#include <math.h>

double pl_schedule_value(const pl_schedule *s, const pl_block *b, int v) {
  return s->solution->col_value[b->first + v];
}

double pl_schedule_bound(const pl_schedule *s) {
  const pl_solution *x = s->solution;
  return s->present_total + (x->objective - x->bound);
}

double pl_schedule_resolution(const pl_schedule *s) {
  return pl_solution_resolution(&s->program->lp, s->solution);
}

double pl_schedule_marginal(const pl_schedule *s, const pl_block *balance, int v) {
  return s->solution->row_dual[balance->first + v] /
         pl_program_worth(s->program, balance->grid, v, (pl_duration){0});
}

double pl_schedule_account(const pl_schedule *s, int party, pl_line line, int year) {
  return s->account[(party * PL_LINES + (int)line) * (s->n_years + 1) + year];
}

double pl_schedule_earned(const pl_schedule *s, int party, int year) {
  return s->earned[party * s->n_years + year];
}

/* Paid evenly over [from, to): to the calendar years that this lies in, and what is left over to
 * the time after them. */
static void book_evenly(const pl_schedule *s, double *account, double money, pl_time from,
                        pl_time to) {
  pl_time const end = s->years.start[s->n_years];
  for (pl_share t = pl_share_first(&s->years, from, to); t.ok; pl_share_next(&s->years, &t))
    account[t.r] += money * t.share;
  if (to > end)
    account[s->n_years] += money * (double)(to - (from > end ? from : end)) / (double)(to - from);
}

/* Paid delay after [from, to) evenly, or after its middle at once. */
static void book_later(const pl_schedule *s, const pl_entry *e, double *account, double money,
                       pl_time from, pl_time to) {
  pl_time begin = pl_time_after(from, e->delay), end = pl_time_after(to, e->delay);
  if (e->last_only) begin = pl_time_after(from + (to - from) / 2, e->delay);
  if (e->last_only || end <= begin) end = begin + 1; /* 30 and 31 January end as 28 February */
  book_evenly(s, account, money, begin, end);
}

static bool is_delayed(const pl_entry *e) { return e->delay.months != 0 || e->delay.minutes != 0; }

/* Money of entry e in slice v by the years in which it is paid: over the slice, or as much later as
 * it is paid. In a typical slice it is paid in equal parts over the real ones that this stands
 * for. */
static void book(const pl_schedule *s, const pl_entry *e, int v, double *account, double money) {
  const pl_grid *g = e->grid;
  if (!is_delayed(e) && !e->last_only) {
    for (pl_share t = pl_share_slice(&s->years, g, v); t.ok; pl_share_next(&s->years, &t))
      account[t.r] += money * t.share;
    return;
  }
  pl_time const from = g->start[v], to = pl_grid_end(g, v);
  if (!g->typical) {
    book_later(s, e, account, money, from, to);
    return;
  }
  const pl_typical *t = g->typical;
  int const period = g->period[v];
  for (int d = t->first[period]; d >= 0; d = t->next[d]) {
    pl_time const there = t->start[d] - t->start[period];
    book_later(s, e, account, money / t->times[period], from + there, to + there);
  }
}

static void post(pl_schedule *s, const pl_entry *e, int v, double money) {
  int const at = e->party * PL_LINES + (int)e->line;
  s->present[at] += money * pl_entry_worth(s->program, e, v);
  book(s, e, v, s->account + at * (s->n_years + 1), money);
  double *earned = s->earned + e->party * s->n_years;
  for (pl_share t = pl_share_slice(&s->years, e->grid, v); t.ok; pl_share_next(&s->years, &t))
    earned[t.r] += money * t.share;
}

static void post_entry(pl_schedule *s, const pl_entry *e, double *amount, double *scratch) {
  const pl_program *p = s->program;
  const pl_block *k = e->block < 0 ? NULL : &p->columns[e->block];
  pl_entry_amounts(p->c->quotes, e, amount, scratch);
  for (int v = 0; v < e->grid->n; v++) {
    double const money = amount[v] * (k ? pl_schedule_value(s, k, v) : 1);
    if (money != 0) post(s, e, v, money);
  }
}

pl_status pl_schedule_make(const pl_program *p, const pl_solution *solution, pl_arena *a,
                           pl_schedule **out) {
  pl_schedule *s = PL_NEW(a, pl_schedule);
  s->program = p;
  s->solution = solution;
  pl_grid_init(&s->years, a, PL_YEAR, p->c->from, p->c->to);
  s->n_years = s->years.n;
  size_t const lines = (size_t)p->c->n_parties * PL_LINES;
  s->present = PL_NEW_ARRAY(a, double, lines + 1);
  size_t const accounts = lines * ((size_t)s->n_years + 1);
  size_t const earnings = (size_t)p->c->n_parties * (size_t)s->n_years;
  s->account = PL_NEW_ARRAY(a, double, accounts + 1);
  s->earned = PL_NEW_ARRAY(a, double, earnings + 1);
  size_t const n = (size_t)pl_program_longest_grid(p);
  double *amount = PL_NEW_ARRAY(a, double, n), *scratch = PL_NEW_ARRAY(a, double, n);
  for (int i = 0; i < p->n_entries; i++) post_entry(s, &p->entries[i], amount, scratch);
  for (size_t i = 0; i < lines; i++) s->present_total += s->present[i];
  *out = s;
  return PL_OK;
}
