#ifndef PL_CHAIN_NOUNS_H
#define PL_CHAIN_NOUNS_H

#include "chain/field.h"

/* The things that a value chain is made of: plain structs whose fields are the rows of the .def
 * files beside this header; their meaning, unit and default are listed there. */

typedef enum {
#define L(name, key, meaning) PL_LINE_##name,
#include "chain/line.def"
#undef L
  PL_LINES
} pl_line;
const char *pl_line_key(pl_line l); /* "sales" */
int pl_line_find(const char *key);  /* −1 */

typedef enum {
#define N(name, list, section, shorthand, meaning) PL_NOUN_##name,
#include "chain/noun.def"
#undef N
  PL_NOUNS
} pl_noun_id;

#define PL_DECLARE_NOUN                                                                            \
  const char *name;                                                                                \
  pl_place place; /* of its key */                                                                 \
  pl_place *said; /* [fields] of each field's value; line 0 where it was not given */
#define F(member, key, kind, argument, need, low, high, preset, help) PL_TYPE_##kind member;

typedef struct {
  PL_DECLARE_NOUN
#include "chain/calendar.def"
} pl_calendar;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/party.def"
} pl_party;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/site.def"
} pl_site;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/material.def"
} pl_material;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/process.def"
} pl_process;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/unit.def"
} pl_unit;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/stock.def"
} pl_stock;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/lane.def"
} pl_lane;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/market.def"
} pl_market;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/quotation.def"
} pl_quotation_field; /* as written in the case; the values are in pl_case.quotes */
typedef struct {
  PL_DECLARE_NOUN
#include "chain/limit.def"
} pl_limit;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/outage.def"
} pl_outage;
typedef struct {
  PL_DECLARE_NOUN
#include "chain/agreement.def"
} pl_agreement;
#undef F
#endif
