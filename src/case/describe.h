#ifndef PL_CASE_DESCRIBE_H
#define PL_CASE_DESCRIBE_H

#include "case/case.h"

/* What the three descriptions of the language share. Texts live in the arena. */

/* What a field holds, in words: "the name of a site", "hour, day, week, month, quarter or year". */
const char *pl_field_holds(const pl_field *f, pl_arena *a);
/* The unit it requires: "money/quantity"; "" if it has none. */
const char *pl_field_unit(const pl_field *f);
/* "required", or its default. */
const char *pl_field_default(const pl_field *f);

#endif
