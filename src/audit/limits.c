/* Independent check of limits: flows, emissions and counts, added up from the terms as the case
 * states them. */
#include <math.h>

#include "audit/walk.h"

typedef struct {
  pl_audit_walk *w;
  int index;
  const pl_limit *l;
} limit_check;

static bool wanted(const struct pl_term *t, int site, int party) {
  return (t->part < 0 || t->part == site) && (t->party < 0 || t->party == party);
}

static bool is_run(const pl_block *block) { return pl_block_moves(block) == PL_MOVES_RUN; }

/* By the site of the unit and its party. */
static bool run_is_wanted(const pl_audit_walk *w, const pl_block *block, const struct pl_term *t) {
  const pl_unit *u = &w->c->units[pl_block_plant(w->c, block)];
  return wanted(t, u->site, pl_unit_party(w->c, u));
}

const pl_prices *pl_audit_emits(const pl_audit_walk *w, const pl_block *block, int *site) {
  const pl_case *c = w->c;
  pl_moves const moves = pl_block_moves(block);
  const pl_market *m = moves == PL_MOVES_TRADE ? &c->markets[pl_block_market(c, block)] : NULL;
  const pl_lane *l = moves == PL_MOVES_SHIP ? &c->lanes[block->thing] : NULL;
  if (!m && !l) return NULL;
  *site = m ? m->site : l->from;
  return m ? &m->emits : &l->emits;
}

/* Emissions beyond the recipe are attributed to the unit's party. */
static void add_extra(pl_audit_walk *w, const struct pl_term *t, const pl_block *block, double *sum,
                      const pl_grid *g) {
  const pl_case *c = w->c;
  const pl_unit *u = &c->units[pl_block_plant(c, block)];
  const pl_process *process = &c->processes[u->runs.index[0]];
  if (!wanted(t, u->site, pl_unit_party(c, u))) return;
  for (int e = 0; e < process->emits.n; e++)
    if (process->emits.material[e] == t->index)
      pl_audit_add(sum, g, block, pl_audit_amounts(w, block),
                   t->factor * process->emits.amount[e] /
                       (process->makes.amount[0] * u->runs.factor[0]),
                   NULL);
}

static void add_emission(pl_audit_walk *w, const struct pl_term *t, double *sum, const pl_grid *g) {
  const pl_case *c = w->c;
  for (int i = 0; i < w->p->n_column_blocks; i++) {
    const pl_block *block = &w->p->columns[i];
    if (is_run(block) && run_is_wanted(w, block, t)) {
      const pl_process *process = &c->processes[pl_audit_process(w, block)];
      for (int e = 0; e < process->emits.n; e++)
        if (process->emits.material[e] == t->index)
          pl_audit_add(sum, g, block, pl_audit_amounts(w, block),
                       t->factor * process->emits.amount[e] / process->makes.amount[0], NULL);
    }
    if (pl_block_moves(block) == PL_MOVES_EXTRA) add_extra(w, t, block, sum, g);
    if (pl_block_moves(block) == PL_MOVES_START &&
        wanted(t, c->units[block->thing].site, block->party)) {
      const pl_amounts *emits = &c->units[block->thing].start_emits;
      for (int e = 0; e < emits->n; e++)
        if (emits->material[e] == t->index)
          pl_audit_add(sum, g, block, pl_audit_amounts(w, block), t->factor * emits->amount[e],
                       NULL);
    }
    int site = -1;
    const pl_prices *emits = pl_audit_emits(w, block, &site);
    for (int e = 0; emits && wanted(t, site, block->party) && e < emits->n; e++)
      if (emits->material[e] == t->index)
        pl_audit_add(sum, g, block, pl_audit_amounts(w, block), t->factor,
                     pl_audit_values(w, emits->formula[e], block->grid, 0, false));
  }
}

static pl_noun_id noun_of(pl_term_kind kind) {
  switch (kind) {
  case PL_TERM_MARKET: return PL_NOUN_market;
  case PL_TERM_LANE: return PL_NOUN_lane;
  case PL_TERM_AGREEMENT: return PL_NOUN_agreement;
  case PL_TERM_UNIT:
  case PL_TERM_EMISSION: break;
  }
  return PL_NOUN_unit;
}

static bool is_flow(const pl_audit_walk *w, const pl_block *block, const struct pl_term *t) {
  bool const own = t->kind == PL_TERM_AGREEMENT; /* all its runs and sales, whatever their
                                                    material */
  if (is_run(block)) return own || t->part < 0 || pl_audit_process(w, block) == t->part;
  pl_moves const moves = pl_block_moves(block);
  if (moves == PL_MOVES_SHIP) return t->part < 0 || block->part == t->part;
  return moves == PL_MOVES_TRADE || moves == PL_MOVES_DELIVER;
}

static bool is_use(const pl_block *block) {
  return block->kind == PL_COLUMN_ON || block->kind == PL_COLUMN_LANE_USED ||
         block->kind == PL_COLUMN_MARKET_USED;
}

void pl_audit_add_term(pl_audit_walk *w, const struct pl_term *t, bool counts, double *sum,
                       const pl_grid *g) {
  if (t->kind == PL_TERM_EMISSION) {
    add_emission(w, t, sum, g);
    return;
  }
  int n;
  const int *blocks = pl_audit_blocks(w, noun_of(t->kind), t->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (counts ? is_use(block) : is_flow(w, block, t))
      pl_audit_add(sum, g, block, pl_audit_amounts(w, block), t->factor, NULL);
  }
  const pl_block **guest = NULL;
  int const guests = counts ? 0 : pl_audit_guests(w, noun_of(t->kind), t->index, &guest);
  for (int i = 0; i < guests; i++)
    if (is_flow(w, guest[i], t))
      pl_audit_add(sum, g, guest[i], pl_audit_amounts(w, guest[i]), t->factor, NULL);
}

/* The amounts by which a soft limit is exceeded: OVER is subtracted from the sum, UNDER added. */
static void add_slack(const limit_check *k, double *sum, const pl_grid *g) {
  int n;
  const int *blocks = pl_audit_blocks(k->w, PL_NOUN_limit, k->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->w->p->columns[blocks[i]];
    if (block->grid->n != g->n || block->grid->step != g->step) continue;
    pl_audit_add(sum, g, block, pl_audit_amounts(k->w, block),
                 block->kind == PL_COLUMN_OVER ? -1 : 1, NULL);
  }
}

static pl_step agreement_step(const pl_case *c, const pl_agreement *agreement) {
  if (!agreement->active) return c->step;
  return agreement->kind == PL_TOLL ? pl_unit_step(c, &c->units[agreement->unit])
                                    : pl_material_step(c, pl_agreement_material(c, agreement));
}

static int finest_step(const pl_audit_walk *w, const pl_limit *l) {
  const pl_case *c = w->c;
  int finest = PL_YEAR;
  for (int i = 0; i < l->sums.n; i++) {
    const struct pl_term *t = &l->sums.term[i];
    int step = (int)c->step;
    switch (t->kind) {
    case PL_TERM_MARKET:
      step = (int)pl_material_step(c, pl_market_material(&c->markets[t->index]));
      break;
    case PL_TERM_LANE:
      step = (int)pl_material_step(c, t->part >= 0 ? t->part : c->lanes[t->index].moves.index[0]);
      break;
    case PL_TERM_UNIT: step = (int)pl_unit_step(c, &c->units[t->index]); break;
    case PL_TERM_EMISSION: step = (int)pl_material_step(c, t->index); break;
    case PL_TERM_AGREEMENT: step = (int)agreement_step(c, &c->agreements[t->index]); break;
    }
    if (step < finest) finest = step;
  }
  return finest;
}

/* The grid of the things counted; NULL if none of them is in the case. */
static const pl_grid *count_grid(const limit_check *k) {
  for (int i = 0; i < k->l->counts.n; i++) {
    const struct pl_term *t = &k->l->counts.term[i];
    int n;
    const int *blocks = pl_audit_blocks(k->w, noun_of(t->kind), t->index, &n);
    for (int b = 0; b < n; b++)
      if (is_use(&k->w->p->columns[blocks[b]])) return k->w->p->columns[blocks[b]].grid;
  }
  return NULL;
}

static const pl_grid *bound_grid(const limit_check *k, int per) {
  if (k->l->counts.n > 0) return count_grid(k);
  if (per < 0) return &k->w->p->whole;
  int const finest = finest_step(k->w, k->l);
  return pl_audit_grid(k->w, (pl_step)(per > finest ? per : finest));
}

static void check_list(const limit_check *k, const pl_bounds *list, const char *words, bool least,
                       bool most) {
  const pl_sum *terms = k->l->counts.n > 0 ? &k->l->counts : &k->l->sums;
  for (int i = 0; i < list->n; i++) {
    const pl_grid *g = bound_grid(k, list->per[i]);
    if (!g) continue;
    pl_audit_subject x = pl_audit_about(k->w, PL_NOUN_limit, k->index, -1, words);
    const double *bound =
        pl_audit_values(k->w, list->formula[i], g, 0, list->per[i] >= 0 && k->l->counts.n == 0);
    double *sum = pl_audit_zeros(k->w, g->n);
    x.place = pl_formula_place(list->formula[i]);
    for (int t = 0; t < terms->n; t++)
      pl_audit_add_term(k->w, &terms->term[t], k->l->counts.n > 0, sum, g);
    add_slack(k, sum, g);
    for (int v = 0; v < g->n; v++) {
      if (least) pl_audit_least(k->w, &x, g, v, sum[v], bound[v]);
      if (most) pl_audit_most(k->w, &x, g, v, sum[v], bound[v]);
    }
  }
}

void pl_audit_limits(pl_audit_walk *w) {
  for (int i = 0; i < w->c->n_limits; i++) {
    limit_check const k = {w, i, &w->c->limits[i]};
    check_list(&k, &k.l->at_least, "'at least'", true, false);
    check_list(&k, &k.l->up_to, "'up to'", false, true);
    check_list(&k, &k.l->exactly, "'exactly'", true, true);
    pl_arena_reset(w->scratch);
  }
}
