#ifndef PL_ASSEMBLE_TRADE_H
#define PL_ASSEMBLE_TRADE_H

#include "assemble/builder.h"

/* Lanes and markets. */

struct trade_rows { /* of one lane or market */
  int capacity, used, most, least;
  const double *most_amount, *least_amount; /* [n] of used's grid */
  members flows, counts;
  members under_way; /* of a lane: part = material (under_way.c) */
};

void plan_declare_lanes(builder *b);
void plan_declare_markets(builder *b);
/* The parties that market m trades with at its site, in *list (scratch); returns how many. */
int plan_market_parties(const builder *b, const pl_market *m, int *list);
pl_line plan_price_line(const builder *b, const pl_market *m);
const char *plan_tier_words(builder *b, int tier); /* name of its bound: "tier 2: next" */

/* use.c: "used at all", for lanes and markets */
typedef struct {
  int thing, column_kind, most_kind, least_kind, party;
  const pl_grid *grid;
  trade_rows *rows;
  const pl_formula *capacity; /* NULL = none */
  const pl_bounds *up_to, *exactly;
  const pl_formula *minimum, *charge; /* NULL = none */
  bool counted;
} use_request;
bool plan_is_counted(const builder *b, pl_term_kind kind, int thing);
void plan_declare_use(builder *b, const use_request *r);
void plan_emit_use(builder *b, const trade_rows *r);

/* peak.c: highest loads. like: a block with the flow's thing, part, party and grid. Returns the
 * column block of the monthly highest loads; its extra, and that of every flow which joins it, is
 * the first row block. */
int plan_add_peak(builder *b, pl_block flow, int column_kind, int row_kind);
void plan_join_peak(builder *b, int flow, int peak);
void plan_put_load(builder *b, const pl_block *flow);
void plan_put_peak(builder *b, const pl_block *peak);

/* under_way.c: goods loaded before the start, and those that must be loaded at the end; puts, for
 * the current SHIP column, whose goods arrive evenly over [from, to), the part that is under way
 * then */
void plan_declare_under_way(builder *b, int lane);
void plan_put_under_way(builder *b, const pl_block *ship, double arrives, pl_time from, pl_time to);
void plan_under_way_times(const builder *b, const pl_block *k, pl_time *from, pl_time *to);

#endif
