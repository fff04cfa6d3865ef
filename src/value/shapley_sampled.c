/* Shapley's split by sampling orders of coming. The generator is counter-based: order number k
 * depends on the seed and k alone, so that it could be drawn anywhere. */
#include <math.h>

#include "base/philox.h"
#include "value/split.h"

/* Fisher-Yates shuffle. The bias of scaling 32 bits to n ≤ 64 is below 2^-26. */
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

/* Add each player's marginal contribution in this order to added[n]; all is v(N). */
static pl_status walk(const pl_sampling *s, double all, const int *order, double *added,
                      pl_diag *diag) {
  uint64_t coalition = 0;
  double before = 0;
  for (int k = 0; k < s->n; k++) {
    double v = all;
    coalition |= (uint64_t)1 << order[k];
    if (k < s->n - 1) PL_TRY(s->worth(s->user, coalition, &v, diag));
    if (!isfinite(v)) {
      return pl_fail(diag, PL_RANGE, PL_NOWHERE, "the value %g of a coalition is not a number", v);
    }
    added[order[k]] += v - before;
    before = v;
  }
  return PL_OK;
}

static void reverse(int n, int *order) {
  for (int i = 0, j = n - 1; i < j; i++, j--) {
    int const held = order[i];
    order[i] = order[j], order[j] = held;
  }
}

/* Running means and sums of squared deviations by Welford's method: no cancellation. */
static pl_status sample(const pl_sampling *s, double *mean, double *square, pl_diag *diag) {
  double all;
  PL_TRY(s->worth(s->user, UINT64_MAX >> (64 - s->n), &all, diag));
  for (int pair = 0; pair < s->pairs; pair++) {
    int order[PL_SAMPLED_PLAYERS];
    double added[PL_SAMPLED_PLAYERS] = {0};
    draw_order(s->seed, (uint32_t)pair, s->n, order);
    PL_TRY(walk(s, all, order, added, diag));
    reverse(s->n, order);
    PL_TRY(walk(s, all, order, added, diag));
    for (int i = 0; i < s->n; i++) {
      double const off = added[i] / 2 - mean[i];
      mean[i] += off / (pair + 1);
      square[i] += off * (added[i] / 2 - mean[i]);
    }
  }
  return PL_OK;
}

pl_status pl_game_shapley_sampled(const pl_sampling *s, double *split, double *error,
                                  pl_diag *diag) {
  if (s->n < 1 || s->n > PL_SAMPLED_PLAYERS) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "a game of %d players: expected 1 to %d", s->n,
                   PL_SAMPLED_PLAYERS);
  }
  if (s->pairs < 1) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "%d pairs of orders to sample: expected 1 or more",
                   s->pairs);
  }
  double mean[PL_SAMPLED_PLAYERS] = {0}, square[PL_SAMPLED_PLAYERS] = {0};
  PL_TRY(sample(s, mean, square, diag));
  for (int i = 0; i < s->n; i++) {
    split[i] = mean[i];
    error[i] = s->pairs > 1 ? sqrt(square[i] / (s->pairs - 1) / s->pairs) : (double)NAN;
  }
  return PL_OK;
}
