#include "solve/watch.h"

#include <math.h>
#include <time.h>

static const double progress_every_s = 0.2;

double pl_clock_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void pl_watch_begin(pl_watch *w, const pl_solve_options *options) {
  w->options = options;
  w->started = pl_clock_s();
  w->told = 0;
  w->stage = "";
  w->teller = pthread_self();
  atomic_store(&w->stop, false);
}

double pl_watch_seconds(const pl_watch *w) { return pl_clock_s() - w->started; }

double pl_watch_left(const pl_watch *w) {
  if (w->options->time_limit_s <= 0) return INFINITY;
  return fmax(0, w->options->time_limit_s - pl_watch_seconds(w));
}

bool pl_watch_stopped(const pl_watch *w) { return atomic_load(&w->stop); }

bool pl_watch_tell(pl_watch *w, const char *stage, long iterations, double objective,
                   double bound) {
  if (!pthread_equal(pthread_self(), w->teller)) return !pl_watch_stopped(w);
  const pl_solve_options *o = w->options;
  double const now = pl_clock_s();
  if (stage) w->stage = stage;
  if (pl_watch_stopped(w)) return false;
  if (o->time_limit_s > 0 && now - w->started > o->time_limit_s) atomic_store(&w->stop, true);
  if (!o->progress || now - w->told < progress_every_s) return !pl_watch_stopped(w);
  w->told = now;
  pl_progress const p = {.seconds = now - w->started,
                         .iterations = iterations,
                         .objective = isfinite(objective) ? objective : (double)NAN,
                         .bound = isfinite(bound) ? bound : (double)NAN,
                         .stage = w->stage};
  if (!o->progress(&p, o->user)) atomic_store(&w->stop, true);
  return !pl_watch_stopped(w);
}

pl_status pl_watch_say_stopped(const pl_watch *w, bool in_hand, pl_diag *diag) {
  return pl_fail(diag, PL_STOPPED, PL_NOWHERE, "the solver was stopped after %ld s, %s",
                 lrint(pl_watch_seconds(w)),
                 in_hand ? "before the best plan was proven; the best one found is kept"
                         : "before any plan was found");
}
