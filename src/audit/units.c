/* Independent check of units: capacity, minimum load, blends, and bounds on output; each other rule
 * of a unit is in a file of its own (plan/part.def). Available capacity and minimum load are
 * computed here again rather than taken from chain/, since chain/ may be wrong. */
#include <math.h>
#include <string.h>

#include "audit/unit.h"

static void add_run(const pl_audit_unit_check *k, double *load, const pl_grid *g,
                    const pl_block *block, double per_run) {
  double const use =
      pl_block_plant(k->w->c, block) == k->index ? pl_audit_use(k->w, block) : per_run;
  pl_audit_add(load, g, block, pl_audit_amounts(k->w, block), use, NULL);
}

/* The unit's own runs and those that agreements have on it. */
static void add_runs(const pl_audit_unit_check *k, double *load, const pl_grid *g, int unit,
                     double per_run) {
  pl_audit_walk *w = k->w;
  const pl_block **guest = NULL;
  int n, guests = pl_audit_guests(w, PL_NOUN_unit, unit, &guest);
  const int *blocks = pl_audit_blocks(w, PL_NOUN_unit, unit, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind == PL_COLUMN_RUN) add_run(k, load, g, block, per_run);
  }
  for (int i = 0; i < guests; i++) add_run(k, load, g, guest[i], per_run);
}

/* All that its own runs and those of other units use of its capacity. */
static void check_most(const pl_audit_unit_check *k) {
  double *total = pl_audit_zeros(k->w, k->grid->n);
  pl_audit_subject const x = pl_audit_unit_about(k, PL_unit_capacity, "the capacity");
  const pl_case *c = k->w->c;
  memcpy(total, k->load, (size_t)k->grid->n * sizeof *total);
  for (int i = 0; i < c->n_units; i++)
    for (int j = 0; j < c->units[i].uses.n; j++)
      if (c->units[i].uses.index[j] == k->index && i != k->index)
        add_runs(k, total, k->grid, i, c->units[i].uses.factor[j]);
  for (int v = 0; v < k->grid->n; v++)
    pl_audit_most(k->w, &x, k->grid, v, total[v], k->available[v] * (1 - k->out[v]));
}

static void check_least(const pl_audit_unit_check *k) {
  if (!k->u->minimum && !k->u->turndown) return;
  const double *share = pl_audit_unit_shares(k);
  pl_audit_subject const x = pl_audit_unit_about(
      k, k->u->minimum ? PL_unit_minimum : PL_unit_turndown, "the minimum load");
  for (int v = 0; v < k->grid->n; v++)
    pl_audit_least(k->w, &x, k->grid, v, k->load[v],
                   share[v] * k->available[v] * (pl_audit_unit_on(k, v) - k->out[v]));
}

void pl_audit_unit_capacity(const pl_audit_unit_check *k) {
  if (!k->available) return;
  check_most(k);
  if (k->u->runs.n > 0) check_least(k);
}

/* --- Blends ---------------------------------------------------------------------------------- */

static double content_of(const pl_material *m, const char *element) {
  for (int i = 0; i < m->composition.n; i++)
    if (strcmp(m->composition.element[i], element) == 0) return m->composition.low[i];
  return 0;
}

/* The output of the feeds of one recipe: feed × yield, × their content of the element unless it is
 * NULL. */
static double *fed(const pl_audit_unit_check *k, int part, const char *element) {
  pl_audit_walk *w = k->w;
  const pl_process *process = &w->c->processes[k->u->runs.index[part]];
  double *sum = pl_audit_zeros(w, k->grid->n);
  int n;
  const int *blocks = pl_audit_blocks(w, PL_NOUN_unit, k->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind != PL_COLUMN_FEED || block->part != part) continue;
    const pl_material *m = &w->c->materials[process->blends.index[block->extra]];
    double const content = element ? content_of(m, element) : 1;
    pl_audit_add(sum, k->grid, block, pl_audit_amounts(w, block),
                 process->blends.factor[block->extra] * content, NULL);
  }
  return sum;
}

static void check_blend(const pl_audit_unit_check *k, const pl_block *run) {
  const pl_process *process = &k->w->c->processes[k->u->runs.index[run->part]];
  const double *x = pl_audit_amounts(k->w, run), *sum = fed(k, run->part, NULL);
  pl_audit_subject blend = pl_audit_unit_about(k, -1, "the blend");
  for (int v = 0; v < k->grid->n; v++) {
    pl_audit_least(k->w, &blend, k->grid, v, sum[v], x[v]);
    pl_audit_most(k->w, &blend, k->grid, v, sum[v], x[v]);
  }
  for (int e = 0; e < process->within.n; e++) {
    const double *content = fed(k, run->part, process->within.element[e]);
    blend.words = process->within.element[e];
    blend.place = process->within.place[e];
    for (int v = 0; v < k->grid->n; v++) {
      if (!isnan(process->within.low[e]))
        pl_audit_least(k->w, &blend, k->grid, v, content[v], process->within.low[e] * x[v]);
      if (!isnan(process->within.high[e]))
        pl_audit_most(k->w, &blend, k->grid, v, content[v], process->within.high[e] * x[v]);
    }
  }
}

void pl_audit_unit_blend(const pl_audit_unit_check *k) {
  int n;
  const int *blocks = pl_audit_blocks(k->w, PL_NOUN_unit, k->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->w->p->columns[blocks[i]];
    if (block->kind == PL_COLUMN_RUN &&
        pl_process_is_blend(&k->w->c->processes[k->u->runs.index[block->part]]))
      check_blend(k, block);
  }
}

static double *load_of(pl_audit_walk *w, int unit, const pl_grid *g) {
  pl_audit_unit_check const k = {.w = w, .index = unit};
  double *load = pl_audit_zeros(w, g->n);
  add_runs(&k, load, g, unit, 0);
  return load;
}

static double *available_of(pl_audit_walk *w, const pl_unit *u, const pl_grid *g) {
  if (!u->capacity) return NULL;
  const double *online = pl_audit_values(w, u->online, g, 1, false);
  const double *availability = pl_audit_values(w, u->availability, g, 1, false);
  double *available = pl_audit_values(w, u->capacity, g, 0, true);
  for (int v = 0; v < g->n; v++) available[v] *= online[v] * availability[v];
  return available;
}

static void (*const rules[])(const pl_audit_unit_check *k) = {
#define Q(name, run, on)
#define P(name, run, on) pl_audit_unit_##name,
#include "plan/part.def"
#undef P
};

static void check_unit(pl_audit_walk *w, int i) {
  const pl_unit *u = &w->c->units[i];
  pl_audit_unit_check k = {.w = w,
                           .index = i,
                           .u = u,
                           .grid = pl_audit_grid(w, pl_unit_step(w->c, u)),
                           .on = pl_audit_block(w, PL_NOUN_unit, i, PL_COLUMN_ON)};
  k.load = load_of(w, i, k.grid);
  k.available = available_of(w, u, k.grid);
  pl_audit_unit_out(&k);
  for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) rules[r](&k);
  pl_audit_bounds const bounds = {.noun = PL_NOUN_unit,
                                  .thing = i,
                                  .kind = PL_COLUMN_RUN,
                                  .part = -1,
                                  .finest = (int)k.grid->step,
                                  .at_least = &u->at_least,
                                  .up_to = &u->up_to,
                                  .exactly = &u->exactly};
  pl_audit_check_bounds(w, &bounds);
}

void pl_audit_units(pl_audit_walk *w) {
  for (int i = 0; i < w->c->n_units; i++) {
    check_unit(w, i);
    pl_arena_reset(w->scratch);
  }
}
