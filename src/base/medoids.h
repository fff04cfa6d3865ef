#ifndef PL_BASE_MEDOIDS_H
#define PL_BASE_MEDOIDS_H

#include <stdbool.h>

#include "base/arena.h"

/* k of n points that represent all, chosen to minimise the sum of the distances to the nearest of
 * them: exactly where few sets are possible, otherwise by building up and swapping (Kaufman and
 * Rousseeuw 1990). Points with kept[i], at most k, are always among them. Nothing is random: among
 * equal choices the first is taken. distance[n × n] is symmetric; of[n] gets the point that
 * represents each. */
void pl_medoids(int n, const double *distance, int k, const bool *kept, int *of, pl_arena *scratch);

#endif
