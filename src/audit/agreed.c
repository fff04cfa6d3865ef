/* Shared by the files of the independent check of agreements. */
#include "audit/agreed.h"

pl_audit_subject pl_audit_agreed_about(const pl_audit_agreed *k, int field, const char *words) {
  return pl_audit_about(k->w, PL_NOUN_agreement, k->index, field, words);
}

double *pl_audit_agreed_flow(const pl_audit_agreed *k, int part, const pl_grid *g) {
  pl_audit_walk *w = k->w;
  double *sum = pl_audit_zeros(w, g->n);
  int n;
  const int *blocks = pl_audit_blocks(w, PL_NOUN_agreement, k->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (pl_block_is_flow(block) && (part < 0 || block->part == part))
      pl_audit_add(sum, g, block, pl_audit_amounts(w, block), 1, NULL);
  }
  return sum;
}

double *pl_audit_agreed_amount(const pl_audit_agreed *k, const pl_formula *f,
                               const pl_formula *also, bool rate, const pl_grid *g) {
  double *x = pl_audit_values(k->w, f, k->grid, 0, true), *sum = pl_audit_zeros(k->w, g->n);
  const double *y = pl_audit_values(k->w, also, k->grid, 1, false);
  double hours = 0;
  for (int v = 0; v < k->grid->n; v++) hours += pl_grid_hours(k->grid, v) * k->force[v];
  for (int v = 0; v < k->grid->n; v++)
    x[v] *= y[v] * k->force[v] * (rate || hours == 0 ? 1 : 1 / hours);
  pl_audit_spread(sum, g, k->grid, x);
  return sum;
}

const double *pl_audit_agreed_block(const pl_audit_agreed *k, pl_column_kind kind,
                                    const pl_grid *g) {
  int n;
  const int *blocks = pl_audit_blocks(k->w, PL_NOUN_agreement, k->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->w->p->columns[blocks[i]];
    if (block->kind == (int)kind) return pl_audit_amounts(k->w, block);
  }
  return pl_audit_zeros(k->w, g->n);
}
