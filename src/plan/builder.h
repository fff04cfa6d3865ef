#ifndef PL_PLAN_BUILDER_H
#define PL_PLAN_BUILDER_H

#include "chain/goods.h"
#include "plan/program.h"

/* What the files of plan/ share while a program is being built. Two passes: first every thing
 * declares its columns, rows, bounds and entries, and keeps the indices of its blocks; then every
 * column, in order, emits its coefficients into those rows. So the matrix is written once, by
 * columns, and no coefficient is ever searched for. */

typedef struct { /* a row block that counts a thing's flow with a factor: own bounds and limits */
  int row;
  double factor;
  int part; /* only this part of the thing (process, material, tier); −1 = all */
} member;

typedef struct {
  int n, capacity;
  member *at;
} members;

/* What comes before each slice of a grid (past.c). */
enum { PAST_NONE = -1, PAST_START = -2 }; /* nothing; what was before the case */
typedef struct {
  int n, ranks;  /* slices; pasts of a slice at most: 1 on ordinary grids */
  int *before;   /* [ranks × n] the slice before, or one of the above */
  double *times; /* [ranks × n] how often it is so */
  int *first;    /* [n + 1] */
  int *after;    /* after[first[v]] … after[first[v + 1] − 1]: positions whose before is v */
  int *run;      /* [n] pl_grid_run: what comes before its first slice differs from time to time */
} pasts;

typedef struct { /* starts and stops; of several blocks the first, the others follow; −1 = none */
  const pasts *past;
  int start, stop; /* [ranks] column blocks */
  int start_of;    /* [classes] column blocks */
  int started;     /* [ranks] row blocks */
  int up, down;    /* [ranks] row blocks */
  int classed;     /* row block */
  int warm;        /* [classes − 1] row blocks */
  int n_classes;
} start_rows;

typedef struct { /* changes of load */
  const pasts *past;
  int even, skip;     /* [ranks] RAMP row blocks, −1 */
  int up, down;       /* [ranks] row blocks of units with on/off, −1 */
  const double *rate; /* [n] ramp × capacity, NULL = no ramp */
  const double *start_most,
      *stop_most; /* [n] load of a start, before a stop; NULL = as the ramp gives */
} ramp_rows;

typedef struct {     /* a part-load curve; of several blocks the first; −1 = none */
  int n;             /* segments, 0 = no curve */
  int segment, full; /* [n], [n − 1] column blocks */
  int extra, shared; /* column blocks: the unit's own, a venture's */
  int loaded, use;   /* row blocks */
  int most, least;   /* [n], [n − 1] row blocks */
  bool bends_down;   /* somewhere its slope falls: integers say which segments are full */
  double first,
      base; /* load at the first point, and use beyond the recipe there; of the available */
  double *width, *slope; /* [n] of the available capacity; use a unit of load, less 1 */
} curve_rows;

typedef struct { /* low_load.c; −1 = none */
  const pasts *past;
  int low, low_end;                         /* column blocks */
  int normal_row, ended, recovery, longest; /* row blocks */
  int *longest_end;     /* [n] the slice after those that may not all be low from v on */
  const double *normal; /* [n] capacity units */
  double recovery_hours;
  members hours;
} low_rows;

typedef struct { /* blocks of one unit */
  int *run;      /* [runs.n] column block */
  int *blend;    /* [runs.n] row block, −1 */
  int **content; /* [runs.n][2 × within.n] CONTENT row blocks, low and high of each element, −1;
                    NULL if no blend */
  int on, on_most, on_least; /* −1 = no on/off */
  int capacity, minimum;
  start_rows starts;
  ramp_rows ramps;
  curve_rows curve;
  const double *available, *least; /* [n] capacity units, NULL = no bound */
  int above, below;                /* reserve.c */
  low_rows lows;
  int out;      /* OUT row block, −1 */
  bool outages; /* it has some: capacity and minimum are rows */
  bool pooled;  /* other units use its capacity too */
  bool hosts;   /* an agreement runs on it too */
  members flows, counts;
} unit_rows;

typedef struct {
  int level, fill, draw, stock, cover;
  int room_draw, room_fill, held[2], free[2]; /* reserve.c */
  double *keep;                               /* [n] 1 − loss over the slice's length */
  double cover_hours;
  int next_cover; /* index + 1 of the next stock with days of cover of the same goods, 0 = none */
  /* With typical periods, else −1; carried.c: */
  int carried, begin, most_above, most_below;                     /* columns */
  int held_over, begins, above_mean, below_mean, highest, lowest; /* rows */
  double
      *kept; /* [n] what is left, at the end of the slice, of what its period began with: 0 … 1 */
} stock_rows;

typedef struct {
  int capacity, used, most, least;
  const double *most_amount, *least_amount; /* [n] of used's grid */
  members flows, counts;
  members under_way; /* of a lane: part = material (under_way.c) */
} trade_rows; /* of a lane or a market */

typedef struct { /* a row whose bound is an amount while the agreement is in force */
  int row;
  const double *amount; /* [n] of the agreement's grid */
  double sign;          /* of in force in the row: −1, or 1 */
} hanging;

typedef struct { /* an entry of a CHOICE column: factor × amount (1 where NULL) in a row of the same
                    grid */
  int block, row;
  const double *amount;
  double factor;
} choice_part;

typedef struct { /* take or pay, by calendar year; −1 = there is none */
  int take, made_up, split, bank, carry_bank; /* row blocks; banks have one row a vintage */
  int deficit, above, below;                  /* column blocks */
  int either, or_;                            /* deficit | made up */
  int carry_either, carry_or;                 /* above | below */
} take_rows;

typedef struct { /* of an agreement */
  const pl_grid *grid;
  const double *on; /* [n] share of the slice that lies in its term */
  int in_force;     /* column block, −1: not active, nothing else is there */
  int n_tiers;      /* DELIVER blocks */
  int called, lots_row;
  double lot;
  members flows;        /* rows that count what is delivered, made or sold */
  members calls;        /* rows that count what is called back */
  members money;        /* rows that count what is paid: × price */
  const double **price; /* [tiers] each [n] of grid, only where money is bounded */
  hanging *hangs;
  int n_hangs, hang_capacity;
  take_rows take; /* take.take −1 = none */
} agreement_rows;

typedef struct { /* a limit that counts emissions */
  int material, site, party, row;
  double factor;
} emission_member;

typedef struct {
  pl_program *p;
  const pl_case *c;
  pl_arena *a; /* the program's */
  pl_arena *scratch;
  pl_diag *diag;
  int column_capacity, row_capacity, entry_capacity, source_capacity;
  int bound_capacity, row_bound_capacity; /* of the bound arrays below */
  double *lower, *upper;                  /* [lp.n_cols so far] */
  double *row_lower, *row_upper;
  bool *integer;

  pl_goods *goods; /* those with a balance, in order: a good's index is its row block */
  int *cover;      /* [goods] index + 1 of the first stock with days of cover of it, 0 = none */

  unit_rows *units;     /* [c->n_units] */
  pasts past[PL_STEPS]; /* n = 0 until asked for */
  stock_rows *stocks;   /* [c->n_stocks] */
  trade_rows *lanes;    /* [c->n_lanes] */
  trade_rows *markets;
  int *once; /* [c->n_outages] row blocks, −1 */
  agreement_rows *agreements;
  choice_part *choices;
  int switch_capacity, n_choices, choice_capacity;
  emission_member *emissions;
  int n_emissions, emission_capacity;

  /* the column being emitted */
  int *index;
  double *value;
  long n_entries, entry_space;
  long *mark; /* [rows] where the row's entry of this column is, if ≥ column_start */
  long column_start;
  pl_time from, to; /* of the column's slice */
  const pl_grid *grid;
  int slice;
  double *
      *series; /* what its block's formulas are in each slice, made with the block's first column */
} builder;

/* layout.c: blocks, bounds, entries */
const pl_grid *plan_grid(builder *b, pl_step step);
const pl_grid *plan_real_grid(builder *b, pl_step step); /* the same without typical periods */
int plan_add_columns(builder *b, pl_block like, double lower, double upper,
                     bool integer); /* its block's index */
int plan_add_rows(builder *b, pl_block like, double lower, double upper);
void plan_add_entry(builder *b, pl_entry e); /* dropped when its factor is 0 */
void plan_add_member(builder *b, members *m, member x);
/* Tighten one side of a block to amount[count] and remember where it was said. */
void plan_bound_columns(builder *b, int block, bool upper, pl_place place, const char *words,
                        const double *amount);
void plan_bound_rows(builder *b, int block, bool upper, pl_place place, const char *words,
                     const double *amount);
/* Values of a formula over a grid, in the program's arena; preset where it is NULL. times_hours
 * turns rates into amounts. */
void plan_note_source(builder *b, pl_source_of_bound s); /* for a bound that is a coefficient */
void plan_add_switch(builder *b, pl_switch s);
void plan_add_choice(builder *b, choice_part x);
double *plan_values(builder *b, const pl_formula *f, const pl_grid *grid, double preset,
                    bool times_hours);
const char *plan_words(builder *b, const char *key, const pl_formula *f); /* "up to 400 kt/year" */
double plan_infinity(void);

/* goods.c: whose goods can be where */
void plan_find_goods(builder *b);
int plan_balance(const builder *b, int site, int material, int party); /* row block, −1 */
/* The parties that market m deals with at its site, in *list (scratch); how many. */
int plan_market_parties(const builder *b, const pl_market *m, int *list);
pl_line plan_price_line(const builder *b, const pl_market *m); /* market.c */
const char *plan_tier_words(builder *b, int tier); /* of its quantity: "tier 2: next" */

/* bound.c: "at least", "up to", "exactly" over the time they are written per */
typedef struct {
  int row_kind, thing; /* the row block to make where columns cannot carry the bound */
  const pl_bounds *at_least, *up_to, *exactly;
  int only_block; /* the one column block whose flow it is, −1 if there are several */
  int finest;     /* pl_step of the finest flow bounded */
  bool soft;      /* rows always, to be softened */
  members *flows; /* where the rows made are remembered */
  int part;       /* of the member: −1, or a tier */
  void (*made)(builder *b, int row, int thing); /* NULL, or told of each row block made */
  const char *most_words; /* of up_to, NULL = "up to" */
} bound_request;
void plan_declare_bounds(builder *b, const bound_request *r);

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

/* peak.c: highest loads. The flow's like: its thing, part, party and grid; the column block of the
 * months' highest loads, whose extra (and that of every flow which joins it) is the first row
 * block. */
int plan_add_peak(builder *b, pl_block flow, int column_kind, int row_kind);
void plan_join_peak(builder *b, int flow, int peak);
void plan_put_load(builder *b, const pl_block *flow);
void plan_put_peak(builder *b, const pl_block *peak);

/* reserve.c: what units and stocks keep ready; its part in their own columns */
void plan_declare_reserve(builder *b, int unit, const pl_grid *grid); /* after on/off */
void plan_declare_stock_reserve(builder *b, int stock, const pl_grid *grid, double initial);
void plan_put_reserve_run(builder *b, int unit, double use);
void plan_put_reserve_on(builder *b, int unit);
void plan_put_reserve_level(builder *b, const pl_block *level);
void plan_put_reserve_gate(builder *b, int stock, bool fill);
void plan_emit_reserve(builder *b, const pl_block *k);

/* low_load.c: hours below the normal load; its part in runs and on/off */
void plan_declare_low_load(builder *b, int unit, const pl_grid *grid); /* after on/off */
void plan_put_low_run(builder *b, const unit_rows *r, double use);
void plan_put_low_on(builder *b, const unit_rows *r);
void plan_emit_low_load(builder *b, const pl_block *k);

/* under_way.c: what a lane was loaded with before the start, and must be loaded with at the end; of
 * the SHIP column at hand, whose goods arrive evenly over [from, to), the part that is under way
 * then */
void plan_declare_under_way(builder *b, int lane);
void plan_put_under_way(builder *b, const pl_block *ship, double arrives, pl_time from, pl_time to);
void plan_under_way_times(const builder *b, const pl_block *k, pl_time *from, pl_time *to);

/* air.c: emissions per unit of a lane's or a market's flow */
void plan_add_levies(builder *b, int site, int block, const pl_prices *emits);
void plan_declare_allocations(builder *b);                        /* free allowances of sites */
double **plan_emission_rates(builder *b, const pl_prices *emits); /* [emits.n][b->grid->n] */
void plan_put_emissions(builder *b, int site, int party,
                        const pl_prices *emits); /* at the rates in b->series */

/* one file a thing: declare its blocks; emit one column of its own kinds */
void plan_declare_units(builder *b);
void plan_declare_stocks(builder *b);
/* carried.c: a stock's level from one real period to the next, behind typical ones */
void plan_declare_carried(builder *b, int i, double initial);
void plan_put_carried_level(builder *b, const stock_rows *r); /* of the level at hand */
void plan_emit_carried(builder *b, const pl_block *k);
int plan_stock_column(builder *b, int i, int kind, const pl_grid *grid); /* stock.c */
int plan_stock_row(builder *b, int i, int kind, const pl_grid *grid, double lower, double upper);
void plan_declare_lanes(builder *b);
void plan_declare_markets(builder *b);
void plan_declare_limits(builder *b);
void plan_emit_unit(builder *b, const pl_block *k);
void plan_emit_stock(builder *b, const pl_block *k);
void plan_emit_lane(builder *b, const pl_block *k);
void plan_emit_market(builder *b, const pl_block *k);
void plan_emit_slack(builder *b, const pl_block *k);

/* agreement.c: what all agreements share; supply.c, take.c, toll.c, agency.c: the kinds */
void plan_declare_agreements(builder *b);
void plan_emit_agreement(builder *b, const pl_block *k);
pl_block plan_agreement_block(int i, int kind, int part, int party, const pl_grid *grid);
/* A row block over flows that is ≥ (least) or ≤ (most) what list says, as the field key, while in
 * force. scale: of the amounts (tolerance). */
int plan_agree(builder *b, int i, int kind, const char *key, const pl_bounds *list, int which,
               bool least, double scale, members *flows);
int plan_agree_row(builder *b, int i, int kind, const pl_grid *grid, bool least,
                   const double *amount, double scale, pl_place place, const char *words,
                   members *flows);
/* The agreement's slices summed into those of grid; and the most that its bounds allow in each
 * slice of grid (infinite without one). */
double *plan_summed(builder *b, const agreement_rows *r, const pl_grid *grid, const double *amount);
double *plan_agreed_most(builder *b, int i, const pl_grid *grid);
typedef struct {
  int from, to;
  pl_line line;
  int clause; /* PL_agreement_… */
} payment_terms;
void plan_pay(builder *b, int block, payment_terms t, const pl_formula *f, const pl_formula *also,
              double factor);
void plan_hang(builder *b, int i, int row, const double *amount); /* − amount × in force, in row */
/* A block of somebody else's that the agreement closes while it is in force; its bounds now are
 * those without. */
void plan_switch_off(builder *b, int i, int block);
void plan_switch(builder *b, int i, int block, double lower_on, double upper_on, double lower_off,
                 double upper_off);
void plan_declare_supply(builder *b, int i);
void plan_declare_take(builder *b, int i);
void plan_declare_toll(builder *b, int i);
void plan_declare_venture(builder *b, int i);
void plan_declare_agency(builder *b, int i);
void plan_emit_supply(builder *b, const pl_block *k);
void plan_emit_take(builder *b, const pl_block *k);
void plan_emit_service(builder *b, const pl_block *k); /* TOLL, SHARED_RUN */
void plan_emit_agency(builder *b, const pl_block *k);
/* unit.c, and the parts of a unit: blend.c, commit.c (on/off), start.c, ramp.c */
pl_block plan_unit_block(const builder *b, int thing, int kind, int part, const pl_grid *grid);
int plan_add_ranks(builder *b, int unit, int kind, const pl_grid *grid, int n, bool rows,
                   double lower, double upper); /* n blocks with part = 0 …, the first's index */
void plan_declare_blend(builder *b, int unit, int k, const pl_grid *grid);
void plan_put_blended(builder *b, const pl_block *run);
void plan_emit_feed(builder *b, const pl_block *k);
void plan_declare_on_off(builder *b, int unit, const pl_grid *grid);
void plan_emit_on(builder *b, const pl_block *k);
void plan_declare_starts(builder *b, int unit, const pl_grid *grid);
void plan_put_on_in_starts(builder *b, int unit);
bool plan_on_before(const pl_unit *u);
void plan_emit_start(builder *b, const pl_block *k); /* START, STOP, START_OF */
void plan_declare_ramp(builder *b, int unit, const pl_grid *grid);
void plan_put_ramp(builder *b, const unit_rows *r, double use);
void plan_put_on_in_ramp(builder *b, const unit_rows *r);
/* of START (stop = false) and STOP columns at position at */
void plan_put_switch_in_ramp(builder *b, const unit_rows *r, int at, bool stop);
/* outage.c */
void plan_declare_outages(builder *b);
void plan_put_on_in_outage(builder *b, const unit_rows *r);
void plan_emit_outage(builder *b, const pl_block *k);
/* part_load.c */
void plan_declare_part_load(builder *b, int unit, const pl_grid *grid);
void plan_share_part_load(builder *b, int agreement); /* a venture's part of it */
void plan_put_part_load(builder *b, const unit_rows *r, double use);
void plan_put_on_in_part_load(builder *b, const unit_rows *r);
void plan_emit_part_load(builder *b, const pl_block *k);
/* Levies on a fixed amount of an emission per unit of a column. */
void plan_add_levied(builder *b, int site, int block, int party, int material, double amount);
const pasts *plan_pasts(builder *b, const pl_grid *g); /* past.c */
/* Whether slice to begins less than length after slice from, or is it. */
bool plan_within(const pl_grid *g, int from, int to, pl_duration length);
/* unit.c: for runs that are not the unit's own */
void plan_put_goods(
    builder *b, int site, int party, int material,
    double amount); /* and into the days of cover of a stock of it, if it is taken */
void plan_put_run(builder *b, int unit, int process, double use);
void plan_add_run_entries(builder *b, int unit, int block, const pl_process *p, int party,
                          double factor);
members *plan_term_flows(builder *b, const struct pl_term *t); /* limit.c */

/* put.c: coefficients of the column at hand */
void plan_put(builder *b, int row, double value); /* row by number; adds up */
void plan_put_same(builder *b, int row_block,
                   double value); /* the row of the column's own slice, on the same grid */
void plan_put_flow(builder *b, int row_block,
                   double amount); /* by the grid rule over the column's slice */
void plan_put_arrival(builder *b, int row_block, double amount, pl_time from,
                      pl_time to); /* by the grid rule over another interval */
void plan_put_rounded(builder *b, int row_block, double amount, pl_time from,
                      pl_time to); /* the same, small ends with their neighbours */
void plan_put_members(builder *b, const members *m, int part, double amount);
void plan_put_emission(builder *b, int material, int site, int party, double amount);

void plan_emit(builder *b); /* emit.c */

#endif
