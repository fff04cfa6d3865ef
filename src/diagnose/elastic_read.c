/* Reads from an elastic program: a side's bound, what moves it, and by how much it is relaxed. */
#include <math.h>

#include "diagnose/elastic_parts.h"
#include "diagnose/give.h"
#include "plan/words.h"

/* The amount by which a rule without a number is violated: what it requires, a count, or a typical
 * amount (0). */
static double size_of_rule(const pl_elastic *e, const pl_elastic_side *s, int v) {
  const pl_lp *lp = &e->program->lp;
  int const at = s->block->first + v;
  if (!s->is_row) return lp->lower[at];
  double const bound = (s->upper ? lp->row_upper : lp->row_lower)[at];
  if (bound != 0) return bound;
  return pl_gives_of(s->block, true)->how == PL_GIVES_CHOICE ? e->entry[at] : 0;
}

double pl_elastic_bound(const pl_elastic *e, const pl_elastic_side *s, int v) {
  const pl_lp *lp = &e->program->lp;
  if (s->kind == PL_GIVE_COEFFICIENT) return e->coefficient[s->block->first + v];
  if (s->kind == PL_GIVE_UNDER_WAY) return s->arrives[v];
  if (s->kind == PL_GIVE_RULE) return size_of_rule(e, s, v);
  if (s->is_row && s->kind == PL_GIVE_NUMBER &&
      pl_program_hangs(e->program, (int)(s->block - e->program->rows))) {
    const pl_source_of_bound *source = pl_words_source(e->program, s->block, true, s->upper, v);
    return source ? source->amount[v] : 0;
  }
  if (s->is_row) return (s->upper ? lp->row_upper : lp->row_lower)[s->block->first + v];
  return (s->upper ? lp->upper : lp->lower)[s->block->first + v];
}

double pl_elastic_weight(const pl_elastic *e, const pl_elastic_side *s, int v) {
  double const bound = fabs(pl_elastic_bound(e, s, v));
  return bound > 0 ? bound : s->size > 0 ? s->size : e->typical;
}

double pl_elastic_tie(const pl_elastic *e, int column) {
  static const double small = 1e-2;
  return e->largest_cost > 0 ? small * e->program->lp.cost[column] / e->largest_cost : 0;
}

double pl_elastic_moves(const pl_elastic *e, const pl_elastic_side *s, int v) {
  double const weight = pl_elastic_weight(e, s, v) / e->typical;
  return s->upper ? -weight : weight;
}

pl_interval pl_elastic_when(const pl_program *p, const pl_block *block, int v) {
  enum { QUARTER_HOUR = 15 };
  int const at = v < block->grid->n ? v : block->grid->n - 1;
  return (pl_interval){(int)((block->grid->start[at] - p->c->from) / QUARTER_HOUR),
                       (int)((pl_grid_end(block->grid, at) - p->c->from) / QUARTER_HOUR)};
}

int pl_elastic_row(const pl_elastic *e, const pl_elastic_side *s, int v) {
  int const at = s->block->first + v;
  if (s->is_row) return at;
  return e->column_row[s->upper][at];
}

double pl_elastic_dual(const pl_elastic *e, const pl_elastic_side *s, int v) {
  int const row = pl_elastic_row(e, s, v);
  double const dual =
      row >= 0 ? e->answer->row_dual[row] : e->answer->col_dual[s->block->first + v];
  return s->upper ? fmin(0, dual) : fmax(0, dual);
}

double pl_elastic_given(const pl_elastic *e, const pl_elastic_side *s, int v) {
  if (s->slack[v] < 0) return 0;
  double const relative = e->answer->col_value[s->slack[v]] / e->typical;
  return relative > rounding ? relative * pl_elastic_weight(e, s, v) : 0;
}

bool pl_elastic_tight(const pl_elastic *e, const pl_elastic_side *s, int v) {
  double const given = pl_elastic_given(e, s, v);
  if (given == 0) return false;
  const pl_lp *lp = &e->sketch.lp;
  int const row = pl_elastic_row(e, s, v);
  /* the row's own value includes the slack */
  double const left = e->answer->row_value[row] - (s->upper ? lp->row_upper : lp->row_lower)[row];
  return fabs(left) <= rounding * fmax(given, pl_elastic_weight(e, s, v));
}
