#ifndef PL_ASSEMBLE_PAST_H
#define PL_ASSEMBLE_PAST_H

#include "assemble/builder.h"

/* What comes before each slice of a grid (past.c). */
enum { PAST_NONE = -1, PAST_START = -2 }; /* nothing; what was before the case */
struct pasts {
  int n, ranks;  /* slices; pasts of a slice at most: 1 on ordinary grids */
  int *before;   /* [ranks × n] the slice before, or one of the above */
  double *times; /* [ranks × n] how often it is so */
  int *first;    /* [n + 1] */
  int *after;    /* after[first[v]] … after[first[v + 1] − 1]: positions whose before is v */
  int *run;      /* [n] pl_grid_run: what comes before its first slice differs from time to time */
};

const pasts *plan_pasts(builder *b, const pl_grid *g);
/* Whether slice to begins less than length after slice from, or is it. */
bool plan_within(const pl_grid *g, int from, int to, pl_duration length);

#endif
