#ifndef ATTACK_HIGHS_ALONE_H
#define ATTACK_HIGHS_ALONE_H

#include "lp/lp.h"

#pragma GCC visibility push(default)

/* HiGHS called directly, cold and with its own options, on a program of ours: the reference for our
 * answers. An answer of it counts if the program's own data confirm it; otherwise HiGHS tries again
 * without presolve and with its interior point method. */
typedef enum {
  ALONE_OPTIMAL,
  ALONE_INFEASIBLE,
  ALONE_UNBOUNDED,
  ALONE_NOTHING /* no answer that the data confirm, or none in time */
} alone_state;

typedef struct {
  alone_state state;
  double value; /* of the objective, minimised */
  double gross; /* the sum of the absolute terms behind it */
  const char *how;
} alone;

alone highs_alone(const pl_lp *lp, double *x); /* x[n_cols]: receives the solution if optimal; may
                                                  be NULL */
/* Reads the program of an MPS file; false if HiGHS cannot read it. */
bool highs_alone_read(const char *path, pl_lp *out, pl_arena *a);
/* Whether our value is the same, to 1e-6 of the value or, where terms cancel, to 1e-9 of the sum of
 * their absolute values. */
bool highs_alone_agrees(const alone *x, double value);

#pragma GCC visibility pop

#endif
