#ifndef PL_BASE_CREW_H
#define PL_BASE_CREW_H

/* Threads that wait for work. A crew of one does everything in the calling thread. One crew, one
 * caller at a time. */
typedef struct pl_crew pl_crew;

pl_crew *pl_crew_new(int threads); /* ≥ 1, the calling thread included */
void pl_crew_free(pl_crew *c);     /* NULL allowed */
int pl_crew_threads(const pl_crew *c);

/* Do part k = 0 … n − 1 of some work, on all threads; returns when all parts are done. Neither the
 * order nor the thread of each part is fixed: a part writes where no other does, and sums over
 * parts are taken afterwards in the order of k, so that a result does not depend on the number of
 * threads. */
void pl_crew_do(pl_crew *c, int n, void (*part)(int k, void *user), void *user);
/* What the calling thread does ten times per second while others finish their parts; NULL =
 * nothing. */
void pl_crew_while_waiting(pl_crew *c, void (*now_and_then)(void *user), void *user);

#endif
