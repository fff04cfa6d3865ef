#ifndef PL_CHAIN_KIND_H
#define PL_CHAIN_KIND_H

#include <stdbool.h>

#include "base/calendar.h"
#include "base/diag.h"
#include "price/formula.h"
#include "unit/unit.h"

/* The C types of the values that a field of a case can have; kind.def lists the kinds. */

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

/* PRICES: a formula per material, money per that material's unit; RATIOS: that material's unit per
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

typedef struct { /* CHARGES: a formula per account line, a cost where positive */
  int n;
  int *line; /* pl_line */
  pl_formula **formula;
  pl_place *place;
} pl_charges;

/* BOUNDS: one bound or several, each over the time in its unit: 40 kt/month bounds every month, 400
 * kt/year every year (in proportion where the case contains part of one), 400 kt the whole case. */
typedef struct {
  int n;
  pl_formula **formula; /* quantity/time or quantity */
  int *per;             /* pl_step, or −1 for the whole case */
} pl_bounds;

typedef struct { /* CURVE: plain numbers by plain numbers, in ascending order */
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

typedef struct { /* TIERS: volume steps of a market or agreement, in order */
  int n;
  pl_bounds *next;    /* [n] one bound each, on what is traded in the tier alone; none = no bound,
                         in the last tier only */
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

typedef struct { /* EXCHANGE: currencies and the quotations that convert them to the case's */
  int n;
  int *currency; /* pl_dim_name */
  const char **quotation;
  pl_place *place;
} pl_exchange;

/* VALUES: a quotation's values given inline: one for all time, by date, or a list from the start of
 * the case in its step */
typedef struct {
  int n;
  bool listed;               /* a list: from and step are NULL */
  pl_time *from;             /* [n] by date; NULL otherwise */
  pl_step *step;             /* [n] how fine the date was written; NULL otherwise */
  double *value;             /* [n] as written */
  pl_measure *unit;          /* [n] as written; factor 0 = a bare number */
  const char **text, **date; /* [n] the texts read; date NULL without dates */
  pl_place *place;
} pl_values;

typedef struct { /* TEXTS: a text for each key */
  int n;
  const char **key, **text;
  pl_place *place; /* of the keys */
} pl_texts;

#endif
