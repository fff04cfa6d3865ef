/* States of a program, and the effect of switching them on its bounds. */
#include "plan/state.h"

#include <string.h>

#include "plan/program.h"

bool pl_program_hangs(const pl_program *p, int row_block) {
  for (int h = p->hang_of_row[row_block]; h >= 0; h = p->hangs[h].next_of_row)
    if (p->hangs[h].is_bound) return true;
  return false;
}

void pl_program_hold(const pl_program *p, pl_noun_id noun, const bool *on, bool *holds) {
  for (int s = 0; s < p->n_states; s++)
    if (p->states[s].noun == noun) holds[s] = on[p->states[s].thing];
}

int pl_program_switched(const pl_program *p) {
  int n = 0;
  for (int i = 0; i < p->n_switches; i++) n += p->columns[p->switches[i].block].count;
  return n;
}

/* Two states that close the same block each close their own slices. */
static void add_switch(const pl_switch *s, int count, bool on, double *lower, double *upper) {
  for (int v = 0; on && v < count; v++) {
    bool const changes = s->lower_on[v] != s->lower_off[v] || s->upper_on[v] != s->upper_off[v];
    if (changes) lower[v] = s->lower_on[v];
    if (changes) upper[v] = s->upper_on[v];
  }
}

static bool is_later_of_block(const pl_program *p, int i) {
  for (int s = 0; s < i; s++)
    if (p->switches[s].block == p->switches[i].block) return true;
  return false;
}

int pl_program_switch(const pl_program *p, const bool *holds, int *column, double *lower,
                      double *upper) {
  int n = 0;
  for (int i = 0; i < p->n_switches; i++) {
    if (is_later_of_block(p, i)) continue;
    const pl_block *block = &p->columns[p->switches[i].block];
    size_t const bytes = (size_t)block->count * sizeof *lower;
    for (int v = 0; v < block->count; v++) column[n + v] = block->first + v;
    memcpy(lower + n, p->switches[i].lower_off, bytes);
    memcpy(upper + n, p->switches[i].upper_off, bytes);
    for (int s = i; s < p->n_switches; s++)
      if (p->switches[s].block == p->switches[i].block)
        add_switch(&p->switches[s], block->count, holds[p->switches[s].state], lower + n,
                   upper + n);
    n += block->count;
  }
  return n;
}
