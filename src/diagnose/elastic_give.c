/* What may be relaxed in an elastic program: the sides of its blocks that numbers of the case
 * bound, and the cost of changing each number. */
#include <math.h>
#include <stdlib.h>

#include "diagnose/elastic_parts.h"
#include "diagnose/give.h"
#include "plan/words.h"

static const double least_costs = 2; /* obligations are what a plan is for */
static const double rule_costs = 4;

/* --- What may be relaxed ---------------------------------------------------------------------- */

/* What no number bounds: a coefficient, or a rule. For a column, only obligations. */
static bool give_kind(const pl_elastic_making *m, const pl_block *block, bool is_row, bool upper,
                      int v, pl_give *kind) {
  const pl_lp *lp = &m->p->lp;
  const pl_gives *g = pl_gives_of(block, is_row);
  int const at = block->first + v;
  *kind = PL_GIVE_NUMBER;
  if (pl_words_source(m->p, block, is_row, upper, v)) return true;
  *kind = g->how == PL_GIVES_COEFFICIENT ? PL_GIVE_COEFFICIENT : PL_GIVE_RULE;
  if (*kind == PL_GIVE_RULE && !(m->rules && pl_gives_as_rule(g))) return false;
  if (is_row) return isfinite((upper ? lp->row_upper : lp->row_lower)[at]);
  return !upper && isfinite(lp->lower[at]) && lp->lower[at] > 0;
}

static pl_elastic_side *side_add(pl_elastic_making *m, pl_give kind, const pl_block *block,
                                 bool is_row, bool upper) {
  pl_elastic *e = m->e;
  PL_GROW(m->a, e->sides, e->n_sides, m->capacity);
  pl_elastic_side *s = &e->sides[e->n_sides++];
  *s = (pl_elastic_side){.kind = kind,
                         .block = block,
                         .is_row = is_row,
                         .upper = upper,
                         .asked = is_row || !upper,
                         .slack = PL_NEW_ARRAY(m->a, int, (size_t)block->count + 1),
                         .number = PL_NEW_ARRAY(m->a, int, (size_t)block->count + 1)};
  for (int v = 0; v < block->count; v++) s->slack[v] = PL_ELASTIC_NONE;
  return s;
}

static void gather_side(pl_elastic_making *m, const pl_block *block, bool is_row, bool upper) {
  pl_elastic_side *s = NULL;
  pl_give kind;
  for (int v = 0; v < block->count; v++) {
    if (!give_kind(m, block, is_row, upper, v, &kind)) continue;
    if (!s) s = side_add(m, kind, block, is_row, upper);
    s->slack[v] = PL_ELASTIC_WANTED;
  }
}

/* More or less at the start, in the first row that counts the stock: its own, or the balance. With
 * typical days it appears in several rows, and a change of one of them does not represent it. */
static void gather_initial(pl_elastic_making *m, const pl_block *level) {
  const pl_stock *s = &m->p->c->stocks[level->thing];
  if (s->said[PL_stock_initial].line <= 0 || level->grid->typical) return;
  const pl_block *block = pl_program_balance(m->p, s->site, s->keeps, level->party);
  for (int i = 0; i < m->p->n_row_blocks; i++)
    if (m->p->rows[i].kind == PL_ROW_STOCK && m->p->rows[i].thing == level->thing)
      block = &m->p->rows[i];
  pl_elastic_side *side =
      block ? side_add(m, PL_GIVE_INITIAL, block, true, block->kind == PL_ROW_STOCK) : NULL;
  if (side) side->slack[0] = PL_ELASTIC_WANTED;
}

/* Less of what is under way at the start. Where there is free disposal it cannot do harm. */
static void gather_under_way(pl_elastic_making *m, int lane, int way) {
  const pl_lane *l = &m->p->c->lanes[lane];
  const pl_block *block =
      pl_program_balance(m->p, l->to, l->under_way.material[way], l->parties.index[0]);
  if (m->p->c->materials[block->part].free) return;
  double *arrives = PL_NEW_ARRAY(m->a, double, (size_t)block->count + 1);
  pl_program_under_way(m->p, lane, way, block->grid, arrives);
  pl_elastic_side *side = side_add(m, PL_GIVE_UNDER_WAY, block, true, true);
  side->lane = lane;
  side->way = way;
  side->arrives = arrives;
  for (int v = 0; v < block->count; v++)
    if (arrives[v] > 0) side->slack[v] = PL_ELASTIC_WANTED;
}

static void gather_sides(pl_elastic_making *m) {
  const pl_program *p = m->p;
  for (int i = 0; i < p->n_column_blocks; i++)
    for (int upper = 0; upper < 2; upper++) gather_side(m, &p->columns[i], false, upper);
  for (int i = 0; i < p->n_row_blocks; i++)
    for (int upper = 0; upper < 2; upper++) gather_side(m, &p->rows[i], true, upper);
  for (int i = 0; i < p->n_column_blocks; i++)
    if (p->columns[i].kind == PL_COLUMN_LEVEL) gather_initial(m, &p->columns[i]);
  for (int i = 0; i < p->c->n_lanes; i++)
    for (int k = 0; k < p->c->lanes[i].under_way.n; k++) gather_under_way(m, i, k);
}

/* --- What it costs --------------------------------------------------------------------------- */

static void find_coefficients(pl_elastic_making *m) {
  const pl_lp *lp = &m->p->lp;
  double *most = m->e->coefficient = PL_NEW_ARRAY(m->a, double, (size_t)lp->n_rows + 1);
  double *entry = m->e->entry = PL_NEW_ARRAY(m->a, double, (size_t)lp->n_rows + 1);
  for (int j = 0; j < lp->n_cols; j++)
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      int const i = lp->index[k];
      entry[i] = fmax(entry[i], fabs(lp->value[k]));
      if (lp->integer && lp->integer[j]) most[i] = fmax(most[i], fabs(lp->value[k]));
    }
}

static int ascending(const void *a, const void *b) {
  double const x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median of the numbers that are not zero. */
static double typical_of(const pl_elastic_making *m) {
  size_t room = 1;
  for (int i = 0; i < m->e->n_sides; i++) room += (size_t)m->e->sides[i].block->count;
  double *x = PL_NEW_ARRAY(m->a, double, room);
  int n = 0;
  for (int i = 0; i < m->e->n_sides; i++)
    for (int v = 0; v < m->e->sides[i].block->count; v++) {
      double const bound = m->e->sides[i].slack[v] != PL_ELASTIC_NONE
                               ? fabs(pl_elastic_bound(m->e, &m->e->sides[i], v))
                               : 0;
      if (bound > 0) x[n++] = bound;
    }
  if (n == 0) return 1;
  qsort(x, (size_t)n, sizeof *x, ascending);
  return x[n / 2];
}

static void find_sizes(pl_elastic_making *m) {
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++)
      if (s->slack[v] != PL_ELASTIC_NONE)
        s->size = fmax(s->size, fabs(pl_elastic_bound(m->e, s, v)));
  }
}

static double cost_of(const pl_lp *lp, const pl_elastic_side *s, int v) {
  int const i = s->block->first + v;
  if (s->kind == PL_GIVE_INITIAL || s->kind == PL_GIVE_UNDER_WAY) return 1;
  if (s->kind == PL_GIVE_RULE) return rule_costs;
  bool const exactly =
      s->is_row ? lp->row_lower[i] == lp->row_upper[i] : lp->lower[i] == lp->upper[i];
  return !s->upper || exactly ? least_costs : 1;
}

static int number_add(pl_elastic_making *m, const pl_elastic_side *s, int v) {
  pl_elastic *e = m->e;
  PL_GROW(m->a, e->number, e->n_numbers, m->number_capacity);
  bool const least = (!s->is_row && !s->upper) ||
                     s->kind == PL_GIVE_UNDER_WAY; /* a change never leads below zero */
  e->number[e->n_numbers] = (pl_elastic_number){.cost = cost_of(&m->p->lp, s, v),
                                                .most = least ? e->typical : (double)INFINITY};
  return e->n_numbers++;
}

/* A number is relaxed in all the slices of a side that it bounds. A bound while used is relaxed
 * slice by slice. */
static void find_numbers(pl_elastic_making *m) {
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++) s->number[v] = PL_ELASTIC_NONE;
    for (int v = 0; v < s->block->count; v++) {
      if (s->slack[v] != PL_ELASTIC_WANTED || s->number[v] >= 0) continue;
      const pl_source_of_bound *source = pl_words_source(m->p, s->block, s->is_row, s->upper, v);
      int const number = number_add(m, s, v);
      for (int u = v; u < (pl_elastic_is_while_used(s) ? v + 1 : s->block->count); u++)
        if (s->slack[u] == PL_ELASTIC_WANTED &&
            pl_words_source(m->p, s->block, s->is_row, s->upper, u) == source)
          s->number[u] = number;
    }
  }
}

void pl_elastic_gather(pl_elastic_making *m) {
  const pl_lp *lp = &m->p->lp;
  gather_sides(m);
  find_coefficients(m);
  m->e->typical = typical_of(m);
  for (int j = 0; j < lp->n_cols; j++)
    m->e->largest_cost = fmax(m->e->largest_cost, fabs(lp->cost[j]));
  find_sizes(m);
  find_numbers(m);
}
