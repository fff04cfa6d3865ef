#ifndef PL_BASE_MAP_H
#define PL_BASE_MAP_H

#include <stddef.h>

#include "base/arena.h"

/* A map from strings to ints ≥ 0 that remembers the order of insertion: the index of a name. Keys
 * are copied into the arena. Growth is amortised; hostile keys cannot make it quadratic (seeded
 * hash). */
typedef struct pl_map pl_map;

pl_map *pl_map_new(pl_arena *a);
/* Its index; a new key gets pl_map_count. */
int pl_map_add(pl_map *m, const char *key, size_t length);
/* −1 if absent */
int pl_map_find(const pl_map *m, const char *key, size_t length);
int pl_map_count(const pl_map *m);
const char *pl_map_key(const pl_map *m, int i); /* 0 ≤ i < count */

#endif
