/* Cases with changed numbers. */
#include "distort.h"

enum { CHANGES_MAX = 5, TRIES_MAX = 12, PATIENCE_S = 120 };

bool distort_is_accepted(const attack *at, const mutant *m) {
  const char *const words[] = {"check", "case", m->scenario ? "--scenario" : NULL, m->scenario,
                               NULL};
  return mutant_write(m, "case") && command_run(at, words, PATIENCE_S) == 0;
}

bool distort(const attack *at, mutant *m) {
  int const wanted = 1 + law_pick(&m->random, CHANGES_MAX);
  for (int done = 0, tries = 0; done < wanted && tries < TRIES_MAX; tries++) {
    mutant was;
    const char *what;
    mutant_copy(&was, m);
    if (!mutant_change(m, MUTANT_NUMBERS, &what)) continue;
    bool const accepted = distort_is_accepted(at, m);
    done += accepted;
    if (accepted) continue;
    was.random = m->random;
    *m = was;
  }
  return mutant_write(m, "case");
}
