#ifndef PL_PLAN_KIND_H
#define PL_PLAN_KIND_H

#include "chain/chain.h"

/* What a kind of column or row is: the rows of column.def and row.def as data. No rules are derived
 * from them: they describe the rules made in assemble/. */

typedef enum {
#define C(name, ...) PL_COLUMN_##name,
#include "plan/column.def"
#undef C
  PL_COLUMN_KINDS
} pl_column_kind;

typedef enum {
#define R(name, ...) PL_ROW_##name,
#include "plan/row.def"
#undef R
  PL_ROW_KINDS
} pl_row_kind;

/* What a block's part and extra index, and how that appears in its name. */
typedef enum {
  PL_PART_NONE,
  PL_PART_GOODS,      /* a material, of the block's party: ": alumina of alro" */
  PL_PART_PARTY,      /* only the party: " of alro" */
  PL_PART_PROCESS,    /* the runs of its unit: ": prebake" */
  PL_PART_TOLLED,     /* the runs of its agreement: ": prebake for alro" */
  PL_PART_INGREDIENT, /* the runs of its unit; extra: the blend: ": scrap into remelt" */
  PL_PART_ELEMENT,    /* the runs of its unit; extra: within, twice: ": Fe in remelt" */
  PL_PART_TRADED,     /* the tiers of a market: ": alumina by alro, tier 2" */
  PL_PART_DELIVERED,  /* the tiers of an agreement: ": alumina from alro to azeraluminium" */
  PL_PART_SOLD_FOR,   /* the markets of an agreement: ": lme for alro" */
  PL_PART_YEAR,       /* the slices of its grid: " of 2027" */
  PL_PART_RANK,       /* number among several of one slice: a past, a class, a segment: " (2)" */
  PL_PART_MONTH,      /* extra: the number of the month among those that the slice overlaps: " (2)";
                     part: the material, for a lane */
  PL_PART_BOUND,      /* which of the thing's bounds; like those below, not in the name */
  PL_PART_TIER,       /* which of its tiers */
  PL_PART_CLAUSE,     /* which of its either-or choices */
  PL_PART_BANK,       /* 0: paid for and not taken; 1: taken above the quantity */
  PL_PARTS
} pl_part;

typedef enum {
  PL_IN_NUMBER,
  PL_IN_HOURS,
  PL_IN_MONEY,
  PL_IN_GOODS,
  PL_IN_LOAD,
  PL_IN_CAPACITY,
  PL_IN_LIMIT,
} pl_in;

typedef enum { PL_BOUND_PLAIN, PL_BOUND_RATE, PL_BOUND_RAMP } pl_bound_by;

typedef enum { /* how a column moves goods in the balances */
               PL_MOVES_NONE,
               PL_MOVES_RUN,
               PL_MOVES_FEED,
               PL_MOVES_SHIP,
               PL_MOVES_TRADE,
               PL_MOVES_DELIVER,
               PL_MOVES_STOCK,
               PL_MOVES_READY,
               PL_MOVES_START,
               PL_MOVES_EXTRA,
               PL_MOVES_KINDS
} pl_moves;

typedef enum { /* who chooses where only payments are open */
               PL_SETTLED_NONE,
               PL_SETTLED_GIVER,
               PL_SETTLED_BUYER,
               PL_SETTLED_TIERED, /* the buyer, where the agreement has tiers */
} pl_settled;

typedef enum {               /* what a row does */
               PL_ROLE_NONE, /* of columns */
               PL_ROLE_RULE,
               PL_ROLE_GOODS,
               PL_ROLE_LOAD,
               PL_ROLE_SHARE,
} pl_role;

typedef enum {
  PL_GIVES_UNSAID, /* no kind has this: ensured by a test */
  PL_GIVES_NUMBER,
  PL_GIVES_COEFFICIENT,
  PL_GIVES_RULE,
  PL_GIVES_CHOICE,
  PL_GIVES_STRUCTURE,
} pl_gives_how;

enum { PL_GIVES_NO_FIELD = -1 };

typedef struct { /* how its bounds may give way */
  pl_gives_how how;
  int field, other; /* fields of the thing that specify it; the first that the case gives counts */
  const char *says; /* of a rule: "cannot take place once as required"; else why the rest stays */
  const char *cure;
} pl_gives;

typedef struct {
  const char *word; /* "run", "balance" */
  pl_noun_id thing;
  pl_part part;
  pl_in in;
  pl_bound_by bound;
  pl_moves moves;     /* of columns, else NONE */
  const char *verb;   /* of columns: "make"; "" = use */
  pl_settled settled; /* of columns, else NONE */
  pl_role role;       /* of rows, else NONE */
  pl_gives gives;
} pl_facts;

extern const pl_facts pl_column_facts[PL_COLUMN_KINDS];
extern const pl_facts pl_row_facts[PL_ROW_KINDS];

#endif
