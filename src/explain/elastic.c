/* Builds and solves the elastic program: the program without its costs, where bounds may be broken
 * at a price. Says nothing in words. */
#include "explain/elastic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "explain/give.h"
#include "explain/words.h"

enum {
  NONE = PL_ELASTIC_NONE,
  WANTED = -2,
  ROUNDS_MAX = 20,
  MANY_SLICES = 200,
  LARGE = 4000
}; /* WANTED: no column yet */

static const double least_costs = 2; /* what must be there is what a plan is for */
static const double rule_costs = 4;

typedef struct {
  const pl_program *p;
  pl_arena *a;
  pl_elastic *e;
  int capacity;
  long n_slacks, n_column_rows, n_while_rows; /* of the sides that are asked */
  int *while_row; /* [n_rows] the row that keeps what gives way while used from doing so while not
                     used, −1 */
  int number_capacity;
  bool rules;    /* what no number says gives way too */
  bool each;     /* slice by slice, within the changes found, */
  double leeway; /* and so much beside them, of themselves and of what is typical */
} making;

static const double much = 10; /* a bound while used may become so many times as large */

/* --- What may give way ----------------------------------------------------------------------- */

/* What no number bounds: a coefficient, or a rule. Of a column only what must be there. */
static bool give_kind(const making *m, const pl_block *b, bool is_row, bool upper, int v,
                      pl_give *kind) {
  const pl_lp *lp = &m->p->lp;
  const pl_gives *g = pl_gives_of(b, is_row);
  int const at = b->first + v;
  *kind = PL_GIVE_NUMBER;
  if (pl_explain_source(m->p, b, is_row, upper, v)) return true;
  *kind = g->how == PL_GIVES_COEFFICIENT ? PL_GIVE_COEFFICIENT : PL_GIVE_RULE;
  if (*kind == PL_GIVE_RULE && !(m->rules && pl_gives_as_rule(g))) return false;
  if (is_row) return isfinite((upper ? lp->row_upper : lp->row_lower)[at]);
  return !upper && isfinite(lp->lower[at]) && lp->lower[at] > 0;
}

static pl_elastic_side *side_add(making *m, pl_give kind, const pl_block *b, bool is_row,
                                 bool upper) {
  pl_elastic *e = m->e;
  if (e->n_sides == m->capacity) {
    m->capacity = m->capacity ? 2 * m->capacity : 64;
    pl_elastic_side *grown = PL_NEW_ARRAY(m->a, pl_elastic_side, (size_t)m->capacity);
    for (int i = 0; i < e->n_sides; i++) grown[i] = e->sides[i];
    e->sides = grown;
  }
  pl_elastic_side *s = &e->sides[e->n_sides++];
  *s = (pl_elastic_side){.kind = kind,
                         .block = b,
                         .is_row = is_row,
                         .upper = upper,
                         .asked = is_row || !upper,
                         .slack = PL_NEW_ARRAY(m->a, int, (size_t)b->count + 1),
                         .number = PL_NEW_ARRAY(m->a, int, (size_t)b->count + 1)};
  for (int v = 0; v < b->count; v++) s->slack[v] = NONE;
  return s;
}

static void gather_side(making *m, const pl_block *b, bool is_row, bool upper) {
  pl_elastic_side *s = NULL;
  pl_give kind;
  for (int v = 0; v < b->count; v++) {
    if (!give_kind(m, b, is_row, upper, v, &kind)) continue;
    if (!s) s = side_add(m, kind, b, is_row, upper);
    s->slack[v] = WANTED;
  }
}

/* More or less at the start, in the first row that counts the stock: its own, or the balance.
 * Behind typical days it stands in several rows, and no change of one of them speaks of it. */
static void gather_initial(making *m, const pl_block *level) {
  const pl_stock *s = &m->p->c->stocks[level->thing];
  if (s->said[PL_stock_initial].line <= 0 || level->grid->typical) return;
  const pl_block *b = pl_program_balance(m->p, s->site, s->keeps, level->party);
  for (int i = 0; i < m->p->n_row_blocks; i++)
    if (m->p->rows[i].kind == PL_ROW_STOCK && m->p->rows[i].thing == level->thing)
      b = &m->p->rows[i];
  pl_elastic_side *side = b ? side_add(m, PL_GIVE_INITIAL, b, true, b->kind == PL_ROW_STOCK) : NULL;
  if (side) side->slack[0] = WANTED;
}

/* Less of what is under way at the start. Where goods may be thrown away it is in nobody's way. */
static void gather_under_way(making *m, int lane, int way) {
  const pl_lane *l = &m->p->c->lanes[lane];
  const pl_block *b =
      pl_program_balance(m->p, l->to, l->under_way.material[way], l->parties.index[0]);
  if (m->p->c->materials[b->part].free) return;
  double *arrives = PL_NEW_ARRAY(m->a, double, (size_t)b->count + 1);
  pl_program_under_way(m->p, lane, way, b->grid, arrives);
  pl_elastic_side *side = side_add(m, PL_GIVE_UNDER_WAY, b, true, true);
  side->lane = lane;
  side->way = way;
  side->arrives = arrives;
  for (int v = 0; v < b->count; v++)
    if (arrives[v] > 0) side->slack[v] = WANTED;
}

static bool is_while_used(const pl_elastic_side *s) {
  return s->kind == PL_GIVE_COEFFICIENT && s->upper;
}

static void gather(making *m) {
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

static void find_coefficients(making *m) {
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

/* How far a rule without a number is broken: by what it asks for, by so often, or by an amount
 * that is typical (0). */
static double size_of_rule(const pl_elastic *e, const pl_elastic_side *s, int v) {
  const pl_lp *lp = &e->program->lp;
  int const at = s->block->first + v;
  if (!s->is_row) return lp->lower[at];
  double const bound = (s->upper ? lp->row_upper : lp->row_lower)[at];
  if (bound != 0) return bound;
  return pl_gives_of(s->block, true)->how == PL_GIVES_CHOICE ? e->entry[at] : 0;
}

/* Also of a number that is a coefficient: what it asks for when the decision is 1. */
static double bound_of(const pl_elastic *e, const pl_elastic_side *s, int v) {
  const pl_lp *lp = &e->program->lp;
  if (s->kind == PL_GIVE_COEFFICIENT) return e->coefficient[s->block->first + v];
  if (s->kind == PL_GIVE_UNDER_WAY) return s->arrives[v];
  if (s->kind == PL_GIVE_RULE) return size_of_rule(e, s, v);
  if (s->is_row && s->kind == PL_GIVE_NUMBER && pl_explain_hangs(s->block)) {
    const pl_source_of_bound *source = pl_explain_source(e->program, s->block, true, s->upper, v);
    return source ? source->amount[v] : 0;
  }
  if (s->is_row) return (s->upper ? lp->row_upper : lp->row_lower)[s->block->first + v];
  return (s->upper ? lp->upper : lp->lower)[s->block->first + v];
}

static int ascending(const void *a, const void *b) {
  double const x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median of the numbers that are not zero. */
static double typical_of(const making *m) {
  size_t room = 1;
  for (int i = 0; i < m->e->n_sides; i++) room += (size_t)m->e->sides[i].block->count;
  double *x = PL_NEW_ARRAY(m->a, double, room);
  int n = 0;
  for (int i = 0; i < m->e->n_sides; i++)
    for (int v = 0; v < m->e->sides[i].block->count; v++) {
      double const bound =
          m->e->sides[i].slack[v] != NONE ? fabs(bound_of(m->e, &m->e->sides[i], v)) : 0;
      if (bound > 0) x[n++] = bound;
    }
  if (n == 0) return 1;
  qsort(x, (size_t)n, sizeof *x, ascending);
  return x[n / 2];
}

/* What a relative change of 1 comes to in each slice: the bound, or where that is zero the largest
 * of its side. */
double pl_elastic_weight(const pl_elastic *e, const pl_elastic_side *s, int v) {
  double const bound = fabs(bound_of(e, s, v));
  return bound > 0 ? bound : s->size > 0 ? s->size : e->typical;
}

double pl_elastic_tie(const pl_elastic *e, int column) {
  static const double small = 1e-2;
  return e->largest_cost > 0 ? small * e->program->lp.cost[column] / e->largest_cost : 0;
}

static void find_sizes(making *m) {
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++)
      if (s->slack[v] != NONE) s->size = fmax(s->size, fabs(bound_of(m->e, s, v)));
  }
}

/* --- The program ----------------------------------------------------------------------------- */

static double cost_of(const pl_lp *lp, const pl_elastic_side *s, int v) {
  int const i = s->block->first + v;
  if (s->kind == PL_GIVE_INITIAL || s->kind == PL_GIVE_UNDER_WAY) return 1;
  if (s->kind == PL_GIVE_RULE) return rule_costs;
  bool const exactly =
      s->is_row ? lp->row_lower[i] == lp->row_upper[i] : lp->lower[i] == lp->upper[i];
  return !s->upper || exactly ? least_costs : 1;
}

static int number_add(making *m, const pl_elastic_side *s, int v) {
  pl_elastic *e = m->e;
  if (e->n_numbers == m->number_capacity) {
    m->number_capacity = m->number_capacity ? 2 * m->number_capacity : 64;
    pl_elastic_number *grown = PL_NEW_ARRAY(m->a, pl_elastic_number, (size_t)m->number_capacity);
    for (int i = 0; i < e->n_numbers; i++) grown[i] = e->number[i];
    e->number = grown;
  }
  bool const least = (!s->is_row && !s->upper) ||
                     s->kind == PL_GIVE_UNDER_WAY; /* less than nothing is not asked for */
  e->number[e->n_numbers] = (pl_elastic_number){.cost = cost_of(&m->p->lp, s, v),
                                                .most = least ? e->typical : (double)INFINITY};
  return e->n_numbers++;
}

/* A number gives way in all the slices of a side that it bounds. What holds while used gives way
 * slice by slice. */
static void find_numbers(making *m) {
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++) s->number[v] = NONE;
    for (int v = 0; v < s->block->count; v++) {
      if (s->slack[v] != WANTED || s->number[v] >= 0) continue;
      const pl_source_of_bound *source = pl_explain_source(m->p, s->block, s->is_row, s->upper, v);
      int const number = number_add(m, s, v);
      for (int u = v; u < (is_while_used(s) ? v + 1 : s->block->count); u++)
        if (s->slack[u] == WANTED &&
            pl_explain_source(m->p, s->block, s->is_row, s->upper, u) == source)
          s->number[u] = number;
    }
  }
}

static bool gives_way(const making *m, const pl_elastic_side *s, int v) {
  return s->asked && s->number[v] >= 0 && (!m->each || m->e->number[s->number[v]].change > 0);
}

static bool is_exact(double lower, double upper) { return lower == upper; }

/* A bound that stays, or gives way by another number, must not be shifted with the other: a
 * capacity that is raised would raise the minimum. So each has a row of its own; of what must be
 * exactly so much the two are one. */
static void plan_column_row(making *m, bool upper, int at) {
  pl_elastic *e = m->e;
  const pl_lp *lp = &m->p->lp;
  bool const other = e->column_row[!upper][at] != NONE;
  if (e->column_row[upper][at] != NONE) return;
  e->column_row[upper][at] = 0;
  if (!other || !is_exact(lp->lower[at], lp->upper[at])) m->n_column_rows++;
}

/* Which rows the sides that are asked need beyond the program's own. */
static void plan_rows(making *m) {
  const pl_lp *lp = &m->p->lp;
  m->n_slacks = m->n_column_rows = m->n_while_rows = 0;
  for (int j = 0; j < lp->n_cols; j++) m->e->column_row[0][j] = m->e->column_row[1][j] = NONE;
  for (int i = 0; i < lp->n_rows; i++) m->while_row[i] = NONE;
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++) {
      int const at = s->block->first + v;
      if (s->number[v] == NONE) continue;
      s->slack[v] = WANTED;
      if (!gives_way(m, s, v)) continue;
      m->n_slacks++;
      if (!s->is_row) plan_column_row(m, s->upper, at);
      if (is_while_used(s)) m->n_while_rows++, m->while_row[at] = 0;
    }
  }
}

static bool has_moved(const making *m, int column, bool upper) {
  return m->e->column_row[upper][column] != NONE;
}

static void make_column_rows(making *m, int j) {
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

static void make_rows(making *m) {
  const pl_lp *lp = &m->p->lp;
  pl_sketch *k = &m->e->sketch;
  for (int i = 0; i < lp->n_rows; i++) (void)pl_sketch_row(k, lp->row_lower[i], lp->row_upper[i]);
  for (int j = 0; j < lp->n_cols; j++) make_column_rows(m, j);
  for (int i = 0; i < lp->n_rows; i++)
    if (m->while_row[i] >= 0) m->while_row[i] = pl_sketch_row(k, -INFINITY, 0);
}

/* give − 10 × most × used ≤ 0 */
static void make_while_used(making *m, int used) {
  const pl_lp *lp = &m->p->lp;
  for (int e = lp->start[used]; e < lp->start[used + 1]; e++) {
    int const row = m->while_row[lp->index[e]];
    if (row >= 0) pl_sketch_entry(&m->e->sketch, row, -much * fabs(lp->value[e]));
  }
}

/* Of a lower bound that a row took over a column keeps only x ≥ 0. */
static void make_columns(making *m) {
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

double pl_elastic_moves(const pl_elastic *e, const pl_elastic_side *s, int v) {
  double const weight = pl_elastic_weight(e, s, v) / e->typical;
  return s->upper ? -weight : weight;
}

pl_interval pl_elastic_when(const pl_program *p, const pl_block *b, int v) {
  enum { QUARTER_HOUR = 15 };
  int const at = v < b->grid->n ? v : b->grid->n - 1;
  return (pl_interval){(int)((b->grid->start[at] - p->c->from) / QUARTER_HOUR),
                       (int)((pl_grid_end(b->grid, at) - p->c->from) / QUARTER_HOUR)};
}

static void make_slack_entry(making *m, pl_elastic_side *s, int v, int column) {
  double const moves = pl_elastic_moves(m->e, s, v);
  s->slack[v] = column;
  pl_sketch_entry(&m->e->sketch, pl_elastic_row(m->e, s, v), moves);
  if (is_while_used(s))
    pl_sketch_entry(&m->e->sketch, m->while_row[s->block->first + v], fabs(moves));
}

/* One column a number, counted in relative changes times the typical size, or one a slice that is
 * no larger than the number's change. A column's entries come together. */
static int slack_column(making *m, const pl_elastic_side *s, int v) {
  const pl_elastic_number *x = &m->e->number[s->number[v]];
  pl_sketch *k = &m->e->sketch;
  if (!m->each) return pl_sketch_column(k, x->cost, 0, x->most);
  int const column =
      pl_sketch_column(k, x->cost, 0, x->change * (1 + m->leeway) + m->leeway * m->e->typical);
  k->lp.when[column] = pl_elastic_when(m->p, s->block, v);
  return column;
}

static void make_slacks(making *m) {
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    for (int v = 0; v < s->block->count; v++) {
      if (!gives_way(m, s, v) || s->slack[v] != WANTED) continue;
      int const column = slack_column(m, s, v), end = m->each ? v + 1 : s->block->count;
      for (int u = v; u < end; u++)
        if (s->number[u] == s->number[v] && s->slack[u] == WANTED)
          make_slack_entry(m, s, u, column);
    }
  }
}

/* Solvers that go through time want to know where in it a column lies. */
static void make_when(making *m) {
  pl_lp *own = &m->e->sketch.lp;
  const pl_program *p = m->p;
  own->when = PL_NEW_ARRAY(m->a, pl_interval, (size_t)m->e->sketch.capacity_cols + 1);
  memcpy(own->when, p->lp.when, (size_t)p->lp.n_cols * sizeof *own->when);
}

static void make_integers(making *m) {
  const pl_lp *lp = &m->p->lp;
  pl_lp *own = &m->e->sketch.lp;
  own->integer = PL_NEW_ARRAY(m->a, bool, (size_t)own->n_cols + 1);
  for (int j = 0; j < lp->n_cols; j++) own->integer[j] = lp->integer && lp->integer[j];
  own->n_integer = lp->n_integer;
}

static pl_status run_by(const pl_lp *lp, const pl_solve_options *options, pl_method method,
                        pl_arena *a, pl_solution **answer, pl_diag *diag) {
  pl_solver *solver = NULL;
  pl_solve_options own = *options;
  if (method != PL_METHOD_AUTO) own.method = method;
  own.rough = method == PL_METHOD_INTERIOR;
  PL_TRY(pl_solver_new(lp, &own, &solver, diag));
  pl_status const status = pl_solver_run(solver, a, answer, diag);
  pl_solver_free(solver);
  return status;
}

static void pass_on(const pl_diag *from, pl_diag *to) {
  for (int i = 0; i < pl_diag_size(from); i++) {
    const pl_message *m = pl_diag_at(from, i);
    if (m->severity == PL_ERROR) (void)pl_fail(to, m->status, m->place, "%s", m->text);
  }
}

pl_status pl_elastic_run(const pl_lp *lp, const pl_solve_options *options, pl_arena *a,
                         pl_solution **answer, pl_diag *diag) {
  if (lp->n_integer > 0) return run_by(lp, options, PL_METHOD_AUTO, a, answer, diag);
  pl_diag *first = pl_diag_new();
  pl_status const status = run_by(lp, options, PL_METHOD_AUTO, a, answer, first);
  if (status == PL_STOPPED) pass_on(first, diag);
  pl_diag_free(first);
  if (status == PL_OK || status == PL_STOPPED) return status;
  return run_by(lp, options, PL_METHOD_INTERIOR, a, answer, diag);
}

static pl_status solve_once(making *m, bool integers, pl_diag *diag) {
  const pl_lp *lp = &m->p->lp;
  plan_rows(m);
  pl_sketch_init(&m->e->sketch, m->a, lp->n_cols + m->n_slacks,
                 lp->n_rows + m->n_column_rows + m->n_while_rows,
                 lp->n_entries + m->n_column_rows + m->n_slacks + 2 * m->n_while_rows);
  pl_solve_options options = pl_solve_stopped_by(m->e->stopped_by);
  options.once = true;
  if (m->each) make_when(m);
  make_rows(m);
  make_columns(m);
  make_slacks(m);
  if (integers && lp->n_integer > 0) make_integers(m);
  PL_TRY(pl_elastic_run(&m->e->sketch.lp, &options, m->a, &m->e->answer, diag));
  pl_elastic_settle(m->e, &options, m->a);
  return PL_OK;
}

/* What a relative change of 1 in the side's bound would save the others. Numbers are priced
 * together: too generous, which only asks more than it must. */
static double side_gain(const pl_elastic *e, const pl_elastic_side *s) {
  double gain = 0;
  for (int v = 0; v < s->block->count; v++)
    if (s->slack[v] == WANTED)
      gain += fabs(pl_elastic_dual(e, s, v)) * pl_elastic_weight(e, s, v) / e->typical;
  return gain;
}

static bool ask_more(making *m) {
  bool more = false;
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    if (s->asked || side_gain(m->e, s) <= 1 + PL_ELASTIC_ROUNDING) continue;
    s->asked = more = true;
  }
  return more;
}

static void ask_all(making *m) {
  for (int i = 0; i < m->e->n_sides; i++) m->e->sides[i].asked = true;
}

/* Upper bounds of columns need a row each to give way, and most are in nobody's way: they are asked
 * only when the prices say that it would pay. When no price does, the answer is the best of all. */
static pl_status solve_whole(making *m, bool integers, pl_diag *diag) {
  if (integers) ask_all(m); /* prices say little about whole numbers */
  pl_status status = solve_once(m, integers, diag);
  for (int round = 0; status == PL_OK && round < ROUNDS_MAX && ask_more(m); round++)
    status = solve_once(m, integers, diag);
  if (status != PL_INFEASIBLE) return status;
  ask_all(m);
  return solve_once(m, integers, diag);
}

/* As little as will do in each slice. The changes are known but for rounding, which goods that stay
 * long on a lane may make much of. */
static pl_status solve_each(making *m, pl_diag *diag) {
  pl_status status = PL_INFEASIBLE;
  m->each = true;
  ask_all(m);
  for (int times = 1; status == PL_INFEASIBLE && times <= 100; times *= 100) {
    m->leeway = PL_ELASTIC_ROUNDING * times;
    status = solve_once(m, false, diag);
    if (status == PL_OK && m->e->answer->is_rough) status = PL_INFEASIBLE; /* the whole may do */
  }
  m->each = false;
  for (int i = 0; status != PL_OK && i < m->e->n_sides; i++) /* as before anything was asked */
    m->e->sides[i].asked = m->e->sides[i].is_row || !m->e->sides[i].upper;
  return status;
}

/* Weeks by themselves, and the whole by the month, ask for nearly what the whole does. */
static pl_status changes_by_windows(making *m, pl_diag *diag) {
  const pl_case *c = m->p->c;
  pl_grid weeks;
  pl_grid_init(&weeks, m->a, PL_WEEK, c->from, c->to);
  for (int i = 0; i < m->e->n_numbers; i++) m->e->number[i].change = 0;
  return pl_elastic_windows(m->e, &weeks, diag);
}

static pl_status changes_by_whole(making *m, pl_diag *diag) {
  pl_elastic *e = m->e;
  PL_TRY(solve_whole(m, false, diag));
  if (e->answer->is_rough) return PL_INFEASIBLE;
  for (int i = 0; i < e->n_sides; i++)
    for (int v = 0; v < e->sides[i].block->count; v++) {
      int const slack = e->sides[i].slack[v];
      double const change = slack >= 0 ? e->answer->col_value[slack] : 0;
      if (change > PL_ELASTIC_ROUNDING * e->typical)
        e->number[e->sides[i].number[v]].change = change;
    }
  return PL_OK;
}

/* A number that gives way in many slices would be in too many rows of one program. */
static bool is_long(const pl_program *p) {
  int most = 0;
  for (int i = 0; i < p->n_row_blocks; i++)
    if (p->rows[i].count > most) most = p->rows[i].count;
  return most > MANY_SLICES;
}

static pl_status solve_parts(making *m, pl_diag *diag) {
  pl_status status = is_long(m->p) ? PL_INFEASIBLE : changes_by_whole(m, diag);
  if (status == PL_OK) status = solve_each(m, diag);
  if (status == PL_OK || status == PL_STOPPED) return status;
  PL_TRY(changes_by_windows(m, diag));
  status = solve_each(m, diag);
  if (status != PL_INFEASIBLE) return status;
  PL_TRY(pl_elastic_cuts(m->e, diag)); /* what the whole asks for beyond that */
  return solve_each(m, diag);
}

/* By parts or as a whole, the one after the other: nobody hears of the first if it fails. What is
 * rough is taken from the whole, and only where the parts have no answer either. */
static pl_status solve_either(making *m, bool parts_first, pl_diag *diag) {
  pl_diag *own = pl_diag_new();
  pl_status status = parts_first ? solve_parts(m, own) : solve_whole(m, false, own);
  bool const rough = status == PL_OK && m->e->answer->is_rough;
  if (!parts_first && status != PL_STOPPED && (status != PL_OK || rough))
    status = solve_parts(m, own);
  if (status == PL_STOPPED) pass_on(own, diag);
  pl_diag_free(own);
  if (status == PL_OK || status == PL_STOPPED) return status;
  return solve_whole(m, false, diag);
}

pl_status pl_elastic_solve(const pl_program *p, pl_elastic_way way, bool rules,
                           const pl_solve_options *by, pl_arena *a, pl_elastic *out,
                           pl_diag *diag) {
  making m = {.p = p, .a = a, .e = out, .rules = rules};
  *out = (pl_elastic){.program = p, .stopped_by = by};
  out->column_row[0] = PL_NEW_ARRAY(a, int, (size_t)p->lp.n_cols + 1);
  out->column_row[1] = PL_NEW_ARRAY(a, int, (size_t)p->lp.n_cols + 1);
  m.while_row = PL_NEW_ARRAY(a, int, (size_t)p->lp.n_rows + 1);
  gather(&m);
  find_coefficients(&m);
  out->typical = typical_of(&m);
  for (int j = 0; j < p->lp.n_cols; j++)
    out->largest_cost = fmax(out->largest_cost, fabs(p->lp.cost[j]));
  find_sizes(&m);
  find_numbers(&m);
  return way == PL_ELASTIC_PARTS   ? solve_either(&m, true, diag)
         : way == PL_ELASTIC_WHOLE ? solve_either(&m, false, diag)
                                   : solve_whole(&m, true, diag);
}
