/* Agreements: whether in force, their bounds, shares and lots; each kind of agreement has a file of
 * its own. Every active agreement has one column per slice that is 1 while it is in force; to plan
 * without it is a change of bounds (pl_program_switch). */
#include <math.h>

#include "assemble/agreement.h"
#include "assemble/bound.h"
#include "assemble/emit.h"
#include "assemble/unit.h"
#include "chain/clause.h"

/* The shortfall of the giver against a minimum quantity, if it has a price. */
static void soften(builder *b, int i, int row) {
  const pl_agreement *agreement = &b->c->agreements[i];
  const pl_block of = b->p->rows[row];
  int const giver = pl_agreement_giver(agreement);
  pl_block block = plan_agreement_block(i, PL_COLUMN_MISSING, of.part, giver, of.grid);
  block.extra = row;
  int const at = plan_add_columns(b, block, 0, plan_infinity(), false);
  plan_agreed_open(b, i, at);
  payment_terms const terms = {giver, pl_agreement_taker(agreement), PL_LINE_AGREEMENTS,
                               PL_agreement_short_at};
  plan_pay(b, at, terms, agreement->short_at, NULL, 1);
}

static void declare_bounds(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  double const tolerance = plan_constant(agreement->tolerance, 0);
  for (int k = 0; k < agreement->at_least.n; k++) {
    int const row = plan_agree(b, i, PL_ROW_AGREED_LEAST, "at least", &agreement->at_least, k, true,
                               1, &r->flows);
    if (agreement->short_at) soften(b, i, row);
  }
  for (int k = 0; k < agreement->up_to.n; k++)
    (void)plan_agree(b, i, PL_ROW_AGREED_MOST, "up to", &agreement->up_to, k, false, 1, &r->flows);
  for (int k = 0; !agreement->financial && k < agreement->exactly.n; k++) {
    int const row = plan_agree(b, i, PL_ROW_AGREED_LEAST, "exactly", &agreement->exactly, k, true,
                               1 - tolerance, &r->flows);
    if (agreement->short_at) soften(b, i, row);
    if (r->called >= 0) plan_add_member(b, &r->calls, (member){row, 1, -1});
    (void)plan_agree(b, i, PL_ROW_AGREED_MOST, "exactly", &agreement->exactly, k, false,
                     1 + tolerance, &r->flows);
  }
}

/* Months take at most even × the annual quantity. */
static void declare_even(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  if (!agreement->even || !agreement->quantity) return;
  double *x = plan_values(b, agreement->quantity, r->grid, 0, true);
  const double *even = plan_values(b, agreement->even, r->grid, 0, false);
  for (int v = 0; v < r->grid->n; v++) {
    pl_time const t = r->grid->start[v];
    x[v] *= r->on[v] * even[v] * pl_step_hours(PL_YEAR, t) / pl_step_hours(PL_MONTH, t);
  }
  const pl_grid *grid = r->grid->step > PL_MONTH ? r->grid : plan_grid(b, PL_MONTH);
  (void)plan_agree_row(b, i, PL_ROW_AGREED_MOST, grid, false, x, 1,
                       agreement->said[PL_agreement_even], plan_words(b, "even", agreement->even),
                       &r->flows);
}

/* SHARE:  flow = share × Σ of, while in force; apart is free otherwise. */
static void declare_share(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  if (agreement->of.n == 0) return;
  double const share = plan_constant(agreement->share, 1);
  int const row =
      plan_add_rows(b, plan_agreement_block(i, PL_ROW_AGREED_SHARE, -1, -1, r->grid), 0, 0);
  plan_add_member(b, &r->flows, (member){row, 1, -1});
  for (int t = 0; t < agreement->of.n; t++) {
    const struct pl_term *x = &agreement->of.term[t];
    members *flows = plan_term_flows(b, x);
    if (flows) plan_add_member(b, flows, (member){row, -share * x->factor, x->part});
  }
  pl_block block = plan_agreement_block(i, PL_COLUMN_APART, -1, -1, r->grid);
  block.extra = row;
  int const apart = plan_add_columns(b, block, 0, 0, false);
  plan_agreed_switch(b, i, apart, (switch_bounds){0, 0, -plan_infinity(), plan_infinity()});
}

/* LOTS:  flow = lot × lots */
static void declare_lots(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  if (!agreement->lot) return;
  r->lot = plan_constant(agreement->lot, 1);
  r->lots_row =
      plan_add_rows(b, plan_agreement_block(i, PL_ROW_AGREED_LOTS, -1, -1, r->grid), 0, 0);
  plan_add_member(b, &r->flows, (member){r->lots_row, 1, -1});
  (void)plan_add_columns(b, plan_agreement_block(i, PL_COLUMN_LOTS, -1, -1, r->grid), 0,
                         plan_infinity(), true);
}

static void declare_in_force(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  int const payer = pl_agreement_taker(agreement), payee = pl_agreement_giver(agreement);
  agreement_rows *r = &b->agreements[i];
  r->in_force = plan_add_columns(b, plan_agreement_block(i, PL_COLUMN_IN_FORCE, -1, -1, r->grid), 0,
                                 1, false);
  r->state = plan_add_state(b, PL_NOUN_agreement, i, r->in_force);
  /* The share of each slice that lies in the term, so that hourly payments and bounds count only
   * that. */
  plan_switch_state(b, r->state, r->on);
  if (!agreement->standing || payer < 0) return;
  pl_entry e = {.block = r->in_force,
                .party = payer,
                .line = PL_LINE_AGREEMENTS,
                .clause = PL_agreement_standing,
                .formula = agreement->standing,
                .factor = -1,
                .weight = plan_weight(b, r->grid, WEIGHT_HOURS),
                .grid = r->grid};
  plan_add_entry(b, e);
  e.party = payee;
  e.factor = 1;
  plan_add_entry(b, e);
}

static const pl_grid *grid_of(builder *b, const pl_agreement *agreement) {
  int const material = pl_agreement_material(b->c, agreement);
  if (agreement->kind == PL_TOLL || agreement->kind == PL_VENTURE)
    return plan_grid(b, pl_unit_step(b->c, &b->c->units[agreement->unit]));
  return plan_grid(b, pl_material_step(b->c, material));
}

static void declare_agreement(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  static const agreement_rows nothing = {
      .in_force = -1, .take = {.take = -1}, .called = -1, .lots_row = -1};
  members const flows = r->flows; /* others may have been added already */
  *r = nothing;
  r->flows = flows;
  if (!agreement->active) return;
  r->grid = grid_of(b, agreement);
  r->on = plan_in_term(b, agreement, r->grid);
  declare_in_force(b, i);
  switch (agreement->kind) {
  case PL_SUPPLY:
  case PL_POWER: plan_declare_supply(b, i); break;
  case PL_TOLL: plan_declare_toll(b, i); break;
  case PL_AGENCY: plan_declare_agency(b, i); break;
  default: plan_declare_venture(b, i); break;
  }
  declare_bounds(b, i);
  declare_even(b, i);
  declare_share(b, i);
  declare_lots(b, i);
  if (agreement->take_or_pay) plan_declare_take(b, i);
}

void plan_declare_agreements(builder *b) {
  b->agreements = PL_NEW_ARRAY(b->scratch, agreement_rows, (size_t)b->c->n_agreements + 1);
  for (int i = 0; i < b->c->n_agreements; i++) declare_agreement(b, i);
}

static void emit_choice(builder *b, const pl_block *k) {
  int const block = (int)(k - b->p->columns);
  for (int i = 0; i < b->n_choices; i++) {
    const choice_part *x = &b->choices[i];
    if (x->block == block)
      plan_put_same(b, x->row, x->factor * (x->amount ? x->amount[b->slice] : 1));
  }
}

void plan_emit_agreement(builder *b, const pl_block *block) {
  const agreement_rows *r = &b->agreements[block->thing];
  switch (block->kind) {
  case PL_COLUMN_IN_FORCE: plan_put_state(b, r->state); break;
  case PL_COLUMN_CHOICE: emit_choice(b, block); break;
  case PL_COLUMN_MISSING:
  case PL_COLUMN_APART: plan_put_same(b, block->extra, 1); break;
  case PL_COLUMN_LOTS: plan_put_same(b, r->lots_row, -r->lot); break;
  default: break;
  }
}
