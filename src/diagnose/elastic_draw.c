/* Builds the elastic program: the program without its costs, whose bounds may be violated at a
 * price. */
#include <math.h>
#include <string.h>

#include "diagnose/elastic_parts.h"

static const double much = 10; /* a bound while used may become this many times as large */

static bool gives_way(const pl_elastic_making *m, const pl_elastic_side *s, int v) {
  return s->asked && s->number[v] >= 0 && (!m->each || m->e->number[s->number[v]].change > 0);
}

static bool is_exact(double lower, double upper) { return lower == upper; }

/* A bound that stays, or is relaxed by another number, must not shift with this one: raising a
 * capacity would raise the minimum. So each has a row of its own; the two sides of 'exactly' share
 * one. */
static void plan_column_row(pl_elastic_making *m, bool upper, int at) {
  pl_elastic *e = m->e;
  const pl_lp *lp = &m->p->lp;
  bool const other = e->column_row[!upper][at] != PL_ELASTIC_NONE;
  if (e->column_row[upper][at] != PL_ELASTIC_NONE) return;
  e->column_row[upper][at] = 0;
  if (!other || !is_exact(lp->lower[at], lp->upper[at])) m->n_column_rows++;
}

/* Which rows the included sides need beyond the program's own. */
static void plan_rows(pl_elastic_making *m) {
  const pl_lp *lp = &m->p->lp;
  m->n_slacks = m->n_column_rows = m->n_while_rows = 0;
  for (int j = 0; j < lp->n_cols; j++)
    m->e->column_row[0][j] = m->e->column_row[1][j] = PL_ELASTIC_NONE;
  for (int i = 0; i < lp->n_rows; i++) m->while_row[i] = PL_ELASTIC_NONE;
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++) {
      int const at = s->block->first + v;
      if (s->number[v] == PL_ELASTIC_NONE) continue;
      s->slack[v] = PL_ELASTIC_WANTED;
      if (!gives_way(m, s, v)) continue;
      m->n_slacks++;
      if (!s->is_row) plan_column_row(m, s->upper, at);
      if (pl_elastic_is_while_used(s)) m->n_while_rows++, m->while_row[at] = 0;
    }
  }
}

static bool has_moved(const pl_elastic_making *m, int column, bool upper) {
  return m->e->column_row[upper][column] != PL_ELASTIC_NONE;
}

static void make_column_rows(pl_elastic_making *m, int j) {
  const pl_lp *lp = &m->p->lp;
  pl_sketch *k = &m->e->sketch;
  double const inf = (double)INFINITY;
  bool const low = has_moved(m, j, false), high = has_moved(m, j, true);
  if (low && high && is_exact(lp->lower[j], lp->upper[j])) {
    m->e->column_row[0][j] = m->e->column_row[1][j] = pl_sketch_row(k, lp->lower[j], lp->upper[j]);
    return;
  }
  if (low) m->e->column_row[0][j] = pl_sketch_row(k, lp->lower[j], inf);
  if (high) m->e->column_row[1][j] = pl_sketch_row(k, -inf, lp->upper[j]);
}

static void make_rows(pl_elastic_making *m) {
  const pl_lp *lp = &m->p->lp;
  pl_sketch *k = &m->e->sketch;
  for (int i = 0; i < lp->n_rows; i++) (void)pl_sketch_row(k, lp->row_lower[i], lp->row_upper[i]);
  for (int j = 0; j < lp->n_cols; j++) make_column_rows(m, j);
  for (int i = 0; i < lp->n_rows; i++)
    if (m->while_row[i] >= 0) m->while_row[i] = pl_sketch_row(k, -INFINITY, 0);
}

/* give − 10 × most × used ≤ 0 */
static void make_while_used(pl_elastic_making *m, int used) {
  const pl_lp *lp = &m->p->lp;
  for (int e = lp->start[used]; e < lp->start[used + 1]; e++) {
    int const row = m->while_row[lp->index[e]];
    if (row >= 0) pl_sketch_entry(&m->e->sketch, row, -much * fabs(lp->value[e]));
  }
}

/* A column whose lower bound has moved to a row keeps only x ≥ 0. */
static void make_columns(pl_elastic_making *m) {
  const pl_lp *lp = &m->p->lp;
  pl_sketch *k = &m->e->sketch;
  for (int j = 0; j < lp->n_cols; j++) {
    double const least = lp->lower[j] >= 0 ? 0 : -(double)INFINITY;
    double const lower = has_moved(m, j, false) ? least : lp->lower[j];
    double const upper = has_moved(m, j, true) ? (double)INFINITY : lp->upper[j];
    (void)pl_sketch_column(k, m->each ? pl_elastic_tie(m->e, j) : 0, lower, upper);
    for (int e = lp->start[j]; e < lp->start[j + 1]; e++)
      pl_sketch_entry(k, lp->index[e], lp->value[e]);
    int const low = m->e->column_row[0][j], high = m->e->column_row[1][j];
    if (low >= 0) pl_sketch_entry(k, low, 1);
    if (high >= 0 && high != low) pl_sketch_entry(k, high, 1);
    if (lp->integer && lp->integer[j]) make_while_used(m, j);
  }
}

static void make_slack_entry(pl_elastic_making *m, pl_elastic_side *s, int v, int column) {
  double const moves = pl_elastic_moves(m->e, s, v);
  s->slack[v] = column;
  pl_sketch_entry(&m->e->sketch, pl_elastic_row(m->e, s, v), moves);
  if (pl_elastic_is_while_used(s))
    pl_sketch_entry(&m->e->sketch, m->while_row[s->block->first + v], fabs(moves));
}

/* One column per number, measured in relative changes times the typical size, or one per slice,
 * bounded by the number's change. A column's entries come together. */
static int slack_column(pl_elastic_making *m, const pl_elastic_side *s, int v) {
  const pl_elastic_number *x = &m->e->number[s->number[v]];
  pl_sketch *k = &m->e->sketch;
  if (!m->each) return pl_sketch_column(k, x->cost, 0, x->most);
  int const column =
      pl_sketch_column(k, x->cost, 0, x->change * (1 + m->leeway) + m->leeway * m->e->typical);
  k->lp.when[column] = pl_elastic_when(m->p, s->block, v);
  return column;
}

static void make_slacks(pl_elastic_making *m) {
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++) {
      if (!gives_way(m, s, v) || s->slack[v] != PL_ELASTIC_WANTED) continue;
      int const column = slack_column(m, s, v), end = m->each ? v + 1 : s->block->count;
      for (int u = v; u < end; u++)
        if (s->number[u] == s->number[v] && s->slack[u] == PL_ELASTIC_WANTED)
          make_slack_entry(m, s, u, column);
    }
  }
}

/* Solvers that proceed through time need to know where in it a column lies. */
static void make_when(pl_elastic_making *m) {
  pl_lp *own = &m->e->sketch.lp;
  const pl_program *p = m->p;
  own->when = PL_NEW_ARRAY(m->a, pl_interval, (size_t)m->e->sketch.capacity_cols + 1);
  memcpy(own->when, p->lp.when, (size_t)p->lp.n_cols * sizeof *own->when);
}

static void make_integers(pl_elastic_making *m) {
  const pl_lp *lp = &m->p->lp;
  pl_lp *own = &m->e->sketch.lp;
  own->integer = PL_NEW_ARRAY(m->a, bool, (size_t)own->n_cols + 1);
  for (int j = 0; j < lp->n_cols; j++) own->integer[j] = lp->integer && lp->integer[j];
  own->n_integer = lp->n_integer;
}

void pl_elastic_draw(pl_elastic_making *m, bool integers) {
  const pl_lp *lp = &m->p->lp;
  plan_rows(m);
  pl_sketch_init(&m->e->sketch, m->a, lp->n_cols + m->n_slacks,
                 lp->n_rows + m->n_column_rows + m->n_while_rows,
                 lp->n_entries + m->n_column_rows + m->n_slacks + 2 * m->n_while_rows);
  if (m->each) make_when(m);
  make_rows(m);
  make_columns(m);
  make_slacks(m);
  if (integers && lp->n_integer > 0) make_integers(m);
}
