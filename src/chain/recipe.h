#ifndef PL_CHAIN_RECIPE_H
#define PL_CHAIN_RECIPE_H

#include "chain/chain.h"

/* What one unit of a process, measured in its first product, makes and takes: in the order of the
 * case, products first.
 *
 *     for (pl_run_goods g = pl_process_goods(p); g.ok; pl_process_next(&g)) use(g.material,
 * g.amount);
 *
 * What a blend takes of its ingredients is a separate decision, and not among these. */
typedef struct {
  bool ok, made;
  int material;
  double amount;  /* per unit of the first product: > 0 made, < 0 taken */
  double listed;  /* as the case lists it: the amount before × pl_process_scale */
  pl_place place; /* where the case lists it */
  const pl_process *process;
  int i;
} pl_run_goods;
pl_run_goods pl_process_goods(const pl_process *p);
pl_run_goods pl_process_inputs(const pl_process *p); /* only those that it takes */
void pl_process_next(pl_run_goods *g);

bool pl_process_makes(const pl_process *p, int material);
bool pl_process_takes(const pl_process *p, int material);

#endif
