/* HiGHS alone on a program that another program of the bench left behind: what doing nothing but
 * calling the solver takes, in time and memory. Its answer is certified as ours is.
 *     bench_highs_only FILE [--plain] [--again | --apart] [OPTION=VALUE…]
 * As src/solve calls it (numbers scaled, dual simplex, one thread), or --plain: the program as it
 * stands, with HiGHS's own options. --again: once more in a new instance, from the basis of the
 * answer. --apart: presolve, the reduced program and postsolve one after the other. OPTION: of
 * HiGHS's. */
#include <interfaces/highs_c_api.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"

typedef struct {
  const char *file;
  bool plain, again, apart;
  char **setting; /* [settings] each OPTION=VALUE */
  int settings;
} task;

typedef struct {
  double cost, bound; /* HiGHS sees costs and bounds divided by these */
} scales;

/* --- Scaling, as src/solve does it --------------------------------------------------------------
 */

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

static scales scale(pl_lp *lp) {
  exponents costs = {0}, bounds = {0};
  gather(&costs, lp->cost, lp->n_cols);
  gather(&bounds, lp->lower, lp->n_cols);
  gather(&bounds, lp->upper, lp->n_cols);
  gather(&bounds, lp->row_lower, lp->n_rows);
  gather(&bounds, lp->row_upper, lp->n_rows);
  scales const by = {scale_of(costs, 6), lp->n_integer > 0 ? 1 : scale_of(bounds, 7)};
  divide(lp->cost, lp->n_cols, by.cost);
  divide(lp->lower, lp->n_cols, by.bound);
  divide(lp->upper, lp->n_cols, by.bound);
  divide(lp->row_lower, lp->n_rows, by.bound);
  divide(lp->row_upper, lp->n_rows, by.bound);
  lp->offset /= by.cost * by.bound;
  return by;
}

/* --- HiGHS --------------------------------------------------------------------------------------
 */

static void pass(void *highs, const pl_lp *lp) {
  HighsInt *kind = calloc((size_t)lp->n_cols + 1, sizeof *kind);
  for (int j = 0; kind && j < lp->n_cols && lp->integer; j++)
    kind[j] = lp->integer[j] ? kHighsVarTypeInteger : kHighsVarTypeContinuous;
  HighsInt const n = lp->n_cols, m = lp->n_rows, entries = (HighsInt)lp->n_entries;
  if (lp->n_integer > 0)
    (void)Highs_passMip(highs, n, m, entries, kHighsMatrixFormatColwise, kHighsObjSenseMinimize,
                        lp->offset, lp->cost, lp->lower, lp->upper, lp->row_lower, lp->row_upper,
                        lp->start, lp->index, lp->value, kind);
  else
    (void)Highs_passLp(highs, n, m, entries, kHighsMatrixFormatColwise, kHighsObjSenseMinimize,
                       lp->offset, lp->cost, lp->lower, lp->upper, lp->row_lower, lp->row_upper,
                       lp->start, lp->index, lp->value);
  free(kind);
}

/* A text as whatever type the option has: 0, or 1 if HiGHS does not take it. */
static int set(void *highs, const char *setting) {
  char name[64] = "";
  const char *value = strchr(setting, '=') + 1;
  (void)snprintf(name, sizeof name, "%.*s", (int)(value - setting - 1), setting);
  HighsInt type = -1, status = kHighsStatusError;
  (void)Highs_getOptionType(highs, name, &type);
  if (type == kHighsOptionTypeBool)
    status = Highs_setBoolOptionValue(highs, name, !strcmp(value, "true"));
  if (type == kHighsOptionTypeInt)
    status = Highs_setIntOptionValue(highs, name, (HighsInt)strtol(value, NULL, 10));
  if (type == kHighsOptionTypeDouble)
    status = Highs_setDoubleOptionValue(highs, name, strtod(value, NULL));
  if (type == kHighsOptionTypeString) status = Highs_setStringOptionValue(highs, name, value);
  if (status != kHighsStatusError) return 0;
  fprintf(stderr, "bench_highs_only: HiGHS does not take %s\n", setting);
  return 1;
}

static int set_options(void *highs, const task *t) {
  int failed = set(highs, "output_flag=false");
  static const char *const ours[] = {"parallel=off",
                                     "threads=1",
                                     "solver=simplex",
                                     "simplex_strategy=1",
                                     "simplex_scale_strategy=2",
                                     "small_matrix_value=1e-12"};
  for (int i = 0; i < 6 && !t->plain; i++) failed |= set(highs, ours[i]);
  for (int i = 0; i < t->settings; i++) failed |= set(highs, t->setting[i]);
  return failed;
}

static void timed(const char *name, void *highs, HighsInt (*what)(void *)) {
  double const began = clock_s(), used = cpu_s();
  (void)what(highs);
  printf("\"%s\": %.6f, \"%s_cpu\": %.6f, ", name, clock_s() - began, name, cpu_s() - used);
}

static long count_of(void *highs, const char *info) {
  HighsInt n = 0;
  (void)Highs_getIntInfoValue(highs, info, &n);
  return n;
}

/* --- The ways
 * ------------------------------------------------------------------------------------- */

static void *loaded(const task *t, pl_lp *lp, scales *by) {
  pl_arena *a = pl_arena_new();
  void *highs = Highs_create();
  if (set_options(highs, t) || dump_read(t->file, a, lp)) exit(1);
  *by = t->plain ? (scales){1, 1} : scale(lp);
  double const began = clock_s();
  pass(highs, lp);
  printf("\"load\": %.6f, ", clock_s() - began);
  pl_arena_free(a); /* what HiGHS takes is its own copy */
  return highs;
}

static void *again(const task *t, void *first, pl_lp *lp, scales *by) {
  HighsInt *cols = calloc((size_t)lp->n_cols + 1, sizeof *cols);
  HighsInt *rows = calloc((size_t)lp->n_rows + 1, sizeof *rows);
  (void)Highs_getBasis(first, cols, rows);
  Highs_destroy(first);
  void *highs = loaded(t, lp, by);
  double const began = clock_s();
  (void)Highs_setBasis(highs, cols, rows);
  printf("\"set_basis\": %.6f, ", clock_s() - began);
  timed("solver", highs, Highs_run);
  free(cols);
  free(rows);
  return highs;
}

/* The program that presolve has left in HiGHS, in an instance of its own. */
static void *reduced(void *highs, const task *t, pl_arena *a, pl_lp *lp) {
  HighsInt n = Highs_getPresolvedNumCol(highs), m = Highs_getPresolvedNumRow(highs), sense = 0;
  HighsInt entries = Highs_getPresolvedNumNz(highs);
  *lp = (pl_lp){.n_cols = n, .n_rows = m, .n_entries = entries};
  double **const by_column[] = {&lp->cost, &lp->lower, &lp->upper};
  for (int i = 0; i < 3; i++) *by_column[i] = PL_NEW_ARRAY(a, double, (size_t)n + 1);
  lp->row_lower = PL_NEW_ARRAY(a, double, (size_t)m + 1);
  lp->row_upper = PL_NEW_ARRAY(a, double, (size_t)m + 1);
  lp->start = PL_NEW_ARRAY(a, int, (size_t)n + 2);
  lp->index = PL_NEW_ARRAY(a, int, (size_t)entries + 1);
  lp->value = PL_NEW_ARRAY(a, double, (size_t)entries + 1);
  (void)Highs_getPresolvedLp(highs, kHighsMatrixFormatColwise, &n, &m, &entries, &sense,
                             &lp->offset, lp->cost, lp->lower, lp->upper, lp->row_lower,
                             lp->row_upper, lp->start, lp->index, lp->value, NULL);
  lp->start[n] = entries;
  void *own = Highs_create();
  if (set_options(own, t) || set(own, "presolve=off")) exit(1);
  pass(own, lp);
  return own;
}

static void apart(const task *t, void *highs) {
  pl_arena *a = pl_arena_new();
  pl_lp lp;
  timed("presolve", highs, Highs_presolve);
  void *own = reduced(highs, t, a, &lp);
  printf("\"left\": [%d, %d, %ld], ", lp.n_rows, lp.n_cols, lp.n_entries);
  timed("reduced", own, Highs_run);
  double *x = PL_NEW_ARRAY(a, double, (size_t)lp.n_cols + 1);
  double *d = PL_NEW_ARRAY(a, double, (size_t)lp.n_cols + 1);
  double *r = PL_NEW_ARRAY(a, double, (size_t)lp.n_rows + 1);
  double *y = PL_NEW_ARRAY(a, double, (size_t)lp.n_rows + 1);
  (void)Highs_getSolution(own, x, d, r, y);
  double const began = clock_s();
  (void)Highs_postsolve(highs, x, d, y);
  printf("\"postsolve\": %.6f, ", clock_s() - began);
  Highs_destroy(own);
  pl_arena_free(a);
}

/* --- The answer
 * -------------------------------------------------------------------------------------- */

/* Memory is read before the certificate takes any. */
static int tell(void *highs, const task *t, scales by) {
  double const peak = peak_mb();
  pl_arena *a = pl_arena_new();
  pl_lp lp;
  if (dump_read(t->file, a, &lp)) return 1;
  pl_solution s = {.bound = -INFINITY};
  double **const arrays[] = {&s.col_value, &s.col_dual, &s.row_value, &s.row_dual};
  for (int i = 0; i < 4; i++)
    *arrays[i] = PL_NEW_ARRAY(a, double, (size_t)(i < 2 ? lp.n_cols : lp.n_rows) + 1);
  (void)Highs_getSolution(highs, s.col_value, s.col_dual, s.row_value, s.row_dual);
  if (lp.n_integer > 0) (void)Highs_getDoubleInfoValue(highs, "mip_dual_bound", &s.bound);
  s.bound *= by.cost * by.bound;
  divide(s.col_value, lp.n_cols, 1 / by.bound);
  divide(s.row_dual, lp.n_rows, 1 / by.cost);
  pl_certificate c;
  pl_lp_certify(&lp, &s, a, &c);
  int const status = Highs_getModelStatus(highs);
  printf("\"status\": %d, \"value\": %.12g, \"gap\": %.3g, \"infeasible\": %.3g, \"wrong_duals\": "
         "%.3g, \"iterations\": %ld, \"interior_iterations\": %ld, \"highs\": \"HiGHS %s\", "
         "\"peak_mb\": %.1f}\n",
         status, -c.objective, isfinite(c.gap) ? c.gap : 1e300,
         isfinite(c.primal_infeasibility) ? c.primal_infeasibility : 1e300, c.dual_infeasibility,
         count_of(highs, "simplex_iteration_count"), count_of(highs, "ipm_iteration_count"),
         Highs_version(), peak);
  pl_arena_free(a);
  return 0;
}

static task parse(int argc, char **argv) {
  task t = {.file = argc > 1 ? argv[1] : NULL};
  int i = 2;
  for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
    t.plain |= !strcmp(argv[i], "--plain");
    t.again |= !strcmp(argv[i], "--again");
    t.apart |= !strcmp(argv[i], "--apart");
  }
  t.setting = argv + i;
  t.settings = argc - i;
  for (; i < argc; i++)
    if (!strchr(argv[i], '=')) t.file = NULL;
  return t;
}

int main(int argc, char **argv) {
  task const t = parse(argc, argv);
  if (!t.file)
    return fprintf(stderr, "usage: bench_highs_only FILE [--plain] [--again | --apart] "
                           "[OPTION=VALUE…]\n"),
           64;
  pl_lp lp;
  scales by;
  printf("{");
  void *highs = loaded(&t, &lp, &by);
  if (t.apart)
    apart(&t, highs);
  else
    timed(t.again ? "first" : "solver", highs, Highs_run);
  if (t.again) {
    printf("\"first_iterations\": %ld, ", count_of(highs, "simplex_iteration_count"));
    highs = again(&t, highs, &lp, &by);
  }
  int const failed = tell(highs, &t, by);
  Highs_destroy(highs);
  return failed;
}
