#ifndef ATTACK_DISTORT_H
#define ATTACK_DISTORT_H

#include "command.h"
#include "mutant.h"

/* Whether check accepts the mutant, written into the folder "case". */
bool distort_is_accepted(const attack *at, const mutant *m);
/* A few numbers of the mutant changed within reason, so that check still accepts it; it is in the
 * folder "case" then. */
bool distort(const attack *at, mutant *m);

#endif
