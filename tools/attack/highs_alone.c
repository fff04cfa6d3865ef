/* HiGHS alone, by its C interface. */
#include "highs_alone.h"

#include <interfaces/highs_c_api.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

static const double near = 1e-6;
enum { LIMIT_S = 60 };

/* --- In and out ---------------------------------------------------------------------------------
 */

static void *new_highs(void) {
  void *highs = Highs_create();
  (void)Highs_setBoolOptionValue(highs, "output_flag", 0);
  (void)Highs_setIntOptionValue(highs, "threads", 1);
  (void)Highs_setStringOptionValue(highs, "parallel", "off");
  (void)Highs_setDoubleOptionValue(highs, "small_matrix_value", 1e-12);
  (void)Highs_setDoubleOptionValue(highs, "mip_rel_gap", 0);
  (void)Highs_setDoubleOptionValue(highs, "time_limit", LIMIT_S);
  return highs;
}

static HighsInt pass(void *highs, const pl_lp *lp, pl_arena *a) {
  HighsInt const n = lp->n_cols, m = lp->n_rows, entries = (HighsInt)lp->n_entries;
  HighsInt *kind = PL_NEW_ARRAY(a, HighsInt, (size_t)n + 1);
  for (int j = 0; j < n && lp->integer; j++)
    kind[j] = lp->integer[j] ? kHighsVarTypeInteger : kHighsVarTypeContinuous;
  if (lp->n_integer == 0)
    return Highs_passLp(highs, n, m, entries, kHighsMatrixFormatColwise, kHighsObjSenseMinimize,
                        lp->offset, lp->cost, lp->lower, lp->upper, lp->row_lower, lp->row_upper,
                        lp->start, lp->index, lp->value);
  return Highs_passMip(highs, n, m, entries, kHighsMatrixFormatColwise, kHighsObjSenseMinimize,
                       lp->offset, lp->cost, lp->lower, lp->upper, lp->row_lower, lp->row_upper,
                       lp->start, lp->index, lp->value, kind);
}

static void make_arrays(pl_lp *lp, pl_arena *a) {
  double **const by_column[] = {&lp->cost, &lp->lower, &lp->upper};
  for (int i = 0; i < 3; i++) *by_column[i] = PL_NEW_ARRAY(a, double, (size_t)lp->n_cols + 1);
  lp->row_lower = PL_NEW_ARRAY(a, double, (size_t)lp->n_rows + 1);
  lp->row_upper = PL_NEW_ARRAY(a, double, (size_t)lp->n_rows + 1);
  lp->start = PL_NEW_ARRAY(a, int, (size_t)lp->n_cols + 2);
  lp->index = PL_NEW_ARRAY(a, int, (size_t)lp->n_entries + 1);
  lp->value = PL_NEW_ARRAY(a, double, (size_t)lp->n_entries + 1);
  lp->integer = PL_NEW_ARRAY(a, bool, (size_t)lp->n_cols + 1);
}

bool highs_alone_read(const char *path, pl_lp *out, pl_arena *a) {
  void *highs = new_highs();
  bool const read = Highs_readModel(highs, path) != kHighsStatusError;
  HighsInt n = Highs_getNumCol(highs), m = Highs_getNumRow(highs), sense = 0;
  HighsInt entries = Highs_getNumNz(highs);
  *out = (pl_lp){.n_cols = n, .n_rows = m, .n_entries = entries};
  make_arrays(out, a);
  HighsInt *kind = PL_NEW_ARRAY(a, HighsInt, (size_t)n + 1);
  if (read)
    (void)Highs_getLp(highs, kHighsMatrixFormatColwise, &n, &m, &entries, &sense, &out->offset,
                      out->cost, out->lower, out->upper, out->row_lower, out->row_upper, out->start,
                      out->index, out->value, kind);
  out->start[n] = entries;
  for (int j = 0; j < n; j++) {
    out->integer[j] = kind[j] == kHighsVarTypeInteger;
    out->n_integer += out->integer[j];
  }
  Highs_destroy(highs);
  return read && sense == kHighsObjSenseMinimize;
}

/* --- One try ------------------------------------------------------------------------------------
 */

static double gross_of(const pl_lp *lp, const double *x) {
  double sum = fabs(lp->offset);
  for (int j = 0; j < lp->n_cols; j++) sum += fabs(lp->cost[j] * x[j]);
  return sum;
}

static double room(const alone *x) { return fmax(near * fabs(x->value), 1e-9 * x->gross); }

/* Whether the solution of HiGHS is optimal according to the data of the program. */
static bool is_confirmed(void *highs, const pl_lp *lp, alone *out, double *x, pl_arena *a) {
  pl_solution s = {.bound = -(double)INFINITY};
  double **const arrays[] = {&s.col_value, &s.col_dual, &s.row_value, &s.row_dual};
  for (int i = 0; i < 4; i++)
    *arrays[i] = PL_NEW_ARRAY(a, double, (size_t)(i < 2 ? lp->n_cols : lp->n_rows) + 1);
  (void)Highs_getSolution(highs, s.col_value, s.col_dual, s.row_value, s.row_dual);
  if (lp->n_integer > 0) (void)Highs_getDoubleInfoValue(highs, "mip_dual_bound", &s.bound);
  if (x) memcpy(x, s.col_value, (size_t)lp->n_cols * sizeof *x);
  pl_certificate c;
  pl_lp_certify(lp, &s, a, &c);
  out->value = c.objective;
  out->gross = gross_of(lp, s.col_value);
  double const bound = lp->n_integer > 0 ? s.bound : c.bound;
  return c.relative_infeasibility <= near && c.integrality <= near &&
         fabs(c.objective - bound) <= room(out);
}

static alone try_it(const pl_lp *lp, const char *option, const char *value, double *x) {
  alone out = {.state = ALONE_NOTHING, .how = value};
  pl_arena *a = pl_arena_new();
  void *highs = new_highs();
  (void)Highs_setStringOptionValue(highs, option, value);
  if (pass(highs, lp, a) != kHighsStatusError && Highs_run(highs) != kHighsStatusError) {
    HighsInt const status = Highs_getModelStatus(highs);
    if (status == kHighsModelStatusInfeasible) out.state = ALONE_INFEASIBLE;
    if (status == kHighsModelStatusUnbounded) out.state = ALONE_UNBOUNDED;
    if (status == kHighsModelStatusOptimal && is_confirmed(highs, lp, &out, x, a))
      out.state = ALONE_OPTIMAL;
  }
  Highs_destroy(highs);
  pl_arena_free(a);
  return out;
}

alone highs_alone(const pl_lp *lp, double *x) {
  static const char *const ways[][2] = {
      {"presolve", "choose"}, {"presolve", "off"}, {"solver", "ipm"}};
  alone out = {.state = ALONE_NOTHING};
  for (int i = 0; i < 3 && out.state == ALONE_NOTHING; i++)
    out = try_it(lp, ways[i][0], ways[i][1], x);
  return out;
}

bool highs_alone_agrees(const alone *x, double value) { return fabs(value - x->value) <= room(x); }
