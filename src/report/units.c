/* What every unit runs, what it could run, and its utilisation. */
#include <math.h>

#include "chain/load.h"
#include "report/reporter.h"

static const char *const keys[] = {"unit", "site", "party", "process", "product", "agreement"};
static const pl_measured values[] = {{"run", "#", 1}, {"could run", "#", 1}, {"use", "%", 1}};
enum { RUN, COULD_RUN, USE };

/* Σ run × use of everything that uses each unit's capacity, by slice of its own grid; NULL for
 * units on which nothing runs. */
typedef struct {
  double **load; /* [n_units][grid[unit]->n] */
  const pl_grid **grid;
} loads;

static void add_load(const reporter *r, loads *l, const pl_block *block, int unit, double factor) {
  const pl_grid *grid = l->grid[unit];
  if (!grid) return;
  double *load = l->load[unit];
  for (int v = 0; v < block->count; v++) {
    double const x = factor * pl_schedule_value(r->s, block, v);
    if (grid == block->grid)
      load[v] += x;
    else
      for (pl_share s = pl_share_slice(grid, block->grid, v); s.ok; pl_share_next(grid, &s))
        load[s.r] += x * s.share;
  }
}

static loads make_loads(const reporter *r) {
  loads l = {PL_NEW_ARRAY(r->a, double *, (size_t)r->c->n_units + 1),
             PL_NEW_ARRAY(r->a, const pl_grid *, (size_t)r->c->n_units + 1)};
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    const pl_block *block = &r->p->columns[k];
    report_run run;
    if (!report_is_run(r, block, &run) || l.grid[run.unit]) continue;
    l.grid[run.unit] = block->grid;
    l.load[run.unit] = PL_NEW_ARRAY(r->a, double, (size_t)block->grid->n);
  }
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    const pl_block *block = &r->p->columns[k];
    report_run run;
    if (!report_is_run(r, block, &run)) continue;
    const pl_unit *u = &r->c->units[run.unit];
    add_load(r, &l, block, run.unit, run.use);
    for (int i = 0; i < u->uses.n; i++) add_load(r, &l, block, u->uses.index[i], u->uses.factor[i]);
  }
  return l;
}

/* Its available capacity; NAN where there is no bound. */
static double *available(const reporter *r, const pl_unit *u, const pl_grid *g) {
  double *x = PL_NEW_ARRAY(r->a, double, (size_t)g->n);
  double *scratch = PL_NEW_ARRAY(r->a, double, 2 * (size_t)g->n);
  bool const bounded = pl_unit_available(u, r->c->quotes, g, x, scratch);
  for (int v = 0; !bounded && v < g->n; v++) x[v] = (double)NAN;
  return x;
}

static void add_run(const reporter *r, pl_panel *panel, const pl_block *block,
                    const report_run *run, const double *load) {
  const pl_unit *u = &r->c->units[run->unit];
  const pl_process *process = &r->c->processes[run->process];
  int const product = pl_process_product(process);
  const char *const key[] = {u->name,
                             r->c->sites[u->site].name,
                             report_party(r, block->party),
                             process->name,
                             r->c->materials[product].name,
                             run->agreement < 0 ? NULL : r->c->agreements[run->agreement].name};
  pl_series *s = report_add_of(r, panel, key, product, block->grid);
  const double *most = available(r, u, block->grid);
  double const factor = run->use;
  for (int v = 0; v < block->count; v++) {
    pl_series_values(s, RUN)[v] = pl_schedule_value(r->s, block, v);
    pl_series_values(s, COULD_RUN)[v] = factor > 0 ? most[v] / factor : (double)NAN;
    pl_series_values(s, USE)[v] = most[v] > 0 ? 100 * load[v] / most[v] : (double)NAN;
  }
}

pl_panel *report_units(const reporter *r) {
  pl_panel *panel = pl_panel_new(
      r->a, "units",
      "what units run; could run: the capacity in service, were it all for this process",
      r->currency, keys, 6, values, 3);
  loads const l = make_loads(r);
  for (int k = 0; k < r->p->n_column_blocks; k++) {
    const pl_block *block = &r->p->columns[k];
    report_run run;
    if (report_is_run(r, block, &run)) add_run(r, panel, block, &run, l.load[run.unit]);
  }
  return panel;
}
