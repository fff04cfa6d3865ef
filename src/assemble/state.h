#ifndef PL_ASSEMBLE_STATE_H
#define PL_ASSEMBLE_STATE_H

#include "assemble/builder.h"

/* States, and what depends on them (plan/state.h). */

int plan_add_state(builder *b, pl_noun_id noun, int thing, int block); /* its index */
/* An amount on the right-hand side of a row: more capacity while a project is in service,
 * deliveries due while an agreement is in force. */
void plan_hang(builder *b, pl_hang hang);
/* In the slices with in[v] > 0 the block has the first bounds while the state holds (and has them
 * at once), and the second ones otherwise; in all other slices it always has the second ones. */
typedef struct {
  double lower_on, upper_on, lower_off, upper_off;
} switch_bounds;
void plan_switch_block(builder *b, int state, int block, const double *in, switch_bounds bounds);
/* Another thing's block that the state closes while it holds; its present bounds are those without
 * the state. */
void plan_close_block(builder *b, int state, int block, const double *in);
/* The state's own column: amount[n] while it holds, otherwise 0. */
void plan_switch_state(builder *b, int state, const double *amount);

void plan_put_state(builder *b, int state); /* coefficients of the current column, a state's */
void plan_join_hangs(builder *b);           /* links them by row, once all are declared */

#endif
