/* The sparse factor against a dense one: random quasi-definite matrices of many shapes and orders.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "random_programs.h"
#include "solve/interior/factor.h"
#include "solve/interior/order.h"

enum { N_MAX = 260, ENTRIES_MAX = N_MAX * N_MAX / 2 };

typedef enum { SCATTERED, BAND, BORDERED, BLOCKS, TREE, FULL, SHAPES } shape_of_matrix;
typedef enum { AS_IT_COMES, BACKWARDS, SHUFFLED, BY_TIME, BY_DEGREE, ORDERS } kind_of_order;

typedef struct {
  int n;
  long n_entries;
  double dense[N_MAX][N_MAX]; /* both triangles */
  int row[ENTRIES_MAX], col[ENTRIES_MAX];
  signed char sign[N_MAX];
} matrix;

static bool has_entry(shape_of_matrix shape, int n, int i, int j, maker *m) {
  switch (shape) {
  case SCATTERED: return draw(m, 0, 1) < 3.0 / n;
  case BAND: return i - j <= 3;
  case BORDERED: return i - j <= 1 || i >= n - 3 || j == n / 2;
  case BLOCKS: return i / 20 == j / 20 || (i == j + 20 && i % 20 == 0);
  case TREE: return j == i / 2;
  case FULL: return true;
  case SHAPES: break;
  }
  return false;
}

/* Diagonal blocks of each sign dominated by their diagonals: quasi-definite whatever lies between.
 */
static void make(matrix *a, shape_of_matrix shape, int n, double minus, maker *m) {
  memset(a, 0, sizeof *a);
  a->n = n;
  for (int i = 0; i < n; i++) a->sign[i] = draw(m, 0, 1) < minus ? -1 : 1;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) {
      if (!has_entry(shape, n, i, j, m)) continue;
      a->row[a->n_entries] = i % 2 ? i : j; /* either triangle */
      a->col[a->n_entries++] = i % 2 ? j : i;
      a->dense[i][j] = a->dense[j][i] = draw(m, -1, 1);
    }
  }
  for (int i = 0; i < n; i++) {
    double sum = draw(m, 0.5, 2);
    for (int j = 0; j < n; j++)
      if (j != i && a->sign[j] == a->sign[i]) sum += fabs(a->dense[i][j]);
    a->dense[i][i] = a->sign[i] * sum;
  }
}

static void choose_order(const matrix *a, kind_of_order kind, int *order, maker *m) {
  pl_interval when[N_MAX];
  for (int k = 0; k < a->n; k++) {
    order[k] = kind == BACKWARDS ? a->n - 1 - k : k;
    when[k] = (pl_interval){k, k + 2};
  }
  for (int k = a->n - 1; kind == SHUFFLED && k > 0; k--) {
    int const other = draw_int(m, 0, k), t = order[k];
    order[k] = order[other];
    order[other] = t;
  }
  if (kind == BY_TIME) pl_order_by_time(a->n, when, order);
  if (kind == BY_DEGREE) assert_true(pl_order_by_degree(a->n, a->n_entries, a->row, a->col, order));
}

static pl_factor *pattern(const matrix *a, kind_of_order kind, maker *m, pl_arena *arena) {
  int order[N_MAX];
  choose_order(a, kind, order, m);
  pl_factor *f = pl_factor_new(a->n, a->n_entries, a->row, a->col, order, 1e7, arena);
  assert_non_null(f);
  return f;
}

static void compute(pl_factor *f, const matrix *a, pl_crew *crew) {
  long n;
  double *value = pl_factor_values(f, &n);
  memset(value, 0, (size_t)n * sizeof *value);
  for (int i = 0; i < a->n; i++) value[pl_factor_place(f, i, i)] = a->dense[i][i];
  for (long k = 0; k < a->n_entries; k++)
    value[pl_factor_place(f, a->row[k], a->col[k])] = a->dense[a->row[k]][a->col[k]];
  pl_factor_compute(f, a->sign, crew);
}

/* Gauss with the largest pivot of each column. */
static void solve_densely(const matrix *a, double *x) {
  static double w[N_MAX][N_MAX];
  int const n = a->n;
  memcpy(w, a->dense, sizeof w);
  for (int k = 0; k < n; k++) {
    int best = k;
    for (int i = k + 1; i < n; i++)
      if (fabs(w[i][k]) > fabs(w[best][k])) best = i;
    for (int j = 0; best != k && j < n; j++) {
      double const t = w[k][j];
      w[k][j] = w[best][j], w[best][j] = t;
    }
    double const t = x[k];
    x[k] = x[best], x[best] = t;
    for (int i = k + 1; i < n; i++) {
      double const by = w[i][k] / w[k][k];
      for (int j = k; by != 0 && j < n; j++) w[i][j] -= by * w[k][j];
      x[i] -= by * x[k];
    }
  }
  for (int i = n - 1; i >= 0; i--) {
    for (int j = i + 1; j < n; j++) x[i] -= w[i][j] * x[j];
    x[i] /= w[i][i];
  }
}

static void equal_dense(const matrix *a, pl_factor *f, pl_crew *crew, maker *m, const char *which) {
  double x[N_MAX], wanted[N_MAX], size = 1;
  for (int i = 0; i < a->n; i++) x[i] = wanted[i] = draw(m, -100, 100);
  pl_factor_solve(f, x, crew);
  solve_densely(a, wanted);
  for (int i = 0; i < a->n; i++) size = fmax(size, fabs(wanted[i]));
  for (int i = 0; i < a->n; i++) {
    if (fabs(x[i] - wanted[i]) <= 1e-9 * size) continue;
    print_error("%s: x[%d] = %.17g instead of %.17g\n", which, i, x[i], wanted[i]);
    fail();
  }
}

static void try_matrix(const matrix *a, kind_of_order kind, maker *m, const char *which) {
  pl_arena *arena = pl_arena_new();
  pl_crew *crew = pl_crew_new(1);
  pl_factor *f = pattern(a, kind, m, arena);
  assert_true(pl_factor_entries(f) >= (double)a->n_entries);
  for (int round = 0; round < 2; round++) { /* the same pattern holds new numbers */
    compute(f, a, crew);
    equal_dense(a, f, crew, m, which);
  }
  pl_crew_free(crew);
  pl_arena_free(arena);
}

static void solves_equal_a_dense_reference(void **state) {
  (void)state;
  static matrix a;
  maker m = {.state = 1};
  int const sizes[] = {1, 2, 3, 5, 17, 64, 65, 130, 200};
  double const minus[] = {0, 0.3, 1};
  for (int shape = 0; shape < SHAPES; shape++) {
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
      if (sizes[k] > 130 && shape == FULL) continue;
      make(&a, (shape_of_matrix)shape, sizes[k], minus[k % 3], &m);
      for (int order = 0; order < ORDERS; order++) {
        char which[80];
        (void)snprintf(which, sizeof which, "shape %d, %d nodes, order %d", shape, a.n, order);
        try_matrix(&a, (kind_of_order)order, &m, which);
      }
    }
  }
}

static void nothing_is_factored_too(void **state) {
  (void)state;
  pl_arena *arena = pl_arena_new();
  pl_crew *crew = pl_crew_new(2);
  double none = 7;
  pl_factor *f = pl_factor_new(0, 0, NULL, NULL, NULL, 10, arena);
  assert_non_null(f);
  assert_true(pl_factor_entries(f) == 0);
  pl_factor_compute(f, NULL, crew);
  pl_factor_solve(f, &none, crew);
  assert_true(none == 7);
  pl_crew_free(crew);
  pl_arena_free(arena);
}

static void too_large_a_factor_is_not_begun(void **state) {
  (void)state;
  static matrix a;
  maker m = {.state = 2};
  int order[N_MAX];
  make(&a, FULL, 60, 0, &m);
  choose_order(&a, AS_IT_COMES, order, &m);
  pl_arena *arena = pl_arena_new();
  double const below = 60 * 59 / 2;
  assert_null(pl_factor_new(60, a.n_entries, a.row, a.col, order, below - 1, arena));
  assert_non_null(pl_factor_new(60, a.n_entries, a.row, a.col, order, below, arena));
  pl_arena_free(arena);
}

/* A band stays one: supernodes store few zeros. */
static void narrow_matrices_have_narrow_factors(void **state) {
  (void)state;
  static matrix a;
  maker m = {.state = 7};
  make(&a, BAND, 200, 0.3, &m);
  pl_arena *arena = pl_arena_new();
  kind_of_order const orders[] = {AS_IT_COMES, BACKWARDS, BY_TIME};
  for (size_t k = 0; k < sizeof orders / sizeof *orders; k++)
    assert_true(pl_factor_entries(pattern(&a, orders[k], &m, arena)) <= 30 * 200);
  pl_arena_free(arena);
}

/* --- Threads -----------------------------------------------------------------------------------
 */

static void solve_on(const matrix *a, kind_of_order kind, int threads, pl_kernel kernel,
                     double *x) {
  pl_arena *arena = pl_arena_new();
  pl_crew *crew = pl_crew_new(threads);
  maker order = {.state = 9}, right = {.state = 10};
  pl_factor *f = pattern(a, kind, &order, arena);
  pl_factor_use(f, kernel);
  compute(f, a, crew);
  for (int i = 0; i < a->n; i++) x[i] = draw(&right, -1, 1);
  pl_factor_solve(f, x, crew);
  pl_crew_free(crew);
  pl_arena_free(arena);
}

static void bits_do_not_depend_on_threads(void **state) {
  (void)state;
  static matrix a;
  maker m = {.state = 3};
  for (int shape = 0; shape < SHAPES; shape++) {
    make(&a, (shape_of_matrix)shape, N_MAX, 0.3, &m);
    for (int order = SHUFFLED; order < ORDERS; order++) {
      double one[N_MAX], more[N_MAX];
      solve_on(&a, (kind_of_order)order, 1, PL_KERNEL_WIDEST, one);
      for (int threads = 2; threads <= 3; threads++) {
        solve_on(&a, (kind_of_order)order, threads, PL_KERNEL_WIDEST, more);
        assert_memory_equal(one, more, (size_t)a.n * sizeof *one);
      }
    }
  }
}

/* Whatever vectors a processor has: every size that leaves a rest beside whole vectors. */
static void bits_do_not_depend_on_the_instruction_set(void **state) {
  (void)state;
  static matrix a;
  maker m = {.state = 11};
  int tried = 0;
  for (int k = PL_KERNEL_BASELINE + 1; k < PL_KERNELS; k++) {
    if (!pl_kernel_is_there((pl_kernel)k)) {
      print_message("this processor does not support %s\n", pl_kernel_name((pl_kernel)k));
      continue;
    }
    for (int n = 1; n < N_MAX; n += n < 40 ? 1 : 37) {
      shape_of_matrix const shape = (shape_of_matrix)(tried % SHAPES);
      kind_of_order const order = (kind_of_order)(tried % ORDERS);
      double narrow[N_MAX], wide[N_MAX];
      make(&a, shape, n, 0.3, &m);
      solve_on(&a, order, 1, PL_KERNEL_BASELINE, narrow);
      solve_on(&a, order, 1, (pl_kernel)k, wide);
      assert_memory_equal(narrow, wide, (size_t)n * sizeof *narrow);
      tried++;
    }
  }
  assert_true(tried > 0 || !pl_kernel_is_there(PL_KERNEL_AVX2));
}

static void kernels_are_found_by_name(void **state) {
  (void)state;
  assert_true(pl_kernel_is_there(PL_KERNEL_WIDEST) && pl_kernel_is_there(PL_KERNEL_BASELINE));
  for (int k = 0; k < PL_KERNELS; k++)
    assert_int_equal(k, pl_kernel_find(pl_kernel_name((pl_kernel)k)));
  assert_int_equal(-1, pl_kernel_find("sse9"));
}

/* --- Pivots ------------------------------------------------------------------------------------
 */

/* Two equal rows leave a pivot of 0: the later node stays 0, the others are as without it. */
static void a_node_without_a_pivot_stays_at_zero(void **state) {
  (void)state;
  static matrix a;
  maker m = {.state = 4};
  make(&a, BAND, 40, 0, &m);
  enum { AT = 20 };
  for (int j = 0; j < a.n; j++)
    a.dense[AT][j] = a.dense[j][AT] = 0; /* a node alone, without size */
  pl_arena *arena = pl_arena_new();
  pl_crew *crew = pl_crew_new(1);
  for (int order = 0; order < ORDERS; order++) {
    double x[N_MAX], wanted[N_MAX];
    pl_factor *f = pattern(&a, (kind_of_order)order, &m, arena);
    compute(f, &a, crew);
    for (int i = 0; i < a.n; i++) x[i] = wanted[i] = i == AT ? 5 : draw(&m, -1, 1);
    pl_factor_solve(f, x, crew);
    wanted[AT] = 0;
    a.dense[AT][AT] = 1;
    solve_densely(&a, wanted);
    a.dense[AT][AT] = 0;
    for (int i = 0; i < a.n; i++) assert_true(fabs(x[i] - wanted[i]) <= 1e-9);
  }
  pl_crew_free(crew);
  pl_arena_free(arena);
}

/* Rows and columns of sizes from 1e-6 to 1e6: each unknown is as accurate as in its own units. */
static void sizes_far_apart_are_kept_apart(void **state) {
  (void)state;
  static matrix a;
  maker m = {.state = 8};
  pl_arena *arena = pl_arena_new();
  pl_crew *crew = pl_crew_new(1);
  for (int shape = 0; shape < SHAPES; shape++) {
    double x[N_MAX], wanted[N_MAX], scale[N_MAX];
    make(&a, (shape_of_matrix)shape, 90, 0.3, &m);
    for (int i = 0; i < a.n; i++) x[i] = wanted[i] = draw(&m, -1, 1);
    solve_densely(&a, wanted);
    for (int i = 0; i < a.n; i++) scale[i] = pow(10, draw_int(&m, -6, 6));
    for (int i = 0; i < a.n; i++) {
      x[i] *= scale[i];
      for (int j = 0; j < a.n; j++) a.dense[i][j] *= scale[i] * scale[j];
    }
    pl_factor *f = pattern(&a, BY_DEGREE, &m, arena);
    compute(f, &a, crew);
    pl_factor_solve(f, x, crew);
    for (int i = 0; i < a.n; i++) assert_true(fabs(x[i] * scale[i] - wanted[i]) <= 1e-9);
  }
  pl_crew_free(crew);
  pl_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(solves_equal_a_dense_reference),
      cmocka_unit_test(nothing_is_factored_too),
      cmocka_unit_test(too_large_a_factor_is_not_begun),
      cmocka_unit_test(narrow_matrices_have_narrow_factors),
      cmocka_unit_test(bits_do_not_depend_on_threads),
      cmocka_unit_test(bits_do_not_depend_on_the_instruction_set),
      cmocka_unit_test(kernels_are_found_by_name),
      cmocka_unit_test(a_node_without_a_pivot_stays_at_zero),
      cmocka_unit_test(sizes_far_apart_are_kept_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
