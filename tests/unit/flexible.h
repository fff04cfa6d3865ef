#ifndef PL_TESTS_UNIT_FLEXIBLE_H
#define PL_TESTS_UNIT_FLEXIBLE_H

/* What the tests of hourly things share: finding the blocks of anything by its name in the case. */
#include "unit/agreed.h"

static inline const pl_block *block_of(const agreed *f, const char *thing, pl_column_kind kind) {
  for (int i = 0; i < f->program->n_column_blocks; i++) {
    const pl_block *b = &f->program->columns[i];
    if (b->kind == (int)kind && strcmp(pl_block_thing(f->program, b, false, f->arena), thing) == 0)
      return b;
  }
  fail_msg("%s has no such block", thing);
  return NULL;
}

static inline double value_of(const agreed *f, const char *thing, pl_column_kind kind, int slice) {
  return pl_schedule_value(f->schedule, block_of(f, thing, kind), slice);
}

static inline double sum_of(const agreed *f, const char *thing, pl_column_kind kind) {
  const pl_block *b = block_of(f, thing, kind);
  double sum = 0;
  for (int v = 0; v < b->count; v++) sum += pl_schedule_value(f->schedule, b, v);
  return sum;
}

/* The case's optimum as money earned. */
static inline double earned(const agreed *f) { return f->schedule->present_total; }

#endif
