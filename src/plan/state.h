#ifndef PL_PLAN_STATE_H
#define PL_PLAN_STATE_H

#include "chain/chain.h"

typedef struct pl_program pl_program;

/* States. A state is a column block of 0 … 1 that other rules hang on: an agreement's being in
 * force. It is no flow: on another grid it counts by its mean over time (base/hold.h). What hangs
 * on it is of two kinds: amounts on the right-hand sides of rows, and bounds of columns. */
typedef struct {
  int block;       /* column block */
  pl_noun_id noun; /* whose state it is */
  int thing;
  int first, last; /* of its hangs, −1 = none */
} pl_state;

/* amount × state, on the right-hand side of a row block: as often as there are states that hang on
 * it, of either sign. */
typedef struct {
  int state, row;
  const double *amount;
  /* amount is a total of each slice of the state's grid, while the state is 1, summed into the
   * row's slices like a flow: [n of the state's grid]. Else it is what each row gets at state 1:
   * [count of the row block]. */
  bool is_total;
  bool is_bound;         /* it is the number that the row's source says: the row's own bound is 0 */
  int next, next_of_row; /* −1 = the last */
} pl_hang;

/* What a state does to the bounds of a column block, slice by slice, where it holds and where not.
 * Only states that are fixed before solving may have them. */
typedef struct {
  int state, block;
  const double *lower_on, *upper_on, *lower_off, *upper_off; /* [count of the block] */
} pl_switch;

/* Is the row's bound what a source says while a state is 1? The program itself has 0 there. */
bool pl_program_hangs(const pl_program *p, int row_block);

/* holds[n_states] of the things of a noun as on[thing] says; those of other nouns are left. */
void pl_program_hold(const pl_program *p, pl_noun_id noun, const bool *on, bool *holds);
/* The columns whose bounds states switch, and what these are when the states with holds[s] hold and
 * the others do not. Arrays of room pl_program_switched(p); returns how many columns. The program
 * itself is built with all of them holding. */
int pl_program_switched(const pl_program *p);
int pl_program_switch(const pl_program *p, const bool *holds, int *column, double *lower,
                      double *upper);

#endif
