/* Which choices under agreements belong to another party. */
#include "value/hold.h"

#include <math.h>

#include "chain/clause.h"
#include "value/ledger.h"
#include "value/worth.h"

/* Smaller amounts are rounding. */
static const double tolerance = 1e-7;

/* The tier follows from the quantity. */
static bool is_tier_choice(const pl_program *p, const pl_block *block) {
  return block->kind == PL_COLUMN_CHOICE && block->party < 0 &&
         p->c->agreements[block->thing].tiers.n > 0;
}

static bool is_others(const pl_program *p, const pl_block *block, int free) {
  if (pl_block_is_flow(block) || is_tier_choice(p, block))
    return pl_agreement_holder(&p->c->agreements[block->thing]) != free;
  return pl_ledger_has(p, block) && pl_ledger_chooser(p, block) != free;
}

/* Did the giver, in the joint plan, call back or leave undelivered what slice v of the flow would
 * otherwise have? */
static bool is_kept_back(const pl_program *p, const double *joint, const pl_block *flow, int v) {
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    if (block->thing != flow->thing || pl_block_facts(block, false)->settled != PL_SETTLED_GIVER)
      continue;
    int const there = pl_grid_find(block->grid, flow->grid->start[v]);
    if (there >= 0 && joint[block->first + there] > 10 * tolerance * (1 + joint[flow->first + v]))
      return true;
  }
  return false;
}

static bool may_be_kept_back(const pl_program *p, const pl_block *block, int free) {
  const pl_agreement *agreement = &p->c->agreements[block->thing];
  return pl_block_is_flow(block) && pl_agreement_giver(agreement) != free &&
         (agreement->reduction.n > 0 || agreement->short_at);
}

void pl_hold_others(const pl_program *p, const double *joint, int free, int n, const int *column,
                    double *lower, double *upper) {
  for (int i = 0; i < n; i++) {
    const pl_block *block = pl_program_column_block(p, column[i]);
    bool const others = is_others(p, block, free);
    bool const kept = !others && may_be_kept_back(p, block, free) &&
                      is_kept_back(p, joint, block, column[i] - block->first);
    if (!others && !kept) continue;
    double const x = fmin(fmax(joint[column[i]], lower[i]), upper[i]);
    double const room = tolerance * (1 + fabs(x));
    if (others) lower[i] = fmax(lower[i], x - room);
    upper[i] = fmin(upper[i], x + room);
  }
}
