#ifndef PL_SOLVE_INTERIOR_ORDER_H
#define PL_SOLVE_INTERIOR_ORDER_H

#include "lp/lp.h"

/* Orders in which the nodes of a symmetric matrix may be eliminated: order[k] = the node that comes
 * k-th. */

/* By time, from both ends to the middle: short spans before the longer ones around them. So states
 * that pass from hour to hour meet once, in the middle, and the two halves are independent. */
void pl_order_by_time(int n, const pl_interval *when, int *order);
/* By approximate minimum degree (AMD, by Amestoy, Davis and Duff) of the matrix with these entries,
 * either triangle, without the diagonal. false if it runs out of memory. */
bool pl_order_by_degree(int n, long n_entries, const int *row, const int *col, int *order);

#endif
