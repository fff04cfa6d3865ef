/* The nucleolus, by minimising the largest excess, settling the coalitions that cannot do better,
 * and repeating with the others until every player's share is settled. */
#include "value/nucleolus.h"

#include <math.h>
#include <string.h>

#include "value/coalition_lp.h"

/* The share of a coalition within the span of the settled ones is settled with theirs. */
static void close_settled(pl_coalition_lp *lp) {
  for (unsigned s = 1; s < 1u << lp->settled.n; s++) {
    if (lp->open[s] && pl_span_has(&lp->settled, s)) lp->open[s] = false;
  }
}

/* A row with a positive multiplier holds with equality at every optimum: settle it. The multipliers
 * of coalitions add up to 1, so that every call settles at least one. */
static void settle(pl_coalition_lp *lp, const pl_coalition_answer *answer) {
  for (int k = 0; k < answer->n_tight; k++) {
    if (answer->lambda[k] == 0 || !pl_span_add(&lp->settled, answer->tight[k])) continue;
    double share = 0;
    for (int i = 0; i < lp->settled.n; i++) {
      if (answer->tight[k] >> i & 1u) share += answer->x[i];
    }
    lp->settled_to[lp->settled.rank - 1] = share;
  }
}

/* y[n]: the nucleolus of the normalised game w. */
static pl_status search(pl_coalition_lp *lp, double *y, pl_diag *diag) {
  int const n = lp->settled.n;
  unsigned const all = (1u << n) - 1;
  for (unsigned s = 1; s < all; s++) lp->open[s] = true;
  lp->settled_to[0] = lp->w[all];
  pl_span_add(&lp->settled, all);
  y[0] = lp->w[all]; /* with one player that is everything */
  while (lp->settled.rank < n) {
    pl_coalition_answer answer;
    PL_TRY(pl_coalition_lp_least(lp, &answer, diag));
    memcpy(y, answer.x, (size_t)n * sizeof *y);
    settle(lp, &answer);
    close_settled(lp);
  }
  return PL_OK;
}

pl_status pl_game_nucleolus(const pl_game *g, pl_nucleolus kind, double *split, pl_diag *diag) {
  PL_TRY(pl_game_check(g, diag));
  unsigned const all = (1u << g->n) - 1;
  pl_arena *scratch = pl_arena_new();
  double *w, y[PL_GAME_PLAYERS] = {0};
  double const scale = pl_game_normalise(g, scratch, &w);
  pl_status status = PL_OK;
  if (kind == PL_NUCLEOLUS && w[all] * scale < -1e-9 * pl_game_size(g)) {
    status =
        pl_fail(diag, PL_RANGE, PL_NOWHERE,
                "together the players earn %g less than separately: no split gives every player "
                "what it earns alone",
                -w[all] * scale);
  } else if (kind == PL_NUCLEOLUS && w[all] <= 0) { /* nothing gained: each keeps its own */
    for (int i = 0; i < g->n; i++) y[i] = w[all] / g->n;
  } else {
    pl_coalition_lp lp = {.w = w, .floors = kind == PL_NUCLEOLUS, .settled = {.n = g->n}};
    lp.open = PL_NEW_ARRAY(scratch, bool, all + 1);
    status = search(&lp, y, diag);
  }
  for (int i = 0; i < g->n && status == PL_OK; i++) split[i] = y[i] * scale + g->v[1u << i];
  pl_arena_free(scratch);
  return status;
}
