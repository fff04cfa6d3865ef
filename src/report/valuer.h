#ifndef PL_REPORT_VALUER_H
#define PL_REPORT_VALUER_H

#include "report/reporter.h"
#include "value/value.h"

/* Shared by the tables and the page of a valuation: names, and yes-or-no decisions. Internal to
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
const char *valuer_measure(const valuer_view *u, int agreement); /* internal unit of its amounts */
const char *valuer_year(const valuer_view *u, int year);
/* How a price is shown: a share in %, any other in its unit; what is only rounding relative to the
 * size of the price and its range as 0. */
const char *valuer_price_unit(const pl_price_range *range); /* "USD/t", "%" */
double valuer_price_size(const pl_price_range *range);
double valuer_price(const pl_price_range *range, double price, double size);
/* "421.98"; and "416.50 … 423.45", "up to 3", "nowhere". */
const char *valuer_price_text(const pl_price_range *range, double price, pl_arena *a);
/* An end of the range in which both gain, with its significant digits. */
const char *valuer_end_text(const pl_price_range *range, double price, pl_arena *a);
const char *valuer_range_text(const pl_price_range *range, pl_arena *a);
/* A number rounded as shown, so that rounding does not print as −0.00. */
double valuer_shown(double x, int decimals);
/* Money of the valuation; what is only rounding relative to what the parties earn as 0. */
double valuer_money(const valuer_view *u, double x);
/* A sum of money in a sentence, in its own size, and with its significant digits: "2.26 M USD". */
const char *valuer_money_text(const valuer_view *u, double sum, double within);
/* A grid error; what two solves of one program leave open counts as 0. */
double valuer_error(const valuer_view *u, double error);
/* The figure, NAN where it is below its grid error. An error of NAN means unknown. */
double valuer_resolved(const valuer_view *u, double x, double error);
/* value_grid.c: the rows of value_grid; the effect of the grid on the figures, in sentences; and
 * from the table alone, the figures that the grid cannot resolve: false where there are none. */
void valuer_put_grid(const valuer_view *u, pl_table *t);
void valuer_add_grid(const valuer_view *u, pl_string *out);
bool valuer_add_unresolved(const pl_table *grid, pl_string *out);
double valuer_price_within(const pl_price_range *range);
/* Uncertainty of a party's part of an agreement's worth. */
double valuer_worth_within(const valuer_view *u, const pl_agreement_worth *w, int party);
/* Is the excess larger than rounding and than the uncertainty? */
bool valuer_objects(const valuer_view *u, double excess);
/* "yes", "no", "open"; NULL where there is no excess. */
const char *valuer_objects_word(const valuer_view *u, double excess);

#endif
