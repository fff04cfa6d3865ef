#ifndef PL_VALUE_CORE_H
#define PL_VALUE_CORE_H

#include "value/game.h"

/* The core: all splits at which no coalition would earn more on its own. */
typedef struct {
  /* The smallest largest excess of any split, over all coalitions except N; −INFINITY with one
   * player. At most 0 where the core is not empty, and then every coalition can be given −epsilon
   * beyond its own value. */
  double epsilon;
  bool empty;         /* epsilon > 1e-9 · pl_game_size */
  double *split;      /* [n] one whose largest excess is epsilon */
  double *low, *high; /* [n] what each player gets in the core; NAN where it is empty */
} pl_core;

/* Arrays of *out in arena; *out is untouched on failure. PL_RANGE as pl_game_check. */
pl_status pl_game_core(const pl_game *g, pl_arena *arena, pl_core *out, pl_diag *diag);

#endif
