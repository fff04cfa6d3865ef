/* Goods under way: what a lane was loaded with before the start arrives evenly over the first
 * transit time, a constant of the balances where it arrives. At the end as much must be under way
 * again:
 *
 *     under way   Σ ship · (1 − loss) · (the part of it that arrives after the end)
 *                   ≥ amount · (the part of it that arrives before the end: 1 unless the case is
 *                               shorter than the way)
 */
#include "assemble/goods.h"
#include "assemble/trade.h"

/* How much of what arrives evenly over [from, to) does so before the case's end. */
static double part_in_time(const pl_case *c, pl_time from, pl_time to) {
  if (to <= c->to) return 1;
  return from >= c->to ? 0 : (double)(c->to - from) / (double)(to - from);
}

void pl_program_under_way(const pl_program *p, int lane, int i, const pl_grid *grid, double *sum) {
  const pl_lane *l = &p->c->lanes[lane];
  pl_time const from = p->c->from, last = pl_time_after(from, l->time);
  for (pl_share s = pl_share_first(grid, from, last); s.ok; pl_share_next(grid, &s))
    sum[s.r] += l->under_way.amount[i] * s.share;
}

void pl_program_arrivals(const pl_program *p, const pl_block *balance, double *sum) {
  const pl_case *c = p->c;
  for (int i = 0; i < c->n_lanes; i++) {
    const pl_lane *l = &c->lanes[i];
    for (int k = 0; l->to == balance->thing && k < l->under_way.n; k++)
      if (l->under_way.material[k] == balance->part && l->parties.index[0] == balance->party)
        pl_program_under_way(p, i, k, balance->grid, sum);
  }
}

static void put_start(builder *b, int lane, int k) {
  const pl_lane *l = &b->c->lanes[lane];
  const pl_block *balance =
      &b->p->rows[plan_balance(b, l->to, l->under_way.material[k], l->parties.index[0])];
  double *sum = PL_NEW_ARRAY(b->scratch, double, (size_t)balance->count + 1);
  pl_program_under_way(b->p, lane, k, balance->grid, sum);
  for (int v = 0; v < balance->count; v++) {
    b->row_lower[balance->first + v] -= sum[v];
    b->row_upper[balance->first + v] -= sum[v];
  }
}

static void want_end(builder *b, int lane, int k) {
  const pl_lane *l = &b->c->lanes[lane];
  pl_block const like = {.kind = PL_ROW_UNDER_WAY,
                         .thing = lane,
                         .part = l->under_way.material[k],
                         .extra = -1,
                         .party = l->parties.index[0],
                         .grid = &b->p->whole,
                         .count = 1};
  int const row = plan_add_rows(b, like, -plan_infinity(), plan_infinity());
  double *least = PL_NEW_ARRAY(b->a, double, 1);
  *least =
      l->under_way.amount[k] * part_in_time(b->c, b->c->from, pl_time_after(b->c->from, l->time));
  const char *words = pl_arena_printf(b->a, "under way {%s: %s}", b->c->materials[like.part].name,
                                      l->under_way.text[k]);
  plan_bound_rows(b, row, false, l->under_way.place[k], words, least);
  plan_add_member(b, &b->lanes[lane].under_way, (member){row, 1, like.part});
}

void plan_declare_under_way(builder *b, int lane) {
  const pl_lane *l = &b->c->lanes[lane];
  for (int k = 0; k < l->under_way.n; k++) {
    put_start(b, lane, k);
    want_end(b, lane, k);
  }
}

void plan_put_under_way(builder *b, const pl_block *ship, double arrives, pl_time from,
                        pl_time to) {
  const members *m = &b->lanes[ship->thing].under_way;
  for (int i = 0; i < m->n; i++)
    if (m->at[i].part == ship->part)
      plan_put(b, b->p->rows[m->at[i].row].first, arrives * (1 - part_in_time(b->c, from, to)));
}

/* The slices in which what is under way at the end is loaded. */
void plan_under_way_times(const builder *b, const pl_block *block, pl_time *from, pl_time *to) {
  const pl_lane *l = &b->c->lanes[block->thing];
  const pl_grid *grid = &b->p->grid[pl_material_step(b->c, block->part)];
  int v = 0;
  while (v + 1 < grid->n && pl_time_after(pl_grid_end(grid, v), l->time) <= b->c->to) v++;
  *from = grid->start[v];
  *to = pl_grid_end(grid, grid->n - 1);
}
