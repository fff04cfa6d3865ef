#ifndef ATTACK_FALSIFY_H
#define ATTACK_FALSIFY_H

#include "law/law_case.h"

/* Falsifies a run file, leaving a valid SQLite file: other numbers in its tables, other texts of
 * its case, more or fewer rows, another answer. Returns what was done; NULL if the file is not a
 * run or nothing was changed. */
const char *falsify(const char *path, law_random *r, pl_arena *a);

#endif
