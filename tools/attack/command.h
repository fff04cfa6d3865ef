#ifndef ATTACK_COMMAND_H
#define ATTACK_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* Runs the program as a user does: in a process of its own, with a time limit. Its output is kept
 * in the files "out" and "err" of the attack's folder. */

typedef struct {
  const char *program, *self; /* absolute */
  const char *folder;         /* absolute, private to the attack, empty at first */
  int wrong;
  const char *kept; /* where failures are kept; created with the first */
  int n_kept;
} attack;

/* argv: PROGRAM FIRST COUNT; FIRST "@7": the environment's POTLINE_ATTACK_SEED, otherwise 7. False
 * after a usage message. */
bool attack_begin(attack *at, int argc, char **argv, uint64_t *first, int *count);
/* Returns the exit status for main: 1 if something was wrong. */
int attack_end(attack *at);

enum { COMMAND_LATE = -1, COMMAND_WORDS = 24 };
/* words: the program's arguments, ended by NULL. Returns its exit status, 128 + a signal, or
 * COMMAND_LATE. */
int command_run(const attack *at, const char *const *words, int seconds);
/* The output of the last command: "out" or "err". */
const char *command_said(const attack *at, const char *file, pl_arena *a);

/* What is wrong with how a command ended; NULL if the documents allow it. planned: it must not
 * reject its input. */
const char *command_fault(int status, const char *err, bool planned);

/* Reports a failure, with the seed and the command, and keeps the whole folder. */
void attack_fault(attack *at, uint64_t seed, const char *fault, const char *const *words);

/* Empties the folder. */
void attack_clear(const attack *at);

#endif
