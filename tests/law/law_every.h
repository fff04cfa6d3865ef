#ifndef LAW_EVERY_H
#define LAW_EVERY_H

#include "law/law_case.h"

/* Random cases of every kind in the language: chains of a few companies with agreements of all
 * kinds, on calendars from quarter-hours to years, to whose things fields are added one at a time,
 * as far as reading accepts them. What may be said in each field is a row of law_every.def. */

typedef bool law_every_accepts(void *user, const law_text *text);
/* The case and its files; `accepts` tells whether reading takes a text. */
law_text law_every_make(pl_arena *a, uint64_t seed, law_every_accepts *accepts, void *user,
                        law_case **out);

/* So many turns it takes to try every row, and the rows of agreements for every kind; each seed has
 * some. */
int law_every_turns(void);

#endif
