#ifndef PL_PLAN_PROGRAM_H
#define PL_PLAN_PROGRAM_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/diag.h"
#include "lp/lp.h"
#include "plan/block.h"
#include "plan/entry.h"
#include "plan/state.h"

/* A case as a program. Columns and rows come in blocks: one block is one decision or rule of one
 * thing over all slices of its grid, so that column first + v is the thing's decision in slice v.
 * Names, places in the user's files, and units are made from the blocks on demand: nothing is
 * stored per column or row. docs/model.md has the mathematics with the same names. */

/* The number of the case that bounds a block on one side, and its amount in each slice. The
 * tightest of a block's sources is the bound of its column or row. */
typedef struct {
  int block;
  bool is_row, upper;
  pl_place place;
  const char *words;    /* "capacity 265 kt/year" */
  const double *amount; /* [count of the block] inside units */
} pl_source_of_bound;

typedef struct pl_program {
  const pl_case *c;
  pl_arena *arena;        /* everything here */
  pl_grid grid[PL_STEPS]; /* n = 0 where the step is not used */
  pl_grid
      real[PL_STEPS]; /* of all real periods, where grid has typical ones and a thing needs all */
  pl_grid whole;      /* one slice: the whole horizon */
  pl_grid periods;    /* the real days or weeks behind typical ones; n = 0 without typical
                         periods */
  pl_grid typical;    /* the typical ones, one slice each; n = 0 without typical periods */
  int n_column_blocks, n_row_blocks, n_entries;
  pl_block *columns, *rows;
  pl_entry *entries;
  int n_sources;
  pl_source_of_bound *sources;
  int n_states, n_hangs, n_switches;
  pl_state *states;
  pl_hang *hangs;
  int *hang_of_row; /* [n_row_blocks] the first hang of each, −1 = it depends on no state */
  pl_switch *switches;
  pl_lp lp; /* costs: minus the discounted income, so that the objective is minus the joint present
               value */
} pl_program;

void pl_program_free(pl_program *p); /* NULL allowed */

/* The agreement under a clause of which an entry is paid; −1 = none. */
int pl_entry_agreement(const pl_program *p, const pl_entry *e);
/* Costs and offset of the same program under other quotations (a fork of c->quotes): cost[n_cols].
 * Thread-safe. */
void pl_program_price(const pl_program *p, const pl_quotes *quotes, double *cost, double *offset);
/* Payments between parties for missing and untaken goods cancel in the joint program, and calling
 * goods back is free, so whether goods are missing at all may be a tie. This adds a little to the
 * cost of such columns, so that agreements are fulfilled where that costs nothing, and goods are
 * called back rather than missing; pl_program_price has done so already. The added cost is nobody's
 * money: ties is its contribution to the objective of a plan. */
extern const double pl_program_tie;               /* money per unit: the most that is added */
double pl_program_tie_of(const pl_block *column); /* 0 where there is no tie to break */
void pl_program_break_ties(const pl_program *p, double *cost);
double pl_program_ties(const pl_program *p, const double *col_value);
/* Rules for choosing among plans with the same joint value (docs/decisions/017), as costs per unit,
 * cost[n_cols]. What the holder of an agreement's quantity itself pays for it: between two
 * agreements or tiers of the same parties it chooses what is best for itself. */
void pl_program_holder_costs(const pl_program *p, double *cost);
/* Of the remaining ones, the plan with the least activity, and of the marginal values that support
 * it the lowest: weights near 1, each slightly different, derived from the names of things and the
 * dates: column[n_cols], row[n_rows]. */
void pl_program_weights(const pl_program *p, double *column, double *row);
/* Like pl_program_price, for the money of some parties only: those with party[i]; NULL = all. */
void pl_program_price_of(const pl_program *p, const pl_quotes *quotes, const bool *party,
                         double *cost, double *offset);
/* The present value at the case's start of 1 paid at t, under the joint discount rate. */
double pl_program_discount(const pl_program *p, pl_time t);
/* The present value of 1 in slice v, paid in its middle; for a typical slice the mean over all that
 * it stands for. */
double pl_program_worth(const pl_program *p, const pl_grid *g, int v);
/* The present value of 1 paid by entry e for slice v, whenever it is paid. */
double pl_entry_worth(const pl_program *p, const pl_entry *e, int v);
int pl_program_longest_grid(
    const pl_program *p); /* slices of the finest grid: size for the arrays above */

const pl_block *pl_program_column_block(const pl_program *p, int column); /* binary search */
const pl_block *pl_program_row_block(const pl_program *p, int row);
/* The balance rows of (site, material, party), NULL if there are none: binary search, since
 * balances come first and are sorted. */
const pl_block *pl_program_balance(const pl_program *p, int site, int material, int party);

/* Goods under way at the start that arrive in the slices of grid: of material i of a lane's list;
 * or for a balance, from all lanes. They are added to sum[n]. */
void pl_program_under_way(const pl_program *p, int lane, int i, const pl_grid *grid, double *sum);
void pl_program_arrivals(const pl_program *p, const pl_block *balance, double *sum);

/* Made on demand, in arena a: "run slatina-potlines: prebake, 2026-03"; "balance ganja: alumina of
 * azeraluminium, 2026-03". */
const char *pl_program_column_name(const pl_program *p, int column, pl_arena *a);
const char *pl_program_row_name(const pl_program *p, int row, pl_arena *a);
/* Only the thing, as the case names it: "units.slatina-potlines". */
const char *pl_block_thing(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a);
const char *pl_block_slice(const pl_block *b, int v, char *buf,
                           size_t size); /* "2026-03"; buf ≥ 32 */
/* The internal unit of a column's or row's value: "t", "MWh", "1". */
const char *pl_block_unit(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a);

/* The tightest of the numbers that bound slice v of block b on that side, NULL if there is none.
 * Its amount is the bound, unless the bound follows from the rule itself (x ≥ 0). */
const pl_source_of_bound *pl_program_source(const pl_program *p, const pl_block *b, bool is_row,
                                            bool upper, int v);
/* The place in the user's files of the number that gives a column's or row's lower or upper bound
 * in its slice; line 0 if it follows from no number (a balance, x ≥ 0). *words is set to the words
 * for that number: "capacity", "up to 400 kt/year". */
pl_place pl_program_column_place(const pl_program *p, int column, bool upper, const char **words,
                                 pl_arena *a);
pl_place pl_program_row_place(const pl_program *p, int row, bool upper, const char **words,
                              pl_arena *a);

#endif
