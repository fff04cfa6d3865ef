/* Stocks by the hour: what goes in and out as seen by the site, how often that turns the stock
 * over, and what the difference in value earns. */
#include <math.h>

#include "explain/hours_walk.h"
#include "plan/words.h"

typedef struct {
  pl_hours_walk *w;
  const pl_stock *stock;
  pl_stock_hours *out;
  const pl_hours_grid *h;
  const pl_block *balance;
  double *net; /* [grid->n] outflow minus inflow */
} one_stock;

static bool is_of(const pl_block *block, int stock) {
  return pl_words_noun(block, false) == PL_NOUN_stock && block->thing == stock;
}

static const pl_grid *grid_of(const pl_program *p, int stock) {
  for (int i = 0; i < p->n_column_blocks; i++)
    if (is_of(&p->columns[i], stock)) return p->columns[i].grid;
  return NULL;
}

/* A stock without fill and draw columns enters the balance itself, and so does what it holds at the
 * start. */
static void add_initial(const one_stock *k) {
  const pl_stock *s = k->stock;
  bool const gates = s->fill || s->draw || s->fill_loss || s->draw_loss;
  if (!s->initial || gates) return;
  const double *initial = pl_hours_values(k->w, s->initial, k->h->grid, 0);
  const double *loss = pl_hours_values(k->w, s->loss, k->h->grid, 0);
  k->net[0] += initial[0] * fmax(0, 1 - loss[0] * pl_grid_hours(k->h->grid, 0));
}

static void find_net(const one_stock *k) {
  const pl_program *p = k->w->p;
  const pl_lp *lp = &p->lp;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    for (int j = block->first; is_of(block, k->out->stock) && j < block->first + block->count; j++)
      for (int e = lp->start[j]; e < lp->start[j + 1]; e++) {
        int const v = lp->index[e] - k->balance->first;
        if (v >= 0 && v < k->balance->count)
          k->net[v] += lp->value[e] * k->w->s->solution->col_value[j];
      }
  }
  add_initial(k);
}

static void find_worth(const one_stock *k, const pl_block *block) {
  for (int v = 0; v < block->count; v++) {
    double const dual = -k->w->s->solution->col_dual[block->first + v] * k->h->undo[v];
    pl_stock_year *y = &k->out->year[k->h->year[v]];
    if (!(dual > 0) || !pl_words_source(k->w->p, block, false, true, v)) continue;
    if (block->kind == PL_COLUMN_LEVEL) y->capacity_worth += dual;
    if (block->kind == PL_COLUMN_FILL) y->fill_worth += dual * pl_grid_hours(block->grid, v);
    if (block->kind == PL_COLUMN_DRAW) y->draw_worth += dual * pl_grid_hours(block->grid, v);
  }
}

static void count_slice(const one_stock *k, int v, double noise) {
  pl_stock_year *y = &k->out->year[k->h->year[v]];
  double const hours = pl_grid_hours(k->h->grid, v);
  double const value = pl_schedule_marginal(k->w->s, k->balance, v);
  double const out = k->net[v] > noise ? k->net[v] : 0, in = k->net[v] < -noise ? -k->net[v] : 0;
  y->hours += hours;
  y->out += out;
  y->in += in;
  y->earned += out * value;
  y->cost += in * value;
  if (out > 0) y->drawing += hours;
  if (in > 0) y->filling += hours;
}

/* Mean usable capacity of each year, weighted by hours. */
static void count_cycles(const one_stock *k) {
  const pl_grid *g = k->h->grid;
  const double *most = pl_hours_values(k->w, k->stock->capacity, g, NAN);
  const double *least = pl_hours_values(k->w, k->stock->minimum, g, 0);
  double *room = PL_NEW_ARRAY(k->w->scratch, double, (size_t)k->w->n_years + 1);
  for (int v = 0; v < g->n; v++) room[k->h->year[v]] += (most[v] - least[v]) * pl_grid_hours(g, v);
  pl_stock_year *all = &k->out->year[k->w->n_years];
  for (int i = 0; i < k->w->n_years; i++) {
    pl_stock_year *y = &k->out->year[i];
    y->cycles = room[i] > 0 && y->hours > 0 ? y->out / (room[i] / y->hours) : (double)NAN;
    all->hours += y->hours;
    all->in += y->in;
    all->out += y->out;
    all->filling += y->filling;
    all->drawing += y->drawing;
    all->cost += y->cost;
    all->earned += y->earned;
    all->cycles += y->cycles;
    all->capacity_worth += y->capacity_worth;
    all->fill_worth += y->fill_worth;
    all->draw_worth += y->draw_worth;
  }
}

static void tell(one_stock *k) {
  const pl_program *p = k->w->p;
  const pl_grid *g = k->h->grid;
  double largest = 0;
  k->net = PL_NEW_ARRAY(k->w->scratch, double, (size_t)g->n);
  find_net(k);
  for (int v = 0; v < g->n; v++) largest = fmax(largest, fabs(k->net[v]));
  for (int v = 0; v < g->n; v++) count_slice(k, v, 1e-6 * largest);
  for (int i = 0; i < p->n_column_blocks; i++)
    if (is_of(&p->columns[i], k->out->stock) && p->columns[i].grid == g)
      find_worth(k, &p->columns[i]);
  count_cycles(k);
}

int pl_explain_stock_hours(const pl_schedule *s, pl_arena *a, pl_stock_hours **out) {
  pl_hours_walk w;
  int n = 0;
  pl_hours_begin(&w, s, a);
  *out = PL_NEW_ARRAY(a, pl_stock_hours, (size_t)w.c->n_stocks + 1);
  for (int i = 0; i < w.c->n_stocks; i++) {
    const pl_stock *stock = &w.c->stocks[i];
    const pl_grid *grid = grid_of(w.p, i);
    const pl_block *balance =
        pl_program_balance(w.p, stock->site, stock->keeps, pl_stock_party(w.c, stock));
    if (!grid || !pl_explain_is_hourly(grid) || !balance || balance->grid != grid) continue;
    (*out)[n] = (pl_stock_hours){i, grid, PL_NEW_ARRAY(a, pl_stock_year, (size_t)w.n_years + 1)};
    one_stock k = {.w = &w,
                   .stock = stock,
                   .out = &(*out)[n++],
                   .h = pl_hours_of(&w, grid),
                   .balance = balance};
    tell(&k);
  }
  pl_hours_end(&w);
  return n;
}
