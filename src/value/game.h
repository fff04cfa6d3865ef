#ifndef PL_VALUE_GAME_H
#define PL_VALUE_GAME_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"

/* A game of players (parties, or agreements) who can earn more together: what every coalition of
 * them earns by itself. A coalition is a mask, bit i standing for player i. All values, splits and
 * excesses are money in one unit of the caller's choice; nothing here knows where they come from.
 *
 * A split x gives every player a part of v(N), N being all players: Σ x_i = v(N). The excess of a
 * coalition S at x is v(S) − x(S), x(S) = Σ_{i ∈ S} x_i: what S would earn more by leaving. */

enum { PL_GAME_PLAYERS = 12 }; /* the most that the exact methods take */

typedef struct {
  int n;                    /* players, 1 … PL_GAME_PLAYERS */
  const double *v;          /* [2^n] by mask; v[0] = 0, |v| ≤ 1e100 */
  const char *const *names; /* [n] for messages and pl_game_coalition, or NULL */
} pl_game;

/* Every function of this folder that returns a status begins with this check. PL_RANGE with a
 * message where the game is not as stated above. */
pl_status pl_game_check(const pl_game *g, pl_diag *diag);

/* "ALRO + Sunstone", or "1 + 3" without names; "nobody" for 0. */
const char *pl_game_coalition(const pl_game *g, unsigned coalition, pl_arena *arena);

/* max |v|. Every yes-or-no answer takes differences below 1e-9 of it as rounding. */
double pl_game_size(const pl_game *g);

/* Rank of a coalition among those that earn the same, lower first: fewer players first, then by the
 * alphabetically first name; by number where names is NULL. */
unsigned pl_coalition_place(int n, const char *const *names, unsigned coalition);

/* The largest excess that a coalition other than N has at split[n], and which (the first in rank of
 * those that share it up to rounding; coalition may be NULL). With one player there is no such
 * coalition: −INFINITY, 0. */
double pl_game_excess(const pl_game *g, const double *split, unsigned *coalition);

/* The game without what players earn alone, in units of its largest value: *w[2^n] has
 * w(S) = (v(S) − Σ_{i ∈ S} v({i})) / scale, so that tolerances on it are relative. Returns scale, 1
 * when no coalition gains or loses. A split y of w is the split y_i · scale + v({i}) of v. */
double pl_game_normalise(const pl_game *g, pl_arena *arena, double **w);

#endif
