#ifndef PL_PRICE_QUOTES_PARTS_H
#define PL_PRICE_QUOTES_PARTS_H

#include "base/map.h"
#include "price/formula_tree.h"

/* The set of quotations, internally: quotes.c fills it, quotes_resolve.c finds what each is. */
typedef enum { UNRESOLVED, RESOLVING, RESOLVED, FAILED } progress;

typedef struct {
  pl_quotation quotation;
  progress progress;
  pl_status status; /* when FAILED */
  int chain;        /* how deep quotations are nested behind it */
  pl_dim dim;
} pl_quotes_item;

typedef struct {
  int quotation; /* −1 = none declared */
  pl_place at;
} rate;

struct pl_quotes {
  pl_arena *arena;
  pl_map *names;
  pl_quotes_item **item; /* [n], room for a power of two */
  int n, currency;
  rate exchange[PL_DIMS];
};

#endif
