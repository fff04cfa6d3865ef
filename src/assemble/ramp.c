/* Ramps: how fast a load may change from one slice to the next. L = Σ use × run / hours, in slice v
 * and in the slice before it, w; all rows are multiplied by the hours of v.
 *
 *     RAMP       −ramp ≤ L_v − L_w ≤ ramp    for units without on/off
 *     RAMP_UP    L_v − L_w ≤ ramp × on_w + start load × start_v
 *     RAMP_DOWN  L_w − L_v ≤ ramp × on_v + stop load × stop_v
 *
 * where ramp stands for ramp × capacity × the time between the middles of the two slices. */
#include <math.h>

#include "assemble/past.h"
#include "assemble/unit.h"

typedef struct { /* where there are several blocks, the first */
  const unit_rows *unit;
  const pasts *past;
  int even, skip;     /* [ranks] RAMP row blocks, −1 */
  int up, down;       /* [ranks] row blocks of units with on/off, −1 */
  const double *rate; /* [n] ramp × capacity, NULL = no ramp */
  const double *start_most,
      *stop_most; /* [n] load at a start, before a stop; NULL = as the ramp allows */
} ramp_rows;

/* How much the load may change between the slices of a position; without a ramp, the available
 * capacity. */
static double ramp_most(const ramp_rows *r, const pl_grid *g, int at, bool up) {
  int const v = at % r->past->n, w = r->past->before[at];
  const double *available = r->unit->available;
  if (!r->rate) return up ? available[v] / pl_grid_hours(g, v) : available[w] / pl_grid_hours(g, w);
  double const length = pl_grid_length(g, v), before = w < 0 ? length : pl_grid_length(g, w);
  return r->rate[v] * (length + before) / 2;
}

/* --- Without on/off -------------------------------------------------------------------------- */

/* On an ordinary grid the first slice has no past and no row. On other grids the row of a slice
 * without a past is empty. */
static void declare_even(builder *b, int unit, ramp_rows *r) {
  const pl_unit *u = &b->c->units[unit];
  const pl_grid *grid = r->unit->grid;
  const char *words = plan_words(b, "ramp", u->ramp);
  r->skip = grid->typical ? 0 : 1;
  pl_block block = plan_unit_block(b, unit, PL_ROW_RAMP, -1, grid);
  block.count = grid->n - r->skip;
  for (block.part = 0; block.part < r->past->ranks; block.part++) {
    int const row = plan_add_rows(b, block, -plan_infinity(), plan_infinity());
    if (block.part == 0) r->even = row;
    double *most = PL_NEW_ARRAY(b->a, double, (size_t)block.count);
    double *least = PL_NEW_ARRAY(b->a, double, (size_t)block.count);
    for (int i = 0; i < block.count; i++) {
      int const at = block.part * grid->n + i + r->skip;
      most[i] = ramp_most(r, grid, at, true) * pl_grid_hours(grid, i + r->skip);
      least[i] = -most[i];
    }
    plan_bound_rows(b, row, true, u->said[PL_unit_ramp], words, most);
    plan_bound_rows(b, row, false, u->said[PL_unit_ramp], words, least);
  }
}

/* --- With on/off ----------------------------------------------------------------------------- */

/* share × capacity, which the minimum load must not exceed */
static const double *switch_load(builder *b, int unit, const pl_grid *grid, const pl_formula *f,
                                 int field) {
  const pl_unit *u = &b->c->units[unit];
  const double *least = b->units[unit].least;
  if (!f) return NULL;
  const double *capacity = plan_values(b, u->capacity, grid, 0, false);
  double *x = plan_values(b, f, grid, 0, false);
  for (int v = 0; v < grid->n; v++) {
    double const needed = least ? least[v] / pl_grid_hours(grid, v) : 0;
    x[v] *= capacity[v];
    if (x[v] >= needed * (1 - 1e-9)) continue;
    (void)pl_fail(b->diag, PL_RANGE, u->said[field],
                  "unit '%s': its '%s' is below its minimum load", u->name,
                  pl_nouns[PL_NOUN_unit].field[field].key);
    break;
  }
  return x;
}

static void declare_switched(builder *b, int unit, ramp_rows *r) {
  const pl_unit *u = &b->c->units[unit];
  const pl_grid *grid = r->unit->grid;
  const pasts *p = r->past;
  double const inf = plan_infinity();
  r->start_most = switch_load(b, unit, grid, u->start_load, PL_unit_start_load);
  r->stop_most = switch_load(b, unit, grid, u->stop_load, PL_unit_stop_load);
  r->up = plan_add_ranks(b, unit, PL_ROW_RAMP_UP, grid, p->ranks, true, -inf, inf);
  r->down = plan_add_ranks(b, unit, PL_ROW_RAMP_DOWN, grid, p->ranks, true, -inf, inf);
  bool const was_on = plan_on_before(u);
  for (int k = 0; k < p->ranks * p->n; k++) { /* the load of a unit on before the case is not
                                                 known */
    bool const known = p->before[k] >= 0 || (p->before[k] == PAST_START && !was_on);
    if (known) b->row_upper[b->p->rows[r->up].first + k] = 0;
    if (p->before[k] >= 0) b->row_upper[b->p->rows[r->down].first + k] = 0;
  }
}

static void *declare(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  const unit_rows *rows = &b->units[unit];
  const pl_grid *grid = rows->grid;
  if (u->runs.n == 0 || (!u->ramp && !u->start_load && !u->stop_load)) return NULL;
  ramp_rows *r = PL_NEW(b->scratch, ramp_rows);
  *r = (ramp_rows){.unit = rows, .past = plan_pasts(b, grid), .even = -1, .up = -1, .down = -1};
  if (u->ramp) {
    double *rate = plan_values(b, u->ramp, grid, 0, false);
    const double *capacity = plan_values(b, u->capacity, grid, 0, false);
    for (int v = 0; v < grid->n; v++) rate[v] *= capacity[v];
    r->rate = rate;
  }
  if (rows->on >= 0)
    declare_switched(b, unit, r);
  else if (grid->n > 1)
    declare_even(b, unit, r);
  return r;
}

/* --- Entries --------------------------------------------------------------------------------- */

static void put_change(builder *b, const ramp_rows *r, int at, double x) {
  bool const known = r->past->before[at] >= 0;
  if (known) plan_put_at(b, r->even, at - r->skip, x);
  if (r->up >= 0 && isfinite(b->row_upper[b->p->rows[r->up].first + at]))
    plan_put_at(b, r->up, at, x);
  if (known) plan_put_at(b, r->down, at, -x);
}

static void put(builder *b, int unit, const void *own, double use) {
  const ramp_rows *r = own;
  (void)unit;
  const pasts *p = r->past;
  int const v = b->slice;
  if (r->even < 0 && r->up < 0) return;
  for (int k = v; k < p->ranks * p->n; k += p->n)
    if (p->before[k] != PAST_NONE) put_change(b, r, k, use);
  for (int i = p->first[v]; i < p->first[v + 1]; i++) {
    int const k = p->after[i];
    put_change(b, r, k, -use * pl_grid_hours(b->grid, k % p->n) / pl_grid_hours(b->grid, v));
  }
}

static void put_on(builder *b, int unit, const void *own) {
  const ramp_rows *r = own;
  (void)unit;
  const pasts *p = r->past;
  int const v = b->slice;
  if (r->up < 0) return;
  for (int k = v; k < p->ranks * p->n; k += p->n)
    if (p->before[k] >= 0)
      plan_put_at(b, r->down, k, -ramp_most(r, b->grid, k, false) * pl_grid_hours(b->grid, v));
  for (int i = p->first[v]; i < p->first[v + 1]; i++) {
    int const k = p->after[i];
    plan_put_at(b, r->up, k, -ramp_most(r, b->grid, k, true) * pl_grid_hours(b->grid, k % p->n));
  }
}

/* The larger of the minimum load and what the ramp allows, where it is not specified. */
static double preset_load(const ramp_rows *r, const pl_grid *g, int at, int slice, bool up) {
  double const least = r->unit->least ? r->unit->least[slice] / pl_grid_hours(g, slice) : 0;
  return fmax(least, ramp_most(r, g, at, up));
}

static void put_switch(builder *b, int unit, const void *own, int at, bool stop) {
  const ramp_rows *r = own;
  (void)unit;
  if (r->up < 0) return;
  int const v = b->slice, w = r->past->before[at];
  if (stop && w < 0) return; /* its load before the case is not known */
  int const slice = stop ? w : v;
  const double *said = stop ? r->stop_most : r->start_most;
  double const load = said ? said[slice] : preset_load(r, b->grid, at, slice, !stop);
  if (!isfinite(b->row_upper[b->p->rows[stop ? r->down : r->up].first + at])) return;
  plan_put_at(b, stop ? r->down : r->up, at,
              -load * pl_grid_hours(b->grid, v) / r->past->times[at]);
}

const unit_part plan_unit_ramp = {
    .declare = declare, .put = put, .put_on = put_on, .put_switch = put_switch};
