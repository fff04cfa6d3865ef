#ifndef PL_VALUE_TRANSFER_H
#define PL_VALUE_TRANSFER_H

#include "base/arena.h"
#include "base/diag.h"

/* From what each party has in its own accounts to what a split gives it. */

/* transfer[n] = split − own: what each party receives beyond its accounts (pays, below 0). Sums to
 * 0: rounding is taken from the largest. PL_RANGE where the two sums differ by more than 1e-6 of
 * the largest figure, or a figure is no number. */
pl_status pl_transfers(int n, const double *own, const double *split, double *transfer,
                       pl_diag *diag);

typedef struct {
  int from, to;  /* players */
  double amount; /* > 0, a multiple of the smallest amount */
} pl_payment;

typedef struct {
  pl_payment *list; /* [count] */
  int count;
} pl_payments;

/* Payments between pairs that carry out transfer[n], as few as can be while at most 16 parties have
 * something to pay or receive, at most n − 1 beyond. Transfers are first rounded to multiples of
 * smallest (0.01 where money counts in cents) so that they still cancel, the largest remainders
 * upwards. The list in arena. PL_RANGE where the transfers do not cancel, or are beyond 2^53 times
 * smallest. */
pl_status pl_settlement(int n, const double *transfer, double smallest, pl_arena *arena,
                        pl_payments *out, pl_diag *diag);

#endif
