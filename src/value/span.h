#ifndef PL_VALUE_SPAN_H
#define PL_VALUE_SPAN_H

#include <stdbool.h>

#include "value/game.h"

/* The coalitions whose share is settled once some coalitions' shares are: those whose 0/1 vectors
 * lie in the span of the others'. Up to PL_GAME_PLAYERS players the distance of such a vector from
 * a span is either 0 or far above rounding, so that the answers are exact. */
typedef struct {
  int n, rank;
  unsigned coalition[PL_GAME_PLAYERS];                /* [rank] independent, in the order added */
  double direction[PL_GAME_PLAYERS][PL_GAME_PLAYERS]; /* [rank][n] orthonormal, of the same span */
} pl_span_of_coalitions;

bool pl_span_has(const pl_span_of_coalitions *s, unsigned coalition);
bool pl_span_add(pl_span_of_coalitions *s, unsigned coalition); /* false if it was in already */

#endif
