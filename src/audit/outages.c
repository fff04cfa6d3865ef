/* Independent check of planned outages: each begins once and lies within its window. Also how much
 * of its unit each takes, slice by slice. */
#include <math.h>

#include "audit/unit.h"

static void add_outage(pl_audit_unit_check *k, const pl_outage *o, pl_time begin, double times) {
  pl_time const end = pl_time_after(begin, o->lasts);
  for (int v = 0; v < k->grid->n; v++) {
    double const part = pl_grid_within(k->grid, v, begin, end);
    k->out[v] += times * part * pl_outage_share(o);
    if (part > 1 - 1e-9 && pl_outage_share(o) >= 1) k->out_whole[v] += times;
  }
}

static pl_time begin_of(const pl_audit_unit_check *k, const pl_outage *o, pl_time t) {
  bool const from = o->said[PL_outage_from].line > 0;
  pl_time const first = from && o->from.from > k->w->c->from ? o->from.from : k->w->c->from;
  return t > first ? t : first;
}

static void check_outage(const pl_audit_unit_check *k, const pl_outage *o, const pl_block *block) {
  pl_audit_walk *w = k->w;
  const double *x = pl_audit_amounts(w, block);
  bool const to = o->said[PL_outage_to].line > 0;
  pl_time const last = to && o->to.to < w->c->to ? o->to.to : w->c->to;
  pl_audit_subject const about =
      pl_audit_about(w, PL_NOUN_outage, (int)(o - w->c->outages), -1, "the window");
  double sum = 0;
  for (int v = 0; v < block->count; v++) {
    if (x[v] == 0) continue;
    pl_time const begin = begin_of(k, o, block->grid->start[v]);
    sum += x[v];
    pl_audit_whole(w, &about, block->grid, v, x[v]);
    bool const inside = begin < block->grid->start[v + 1] && pl_time_after(begin, o->lasts) <= last;
    if (!inside) pl_audit_most(w, &about, block->grid, v, fabs(x[v]), 1e-6);
  }
  pl_audit_least(w, &about, NULL, -1, sum, 1);
  pl_audit_most(w, &about, NULL, -1, sum, 1);
}

/* The block of each of the unit's outages that has begin columns; NULL for others. */
static const pl_block *block_of(const pl_audit_unit_check *k, int outage) {
  if (k->w->c->outages[outage].unit != k->index) return NULL;
  return pl_audit_block(k->w, PL_NOUN_outage, outage, PL_COLUMN_BEGIN);
}

void pl_audit_unit_out(pl_audit_unit_check *k) {
  const pl_case *c = k->w->c;
  k->out = pl_audit_zeros(k->w, k->grid->n);
  k->out_whole = pl_audit_zeros(k->w, k->grid->n);
  for (int i = 0; i < c->n_outages; i++) {
    const pl_block *block = block_of(k, i);
    const double *x = block ? pl_audit_amounts(k->w, block) : NULL;
    for (int v = 0; block && v < block->count; v++)
      if (x[v] != 0)
        add_outage(k, &c->outages[i], begin_of(k, &c->outages[i], block->grid->start[v]), x[v]);
  }
}

void pl_audit_unit_outages(const pl_audit_unit_check *k) {
  for (int i = 0; i < k->w->c->n_outages; i++) {
    const pl_block *block = block_of(k, i);
    if (block) check_outage(k, &k->w->c->outages[i], block);
  }
}
