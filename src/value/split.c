/* Splits by formula. */
#include "value/split.h"

#include <math.h>

static int members(unsigned s) {
  int count = 0;
  for (; s > 0; s &= s - 1) count++;
  return count;
}

/* Σ_{S ∌ i} |S|! (n − |S| − 1)! / n! (v(S ∪ i) − v(S)) */
pl_status pl_game_shapley(const pl_game *g, double *split, pl_diag *diag) {
  PL_TRY(pl_game_check(g, diag));
  double weight[PL_GAME_PLAYERS]; /* 1 / (n · (n − 1 over |S|)) */
  weight[0] = 1.0 / g->n;
  for (int k = 1; k < g->n; k++) weight[k] = weight[k - 1] * k / (g->n - k);
  for (int i = 0; i < g->n; i++) {
    double sum = 0;
    for (unsigned s = 0; s < 1u << g->n; s++) {
      if (!(s >> i & 1u)) sum += weight[members(s)] * (g->v[s | 1u << i] - g->v[s]);
    }
    split[i] = sum;
  }
  return PL_OK;
}

static double joint_gain(const pl_game *g) {
  double gain = g->v[(1u << g->n) - 1];
  for (int i = 0; i < g->n; i++) gain -= g->v[1u << i];
  return gain;
}

static pl_status sum_weights(const pl_game *g, const double *weight, double *sum, pl_diag *diag) {
  *sum = 0;
  for (int i = 0; i < g->n; i++) {
    double const w = weight ? weight[i] : 1;
    if (!(w >= 0) || isinf(w)) {
      return pl_fail(diag, PL_RANGE, PL_NOWHERE, "a bargaining weight of %g: expected 0 or more",
                     w);
    }
    *sum += w;
  }
  if (*sum > 0 && !isinf(*sum)) return PL_OK;
  return pl_fail(diag, PL_RANGE, PL_NOWHERE, "the bargaining weights add up to %g", *sum);
}

pl_status pl_game_nash(const pl_game *g, const double *weight, double *split, pl_diag *diag) {
  double sum;
  PL_TRY(pl_game_check(g, diag));
  PL_TRY(sum_weights(g, weight, &sum, diag));
  double const gain = joint_gain(g);
  if (gain < -1e-9 * pl_game_size(g)) {
    return pl_fail(
        diag, PL_RANGE, PL_NOWHERE,
        "together the players earn %g less than separately: there is nothing to bargain over",
        -gain);
  }
  for (int i = 0; i < g->n; i++) split[i] = g->v[1u << i] + (weight ? weight[i] : 1) / sum * gain;
  return PL_OK;
}
