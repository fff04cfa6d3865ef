/* Finds the blocks of agreements that use things not their own: the runs of tolls and ventures on
 * units, the sales of agents in markets. Adds nothing up. */
#include "audit/walk.h"

static bool is_guest(const pl_case *c, const pl_block *block, pl_noun_id noun, int thing) {
  if (noun == PL_NOUN_unit)
    return pl_block_moves(block) == PL_MOVES_RUN && pl_block_plant(c, block) == thing;
  return noun == PL_NOUN_market && pl_block_moves(block) == PL_MOVES_TRADE &&
         pl_block_market(c, block) == thing;
}

static bool may_be_guest(const pl_agreement *agreement, pl_noun_id noun, int thing) {
  return noun == PL_NOUN_unit     ? agreement->unit == thing
         : noun == PL_NOUN_market ? pl_refs_has(&agreement->markets, thing)
                                  : false;
}

int pl_audit_guests(pl_audit_walk *w, pl_noun_id noun, int thing, const pl_block ***out) {
  int found = 0, room = 0, n;
  for (int i = 0; i < w->c->n_agreements; i++) {
    if (!may_be_guest(&w->c->agreements[i], noun, thing)) continue;
    (void)pl_audit_blocks(w, PL_NOUN_agreement, i, &n);
    room += n;
  }
  *out = room > 0 ? PL_NEW_ARRAY(w->scratch, const pl_block *, (size_t)room) : NULL;
  for (int i = 0; room > 0 && i < w->c->n_agreements; i++) {
    if (!may_be_guest(&w->c->agreements[i], noun, thing)) continue;
    const int *blocks = pl_audit_blocks(w, PL_NOUN_agreement, i, &n);
    for (int b = 0; b < n; b++)
      if (is_guest(w->c, &w->p->columns[blocks[b]], noun, thing))
        (*out)[found++] = &w->p->columns[blocks[b]];
  }
  return found;
}

int pl_audit_process(const pl_audit_walk *w, const pl_block *block) {
  return pl_block_processes(w->c, block, false)->index[block->part];
}

double pl_audit_use(const pl_audit_walk *w, const pl_block *block) {
  return pl_block_processes(w->c, block, false)->factor[block->part];
}
