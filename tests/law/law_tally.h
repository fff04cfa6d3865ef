#ifndef LAW_TALLY_H
#define LAW_TALLY_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What a law was found to be. */
typedef struct {
  int held, broken, silent;
} tally;

static inline void expect(tally *t, uint64_t seed, bool holds, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
static inline void expect(tally *t, uint64_t seed, bool holds, const char *fmt, ...) {
  if (holds) {
    t->held++;
    return;
  }
  t->broken++;
  (void)printf("seed %llu: ", (unsigned long long)seed);
  va_list ap;
  va_start(ap, fmt);
  (void)vprintf(fmt, ap);
  va_end(ap);
  (void)printf("\n");
}

#endif
