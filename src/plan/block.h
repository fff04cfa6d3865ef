#ifndef PL_PLAN_BLOCK_H
#define PL_PLAN_BLOCK_H

#include "plan/kind.h"

/* A block of columns or rows: one decision or rule of one thing over all slices of its grid, and
 * what its kind says of it in a case. Asked of a block of columns where is_row is not asked for. */
typedef struct {
  int kind;  /* pl_column_kind or pl_row_kind */
  int thing; /* index in the case's list of the noun that its kind names */
  int part;  /* what its kind says (pl_part), −1 = none; a bound: index of the time group */
  int extra; /* what its kind's part says; SHORT, OVER, UNDER: the row block they soften; SHIP,
                TRADE, DELIVER, highest loads: the first row block of the highest load, if there is
                one; else −1 */
  int party; /* whose goods or unit, −1 = none */
  const pl_grid *grid;
  int first; /* first column or row */
  int count; /* grid->n, or fewer for RAMP */
} pl_block;

const pl_facts *pl_block_facts(const pl_block *b, bool is_row);
pl_moves pl_block_moves(const pl_block *b); /* how it moves goods */
/* The agreement that decides or obliges it; −1 = none. */
int pl_block_agreement(const pl_block *b, bool is_row);
/* Is the column what is delivered, made or sold under an agreement? */
bool pl_block_is_flow(const pl_block *b);

/* The unit that a column is about: its own, or that of the agreement under which it runs; −1. */
int pl_block_plant(const pl_case *c, const pl_block *b);
/* The market in which it trades, its own or one of the agreement's; −1. */
int pl_block_market(const pl_case *c, const pl_block *b);
/* The list of processes that part indexes; NULL if part indexes no processes. */
const pl_shares *pl_block_processes(const pl_case *c, const pl_block *b, bool is_row);
/* The process of a RUN, FEED, BLEND, …; NULL if part indexes no processes. */
const pl_process *pl_block_process(const pl_case *c, const pl_block *b, bool is_row);
/* The goods that it moves, holds or bounds; −1 = none, or several. */
int pl_block_material(const pl_case *c, const pl_block *b, bool is_row);
pl_dim pl_block_dim(const pl_case *c, const pl_block *b, bool is_row); /* of its values */

#endif
