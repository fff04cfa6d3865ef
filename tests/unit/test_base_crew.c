/* Threads that share work: every part done once, whatever the number of threads, parts and rounds.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/crew.h"

enum { PARTS_MAX = 1000 };

typedef struct {
  int done[PARTS_MAX]; /* how often each part was done; plain numbers, so that a race would show */
} tally;

static void count_part(int k, void *user) {
  tally *t = user;
  t->done[k]++;
}

static void all_once(const tally *t, int n) {
  for (int k = 0; k < PARTS_MAX; k++) assert_int_equal(k < n ? 1 : 0, t->done[k]);
}

static void every_part_is_done_once(void **state) {
  (void)state;
  int const parts[] = {0, 1, 2, 3, 7, 64, PARTS_MAX};
  for (int threads = 1; threads <= 8; threads++) {
    pl_crew *c = pl_crew_new(threads);
    assert_in_range(pl_crew_threads(c), 1, threads);
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
      tally t = {0};
      pl_crew_do(c, parts[p], count_part, &t);
      all_once(&t, parts[p]);
    }
    pl_crew_free(c);
  }
}

/* What one round writes the next one reads, in another thread more often than not. */
static void rounds_see_what_earlier_rounds_wrote(void **state) {
  (void)state;
  enum { ROUNDS = 2000, PARTS = 5 };
  pl_crew *c = pl_crew_new(3);
  tally t = {0};
  for (int round = 1; round <= ROUNDS; round++) {
    pl_crew_do(c, PARTS, count_part, &t);
    for (int k = 0; k < PARTS; k++) assert_int_equal(round, t.done[k]);
  }
  pl_crew_free(c);
}

typedef struct {
  double in[PARTS_MAX], out[PARTS_MAX];
} numbers;

static void add_up(int k, void *user) {
  numbers *v = user;
  for (int i = 0; i <= k; i++) v->out[k] += v->in[i] / (k + 1);
}

static void sums_do_not_depend_on_threads(void **state) {
  (void)state;
  static numbers one, more;
  for (int i = 0; i < PARTS_MAX; i++) one.in[i] = 1.0 / (3 + i);
  memcpy(more.in, one.in, sizeof one.in);
  pl_crew *c = pl_crew_new(1);
  pl_crew_do(c, PARTS_MAX, add_up, &one);
  pl_crew_free(c);
  for (int threads = 2; threads <= 4; threads++) {
    memset(more.out, 0, sizeof more.out);
    c = pl_crew_new(threads);
    pl_crew_do(c, PARTS_MAX, add_up, &more);
    pl_crew_free(c);
    assert_memory_equal(one.out, more.out, sizeof one.out);
  }
}

/* --- While waiting -----------------------------------------------------------------------------
 */

typedef struct {
  pthread_t caller;
  atomic_int asked;
  atomic_bool helper_came;
} meeting;

static void ask(void *user) {
  meeting *m = user;
  assert_true(pthread_equal(pthread_self(), m->caller));
  atomic_fetch_add(&m->asked, 1);
}

/* The caller waits in its part until the helper has one too; the helper stays in its own until the
 * caller, with nothing left to do, is asked. */
static void meet(int k, void *user) {
  (void)k;
  meeting *m = user;
  struct timespec const nap = {0, 1000000};
  if (pthread_equal(pthread_self(), m->caller)) {
    while (!atomic_load(&m->helper_came)) nanosleep(&nap, NULL);
    return;
  }
  atomic_store(&m->helper_came, true);
  while (atomic_load(&m->asked) == 0) nanosleep(&nap, NULL);
}

static void idle_callers_do_what_they_were_told(void **state) {
  (void)state;
  meeting m = {.caller = pthread_self()};
  pl_crew *c = pl_crew_new(2);
  if (pl_crew_threads(c) < 2) skip(); /* the system gives no second thread */
  pl_crew_while_waiting(c, ask, &m);
  pl_crew_do(c, 2, meet, &m);
  assert_true(m.asked > 0);
  pl_crew_while_waiting(c, NULL, NULL);
  int const before = m.asked;
  tally t = {0};
  pl_crew_do(c, 64, count_part, &t);
  all_once(&t, 64);
  assert_int_equal(before, m.asked);
  pl_crew_free(c);
}

static void none_may_be_freed(void **state) {
  (void)state;
  pl_crew_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_part_is_done_once),
      cmocka_unit_test(rounds_see_what_earlier_rounds_wrote),
      cmocka_unit_test(sums_do_not_depend_on_threads),
      cmocka_unit_test(idle_callers_do_what_they_were_told),
      cmocka_unit_test(none_may_be_freed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
