/* The choice of points that stand for others, against every set of them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/medoids.h"

enum { N = 60 };

typedef struct {
  int n;
  double distance[N * N];
  bool kept[N];
} points;

/* On a plane, by a generator of its own. */
static void scatter(points *p, int n, uint32_t seed) {
  double x[N], y[N];
  p->n = n;
  for (int i = 0; i < n; i++) {
    seed = seed * 1664525u + 1013904223u;
    x[i] = (seed >> 8) % 1000;
    seed = seed * 1664525u + 1013904223u;
    y[i] = (seed >> 8) % 1000;
    p->kept[i] = false;
  }
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) p->distance[i * n + j] = hypot(x[i] - x[j], y[i] - y[j]);
}

static double sum_of(const points *p, const int *of) {
  double sum = 0;
  for (int i = 0; i < p->n; i++) sum += p->distance[i * p->n + of[i]];
  return sum;
}

static double best_of_three(const points *p) {
  double best = (double)INFINITY;
  int const n = p->n;
  for (int a = 0; a < n; a++)
    for (int b = a + 1; b < n; b++)
      for (int c = b + 1; c < n; c++) {
        if (p->kept[0] && a != 0) continue;
        double sum = 0;
        for (int i = 0; i < n; i++) {
          const double *d = &p->distance[i * n];
          sum += fmin(d[a], fmin(d[b], d[c]));
        }
        best = fmin(best, sum);
      }
  return best;
}

static void assert_sound(const points *p, const int *of, int k) {
  int n = 0;
  for (int i = 0; i < p->n; i++) {
    assert_int_equal(of[of[i]], of[i]);
    n += of[i] == i;
    if (p->kept[i]) assert_int_equal(of[i], i);
    for (int m = 0; m < p->n; m++)
      if (of[m] == m && of[i] != i)
        assert_true(p->distance[i * p->n + of[i]] <= p->distance[i * p->n + m]);
  }
  assert_int_equal(n, k);
}

static void few_sets_are_all_tried(void **state) {
  (void)state;
  for (uint32_t seed = 1; seed <= 20; seed++) {
    points p;
    int of[N];
    scatter(&p, 14, seed);
    p.kept[0] = seed % 2 == 0;
    pl_arena *a = pl_arena_new();
    pl_medoids(p.n, p.distance, 3, p.kept, of, a);
    assert_sound(&p, of, 3);
    assert_true(fabs(sum_of(&p, of) - best_of_three(&p)) < 1e-9);
    pl_arena_free(a);
  }
}

/* Where there are too many, no exchange of one point betters the choice. */
static void many_are_exchanged_until_none_helps(void **state) {
  (void)state;
  for (uint32_t seed = 1; seed <= 5; seed++) {
    points p;
    int of[N];
    scatter(&p, N, seed);
    p.kept[7] = true;
    pl_arena *a = pl_arena_new();
    pl_medoids(p.n, p.distance, 8, p.kept, of, a);
    assert_sound(&p, of, 8);
    double const sum = sum_of(&p, of);
    for (int in = 0; in < N; in++)
      for (int out = 0; out < N; out++) {
        if (of[in] == in || of[out] != out || out == 7) continue;
        double other = 0;
        for (int i = 0; i < N; i++) {
          double near = p.distance[i * N + in];
          for (int m = 0; m < N; m++)
            if (of[m] == m && m != out) near = fmin(near, p.distance[i * N + m]);
          other += near;
        }
        assert_true(other >= sum * (1 - 1e-9));
      }
    pl_arena_free(a);
  }
}

/* All but two or three are as few sets as two or three are, and no more work. */
static void nearly_all_of_many(void **state) {
  (void)state;
  points p;
  int of[N];
  pl_arena *a = pl_arena_new();
  scatter(&p, 40, 3);
  for (int k = 38; k < 40; k++) {
    pl_medoids(40, p.distance, k, p.kept, of, a);
    assert_sound(&p, of, k);
  }
  double least = (double)INFINITY; /* of the 40 one is left out: one of the nearest two */
  for (int i = 0; i < 40; i++)
    for (int j = 0; j < i; j++) least = fmin(least, p.distance[i * 40 + j]);
  assert_true(fabs(sum_of(&p, of) - least) < 1e-12);
  pl_arena_free(a);
}

/* Equal points: the first stands for all; as many as there are: each for itself. */
static void ties_and_all(void **state) {
  (void)state;
  points p = {.n = 5};
  int of[N];
  pl_arena *a = pl_arena_new();
  pl_medoids(5, p.distance, 1, p.kept, of, a);
  for (int i = 0; i < 5; i++) assert_int_equal(of[i], 0);
  scatter(&p, 9, 4);
  pl_medoids(9, p.distance, 31, p.kept, of, a);
  for (int i = 0; i < 9; i++) assert_int_equal(of[i], i);
  pl_arena_free(a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(few_sets_are_all_tried),
      cmocka_unit_test(many_are_exchanged_until_none_helps),
      cmocka_unit_test(nearly_all_of_many),
      cmocka_unit_test(ties_and_all),
  };
  return cmocka_run_group_tests_name("base_medoids", tests, NULL, NULL);
}
