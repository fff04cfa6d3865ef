#include "base/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include "base/arena.h"

struct pl_crew {
  pl_arena *arena; /* this struct's own */
  int threads;     /* the caller included */
  pthread_t *helper;
  pthread_mutex_t lock;
  pthread_cond_t begin, end;
  unsigned round; /* counts the pieces of work handed out */
  int busy;       /* helpers that have not finished this round */
  bool over;
  void (*part)(int k, void *user);
  void *user;
  int n;
  atomic_int next;
  void (*now_and_then)(void *user);
  void *waiting_user;
};

static void take_parts(pl_crew *c) {
  for (int k = atomic_fetch_add(&c->next, 1); k < c->n; k = atomic_fetch_add(&c->next, 1))
    c->part(k, c->user);
}

static void *help(void *crew) {
  pl_crew *c = crew;
  unsigned seen = 0;
  pthread_mutex_lock(&c->lock);
  for (;;) {
    while (c->round == seen && !c->over) pthread_cond_wait(&c->begin, &c->lock);
    if (c->over) break;
    seen = c->round;
    pthread_mutex_unlock(&c->lock);
    take_parts(c);
    pthread_mutex_lock(&c->lock);
    if (--c->busy == 0) pthread_cond_signal(&c->end);
  }
  pthread_mutex_unlock(&c->lock);
  return NULL;
}

pl_crew *pl_crew_new(int threads) {
  pl_arena *a = pl_arena_new();
  pl_crew *c = PL_NEW(a, pl_crew);
  c->arena = a;
  c->helper = PL_NEW_ARRAY(a, pthread_t, (size_t)threads);
  pthread_mutex_init(&c->lock, NULL);
  pthread_cond_init(&c->begin, NULL);
  pthread_condattr_t clock;
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&c->end, &clock);
  pthread_condattr_destroy(&clock);
  c->threads = 1;
  while (c->threads < threads && pthread_create(&c->helper[c->threads - 1], NULL, help, c) == 0)
    c->threads++; /* fewer threads where the system provides no more */
  return c;
}

void pl_crew_free(pl_crew *c) {
  if (!c) return;
  pthread_mutex_lock(&c->lock);
  c->over = true;
  pthread_cond_broadcast(&c->begin);
  pthread_mutex_unlock(&c->lock);
  for (int k = 0; k < c->threads - 1; k++) pthread_join(c->helper[k], NULL);
  pthread_cond_destroy(&c->end);
  pthread_cond_destroy(&c->begin);
  pthread_mutex_destroy(&c->lock);
  pl_arena_free(c->arena);
}

int pl_crew_threads(const pl_crew *c) { return c->threads; }

void pl_crew_while_waiting(pl_crew *c, void (*now_and_then)(void *user), void *user) {
  c->now_and_then = now_and_then;
  c->waiting_user = user;
}

/* With the lock held. */
static void wait_for_others(pl_crew *c) {
  while (c->busy > 0 && !c->now_and_then) pthread_cond_wait(&c->end, &c->lock);
  while (c->busy > 0) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += 100000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&c->end, &c->lock, &until);
    pthread_mutex_unlock(&c->lock);
    c->now_and_then(c->waiting_user);
    pthread_mutex_lock(&c->lock);
  }
}

void pl_crew_do(pl_crew *c, int n, void (*part)(int k, void *user), void *user) {
  if (c->threads == 1 || n < 2) {
    for (int k = 0; k < n; k++) part(k, user);
    return;
  }
  pthread_mutex_lock(&c->lock);
  c->part = part;
  c->user = user;
  c->n = n;
  atomic_store(&c->next, 0);
  c->busy = c->threads - 1;
  c->round++;
  pthread_cond_broadcast(&c->begin);
  pthread_mutex_unlock(&c->lock);
  take_parts(c);
  pthread_mutex_lock(&c->lock);
  wait_for_others(c);
  pthread_mutex_unlock(&c->lock);
}
