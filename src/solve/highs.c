/* The solver of highs.h: scaling, statuses, warm starts, progress and the duals of
 * mixed-integer answers. The only file that sees HiGHS. What an answer means, and whether it is
 * good enough, is for others to say. */
#include "solve/highs.h"

#include <assert.h>
#include <interfaces/highs_c_api.h>
#include <math.h>
#include <string.h>

#include "solve/scale.h"

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)
#define VERSION                                                                                    \
  "HiGHS " TEXT(HIGHS_VERSION_MAJOR) "." TEXT(HIGHS_VERSION_MINOR) "." TEXT(HIGHS_VERSION_PATCH)

static_assert(sizeof(HighsInt) == sizeof(int), "HiGHS must be built with 32-bit indices");

/* HiGHS's numbers of its strategies */
enum { DUAL_SIMPLEX = 1, PRIMAL_SIMPLEX = 4, DEVEX = 1, EQUILIBRATION = 2 };
/* A linear answer is given out at once if certified to this; rows beside what flows in them, where
 * the audit allows twice as much. */
static const double certain = 1e-6, feasible = 5e-7;
static const double least_tolerance = 1e-10;
static const double late_duals_limit_s =
    0.2; /* for the duals of an answer after the user has asked to stop */

struct pl_highs {
  void *highs;
  pl_arena *arena; /* this struct's own arrays */
  pl_lp given;
  pl_lp lp; /* the program as it stands: given's arrays, or ours where something was replaced */
  double *incumbent; /* [n_cols] the last mixed-integer answer, a start for the next; NULL before */
  int *kept_cols, *kept_rows;     /* the basis every run starts from, NULL = the last one */
  bool keeps_incumbent;           /* every run starts from incumbent, which stays */
  double *found;                  /* [n_cols] the plan last found, in the program's units */
  bool thorough;                  /* all remedies, and a larger budget for each */
  double asked, budget;           /* how often a linear run may ask whether to go on */
  bool spent;                     /* the last run ended with its budget */
  bool is_fixed;                  /* a mixed program is linear now */
  bool piece;                     /* of a larger program: tells nothing of its own, only asks */
  int runs;                       /* of HiGHS, for the answer at hand */
  bool goes_on;                   /* the next run starts from the last basis, not the kept one */
  double cost_scale, bound_scale; /* HiGHS sees cost / cost_scale and bounds / bound_scale */
  pl_solve_options options;
  pl_watch *watch;
};

typedef enum { OPTIMAL, STOPPED, INFEASIBLE, UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, FAILED } outcome;

const char *pl_highs_version(void) { return VERSION; }

static bool is_mixed(const pl_highs *s) { return s->lp.n_integer > 0; }

/* --- Scaling ---------------------------------------------------------------------------------- */

static double *scaled(pl_arena *a, const double *v, int n, double scale) {
  double *out = PL_NEW_ARRAY(a, double, (size_t)n);
  for (int i = 0; i < n; i++) out[i] = v[i] / scale;
  return out;
}

static void unscale(double *v, int n, double scale) {
  for (int i = 0; i < n; i++) v[i] *= scale;
}

static double objective_scale(const pl_highs *s) { return s->cost_scale * s->bound_scale; }

/* --- Progress --------------------------------------------------------------------------------- */

static bool tell(pl_highs *s, const char *stage, long iterations, double objective, double bound) {
  double const scale = objective_scale(s);
  if (s->piece) return pl_watch_tell(s->watch, "windows", 0, NAN, NAN);
  return pl_watch_tell(s->watch, stage, iterations, objective * scale, bound * scale);
}

static void on_solution(pl_highs *s, const HighsCallbackDataOut *out) {
  if (s->piece || !out->mip_solution) return;
  for (int j = 0; j < s->lp.n_cols; j++) s->found[j] = out->mip_solution[j] * s->bound_scale;
  pl_watch_offer(s->watch, s->found, NULL, out->objective_function_value * objective_scale(s));
}

static bool is_spent(pl_highs *s) {
  if ((!is_mixed(s) || s->is_fixed) && ++s->asked > s->budget) s->spent = true;
  return s->spent;
}

/* HiGHS calls it at every simplex iteration, and whenever it begins anew. */
static void on_callback(int type, const char *message, const HighsCallbackDataOut *out,
                        HighsCallbackDataIn *in, void *user) {
  pl_highs *s = user;
  (void)message;
  if (type == kHighsCallbackMipImprovingSolution) {
    on_solution(s, out);
    return;
  }
  if (type == kHighsCallbackMipInterrupt && !s->piece)
    pl_watch_prove(s->watch, out->mip_dual_bound * objective_scale(s));
  if (type == kHighsCallbackMipInterrupt)
    in->user_interrupt = !tell(s, "branch and bound", (long)out->mip_total_lp_iterations,
                               out->mip_primal_bound, out->mip_dual_bound);
  else
    in->user_interrupt = is_spent(s) || !tell(s, "simplex", out->simplex_iteration_count, NAN, NAN);
}

static void watch(pl_highs *s, bool on) {
  HighsInt const types[] = {kHighsCallbackSimplexInterrupt, kHighsCallbackMipInterrupt,
                            kHighsCallbackMipImprovingSolution};
  size_t const n = pl_may_stop(&s->options) ? sizeof types / sizeof *types : 1; /* the budget's */
  for (size_t i = 0; i < n; i++) {
    (void)(on ? Highs_startCallback(s->highs, types[i]) : Highs_stopCallback(s->highs, types[i]));
  }
}

/* --- Making and changing ---------------------------------------------------------------------- */

/* What decides an answer is set here, not left to the defaults, which are not those of every
 * version: 1.10 scales otherwise, and 1.16 searches with as many threads as there are. */
static void set_as_in_every_version(void *h) {
  (void)Highs_setStringOptionValue(h, "parallel", "off"); /* so that an answer depends on none */
  (void)Highs_setIntOptionValue(h, "threads", 1);
  (void)Highs_setIntOptionValue(h, "random_seed", 0);
  (void)Highs_setIntOptionValue(h, "simplex_scale_strategy", EQUILIBRATION);
  (void)Highs_setDoubleOptionValue(h, "primal_feasibility_tolerance", 1e-7);
  (void)Highs_setDoubleOptionValue(h, "dual_feasibility_tolerance", 1e-7);
  (void)Highs_setDoubleOptionValue(h, "mip_feasibility_tolerance", 1e-6);
  (void)Highs_setDoubleOptionValue(h, "mip_abs_gap", 1e-6);
}

/* Columns. HiGHS (1.10 … 1.16) sorts the columns that may enter the basis at a cost that grows with
 * the square of their number, and cannot be stopped there. By steepest edge some closings of a case
 * of 577,000 columns came to rows in which that takes minutes; by Devex none has (decision 20). */
enum { HUGE_PROGRAM = 300000 };

static void set_options(pl_highs *s) {
  void *h = s->highs;
  (void)Highs_setBoolOptionValue(h, "output_flag", 0);
  set_as_in_every_version(h);
  (void)Highs_setStringOptionValue(h, "solver", is_mixed(s) ? "choose" : "simplex");
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
  watch(s, true);
}

static HighsInt pass_integers(pl_highs *s) {
  HighsInt status = kHighsStatusOk;
  for (int j = 0; is_mixed(s) && j < s->lp.n_cols && status != kHighsStatusError; j++) {
    if (s->lp.integer[j]) status = Highs_changeColIntegrality(s->highs, j, kHighsVarTypeInteger);
  }
  return status;
}

static HighsInt pass(pl_highs *s) {
  const pl_lp *lp = &s->lp;
  pl_arena *a = pl_arena_new();
  HighsInt const status = Highs_passLp(
      s->highs, lp->n_cols, lp->n_rows, (HighsInt)lp->n_entries, kHighsMatrixFormatColwise,
      kHighsObjSenseMinimize, lp->offset / objective_scale(s),
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
  if (is_mixed(s)) s->found = PL_NEW_ARRAY(a, double, (size_t)lp->n_cols + 1);
  set_options(s);
  if (pass(s) == kHighsStatusError) {
    pl_highs_free(s);
    return pl_fail(diag, PL_SOLVER, PL_NOWHERE,
                   VERSION " does not take the program (%d columns, %d rows)", lp->n_cols,
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
  if (is_mixed(s)) {
    (void)Highs_setDoubleOptionValue(s->highs, "mip_rel_gap", 0);
    (void)Highs_setDoubleOptionValue(s->highs, "mip_abs_gap", gap / objective_scale(s));
    (void)Highs_setBoolOptionValue(s->highs, "mip_heuristic_run_feasibility_jump", 0);
  } else if (s->lp.n_rows <= s->lp.n_cols) { /* else presolve takes most of the rows away */
    (void)Highs_setStringOptionValue(s->highs, "presolve", "off");
    (void)Highs_setIntOptionValue(s->highs, "simplex_scale_strategy", 0);
    (void)Highs_setIntOptionValue(s->highs, "simplex_dual_edge_weight_strategy", DEVEX);
  }
}

void pl_highs_start_at(pl_highs *s, const double *x) {
  if (!s->incumbent) s->incumbent = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
  memcpy(s->incumbent, x, (size_t)s->lp.n_cols * sizeof *x);
}

/* The array to write into: our own copy, made the first time, so that the caller's stays as it is.
 */
static double *own(pl_highs *s, double **array, const double *given) {
  if (*array == given) {
    *array = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
    memcpy(*array, given, (size_t)s->lp.n_cols * sizeof **array);
  }
  return *array;
}

static pl_status refused(const char *what, pl_diag *diag) {
  return pl_fail(diag, PL_SOLVER, PL_NOWHERE, VERSION " does not take the new %s", what);
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
    status = Highs_changeObjectiveOffset(s->highs, s->lp.offset / objective_scale(s));
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
  if (is_mixed(s) || s->lp.n_cols == 0) return;
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
    for (unsigned char k = 0; k < sizeof highs_status / sizeof *highs_status; k++)
      if (highs_status[k] == status[i]) out[i] = k;
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

static outcome outcome_of(HighsInt model_status) {
  if (model_status == kHighsModelStatusOptimal) return OPTIMAL;
  if (model_status == kHighsModelStatusInfeasible) return INFEASIBLE;
  if (model_status == kHighsModelStatusUnbounded) return UNBOUNDED;
  if (model_status == kHighsModelStatusUnboundedOrInfeasible) return INFEASIBLE_OR_UNBOUNDED;
  if (model_status == kHighsModelStatusTimeLimit) return STOPPED;
  if (model_status == kHighsModelStatusInterrupt) return STOPPED;
  return FAILED;
}

/* A simplex that works asks whether to go on far less often than this; one whose basis is
 * ill-conditioned may ask for ever, and not even count that as iterations. Counted, not timed: so
 * an answer does not depend on the machine. */
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

static outcome run_once(pl_highs *s) {
  (void)Highs_zeroAllClocks(s->highs); /* else the time limit counts from the solver's making */
  if (pl_watch_stopped(s->watch)) {
    (void)Highs_clearSolver(s->highs); /* forget the point of an earlier run */
    return STOPPED;
  }
  set_budget(s);
  s->runs++;
  if (Highs_run(s->highs) == kHighsStatusError &&
      Highs_getModelStatus(s->highs) == kHighsModelStatusNotset && threads(s) > 0 &&
      s->asked == 0) {
    /* Another solver of this process has fixed the number of threads: take that. What has begun to
     * iterate has ended for another reason, and would again. */
    (void)Highs_setIntOptionValue(s->highs, "threads", 0);
    (void)Highs_run(s->highs);
  }
  return s->spent ? FAILED : outcome_of(Highs_getModelStatus(s->highs));
}

static outcome run_cold(pl_highs *s) {
  (void)Highs_clearSolver(s->highs);
  return run_once(s);
}

/* As if the program had just been handed over: Highs_clearSolver keeps some of what earlier runs
 * left (scaling, edge weights, the state of its random numbers), and that shows in the last digits
 * and in which of several best plans is found. A thousandth of a second for 28,000 entries. */
static void forget_runs(pl_highs *s) {
  (void)Highs_clearModel(s->highs);
  (void)pass(s);
}

static outcome run_from(pl_highs *s, const int *cols, const int *rows) {
  forget_runs(s);
  (void)Highs_setBasis(s->highs, cols, rows);
  return run_once(s);
}

static outcome run_from_kept(pl_highs *s) { return run_from(s, s->kept_cols, s->kept_rows); }

/* From the basis at hand: what many small changes leave behind in the factors goes. */
static outcome run_refreshed(pl_highs *s) {
  pl_arena *a = pl_arena_new();
  int *cols = PL_NEW_ARRAY(a, int, (size_t)s->lp.n_cols + 1);
  int *rows = PL_NEW_ARRAY(a, int, (size_t)s->lp.n_rows + 1);
  bool const known = Highs_getBasis(s->highs, cols, rows) != kHighsStatusError;
  outcome const o = known ? run_from(s, cols, rows) : FAILED;
  pl_arena_free(a);
  return o;
}

/* Other ways to go where the usual one breaks down ("excessive primal values", or primal and dual
 * objectives apart, in HiGHS 1.15, on sound programs too: goods that are long on a lane make
 * ill-conditioned bases). Without HiGHS's own scaling first: that alone has helped most often. */
static const struct {
  int strategy;
  bool scaled;
  const char *presolve;
} other_ways[] = {{DUAL_SIMPLEX, false, "choose"}, {DUAL_SIMPLEX, false, "off"},
                  {DUAL_SIMPLEX, true, "off"},     {PRIMAL_SIMPLEX, false, "off"},
                  {PRIMAL_SIMPLEX, true, "off"},   {PRIMAL_SIMPLEX, true, "choose"}};

enum { OTHER_WAYS = sizeof other_ways / sizeof *other_ways };

static outcome run_other_way(pl_highs *s, int way) {
  HighsInt scaling = 0;
  (void)Highs_getIntOptionValue(s->highs, "simplex_scale_strategy", &scaling);
  if (!other_ways[way].scaled) (void)Highs_setIntOptionValue(s->highs, "simplex_scale_strategy", 0);
  (void)Highs_setIntOptionValue(s->highs, "simplex_strategy", other_ways[way].strategy);
  (void)Highs_setStringOptionValue(s->highs, "presolve", other_ways[way].presolve);
  outcome const o = run_cold(s);
  (void)Highs_setIntOptionValue(s->highs, "simplex_scale_strategy", scaling);
  (void)Highs_setIntOptionValue(s->highs, "simplex_strategy", DUAL_SIMPLEX);
  (void)Highs_setStringOptionValue(s->highs, "presolve", "choose");
  return o;
}

/* From the basis at hand, with HiGHS's tolerances as small as it takes them: its usual ones suit
 * the numbers that are usual in the program, which is not enough where little flows. */
static outcome run_tighter(pl_highs *s) {
  static const char *const tolerance[] = {"primal_feasibility_tolerance",
                                          "dual_feasibility_tolerance"};
  enum { TOLERANCES = sizeof tolerance / sizeof *tolerance };
  double usual[TOLERANCES];
  for (int k = 0; k < TOLERANCES; k++) {
    (void)Highs_getDoubleOptionValue(s->highs, tolerance[k], &usual[k]);
    (void)Highs_setDoubleOptionValue(s->highs, tolerance[k], least_tolerance);
  }
  outcome const o = run_refreshed(s);
  for (int k = 0; k < TOLERANCES; k++)
    (void)Highs_setDoubleOptionValue(s->highs, tolerance[k], usual[k]);
  return o;
}

/* Where a run breaks down, or its answer is not certain: the quickest first. */
enum { REFRESHED, TIGHTER, FROM_KEPT, COLD, QUICK = COLD + 2, REMEDIES = COLD + 1 + OTHER_WAYS };

static outcome run_remedy(pl_highs *s, int which) {
  if (which == TIGHTER) return run_tighter(s);
  if (which == REFRESHED) return run_refreshed(s);
  if (which == FROM_KEPT) return s->kept_cols ? run_from_kept(s) : FAILED;
  return which == COLD ? run_cold(s) : run_other_way(s, which - COLD - 1);
}

/* A program without a finite optimum is infeasible if it stays so when nothing costs anything. */
static outcome infeasible_or_unbounded(pl_highs *s) {
  int const n = s->lp.n_cols;
  pl_arena *a = pl_arena_new();
  (void)Highs_changeColsCostByRange(s->highs, 0, n - 1, PL_NEW_ARRAY(a, double, (size_t)n));
  bool const piece = s->piece;
  s->piece = true; /* with other costs it is another program: what it says is not passed on */
  outcome o = run_cold(s);
  s->runs--; /* nor one more for its answer */
  s->piece = piece;
  (void)Highs_changeColsCostByRange(s->highs, 0, n - 1, scaled(a, s->lp.cost, n, s->cost_scale));
  pl_arena_free(a);
  return o == OPTIMAL ? UNBOUNDED : o;
}

/* A program without columns, whose rows HiGHS does not look at. */
static outcome run_empty(const pl_highs *s) {
  for (int i = 0; i < s->lp.n_rows; i++) {
    if (s->lp.row_lower[i] > 0 || s->lp.row_upper[i] < 0) return INFEASIBLE;
  }
  return OPTIMAL;
}

/* A program of which the caller knows an answer, and that its optimum is finite, has one: presolve has
 * called ill-conditioned ones infeasible. */
static outcome believed(const pl_highs *s, outcome o) {
  bool const none = o == INFEASIBLE || o == UNBOUNDED || o == INFEASIBLE_OR_UNBOUNDED;
  return none && s->options.has_answer ? FAILED : o;
}

static bool has_basis(const pl_highs *s) {
  HighsInt valid = 0;
  return Highs_getIntInfoValue(s->highs, "basis_validity", &valid) == kHighsStatusOk && valid > 0;
}

/* thorough: with patience, and every remedy; else only those that most often help. What was cold
 * already is not run cold again: it would end the same way. */
static outcome run(pl_highs *s, bool thorough) {
  if (s->lp.n_cols == 0) return run_empty(s);
  s->thorough = thorough;
  bool const from_kept = s->kept_cols && !s->goes_on;
  s->goes_on = false;
  if (s->keeps_incumbent) forget_runs(s);
  if (s->incumbent) (void)Highs_setSolution(s->highs, s->incumbent, NULL, NULL, NULL);
  bool const cold = !from_kept && !has_basis(s) && !is_mixed(s);
  outcome o = believed(s, from_kept ? run_from_kept(s) : run_once(s));
  int const ways = thorough || s->options.has_answer ? REMEDIES : QUICK;
  for (int way = FROM_KEPT; o == FAILED && way < ways; way++)
    if (way != COLD || !cold) o = believed(s, run_remedy(s, way));
  if (o == UNBOUNDED || o == INFEASIBLE_OR_UNBOUNDED) o = infeasible_or_unbounded(s);
  return o;
}

/* --- Answers ---------------------------------------------------------------------------------- */

static bool has_point(const pl_highs *s) {
  HighsInt status = kHighsSolutionStatusNone;
  (void)Highs_getIntInfoValue(s->highs, "primal_solution_status", &status);
  return status == kHighsSolutionStatusFeasible;
}

static long iterations(const pl_highs *s) {
  HighsInt n = 0;
  (void)Highs_getIntInfoValue(s->highs, "simplex_iteration_count", &n);
  return n > 0 ? n : 0;
}

static pl_solution *new_solution(const pl_highs *s, pl_arena *a) {
  size_t const n = (size_t)s->lp.n_cols, m = (size_t)s->lp.n_rows;
  pl_solution *x = PL_NEW(a, pl_solution);
  *x = (pl_solution){.col_value = PL_NEW_ARRAY(a, double, n),
                     .col_dual = PL_NEW_ARRAY(a, double, n),
                     .row_value = PL_NEW_ARRAY(a, double, m),
                     .row_dual = PL_NEW_ARRAY(a, double, m),
                     .method =
                         is_mixed(s) ? "branch and bound, " VERSION : "dual simplex, " VERSION};
  return x;
}

static void fetch(const pl_highs *s, pl_solution *x) {
  int const n = s->lp.n_cols, m = s->lp.n_rows;
  (void)Highs_getSolution(s->highs, x->col_value, x->col_dual, x->row_value, x->row_dual);
  unscale(x->col_value, n, s->bound_scale);
  unscale(x->row_value, m, s->bound_scale);
  unscale(x->col_dual, n, s->cost_scale);
  unscale(x->row_dual, m, s->cost_scale);
}

static pl_certificate certify(const pl_highs *s, const pl_solution *x) {
  pl_certificate c;
  pl_arena *a = pl_arena_new();
  pl_lp_certify(&s->lp, x, a, &c);
  pl_arena_free(a);
  return c;
}

/* What reduced costs are held against: a hundredth of the largest cost. */
static double price_size(const pl_highs *s) {
  double most = fmax(1, s->cost_scale);
  for (int j = 0; j < s->lp.n_cols; j++) most = fmax(most, 0.01 * fabs(s->lp.cost[j]));
  return most;
}

/* How far an answer is from certain: at most 1 where it is. */
static double doubt(const pl_highs *s, const pl_certificate *c) {
  double const primal = c->primal_infeasibility / (certain * fmax(1, s->bound_scale)),
               flows = c->relative_infeasibility / feasible,
               dual = c->dual_infeasibility / (certain * price_size(s)),
               gap = fmax(c->dual_gap, c->complementarity) / certain,
               said = fmax(c->row_departure, c->col_departure) / certain,
               worst = fmax(fmax(fmax(primal, flows), fmax(dual, gap)), said);
  return isnan(worst) ? (double)INFINITY : worst;
}

static void copy_answer(const pl_highs *s, const pl_solution *from, pl_solution *to) {
  size_t const n = (size_t)s->lp.n_cols * sizeof(double), m = (size_t)s->lp.n_rows * sizeof(double);
  memcpy(to->col_value, from->col_value, n);
  memcpy(to->col_dual, from->col_dual, n);
  memcpy(to->row_value, from->row_value, m);
  memcpy(to->row_dual, from->row_dual, m);
}

/* Other ways to the same answer, until one is certain; else x stays the least doubtful of all. */
static pl_certificate remedy(pl_highs *s, pl_solution *x, pl_certificate c) {
  pl_arena *a = pl_arena_new();
  pl_solution *other = new_solution(s, a);
  for (int way = 0; doubt(s, &c) > 1 && way < REMEDIES; way++) {
    if (run_remedy(s, way) != OPTIMAL) continue;
    fetch(s, other);
    pl_certificate const found = certify(s, other);
    if (doubt(s, &found) >= doubt(s, &c)) continue;
    copy_answer(s, other, x);
    c = found;
  }
  pl_arena_free(a);
  return c;
}

static void answer_linear(pl_highs *s, pl_solution *x) {
  fetch(s, x);
  pl_certificate c = certify(s, x);
  if (x->state == PL_SOLVED)
    c = remedy(s, x, c);
  else
    pl_lp_complete(&s->lp, x); /* what HiGHS holds may be of another basis */
  x->objective = c.objective;
  x->bound = x->state == PL_SOLVED ? c.objective : c.bound;
  x->iterations = iterations(s);
}

/* Fix the integer columns at these values, or free them again (NULL). */
static void fix_integers(pl_highs *s, const double *value) {
  for (int j = 0; j < s->lp.n_cols; j++) {
    if (!s->lp.integer[j]) continue;
    double const lower = value ? value[j] : s->lp.lower[j],
                 upper = value ? value[j] : s->lp.upper[j];
    (void)Highs_changeColBounds(s->highs, j, lower, upper);
  }
}

/* The linear program that is left when the integer columns are fixed at the nearest whole numbers:
 * its duals, and its answer, which is free of the trickles that almost-integers let through. Where
 * that has no answer, the integer columns are fixed as they are. */
static outcome run_fixed(pl_highs *s, pl_solution *x) {
  int const n = s->lp.n_cols;
  pl_arena *a = pl_arena_new();
  double *value = PL_NEW_ARRAY(a, double, (size_t)n);
  for (int j = 0; j < n; j++) value[j] = nearbyint(x->col_value[j]);
  (void)Highs_setBoolOptionValue(s->highs, "solve_relaxation", 1);
  s->is_fixed = true;
  fix_integers(s, value);
  outcome o = run_cold(s);
  if (o == INFEASIBLE) {
    fix_integers(s, x->col_value);
    o = run_cold(s);
  }
  for (int way = 0; o == FAILED && way < OTHER_WAYS; way++) o = run_other_way(s, way);
  if (o == OPTIMAL) fetch(s, x);
  fix_integers(s, NULL);
  s->is_fixed = false;
  (void)Highs_setBoolOptionValue(s->highs, "solve_relaxation", 0);
  pl_arena_free(a);
  return o;
}

/* The same when there is no more time: the user does not wait long for duals. */
static outcome run_fixed_late(pl_highs *s, pl_solution *x) {
  double const limit = s->options.time_limit_s;
  atomic_store(&s->watch->stop, false);
  watch(s, false);
  (void)Highs_setDoubleOptionValue(s->highs, "time_limit", late_duals_limit_s);
  outcome const o = run_fixed(s, x);
  (void)Highs_setDoubleOptionValue(s->highs, "time_limit", limit > 0 ? limit : (double)INFINITY);
  watch(s, true);
  return o;
}

/* A plan without its prices is better than none. */
static outcome keep_unpriced(const pl_highs *s, pl_solution *x) {
  for (int j = 0; j < s->lp.n_cols; j++)
    if (s->lp.integer[j]) x->col_value[j] = nearbyint(x->col_value[j]);
  memset(x->row_dual, 0, (size_t)s->lp.n_rows * sizeof *x->row_dual);
  pl_lp_complete(&s->lp, x);
  return certify(s, x).relative_infeasibility <= feasible ? OPTIMAL : STOPPED;
}

static outcome answer_mixed(pl_highs *s, pl_solution *x) {
  double bound = -INFINITY;
  (void)Highs_getDoubleInfoValue(s->highs, "mip_dual_bound", &bound);
  x->iterations = iterations(s);
  fetch(s, x);
  outcome o = x->state == PL_SOLVED ? run_fixed(s, x) : STOPPED;
  if (o == STOPPED && s->piece) return o;
  if (o == STOPPED) {
    x->state = PL_SOLVED_STOPPED;
    o = run_fixed_late(s, x);
    if (o != OPTIMAL) o = keep_unpriced(s, x);
  }
  x->iterations += iterations(s);
  x->objective = certify(s, x).objective;
  x->bound = fmin(bound * objective_scale(s), x->objective);
  if (s->keeps_incumbent) return o;
  if (!s->incumbent) s->incumbent = PL_NEW_ARRAY(s->arena, double, (size_t)s->lp.n_cols);
  memcpy(s->incumbent, x->col_value, (size_t)s->lp.n_cols * sizeof *s->incumbent);
  return o;
}

/* --- The run ---------------------------------------------------------------------------------- */

static pl_status give_answer(pl_highs *s, bool complete, pl_arena *arena, pl_solution **out,
                             pl_diag *diag) {
  pl_solution *x = new_solution(s, arena);
  x->state = complete ? PL_SOLVED : PL_SOLVED_STOPPED;
  if (!is_mixed(s)) {
    answer_linear(s, x);
  } else if (answer_mixed(s, x) != OPTIMAL) {
    return pl_fail(diag, complete ? PL_SOLVER : PL_STOPPED, PL_NOWHERE,
                   "an integer solution was found, but not its marginals");
  }
  *out = x;
  if (x->state == PL_SOLVED) return PL_OK;
  return pl_watch_say_stopped(s->watch, true, diag);
}

static pl_status run_and_give(pl_highs *s, bool thorough, pl_arena *arena, pl_solution **out,
                              pl_diag *diag) {
  if (isfinite(pl_watch_left(s->watch))) /* what other methods have left */
    (void)Highs_setDoubleOptionValue(s->highs, "time_limit", pl_watch_left(s->watch));
  (void)tell(s, "presolve", 0, NAN, NAN); /* HiGHS does not call back there */
  s->runs = 0;
  outcome const o = run(s, thorough);
  switch (o) {
  case OPTIMAL: return give_answer(s, true, arena, out, diag);
  case INFEASIBLE: return PL_INFEASIBLE;
  case UNBOUNDED: return PL_UNBOUNDED;
  case STOPPED:
    if (has_point(s)) return give_answer(s, false, arena, out, diag);
    return pl_watch_say_stopped(s->watch, false, diag);
  case INFEASIBLE_OR_UNBOUNDED:
  case FAILED: break;
  }
  return PL_SOLVER;
}

pl_status pl_highs_try(pl_highs *s, pl_arena *arena, pl_solution **out, bool *gave_up,
                       pl_diag *diag) {
  int const told = pl_diag_size(diag);
  pl_status const status = run_and_give(s, false, arena, out, diag);
  *gave_up = status == PL_SOLVER && pl_diag_size(diag) == told;
  return status;
}

pl_status pl_highs_run(pl_highs *s, pl_arena *arena, pl_solution **out, pl_diag *diag) {
  int const told = pl_diag_size(diag);
  pl_status const status = run_and_give(s, true, arena, out, diag);
  if (status != PL_SOLVER || pl_diag_size(diag) > told) return status;
  return pl_fail(diag, PL_SOLVER, PL_NOWHERE, VERSION " gave up on the program (model status %d)",
                 (int)Highs_getModelStatus(s->highs));
}

bool pl_highs_refutes(pl_highs *s) {
  HighsInt there = 0;
  if (s->lp.n_cols == 0) return true; /* run_empty looks at every row itself */
  if (Highs_getDualRay(s->highs, &there, NULL) == kHighsStatusError || !there) return false;
  pl_arena *a = pl_arena_new();
  double *ray = PL_NEW_ARRAY(a, double, (size_t)s->lp.n_rows + 1);
  bool proven = Highs_getDualRay(s->highs, &there, ray) != kHighsStatusError && there &&
                pl_lp_refutes(&s->lp, ray);
  for (int i = 0; i < s->lp.n_rows; i++) ray[i] = -ray[i];
  proven = proven || pl_lp_refutes(&s->lp, ray);
  pl_arena_free(a);
  return proven;
}
