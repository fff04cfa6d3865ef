/* column.def and row.def as data. */
#include "plan/kind.h"

enum {
  SITE = PL_NOUN_site,
  UNIT = PL_NOUN_unit,
  STOCK = PL_NOUN_stock,
  LANE = PL_NOUN_lane,
  MARKET = PL_NOUN_market,
  AGREEMENT = PL_NOUN_agreement,
  OUTAGE = PL_NOUN_outage,
  LIMIT = PL_NOUN_limit,
  NONE = PL_GIVES_NO_FIELD,
};

#define BY_NUMBER(why)                      {PL_GIVES_NUMBER, NONE, NONE, why, ""}
#define BY_COEFFICIENT(field, other)        {PL_GIVES_COEFFICIENT, field, other, "", ""}
#define BY_RULE(field, other, says, cure)   {PL_GIVES_RULE, field, other, says, cure}
#define BY_CHOICE(field, other, says, cure) {PL_GIVES_CHOICE, field, other, says, cure}
#define STAYS(why)                          {PL_GIVES_STRUCTURE, NONE, NONE, why, ""}

const pl_facts pl_column_facts[PL_COLUMN_KINDS] = {
#define C(name, word_, thing_, part_, in_, bound_, moves_, verb_, settled_, file, meaning, gives_) \
  [PL_COLUMN_##name] = {.word = word_,                                                             \
                        .thing = (pl_noun_id)thing_,                                               \
                        .part = PL_PART_##part_,                                                   \
                        .in = PL_IN_##in_,                                                         \
                        .bound = PL_BOUND_##bound_,                                                \
                        .moves = PL_MOVES_##moves_,                                                \
                        .verb = verb_,                                                             \
                        .settled = PL_SETTLED_##settled_,                                          \
                        .gives = gives_},
#include "plan/column.def"
#undef C
};

const pl_facts pl_row_facts[PL_ROW_KINDS] = {
#define R(name, word_, thing_, part_, in_, bound_, role_, formula, gives_)                         \
  [PL_ROW_##name] = {.word = word_,                                                                \
                     .thing = (pl_noun_id)thing_,                                                  \
                     .part = PL_PART_##part_,                                                      \
                     .in = PL_IN_##in_,                                                            \
                     .bound = PL_BOUND_##bound_,                                                   \
                     .verb = "",                                                                   \
                     .role = PL_ROLE_##role_,                                                      \
                     .gives = gives_},
#include "plan/row.def"
#undef R
};
