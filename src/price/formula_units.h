#ifndef PL_PRICE_FORMULA_UNITS_H
#define PL_PRICE_FORMULA_UNITS_H

#include "price/formula_tree.h"

/* The unit of a node, from those of its children, which are already known. */
pl_status price_node_units(const pl_formula *f, const pl_quotes *quotes, node *n, pl_arena *a,
                           pl_diag *diag);

/* "USD/t", or "a plain number". */
const char *price_dim_words(pl_dim d, pl_arena *a);
/* The text of n for a message, truncated if it is long. */
const char *price_node_words(const pl_formula *f, const node *n, pl_arena *a);

#endif
