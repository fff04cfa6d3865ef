/* The value of a bound formula over an interval of time.
 *
 * A formula with windows is evaluated for each step of its finest window that the interval touches,
 * and the values are averaged over time: a price that is set month by month has, over a year, the
 * mean of its twelve values. A quotation without a window has its mean over the interval, or the
 * part of it in the step. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "price/formula_tree.h"

static memo *memo_of(evaluation *e, const void *key) {
  uintptr_t const bits = (uintptr_t)key;
  return &e->memo[(bits >> 4 ^ bits >> 10 ^ bits >> 16) % MEMOS];
}

/* The time of use, on which a value may depend. */
static stretch use_of(const evaluation *e, bool calendar) {
  return calendar ? e->use : (stretch){0, 0};
}

static bool memo_holds(const memo *m, const void *key, stretch over, stretch use) {
  return m->key == key && m->over.from == over.from && m->over.to == over.to &&
         m->use.from == use.from && m->use.to == use.to;
}

/* --- Calendar units --------------------------------------------------------------------------- */

static bool has_use(const evaluation *e) { return e->use.to > e->use.from; }

/* What one unit is in inside units, when used over [from, to). */
static double calendar_rate(const evaluation *e, const pl_measure *m, pl_time from, pl_time to) {
  return has_use(e) ? pl_measure_over_time(m, e->use.from, e->use.to)
                    : pl_measure_over_time(m, from, to);
}

static double calendar_number(const evaluation *e, const node *n, pl_time from, pl_time to) {
  return n->value * calendar_rate(e, &n->measure, from, to);
}

static pl_measure without_factor(const pl_quotation *q) {
  pl_measure m = q->unit;
  m.factor = 1;
  return m;
}

/* 800 t/month is a different number of tonnes per hour in each month: the mean over time. */
static double calendar_series(const evaluation *e, const pl_quotation *q, pl_time from,
                              pl_time to) {
  pl_measure const unit = without_factor(q);
  if (has_use(e)) return price_series_mean(q, from, to) * calendar_rate(e, &unit, from, to);
  double sum = 0;
  for (pl_time at = from; at < to;) {
    pl_time const next = pl_step_add(PL_MONTH, pl_step_floor(PL_MONTH, at), 1),
                  end = next < to ? next : to;
    double const value = price_series_mean(q, at, end) * pl_measure_over_time(&unit, at, end);
    if (at == from && end == to) return value;
    sum += value * (double)(end - at);
    at = end;
  }
  return sum / (double)(to - from);
}

/* --- Quotations ------------------------------------------------------------------------------- */

static double formula_mean(evaluation *e, const pl_formula *f, pl_time from, pl_time to) {
  memo *m = memo_of(e, f);
  stretch const over = {from, to}, use = use_of(e, f->calendar);
  if (memo_holds(m, f, over, use)) return m->value;
  double const value = price_formula_eval(e, f, from, to);
  *m = (memo){f, over, use, value};
  return value;
}

/* The formula's mean over each month that is touched, times the factors of the hours. */
static double hours_mean(evaluation *e, const pl_quotation *q, pl_time from, pl_time to) {
  double first = (double)NAN, beyond_first = 0;
  for (pl_time at = from; at < to;) {
    pl_time const month = pl_step_floor(PL_MONTH, at), next = pl_step_add(PL_MONTH, month, 1),
                  end = next < to ? next : to;
    double const value =
        formula_mean(e, q->formula, month, next) * pl_hours_mean(q->hours, at, end);
    if (at == from) first = value;
    beyond_first += (value - first) * (double)(end - at);
    at = end;
  }
  return first + beyond_first / (double)(to - from);
}

static double quotation_mean(evaluation *e, int i, pl_time from, pl_time to) {
  const pl_quotation *q = pl_quotes_at(e->quotes, i);
  if (q->formula)
    return q->hours ? hours_mean(e, q, from, to) : formula_mean(e, q->formula, from, to);
  return pl_measure_has_calendar(&q->unit) ? calendar_series(e, q, from, to)
                                           : price_series_mean(q, from, to);
}

static double windowed_mean(evaluation *e, const node *n, pl_time t) {
  memo *m = memo_of(e, n);
  stretch over;
  stretch const use = use_of(e, n->calendar);
  price_window_range(n->window, t, &over.from, &over.to);
  if (memo_holds(m, n, over, use)) return m->value;
  double const value = quotation_mean(e, n->quotation, over.from, over.to);
  *m = (memo){n, over, use, value};
  return value;
}

/* A value per month from last month's window is per month of its use: its calendar units are those
 * of [from, to). */
static double observed(evaluation *e, const node *n, pl_time from, pl_time to) {
  if (!n->windowed) return quotation_mean(e, n->quotation, from, to);
  stretch const before = e->use;
  if (n->calendar && !has_use(e)) e->use = (stretch){from, to};
  double const value = windowed_mean(e, n, from);
  e->use = before;
  return value;
}

static double base_value(evaluation *e, const node *n, pl_time from, pl_time to) {
  int const quotation = n->child[0]->quotation;
  if (n->has_base) return quotation_mean(e, quotation, n->base_from, n->base_to);
  const pl_quotation *q = pl_quotes_at(e->quotes, quotation);
  pl_measure const unit = without_factor(q);
  return q->value[0] * calendar_rate(e, &unit, from, to);
}

/* Both are taken per the same month, so the unit cancels. */
static double index_value(evaluation *e, const node *n, pl_time from, pl_time to) {
  memo *m = memo_of(e, n);
  stretch const none = {0, 0}, before = e->use;
  bool const calendar = n->child[0]->calendar;
  if (calendar && !has_use(e)) e->use = (stretch){from, to};
  stretch const use = use_of(e, calendar);
  if (!memo_holds(m, n, none, use)) {
    double const fresh = base_value(e, n, from, to);
    *m = (memo){n, none, use, fresh};
  }
  double const base = m->value, value = observed(e, n->child[0], from, to) / base;
  e->use = before;
  return value;
}

/* --- Nodes ------------------------------------------------------------------------------------ */

static double sum(evaluation *e, const node *n, pl_time from, pl_time to) {
  double total = 0;
  for (int i = 0; i < n->n; i++) {
    double const value = price_node_eval(e, n->child[i], from, to);
    total = i == 0 ? value : n->op[i] == '-' ? total - value : total + value;
  }
  return total;
}

static double product(evaluation *e, const node *n, pl_time from, pl_time to) {
  double total = 1;
  for (int i = 0; i < n->n; i++) {
    double const value = price_node_eval(e, n->child[i], from, to);
    total = i == 0 ? value : n->op[i] == '/' ? total / value : total * value;
  }
  return total;
}

static double lower(double a, double b) {
  return isnan(a) || isnan(b) ? (double)NAN : a < b ? a : b;
}
static double higher(double a, double b) {
  return isnan(a) || isnan(b) ? (double)NAN : a > b ? a : b;
}

static double extreme(evaluation *e, const node *n, pl_time from, pl_time to) {
  double best = price_node_eval(e, n->child[0], from, to);
  for (int i = 1; i < n->n; i++) {
    double const value = price_node_eval(e, n->child[i], from, to);
    best = n->kind == NODE_MIN ? lower(best, value) : higher(best, value);
  }
  return best;
}

static double rounded(double x, double step) { return round(x / step) * step; }

static double choice(evaluation *e, const node *n, pl_time from, pl_time to) {
  double const left = price_node_eval(e, n->child[0], from, to),
               right = price_node_eval(e, n->child[1], from, to);
  if (isnan(left) || isnan(right)) return (double)NAN;
  bool holds = false;
  switch (n->op[0]) {
  case '<': holds = left < right; break;
  case '>': holds = left > right; break;
  case 'l': holds = left <= right; break;
  default: holds = left >= right; break;
  }
  return price_node_eval(e, n->child[holds ? 2 : 3], from, to);
}

/* The x values of points are ascending constants; outside them the y of the nearest point holds. */
static double at_points(evaluation *e, const node *n, pl_time from, pl_time to) {
  double const x = price_node_eval(e, n->child[0], from, to);
  if (isnan(x)) return (double)NAN;
  int right = 1;
  while (right < n->n && n->child[right]->value <= x) right += 2;
  int const left = right - 2;
  if (left < 1) return price_node_eval(e, n->child[2], from, to);
  double const y = price_node_eval(e, n->child[left + 1], from, to);
  if (n->kind == NODE_STEP || right >= n->n) return y;
  double const x0 = n->child[left]->value, x1 = n->child[right]->value;
  return y + (price_node_eval(e, n->child[right + 1], from, to) - y) * ((x - x0) / (x1 - x0));
}

double price_node_eval(evaluation *e, const node *n, pl_time from, pl_time to) {
  switch (n->kind) {
  case NODE_NUMBER: return n->calendar ? calendar_number(e, n, from, to) : n->value;
  case NODE_OBSERVED: return observed(e, n, from, to);
  case NODE_NEGATIVE: return -price_node_eval(e, n->child[0], from, to);
  case NODE_SUM: return sum(e, n, from, to);
  case NODE_PRODUCT: return product(e, n, from, to);
  case NODE_AVG: return sum(e, n, from, to) / n->n;
  case NODE_MIN:
  case NODE_MAX: return extreme(e, n, from, to);
  case NODE_CLIP:
    return lower(higher(price_node_eval(e, n->child[0], from, to),
                        price_node_eval(e, n->child[1], from, to)),
                 price_node_eval(e, n->child[2], from, to));
  case NODE_ROUND: return rounded(price_node_eval(e, n->child[0], from, to), n->child[1]->value);
  case NODE_ABS: return fabs(price_node_eval(e, n->child[0], from, to));
  case NODE_IF: return choice(e, n, from, to);
  case NODE_PWL:
  case NODE_STEP: return at_points(e, n, from, to);
  case NODE_INDEX: return index_value(e, n, from, to);
  case NODE_CUM:
  case NODE_TIER:
  case NODE_KINDS: break;
  }
  assert(false && "a formula that binding refuses is not evaluated");
  return (double)NAN;
}

/* --- Formulas --------------------------------------------------------------------------------- */

/* Within one step of the finest window. */
static double piece_value(evaluation *e, const pl_formula *f, pl_time from, pl_time to) {
  double value;
  if (f->windowed && f->finest >= 0) {
    pl_time const step = pl_step_floor((pl_step)f->finest, from);
    stretch const over = {step, step}, use = {0, 0};
    memo *m = memo_of(e, f->root);
    if (!memo_holds(m, f->root, over, use)) {
      double const fresh = price_node_eval(e, f->root, from, to);
      *m = (memo){f->root, over, use, fresh};
    }
    value = m->value;
  } else {
    value = price_node_eval(e, f->root, from, to);
  }
  if (f->exchange < 0) return value;
  double const rate = quotation_mean(e, f->exchange, from, to);
  return f->divides ? value / rate : value * rate;
}

/* The end of the interval from `at` on over which one piece holds. */
static pl_time piece_end(const pl_formula *f, pl_time at, pl_time to, int *step) {
  pl_time end = to;
  if (f->n_steps > 0) {
    while (*step + 1 < f->n_steps && f->from[*step + 1] <= at) ++*step;
    if (*step + 1 < f->n_steps) end = f->from[*step + 1];
  } else if (f->finest >= 0) {
    end = pl_step_add((pl_step)f->finest, pl_step_floor((pl_step)f->finest, at), 1);
  }
  return end < to ? end : to;
}

double price_formula_eval(evaluation *e, const pl_formula *f, pl_time from, pl_time to) {
  double first = (double)NAN, beyond_first = 0;
  int step = 0;
  if (f->confined && f->confined_from > from) from = f->confined_from;
  if (f->confined && f->confined_to < to) to = f->confined_to;
  if (f->confined && to <= from) return 0;
  for (pl_time at = from; at < to;) {
    pl_time const end = piece_end(f, at, to, &step);
    double const value =
        f->n_steps > 0 ? price_formula_eval(e, f->step[step], at, end) : piece_value(e, f, at, end);
    if (at == from) first = value; /* sums of differences keep equal values exactly equal */
    beyond_first += (value - first) * (double)(end - at);
    at = end;
  }
  double const mean = first + beyond_first / (double)(to - from);
  return isfinite(mean) ? mean : (double)NAN;
}

double pl_formula_eval(const pl_formula *f, const pl_quotes *quotes, pl_time from, pl_time to) {
  assert(f->bound || pl_formula_is_constant(f));
  if (to <= from) return (double)NAN;
  if (pl_formula_is_constant(f)) return f->root->value;
  evaluation e = {.quotes = quotes};
  return price_formula_eval(&e, f, from, to);
}

/* On the typical slices of one group, out[end − first]. */
static void eval_group(evaluation *e, const pl_formula *f, const pl_grid *grid,
                       const pl_grid_group *k, double *out) {
  pl_arena *scratch = pl_arena_new();
  double *all = PL_NEW_ARRAY(scratch, double, (size_t)(k->to - k->from) + 1);
  const pl_time *start = grid->all->start;
  for (int i = k->from; i < k->to; i++)
    all[i - k->from] = price_formula_eval(e, f, start[i], start[i + 1]);
  pl_grid_typify_group(grid, k, all, out);
  pl_arena_free(scratch);
}

double pl_formula_eval_slice(const pl_formula *f, const pl_quotes *quotes, const pl_grid *grid,
                             int v) {
  if (!grid->typical || pl_formula_is_constant(f))
    return pl_formula_eval(f, quotes, grid->start[v], pl_grid_end(grid, v));
  evaluation e = {.quotes = quotes};
  pl_grid_group const k = pl_grid_group_of(grid, v);
  pl_arena *scratch = pl_arena_new();
  double *values = PL_NEW_ARRAY(scratch, double, (size_t)(k.end - k.first));
  eval_group(&e, f, grid, &k, values);
  double const value = values[v - k.first];
  pl_arena_free(scratch);
  return value;
}

static void eval_typical(evaluation *e, const pl_formula *f, const pl_grid *grid, double *values) {
  for (int v = 0; v < grid->n;) {
    pl_grid_group const k = pl_grid_group_of(grid, v);
    eval_group(e, f, grid, &k, values + k.first);
    v = k.end;
  }
}

void pl_formula_eval_grid(const pl_formula *f, const pl_quotes *quotes, const pl_grid *grid,
                          double *values) {
  assert(f->bound || pl_formula_is_constant(f));
  bool const constant = pl_formula_is_constant(f);
  evaluation e = {.quotes = quotes};
  if (grid->typical && !constant) {
    eval_typical(&e, f, grid, values);
    return;
  }
  for (int v = 0; v < grid->n; v++)
    values[v] =
        constant ? f->root->value : price_formula_eval(&e, f, grid->start[v], pl_grid_end(grid, v));
}

double pl_quotes_mean(const pl_quotes *q, int i, pl_time from, pl_time to) {
  if (to <= from) return (double)NAN;
  evaluation e = {.quotes = q};
  return quotation_mean(&e, i, from, to);
}
