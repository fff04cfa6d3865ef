#ifndef PL_SOLVE_HIGHS_PARTS_H
#define PL_SOLVE_HIGHS_PARTS_H

#include "solve/highs.h"

/* What highs.c (the calls of HiGHS), highs_runs.c (ways to run it) and highs_answer.c (what is made
 * of a run) share. Only highs.c sees HiGHS. */
struct pl_highs {
  void *highs;     /* highs.c's alone */
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
void pl_highs_watch(pl_highs *s, bool on);        /* whether HiGHS asks if it may go on */
void pl_highs_limit(pl_highs *s, double seconds); /* INFINITY: none */

/* As HiGHS stands; without what it knows; from a basis; from the basis at hand, refreshed. */
pl_outcome pl_highs_run_once(pl_highs *s);
pl_outcome pl_highs_run_cold(pl_highs *s);
pl_outcome pl_highs_run_from(pl_highs *s, const int *cols, const int *rows);
pl_outcome pl_highs_run_refreshed(pl_highs *s);
pl_outcome pl_highs_run_tighter(pl_highs *s);
/* A way that is not the usual one; cold. */
typedef struct {
  bool primal;          /* the primal simplex, else the dual */
  bool scaled;          /* by HiGHS, beside us */
  const char *presolve; /* "choose", "off" */
} pl_highs_way;
pl_outcome pl_highs_run_way(pl_highs *s, const pl_highs_way *way);
/* Cold, with all costs 0; not one of the runs that are counted or told. */
pl_outcome pl_highs_run_free(pl_highs *s);
void pl_highs_forget_runs(pl_highs *s);
void pl_highs_hand_incumbent(pl_highs *s); /* for the next run to start from */

/* Fix the integer columns at these values, so that the program is linear; or free them (NULL). */
void pl_highs_fix_integers(pl_highs *s, const double *value);
void pl_highs_relax(pl_highs *s, bool on); /* take whole numbers for any */

bool pl_highs_has_basis(const pl_highs *s);
bool pl_highs_has_point(const pl_highs *s);
long pl_highs_iterations(const pl_highs *s);
void pl_highs_fetch(const pl_highs *s, pl_solution *x);
double pl_highs_bound(const pl_highs *s);          /* of a mixed program; as HiGHS scales */
bool pl_highs_ray(const pl_highs *s, double *ray); /* [n_rows + 1]; false: there is none */
const char *pl_highs_method(const pl_highs *s);    /* in words */
int pl_highs_model_status(const pl_highs *s);      /* HiGHS's number */

/* --- Ways to run it (highs_runs.c) ------------------------------------------------------------ */

/* thorough: with patience, and every remedy; else only those that most often help. */
pl_outcome pl_highs_run_best(pl_highs *s, bool thorough);
/* The ways to try where a run breaks down, or its answer is not certain; the quickest first. */
int pl_highs_remedies(void);
pl_outcome pl_highs_run_remedy(pl_highs *s, int which);
/* The ways that are not the usual one, until one does not break down. */
pl_outcome pl_highs_run_otherwise(pl_highs *s);

#endif
