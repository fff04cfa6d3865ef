#ifndef PL_VALUE_LEDGER_H
#define PL_VALUE_LEDGER_H

#include "plan/program.h"
#include "solve/solve.h"

/* What parties owe each other under take or pay, tiers and shortfalls. These payments cancel in the
 * joint account, so the joint plan leaves them open; here they are set as the agreement says: the
 * buyer pays for no more than it must, makes up and carries what it may, and fills the tiers in
 * order; the seller calls back no more than it must, and pays for no more shortfall than it must.
 * What is delivered, made and sold stays as planned. */

/* Set the ledger columns of x (col_value, row_value) in place. A program without such columns is
 * left alone. PL_SOLVER with an error if the rows of the ledger cannot be met. */
pl_status pl_value_ledger(const pl_program *p, pl_solution *x, pl_diag *diag);

/* Is k a block of such columns, and who chooses it: the seller what it fails to deliver and calls
 * back, the buyer everything else. */
bool pl_ledger_has(const pl_program *p, const pl_block *k);
int pl_ledger_chooser(const pl_program *p, const pl_block *k);

#endif
