#ifndef PL_CHAIN_FIELD_H
#define PL_CHAIN_FIELD_H

#include <stddef.h>

#include "base/text.h"
#include "chain/kind.h"

/* The fields of a case as data. A noun's .def has one row a field:
 *     F(member, "key", KIND, "argument", NEED, lowest, highest, "default", "help")
 * from which come its struct (chain/nouns.h), the reader, the checks, `potline fields`,
 * docs/case-format.md and the JSON Schema.
 *
 * The argument is, for REF, REFS and SHARES, the noun referred to; for CHOICE the list of choices;
 * for NUMBER, FORMULA, BOUNDS, CHARGES and TIERS the dimension required: a product of money, time,
 * length, 1, quantity (of the material the thing is about: a market's, a stock's, a lane's first,
 * the first product of a unit's first process or of a process, an agreement's), any; e.g.
 * "money/quantity". lowest and highest bound the inside value (of every value in time); "default"
 * is for people, members start as noted. */

/* The C type of each kind. */
#define PL_TYPE_TEXT        const char * /* NULL when not given */
#define PL_TYPE_DATE        pl_date      /* all zero when not given */
#define PL_TYPE_DURATION    pl_duration
#define PL_TYPE_FLAG        bool
#define PL_TYPE_CHOICE      int    /* index into the argument's list; −1: not given, no default */
#define PL_TYPE_NUMBER      double /* NAN when not given */
#define PL_TYPE_YEARLY      double /* a rate per year: "9 %" or "9 %/year" */
#define PL_TYPE_MEASURE     pl_measure
#define PL_TYPE_FORMULA     pl_formula * /* NULL when not given; dated maps: pl_formula_steps */
#define PL_TYPE_REF         int          /* −1 when not given */
#define PL_TYPE_REFS        pl_refs
#define PL_TYPE_AMOUNTS     pl_amounts
#define PL_TYPE_PRICES      pl_prices
#define PL_TYPE_RATIOS      pl_prices
#define PL_TYPE_SHARES      pl_shares
#define PL_TYPE_CHARGES     pl_charges
#define PL_TYPE_BOUNDS      pl_bounds
#define PL_TYPE_CURVE       pl_curve
#define PL_TYPE_STAGES      pl_stages
#define PL_TYPE_TIERS       pl_tiers
#define PL_TYPE_COMPOSITION pl_contents
#define PL_TYPE_RANGES      pl_contents
#define PL_TYPE_SUM         pl_sum
#define PL_TYPE_POINT       pl_point
#define PL_TYPE_EXCHANGE    pl_exchange
#define PL_TYPE_VALUES      pl_values
#define PL_TYPE_TEXTS       pl_texts

typedef enum {
#define K(name, words, example, help) PL_KIND_##name,
#include "chain/kind.def"
#undef K
} pl_kind;
typedef struct {
  const char *words, *example, *help;
} pl_kind_text;
extern const pl_kind_text pl_kinds[]; /* by pl_kind: "a formula", … */
extern const int pl_kind_count;

typedef enum { PL_OPTIONAL, PL_REQUIRED } pl_need;

typedef struct {
  const char *member, *key;
  pl_kind kind;
  const char *argument;
  pl_need need;
  double lowest, highest;
  const char *preset; /* the default, in words; "" = none */
  const char *help;
  size_t offset;
} pl_field;

/* A noun as data: where its section is, its fields, the size of its struct. Index order =
 * noun.def. */
typedef struct {
  const char *name, *section, *meaning;
  const pl_field *field;
  int n_fields;
  size_t size;        /* of the struct */
  size_t list_offset; /* of pl_case's pointer to the array, and of its count */
  size_t count_offset;
  /* field that a scalar in the place of the mapping gives ("alumina: t"), or NULL */
  const char *shorthand;
} pl_noun;

extern const pl_noun pl_nouns[];
extern const int pl_noun_count;
extern const pl_noun pl_calendar_noun; /* the head of a case: its fields, no list */

enum { PL_FIELDS_MAX = 60 };                                            /* of one noun */
int pl_noun_find(const char *section, size_t length);                   /* index in pl_nouns; −1 */
int pl_field_find(const pl_noun *noun, const char *key, size_t length); /* −1 */
/* Choice i of a CHOICE; false past the last. */
bool pl_field_choice(const pl_field *f, int i, pl_span *out);
int pl_field_choose(const pl_field *f, const char *text, size_t length); /* −1 */

/* Things of a case by their noun: how many, thing i, and what every thing begins with. */
struct pl_case;
int pl_noun_size(const pl_noun *noun, const struct pl_case *c);
void *pl_noun_at(const pl_noun *noun, const struct pl_case *c, int i);
const char **pl_thing_name(void *thing);
pl_place *pl_thing_place(void *thing);
pl_place **pl_thing_said(void *thing); /* [noun->n_fields] */

#endif
