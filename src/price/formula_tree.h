#ifndef PL_PRICE_FORMULA_TREE_H
#define PL_PRICE_FORMULA_TREE_H

#include "price/formula.h"
#include "price/quotes.h"

/* A formula inside price/: a tree whose nodes know their bytes in the text. Parsing makes it,
 * binding gives every node its dimension and folds constants; after that it is read-only. */

typedef enum {
  NODE_NUMBER,   /* value × measure */
  NODE_OBSERVED, /* a quotation, over the slice or over a window */
  NODE_NEGATIVE,
  NODE_SUM,     /* + - as op says */
  NODE_PRODUCT, /* * / as op says */
  NODE_CUM,     /* volume of the contract year so far: parsed, not planned */
#define F(kind, name, shape, least, most, form) NODE_##kind,
#include "price/function.def"
#undef F
  NODE_KINDS
} node_kind;

/* Steps first … last counted from the step that holds the moment (0 itself), both included. */
typedef struct {
  pl_step step;
  int first, last;
} window;

/* The steps in a unit, as exponents: t/d has DAY −1, h/month HOUR 1 and MONTH −1, MW none. */
typedef struct {
  int8_t of[PL_STEPS];
  bool mixed; /* parts that are added or chosen between differ; of[] has what is below the "/" in
                 any of them */
} steps_named;

typedef struct node node;
struct node {
  node_kind kind;
  int n;
  node **child;   /* PWL, STEP, TIER: x, then x0, y0, x1, y1, …; IF: left, right, then, else */
  char *op;       /* SUM, PRODUCT: the sign before each child; IF: op[0] is > < g (≥) or l (≤) */
  int at, length; /* bytes in the text */
  double value;   /* NUMBER: as written with a calendar unit, else in inside units */
  pl_measure measure; /* NUMBER: as written; after folding without factor */
  bool calendar;      /* NUMBER, OBSERVED: what it is per hour depends on when it is used */
  pl_span name;       /* OBSERVED */
  int quotation;      /* OBSERVED, after binding */
  bool windowed;      /* OBSERVED */
  window window;
  bool has_base; /* INDEX */
  pl_time base_from, base_to;
  steps_named steps;
  pl_dim dim;
};

struct pl_formula {
  pl_place place;
  const char *text;
  size_t length;
  node *root; /* NULL with steps */
  int n_nodes;
  int n_steps; /* > 0: step[i] holds from from[i] on */
  pl_time *from;
  pl_formula **step;

  bool confined; /* to [confined_from, confined_to) */
  pl_time confined_from, confined_to;
  bool bound;
  pl_dim dim;
  int finest;    /* pl_step of the finest window, −1 without windows */
  bool windowed; /* uses windows only: one value throughout a step of finest */
  bool calendar; /* some part's value per hour depends on when it is used */
  int exchange;  /* quotation that converts the currency, −1 = none */
  bool divides;  /* by it rather than times it */
  int n_seen;
  int *seen; /* quotations, ascending, those behind formulas included */
  long cost; /* nodes, with those of the quotations' formulas */
};

enum {
  MAX_DEPTH = 200,  /* nesting of a text */
  MAX_NODES = 5000, /* of one formula */
  MAX_CHAIN = 16,   /* quotations that are formulas over quotations … */
  MAX_COST = 20000, /* nodes walked for one value */
  MAX_EXPONENT = 60 /* of a dimension: far below what pl_dim can hold */
};

node *price_node_new(pl_arena *a, node_kind kind, int at);
pl_place price_node_place(const pl_formula *f, const node *n);
/* Place of length bytes at offset at of f's text; the whole place where that is not plain. */
pl_place price_formula_place(const pl_formula *f, int at, int length);
pl_span price_node_text(const pl_formula *f, const node *n);
bool price_node_is_constant(const node *n);
/* A 0 without a unit, which fits every unit. */
bool price_node_is_free_zero(const node *n);
/* What parts that are added or chosen between have in common. */
steps_named price_steps_alike(steps_named a, steps_named b);
steps_named price_formula_steps(const pl_formula *f);
int price_function_find(pl_span name); /* its node_kind, −1 */

typedef struct {
  pl_time from, to;
} stretch;

/* Values cached by (what, over which time, for use at which time) during one call, so that a
 * monthly window over hourly slices is evaluated once. */
typedef struct {
  const void *key;
  stretch over, use;
  double value;
} memo;
enum { MEMOS = 64 };
typedef struct {
  const pl_quotes *quotes; /* NULL to fold constants */
  stretch use; /* when the value of a window is used, which determines the length of a month; empty
                  = when it is observed */
  memo memo[MEMOS];
} evaluation;

double price_node_eval(evaluation *e, const node *n, pl_time from, pl_time to);
double price_formula_eval(evaluation *e, const pl_formula *f, pl_time from, pl_time to);
/* The window as seen from moment t. */
void price_window_range(window w, pl_time t, pl_time *from, pl_time *to);

/* Mean of a series with values over [from, to); NAN where one is missing. */
double price_series_mean(const pl_quotation *s, pl_time from, pl_time to);
/* The first moment of [from, to) at which s has no value; false if there is none. *index is the
 * value that is a gap, −1 before the first, n after the last. */
bool price_series_gap(const pl_quotation *s, pl_time from, pl_time to, pl_time *at, int *index);

/* For binding: make sure quotation i is resolved (its own formula bound), at depth of nesting. */
pl_status price_quotes_resolve(const pl_quotes *q, int i, int depth, const pl_formula *asker,
                               const node *at, pl_diag *diag);
pl_dim price_quotes_dim(const pl_quotes *q, int i);
/* The quotation that converts a currency to the case's, −1. */
int price_quotes_exchange_of(const pl_quotes *q, int currency);

typedef struct { /* what a formula is bound to */
  const pl_quotes *quotes;
  int depth; /* of quotations over quotations */
  pl_arena *arena;
  pl_diag *diag;
} binding;
/* Names, units and constants; then the unit required of the whole, described by words. */
pl_status price_formula_resolve(pl_formula *f, binding to);
pl_status price_formula_want(pl_formula *f, binding to, pl_dim want, const char *words);

#endif
