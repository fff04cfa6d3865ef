/* Any bytes as a formula over a small market: parsed, bound, checked and evaluated, and what comes out is sound. */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "price/formula.h"
#include "price/quotes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MONTHS = 48, VALUES = 12 };

static void add_series(pl_quotes *quotes, const char *name, const char *unit, pl_arena *a,
                       pl_diag *diag) {
  pl_quotation q = {.name = name, .n = MONTHS, .beyond = PL_BEYOND_REPEAT};
  q.from = PL_NEW_ARRAY(a, pl_time, MONTHS);
  q.value = PL_NEW_ARRAY(a, double, MONTHS);
  for (int i = 0; i < MONTHS; i++) {
    q.from[i] = pl_time_of(2024, i + 1, 1);
    q.value[i] = 100 + i;
  }
  q.until = pl_time_of(2024, MONTHS + 1, 1);
  pl_status const unit_read = pl_measure_read(pl_span_of(unit), PL_NOWHERE, &q.unit, diag);
  pl_status const added = pl_quotes_add(quotes, &q, diag);
  assert(unit_read == PL_OK && added == PL_OK);
  (void)unit_read, (void)added;
}

static void evaluate(const pl_formula *f, const pl_quotes *quotes, pl_arena *a, pl_diag *diag) {
  pl_grid grid;
  double values[VALUES + 1];
  pl_grid_init(&grid, a, PL_MONTH, pl_time_of(2027, 7, 1), pl_time_of(2028, 7, 1));
  (void)pl_formula_check(f, quotes, grid.start[0], grid.start[grid.n], diag);
  (void)pl_formula_per(f);
  (void)pl_formula_quotations(f, NULL, 0);
  assert(grid.n == VALUES);
  pl_formula_eval_grid(f, quotes, &grid, values);
  for (int v = 0; v < grid.n; v++) {
    double const one = pl_formula_eval(f, quotes, grid.start[v], grid.start[v + 1]);
    assert(memcmp(&one, &values[v], sizeof one) == 0 || (isnan(one) && isnan(values[v])));
    assert(!isinf(one));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_quotes *quotes = pl_quotes_new(a, PL_DIM_USD);
  add_series(quotes, "LME", "USD/t", a, diag);
  add_series(quotes, "FX", "USD/EUR", a, diag);
  pl_place const place = {"fuzz", 1, 1, (int)size};
  pl_formula *f = NULL;
  pl_dim dim;
  if (pl_formula_parse((pl_span){(const char *)data, size}, place, a, &f, diag) == PL_OK) {
    if (pl_formula_bind_any(f, quotes, "price", a, &dim, diag) == PL_OK)
      evaluate(f, quotes, a, diag);
    (void)pl_formula_bind(f, quotes, pl_dim_of(PL_DIM_USD), "field", a, diag);
  } else {
    assert(pl_diag_count(diag, PL_ERROR) > 0);
  }
  pl_diag_free(diag);
  pl_arena_free(a);
  return 0;
}
