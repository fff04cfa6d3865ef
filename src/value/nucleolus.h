#ifndef PL_VALUE_NUCLEOLUS_H
#define PL_VALUE_NUCLEOLUS_H

#include "value/game.h"

/* The split that minimises the largest excess of any coalition, then the next largest, and so on.
 * It always exists, is unique, and lies in the core wherever the core is not empty. */
typedef enum {
  PL_NUCLEOLUS,    /* among splits that give every player at least its v({i}) */
  PL_PRENUCLEOLUS, /* among all splits; the same wherever the core is not empty */
} pl_nucleolus;

/* Write the split to split[n]; untouched on failure. PL_RANGE as pl_game_check, and for
 * PL_NUCLEOLUS where v(N) < Σ v({i}). Exact up to rounding: at most n programs, no tolerance on
 * what is settled. */
pl_status pl_game_nucleolus(const pl_game *g, pl_nucleolus kind, double *split, pl_diag *diag);

#endif
