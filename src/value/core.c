/* The core, by one program for its depth and two for each player. */
#include "value/core.h"

#include <math.h>

#include "value/coalition_lp.h"

static const double rounding = 1e-9, breath = 1e-11;

static void set_up(pl_coalition_lp *lp, const pl_game *g, pl_arena *arena, const double *w) {
  unsigned const all = (1u << g->n) - 1;
  *lp = (pl_coalition_lp){.w = w, .settled = {.n = g->n}, .settled_to = {w[all]}};
  lp->open = PL_NEW_ARRAY(arena, bool, all + 1);
  for (unsigned s = 1; s < all; s++) lp->open[s] = true;
  pl_span_add(&lp->settled, all);
}

/* Each player's least and most. A core that is a point or has no interior is widened slightly, or
 * rounding could make it empty. */
static pl_status find_reach(const pl_coalition_lp *lp, double *w, double epsilon, pl_core *core,
                            pl_diag *diag) {
  int const n = lp->settled.n;
  if (epsilon > -breath) {
    for (unsigned s = 1; s + 1 < 1u << n; s++) w[s] -= epsilon + breath;
  }
  for (int i = 0; i < n; i++) {
    pl_coalition_answer least, most;
    PL_TRY(pl_coalition_lp_reach(lp, i, false, &least, diag));
    PL_TRY(pl_coalition_lp_reach(lp, i, true, &most, diag));
    core->low[i] = least.x[i];
    core->high[i] = most.x[i];
  }
  return PL_OK;
}

static pl_status find_core(const pl_game *g, pl_arena *scratch, pl_core *core, pl_diag *diag) {
  pl_coalition_lp lp;
  pl_coalition_answer deepest;
  double *w;
  double const scale = pl_game_normalise(g, scratch, &w);
  set_up(&lp, g, scratch, w);
  PL_TRY(pl_coalition_lp_least(&lp, &deepest, diag));
  core->epsilon = deepest.epsilon * scale;
  core->empty = core->epsilon > rounding * pl_game_size(g);
  for (int i = 0; i < g->n; i++) core->low[i] = core->high[i] = NAN;
  if (!core->empty) PL_TRY(find_reach(&lp, w, deepest.epsilon, core, diag));
  for (int i = 0; i < g->n; i++) {
    double const alone = g->v[1u << i];
    core->split[i] = deepest.x[i] * scale + alone;
    core->low[i] = core->low[i] * scale + alone;
    core->high[i] = core->high[i] * scale + alone;
  }
  return PL_OK;
}

pl_status pl_game_core(const pl_game *g, pl_arena *arena, pl_core *out, pl_diag *diag) {
  PL_TRY(pl_game_check(g, diag));
  pl_core core = {.epsilon = -INFINITY};
  core.split = PL_NEW_ARRAY(arena, double, g->n);
  core.low = PL_NEW_ARRAY(arena, double, g->n);
  core.high = PL_NEW_ARRAY(arena, double, g->n);
  pl_status status = PL_OK;
  if (g->n == 1) {
    core.split[0] = core.low[0] = core.high[0] = g->v[1];
  } else {
    pl_arena *scratch = pl_arena_new();
    status = find_core(g, scratch, &core, diag);
    pl_arena_free(scratch);
  }
  if (status == PL_OK) *out = core;
  return status;
}
