/* That there is no answer must be proven: on random programs in which a row is asked for a little
 * more, or a little less, than the most that it can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random_programs.h"
#include "solve/method.h"
#include "solve/solve.h"

enum { SEEDS = 40 };

static pl_refuted refuted(const pl_lp *lp) {
  pl_arena *a = pl_arena_new();
  pl_solve_options const options = PL_SOLVE_DEFAULTS;
  pl_watch watch = {0};
  pl_watch_begin(&watch, &options);
  pl_task const task = {lp, &options, &watch, NULL, true};
  pl_refuted const r = pl_refute_by_simplex(&task, a);
  pl_arena_free(a);
  return r;
}

static pl_status solved(const pl_lp *lp, pl_arena *a, pl_solution **x) {
  pl_diag *diag = pl_diag_new();
  pl_solver *s = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &PL_SOLVE_DEFAULTS, &s, diag));
  pl_status const status = pl_solver_run(s, a, x, diag);
  pl_solver_free(s);
  pl_diag_free(diag);
  return status;
}

/* The most that the row can be is found as an objective of its own. */
static void a_little_more_than_can_be(void **state) {
  (void)state;
  int tried = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    pl_arena *a = pl_arena_new();
    pl_lp *lp = random_program(random_shape(PLAIN, seed, false), seed, a);
    pl_solution *x = NULL;
    int const row = (int)(seed * 13 % (uint64_t)lp->n_rows);
    memset(lp->cost, 0, (size_t)lp->n_cols * sizeof *lp->cost);
    double const low = lp->row_lower[row], high = lp->row_upper[row];
    lp->row_lower[row] = -INFINITY;
    lp->row_upper[row] = INFINITY;
    for (int j = 0; j < lp->n_cols; j++)
      for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        if (lp->index[k] == row) lp->cost[j] = -lp->value[k];
    if (solved(lp, a, &x) == PL_OK && (isfinite(low) || isfinite(high))) {
      tried++;
      double const most = -(x->objective - lp->offset), little = 1e-3 * fmax(1, fabs(most));
      lp->row_lower[row] = most - little;
      assert_int_equal(PL_REFUTED_NEVER, refuted(lp));
      assert_int_equal(PL_OK, solved(lp, a, &x));
      lp->row_lower[row] = most + little;
      assert_int_equal(PL_REFUTED, refuted(lp));
      assert_int_equal(PL_INFEASIBLE, solved(lp, a, &x));
    }
    pl_arena_free(a);
  }
  assert_true(tried > SEEDS / 4);
}

static void crossed_bounds(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_lp *lp = random_program(random_shape(TINY, 1, false), 1, a);
  lp->lower[0] = lp->upper[0] + 1;
  assert_int_equal(PL_REFUTED, refuted(lp));
  pl_arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_little_more_than_can_be),
      cmocka_unit_test(crossed_bounds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
