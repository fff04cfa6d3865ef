/* Capacity and minimum load: the most and the least that a unit runs. */
#include <math.h>

#include "assemble/unit.h"
#include "chain/load.h"

/* Reports a formula without a finite value at its place; and sets negligible values to 0, since
 * solvers scale by all numbers. */
static void settle(builder *b, const pl_formula *const *f, int n, const pl_grid *grid, double *x) {
  bool finite = true;
  for (int v = 0; v < grid->n; v++) {
    finite = finite && isfinite(x[v]);
    if (fabs(x[v]) < 1e-12) x[v] = 0;
  }
  for (int i = 0; i < n && !finite; i++)
    if (f[i]) (void)plan_values(b, f[i], grid, 0, false);
}

const double *plan_available(builder *b, const pl_unit *u, const pl_grid *grid) {
  double *available = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  double *scratch = PL_NEW_ARRAY(b->scratch, double, 2 * (size_t)grid->n);
  if (!pl_unit_available(u, b->c->quotes, grid, available, scratch)) return NULL;
  const pl_formula *const factors[] = {u->capacity, u->online, u->availability};
  settle(b, factors, 3, grid, available);
  return available;
}

const double *plan_least(builder *b, const pl_unit *u, const pl_grid *grid,
                         const double *available) {
  const pl_formula *const share = pl_unit_least(u);
  if (!available || !share) return NULL;
  double *least = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  pl_unit_least_shares(u, b->c->quotes, grid, least);
  settle(b, &share, 1, grid, least);
  for (int v = 0; v < grid->n; v++) least[v] *= available[v];
  return least;
}

static const double *divided(builder *b, const double *x, double by, int n) {
  if (by == 1) return x;
  double *y = PL_NEW_ARRAY(b->a, double, (size_t)n);
  for (int v = 0; v < n; v++) y[v] = x[v] / by;
  return y;
}

pl_place plan_least_place(const pl_unit *u) { return u->said[pl_unit_least_field(u)]; }

const char *plan_least_words(builder *b, const pl_unit *u) {
  return plan_words(b, pl_nouns[PL_NOUN_unit].field[pl_unit_least_field(u)].key, pl_unit_least(u));
}

static const char *most_words(builder *b, const pl_unit *u) {
  const char *words = plan_words(b, "capacity", u->capacity);
  const char *online = u->online ? pl_formula_text(u->online) : NULL;
  if (online)
    words = pl_arena_printf(b->a, "%s, online %s", words, *online ? online : "changing by date");
  return words;
}

/* CAPACITY and MINIMUM: bounds on the single column if the unit has one recipe and shares its
 * capacity with nobody, otherwise rows. */
static void bound_most(builder *b, int unit, bool alone) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  if (alone && !r->pooled) {
    plan_bound_columns(b, r->run[0], true, u->said[PL_unit_capacity], most_words(b, u),
                       divided(b, r->available, u->runs.factor[0], r->grid->n));
    return;
  }
  r->capacity = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_CAPACITY, -1, r->grid),
                              -plan_infinity(), plan_infinity());
  plan_bound_rows(b, r->capacity, true, u->said[PL_unit_capacity], most_words(b, u), r->available);
}

/* The row block; −1 if the column carries the bound. */
static int bound_least(builder *b, int unit, bool alone) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  if (alone) {
    plan_bound_columns(b, r->run[0], false, plan_least_place(u), plan_least_words(b, u),
                       divided(b, r->least, u->runs.factor[0], r->grid->n));
    return -1;
  }
  int const row =
      plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_MINIMUM, -1, r->grid), 0, plan_infinity());
  plan_bound_rows(b, row, false, plan_least_place(u), plan_least_words(b, u), r->least);
  return row;
}

typedef struct {
  int minimum; /* row block, −1 */
} capacity_rows;

static void *declare(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  const unit_rows *r = &b->units[unit];
  bool const alone = u->runs.n == 1 && !r->hosts && !r->outages;
  if (r->on >= 0 && !r->pooled && !r->outages) return NULL; /* ON_MOST says the same */
  if (u->runs.n == 0 && !r->pooled && !r->hosts && !r->outages) return NULL;
  capacity_rows *own = PL_NEW(b->scratch, capacity_rows);
  own->minimum = -1;
  if (r->available) bound_most(b, unit, alone);
  if (r->least && u->runs.n > 0 && r->on < 0) own->minimum = bound_least(b, unit, alone);
  return own;
}

static void put(builder *b, int unit, const void *rows, double use) {
  const capacity_rows *own = rows;
  int const capacity = b->units[unit].capacity;
  if (capacity >= 0) plan_put_flow(b, capacity, use);
  if (own->minimum >= 0) plan_put_same(b, own->minimum, use);
}

static void put_out(builder *b, int unit, const void *rows, int slice, double share, bool least) {
  const capacity_rows *own = rows;
  const unit_rows *r = &b->units[unit];
  if (least && r->least) plan_put_at(b, own->minimum, slice, share * r->least[slice]);
  if (!least) plan_put_at(b, r->capacity, slice, share * r->available[slice]);
}

const unit_part plan_unit_capacity = {.declare = declare, .put = put, .put_out = put_out};
