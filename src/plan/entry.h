#ifndef PL_PLAN_ENTRY_H
#define PL_PLAN_ENTRY_H

#include "base/calendar.h"
#include "chain/chain.h"
#include "price/formula.h"

/* Money: for every slice v of grid, each unit of column block.first + v pays party
 *
 *     amount_v = factor × weight_v × value of formula (× value of also)
 *
 * of its own date on its line. */

/* The time at which formula and also are evaluated. */
typedef enum {
  PL_READ_OVER_SLICE, /* while the goods move */
  PL_READ_WHEN_PAID,  /* when it is paid: expenses at the prices of that time */
  PL_READ_IN_ONE      /* in slice read_in, for all slices: what was paid then is refunded */
} pl_entry_reading;

typedef struct {
  int block, party; /* block −1: fixed, independent of the plan */
  pl_line line;
  int clause; /* the clause of its agreement under which it is paid: the PL_agreement_… field; 0 =
                 none */
  const pl_formula *formula; /* NULL = 1 */
  const pl_formula *also;    /* NULL, or a second factor: emission per unit × levy */
  double factor;
  const double *weight; /* [grid->n] hours of the slice, how often it occurs, the share of it in a
                           term, …; NULL = 1 each */
  pl_entry_reading read;
  int read_in;
  bool at_most_now;  /* but at most the formula's own value in the slice itself */
  bool at_once;      /* paid at one moment, delay after the middle of the slice; otherwise evenly
                        over a time as long as the slice, delay later */
  pl_duration delay; /* from the movement of goods to payment */
  const pl_grid *grid;
} pl_entry;

/* When the money of slice v is paid: evenly over [from, to), which counts as paid at. A typical
 * slice pays in `times` equal parts, one for each real slice that it stands for:
 *
 *     for (pl_paid d = pl_paid_first(e, v); d.ok; pl_paid_next(&d)) use(d.at, money / d.times);
 *
 * Present values, the years of booking, and the prices read at payment all follow from these
 * dates. */
typedef struct {
  bool ok;
  pl_time from, to, at;
  int times;
  const pl_entry *entry;
  int slice, period;
} pl_paid;
pl_paid pl_paid_first(const pl_entry *e, int v);
void pl_paid_next(pl_paid *d);

/* Whether 1 paid under the one entry has the same present value as 1 paid under the other, in each
 * slice. */
bool pl_entry_same_worth(const pl_entry *a, const pl_entry *b);

/* The amount per unit of its column in slice v (the amount itself if fixed), not discounted. */
double pl_entry_amount(const pl_quotes *quotes, const pl_entry *e, int v);
/* The same for all slices, faster: out[n], scratch[n]. */
void pl_entry_amounts(const pl_quotes *quotes, const pl_entry *e, double *out, double *scratch);

/* Checks that every quotation read at payment has a value then, which may be after the case's
 * end. */
pl_status pl_entry_check(const pl_quotes *quotes, const pl_entry *e, pl_diag *diag);

/* Books money of slice v in the years in which it is paid: account[years->n + 1], the last for
 * payments after their end. */
void pl_entry_book(const pl_entry *e, int v, const pl_grid *years, double money, double *account);
/* Books it in the years in which goods move, however much later it is paid: account[years->n]. */
void pl_entry_earn(const pl_entry *e, int v, const pl_grid *years, double money, double *account);

#endif
