/* The tightest numbers of a case: the bounds of the plan that hold it back, with what one more unit
 * of each is worth. Signs are those of lp.h: the program minimises minus the present value, so a
 * binding bound is worth |dual| per unit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rank.h"
#include "explain/explain.h"
#include "explain/hours_walk.h"
#include "plan/words.h"

typedef struct { /* one number that binds, over the slices of one block */
  const pl_block *block;
  const pl_source_of_bound *source;
  const char *thing;
  int order; /* order in which it was found, to break ties between equal words */
  int first, last, periods;
  double worth, yearly, stake;                    /* yearly: with discounting undone */
  double hours, clock[PL_CLOCK_HOURS], month[12]; /* hours in which it binds, where by the hour */
  bool is_row, less;
} tight;

typedef struct {
  const pl_schedule *s;
  tight *list;
  int n, capacity;
  double noise; /* duals below this are rounding */
  pl_arena *arena;
  pl_hours_walk walk;
} gathering;

static double noise_of(const pl_lp *lp) {
  double most = 0;
  for (int j = 0; j < lp->n_cols; j++) most = fmax(most, fabs(lp->cost[j]));
  return fmax(1e-9 * most, 1.01 * pl_program_tie); /* a tie-breaking term is worth nothing */
}

static tight *tight_of(gathering *g, const pl_block *block, bool is_row, bool less,
                       const pl_source_of_bound *source, int before) {
  for (int i = before; i < g->n; i++)
    if (g->list[i].source == source && g->list[i].less == less) return &g->list[i];
  PL_GROW(g->arena, g->list, g->n, g->capacity);
  g->list[g->n] = (tight){
      .block = block, .source = source, .order = g->n, .first = -1, .is_row = is_row, .less = less};
  return &g->list[g->n++];
}

/* Rows that link neighbouring slices may have no first slice. */
static int slice_of(const pl_block *block, int v) { return v + block->grid->n - block->count; }

/* By how much the bound of slice v grows when its number grows by 1: flows are bounded per hour. */
static double growth(const pl_block *block, bool is_row, int v) {
  const pl_grid *g = block->grid;
  int const at = slice_of(block, v), before = at > 0 ? at - 1 : at;
  if (pl_block_facts(block, is_row)->bound == PL_BOUND_RAMP)
    return (pl_grid_length(g, before) + pl_grid_length(g, at)) / 2 * pl_grid_hours(g, at);
  return pl_words_flows(block, is_row) ? pl_grid_hours(g, at) : 1;
}

static void count_hours(gathering *g, tight *t, int v, double worth) {
  int year, month, day, minute;
  int const at = slice_of(t->block, v);
  double const hours = pl_grid_hours(t->block->grid, at);
  pl_time_civil(t->block->grid->start[at], &year, &month, &day, &minute);
  t->hours += hours;
  t->clock[minute / 60] += hours;
  t->month[month - 1] += hours;
  t->yearly += worth * pl_hours_of(&g->walk, t->block->grid)->undo[at];
}

/* The bounds of one block; lower, upper and dual are its part of the program's arrays. */
static void gather_block(gathering *g, const pl_block *block, bool is_row, const double *lower,
                         const double *upper, const double *dual) {
  int const before = g->n;
  bool const hourly = pl_explain_is_hourly(block->grid);
  for (int v = 0; v < block->count; v++) {
    bool const holds_down = dual[v] < 0;
    double const bound = holds_down ? upper[v] : lower[v];
    if (!(fabs(dual[v]) > g->noise) || !isfinite(bound)) continue;
    const pl_source_of_bound *source = pl_words_source(g->s->program, block, is_row, holds_down, v);
    if (!source) continue;
    tight *t = tight_of(g, block, is_row, !holds_down, source, before);
    if (t->first < 0) t->first = v;
    t->last = v;
    t->periods++;
    double const worth = fabs(dual[v]) * (hourly ? growth(block, is_row, v) : 1);
    t->worth += worth;
    if (hourly) count_hours(g, t, v, worth);
    t->stake += fabs(dual[v] * source->amount[v]);
  }
}

static int by_words(const void *a, const void *b) {
  const tight *x = a, *y = b;
  int const things = strcmp(x->thing, y->thing);
  int const words = things ? things : strcmp(x->source->words, y->source->words);
  return words ? words : (x->order > y->order) - (x->order < y->order);
}

/* Largest stake first; equal stakes by their text. */
static void sort_tight(gathering *g) {
  const pl_program *p = g->s->program;
  tight *by_word = PL_NEW_ARRAY(g->arena, tight, (size_t)g->n + 1);
  double *stake = PL_NEW_ARRAY(g->arena, double, (size_t)g->n + 1);
  int *order = PL_NEW_ARRAY(g->arena, int, (size_t)g->n + 1);
  if (g->n == 0) return;
  for (int i = 0; i < g->n; i++) {
    tight *t = &g->list[i];
    t->thing = pl_block_thing(p, t->block, t->is_row, g->arena);
  }
  qsort(g->list, (size_t)g->n, sizeof *g->list, by_words);
  memcpy(by_word, g->list, (size_t)g->n * sizeof *by_word);
  for (int i = 0; i < g->n; i++) stake[i] = g->list[i].stake;
  pl_rank(g->n, stake, 0, order);
  for (int i = 0; i < g->n; i++) g->list[i] = by_word[order[i]];
}

/* The shortest stretch of a circle that holds three quarters of its weight. */
static int stretch(const double *x, int n, double all, int *from) {
  for (int length = 1; length < n; length++)
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k < length; k++) sum += x[(i + k) % n];
      *from = i;
      if (sum >= 0.75 * all) return length;
    }
  return n;
}

/* ", three quarters of them from 17:00 to 21:00 and in Nov … Feb", where that is informative. */
static const char *clock_words(const gathering *g, const tight *t, pl_arena *a) {
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int hour = 0, month = 0;
  int const hours = stretch(t->clock, PL_CLOCK_HOURS, t->hours, &hour);
  int const length = stretch(t->month, 12, t->hours, &month);
  const char *by_hour = "", *by_month = "";
  if (hours <= 12)
    by_hour = pl_arena_printf(a, " from %02d:00 to %02d:00", hour, (hour + hours) % 24);
  if (length <= 6 && pl_explain_years(g->s) > 0.99)
    by_month = pl_arena_printf(a, "%s in %s%s%s", *by_hour ? " and" : "", months[month],
                               length > 1 ? " … " : "",
                               length > 1 ? months[(month + length - 1) % 12] : "");
  if (!*by_hour && !*by_month) return "";
  return pl_arena_printf(a, ", three quarters of them%s%s", by_hour, by_month);
}

static const char *hours_words(const gathering *g, const tight *t, pl_arena *a) {
  const pl_grid *grid = t->block->grid;
  char of[48], in[48];
  double all = 0;
  for (int v = 0; v < grid->n; v++) all += pl_grid_hours(grid, v);
  (void)pl_number_pretty(t->hours, 0, in, sizeof in);
  (void)pl_number_pretty(all, 0, of, sizeof of);
  if (t->hours > all * (1 - 1e-9)) return pl_arena_printf(a, "in all %s h", of);
  return pl_arena_printf(a, "in %s of %s h%s", in, of, clock_words(g, t, a));
}

static const char *unit_words(const pl_program *p, const tight *t, pl_arena *a) {
  const char *unit = pl_block_unit(p, t->block, t->is_row, a);
  bool const ramp = pl_block_facts(t->block, t->is_row)->bound == PL_BOUND_RAMP;
  if (!pl_explain_is_hourly(t->block->grid) || (!ramp && !pl_words_flows(t->block, t->is_row)))
    return unit;
  const char *rate = strcmp(unit, "MWh") == 0 ? "MW" : pl_arena_printf(a, "%s/h", unit);
  return ramp ? pl_arena_printf(a, "%s/h", rate) : rate;
}

static const char *period_words(const gathering *g, const tight *t, pl_arena *a) {
  const pl_grid *grid = t->block->grid;
  if (grid == &g->s->program->whole) return "";
  return pl_arena_printf(a, "%s%s", pl_step_name(grid->step), t->periods == 1 ? "" : "s");
}

/* Its worth again, as a sum of duals, with those of upper bounds negated. */
static pl_direction *sum_of(const gathering *g, const tight *t, pl_arena *a) {
  const pl_block *block = t->block;
  const pl_solution *x = g->s->solution;
  const double *dual = (t->is_row ? x->row_dual : x->col_dual) + block->first;
  bool const hourly = pl_explain_is_hourly(block->grid);
  pl_direction *d = PL_NEW(a, pl_direction);
  for (int v = t->first; v <= t->last; v++) {
    if (!(fabs(dual[v]) > g->noise) || (dual[v] > 0) != t->less ||
        pl_words_source(g->s->program, block, t->is_row, dual[v] < 0, v) != t->source)
      continue;
    double const share = (t->less ? 1 : -1) * (hourly ? growth(block, t->is_row, v) : 1);
    if (t->is_row)
      pl_direction_add_row(d, block->first + v, share, a);
    else
      pl_direction_add_column(d, &g->s->program->lp, block->first + v, share, a);
  }
  return d;
}

static pl_bottleneck bottleneck_of(const gathering *g, const tight *t, pl_arena *a) {
  const pl_program *p = g->s->program;
  bool const hourly = pl_explain_is_hourly(t->block->grid);
  const char *span =
      hourly ? hours_words(g, t, a) : pl_words_span(a, t->block, t->first, t->last, t->periods);
  const char *thing = pl_block_thing(p, t->block, t->is_row, a);
  const char *fixed = p->lp.n_integer > 0 ? " (on/off as decided)" : "";
  return (pl_bottleneck){
      .what = pl_arena_printf(a, "%s of %s, %s%s%s", t->source->words, thing, span,
                              t->less ? "; doing less would earn more" : "", fixed),
      .place = t->source->place,
      .number = t->source->words,
      .worth = t->worth,
      .yearly = hourly ? t->yearly / pl_explain_years(g->s) : (double)NAN,
      .hours = hourly ? t->hours : (double)NAN,
      .unit = unit_words(p, t, a),
      .less = t->less,
      .periods = t->periods,
      .period = period_words(g, t, a),
      .sum = sum_of(g, t, a),
  };
}

int pl_explain_bottlenecks(const pl_schedule *s, int n, pl_bottleneck *out, pl_arena *a) {
  const pl_program *p = s->program;
  const pl_lp *lp = &p->lp;
  gathering g = {.s = s, .arena = pl_arena_new()};
  g.noise = noise_of(lp);
  pl_hours_begin(&g.walk, s, g.arena);
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    gather_block(&g, block, false, lp->lower + block->first, lp->upper + block->first,
                 s->solution->col_dual + block->first);
  }
  for (int i = 0; i < p->n_row_blocks; i++) {
    const pl_block *block = &p->rows[i];
    gather_block(&g, block, true, lp->row_lower + block->first, lp->row_upper + block->first,
                 s->solution->row_dual + block->first);
  }
  sort_tight(&g);
  int count = 0;
  for (; count < n && count < g.n; count++) out[count] = bottleneck_of(&g, &g.list[count], a);
  pl_hours_end(&g.walk);
  pl_arena_free(g.arena);
  return count;
}

pl_status pl_explain_bottleneck_sides(const pl_schedule *s, const pl_solve_options *by,
                                      pl_bottleneck *list, int n, pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  const pl_direction **sums = PL_NEW_ARRAY(scratch, const pl_direction *, (size_t)n + 1);
  pl_sides *sides = PL_NEW_ARRAY(scratch, pl_sides, (size_t)n + 1);
  for (int i = 0; i < n; i++) sums[i] = list[i].sum;
  pl_status const status = pl_explain_sides(s->program, s->solution, by, sums, n, sides, diag);
  for (int i = 0; i < n && status == PL_OK; i++) list[i].sides = sides[i];
  pl_arena_free(scratch);
  return status;
}
