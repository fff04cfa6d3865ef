#ifndef PL_VALUE_ZOPA_H
#define PL_VALUE_ZOPA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"

/* The zone of possible agreement: the prices (or other terms: percent of LME, premium, share) at
 * which no party loses against having no agreement. Gains are money, terms in any unit. */

typedef struct {
  double low, high; /* low ≤ high; may be infinite where stated */
} pl_range;

typedef struct { /* constant + per_p p + per_q q: a party's gain where quantities are fixed */
  double constant, per_p, per_q;
} pl_gain;

/* The part of within where all n gains are at least 0, ignoring per_q; false if there is none. Ends
 * that miss each other by no more than rounding count as one point. within may be infinite. */
bool pl_zopa_range(int n, const pl_gain *gain, pl_range within, pl_range *out);

typedef struct {
  double p, q;
} pl_terms;

typedef struct {
  pl_terms *corner; /* [count] counter-clockwise from the lowest q, and of those the lowest p */
  int count;        /* 0 = nowhere, 1 = a point, 2 = a line */
} pl_polygon;

/* For two terms in the finite box p × q: the polygon in which all n gains are at least 0, its
 * corners in arena. */
void pl_zopa_polygon(int n, const pl_gain *gain, pl_range p, pl_range q, pl_arena *arena,
                     pl_polygon *out);

#endif
