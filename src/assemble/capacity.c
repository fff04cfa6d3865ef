/* Capacity and minimum: what a unit can run, and what it must. */
#include "assemble/unit.h"

/* available capacity of slice v in capacity units:  capacity × online × availability × hours */
const double *plan_available(builder *b, const pl_unit *u, const pl_grid *grid) {
  if (!u->capacity) return NULL;
  double *a = plan_values(b, u->capacity, grid, 0, true);
  const double *online = plan_values(b, u->online, grid, 1, false);
  const double *availability = plan_values(b, u->availability, grid, 1, false);
  for (int v = 0; v < grid->n; v++) a[v] *= online[v] * availability[v];
  return a;
}

/* least run of slice v:  minimum × available, or (1 − turndown) × available */
const double *plan_least(builder *b, const pl_unit *u, const pl_grid *grid,
                         const double *available) {
  if (!available || (!u->minimum && !u->turndown)) return NULL;
  double *least = plan_values(b, u->minimum ? u->minimum : u->turndown, grid, 0, false);
  for (int v = 0; v < grid->n; v++)
    least[v] = (u->minimum ? least[v] : 1 - least[v]) * available[v];
  return least;
}

static const double *divided(builder *b, const double *x, double by, int n) {
  if (by == 1) return x;
  double *y = PL_NEW_ARRAY(b->a, double, (size_t)n);
  for (int v = 0; v < n; v++) y[v] = x[v] / by;
  return y;
}

pl_place plan_least_place(const pl_unit *u) {
  return u->said[u->minimum ? PL_unit_minimum : PL_unit_turndown];
}

const char *plan_least_words(builder *b, const pl_unit *u) {
  return u->minimum ? plan_words(b, "minimum", u->minimum) : plan_words(b, "turndown", u->turndown);
}

static const char *most_words(builder *b, const pl_unit *u) {
  const char *words = plan_words(b, "capacity", u->capacity);
  const char *online = u->online ? pl_formula_text(u->online) : NULL;
  if (online) words = pl_arena_printf(b->a, "%s, online %s", words, *online ? online : "by date");
  return words;
}

/* CAPACITY and MINIMUM: bounds of the one column where the unit has one recipe and nobody shares
 * it, else rows. */
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

/* The row block, −1 where the column carries it. */
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
