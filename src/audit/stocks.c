/* Independent check of stocks: the level, within its bounds on every real day, and what goes in and
 * out. */
#include <math.h>

#include "audit/walk.h"

/* --- What is held ---------------------------------------------------------------------------- */

double *pl_audit_keep(pl_audit_walk *w, int stock, const pl_grid *g) {
  double *keep = pl_audit_values(w, w->c->stocks[stock].loss, g, 0, false);
  for (int v = 0; v < g->n; v++) keep[v] = fmax(0, 1 - keep[v] * pl_grid_length(g, v));
  return keep;
}

double *pl_audit_before(pl_audit_walk *w, int stock) {
  const pl_block *level = pl_audit_block(w, PL_NOUN_stock, stock, PL_COLUMN_LEVEL);
  const pl_block *begin = pl_audit_block(w, PL_NOUN_stock, stock, PL_COLUMN_DAY_BEGIN);
  const pl_grid *g = level->grid;
  const pl_formula *initial = w->c->stocks[stock].initial;
  const double *x = pl_audit_amounts(w, level), *first = begin ? pl_audit_amounts(w, begin) : NULL;
  double *before = pl_audit_zeros(w, g->n);
  for (int v = 0; v < g->n; v++) {
    if (v > 0) before[v] = x[v - 1];
    if (begin && (v == 0 || g->period[v] != g->period[v - 1])) before[v] = *first++;
  }
  if (!begin && initial)
    before[0] = pl_formula_eval(initial, w->quotes, g->start[0], pl_grid_end(g, 0));
  return before;
}

typedef struct {
  pl_audit_walk *w;
  int index;
  const pl_stock *s;
  const pl_grid *grid;
  const double *level;
} stock_check;

static pl_audit_subject about(const stock_check *k, int field, const char *words) {
  return pl_audit_about(k->w, PL_NOUN_stock, k->index, field, words);
}

/* level = level before × (1 − loss) + fill × (1 − fill loss) − draw / (1 − draw loss), where the
 * stock has fill and draw columns. */
static void check_gates(const stock_check *k) {
  pl_audit_walk *w = k->w;
  const pl_block *fill = pl_audit_block(w, PL_NOUN_stock, k->index, PL_COLUMN_FILL);
  const pl_block *draw = pl_audit_block(w, PL_NOUN_stock, k->index, PL_COLUMN_DRAW);
  if (!fill || !draw) return;
  pl_audit_subject const level = about(k, -1, "the level"),
                         in = about(k, PL_stock_fill, "the fill"),
                         out = about(k, PL_stock_draw, "the draw");
  const double *x = pl_audit_amounts(w, fill), *y = pl_audit_amounts(w, draw);
  const double *keep = pl_audit_keep(w, k->index, k->grid);
  const double *before = pl_audit_before(w, k->index);
  const double *fill_loss = pl_audit_values(w, k->s->fill_loss, k->grid, 0, false);
  const double *draw_loss = pl_audit_values(w, k->s->draw_loss, k->grid, 0, false);
  const double *fastest_in = pl_audit_values(w, k->s->fill, k->grid, INFINITY, true);
  const double *fastest_out = pl_audit_values(w, k->s->draw, k->grid, INFINITY, true);
  for (int v = 0; v < k->grid->n; v++) {
    double const added = x[v] * (1 - fill_loss[v]) - y[v] / fmax(1e-9, 1 - draw_loss[v]);
    double const due = before[v] * keep[v] + added / pl_grid_times(k->grid, v);
    pl_audit_least(w, &level, k->grid, v, k->level[v], due);
    pl_audit_most(w, &level, k->grid, v, k->level[v], due);
    pl_audit_most(w, &in, k->grid, v, x[v], fastest_in[v]);
    pl_audit_most(w, &out, k->grid, v, y[v], fastest_out[v]);
  }
}

/* How much of the stock's goods a run uses: of units of its owner at the site, and of tolls and
 * ventures there that use the owner's goods. */
static double taken_by_run(const stock_check *k, const pl_block *block) {
  const pl_case *c = k->w->c;
  int const party = pl_stock_party(c, k->s);
  const pl_process *process = &c->processes[pl_audit_process(k->w, block)];
  int const agreement = pl_block_agreement(block, false);
  const pl_agreement *a = agreement < 0 ? NULL : &c->agreements[agreement];
  double part = !a && block->party == party ? 1 : 0, taken = 0;
  for (int s = 0; a && s < a->shares.n; s++)
    if (a->shares.index[s] == party) part += a->shares.factor[s];
  for (int i = 0; a && a->kind == PL_TOLL && i < a->brings.n; i++)
    if (a->brings.index[i] == k->s->keeps) part = -1;
  if (a && a->kind == PL_TOLL) part = (part < 0 ? a->owner : a->toller) == party;
  for (int t = 0; t < process->takes.n; t++)
    if (process->takes.material[t] == k->s->keeps)
      taken += process->takes.amount[t] / process->makes.amount[0];
  return part * taken;
}

/* Use of the owner's goods at the site, by slice of the stock's grid. */
static double *taken_of(const stock_check *k) {
  pl_audit_walk *w = k->w;
  double *taken = pl_audit_zeros(w, k->grid->n);
  for (int i = 0; i < w->p->n_column_blocks; i++) {
    const pl_block *block = &w->p->columns[i];
    bool const feeds = pl_block_moves(block) == PL_MOVES_FEED;
    if (!feeds && pl_block_moves(block) != PL_MOVES_RUN) continue;
    const pl_unit *u = &w->c->units[pl_block_plant(w->c, block)];
    if (u->site != k->s->site) continue;
    double factor = 0;
    if (!feeds)
      factor = taken_by_run(k, block);
    else if (block->party == pl_stock_party(w->c, k->s))
      factor =
          w->c->processes[u->runs.index[block->part]].blends.index[block->extra] == k->s->keeps;
    if (factor != 0) pl_audit_add(taken, k->grid, block, pl_audit_amounts(w, block), factor, NULL);
  }
  return taken;
}

static void check_cover(const stock_check *k) {
  if (k->grid->typical) return; /* on every real day: check_days */
  if (k->s->said[PL_stock_cover].line == 0) return;
  pl_audit_subject const x = about(k, PL_stock_cover, "the days of cover");
  double const hours = 24 * pl_duration_days(k->s->cover);
  const double *taken = taken_of(k);
  for (int v = 0; v < k->grid->n; v++)
    pl_audit_least(k->w, &x, k->grid, v, k->level[v], hours * taken[v] / pl_grid_hours(k->grid, v));
}

/* Checks one level x in slice v of g. */
static void check_bounds(const stock_check *k, const pl_grid *g, int v, double x, double least,
                         double most) {
  pl_audit_subject const capacity = about(k, PL_stock_capacity, "the capacity"),
                         minimum = about(k, PL_stock_minimum, "the minimum");
  pl_audit_most(k->w, &capacity, g, v, x, most);
  pl_audit_least(k->w, &minimum, g, v, x, least);
}

/* The level at the end of the last real slice, also with typical days. */
static void check_final(const stock_check *k, double left) {
  const pl_grid *g = k->grid->typical ? k->grid->all : k->grid;
  pl_audit_subject const x = about(k, PL_stock_final, "the final level");
  const pl_formula *f = k->s->final ? k->s->final : k->s->initial;
  int const v = k->s->final ? g->n - 1 : 0;
  double const due = f ? pl_formula_eval(f, k->w->quotes, g->start[v], g->start[v + 1]) : 0;
  pl_audit_least(k->w, &x, g, g->n - 1, left, due);
}

static void check_levels(const stock_check *k) {
  const double *most = pl_audit_values(k->w, k->s->capacity, k->grid, INFINITY, false),
               *least = pl_audit_values(k->w, k->s->minimum, k->grid, 0, false);
  for (int v = 0; v < k->grid->n; v++) check_bounds(k, k->grid, v, k->level[v], least[v], most[v]);
  check_final(k, k->level[k->grid->n - 1]);
}

typedef struct {
  const double *keep, *added;         /* [n] the share of a level that a slice keeps, and what it
                                         adds */
  const double *least, *most, *cover; /* [n] */
  double *sum;                        /* [n] of the levels of its days */
} path;

/* Follows one real day from its starting level x; returns its final level. */
static double check_day(const stock_check *k, const path *q, int d, double x) {
  const pl_grid *g = k->grid;
  const pl_typical *t = g->typical;
  pl_audit_subject const cover = about(k, PL_stock_cover, "the days of cover");
  for (int v = pl_grid_find(g, t->start[d]); v < g->n && g->period[v] == t->of[d]; v++) {
    x = x * q->keep[v] + q->added[v];
    q->sum[v] += x;
    check_bounds(k, g, v, x, q->least[v], q->most[v]);
    pl_audit_least(k->w, &cover, g, v, x, q->cover[v]);
  }
  return x;
}

/* A day must end with the level that the plan holds over, and the next one begins with that value;
 * otherwise rounding in every hour of a year would add up to a violation of the bounds. */
static double hand_over(const stock_check *k, int d, double x, double held) {
  const pl_typical *t = k->grid->typical;
  pl_audit_subject const over = about(k, -1, "the level held over");
  int const v = pl_grid_find(k->grid->all, t->start[d + 1] - 1);
  pl_audit_most(k->w, &over, k->grid->all, v, x, held);
  pl_audit_least(k->w, &over, k->grid->all, v, x, held);
  return held;
}

/* With typical days, the real days are followed one after the other: each adds in every slice what
 * its typical day adds there. So every level of the year is checked, and that of a typical slice
 * must be the mean of its days. */
static void check_days(const stock_check *k) {
  pl_audit_walk *w = k->w;
  const pl_grid *g = k->grid;
  const double *before = pl_audit_before(w, k->index);
  double *added = pl_audit_zeros(w, g->n), *cover = taken_of(k);
  path const q = {pl_audit_keep(w, k->index, g),
                  added,
                  pl_audit_values(w, k->s->minimum, g, 0, false),
                  pl_audit_values(w, k->s->capacity, g, INFINITY, false),
                  cover,
                  pl_audit_zeros(w, g->n)};
  double const hours = k->s->said[PL_stock_cover].line ? 24 * pl_duration_days(k->s->cover) : 0;
  for (int v = 0; v < g->n; v++) {
    added[v] = k->level[v] - before[v] * q.keep[v];
    cover[v] *= hours / pl_grid_hours(g, v);
  }
  const pl_time *start = g->all->start;
  double x = k->s->initial ? pl_formula_eval(k->s->initial, w->quotes, start[0], start[1]) : 0;
  const double *held =
      pl_audit_amounts(w, pl_audit_block(w, PL_NOUN_stock, k->index, PL_COLUMN_HELD));
  for (int d = 0; d < g->typical->n; d++) x = hand_over(k, d, check_day(k, &q, d, x), held[d]);
  check_final(k, x);
  pl_audit_subject const mean = about(k, -1, "the mean level of the days");
  for (int v = 0; v < g->n; v++) {
    pl_audit_most(w, &mean, g, v, k->level[v], q.sum[v] / pl_grid_times(g, v));
    pl_audit_least(w, &mean, g, v, k->level[v], q.sum[v] / pl_grid_times(g, v));
  }
}

void pl_audit_stock(pl_audit_walk *w, int i) {
  const pl_stock *s = &w->c->stocks[i];
  const pl_block *level = pl_audit_block(w, PL_NOUN_stock, i, PL_COLUMN_LEVEL);
  if (!level) return;
  const pl_grid *g = level->grid;
  stock_check const k = {w, i, s, g, pl_audit_amounts(w, level)};
  check_gates(&k);
  if (g->typical)
    check_days(&k);
  else
    check_levels(&k);
  check_cover(&k);
}
