/* What a game is, and what can be read off its values without solving anything. */
#include "value/game.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

static const double rounding = 1e-9; /* relative to the largest value */
static const double value_max = 1e100;

pl_status pl_game_check(const pl_game *g, pl_diag *diag) {
  if (g->n < 1 || g->n > PL_GAME_PLAYERS) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "a game of %d players: expected 1 to %d", g->n,
                   PL_GAME_PLAYERS);
  }
  if (g->v[0] != 0) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "a coalition of nobody earns %g: expected 0",
                   g->v[0]);
  }
  for (unsigned s = 1; s < 1u << g->n; s++) {
    if (fabs(g->v[s]) <= value_max) continue;
    pl_arena *scratch = pl_arena_new();
    pl_fail(diag, PL_RANGE, PL_NOWHERE, "the value %g of the coalition %s is not a usable number",
            g->v[s], pl_game_coalition(g, s, scratch));
    pl_arena_free(scratch);
    return PL_RANGE;
  }
  return PL_OK;
}

const char *pl_game_coalition(const pl_game *g, unsigned coalition, pl_arena *arena) {
  if (coalition == 0) return "nobody";
  pl_string s;
  pl_string_init(&s, arena);
  for (int i = 0; i < g->n; i++) {
    if (!(coalition >> i & 1u)) continue;
    if (s.length > 0) pl_string_printf(&s, " + ");
    if (g->names)
      pl_string_printf(&s, "%s", g->names[i]);
    else
      pl_string_printf(&s, "%d", i + 1);
  }
  return s.text;
}

double pl_game_size(const pl_game *g) {
  double size = 0;
  for (unsigned s = 1; s < 1u << g->n; s++) size = fmax(size, fabs(g->v[s]));
  return size;
}

static bool is_named_before(const char *const *names, int i, int j) {
  int const order = names ? strcmp(names[i], names[j]) : 0;
  return order ? order < 0 : i < j;
}

unsigned pl_coalition_place(int n, const char *const *names, unsigned coalition) {
  unsigned size = 0, without = 0;
  for (int i = 0; i < n; i++) {
    int before = 0;
    for (int j = 0; j < n; j++) before += is_named_before(names, j, i);
    if (coalition >> i & 1u)
      size++;
    else
      without |= 1u << (n - 1 - before);
  }
  return size << n | without;
}

static double excess_of(const pl_game *g, const double *split, unsigned s) {
  double excess = g->v[s];
  for (int i = 0; i < g->n; i++) {
    if (s >> i & 1u) excess -= split[i];
  }
  return excess;
}

double pl_game_excess(const pl_game *g, const double *split, unsigned *coalition) {
  double const same = rounding * pl_game_size(g);
  double worst = -INFINITY;
  unsigned who = 0, place = UINT_MAX;
  for (unsigned s = 1; s + 1 < 1u << g->n; s++) worst = fmax(worst, excess_of(g, split, s));
  for (unsigned s = 1; s + 1 < 1u << g->n; s++) {
    if (excess_of(g, split, s) < worst - same) continue;
    unsigned const here = pl_coalition_place(g->n, g->names, s);
    if (here > place) continue;
    place = here;
    who = s;
  }
  if (coalition) *coalition = who;
  return worst;
}

double pl_game_normalise(const pl_game *g, pl_arena *arena, double **w) {
  unsigned const count = 1u << g->n;
  double *const gain = PL_NEW_ARRAY(arena, double, count);
  double scale = 0;
  for (unsigned s = 1; s < count; s++) {
    if ((s & (s - 1)) == 0) continue; /* exactly 0 for a player alone */
    gain[s] = g->v[s];
    for (int i = 0; i < g->n; i++) {
      if (s >> i & 1u) gain[s] -= g->v[1u << i];
    }
    scale = fmax(scale, fabs(gain[s]));
  }
  if (scale == 0) scale = 1;
  for (unsigned s = 0; s < count; s++) gain[s] /= scale;
  *w = gain;
  return scale;
}
