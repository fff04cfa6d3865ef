#ifndef PL_DIAGNOSE_GIVE_H
#define PL_DIAGNOSE_GIVE_H

#include "plan/program.h"

/* How the bounds of a kind may give way (give.def). For this folder only. */

typedef enum {
  PL_GIVES_UNSAID, /* of no kind: a test sees to it */
  PL_GIVES_NUMBER,
  PL_GIVES_COEFFICIENT,
  PL_GIVES_RULE,
  PL_GIVES_CHOICE,
  PL_GIVES_STRUCTURE,
} pl_gives_how;

enum { PL_GIVES_NO_FIELD = -1 };

typedef struct {
  pl_gives_how how;
  int field, other; /* of the thing, that say so; the first that the case gives counts */
  const char *says; /* of a rule: "cannot take place once, as it must"; else why the rest stays */
  const char *cure;
} pl_gives;

const pl_gives *pl_gives_of(const pl_block *b, bool is_row);
/* Whether it gives way as a rule. */
bool pl_gives_as_rule(const pl_gives *g);
/* The place of the field that says it, else of the thing; *words gets the field's key, or "". */
pl_place pl_gives_place(const pl_program *p, const pl_block *b, bool is_row, const char **words);

#endif
