/* Every way to solve a program against the simplex, on random programs by the hour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "random_programs.h"
#include "solve/solve.h"

typedef struct {
  pl_arena *arena;
  pl_diag *diag;
  pl_solution *x;
  pl_status status;
} answer;

static answer *solve(const pl_lp *lp, pl_method method, int threads) {
  pl_arena *a = pl_arena_new();
  answer *r = PL_NEW(a, answer);
  *r = (answer){.arena = a, .diag = pl_diag_new()};
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  options.method = method;
  options.threads = threads;
  options.once = true;
  pl_solver *s = NULL;
  r->status = pl_solver_new(lp, &options, &s, r->diag);
  if (r->status == PL_OK) r->status = pl_solver_run(s, a, &r->x, r->diag);
  pl_solver_free(s);
  return r;
}

static void done(answer *r) {
  pl_diag_free(r->diag);
  pl_arena_free(r->arena);
}

static pl_certificate certified(const pl_lp *lp, const answer *r) {
  pl_certificate c;
  pl_lp_certify(lp, r->x, r->arena, &c);
  return c;
}

/* The same outcome, the same optimum, and a proof. */
static void compare(const pl_lp *lp, const answer *wanted, const answer *found, const char *which) {
  if (wanted->status != found->status) {
    print_error("%s: status %d instead of %d\n", which, found->status, wanted->status);
    fail();
  }
  if (wanted->status != PL_OK) {
    assert_null(found->x);
    return;
  }
  double const size = fmax(1, fabs(wanted->x->objective));
  pl_certificate const c = certified(lp, found);
  if (fabs(wanted->x->objective - found->x->objective) > 2e-6 * size || c.gap > 1e-6 ||
      c.primal_infeasibility > 1e-3) {
    print_error("%s: %.12g instead of %.12g, gap %g, infeasible by %g\n", which,
                found->x->objective, wanted->x->objective, c.gap, c.primal_infeasibility);
    fail();
  }
}

static bool is_by(const answer *r, const char *method) {
  return r->x && strstr(r->x->method, method) != NULL;
}

static const char *const name_of_kind[] = {"plain",      "tied",      "scaled", "coarse",
                                           "infeasible", "unbounded", "tiny"};

typedef struct {
  int tried, by_windows, by_spans;
} tally;

static void try_methods(kind_of_program kind, uint64_t seed, bool integers, tally *t) {
  pl_arena *a = pl_arena_new();
  pl_lp *lp = random_program(random_shape(kind, seed, integers), seed, a);
  answer *wanted = solve(lp, PL_METHOD_SIMPLEX, 1);
  for (int m = 0; m < PL_METHODS; m++) {
    if (m == PL_METHOD_SIMPLEX || (integers && m != PL_METHOD_ROLLING)) continue;
    char which[100];
    (void)snprintf(which, sizeof which, "%s program %d by %s", name_of_kind[kind], (int)seed,
                   pl_method_name((pl_method)m));
    answer *found = solve(lp, (pl_method)m, 1);
    compare(lp, wanted, found, which);
    t->tried += m == PL_METHOD_WINDOWS && found->x;
    t->by_spans += is_by(found, "spans");
    t->by_windows += m == PL_METHOD_WINDOWS && is_by(found, "windows");
    done(found);
  }
  done(wanted);
  pl_arena_free(a);
}

/* Programs of each kind; more by the command line: test_solve_methods 100 */
#ifdef __SANITIZE_ADDRESS__
static int linear = 3;
enum { MIXED = 2 };
#else
static int linear = 10;
enum { MIXED = 3 };
#endif

static void all_methods_find_the_same_optimum(void **state) {
  (void)state;
  for (int kind = 0; kind < KINDS; kind++) {
    tally t = {0};
    for (int seed = 1; seed <= linear; seed++)
      try_methods((kind_of_program)kind, (uint64_t)seed, false, &t);
    if (kind <= SCALED) assert_true(2 * t.by_windows >= t.tried); /* not all by falling back */
  }
}

static void all_methods_find_the_same_optimum_in_whole_numbers(void **state) {
  (void)state;
  for (int kind = 0; kind < KINDS; kind++) {
    tally t = {0};
    for (int seed = 1; seed <= MIXED; seed++)
      try_methods((kind_of_program)kind, (uint64_t)seed, true, &t);
    if (kind <= COARSE) assert_true(2 * t.by_spans >= MIXED);
  }
}

static bool same_bits(const double *a, const double *b, int n) {
  return memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

static void compare_threads(const pl_lp *lp, pl_method method) {
  answer *one = solve(lp, method, 1);
  for (int threads = 2; threads <= 3; threads++) {
    answer *more = solve(lp, method, threads);
    assert_true(same_bits(one->x->col_value, more->x->col_value, lp->n_cols));
    assert_true(same_bits(one->x->row_dual, more->x->row_dual, lp->n_rows));
    done(more);
  }
  done(one);
}

static void answers_do_not_depend_on_threads(void **state) {
  (void)state;
  for (uint64_t seed = 100; seed < 104; seed++) {
    pl_arena *a = pl_arena_new();
    shape_of_program shape = random_shape(seed % 2 ? PLAIN : TIED, seed, seed == 100);
    if (!shape.integers) shape.steps = 240;
    pl_lp *lp = random_program(shape, seed, a);
    for (int m = 0; m < PL_METHODS; m++)
      if (!shape.integers || m == PL_METHOD_ROLLING) compare_threads(lp, (pl_method)m);
    pl_arena_free(a);
  }
}

static bool refuse(const pl_progress *p, void *user) {
  (void)p;
  ++*(int *)user;
  return false;
}

/* Told at once to stop, a method asks no more and hands out nothing. */
static void stop(const pl_lp *lp, pl_method method, int threads) {
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  int asked = 0;
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  options.method = method;
  options.threads = threads;
  options.once = true;
  options.progress = refuse;
  options.user = &asked;
  pl_solver *s = NULL;
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &options, &s, diag));
  assert_int_equal(PL_STOPPED, pl_solver_run(s, a, &x, diag));
  assert_int_equal(1, asked);
  assert_null(x);
  pl_solver_free(s);
  pl_diag_free(diag);
  pl_arena_free(a);
}

static void every_method_stops(void **state) {
  (void)state;
  for (int integers = 0; integers < 2; integers++) {
    pl_arena *a = pl_arena_new();
    shape_of_program const shape = {PLAIN, 400, 3, 2, 8, integers};
    pl_lp *lp = random_program(shape, 7, a);
    for (int m = 0; m < PL_METHODS; m++)
      for (int threads = 1; threads <= 2; threads++) stop(lp, (pl_method)m, threads);
    pl_arena_free(a);
  }
}

static bool refuse_later(const pl_progress *p, void *user) {
  (void)p;
  return ++*(int *)user < 3;
}

/* When it is stopped is not fixed, nor whether a plan is in hand by then; but what is handed out is
 * one, and its bound is none above it. */
static void what_a_stop_hands_out_is_a_plan(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  shape_of_program const shape = {PLAIN, 900, 2, 1, 8, true};
  pl_lp *lp = random_program(shape, 11, a);
  int asked = 0;
  pl_solve_options options = {.gap = 0,
                              .threads = 2,
                              .method = PL_METHOD_ROLLING,
                              .once = true,
                              .progress = refuse_later,
                              .user = &asked};
  pl_solver *s = NULL;
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &options, &s, diag));
  pl_status const status = pl_solver_run(s, a, &x, diag);
  assert_true(status == PL_STOPPED || status == PL_OK);
  if (x) {
    pl_certificate c;
    pl_lp_certify(lp, x, a, &c);
    assert_true(c.primal_infeasibility <= 1e-6 && c.integrality <= 1e-6);
    assert_true(x->bound <= c.objective + 1e-6 * fabs(c.objective));
    assert_int_equal(status == PL_OK ? PL_SOLVED : PL_SOLVED_STOPPED, x->state);
  }
  pl_solver_free(s);
  pl_diag_free(diag);
  pl_arena_free(a);
}

static void time_over_is_a_stop(void **state) {
  (void)state;
  for (int m = 0; m < PL_METHODS; m++) {
    pl_arena *a = pl_arena_new();
    pl_diag *diag = pl_diag_new();
    shape_of_program const shape = {PLAIN, 400, 3, 2, 8, false};
    pl_solve_options options = PL_SOLVE_DEFAULTS;
    options.method = (pl_method)m;
    options.once = true;
    options.time_limit_s = 1e-9;
    pl_solver *s = NULL;
    pl_solution *x = NULL;
    assert_int_equal(PL_OK, pl_solver_new(random_program(shape, 7, a), &options, &s, diag));
    assert_int_equal(PL_STOPPED, pl_solver_run(s, a, &x, diag));
    pl_solver_free(s);
    pl_diag_free(diag);
    pl_arena_free(a);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) linear = atoi(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_methods_find_the_same_optimum),
      cmocka_unit_test(all_methods_find_the_same_optimum_in_whole_numbers),
      cmocka_unit_test(answers_do_not_depend_on_threads),
      cmocka_unit_test(every_method_stops),
      cmocka_unit_test(what_a_stop_hands_out_is_a_plan),
      cmocka_unit_test(time_over_is_a_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
