/* "at least", "up to" and "exactly": each bounds the sum of some flows over the time it is written
 * per. If a single column carries that sum, the bound is set on the column; otherwise it is a row
 * on the grid of that time. */
#include "assemble/bound.h"

typedef struct { /* rows made so far for one request, one block per time step */
  int n;
  int per[PL_STEPS + 1], row[PL_STEPS + 1];
} groups;

static int group_row(builder *b, const bound_request *r, groups *g, int per) {
  for (int i = 0; i < g->n; i++)
    if (g->per[i] == per) return g->row[i];
  pl_step const step = per > r->finest ? (pl_step)per : (pl_step)r->finest;
  const pl_grid *grid = per < 0 ? &b->p->whole : plan_grid(b, step);
  pl_block const block = {.kind = r->row_kind,
                          .thing = r->thing,
                          .part = g->n,
                          .extra = -1,
                          .party = -1,
                          .grid = grid,
                          .count = grid->n};
  int const row = plan_add_rows(b, block, -plan_infinity(), plan_infinity());
  plan_add_member(b, r->flows, (member){row, 1, r->part});
  if (r->made) r->made(b, row, r->thing);
  g->per[g->n] = per;
  g->row[g->n++] = row;
  return row;
}

/* Whether a single column equals, slice by slice, the whole flow that is bounded. */
static bool column_carries(const builder *b, const bound_request *r, int per) {
  if (r->only_block < 0 || r->soft) return false;
  const pl_block *block = &b->p->columns[r->only_block];
  return per < 0 ? block->count == 1 : per <= (int)block->grid->step || block->count == 1;
}

static void declare(builder *b, const bound_request *r, groups *g, const pl_bounds *list,
                    const char *key, bool least, bool most) {
  for (int i = 0; i < list->n; i++) {
    const pl_formula *f = list->formula[i];
    int const per = list->per[i];
    bool const column = column_carries(b, r, per);
    int const block = column ? r->only_block : group_row(b, r, g, per);
    const pl_grid *grid = column ? b->p->columns[block].grid : b->p->rows[block].grid;
    const double *amount = plan_values(b, f, grid, 0, per >= 0);
    const char *words = plan_words(b, key, f);
    pl_place const place = pl_formula_place(f);
    void (*bound)(builder *, int, bool, pl_place, const char *, const double *) =
        column ? plan_bound_columns : plan_bound_rows;
    if (least) bound(b, block, false, place, words, amount);
    if (most) bound(b, block, true, place, words, amount);
  }
}

void plan_declare_bounds(builder *b, const bound_request *r) {
  groups g = {0};
  declare(b, r, &g, r->at_least, "at least", true, false);
  declare(b, r, &g, r->up_to, r->most_words ? r->most_words : "up to", false, true);
  declare(b, r, &g, r->exactly, "exactly", true, true);
}
