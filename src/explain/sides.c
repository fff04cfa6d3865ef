#include "explain/sides.h"

#include <math.h>

#include "solve/face/face.h"

/* Above this number of prices that may not be unique the two sides of a value are not computed:
 * each is a linear program with that many columns. */
enum { OPEN_MOST = 20000 };

void pl_direction_add_row(pl_direction *d, int row, double share, pl_arena *a) {
  int same = d->capacity;
  PL_GROW(a, d->row, d->n, same);
  PL_GROW(a, d->share, d->n, d->capacity);
  d->row[d->n] = row;
  d->share[d->n++] = share;
}

void pl_direction_add_column(pl_direction *d, const pl_lp *lp, int column, double share,
                             pl_arena *a) {
  d->constant += share * lp->cost[column];
  for (int k = lp->start[column]; k < lp->start[column + 1]; k++)
    pl_direction_add_row(d, lp->index[k], -share * lp->value[k], a);
}

static bool is_open(const pl_price_face *f, const pl_direction *d) {
  for (int k = 0; k < d->n; k++)
    if (!pl_price_face_knows(f, d->row[k])) return true;
  return false;
}

static pl_status find_sides(pl_price_face *f, const pl_direction *d, pl_sides *out, pl_diag *diag) {
  *out = (pl_sides){(double)NAN, (double)NAN, false};
  if (pl_price_face_open(f) > OPEN_MOST && is_open(f, d)) return PL_OK;
  PL_TRY(pl_price_face_range(f, d->n, d->row, d->share, &out->more, &out->less, diag));
  out->more += d->constant;
  out->less += d->constant;
  out->known = true;
  return PL_OK;
}

pl_status pl_explain_sides(const pl_program *p, const pl_solution *x, const pl_solve_options *by,
                           const pl_direction *const *sums, int n, pl_sides *out, pl_diag *diag) {
  pl_price_face *f = pl_price_face_new(&p->lp, x, by);
  pl_status status = PL_OK;
  for (int i = 0; i < n && status == PL_OK; i++) status = find_sides(f, sums[i], &out[i], diag);
  pl_price_face_free(f);
  return status;
}
