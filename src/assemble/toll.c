/* Toll and venture: runs on a unit for others than its own party. In a toll the owner's goods are
 * processed and remain its own; in a venture the partners share inputs, outputs and costs. */
#include "assemble/agreement.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/unit.h"
#include "chain/recipe.h"

/* The owner of an input or a product of a toll. */
static int taker_of(const pl_agreement *agreement, int material) {
  return pl_refs_has(&agreement->brings, material) ? agreement->owner : agreement->toller;
}

static int maker_of(const pl_agreement *agreement, int material) {
  return pl_refs_has(&agreement->leaves, material) ? agreement->toller : agreement->owner;
}

static void pay_credits(builder *b, const pl_agreement *agreement, int block,
                        const pl_process *process) {
  payment_terms const terms = {agreement->toller, agreement->owner, PL_LINE_AGREEMENTS,
                               PL_agreement_credits};
  for (int c = 0; c < agreement->credits.n; c++)
    for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g))
      if (g.made && g.material == agreement->credits.material[c])
        plan_pay(b, block, terms, agreement->credits.formula[c], NULL, g.amount);
}

void plan_declare_toll(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  payment_terms const terms = {agreement->owner, agreement->toller, PL_LINE_AGREEMENTS,
                               PL_agreement_fee};
  for (int k = 0; k < agreement->runs.n; k++) {
    const pl_process *process = &b->c->processes[agreement->runs.index[k]];
    int const at = plan_add_columns(
        b, plan_agreement_block(i, PL_COLUMN_TOLL, k, agreement->owner, r->grid), 0, 0, false);
    plan_agreed_open(b, i, at);
    plan_add_run_entries(b, agreement->unit, at, process, agreement->toller, 1);
    plan_pay(b, at, terms, agreement->fee, NULL, 1);
    pay_credits(b, agreement, at, process);
  }
}

/* While the venture is in force the unit runs for the partners only. */
static void close_own_runs(builder *b, int i) {
  const unit_rows *u = &b->units[b->c->agreements[i].unit];
  for (int k = 0; k < b->c->units[b->c->agreements[i].unit].runs.n; k++)
    plan_agreed_close(b, i, u->run[k]);
}

void plan_declare_venture(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  const pl_unit *u = &b->c->units[agreement->unit];
  agreement_rows *r = &b->agreements[i];
  close_own_runs(b, i);
  for (int k = 0; k < u->runs.n; k++) {
    const pl_process *process = &b->c->processes[u->runs.index[k]];
    int const at = plan_add_columns(
        b, plan_agreement_block(i, PL_COLUMN_SHARED_RUN, k, pl_unit_party(b->c, u), r->grid), 0, 0,
        false);
    plan_agreed_open(b, i, at);
    for (int s = 0; s < agreement->shares.n; s++)
      plan_add_run_entries(b, agreement->unit, at, process, agreement->shares.index[s],
                           agreement->shares.factor[s]);
  }
  plan_share_rules(b, i);
  pl_entry fixed = {.block = r->in_force,
                    .line = PL_LINE_FIXED,
                    .formula = u->fixed_cost,
                    .weight = plan_weight(b, r->grid, WEIGHT_HOURS),
                    .grid = r->grid};
  for (int s = 0; s < agreement->shares.n && u->fixed_cost;
       s++) { /* the unit's party is reimbursed */
    fixed.party = agreement->shares.index[s];
    fixed.factor = -agreement->shares.factor[s];
    plan_add_entry(b, fixed);
    fixed.party = pl_unit_party(b->c, u);
    fixed.factor = agreement->shares.factor[s];
    plan_add_entry(b, fixed);
  }
}

static void emit_toll(builder *b, const pl_agreement *agreement, const pl_process *process,
                      int site) {
  for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g)) {
    int const owner = g.made ? maker_of(agreement, g.material) : taker_of(agreement, g.material);
    plan_put_goods(b, site, owner, g.material, g.amount);
  }
}

static void emit_shared(builder *b, const pl_agreement *agreement, const pl_process *process,
                        int site) {
  for (int s = 0; s < agreement->shares.n; s++) {
    double const part = pl_process_scale(process) * agreement->shares.factor[s];
    for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g))
      plan_put_goods(b, site, agreement->shares.index[s], g.material, g.listed * part);
  }
}

void plan_emit_toll(builder *b, const pl_block *block) {
  const pl_agreement *agreement = &b->c->agreements[block->thing];
  const pl_unit *u = &b->c->units[agreement->unit];
  bool const toll = block->kind == PL_COLUMN_TOLL;
  int const process = toll ? agreement->runs.index[block->part] : u->runs.index[block->part];
  const pl_process *p = &b->c->processes[process];
  if (toll)
    emit_toll(b, agreement, p, u->site);
  else
    emit_shared(b, agreement, p, u->site);
  for (int i = 0; i < p->emits.n; i++)
    plan_put_emission(b, p->emits.material[i], u->site, pl_unit_party(b->c, u),
                      p->emits.amount[i] * pl_process_scale(p));
  plan_put_use(b, agreement->unit, process,
               toll ? agreement->runs.factor[block->part] : u->runs.factor[block->part]);
  plan_put_members(b, &b->agreements[block->thing].flows, block->part, 1);
}
