/* Units: what they run, within their capacity and minimum; what their recipes do to balances and
 * money. On/off is commit.c's, ramps are ramp.c's, blends blend.c's. */

#include "assemble/builder.h"

/* available capacity of slice v in capacity units:  capacity × online × availability × hours */
static const double *available_capacity(builder *b, const pl_unit *u, const pl_grid *grid) {
  if (!u->capacity) return NULL;
  double *a = plan_values(b, u->capacity, grid, 0, true);
  const double *online = plan_values(b, u->online, grid, 1, false);
  const double *availability = plan_values(b, u->availability, grid, 1, false);
  for (int v = 0; v < grid->n; v++) a[v] *= online[v] * availability[v];
  return a;
}

/* least run of slice v:  minimum × available, or (1 − turndown) × available */
static const double *least_run(builder *b, const pl_unit *u, const pl_grid *grid,
                               const double *available) {
  if (!available || (!u->minimum && !u->turndown)) return NULL;
  double *least = plan_values(b, u->minimum ? u->minimum : u->turndown, grid, 0, false);
  for (int v = 0; v < grid->n; v++)
    least[v] = (u->minimum ? least[v] : 1 - least[v]) * available[v];
  return least;
}

pl_block plan_unit_block(const builder *b, int thing, int kind, int part, const pl_grid *grid) {
  return (pl_block){.kind = kind,
                    .thing = thing,
                    .part = part,
                    .extra = -1,
                    .party = pl_unit_party(b->c, &b->c->units[thing]),
                    .grid = grid,
                    .count = grid->n};
}

int plan_add_ranks(builder *b, int unit, int kind, const pl_grid *grid, int n, bool rows,
                   double lower, double upper) {
  int first = -1;
  for (int part = 0; part < n; part++) {
    pl_block const k = plan_unit_block(b, unit, kind, part, grid);
    int const at =
        rows ? plan_add_rows(b, k, lower, upper) : plan_add_columns(b, k, lower, upper, false);
    if (part == 0) first = at;
  }
  return first;
}

static const double *divided(builder *b, const double *x, double by, int n) {
  if (by == 1) return x;
  double *y = PL_NEW_ARRAY(b->a, double, (size_t)n);
  for (int v = 0; v < n; v++) y[v] = x[v] / by;
  return y;
}

static pl_place least_place(const pl_unit *u) {
  return u->said[u->minimum ? PL_unit_minimum : PL_unit_turndown];
}

static const char *least_words(builder *b, const pl_unit *u) {
  return u->minimum ? plan_words(b, "minimum", u->minimum) : plan_words(b, "turndown", u->turndown);
}

static const char *most_words(builder *b, const pl_unit *u) {
  const char *words = plan_words(b, "capacity", u->capacity);
  const char *online = u->online ? pl_formula_text(u->online) : NULL;
  if (online) words = pl_arena_printf(b->a, "%s, online %s", words, *online ? online : "by date");
  return words;
}

void plan_add_levied(builder *b, int site, int block, int party, int material, double amount) {
  const pl_prices *levies = &b->c->sites[site].levies;
  for (int i = 0; i < levies->n; i++)
    if (levies->material[i] == material)
      plan_add_entry(b, (pl_entry){.block = block,
                                   .party = party,
                                   .line = PL_LINE_CARBON,
                                   .formula = levies->formula[i],
                                   .factor = -amount,
                                   .grid = b->p->columns[block].grid});
}

void plan_add_run_entries(builder *b, int unit, int block, const pl_process *p, int party,
                          double factor) {
  const pl_unit *u = &b->c->units[unit];
  pl_entry e = {.block = block,
                .party = party,
                .line = PL_LINE_CONVERSION,
                .factor = -factor,
                .grid = b->p->columns[block].grid};
  if ((e.formula = p->cost)) plan_add_entry(b, e);
  if ((e.formula = u->cost)) plan_add_entry(b, e);
  for (int i = 0; i < u->charges.n; i++) {
    e.line = (pl_line)u->charges.line[i];
    e.formula = u->charges.formula[i];
    plan_add_entry(b, e);
  }
  for (int i = 0; i < p->emits.n; i++)
    plan_add_levied(b, u->site, block, party, p->emits.material[i],
                    factor * p->emits.amount[i] * pl_process_scale(p));
}

static void declare_runs(builder *b, int unit, const pl_grid *grid) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  size_t const n = (size_t)u->runs.n;
  r->run = PL_NEW_ARRAY(b->scratch, int, n);
  r->blend = PL_NEW_ARRAY(b->scratch, int, n);
  r->content = PL_NEW_ARRAY(b->scratch, int *, n);
  for (int k = 0; k < u->runs.n; k++) {
    const pl_process *p = &b->c->processes[u->runs.index[k]];
    r->run[k] = plan_add_columns(b, plan_unit_block(b, unit, PL_COLUMN_RUN, k, grid), 0,
                                 plan_infinity(), false);
    r->blend[k] = -1;
    plan_add_run_entries(b, unit, r->run[k], p, b->p->columns[r->run[k]].party, 1);
    if (pl_process_is_blend(p)) plan_declare_blend(b, unit, k, grid);
  }
}

/* CAPACITY and MINIMUM: bounds of the one column where the unit has one recipe and nobody shares
 * it, else rows. */
static void declare_capacity(builder *b, int unit, const pl_grid *grid) {
  const pl_unit *u = &b->c->units[unit];
  unit_rows *r = &b->units[unit];
  bool const alone = u->runs.n == 1 && !r->hosts && !r->outages;
  if (u->runs.n == 0 && !r->pooled && !r->hosts && !r->outages) return;
  if (r->available && (!alone || r->pooled)) {
    r->capacity = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_CAPACITY, -1, grid),
                                -plan_infinity(), plan_infinity());
    plan_bound_rows(b, r->capacity, true, u->said[PL_unit_capacity], most_words(b, u),
                    r->available);
  } else if (r->available) {
    plan_bound_columns(b, r->run[0], true, u->said[PL_unit_capacity], most_words(b, u),
                       divided(b, r->available, u->runs.factor[0], grid->n));
  }
  if (!r->least || u->runs.n == 0 || r->on >= 0) return;
  if (alone) {
    plan_bound_columns(b, r->run[0], false, least_place(u), least_words(b, u),
                       divided(b, r->least, u->runs.factor[0], grid->n));
  } else {
    r->minimum =
        plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_MINIMUM, -1, grid), 0, plan_infinity());
    plan_bound_rows(b, r->minimum, false, least_place(u), least_words(b, u), r->least);
  }
}

static void declare_unit(builder *b, int i) {
  const pl_unit *u = &b->c->units[i];
  unit_rows *r = &b->units[i];
  const pl_grid *grid = plan_grid(b, pl_unit_step(b->c, u));
  r->out = r->on = r->capacity = r->minimum = r->on_most = r->on_least = -1;
  r->starts = (start_rows){NULL, -1, -1, -1, -1, -1, -1, -1, -1, 0};
  r->ramps = (ramp_rows){.even = -1, .up = -1, .down = -1};
  r->curve = (curve_rows){.extra = -1, .shared = -1};
  r->available = available_capacity(b, u, grid);
  r->least = least_run(b, u, grid, r->available);
  declare_runs(b, i, grid);
  if (u->on_off && u->runs.n > 0) plan_declare_on_off(b, i, grid);
  if (r->on < 0 || r->pooled || r->outages) declare_capacity(b, i, grid);
  if (u->runs.n > 0) plan_declare_ramp(b, i, grid);
  plan_declare_part_load(b, i, grid);
  plan_declare_reserve(b, i, grid);
  plan_declare_low_load(b, i, grid);
  bound_request const bounds = {.row_kind = PL_ROW_UNIT_BOUND,
                                .thing = i,
                                .at_least = &u->at_least,
                                .up_to = &u->up_to,
                                .exactly = &u->exactly,
                                .only_block = u->runs.n == 1 && !r->hosts ? r->run[0] : -1,
                                .finest = (int)grid->step,
                                .flows = &r->flows,
                                .part = -1};
  plan_declare_bounds(b, &bounds);
  const pl_grid *months = plan_grid(b, b->c->step);
  if (u->fixed_cost)
    plan_add_entry(b, (pl_entry){.block = -1,
                                 .party = pl_unit_party(b->c, u),
                                 .line = PL_LINE_FIXED,
                                 .formula = u->fixed_cost,
                                 .factor = -1,
                                 .weight = plan_weight(b, months, WEIGHT_HOURS),
                                 .grid = months});
}

void plan_declare_units(builder *b) {
  b->units = PL_NEW_ARRAY(b->scratch, unit_rows, (size_t)b->c->n_units + 1);
  for (int i = 0; i < b->c->n_units; i++)
    for (int k = 0; k < b->c->units[i].uses.n; k++)
      b->units[b->c->units[i].uses.index[k]].pooled = true;
  for (int i = 0; i < b->c->n_agreements; i++) {
    const pl_agreement *a = &b->c->agreements[i];
    if (a->active && (a->kind == PL_TOLL || a->kind == PL_VENTURE)) b->units[a->unit].hosts = true;
  }
  for (int i = 0; i < b->c->n_outages; i++) b->units[b->c->outages[i].unit].outages = true;
  for (int i = 0; i < b->c->n_units; i++) declare_unit(b, i);
}

static void put_cover(builder *b, const stock_rows *s, double amount) {
  const pl_block *rows = &b->p->rows[s->cover];
  for (pl_share t = pl_share_slice(rows->grid, b->grid, b->slice); t.ok;
       pl_share_next(rows->grid, &t))
    plan_put(b, rows->first + t.r,
             amount * t.share * s->cover_hours / pl_grid_hours(rows->grid, t.r));
}

void plan_put_goods(builder *b, int site, int party, int material, double amount) {
  int const balance = plan_balance(b, site, material, party);
  plan_put_flow(b, balance, amount);
  if (amount >= 0) return;
  for (int i = b->cover[balance]; i > 0; i = b->stocks[i - 1].next_cover)
    put_cover(b, &b->stocks[i - 1], amount);
}

static void put_capacity_use(builder *b, const unit_rows *r, double use) {
  if (r->capacity >= 0) plan_put_flow(b, r->capacity, use);
  if (r->minimum >= 0) plan_put_same(b, r->minimum, use);
  if (r->on_most >= 0) plan_put_same(b, r->on_most, use);
  if (r->on_least >= 0) plan_put_same(b, r->on_least, use);
  plan_put_reserve_run(b, (int)(r - b->units), use);
  plan_put_ramp(b, r, use);
  plan_put_part_load(b, r, use);
  plan_put_low_run(b, r, use);
}

void plan_put_run(builder *b, int unit, int process, double use) {
  const pl_unit *u = &b->c->units[unit];
  const unit_rows *r = &b->units[unit];
  put_capacity_use(b, r, use);
  for (int i = 0; i < u->uses.n; i++) {
    int const pool = b->units[u->uses.index[i]].capacity;
    if (pool >= 0) plan_put_flow(b, pool, u->uses.factor[i]);
  }
  plan_put_members(b, &r->flows, process, 1);
}

static void emit_run(builder *b, const pl_block *k) {
  const pl_unit *u = &b->c->units[k->thing];
  const pl_process *p = &b->c->processes[u->runs.index[k->part]];
  double const scale = pl_process_scale(p);
  for (int i = 0; i < p->makes.n; i++)
    plan_put_goods(b, u->site, k->party, p->makes.material[i], p->makes.amount[i] * scale);
  for (int i = 0; i < p->takes.n; i++)
    plan_put_goods(b, u->site, k->party, p->takes.material[i], -p->takes.amount[i] * scale);
  for (int i = 0; i < p->emits.n; i++)
    plan_put_emission(b, p->emits.material[i], u->site, k->party, p->emits.amount[i] * scale);
  plan_put_run(b, k->thing, u->runs.index[k->part], u->runs.factor[k->part]);
  if (b->units[k->thing].blend[k->part] >= 0) plan_put_blended(b, k);
}

void plan_emit_unit(builder *b, const pl_block *k) {
  switch (k->kind) {
  case PL_COLUMN_RUN: emit_run(b, k); break;
  case PL_COLUMN_FEED: plan_emit_feed(b, k); break;
  case PL_COLUMN_ON: plan_emit_on(b, k); break;
  case PL_COLUMN_START:
  case PL_COLUMN_STOP:
  case PL_COLUMN_START_OF: plan_emit_start(b, k); break;
  case PL_COLUMN_SEGMENT:
  case PL_COLUMN_SEGMENT_FULL:
  case PL_COLUMN_EXTRA: plan_emit_part_load(b, k); break;
  default: break;
  }
}
