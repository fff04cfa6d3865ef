#ifndef PL_BASE_MEDOIDS_H
#define PL_BASE_MEDOIDS_H

#include <stdbool.h>

#include "base/arena.h"

/* k of n points that stand for all, so that the distances to the nearest of them sum to the least:
 * exactly where few sets are possible, else by building up and swapping (Kaufman and Rousseeuw
 * 1990). kept[i] points are among them, of which there are no more than k. Nothing is random: of
 * equal choices the first. distance[n × n] is symmetric; of[n] gets the point that stands for
 * each. */
void pl_medoids(int n, const double *distance, int k, const bool *kept, int *of, pl_arena *scratch);

#endif
