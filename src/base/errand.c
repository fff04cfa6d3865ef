#include "base/errand.h"

#include <pthread.h>
#include <time.h>

#include "base/arena.h"

static const double tick_s = 0.02;

/* The number of errands of the process that were left behind. */
static pthread_mutex_t left_lock = PTHREAD_MUTEX_INITIALIZER;
static int n_left;

typedef struct { /* shared by caller and thread; the last one frees it */
  pl_arena *arena;
  pl_errand errand;
  void *job;
  pthread_mutex_t lock;
  pthread_cond_t end;
  bool done, left;
} trip;

static trip *trip_new(const pl_errand *e, void *job) {
  pl_arena *a = pl_arena_new();
  trip *t = PL_NEW(a, trip);
  pthread_condattr_t clock;
  *t = (trip){.arena = a, .errand = *e, .job = job};
  pthread_mutex_init(&t->lock, NULL);
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&t->end, &clock);
  pthread_condattr_destroy(&clock);
  return t;
}

static void trip_free(trip *t) {
  pthread_cond_destroy(&t->end);
  pthread_mutex_destroy(&t->lock);
  pl_arena_free(t->arena);
}

static void count_left(int by) {
  pthread_mutex_lock(&left_lock);
  n_left += by;
  pthread_mutex_unlock(&left_lock);
}

static void *go(void *user) {
  trip *t = user;
  t->errand.work(t->job);
  pthread_mutex_lock(&t->lock);
  t->done = true;
  bool const left = t->left;
  pthread_cond_signal(&t->end);
  pthread_mutex_unlock(&t->lock);
  if (!left) return NULL; /* t is the caller's */
  t->errand.discard(t->job);
  trip_free(t);
  count_left(-1);
  return NULL;
}

static struct timespec after(double seconds) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  t.tv_nsec += (long)(seconds * 1e9);
  t.tv_sec += t.tv_nsec / 1000000000;
  t.tv_nsec %= 1000000000;
  return t;
}

/* With the lock held; false where it was not done by then. */
static bool await(trip *t, double seconds) {
  struct timespec const until = after(seconds);
  int failed = 0;
  while (!t->done && failed == 0) failed = pthread_cond_timedwait(&t->end, &t->lock, &until);
  return t->done;
}

static bool wait_for(trip *t) {
  pthread_mutex_lock(&t->lock);
  bool waits = true;
  while (waits && !await(t, tick_s)) {
    pthread_mutex_unlock(&t->lock);
    waits = t->errand.wait_on(t->errand.waiter);
    pthread_mutex_lock(&t->lock);
  }
  bool const done = await(t, waits ? 0 : t->errand.grace_s);
  if (!done) {
    t->left = true;
    count_left(1);
  }
  pthread_mutex_unlock(&t->lock);
  return done;
}

bool pl_errand_do(const pl_errand *e, void *job) {
  trip *t = trip_new(e, job);
  pthread_t thread;
  if (pthread_create(&thread, NULL, go, t) != 0) {
    trip_free(t);
    e->work(job);
    return true;
  }
  if (!wait_for(t)) {
    pthread_detach(thread);
    return false;
  }
  pthread_join(thread, NULL);
  trip_free(t);
  return true;
}

int pl_errands_left(void) {
  pthread_mutex_lock(&left_lock);
  int const n = n_left;
  pthread_mutex_unlock(&left_lock);
  return n;
}
