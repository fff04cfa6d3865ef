#ifndef PL_BASE_PHILOX_H
#define PL_BASE_PHILOX_H

#include <stdint.h>

/* Philox 4x32 with ten rounds (Salmon, Moraes, Dror, Shaw 2011): four random words that are a
 * function of seed and counter alone, so that any draw can be made anywhere and in any order. */
void pl_philox(uint64_t seed, const uint32_t counter[4], uint32_t out[4]);

#endif
