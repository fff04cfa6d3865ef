#ifndef ATTACK_HIGHS_ALONE_H
#define ATTACK_HIGHS_ALONE_H

#include "lp/lp.h"

#pragma GCC visibility push(default)

/* HiGHS as anybody would call it, cold and with its own options, on a program of ours: what our
 * answers are compared with. An answer of it counts if the program's own data confirm it; otherwise
 * it is asked again without presolve and by its interior point. */
typedef enum {
  ALONE_OPTIMAL,
  ALONE_INFEASIBLE,
  ALONE_UNBOUNDED,
  ALONE_NOTHING /* no answer that the data confirm, or not in time */
} alone_state;

typedef struct {
  alone_state state;
  double value; /* of the objective, minimised */
  double gross; /* the sum of the absolute terms behind it */
  const char *how;
} alone;

alone highs_alone(const pl_lp *lp, double *x); /* x[n_cols]: the point, where optimal; or NULL */
/* The program of an MPS file; false where HiGHS cannot read it. */
bool highs_alone_read(const char *path, pl_lp *out, pl_arena *a);
/* Whether a value of ours is the same, to 1e-6 of the value or, where terms cancel, 1e-9 of what
 * they add up to without their signs. */
bool highs_alone_agrees(const alone *x, double value);

#pragma GCC visibility pop

#endif
