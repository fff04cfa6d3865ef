#ifndef PL_ASSEMBLE_BUILDER_H
#define PL_ASSEMBLE_BUILDER_H

#include "chain/goods.h"
#include "plan/program.h"

/* What the files of assemble/ share while a program is being built. Two passes: first every thing
 * declares its columns, rows, bounds and entries, and keeps the indices of its blocks; then every
 * column, in order, emits its coefficients into those rows. So the matrix is written once, by
 * columns, and no coefficient is ever searched for. What one kind of thing shares with others is in
 * a header of its own: unit.h, stock.h, trade.h, agreement.h, … */

typedef struct { /* a row block that counts a thing's flow with a factor: own bounds and limits */
  int row;
  double factor;
  int part; /* only this part of the thing (process, material, tier); −1 = all */
} member;

typedef struct {
  int n, capacity;
  member *at;
} members;

/* What files keep of their things; each is known to its own header alone. */
typedef struct unit_rows unit_rows;
typedef struct unit_part unit_part;
typedef struct stock_rows stock_rows;
typedef struct trade_rows trade_rows;
typedef struct agreement_rows agreement_rows;
typedef struct emission_member emission_member;
typedef struct pasts pasts;

typedef enum {               /* of entries of money, in each slice: */
               WEIGHT_HOURS, /* its hours */
               WEIGHT_TIMES, /* how many real slices it stands for */
               WEIGHT_LAST,  /* 1 in the last, 0 before: what is left at the end */
               WEIGHTS
} entry_weight;

typedef struct grid_weights { /* of a grid; NULL until asked for */
  const pl_grid *grid;
  const double *of[WEIGHTS];
  struct grid_weights *next;
} grid_weights;

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
  grid_weights *weights;

  pl_goods *goods; /* those with a balance, in order: a good's index is its row block */
  int *cover;      /* [goods] index + 1 of the first stock with days of cover of it, 0 = none */

  const unit_part *const *rules; /* the rules that units may have */
  unit_rows *units;              /* [c->n_units] */
  pasts *past[PL_STEPS];         /* NULL until asked for */
  stock_rows *stocks;            /* [c->n_stocks] */
  trade_rows *lanes;             /* [c->n_lanes] */
  trade_rows *markets;
  int *once; /* [c->n_outages] row blocks, −1 */
  agreement_rows *agreements;
  struct choice_part *choices;
  int state_capacity, hang_capacity, switch_capacity, n_choices, choice_capacity;
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
  double **series; /* what its block's formulas are in each slice, made with its first column */
} builder;

/* layout.c: blocks, bounds, entries */
const pl_grid *plan_grid(builder *b, pl_step step);
const pl_grid *plan_real_grid(builder *b, pl_step step); /* the same without typical periods */
int plan_add_columns(builder *b, pl_block like, double lower, double upper,
                     bool integer); /* its block's index */
int plan_add_rows(builder *b, pl_block like, double lower, double upper);
void plan_add_entry(builder *b, pl_entry e); /* dropped when its factor is 0 */
const double *plan_weight(builder *b, const pl_grid *grid, entry_weight kind); /* weight.c */
void plan_add_member(builder *b, members *m, member x);
/* Tighten one side of a block to amount[count] and remember where it was said. */
void plan_bound_columns(builder *b, int block, bool upper, pl_place place, const char *words,
                        const double *amount);
void plan_bound_rows(builder *b, int block, bool upper, pl_place place, const char *words,
                     const double *amount);
void plan_note_source(builder *b, pl_source_of_bound s); /* for a bound that is a coefficient */
/* Values of a formula over a grid, in the program's arena; preset where it is NULL. times_hours
 * turns rates into amounts. */
double *plan_values(builder *b, const pl_formula *f, const pl_grid *grid, double preset,
                    bool times_hours);
const char *plan_words(builder *b, const char *key, const pl_formula *f); /* "up to 400 kt/year" */
double plan_infinity(void);

/* put.c: coefficients of the column at hand */
void plan_put(builder *b, int row, double value); /* row by number; adds up */
void plan_put_same(builder *b, int row_block,
                   double value); /* the row of the column's own slice, on the same grid */
void plan_put_at(builder *b, int row_block, int at,
                 double value); /* its row at; nothing where the block is −1 */
void plan_put_flow(builder *b, int row_block,
                   double amount); /* by the grid rule over the column's slice */
void plan_put_arrival(builder *b, int row_block, double amount, pl_time from,
                      pl_time to); /* by the grid rule over another interval */
void plan_put_rounded(builder *b, int row_block, double amount, pl_time from,
                      pl_time to); /* the same, small ends with their neighbours */
void plan_put_members(builder *b, const members *m, int part, double amount);

#endif
