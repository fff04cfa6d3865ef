#ifndef PL_VALUE_TERMS_H
#define PL_VALUE_TERMS_H

#include "explain/sides.h"
#include "value/zopa.h"

/* What an agreement is worth, and at which terms both of its sides gain. As value.h: present values
 * in the case's currency. */

/* A number in an agreement's price: the price as a whole, or a quotation of one value that it
 * uses. */
typedef struct {
  const char *name; /* "price", "fee", "commission", or the quotation's name */
  /* "USD/t": inside unit, in the currency that the price is written in, at the exchange rates of
   * the dates; in the case's where tiers or steps are written in several. "" or "1": a share. */
  const char *unit;
  double now;       /* the price: mean over what is delivered */
  double low, high; /* both gain between; NAN: nowhere; −INFINITY or INFINITY: no end there */
  double within;    /* low and high are known within so much: as pl_valuation's */
  double implied;   /* of the price: the agreement's implied in this unit; else NAN */
  pl_direction *implied_sum;    /* the same as a sum of prices, NULL */
  pl_sides implied_sides;       /* between which the prices that support the plan leave it */
  double low_error, high_error; /* of the grid: finer.h; NAN: not known, INFINITY: nothing is */
} pl_price_range;

typedef struct {
  int agreement; /* index in the case */
  double joint;  /* v(all agreements) − v(all but this one) */
  double alone;  /* v(this one only) − v(none) */
  double share; /* Shapley's, of v(all) − v(none): what it adds on average over all orders in which
                   the agreements may come into force */
  double share_error; /* its standard error where sampled: beyond PL_VALUE_AGREEMENTS; else 0 */
  double joint_within, alone_within, share_within; /* they are known within so much */
  double *party; /* [n_parties] what of joint falls on its own account, at today's terms */
  double joint_error, *party_error; /* of the grid: finer.h; NAN: not known */
  const char *mean_of; /* a quotation that prices its goods or it, and changes within the finer
                          grid's periods, of which both grids see the mean; NULL = none */
  double quantity;     /* delivered, made or sold under it in all, inside units */
  double paid;         /* money of its own date, from taker to giver */
  double implied; /* mean marginal value of the goods at the place in the joint plan, money per unit
                     of its own date, in the case's currency; NAN where no goods change owner at a
                     place */
  int n_ranges;
  pl_price_range *ranges; /* the first is the price as a whole */
  double *slope;          /* [n_parties] what party's gain changes by when the price doubles */
} pl_agreement_worth;

/* Two agreements of the same two parties: at which prices of both neither party loses against
 * having neither of them, all others in force, each price between 0 and twice what it is now. */
typedef struct {
  int first, second; /* indices into worth */
  int party[2];
  pl_polygon polygon; /* p: price of the first, q: of the second, as in their ranges[0] */
} pl_price_pair;

#endif
