#ifndef PL_VALUE_VALUE_H
#define PL_VALUE_VALUE_H

#include "base/arena.h"
#include "base/diag.h"
#include "plan/program.h"
#include "solve/solve.h"
#include "value/terms.h"

/* What agreements are worth: the one built program is solved with agreements in force or not (a
 * change of bounds) and with the money of some parties or all (a change of costs), warm, on several
 * threads, and what follows is worked out: who gains what, and between which prices both do. Values
 * are present values in the case's currency under the joint discount rate.
 *
 * v(S) of a coalition S of parties is what S earns at best with the agreements among its own
 * members in force and no others; a party alone is v({i}), its best alternative, planned anew.
 * Limits that outsiders share are read in S's favour: outsiders then ask for nothing. */

enum { PL_VALUE_PARTIES = 12, PL_VALUE_AGREEMENTS = 12 };

typedef enum {
  PL_SPLIT_SHAPLEY,
  PL_SPLIT_NUCLEOLUS,
  PL_SPLIT_OWEN,
  PL_SPLIT_NASH,
  PL_SPLITS
} pl_split_rule;
const char *pl_split_name(pl_split_rule r); /* "Shapley" */

typedef struct {
  double *part; /* [n_parties], adds up to v(all parties) */
  double
      *transfer; /* [n_parties] to be received beyond the party's own account with all agreements */
  double excess; /* the largest; > 0: a coalition objects */
  unsigned objector; /* that coalition, bit i = party i */
} pl_split;

/* What the holder of an agreement's quantity would take or give in a year if it planned for itself
 * under the terms of all agreements. */
typedef struct {
  int party, agreement, year; /* year: index into years; −1: without end, all of the time */
  double joint_quantity, own_quantity; /* inside units */
  double gain;   /* the party's, over all of the time: its own best less its account in the joint
                  plan, the quantities that others choose as there; INFINITY: without end */
  double within; /* gain is known within so much */
} pl_incentive;

/* What was found on a finer grid, and by it the error of the case's own (finer.h). */
typedef struct {
  const char
      *why_not;  /* the error is not estimated, for this reason; NULL = it is, and all below */
  pl_step step;  /* the finer grid's */
  double factor; /* error over difference */
  double all;    /* joint value with all agreements on the finer grid */
  const double *account_all; /* [n_parties] */
  int solves, again;         /* programs there */
} pl_grid_error;

typedef struct {
  const pl_program *program;
  int n_parties, n_agreements; /* the active ones */
  int *agreement;              /* [n_agreements] index in the case */
  double *v;                   /* [2^n_parties] */
  double
      *joint; /* [2^n_agreements] joint value by subset in force; NULL beyond PL_VALUE_AGREEMENTS */
  double none, all; /* joint value without and with all */
  /* How much more each value may be, as far as is proven: 0 where the program has no whole numbers.
   * A difference of two is known within the sum of both. */
  double *v_within, *joint_within; /* as v and joint */
  double none_within, all_within;
  double split_within; /* gains and transfers of splits: three values, none known less */
  double *account_none, *account_all; /* [n_parties] each one's own account then */
  pl_split split[PL_SPLITS];
  pl_sides *owen; /* [n_parties] between which the prices that support the plan leave Owen's part */
  double least_core;         /* ε of the least core; > 0: the core is empty */
  pl_agreement_worth *worth; /* [n_agreements] */
  int n_incentives;
  pl_incentive *incentive;
  int n_pairs;
  pl_price_pair *pair;
  pl_grid years;
  pl_solution *plan, *plan_none; /* the joint plan with all in force and with none, ledgers set */
  pl_grid_error grid;
  int again;        /* programs that the solver had to run a second time for */
  int solves, done; /* done < solves: it was stopped, and what had to be known first is NAN */
  double seconds;   /* all of it */
} pl_valuation;

typedef struct {
  int jobs;               /* threads, ≥ 1; the answer does not depend on it */
  pl_solve_options solve; /* gap; its progress is not called */
  bool grid_error; /* estimate it: on the grid of the step finer; −1 = the next that nests, unless
                      that would take long */
  int finer;       /* pl_step, −1 */
  /* Called now and then from the calling thread: programs done so far, and how many in all. Return
   * false to stop: PL_STOPPED. NULL = never. */
  bool (*told)(int done, int of, void *user);
  void *user;
} pl_value_options;

/* A coalition or a subset of agreements without a plan (a demand that only an agreement can serve,
 * its own or an outsider's) has the value NAN, and so has all that follows from it; there is no
 * split then. PL_RANGE for more parties than PL_VALUE_PARTIES, or no active agreement;
 * PL_INFEASIBLE with a complaint where all parties with all agreements have no plan. PL_STOPPED
 * with *out where the joint plans with all agreements and with none were found before the stop,
 * else without; split rules, shares and incentives then need all that they are made of. */
pl_status pl_value_agreements(const pl_program *p, const pl_value_options *options, pl_arena *a,
                              pl_valuation **out, pl_diag *diag);

#endif
