#ifndef PL_PLAN_SCHEDULE_H
#define PL_PLAN_SCHEDULE_H

#include "plan/program.h"

/* An answer in the case's terms: accounts and amounts, computed from the program's blocks and
 * entries and the solver's columns. */
typedef struct {
  const pl_program *program;
  const pl_solution *solution;
  int n_years;
  pl_grid years; /* calendar years of the case (the first and last may be partial) */
  /* account[(party * PL_LINES + line) * (n_years + 1) + year], money of its own date in the year in
   * which it is paid; the last element is what is paid after the case's end; present[party *
   * PL_LINES + line], all of it discounted. */
  double *account, *present;
  double *earned; /* [n_parties × n_years] the same money in the year in which goods move, however
                     much later they are paid */
  double present_total; /* Σ present = −objective, apart from tie-breaking costs */
} pl_schedule;

pl_status pl_schedule_make(const pl_program *p, const pl_solution *s, pl_arena *a,
                           pl_schedule **out);

/* Proven upper bound on the value of any plan, as present_total and without tie-breaking costs.
 * INFINITY if nothing is proven. */
double pl_schedule_bound(const pl_schedule *s);
/* How much the best plan may exceed this one, as far as proven: 0 for a linear program that is
 * solved. */
double pl_schedule_resolution(const pl_schedule *s);

/* The value of column block b in slice v. */
double pl_schedule_value(const pl_schedule *s, const pl_block *b, int v);
/* The marginal value of the material at the place, in money of slice v's own date per internal
 * unit: the row's dual, undiscounted. */
double pl_schedule_marginal(const pl_schedule *s, const pl_block *balance, int v);
double pl_schedule_earned(const pl_schedule *s, int party, int year);
/* year n_years: after the case's end. */
double pl_schedule_account(const pl_schedule *s, int party, pl_line line, int year);

#endif
