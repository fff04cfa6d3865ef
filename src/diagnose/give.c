/* How the bounds of each kind may be relaxed, and which field of the case gives them. */
#include "diagnose/give.h"

const pl_gives *pl_gives_of(const pl_block *block, bool is_row) {
  return &pl_block_facts(block, is_row)->gives;
}

bool pl_gives_as_rule(const pl_gives *g) {
  return g->how == PL_GIVES_RULE || g->how == PL_GIVES_CHOICE;
}

pl_place pl_gives_place(const pl_program *p, const pl_block *block, bool is_row,
                        const char **words) {
  const pl_gives *g = pl_gives_of(block, is_row);
  const pl_noun *noun = &pl_nouns[pl_block_facts(block, is_row)->thing];
  void *thing = pl_noun_at(noun, p->c, block->thing);
  const pl_place *said = *pl_thing_said(thing);
  int const fields[] = {g->field, g->other};
  *words = "";
  for (int i = 0; i < 2; i++)
    if (fields[i] >= 0 && said[fields[i]].line > 0) {
      *words = noun->field[fields[i]].key;
      return said[fields[i]];
    }
  return *pl_thing_place(thing);
}
