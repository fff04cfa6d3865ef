/* Work that may be left behind: done in time, done within the grace, left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/errand.h"
#include "fixture/errands.h"

typedef struct {
  atomic_bool may_end; /* the work lasts until then */
  int worked;          /* a plain number, so that a race would show */
} job;

static atomic_int discarded;

static void nap(void) { nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL); }

static void work(void *user) {
  job *j = user;
  while (!atomic_load(&j->may_end)) nap();
  j->worked++;
}

static void discard(void *user) {
  atomic_fetch_add(&discarded, 1);
  free(user);
}

static bool always(void *user) {
  (void)user;
  return true;
}

static bool never(void *user) {
  (void)user;
  return false;
}

/* Says no, and lets the work end. */
static bool let_end(void *user) {
  atomic_store(&((job *)user)->may_end, true);
  return false;
}

static job *new_job(bool may_end) {
  job *j = calloc(1, sizeof *j);
  assert_non_null(j);
  atomic_init(&j->may_end, may_end);
  return j;
}

static void work_that_ends_is_done(void **state) {
  (void)state;
  job *j = new_job(true);
  assert_true(pl_errand_do(&(pl_errand){work, discard, always, NULL, 0}, j));
  assert_int_equal(1, j->worked);
  free(j);
}

static void what_ends_within_the_grace_is_done(void **state) {
  (void)state;
  job *j = new_job(false);
  assert_true(pl_errand_do(&(pl_errand){work, discard, let_end, j, 1e4}, j));
  assert_int_equal(1, j->worked);
  free(j);
}

static void the_others_are_left_and_free_their_jobs(void **state) {
  (void)state;
  enum { JOBS = 20 };
  job *j[JOBS];
  atomic_store(&discarded, 0);
  for (int k = 0; k < JOBS; k++) {
    j[k] = new_job(false);
    assert_false(pl_errand_do(&(pl_errand){work, discard, never, NULL, 1e-3}, j[k]));
  }
  assert_int_equal(JOBS, pl_errands_left());
  assert_int_equal(0, atomic_load(&discarded));
  for (int k = 0; k < JOBS; k++) atomic_store(&j[k]->may_end, true);
  await_errands();
  assert_int_equal(0, pl_errands_left());
  assert_int_equal(JOBS, atomic_load(&discarded));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(work_that_ends_is_done),
      cmocka_unit_test(what_ends_within_the_grace_is_done),
      cmocka_unit_test(the_others_are_left_and_free_their_jobs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
