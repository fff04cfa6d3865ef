#ifndef HOSTILE_BYTES_H
#define HOSTILE_BYTES_H

#include <stdint.h>
#include <string.h>

#include "base/philox.h"

/* The bytes of a SQLite file changed at random, by a seed: in its head, in stretches, page over
 * page, in what may be a page's number; or cut short. For the tests and the attack on run files. */

typedef struct {
  uint64_t seed;
  uint32_t drawn;
} dice;

static inline size_t draw_of(dice *d, size_t below) { /* 0 … below − 1 */
  uint32_t word[4];
  pl_philox(d->seed, (uint32_t[4]){d->drawn++, 0, 0, 0}, word);
  return (size_t)word[0] % below;
}

enum { PAGE = 8192 };

static inline void flip(dice *d, char *b, size_t n) {
  for (size_t k = 1 + draw_of(d, 8); k > 0; k--) b[draw_of(d, n)] = (char)draw_of(d, 256);
}

static inline void flip_in_head(dice *d, char *b, size_t n) {
  (void)n;
  for (size_t k = 1 + draw_of(d, 4); k > 0; k--) b[16 + draw_of(d, 240)] = (char)draw_of(d, 256);
}

static inline void fill(dice *d, char *b, size_t n) {
  size_t const at = draw_of(d, n), length = 1 + draw_of(d, n - at);
  memset(b + at, draw_of(d, 2) ? 0 : 0xFF, length < 4096 ? length : 4096);
}

/* One page over another: pages used twice, trees that contain themselves. */
static inline void copy_page(dice *d, char *b, size_t n) {
  size_t const from = draw_of(d, n / PAGE) * PAGE, to = draw_of(d, n / PAGE) * PAGE;
  if (from != to) memcpy(b + to, b + from, PAGE);
}

/* A number of four bytes, as page numbers and pointers are. */
static inline void write_number(dice *d, char *b, size_t n) {
  static const uint32_t numbers[] = {0, 1, 2, 3, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
  uint32_t const x = numbers[draw_of(d, sizeof numbers / sizeof *numbers)];
  size_t const at = draw_of(d, n - 4);
  for (int i = 0; i < 4; i++) b[at + (size_t)i] = (char)(x >> (24 - 8 * i));
}

/* Changes bytes[n] in place; how many of them are left. */
static inline size_t hostile_bytes(uint64_t seed, char *bytes, size_t n) {
  static void (*const ways[])(dice *, char *, size_t) = {flip, flip_in_head, fill, copy_page,
                                                         write_number};
  dice d = {.seed = seed};
  for (size_t k = 1 + draw_of(&d, 2); k > 0; k--)
    ways[draw_of(&d, sizeof ways / sizeof *ways)](&d, bytes, n);
  return draw_of(&d, 4) ? n : draw_of(&d, n);
}

#endif
