#ifndef PL_AUDIT_MONEY_H
#define PL_AUDIT_MONEY_H

#include "audit/walk.h"

/* The independent check's own accounts. For this folder only. */
typedef struct {
  pl_audit_walk *w;
  int n_years;
  double *account; /* [(party × PL_LINES + line) × (n_years + 1) + year] money of its own date, by
                      the year in which it is paid; the last: after the case's end */
  double *earned;  /* [party × (n_years + 1) + year] the same by the year in which goods move */
  double present, gross;
  double outside[PL_LINES]; /* what the parties together receive from outsiders */
  bool between[PL_LINES];   /* lines with payments between parties */
} pl_audit_purse;

/* amount[v] × factor × price over slice v × also (× its hours) is paid to party, delay after its
 * middle. amount and also: NULL = 1; price: NULL = nothing is paid. */
typedef struct {
  int party;
  pl_line line;
  const pl_grid *grid;
  const double *amount;
  const pl_formula *price, *also;
  double factor;
  bool per_hour, between; /* between: one side of a payment between parties of the case */
  bool at_once;           /* at the middle of the slice instead of evenly over it */
  pl_duration delay;
} pl_audit_payment;

void pl_audit_pay(pl_audit_purse *k, const pl_audit_payment *m);
/* money[v] itself, instead of price times amount. */
void pl_audit_book(pl_audit_purse *k, const pl_audit_payment *m, const double *money);
pl_audit_payment pl_audit_payment_of(const pl_audit_walk *w, const pl_block *b, pl_line line);
/* The costs of a RUN, TOLL or SHARED_RUN block, times the share of them that m.party bears. */
void pl_audit_pay_run(pl_audit_purse *k, pl_audit_payment m, const pl_block *b, double part);
/* Levies on what a SHIP, TRADE or SELL_FOR block emits. */
void pl_audit_pay_ratios(pl_audit_purse *k, const pl_block *b);
void pl_audit_pay_charges(pl_audit_purse *k, pl_audit_payment m, const pl_charges *charges);

/* money.c: what a block costs and earns, except payments under agreements. */
void pl_audit_pay_block(pl_audit_purse *k, const pl_block *b);
/* Payments that do not depend on the plan: fixed costs, and allowances of sites. */
void pl_audit_pay_standing(pl_audit_purse *k);
/* payments.c: payments under agreements; b belongs to one. */
void pl_audit_pay_agreement(pl_audit_purse *k, const pl_block *b);

#endif
