/* Emissions to air, by site and party, on the case's own grid. */
#include <string.h>

#include "base/map.h"
#include "report/reporter.h"

static const char *const keys[] = {"site", "party", "material"};
static const pl_measured values[] = {{"amount", "#", 1}};

typedef struct {
  const reporter *r;
  pl_panel *panel;
  pl_map *known; /* (site, party, material) → series */
  const pl_grid *grid;
} emitted;

static double *series_of(emitted *e, int site, int party, int material) {
  int const id[] = {site, party, material};
  int const i = pl_map_add(e->known, (const char *)id, sizeof id);
  if (i == e->panel->n_series) {
    const pl_case *c = e->r->c;
    const char *const key[] = {c->sites[site].name, report_party(e->r, party),
                               c->materials[material].name};
    pl_series *s =
        pl_panel_add(e->panel, key, report_material_unit(e->r, material), e->grid, false);
    memset(s->value, 0, (size_t)e->grid->n * sizeof *s->value);
  }
  return pl_series_values(&e->panel->series[i], 0);
}

static void spread(emitted *e, double *to, const pl_grid *own, int v, double amount) {
  if (amount == 0) return;
  for (pl_share s = pl_share_slice(e->grid, own, v); s.ok; pl_share_next(e->grid, &s))
    to[s.r] += amount * s.share;
}

/* A unit's emissions belong to its party, whoever it runs for. */
static void add_run(emitted *e, const pl_block *block, const report_run *run) {
  const pl_unit *u = &e->r->c->units[run->unit];
  const pl_process *process = &e->r->c->processes[run->process];
  double const scale = pl_process_scale(process);
  for (int i = 0; i < process->emits.n; i++) {
    double *to = series_of(e, u->site, pl_unit_party(e->r->c, u), process->emits.material[i]);
    for (int v = 0; v < block->count; v++)
      spread(e, to, block->grid, v,
             pl_schedule_value(e->r->s, block, v) * scale * process->emits.amount[i]);
  }
}

/* At part load a unit emits more than its recipe. */
static void add_extra(emitted *e, const pl_block *block) {
  const pl_case *c = e->r->c;
  const pl_unit *u = &c->units[pl_block_plant(c, block)];
  const pl_process *process = &c->processes[u->runs.index[0]];
  for (int i = 0; i < process->emits.n; i++) {
    double *to = series_of(e, u->site, pl_unit_party(c, u), process->emits.material[i]);
    double const per = process->emits.amount[i] * pl_process_scale(process) / u->runs.factor[0];
    for (int v = 0; v < block->count; v++)
      spread(e, to, block->grid, v, pl_schedule_value(e->r->s, block, v) * per);
  }
}

static void add_start(emitted *e, const pl_block *block) {
  const pl_unit *u = &e->r->c->units[block->thing];
  for (int i = 0; i < u->start_emits.n; i++) {
    double *to = series_of(e, u->site, block->party, u->start_emits.material[i]);
    for (int v = 0; v < block->count; v++)
      spread(e, to, block->grid, v,
             pl_schedule_value(e->r->s, block, v) * u->start_emits.amount[i]);
  }
}

/* In proportion to what a lane loads or a market trades. */
static void add_flow(emitted *e, const pl_block *block, int site, const pl_prices *emits) {
  double *rate = PL_NEW_ARRAY(e->r->a, double, (size_t)block->grid->n);
  for (int i = 0; i < emits->n; i++) {
    double *to = series_of(e, site, block->party, emits->material[i]);
    pl_formula_eval_grid(emits->formula[i], e->r->c->quotes, block->grid, rate);
    for (int v = 0; v < block->count; v++)
      spread(e, to, block->grid, v, pl_schedule_value(e->r->s, block, v) * rate[v]);
  }
}

static void add_trade(emitted *e, const pl_block *block) {
  const pl_market *m = &e->r->c->markets[pl_block_market(e->r->c, block)];
  add_flow(e, block, m->site, &m->emits);
}

static void add_block(emitted *e, const pl_block *block) {
  const pl_case *c = e->r->c;
  pl_moves const moves = pl_block_moves(block);
  if (moves == PL_MOVES_START) add_start(e, block);
  if (moves == PL_MOVES_EXTRA) add_extra(e, block);
  if (moves == PL_MOVES_SHIP)
    add_flow(e, block, c->lanes[block->thing].from, &c->lanes[block->thing].emits);
  if (moves == PL_MOVES_TRADE) add_trade(e, block);
}

pl_panel *report_emissions(const reporter *r) {
  pl_grid *grid = PL_NEW(r->a, pl_grid);
  pl_case_grid(r->c, r->a, r->c->step, grid);
  pl_panel *panel = pl_panel_new(
      r->a, "emissions",
      "emissions to air, counted at the site of the unit or market, or where the lane loads",
      r->currency, keys, 3, values, 1);
  emitted e = {r, panel, pl_map_new(r->a), grid};
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    report_run run;
    if (report_is_run(r, &r->p->columns[k], &run)) add_run(&e, &r->p->columns[k], &run);
    add_block(&e, &r->p->columns[k]);
  }
  return panel;
}
