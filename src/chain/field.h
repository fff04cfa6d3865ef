#ifndef PL_CHAIN_FIELD_H
#define PL_CHAIN_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/calendar.h"
#include "base/diag.h"
#include "base/text.h"
#include "price/formula.h"
#include "unit/unit.h"

/* The kinds of value that a field of a case can have, and the C type of each. A noun's .def has one row a field:
 *     F(member, "key", KIND, "argument", NEED, lowest, highest, "default", "help")
 * from which come its struct (chain/chain.h), the reader, the checks, `potline fields`, docs/case-format.md and the JSON Schema.
 *
 * The argument is, for REF, REFS and SHARES, the noun referred to; for CHOICE the list of choices; for NUMBER, FORMULA, BOUNDS, CHARGES and
 * TIERS the dimension wanted: a product of money, time, length, 1, quantity (of the material the thing is about: a market's, a
 * stock's, a lane's first, the first product of a unit's first process or of a process, an agreement's), any; e.g. "money/quantity". lowest and
 * highest bound the inside value (of every value in time); "default" is for people, members start as noted. */

typedef struct { /* DATE: the period that is named by how finely it is written, [from, to) */
  pl_time from, to;
} pl_date;

typedef struct { /* REF */
  int n;
  int *index;      /* [n] of the noun named in the argument */
  pl_place *place; /* [n] */
} pl_refs;

typedef struct { /* AMOUNTS: fixed amounts of materials, each in its material's own unit */
  int n;
  int *material;
  double *amount;    /* inside units */
  const char **text; /* as written */
  pl_place *place;
} pl_amounts;

/* PRICES: a formula a material, money per that material's unit; RATIOS: that material's unit per
 * quantity */
typedef struct {
  int n;
  int *material;
  pl_formula **formula;
  pl_place *place;
} pl_prices;

/* SHARES: things of one noun, each with a factor; a list or a single name means factor 1 */
typedef struct {
  int n;
  int *index;
  double *factor; /* constant, inside units */
  pl_dim *dim;    /* of the factor; none when it was not written */
  pl_place *place;
} pl_shares;

typedef struct { /* CHARGES: a formula an account line, a cost where positive */
  int n;
  int *line; /* pl_line */
  pl_formula **formula;
  pl_place *place;
} pl_charges;

/* BOUNDS: one bound or several, each over the time that it is written per: 40 kt/month bounds every month, 400 kt/year every year (in
 * proportion where the calendar holds part of one), 400 kt all of the case's time. */
typedef struct {
  int n;
  pl_formula **formula; /* quantity/time or quantity */
  int *per;             /* pl_step, or −1 for all of the time */
} pl_bounds;

typedef struct { /* CURVE: plain numbers by plain numbers, which ascend */
  int n;
  double *at, *value; /* [n] */
  pl_place *place;    /* of the former */
} pl_curve;

typedef struct { /* STAGES: a formula from each length of time on, ascending; the first is 0 */
  int n;
  pl_duration *from;
  pl_formula **formula;
  pl_place *place; /* of the lengths */
} pl_stages;

typedef struct { /* TIERS: volume steps of a market, in order */
  int n;
  pl_bounds *
      next; /* [n] one bound each, on what is traded in the tier alone; none = no bound (last tier only) */
  pl_formula **price; /* [n] */
  pl_place *place;
} pl_tiers;

/* COMPOSITION: elements of a material, mass shares; RANGES: least and most, NAN = not bounded */
typedef struct {
  int n;
  const char **element;
  double *low, *high; /* equal in a composition */
  pl_place *place;
} pl_contents;

typedef enum {
  PL_TERM_MARKET,
  PL_TERM_LANE,
  PL_TERM_UNIT,
  PL_TERM_EMISSION,
  PL_TERM_AGREEMENT
} pl_term_kind;
/* SUM: "markets.lme: 1", "lanes.x.alumina", "units.potline.prebake", "emissions.co2.slatina",
 * "agreements.x"; a list means factor 1 */
typedef struct {
  int n;
  struct pl_term {
    pl_term_kind kind;
    int index; /* of the market, lane, unit, agreement; for emissions the material */
    int part;  /* lane: material; unit: process (index of noun); emission: site; −1 = all */
    int party; /* emissions of one party, −1 = all */
    double factor;
    pl_dim dim; /* of the factor */
    pl_place place;
  } *term;
} pl_sum;

typedef struct {   /* POINT */
  double lat, lon; /* degrees, north and east positive; NAN when not given */
} pl_point;

typedef struct { /* EXCHANGE: currencies and the quotations that bring them to the case's */
  int n;
  int *currency; /* pl_dim_name */
  const char **quotation;
  pl_place *place;
} pl_exchange;

/* VALUES: a quotation's values given inline: one for all time, by date, or a list from the
 * calendar's start in its step */
typedef struct {
  int n;
  bool listed;               /* a list: from and step are NULL */
  pl_time *from;             /* [n] by date; NULL otherwise */
  pl_step *step;             /* [n] how fine the date was written; NULL otherwise */
  double *value;             /* [n] as written */
  pl_measure *unit;          /* [n] as written; factor 0 = a bare number */
  const char **text, **date; /* [n] what was read; date NULL without dates */
  pl_place *place;
} pl_values;

typedef struct { /* TEXTS: a text for each key */
  int n;
  const char **key, **text;
  pl_place *place; /* of the keys */
} pl_texts;

#define PL_TYPE_TEXT     const char * /* NULL when not given */
#define PL_TYPE_DATE     pl_date      /* all zero when not given */
#define PL_TYPE_DURATION pl_duration
#define PL_TYPE_FLAG     bool
#define PL_TYPE_CHOICE                                                                             \
  int /* index into the argument's list; −1 when not given and without default */
#define PL_TYPE_NUMBER      double /* NAN when not given */
#define PL_TYPE_YEARLY      double /* a rate per year: "9 %" or "9 %/year" */
#define PL_TYPE_MEASURE     pl_measure
#define PL_TYPE_FORMULA     pl_formula * /* NULL when not given; dated maps become pl_formula_steps */
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

/* A noun as data: where its section is, its fields, the size of its struct. Index order = noun.def. */
typedef struct {
  const char *name, *section, *meaning;
  const pl_field *field;
  int n_fields;
  size_t size;        /* of the struct */
  size_t list_offset; /* of pl_case's pointer to the array, and of its count */
  size_t count_offset;
  const char *
      shorthand; /* field that a scalar in the place of the mapping gives ("alumina: t"), or NULL */
} pl_noun;

extern const pl_noun pl_nouns[];
extern const int pl_noun_count;
extern const pl_noun pl_calendar_noun; /* the head of a case: its fields, no list */

enum { PL_FIELDS_MAX = 60 };                                            /* of one noun */
int pl_noun_find(const char *section, size_t length);                   /* index in pl_nouns; −1 */
int pl_field_find(const pl_noun *noun, const char *key, size_t length); /* −1 */
bool pl_field_choice(const pl_field *f, int i,
                     pl_span *out); /* choice i of a CHOICE; false past the last */
int pl_field_choose(const pl_field *f, const char *text, size_t length); /* −1 */

/* Things of a case by their noun: how many, thing i, and what every thing begins with. */
struct pl_case;
int pl_noun_size(const pl_noun *noun, const struct pl_case *c);
void *pl_noun_at(const pl_noun *noun, const struct pl_case *c, int i);
const char **pl_thing_name(void *thing);
pl_place *pl_thing_place(void *thing);
pl_place **pl_thing_said(void *thing); /* [noun->n_fields] */

#endif
