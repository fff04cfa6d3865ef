/* What `auto` chooses: programs on either side of each of its limits (docs/decisions/012), and the
 * method that the answer names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "random_programs.h"
#include "solve/method.h"

static const char *answered_by(const pl_lp *lp, pl_method method, bool once, pl_arena *a) {
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  options.method = method;
  options.once = once;
  pl_diag *diag = pl_diag_new();
  pl_solver *s = NULL;
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &options, &s, diag));
  assert_int_equal(PL_OK, pl_solver_run(s, a, &x, diag));
  const char *name = pl_arena_strdup(a, x->method);
  pl_solver_free(s);
  pl_diag_free(diag);
  return name;
}

static void assert_by(const char *method, const char *wanted) {
  if (strncmp(method, wanted, strlen(wanted)) == 0) return;
  print_error("answered by %s instead of %s\n", method, wanted);
  fail();
}

/* Goods of which every one uses some resources, all within one block: within a block of `width`
 * rows the factor is full, so that its multiplications grow by the square of the width. */
static pl_lp *in_blocks(int width, int entries, pl_arena *a) {
  enum { ROWS = 2400, EACH = 8 };
  shape_of_program const shape = {.kind = PLAIN};
  maker *m = new_maker(shape, 5, a);
  for (int i = 0; i < ROWS; i++) (void)add_row(m, -INFINITY, draw(m, 20, 30));
  while (m->lp.n_entries < entries) {
    int const j = add_col(m, 0, draw(m, -9, -1), 0, draw(m, 1, 2));
    int const first = draw_int(m, 0, ROWS / width - 1) * width, at = draw_int(m, 0, width - 1);
    int const apart = draw_int(m, 1, width / EACH);
    for (int k = 0; k < EACH; k++) put(m, first + (at + k * apart) % width, j, draw(m, 1, 3));
  }
  m->lp.integer = NULL;
  m->lp.when = NULL;
  sort_entries(m, a);
  return &m->lp;
}

static void a_costly_factor_is_left_to_the_simplex(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_lp *cheap = in_blocks(80, 51200, a), *dear = in_blocks(300, 51200, a);
  assert_by(answered_by(cheap, PL_METHOD_AUTO, true, a), "interior point, then");
  assert_by(answered_by(dear, PL_METHOD_AUTO, true, a), "dual simplex");
  assert_by(answered_by(dear, PL_METHOD_VERTEX, true, a), "interior point, then"); /* as asked */
  pl_arena_free(a);
}

static void a_small_program_is_left_to_the_simplex(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  assert_by(answered_by(in_blocks(80, 48000, a), PL_METHOD_AUTO, true, a), "dual simplex");
  pl_arena_free(a);
}

static void a_program_kept_warm_is_left_to_the_simplex(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  assert_by(answered_by(in_blocks(80, 51200, a), PL_METHOD_AUTO, false, a), "dual simplex");
  pl_arena_free(a);
}

/* Six plants by the hour, of which some may not change faster than their ramps: one row more by the
 * hour each that joins it to the last. */
static pl_lp *by_the_hour(int ramps, pl_arena *a) {
  enum { HOURS = 5600, PLANTS = 6 };
  shape_of_program const shape = {.kind = PLAIN, .steps = HOURS};
  maker *m = new_maker(shape, 5, a);
  int before[PLANTS];
  for (int t = 0; t < HOURS; t++) {
    double const demand = draw(m, 20, 90);
    int const balance = add_row(m, demand, demand);
    put(m, balance, add_col(m, t, draw(m, 20, 90), 0, 200), 1);
    for (int k = 0; k < PLANTS; k++) {
      int const run = add_col(m, t, draw(m, 10, 60), 0, draw(m, 10, 20));
      put(m, balance, run, 1);
      if (t > 0 && k < ramps) add_ramp(m, before[k], run, 4);
      before[k] = run;
    }
  }
  m->lp.integer = NULL;
  sort_entries(m, a);
  return &m->lp;
}

static void hours_that_little_joins_are_left_to_the_simplex(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  assert_by(answered_by(by_the_hour(1, a), PL_METHOD_AUTO, true, a), "dual simplex");
  assert_by(answered_by(by_the_hour(2, a), PL_METHOD_AUTO, true, a), "overlapping windows");
  pl_arena_free(a);
}

/* The steps that the interior point takes before it gives up; −1 where it finds an answer. */
static long steps_in_vain(const pl_lp *lp, pl_arena *a) {
  pl_solve_options const options = PL_SOLVE_DEFAULTS;
  pl_watch watch;
  pl_watch_begin(&watch, &options);
  pl_crew *crew = pl_crew_new(1);
  pl_task const task = {lp, &options, &watch, crew, false};
  pl_proposal p;
  pl_proposal_begin(lp, a, &p);
  bool const found = pl_interior_solve(&task, a, &p);
  pl_crew_free(crew);
  return found ? -1 : p.x.iterations;
}

/* Programs without an answer whose steps go on getting a little better for long: the attempt ends
 * with the steps that show that this will not be enough. */
static void what_does_not_converge_is_given_up(void **state) {
  (void)state;
  static const uint64_t slow[] = {2, 16, 22, 30, 82, 120};
  for (size_t k = 0; k < sizeof slow / sizeof *slow; k++) {
    pl_arena *a = pl_arena_new();
    long const steps =
        steps_in_vain(random_program(random_shape(INFEASIBLE, slow[k], false), slow[k], a), a);
    assert_in_range(steps, 1, 35);
    pl_arena_free(a);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_costly_factor_is_left_to_the_simplex),
      cmocka_unit_test(a_small_program_is_left_to_the_simplex),
      cmocka_unit_test(a_program_kept_warm_is_left_to_the_simplex),
      cmocka_unit_test(hours_that_little_joins_are_left_to_the_simplex),
      cmocka_unit_test(what_does_not_converge_is_given_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
