/* Part load: what a unit uses and emits per unit of product, as a function of its load as a share
 * of the available capacity A. The curve's points are (s, f); between them the total use s f is
 * linear, in segments of width w_j and slope σ_j.
 *
 *     LOADED         Σ run × use = s_1 A on + Σ load_j
 *     EXTRA_USE      extra (+ shared extra) = s_1 (f_1 − 1) A on + Σ (σ_j − 1) load_j
 *     SEGMENT_MOST   load_j ≤ w_j A on    (≤ w_j A full_j−1 where the curve bends down)
 *     SEGMENT_LEAST  load_j ≥ w_j A full_j    (only there)
 *
 * Where slopes rise, the first segments are the cheapest, so that segments fill in order. */
#include <math.h>

#include "assemble/agreement.h"
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/unit.h"
#include "chain/recipe.h"

typedef struct {     /* where there are several blocks, the first; −1 = none */
  int n;             /* segments */
  int segment, full; /* [n], [n − 1] column blocks */
  int extra;         /* column block of the unit's own party */
  int loaded, use;   /* row blocks */
  int most, least;   /* [n], [n − 1] row blocks */
  bool bends_down;   /* its slope falls somewhere: integers say which segments are full */
  double first,
      base; /* load at the first point, and use beyond the recipe there; as shares of the available
               capacity */
  double *width, *slope; /* [n] share of the available capacity; use per unit of load, less 1 */
} curve_rows;

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
  const pl_process *process = &b->c->processes[u->runs.index[0]];
  for (int i = 0; i < process->emits.n; i++)
    plan_add_levied(b, u->site, block, party, process->emits.material[i],
                    share * process->emits.amount[i] * pl_process_scale(process) /
                        u->runs.factor[0]);
}

static double least_extra(const pl_curve *c) {
  for (int i = 0; i < c->n; i++)
    if (c->value[i] < 1) return -plan_infinity();
  return 0;
}

static void bound_segment(builder *b, const unit_rows *r, const curve_rows *c, int j) {
  int const first = b->p->columns[c->segment + j].first;
  for (int v = 0; v < r->grid->n; v++) b->upper[first + v] = c->width[j] * r->available[v];
}

static void declare_segments(builder *b, int unit, curve_rows *c) {
  const pl_grid *grid = b->units[unit].grid;
  double const inf = plan_infinity();
  c->segment = plan_add_ranks(b, unit, PL_COLUMN_SEGMENT, grid, c->n, false, 0, inf);
  c->most = plan_add_ranks(b, unit, PL_ROW_SEGMENT_MOST, grid, c->n, true, -inf, 0);
  for (int j = 0; j < c->n; j++) bound_segment(b, &b->units[unit], c, j);
  if (!c->bends_down) return;
  bool const whole = b->c->units[unit].on_off != PL_ON_OFF_RELAXED;
  for (int j = 0; j + 1 < c->n; j++) {
    pl_block const full = plan_unit_block(b, unit, PL_COLUMN_SEGMENT_FULL, j, grid);
    int const at = plan_add_columns(b, full, 0, 1, whole);
    if (j == 0) c->full = at;
  }
  c->least = plan_add_ranks(b, unit, PL_ROW_SEGMENT_LEAST, grid, c->n - 1, true, 0, inf);
}

/* Without on/off the unit is always on: the terms with on become the bound of the row. */
static int declare_row(builder *b, int unit, int kind, double times) {
  const unit_rows *r = &b->units[unit];
  int const row = plan_add_rows(b, plan_unit_block(b, unit, kind, -1, r->grid), 0, 0);
  int const first = b->p->rows[row].first;
  for (int v = 0; r->on < 0 && v < r->grid->n; v++)
    b->row_lower[first + v] = b->row_upper[first + v] = times * r->available[v];
  return row;
}

/* Without on/off, the bounds of the SEGMENT_MOST rows; they equal the columns' own bounds. */
static void bound_most(builder *b, const unit_rows *r, const curve_rows *c) {
  for (int j = 0; r->on < 0 && j < (c->bends_down ? 1 : c->n); j++) {
    const pl_block *most = &b->p->rows[c->most + j];
    for (int v = 0; v < most->count; v++)
      b->row_upper[most->first + v] = c->width[j] * r->available[v];
  }
}

static void *declare(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  const unit_rows *r = &b->units[unit];
  if (u->part_load.n < 2 || u->runs.n != 1 || !r->available) return NULL;
  curve_rows *c = PL_NEW(b->scratch, curve_rows);
  take_segments(b, &u->part_load, c);
  declare_segments(b, unit, c);
  c->extra = plan_add_columns(b, plan_unit_block(b, unit, PL_COLUMN_EXTRA, -1, r->grid),
                              least_extra(&u->part_load), plan_infinity(), false);
  levy(b, unit, c->extra, pl_unit_party(b->c, u), 1);
  c->loaded = declare_row(b, unit, PL_ROW_LOADED, c->first);
  c->use = declare_row(b, unit, PL_ROW_EXTRA_USE, c->base);
  bound_most(b, r, c);
  return c;
}

static void share(builder *b, int agreement, void *own) {
  const pl_agreement *a = &b->c->agreements[agreement];
  curve_rows *c = own;
  pl_block block = b->p->columns[c->extra];
  block.kind = PL_COLUMN_SHARED_EXTRA;
  block.thing = agreement;
  int const shared = plan_add_columns(b, block, 0, 0, false);
  plan_agreed_switch(
      b, agreement, shared,
      (switch_bounds){least_extra(&b->c->units[a->unit].part_load), plan_infinity(), 0, 0});
  plan_agreed_close(b, agreement, c->extra);
  for (int s = 0; s < a->shares.n; s++)
    levy(b, a->unit, shared, a->shares.index[s], a->shares.factor[s]);
}

/* --- Entries --------------------------------------------------------------------------------- */

static void put(builder *b, int unit, const void *own, double use) {
  const curve_rows *c = own;
  (void)unit;
  plan_put_same(b, c->loaded, use);
}

static void put_on(builder *b, int unit, const void *own) {
  const curve_rows *c = own;
  double const available = b->units[unit].available[b->slice];
  plan_put_same(b, c->loaded, -c->first * available);
  plan_put_same(b, c->use, -c->base * available);
  for (int j = 0; j < (c->bends_down ? 1 : c->n); j++)
    plan_put_same(b, c->most + j, -c->width[j] * available);
}

const unit_part plan_unit_part_load = {
    .declare = declare, .put = put, .put_on = put_on, .share = share};

static void emit_segment(builder *b, const curve_rows *c, int j) {
  plan_put_same(b, c->loaded, -1);
  plan_put_same(b, c->use, -c->slope[j]);
  plan_put_same(b, c->most + j, 1);
  if (c->bends_down && j + 1 < c->n) plan_put_same(b, c->least + j, 1);
}

static void emit_full(builder *b, const unit_rows *r, const curve_rows *c, int j) {
  plan_put_same(b, c->most + j + 1, -c->width[j + 1] * r->available[b->slice]);
  plan_put_same(b, c->least + j, -c->width[j] * r->available[b->slice]);
}

/* The recipe's inputs and emissions, per unit of capacity used beyond the recipe. */
static void put_inputs(builder *b, int unit, int party, double share) {
  const pl_unit *u = &b->c->units[unit];
  const pl_process *process = &b->c->processes[u->runs.index[0]];
  double const scale = share * pl_process_scale(process) / u->runs.factor[0];
  for (pl_run_goods g = pl_process_inputs(process); g.ok; pl_process_next(&g))
    plan_put_goods(b, u->site, party, g.material, g.listed * scale);
}

static void put_emissions(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  const pl_process *process = &b->c->processes[u->runs.index[0]];
  for (int i = 0; i < process->emits.n; i++)
    plan_put_emission(b, process->emits.material[i], u->site, pl_unit_party(b->c, u),
                      process->emits.amount[i] * pl_process_scale(process) / u->runs.factor[0]);
}

void plan_emit_part_load(builder *b, const pl_block *block) {
  bool const shared = block->kind == PL_COLUMN_SHARED_EXTRA;
  int const unit = shared ? b->c->agreements[block->thing].unit : block->thing;
  const unit_rows *r = &b->units[unit];
  const curve_rows *c = r->part[UNIT_part_load];
  if (block->kind == PL_COLUMN_SEGMENT) emit_segment(b, c, block->part);
  if (block->kind == PL_COLUMN_SEGMENT_FULL) emit_full(b, r, c, block->part);
  if (block->kind != PL_COLUMN_EXTRA && !shared) return;
  plan_put_same(b, c->use, 1);
  const pl_shares *partners = shared ? &b->c->agreements[block->thing].shares : NULL;
  for (int s = 0; s < (shared ? partners->n : 1); s++)
    put_inputs(b, unit, shared ? partners->index[s] : block->party,
               shared ? partners->factor[s] : 1);
  put_emissions(b, unit);
}
