/* What a process makes and takes. */
#include "chain/recipe.h"

static void settle(pl_run_goods *g) {
  const pl_process *process = g->process;
  g->made = g->i < process->makes.n;
  const pl_amounts *list = g->made ? &process->makes : &process->takes;
  int const i = g->made ? g->i : g->i - process->makes.n;
  g->ok = i < list->n;
  if (!g->ok) return;
  g->material = list->material[i];
  g->listed = g->made ? list->amount[i] : -list->amount[i];
  g->amount = process->makes.n > 0 ? g->listed * pl_process_scale(process) : g->listed;
  g->place = list->place[i];
}

pl_run_goods pl_process_goods(const pl_process *process) {
  pl_run_goods g = {.process = process};
  settle(&g);
  return g;
}

pl_run_goods pl_process_inputs(const pl_process *process) {
  pl_run_goods g = {.process = process, .i = process->makes.n};
  settle(&g);
  return g;
}

void pl_process_next(pl_run_goods *g) {
  g->i++;
  settle(g);
}

static bool lists(const pl_process *process, int material, bool made) {
  for (pl_run_goods g = pl_process_goods(process); g.ok; pl_process_next(&g))
    if (g.material == material && g.made == made) return true;
  return false;
}

bool pl_process_makes(const pl_process *p, int material) { return lists(p, material, true); }

bool pl_process_takes(const pl_process *p, int material) { return lists(p, material, false); }
