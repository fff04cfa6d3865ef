/* The unit that a field requires, where that depends on the thing it belongs to: a market's
 * material, a unit's product, the terms of a limit; and whether what is run fits the unit of the
 * capacity that it uses. */
#include <string.h>

#include "case/reading.h"

static bool material_dim(const pl_case *c, int material, pl_dim *out) {
  if (material < 0 || !(c->materials[material].unit.factor > 0)) return false;
  *out = pl_material_dim(c, material);
  return true;
}

static bool process_dim(const pl_case *c, int process, pl_dim *out) {
  return material_dim(c, pl_process_product(&c->processes[process]), out);
}

static bool unit_dim(const pl_case *c, const pl_unit *u, pl_dim *out) {
  return u->runs.n > 0 && process_dim(c, u->runs.index[0], out);
}

static bool lane_dim(const pl_case *c, const pl_lane *l, pl_dim *out) {
  return l->moves.n > 0 && material_dim(c, l->moves.index[0], out);
}

static bool agreement_dim(const pl_case *c, const pl_agreement *agreement, pl_dim *out) {
  return material_dim(c, pl_agreement_material(c, agreement), out);
}

bool pl_term_dim(const pl_case *c, const struct pl_term *t, pl_dim *out) {
  bool known = false;
  switch (t->kind) {
  case PL_TERM_MARKET:
    known = material_dim(c, pl_market_material(&c->markets[t->index]), out);
    break;
  case PL_TERM_LANE:
    known = t->part >= 0 ? material_dim(c, t->part, out) : lane_dim(c, &c->lanes[t->index], out);
    break;
  case PL_TERM_UNIT:
    known = t->part >= 0 ? process_dim(c, t->part, out) : unit_dim(c, &c->units[t->index], out);
    break;
  case PL_TERM_EMISSION: known = material_dim(c, t->index, out); break;
  case PL_TERM_AGREEMENT: known = agreement_dim(c, &c->agreements[t->index], out); break;
  }
  if (known) *out = pl_dim_times(*out, t->dim);
  return known;
}

static bool limit_dim(const pl_case *c, const pl_limit *l, pl_dim *out) {
  *out = (pl_dim){{0}};
  if (l->said[PL_limit_counts].line > 0) return l->said[PL_limit_sums].line == 0;
  for (int i = 0; i < l->sums.n; i++) {
    if (pl_term_dim(c, &l->sums.term[i], out)) return true;
  }
  return false;
}

static bool quantity_dim(const pl_case *c, int noun, const void *thing, pl_dim *out) {
  if (noun == PL_NOUN_market) return material_dim(c, pl_market_material(thing), out);
  if (noun == PL_NOUN_stock) return material_dim(c, ((const pl_stock *)thing)->keeps, out);
  if (noun == PL_NOUN_lane) return lane_dim(c, thing, out);
  if (noun == PL_NOUN_process) return material_dim(c, pl_process_product(thing), out);
  if (noun == PL_NOUN_unit) return unit_dim(c, thing, out);
  if (noun == PL_NOUN_agreement) return agreement_dim(c, thing, out);
  return false;
}

static bool word_dim(const pl_case *c, int noun, const void *thing, pl_span word, pl_dim *out) {
  *out = (pl_dim){{0}};
  if (pl_span_is(word, "quantity")) return quantity_dim(c, noun, thing, out);
  if (pl_span_is(word, "any")) return limit_dim(c, thing, out);
  if (pl_span_is(word, "money")) *out = pl_dim_of((pl_dim_name)c->currency);
  if (pl_span_is(word, "time")) *out = pl_dim_of(PL_DIM_TIME);
  if (pl_span_is(word, "length")) *out = pl_dim_of(PL_DIM_LENGTH);
  return true;
}

bool pl_wanted_dim(pl_reading *r, int noun, const void *thing, const char *argument, pl_dim *out) {
  *out = (pl_dim){{0}};
  for (const char *at = argument;; at++) {
    size_t const length = strcspn(at, "/");
    pl_dim part;
    if (!word_dim(r->c, noun, thing, (pl_span){at, length}, &part)) return false;
    *out = at == argument ? part : pl_dim_over(*out, part);
    at += length;
    if (*at == '\0') return true;
  }
}

/* --- Capacity: run × use / time ------------------------------------------------------------- */

typedef struct {        /* a run that uses a capacity */
  const pl_unit *owner; /* of the capacity */
  int process;
  pl_dim factor;
  pl_place place;
} taking;

static bool is_own(const pl_unit *u, int process) {
  for (int i = 0; i < u->runs.n; i++) {
    if (u->runs.index[i] == process) return true;
  }
  return false;
}

static void check_taking(pl_reading *r, const taking *t) {
  pl_dim run;
  const pl_formula *const capacity = t->owner->capacity;
  if (!capacity || !process_dim(r->c, t->process, &run)) return;
  pl_dim const takes = pl_dim_over(pl_dim_times(run, t->factor), pl_dim_of(PL_DIM_TIME));
  if (pl_dim_equal(takes, pl_formula_dim(capacity))) return;
  pl_dim const has = pl_formula_dim(capacity);
  bool const plain = pl_dim_is_none(t->factor);
  bool const at_owner = plain && is_own(t->owner, t->process);
  (void)pl_fail(r->diag, PL_UNIT, at_owner ? t->owner->said[PL_unit_capacity] : t->place,
                "the capacity of '%s' is %s, but running '%s' takes %s", t->owner->name,
                pl_dim_words(r, has), r->c->processes[t->process].name, pl_dim_words(r, takes));
  if (plain && (pl_dim_is_none(has) || pl_dim_equal(has, run)))
    pl_hint(r->diag, "write a quantity per unit of time, such as 265 kt/year or 850 MW");
  else if (plain)
    pl_hint(r->diag, "specify with a factor what a unit of product takes: {coils: 1 h / 140 t}");
}

/* The runs of u, on u and on the other units whose capacity they use. */
static void check_runs(pl_reading *r, const pl_unit *u, const pl_shares *runs) {
  for (int i = 0; i < runs->n; i++) {
    check_taking(r, &(taking){u, runs->index[i], runs->dim[i], runs->place[i]});
    for (int k = 0; k < u->uses.n; k++) {
      const pl_unit *const other = &r->c->units[u->uses.index[k]];
      check_taking(r, &(taking){other, runs->index[i], u->uses.dim[k], u->uses.place[k]});
    }
  }
}

void pl_check_capacity(pl_reading *r, const pl_unit *u) { check_runs(r, u, &u->runs); }

void pl_check_toll_capacity(pl_reading *r, const pl_agreement *agreement) {
  if (agreement->kind == PL_TOLL && agreement->unit >= 0)
    check_runs(r, &r->c->units[agreement->unit], &agreement->runs);
}
