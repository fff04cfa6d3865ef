/* An answer in the case's terms: accounts by party, line and year; amounts by block. */
#include "plan/schedule.h"

#include <math.h>

double pl_schedule_value(const pl_schedule *s, const pl_block *block, int v) {
  return s->solution->col_value[block->first + v];
}

double pl_schedule_bound(const pl_schedule *s) {
  const pl_solution *x = s->solution;
  return s->present_total + (x->objective - x->bound);
}

double pl_schedule_resolution(const pl_schedule *s) {
  return pl_solution_resolution(&s->program->lp, s->solution);
}

double pl_schedule_marginal(const pl_schedule *s, const pl_block *balance, int v) {
  return s->solution->row_dual[balance->first + v] / pl_program_worth(s->program, balance->grid, v);
}

double pl_schedule_account(const pl_schedule *s, int party, pl_line line, int year) {
  return s->account[(party * PL_LINES + (int)line) * (s->n_years + 1) + year];
}

double pl_schedule_earned(const pl_schedule *s, int party, int year) {
  return s->earned[party * s->n_years + year];
}

static void post(pl_schedule *s, const pl_entry *e, int v, double money) {
  int const at = e->party * PL_LINES + (int)e->line;
  s->present[at] += money * pl_entry_worth(s->program, e, v);
  pl_entry_book(e, v, &s->years, money, s->account + at * (s->n_years + 1));
  pl_entry_earn(e, v, &s->years, money, s->earned + e->party * s->n_years);
}

static void post_entry(pl_schedule *s, const pl_entry *e, double *amount, double *scratch) {
  const pl_program *p = s->program;
  const pl_block *block = e->block < 0 ? NULL : &p->columns[e->block];
  pl_entry_amounts(p->c->quotes, e, amount, scratch);
  for (int v = 0; v < e->grid->n; v++) {
    double const money = amount[v] * (block ? pl_schedule_value(s, block, v) : 1);
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
