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
/* How a price is shown: a share in %, all else in its unit; what is only rounding beside the size
 * of the price and its range as 0. */
const char *valuer_price_unit(const pl_price_range *range); /* "USD/t", "%" */
double valuer_price_size(const pl_price_range *range);
double valuer_price(const pl_price_range *range, double price, double size);
/* "421.98"; and "416.50 … 423.45", "up to 3", "nowhere". */
const char *valuer_price_text(const pl_price_range *range, double price, pl_arena *a);
/* An end of the range at which both gain, with the digits that are known. */
const char *valuer_end_text(const pl_price_range *range, double price, pl_arena *a);
const char *valuer_range_text(const pl_price_range *range, pl_arena *a);
/* A number rounded as it is shown, so that rounding does not print as −0.00. */
double valuer_shown(double x, int decimals);
/* Money of the valuation; what is only rounding beside what the parties earn as 0. */
double valuer_money(const valuer_view *u, double x);
/* A sum of money in a sentence, in its own size, and with the digits that are known: "2.26 M
 * USD". */
const char *valuer_money_text(const valuer_view *u, double sum, double within);
/* An error of the grid; what two solves of one program leave open as 0. */
double valuer_error(const valuer_view *u, double error);
/* The figure, NAN where it is below the grid's error of it. An error of NAN is not known. */
double valuer_resolved(const valuer_view *u, double x, double error);
/* value_grid.c: the rows of value_grid; what the grid does to the figures, in sentences; and those
 * of the table alone that it cannot resolve: false where there are none. */
void valuer_put_grid(const valuer_view *u, pl_table *t);
void valuer_add_grid(const valuer_view *u, pl_string *out);
bool valuer_add_unresolved(const pl_table *grid, pl_string *out);
double valuer_price_within(const pl_price_range *range);
/* What of an agreement's worth falls on a party's account is known within so much. */
double valuer_worth_within(const valuer_view *u, const pl_agreement_worth *w, int party);
/* Is the excess more than rounding, and than what is left open? */
bool valuer_objects(const valuer_view *u, double excess);
/* "yes", "no", "open"; NULL where there is no excess. */
const char *valuer_objects_word(const valuer_view *u, double excess);

#endif
