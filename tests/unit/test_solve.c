/* The solver against programs whose answers are known by hand, and against its own certificate on
 * random ones. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture/context.h"
#include "fixture/lp.h"
#include "solve/solve.h"

static pl_solver *solver_of(context *c, const pl_lp *lp) {
  pl_solver *s = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &PL_SOLVE_DEFAULTS, &s, c->diag));
  return s;
}

static pl_solution *solve(context *c, pl_solver *s) {
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_run(s, c->arena, &x, c->diag));
  assert_int_equal(PL_SOLVED, x->state);
  return x;
}

static pl_status status_of(context *c, const paper *p) {
  pl_solver *s = solver_of(c, &p->lp);
  pl_solution *x = NULL;
  pl_status const status = pl_solver_run(s, c->arena, &x, c->diag);
  if (status == PL_INFEASIBLE || status == PL_UNBOUNDED) {
    assert_null(x);
    assert_int_equal(0, pl_diag_size(c->diag));
  }
  pl_solver_free(s);
  return status;
}

static bool is_near(double wanted, double found) {
  if (fabs(wanted - found) <= 1e-9 * fmax(1, fabs(wanted))) return true;
  print_error("wanted %.17g, found %.17g\n", wanted, found);
  return false;
}

#define near(wanted, found) assert_true(is_near(wanted, found))

/* Two smelters sell at 2500 and 2400 USD/t: 40 kt of power for both, each with a capacity. Maximise
 * the sales. */
static void duals_have_the_stated_signs(void **state) {
  context *c = *state;
  paper p;
  paper_init(&p, 2, 2, (double[]){-2500, -2400}, (double[]){14, 13, 1, 0},
             (double[]){-INFINITY, 1000}, (double[]){400000, INFINITY});
  p.upper[1] = 25000;
  p.lp.offset = 7;
  pl_solver *s = solver_of(c, &p.lp);
  pl_solution *x = solve(c, s);
  /* 2400/13 > 2500/14, so the second is full and the power left goes to the first */
  near(75000.0 / 14, x->col_value[0]);
  near(25000, x->col_value[1]);
  near(7 - 2500 * 75000.0 / 14 - 2400 * 25000.0, x->objective);
  near(x->objective, x->bound);
  near(400000, x->row_value[0]);
  near(-2500.0 / 14, x->row_dual[0]); /* one MWh more: the objective falls, the upper side holds */
  near(0, x->row_dual[1]);
  near(0, x->col_dual[0]);
  near(-2400 + 13 * 2500.0 / 14, x->col_dual[1]); /* at its upper bound: ≤ 0 */
  assert_true(x->col_dual[1] < 0);
  pl_solver_free(s);
}

/* Buy at 300 or 350 USD/t what a demand of 10 t asks for; the dear one has a minimum of 2 t. */
static void duals_are_positive_where_lower_sides_hold(void **state) {
  context *c = *state;
  paper p;
  paper_init(&p, 2, 1, (double[]){300, 350}, (double[]){1, 1}, (double[]){10},
             (double[]){INFINITY});
  p.lower[1] = 2;
  pl_solver *s = solver_of(c, &p.lp);
  pl_solution *x = solve(c, s);
  near(8, x->col_value[0]);
  near(3100, x->objective);
  near(300, x->row_dual[0]);
  near(50, x->col_dual[1]);
  assert_non_null(strstr(x->method, pl_solver_version()));
  pl_solver_free(s);
}

static void impossible_programs_are_told_apart(void **state) {
  paper p;
  paper_init(&p, 1, 2, (double[]){1}, (double[]){1, 1}, (double[]){5, -INFINITY},
             (double[]){INFINITY, 4});
  assert_int_equal(PL_INFEASIBLE, status_of(*state, &p));
  paper_init(&p, 2, 1, (double[]){-1, 0}, (double[]){1, -1}, (double[]){-INFINITY}, (double[]){4});
  assert_int_equal(PL_UNBOUNDED, status_of(*state, &p));
  paper_init(&p, 2, 2, (double[]){-1, 0}, (double[]){1, -1, 1, -1}, (double[]){-INFINITY, 5},
             (double[]){4, INFINITY});
  assert_int_equal(PL_INFEASIBLE,
                   status_of(*state, &p)); /* and earns without limit if it were not */
  paper_integer(&p, 0);
  assert_int_equal(PL_INFEASIBLE, status_of(*state, &p));
  paper_init(&p, 2, 1, (double[]){-1, 0}, (double[]){1, -1}, (double[]){-INFINITY}, (double[]){4});
  paper_integer(&p, 0);
  assert_int_equal(PL_UNBOUNDED, status_of(*state, &p));
  paper_init(&p, 1, 1, (double[]){1}, (double[]){1}, (double[]){0}, (double[]){9});
  p.lower[0] = 3, p.upper[0] = 2;
  assert_int_equal(PL_INFEASIBLE, status_of(*state, &p));
}

static void empty_programs_are_solved(void **state) {
  context *c = *state;
  paper p;
  paper_init(&p, 0, 0, NULL, NULL, NULL, NULL);
  p.lp.offset = 3;
  pl_solver *s = solver_of(c, &p.lp);
  near(3, solve(c, s)->objective);
  pl_solver_free(s);
  paper_init(&p, 2, 0, (double[]){1, -1}, NULL, NULL, NULL);
  p.lower[0] = 4, p.upper[1] = 5;
  s = solver_of(c, &p.lp);
  near(-1, solve(c, s)->objective);
  pl_solver_free(s);
  paper_init(&p, 0, 1, NULL, NULL, (double[]){1}, (double[]){2});
  assert_int_equal(PL_INFEASIBLE, status_of(c, &p));
}

/* max 8a + 11b + 6c + 4d, 5a + 7b + 4c + 3d ≤ 14: b, c, d; and a continuous e ≤ 1.5 filled up by
 * the same row's rest. */
static void knapsack_has_duals_of_the_fixed_program(void **state) {
  context *c = *state;
  paper p;
  paper_init(&p, 5, 2, (double[]){-8, -11, -6, -4, -1}, (double[]){5, 7, 4, 3, 0, 0, 0, 1, 0, 1},
             (double[]){-INFINITY, -INFINITY}, (double[]){14, 2.5});
  for (int j = 0; j < 4; j++) p.upper[j] = 1, paper_integer(&p, j);
  pl_solver *s = solver_of(c, &p.lp);
  pl_solution *x = solve(c, s);
  near(-22.5, x->objective);
  double const wanted[] = {0, 1, 1, 1, 1.5};
  for (int j = 0; j < 5; j++) near(wanted[j], x->col_value[j]);
  near(-1, x->row_dual[1]);
  near(-5, x->col_dual[2]); /* −6 + 1: what the choice of c earns with the others fixed */
  assert_true(x->bound <= x->objective && x->bound > x->objective - 1e-3);
  pl_certificate cert;
  pl_lp_certify(&p.lp, x, c->arena, &cert);
  assert_true(cert.dual_infeasibility < 1e-9 && cert.gap < 1e-5 && cert.integrality == 0);
  near(-22.5, cert.bound);

  /* bounds come back after the fixing: without b another set wins, and back again */
  assert_int_equal(PL_OK,
                   pl_solver_set_bounds(s, 1, (int[]){1}, (double[]){0}, (double[]){0}, c->diag));
  near(-19.5, solve(c, s)->objective);
  assert_int_equal(PL_OK,
                   pl_solver_set_bounds(s, 1, (int[]){1}, (double[]){0}, (double[]){1}, c->diag));
  near(-22.5, solve(c, s)->objective);
  near(1, p.upper[1]);
  pl_solver_free(s);
}

/* --- Random programs, feasible by construction
 * -------------------------------------------------------- */

static uint64_t random_bits(uint64_t *seed) { /* splitmix64 */
  uint64_t z = *seed += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

static double uniform(uint64_t *seed) { return (double)(random_bits(seed) >> 11) * 0x1p-53; }

/* Costs of USD per tonne and bounds of thousands of tonnes; every column is boxed, so there is an
 * optimum. */
static void random_program(paper *p, uint64_t *seed) {
  static double a[MAX_COLS * MAX_ROWS];
  double cost[MAX_COLS] = {0}, lower[MAX_ROWS] = {0}, upper[MAX_ROWS] = {0}, inside[MAX_COLS];
  int const n = 5 + (int)(uniform(seed) * 50), m = 3 + (int)(uniform(seed) * 40);
  for (int j = 0; j < n; j++)
    cost[j] = 3000 * (uniform(seed) - 0.5), inside[j] = 20000 * uniform(seed);
  for (int i = 0; i < m; i++) {
    double activity = 0;
    for (int j = 0; j < n; j++) {
      a[i * n + j] = uniform(seed) < 0.15 ? 4 * (uniform(seed) - 0.5) : 0;
      activity += a[i * n + j] * inside[j];
    }
    double const kind = uniform(seed), slack = 1000 * uniform(seed);
    lower[i] = kind < 0.4 ? activity : kind < 0.7 ? activity - slack : -(double)INFINITY;
    upper[i] = kind < 0.4                   ? activity
               : kind < 0.55 || kind >= 0.7 ? activity + slack
                                            : (double)INFINITY;
  }
  paper_init(p, n, m, cost, a, lower, upper);
  for (int j = 0; j < n; j++) p->lower[j] = 0.5 * inside[j], p->upper[j] = 2 * inside[j];
}

static void certified(context *c, const pl_lp *lp, const pl_solution *x) {
  pl_certificate cert;
  pl_lp_certify(lp, x, c->arena, &cert);
  assert_true(cert.primal_infeasibility <= 1e-7);
  assert_true(cert.dual_infeasibility <= 1e-9);
  assert_true(fabs(cert.gap) <= 1e-9);
}

static void random_answers_are_certified_warm_and_cold(void **state) {
  context *c = *state;
  uint64_t seed = 2026;
  static paper p;
  for (int k = 0; k < 200; k++) {
    random_program(&p, &seed);
    pl_solver *s = solver_of(c, &p.lp);
    certified(c, &p.lp, solve(c, s));
    double cost[MAX_COLS];
    for (int j = 0; j < p.lp.n_cols; j++) cost[j] = 1000 * p.cost[j] * uniform(&seed);
    assert_int_equal(PL_OK, pl_solver_set_costs(s, cost, c->diag));
    pl_solution *warm = solve(c, s);
    memcpy(p.cost, cost, sizeof cost[0] * (size_t)p.lp.n_cols);
    certified(c, &p.lp, warm);
    pl_solver *fresh = solver_of(c, &p.lp);
    near(solve(c, fresh)->objective, warm->objective);
    pl_solver_free(fresh);
    pl_solver_free(s);
    pl_arena_reset(c->arena);
  }
}

static void answers_keep_their_units_of_any_size(void **state) {
  context *c = *state;
  uint64_t seed = 7;
  static paper p;
  for (int k = -12; k <= 12; k++) {
    random_program(&p, &seed);
    pl_solver *s = solver_of(c, &p.lp);
    double const wanted = solve(c, s)->objective;
    pl_solver_free(s);
    double const money = pow(10, k), tonnes = pow(10, k / 2 % 4);
    for (int j = 0; j < p.lp.n_cols; j++)
      p.cost[j] *= money, p.lower[j] *= tonnes, p.upper[j] *= tonnes;
    for (int i = 0; i < p.lp.n_rows; i++) p.row_lower[i] *= tonnes, p.row_upper[i] *= tonnes;
    s = solver_of(c, &p.lp);
    near(1, solve(c, s)->objective / (wanted * money * tonnes));
    pl_solver_free(s);
  }
}

/* --- Stopping
 * ----------------------------------------------------------------------------------------- */

static bool count_and_stop(const pl_progress *p, void *user) {
  int *left = user;
  assert_true(p->seconds >= 0 && p->stage[0] != 0);
  return --*left > 0;
}

/* Divide 32 customers so that 5 suppliers get half of each of theirs: any division is feasible,
 * none is proven best soon. */
static void hard_program(paper *p) {
  enum { N = 32, M = 5, COLS = N + 2 * M };
  static double a[M * COLS];
  uint64_t seed = 11;
  double cost[COLS] = {0}, half[M] = {0};
  for (int j = N; j < COLS; j++) cost[j] = 1;
  for (int i = 0; i < M; i++) {
    for (int j = 0; j < N; j++) {
      a[i * COLS + j] = (double)(random_bits(&seed) % 100);
      half[i] += a[i * COLS + j] / 2;
    }
    a[i * COLS + N + 2 * i] = 1;
    a[i * COLS + N + 2 * i + 1] = -1;
  }
  paper_init(p, COLS, M, cost, a, half, half);
  for (int j = 0; j < N; j++) p->upper[j] = 1, paper_integer(p, j);
}

static void progress_stops_the_run(void **state) {
  context *c = *state;
  static paper p;
  hard_program(&p);
  for (int calls = 1; calls <= 4; calls++) {
    int left = calls;
    pl_solve_options const o = {.gap = 0, .threads = 1, .progress = count_and_stop, .user = &left};
    pl_solver *s = NULL;
    pl_solution *x = NULL;
    assert_int_equal(PL_OK, pl_solver_new(&p.lp, &o, &s, c->diag));
    assert_int_equal(PL_STOPPED, pl_solver_run(s, c->arena, &x, c->diag));
    const pl_message *said = pl_diag_at(c->diag, calls - 1);
    assert_int_equal(PL_STOPPED, said->status);
    assert_non_null(strstr(said->text, "the solver was stopped after "));
    assert_non_null(strstr(
        said->text, x ? "before any plan was proven to be the best; the best one found is kept"
                      : "before any plan was found"));
    if (calls == 1) assert_null(x); /* stopped before anything was done */
    if (calls == 4) {
      assert_int_equal(PL_SOLVED_STOPPED, x->state);
      assert_true(x->bound < x->objective);
      pl_certificate cert;
      pl_lp_certify(&p.lp, x, c->arena, &cert);
      assert_true(cert.primal_infeasibility < 1e-6 && cert.integrality == 0);
    }
    pl_solver_free(s);
  }
}

/* HiGHS names no reason. */
static void what_highs_cannot_take_is_said(void **state) {
  context *c = *state;
  static paper p;
  hard_program(&p);
  pl_solve_options const o = {.threads = 1, .method = PL_METHOD_SIMPLEX};
  pl_solver *s = NULL;
  assert_int_equal(PL_OK, pl_solver_new(&p.lp, &o, &s, c->diag));
  assert_int_equal(PL_SOLVER, pl_solver_set_bounds(s, 1, (int[]){0}, (double[]){INFINITY},
                                                   (double[]){NAN}, c->diag));
  assert_non_null(strstr(pl_diag_at(c->diag, 0)->text, " does not accept the new bounds"));
  pl_solver_free(s);
  p.lp.value[0] = 1e300; /* more than its large_matrix_value */
  assert_int_equal(PL_SOLVER, pl_solver_new(&p.lp, &o, &s, c->diag));
  assert_non_null(
      strstr(pl_diag_at(c->diag, 1)->text, " does not accept the program (42 columns, 5 rows)"));
}

static void time_limit_stops_the_run(void **state) {
  context *c = *state;
  static paper p;
  hard_program(&p);
  pl_solve_options const o = {.gap = 0, .threads = 1, .time_limit_s = 0.3};
  pl_solver *s = NULL;
  pl_solution *x = NULL;
  assert_int_equal(PL_OK, pl_solver_new(&p.lp, &o, &s, c->diag));
  for (int k = 0; k < 2; k++) { /* the limit is of one run, not of the solver's life */
    assert_int_equal(PL_STOPPED, pl_solver_run(s, c->arena, &x, c->diag));
    assert_int_equal(PL_SOLVED_STOPPED, x->state);
    assert_true(x->seconds >= 0.25 && x->seconds < 20);
  }
  pl_solver_free(s);
}

static void other_thread_counts_follow_the_first(void **state) {
  context *c = *state;
  paper p;
  paper_init(&p, 1, 1, (double[]){1}, (double[]){1}, (double[]){2}, (double[]){INFINITY});
  for (int threads = 1; threads <= 2; threads++) {
    pl_solve_options const o = {.gap = 0, .threads = threads};
    pl_solver *s = NULL;
    assert_int_equal(PL_OK, pl_solver_new(&p.lp, &o, &s, c->diag));
    near(2, solve(c, s)->objective);
    pl_solver_free(s);
  }
}

/* A bound that somebody wrote as "none" may come in as the largest that a contract can deliver. */
static void large_entries_are_taken(void **state) {
  context *c = *state;
  paper p;
  paper_init(&p, 2, 1, (double[]){-3, 1}, (double[]){1, -1e17}, (double[]){-INFINITY},
             (double[]){0});
  p.upper[0] = 40;
  p.lower[1] = p.upper[1] = 1; /* x0 ≤ 1e17 x1 */
  pl_solver *s = solver_of(c, &p.lp);
  near(-119, solve(c, s)->objective);
  pl_solver_free(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(duals_have_the_stated_signs),
      TEST(duals_are_positive_where_lower_sides_hold),
      TEST(impossible_programs_are_told_apart),
      TEST(empty_programs_are_solved),
      TEST(knapsack_has_duals_of_the_fixed_program),
      TEST(random_answers_are_certified_warm_and_cold),
      TEST(answers_keep_their_units_of_any_size),
      TEST(progress_stops_the_run),
      TEST(time_limit_stops_the_run),
      TEST(what_highs_cannot_take_is_said),
      TEST(other_thread_counts_follow_the_first),
      TEST(large_entries_are_taken),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
