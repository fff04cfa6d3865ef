#ifndef PL_ASSEMBLE_AGREEMENT_H
#define PL_ASSEMBLE_AGREEMENT_H

#include "assemble/builder.h"

typedef struct { /* a row whose bound is an amount while the agreement is in force */
  int row;
  const double *amount; /* [n] of the agreement's grid */
  double sign;          /* of in force in the row: −1, or 1 */
} hanging;

typedef struct
    choice_part { /* an entry of a CHOICE column: factor × amount (1 where NULL) in a row of the same
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

struct agreement_rows {
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
};

/* agreement.c: what all agreements share; supply.c, take.c, toll.c, agency.c: the kinds */
void plan_declare_agreements(builder *b);
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
void plan_add_choice(builder *b, choice_part x);

#endif
