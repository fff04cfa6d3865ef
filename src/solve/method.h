#ifndef PL_SOLVE_METHOD_H
#define PL_SOLVE_METHOD_H

#include "base/crew.h"
#include "solve/watch.h"

/* A way to solve a program once, from scratch, by its structure. Its result is a proposal: solve.c
 * certifies every one from the program's own arrays, so methods matter for speed, not for
 * correctness. Each method is one file and one function of this shape. */
typedef enum { PL_NONBASIC_LOWER, PL_BASIC, PL_NONBASIC_UPPER, PL_NONBASIC_FREE } pl_basis_status;

typedef struct {
  const pl_lp *lp;
  const pl_solve_options *options;
  pl_watch *watch; /* ask it often: a stop must take effect within a second */
  pl_crew *crew;   /* answers do not depend on how many threads it has */
  bool patient;    /* nothing else is left to try: do not give up early */
} pl_task;

typedef struct {
  pl_solution x; /* its arrays are allocated: fill them. objective, bound and seconds are set by
                    solve.c, except the bound of a mixed-integer program */
  unsigned char *col_basis, *row_basis; /* [n_cols], [n_rows] pl_basis_status of a basis that is
                                           optimal or nearly so; has_basis says whether filled */
  bool has_basis;
  bool is_rough;  /* x holds the closest approach of the method, which is not an answer */
  bool has_point; /* x.col_value holds an integer plan: the answer, or a start for one */
} pl_proposal;

/* A proposal with room for the answer to lp. */
void pl_proposal_begin(const pl_lp *lp, pl_arena *a, pl_proposal *p);
/* Whether our own certificate confirms that it is an answer; fills in objective and bound. */
bool pl_proposal_is_certain(const pl_lp *lp, double mixed_gap, pl_proposal *p, pl_arena *scratch);
/* Near enough to an answer where a rough one is requested. */
bool pl_proposal_is_near(const pl_lp *lp, const pl_proposal *p, pl_arena *scratch);
/* A copy of an answer to lp, in arena. */
pl_solution *pl_solution_keep(const pl_lp *lp, const pl_solution *x, pl_arena *arena);

/* Whether duals prove that the values are optimal, with the integers of a mixed program fixed:
 * solve.c requires this before it returns an answer. */
bool pl_duals_prove(const pl_lp *lp, const pl_certificate *c);

/* true: p holds an answer; x.state is PL_SOLVED_STOPPED if a stop came before its proof. false: the
 * method does not suit the program, found none (infeasibility and unboundedness are proven
 * elsewhere), or was stopped. May use scratch freely. */
typedef bool pl_method_solve(const pl_task *t, pl_arena *scratch, pl_proposal *p);

pl_method_solve pl_interior_solve; /* interior point over a sparse factor: a point, no basis */
pl_method_solve pl_corner_solve;   /* the same on a blurred program: a basis, no answer */
pl_method_solve pl_windows_solve;  /* overlapping windows of time, joined: a vertex */
pl_method_solve pl_rolling_solve;  /* integers in spans of time, with a bound */

/* The methods to try, one after the other, before the simplex; returns how many, at most
 * PL_MOST_WAYS. */
enum { PL_MOST_WAYS = 2 };
int pl_methods_for(const pl_lp *lp, pl_method m, pl_method_solve *way[PL_MOST_WAYS]);

/* Whether the program is proven infeasible, by prices that certify it (pl_lp_refutes). false:
 * nothing is proven. Does not rely on HiGHS's status. */
bool pl_refute(const pl_task *t, pl_arena *scratch);
/* The same with HiGHS on the program of the least violation, which is quick where it works: its
 * prices are the proof, not its status. */
typedef enum {
  PL_REFUTED_NOT,   /* nothing is proven */
  PL_REFUTED,       /* there is no answer */
  PL_REFUTED_NEVER, /* no violation is needed: there is one */
} pl_refuted;
pl_refuted pl_refute_by_simplex(const pl_task *t, pl_arena *scratch);

#endif
