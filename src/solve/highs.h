#ifndef PL_SOLVE_HIGHS_H
#define PL_SOLVE_HIGHS_H

#include "solve/method.h"

/* HiGHS on one program: the method of last resort, the one that supports warm starts, and the
 * cross-check of all others. Semantics as in solve.h, which it serves; the only public header of
 * highs.c. */
typedef struct pl_highs pl_highs;

/* lp and watch must outlive it. */
pl_status pl_highs_new(const pl_lp *lp, const pl_solve_options *options, pl_watch *watch,
                       pl_highs **out, pl_diag *diag);
void pl_highs_free(pl_highs *s);
/* For one of many small programs: leaves out what pays only for large ones (measured: half the
 * time); solves a mixed one to an absolute gap in its objective's unit. A stopped run has no
 * answer. */
void pl_highs_piece(pl_highs *s, double gap);
/* A point of a mixed program to start from: the answer is no worse. */
void pl_highs_start_at(pl_highs *s, const double *x);
pl_status pl_highs_set_costs(pl_highs *s, const double *cost, pl_diag *diag);
pl_status pl_highs_set_bounds(pl_highs *s, int n, const int *col, const double *lower,
                              const double *upper, pl_diag *diag);
void pl_highs_keep_basis(pl_highs *s);
void pl_highs_go_on(pl_highs *s);
int pl_highs_runs(const pl_highs *s); /* how many runs the last answer took; 1 if all went well */
/* Lets the next run start from this basis (pl_basis_status; it need not be square). */
void pl_highs_begin_from(pl_highs *s, const unsigned char *col, const unsigned char *row);
/* The basis of the last run, false if it left none. */
bool pl_highs_basis(const pl_highs *s, unsigned char *col, unsigned char *row);
/* The same with a small budget. gave_up: neither an answer nor a proof that there is none, and no
 * message: others may try before pl_highs_run does its best. */
pl_status pl_highs_try(pl_highs *s, pl_arena *arena, pl_solution **out, bool *gave_up,
                       pl_diag *diag);
pl_status pl_highs_run(pl_highs *s, pl_arena *arena, pl_solution **out, pl_diag *diag);

/* After a linear run without an answer: whether HiGHS has a ray that proves infeasibility by our
 * own arithmetic (pl_lp_refutes). After presolve it usually has none. */
bool pl_highs_refutes(pl_highs *s);

const char *pl_highs_version(void);

#endif
