/* What the kind of a block means in a case: its goods, its unit, its dimension. */
#include "plan/block.h"

const pl_facts *pl_block_facts(const pl_block *block, bool is_row) {
  return is_row ? &pl_row_facts[block->kind] : &pl_column_facts[block->kind];
}

pl_moves pl_block_moves(const pl_block *block) { return pl_column_facts[block->kind].moves; }

int pl_block_agreement(const pl_block *block, bool is_row) {
  return pl_block_facts(block, is_row)->thing == PL_NOUN_agreement ? block->thing : -1;
}

bool pl_block_is_flow(const pl_block *b) {
  pl_moves const moves = pl_block_moves(b);
  return pl_block_agreement(b, false) >= 0 &&
         (moves == PL_MOVES_DELIVER || moves == PL_MOVES_RUN || moves == PL_MOVES_TRADE);
}

int pl_block_plant(const pl_case *c, const pl_block *block) {
  const pl_facts *k = &pl_column_facts[block->kind];
  if (k->thing == PL_NOUN_unit) return block->thing;
  bool const guest = k->moves == PL_MOVES_RUN || k->moves == PL_MOVES_EXTRA;
  return guest ? c->agreements[block->thing].unit : -1;
}

int pl_block_market(const pl_case *c, const pl_block *block) {
  const pl_facts *k = &pl_column_facts[block->kind];
  if (k->part == PL_PART_SOLD_FOR) return c->agreements[block->thing].markets.index[block->part];
  return k->thing == PL_NOUN_market ? block->thing : -1;
}

const pl_shares *pl_block_processes(const pl_case *c, const pl_block *block, bool is_row) {
  pl_part const part = pl_block_facts(block, is_row)->part;
  if (part == PL_PART_TOLLED) return &c->agreements[block->thing].runs;
  bool const processes =
      part == PL_PART_PROCESS || part == PL_PART_INGREDIENT || part == PL_PART_ELEMENT;
  return processes ? &c->units[is_row ? block->thing : pl_block_plant(c, block)].runs : NULL;
}

const pl_process *pl_block_process(const pl_case *c, const pl_block *block, bool is_row) {
  const pl_shares *list = pl_block_processes(c, block, is_row);
  return list ? &c->processes[list->index[block->part]] : NULL;
}

/* The product of the block's process; if it names none, of the unit's first. */
static int product_of(const pl_case *c, const pl_block *block, bool is_row) {
  const pl_process *process = pl_block_process(c, block, is_row);
  const pl_shares *runs = &c->units[block->thing].runs;
  if (!process && runs->n > 0) process = &c->processes[runs->index[0]];
  return process ? pl_process_product(process) : -1;
}

int pl_block_material(const pl_case *c, const pl_block *block, bool is_row) {
  const pl_facts *k = pl_block_facts(block, is_row);
  if (k->part == PL_PART_GOODS) return block->part;
  if (k->part == PL_PART_INGREDIENT)
    return pl_block_process(c, block, is_row)->blends.index[block->extra];
  if (k->thing == PL_NOUN_unit) return product_of(c, block, is_row);
  if (k->thing == PL_NOUN_stock) return c->stocks[block->thing].keeps;
  if (k->thing == PL_NOUN_lane)
    return k->part == PL_PART_MONTH ? block->part : c->lanes[block->thing].moves.index[0];
  if (k->thing == PL_NOUN_market) return pl_market_material(&c->markets[block->thing]);
  if (k->thing == PL_NOUN_agreement) return pl_agreement_material(c, &c->agreements[block->thing]);
  return -1;
}

static pl_dim goods_dim(const pl_case *c, const pl_block *block, bool is_row) {
  int const material = pl_block_material(c, block, is_row);
  return material >= 0 ? pl_material_dim(c, material) : (pl_dim){{0}};
}

/* The dimension of a unit's capacity; without a capacity, that of its first product. */
static pl_dim capacity_dim(const pl_case *c, const pl_block *block, bool is_row) {
  const pl_formula *capacity = c->units[block->thing].capacity;
  if (!capacity) return goods_dim(c, block, is_row);
  return pl_dim_times(pl_formula_dim(capacity), pl_dim_of(PL_DIM_TIME));
}

static pl_dim limit_dim(const pl_limit *l) {
  const pl_bounds *some = l->up_to.n ? &l->up_to : l->at_least.n ? &l->at_least : &l->exactly;
  if (some->n == 0 || l->counts.n > 0) return (pl_dim){{0}};
  pl_dim const d = pl_formula_dim(some->formula[0]);
  return some->per[0] >= 0 ? pl_dim_times(d, pl_dim_of(PL_DIM_TIME)) : d;
}

pl_dim pl_block_dim(const pl_case *c, const pl_block *block, bool is_row) {
  switch (pl_block_facts(block, is_row)->in) {
  case PL_IN_NUMBER: break;
  case PL_IN_HOURS: return pl_dim_of(PL_DIM_TIME);
  case PL_IN_MONEY: return pl_dim_of((pl_dim_name)c->currency);
  case PL_IN_GOODS: return goods_dim(c, block, is_row);
  case PL_IN_LOAD: return pl_dim_over(goods_dim(c, block, is_row), pl_dim_of(PL_DIM_TIME));
  case PL_IN_CAPACITY: return capacity_dim(c, block, is_row);
  case PL_IN_LIMIT: return limit_dim(&c->limits[block->thing]);
  }
  return (pl_dim){{0}};
}
