/* How the bounds of each kind give way, and which field of the case says them. */
#include "diagnose/give.h"

#include "plan/words.h"

enum { NONE = PL_GIVES_NO_FIELD };

static const pl_gives of_rows[PL_ROW_KINDS] = {
#define GIVE_ROW(name, how, field, other, says, cure)                                              \
  [PL_ROW_##name] = {PL_GIVES_##how, field, other, says, cure},
#define GIVE_COLUMN(name, how, field, other, says, cure)
#include "diagnose/give.def"
#undef GIVE_ROW
};

static const pl_gives of_columns[PL_COLUMN_KINDS] = {
#define GIVE_ROW(name, how, field, other, says, cure)
#define GIVE_COLUMN(name, how, field, other, says, cure)                                           \
  [PL_COLUMN_##name] = {PL_GIVES_##how, field, other, says, cure},
#include "diagnose/give.def"
#undef GIVE_ROW
};

const pl_gives *pl_gives_of(const pl_block *b, bool is_row) {
  return is_row ? &of_rows[b->kind] : &of_columns[b->kind];
}

bool pl_gives_as_rule(const pl_gives *g) {
  return g->how == PL_GIVES_RULE || g->how == PL_GIVES_CHOICE;
}

pl_place pl_gives_place(const pl_program *p, const pl_block *b, bool is_row, const char **words) {
  const pl_gives *g = pl_gives_of(b, is_row);
  const pl_noun *noun = &pl_nouns[pl_words_noun(b, is_row)];
  int const fields[] = {g->field, g->other};
  pl_place place;
  const pl_place *said = pl_words_said(p, b, is_row, &place);
  *words = "";
  for (int i = 0; i < 2; i++)
    if (fields[i] >= 0 && said[fields[i]].line > 0) {
      *words = noun->field[fields[i]].key;
      return said[fields[i]];
    }
  return place;
}
