/* Orders of elimination: always a permutation; by time from both ends to the middle. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "random_programs.h"
#include "solve/interior/order.h"

enum { N_MAX = 300 };

static void is_permutation(const int *order, int n) {
  bool seen[N_MAX] = {0};
  for (int k = 0; k < n; k++) {
    assert_in_range(order[k], 0, n - 1);
    assert_false(seen[order[k]]);
    seen[order[k]] = true;
  }
}

static void by_time_goes_from_both_ends_to_the_middle(void **state) {
  (void)state;
  pl_interval const when[] = {{0, 8}, {4, 8}, {6, 8}, {0, 2}, {3, 5}, {2, 4}, {0, 4}, {4, 6}};
  int order[8];
  pl_order_by_time(8, when, order);
  /* up to the middle (4) by their ends, the short ones first; then down from the end by their
   * beginnings; what lies across the middle last, the short ones first */
  int const wanted[] = {3, 5, 6, 2, 7, 1, 4, 0};
  assert_memory_equal(wanted, order, sizeof wanted);
}

/* 0 before the middle, 1 after it, 2 across. */
static int side(pl_interval w, int middle) { return w.to <= middle ? 0 : w.from >= middle ? 1 : 2; }

static void nodes_by_time(int n, maker *m) {
  pl_interval when[N_MAX];
  int order[N_MAX], last = 0;
  for (int i = 0; i < n; i++) {
    int const from = draw_int(m, 0, 90);
    when[i] = (pl_interval){from, from + draw_int(m, 1, draw(m, 0, 1) < 0.8 ? 4 : 60)};
    if (when[i].to > last) last = when[i].to;
  }
  pl_order_by_time(n, when, order);
  is_permutation(order, n);
  for (int k = 1; k < n; k++) {
    pl_interval const a = when[order[k - 1]], b = when[order[k]];
    int const s = side(b, last / 2);
    assert_true(side(a, last / 2) <= s);
    if (side(a, last / 2) != s) continue;
    assert_true(s == 0 ? a.to <= b.to : s == 1 ? a.from >= b.from : true);
    bool const ties = s == 0 ? a.to == b.to : s == 1 ? a.from == b.from : true;
    int const la = a.to - a.from, lb = b.to - b.from;
    assert_true(!ties || la < lb || (la == lb && order[k - 1] < order[k]));
  }
}

static void by_time_is_sorted_within_each_half(void **state) {
  (void)state;
  maker m = {.state = 5};
  for (int k = 0; k < 200; k++) nodes_by_time(draw_int(&m, 0, N_MAX), &m);
}

static void by_degree_is_a_permutation(void **state) {
  (void)state;
  maker m = {.state = 6};
  static int row[N_MAX * 6], col[N_MAX * 6];
  for (int k = 0; k < 100; k++) {
    int const n = draw_int(&m, 1, N_MAX);
    int order[N_MAX], e = 0;
    for (; e < 3 * n; e++) {
      row[e] = draw_int(&m, 0, n - 1);
      col[e] = draw_int(&m, 0, n - 1);
      if (row[e] == col[e]) e--;
      if (n == 1) break;
    }
    assert_true(pl_order_by_degree(n, n == 1 ? 0 : e, row, col, order));
    is_permutation(order, n);
  }
  assert_true(pl_order_by_degree(0, 0, row, col, row));
}

/* The middle of a star is eliminated last, or its leaves would all be joined. */
static void by_degree_leaves_a_hub_to_the_end(void **state) {
  (void)state;
  enum { LEAVES = 200, HUB = 17 };
  int row[LEAVES], col[LEAVES], order[LEAVES + 1], where = -1;
  for (int k = 0; k < LEAVES; k++) row[k] = k < HUB ? k : k + 1, col[k] = HUB;
  assert_true(pl_order_by_degree(LEAVES + 1, LEAVES, row, col, order));
  is_permutation(order, LEAVES + 1);
  for (int k = 0; k <= LEAVES; k++)
    if (order[k] == HUB) where = k;
  assert_true(where >= LEAVES - 1); /* with one leaf left it is no matter which comes first */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(by_time_goes_from_both_ends_to_the_middle),
      cmocka_unit_test(by_time_is_sorted_within_each_half),
      cmocka_unit_test(by_degree_is_a_permutation),
      cmocka_unit_test(by_degree_leaves_a_hub_to_the_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
