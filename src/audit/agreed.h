#ifndef PL_AUDIT_AGREED_H
#define PL_AUDIT_AGREED_H

#include "audit/walk.h"

/* One agreement being audited. For this folder only. */
typedef struct {
  pl_audit_walk *w;
  int index;
  const pl_agreement *a;
  const pl_grid *grid; /* of its deliveries, runs or sales */
  const double *force; /* [grid->n] share of the slice in which it is in force */
} pl_audit_agreed;

pl_audit_subject pl_audit_agreed_about(const pl_audit_agreed *k, int field, const char *words);
/* What is delivered, run and sold on a grid: all of it, or one tier, process or market. */
double *pl_audit_agreed_flow(const pl_audit_agreed *k, int part, const pl_grid *g);
/* A formula over the time in force, summed on g: a rate × its hours, or a total spread evenly over
 * the time in force. also: a second factor, may be NULL. */
double *pl_audit_agreed_amount(const pl_audit_agreed *k, const pl_formula *f,
                               const pl_formula *also, bool rate, const pl_grid *g);
/* The amounts of the agreement's block of that kind; zeros where it has none. */
const double *pl_audit_agreed_block(const pl_audit_agreed *k, pl_column_kind kind,
                                    const pl_grid *g);

void pl_audit_take_or_pay(const pl_audit_agreed *k); /* take.c */

#endif
