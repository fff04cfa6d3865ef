/* Independent check of planned outages: each begins once and lies in its window; what it takes
 * of its unit, slice by slice. */
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

static void check_outage(pl_audit_unit_check *k, const pl_outage *o, const pl_block *b) {
  pl_audit_walk *w = k->w;
  const double *x = pl_audit_amounts(w, b);
  bool const from = o->said[PL_outage_from].line > 0, to = o->said[PL_outage_to].line > 0;
  pl_time const first = from && o->from.from > w->c->from ? o->from.from : w->c->from,
                last = to && o->to.to < w->c->to ? o->to.to : w->c->to;
  pl_audit_subject const about =
      pl_audit_about(w, PL_NOUN_outage, (int)(o - w->c->outages), -1, "the window");
  double sum = 0;
  for (int v = 0; v < b->count; v++) {
    if (x[v] == 0) continue;
    pl_time const begin = b->grid->start[v] > first ? b->grid->start[v] : first;
    sum += x[v];
    pl_audit_whole(w, &about, b->grid, v, x[v]);
    bool const inside = begin < b->grid->start[v + 1] && pl_time_after(begin, o->lasts) <= last;
    if (!inside) pl_audit_most(w, &about, b->grid, v, fabs(x[v]), 1e-6);
    add_outage(k, o, begin, x[v]);
  }
  pl_audit_least(w, &about, NULL, -1, sum, 1);
  pl_audit_most(w, &about, NULL, -1, sum, 1);
}

void pl_audit_outages(pl_audit_unit_check *k) {
  const pl_case *c = k->w->c;
  k->out = pl_audit_zeros(k->w, k->grid->n);
  k->out_whole = pl_audit_zeros(k->w, k->grid->n);
  for (int i = 0; i < c->n_outages; i++) {
    if (c->outages[i].unit != k->index) continue;
    const pl_block *b = pl_audit_block(k->w, PL_NOUN_outage, i, PL_COLUMN_BEGIN);
    if (b) check_outage(k, &c->outages[i], b);
  }
}

const double *pl_audit_out(pl_audit_walk *w, int unit, const pl_grid *g) {
  pl_audit_unit_check k = {.w = w, .index = unit, .grid = g};
  pl_audit_outages(&k);
  return k.out;
}
