#ifndef PL_SOLVE_WATCH_H
#define PL_SOLVE_WATCH_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "solve/solve.h"

/* What a long solve tells its user, and whether it should stop: because the user said so or because
 * the time is over. One a solver; any thread may ask, the one that began it tells. */
typedef struct {
  const pl_solve_options *options;
  double started, told; /* seconds on the monotonic clock: of this run, of the last progress */
  const char *stage;    /* last told */
  pthread_t teller;
  atomic_bool stop;
} pl_watch;

double pl_clock_s(void);
void pl_watch_begin(pl_watch *w, const pl_solve_options *options);
double pl_watch_seconds(const pl_watch *w);
/* Tell the user at most some times a second; false if the run should stop. objective and bound in
 * the program's units, or NAN. Other threads than the one that began tell nothing: they ask.
 * Without a stage, the one last told goes on. */
bool pl_watch_tell(pl_watch *w, const char *stage, long iterations, double objective, double bound);
/* Whether the run should stop, for threads that do not tell. */
bool pl_watch_stopped(const pl_watch *w);
/* The seconds that are left, INFINITY without a limit. */
double pl_watch_left(const pl_watch *w);
/* The message of a stop, with a plan in hand or before any; PL_STOPPED. */
pl_status pl_watch_say_stopped(const pl_watch *w, bool in_hand, pl_diag *diag);

#endif
