#ifndef ATTACK_FALSIFY_H
#define ATTACK_FALSIFY_H

#include "law/law_case.h"

/* Make a run file say something else, as a sound SQLite file: other numbers in its tables, texts
 * that were its case's, rows more or fewer, an answer that is another. Returns what was done; NULL
 * where the file is none or nothing came of it. */
const char *falsify(const char *path, law_random *r, pl_arena *a);

#endif
