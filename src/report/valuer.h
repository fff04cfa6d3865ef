#ifndef PL_REPORT_VALUER_H
#define PL_REPORT_VALUER_H

#include "report/reporter.h"
#include "value/value.h"

/* What the tables and the page of a valuation share: its names and its yes and no. Internal to
 * report/. */
typedef struct {
  reporter r; /* of the joint plan */
  const pl_valuation *v;
  const pl_schedule *none; /* the plan without agreements */
} valuer_view;

void valuer_begin(valuer_view *u, const pl_valuation *v, const pl_schedule *s, pl_arena *a);
const char *valuer_coalition(const valuer_view *u, unsigned coalition); /* "alro + sunstone" */
const char *valuer_subset(const valuer_view *u,
                          unsigned agreements);                  /* "alumina + anodes"; "none" */
const char *valuer_measure(const valuer_view *u, int agreement); /* inside unit of its amounts */
const char *valuer_year(const valuer_view *u, int year);
/* How a price is shown: a share in %, all else in its unit; what is only rounding beside the size of
 * the price and its range as 0. */
const char *valuer_price_unit(const pl_price_range *range); /* "USD/t", "%" */
double valuer_price_size(const pl_price_range *range);
double valuer_price(const pl_price_range *range, double price, double size);
/* Money of the valuation; what is only rounding beside what the parties earn as 0. */
double valuer_money(const valuer_view *u, double x);
double valuer_price_within(const pl_price_range *range);
/* What of an agreement's worth falls on a party's account is known within so much. */
double valuer_worth_within(const valuer_view *u, const pl_agreement_worth *w, int party);
/* Is the excess more than rounding, and than what is left open? */
bool valuer_objects(const valuer_view *u, double excess);
/* "yes", "no", "open"; NULL where there is no excess. */
const char *valuer_objects_word(const valuer_view *u, double excess);

#endif
