/* Units: what they run, and the effect of their recipes on balances and money. Each further rule of
 * a unit is in a file of its own, listed in plan/part.def. */

#include "assemble/unit.h"

#include "assemble/bound.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "chain/recipe.h"

void plan_add_run_entries(builder *b, int unit, int block, const pl_process *process, int party,
                          double factor) {
  const pl_unit *u = &b->c->units[unit];
  pl_entry e = {.block = block,
                .party = party,
                .line = PL_LINE_CONVERSION,
                .factor = -factor,
                .grid = b->p->columns[block].grid};
  if ((e.formula = process->cost)) plan_add_entry(b, e);
  if ((e.formula = u->cost)) plan_add_entry(b, e);
  for (int i = 0; i < u->charges.n; i++) {
    e.line = (pl_line)u->charges.line[i];
    e.formula = u->charges.formula[i];
    plan_add_entry(b, e);
  }
  for (int i = 0; i < process->emits.n; i++)
    plan_add_levied(b, u->site, block, party, process->emits.material[i],
                    factor * process->emits.amount[i] * pl_process_scale(process));
}

static void declare_runs(builder *b, int unit, const pl_grid *grid) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  r->run = PL_NEW_ARRAY(b->scratch, int, (size_t)u->runs.n);
  for (int k = 0; k < u->runs.n; k++) {
    const pl_process *process = &b->c->processes[u->runs.index[k]];
    r->run[k] = plan_add_columns(b, plan_unit_block(b, unit, PL_COLUMN_RUN, k, grid), 0,
                                 plan_infinity(), false);
    plan_add_run_entries(b, unit, r->run[k], process, b->p->columns[r->run[k]].party, 1);
    plan_declare_run_rules(b, unit, k);
  }
}

static void declare_unit(builder *b, int i) {
  const pl_unit *u = &b->c->units[i];
  unit_rows *r = &b->units[i];
  const pl_grid *grid = plan_grid(b, pl_unit_step(b->c, u));
  r->grid = grid;
  r->on = r->capacity = -1;
  r->available = plan_available(b, u, grid);
  r->least = plan_least(b, u, grid, r->available);
  declare_runs(b, i, grid);
  plan_declare_rules(b, i);
  bound_request const bounds = {.row_kind = PL_ROW_UNIT_BOUND,
                                .thing = i,
                                .at_least = &u->at_least,
                                .up_to = &u->up_to,
                                .exactly = &u->exactly,
                                .only_block = u->runs.n == 1 && !r->hosts ? r->run[0] : -1,
                                .finest = (int)grid->step,
                                .flows = &r->flows,
                                .part = -1};
  plan_declare_bounds(b, &bounds);
  const pl_grid *months = plan_grid(b, b->c->step);
  if (u->fixed_cost)
    plan_add_entry(b, (pl_entry){.block = -1,
                                 .party = pl_unit_party(b->c, u),
                                 .line = PL_LINE_FIXED,
                                 .formula = u->fixed_cost,
                                 .factor = -1,
                                 .weight = plan_weight(b, months, WEIGHT_HOURS),
                                 .grid = months});
}

void plan_declare_units(builder *b) {
  b->units = PL_NEW_ARRAY(b->scratch, unit_rows, (size_t)b->c->n_units + 1);
  for (int i = 0; i < b->c->n_units; i++)
    for (int k = 0; k < b->c->units[i].uses.n; k++)
      b->units[b->c->units[i].uses.index[k]].pooled = true;
  for (int i = 0; i < b->c->n_agreements; i++) {
    const pl_agreement *agreement = &b->c->agreements[i];
    if (agreement->active && (agreement->kind == PL_TOLL || agreement->kind == PL_VENTURE))
      b->units[agreement->unit].hosts = true;
  }
  for (int i = 0; i < b->c->n_outages; i++) b->units[b->c->outages[i].unit].outages = true;
  for (int i = 0; i < b->c->n_units; i++) declare_unit(b, i);
}

void plan_put_use(builder *b, int unit, int process, double use) {
  const pl_unit *u = &b->c->units[unit];
  plan_put_rules(b, unit, use);
  for (int i = 0; i < u->uses.n; i++) {
    int const pool = b->units[u->uses.index[i]].capacity;
    if (pool >= 0) plan_put_flow(b, pool, u->uses.factor[i]);
  }
  plan_put_members(b, &b->units[unit].flows, process, 1);
}

void plan_emit_unit(builder *b, const pl_block *block) {
  const pl_unit *u = &b->c->units[block->thing];
  const pl_process *process = &b->c->processes[u->runs.index[block->part]];
  double const scale = pl_process_scale(process);
  for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g))
    plan_put_goods(b, u->site, block->party, g.material, g.amount);
  for (int i = 0; i < process->emits.n; i++)
    plan_put_emission(b, process->emits.material[i], u->site, block->party,
                      process->emits.amount[i] * scale);
  plan_put_use(b, block->thing, u->runs.index[block->part], u->runs.factor[block->part]);
  plan_put_own_run(b, block);
}
