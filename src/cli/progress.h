#ifndef PL_CLI_PROGRESS_H
#define PL_CLI_PROGRESS_H

#include <stdbool.h>

#include "solve/solve.h"

/* Progress of a solve, on one line of a terminal that is redrawn; and Ctrl-C, which requests the
 * solve to stop. */
typedef struct {
  bool draw;   /* standard error is a terminal, and not --quiet */
  bool drawn;  /* there is a line to clear */
  double next; /* time of the solve in seconds at which to draw again */
  const char *currency;
  pl_progress last; /* the last progress reported */
} pl_progress_line;

void pl_progress_begin(pl_progress_line *line, bool quiet, const char *currency);
bool pl_progress_told(const pl_progress *p, void *line); /* a callback for pl_solve_options */
void pl_progress_end(pl_progress_line *line);            /* clear the line */

/* The same for many solves: how many are finished. */
typedef struct {
  bool draw, drawn;
  double started, next; /* seconds of a clock */
  double limit;         /* time limit in seconds, 0 = none */
} pl_progress_count;
void pl_progress_count_begin(pl_progress_count *c, bool quiet);
bool pl_progress_counted(int done, int of, void *count); /* a callback for pl_value_options */
void pl_progress_count_end(pl_progress_count *c);        /* clear the line */

#endif
