#ifndef PL_STORE_BLOB_H
#define PL_STORE_BLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* An array of doubles as one compressed block of bytes: little-endian, its bytes shuffled (all
 * first bytes, all second …), zstd with a checksum. The same values give the same bytes. */
void *pl_blob_pack(const double *x, size_t n, pl_arena *a, size_t *size);
/* Exactly n doubles, or false: damaged, cut short, or of another length. Never reads or writes out
 * of bounds. */
bool pl_blob_unpack(const void *bytes, size_t size, double *x, size_t n);

#endif
