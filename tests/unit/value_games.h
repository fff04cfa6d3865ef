/* What the tests of games share: comparing numbers, games written as books write them, and random
 * ones. */
#ifndef VALUE_GAMES_H
#define VALUE_GAMES_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/philox.h"
#include "value/game.h"

static inline bool is_near(double wanted, double found, double tolerance) {
  if (fabs(wanted - found) <= tolerance || wanted == found) return true;
  print_error("wanted %.17g, found %.17g\n", wanted, found);
  return false;
}

static inline bool is_close(double wanted, double found) {
  return is_near(wanted, found, 1e-9 * fmax(1, fabs(wanted)));
}

#define near(wanted, found)              assert_true(is_close(wanted, found))
#define within(wanted, found, tolerance) assert_true(is_near(wanted, found, tolerance))

/* That the last thing said is this. */
static inline void assert_said(const pl_diag *diag, const char *text) {
  assert_true(pl_diag_size(diag) > 0);
  assert_string_equal(pl_diag_at(diag, pl_diag_size(diag) - 1)->text, text);
}

static inline void assert_split(int n, const double *wanted, const double *found,
                                double tolerance) {
  for (int i = 0; i < n; i++) assert_true(is_near(wanted[i], found[i], tolerance));
}

static inline int members_of(unsigned s) {
  int count = 0;
  for (; s > 0; s &= s - 1) count++;
  return count;
}

/* The member of s that comes first is compared first: {1,2} before {1,3} before {2,3}. */
static inline bool stands_before(unsigned a, unsigned b) {
  if (members_of(a) != members_of(b)) return members_of(a) < members_of(b);
  unsigned const differ = a ^ b;
  return (a & differ & (~differ + 1)) != 0;
}

/* listed[2^n − 1] by size and then by members, as books list them; v[2^n] by mask. */
static inline pl_game game_listed(int n, const double *listed, double *v) {
  for (unsigned s = 0; s < 1u << n; s++) {
    int place = 0;
    for (unsigned t = 1; t < 1u << n; t++) place += t != s && stands_before(t, s);
    v[s] = s == 0 ? 0 : listed[place];
  }
  return (pl_game){.n = n, .v = v};
}

static inline pl_game game_by_mask(int n, const double *from_1, double *v) {
  v[0] = 0;
  memcpy(v + 1, from_1, ((1u << n) - 1) * sizeof *v);
  return (pl_game){.n = n, .v = v};
}

/* Uniform in [0, 1), a function of seed and place. */
static inline double random_at(uint64_t seed, uint32_t place) {
  uint32_t word[4];
  pl_philox(seed, (uint32_t[4]){place, 0, 0, 1}, word);
  return word[0] / 4294967296.0;
}

typedef enum { ANY, WHOLE, VOTE, BANKRUPT, GLOVE, PAYING, KINDS } game_kind;

/* ANY: all values at random. WHOLE: small whole numbers, so that many tie. VOTE: 1 for those with a
 * majority of weights. BANKRUPT: what claims of outsiders leave (convex). GLOVE: pairs of left and
 * right gloves. PAYING: joining pays (superadditive), by values around 100 that differ little. */
static inline double random_value(game_kind kind, uint64_t seed, int n, unsigned s) {
  double inside = 0, outside = 0, left = 0, right = 0;
  for (int i = 0; i < n; i++) {
    double const weight = floor(1 + 9 * random_at(seed, 5000u + (unsigned)i));
    if (!(s >> i & 1u))
      outside += weight;
    else if (inside += weight, random_at(seed, 6000u + (unsigned)i) < 0.5)
      left++;
    else
      right++;
  }
  switch (kind) {
  case ANY: return 10 * random_at(seed, s) - 3;
  case WHOLE: return floor(4 * random_at(seed, s)) * (s + 1 == 1u << n ? 3 : 1);
  case VOTE: return inside > outside;
  case BANKRUPT: return fmax(0, 0.6 * (inside + outside) - outside);
  case GLOVE: return fmin(left, right);
  case PAYING: return 100 * members_of(s) + pow(members_of(s) - 1, 2) * (1 + random_at(seed, s));
  case KINDS: break;
  }
  return NAN;
}

static inline pl_game random_game(game_kind kind, uint64_t seed, int n, double *v) {
  v[0] = 0;
  for (unsigned s = 1; s < 1u << n; s++) v[s] = random_value(kind, seed, n, s);
  return (pl_game){.n = n, .v = v};
}

#endif
