#ifndef PL_AUDIT_AUDIT_H
#define PL_AUDIT_AUDIT_H

#include "plan/schedule.h"

/* Our own check of an answer, whoever computed it. It has two parts: the certificate of the arrays
 * (lp/lp.h), and an independent check that never looks at the matrix: it walks the case's recipes,
 * lanes, markets and stocks with the amounts of the schedule and adds up every material at every
 * place, and every party's money, by itself. It also reads the case's numbers again from their text
 * (readings.c). docs/decisions/015 lists what neither part can see. */
typedef struct {
  pl_certificate certificate;
  double balance_worst; /* largest imbalance of a material at a place in a period, in its inside
                           unit */
  const char *balance_where; /* "ganja: alumina of azeraluminium, 2026-03" */
  double balance_relative;   /* the same, relative to the flow through it (at least 1) */
  double money_gap;          /* |Σ accounts + objective| in money */
  double transfers_gap;      /* |remainder of payments between parties|, summed over all lines, in
                                money */
  double bounds_worst; /* largest breach of a capacity, bound or stock limit computed from the case,
                          relative */
  bool passed;
} pl_audit;

/* Limits within which an audit passes: relative 1e-6 on balances, bounds, money, row values,
 * reduced costs and the gap proven by the duals; with integers the gap to the bound ≤ max(1e-6, gap
 * requested); payments between parties cancel to the cent. Otherwise the result is PL_AUDIT, with a
 * complaint for each failing row (at most ten). */
pl_status pl_audit_run(const pl_schedule *s, double gap_allowed, pl_arena *a, pl_audit *out,
                       pl_diag *diag);

#endif
