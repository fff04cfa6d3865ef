#ifndef PL_BASE_LEFTOVER_H
#define PL_BASE_LEFTOVER_H

#include "base/arena.h"

/* Temporary files on their way to a name of their own, "x.run.potline-HOST-PID-N.new": how they are
 * called, how those that a killed process left are found again, and how a signal handler removes
 * those of this process. */

/* The nth name beside path. */
const char *pl_leftover_name(pl_arena *a, const char *path, int n);
/* Remove what processes of this machine that are gone left in path's folder: regular files of this
 * user, of such a name. */
void pl_leftover_sweep(const char *path);

/* A temporary that exists from now on, until it is settled: renamed or removed. The number is for
 * pl_leftover_settle; -1, which it takes too, when there are too many to remember. Any thread. */
int pl_leftover_pend(const char *temporary);
void pl_leftover_settle(int number);
/* Remove all that are pending; for signal handlers too. */
void pl_leftover_remove_pending(void);

#endif
