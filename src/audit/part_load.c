/* Independent check of part load: what a unit uses beyond its recipe, read from the curve at its
 * load. */
#include <math.h>

#include "audit/unit.h"

/* Total use at a load, interpolated between the points; both as shares of the available
 * capacity. */
static double use_at(const pl_curve *c, double load) {
  int j = 0;
  while (j + 2 < c->n && load > c->at[j + 1]) j++;
  double const low = c->at[j] * c->value[j], high = c->at[j + 1] * c->value[j + 1];
  return low + (load - c->at[j]) * (high - low) / (c->at[j + 1] - c->at[j]);
}

static double chord_at(const pl_curve *c, double load) {
  double const low = c->at[0] * c->value[0], high = c->value[c->n - 1];
  return low + (load - c->at[0]) * (high - low) / (1 - c->at[0]);
}

static bool bends_down(const pl_curve *c) {
  for (int j = 1; j + 1 < c->n; j++) { /* a point above the line between its neighbours */
    double const span = c->at[j + 1] - c->at[j - 1], part = (c->at[j] - c->at[j - 1]) / span;
    double const line =
        (1 - part) * c->at[j - 1] * c->value[j - 1] + part * c->at[j + 1] * c->value[j + 1];
    if (c->at[j] * c->value[j] > line + 1e-9) return true;
  }
  return false;
}

static double *extra_of(const pl_audit_unit_check *k) {
  double *sum = pl_audit_zeros(k->w, k->grid->n);
  for (int i = 0; i < k->w->p->n_column_blocks; i++) {
    const pl_block *block = &k->w->p->columns[i];
    if (pl_block_moves(block) == PL_MOVES_EXTRA && pl_block_plant(k->w->c, block) == k->index)
      pl_audit_add(sum, k->grid, block, pl_audit_amounts(k->w, block), 1, NULL);
  }
  return sum;
}

/* Where the curve only bends up (slopes rise), segments fill in order unless an input has a
 * negative value; then use may be higher, up to the straight line between the curve's ends. With
 * integers, use is on the curve; with relaxed ones only the range of loads can be checked. */
void pl_audit_unit_part_load(const pl_audit_unit_check *k) {
  const pl_curve *c = &k->u->part_load;
  if (c->n < 2 || k->u->runs.n != 1 || !k->available) return;
  bool const down = bends_down(c);
  bool const relaxed = k->w->c->calendar.relaxed || k->u->on_off == PL_ON_OFF_RELAXED;
  const double *extra = extra_of(k);
  pl_audit_subject const x = pl_audit_unit_about(k, PL_unit_part_load, "the part-load curve");
  for (int v = 0; v < k->grid->n; v++) {
    double const whole = k->available[v] * pl_audit_unit_on(k, v);
    double const load = whole > 0 ? k->load[v] / whole : 0;
    if (whole <= 1e-9 * k->available[v]) {
      pl_audit_most(k->w, &x, k->grid, v, fabs(extra[v]), 1e-5 * fmax(1, k->available[v]));
      continue;
    }
    double const curve = (use_at(c, load) - load) * whole,
                 chord = (chord_at(c, load) - load) * whole;
    double const slack =
        down && !relaxed ? 1e-5 * k->available[v] : 0; /* as accurate as integers are */
    if (down && relaxed) continue;
    pl_audit_least(k->w, &x, k->grid, v, extra[v], curve - slack);
    pl_audit_most(k->w, &x, k->grid, v, extra[v], (down ? curve : chord) + slack);
  }
}
