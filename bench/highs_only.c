/* HiGHS alone on a program that bench_stages left behind, with the options and the scaling of
 * src/solve/highs.c, so that both solve the same: what a program that does nothing but call the
 * solver takes in time and memory. bench_highs_only FILE */
#include <interfaces/highs_c_api.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "dump.h"

static void *get(FILE *f, long count, size_t size) {
  void *to = malloc((size_t)count * size + 1);
  if (!to || fread(to, size, (size_t)count, f) != (size_t)count) {
    fprintf(stderr, "bench_highs_only: the dump is too short\n");
    exit(1);
  }
  return to;
}

typedef struct {
  double sum;
  long count;
} exponents;

static void gather(exponents *e, const double *x, int n) {
  for (int i = 0; i < n; i++) {
    if (x[i] == 0 || !isfinite(x[i])) continue;
    e->sum += ilogb(x[i]);
    e->count++;
  }
}

static double scale_of(exponents e, int wanted) {
  return e.count > 0 ? ldexp(1, (int)lrint(e.sum / (double)e.count) - wanted) : 1;
}

static void divide(double *x, int n, double by) {
  for (int i = 0; i < n; i++) x[i] /= by;
}

static double pass(void *highs, FILE *f, dump_head h) {
  double *cost = get(f, h.n_cols, sizeof *cost), *lower = get(f, h.n_cols, sizeof *lower);
  double *upper = get(f, h.n_cols, sizeof *upper), *row_lower = get(f, h.n_rows, sizeof *row_lower);
  double *row_upper = get(f, h.n_rows, sizeof *row_upper),
         *value = get(f, h.n_entries, sizeof *value);
  int *start = get(f, h.n_cols + 1, sizeof *start), *index = get(f, h.n_entries, sizeof *index);
  exponents costs = {0}, bounds = {0};
  gather(&costs, cost, h.n_cols);
  gather(&bounds, lower, h.n_cols);
  gather(&bounds, upper, h.n_cols);
  gather(&bounds, row_lower, h.n_rows);
  gather(&bounds, row_upper, h.n_rows);
  double const of_costs = scale_of(costs, 6), of_bounds = scale_of(bounds, 7);
  divide(cost, h.n_cols, of_costs);
  divide(lower, h.n_cols, of_bounds);
  divide(upper, h.n_cols, of_bounds);
  divide(row_lower, h.n_rows, of_bounds);
  divide(row_upper, h.n_rows, of_bounds);
  (void)Highs_passLp(highs, h.n_cols, h.n_rows, (HighsInt)h.n_entries, kHighsMatrixFormatColwise,
                     kHighsObjSenseMinimize, h.offset / (of_costs * of_bounds), cost, lower, upper,
                     row_lower, row_upper, start, index, value);
  void *const all[] = {cost, lower, upper, row_lower, row_upper, value, start, index};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
  return of_costs * of_bounds;
}

int main(int argc, char **argv) {
  FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
  dump_head h;
  if (!f || fread(&h, sizeof h, 1, f) != 1)
    return fprintf(stderr, "usage: bench_highs_only FILE\n"), 64;
  void *highs = Highs_create();
  (void)Highs_setBoolOptionValue(highs, "output_flag", 0);
  (void)Highs_setIntOptionValue(highs, "threads", 1);
  (void)Highs_setStringOptionValue(highs, "solver", "simplex");
  (void)Highs_setIntOptionValue(highs, "simplex_strategy", 1);
  (void)Highs_setDoubleOptionValue(highs, "small_matrix_value", 1e-12);
  double const scale = pass(highs, f, h);
  (void)fclose(f);
  double const began = clock_s();
  HighsInt const status = Highs_run(highs);
  double const took = clock_s() - began;
  printf("{\"status\": %d, \"value\": %.12g, \"solver\": %.6f, \"iterations\": %d, \"peak_mb\": "
         "%.1f}\n",
         Highs_getModelStatus(highs), -Highs_getObjectiveValue(highs) * scale, took,
         Highs_getSimplexIterationCount(highs), peak_mb());
  Highs_destroy(highs);
  return status == kHighsStatusError ? 1 : 0;
}
