#ifndef PL_SOLVE_SOLVE_H
#define PL_SOLVE_SOLVE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "lp/lp.h"
#include "solve/kernel.h"

/* Solve the program of lp/lp.h. A solver is kept warm: make it once, change costs or bounds, run
 * again; the last basis is the next start. One solver, one thread; several solvers in several
 * threads are fine. Signs of duals: lp.h. */
typedef struct pl_solver pl_solver;

typedef struct { /* what a long solve tells; every number is "so far" */
  double seconds;
  long iterations;
  double objective, bound; /* NAN while unknown; in the program's units */
  const char *stage;       /* "presolve", "simplex", "branch and bound" */
} pl_progress;

/* How a program is solved. Whatever the method, the answer is certified, and what fails is solved
 * by the simplex. */
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
  pl_kernel kernel; /* of the interior point; does not change the answer. One that is not there is
                       refused */
  bool rough;       /* where no answer is certain, the nearest to one will do (is_rough) */
  bool has_answer;  /* one is known, and the optimum is finite: a run that finds none is not
                       believed */
  bool once;        /* one run and no more: nothing need be kept warm */
  /* Called now and then during a run (at most some times a second); return false to stop. NULL =
   * never. */
  bool (*progress)(const pl_progress *p, void *user);
  void *user;
  double progress_every_s; /* at least so long apart; 0 = 0.2 */
  double until_s; /* on pl_clock_s: when the time of several runs together is over; 0 = never */
} pl_solve_options;

#define PL_SOLVE_DEFAULTS ((pl_solve_options){.gap = 1e-6, .threads = 1})

double pl_clock_s(void); /* monotonic */
/* The defaults, for a run among several that is stopped by what stops the others: the progress and
 * until_s of `by`; NULL = nothing stops it. */
pl_solve_options pl_solve_stopped_by(const pl_solve_options *by);

/* What to do when memory is out within the solver, like pl_arena_when_out: without it an exception
 * of C++ ends the program. */
void pl_solver_when_out(void (*end_program)(void));

/* Hand lp over to a new solver; lp must outlive it. Free with pl_solver_free (NULL allowed). */
pl_status pl_solver_new(const pl_lp *lp, const pl_solve_options *options, pl_solver **out,
                        pl_diag *diag);
void pl_solver_free(pl_solver *s);

/* Replace all costs [n_cols], or the bounds of the n columns named in col[n]. The lp given to
 * pl_solver_new is not touched, so certify against a copy that has the same changes. */
pl_status pl_solver_set_costs(pl_solver *s, const double *cost, pl_diag *diag);
pl_status pl_solver_set_bounds(pl_solver *s, int n, const int *col, const double *lower,
                               const double *upper, pl_diag *diag);

/* From now on every run starts from the basis of the last one (a mixed program: from its answer),
 * so that an answer does not depend on which runs went before it. */
void pl_solver_keep_basis(pl_solver *s);
/* But the next run goes on from the last one, which is quicker where little has changed. Without
 * effect on mixed programs. */
void pl_solver_go_on(pl_solver *s);

/* Did the last run need a second one of HiGHS, because the first broke down or was not certain? */
bool pl_solver_went_again(const pl_solver *s);

/* Run. PL_OK: *out holds an answer (arrays in arena). PL_INFEASIBLE, PL_UNBOUNDED, PL_STOPPED,
 * PL_SOLVER: *out is untouched, except that PL_STOPPED with a feasible point in hand returns it
 * with state PL_SOLVED_STOPPED. PL_INFEASIBLE and PL_UNBOUNDED add no message to diag (the caller
 * knows the words for its own case); the others do. For a mixed-integer program the duals come from
 * a second run with the integers fixed. A linear answer that fails pl_lp_certify at 1e-6 is solved
 * again, another way, before it is given out. */
pl_status pl_solver_run(pl_solver *s, pl_arena *arena, pl_solution **out, pl_diag *diag);

const char *pl_solver_version(void); /* "HiGHS 1.15.1" */

#endif
