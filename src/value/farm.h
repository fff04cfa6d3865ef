#ifndef PL_VALUE_FARM_H
#define PL_VALUE_FARM_H

#include "value/settle.h"
#include "value/value.h"

enum { PL_FARM_METHOD = 160 }; /* space for the name of a method */

/* Many solves of one program, on several threads, that differ in whose money counts and which
 * agreements are in force. Each thread keeps one solver warm. A solve starts from the basis of the
 * joint plan, or from the previous solve of a fixed chain, so that a result depends neither on the
 * number of threads nor on what they did before. */
typedef struct {
  unsigned parties;    /* whose money counts, bit i = party i */
  unsigned agreements; /* in force, bit i = active[i] */
  int free; /* −1, or the one party whose choices under agreements are free: quantities that others
                decide stay as in the joint plan */
  bool keep;           /* keep the plan, with its ledger set */
  bool may_be_endless; /* PL_UNBOUNDED is an answer: value INFINITY, no plan */
  bool again;          /* out: the solver had to run a second time */
  bool done;           /* out: false where the farm was stopped before it */
  double value;        /* out: money of those parties, present value; NAN: no plan, or not done */
  double within;       /* out: upper bound on how much larger it may be */
  double *account;     /* out: [n_parties] of each party's own account; in the farm's arena */
  pl_solution *plan;   /* out, where keep */
  char *method;        /* [PL_FARM_METHOD] the text of plan->method */
} pl_farm_task;

typedef struct {
  const pl_program *program;
  const int *active; /* [n_active] agreements of the case */
  int n_active, n_parties;
  double **cost;  /* [n_parties][n_cols] cost of each party's own money */
  double *offset; /* [n_parties] */
  pl_ties ties;
  const pl_value_options *options;
  pl_arena *arena;
} pl_farm;

void pl_farm_init(pl_farm *f, const pl_program *p, const int *active, int n_active,
                  const pl_value_options *options, pl_arena *a);
/* Do tasks[n]. Returns the first failure, by the order of tasks, with an error that names the task.
 * PL_STOPPED: what was done before is kept. */
pl_status pl_farm_run(const pl_farm *f, pl_farm_task *tasks, int n, pl_diag *diag);
/* The agreements all of whose parties are in the coalition: bit i = active[i]. */
unsigned pl_farm_inside(const pl_farm *f, unsigned coalition);

#endif
