/* Stopped at any moment, a solve returns, and what it hands out is a plan with a bound that holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fixture/errands.h"
#include "random_programs.h"
#include "solve/solve.h"

enum { CALLS_MOST = 256 };

static bool refuse_at(const pl_progress *p, void *user) {
  assert_non_null(p->stage);
  return --*(int *)user > 0;
}

static pl_solve_options stopped_at(int *left, pl_method method, int threads) {
  pl_solve_options o = PL_SOLVE_DEFAULTS;
  o.gap = 0;
  o.method = method;
  o.threads = threads;
  o.once = true;
  o.progress = refuse_at;
  o.user = left;
  o.progress_every_s = 1e-9; /* at every call */
  return o;
}

static double optimum_of(const pl_lp *lp) {
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_solver *s = NULL;
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &PL_SOLVE_DEFAULTS, &s, diag));
  assert_int_equal(PL_OK, pl_solver_run(s, a, &x, diag));
  double const objective = x->objective;
  pl_solver_free(s);
  pl_diag_free(diag);
  pl_arena_free(a);
  return objective;
}

/* No plan is better than the optimum, nor any bound above it. */
static void must_be_a_plan(const pl_lp *lp, const pl_solution *x, double optimum, pl_arena *a) {
  double const room = 3e-6 * fmax(1, fabs(optimum));
  pl_certificate c;
  pl_lp_certify(lp, x, a, &c);
  assert_true(c.relative_infeasibility <= 1e-6 && c.integrality <= 1e-6);
  assert_true(c.objective >= optimum - room);
  assert_true(x->bound <= optimum + room);
}

/* Whether it was solved before the n-th call. */
static bool run_stopped(const pl_lp *lp, pl_method method, int threads, int n, double optimum) {
  int left = n;
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_solve_options const o = stopped_at(&left, method, threads);
  pl_solver *s = NULL;
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &o, &s, diag));
  pl_status const status = pl_solver_run(s, a, &x, diag);
  assert_true(status == PL_OK || status == PL_STOPPED);
  if (status == PL_OK) assert_int_equal(PL_SOLVED, x->state);
  if (status == PL_STOPPED) assert_int_equal(PL_STOPPED, pl_diag_status(diag));
  if (status == PL_STOPPED && x) assert_int_equal(PL_SOLVED_STOPPED, x->state);
  if (x) must_be_a_plan(lp, x, optimum, a);
  pl_solver_free(s);
  pl_diag_free(diag);
  pl_arena_free(a);
  return status == PL_OK;
}

static void stop_everywhere(shape_of_program shape, uint64_t seed) {
  pl_arena *a = pl_arena_new();
  pl_lp *lp = random_program(shape, seed, a);
  double const optimum = optimum_of(lp);
  for (int m = 0; m < PL_METHODS; m++)
    for (int threads = 1; threads <= 2; threads++)
      for (int n = 1; n <= CALLS_MOST; n *= 2)
        if (run_stopped(lp, (pl_method)m, threads, n, optimum)) break;
  pl_arena_free(a);
  await_errands();
}

static void small_programs_stop_anywhere(void **state) {
  (void)state;
  stop_everywhere((shape_of_program){PLAIN, 300, 3, 2, 8, false}, 3);
  stop_everywhere((shape_of_program){PLAIN, 120, 2, 1, 8, true}, 5);
}

/* Large enough to be solved apart. */
static void large_programs_stop_anywhere(void **state) {
  (void)state;
  shape_of_program const shape = {PLAIN, 1300, 2, 1, 8, false};
  pl_arena *a = pl_arena_new();
  assert_true(random_program(shape, 3, a)->n_entries >= 20000);
  pl_arena_free(a);
  stop_everywhere(shape, 3);
}

/* A solver whose run was left behind takes all calls, and does nothing. */
static void a_stopped_solver_is_still_one(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_lp *lp = random_program((shape_of_program){PLAIN, 1300, 2, 1, 8, false}, 3, a);
  for (int n = 1; n <= 4; n++) {
    int left = n;
    pl_solve_options const o = stopped_at(&left, PL_METHOD_SIMPLEX, 1);
    pl_solver *s = NULL;
    pl_solution *x = NULL;
    assert_int_equal(PL_OK, pl_solver_new(lp, &o, &s, diag));
    (void)pl_solver_run(s, a, &x, diag);
    assert_int_equal(PL_OK, pl_solver_set_costs(s, lp->cost, diag));
    assert_int_equal(PL_OK, pl_solver_set_bounds(s, 1, (int[]){0}, lp->lower, lp->upper, diag));
    pl_solver_keep_basis(s);
    pl_solver_go_on(s);
    pl_status const status = pl_solver_run(s, a, &x, diag);
    assert_true(status == PL_OK || status == PL_STOPPED);
    pl_solver_free(s);
  }
  pl_diag_free(diag);
  pl_arena_free(a);
  await_errands();
}

/* until_s is the end of several runs together. */
static void time_that_is_over_stops_every_run(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_lp *lp = random_program((shape_of_program){PLAIN, 300, 3, 2, 8, false}, 3, a);
  pl_solve_options by = PL_SOLVE_DEFAULTS;
  by.until_s = pl_clock_s();
  pl_solve_options const o = pl_solve_stopped_by(&by);
  pl_solver *s = NULL;
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &o, &s, diag));
  for (int k = 0; k < 2; k++) assert_int_equal(PL_STOPPED, pl_solver_run(s, a, &x, diag));
  assert_null(x);
  pl_solver_free(s);
  pl_diag_free(diag);
  pl_arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(small_programs_stop_anywhere),
      cmocka_unit_test(large_programs_stop_anywhere),
      cmocka_unit_test(a_stopped_solver_is_still_one),
      cmocka_unit_test(time_that_is_over_stops_every_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
