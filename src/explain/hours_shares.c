/* Rows whose numbers are shares of a unit's capacity grow with it: ramps, part load, normal load,
 * room for reserves, outages. With one more unit of capacity C, a bound b of a row and an entry a
 * grow by b / C and a / C, and the objective by dual × b / C − dual × a x / C. Maximum and minimum
 * load are handled in hours_units.c: they also bind where there is no capacity yet. */
#include <math.h>

#include "explain/hours_walk.h"
#include "plan/words.h"

typedef struct {
  const pl_hours_walk *w;
  const pl_unit_hours *out;
  const pl_hours_grid *h;
  const double *capacity; /* [grid->n] */
} unit_shares;

static bool bounds_load(const pl_block *row) {
  return pl_block_facts(row, true)->role == PL_ROLE_LOAD;
}

/* All of its bounds are shares of the capacity, and all entries of is_switch(). */
static bool is_share(const pl_block *row) {
  return pl_block_facts(row, true)->role == PL_ROLE_SHARE;
}

/* A column that counts switchings, not load: in a row of loads its entries are loads. */
static bool is_switch(const pl_block *block) {
  return pl_block_facts(block, false)->in == PL_IN_NUMBER;
}

static bool is_column_of(const unit_shares *k, const pl_block *block) {
  if (block->kind == PL_COLUMN_BEGIN) return k->w->c->outages[block->thing].unit == k->out->unit;
  return pl_words_noun(block, false) == PL_NOUN_unit && block->thing == k->out->unit;
}

static bool is_row_of(const unit_shares *k, const pl_block *block) {
  return (is_share(block) || bounds_load(block)) && block->thing == k->out->unit &&
         block->grid == k->h->grid;
}

/* v: in its block. objective: the share's contribution to the objective, by its dual. */
static void add(const unit_shares *k, const pl_block *block, int v, double objective) {
  int const at = v + block->grid->n - block->count; /* ramp rows may have no first slice */
  if (k->capacity[at] > 0)
    k->out->year[k->h->year[at]].capacity_worth -= objective * k->h->undo[at] / k->capacity[at];
}

static void add_bounds(const unit_shares *k, const pl_block *block, const double *dual,
                       const double *lower, const double *upper) {
  for (int v = 0; v < block->count; v++) {
    int const i = block->first + v;
    double const bound = dual[i] < 0 ? upper[i] : lower[i];
    if (dual[i] != 0 && isfinite(bound)) add(k, block, v, dual[i] * bound);
  }
}

static void add_entries(const unit_shares *k, const pl_block *block, int column) {
  const pl_lp *lp = &k->w->p->lp;
  double const x = k->w->s->solution->col_value[column];
  for (int e = lp->start[column]; x != 0 && e < lp->start[column + 1]; e++) {
    const pl_block *row = pl_program_row_block(k->w->p, lp->index[e]);
    if (!is_row_of(k, row) || (bounds_load(row) && block->kind == PL_COLUMN_ON)) continue;
    double const dual = k->w->s->solution->row_dual[lp->index[e]];
    add(k, row, lp->index[e] - row->first, -dual * lp->value[e] * x);
  }
}

void pl_hours_add_shares(pl_hours_walk *w, const pl_unit_hours *out) {
  const pl_program *p = w->p;
  const pl_lp *lp = &p->lp;
  const pl_solution *s = w->s->solution;
  const pl_formula *capacity = w->c->units[out->unit].capacity;
  unit_shares const k = {.w = w,
                         .out = out,
                         .h = pl_hours_of(w, out->grid),
                         .capacity = pl_hours_values(w, capacity, out->grid, 0)};
  for (int i = 0; i < p->n_row_blocks; i++) {
    const pl_block *block = &p->rows[i];
    if (is_share(block) && is_row_of(&k, block))
      add_bounds(&k, block, s->row_dual, lp->row_lower, lp->row_upper);
  }
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    if (!is_column_of(&k, block)) continue;
    if (block->kind == PL_COLUMN_SEGMENT || block->kind == PL_COLUMN_RESERVE)
      add_bounds(&k, block, s->col_dual, lp->lower, lp->upper);
    for (int v = 0; is_switch(block) && v < block->count; v++)
      add_entries(&k, block, block->first + v);
  }
}
