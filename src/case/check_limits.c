/* Checks of limits: that they bound something, that what they add up exists and has one unit, and
 * that what they count can be counted. */
#include "case/reading.h"
#include "chain/clause.h"

static bool given(const pl_limit *l, int field) { return l->said[field].line > 0; }

static bool runs(const pl_unit *u, int process) {
  for (int i = 0; i < u->runs.n; i++) {
    if (u->runs.index[i] == process) return true;
  }
  return false;
}

/* Whether the flow that a term names exists. */
static void check_flow(pl_reading *r, const struct pl_term *t) {
  const pl_case *const c = r->c;
  if (t->kind == PL_TERM_EMISSION && !c->materials[t->index].emission) {
    (void)pl_fail(r->diag, PL_RANGE, t->place,
                  "'%s' is not an emission: its material requires 'emission: yes'",
                  c->materials[t->index].name);
  }
  if (t->kind == PL_TERM_LANE && t->part >= 0 && !pl_lane_moves(&c->lanes[t->index], t->part)) {
    (void)pl_fail(r->diag, PL_NAME, t->place, "the lane '%s' does not move '%s'",
                  c->lanes[t->index].name, c->materials[t->part].name);
  }
  if (t->kind == PL_TERM_AGREEMENT && !pl_agreement_has_flow(&c->agreements[t->index])) {
    (void)pl_fail(r->diag, PL_NAME, t->place, "no quantity is counted under the agreement '%s'",
                  c->agreements[t->index].name);
  }
  if (t->kind != PL_TERM_UNIT) return;
  const pl_unit *const u = &c->units[t->index];
  if (t->part >= 0 && !runs(u, t->part)) {
    (void)pl_fail(r->diag, PL_NAME, t->place, "the unit '%s' does not run '%s'", u->name,
                  c->processes[t->part].name);
  } else if (u->said[PL_unit_runs].line == 0) {
    (void)pl_fail(r->diag, PL_NAME, t->place, "the unit '%s' runs no process, so nothing flows",
                  u->name);
  }
}

void pl_check_sum(pl_reading *r, const pl_sum *sum, const pl_dim *want) {
  pl_dim first = want ? *want : (pl_dim){{0}}, dim;
  bool known = want != NULL;
  for (int i = 0; i < sum->n; i++) {
    const struct pl_term *const t = &sum->term[i];
    check_flow(r, t);
    if (!pl_term_dim(r->c, t, &dim)) continue;
    if (!known) first = dim;
    known = true;
    if (pl_dim_equal(dim, first)) continue;
    (void)pl_fail(r->diag, PL_UNIT, t->place, "this is %s, but %s %s", pl_dim_words(r, dim),
                  want ? "the agreement is counted in" : "the flows before it are",
                  pl_dim_words(r, first));
    pl_hint(r->diag, "convert with a factor: {units.mill: 1.2 t/t}");
  }
}

static bool is_bounded(const pl_case *c, const struct pl_term *t) {
  if (t->kind == PL_TERM_LANE) {
    const pl_place *const said = c->lanes[t->index].said;
    return said[PL_lane_capacity].line > 0 || said[PL_lane_up_to].line > 0 ||
           said[PL_lane_exactly].line > 0;
  }
  const pl_place *const said = c->markets[t->index].said;
  return said[PL_market_up_to].line > 0 || said[PL_market_exactly].line > 0;
}

static void check_counted(pl_reading *r, const struct pl_term *t) {
  const pl_case *const c = r->c;
  if (t->kind == PL_TERM_EMISSION || t->kind == PL_TERM_AGREEMENT || t->part >= 0) {
    (void)pl_fail(r->diag, PL_RANGE, t->place,
                  "only lanes, markets and on/off units can be counted");
  } else if (t->kind == PL_TERM_UNIT && !c->units[t->index].on_off) {
    (void)pl_fail(r->diag, PL_RANGE, t->place, "'%s' cannot be counted: it requires 'on/off: yes'",
                  c->units[t->index].name);
  } else if (t->kind != PL_TERM_UNIT && !is_bounded(c, t)) {
    (void)pl_fail(r->diag, PL_RANGE, t->place,
                  "a lane or market can be counted only if its flow has a bound: 'up to'");
  } else if (!pl_dim_is_none(t->dim)) {
    (void)pl_fail(r->diag, PL_UNIT, t->place,
                  "the weight of a count must be a plain number, not in %s",
                  pl_dim_text(t->dim, r->a));
  }
}

static void check_counts(pl_reading *r, const pl_limit *l) {
  for (int i = 0; i < l->counts.n; i++) check_counted(r, &l->counts.term[i]);
  const pl_bounds *const bounds[] = {&l->at_least, &l->up_to, &l->exactly};
  for (int i = 0; i < 3; i++) {
    for (int k = 0; k < bounds[i]->n; k++) {
      if (!bounds[i]->formula[k] || bounds[i]->per[k] < 0) continue;
      (void)pl_fail(r->diag, PL_UNIT, pl_formula_place(bounds[i]->formula[k]),
                    "a count applies in every period: its bound must be a plain number");
    }
  }
}

static void check_limit(pl_reading *r, const pl_limit *l) {
  bool const sums = given(l, PL_limit_sums), counts = given(l, PL_limit_counts);
  if (sums == counts) {
    (void)pl_fail(r->diag, PL_SYNTAX, counts ? l->said[PL_limit_counts] : l->place,
                  "the limit '%s' requires %s", l->name,
                  counts ? "'sums' or 'counts', not both" : "'sums' or 'counts'");
  }
  if (!given(l, PL_limit_at_least) && !given(l, PL_limit_up_to) && !given(l, PL_limit_exactly)) {
    (void)pl_fail(r->diag, PL_SYNTAX, l->place,
                  "the limit '%s' requires 'at least', 'up to' or 'exactly'", l->name);
  }
  if (sums) pl_check_sum(r, &l->sums, NULL);
  if (counts) check_counts(r, l);
}

void pl_check_limits(pl_reading *r) {
  for (int i = 0; i < r->c->n_limits; i++) {
    if (!r->broken[PL_NOUN_limit][i]) check_limit(r, &r->c->limits[i]);
  }
}
