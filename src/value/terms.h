#ifndef PL_VALUE_TERMS_H
#define PL_VALUE_TERMS_H

#include "explain/sides.h"
#include "value/zopa.h"

/* What an agreement is worth, and at which terms both of its sides gain. As in value.h: present
 * values in the case's currency. */

/* A number in an agreement's price: the price as a whole, or a quotation of one value that it
 * uses. */
typedef struct {
  const char *name; /* "price", "fee", "commission", or the quotation's name */
  /* "USD/t": internal unit, in the currency of the price, at each date's exchange rate; in the
   * case's currency where tiers or steps are in several. "" or "1": a share. */
  const char *unit;
  double now;       /* the price: mean over what is delivered */
  double low, high; /* both gain between these; NAN: nowhere; −INFINITY or INFINITY: unbounded */
  double within;    /* uncertainty of low and high: as pl_valuation's */
  double implied;   /* for the price: the agreement's implied price in this unit; else NAN */
  pl_direction *implied_sum;    /* the same as a sum of prices, NULL */
  pl_sides implied_sides;       /* its range over the prices that support the plan */
  double low_error, high_error; /* due to the grid: finer.h; NAN: not known; INFINITY: unlimited */
} pl_price_range;

typedef struct {
  int agreement; /* index in the case */
  double joint;  /* v(all agreements) − v(all but this one) */
  double alone;  /* v(this one only) − v(none) */
  double share; /* Shapley's, of v(all) − v(none): what it adds on average over all orders in which
                   the agreements may come into force */
  double share_error; /* its standard error where sampled: beyond PL_VALUE_AGREEMENTS; else 0 */
  double joint_within, alone_within, share_within; /* their uncertainty */
  double *party; /* [n_parties] its part of joint, on its own account at today's terms */
  double joint_error, *party_error; /* due to the grid: finer.h; NAN: not known */
  const char *mean_of; /* a quotation in its price or that of its goods that varies within the finer
                          grid's periods, so that both grids use its mean; NULL = none */
  double quantity;     /* total delivered, made or sold under it, internal units */
  double paid;         /* undiscounted, from taker to giver */
  double implied;      /* mean marginal value of the goods at the site in the joint plan,
                          undiscounted money per unit, in the case's currency; NAN where no goods
                          change owner at a site */
  int n_ranges;
  pl_price_range *ranges; /* the first is the price as a whole */
  double *slope; /* [n_parties] by how much each party's gain changes when the price doubles */
} pl_agreement_worth;

/* Two agreements of the same two parties: the prices of both at which neither party is worse off
 * than with neither agreement, all others in force, each price between 0 and twice its present
 * value. */
typedef struct {
  int first, second; /* indices into worth */
  int party[2];
  pl_polygon polygon; /* p: price of the first, q: of the second, as in their ranges[0] */
} pl_price_pair;

#endif
