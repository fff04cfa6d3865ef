/* Independent check of "at least", "up to" and "exactly", each over the time it is written per. */
#include "audit/walk.h"

static double *bounded_sum(pl_audit_walk *w, const pl_audit_bounds *r, const pl_grid *g) {
  int n;
  const int *blocks = pl_audit_blocks(w, r->noun, r->thing, &n);
  double *sum = pl_audit_zeros(w, g->n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind == r->kind && (r->part < 0 || block->part == r->part))
      pl_audit_add(sum, g, block, pl_audit_amounts(w, block), 1, NULL);
  }
  const pl_block **guest = NULL;
  int const guests = r->part < 0 ? pl_audit_guests(w, r->noun, r->thing, &guest) : 0;
  for (int i = 0; i < guests; i++)
    pl_audit_add(sum, g, guest[i], pl_audit_amounts(w, guest[i]), 1, NULL);
  return sum;
}

static void add_short(pl_audit_walk *w, const pl_audit_bounds *r, const pl_grid *g, double *sum) {
  int n;
  const int *blocks = pl_audit_blocks(w, r->noun, r->thing, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind == PL_COLUMN_SHORT && block->grid->n == g->n && block->grid->step == g->step)
      pl_audit_add(sum, g, block, pl_audit_amounts(w, block), 1, NULL);
  }
}

static void check_list(pl_audit_walk *w, const pl_audit_bounds *r, const pl_bounds *list,
                       const char *words, bool least, bool most) {
  for (int i = 0; i < list->n; i++) {
    int const per = list->per[i];
    const pl_grid *g =
        per < 0 ? &w->p->whole : pl_audit_grid(w, (pl_step)(per > r->finest ? per : r->finest));
    pl_audit_subject x = pl_audit_about(w, r->noun, r->thing, -1, words);
    const double *bound = pl_audit_values(w, list->formula[i], g, 0, per >= 0);
    double *sum = bounded_sum(w, r, g);
    x.place = pl_formula_place(list->formula[i]);
    if (least && r->kind == PL_COLUMN_TRADE) add_short(w, r, g, sum);
    for (int v = 0; v < g->n; v++) {
      if (least) pl_audit_least(w, &x, g, v, sum[v], bound[v]);
      if (most) pl_audit_most(w, &x, g, v, sum[v], bound[v]);
    }
  }
}

void pl_audit_check_bounds(pl_audit_walk *w, const pl_audit_bounds *r) {
  check_list(w, r, r->at_least, "'at least'", true, false);
  check_list(w, r, r->up_to, r->most_words ? r->most_words : "'up to'", false, true);
  check_list(w, r, r->exactly, "'exactly'", true, true);
}
