/* The certificate on answers that are right, slightly wrong and badly wrong; MPS text. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture/lp.h"
#include "lp/lp.h"
#include "lp/mps.h"

static bool is_near(double wanted, double found) {
  if (fabs(wanted - found) <= 1e-12 * fmax(1, fabs(wanted))) return true;
  print_error("wanted %.17g, found %.17g\n", wanted, found);
  return false;
}

#define near(wanted, found) assert_true(is_near(wanted, found))

/* Buy at 300 or 350 USD/t what a demand of 10 t asks for, the dear one at least 2 t and at most 6
 * t; 100 USD of fees. Its answer: 8 t and 2 t, 3200 USD; one more tonne costs 300, the dear minimum
 * 50 a tonne. */
typedef struct {
  pl_lp lp;
  pl_solution answer;
  pl_arena *arena;
} purchase;

static double cost[] = {300, 350}, lower[] = {0, 2}, upper[] = {INFINITY, 6};
static double row_lower[] = {10}, row_upper[] = {INFINITY};
static int start[] = {0, 1, 2}, row_index[] = {0, 0};
static double value[] = {1, 1};

static int set_up(void **state) {
  purchase *p = test_calloc(1, sizeof *p);
  p->arena = pl_arena_new();
  p->lp = (pl_lp){.n_cols = 2,
                  .n_rows = 1,
                  .n_entries = 2,
                  .offset = 100,
                  .cost = cost,
                  .lower = lower,
                  .upper = upper,
                  .row_lower = row_lower,
                  .row_upper = row_upper,
                  .start = start,
                  .index = row_index,
                  .value = value};
  p->answer = (pl_solution){.objective = 3200, .bound = 3200};
  p->answer.col_value = PL_NEW_ARRAY(p->arena, double, 2);
  p->answer.col_dual = PL_NEW_ARRAY(p->arena, double, 2);
  p->answer.row_value = PL_NEW_ARRAY(p->arena, double, 1);
  p->answer.row_dual = PL_NEW_ARRAY(p->arena, double, 1);
  p->answer.col_value[0] = 8;
  p->answer.col_value[1] = 2;
  p->answer.row_dual[0] = 300;
  p->answer.row_value[0] = 10;
  p->answer.col_dual[1] = 50;
  *state = p;
  return 0;
}

static int tear_down(void **state) {
  purchase *p = *state;
  pl_arena_free(p->arena);
  test_free(p);
  return 0;
}

static pl_certificate certify(purchase *p) {
  pl_certificate c;
  pl_lp_certify(&p->lp, &p->answer, p->arena, &c);
  return c;
}

static void right_answer_has_no_gap(void **state) {
  pl_certificate const c = certify(*state);
  near(0, c.primal_infeasibility);
  near(0, c.dual_infeasibility);
  near(3200, c.objective);
  near(3200, c.bound);
  near(0, c.gap);
  assert_int_equal(-1, c.worst_row);
  assert_int_equal(-1, c.worst_col);
}

static void violations_are_found_with_their_place(void **state) {
  purchase *p = *state;
  p->answer.col_value[0] = 7.75;
  pl_certificate c = certify(p);
  near(0.25, c.primal_infeasibility);
  assert_int_equal(0, c.worst_row);
  assert_int_equal(-1, c.worst_col);
  p->answer.col_value[1] = 6.5;
  c = certify(p);
  near(0.5, c.primal_infeasibility);
  assert_int_equal(-1, c.worst_row);
  assert_int_equal(1, c.worst_col);
}

/* Small is what is small beside the flows of its own row, not beside the largest number of all. */
static void violations_are_held_against_what_flows_in_their_row(void **state) {
  purchase *p = *state;
  double low[] = {0, 0}, high[] = {INFINITY, INFINITY}, at_least[] = {1e6 + 2};
  p->lp.lower = low, p->lp.upper = high, p->lp.row_lower = at_least;
  p->answer.col_value[0] = 1e6;
  p->answer.col_value[1] = 1;
  pl_certificate const c = certify(p);
  near(1, c.primal_infeasibility);
  near(1 / (1e6 + 2), c.relative_infeasibility);
  p->answer.col_value[1] = -0.5; /* half a tonne below 0 is a half, whatever flows elsewhere */
  near(0.5, certify(p).relative_infeasibility);
}

static void any_duals_prove_a_bound(void **state) {
  purchase *p = *state;
  p->answer.row_dual[0] = 280; /* 100 + 2800 + 70 · 2, and 20 · 0 */
  pl_certificate c = certify(p);
  near(3040, c.bound);
  near(160.0 / 3200, c.gap);
  near(0, c.dual_infeasibility);
  p->answer.row_dual[0] = 0; /* 100 + 350 · 2 */
  near(800, certify(p).bound);
}

static void wrong_signed_duals_are_infeasible(void **state) {
  purchase *p = *state;
  p->answer.row_dual[0] = 310; /* the first column would earn 10 a tonne without end */
  pl_certificate c = certify(p);
  near(10, c.dual_infeasibility);
  p->answer.row_dual[0] = -5; /* nothing holds the row down */
  near(5, certify(p).dual_infeasibility);
  p->answer.row_dual[0] = 360; /* the second column is bounded: no fault, only a weak bound */
  near(60, certify(p).dual_infeasibility);
}

static void values_that_are_no_numbers_are_never_certified(void **state) {
  purchase *p = *state;
  p->answer.row_dual[0] = NAN;
  pl_certificate c = certify(p);
  assert_true(isinf(c.dual_infeasibility) && c.bound < 0 && isinf(c.bound));
  assert_true(c.gap > 1);
  p->answer.col_value[1] = NAN;
  c = certify(p);
  assert_true(isinf(c.primal_infeasibility));
}

/* Reduced costs and row values follow from the point and the duals: what is held must be that. */
static void false_reduced_costs_are_found(void **state) {
  purchase *p = *state;
  near(0, certify(p).col_departure);
  p->answer.col_dual[1] = 100; /* doubled; it is made of 350 and 300 */
  pl_certificate c = certify(p);
  near(50.0 / 650, c.col_departure);
  assert_int_equal(1, c.false_col);
  p->answer.col_dual[1] = 50;
  p->answer.col_dual[0] = NAN;
  c = certify(p);
  assert_true(isinf(c.col_departure));
  assert_int_equal(0, c.false_col);
}

static void false_row_values_and_objectives_are_found(void **state) {
  purchase *p = *state;
  near(0, certify(p).row_departure);
  near(0, certify(p).objective_departure);
  p->answer.row_value[0] = 1e300;
  pl_certificate c = certify(p);
  assert_true(c.row_departure > 1e298);
  assert_int_equal(0, c.false_row);
  p->answer.row_value[0] = INFINITY;
  assert_true(isinf(certify(p).row_departure));
  p->answer.objective = 3300;
  near(100.0 / 3200, certify(p).objective_departure);
}

/* The demand is met with 5 t to spare, and yet a tonne of it is said to be worth 300. */
static void only_what_binds_has_a_price(void **state) {
  purchase *p = *state;
  near(0, certify(p).complementarity);
  p->answer.col_value[0] = 13;
  pl_certificate c = certify(p);
  near(5.0 / 25, c.complementarity);
  assert_int_equal(0, c.loose_row);
  assert_int_equal(-1, c.loose_col);
  p->answer.col_value[0] = 6;
  p->answer.col_value[1] = 4; /* the dear one, 2 t above its minimum, 50 dearer than the price */
  c = certify(p);
  near(50.0 / 650, c.complementarity);
  assert_int_equal(-1, c.loose_row);
  assert_int_equal(1, c.loose_col);
  p->answer.row_dual[0] = NAN;
  assert_true(isinf(certify(p).complementarity));
}

static void integers_are_taken_as_fixed(void **state) {
  purchase *p = *state;
  bool integer[] = {true, false};
  p->lp.integer = integer;
  p->lp.n_integer = 1;
  p->answer.bound = 3199;
  p->answer.row_dual[0] = 310; /* now the first column cannot move */
  pl_certificate c = certify(p);
  near(0, c.dual_infeasibility);
  near(1.0 / 3200, c.gap);
  near(0, c.dual_gap); /* 100 + 3100 + 40 · 2 − 10 · 8 */
  p->answer.col_value[0] = 8.25;
  near(0.25, certify(p).integrality);
}

static void sums_lose_no_cents(void **state) {
  purchase *p = *state;
  enum { N = 1001 };
  double many_cost[N], many_lower[N], many_value[N];
  int many_start[N + 1] = {0};
  for (int j = 0; j < N; j++)
    many_cost[j] = j == 0 ? 1e16 : 0.5, many_lower[j] = 1, many_value[j] = 1;
  p->lp.n_cols = N, p->lp.n_rows = 0, p->lp.offset = -1e16, p->lp.start = many_start;
  p->lp.cost = many_cost, p->lp.lower = p->lp.upper = many_lower;
  p->answer.col_value = many_value;
  p->answer.col_dual = many_cost;
  near(500, certify(p).objective);
  near(500, certify(p).bound);
}

static void mps_says_every_bound(void **state) {
  purchase *p = *state;
  paper x;
  static const double costs[] = {300, 0, -0.1};
  static const double a[] = {1, 1, 0, 0, -2.5, 0, 0, 0, 1e-7, 0, 0, 1, 0, 0, 1};
  double const row_lowers[] = {10, -INFINITY, 1, 4, -INFINITY},
               row_uppers[] = {INFINITY, 0, 3.5, 4, INFINITY};
  paper_init(&x, 3, 5, costs, a, row_lowers, row_uppers);
  x.lp.offset = 100;
  x.lower[0] = -INFINITY;
  x.lower[1] = 2, x.upper[1] = 6;
  x.lower[2] = 1;
  paper_integer(&x, 1);
  static const char wanted[] =
      "NAME potline\nROWS\n N cost\n G r0\n L r1\n G r2\n E r3\n N r4\nCOLUMNS\n c0 cost 300\n c0 "
      "r0 1\n"
      " MARKER 'MARKER' 'INTORG'\n c1 cost 0\n c1 r0 1\n c1 r1 -2.5\n MARKER 'MARKER' 'INTEND'\n"
      " c2 cost -0.1\n c2 r2 1e-7\n c2 r3 1\n c2 r4 1\nRHS\n rhs cost -100\n rhs r0 10\n rhs r2 "
      "1\n rhs r3 4\n"
      "RANGES\n range r2 2.5\nBOUNDS\n FR bound c0\n LO bound c1 2\n UP bound c1 6\n LO bound c2 "
      "1\n"
      " PL bound c2\nENDATA\n";
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&text, &length);
  assert_non_null(out);
  pl_lp_write_mps(&x.lp, out);
  assert_int_equal(0, fclose(out));
  char *found = pl_arena_strdup(p->arena, text);
  free(text);
  assert_string_equal(wanted, found);
}

/* Of dear goods there are 6 t at most: with `cheap` tonnes of the other the demand of 10 t is met
 * or not. */
static bool refuted_by(const purchase *p, double cheap, double price) {
  double most[] = {cheap, 6};
  pl_lp lp = p->lp;
  lp.upper = most;
  return pl_lp_refutes(&lp, &price);
}

static void prices_prove_that_there_is_no_answer(void **state) {
  const purchase *p = *state;
  for (int k = -12; k <= 12; k++) { /* whatever their size */
    assert_true(refuted_by(p, 3, pow(10, k)));
    assert_true(refuted_by(p, 3.999, pow(10, k)));
    assert_false(refuted_by(p, 4, pow(10, k)));
    assert_false(refuted_by(p, 5, pow(10, k)));
    assert_false(refuted_by(p, INFINITY, pow(10, k)));
    assert_false(refuted_by(p, 3, -pow(10, k))); /* no bound of the row carries it */
  }
  assert_false(refuted_by(p, 3, 0));
  assert_false(refuted_by(p, 3, (double)NAN));
  assert_false(refuted_by(p, 3, INFINITY));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(right_answer_has_no_gap),
      TEST(violations_are_found_with_their_place),
      TEST(violations_are_held_against_what_flows_in_their_row),
      TEST(any_duals_prove_a_bound),
      TEST(wrong_signed_duals_are_infeasible),
      TEST(values_that_are_no_numbers_are_never_certified),
      TEST(false_reduced_costs_are_found),
      TEST(false_row_values_and_objectives_are_found),
      TEST(only_what_binds_has_a_price),
      TEST(integers_are_taken_as_fixed),
      TEST(sums_lose_no_cents),
      TEST(prices_prove_that_there_is_no_answer),
      TEST(mps_says_every_bound),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
