#ifndef PL_CHAIN_CHAIN_H
#define PL_CHAIN_CHAIN_H

#include "base/grid.h"
#include "chain/nouns.h"
#include "chain/said.h"
#include "price/formula.h"
#include "price/quotes.h"
#include "text/files.h"

/* A value chain: its things (nouns.h), and what follows from their fields. Made by case/, constant
 * afterwards. All numbers are in inside units (unit/unit.h), references are indices into pl_case's
 * arrays. */

typedef enum { PL_TRANSIT_FRACTIONS, PL_TRANSIT_ROUNDED } pl_transit; /* of pl_calendar.transit */

typedef struct {
  const char *name, *title;
  pl_place place;
} pl_scenario;

/* How well the typical hours of a quotation represent all of its hours. In inside units. */
typedef struct {
  int quotation;
  double mean, deviation; /* of all hours; the standard deviation */
  double duration;        /* root mean square between the two load-duration curves */
} pl_typical_error;

/* A text of the case in which a number or a unit is written, and the value read from it, so that
 * the audit can read it again independently. */
typedef struct {
  const char *text;
  pl_place place;
  double value;              /* inside units; NAN = given by the formula, or a unit alone */
  const pl_formula *formula; /* NULL = none */
} pl_literal;

typedef struct pl_case {
  pl_arena *arena;      /* everything below lives here */
  const char *folder;   /* as given by the user */
  const char *scenario; /* the scenario that was applied, NULL = none */
  pl_calendar calendar;
  pl_time from, to; /* planned time: [from, to) */
  pl_step step;     /* the case's */
  int currency;     /* pl_dim_name */
  pl_party *parties;
  int n_parties;
  pl_site *sites;
  int n_sites;
  pl_material *materials;
  int n_materials;
  pl_process *processes;
  int n_processes;
  pl_unit *units;
  int n_units;
  pl_stock *stocks;
  int n_stocks;
  pl_lane *lanes;
  int n_lanes;
  pl_market *markets;
  int n_markets;
  pl_quotation_field *quotations;
  int n_quotations;
  pl_limit *limits;
  int n_limits;
  pl_outage *outages;
  int n_outages;
  pl_agreement *agreements;
  int n_agreements;
  pl_scenario *scenarios;
  int n_scenarios;
  pl_quotes *quotes;
  const pl_files *files; /* the files it was read from; they outlive it */
  pl_literal *literals;
  int n_literals;
  const pl_typical *typical; /* NULL = the whole time is planned */
  int n_typical_errors;
  pl_typical_error *typical_error; /* of the quotations by which they are chosen */
} pl_case;

/* What follows from the fields, in one place. */
/* Of the case's time. */
void pl_case_grid(const pl_case *c, pl_arena *a, pl_step step, pl_grid *out);
bool pl_refs_has(const pl_refs *refs, int index);
pl_step pl_material_step(const pl_case *c, int material); /* its own or the case's */
pl_dim pl_material_dim(const pl_case *c, int material);   /* of its unit */
/* Its own or its site's; −1 = none (reported by check). */
int pl_unit_party(const pl_case *c, const pl_unit *u);
int pl_stock_party(const pl_case *c, const pl_stock *s);
/* Its own, or that of its first process's first product. */
pl_step pl_unit_step(const pl_case *c, const pl_unit *u);
int pl_market_material(const pl_market *m); /* buys or sells; −1 = neither (reported by check) */
/* Its first product; −1 = none (reported by check). */
int pl_process_product(const pl_process *p);
bool pl_process_is_blend(const pl_process *p);
typedef enum { PL_ON_OFF_NO, PL_ON_OFF_YES, PL_ON_OFF_RELAXED } pl_on_off; /* as in unit.def */
/* Whether its on/off state is integer. */
bool pl_unit_is_whole(const pl_case *c, const pl_unit *u);
/* As in agreement.def. */
typedef enum { PL_SUPPLY, PL_TOLL, PL_AGENCY, PL_POWER, PL_VENTURE } pl_agreement_kind;
/* The material of an agreement's amounts: the material delivered, the first product of what is run,
 * what the first market trades; −1 = unknown. */
int pl_agreement_material(const pl_case *c, const pl_agreement *a);
/* Whether an outage may begin with slice v of its step's grid: from *begin to *end, within its
 * window and the case. */
bool pl_outage_may_begin(const pl_case *c, const pl_outage *o, const pl_grid *g, int v,
                         pl_time *begin, pl_time *end);
double pl_outage_share(const pl_outage *o); /* its own or 1 */
/* Its term within the case's time: [from, to), empty if to ≤ from. */
void pl_agreement_term(const pl_case *c, const pl_agreement *a, pl_time *from, pl_time *to);
/* Amounts of a process per unit of its first product. */
double pl_process_scale(const pl_process *p); /* 1 / makes.amount[0] */

#endif
