/* What one more unit of a material is worth over time: periods with the same reasons are joined,
 * hours are counted by their reasons. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rank.h"
#include "explain/chains.h"
#include "explain/explain.h"
#include "explain/hours_walk.h"

typedef struct {
  pl_chains chains;
  pl_marginal *list;
  int n, capacity;
} telling;

static pl_marginal *marginal_add(telling *t) {
  PL_GROW(t->chains.arena, t->list, t->n, t->capacity);
  return &t->list[t->n++];
}

/* Mean of the slices' values. */
static pl_direction *sum_of(const pl_program *p, const pl_block *block, int first, int end,
                            pl_arena *a) {
  pl_direction *d = PL_NEW(a, pl_direction);
  for (int v = first; v < end; v++)
    pl_direction_add_row(d, block->first + v,
                         1 / (pl_program_worth(p, block->grid, v) * (end - first)), a);
  return d;
}

static void run_end(telling *t, const pl_block *block, int first, int end, pl_chain *c) {
  char slice[32];
  double sum = 0, least = INFINITY, most = -INFINITY;
  int const n = end - first;
  pl_arena *a = t->chains.arena;
  pl_marginal *m = marginal_add(t);
  for (int i = 0; i < c->n; i++) c->link[i].money /= n;
  for (int v = first; v < end; v++) {
    double const value = pl_schedule_marginal(t->chains.s, block, v);
    sum += value;
    least = fmin(least, value);
    most = fmax(most, value);
  }
  *m = (pl_marginal){.site = block->thing,
                     .material = block->part,
                     .party = block->party,
                     .fine = pl_explain_is_fine(block->grid),
                     .value = sum / n,
                     .least = least,
                     .most = most,
                     .reason = pl_chain_reason(&t->chains, c)};
  if (!m->fine) m->sum = sum_of(t->chains.p, block, first, end, a);
  m->from = pl_arena_strdup(a, pl_block_slice(block, first, slice, sizeof slice));
  m->to = pl_arena_strdup(a, pl_block_slice(block, end - 1, slice, sizeof slice));
  pl_arena_reset(t->chains.scratch);
}

static void tell_balance(telling *t, const pl_block *block) {
  pl_chain run = {0}, next;
  int first = 0;
  for (int v = 0; v < block->count; v++) {
    pl_chain_follow(&t->chains, block->first + v, &next);
    if (v > first && pl_chain_is_same(&run, &next)) {
      for (int i = 0; i < run.n; i++) run.link[i].money += next.link[i].money;
    } else {
      if (v > first) run_end(t, block, first, v, &run);
      run = next;
      first = v;
    }
  }
  if (block->count > 0) run_end(t, block, first, block->count, &run);
}

int pl_explain_marginals(const pl_schedule *s, pl_marginal **out, pl_arena *a) {
  const pl_program *p = s->program;
  telling t = {0};
  pl_chains_begin(&t.chains, s, a);
  for (int i = 0; i < p->n_row_blocks; i++)
    if (p->rows[i].kind == PL_ROW_BALANCE) tell_balance(&t, &p->rows[i]);
  pl_chains_end(&t.chains);
  *out = t.list;
  return t.n;
}

pl_status pl_explain_marginal_sides(const pl_schedule *s, const pl_solve_options *by,
                                    pl_marginal *list, int n, pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  const pl_direction **sums = PL_NEW_ARRAY(scratch, const pl_direction *, (size_t)n + 1);
  pl_sides *sides = PL_NEW_ARRAY(scratch, pl_sides, (size_t)n + 1);
  int count = 0;
  for (int i = 0; i < n; i++)
    if (list[i].sum) sums[count++] = list[i].sum;
  pl_status const status = pl_explain_sides(s->program, s->solution, by, sums, count, sides, diag);
  count = 0;
  for (int i = 0; i < n && status == PL_OK; i++)
    if (list[i].sum) list[i].sides = sides[count++];
  pl_arena_free(scratch);
  return status;
}

/* --- In fine periods -------------------------------------------------------------------------- */

typedef struct { /* hours with the same reasons */
  pl_chain chain;
  const char *reason;
  double hours, sum; /* sum: value × hours */
} same_hours;

typedef struct {
  pl_hours_walk w;
  pl_chains chains;
  same_hours *set;
  int n, capacity;
} setting;

static void add_reason(setting *t, const pl_chain *c, double hours, double value) {
  int i = t->n - 1; /* the latest are the most likely */
  while (i >= 0 && !pl_chain_is_same(&t->set[i].chain, c)) i--;
  if (i < 0) {
    PL_GROW(t->w.scratch, t->set, t->n, t->capacity);
    i = t->n++;
    t->set[i] = (same_hours){.chain = *c};
    for (int k = 0; k < c->n; k++) t->set[i].chain.link[k].money = 0;
  }
  t->set[i].hours += hours;
  t->set[i].sum += hours * value;
  for (int k = 0; k < c->n; k++) t->set[i].chain.link[k].money += hours * c->link[k].money;
}

static int by_reason(const void *x, const void *y) {
  return strcmp(((const same_hours *)x)->reason, ((const same_hours *)y)->reason);
}

/* Most hours first; equal counts by their reasons. */
static void tell_setters(setting *t, pl_value_hours *out) {
  double *hours = PL_NEW_ARRAY(t->w.scratch, double, (size_t)t->n + 1);
  int *order = PL_NEW_ARRAY(t->w.scratch, int, (size_t)t->n + 1);
  for (int i = 0; i < t->n; i++) {
    same_hours *x = &t->set[i];
    for (int k = 0; k < x->chain.n; k++) x->chain.link[k].money /= x->hours;
    x->reason = pl_chain_reason(&t->chains, &x->chain);
  }
  if (t->n > 0) qsort(t->set, (size_t)t->n, sizeof *t->set, by_reason);
  for (int i = 0; i < t->n; i++) hours[i] = t->set[i].hours;
  pl_rank(t->n, hours, 0, order);
  out->n_setters = t->n;
  out->setter = PL_NEW_ARRAY(t->w.keep, pl_setter, (size_t)t->n + 1);
  for (int i = 0; i < t->n; i++) {
    const same_hours *x = &t->set[order[i]];
    out->setter[i] = (pl_setter){x->reason, x->hours, x->sum / x->hours};
  }
}

typedef struct {
  double value, hours;
} valued;

static int by_value(const void *x, const void *y) {
  const valued *a = x, *b = y;
  return (a->value > b->value) - (a->value < b->value);
}

/* The smallest value that is not exceeded in that share of the hours. */
static double percentile(const valued *x, int n, double hours, double share) {
  double passed = 0;
  for (int i = 0; i < n; i++) {
    passed += x[i].hours;
    if (passed >= share * hours * (1 - 1e-12)) return x[i].value;
  }
  return n > 0 ? x[n - 1].value : (double)NAN;
}

static void measure(valued *x, int n, double zero, pl_value_year *y) {
  double sum = 0;
  *y = (pl_value_year){0};
  for (int i = 0; i < n; i++) {
    y->hours += x[i].hours;
    sum += x[i].hours * x[i].value;
    if (x[i].value <= zero) y->not_above_zero += x[i].hours;
  }
  if (n > 0) qsort(x, (size_t)n, sizeof *x, by_value);
  y->mean = y->hours > 0 ? sum / y->hours : (double)NAN;
  y->p5 = percentile(x, n, y->hours, 0.05);
  y->p50 = percentile(x, n, y->hours, 0.5);
  y->p95 = percentile(x, n, y->hours, 0.95);
  y->least = n > 0 ? x[0].value : (double)NAN;
  y->most = n > 0 ? x[n - 1].value : (double)NAN;
}

static void add_clock(pl_value_hours *out, pl_time t, double hours, double value) {
  int year, month, day, minute;
  pl_time_civil(t, &year, &month, &day, &minute);
  int const at = (month - 1) * PL_CLOCK_HOURS + minute / 60;
  out->clock_hours[at] += hours;
  out->clock_mean[at] += hours * value;
}

static void tell_hours(setting *t, const pl_block *block, pl_value_hours *out) {
  const pl_hours_grid *h = pl_hours_of(&t->w, block->grid);
  int const years = t->w.n_years;
  valued *x = PL_NEW_ARRAY(t->w.scratch, valued, (size_t)block->count);
  pl_chain chain;
  *out = (pl_value_hours){.site = block->thing,
                          .material = block->part,
                          .party = block->party,
                          .hourly = pl_explain_is_hourly(block->grid),
                          .year = PL_NEW_ARRAY(t->w.keep, pl_value_year, (size_t)years + 1)};
  t->n = 0;
  for (int y = 0, first = 0, v = 0; y < years; y++, first = v) {
    for (; v < block->count && h->year[v] == y; v++) {
      x[v] = (valued){pl_schedule_marginal(t->w.s, block, v), pl_grid_hours(block->grid, v)};
      if (out->hourly) add_clock(out, block->grid->start[v], x[v].hours, x[v].value);
      pl_chain_follow(&t->chains, block->first + v, &chain);
      add_reason(t, &chain, x[v].hours, x[v].value);
    }
    measure(x + first, v - first, t->w.noise, &out->year[y]);
  }
  measure(x, block->count, t->w.noise, &out->year[years]);
  for (int i = 0; i < PL_CLOCK; i++)
    out->clock_mean[i] =
        out->clock_hours[i] > 0 ? out->clock_mean[i] / out->clock_hours[i] : (double)NAN;
  tell_setters(t, out);
}

int pl_explain_value_hours(const pl_schedule *s, pl_arena *a, pl_value_hours **out) {
  const pl_program *p = s->program;
  setting t = {0};
  int n = 0;
  pl_hours_begin(&t.w, s, a);
  pl_chains_begin(&t.chains, s, a);
  *out = PL_NEW_ARRAY(a, pl_value_hours, (size_t)p->n_row_blocks + 1);
  for (int i = 0; i < p->n_row_blocks; i++)
    if (p->rows[i].kind == PL_ROW_BALANCE && pl_explain_is_fine(p->rows[i].grid))
      tell_hours(&t, &p->rows[i], &(*out)[n++]);
  pl_chains_end(&t.chains);
  pl_hours_end(&t.w);
  return n;
}
