/* States: what hangs on them, on right-hand sides and in bounds. Knows no thing of a case. */
#include "assemble/state.h"

#include <string.h>

#include "base/hold.h"

int plan_add_state(builder *b, pl_noun_id noun, int thing, int block) {
  pl_program *p = b->p;
  p->states =
      pl_arena_grown(b->a, p->states, sizeof *p->states, p->n_states, 1, &b->state_capacity);
  p->states[p->n_states] =
      (pl_state){.block = block, .noun = noun, .thing = thing, .first = -1, .last = -1};
  return p->n_states++;
}

/* --- Right-hand sides ------------------------------------------------------------------------ */

void plan_hang(builder *b, pl_hang hang) {
  pl_program *p = b->p;
  pl_state *state = &p->states[hang.state];
  p->hangs = pl_arena_grown(b->a, p->hangs, sizeof *p->hangs, p->n_hangs, 1, &b->hang_capacity);
  hang.next = hang.next_of_row = -1;
  if (state->last < 0)
    state->first = p->n_hangs;
  else
    p->hangs[state->last].next = p->n_hangs;
  state->last = p->n_hangs;
  p->hangs[p->n_hangs++] = hang;
}

void plan_join_hangs(builder *b) {
  pl_program *p = b->p;
  p->hang_of_row = PL_NEW_ARRAY(b->a, int, (size_t)p->n_row_blocks + 1);
  for (int i = 0; i < p->n_row_blocks; i++) p->hang_of_row[i] = -1;
  for (int h = p->n_hangs - 1; h >= 0; h--) {
    p->hangs[h].next_of_row = p->hang_of_row[p->hangs[h].row];
    p->hang_of_row[p->hangs[h].row] = h;
  }
}

/* A rule that couples slices may have fewer rows than its grid has slices: those of the later. */
static void put_mean(builder *b, const pl_hang *hang) {
  const pl_block *rows = &b->p->rows[hang->row];
  int const missing = rows->grid->n - rows->count;
  for (pl_hold h = pl_hold_first(rows->grid, b->grid, b->slice); h.ok; pl_hold_next(&h)) {
    int const at = h.r - missing;
    if (at >= 0) plan_put(b, rows->first + at, -h.share * hang->amount[at]);
  }
}

void plan_put_state(builder *b, int state) {
  const pl_program *p = b->p;
  for (int i = p->states[state].first; i >= 0; i = p->hangs[i].next) {
    const pl_hang *hang = &p->hangs[i];
    if (hang->is_total)
      plan_put_flow(b, hang->row, -hang->amount[b->slice]);
    else
      put_mean(b, hang);
  }
}

/* --- Bounds ---------------------------------------------------------------------------------- */

static double *filled(builder *b, const double *in, int n, double inside, double outside) {
  double *x = PL_NEW_ARRAY(b->a, double, (size_t)n);
  for (int v = 0; v < n; v++) x[v] = in[v] > 0 ? inside : outside;
  return x;
}

static void add_switch(builder *b, pl_switch s) {
  pl_program *p = b->p;
  p->switches =
      pl_arena_grown(b->a, p->switches, sizeof *p->switches, p->n_switches, 1, &b->switch_capacity);
  p->switches[p->n_switches++] = s;
}

/* The program is built with its states holding. */
static void hold(builder *b, const pl_switch *s) {
  const pl_block *block = &b->p->columns[s->block];
  size_t const size = (size_t)block->count * sizeof *b->lower;
  memcpy(b->lower + block->first, s->lower_on, size);
  memcpy(b->upper + block->first, s->upper_on, size);
}

void plan_switch_block(builder *b, int state, int block, const double *in, switch_bounds x) {
  int const n = b->p->columns[block].count;
  pl_switch const s = {.state = state,
                       .block = block,
                       .lower_on = filled(b, in, n, x.lower_on, x.lower_off),
                       .upper_on = filled(b, in, n, x.upper_on, x.upper_off),
                       .lower_off = filled(b, in, n, x.lower_off, x.lower_off),
                       .upper_off = filled(b, in, n, x.upper_off, x.upper_off)};
  hold(b, &s);
  add_switch(b, s);
}

void plan_switch_state(builder *b, int state, const double *amount) {
  int const block = b->p->states[state].block;
  const double *never = PL_NEW_ARRAY(b->a, double, (size_t)b->p->columns[block].count);
  pl_switch const s = {state, block, amount, amount, never, never};
  hold(b, &s);
  add_switch(b, s);
}

static double *copied(builder *b, const double *from, const pl_block *block) {
  double *to = PL_NEW_ARRAY(b->a, double, (size_t)block->count);
  memcpy(to, from + block->first, (size_t)block->count * sizeof *to);
  return to;
}

/* The bounds that a block has while no state holds: as they are now, unless an earlier state has
 * closed it already. */
static pl_switch off_bounds(builder *b, int state, int block) {
  const pl_program *p = b->p;
  for (int s = 0; s < p->n_switches; s++)
    if (p->switches[s].block == block)
      return (pl_switch){.state = state,
                         .block = block,
                         .lower_off = p->switches[s].lower_off,
                         .upper_off = p->switches[s].upper_off};
  return (pl_switch){.state = state,
                     .block = block,
                     .lower_off = copied(b, b->lower, &p->columns[block]),
                     .upper_off = copied(b, b->upper, &p->columns[block])};
}

static double *closed(builder *b, const double *off, const double *in, int n) {
  double *x = PL_NEW_ARRAY(b->a, double, (size_t)n);
  for (int v = 0; v < n; v++) x[v] = in[v] > 0 ? 0 : off[v];
  return x;
}

/* Of two states that close one block each closes its own slices, and the program both. */
void plan_close_block(builder *b, int state, int block, const double *in) {
  const pl_block *k = &b->p->columns[block];
  pl_switch s = off_bounds(b, state, block);
  s.lower_on = closed(b, s.lower_off, in, k->count);
  s.upper_on = closed(b, s.upper_off, in, k->count);
  for (int v = 0; v < k->count; v++)
    if (in[v] > 0) b->lower[k->first + v] = b->upper[k->first + v] = 0;
  add_switch(b, s);
}
