#ifndef ATTACK_MUTANT_TEXT_H
#define ATTACK_MUTANT_TEXT_H

#include "law/law_case.h"
#include "text/node.h"

/* Changes of one text of a case. Each returns the text itself if there is nothing to change. */
const char *mutant_scaled(law_random *r, const char *text, bool within_reason, pl_arena *a);
const char *mutant_extreme(law_random *r, const char *text, pl_arena *a);
const char *mutant_other_unit(law_random *r, const char *text, pl_arena *a);
const char *mutant_moved_date(law_random *r, const char *text, pl_arena *a);
const char *mutant_other_formula(law_random *r, const char *text, pl_arena *a);
/* Changes a number in a table, outside the first row and column. */
const char *mutant_other_table(law_random *r, const char *text, bool within_reason, pl_arena *a);

/* A tree as YAML. */
void mutant_write_node(pl_string *out, const pl_node *n, int depth);

#endif
