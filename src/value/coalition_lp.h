#ifndef PL_VALUE_COALITION_LP_H
#define PL_VALUE_COALITION_LP_H

#include <stdbool.h>

#include "value/game.h"
#include "value/span.h"

/* The linear programs over splits behind the core and the nucleolus: few columns, up to 2^n rows.
 *
 *     x(S) + ε ≥ w(S)   for every open coalition S      (ε = 0 where a program has none)
 *     x_i ≥ 0           for every player, where floors are asked for
 *     x(T) = settled    for the independent coalitions T that are settled, N among them
 *
 * The game w is a normalised one (pl_game_normalise). Solved by the simplex method on the dual, in
 * which a row above is a column, priced by its violation and only then looked at; its vectors
 * contain only 0 and 1, so that it is always certain whether a multiplier is zero. */
typedef struct {
  const double *w; /* [2^n] */
  bool *open;      /* [2^n]; never 0, N or a coalition in the span of the settled */
  bool floors;
  pl_span_of_coalitions settled;
  double settled_to[PL_GAME_PLAYERS]; /* [settled.rank] */
} pl_coalition_lp;

enum { PL_COALITION_LP_SIZE = PL_GAME_PLAYERS + 1 };

/* A solution, with its tight rows and their multipliers: λ > 0 means that every optimal x meets the
 * row with equality. Settled rows are not listed. */
typedef struct {
  double x[PL_GAME_PLAYERS], epsilon;
  int n_tight;
  unsigned tight[PL_COALITION_LP_SIZE]; /* [n_tight] the coalition; {i} for a floor too */
  double lambda[PL_COALITION_LP_SIZE];  /* [n_tight], ≥ 0 */
} pl_coalition_answer;

/* Minimise ε. There must be an open coalition. */
pl_status pl_coalition_lp_least(const pl_coalition_lp *lp, pl_coalition_answer *out, pl_diag *diag);
/* The lowest or highest x_player, without ε. n ≥ 2, every coalition but N open, N alone settled. */
pl_status pl_coalition_lp_reach(const pl_coalition_lp *lp, int player, bool highest,
                                pl_coalition_answer *out, pl_diag *diag);
/* Both: PL_INFEASIBLE, with a message, when no x meets the rows. */

#endif
