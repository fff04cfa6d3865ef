#ifndef PL_DIAGNOSE_ELASTIC_PARTS_H
#define PL_DIAGNOSE_ELASTIC_PARTS_H

#include "diagnose/elastic.h"

/* Shared by elastic_give.c (what may be relaxed), elastic_draw.c (the program built from that) and
 * elastic.c (how it is solved). */
enum { PL_ELASTIC_WANTED = -2 }; /* instead of a slack: no column yet */

static const double rounding = 1e-6; /* smaller relative changes count as none */

typedef struct {
  const pl_program *p;
  pl_arena *a;
  pl_elastic *e;
  int capacity;
  long n_slacks, n_column_rows, n_while_rows; /* of the sides that are included */
  int *while_row; /* [n_rows] the row that keeps a bound while used from being relaxed while not
                     used, −1 */
  int number_capacity;
  bool rules;    /* rules without a number are relaxed too */
  bool each;     /* relax slice by slice, within the changes found, */
  double leeway; /* plus this share of them and of the typical size */
} pl_elastic_making;

/* A bound that holds while a decision is 1. */
static inline bool pl_elastic_is_while_used(const pl_elastic_side *s) {
  return s->kind == PL_GIVE_COEFFICIENT && s->upper;
}

/* The sides that may be relaxed, their numbers, and the numbers' costs. */
void pl_elastic_gather(pl_elastic_making *m);
/* Build the program of what is included, in m->e->sketch. integers: with integer on/off
 * decisions. */
void pl_elastic_draw(pl_elastic_making *m, bool integers);

#endif
