#ifndef PL_DIAGNOSE_ELASTIC_PARTS_H
#define PL_DIAGNOSE_ELASTIC_PARTS_H

#include "diagnose/elastic.h"

/* What elastic_give.c (what may give way), elastic_draw.c (the program of that) and elastic.c (how
 * it is solved) share. */
enum { PL_ELASTIC_WANTED = -2 }; /* in place of a slack: no column yet */

static const double rounding = 1e-6; /* a smaller relative change is none */

typedef struct {
  const pl_program *p;
  pl_arena *a;
  pl_elastic *e;
  int capacity;
  long n_slacks, n_column_rows, n_while_rows; /* of the sides that are asked */
  int *while_row; /* [n_rows] the row that keeps what gives way while used from doing so while not
                     used, −1 */
  int number_capacity;
  bool rules;    /* what no number says gives way too */
  bool each;     /* slice by slice, within the changes found, */
  double leeway; /* and so much beside them, of themselves and of what is typical */
} pl_elastic_making;

/* A bound that holds while a decision is 1. */
static inline bool pl_elastic_is_while_used(const pl_elastic_side *s) {
  return s->kind == PL_GIVE_COEFFICIENT && s->upper;
}

/* The sides that may give way, their numbers, and what these cost. */
void pl_elastic_gather(pl_elastic_making *m);
/* The program of what is asked, into m->e->sketch. integers: with whole on/off decisions. */
void pl_elastic_draw(pl_elastic_making *m, bool integers);

#endif
