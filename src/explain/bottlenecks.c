/* The tightest numbers of a case: the bounds of the plan that hold it back, with what one more unit
 * of each is worth. The signs are those of lp.h: the program minimises minus the present value, so
 * a bound that holds it back has |dual| money to give per unit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "explain/explain.h"
#include "explain/words.h"

typedef struct { /* one number that binds, over the slices of one block */
  const pl_block *block;
  const pl_source_of_bound *source;
  int order; /* as found, to break ties */
  int first, last, periods;
  double worth, stake;
  bool is_row, less;
} tight;

typedef struct {
  const pl_schedule *s;
  tight *list;
  int n, capacity;
  double noise; /* duals below it are rounding */
  pl_arena *arena;
} gathering;

static double noise_of(const pl_lp *lp) {
  double most = 0;
  for (int j = 0; j < lp->n_cols; j++) most = fmax(most, fabs(lp->cost[j]));
  return fmax(1e-9 * most, 1.01 * pl_program_tie); /* what only breaks a tie is worth nothing */
}

static tight *tight_of(gathering *g, const pl_block *b, bool is_row, bool less,
                       const pl_source_of_bound *source, int before) {
  for (int i = before; i < g->n; i++)
    if (g->list[i].source == source && g->list[i].less == less) return &g->list[i];
  if (g->n == g->capacity) {
    g->capacity = g->capacity ? 2 * g->capacity : 64;
    tight *grown = PL_NEW_ARRAY(g->arena, tight, (size_t)g->capacity);
    if (g->n) memcpy(grown, g->list, (size_t)g->n * sizeof *grown);
    g->list = grown;
  }
  g->list[g->n] = (tight){
      .block = b, .source = source, .order = g->n, .first = -1, .is_row = is_row, .less = less};
  return &g->list[g->n++];
}

/* The bounds of one block; lower, upper and dual are its stretch of the program's arrays. */
static void gather_block(gathering *g, const pl_block *b, bool is_row, const double *lower,
                         const double *upper, const double *dual) {
  int const before = g->n;
  for (int v = 0; v < b->count; v++) {
    bool const holds_down = dual[v] < 0;
    double const bound = holds_down ? upper[v] : lower[v];
    if (!(fabs(dual[v]) > g->noise) || !isfinite(bound)) continue;
    const pl_source_of_bound *source = pl_explain_source(g->s->program, b, is_row, holds_down, v);
    if (!source) continue;
    tight *t = tight_of(g, b, is_row, !holds_down, source, before);
    if (t->first < 0) t->first = v;
    t->last = v;
    t->periods++;
    t->worth += fabs(dual[v]);
    t->stake += fabs(dual[v] * source->amount[v]);
  }
}

static int by_stake(const void *a, const void *b) {
  const tight *x = a, *y = b;
  if (x->stake != y->stake) return x->stake < y->stake ? 1 : -1;
  if (x->worth != y->worth) return x->worth < y->worth ? 1 : -1;
  return (x->order > y->order) - (x->order < y->order);
}

static pl_bottleneck bottleneck_of(const gathering *g, const tight *t, pl_arena *a) {
  const pl_program *p = g->s->program;
  const char *span = pl_explain_span(a, t->block, t->first, t->last, t->periods);
  const char *thing = pl_block_thing(p, t->block, t->is_row, a);
  const char *fixed = p->lp.n_integer > 0 ? " (on/off as decided)" : "";
  return (pl_bottleneck){
      .what = pl_arena_printf(a, "%s of %s, %s%s%s", t->source->words, thing, span,
                              t->less ? "; to do less would earn more" : "", fixed),
      .place = t->source->place,
      .number = t->source->words,
      .worth = t->worth,
      .unit = pl_block_unit(p, t->block, t->is_row, a),
      .periods = t->periods,
  };
}

int pl_explain_bottlenecks(const pl_schedule *s, int n, pl_bottleneck *out, pl_arena *a) {
  const pl_program *p = s->program;
  const pl_lp *lp = &p->lp;
  gathering g = {.s = s, .arena = pl_arena_new()};
  g.noise = noise_of(lp);
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *b = &p->columns[i];
    gather_block(&g, b, false, lp->lower + b->first, lp->upper + b->first,
                 s->solution->col_dual + b->first);
  }
  for (int i = 0; i < p->n_row_blocks; i++) {
    const pl_block *b = &p->rows[i];
    gather_block(&g, b, true, lp->row_lower + b->first, lp->row_upper + b->first,
                 s->solution->row_dual + b->first);
  }
  if (g.n > 0) qsort(g.list, (size_t)g.n, sizeof *g.list, by_stake);
  int count = 0;
  for (; count < n && count < g.n; count++) out[count] = bottleneck_of(&g, &g.list[count], a);
  pl_arena_free(g.arena);
  return count;
}
