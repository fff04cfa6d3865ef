#ifndef PL_ASSEMBLE_STATE_H
#define PL_ASSEMBLE_STATE_H

#include "assemble/builder.h"

/* States, and what hangs on them (plan/state.h). */

int plan_add_state(builder *b, pl_noun_id noun, int thing, int block); /* its index */
/* An amount on the right-hand side of a row: more capacity while a project is in service, what must
 * be delivered while an agreement is in force. */
void plan_hang(builder *b, pl_hang hang);
/* In the slices of the block with in[v] > 0 its bounds are those while the state holds, which they
 * become at once, and those otherwise; elsewhere always those otherwise. */
typedef struct {
  double lower_on, upper_on, lower_off, upper_off;
} switch_bounds;
void plan_switch_block(builder *b, int state, int block, const double *in, switch_bounds bounds);
/* A block of another's that the state closes while it holds; its bounds now are those without. */
void plan_close_block(builder *b, int state, int block, const double *in);
/* The state's own column: amount[n] while it holds, else 0. */
void plan_switch_state(builder *b, int state, const double *amount);

void plan_put_state(builder *b, int state); /* what hangs on the state column at hand */
void plan_join_hangs(builder *b);           /* by row, when all are declared */

#endif
