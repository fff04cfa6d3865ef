/* Shapley's split by sampling orders of coming. The generator is counter-based: the order of number
 * k depends on the seed and k alone, so that it could be drawn anywhere. */
#include <math.h>

#include "value/philox.h"
#include "value/split.h"

typedef struct {
  int n;
  pl_worth *worth;
  void *user;
  double all; /* v(N) */
} sampling;

/* Fisher and Yates. The bias of scaling 32 bits to n ≤ 64 is below 2^-26. */
static void draw_order(uint64_t seed, uint32_t number, int n, int *order) {
  uint32_t random[4] = {0};
  for (int i = 0; i < n; i++) order[i] = i;
  for (int i = n - 1, used = 0; i > 0; i--, used++) {
    if (used % 4 == 0) pl_philox(seed, (uint32_t[4]){number, (uint32_t)used / 4, 0, 0}, random);
    int const j = (int)((uint64_t)random[used % 4] * (uint32_t)(i + 1) >> 32);
    int const held = order[i];
    order[i] = order[j], order[j] = held;
  }
}

/* Add each player's addition in this order to added[n]. */
static pl_status walk(const sampling *s, const int *order, bool backwards, double *added,
                      pl_diag *diag) {
  uint64_t coalition = 0;
  double before = 0;
  for (int k = 0; k < s->n; k++) {
    int const i = order[backwards ? s->n - 1 - k : k];
    double v = s->all;
    coalition |= (uint64_t)1 << i;
    if (k < s->n - 1) PL_TRY(s->worth(s->user, coalition, &v, diag));
    if (!isfinite(v)) {
      return pl_fail(diag, PL_RANGE, PL_NOWHERE, "the value %g of a coalition is no number", v);
    }
    added[i] += v - before;
    before = v;
  }
  return PL_OK;
}

/* Running means and sums of squared deviations, as Welford has them: no cancellation. */
static pl_status sample(const sampling *s, uint64_t seed, int pairs, double *mean, double *square,
                        pl_diag *diag) {
  int order[PL_SAMPLED_PLAYERS];
  for (int pair = 0; pair < pairs; pair++) {
    double added[PL_SAMPLED_PLAYERS] = {0};
    draw_order(seed, (uint32_t)pair, s->n, order);
    PL_TRY(walk(s, order, false, added, diag));
    PL_TRY(walk(s, order, true, added, diag));
    for (int i = 0; i < s->n; i++) {
      double const off = added[i] / 2 - mean[i];
      mean[i] += off / (pair + 1);
      square[i] += off * (added[i] / 2 - mean[i]);
    }
  }
  return PL_OK;
}

pl_status pl_game_shapley_sampled(int n, pl_worth *worth, void *user, uint64_t seed, int pairs,
                                  double *split, double *error, pl_diag *diag) {
  if (n < 1 || n > PL_SAMPLED_PLAYERS) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "a game of %d players: wanted 1 to %d", n,
                   PL_SAMPLED_PLAYERS);
  }
  if (pairs < 1) return pl_fail(diag, PL_RANGE, PL_NOWHERE, "%d orders to sample", pairs);
  double mean[PL_SAMPLED_PLAYERS] = {0}, square[PL_SAMPLED_PLAYERS] = {0};
  sampling s = {.n = n, .worth = worth, .user = user};
  PL_TRY(worth(user, UINT64_MAX >> (64 - n), &s.all, diag));
  PL_TRY(sample(&s, seed, pairs, mean, square, diag));
  for (int i = 0; i < n; i++) {
    split[i] = mean[i];
    error[i] = pairs > 1 ? sqrt(square[i] / (pairs - 1) / pairs) : (double)NAN;
  }
  return PL_OK;
}
