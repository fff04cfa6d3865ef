/* Tiny random plants committed by the product and by counting every way to run them: test_commit
 * [FIRST COUNT], test_commit --show SEED. All loads are whole megawatts, and so is some best plan:
 * for what is on, the loads of two plants and a backup are bounded by differences alone. The
 * counting below goes hour by hour over (on or off, since when, load) of each plant and shares
 * nothing with the program but the words of the case. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/law_run.h"
#include "law/law_seeds.h"

enum { HOURS_MAX = 6, UNITS_MAX = 2, LOAD_MAX = 5, LONG = 8, CLASSES_MAX = 3, NONE = -1 };

typedef struct {
  int capacity, minimum;     /* MW */
  int ramp;                  /* MW/h, NONE */
  int start_load, stop_load; /* MW, NONE = as the ramp gives */
  int up, down;              /* h, 0 = none */
  bool always;               /* no on/off */
  bool on_before;
  int held;                          /* h, NONE = long */
  int n_classes, after[CLASSES_MAX]; /* h */
  int n_points, at[LOAD_MAX + 1];    /* of part load, MW; 0 = none */
  double share[LOAD_MAX + 1];        /* of the recipe's inputs */
  double co2, start_cost[CLASSES_MAX], cost, on_cost, gas, start_gas, start_co2;
} plant;

typedef struct {
  int hours, n_units, need[HOURS_MAX];
  double gas_price, co2_price, backup;
  plant unit[UNITS_MAX];
} instance;

/* --- A random instance ----------------------------------------------------------------------- */

static int pick(law_random *r, int low, int high) { return low + law_pick(r, high - low + 1); }

static void make_classes(law_random *r, plant *u) {
  u->n_classes = pick(r, 0, CLASSES_MAX);
  for (int c = 0; c < u->n_classes; c++) {
    u->after[c] = c == 0 ? 0 : u->after[c - 1] + pick(r, 1, 2);
    u->start_cost[c] = (c == 0 ? 0 : u->start_cost[c - 1]) + law_between(r, 0, 120);
  }
}

/* From the minimum to the capacity; bending up, down or both. */
static void make_curve(law_random *r, plant *u) {
  for (int load = u->minimum; load <= u->capacity; load++)
    if (load == u->minimum || load == u->capacity || law_chance(r, 60)) {
      u->at[u->n_points] = load;
      u->share[u->n_points++] = load == u->capacity ? 1 : law_between(r, 0.8, 1.7);
    }
  if (u->n_points < 2) u->n_points = 0;
}

static void make_plant(law_random *r, plant *u) {
  *u = (plant){.capacity = pick(r, 2, LOAD_MAX), .always = law_chance(r, 20)};
  u->minimum = pick(r, 0, u->capacity);
  u->ramp = law_chance(r, 60) ? pick(r, 1, 3) : NONE;
  u->start_load = law_chance(r, 30) ? pick(r, u->minimum, u->capacity) : NONE;
  u->stop_load = law_chance(r, 30) ? pick(r, u->minimum, u->capacity) : NONE;
  u->up = law_chance(r, 60) ? pick(r, 1, 4) : 0;
  u->down = law_chance(r, 60) ? pick(r, 1, 4) : 0;
  u->on_before = law_chance(r, 50);
  u->held = law_chance(r, 50) ? pick(r, 1, 5) : NONE;
  make_classes(r, u);
  if (law_chance(r, 50)) make_curve(r, u);
  u->co2 = law_chance(r, 50) ? law_between(r, 0.1, 0.5) : 0;
  if (u->always) {
    *u = (plant){.always = true,
                 .on_before = true,
                 .held = NONE,
                 .capacity = u->capacity,
                 .minimum = pick(r, 0, 1),
                 .ramp = u->ramp,
                 .start_load = NONE,
                 .stop_load = NONE};
    make_curve(r, u);
  }
  u->cost = law_between(r, 1, 20);
  u->gas = law_between(r, 1.5, 3);
  if (u->always) return;
  u->on_cost = law_chance(r, 60) ? law_between(r, 0, 30) : 0;
  u->start_gas = law_chance(r, 50) ? law_between(r, 0.5, 8) : 0;
  u->start_co2 = law_chance(r, 40) ? law_between(r, 0.1, 2) : 0;
}

static instance make(uint64_t seed) {
  law_random r = {seed * 0xD1342543DE82EF95u + 7};
  instance x = {.hours = pick(&r, 3, HOURS_MAX), .n_units = pick(&r, 1, UNITS_MAX)};
  for (int t = 0; t < x.hours; t++) x.need[t] = pick(&r, 0, LOAD_MAX * x.n_units);
  x.gas_price = law_between(&r, 5, 30);
  x.co2_price = law_between(&r, 20, 90);
  x.backup = law_between(&r, 30, 150);
  for (int i = 0; i < x.n_units; i++) make_plant(&r, &x.unit[i]);
  return x;
}

/* --- As a case ------------------------------------------------------------------------------- */

static void say_classes(const plant *u, pl_string *s) {
  if (u->n_classes == 1) pl_string_printf(s, ", start cost: %.12g USD", u->start_cost[0]);
  if (u->n_classes < 2) return;
  pl_string_printf(s, ", start costs: {");
  for (int c = 0; c < u->n_classes; c++)
    pl_string_printf(s, "%s%d h: %.12g USD", c > 0 ? ", " : "", u->after[c], u->start_cost[c]);
  pl_string_printf(s, "}");
}

static void say_share(pl_string *s, const char *key, int part, int of, const char *per) {
  if (part != NONE) pl_string_printf(s, ", %s: %d / %d%s", key, part, of, per);
}

static void say_hours(pl_string *s, const char *key, int hours) {
  if (hours > 0) pl_string_printf(s, ", %s: %d h", key, hours);
}

static void say_curve(const plant *u, pl_string *s) {
  for (int i = 0; i < u->n_points; i++)
    pl_string_printf(s, "%s%d / %d: %.12g", i == 0 ? ", part load: {" : ", ", u->at[i], u->capacity,
                     u->share[i]);
  if (u->n_points > 0) pl_string_printf(s, "}");
}

static void say_plant(const plant *u, int i, pl_string *s) {
  pl_string_printf(s, "  u%d: {site: grid, runs: burn%d, capacity: %d MW", i, i, u->capacity);
  say_share(s, "minimum", u->minimum, u->capacity, "");
  say_share(s, "ramp", u->ramp, u->capacity, " / 1 h");
  say_curve(u, s);
  if (u->always) {
    pl_string_printf(s, "}\n");
    return;
  }
  pl_string_printf(s, ", on/off: yes");
  say_share(s, "start load", u->start_load, u->capacity, "");
  say_share(s, "stop load", u->stop_load, u->capacity, "");
  say_hours(s, "minimum up", u->up);
  say_hours(s, "minimum down", u->down);
  say_hours(s, "held before", u->held);
  pl_string_printf(s, ", on before: %s, cost when on: %.12g USD/h", u->on_before ? "yes" : "no",
                   u->on_cost);
  say_classes(u, s);
  if (u->start_gas > 0) pl_string_printf(s, ", start takes: {gas: %.12g MWh}", u->start_gas);
  if (u->start_co2 > 0) pl_string_printf(s, ", start emits: {co2: %.12g t}", u->start_co2);
  pl_string_printf(s, "}\n");
}

static const char *as_case(const instance *x, pl_arena *a) {
  pl_string s;
  pl_string_init(&s, a);
  pl_string_printf(&s,
                   "case: {from: 2026-01-01T00:00, to: 2026-01-01T%02d:00, step: hour}\n"
                   "parties: {p: }\nsites: {grid: {party: p, levies: {co2: %.12g USD/t}}}\n"
                   "materials: {power: MWh, gas: MWh, co2: {unit: t, emission: yes}}\nprocesses:\n",
                   x->hours - 1, x->co2_price);
  for (int i = 0; i < x->n_units; i++) {
    pl_string_printf(
        &s, "  burn%d: {makes: {power: 1 MWh}, takes: {gas: %.12g MWh}, cost: %.12g USD/MWh", i,
        x->unit[i].gas, x->unit[i].cost);
    if (x->unit[i].co2 > 0) pl_string_printf(&s, ", emits: {co2: %.12g t}", x->unit[i].co2);
    pl_string_printf(&s, "}\n");
  }
  pl_string_printf(&s, "units:\n");
  for (int i = 0; i < x->n_units; i++) say_plant(&x->unit[i], i, &s);
  pl_string_printf(&s,
                   "markets:\n  gas: {site: grid, sells: gas, price: %.12g USD/MWh}\n"
                   "  backup: {site: grid, sells: power, price: %.12g USD/MWh}\n"
                   "  need: {site: grid, buys: power, exactly: {",
                   x->gas_price, x->backup);
  for (int t = 0; t < x->hours; t++)
    pl_string_printf(&s, "%s2026-01-01T%02d:00: %d MW", t > 0 ? ", " : "", t, x->need[t]);
  pl_string_printf(&s, "}}\n");
  return s.text;
}

/* --- By counting ----------------------------------------------------------------------------- */

enum { UNKNOWN = LOAD_MAX + 1, LOADS = LOAD_MAX + 2, STATES = (LONG + 1) * (LOADS + 1) };

typedef struct {
  bool on;
  int age, load; /* hours in this state, at most LONG; UNKNOWN before the first hour */
} state;

static int number_of(state s) { return s.age * (LOADS + 1) + (s.on ? 1 + s.load : 0); }

static state state_of(int number) {
  int const rest = number % (LOADS + 1);
  return (state){rest > 0, number / (LOADS + 1), rest > 0 ? rest - 1 : 0};
}

static int larger(int a, int b) { return a > b ? a : b; }

/* Most load of a first hour on, or of a last. */
static int switch_load(const plant *u, int said) {
  if (said != NONE) return said;
  return u->ramp == NONE ? u->capacity : larger(u->minimum, u->ramp);
}

static double cost_of_start(const instance *x, const plant *u, int off) {
  double cost = u->start_gas * x->gas_price + u->start_co2 * x->co2_price;
  int class = 0;
  while (class + 1 < u->n_classes && off >= u->after[class + 1]) class ++;
  return u->n_classes > 0 ? cost + u->start_cost[class] : cost;
}

/* MW of the recipe's inputs that a load uses. */
static double use_of(const plant *u, int load) {
  int j = 0;
  if (u->n_points == 0) return load;
  while (u->at[j + 1] < load) j++;
  double const low = u->at[j] * u->share[j], high = u->at[j + 1] * u->share[j + 1];
  return low + (high - low) * (load - u->at[j]) / (u->at[j + 1] - u->at[j]);
}

/* What it costs to go from a state to a load (NONE = off); infinite where that may not be. */
static double step_cost(const instance *x, const plant *u, state from, int load) {
  bool const on = load != NONE;
  double cost = 0;
  if (on && (load < u->minimum || load > u->capacity)) return (double)INFINITY;
  if (on && from.on && u->ramp != NONE && from.load != UNKNOWN && abs(load - from.load) > u->ramp)
    return (double)INFINITY;
  if (on && !from.on) {
    if (from.age < u->down || load > switch_load(u, u->start_load)) return (double)INFINITY;
    cost += cost_of_start(x, u, from.age);
  }
  if (!on && u->always) return (double)INFINITY;
  if (!on && from.on) {
    if (from.age < u->up) return (double)INFINITY;
    if (from.load != UNKNOWN && from.load > switch_load(u, u->stop_load)) return (double)INFINITY;
  }
  if (!on) return cost;
  double const inputs = u->gas * x->gas_price + u->co2 * x->co2_price;
  return cost + u->on_cost + load * u->cost + use_of(u, load) * inputs;
}

static state next_of(state from, int load) {
  bool const on = load != NONE;
  int const age = on != from.on ? 1 : from.age < LONG ? from.age + 1 : LONG;
  return (state){on, age, on ? load : 0};
}

static state first_of(const plant *u) {
  return (state){u->on_before, u->held == NONE ? LONG : u->held, u->on_before ? UNKNOWN : 0};
}

typedef struct {
  double best[STATES][STATES];
} table;

static void clear(table *t) {
  for (int i = 0; i < STATES; i++)
    for (int j = 0; j < STATES; j++) t->best[i][j] = (double)INFINITY;
}

static void try_loads(const instance *x, int hour, int i, int j, double so_far, table *to) {
  static const plant absent = {.capacity = 0};
  const plant *one = &x->unit[0], *two = x->n_units > 1 ? &x->unit[1] : &absent;
  state const a = state_of(i), b = state_of(j);
  for (int p = NONE; p <= one->capacity; p++) {
    double const first = step_cost(x, one, a, p);
    for (int q = NONE; isfinite(first) && q <= (x->n_units > 1 ? two->capacity : NONE); q++) {
      int const rest = x->need[hour] - larger(p, 0) - larger(q, 0);
      double const second = x->n_units > 1 ? step_cost(x, two, b, q) : 0;
      if (rest < 0 || !isfinite(second)) continue;
      double *best =
          &to->best[number_of(next_of(a, p))][x->n_units > 1 ? number_of(next_of(b, q)) : j];
      *best = fmin(*best, so_far + first + second + rest * x->backup);
    }
  }
}

static double counted(const instance *x) {
  static table tables[2];
  table *now = &tables[0], *next = &tables[1];
  clear(now);
  now->best[number_of(first_of(&x->unit[0]))]
           [x->n_units > 1 ? number_of(first_of(&x->unit[1])) : 0] = 0;
  for (int t = 0; t < x->hours; t++) {
    clear(next);
    for (int i = 0; i < STATES; i++)
      for (int j = 0; j < STATES; j++)
        if (isfinite(now->best[i][j])) try_loads(x, t, i, j, now->best[i][j], next);
    table *swap = now;
    now = next;
    next = swap;
  }
  double best = (double)INFINITY;
  for (int i = 0; i < STATES; i++)
    for (int j = 0; j < STATES; j++) best = fmin(best, now->best[i][j]);
  return best;
}

/* --- Both ------------------------------------------------------------------------------------ */

static void show(const law_run *r) {
  for (int i = 0; i < pl_diag_size(r->diag); i++) {
    const pl_message *m = pl_diag_at(r->diag, i);
    printf("  %d:%d: %s\n", m->place.line, m->place.column, m->text);
  }
}

/* 1 = equal, 0 = no plan on either side, −1 = they differ. */
static int compare(uint64_t seed, bool aloud) {
  instance const x = make(seed);
  pl_arena *a = pl_arena_new();
  law_text const text = {.yaml = as_case(&x, a)};
  law_run r;
  law_read(&r, &text, NULL);
  law_solve(&r);
  double const want = counted(&x);
  bool const none = r.status == PL_INFEASIBLE && !isfinite(want);
  bool const equal = r.status == PL_OK && fabs(-r.value - want) <= 1e-6 * fmax(1, fabs(want));
  if (aloud || (!none && !equal)) {
    printf("seed %llu: planned %.9g (status %d), counted %.9g\n%s", (unsigned long long)seed,
           r.status == PL_OK ? -r.value : (double)NAN, (int)r.status, want, text.yaml);
    show(&r);
  }
  law_done(&r);
  pl_arena_free(a);
  return equal ? 1 : none ? 0 : -1;
}

int main(int argc, char **argv) {
  law_seeds const tried = law_seeds_of(argc, argv, 100);
  if (tried.show) return compare(tried.first, true) < 0;
  int equal = 0, none = 0, differ = 0;
  for (int i = 0; i < tried.count; i++) {
    int const found = compare(tried.first + (uint64_t)i, false);
    equal += found > 0;
    none += found == 0;
    differ += found < 0;
  }
  printf("%d equal, %d without a plan, %d differ\n", equal, none, differ);
  return differ > 0 || equal < tried.count / 2;
}
