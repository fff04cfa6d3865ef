#ifndef PL_SOLVE_WATCH_H
#define PL_SOLVE_WATCH_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/arena.h"
#include "solve/solve.h"

/* The best plan found so far, in case its finder is left behind before it can return it. */
typedef struct {
  double *value, *row_dual; /* [n_cols], [n_rows] room, NULL where nobody would need it */
  int n_cols, n_rows;
  bool there, priced;      /* whether row_dual is known too */
  double objective, bound; /* of it; proven for any plan: in the program's units */
} pl_in_hand;

/* Reports the progress of a long solve to its user, and whether it should stop: on the user's
 * request or because the time is over. One per solver; any thread may ask, the one that created it
 * reports. */
typedef struct {
  const pl_solve_options *options;
  double started, told; /* seconds on the monotonic clock: of this run, of the last progress */
  pthread_t teller;
  atomic_bool stop;
  pthread_mutex_t lock; /* of what other threads leave here: */
  pl_progress last;     /* to be passed on by the reporting thread */
  pl_in_hand in_hand;
} pl_watch;

void pl_watch_begin(pl_watch *w, const pl_solve_options *options);
double pl_watch_seconds(const pl_watch *w);
/* Room for the best plan, in arena a; a plan found, which is copied there if it is the best yet
 * (row_dual may be NULL); a bound proven. */
void pl_watch_make_room(pl_watch *w, int n_cols, int n_rows, pl_arena *a);
void pl_watch_offer(pl_watch *w, const double *value, const double *row_dual, double objective);
void pl_watch_prove(pl_watch *w, double bound);
/* Reports to the user at most a few times per second; false if the run should stop. objective and
 * bound in the program's units, or NAN. Reports of other threads are passed on by the one that
 * created the watch. Without a stage, the last report is repeated. */
bool pl_watch_tell(pl_watch *w, const char *stage, long iterations, double objective, double bound);
/* Whether the run should stop, for threads that do not report. */
bool pl_watch_stopped(const pl_watch *w);
bool pl_may_stop(const pl_solve_options *o); /* whether anything could stop it */
/* The seconds left, INFINITY without a limit. */
double pl_watch_left(const pl_watch *w);
/* Adds the message of a stop, after or before a first plan; returns PL_STOPPED. */
pl_status pl_watch_say_stopped(const pl_watch *w, bool in_hand, pl_diag *diag);

#endif
