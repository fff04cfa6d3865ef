/* Part load: what a unit takes and emits a unit of product, by its load as a share of what is
 * available, A. The curve's points are (s, f); the total use s f has straight lines between them,
 * of width w_j and slope σ_j.
 *
 *     LOADED         Σ run × use = s_1 A on + Σ load_j
 *     EXTRA_USE      extra (+ shared extra) = s_1 (f_1 − 1) A on + Σ (σ_j − 1) load_j
 *     SEGMENT_MOST   load_j ≤ w_j A on
 *                    (load_j ≤ w_j A full_j−1 where the curve bends down)
 *     SEGMENT_LEAST  load_j ≥ w_j A full_j  (only there)
 *
 * Where slopes rise, what comes first is the cheapest, and segments fill in order by themselves. */
#include <math.h>

#include "assemble/builder.h"

static void take_segments(builder *b, const pl_curve *from, curve_rows *c) {
  c->n = from->n - 1;
  c->first = from->at[0];
  c->base = from->at[0] * (from->value[0] - 1);
  c->width = PL_NEW_ARRAY(b->scratch, double, (size_t)from->n);
  c->slope = PL_NEW_ARRAY(b->scratch, double, (size_t)from->n);
  for (int j = 0; j < c->n; j++) {
    double const use = from->at[j + 1] * from->value[j + 1] - from->at[j] * from->value[j];
    c->width[j] = from->at[j + 1] - from->at[j];
    c->slope[j] = use / c->width[j] - 1;
    if (j > 0 && c->slope[j] < c->slope[j - 1] - 1e-9) c->bends_down = true;
  }
}

static void levy(builder *b, int unit, int block, int party, double share) {
  const pl_unit *u = &b->c->units[unit];
  const pl_process *p = &b->c->processes[u->runs.index[0]];
  for (int i = 0; i < p->emits.n; i++)
    plan_add_levied(b, u->site, block, party, p->emits.material[i],
                    share * p->emits.amount[i] * pl_process_scale(p) / u->runs.factor[0]);
}

static double least_extra(const pl_curve *c) {
  for (int i = 0; i < c->n; i++)
    if (c->value[i] < 1) return -plan_infinity();
  return 0;
}

static void bound_segments(builder *b, int unit, int j, const pl_grid *grid) {
  const unit_rows *r = &b->units[unit];
  int const first = b->p->columns[r->curve.segment + j].first;
  for (int v = 0; v < grid->n; v++) b->upper[first + v] = r->curve.width[j] * r->available[v];
}

static void declare_segments(builder *b, int unit, const pl_grid *grid) {
  curve_rows *c = &b->units[unit].curve;
  double const inf = plan_infinity();
  c->segment = plan_add_ranks(b, unit, PL_COLUMN_SEGMENT, grid, c->n, false, 0, inf);
  c->most = plan_add_ranks(b, unit, PL_ROW_SEGMENT_MOST, grid, c->n, true, -inf, 0);
  for (int j = 0; j < c->n; j++) bound_segments(b, unit, j, grid);
  if (!c->bends_down) return;
  bool const whole = b->c->units[unit].on_off != PL_ON_OFF_RELAXED;
  for (int j = 0; j + 1 < c->n; j++) {
    pl_block const full = plan_unit_block(b, unit, PL_COLUMN_SEGMENT_FULL, j, grid);
    int const at = plan_add_columns(b, full, 0, 1, whole);
    if (j == 0) c->full = at;
  }
  c->least = plan_add_ranks(b, unit, PL_ROW_SEGMENT_LEAST, grid, c->n - 1, true, 0, inf);
}

/* Without on/off it is always on: what would be × on is the row's bound. */
static void declare_row(builder *b, int unit, const pl_grid *grid, int kind, double times,
                        int *row) {
  const unit_rows *r = &b->units[unit];
  *row = plan_add_rows(b, plan_unit_block(b, unit, kind, -1, grid), 0, 0);
  int const first = b->p->rows[*row].first;
  for (int v = 0; r->on < 0 && v < grid->n; v++)
    b->row_lower[first + v] = b->row_upper[first + v] = times * r->available[v];
}

void plan_declare_part_load(builder *b, int unit, const pl_grid *grid) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  if (u->part_load.n < 2 || u->runs.n != 1 || !r->available) return;
  take_segments(b, &u->part_load, &r->curve);
  declare_segments(b, unit, grid);
  r->curve.extra = plan_add_columns(b, plan_unit_block(b, unit, PL_COLUMN_EXTRA, -1, grid),
                                    least_extra(&u->part_load), plan_infinity(), false);
  levy(b, unit, r->curve.extra, pl_unit_party(b->c, u), 1);
  declare_row(b, unit, grid, PL_ROW_LOADED, r->curve.first, &r->curve.loaded);
  declare_row(b, unit, grid, PL_ROW_EXTRA_USE, r->curve.base, &r->curve.use);
  for (int j = 0; r->on < 0 && j < (r->curve.bends_down ? 1 : r->curve.n); j++) {
    const pl_block *k = &b->p->rows[r->curve.most + j]; /* the columns' own bounds say the same */
    for (int v = 0; v < k->count; v++)
      b->row_upper[k->first + v] = r->curve.width[j] * r->available[v];
  }
}

void plan_share_part_load(builder *b, int agreement) {
  const pl_agreement *a = &b->c->agreements[agreement];
  curve_rows *c = &b->units[a->unit].curve;
  if (c->n == 0) return;
  pl_block k = b->p->columns[c->extra];
  int const own = c->extra;
  k.kind = PL_COLUMN_SHARED_EXTRA;
  k.thing = agreement;
  c->shared = plan_add_columns(b, k, 0, 0, false);
  plan_switch(b, agreement, c->shared, least_extra(&b->c->units[a->unit].part_load),
              plan_infinity(), 0, 0);
  plan_switch_off(b, agreement, own);
  for (int s = 0; s < a->shares.n; s++)
    levy(b, a->unit, c->shared, a->shares.index[s], a->shares.factor[s]);
}

/* --- Entries --------------------------------------------------------------------------------- */

void plan_put_part_load(builder *b, const unit_rows *r, double use) {
  if (r->curve.n > 0) plan_put_same(b, r->curve.loaded, use);
}

void plan_put_on_in_part_load(builder *b, const unit_rows *r) {
  const curve_rows *c = &r->curve;
  if (c->n == 0) return;
  double const available = r->available[b->slice];
  plan_put_same(b, c->loaded, -c->first * available);
  plan_put_same(b, c->use, -c->base * available);
  for (int j = 0; j < (c->bends_down ? 1 : c->n); j++)
    plan_put_same(b, c->most + j, -c->width[j] * available);
}

static void emit_segment(builder *b, const curve_rows *c, int j) {
  plan_put_same(b, c->loaded, -1);
  plan_put_same(b, c->use, -c->slope[j]);
  plan_put_same(b, c->most + j, 1);
  if (c->bends_down && j + 1 < c->n) plan_put_same(b, c->least + j, 1);
}

static void emit_full(builder *b, const unit_rows *r, int j) {
  const curve_rows *c = &r->curve;
  plan_put_same(b, c->most + j + 1, -c->width[j + 1] * r->available[b->slice]);
  plan_put_same(b, c->least + j, -c->width[j] * r->available[b->slice]);
}

/* The recipe's inputs and emissions, for a unit of capacity more than the recipe's own use. */
static void put_inputs(builder *b, int unit, int party, double share) {
  const pl_unit *u = &b->c->units[unit];
  const pl_process *p = &b->c->processes[u->runs.index[0]];
  double const scale = share * pl_process_scale(p) / u->runs.factor[0];
  for (int i = 0; i < p->takes.n; i++)
    plan_put_goods(b, u->site, party, p->takes.material[i], -p->takes.amount[i] * scale);
}

static void put_emissions(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  const pl_process *p = &b->c->processes[u->runs.index[0]];
  for (int i = 0; i < p->emits.n; i++)
    plan_put_emission(b, p->emits.material[i], u->site, pl_unit_party(b->c, u),
                      p->emits.amount[i] * pl_process_scale(p) / u->runs.factor[0]);
}

void plan_emit_part_load(builder *b, const pl_block *k) {
  bool const shared = k->kind == PL_COLUMN_SHARED_EXTRA;
  int const unit = shared ? b->c->agreements[k->thing].unit : k->thing;
  const unit_rows *r = &b->units[unit];
  if (k->kind == PL_COLUMN_SEGMENT) emit_segment(b, &r->curve, k->part);
  if (k->kind == PL_COLUMN_SEGMENT_FULL) emit_full(b, r, k->part);
  if (k->kind != PL_COLUMN_EXTRA && !shared) return;
  plan_put_same(b, r->curve.use, 1);
  const pl_shares *partners = shared ? &b->c->agreements[k->thing].shares : NULL;
  for (int s = 0; s < (shared ? partners->n : 1); s++)
    put_inputs(b, unit, shared ? partners->index[s] : k->party, shared ? partners->factor[s] : 1);
  put_emissions(b, unit);
}
