/* Units by the hour: how long they run, what that earns, and what more of them would be worth.
 * Computed from the solution and its duals; what a unit makes and takes is read from its columns,
 * so that whatever a rule adds to them is included. */
#include <math.h>

#include "chain/load.h"
#include "chain/recipe.h"
#include "explain/hours_walk.h"
#include "plan/words.h"

static const double rounding = 1e-6; /* share of a load below which it counts as zero */

typedef struct {
  pl_hours_walk *w;
  const pl_unit *u;
  pl_unit_hours *out;
  const pl_hours_grid *h;
  double *load, *most, *least; /* [grid->n] capacity units of the slice */
  double *on;                  /* [grid->n] 1 = on */
  double *ready;               /* online × availability × hours: most is capacity × ready */
  double *share;               /* minimum */
  bool *held;                  /* [grid->n + 1] a ramp binds between v − 1 and v */
  bool *earns;                 /* [grid->n] one of its processes would earn money */
  double *goods, *value;       /* [grid->n] hourly material taken; its value per unit then */
} one_unit;

/* The process that a column runs, with its use of capacity per unit; −1 = none. */
static int process_of(const pl_program *p, const pl_block *block, double *use) {
  if (pl_block_moves(block) != PL_MOVES_RUN) return -1;
  const pl_shares *runs = pl_block_processes(p->c, block, false);
  *use = runs->factor[block->part];
  return runs->index[block->part];
}

static const pl_grid *grid_of(const pl_program *p, int unit) {
  double use = 0;
  for (int i = 0; i < p->n_column_blocks; i++)
    if (process_of(p, &p->columns[i], &use) >= 0 && pl_block_plant(p->c, &p->columns[i]) == unit)
      return p->columns[i].grid;
  return NULL;
}

static bool is_coarser(const pl_case *c, int material) {
  return pl_material_step(c, material) >= PL_DAY;
}

/* The hourly material that it takes to make something balanced over longer periods: then it is a
 * load. */
static int load_of(const pl_case *c, const pl_unit *u) {
  for (int i = 0; i < u->runs.n; i++) {
    const pl_process *process = &c->processes[u->runs.index[i]];
    int const product = pl_process_product(process);
    if (product < 0 || !is_coarser(c, product)) continue;
    for (pl_run_goods g = pl_process_inputs(process); g.ok; pl_process_next(&g))
      if (!is_coarser(c, g.material)) return g.material;
  }
  return -1;
}

static void add_spread(double *sum, const pl_grid *g, const pl_block *block, int v, double x) {
  if (block->grid == g)
    sum[v] += x;
  else
    for (pl_share s = pl_share_slice(g, block->grid, v); s.ok; pl_share_next(g, &s))
      sum[s.r] += x * s.share;
}

/* Σ run × use of everything that uses its capacity. */
static void find_load(const one_unit *k) {
  const pl_program *p = k->w->p;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    double use = 0;
    if (process_of(p, block, &use) < 0) continue;
    int const unit = pl_block_plant(p->c, block);
    double factor = unit == k->out->unit ? use : 0;
    const pl_shares *uses = &k->w->c->units[unit].uses;
    for (int j = 0; j < uses->n; j++)
      if (uses->index[j] == k->out->unit) factor += uses->factor[j];
    for (int v = 0; factor != 0 && v < block->count; v++)
      add_spread(k->load, k->h->grid, block, v, factor * pl_schedule_value(k->w->s, block, v));
  }
}

static void find_bounds(one_unit *k) {
  const pl_unit *u = k->u;
  const pl_grid *g = k->h->grid;
  const pl_quotes *quotes = k->w->c->quotes;
  double *scratch = PL_NEW_ARRAY(k->w->scratch, double, 2 * (size_t)g->n);
  k->share = PL_NEW_ARRAY(k->w->scratch, double, (size_t)g->n);
  pl_unit_least_shares(u, quotes, g, k->share);
  pl_unit_ready(u, quotes, g, k->ready, scratch);
  bool const bounded = pl_unit_available(u, quotes, g, k->most, scratch);
  for (int v = 0; v < g->n; v++) {
    k->ready[v] *= pl_grid_hours(g, v);
    if (!bounded) k->most[v] = 0;
    k->least[v] = k->share[v] * k->most[v];
  }
}

/* On as decided; without on/off decisions, on where it runs at all. */
static void find_on(const one_unit *k) {
  const pl_program *p = k->w->p;
  double largest = 0;
  for (int v = 0; v < k->h->grid->n; v++) largest = fmax(largest, k->load[v]);
  for (int v = 0; v < k->h->grid->n; v++) k->on[v] = k->load[v] > rounding * largest;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    for (int v = 0; block->kind == PL_COLUMN_ON && block->thing == k->out->unit && v < block->count;
         v++)
      k->on[v] = pl_schedule_value(k->w->s, block, v);
  }
}

static double on_before(const one_unit *k) {
  bool const said_off = k->u->said[PL_unit_on_before].line > 0 && !k->u->on_before;
  return said_off ? 0 : k->u->on_off ? 1 : k->on[0];
}

/* --- What it earns --------------------------------------------------------------------------- */

static void add_goods(const one_unit *k, int y, int column, double x) {
  const pl_lp *lp = &k->w->p->lp;
  size_t const at = (size_t)y * (size_t)k->w->c->n_materials;
  for (int e = lp->start[column]; e < lp->start[column + 1]; e++) {
    const pl_block *row = pl_program_row_block(k->w->p, lp->index[e]);
    if (row->kind != PL_ROW_BALANCE) continue;
    double const amount = lp->value[e] * x;
    (amount > 0 ? k->out->made : k->out->taken)[at + (size_t)row->part] += fabs(amount);
  }
}

static void add_load(const one_unit *k, const pl_block *block, int v, double x) {
  const pl_lp *lp = &k->w->p->lp;
  if (k->out->load_of < 0) return;
  for (int e = lp->start[block->first + v]; e < lp->start[block->first + v + 1]; e++) {
    const pl_block *row = pl_program_row_block(k->w->p, lp->index[e]);
    if (row->kind != PL_ROW_BALANCE || row->part != k->out->load_of || lp->value[e] >= 0) continue;
    k->goods[v] -= lp->value[e] * x;
    k->value[v] = k->w->s->solution->row_dual[lp->index[e]] * k->h->undo[v];
  }
}

static void earn(const one_unit *k, const pl_block *block) {
  const pl_hours_grid *h = pl_hours_of(k->w, block->grid);
  double use = 0;
  bool const runs = process_of(k->w->p, block, &use) >= 0 && block->grid == k->h->grid;
  bool const starts = block->kind == PL_COLUMN_ON || block->kind == PL_COLUMN_START ||
                      block->kind == PL_COLUMN_START_OF;
  for (int v = 0; v < block->count; v++) {
    int const j = block->first + v;
    double const x = k->w->s->solution->col_value[j], cost = k->w->p->lp.cost[j];
    double size = fabs(cost);
    double const earned = pl_hours_goods(k->w, j, &size) - cost;
    pl_unit_year *y = &k->out->year[h->year[v]];
    if (runs && earned > rounding * size) k->earns[v] = true;
    if (runs) add_load(k, block, v, x);
    if (x == 0) continue;
    y->earned += x * earned * h->undo[v];
    if (starts) y->starts_cost -= x * earned * h->undo[v];
    add_goods(k, h->year[v], j, x);
  }
}

/* --- What more of it would be worth: the derivative of the objective -------------------------- */

/* Minimum and maximum load are bounds of its only column. */
static void worth_of_column(const one_unit *k, const pl_block *block, double use) {
  const pl_unit *u = k->u;
  pl_place const least = u->said[pl_unit_least_field(u)];
  for (int v = 0; v < block->count; v++) {
    double const dual = k->w->s->solution->col_dual[block->first + v] * k->h->undo[v];
    pl_unit_year *y = &k->out->year[k->h->year[v]];
    if (dual < 0 && pl_hours_bound_is(k->w, block, true, v, u->said[PL_unit_capacity]))
      y->capacity_worth -= dual * k->ready[v] / use;
    if (!(dual > 0) || !pl_hours_bound_is(k->w, block, false, v, least)) continue;
    y->capacity_worth -= dual * k->share[v] * k->ready[v] / use;
    y->turndown_worth += dual * pl_grid_hours(k->h->grid, v) / use;
  }
}

/* The slice before v in the row of that rank, as numbered in plan/past.c, which lists the slices
 * that v may follow; −1 = before the start of the case. */
static int past_of(const one_unit *k, int v, int rank) {
  const pl_grid *g = k->h->grid;
  if (g->n_joints == 0) return v - 1;
  if (v == pl_grid_find(g, k->w->c->from) && rank-- == 0) return -1;
  for (int i = 0; i < g->n_joints; i++)
    if (g->joint[i].after == v && rank-- == 0) return g->joint[i].before;
  return -1;
}

static void worth_of_ramp(const one_unit *k, int v, int past, double dual) {
  const pl_grid *g = k->h->grid;
  pl_unit_year *y = &k->out->year[k->h->year[v]];
  double const length = pl_grid_length(g, v), before = past >= 0 ? pl_grid_length(g, past) : length;
  double const room = (length + before) / 2 * pl_grid_hours(g, v) * fabs(dual);
  k->held[v] = k->held[v] || fabs(dual) > k->w->noise * k->h->undo[v];
  y->ramp_worth += room;
}

static void worth_of_row(const one_unit *k, const pl_block *block) {
  for (int v = 0; v < block->count; v++) {
    int const at = v + block->grid->n - block->count; /* ramps may have no first slice */
    double const dual = k->w->s->solution->row_dual[block->first + v] * k->h->undo[at];
    double const hours = pl_grid_hours(k->h->grid, at);
    double const on =
        block->kind == PL_ROW_ON_MOST || block->kind == PL_ROW_ON_LEAST ? k->on[at] : 1;
    int const past = past_of(k, at, block->part);
    pl_unit_year *y = &k->out->year[k->h->year[at]];
    switch (block->kind) {
    case PL_ROW_CAPACITY:
    case PL_ROW_ON_MOST: y->capacity_worth -= dual * k->ready[at] * on; break;
    case PL_ROW_MINIMUM:
    case PL_ROW_ON_LEAST:
      y->capacity_worth -= dual * k->share[at] * k->ready[at] * on;
      y->turndown_worth += dual * hours * on;
      break;
    case PL_ROW_RAMP: worth_of_ramp(k, at, past, dual); break;
    case PL_ROW_RAMP_UP:
      if (past >= 0) worth_of_ramp(k, at, past, dual * k->on[past]);
      break;
    case PL_ROW_RAMP_DOWN:
      if (past >= 0) worth_of_ramp(k, at, past, dual * k->on[at]);
      break;
    default: return;
    }
  }
}

static void find_worth(const one_unit *k) {
  const pl_program *p = k->w->p;
  double use = 0;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    if (pl_block_plant(p->c, block) != k->out->unit) continue;
    earn(k, block);
    if (process_of(p, block, &use) >= 0 && block->grid == k->h->grid)
      worth_of_column(k, block, use);
  }
  for (int i = 0; i < p->n_row_blocks; i++) {
    const pl_block *block = &p->rows[i];
    if (pl_words_noun(block, true) == PL_NOUN_unit && block->thing == k->out->unit &&
        block->grid == k->h->grid)
      worth_of_row(k, block);
  }
}

/* --- Hours ----------------------------------------------------------------------------------- */

static bool is_at(double x, double bound, double most) {
  return fabs(x - bound) <= rounding * most;
}

static void count_slice(const one_unit *k, int v) {
  pl_unit_year *y = &k->out->year[k->h->year[v]];
  double const hours = pl_grid_hours(k->h->grid, v), on = k->on[v], most = k->most[v];
  bool const bounded = k->u->capacity != NULL;
  bool const full = bounded && is_at(k->load[v], most, most);
  bool const low =
      bounded && k->least[v] < (1 - rounding) * most && is_at(k->load[v], k->least[v], most);
  bool const held = k->held[v] || k->held[v + 1];
  y->hours += hours;
  y->run += hours * on;
  y->load += k->load[v];
  y->most += most;
  y->most_on += most * on;
  if (on > 0.5 && full) y->full += hours;
  if (on > 0.5 && low) y->low += hours;
  if (on > 0.5 && bounded && !full && !is_at(k->load[v], k->least[v], most) && !held)
    y->marginal += hours;
  if (k->earns[v]) y->dearer += hours;
  if (k->held[v]) y->ramped += hours;
}

/* Weighted by how often the slices follow each other. */
static void count_starts(const one_unit *k) {
  k->out->year[k->h->year[0]].starts += fmax(0, k->on[0] - on_before(k));
  for (int i = 0; i < pl_grid_joints(k->h->grid); i++) {
    pl_joint const j = pl_grid_joint(k->h->grid, i);
    double const switched = fmax(0, k->on[j.after] - k->on[j.before]);
    k->out->year[k->h->year[j.after]].starts += j.times * switched;
  }
}

/* Taken evenly: the year's amount, with the same share of the available capacity in each hour. */
static void count_load(const one_unit *k) {
  const pl_grid *g = k->h->grid;
  size_t const n = (size_t)k->w->n_years;
  double *even = PL_NEW_ARRAY(k->w->scratch, double, n),
         *base = PL_NEW_ARRAY(k->w->scratch, double, n);
  for (int v = 0; v < g->n; v++) {
    pl_unit_year *y = &k->out->year[k->h->year[v]];
    double const part = k->u->capacity ? k->most[v] : pl_grid_hours(g, v);
    y->taken += k->goods[v];
    y->paid += k->goods[v] * k->value[v];
    even[k->h->year[v]] += part * k->value[v];
    base[k->h->year[v]] += part;
  }
  for (size_t y = 0; y < n; y++)
    if (base[y] > 0) k->out->year[y].even = k->out->year[y].taken * even[y] / base[y];
}

static void add_year(pl_unit_year *sum, const pl_unit_year *y) {
  sum->hours += y->hours;
  sum->run += y->run;
  sum->full += y->full;
  sum->low += y->low;
  sum->starts += y->starts;
  sum->marginal += y->marginal;
  sum->dearer += y->dearer;
  sum->ramped += y->ramped;
  sum->load += y->load;
  sum->most += y->most;
  sum->most_on += y->most_on;
  sum->earned += y->earned;
  sum->starts_cost += y->starts_cost;
  sum->capacity_worth += y->capacity_worth;
  sum->turndown_worth += y->turndown_worth;
  sum->ramp_worth += y->ramp_worth;
  sum->taken += y->taken;
  sum->paid += y->paid;
  sum->even += y->even;
}

static void add_years(const one_unit *k) {
  int const n = k->w->n_years, m = k->w->c->n_materials;
  for (int y = 0; y < n; y++) {
    add_year(&k->out->year[n], &k->out->year[y]);
    for (int i = 0; i < m; i++) {
      k->out->made[n * m + i] += k->out->made[y * m + i];
      k->out->taken[n * m + i] += k->out->taken[y * m + i];
    }
  }
}

static const char *measure_of(const pl_hours_walk *w, const pl_unit *u) {
  pl_dim dim = {{0}};
  if (u->capacity)
    dim = pl_dim_times(pl_formula_dim(u->capacity), pl_dim_of(PL_DIM_TIME));
  else if (u->runs.n > 0)
    dim = pl_material_dim(w->c, pl_process_product(&w->c->processes[u->runs.index[0]]));
  return pl_dim_text(dim, w->keep);
}

static void tell(pl_hours_walk *w, int unit, const pl_grid *grid, pl_unit_hours *out) {
  size_t const n = (size_t)grid->n, years = (size_t)w->n_years + 1;
  size_t const goods = years * (size_t)w->c->n_materials + 1;
  const pl_unit *u = &w->c->units[unit];
  pl_arena *a = w->scratch;
  *out = (pl_unit_hours){.unit = unit,
                         .grid = grid,
                         .measure = measure_of(w, u),
                         .load_of = load_of(w->c, u),
                         .year = PL_NEW_ARRAY(w->keep, pl_unit_year, years),
                         .made = PL_NEW_ARRAY(w->keep, double, goods),
                         .taken = PL_NEW_ARRAY(w->keep, double, goods)};
  one_unit k = {.w = w, .u = u, .out = out, .h = pl_hours_of(w, grid)};
  k.load = PL_NEW_ARRAY(a, double, n);
  k.most = PL_NEW_ARRAY(a, double, n);
  k.least = PL_NEW_ARRAY(a, double, n);
  k.on = PL_NEW_ARRAY(a, double, n);
  k.ready = PL_NEW_ARRAY(a, double, n);
  k.held = PL_NEW_ARRAY(a, bool, n + 1);
  k.earns = PL_NEW_ARRAY(a, bool, n);
  k.goods = PL_NEW_ARRAY(a, double, n);
  k.value = PL_NEW_ARRAY(a, double, n);
  find_load(&k);
  find_bounds(&k);
  find_on(&k);
  find_worth(&k);
  pl_hours_add_shares(w, out);
  for (int v = 0; v < grid->n; v++) count_slice(&k, v);
  count_starts(&k);
  count_load(&k);
  add_years(&k);
}

int pl_explain_unit_hours(const pl_schedule *s, pl_arena *a, pl_unit_hours **out) {
  pl_hours_walk w;
  int n = 0;
  pl_hours_begin(&w, s, a);
  *out = PL_NEW_ARRAY(a, pl_unit_hours, (size_t)w.c->n_units + 1);
  for (int i = 0; i < w.c->n_units; i++) {
    const pl_grid *grid = grid_of(w.p, i);
    if (grid && pl_explain_is_hourly(grid)) tell(&w, i, grid, &(*out)[n++]);
  }
  pl_hours_end(&w);
  return n;
}
