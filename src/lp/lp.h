#ifndef PL_LP_LP_H
#define PL_LP_LP_H

#include <stdbool.h>

#include "base/arena.h"

/* A linear or mixed-integer program in arrays, and an answer to one. No aluminium, no solver, no
 * names: the builder of the program knows what column j or row i is (plan/layout.h).
 *
 *     minimise    offset + Σ_j cost_j x_j
 *     subject to  row_lower ≤ A x ≤ row_upper,   lower ≤ x ≤ upper,   x_j integer where integer_j
 *
 * A is held by columns: the entries of column j are index[k], value[k], start[j] ≤ k < start[j+1],
 * each row at most once, no zeros. Infinite bounds are ±INFINITY. Everything lives in one arena.
 * `when` does not affect the answer: it is read by solvers that proceed in the order of time. */
typedef struct { /* quarter-hours since the program's start: [from, to) */
  int from, to;
} pl_interval;

typedef struct {
  int n_cols, n_rows;
  long n_entries;
  int n_integer;
  double offset;
  double *cost, *lower, *upper;  /* [n_cols] */
  double *row_lower, *row_upper; /* [n_rows] */
  int *start;                    /* [n_cols + 1] */
  int *index;                    /* [n_entries] row of each entry */
  double *value;                 /* [n_entries] */
  bool *integer;                 /* [n_cols], or NULL when nothing is integer */
  pl_interval *row_when;         /* [n_rows] the same for rows, or NULL */
  pl_interval *when;             /* [n_cols] where in time each column lies, or NULL if not known */
} pl_lp;

typedef enum {
  PL_SOLVED,         /* optimal within the tolerances requested */
  PL_SOLVED_NOT,     /* nothing usable; see the status returned by the solver */
  PL_SOLVED_STOPPED, /* interrupted or out of time, with a feasible point */
} pl_solved;

/* Signs of the duals (minimisation): row_dual_i = ∂ objective / ∂ row_i's bound, so it is ≥ 0 where
 * row_lower holds the row up, ≤ 0 where row_upper holds it down; col_dual_j = cost_j − Σ_i a_ij
 * row_dual_i, ≥ 0 at lower, ≤ 0 at upper. For a mixed-integer program the duals are those of the
 * program with its integer columns fixed at the answer. */
typedef struct {
  pl_solved state;
  double objective;             /* of the point, in the program's own units, offset included */
  double bound;                 /* proven lower bound; equals objective for a linear program */
  double *col_value, *col_dual; /* [n_cols] */
  double *row_value, *row_dual; /* [n_rows] */
  bool settled;                 /* ties between answers and between prices were broken by rule */
  bool *chosen;                 /* [n_cols] which columns a rule had to choose; NULL = not known */
  bool is_rough;                /* no certificate confirms it; returned only on request */
  long iterations;
  double seconds;     /* in the solver alone */
  const char *method; /* for the log: "dual simplex, HiGHS 1.15.1" */
} pl_solution;

/* Fills in what follows from col_value and row_dual: row_value and col_dual. */
void pl_lp_complete(const pl_lp *lp, pl_solution *x);

/* The proven bound on how much better another answer may be, in the program's units: 0 for a linear
 * program that is solved, and where only rounding is left; INFINITY where nothing is proven. */
double pl_solution_resolution(const pl_lp *lp, const pl_solution *x);

/* The certificate of an answer, computed from the program's own data without trusting a solver.
 * Infeasibilities are absolute except for the relative one; gaps are relative to max(1,
 * |objective|). The bound used is bᵀy + Σ_j min(d_j l_j, d_j u_j), valid for any y: columns whose
 * needed bound is infinite make their wrong-signed reduced cost count as dual infeasibility
 * instead. What the answer reports besides its point and its row duals (row values, reduced costs,
 * objective) is compared with what follows from these two; such a departure is relative to max(1,
 * the sum of the absolute terms), and INFINITY where a number is NaN or infinite. */
typedef struct {
  double primal_infeasibility;   /* largest violation of a row or column bound */
  double relative_infeasibility; /* the same relative to the flows: the bound itself or half of the
                                    sum of a row's absolute terms, at least 1 */
  int worst_row, worst_col;      /* where, −1 = nowhere */
  double dual_infeasibility; /* largest reduced cost or row dual of the wrong sign, which no finite
                                bound can support */
  double complementarity;    /* largest min(relative price, relative distance) over bounds that are
                                priced: 0 where every price belongs to a bound that is met */
  int loose_row, loose_col;
  double row_departure,
      col_departure; /* of row_value from A x, of col_dual from cost − Aᵀ row_dual */
  int false_row, false_col;
  double objective_departure; /* of s->objective from objective */
  double integrality;         /* largest distance of an integer column to an integer */
  double objective;           /* recomputed */
  double moved;               /* the sum of its absolute terms, which may cancel */
  double bound;               /* proven by the duals (linear part), −INFINITY when there is none */
  double dual_gap;            /* (objective − bound) / max(1, |objective|) */
  double gap;                 /* the same; for a program with integer columns, against s->bound */
} pl_certificate;

/* Computes the certificate of s for lp. For programs with integer columns, columns are taken as
 * fixed at the answer, and s->bound is used for the gap instead. Every array of s is read.
 * Thread-safe; needs no memory beyond scratch. */
void pl_lp_certify(const pl_lp *lp, const pl_solution *s, pl_arena *scratch, pl_certificate *out);

/* Whether the prices y [n_rows] prove that lp is infeasible, with or without its integrality.
 * False: they prove nothing. */
bool pl_lp_refutes(const pl_lp *lp, const double *y);

#endif
