#ifndef PL_VALUE_SPLIT_H
#define PL_VALUE_SPLIT_H

#include <stdint.h>

#include "value/game.h"

/* Rules that split v(N) by a formula; core.h and nucleolus.h have those that search. All write
 * split[n], money like v, and leave it untouched on failure. None of these is necessarily in the
 * core: show pl_game_excess beside them. PL_RANGE as pl_game_check, and as stated below. */

/* Each player's marginal contribution to those before it, averaged over all orders. */
pl_status pl_game_shapley(const pl_game *g, double *split, pl_diag *diag);

/* d_i + w_i (v(N) − Σ d) / Σ w with d_i = v({i}): maximises Π (x_i − d_i)^w_i. weight[n] ≥ 0 with a
 * positive sum, or NULL for equal ones. PL_RANGE where v(N) < Σ d: no agreement makes everyone
 * better off. */
pl_status pl_game_nash(const pl_game *g, const double *weight, double *split, pl_diag *diag);

/* For more players than the exact methods take: the value of a coalition on demand. Any status
 * other than PL_OK ends the sampling and is returned. Called in a fixed order, from one thread. */
typedef pl_status pl_worth(void *user, uint64_t coalition, double *v, pl_diag *diag);

enum { PL_SAMPLED_PLAYERS = 64 };

typedef struct {
  int n;           /* players, 1 … PL_SAMPLED_PLAYERS */
  pl_worth *worth; /* v(0) is taken as 0 and not evaluated */
  void *user;      /* handed to worth */
  uint64_t seed;   /* the same seed gives the same orders */
  int pairs;       /* ≥ 1; the first orders of a longer run are those of a shorter */
} pl_sampling;

/* Shapley's split from pairs of orders, each order with its reverse: the mean and the standard
 * error of each player's mean (from the pairs' means; NAN with one pair). v is evaluated 2 pairs (n
 * − 1) + 1 times, repeats included. The split adds up to v(N). PL_RANGE for a sampling other than
 * stated above, or a value that is not a number. */
pl_status pl_game_shapley_sampled(const pl_sampling *s, double *split, double *error,
                                  pl_diag *diag);

#endif
