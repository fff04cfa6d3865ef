#ifndef PL_BASE_ERRAND_H
#define PL_BASE_ERRAND_H

#include <stdbool.h>

/* Work that its caller need not wait for, such as calls of libraries that cannot be interrupted. It
 * runs in a thread of its own; if the caller stops waiting it is left behind, and that thread frees
 * what it worked on when it ends. So a job owns, or shares by reference count, everything that its
 * work touches. */
typedef struct {
  void (*work)(void *job);
  void (*discard)(void *job);    /* free a job that was left behind, after its work */
  bool (*wait_on)(void *waiter); /* called in the calling thread, some fifty times per second */
  void *waiter;
  double grace_s; /* how long the work may take to end by itself after wait_on has returned false */
} pl_errand;

/* true: the work is done, and job is the caller's again. false: it was left behind, and job belongs
 * to the errand. Where the system provides no thread, the calling one does the work. */
bool pl_errand_do(const pl_errand *e, void *job);

/* How many have been left behind and have not ended. While there are any, the program must end with
 * _exit: exit would destroy static objects of the libraries that they still use. */
int pl_errands_left(void);

#endif
