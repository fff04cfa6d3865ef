/* The kinds of agreement: their two sides, which fields each has, and the clauses that are recorded
 * only. What a clause does in the plan is in plan/. */
#include "chain/clause.h"

#include <string.h>

enum { KINDS = PL_VENTURE + 1 };

static const unsigned char clauses[PL_agreement_FIELDS][KINDS] = {
#define NEVER PL_CLAUSE_NEVER
#define MAY   PL_CLAUSE_MAY
#define NEEDS PL_CLAUSE_NEEDS
#define CLAUSE(member, supply, toll, agency, power, venture)                                       \
  [PL_agreement_##member] = {supply, toll, agency, power, venture},
#include "chain/clause.def"
#undef CLAUSE
#undef NEEDS
#undef MAY
#undef NEVER
};

enum {
#define CLAUSE(member, supply, toll, agency, power, venture) ROW_##member,
#include "chain/clause.def"
#undef CLAUSE
  ROWS
};
_Static_assert((int)ROWS == (int)PL_agreement_FIELDS, "clause.def has a row for every field");

pl_clause pl_agreement_clause(pl_agreement_kind kind, int field) {
  return (pl_clause)clauses[field][kind];
}

const pl_recorded_clause pl_recorded_clauses[] = {
#define RECORD(key, reason) {key, reason},
#include "chain/recorded.def"
#undef RECORD
};
const int pl_recorded_count = (int)(sizeof pl_recorded_clauses / sizeof *pl_recorded_clauses);

const pl_recorded_clause *pl_recorded_find(const char *key) {
  for (int i = 0; i < pl_recorded_count; i++) {
    if (!strcmp(pl_recorded_clauses[i].key, key)) return &pl_recorded_clauses[i];
  }
  return NULL;
}

int pl_agreement_giver(const pl_agreement *agreement) {
  switch (agreement->kind) {
  case PL_SUPPLY:
  case PL_POWER: return agreement->seller;
  case PL_TOLL: return agreement->toller;
  case PL_AGENCY: return agreement->agent;
  default: return -1;
  }
}

int pl_agreement_taker(const pl_agreement *agreement) {
  switch (agreement->kind) {
  case PL_SUPPLY:
  case PL_POWER: return agreement->buyer;
  case PL_TOLL: return agreement->owner;
  case PL_AGENCY: return agreement->principal;
  default: return -1;
  }
}

int pl_agreement_holder(const pl_agreement *agreement) {
  return agreement->holder == 0 ? pl_agreement_giver(agreement) : pl_agreement_taker(agreement);
}

bool pl_agreement_has_party(const pl_agreement *a, int party) {
  for (int i = 0; i < a->shares.n; i++) {
    if (a->shares.index[i] == party) return true;
  }
  return pl_agreement_giver(a) == party || pl_agreement_taker(a) == party;
}

static int price_field(const pl_agreement *agreement) {
  if (agreement->kind == PL_TOLL) return PL_agreement_fee;
  if (agreement->kind != PL_AGENCY) return PL_agreement_price;
  return agreement->commission ? PL_agreement_commission : PL_agreement_fee_per_unit;
}

const pl_formula *pl_agreement_price(const pl_agreement *agreement, int tier, int *field) {
  int const said = price_field(agreement);
  if (field) *field = said;
  switch (said) {
  case PL_agreement_fee: return agreement->fee;
  case PL_agreement_commission: return agreement->commission;
  case PL_agreement_fee_per_unit: return agreement->fee_per_unit;
  default: return agreement->tiers.n > 0 ? agreement->tiers.price[tier] : agreement->price;
  }
}

bool pl_agreement_hands_over(const pl_agreement *a) {
  return a->kind == PL_SUPPLY || (a->kind == PL_POWER && !a->financial);
}

bool pl_agreement_pays_carriage(const pl_agreement *a) {
  pl_span word;
  const pl_field *const f = &pl_nouns[PL_NOUN_agreement].field[PL_agreement_incoterm];
  if (a->incoterm < 0 || !pl_field_choice(f, a->incoterm, &word)) return false;
  return word.at[0] == 'C';
}

bool pl_agreement_has_flow(const pl_agreement *a) {
  return a->kind != PL_VENTURE && !(a->kind == PL_POWER && a->financial);
}
