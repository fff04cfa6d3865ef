/* The calls of HiGHS: its options, the program handed over in its scale, warm starts, runs with a
 * budget, progress. The only file that includes HiGHS. The order of runs is decided in
 * highs_runs.c; what an answer means, and whether it is good enough, in highs_answer.c and
 * elsewhere. */
#include <assert.h>
#include <interfaces/highs_c_api.h>
#include <math.h>
#include <string.h>

#include "solve/highs_parts.h"
#include "solve/scale.h"

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)
#define VERSION                                                                                    \
  "HiGHS " TEXT(HIGHS_VERSION_MAJOR) "." TEXT(HIGHS_VERSION_MINOR) "." TEXT(HIGHS_VERSION_PATCH)

static_assert(sizeof(HighsInt) == sizeof(int), "HiGHS must be built with 32-bit indices");

/* HiGHS's numbers for its strategies */
enum { DUAL_SIMPLEX = 1, PRIMAL_SIMPLEX = 4, DEVEX = 1, EQUILIBRATION = 2 };
static const double least_tolerance = 1e-10; /* that HiGHS accepts */

const char *pl_highs_version(void) { return VERSION; }

const char *pl_highs_method(const pl_highs *s) {
  return pl_highs_is_mixed(s) ? "branch and bound, " VERSION : "dual simplex, " VERSION;
}

/* --- Scaling ---------------------------------------------------------------------------------- */

static double *scaled(pl_arena *a, const double *v, int n, double scale) {
  double *out = PL_NEW_ARRAY(a, double, (size_t)n);
  for (int i = 0; i < n; i++) out[i] = v[i] / scale;
  return out;
}

static void unscale(double *v, int n, double scale) {
  for (int i = 0; i < n; i++) v[i] *= scale;
}

/* --- Progress --------------------------------------------------------------------------------- */

bool pl_highs_tell(pl_highs *s, const char *stage, long iterations, double objective,
                   double bound) {
  double const scale = pl_highs_objective_scale(s);
  if (s->piece) return pl_watch_tell(s->watch, "windows", 0, NAN, NAN);
  return pl_watch_tell(s->watch, stage, iterations, objective * scale, bound * scale);
}

static void on_solution(pl_highs *s, const HighsCallbackDataOut *out) {
  if (s->piece || !out->mip_solution) return;
  for (int j = 0; j < s->lp.n_cols; j++) s->found[j] = out->mip_solution[j] * s->bound_scale;
  pl_watch_offer(s->watch, s->found, NULL,
                 out->objective_function_value * pl_highs_objective_scale(s));
}

static bool is_spent(pl_highs *s) {
  if ((!pl_highs_is_mixed(s) || s->is_fixed) && ++s->asked > s->budget) s->spent = true;
  return s->spent;
}

/* HiGHS calls it at every simplex iteration, and whenever it starts again. */
static void on_callback(int type, const char *message, const HighsCallbackDataOut *out,
                        HighsCallbackDataIn *in, void *user) {
  pl_highs *s = user;
  (void)message;
  if (type == kHighsCallbackMipImprovingSolution) {
    on_solution(s, out);
    return;
  }
  if (type == kHighsCallbackMipInterrupt && !s->piece)
    pl_watch_prove(s->watch, out->mip_dual_bound * pl_highs_objective_scale(s));
  if (type == kHighsCallbackMipInterrupt)
    in->user_interrupt = !pl_highs_tell(s, "branch and bound", (long)out->mip_total_lp_iterations,
                                        out->mip_primal_bound, out->mip_dual_bound);
  else
    in->user_interrupt =
        is_spent(s) || !pl_highs_tell(s, "simplex", out->simplex_iteration_count, NAN, NAN);
}

void pl_highs_watch(pl_highs *s, bool on) {
  HighsInt const types[] = {kHighsCallbackSimplexInterrupt, kHighsCallbackMipInterrupt,
                            kHighsCallbackMipImprovingSolution};
  size_t const n = pl_may_stop(&s->options) ? sizeof types / sizeof *types : 1; /* the budget's */
  for (size_t i = 0; i < n; i++) {
    (void)(on ? Highs_startCallback(s->highs, types[i]) : Highs_stopCallback(s->highs, types[i]));
  }
}

/* --- Making and changing ---------------------------------------------------------------------- */

/* What determines an answer is set here, not left to the defaults, which differ between versions:
 * 1.10 scales differently, and 1.16 searches with as many threads as there are. */
static void set_as_in_every_version(void *h) {
  (void)Highs_setStringOptionValue(h, "parallel",
                                   "off"); /* so that an answer does not depend on it */
  (void)Highs_setIntOptionValue(h, "threads", 1);
  (void)Highs_setIntOptionValue(h, "random_seed", 0);
  (void)Highs_setIntOptionValue(h, "simplex_scale_strategy", EQUILIBRATION);
  (void)Highs_setDoubleOptionValue(h, "primal_feasibility_tolerance", 1e-7);
  (void)Highs_setDoubleOptionValue(h, "dual_feasibility_tolerance", 1e-7);
  (void)Highs_setDoubleOptionValue(h, "mip_feasibility_tolerance", 1e-6);
  (void)Highs_setDoubleOptionValue(h, "mip_abs_gap", 1e-6);
}

/* Columns. HiGHS (1.10 … 1.16) sorts the columns that may enter the basis at a cost that grows
 * with the square of their number, and cannot be stopped there. With steepest edge some closings
 * of a case of 577,000 columns met rows in which that takes minutes; with Devex none did
 * (decision 20). */
enum { HUGE_PROGRAM = 300000 };

static void set_options(pl_highs *s) {
  void *h = s->highs;
  (void)Highs_setBoolOptionValue(h, "output_flag", 0);
  set_as_in_every_version(h);
  (void)Highs_setStringOptionValue(h, "solver", pl_highs_is_mixed(s) ? "choose" : "simplex");
  (void)Highs_setIntOptionValue(h, "simplex_strategy", DUAL_SIMPLEX); /* fastest on our programs */
  (void)Highs_setDoubleOptionValue(h, "small_matrix_value",
                                   1e-12); /* drop nothing that is not zero */
  (void)Highs_setDoubleOptionValue(h, "large_matrix_value", 1e300); /* nor refuse what is large */
  if (s->lp.n_cols > HUGE_PROGRAM)
    (void)Highs_setIntOptionValue(h, "simplex_dual_edge_weight_strategy", DEVEX);
  (void)Highs_setDoubleOptionValue(h, "mip_rel_gap", s->options.gap);
  if (s->options.time_limit_s > 0) {
    (void)Highs_setDoubleOptionValue(h, "time_limit", s->options.time_limit_s);
  }
  (void)Highs_setCallback(h, on_callback, s);
  pl_highs_watch(s, true);
}

static HighsInt pass_integers(pl_highs *s) {
  HighsInt status = kHighsStatusOk;
  for (int j = 0; pl_highs_is_mixed(s) && j < s->lp.n_cols && status != kHighsStatusError; j++) {
    if (s->lp.integer[j]) status = Highs_changeColIntegrality(s->highs, j, kHighsVarTypeInteger);
  }
  return status;
}

static HighsInt pass(pl_highs *s) {
  const pl_lp *lp = &s->lp;
  pl_arena *a = pl_arena_new();
  HighsInt const status = Highs_passLp(
      s->highs, lp->n_cols, lp->n_rows, (HighsInt)lp->n_entries, kHighsMatrixFormatColwise,
      kHighsObjSenseMinimize, lp->offset / pl_highs_objective_scale(s),
      scaled(a, lp->cost, lp->n_cols, s->cost_scale),
      scaled(a, lp->lower, lp->n_cols, s->bound_scale),
      scaled(a, lp->upper, lp->n_cols, s->bound_scale),
      scaled(a, lp->row_lower, lp->n_rows, s->bound_scale),
      scaled(a, lp->row_upper, lp->n_rows, s->bound_scale), lp->start, lp->index, lp->value);
  pl_arena_free(a);
  return status == kHighsStatusError ? status : pass_integers(s);
}

pl_status pl_highs_new(const pl_lp *lp, const pl_solve_options *options, pl_watch *watch,
                       pl_highs **out, pl_diag *diag) {
  pl_arena *a = pl_arena_new();
  pl_highs *s = PL_NEW(a, pl_highs);
  *s = (pl_highs){.highs = Highs_create(),
                  .arena = a,
                  .given = *lp,
                  .lp = *lp,
                  .cost_scale = pl_cost_scale(lp),
                  .bound_scale = pl_bound_scale(lp),
                  .options = *options,
                  .watch = watch};
  if (pl_highs_is_mixed(s)) s->found = PL_NEW_ARRAY(a, double, (size_t)lp->n_cols + 1);
  set_options(s);
  if (pass(s) == kHighsStatusError) {
    pl_highs_free(s);
    return pl_fail(diag, PL_SOLVER, PL_NOWHERE,
                   VERSION " does not accept the program (%d columns, %d rows)", lp->n_cols,
                   lp->n_rows);
  }
  *out = s;
  return PL_OK;
}

void pl_highs_free(pl_highs *s) {
  if (!s) return;
  Highs_destroy(s->highs);
  pl_arena_free(s->arena);
}

void pl_highs_piece(pl_highs *s, double gap) {
  s->piece = true;
  if (pl_highs_is_mixed(s)) {
    (void)Highs_setDoubleOptionValue(s->highs, "mip_rel_gap", 0);
    (void)Highs_setDoubleOptionValue(s->highs, "mip_abs_gap", gap / pl_highs_objective_scale(s));
    (void)Highs_setBoolOptionValue(s->highs, "mip_heuristic_run_feasibility_jump", 0);
  } else if (s->lp.n_rows <= s->lp.n_cols) { /* otherwise presolve removes most of the rows */
    (void)Highs_setStringOptionValue(s->highs, "presolve", "off");
    (void)Highs_setIntOptionValue(s->highs, "simplex_scale_strategy", 0);
    (void)Highs_setIntOptionValue(s->highs, "simplex_dual_edge_weight_strategy", DEVEX);
  }
}

void pl_highs_start_at(pl_highs *s, const double *x) {
  if (!s->incumbent) s->incumbent = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
  memcpy(s->incumbent, x, (size_t)s->lp.n_cols * sizeof *x);
}

/* The array to write into: our own copy, made the first time, so that the caller's stays
 * unchanged. */
static double *own(pl_highs *s, double **array, const double *given) {
  if (*array == given) {
    *array = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
    memcpy(*array, given, (size_t)s->lp.n_cols * sizeof **array);
  }
  return *array;
}

static pl_status refused(const char *what, pl_diag *diag) {
  return pl_fail(diag, PL_SOLVER, PL_NOWHERE, VERSION " does not accept the new %s", what);
}

pl_status pl_highs_set_costs(pl_highs *s, const double *cost, pl_diag *diag) {
  int const n = s->lp.n_cols;
  if (n == 0 || memcmp(s->lp.cost, cost, (size_t)n * sizeof *cost) == 0) return PL_OK;
  memcpy(own(s, &s->lp.cost, s->given.cost), cost, (size_t)n * sizeof *cost);
  s->cost_scale = pl_cost_scale(&s->lp);
  pl_arena *a = pl_arena_new();
  HighsInt status =
      Highs_changeColsCostByRange(s->highs, 0, n - 1, scaled(a, cost, n, s->cost_scale));
  pl_arena_free(a);
  if (status != kHighsStatusError) {
    status = Highs_changeObjectiveOffset(s->highs, s->lp.offset / pl_highs_objective_scale(s));
  }
  return status == kHighsStatusError ? refused("costs", diag) : PL_OK;
}

pl_status pl_highs_set_bounds(pl_highs *s, int n, const int *col, const double *lower,
                              const double *upper, pl_diag *diag) {
  double *own_lower = own(s, &s->lp.lower, s->given.lower);
  double *own_upper = own(s, &s->lp.upper, s->given.upper);
  for (int k = 0; k < n; k++) {
    int const j = col[k];
    if (own_lower[j] == lower[k] && own_upper[j] == upper[k]) continue;
    own_lower[j] = lower[k];
    own_upper[j] = upper[k];
    if (Highs_changeColBounds(s->highs, j, lower[k] / s->bound_scale, upper[k] / s->bound_scale) ==
        kHighsStatusError) {
      return refused("bounds", diag);
    }
  }
  return PL_OK;
}

void pl_highs_keep_basis(pl_highs *s) {
  s->keeps_incumbent = s->incumbent != NULL;
  if (pl_highs_is_mixed(s) || s->lp.n_cols == 0) return;
  if (!s->kept_cols) {
    s->kept_cols = PL_NEW_ARRAY(s->arena, int, (size_t)s->lp.n_cols);
    s->kept_rows = PL_NEW_ARRAY(s->arena, int, (size_t)s->lp.n_rows + 1);
  }
  if (Highs_getBasis(s->highs, s->kept_cols, s->kept_rows) == kHighsStatusError)
    s->kept_cols = NULL;
}

void pl_highs_go_on(pl_highs *s) { s->goes_on = true; }

int pl_highs_runs(const pl_highs *s) { return s->runs; }

static const HighsInt highs_status[] = {[PL_NONBASIC_LOWER] = kHighsBasisStatusLower,
                                        [PL_BASIC] = kHighsBasisStatusBasic,
                                        [PL_NONBASIC_UPPER] = kHighsBasisStatusUpper,
                                        [PL_NONBASIC_FREE] = kHighsBasisStatusZero};

static HighsInt *to_highs(pl_arena *a, const unsigned char *status, int n) {
  HighsInt *out = PL_NEW_ARRAY(a, HighsInt, (size_t)n + 1);
  for (int i = 0; i < n; i++) out[i] = highs_status[status[i]];
  return out;
}

void pl_highs_begin_from(pl_highs *s, const unsigned char *col, const unsigned char *row) {
  pl_arena *a = pl_arena_new();
  (void)Highs_setBasis(s->highs, to_highs(a, col, s->lp.n_cols), to_highs(a, row, s->lp.n_rows));
  pl_arena_free(a);
}

static void from_highs(const HighsInt *status, int n, unsigned char *out) {
  for (int i = 0; i < n; i++)
    for (size_t k = 0; k < sizeof highs_status / sizeof *highs_status; k++)
      if (highs_status[k] == status[i]) out[i] = (unsigned char)k;
}

bool pl_highs_basis(const pl_highs *s, unsigned char *col, unsigned char *row) {
  pl_arena *a = pl_arena_new();
  HighsInt *cols = PL_NEW_ARRAY(a, HighsInt, (size_t)s->lp.n_cols + 1);
  HighsInt *rows = PL_NEW_ARRAY(a, HighsInt, (size_t)s->lp.n_rows + 1);
  bool const known = Highs_getBasis(s->highs, cols, rows) == kHighsStatusOk;
  if (known) {
    from_highs(cols, s->lp.n_cols, col);
    from_highs(rows, s->lp.n_rows, row);
  }
  pl_arena_free(a);
  return known;
}

/* --- Running ---------------------------------------------------------------------------------- */

static pl_outcome outcome_of(HighsInt model_status) {
  if (model_status == kHighsModelStatusOptimal) return PL_RUN_OPTIMAL;
  if (model_status == kHighsModelStatusInfeasible) return PL_RUN_INFEASIBLE;
  if (model_status == kHighsModelStatusUnbounded) return PL_RUN_UNBOUNDED;
  if (model_status == kHighsModelStatusUnboundedOrInfeasible) return PL_RUN_INFEASIBLE_OR_UNBOUNDED;
  if (model_status == kHighsModelStatusTimeLimit) return PL_RUN_STOPPED;
  if (model_status == kHighsModelStatusInterrupt) return PL_RUN_STOPPED;
  return PL_RUN_FAILED;
}

/* A simplex that works asks whether to continue far less often than this; one whose basis is
 * ill-conditioned may ask for ever, without counting that as iterations. Counted, not timed, so
 * that an answer does not depend on the machine. */
static void set_budget(pl_highs *s) {
  static const double usual = 6, thorough = 120, least = 10000;
  double const size = (double)s->lp.n_rows + s->lp.n_cols;
  s->asked = 0;
  s->budget = least + (s->thorough ? thorough : usual) * size;
  s->spent = false;
}

static int threads(const pl_highs *s) {
  HighsInt n = 0;
  (void)Highs_getIntOptionValue(s->highs, "threads", &n);
  return n;
}

pl_outcome pl_highs_run_once(pl_highs *s) {
  (void)Highs_zeroAllClocks(
      s->highs); /* otherwise the time limit counts from the creation of the solver */
  if (pl_watch_stopped(s->watch)) {
    (void)Highs_clearSolver(s->highs); /* forget the point of an earlier run */
    return PL_RUN_STOPPED;
  }
  set_budget(s);
  s->runs++;
  if (Highs_run(s->highs) == kHighsStatusError &&
      Highs_getModelStatus(s->highs) == kHighsModelStatusNotset && threads(s) > 0 &&
      s->asked == 0) {
    /* Another solver of this process has fixed the number of threads: use that. A run that has
     * begun to iterate ended for another reason, and would do so again. */
    (void)Highs_setIntOptionValue(s->highs, "threads", 0);
    (void)Highs_run(s->highs);
  }
  return s->spent ? PL_RUN_FAILED : outcome_of(Highs_getModelStatus(s->highs));
}

pl_outcome pl_highs_run_cold(pl_highs *s) {
  (void)Highs_clearSolver(s->highs);
  return pl_highs_run_once(s);
}

/* As if the program had just been handed over: Highs_clearSolver keeps some of what earlier runs
 * left (scaling, edge weights, the state of its random numbers), and that shows in the last digits
 * and in which of several best plans is found. A thousandth of a second for 28,000 entries. */
void pl_highs_forget_runs(pl_highs *s) {
  (void)Highs_clearModel(s->highs);
  (void)pass(s);
}

pl_outcome pl_highs_run_from(pl_highs *s, const int *cols, const int *rows) {
  pl_highs_forget_runs(s);
  (void)Highs_setBasis(s->highs, cols, rows);
  return pl_highs_run_once(s);
}

/* From the current basis, with fresh factors, to discard what many small changes leave behind in
 * them. */
pl_outcome pl_highs_run_refreshed(pl_highs *s) {
  pl_arena *a = pl_arena_new();
  int *cols = PL_NEW_ARRAY(a, int, (size_t)s->lp.n_cols + 1);
  int *rows = PL_NEW_ARRAY(a, int, (size_t)s->lp.n_rows + 1);
  bool const known = Highs_getBasis(s->highs, cols, rows) != kHighsStatusError;
  pl_outcome const o = known ? pl_highs_run_from(s, cols, rows) : PL_RUN_FAILED;
  pl_arena_free(a);
  return o;
}

pl_outcome pl_highs_run_way(pl_highs *s, const pl_highs_way *way) {
  HighsInt scaling = 0;
  (void)Highs_getIntOptionValue(s->highs, "simplex_scale_strategy", &scaling);
  if (!way->scaled) (void)Highs_setIntOptionValue(s->highs, "simplex_scale_strategy", 0);
  (void)Highs_setIntOptionValue(s->highs, "simplex_strategy",
                                way->primal ? PRIMAL_SIMPLEX : DUAL_SIMPLEX);
  (void)Highs_setStringOptionValue(s->highs, "presolve", way->presolve);
  pl_outcome const o = pl_highs_run_cold(s);
  (void)Highs_setIntOptionValue(s->highs, "simplex_scale_strategy", scaling);
  (void)Highs_setIntOptionValue(s->highs, "simplex_strategy", DUAL_SIMPLEX);
  (void)Highs_setStringOptionValue(s->highs, "presolve", "choose");
  return o;
}

/* From the current basis, with the smallest tolerances that HiGHS accepts: the usual ones suit
 * numbers of the usual size in the program, which is not enough where flows are small. */
pl_outcome pl_highs_run_tighter(pl_highs *s) {
  static const char *const tolerance[] = {"primal_feasibility_tolerance",
                                          "dual_feasibility_tolerance"};
  enum { TOLERANCES = sizeof tolerance / sizeof *tolerance };
  double usual[TOLERANCES];
  for (int k = 0; k < TOLERANCES; k++) {
    (void)Highs_getDoubleOptionValue(s->highs, tolerance[k], &usual[k]);
    (void)Highs_setDoubleOptionValue(s->highs, tolerance[k], least_tolerance);
  }
  pl_outcome const o = pl_highs_run_refreshed(s);
  for (int k = 0; k < TOLERANCES; k++)
    (void)Highs_setDoubleOptionValue(s->highs, tolerance[k], usual[k]);
  return o;
}

pl_outcome pl_highs_run_free(pl_highs *s) {
  int const n = s->lp.n_cols;
  pl_arena *a = pl_arena_new();
  (void)Highs_changeColsCostByRange(s->highs, 0, n - 1, PL_NEW_ARRAY(a, double, (size_t)n));
  bool const piece = s->piece;
  s->piece = true; /* with other costs it is another program: its messages are not passed on */
  pl_outcome const o = pl_highs_run_cold(s);
  s->runs--; /* not counted as a run for its answer */
  s->piece = piece;
  (void)Highs_changeColsCostByRange(s->highs, 0, n - 1, scaled(a, s->lp.cost, n, s->cost_scale));
  pl_arena_free(a);
  return o;
}

void pl_highs_hand_incumbent(pl_highs *s) {
  (void)Highs_setSolution(s->highs, s->incumbent, NULL, NULL, NULL);
}

void pl_highs_limit(pl_highs *s, double seconds) {
  (void)Highs_setDoubleOptionValue(s->highs, "time_limit", seconds);
}

void pl_highs_fix_integers(pl_highs *s, const double *value) {
  for (int j = 0; j < s->lp.n_cols; j++) {
    if (!s->lp.integer[j]) continue;
    double const lower = value ? value[j] : s->lp.lower[j],
                 upper = value ? value[j] : s->lp.upper[j];
    (void)Highs_changeColBounds(s->highs, j, lower, upper);
  }
}

void pl_highs_relax(pl_highs *s, bool on) {
  (void)Highs_setBoolOptionValue(s->highs, "solve_relaxation", on);
  s->is_fixed = on;
}

/* --- Results of a run ------------------------------------------------------------------------- */

bool pl_highs_has_basis(const pl_highs *s) {
  HighsInt valid = 0;
  return Highs_getIntInfoValue(s->highs, "basis_validity", &valid) == kHighsStatusOk && valid > 0;
}

bool pl_highs_has_point(const pl_highs *s) {
  HighsInt status = kHighsSolutionStatusNone;
  (void)Highs_getIntInfoValue(s->highs, "primal_solution_status", &status);
  return status == kHighsSolutionStatusFeasible;
}

long pl_highs_iterations(const pl_highs *s) {
  HighsInt n = 0;
  (void)Highs_getIntInfoValue(s->highs, "simplex_iteration_count", &n);
  return n > 0 ? n : 0;
}

void pl_highs_fetch(const pl_highs *s, pl_solution *x) {
  int const n = s->lp.n_cols, m = s->lp.n_rows;
  (void)Highs_getSolution(s->highs, x->col_value, x->col_dual, x->row_value, x->row_dual);
  unscale(x->col_value, n, s->bound_scale);
  unscale(x->row_value, m, s->bound_scale);
  unscale(x->col_dual, n, s->cost_scale);
  unscale(x->row_dual, m, s->cost_scale);
}

double pl_highs_bound(const pl_highs *s) {
  double bound = -INFINITY;
  (void)Highs_getDoubleInfoValue(s->highs, "mip_dual_bound", &bound);
  return bound;
}

bool pl_highs_ray(const pl_highs *s, double *ray) {
  HighsInt there = 0;
  if (Highs_getDualRay(s->highs, &there, NULL) == kHighsStatusError || !there) return false;
  return Highs_getDualRay(s->highs, &there, ray) != kHighsStatusError && there;
}

int pl_highs_model_status(const pl_highs *s) { return (int)Highs_getModelStatus(s->highs); }
