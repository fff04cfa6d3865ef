#ifndef PL_ASSEMBLE_PAST_H
#define PL_ASSEMBLE_PAST_H

#include "assemble/builder.h"

/* What comes before each slice of a grid (past.c). */
enum { PAST_NONE = -1, PAST_START = -2 }; /* no past; the state before the case */
struct pasts {
  int n, ranks;  /* slices; most pasts of any slice: 1 on ordinary grids */
  int *before;   /* [ranks × n] the slice before, or one of the above */
  double *times; /* [ranks × n] how often that occurs */
  int *first;    /* [n + 1] */
  int *after;    /* after[first[v]] … after[first[v + 1] − 1]: positions whose before is v */
  int *run;      /* [n] pl_grid_run: the past of its first slice differs from one occurrence to the
                    next */
};

const pasts *plan_pasts(builder *b, const pl_grid *g);
/* Whether slice to begins less than length after slice from, or is the same slice. */
bool plan_within(const pl_grid *g, int from, int to, pl_duration length);

#endif
