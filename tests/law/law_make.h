#ifndef LAW_MAKE_H
#define LAW_MAKE_H

#include "chain/chain.h"
#include "law/law_case.h"

/* A random chain in the making: what law_make.c and law_things.c share. */

typedef struct {
  const char *from, *to;
  pl_step step, finest, coarsest;
  int periods; /* of step */
  double days;
  bool whole_months;
} frame;

enum { PARTIES_MAX = 3, SITES_MAX = 4, MATERIALS_MAX = 8, PROCESSES_MAX = 6, GOODS_MAX = 60 };

typedef struct {
  int id, level; /* 0 raw … 2 product; −1 by-product */
  double price;
  bool free;
  const char *unit; /* "t", "MWh" */
} material;

typedef struct {
  int id, product; /* index into materials */
  int n;
  int takes[6];   /* indices into materials */
  int by_product; /* −1 */
  bool emits;
} process;

typedef struct {
  int site, material, party;
  bool in, out, bought; /* bought: there is a market that sells it here without bound */
  bool stock;
} goods;

typedef struct {
  law_case *c;
  law_random *r;
  law_family family;
  const frame *f;
  double rate; /* t/d that things are about */
  int n_parties, party[PARTIES_MAX];
  int n_sites, site[SITES_MAX], owner[SITES_MAX]; /* owner: index into party, −1 = nobody's */
  int n_materials;
  material material[MATERIALS_MAX];
  int power, co2, ready; /* index into materials, thing, thing (a reserve); −1 */
  bool emitted;
  int n_processes;
  process process[PROCESSES_MAX];
  int n_goods;
  goods goods[GOODS_MAX];
  int n_quotes, quote[3];
  double quote_price[3];
  int share;                    /* a quotation of shares, −1 */
  int n_sales, sale[GOODS_MAX]; /* markets with bounds, in t */
  int n_lanes, lane[8];
  int n_units, unit[8];
} maker;

static inline bool chance(maker *m, int percent) { return law_chance(m->r, percent); }
static inline double between(maker *m, double low, double high) {
  return law_between(m->r, low, high);
}

double law_days_of(const maker *m, pl_step s); /* PL_STEPS = all of the time */
/* A step that bounds can be written per, and one that things can step by. */
pl_step law_any_per(maker *m);
pl_step law_any_step(maker *m);
/* Text of fields, in the marks of law_case.h. */
const char *law_bound_text(maker *m, double per_day, pl_step per, const char *unit);
const char *law_rate_text(maker *m, double per_day, const char *unit);
const char *law_price_text(maker *m, double price, const char *unit);
const char *law_inner_price_text(maker *m, double price, const char *unit);

/* law_things.c: everything that stands on sites, once processes are known. */
void law_make_units(maker *m);
void law_make_markets(maker *m);
void law_make_lanes(maker *m);
void law_make_stocks(maker *m);
void law_make_limits(maker *m);

#endif
