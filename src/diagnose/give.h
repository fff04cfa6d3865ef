#ifndef PL_DIAGNOSE_GIVE_H
#define PL_DIAGNOSE_GIVE_H

#include "plan/program.h"

/* How the bounds of a kind may be relaxed, as its row of column.def or row.def specifies. */

const pl_gives *pl_gives_of(const pl_block *b, bool is_row);
/* Whether it is relaxed as a rule. */
bool pl_gives_as_rule(const pl_gives *g);
/* The place of the field that gives it, or else of the thing; *words gets the field's key, or
 * "". */
pl_place pl_gives_place(const pl_program *p, const pl_block *b, bool is_row, const char **words);

#endif
