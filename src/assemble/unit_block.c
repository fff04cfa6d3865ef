/* The blocks of units, and what the rules need to know about a unit. */
#include "assemble/unit.h"

pl_block plan_unit_block(const builder *b, int thing, int kind, int part, const pl_grid *grid) {
  return (pl_block){.kind = kind,
                    .thing = thing,
                    .part = part,
                    .extra = -1,
                    .party = pl_unit_party(b->c, &b->c->units[thing]),
                    .grid = grid,
                    .count = grid->n};
}

int plan_add_ranks(builder *b, int unit, int kind, const pl_grid *grid, int n, bool rows,
                   double lower, double upper) {
  int first = -1;
  for (int part = 0; part < n; part++) {
    pl_block const block = plan_unit_block(b, unit, kind, part, grid);
    int const at = rows ? plan_add_rows(b, block, lower, upper)
                        : plan_add_columns(b, block, lower, upper, false);
    if (part == 0) first = at;
  }
  return first;
}

bool plan_on_before(const pl_unit *u) {
  return u->said[PL_unit_on_before].line == 0 || u->on_before;
}
