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
 * thing over all slices of its grid, so that column first + v is what the thing does in slice v.
 * From a block come, on demand, names, places in the user's files, and units: nothing is stored a
 * column or a row. docs/model.md has the mathematics in the same names. */

/* Which number of the case bounds a block on one side, and by how much in each slice. The tightest
 * of a block's sources is the bound of its column or row. */
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
      real[PL_STEPS]; /* of all real periods, where grid has typical ones and a thing wants all */
  pl_grid whole;      /* one slice: all of the time */
  pl_grid periods;    /* the real days or weeks behind typical ones; n = 0 without such */
  pl_grid typical;    /* the typical ones, a slice each; n = 0 without such */
  int n_column_blocks, n_row_blocks, n_entries;
  pl_block *columns, *rows;
  pl_entry *entries;
  int n_sources;
  pl_source_of_bound *sources;
  int n_states, n_hangs, n_switches;
  pl_state *states;
  pl_hang *hangs;
  int *hang_of_row; /* [n_row_blocks] the first hang of each, −1 = nothing hangs on a state there */
  pl_switch *switches;
  pl_lp lp; /* costs: minus the discounted income, so that the objective is minus the joint present
               value */
} pl_program;

void pl_program_free(pl_program *p); /* NULL allowed */

/* The agreement that an entry is paid under, by a clause of it; −1 = none. */
int pl_entry_agreement(const pl_program *p, const pl_entry *e);
/* Costs and offset of the same program under other quotations (a fork of c->quotes): cost[n_cols].
 * Thread-safe. */
void pl_program_price(const pl_program *p, const pl_quotes *quotes, double *cost, double *offset);
/* What parties pay each other for missing and untaken goods cancels in the joint program, and to
 * call goods back is free, so whether they are missing at all may be a tie. Add a little to the
 * cost of such columns, so that agreements are kept where that costs nothing, and goods are called
 * back rather than missing; pl_program_price has done so. It is nobody's money: ties is what it
 * adds to the objective of a plan. */
extern const double pl_program_tie;               /* money a unit: the most that is added */
double pl_program_tie_of(const pl_block *column); /* 0 where there is nothing to break */
void pl_program_break_ties(const pl_program *p, double *cost);
double pl_program_ties(const pl_program *p, const double *col_value);
/* Rules between plans that earn the same together (docs/decisions/017), as costs cost[n_cols] a
 * unit. What the holder of an agreement's quantity pays for it itself: between two agreements or
 * tiers of the same parties it takes what is best for it. */
void pl_program_holder_costs(const pl_program *p, double *cost);
/* Of those that are left, the plan that does least, and of the prices that support it the lowest:
 * weights near 1, each a little different, which follow from the names of things and the dates:
 * column[n_cols], row[n_rows]. */
void pl_program_weights(const pl_program *p, double *column, double *row);
/* The same for the money of some parties alone: those with party[i]; NULL = all. */
void pl_program_price_of(const pl_program *p, const pl_quotes *quotes, const bool *party,
                         double *cost, double *offset);
/* What 1 of money paid at t is worth at the case's start, under the joint discount rate. */
double pl_program_discount(const pl_program *p, pl_time t);
/* The same of 1 in slice v: what is paid in its middle; of a typical slice the mean over all that
 * it stands for. */
double pl_program_worth(const pl_program *p, const pl_grid *g, int v);
/* The same of what entry e pays for slice v, whenever that is. */
double pl_entry_worth(const pl_program *p, const pl_entry *e, int v);
int pl_program_longest_grid(
    const pl_program *p); /* slices of the finest grid: room for the arrays above */

const pl_block *pl_program_column_block(const pl_program *p, int column); /* binary search */
const pl_block *pl_program_row_block(const pl_program *p, int row);
/* The balance rows of (site, material, party), NULL if there are none: binary search, since
 * balances come first and sorted so. */
const pl_block *pl_program_balance(const pl_program *p, int site, int material, int party);

/* What was under way at the start and arrives in the slices of grid: of material i of a lane's
 * list; in those of a balance, of all lanes. sum[n] += it. */
void pl_program_under_way(const pl_program *p, int lane, int i, const pl_grid *grid, double *sum);
void pl_program_arrivals(const pl_program *p, const pl_block *balance, double *sum);

/* On demand, in arena: "run slatina-potlines: prebake, 2026-03"; "balance ganja: alumina of
 * azeraluminium, 2026-03". */
const char *pl_program_column_name(const pl_program *p, int column, pl_arena *a);
const char *pl_program_row_name(const pl_program *p, int row, pl_arena *a);
/* The thing alone, as the case calls it: "units.slatina-potlines". */
const char *pl_block_thing(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a);
const char *pl_block_slice(const pl_block *b, int v, char *buf,
                           size_t size); /* "2026-03"; buf ≥ 32 */
/* The inside unit of a column's or row's value: "t", "MWh", "1". */
const char *pl_block_unit(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a);

/* The tightest of the numbers that bound slice v of block b on that side, NULL if there is none.
 * Its amount is the bound, unless the bound follows from the rule itself (x ≥ 0). */
const pl_source_of_bound *pl_program_source(const pl_program *p, const pl_block *b, bool is_row,
                                            bool upper, int v);
/* The number in the user's files that gives a column's or row's lower or upper bound in its slice;
 * line 0 if it follows from no number (a balance, x ≥ 0). *words gets what the number is:
 * "capacity", "up to 400 kt/year". */
pl_place pl_program_column_place(const pl_program *p, int column, bool upper, const char **words,
                                 pl_arena *a);
pl_place pl_program_row_place(const pl_program *p, int row, bool upper, const char **words,
                              pl_arena *a);

#endif
