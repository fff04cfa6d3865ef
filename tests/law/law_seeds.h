#ifndef LAW_SEEDS_H
#define LAW_SEEDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The seeds that a test of laws tries: its words are FIRST COUNT, or --show SEED to print what that
 * one makes. */
typedef struct {
  bool show;
  uint64_t first; /* or the one to show */
  int count;
} law_seeds;

static inline law_seeds law_seeds_of(int argc, char **argv, int count) {
  bool const show = argc == 3 && strcmp(argv[1], "--show") == 0;
  (void)setvbuf(stdout, NULL, _IOLBF, 0);
  return (law_seeds){.show = show,
                     .first = argc > 1 ? strtoull(argv[show ? 2 : 1], NULL, 10) : 1,
                     .count = argc > 2 && !show ? (int)strtol(argv[2], NULL, 10) : count};
}

#endif
