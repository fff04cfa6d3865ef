/* Blends: a process that uses any of several materials, within limits of composition. */
#include <math.h>
#include <string.h>

#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/unit.h"

typedef struct {
  int *blend;    /* [runs.n] row block, −1 */
  int **content; /* [runs.n][2 × within.n] row blocks: low and high of each element, −1 = none; NULL
                    if the run is not a blend */
} blend_rows;

static blend_rows *rows_of(builder *b, int unit) {
  void **own = &b->units[unit].part[UNIT_blend];
  if (*own) return *own;
  int const n = b->c->units[unit].runs.n;
  blend_rows *r = *own = PL_NEW(b->scratch, blend_rows);
  r->blend = PL_NEW_ARRAY(b->scratch, int, (size_t)n);
  r->content = PL_NEW_ARRAY(b->scratch, int *, (size_t)n);
  for (int k = 0; k < n; k++) r->blend[k] = -1;
  return r;
}

/* BLEND:    Σ feed × yield − run = 0
 * CONTENT:  low × run ≤ Σ feed × yield × content ≤ high × run */
static void declare_run(builder *b, int unit, int k) {
  const pl_process *process = &b->c->processes[b->c->units[unit].runs.index[k]];
  const pl_grid *grid = b->units[unit].grid;
  if (!pl_process_is_blend(process)) return;
  blend_rows *r = rows_of(b, unit);
  for (int i = 0; i < process->blends.n; i++) {
    pl_block feed = plan_unit_block(b, unit, PL_COLUMN_FEED, k, grid);
    feed.extra = i;
    plan_add_columns(b, feed, 0, plan_infinity(), false);
  }
  r->blend[k] = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_BLEND, k, grid), 0, 0);
  double const inf = plan_infinity();
  r->content[k] = PL_NEW_ARRAY(b->scratch, int, 2 * (size_t)process->within.n);
  for (int i = 0; i < 2 * process->within.n; i++) { /* extra = 2 × element + (0 low, 1 high) */
    pl_block row = plan_unit_block(b, unit, PL_ROW_CONTENT, k, grid);
    row.extra = i;
    bool const high = i % 2 == 1,
               bounded = !isnan((high ? process->within.high : process->within.low)[i / 2]);
    r->content[k][i] = bounded ? plan_add_rows(b, row, high ? -inf : 0, high ? 0 : inf) : -1;
  }
}

static void put_run(builder *b, const pl_block *run, const void *own) {
  const blend_rows *r = own;
  if (r->blend[run->part] < 0) return;
  const pl_process *process = &b->c->processes[b->c->units[run->thing].runs.index[run->part]];
  plan_put_same(b, r->blend[run->part], -1);
  for (int i = 0; i < 2 * process->within.n; i++)
    if (r->content[run->part][i] >= 0)
      plan_put_same(b, r->content[run->part][i],
                    -(i % 2 == 1 ? process->within.high : process->within.low)[i / 2]);
}

const unit_part plan_unit_blend = {.declare_run = declare_run, .put_run = put_run};

static double content_of(const pl_material *m, const char *element) {
  for (int i = 0; i < m->composition.n; i++)
    if (strcmp(m->composition.element[i], element) == 0) return m->composition.low[i];
  return 0;
}

void plan_emit_blend(builder *b, const pl_block *block) {
  const pl_unit *u = &b->c->units[block->thing];
  const blend_rows *r = b->units[block->thing].part[UNIT_blend];
  const pl_process *process = &b->c->processes[u->runs.index[block->part]];
  int const material = process->blends.index[block->extra];
  double const yield = process->blends.factor[block->extra];
  plan_put_goods(b, u->site, block->party, material, -1);
  plan_put_same(b, r->blend[block->part], yield);
  for (int i = 0; i < 2 * process->within.n; i++)
    if (r->content[block->part][i] >= 0)
      plan_put_same(b, r->content[block->part][i],
                    yield * content_of(&b->c->materials[material], process->within.element[i / 2]));
}
