/* Independent check of unit commitment, from the on/off columns alone: how often the unit must have
 * been switched, that it stayed on or off long enough afterwards, that each start has the class of
 * its time off, and that the load changed no faster than allowed. */
#include <math.h>
#include <string.h>

#include "audit/unit.h"

typedef struct {
  const pl_audit_unit_check *k;
  const double *on;
  double *starts, *stops; /* [n] switches required into each slice, over all the time it stands
                             for */
  double *rise, *fall;    /* [n] the largest of them in any one occurrence */
} switches;

static bool given(const pl_audit_unit_check *k, int field) { return k->u->said[field].line > 0; }

static bool was_on(const pl_audit_unit_check *k) {
  return !given(k, PL_unit_on_before) || k->u->on_before;
}

static void come(const switches *s, int v, double before, double times) {
  double const up = fmax(0, s->on[v] - before), down = fmax(0, before - s->on[v]);
  s->starts[v] += times * up;
  s->stops[v] += times * down;
  s->rise[v] = fmax(s->rise[v], up);
  s->fall[v] = fmax(s->fall[v], down);
}

static switches switches_of(const pl_audit_unit_check *k) {
  int const n = k->grid->n;
  pl_audit_walk *w = k->w;
  switches s = {.k = k,
                .on = pl_audit_amounts(w, k->on),
                .starts = pl_audit_zeros(w, n),
                .stops = pl_audit_zeros(w, n),
                .rise = pl_audit_zeros(w, n),
                .fall = pl_audit_zeros(w, n)};
  int const first = pl_grid_find(k->grid, w->c->from);
  if (first >= 0) come(&s, first, was_on(k) ? 1 : 0, 1);
  for (int i = 0; i < pl_grid_joints(k->grid); i++) {
    pl_joint const j = pl_grid_joint(k->grid, i);
    come(&s, j.after, s.on[j.before], j.times);
  }
  return s;
}

/* The sum of all columns of a kind; NULL where there are none. */
static double *switched(const pl_audit_unit_check *k, pl_column_kind kind, int part) {
  int n;
  const int *blocks = pl_audit_blocks(k->w, PL_NOUN_unit, k->index, &n);
  double *sum = NULL;
  for (int i = 0; i < n; i++) {
    const pl_block *block = &k->w->p->columns[blocks[i]];
    if (block->kind != (int)kind || (part >= 0 && block->part != part)) continue;
    if (!sum) sum = pl_audit_zeros(k->w, k->grid->n);
    for (int v = 0; v < block->count; v++) sum[v] += pl_audit_amounts(k->w, block)[v];
  }
  return sum;
}

/* Starts must cover those required; where stops are counted too, every start must come with a
 * rise. */
static void check_starts(const switches *s) {
  const pl_audit_unit_check *k = s->k;
  const double *start = switched(k, PL_COLUMN_START, -1), *stop = switched(k, PL_COLUMN_STOP, -1);
  pl_audit_subject const x = pl_audit_unit_about(k, PL_unit_on_off, "the starts");
  bool const whole = pl_unit_is_whole(k->w->c, k->u);
  for (int v = 0; start && v < k->grid->n; v++) {
    pl_audit_least(k->w, &x, k->grid, v, start[v], s->starts[v]);
    if (!stop) continue;
    double const net = start[v] - stop[v], due = s->starts[v] - s->stops[v];
    pl_audit_least(k->w, &x, k->grid, v, net, due);
    pl_audit_most(k->w, &x, k->grid, v, net, due);
    if (whole) pl_audit_most(k->w, &x, k->grid, v, start[v], s->starts[v] + 1e-5);
  }
}

static bool same_run(const pl_grid *g, int v, int w) {
  return pl_grid_run(g, v) == pl_grid_run(g, w);
}

/* Slice i precedes v in the same run and begins less than length earlier. */
static bool is_recent(const pl_grid *g, int i, int v, pl_duration length) {
  return i >= 0 && same_run(g, i, v) && g->start[v] < pl_time_after(g->start[i], length);
}

/* What was switched on within the minimum up time is still on; what was switched off within the
 * minimum down time is still off. */
static void check_stays(const switches *s) {
  const pl_audit_unit_check *k = s->k;
  const pl_grid *g = k->grid;
  pl_audit_subject const up = pl_audit_unit_about(k, PL_unit_minimum_up, "the minimum up time"),
                         down =
                             pl_audit_unit_about(k, PL_unit_minimum_down, "the minimum down time");
  for (int v = 0; v < g->n; v++) {
    double rose = s->rise[v], fell = s->fall[v];
    for (int i = v - 1; is_recent(g, i, v, k->u->minimum_up); i--) rose += s->rise[i];
    for (int i = v - 1; is_recent(g, i, v, k->u->minimum_down); i--) fell += s->fall[i];
    if (given(k, PL_unit_minimum_up)) pl_audit_most(k->w, &up, g, v, rose, s->on[v]);
    if (given(k, PL_unit_minimum_down)) pl_audit_most(k->w, &down, g, v, fell, 1 - s->on[v]);
  }
}

/* Since when it has been on or off before the case; false = for a long time. */
static bool held_since(const pl_audit_unit_check *k, pl_time *out) {
  pl_duration const back = {-k->u->held_before.months, -k->u->held_before.minutes};
  *out = pl_time_after(k->w->c->from, back);
  return given(k, PL_unit_held_before);
}

/* Whether v can only be reached from the state before the case. */
static bool follows_start(const pl_audit_unit_check *k, int v) {
  const pl_grid *g = k->grid;
  return g->start[0] == k->w->c->from && pl_grid_run(g, v) == 0 && pl_grid_times(g, v) == 1;
}

static void check_held(const switches *s) {
  const pl_audit_unit_check *k = s->k;
  pl_time since;
  bool const on = was_on(k);
  pl_time const end =
      held_since(k, &since) ? pl_time_after(since, on ? k->u->minimum_up : k->u->minimum_down) : 0;
  pl_audit_subject const x =
      pl_audit_unit_about(k, PL_unit_held_before, "the state before the case");
  for (int v = 0; end > 0 && v < k->grid->n && k->grid->start[v] < end; v++) {
    if (!follows_start(k, v)) break;
    pl_audit_most(k->w, &x, k->grid, v, s->on[v], on ? 1 : 0);
    pl_audit_least(k->w, &x, k->grid, v, s->on[v], on ? 1 : 0);
  }
}

static bool in_class(const pl_stages *c, int class, pl_time off, pl_time start) {
  bool const last = class + 1 == c->n;
  return pl_time_after(off, c->from[class]) <= start &&
         (last || start < pl_time_after(off, c->from[class + 1]));
}

/* How many of the starts in slice v may be of a class: the stops that lie as far back as the class
 * requires. */
static double room_in_class(const switches *s, const double *stops, int class, int v) {
  const pl_audit_unit_check *k = s->k;
  const pl_stages *c = &k->u->start_costs;
  double sum = 0;
  pl_time since;
  if (!was_on(k) && held_since(k, &since) && follows_start(k, v) &&
      in_class(c, class, since, k->grid->start[v]))
    sum = 1;
  for (int i = v - 1; i >= 0 && same_run(k->grid, i, v); i--)
    if (in_class(c, class, k->grid->start[i], k->grid->start[v])) sum += stops[i];
  return sum;
}

static void check_classes(const switches *s) {
  const pl_audit_unit_check *k = s->k;
  int const classes = k->u->start_costs.n;
  pl_audit_subject const x = pl_audit_unit_about(k, PL_unit_start_costs, "the time off");
  const double *all = switched(k, PL_COLUMN_START, -1), *sum = switched(k, PL_COLUMN_START_OF, -1);
  const double *stops = switched(k, PL_COLUMN_STOP, -1);
  if (classes == 0 || !all || !sum || !stops) return;
  if (pl_unit_is_whole(k->w->c, k->u)) stops = s->stops;
  for (int v = 0; v < k->grid->n; v++) {
    pl_audit_most(k->w, &x, k->grid, v, all[v], sum[v]);
    pl_audit_least(k->w, &x, k->grid, v, all[v], sum[v]);
  }
  for (int c = 0; c + 1 < classes; c++) {
    const double *of = switched(k, PL_COLUMN_START_OF, c);
    for (int v = 0; v < k->grid->n; v++)
      if (of[v] > 1e-6)
        pl_audit_most(k->w, &x, k->grid, v, of[v], room_in_class(s, stops, c, v) + 1e-5);
  }
}

void pl_audit_unit_on_off(const pl_audit_unit_check *k) {
  if (!k->on || !k->available) return;
  pl_audit_subject const capacity =
      pl_audit_unit_about(k, PL_unit_capacity, "the capacity while on");
  pl_audit_subject const whole = pl_audit_unit_about(k, PL_unit_on_off, "on/off");
  for (int v = 0; v < k->grid->n; v++) {
    double const on = pl_audit_unit_on(k, v);
    pl_audit_most(k->w, &capacity, k->grid, v, k->load[v], k->available[v] * on);
    if (pl_unit_is_whole(k->w->c, k->u)) pl_audit_whole(k->w, &whole, k->grid, v, on);
    if (k->out_whole[v] > 0) pl_audit_most(k->w, &capacity, k->grid, v, on + k->out_whole[v], 1);
  }
}

void pl_audit_unit_starts(const pl_audit_unit_check *k) {
  if (!k->on || !k->available) return;
  switches const s = switches_of(k);
  check_starts(&s);
  check_stays(&s);
  check_held(&s);
  check_classes(&s);
}

/* --- Ramps ----------------------------------------------------------------------------------- */

typedef struct {
  const pl_audit_unit_check *k;
  const double *ramp, *capacity, *start, *stop, *least;
  pl_audit_subject about;
} ramp_check;

/* The minimum load while on, per hour. */
static double least_load(const ramp_check *r, int v) {
  const pl_audit_unit_check *k = r->k;
  return r->least ? r->least[v] * k->available[v] / pl_grid_hours(k->grid, v) : 0;
}

/* How much the load may change from slice w to v: within the ramp where the unit is on in both, up
 * to the start or stop load where it is switched. */
static void check_change(const ramp_check *r, int w, int v) {
  const pl_audit_unit_check *k = r->k;
  const pl_grid *g = k->grid;
  double const hours = pl_grid_hours(g, v), here = k->load[v] / hours;
  double const before = w < 0 ? 0 : k->load[w] / pl_grid_hours(g, w);
  double const between =
      w < 0 ? pl_grid_length(g, v) : (pl_grid_length(g, v) + pl_grid_length(g, w)) / 2;
  double const up = k->u->ramp ? r->ramp[v] * r->capacity[v] * between : k->available[v] / hours;
  double const down = k->u->ramp || w < 0 ? up : k->available[w] / pl_grid_hours(g, w);
  if (!k->on) {
    pl_audit_most(k->w, &r->about, g, v, fabs(here - before) * hours, up * hours);
    return;
  }
  double const on = pl_audit_unit_on(k, v), was = w < 0 ? 0 : pl_audit_unit_on(k, w);
  bool const whole = pl_unit_is_whole(k->w->c, k->u); /* otherwise more may start and stop at the
                                                         same time */
  double const starts = whole ? fmax(0, on - was) : fmin(on, 1 - was);
  double const stops = whole ? fmax(0, was - on) : fmin(was, 1 - on);
  double const start = k->u->start_load ? r->start[v] * r->capacity[v] : fmax(up, least_load(r, v));
  double const stop = w < 0             ? 0
                      : k->u->stop_load ? r->stop[w] * r->capacity[w]
                                        : fmax(down, least_load(r, w));
  pl_audit_most(k->w, &r->about, g, v, (here - before) * hours,
                (up * was + start * starts) * hours);
  pl_audit_most(k->w, &r->about, g, v, (before - here) * hours, (down * on + stop * stops) * hours);
}

void pl_audit_unit_ramp(const pl_audit_unit_check *k) {
  const pl_unit *u = k->u;
  if (!u->capacity || u->runs.n == 0 || (!u->ramp && !u->start_load && !u->stop_load)) return;
  ramp_check r = {.k = k,
                  .ramp = pl_audit_values(k->w, u->ramp, k->grid, 0, false),
                  .capacity = pl_audit_values(k->w, u->capacity, k->grid, 0, false),
                  .start = pl_audit_values(k->w, u->start_load, k->grid, 0, false),
                  .stop = pl_audit_values(k->w, u->stop_load, k->grid, 0, false),
                  .about = pl_audit_unit_about(k, PL_unit_ramp, "the ramp")};
  if (u->minimum || u->turndown) r.least = pl_audit_unit_shares(k);
  int const first = pl_grid_find(k->grid, k->w->c->from);
  if (k->on && first >= 0 && !was_on(k)) check_change(&r, -1, first);
  for (int i = 0; i < pl_grid_joints(k->grid); i++) {
    pl_joint const j = pl_grid_joint(k->grid, i);
    check_change(&r, j.before, j.after);
  }
}
