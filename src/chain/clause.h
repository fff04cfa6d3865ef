#ifndef PL_CHAIN_CLAUSE_H
#define PL_CHAIN_CLAUSE_H

#include "chain/chain.h"

/* What the kinds of agreement have in common and what sets them apart, said once for check, plan
 * and the documents. Party indices are −1 where the case does not say. */

/* Who gives goods or a service: seller, toller, agent; and who takes it and pays: buyer, owner,
 * principal. A venture has neither: −1. */
int pl_agreement_giver(const pl_agreement *a);
int pl_agreement_taker(const pl_agreement *a);
int pl_agreement_holder(const pl_agreement *a); /* whose choice the quantity within its bounds is */
bool pl_agreement_has_party(const pl_agreement *a, int party); /* partners of a venture too */

/* What a unit of goods or service costs: of a tier, of a fee per unit, of a commission (a share of
 * what is sold for) where that is agreed; *field, if not NULL, is the one that says it. */
const pl_formula *pl_agreement_price(const pl_agreement *a, int tier, int *field);

/* Goods change owner at its place, from giver to taker: supply, and power unless financial. */
bool pl_agreement_hands_over(const pl_agreement *a);
/* CFR, CIF, CPT and CIP: title passes at place, and the seller pays the carriage on. */
bool pl_agreement_pays_carriage(const pl_agreement *a);
/* What it is counted in flows through the plan: not for a venture, nor where only money does. */
bool pl_agreement_has_flow(const pl_agreement *a);

typedef enum { PL_CLAUSE_NEVER, PL_CLAUSE_MAY, PL_CLAUSE_NEEDS } pl_clause;
/* Of a kind, whether it has a field: PL_agreement_price. */
pl_clause pl_agreement_clause(pl_agreement_kind kind, int field);

/* Clauses that change no plan, with the reason (recorded.def). */
typedef struct {
  const char *key, *reason;
} pl_recorded_clause;
extern const pl_recorded_clause pl_recorded_clauses[];
extern const int pl_recorded_count;
const pl_recorded_clause *pl_recorded_find(const char *key); /* NULL if there is none */

#endif
