#ifndef PL_AUDIT_WALK_H
#define PL_AUDIT_WALK_H

#include "audit/audit.h"

/* Shared by the files of the audit: the case and the amounts of the answer, walked thing by thing.
 * For this folder only. The matrix and the bounds of the program are not used. */
typedef struct {
  const pl_schedule *s;
  const pl_program *p;
  const pl_case *c;
  const pl_quotes *quotes;
  pl_arena *keep, *scratch; /* for the whole audit; for the current thing */
  pl_diag *diag;
  pl_audit *out;
  int complaints;
  pl_grid grids[PL_STEPS];      /* n = 0 until asked for */
  int first_slot[PL_NOUNS + 1]; /* where the things of each noun begin in start */
  int *start, *block;           /* column blocks of each thing */
} pl_audit_walk;

/* The number or rule being checked. */
typedef struct {
  const char *thing, *words; /* "units.slatina-potlines", "capacity" */
  pl_place place;
} pl_audit_subject;

void pl_audit_index(pl_audit_walk *w); /* indexes the column blocks by thing */
pl_audit_subject pl_audit_about(pl_audit_walk *w, pl_noun_id noun, int thing, int field,
                                const char *words);
/* Checks that have ≤ most (or ≥ least) in slice v, and records a violation; slice −1 = no
 * particular time. */
void pl_audit_most(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                   double have, double most);
void pl_audit_least(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                    double have, double least);
/* Checks that have is a whole number, unless the case relaxes its integers. */
void pl_audit_whole(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                    double have);
bool pl_audit_may_complain(pl_audit_walk *w); /* true the first ten times */

const pl_grid *pl_audit_grid(pl_audit_walk *w, pl_step step);
/* Column blocks of a thing: *n of them, indices into p->columns. */
const int *pl_audit_blocks(const pl_audit_walk *w, pl_noun_id noun, int thing, int *n);
/* The one block of that kind of the thing; NULL if there is none. */
const pl_block *pl_audit_block(const pl_audit_walk *w, pl_noun_id noun, int thing,
                               pl_column_kind kind);
const double *pl_audit_amounts(const pl_audit_walk *w, const pl_block *b); /* [b->count] */
/* Values of f over the grid in scratch, × the hours of each slice if times_hours; preset where f is
 * NULL. */
double *pl_audit_values(pl_audit_walk *w, const pl_formula *f, const pl_grid *g, double preset,
                        bool times_hours);
double *pl_audit_zeros(pl_audit_walk *w, int n);
/* sum[r] += factor × each[v] × amount[v], spread by the grid rule; each: NULL = 1. */
void pl_audit_add(double *sum, const pl_grid *g, const pl_block *b, const double *amount,
                  double factor, const double *each);

/* The same for amounts that do not belong to a block. */
void pl_audit_spread(double *sum, const pl_grid *g, const pl_grid *own, const double *amount);
/* Column blocks of agreements that run on a unit or sell in a market, beside its own party's: in
 * *out (scratch); returns how many. */
int pl_audit_guests(pl_audit_walk *w, pl_noun_id noun, int thing, const pl_block ***out);
/* Of a block of runs: the process (index), and how much capacity of the unit one unit of output
 * uses. */
int pl_audit_process(const pl_audit_walk *w, const pl_block *b);
double pl_audit_use(const pl_audit_walk *w, const pl_block *b);
/* Emissions per unit of a SHIP, TRADE or SELL_FOR block, and the site that they count for; NULL for
 * other kinds. */
const pl_prices *pl_audit_emits(const pl_audit_walk *w, const pl_block *b, int *site);
/* sum += factor × the amount of a sum's term (or how often it is used, if counts). */
void pl_audit_add_term(pl_audit_walk *w, const struct pl_term *t, bool counts, double *sum,
                       const pl_grid *g);

/* stocks.c: check one stock; the share of a level that each slice of g keeps; and the level before
 * each slice of the stock's grid: that of the previous slice, or the starting level of the typical
 * day. */
void pl_audit_stock(pl_audit_walk *w, int i);
double *pl_audit_keep(pl_audit_walk *w, int stock, const pl_grid *g);
double *pl_audit_before(pl_audit_walk *w, int stock);
void pl_audit_signs(pl_audit_walk *w);          /* signs.c */
void pl_audit_balances(pl_audit_walk *w);       /* balances.c */
void pl_audit_units(pl_audit_walk *w);          /* units.c */
void pl_audit_stock_reserves(pl_audit_walk *w); /* reserve.c */
void pl_audit_trade(pl_audit_walk *w);          /* trade.c: lanes, markets, stocks */
void pl_audit_limits(pl_audit_walk *w);         /* limits.c */
void pl_audit_agreements(pl_audit_walk *w);     /* agreements.c, take.c */
void pl_audit_readings(pl_audit_walk *w);       /* readings.c, tokens.c */
void pl_audit_money(pl_audit_walk *w);          /* money.c, payments.c */

/* "at least", "up to" and "exactly" of a thing, checked against the sum of its blocks of that kind
 * and (unless −1) part, plus what a SHORT block of it counts as missing. */
typedef struct {
  pl_noun_id noun;
  int thing, kind, part, finest; /* finest: pl_step */
  const pl_bounds *at_least, *up_to, *exactly;
  const char *most_words; /* for up_to; NULL = "'up to'" */
} pl_audit_bounds;
/* bounds.c */
void pl_audit_check_bounds(pl_audit_walk *w, const pl_audit_bounds *r);

#endif
