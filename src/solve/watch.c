#include "solve/watch.h"

#include <math.h>
#include <string.h>
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
  w->teller = pthread_self();
  w->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
  w->last = (pl_progress){.objective = (double)NAN, .bound = (double)NAN, .stage = ""};
  w->in_hand.there = false;
  w->in_hand.bound = -INFINITY;
  atomic_store(&w->stop, false);
}

/* --- The best plan so far --------------------------------------------------------------------- */

void pl_watch_make_room(pl_watch *w, int n_cols, int n_rows, pl_arena *a) {
  w->in_hand = (pl_in_hand){.value = PL_NEW_ARRAY(a, double, (size_t)n_cols + 1),
                            .row_dual = PL_NEW_ARRAY(a, double, (size_t)n_rows + 1),
                            .n_cols = n_cols,
                            .n_rows = n_rows,
                            .bound = -INFINITY};
}

void pl_watch_offer(pl_watch *w, const double *value, const double *row_dual, double objective) {
  pl_in_hand *h = &w->in_hand;
  if (!h->value) return;
  pthread_mutex_lock(&w->lock);
  if (!h->there || objective < h->objective) {
    memcpy(h->value, value, (size_t)h->n_cols * sizeof *value);
    if (row_dual) memcpy(h->row_dual, row_dual, (size_t)h->n_rows * sizeof *row_dual);
    h->priced = row_dual || (h->priced && h->there);
    h->objective = objective;
    h->there = true;
  }
  pthread_mutex_unlock(&w->lock);
}

void pl_watch_prove(pl_watch *w, double bound) {
  pthread_mutex_lock(&w->lock);
  w->in_hand.bound = fmax(w->in_hand.bound, bound);
  pthread_mutex_unlock(&w->lock);
}

/* --- Progress and stopping -------------------------------------------------------------------- */

bool pl_may_stop(const pl_solve_options *o) {
  return o->progress || o->time_limit_s > 0 || o->until_s > 0;
}

pl_solve_options pl_solve_stopped_by(const pl_solve_options *by) {
  pl_solve_options o = PL_SOLVE_DEFAULTS;
  if (!by) return o;
  o.progress = by->progress;
  o.user = by->user;
  o.progress_every_s = by->progress_every_s;
  o.until_s = by->until_s;
  return o;
}

double pl_watch_seconds(const pl_watch *w) { return pl_clock_s() - w->started; }

double pl_watch_left(const pl_watch *w) {
  const pl_solve_options *o = w->options;
  double const now = pl_clock_s();
  double left = INFINITY;
  if (o->time_limit_s > 0) left = fmin(left, w->started + o->time_limit_s - now);
  if (o->until_s > 0) left = fmin(left, o->until_s - now);
  return fmax(0, left);
}

bool pl_watch_stopped(const pl_watch *w) { return atomic_load(&w->stop); }

/* Does not wait for another thread: there will soon be more to report. */
static void note(pl_watch *w, const char *stage, long iterations, double objective, double bound) {
  if (!stage || pthread_mutex_trylock(&w->lock) != 0) return;
  w->last.iterations = iterations;
  w->last.objective = isfinite(objective) ? objective : (double)NAN;
  w->last.bound = isfinite(bound) ? bound : (double)NAN;
  w->last.stage = stage;
  pthread_mutex_unlock(&w->lock);
}

bool pl_watch_tell(pl_watch *w, const char *stage, long iterations, double objective,
                   double bound) {
  if (w->options->progress) note(w, stage, iterations, objective, bound);
  if (pl_watch_stopped(w) || !pthread_equal(pthread_self(), w->teller)) return !pl_watch_stopped(w);
  const pl_solve_options *o = w->options;
  double const now = pl_clock_s();
  double const every_s = o->progress_every_s > 0 ? o->progress_every_s : progress_every_s;
  if (pl_watch_left(w) <= 0) atomic_store(&w->stop, true);
  if (!o->progress || now - w->told < every_s) return !pl_watch_stopped(w);
  w->told = now;
  pthread_mutex_lock(&w->lock);
  pl_progress p = w->last;
  pthread_mutex_unlock(&w->lock);
  p.seconds = now - w->started;
  if (!o->progress(&p, o->user)) atomic_store(&w->stop, true);
  return !pl_watch_stopped(w);
}

pl_status pl_watch_say_stopped(const pl_watch *w, bool in_hand, pl_diag *diag) {
  return pl_fail(diag, PL_STOPPED, PL_NOWHERE, "the solver was stopped after %ld s, %s",
                 lrint(pl_watch_seconds(w)),
                 in_hand ? "before any plan was proven to be the best; the best one found is kept"
                         : "before any plan was found");
}
