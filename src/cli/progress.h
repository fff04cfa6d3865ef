#ifndef PL_CLI_PROGRESS_H
#define PL_CLI_PROGRESS_H

#include <stdbool.h>

#include "solve/solve.h"

/* How far a solve is, on one line of a terminal that is drawn again and again; and Ctrl-C, which
 * asks the solve to stop. */
typedef struct {
  bool draw;   /* standard error is a terminal, and nobody asked for quiet */
  bool drawn;  /* something is to be wiped */
  double next; /* seconds of the solve at which to draw again */
  const char *currency;
  pl_progress last; /* what was told last */
} pl_progress_line;

void pl_progress_begin(pl_progress_line *line, bool quiet, const char *currency);
bool pl_progress_told(const pl_progress *p, void *line); /* a callback for pl_solve_options */
void pl_progress_end(pl_progress_line *line);            /* wipe the line */

/* The same for many solves: how many are done. */
typedef struct {
  bool draw, drawn;
  double started, next; /* seconds of a clock */
  double limit;         /* seconds that it may take, 0 = any */
} pl_progress_count;
void pl_progress_count_begin(pl_progress_count *c, bool quiet);
bool pl_progress_counted(int done, int of, void *count); /* a callback for pl_value_options */
void pl_progress_count_end(pl_progress_count *c);        /* wipe the line */

#endif
