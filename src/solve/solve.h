#ifndef PL_SOLVE_SOLVE_H
#define PL_SOLVE_SOLVE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "lp/lp.h"
#include "solve/kernel.h"

/* Solves the program of lp/lp.h. A solver supports warm starts: create it once, change costs or
 * bounds, run again; each run starts from the last basis. One solver, one thread; several solvers
 * in several threads are fine. Signs of duals: lp.h. */
typedef struct pl_solver pl_solver;

typedef struct { /* progress of a long solve; every number is "so far" */
  double seconds;
  long iterations;
  double objective, bound; /* NAN while unknown; in the program's units */
  const char *stage;       /* "presolve", "simplex", "branch and bound" */
} pl_progress;

/* How a program is solved. Whatever the method, the answer is certified, and the simplex solves
 * what a method cannot. */
typedef enum {
#define M(name, word, help) PL_METHOD_##name,
#include "solve/method.def"
#undef M
  PL_METHODS
} pl_method;
const char *pl_method_name(pl_method m);
int pl_method_find(const char *name); /* −1 if there is none */

typedef struct {
  double gap;          /* relative gap at which a mixed-integer solve may stop, ≥ 0 */
  double time_limit_s; /* 0 = none */
  int threads;         /* ≥ 1; the answer does not depend on it */
  pl_method method;
  pl_kernel kernel; /* of the interior point; does not change the answer. One that the processor
                       lacks is refused */
  bool rough;       /* if no answer is certain, the nearest to one is accepted (is_rough) */
  bool has_answer;  /* an answer is known, and the optimum is finite: a run that finds none is not
                       trusted */
  bool once;        /* only one run: no warm start is needed */
  /* Called from time to time during a run (at most a few times per second); return false to stop.
   * NULL = never. */
  bool (*progress)(const pl_progress *p, void *user);
  void *user;
  double progress_every_s; /* at least so long apart; 0 = 0.2 */
  double until_s; /* on pl_clock_s: the end of the time for several runs together; 0 = never */
} pl_solve_options;

#define PL_SOLVE_DEFAULTS ((pl_solve_options){.gap = 1e-6, .threads = 1})

double pl_clock_s(void); /* monotonic */
/* The defaults, for a run that is stopped together with others: the progress and until_s of `by`;
 * NULL = nothing stops it. */
pl_solve_options pl_solve_stopped_by(const pl_solve_options *by);

/* What to do when memory runs out within the solver, like pl_arena_when_out: without it a C++
 * exception ends the program. */
void pl_solver_when_out(void (*end_program)(void));

/* Creates a solver for lp, which must outlive it. Free with pl_solver_free (NULL allowed). */
pl_status pl_solver_new(const pl_lp *lp, const pl_solve_options *options, pl_solver **out,
                        pl_diag *diag);
void pl_solver_free(pl_solver *s);

/* Replaces all costs [n_cols], or the bounds of the n columns listed in col[n]. The lp given to
 * pl_solver_new is not touched, so certify against a copy that has the same changes. */
pl_status pl_solver_set_costs(pl_solver *s, const double *cost, pl_diag *diag);
pl_status pl_solver_set_bounds(pl_solver *s, int n, const int *col, const double *lower,
                               const double *upper, pl_diag *diag);

/* From now on every run starts from the basis of the last one (a mixed program: from its answer),
 * so that an answer does not depend on which runs went before it. */
void pl_solver_keep_basis(pl_solver *s);
/* The next run, however, continues from the last one, which is quicker if little has changed. No
 * effect on mixed programs. */
void pl_solver_go_on(pl_solver *s);

/* Whether the last run needed a second run of HiGHS, because the first broke down or was not
 * certain. */
bool pl_solver_went_again(const pl_solver *s);

/* Runs the solver. PL_OK: *out holds an answer (arrays in arena). PL_INFEASIBLE, PL_UNBOUNDED,
 * PL_STOPPED, PL_SOLVER: *out is untouched, except that PL_STOPPED with a feasible point returns it
 * with state PL_SOLVED_STOPPED. PL_INFEASIBLE and PL_UNBOUNDED add no message to diag (the caller
 * has the words for its own case); the others do. For a mixed-integer program the duals come from a
 * second run with the integers fixed. A linear answer that fails pl_lp_certify at 1e-6 is solved
 * again in another way before it is returned. */
pl_status pl_solver_run(pl_solver *s, pl_arena *arena, pl_solution **out, pl_diag *diag);

const char *pl_solver_version(void); /* "HiGHS 1.15.1" */

#endif
