#ifndef PL_ASSEMBLE_AGREEMENT_H
#define PL_ASSEMBLE_AGREEMENT_H

#include "assemble/state.h"

/* An entry of a CHOICE column: factor × amount (1 where NULL) in a row of the same grid. */
typedef struct choice_part {
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

struct agreement_rows {
  const pl_grid *grid;
  const double *on; /* [n] share of the slice that lies in its term */
  int in_force;     /* column block, −1: not active, nothing else is there */
  int state;        /* of being in force */
  int n_tiers;      /* DELIVER blocks */
  int called, lots_row;
  double lot;
  members flows;        /* rows that count what is delivered, made or sold */
  members calls;        /* rows that count what is called back */
  members money;        /* rows that count what is paid: × price */
  const double **price; /* [tiers] each [n] of grid, only where money is bounded */
  int n_hangs;          /* so far: the next row's number */
  take_rows take;       /* take.take −1 = none */
};

void plan_declare_agreements(builder *b);

/* agreed.c: what the kinds share */
double plan_constant(const pl_formula *f, double preset); /* of a field without time */
/* How much of each slice lies in the term. */
double *plan_in_term(builder *b, const pl_agreement *a, const pl_grid *grid);
pl_block plan_agreement_block(int i, int kind, int part, int party, const pl_grid *grid);
/* A row block over flows that is ≥ (least) or ≤ (most) what list says, as the field key, while in
 * force. scale: of the amounts (tolerance); where it is negative they are what is left of a bound
 * elsewhere. */
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
void plan_add_choice(builder *b, choice_part x);
/* Of what hangs on its being in force (state.h), in the slices in its term alone: an amount of a
 * row that is no bound of it; bounds of a block, of one that is open then and closed otherwise, and
 * of somebody else's that it closes. */
void plan_agreed_hang(builder *b, int i, int row, const double *amount);
void plan_agreed_switch(builder *b, int i, int block, switch_bounds bounds);
void plan_agreed_open(builder *b, int i, int block);
void plan_agreed_close(builder *b, int i, int block);

/* supply.c, take.c, toll.c, agency.c: the kinds */
void plan_declare_supply(builder *b, int i);
void plan_declare_take(builder *b, int i);
void plan_declare_toll(builder *b, int i);
void plan_declare_venture(builder *b, int i);
void plan_declare_agency(builder *b, int i);

#endif
