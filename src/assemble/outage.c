/* Planned outages: each begins once, in one of the periods that its window allows; while it lasts,
 * its share of the available capacity, and of the minimum load with it, is out of service.
 *
 *     ONCE   Σ begin = 1
 *     OUT    on + Σ begin of the outages that cover the whole slice and all capacity ≤ 1
 *
 * In CAPACITY, MINIMUM, ON_LEAST and the rows of reserves a begin column counts with the capacity
 * that it takes out. */
#include "assemble/emit.h"
#include "assemble/unit.h"

static bool is_over_all(const pl_outage *o) { return pl_outage_share(o) >= 1; }

/* Columns for all periods of its step, fixed at 0 where it must not begin. */
static int add_begins(builder *b, int i, const pl_grid *g) {
  const pl_outage *o = &b->c->outages[i];
  int choices = 0, only = -1;
  pl_time begin, end;
  for (int v = 0; v < g->n; v++)
    if (pl_outage_may_begin(b->c, o, g, v, &begin, &end)) {
      choices++;
      only = v;
    }
  pl_block const block = {.kind = PL_COLUMN_BEGIN,
                          .thing = i,
                          .part = -1,
                          .extra = -1,
                          .party = pl_unit_party(b->c, &b->c->units[o->unit]),
                          .grid = g,
                          .count = g->n};
  int const at = plan_add_columns(b, block, 0, 0, choices > 1);
  int const first = b->p->columns[at].first;
  for (int v = 0; v < g->n; v++)
    if (pl_outage_may_begin(b->c, o, g, v, &begin, &end)) b->upper[first + v] = 1;
  if (choices == 1) b->lower[first + only] = 1;
  return at;
}

static bool is_in_time(const pl_case *c, const pl_outage *o) {
  bool const from = o->said[PL_outage_from].line > 0, to = o->said[PL_outage_to].line > 0;
  return !(from && o->from.from >= c->to) && !(to && o->to.to <= c->from);
}

static void declare(builder *b, int i) {
  const pl_outage *o = &b->c->outages[i];
  unit_rows *r = &b->units[o->unit];
  b->once[i] = -1;
  if (!is_in_time(b->c, o)) return;
  int const at = add_begins(b, i, plan_real_grid(b, o->step < 0 ? PL_DAY : (pl_step)o->step));
  pl_block once = b->p->columns[at];
  once.kind = PL_ROW_ONCE;
  once.grid = &b->p->whole;
  once.count = 1;
  b->once[i] = plan_add_rows(b, once, 1, 1);
  if (o->cost)
    plan_add_entry(b, (pl_entry){.block = at,
                                 .party = once.party,
                                 .line = PL_LINE_FIXED,
                                 .formula = o->cost,
                                 .factor = -1,
                                 .grid = b->p->columns[at].grid});
  if (r->on < 0 || r->part[UNIT_outages] || !is_over_all(o)) return;
  int *out = r->part[UNIT_outages] = PL_NEW(b->scratch, int); /* OUT row block */
  *out =
      plan_add_rows(b, plan_unit_block(b, o->unit, PL_ROW_OUT, -1, r->grid), -plan_infinity(), 1);
}

void plan_declare_outages(builder *b) {
  b->once = PL_NEW_ARRAY(b->scratch, int, (size_t)b->c->n_outages + 1);
  for (int i = 0; i < b->c->n_outages; i++) declare(b, i);
}

static void put_on(builder *b, int unit, const void *own) {
  const int *out = own;
  (void)unit;
  plan_put_same(b, *out, 1);
}

const unit_part plan_unit_outages = {.put_on = put_on};

void plan_emit_outage(builder *b, const pl_block *block) {
  const pl_outage *o = &b->c->outages[block->thing];
  const int *out = b->units[o->unit].part[UNIT_outages];
  const pl_grid *g = b->units[o->unit].grid;
  pl_time begin, end;
  if (!pl_outage_may_begin(b->c, o, block->grid, b->slice, &begin, &end)) return;
  plan_put(b, b->p->rows[b->once[block->thing]].first, 1);
  for (pl_share s = pl_share_first(g, begin, end); s.ok; pl_share_next(g, &s)) {
    double const part = s.share * (double)(end - begin) / 60 / pl_grid_hours(g, s.r);
    plan_put_out(b, o->unit, s.r, part * pl_outage_share(o));
    if (out && part > 1 - 1e-9 && is_over_all(o)) plan_put_at(b, *out, s.r, 1);
  }
}
