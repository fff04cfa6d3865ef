#include "chain/field.h"

#include <string.h>

#include "chain/chain.h"

/* The field tables of all nouns, from the .def lists, and what follows for a field or a noun from
 * its row alone. Reading and checking are done in case/. */

#define F(member, key, kind, argument, need, low, high, preset, help)                              \
  {#member, key,  PL_KIND_##kind, argument, PL_##need,                                             \
   low,     high, preset,         help,     offsetof(NOUN, member)},

#define NOUN pl_calendar
static const pl_field calendar_fields[] = {
#include "chain/calendar.def"
};
#undef NOUN
#define NOUN pl_party
static const pl_field party_fields[] = {
#include "chain/party.def"
};
#undef NOUN
#define NOUN pl_site
static const pl_field site_fields[] = {
#include "chain/site.def"
};
#undef NOUN
#define NOUN pl_material
static const pl_field material_fields[] = {
#include "chain/material.def"
};
#undef NOUN
#define NOUN pl_process
static const pl_field process_fields[] = {
#include "chain/process.def"
};
#undef NOUN
#define NOUN pl_unit
static const pl_field unit_fields[] = {
#include "chain/unit.def"
};
#undef NOUN
#define NOUN pl_stock
static const pl_field stock_fields[] = {
#include "chain/stock.def"
};
#undef NOUN
#define NOUN pl_lane
static const pl_field lane_fields[] = {
#include "chain/lane.def"
};
#undef NOUN
#define NOUN pl_market
static const pl_field market_fields[] = {
#include "chain/market.def"
};
#undef NOUN
#define NOUN pl_quotation_field
static const pl_field quotation_fields[] = {
#include "chain/quotation.def"
};
#undef NOUN
#define NOUN pl_outage
static const pl_field outage_fields[] = {
#include "chain/outage.def"
};
#undef NOUN
#define NOUN pl_limit
static const pl_field limit_fields[] = {
#include "chain/limit.def"
};
#undef NOUN
#define NOUN pl_agreement
static const pl_field agreement_fields[] = {
#include "chain/agreement.def"
};
#undef NOUN
#undef F

const pl_noun pl_nouns[] = {
#define N(name, list, section, shorthand, meaning)                                                 \
  {#name,                                                                                          \
   section,                                                                                        \
   meaning,                                                                                        \
   name##_fields,                                                                                  \
   (int)(sizeof name##_fields / sizeof *name##_fields),                                            \
   sizeof *((pl_case *)0)->list,                                                                   \
   offsetof(pl_case, list),                                                                        \
   offsetof(pl_case, n_##list),                                                                    \
   shorthand},
#include "chain/noun.def"
#undef N
};
const int pl_noun_count = (int)(sizeof pl_nouns / sizeof *pl_nouns);

const pl_noun pl_calendar_noun = {"case",
                                  "case",
                                  "the head of a case: the time planned and the currency",
                                  calendar_fields,
                                  (int)(sizeof calendar_fields / sizeof *calendar_fields),
                                  sizeof(pl_calendar),
                                  0,
                                  0,
                                  NULL};

#define N(name, list, section, shorthand, meaning)                                                 \
  _Static_assert(sizeof name##_fields / sizeof *name##_fields <= PL_FIELDS_MAX, "too many "        \
                                                                                "fields");
#include "chain/noun.def"
#undef N

const pl_kind_text pl_kinds[] = {
#define K(name, words, example, help) {words, example, help},
#include "chain/kind.def"
#undef K
};
const int pl_kind_count = (int)(sizeof pl_kinds / sizeof *pl_kinds);

int pl_noun_find(const char *text, size_t length) {
  for (int i = 0; i < pl_noun_count; i++) {
    if (strlen(pl_nouns[i].section) == length && !memcmp(pl_nouns[i].section, text, length))
      return i;
  }
  return -1;
}

int pl_field_find(const pl_noun *noun, const char *key, size_t length) {
  for (int i = 0; i < noun->n_fields; i++) {
    const char *const own = noun->field[i].key;
    if (!strncmp(own, key, length) && own[length] == '\0') return i;
  }
  return -1;
}

bool pl_field_choice(const pl_field *f, int i, pl_span *out) {
  const char *at = f->argument;
  for (;; i--) {
    size_t const length = strcspn(at, " ");
    if (length == 0) return false;
    *out = (pl_span){at, length};
    if (i == 0) return true;
    at += length + (at[length] == ' ');
  }
}

int pl_field_choose(const pl_field *f, const char *text, size_t length) {
  pl_span choice;
  for (int i = 0; pl_field_choice(f, i, &choice); i++) {
    if (choice.length == length && !memcmp(choice.at, text, length)) return i;
  }
  return -1;
}

int pl_noun_size(const pl_noun *noun, const pl_case *c) {
  return *(const int *)((const char *)c + noun->count_offset);
}

void *pl_noun_at(const pl_noun *noun, const pl_case *c, int i) {
  char *const *const list = (char *const *)((const char *)c + noun->list_offset);
  return *list + (size_t)i * noun->size;
}

/* Every noun's struct begins with PL_DECLARE_NOUN, so these offsets are the same in all. */
const char **pl_thing_name(void *thing) {
  return (const char **)((char *)thing + offsetof(pl_party, name));
}
pl_place *pl_thing_place(void *thing) {
  return (pl_place *)((char *)thing + offsetof(pl_party, place));
}
pl_place **pl_thing_said(void *thing) {
  return (pl_place **)((char *)thing + offsetof(pl_party, said));
}
