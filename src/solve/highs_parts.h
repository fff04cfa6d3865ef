#ifndef PL_SOLVE_HIGHS_PARTS_H
#define PL_SOLVE_HIGHS_PARTS_H

#include "solve/highs.h"

/* What highs.c (the calls of HiGHS), highs_runs.c (ways to run it) and highs_answer.c (evaluation
 * of a run) share. Only highs.c includes HiGHS. */
struct pl_highs {
  void *highs;     /* used by highs.c only */
  pl_arena *arena; /* this struct's own arrays */
  pl_lp given;
  pl_lp lp;          /* the current program: given's arrays, or ours where something was replaced */
  double *incumbent; /* [n_cols] the last mixed-integer answer, a start for the next; NULL before */
  int *kept_cols, *kept_rows; /* the basis every run starts from, NULL = the last one */
  bool keeps_incumbent;       /* every run starts from incumbent, which stays */
  double *found;              /* [n_cols] the plan last found, in the program's units */
  bool thorough;              /* try all remedies, with a larger budget for each */
  double asked, budget; /* how often a linear run has asked, and may ask, whether to continue */
  bool spent;           /* the last run used up its budget */
  bool is_fixed;        /* a mixed program is linear now */
  bool piece;   /* part of a larger program: reports no progress, only asks whether to stop */
  int runs;     /* runs of HiGHS for the current answer */
  bool goes_on; /* the next run starts from the last basis, not the kept one */
  double cost_scale, bound_scale; /* HiGHS sees cost / cost_scale and bounds / bound_scale */
  pl_solve_options options;
  pl_watch *watch;
};

typedef enum {
  PL_RUN_OPTIMAL,
  PL_RUN_STOPPED,
  PL_RUN_INFEASIBLE,
  PL_RUN_UNBOUNDED,
  PL_RUN_INFEASIBLE_OR_UNBOUNDED,
  PL_RUN_FAILED
} pl_outcome;

static inline bool pl_highs_is_mixed(const pl_highs *s) { return s->lp.n_integer > 0; }
static inline double pl_highs_objective_scale(const pl_highs *s) {
  return s->cost_scale * s->bound_scale;
}

/* --- The calls (highs.c) ---------------------------------------------------------------------- */

bool pl_highs_tell(pl_highs *s, const char *stage, long iterations, double objective, double bound);
void pl_highs_watch(pl_highs *s, bool on);        /* whether HiGHS asks if it may continue */
void pl_highs_limit(pl_highs *s, double seconds); /* INFINITY: none */

/* From HiGHS's current state; from scratch; from a basis; from the current basis, refreshed. */
pl_outcome pl_highs_run_once(pl_highs *s);
pl_outcome pl_highs_run_cold(pl_highs *s);
pl_outcome pl_highs_run_from(pl_highs *s, const int *cols, const int *rows);
pl_outcome pl_highs_run_refreshed(pl_highs *s);
pl_outcome pl_highs_run_tighter(pl_highs *s);
/* Another way than the usual one; cold. */
typedef struct {
  bool primal;          /* the primal simplex, else the dual */
  bool scaled;          /* by HiGHS, in addition to our scaling */
  const char *presolve; /* "choose", "off" */
} pl_highs_way;
pl_outcome pl_highs_run_way(pl_highs *s, const pl_highs_way *way);
/* Cold, with all costs 0; neither counted as a run nor reported as progress. */
pl_outcome pl_highs_run_free(pl_highs *s);
void pl_highs_forget_runs(pl_highs *s);
void pl_highs_hand_incumbent(pl_highs *s); /* for the next run to start from */

/* Fix the integer columns at these values, so that the program is linear; or free them (NULL). */
void pl_highs_fix_integers(pl_highs *s, const double *value);
void pl_highs_relax(pl_highs *s, bool on); /* drop integrality */

bool pl_highs_has_basis(const pl_highs *s);
bool pl_highs_has_point(const pl_highs *s);
long pl_highs_iterations(const pl_highs *s);
void pl_highs_fetch(const pl_highs *s, pl_solution *x);
double pl_highs_bound(const pl_highs *s);          /* of a mixed program; in HiGHS's scale */
bool pl_highs_ray(const pl_highs *s, double *ray); /* [n_rows + 1]; false: there is none */
const char *pl_highs_method(const pl_highs *s);    /* in words */
int pl_highs_model_status(const pl_highs *s);      /* HiGHS's number */

/* --- Ways to run it (highs_runs.c) ------------------------------------------------------------ */

/* thorough: with a large budget and every remedy; otherwise only those that help most often. */
pl_outcome pl_highs_run_best(pl_highs *s, bool thorough);
/* The ways to try if a run breaks down, or its answer is not certain; the quickest first. */
int pl_highs_remedies(void);
pl_outcome pl_highs_run_remedy(pl_highs *s, int which);
/* Tries the other ways until one does not break down. */
pl_outcome pl_highs_run_otherwise(pl_highs *s);

#endif
