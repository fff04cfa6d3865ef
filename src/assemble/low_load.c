/* Low load: a unit (typically a potline) may run below its normal load only for a limited number of
 * hours and for a limited time at once, and must then recover. One integer per slice says whether
 * it counts as low. */
#include <math.h>

#include "assemble/bound.h"
#include "assemble/emit.h"
#include "assemble/past.h"
#include "assemble/unit.h"

typedef struct { /* −1 = none */
  const pasts *past;
  int low, low_end;                         /* column blocks */
  int normal_row, ended, recovery, longest; /* row blocks */
  int *longest_end;     /* [n] the slice after the window of slices from v on that may not all be
                           low */
  const double *normal; /* [n] capacity units */
  double recovery_hours;
  members hours;
} low_rows;

static bool wanted(const pl_unit *u) {
  bool const spells = u->said[PL_unit_recovery].line > 0 || u->said[PL_unit_longest_low].line > 0;
  return u->normal_load && u->capacity && (u->low_hours.n > 0 || spells);
}

static bool same_run(const pl_grid *g, int v, int w) {
  return pl_grid_run(g, v) == pl_grid_run(g, w);
}

/* NORMAL:  Σ run × use + (normal − least) × low ≥ normal (× on)
 * normal = normal load × available */
static void declare_normal(builder *b, int unit, low_rows *low) {
  const pl_unit *u = &b->c->units[unit];
  const unit_rows *r = &b->units[unit];
  const pl_grid *grid = r->grid;
  double *normal = plan_values(b, u->normal_load, grid, 0, false);
  for (int v = 0; v < grid->n; v++) normal[v] *= r->available[v];
  low->normal = normal;
  low->normal_row =
      plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_LOW, -1, grid), 0, plan_infinity());
  if (r->on < 0)
    plan_bound_rows(b, low->normal_row, false, u->said[PL_unit_normal_load],
                    plan_words(b, "normal load", u->normal_load), normal);
}

static void declare_hours(builder *b, int unit, low_rows *low) {
  static const pl_bounds none;
  bound_request const hours = {.row_kind = PL_ROW_LOW_HOURS,
                               .thing = unit,
                               .at_least = &none,
                               .up_to = &b->c->units[unit].low_hours,
                               .exactly = &none,
                               .only_block = -1,
                               .finest = (int)b->units[unit].grid->step,
                               .flows = &low->hours,
                               .part = -1};
  plan_declare_bounds(b, &hours);
}

/* The first slice after v that begins at least that many hours after the start of v; at most the
 * end of v's run. */
static int after(const pl_grid *g, int v, double hours) {
  int w = v + 1;
  while (w < g->n && same_run(g, v, w) && (double)(g->start[w] - g->start[v]) < 60 * hours - 1e-6)
    w++;
  return w;
}

/* LOW_END:   end ≥ low before − low, for each slice and each of its pasts
 * RECOVERY:  Σ end within the recovery time before the slice + low ≤ 1 */
static void declare_recovery(builder *b, int unit, low_rows *low) {
  const pl_unit *u = &b->c->units[unit];
  const pl_grid *grid = b->units[unit].grid;
  if (u->said[PL_unit_recovery].line == 0) return;
  low->recovery_hours = 24 * pl_duration_days(u->recovery);
  low->low_end =
      plan_add_columns(b, plan_unit_block(b, unit, PL_COLUMN_LOW_END, -1, grid), 0, 1, false);
  low->past = plan_pasts(b, grid);
  low->ended =
      plan_add_ranks(b, unit, PL_ROW_LOW_END, grid, low->past->ranks, true, 0, plan_infinity());
  low->recovery =
      plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_RECOVERY, -1, grid), -plan_infinity(), 1);
}

/* LONGEST:  Σ low of the slices from v on that together exceed the longest spell ≤ their number − 1
 */
static void declare_longest(builder *b, int unit, low_rows *low) {
  const pl_unit *u = &b->c->units[unit];
  const pl_grid *grid = b->units[unit].grid;
  if (u->said[PL_unit_longest_low].line == 0) return;
  double const hours = 24 * pl_duration_days(u->longest_low);
  low->longest = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_LONGEST, -1, grid),
                               -plan_infinity(), plan_infinity());
  low->longest_end = PL_NEW_ARRAY(b->scratch, int, (size_t)grid->n);
  double *most = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 0; v < grid->n; v++) {
    int w = v + 1;
    while (w < grid->n && same_run(grid, v, w) &&
           (double)(pl_grid_end(grid, w - 1) - grid->start[v]) <= 60 * hours + 1e-6)
      w++;
    bool const longer = (double)(pl_grid_end(grid, w - 1) - grid->start[v]) > 60 * hours + 1e-6;
    low->longest_end[v] = w;
    most[v] = longer ? w - v - 1 : w - v;
  }
  plan_bound_rows(b, low->longest, true, u->said[PL_unit_longest_low],
                  pl_arena_printf(b->a, "longest low %g h", hours), most);
}

static void *declare(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  if (!wanted(u)) return NULL;
  low_rows *low = PL_NEW(b->scratch, low_rows);
  low->low_end = low->ended = low->recovery = low->longest = -1;
  low->low = plan_add_columns(b, plan_unit_block(b, unit, PL_COLUMN_LOW, -1, b->units[unit].grid),
                              0, 1, u->on_off != PL_ON_OFF_RELAXED);
  declare_normal(b, unit, low);
  declare_hours(b, unit, low);
  declare_recovery(b, unit, low);
  declare_longest(b, unit, low);
  return low;
}

static void put(builder *b, int unit, const void *own, double use) {
  const low_rows *low = own;
  (void)unit;
  plan_put_same(b, low->normal_row, use);
}

static void put_on(builder *b, int unit, const void *own) {
  const low_rows *low = own;
  (void)unit;
  plan_put_same(b, low->normal_row, -low->normal[b->slice]);
}

static void put_out(builder *b, int unit, const void *own, int slice, double share, bool least) {
  const low_rows *low = own;
  (void)unit;
  if (!least) plan_put_at(b, low->normal_row, slice, share * low->normal[slice]);
}

const unit_part plan_unit_low_load = {
    .declare = declare, .put = put, .put_on = put_on, .put_out = put_out};

/* Puts into the rows that compare slice v with its pasts. */
static void put_ended(builder *b, const low_rows *r, double x) {
  const pasts *p = r->past;
  for (int k = b->slice; k < p->ranks * p->n; k += p->n)
    if (p->before[k] >= 0) plan_put(b, b->p->rows[r->ended].first + k, x);
}

static void emit_low(builder *b, const unit_rows *r, const low_rows *low) {
  int const v = b->slice;
  double const least = r->least ? r->least[v] : 0;
  plan_put_same(b, low->normal_row, fmax(0, low->normal[v] - least));
  plan_put_members(b, &low->hours, -1, pl_grid_hours(b->grid, v));
  if (low->ended >= 0) {
    const pasts *p = low->past;
    put_ended(b, low, 1);
    for (int i = p->first[v]; i < p->first[v + 1]; i++)
      plan_put(b, b->p->rows[low->ended].first + p->after[i], -1);
    plan_put_same(b, low->recovery, 1);
  }
  if (low->longest < 0) return;
  for (int w = v; w >= 0 && same_run(b->grid, w, v) && low->longest_end[w] > v; w--)
    plan_put(b, b->p->rows[low->longest].first + w, 1);
}

static void emit_low_end(builder *b, const low_rows *low) {
  int const end = after(b->grid, b->slice, low->recovery_hours);
  put_ended(b, low, 1);
  for (int w = b->slice; w < end; w++) plan_put(b, b->p->rows[low->recovery].first + w, 1);
}

void plan_emit_low_load(builder *b, const pl_block *block) {
  const unit_rows *r = &b->units[block->thing];
  const low_rows *low = r->part[UNIT_low_load];
  if (block->kind == PL_COLUMN_LOW)
    emit_low(b, r, low);
  else
    emit_low_end(b, low);
}
