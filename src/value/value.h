#ifndef PL_VALUE_VALUE_H
#define PL_VALUE_VALUE_H

#include "base/arena.h"
#include "base/diag.h"
#include "plan/program.h"
#include "solve/solve.h"
#include "value/terms.h"

/* What agreements are worth: one program is solved with agreements in force or not (a change of
 * bounds) and with the money of some or all parties (a change of costs), warm, on several threads,
 * and the consequences are derived: who gains what, and between which prices both sides gain.
 * Values are present values in the case's currency under the joint discount rate.
 *
 * v(S) of a coalition S of parties is what S earns at best with the agreements among its own
 * members in force and no others; a party alone is v({i}), its best alternative, planned anew.
 * Limits that outsiders share are interpreted in S's favour: outsiders then use none of them. */

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
  double *part;      /* [n_parties], adds up to v(all parties) */
  double *transfer;  /* [n_parties] received beyond the party's own account with all agreements */
  double excess;     /* the largest; > 0: a coalition would gain by leaving */
  unsigned objector; /* that coalition, bit i = party i */
} pl_split;

/* What the party that decides an agreement's quantity would take or give in a year if it planned
 * for itself under the terms of all agreements. */
typedef struct {
  int party, agreement, year; /* year: index into years; −1: without limit, over all of the time */
  double joint_quantity, own_quantity; /* inside units */
  double gain;   /* the party's, over all of the time: its own optimum less its account in the joint
                    plan, with the quantities chosen by others unchanged; INFINITY: without limit */
  double within; /* uncertainty of gain */
} pl_incentive;

/* Results on a finer grid, and the error of the case's own grid estimated from them (finer.h). */
typedef struct {
  const char *why_not;       /* why the error is not estimated; NULL = it is, and so all below */
  pl_step step;              /* the finer grid's */
  double factor;             /* error over difference */
  double all;                /* joint value with all agreements on the finer grid */
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
  /* Upper bound on how much larger each value may be: 0 where the program has no integers. The
   * uncertainty of a difference is the sum of both. */
  double *v_within, *joint_within; /* as v and joint */
  double none_within, all_within;
  double split_within; /* gains and transfers of splits: three times the largest uncertainty of a
                          value */
  double *account_none, *account_all; /* [n_parties] each one's own account then */
  pl_split split[PL_SPLITS];
  pl_sides *owen;    /* [n_parties] range of Owen's part over the prices that support the plan */
  double least_core; /* ε of the least core; > 0: the core is empty */
  pl_agreement_worth *worth; /* [n_agreements] */
  int n_incentives;
  pl_incentive *incentive;
  int n_pairs;
  pl_price_pair *pair;
  pl_grid years;
  pl_solution *plan, *plan_none; /* the joint plan with all in force and with none, ledgers set */
  pl_grid_error grid;
  int again;        /* programs that took a second run of the solver */
  int solves, done; /* done < solves: it was stopped, and what depends on the rest is NAN */
  double seconds;   /* in all */
} pl_valuation;

typedef struct {
  int jobs;               /* threads, ≥ 1; the answer does not depend on it */
  pl_solve_options solve; /* gap; its progress is not called */
  bool grid_error; /* estimate it, on the grid with the step finer; −1 = the next that nests, unless
                      that would take long */
  int finer;       /* pl_step, −1 */
  /* Called from time to time from the calling thread: programs done so far, and how many in all.
   * Return false to stop: PL_STOPPED. NULL = never. */
  bool (*told)(int done, int of, void *user);
  void *user;
} pl_value_options;

/* A coalition or a subset of agreements without a plan (because of a demand, its own or an
 * outsider's, that only an agreement can serve) has the value NAN, and so has everything that
 * follows from it; then there is no split. PL_RANGE for more parties than PL_VALUE_PARTIES, or no
 * active agreement; PL_INFEASIBLE with an error where all parties with all agreements have no plan.
 * PL_STOPPED with *out where the joint plans with all agreements and with none were found before
 * the stop, else without; split rules, shares and incentives are then NAN unless everything they
 * depend on was solved. */
pl_status pl_value_agreements(const pl_program *p, const pl_value_options *options, pl_arena *a,
                              pl_valuation **out, pl_diag *diag);

#endif
