#ifndef ATTACK_DISTORT_H
#define ATTACK_DISTORT_H

#include "command.h"
#include "mutant.h"

/* Writes the mutant into the folder "case"; returns whether check accepts it. */
bool distort_is_accepted(const attack *at, const mutant *m);
/* Changes a few numbers of the mutant within reason, so that check still accepts it, and leaves it
 * in the folder "case". */
bool distort(const attack *at, mutant *m);

#endif
