/* The steps from files to a case, in order; each carries on after errors as far as possible. */
#include "case/reading.h"

/* What fixed numbers are bound to: no quotations at all. */
static const pl_quotes *no_quotations(pl_reading *r) {
  pl_quotes *const q = pl_quotes_new(r->a, PL_DIM_USD);
  (void)pl_quotes_finish(q, r->diag);
  return q;
}

static void check(pl_reading *r) {
  pl_check_things(r);
  pl_check_goods(r);
  if (pl_case_quotes(r)) {
    pl_case_bind(r);
    r->bound = true;
    pl_check_bounds(r);
  }
  pl_check_prices(r);
  pl_check_limits(r);
  pl_check_agreements(r);
  pl_check_services(r);
  pl_check_typical(r);
}

static void read_case(pl_reading *r, const char *path, const pl_case_options *options) {
  int const errors = pl_diag_count(r->diag, PL_ERROR);
  r->nothing = no_quotations(r);
  if (pl_case_load(r, path) != PL_OK) return;
  pl_case_override(r, options);
  pl_case_fields(r);
  check(r);
  if (pl_diag_count(r->diag, PL_ERROR) == errors) pl_case_typical(r);
  if (pl_diag_count(r->diag, PL_ERROR) == errors) pl_check_reach(r);
}

pl_status pl_case_read(const char *path, pl_files *files, const pl_case_options *options,
                       pl_case **out, pl_diag *diag) {
  int const errors = pl_diag_count(diag, PL_ERROR);
  pl_arena *const a = pl_arena_new();
  pl_case *const c = PL_NEW(a, pl_case);
  c->arena = a;
  c->folder = pl_arena_strdup(a, path);
  c->files = files;
  pl_reading r = {.c = c,
                  .a = a,
                  .files = files,
                  .diag = diag,
                  .inner = "(inside)",
                  .inner_diag = pl_diag_new()};
  read_case(&r, path, options);
  pl_diag_free(r.inner_diag);
  if (pl_diag_count(diag, PL_ERROR) == errors) {
    *out = c;
    return PL_OK;
  }
  pl_arena_free(a);
  return pl_diag_status(diag);
}

void pl_case_free(pl_case *c) {
  if (c) pl_arena_free(c->arena);
}
