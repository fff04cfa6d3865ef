/* Limits: bounds on sums of flows and emissions, and on how many things are used. Soft limits may
 * be exceeded at a price. */
#include "assemble/agreement.h"
#include "assemble/bound.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/trade.h"
#include "assemble/unit.h"

members *plan_term_flows(builder *b, const struct pl_term *t) {
  switch (t->kind) {
  case PL_TERM_MARKET: return &b->markets[t->index].flows;
  case PL_TERM_LANE: return &b->lanes[t->index].flows;
  case PL_TERM_UNIT: return &b->units[t->index].flows;
  case PL_TERM_AGREEMENT: return &b->agreements[t->index].flows;
  case PL_TERM_EMISSION: break;
  }
  return NULL;
}

static void add_emission(builder *b, const struct pl_term *t, int row) {
  b->emissions = pl_arena_grown(b->scratch, b->emissions, sizeof *b->emissions, b->n_emissions, 1,
                                &b->emission_capacity);
  b->emissions[b->n_emissions++] = (emission_member){t->index, t->part, t->party, row, t->factor};
}

static void join_sum(builder *b, int row, int limit) {
  const pl_limit *l = &b->c->limits[limit];
  for (int i = 0; i < l->sums.n; i++) {
    const struct pl_term *t = &l->sums.term[i];
    if (t->kind == PL_TERM_EMISSION)
      add_emission(b, t, row);
    else
      plan_add_member(b, plan_term_flows(b, t), (member){row, t->factor, t->part});
  }
}

/* All parties pay equal parts of the penalty. */
static void add_slack(builder *b, const pl_limit *l, int limit, int row, int kind) {
  const pl_block of = b->p->rows[row];
  pl_block const block = {.kind = kind,
                          .thing = limit,
                          .part = of.part,
                          .extra = row,
                          .party = -1,
                          .grid = of.grid,
                          .count = of.count};
  int const at = plan_add_columns(b, block, 0, plan_infinity(), false);
  for (int p = 0; p < b->c->n_parties; p++)
    plan_add_entry(b, (pl_entry){.block = at,
                                 .party = p,
                                 .line = PL_LINE_PENALTY,
                                 .formula = l->penalty,
                                 .factor = -1.0 / b->c->n_parties,
                                 .grid = of.grid});
}

static void made(builder *b, int row, int limit) {
  const pl_limit *l = &b->c->limits[limit];
  join_sum(b, row, limit);
  if (!l->penalty) return;
  if (l->up_to.n + l->exactly.n > 0) add_slack(b, l, limit, row, PL_COLUMN_OVER);
  if (l->at_least.n + l->exactly.n > 0) add_slack(b, l, limit, row, PL_COLUMN_UNDER);
}

static pl_step term_step(const builder *b, const struct pl_term *t) {
  const pl_case *c = b->c;
  switch (t->kind) {
  case PL_TERM_MARKET: return pl_material_step(c, pl_market_material(&c->markets[t->index]));
  case PL_TERM_LANE:
    return pl_material_step(c, t->part >= 0 ? t->part : c->lanes[t->index].moves.index[0]);
  case PL_TERM_UNIT: return pl_unit_step(c, &c->units[t->index]);
  case PL_TERM_EMISSION: return pl_material_step(c, t->index);
  case PL_TERM_AGREEMENT:
    return b->agreements[t->index].grid ? b->agreements[t->index].grid->step : c->step;
  }
  return c->step;
}

static void declare_sum(builder *b, int i) {
  const pl_limit *l = &b->c->limits[i];
  int finest = PL_YEAR;
  for (int t = 0; t < l->sums.n; t++) {
    int const step = (int)term_step(b, &l->sums.term[t]);
    if (step < finest) finest = step;
  }
  members own = {0}; /* of no thing: the terms of the sum join in made() */
  bound_request const bounds = {.row_kind = PL_ROW_LIMIT,
                                .thing = i,
                                .at_least = &l->at_least,
                                .up_to = &l->up_to,
                                .exactly = &l->exactly,
                                .only_block = -1,
                                .finest = finest,
                                .flows = &own,
                                .part = -1,
                                .made = made};
  plan_declare_bounds(b, &bounds);
}

/* Puts a unit's on column into the limits that count it. */
static void put_counts(builder *b, int unit, const void *own) {
  const members *m = own;
  (void)unit;
  for (int i = 0; i < m->n; i++) plan_put_flow(b, m->at[i].row, m->at[i].factor);
}

const unit_part plan_unit_counts = {.put_on = put_counts};

static members *counts_of(builder *b, const struct pl_term *t, int *used) {
  if (t->kind == PL_TERM_UNIT) {
    unit_rows *unit = &b->units[t->index];
    *used = unit->on;
    if (!unit->part[UNIT_counts]) unit->part[UNIT_counts] = PL_NEW(b->scratch, members);
    return unit->part[UNIT_counts];
  }
  trade_rows *r = t->kind == PL_TERM_LANE ? &b->lanes[t->index] : &b->markets[t->index];
  *used = r->used;
  return &r->counts;
}

static void bound_count(builder *b, int row, const pl_bounds *list, const char *key, bool least,
                        bool most) {
  for (int i = 0; i < list->n; i++) {
    const pl_formula *f = list->formula[i];
    const double *amount = plan_values(b, f, b->p->rows[row].grid, 0, false);
    const char *words = plan_words(b, key, f);
    if (least) plan_bound_rows(b, row, false, pl_formula_place(f), words, amount);
    if (most) plan_bound_rows(b, row, true, pl_formula_place(f), words, amount);
  }
}

/* COUNT:  at least ≤ Σ factor × used ≤ up to, in every period of what is counted */
static void declare_count(builder *b, int i) {
  const pl_limit *l = &b->c->limits[i];
  int first = -1;
  for (int t = 0; t < l->counts.n && first < 0; t++) (void)counts_of(b, &l->counts.term[t], &first);
  if (first < 0) return; /* none of the things counted is in this case */
  const pl_grid *grid = b->p->columns[first].grid;
  pl_block const block = {.kind = PL_ROW_COUNT,
                          .thing = i,
                          .part = 0,
                          .extra = -1,
                          .party = -1,
                          .grid = grid,
                          .count = grid->n};
  int const row = plan_add_rows(b, block, -plan_infinity(), plan_infinity());
  for (int t = 0; t < l->counts.n; t++) {
    int used = -1;
    members *m = counts_of(b, &l->counts.term[t], &used);
    if (used >= 0 && b->p->columns[used].grid != grid) {
      (void)pl_fail(b->diag, PL_RANGE, l->counts.term[t].place,
                    "limit '%s' counts things with different time steps", l->name);
      pl_hint(b->diag, "write a separate limit for each time step");
    } else if (used >= 0) {
      plan_add_member(b, m, (member){row, l->counts.term[t].factor, -1});
    }
  }
  bound_count(b, row, &l->at_least, "at least", true, false);
  bound_count(b, row, &l->up_to, "up to", false, true);
  bound_count(b, row, &l->exactly, "exactly", true, true);
  if (!l->penalty) return;
  if (l->up_to.n + l->exactly.n > 0) add_slack(b, l, i, row, PL_COLUMN_OVER);
  if (l->at_least.n + l->exactly.n > 0) add_slack(b, l, i, row, PL_COLUMN_UNDER);
}

void plan_declare_limits(builder *b) {
  for (int i = 0; i < b->c->n_limits; i++) {
    if (b->c->limits[i].counts.n > 0)
      declare_count(b, i);
    else
      declare_sum(b, i);
  }
}

/* SHORT and UNDER add to a row's sum; OVER subtracts the excess. */
void plan_emit_slack(builder *b, const pl_block *block) {
  plan_put_same(b, block->extra, block->kind == PL_COLUMN_OVER ? -1 : 1);
}
