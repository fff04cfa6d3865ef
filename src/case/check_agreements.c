/* Checks agreements by their kind: fields that the kind requires or does not have, the parties, the
 * term, clauses that require one another, carriage, and what is recorded. Further requirements of
 * tolls, agencies and ventures are in check_services.c. */
#include <string.h>

#include "case/reading.h"
#include "chain/clause.h"

static const pl_field *fields(void) { return pl_nouns[PL_NOUN_agreement].field; }

static bool given(const pl_agreement *agreement, int field) {
  return agreement->said[field].line > 0;
}

static const char *kind_word(pl_reading *r, const pl_agreement *agreement) {
  pl_span word = {"", 0};
  (void)pl_field_choice(&fields()[PL_agreement_kind], agreement->kind, &word);
  return pl_arena_printf(r->a, "%.*s", (int)word.length, word.at);
}

/* --- Fields by kind --------------------------------------------------------------------------- */

static void check_fields(pl_reading *r, const pl_agreement *agreement) {
  const char *const kind = kind_word(r, agreement);
  for (int i = 0; i < PL_agreement_FIELDS; i++) {
    pl_clause const clause = pl_agreement_clause((pl_agreement_kind)agreement->kind, i);
    const pl_field *const f = &fields()[i];
    if (clause == PL_CLAUSE_NEEDS && !given(agreement, i)) {
      (void)pl_fail(r->diag, PL_SYNTAX, agreement->place, "the %s agreement '%s' requires '%s': %s",
                    kind, agreement->name, f->key, f->help);
    } else if (clause == PL_CLAUSE_NEVER && given(agreement, i)) {
      (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[i],
                    "'%s' has no meaning in an agreement of kind %s", f->key, kind);
    }
  }
}

/* A field that has a meaning only beside another. */
typedef struct {
  int field, beside, or_beside;
} pairing;

#define OF(field) PL_agreement_##field
static const pairing pairings[] = {
    {OF(tolerance), OF(exactly), -1},          {OF(even), OF(quantity), -1},
    {OF(take_or_pay), OF(quantity), -1},       {OF(deficiency), OF(take_or_pay), -1},
    {OF(make_up), OF(take_or_pay), -1},        {OF(top_up), OF(make_up), -1},
    {OF(carry), OF(take_or_pay), -1},          {OF(share), OF(of), -1},
    {OF(reduction), OF(exactly), -1},          {OF(reference), OF(financial), -1},
    {OF(carriage), OF(incoterm), -1},          {OF(credits), OF(leaves), -1},
    {OF(short_at), OF(at_least), OF(exactly)}, {OF(money_up_to), OF(price), OF(tiers)},
    {OF(sections), OF(document), -1},          {OF(sha256), OF(document), -1},
};

static bool is_known(const pl_agreement *agreement, int field) {
  return given(agreement, field) &&
         pl_agreement_clause((pl_agreement_kind)agreement->kind, field) != PL_CLAUSE_NEVER;
}

static void check_pairings(pl_reading *r, const pl_agreement *agreement) {
  for (size_t i = 0; i < sizeof pairings / sizeof *pairings; i++) {
    const pairing *const p = &pairings[i];
    bool const other = p->or_beside >= 0;
    if (!is_known(agreement, p->field) || given(agreement, p->beside) ||
        (other && given(agreement, p->or_beside)))
      continue;
    (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[p->field], "'%s' requires '%s'%s%s%s",
                  fields()[p->field].key, fields()[p->beside].key, other ? " or '" : "",
                  other ? fields()[p->or_beside].key : "", other ? "'" : "");
  }
  if (is_known(agreement, OF(price)) && is_known(agreement, OF(tiers))) {
    (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[OF(tiers)],
                  "'tiers' give the prices: remove 'price'");
  }
}

/* Nothing is delivered, so only the quantity settled, the price and the reference have a
 * meaning. */
static void check_financial(pl_reading *r, const pl_agreement *agreement) {
  static const int silent[] = {OF(at),          OF(at_least),      OF(up_to),       OF(tolerance),
                               OF(even),        OF(lot),           OF(of),          OF(share),
                               OF(tiers),       OF(quantity),      OF(take_or_pay), OF(short_at),
                               OF(money_up_to), OF(demand_charge), OF(reduction)};
  static const int wanted[] = {OF(exactly), OF(price), OF(reference)};
  for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
    if (!given(agreement, silent[i])) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[silent[i]],
                  "'%s' has no meaning in a financial agreement: nothing is delivered",
                  fields()[silent[i]].key);
  }
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    if (given(agreement, wanted[i])) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[OF(financial)],
                  "a financial agreement requires '%s': %s", fields()[wanted[i]].key,
                  fields()[wanted[i]].help);
  }
}

static void check_power(pl_reading *r, const pl_agreement *agreement) {
  if (agreement->financial) {
    check_financial(r, agreement);
  } else if (!given(agreement, OF(at))) {
    (void)pl_fail(r->diag, PL_SYNTAX, agreement->place,
                  "the power agreement '%s' requires '%s': %s", agreement->name,
                  fields()[OF(at)].key, fields()[OF(at)].help);
  }
  if (is_known(agreement, OF(reference)) && given(agreement, OF(financial)) &&
      !agreement->financial) {
    (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[OF(reference)],
                  "'reference' requires 'financial: yes'");
  }
}

/* --- Who, when, and of what ------------------------------------------------------------------- */

static void check_parties(pl_reading *r, const pl_agreement *agreement) {
  int const giver = pl_agreement_giver(agreement), taker = pl_agreement_taker(agreement);
  if (giver < 0 || giver != taker) return;
  static const int takers[] = {OF(buyer), OF(owner), OF(principal), OF(buyer)};
  (void)pl_fail(r->diag, PL_RANGE, agreement->said[takers[agreement->kind]],
                "'%s' is on both sides of '%s': an agreement requires two parties",
                r->c->parties[giver].name, agreement->name);
}

static void check_term(pl_reading *r, const pl_agreement *agreement) {
  const pl_case *const c = r->c;
  bool const begins = agreement->from.to > agreement->from.from,
             ends = agreement->to.to > agreement->to.from;
  if (begins && ends && agreement->to.to <= agreement->from.from) {
    (void)pl_fail(r->diag, PL_RANGE, agreement->said[OF(to)],
                  "'%s' ends before it begins: 'to' is before 'from'", agreement->name);
    pl_hint(r->diag, "swap the two dates, or write a later 'to'");
  } else if (c->to <= c->from) {
    return;
  } else if (ends && agreement->to.to <= c->from) {
    pl_warn(r->diag, agreement->said[OF(to)],
            "'%s' ends before the case begins: it is never in force", agreement->name);
  } else if (begins && agreement->from.from >= c->to) {
    pl_warn(r->diag, agreement->said[OF(from)],
            "'%s' begins after the case ends: it is never in force", agreement->name);
  }
}

static void check_share(pl_reading *r, const pl_agreement *agreement) {
  pl_dim want;
  int const self = (int)(agreement - r->c->agreements);
  bool const known = pl_wanted_dim(r, PL_NOUN_agreement, agreement, "quantity", &want);
  pl_check_sum(r, &agreement->of, known ? &want : NULL);
  for (int i = 0; i < agreement->of.n; i++) {
    const struct pl_term *const t = &agreement->of.term[i];
    if (t->kind == PL_TERM_AGREEMENT && t->index == self) {
      (void)pl_fail(r->diag, PL_RANGE, t->place, "'%s' cannot be a share of itself",
                    agreement->name);
    } else if (t->kind == PL_TERM_EMISSION) {
      (void)pl_fail(r->diag, PL_RANGE, t->place, "a share must be of goods, not of emissions");
    }
  }
}

/* --- Carriage --------------------------------------------------------------------------------- */

static bool begins_there(const pl_case *c, const pl_agreement *agreement, int lane) {
  int const from = c->lanes[lane].from;
  if (from < 0 || agreement->at < 0 || from == agreement->at) return true;
  for (int i = 0; i < agreement->carriage.n; i++) {
    if (agreement->carriage.index[i] != lane && c->lanes[agreement->carriage.index[i]].to == from)
      return true;
  }
  return false;
}

static bool moves(const pl_lane *l, int material) {
  for (int i = 0; i < l->moves.n; i++) {
    if (l->moves.index[i] == material) return true;
  }
  return material < 0 || l->said[PL_lane_moves].line == 0;
}

static void check_carriage(pl_reading *r, const pl_agreement *agreement) {
  const pl_case *const c = r->c;
  bool const pays = pl_agreement_pays_carriage(agreement);
  if (given(agreement, OF(incoterm)) && agreement->incoterm >= 0 && !pays &&
      given(agreement, OF(carriage))) {
    (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[OF(carriage)],
                  "only with CFR, CIF, CPT or CIP does the seller pay carriage beyond 'place'");
    pl_hint(r->diag, "with the other incoterms the lanes before 'place' are the seller's, those "
                     "after it the buyer's");
  }
  if (pays && !given(agreement, OF(carriage))) {
    pl_warn(r->diag, agreement->said[OF(incoterm)],
            "the seller pays carriage beyond 'place', but no lane is named under 'carriage'");
  }
  for (int i = 0; i < agreement->carriage.n; i++) {
    const pl_lane *const l = &c->lanes[agreement->carriage.index[i]];
    if (!begins_there(c, agreement, agreement->carriage.index[i])) {
      (void)pl_fail(
          r->diag, PL_RANGE, agreement->carriage.place[i],
          "the lane '%s' begins neither at '%s' nor where another lane of 'carriage' ends", l->name,
          c->sites[agreement->at].name);
    } else if (!moves(l, agreement->material)) {
      (void)pl_fail(r->diag, PL_RANGE, agreement->carriage.place[i],
                    "the lane '%s' does not move '%s'", l->name,
                    c->materials[agreement->material].name);
    }
  }
}

/* --- What is written down --------------------------------------------------------------------- */

static void check_recorded(pl_reading *r, const pl_agreement *agreement) {
  for (int i = 0; i < agreement->recorded.n; i++) {
    const char *const key = agreement->recorded.key[i];
    if (pl_recorded_find(key)) continue;
    (void)pl_fail(r->diag, PL_NAME, agreement->recorded.place[i], "no clause '%s' can be recorded",
                  key);
    const char *keys[64];
    int n = 0;
    while (n < pl_recorded_count && n < 64) {
      keys[n] = pl_recorded_clauses[n].key;
      n++;
    }
    if (pl_field_find(&pl_nouns[PL_NOUN_agreement], key, strlen(key)) >= 0) {
      pl_hint(r->diag, "'%s' is a field of the agreement itself", key);
    } else {
      pl_suggest(r, key, keys, n);
    }
  }
}

static void check_sections(pl_reading *r, const pl_agreement *agreement) {
  const pl_noun *const noun = &pl_nouns[PL_NOUN_agreement];
  for (int i = 0; i < agreement->sections.n; i++) {
    const char *const key = agreement->sections.key[i];
    if (pl_field_find(noun, key, strlen(key)) >= 0 || pl_recorded_find(key)) continue;
    (void)pl_fail(r->diag, PL_NAME, agreement->sections.place[i], "an agreement has no clause '%s'",
                  key);
    pl_suggest_field(r, key, noun);
  }
}

static void check_hash(pl_reading *r, const pl_agreement *agreement) {
  enum { DIGITS = 64 };
  if (!agreement->sha256) return;
  size_t const length = strlen(agreement->sha256);
  if (length == DIGITS && strspn(agreement->sha256, "0123456789abcdefABCDEF") == length) return;
  (void)pl_fail(r->diag, PL_SYNTAX, agreement->said[OF(sha256)],
                "'sha256' requires %d hexadecimal digits, as sha256sum prints them", (int)DIGITS);
}

static void check_agreement(pl_reading *r, const pl_agreement *agreement) {
  check_recorded(r, agreement);
  check_sections(r, agreement);
  check_hash(r, agreement);
  check_term(r, agreement);
  if (agreement->kind < 0) return; /* missing, or not a kind */
  check_fields(r, agreement);
  check_pairings(r, agreement);
  if (agreement->kind == PL_POWER) check_power(r, agreement);
  check_parties(r, agreement);
  check_share(r, agreement);
  check_carriage(r, agreement);
}

void pl_check_agreements(pl_reading *r) {
  for (int i = 0; i < r->c->n_agreements; i++) {
    if (!r->broken[PL_NOUN_agreement][i]) check_agreement(r, &r->c->agreements[i]);
  }
}
