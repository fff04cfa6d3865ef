/* The span of 0/1 vectors, kept as an orthonormal basis. */
#include "value/span.h"

#include <math.h>

/* For k vectors of ones and zeros in dimension n ≤ 12, the squared distance of another from their
 * span is a ratio of two Gram determinants, which are integers, the denominator below 6^12. */
static const double nothing = 1e-7;

/* The part of the coalition's vector outside the span; returns its length. Projected twice, since
 * one pass leaves rounding errors relative to the whole vector. */
static double outside(const pl_span_of_coalitions *s, unsigned coalition, double *rest) {
  for (int i = 0; i < s->n; i++) rest[i] = coalition >> i & 1u;
  for (int pass = 0; pass < 2; pass++) {
    for (int k = 0; k < s->rank; k++) {
      double along = 0;
      for (int i = 0; i < s->n; i++) along += rest[i] * s->direction[k][i];
      for (int i = 0; i < s->n; i++) rest[i] -= along * s->direction[k][i];
    }
  }
  double square = 0;
  for (int i = 0; i < s->n; i++) square += rest[i] * rest[i];
  return sqrt(square);
}

bool pl_span_has(const pl_span_of_coalitions *s, unsigned coalition) {
  double rest[PL_GAME_PLAYERS];
  return s->rank == s->n || outside(s, coalition, rest) < nothing;
}

bool pl_span_add(pl_span_of_coalitions *s, unsigned coalition) {
  double rest[PL_GAME_PLAYERS];
  if (s->rank == s->n) return false;
  double const length = outside(s, coalition, rest);
  if (length < nothing) return false;
  for (int i = 0; i < s->n; i++) s->direction[s->rank][i] = rest[i] / length;
  s->coalition[s->rank++] = coalition;
  return true;
}
