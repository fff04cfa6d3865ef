#ifndef PL_ASSEMBLE_BOUND_H
#define PL_ASSEMBLE_BOUND_H

#include "assemble/builder.h"

/* Bounds of single things, and limits of several. */

/* "at least", "up to", "exactly" over the time each is written per */
typedef struct {
  int row_kind, thing; /* the row block to make if columns cannot carry the bound */
  const pl_bounds *at_least, *up_to, *exactly;
  int only_block; /* the one column block whose flow it is, −1 if there are several */
  int finest;     /* pl_step of the finest flow bounded */
  bool soft;      /* always make rows, so that they can be softened */
  members *flows; /* where the rows made are recorded */
  int part;       /* of the member: −1, or a tier */
  void (*made)(builder *b, int row, int thing); /* NULL, or called for each row block made */
  const char *most_words;                       /* for up_to; NULL = "up to" */
} bound_request;
void plan_declare_bounds(builder *b, const bound_request *r);

/* limit.c */
void plan_declare_limits(builder *b);
members *plan_term_flows(builder *b, const struct pl_term *t);

#endif
