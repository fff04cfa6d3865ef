/* An open-addressing index over keys kept in order. The hash is SipHash-1-3 with a separate key for
 * each map, so that no file can be crafted whose names collide; the order of keys never depends on
 * it. */
#include "base/map.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

enum { SLOTS_MIN = 16 };

typedef struct {
  const char *text;
  size_t length;
  uint64_t hash;
} map_key;

struct pl_map {
  pl_arena *arena;
  uint64_t seed[2];
  int count, capacity; /* of keys */
  map_key *keys;       /* [capacity] */
  size_t n_slots;      /* a power of two, at least twice count */
  int *slots;          /* [n_slots] key index + 1; 0 = free */
};

static uint64_t rotate(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static void sip_round(uint64_t v[4]) {
  v[0] += v[1];
  v[2] += v[3];
  v[1] = rotate(v[1], 13) ^ v[0];
  v[3] = rotate(v[3], 16) ^ v[2];
  v[0] = rotate(v[0], 32);
  v[2] += v[1];
  v[0] += v[3];
  v[1] = rotate(v[1], 17) ^ v[2];
  v[3] = rotate(v[3], 21) ^ v[0];
  v[2] = rotate(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word) {
  v[3] ^= word;
  sip_round(v);
  v[0] ^= word;
}

static uint64_t hash_of(const uint64_t seed[2], const char *key, size_t length) {
  uint64_t v[4] = {seed[0] ^ 0x736f6d6570736575u, seed[1] ^ 0x646f72616e646f6du,
                   seed[0] ^ 0x6c7967656e657261u, seed[1] ^ 0x7465646279746573u};
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    uint64_t word;
    memcpy(&word, key + i, 8);
    sip_word(v, word);
  }
  uint64_t last = 0;
  if (i < length) memcpy(&last, key + i, length - i);
  sip_word(v, last | (uint64_t)length << 56);
  v[2] ^= 0xff;
  for (int round = 0; round < 3; round++) sip_round(v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

pl_map *pl_map_new(pl_arena *a) {
  pl_map *m = PL_NEW(a, pl_map);
  m->arena = a;
  struct timespec now = {0};
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  m->seed[0] = (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15u ^ (uint64_t)now.tv_sec;
  m->seed[1] = (uint64_t)(uintptr_t)m * 0xc2b2ae3d27d4eb4fu;
  return m;
}

/* The slot that holds key, or the free one where it belongs. */
static size_t slot_of(const pl_map *m, uint64_t hash, const char *key, size_t length) {
  size_t i = hash & (m->n_slots - 1);
  for (; m->slots[i]; i = (i + 1) & (m->n_slots - 1)) {
    const map_key *k = &m->keys[m->slots[i] - 1];
    if (k->hash == hash && k->length == length && memcmp(k->text, key, length) == 0) break;
  }
  return i;
}

static void slots_grow(pl_map *m) {
  m->n_slots = m->n_slots ? 2 * m->n_slots : SLOTS_MIN;
  m->slots = PL_NEW_ARRAY(m->arena, int, m->n_slots);
  for (int k = 0; k < m->count; k++) {
    size_t i = m->keys[k].hash & (m->n_slots - 1);
    while (m->slots[i]) i = (i + 1) & (m->n_slots - 1);
    m->slots[i] = k + 1;
  }
}

int pl_map_add(pl_map *m, const char *key, size_t length) {
  if (2 * ((size_t)m->count + 1) > m->n_slots) slots_grow(m);
  uint64_t const hash = hash_of(m->seed, key, length);
  size_t const slot = slot_of(m, hash, key, length);
  if (m->slots[slot]) return m->slots[slot] - 1;
  PL_GROW(m->arena, m->keys, m->count, m->capacity);
  m->keys[m->count] = (map_key){pl_arena_strndup(m->arena, key, length), length, hash};
  m->slots[slot] = ++m->count;
  return m->count - 1;
}

int pl_map_find(const pl_map *m, const char *key, size_t length) {
  if (m->count == 0) return -1;
  return m->slots[slot_of(m, hash_of(m->seed, key, length), key, length)] - 1;
}

int pl_map_count(const pl_map *m) { return m->count; }

const char *pl_map_key(const pl_map *m, int i) { return m->keys[i].text; }
