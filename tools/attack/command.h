#ifndef ATTACK_COMMAND_H
#define ATTACK_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* The program as a user runs it: in a process of its own, with a limit of time. What it says is
 * kept in the files "out" and "err" of the folder of the attack. */

typedef struct {
  const char *program, *self; /* absolute */
  const char *folder;         /* absolute, its own, empty at first */
  int wrong;
  const char *kept; /* where failures are kept; made with the first */
  int n_kept;
} attack;

/* argv: PROGRAM FIRST COUNT; FIRST "@7": the environment's POTLINE_ATTACK_SEED, else 7. false: wrong
 * use, and said so. */
bool attack_begin(attack *at, int argc, char **argv, uint64_t *first, int *count);
/* The exit status for main: 1 where something was wrong. */
int attack_end(attack *at);

enum { COMMAND_LATE = -1, COMMAND_WORDS = 24 };
/* words: the program's arguments, ended by NULL. Its exit status, 128 + a signal, or COMMAND_LATE.
 */
int command_run(const attack *at, const char *const *words, int seconds);
/* What the last command said: "out" or "err". */
const char *command_said(const attack *at, const char *file, pl_arena *a);

/* What is wrong with how a command ended: NULL where it is an answer that the documents name.
 * planned: it may not refuse its input. */
const char *command_fault(int status, const char *err, bool planned);

/* Something is wrong: says so, with the seed and the command, and keeps all of the folder. */
void attack_fault(attack *at, uint64_t seed, const char *fault, const char *const *words);

/* Empties the folder. */
void attack_clear(const attack *at);

#endif
