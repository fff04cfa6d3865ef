#ifndef PL_BASE_TYPICAL_H
#define PL_BASE_TYPICAL_H

#include "base/grid.h"

/* For grid.c alone: the joints of a typical grid whose slices are made; in the arena. */
const pl_joint *pl_typical_joints(const pl_grid *g, pl_arena *a, int *count);

#endif
