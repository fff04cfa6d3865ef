/* Builds small auxiliary programs column by column. */
#include "diagnose/sketch.h"

#include <assert.h>

static size_t room(long n) { return n > 0 ? (size_t)n : 1; }

void pl_sketch_init(pl_sketch *s, pl_arena *a, long cols, long rows, long entries) {
  *s = (pl_sketch){.capacity_cols = cols, .capacity_rows = rows, .capacity_entries = entries};
  s->lp.cost = PL_NEW_ARRAY(a, double, room(cols));
  s->lp.lower = PL_NEW_ARRAY(a, double, room(cols));
  s->lp.upper = PL_NEW_ARRAY(a, double, room(cols));
  s->lp.row_lower = PL_NEW_ARRAY(a, double, room(rows));
  s->lp.row_upper = PL_NEW_ARRAY(a, double, room(rows));
  s->lp.start = PL_NEW_ARRAY(a, int, room(cols + 1));
  s->lp.index = PL_NEW_ARRAY(a, int, room(entries));
  s->lp.value = PL_NEW_ARRAY(a, double, room(entries));
}

int pl_sketch_row(pl_sketch *s, double lower, double upper) {
  assert(s->lp.n_rows < s->capacity_rows);
  int const i = s->lp.n_rows++;
  s->lp.row_lower[i] = lower;
  s->lp.row_upper[i] = upper;
  return i;
}

int pl_sketch_column(pl_sketch *s, double cost, double lower, double upper) {
  assert(s->lp.n_cols < s->capacity_cols);
  int const j = s->lp.n_cols++;
  s->lp.cost[j] = cost;
  s->lp.lower[j] = lower;
  s->lp.upper[j] = upper;
  s->lp.start[j + 1] = (int)s->lp.n_entries;
  return j;
}

void pl_sketch_entry(pl_sketch *s, int row, double value) {
  assert(s->lp.n_entries < s->capacity_entries);
  s->lp.index[s->lp.n_entries] = row;
  s->lp.value[s->lp.n_entries++] = value;
  s->lp.start[s->lp.n_cols] = (int)s->lp.n_entries;
}
