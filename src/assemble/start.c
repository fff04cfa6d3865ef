/* Starts and stops: what they cost and use, and how long a unit stays on or off after them. A start
 * is counted as often as its slice stands for; t = times.
 *     STARTED  start − stop = t (on − on before)      (≥ where nothing asks for stops)
 *     UP       Σ start / t of the slices within minimum up ≤ on
 *     DOWN     Σ stop / t of the slices within minimum down ≤ 1 − on
 *     CLASSED  Σ start = Σ start of its classes
 *     WARM     start of class c ≤ Σ stops so long ago as the class says
 * Windows end where a run of slices begins (pl_grid_run). */
#include "assemble/emission.h"
#include "assemble/emit.h"
#include "assemble/goods.h"
#include "assemble/past.h"
#include "assemble/unit.h"

typedef struct { /* of several blocks the first, the others follow; −1 = none */
  const pasts *past;
  int start, stop; /* [ranks] column blocks */
  int start_of;    /* [classes] column blocks */
  int started;     /* [ranks] row blocks */
  int up, down;    /* [ranks] row blocks */
  int classed;     /* row block */
  int warm;        /* [classes − 1] row blocks */
  int n_classes;
} start_rows;

static bool given(const pl_unit *u, int field) { return u->said[field].line > 0; }

static bool wants_stops(const pl_unit *u) {
  return u->start_costs.n > 0 || u->start_takes.n > 0 || u->start_emits.n > 0 || u->ramp ||
         u->start_load || u->stop_load || given(u, PL_unit_minimum_up) ||
         given(u, PL_unit_minimum_down);
}

/* When it came to be on, or off, before the case; long ago unless it is said. */
static pl_time held_since(const builder *b, const pl_unit *u) {
  pl_duration const back = {-u->held_before.months, -u->held_before.minutes};
  return pl_time_after(b->c->from, back);
}

/* --- Declaring ------------------------------------------------------------------------------- */

static void pay(builder *b, int block, const pl_formula *cost) {
  if (!cost) return;
  const pl_block *k = &b->p->columns[block];
  plan_add_entry(b, (pl_entry){.block = block,
                               .party = k->party,
                               .line = PL_LINE_STARTS,
                               .formula = cost,
                               .factor = -1,
                               .grid = k->grid});
}

/* Columns of a position that nothing comes before are 0. */
static int add_switches(builder *b, int unit, int kind, const pasts *p) {
  int const at = plan_add_ranks(b, unit, kind, b->units[unit].grid, p->ranks, false, 0, 0);
  int const first = b->p->columns[at].first;
  for (int k = 0; k < p->ranks * p->n; k++)
    if (p->before[k] != PAST_NONE) b->upper[first + k] = p->times[k];
  return at;
}

static void bound_started(builder *b, int unit, const start_rows *r) {
  int const first = b->p->rows[r->started].first;
  double const before = plan_on_before(&b->c->units[unit]) ? 1 : 0;
  for (int k = 0; k < r->past->ranks * r->past->n; k++) {
    if (r->past->before[k] == PAST_NONE) continue;
    double const bound = r->past->before[k] == PAST_START ? -before * r->past->times[k] : 0;
    b->row_lower[first + k] = bound;
    if (r->stop >= 0) b->row_upper[first + k] = bound;
  }
}

/* The window of position k reaches back to the first slice of its run, or k is of rank 0. */
static bool has_window(const pasts *p, const pl_grid *g, int k, pl_duration length) {
  int const v = k % p->n, rank = k / p->n, first = p->run[v];
  if (rank == 0) return true;
  return p->before[rank * p->n + first] != PAST_NONE && plan_within(g, first, v, length);
}

static int add_windows(builder *b, int unit, int kind, const pasts *p, pl_duration length,
                       double most) {
  const pl_grid *grid = b->units[unit].grid;
  int const at =
      plan_add_ranks(b, unit, kind, grid, p->ranks, true, -plan_infinity(), plan_infinity());
  int const first = b->p->rows[at].first;
  for (int k = 0; k < p->ranks * p->n; k++)
    if (has_window(p, grid, k, length)) b->row_upper[first + k] = most;
  return at;
}

/* Whether what comes before v, back to before the case, is the same whenever v comes. */
static bool knows_start(const builder *b, const pl_grid *g, int v) {
  return g->start[0] == b->c->from && pl_grid_run(g, v) == 0 && pl_grid_times(g, v) == 1;
}

/* What was switched shortly before the case may not be switched back yet. */
static void hold(builder *b, int unit) {
  const pl_unit *u = &b->c->units[unit];
  const pl_grid *grid = b->units[unit].grid;
  bool const on = plan_on_before(u);
  int const field = on ? PL_unit_minimum_up : PL_unit_minimum_down;
  pl_duration const length = on ? u->minimum_up : u->minimum_down;
  if (!given(u, PL_unit_held_before) || !given(u, field)) return;
  pl_time const until = pl_time_after(held_since(b, u), length);
  double *amount = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 0; v < grid->n; v++) {
    bool const held = grid->start[v] < until && knows_start(b, grid, v);
    amount[v] = held == on ? 1 : 0;
  }
  plan_bound_columns(b, b->units[unit].on, !on, u->said[field],
                     pl_nouns[PL_NOUN_unit].field[field].key, amount);
}

/* How long before slice `to` something at time t was, by class. */
static bool in_class(const pl_unit *u, int class, pl_time t, pl_time to) {
  const pl_stages *s = &u->start_costs;
  return pl_time_after(t, s->from[class]) <= to &&
         (class + 1 == s->n || to < pl_time_after(t, s->from[class + 1]));
}

static void declare_classes(builder *b, int unit, start_rows *r) {
  const pl_unit *u = &b->c->units[unit];
  const pl_grid *grid = b->units[unit].grid;
  if ((r->n_classes = u->start_costs.n) == 0) return;
  double const inf = plan_infinity();
  r->start_of = plan_add_ranks(b, unit, PL_COLUMN_START_OF, grid, r->n_classes, false, 0, inf);
  for (int c = 0; c < r->n_classes; c++) pay(b, r->start_of + c, u->start_costs.formula[c]);
  r->classed = plan_add_rows(b, plan_unit_block(b, unit, PL_ROW_CLASSED, -1, grid), 0, 0);
  r->warm = plan_add_ranks(b, unit, PL_ROW_WARM, grid, r->n_classes - 1, true, -inf, 0);
  if (plan_on_before(u) || !given(u, PL_unit_held_before)) return;
  for (int c = 0; c + 1 < r->n_classes; c++)
    for (int v = 0; v < grid->n; v++)
      if (knows_start(b, grid, v) && in_class(u, c, held_since(b, u), grid->start[v]))
        b->row_upper[b->p->rows[r->warm + c].first + v] = 1;
}

static void pay_starts(builder *b, const pl_unit *u, const start_rows *r) {
  for (int k = 0; k < r->past->ranks; k++) {
    pay(b, r->start + k, u->start_cost);
    for (int i = 0; i < u->start_emits.n; i++)
      plan_add_levied(b, u->site, r->start + k, pl_unit_party(b->c, u), u->start_emits.material[i],
                      u->start_emits.amount[i]);
  }
}

static void *declare(builder *b, int unit) {
  static const start_rows none = {NULL, -1, -1, -1, -1, -1, -1, -1, -1, 0};
  const pl_unit *u = &b->c->units[unit];
  const pl_grid *grid = b->units[unit].grid;
  bool const stops = wants_stops(u);
  if (b->units[unit].on < 0 || (!stops && !u->start_cost)) return NULL;
  double const inf = plan_infinity();
  start_rows *r = PL_NEW(b->scratch, start_rows);
  *r = none;
  r->past = plan_pasts(b, grid);
  r->start = add_switches(b, unit, PL_COLUMN_START, r->past);
  if (stops) r->stop = add_switches(b, unit, PL_COLUMN_STOP, r->past);
  r->started = plan_add_ranks(b, unit, PL_ROW_STARTED, grid, r->past->ranks, true, -inf, inf);
  bound_started(b, unit, r);
  pay_starts(b, u, r);
  if (!stops) return r;
  r->up = add_windows(b, unit, PL_ROW_UP, r->past, u->minimum_up, 0);
  r->down = add_windows(b, unit, PL_ROW_DOWN, r->past, u->minimum_down, 1);
  hold(b, unit);
  declare_classes(b, unit, r);
  return r;
}

/* --- Entries --------------------------------------------------------------------------------- */

static void put_on(builder *b, int unit, const void *own) {
  const pl_unit *u = &b->c->units[unit];
  const start_rows *r = own;
  const pasts *p = r->past;
  int const v = b->slice;
  for (int k = v; k < p->ranks * p->n; k += p->n) {
    if (p->before[k] != PAST_NONE) plan_put_at(b, r->started, k, -p->times[k]);
    if (r->stop < 0) continue;
    if (has_window(p, b->grid, k, u->minimum_up)) plan_put_at(b, r->up, k, -1);
    if (has_window(p, b->grid, k, u->minimum_down)) plan_put_at(b, r->down, k, 1);
  }
  for (int i = p->first[v]; i < p->first[v + 1]; i++)
    plan_put_at(b, r->started, p->after[i], p->times[p->after[i]]);
}

/* A switch in slice v counts in the windows of v and of those after it in its run: of its own
 * rank where v is the first there, else of all ranks. */
static void put_in_windows(builder *b, const pasts *p, int rows, int at, pl_duration length) {
  int const v = at % p->n, rank = at / p->n;
  for (int w = v; w < p->n && p->run[w] == p->run[v] && plan_within(b->grid, v, w, length); w++)
    for (int r = 0; r < p->ranks; r++) {
      int const k = r * p->n + w;
      if ((v != p->run[v] || r == rank) && has_window(p, b->grid, k, length))
        plan_put_at(b, rows, k, 1 / p->times[at]);
    }
}

static void emit_start(builder *b, int unit, const start_rows *r, int at) {
  const pl_unit *u = &b->c->units[unit];
  int const party = pl_unit_party(b->c, u);
  plan_put_at(b, r->started, at, 1);
  if (r->up >= 0) put_in_windows(b, r->past, r->up, at, u->minimum_up);
  if (r->classed >= 0) plan_put_same(b, r->classed, 1);
  for (int i = 0; i < u->start_takes.n; i++)
    plan_put_goods(b, u->site, party, u->start_takes.material[i], -u->start_takes.amount[i]);
  for (int i = 0; i < u->start_emits.n; i++)
    plan_put_emission(b, u->start_emits.material[i], u->site, party, u->start_emits.amount[i]);
  plan_put_switch(b, unit, at, false);
}

static void emit_stop(builder *b, int unit, const start_rows *r, int at) {
  const pl_unit *u = &b->c->units[unit];
  const pl_time *start = b->grid->start;
  int const v = b->slice;
  plan_put_at(b, r->started, at, -1);
  put_in_windows(b, r->past, r->down, at, u->minimum_down);
  for (int c = 0; c + 1 < r->n_classes; c++)
    for (int w = v + 1; w < r->past->n && r->past->run[w] == r->past->run[v] &&
                        start[w] < pl_time_after(start[v], u->start_costs.from[c + 1]);
         w++)
      if (in_class(u, c, start[v], start[w])) plan_put_at(b, r->warm + c, w, -1);
  plan_put_switch(b, unit, at, true);
}

void plan_emit_start(builder *b, const pl_block *block) {
  const start_rows *r = b->units[block->thing].part[UNIT_starts];
  if (block->kind == PL_COLUMN_START_OF) {
    plan_put_same(b, r->classed, -1);
    if (block->part + 1 < r->n_classes) plan_put_same(b, r->warm + block->part, 1);
    return;
  }
  int const at = block->part * r->past->n + b->slice;
  if (r->past->before[at] == PAST_NONE) return;
  if (block->kind == PL_COLUMN_START)
    emit_start(b, block->thing, r, at);
  else
    emit_stop(b, block->thing, r, at);
}

const unit_part plan_unit_starts = {.declare = declare, .put_on = put_on};
