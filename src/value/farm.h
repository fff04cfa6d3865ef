#ifndef PL_VALUE_FARM_H
#define PL_VALUE_FARM_H

#include "value/settle.h"
#include "value/value.h"

enum { PL_FARM_METHOD = 160 }; /* room for the name of a method */

/* Many solves of one program that differ in whose money counts and which agreements are in force,
 * on several threads. Each thread keeps one solver warm. A solve starts from the basis of the joint
 * plan, or goes on from another in a row of solves that is always the same, so that an answer
 * depends neither on the number of threads nor on what they did before. */
typedef struct {
  unsigned parties;    /* whose money counts, bit i = party i */
  unsigned agreements; /* in force, bit i = active[i] */
  int free;            /* −1, or the one party whose choices under agreements are free: quantities
                          that others hold stay as in the joint plan */
  bool keep;           /* keep the plan, with its ledger set */
  bool may_be_endless; /* PL_UNBOUNDED is an answer: value INFINITY, no plan */
  bool again;          /* out: the solver had to run a second time */
  bool done;           /* out: false where the farm was stopped before it */
  double value;        /* out: money of those parties, present value; NAN: no plan, or not done */
  double within;       /* out: it may be more by so much, as far as is proven */
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
/* Do tasks[n]. The first failure, by the order of tasks, with a complaint that names the task.
 * PL_STOPPED: what was done before is kept. */
pl_status pl_farm_run(const pl_farm *f, pl_farm_task *tasks, int n, pl_diag *diag);
/* The agreements all of whose parties are in the coalition: bit i = active[i]. */
unsigned pl_farm_inside(const pl_farm *f, unsigned coalition);

#endif
