#ifndef PL_PLAN_BLOCK_H
#define PL_PLAN_BLOCK_H

#include "plan/kind.h"

/* A block of columns or rows: one decision or rule of one thing over all slices of its grid, and
 * what its kind means in a case. Functions without is_row take a block of columns. */
typedef struct {
  int kind;  /* pl_column_kind or pl_row_kind */
  int thing; /* index in the case's list of the noun of its kind */
  int part;  /* as its kind says (pl_part), −1 = none; for a bound: index of the time group */
  int extra; /* as its kind's part says; SHORT, OVER, UNDER: the row block they soften; SHIP, TRADE,
                DELIVER, highest loads: the first row block of the highest load, if any; otherwise
                −1 */
  int party; /* whose goods or unit, −1 = none */
  const pl_grid *grid;
  int first; /* first column or row */
  int count; /* grid->n, or fewer for RAMP */
} pl_block;

const pl_facts *pl_block_facts(const pl_block *b, bool is_row);
pl_moves pl_block_moves(const pl_block *b); /* how it moves goods */
/* The agreement that decides or is bound by it; −1 = none. */
int pl_block_agreement(const pl_block *b, bool is_row);
/* Whether the column is a delivery, a run or a sale under an agreement. */
bool pl_block_is_flow(const pl_block *b);

/* The unit that a column belongs to: its own, or the one on which its agreement runs; −1 = none. */
int pl_block_plant(const pl_case *c, const pl_block *b);
/* The market in which it trades, its own or one of the agreement's; −1 = none. */
int pl_block_market(const pl_case *c, const pl_block *b);
/* The list of processes that part indexes; NULL if it indexes none. */
const pl_shares *pl_block_processes(const pl_case *c, const pl_block *b, bool is_row);
/* The process of a RUN, FEED, BLEND, …; NULL if part does not index processes. */
const pl_process *pl_block_process(const pl_case *c, const pl_block *b, bool is_row);
/* The material that it moves, holds or bounds; −1 = none or several. */
int pl_block_material(const pl_case *c, const pl_block *b, bool is_row);
pl_dim pl_block_dim(const pl_case *c, const pl_block *b, bool is_row); /* of its values */

#endif
