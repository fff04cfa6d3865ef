#ifndef PL_CHAIN_CLAUSE_H
#define PL_CHAIN_CLAUSE_H

#include "chain/chain.h"

/* What the kinds of agreement have in common and where they differ, in one place for check, plan
 * and the documents. Party indices are −1 where the case does not specify one. */

/* Who provides goods or a service: seller, toller, agent; and who receives it and pays: buyer,
 * owner, principal. A venture has neither: −1. */
int pl_agreement_giver(const pl_agreement *a);
int pl_agreement_taker(const pl_agreement *a);
int pl_agreement_holder(const pl_agreement *a); /* who chooses the quantity within its bounds */
bool pl_agreement_has_party(const pl_agreement *a, int party); /* partners of a venture too */

/* What a unit of goods or service costs: of a tier, of a fee per unit, of a commission (a share
 * of the selling price) if one is agreed; *field, if not NULL, is set to the field that
 * specifies it. */
const pl_formula *pl_agreement_price(const pl_agreement *a, int tier, int *field);

/* Whether goods change owner at its place, from giver to taker: supply, and power unless
 * financial. */
bool pl_agreement_hands_over(const pl_agreement *a);
/* CFR, CIF, CPT and CIP: title passes at place, and the seller pays the carriage from there. */
bool pl_agreement_pays_carriage(const pl_agreement *a);
/* Whether its quantity flows through the plan: not for a venture, nor for a purely financial
 * agreement. */
bool pl_agreement_has_flow(const pl_agreement *a);

typedef enum { PL_CLAUSE_NEVER, PL_CLAUSE_MAY, PL_CLAUSE_NEEDS } pl_clause;
/* Whether a kind has a field, such as PL_agreement_price. */
pl_clause pl_agreement_clause(pl_agreement_kind kind, int field);

/* Clauses that do not change the plan, with the reason (recorded.def). */
typedef struct {
  const char *key, *reason;
} pl_recorded_clause;
extern const pl_recorded_clause pl_recorded_clauses[];
extern const int pl_recorded_count;
const pl_recorded_clause *pl_recorded_find(const char *key); /* NULL if there is none */

#endif
