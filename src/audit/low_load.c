/* Independent check of low load: slices not counted as low are at normal load or above, and those
 * counted respect the allowed hours, the longest spell and the recovery time. */
#include <math.h>

#include "audit/unit.h"

typedef struct {
  const pl_audit_unit_check *unit;
  pl_audit_walk *w;
  const pl_unit *u;
  const pl_grid *grid;
  const double *low; /* [n] 1 = counted as low */
} low_check;

static pl_audit_subject about(const low_check *k, int field, const char *words) {
  return pl_audit_unit_about(k->unit, field, words);
}

/* Where integers are relaxed, a fraction counted as low lowers the load by that fraction. */
static void check_normal(const low_check *k) {
  const pl_unit *u = k->u;
  pl_audit_walk *w = k->w;
  pl_audit_subject const x = about(k, PL_unit_normal_load, "the normal load");
  pl_audit_subject const whole = about(k, PL_unit_low_hours, "the low-load decision");
  const double *normal = pl_audit_values(w, u->normal_load, k->grid, 0, false);
  const double *least = pl_audit_unit_shares(k->unit);
  for (int v = 0; v < k->grid->n; v++) {
    double const down = fmax(0, normal[v] - least[v]) * k->low[v];
    double const ready = pl_audit_unit_on(k->unit, v) - k->unit->out[v];
    pl_audit_least(w, &x, k->grid, v, k->unit->load[v],
                   k->unit->available[v] * (normal[v] * ready - down));
    if (u->on_off != PL_ON_OFF_RELAXED) pl_audit_whole(w, &whole, k->grid, v, k->low[v]);
  }
}

static void check_hours(const low_check *k) {
  pl_audit_walk *w = k->w;
  double *hours = pl_audit_zeros(w, k->grid->n);
  for (int v = 0; v < k->grid->n; v++) hours[v] = k->low[v] * pl_grid_hours(k->grid, v);
  for (int i = 0; i < k->u->low_hours.n; i++) {
    int const per = k->u->low_hours.per[i], own = (int)k->grid->step;
    const pl_grid *g = per < 0 ? &w->p->whole : pl_audit_grid(w, (pl_step)(per > own ? per : own));
    pl_audit_subject x = about(k, PL_unit_low_hours, "the low hours");
    x.place = pl_formula_place(k->u->low_hours.formula[i]);
    const double *most = pl_audit_values(w, k->u->low_hours.formula[i], g, 0, per >= 0);
    double *sum = pl_audit_zeros(w, g->n);
    pl_audit_spread(sum, g, k->grid, hours);
    for (int v = 0; v < g->n; v++) pl_audit_most(w, &x, g, v, sum[v], most[v]);
  }
}

static bool follows(const low_check *k, int v, int w) {
  return w < k->grid->n && pl_grid_run(k->grid, v) == pl_grid_run(k->grid, w);
}

/* When a spell of low load ends at the start of a slice, no slice that begins within the recovery
 * time is low. */
static void check_recovery(const low_check *k) {
  if (k->u->said[PL_unit_recovery].line == 0) return;
  pl_audit_subject const x = about(k, PL_unit_recovery, "the recovery");
  pl_time const recovery = (pl_time)llround(24 * 60 * pl_duration_days(k->u->recovery));
  for (int j = 0; j < pl_grid_joints(k->grid); j++) {
    pl_joint const joint = pl_grid_joint(k->grid, j);
    double const ended = k->low[joint.before] - k->low[joint.after];
    if (!(ended > 0)) continue;
    for (int v = joint.after; follows(k, joint.after, v); v++) {
      if (k->grid->start[v] - k->grid->start[joint.after] >= recovery) break;
      pl_audit_most(k->w, &x, k->grid, v, k->low[v] + ended, 1);
    }
  }
}

static void check_longest(const low_check *k) {
  if (k->u->said[PL_unit_longest_low].line == 0) return;
  pl_audit_subject const x = about(k, PL_unit_longest_low, "the longest spell at low load");
  pl_time const longest = (pl_time)llround(24 * 60 * pl_duration_days(k->u->longest_low));
  for (int v = 0; v < k->grid->n; v++) {
    double sum = 0;
    int slices = 0;
    for (int w = v; follows(k, v, w); w++) {
      sum += k->low[w];
      slices++;
      if (pl_grid_end(k->grid, w) - k->grid->start[v] <= longest) continue;
      pl_audit_most(k->w, &x, k->grid, v, sum, slices - 1);
      break;
    }
  }
}

void pl_audit_unit_low_load(const pl_audit_unit_check *unit) {
  const pl_unit *u = unit->u;
  const pl_block *low = pl_audit_block(unit->w, PL_NOUN_unit, unit->index, PL_COLUMN_LOW);
  bool const ruled = u->low_hours.n > 0 || u->said[PL_unit_recovery].line > 0 ||
                     u->said[PL_unit_longest_low].line > 0;
  if (!u->normal_load || !u->capacity || !ruled) return;
  low_check const k = {unit, unit->w, u, unit->grid,
                       low ? pl_audit_amounts(unit->w, low)
                           : pl_audit_zeros(unit->w, unit->grid->n)};
  check_normal(&k);
  check_hours(&k);
  check_recovery(&k);
  check_longest(&k);
}
