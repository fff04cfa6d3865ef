#ifndef PL_BASE_LEFTOVER_H
#define PL_BASE_LEFTOVER_H

#include "base/arena.h"

/* Temporary files that are to be renamed, "x.run.potline-HOST-PID-N.new": how they are named,
 * how those left by a killed process are found, and how a signal handler removes those of this
 * process. */

/* The nth name beside path. */
const char *pl_leftover_name(pl_arena *a, const char *path, int n);
/* Removes from path's folder what processes of this machine that have ended left behind: regular
 * files of this user with such a name. */
void pl_leftover_sweep(const char *path);

/* A temporary that exists from now on, until it is settled: renamed or removed. The number is for
 * pl_leftover_settle; -1, which it takes too, when there are too many to remember. Any thread. */
int pl_leftover_pend(const char *temporary);
void pl_leftover_settle(int number);
/* Remove all that are pending; for signal handlers too. */
void pl_leftover_remove_pending(void);

#endif
