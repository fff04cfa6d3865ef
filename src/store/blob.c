/* Doubles to compressed bytes and back. Shuffling puts bytes that vary little next to each other,
 * so that series compress to a fraction. */
#include "store/blob.h"

#include <stdint.h>
#include <string.h>
#include <zstd.h>

enum { BYTES = sizeof(double), LEVEL = 3 };

static void shuffle(const double *x, size_t n, unsigned char *to) {
  for (size_t i = 0; i < n; i++) {
    uint64_t bits;
    memcpy(&bits, &x[i], sizeof bits);
    for (size_t k = 0; k < BYTES; k++) to[k * n + i] = (unsigned char)(bits >> (8 * k));
  }
}

static void unshuffle(const unsigned char *from, double *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    uint64_t bits = 0;
    for (size_t k = 0; k < BYTES; k++) bits |= (uint64_t)from[k * n + i] << (8 * k);
    memcpy(&x[i], &bits, sizeof bits);
  }
}

void *pl_blob_pack(const double *x, size_t n, pl_arena *a, size_t *size) {
  pl_arena *scratch = pl_arena_new();
  unsigned char *plain = PL_NEW_ARRAY(scratch, unsigned char, n *BYTES + 1);
  shuffle(x, n, plain);
  size_t const room = ZSTD_compressBound(n * BYTES);
  void *packed = pl_arena_alloc(scratch, room, 1);
  ZSTD_CCtx *zstd = ZSTD_createCCtx();
  if (!zstd) pl_arena_out();
  (void)ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, LEVEL);
  (void)ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
  *size = ZSTD_compress2(zstd, packed, room, plain, n * BYTES);
  if (ZSTD_isError(*size))
    pl_arena_out(); /* the buffer is large enough, so it can only be memory */
  (void)ZSTD_freeCCtx(zstd);
  void *out = pl_arena_alloc(a, *size, 1);
  memcpy(out, packed, *size);
  pl_arena_free(scratch);
  return out;
}

bool pl_blob_unpack(const void *bytes, size_t size, double *x, size_t n) {
  if (ZSTD_getFrameContentSize(bytes, size) != n * BYTES) return false;
  pl_arena *scratch = pl_arena_new();
  unsigned char *plain = PL_NEW_ARRAY(scratch, unsigned char, n *BYTES + 1);
  bool const whole = ZSTD_decompress(plain, n * BYTES, bytes, size) == n * BYTES;
  if (whole) unshuffle(plain, x, n);
  pl_arena_free(scratch);
  return whole;
}
