#ifndef LAW_EVERY_TEXT_H
#define LAW_EVERY_TEXT_H

#include "law/law_case.h"

/* Texts of the random cases of every kind. */

/* Part i of a text whose parts a mark keeps apart; NULL beyond the last. */
const char *law_every_part(pl_arena *a, const char *text, const char *mark, int i);
/* One of the parts that | keeps apart. */
const char *law_every_any_part(pl_arena *a, const char *text, law_random *r);
/* The text with $from and $to as dates. */
const char *law_every_dated(pl_arena *a, const char *text, const char *from, const char *to);
/* The CSV files that such a case may name. */
void law_every_tables(law_text *text, pl_arena *a);

#endif
