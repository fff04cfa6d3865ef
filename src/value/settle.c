#include "value/settle.h"

#include "solve/face.h"

pl_ties pl_ties_of(const pl_program *p, pl_arena *arena) {
  size_t const n = (size_t)p->lp.n_cols + 1, m = (size_t)p->lp.n_rows + 1;
  pl_ties t = {.holder = PL_NEW_ARRAY(arena, double, n),
               .least = PL_NEW_ARRAY(arena, double, n),
               .price = PL_NEW_ARRAY(arena, double, m)};
  pl_program_holder_costs(p, t.holder);
  pl_program_weights(p, t.least, t.price);
  return t;
}

static pl_status settle_prices(const pl_lp *lp, const pl_ties *ties, const pl_solve_options *by,
                               pl_solution *x, pl_diag *diag) {
  pl_price_face *face = pl_price_face_new(lp, x, by);
  pl_status const s = pl_price_face_least(face, ties->price, x, diag);
  pl_price_face_free(face);
  return s;
}

pl_status pl_settle(const pl_lp *lp, const pl_ties *ties, const pl_solve_options *by,
                    pl_solution *x, bool *is_free) {
  const double *const rules[] = {ties->holder, ties->least};
  pl_diag *quiet = pl_diag_new();
  pl_status s = pl_face_settle(lp, 2, rules, by, x, is_free, quiet);
  if (s == PL_OK) s = settle_prices(lp, ties, by, x, quiet);
  x->settled = s == PL_OK;
  pl_diag_free(quiet);
  return s == PL_STOPPED ? s : PL_OK;
}
