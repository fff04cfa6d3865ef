/* What is said of hours, on a case small enough to reckon by hand: two days, one in each of two
 * years, with the same prices 10 h − 20 USD/MWh in hour h of the day. The grid always sells some
 * power, so that power is worth what the grid asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "diagnose/elastic.h"
#include "explain/explain.h"
#include "explain/hours.h"
#include "fixture/case.h"

typedef case_run fixture;

enum { DAYS = 2, HOURS = 24 };

static double price(int hour) { return 10.0 * hour - 20; }

static const char *prices(pl_arena *a) {
  pl_string out;
  pl_string_init(&out, a);
  for (int h = 0; h < DAYS * HOURS; h++)
    pl_string_printf(&out, "%s%g", h ? ", " : "", price(h % HOURS));
  return out.text;
}

static fixture solve(fixture f, const char *text) {
  case_read(&f, "case.yaml", text, NULL);
  must(&f, pl_program_build(f.c, &f.program, f.diag));
  must(&f, case_solve(&f));
  return f;
}

/* plant, line, store: more fields of the units and the stock. */
static fixture solved(const char *plant, const char *line, const char *store) {
  fixture f = case_begin();
  const char *text =
      pl_arena_printf(f.arena,
                      "case: {from: 2026-12-31, to: 2027-01-01, step: day}\n"
                      "parties: {one: }\n"
                      "sites: {works: {party: one}}\n"
                      "materials: {power: {unit: MWh, step: hour}, gas: MWh, metal: t}\n"
                      "quotations:\n"
                      "  POWER: {unit: USD/MWh, step: hour, values: [%s]}\n"
                      "processes:\n"
                      "  burn: {makes: {power: 1 MWh}, takes: {gas: 2 MWh}, cost: 5 USD/MWh}\n"
                      "  smelt: {makes: {metal: 1 t}, takes: {power: 10 MWh}}\n"
                      "units:\n"
                      "  plant: {site: works, runs: burn, %s}\n"
                      "  potline: {site: works, runs: smelt, step: hour, %s}\n"
                      "stocks:\n"
                      "  battery: {site: works, keeps: power, initial: 0 MWh, final: 0 MWh, %s}\n"
                      "markets:\n"
                      "  grid: {site: works, sells: power, price: POWER}\n"
                      "  gas: {site: works, sells: gas, price: 25 USD/MWh}\n"
                      "  quota: {site: works, buys: metal, price: 5000 USD/t, exactly: 178 t/d}\n",
                      prices(f.arena), plant, line, store);
  return solve(f, text);
}

static const char plant[] = "capacity: 30 MW", potline[] = "capacity: 10 t/h, minimum: 50 %";
static const char battery[] = "capacity: 20 MWh, fill: 10 MW, draw: 10 MW, draw loss: 10 %";

static void near(double want, double got) {
  if (!(fabs(got - want) <= 1e-6 * fmax(1, fabs(want))))
    fail_msg("want %.12g, got %.12g", want, got);
}

static const pl_unit_hours *unit_named(const fixture *f, const char *name) {
  pl_unit_hours *list = NULL;
  int const n = pl_explain_unit_hours(f->schedule, f->arena, &list);
  for (int i = 0; i < n; i++)
    if (strcmp(f->c->units[list[i].unit].name, name) == 0) return &list[i];
  fail_msg("no unit '%s' by the hour", name);
  return NULL;
}

/* It makes for 55 what is worth 60 and more from hour 8 on. */
static void plant_runs_while_power_is_dear(void **state) {
  (void)state;
  fixture f = solved(plant, potline, battery);
  const pl_unit_hours *u = unit_named(&f, "plant");
  double earned = 0;
  for (int h = 8; h < HOURS; h++) earned += 30 * (price(h) - 55);
  assert_string_equal("MWh", u->measure);
  assert_int_equal(-1, u->load_of);
  for (int y = 0; y < DAYS; y++) {
    near(24, u->year[y].hours);
    near(16, u->year[y].run);
    near(16, u->year[y].full);
    near(0, u->year[y].low);
    near(0, u->year[y].marginal);
    near(16, u->year[y].dearer);
    near(1, u->year[y].starts);
    near(16 * 30, u->year[y].load);
    near(24 * 30, u->year[y].most);
    near(16 * 30, u->year[y].most_on);
    near(earned, u->year[y].earned);
    near(0, u->year[y].starts_cost);
    near(earned / 30, u->year[y].capacity_worth);
    near(0, u->year[y].ramp_worth);
    near(16 * 30, u->made[y * f.c->n_materials]);
    near(16 * 60, u->taken[y * f.c->n_materials + 1]);
  }
  near(2 * earned, u->year[DAYS].earned);
  near(2 * 16 * 60, u->taken[DAYS * f.c->n_materials + 1]);
  done(&f);
}

/* 178 t a day: full in the eleven cheapest hours, 8 t in the twelfth, at its least in the rest. One
 * more tonne takes 10 MWh at hour 11's 90 USD. */
static void potline_is_flexible(void **state) {
  (void)state;
  fixture f = solved(plant, potline, battery);
  const pl_unit_hours *u = unit_named(&f, "potline");
  double paid = 0, all = 0, more = 0, lower = 0;
  for (int h = 0; h < HOURS; h++) {
    paid += price(h) * (h < 11 ? 100 : h == 11 ? 80 : 50);
    all += price(h);
    if (h < 11) more += 900 - 10 * price(h);
    if (h > 11) lower += 10 * price(h) - 900;
  }
  assert_int_equal(0, u->load_of);
  for (int y = 0; y < DAYS; y++) {
    near(24, u->year[y].run);
    near(0, u->year[y].starts);
    near(11, u->year[y].full);
    near(12, u->year[y].low);
    near(1, u->year[y].marginal);
    near(178, u->year[y].load);
    near(1780, u->year[y].taken);
    near(paid, u->year[y].paid);
    near(1780.0 / 24 * all, u->year[y].even);
    near(lower, u->year[y].turndown_worth);
    near(more - 0.5 * lower, u->year[y].capacity_worth);
  }
  done(&f);
}

/* Two cheap hours in, 20 MWh; 18 MWh come out, 10 in the dearest hour and 8 in the one before. */
static void battery_earns_the_spread(void **state) {
  (void)state;
  fixture f = solved(plant, potline, battery);
  pl_stock_hours *s = NULL;
  assert_int_equal(1, pl_explain_stock_hours(f.schedule, f.arena, &s));
  for (int y = 0; y < DAYS; y++) {
    near(20, s->year[y].in);
    near(18, s->year[y].out);
    near(2, s->year[y].filling);
    near(2, s->year[y].drawing);
    near(10 * (price(0) + price(1)), s->year[y].cost);
    near(8 * price(22) + 10 * price(23), s->year[y].earned);
    near(0.9, s->year[y].cycles);
    near(0.9 * price(22) - price(2), s->year[y].capacity_worth); /* filled in hour 2 */
    near(price(23) - price(22), s->year[y].draw_worth);
    near(2 * price(2) - price(0) - price(1), s->year[y].fill_worth);
  }
  done(&f);
}

static void few_hours_are_read_one_by_one(void **state) {
  (void)state;
  fixture f = solved(plant, potline, battery);
  pl_value_hours *x = NULL;
  int const n = pl_explain_value_hours(f.schedule, f.arena, &x);
  assert_int_equal(0, n); /* two days are short enough to read */
  done(&f);
}

/* Four weeks of the same day, two in each of two years: load 5 h + 2 MW in hour h, the plant to 40
 * MW, the grid to 100 MW, above that what is dear. */
enum { PLANT, GRID, DEAR, WEEKS = 28 };
static const char weeks_head[] =
    "case: {from: 2026-12-18, to: 2027-01-14, step: day, discount: 50 %}\n"
    "parties: {one: }\n"
    "sites: {works: {party: one}}\n"
    "materials: {power: {unit: MWh, step: hour}}\n";
static const char weeks_rest[] =
    "processes: {burn: {makes: {power: 1 MWh}, cost: 20 USD/MWh}}\n"
    "units: {plant: {site: works, runs: burn, capacity: 40 MW}}\n"
    "markets:\n"
    "  grid: {site: works, sells: power, price: 30 USD/MWh, up to: 60 MW}\n"
    "  dear: {site: works, sells: power, price: 90 USD/MWh}\n"
    "  town: {site: works, buys: power, exactly: LOAD}\n";

static fixture weeks(void) {
  fixture f = case_begin();
  pl_string text;
  pl_string_init(&text, f.arena);
  pl_string_printf(&text, "%squotations:\n  LOAD: {unit: MW, step: hour, values: [", weeks_head);
  for (int h = 0; h < WEEKS * HOURS; h++)
    pl_string_printf(&text, "%s%d", h ? ", " : "", h % HOURS * 5 + 2);
  pl_string_printf(&text, "]}\n%s", weeks_rest);
  return solve(f, text.text);
}

static void hours_are_counted_by_what_sets_the_value(void **state) {
  (void)state;
  static const double value[] = {20, 30, 90}, hours[] = {8, 12, 4}; /* of a day */
  static const char *const name[] = {"units.plant", "markets.grid", "markets.dear"};
  fixture f = weeks();
  pl_value_hours *x = NULL;
  assert_int_equal(1, pl_explain_value_hours(f.schedule, f.arena, &x));
  assert_int_equal(3, x->n_setters);
  static const int order[] = {GRID, PLANT, DEAR}; /* most hours first */
  for (int i = 0; i < x->n_setters; i++) {
    int const k = order[i];
    if (!strstr(x->setter[i].reason, name[k])) fail_msg("%d: %s", i, x->setter[i].reason);
    near(value[k], x->setter[i].value);
    near(WEEKS * hours[k], x->setter[i].hours);
  }
  for (int y = 0; y <= 2; y++) {
    near((y < 2 ? 14 : 28) * 24, x->year[y].hours);
    near(20, x->year[y].least);
    near(20, x->year[y].p5);
    near(30, x->year[y].p50);
    near(90, x->year[y].p95);
    near(90, x->year[y].most);
    near(0, x->year[y].not_above_zero);
    near((20 * 8 + 30 * 12 + 90 * 4) / 24.0, x->year[y].mean);
  }
  int const december = 11 * PL_CLOCK_HOURS;
  near(90, x->clock_mean[december + 23]);
  near(20, x->clock_mean[3]);
  near(14, x->clock_hours[12]);
  near(14, x->clock_hours[december + 12]);
  near(0, x->clock_hours[PL_CLOCK_HOURS + 12]); /* February */
  done(&f);
}

static void money_of_later_years_is_not_discounted(void **state) {
  (void)state;
  fixture f = weeks();
  const pl_unit_hours *u = unit_named(&f, "plant");
  for (int y = 0; y < 2; y++) {
    near(14 * 40 * (12 * 10 + 4 * 70), u->year[y].earned);
    near(14 * (12 * 10 + 4 * 70), u->year[y].capacity_worth);
    near(14 * 24, u->year[y].run);
    near(14 * 16, u->year[y].dearer);
    near(14 * 8, u->year[y].marginal);
  }
  done(&f);
}

/* The grid is full from 20:00 on, and sells each MW more for 30 that costs 90. */
static void bottlenecks_count_hours(void **state) {
  (void)state;
  fixture f = weeks();
  pl_bottleneck list[8];
  int const n = pl_explain_bottlenecks(f.schedule, 8, list, f.arena);
  const pl_bottleneck *grid = NULL;
  for (int i = 0; i < n; i++)
    if (strstr(list[i].what, "markets.grid")) grid = &list[i];
  assert_non_null(grid);
  assert_string_equal("MW", grid->unit);
  near(WEEKS * 4, grid->hours);
  near(60 * grid->hours / (WEEKS * 24 / 8766.0), grid->yearly);
  double worth = 0;
  for (int h = 0; h < WEEKS * HOURS; h++)
    if (h % HOURS >= 20) worth += 60 * pow(1.5, -(h + 0.5) / 24 / 365);
  near(worth, grid->worth);
  if (!strstr(grid->what, "in 112 of 672 h, three quarters of them from 20:00 to 23:00"))
    fail_msg("%s", grid->what);
  done(&f);
}

/* On and off as decided, with what that costs. */
static void starts_are_counted_and_paid(void **state) {
  (void)state;
  fixture f = solved("capacity: 30 MW, on/off: yes, minimum: 40 %, start cost: 1 kUSD, cost when "
                     "on: 10 USD/h, on before: no",
                     potline, battery);
  const pl_unit_hours *u = unit_named(&f, "plant");
  double earned = -1000;
  for (int h = 8; h < HOURS; h++) earned += 30 * (price(h) - 55) - 10;
  for (int y = 0; y < DAYS; y++) {
    near(16, u->year[y].run);
    near(1, u->year[y].starts);
    near(1160, u->year[y].starts_cost);
    near(earned, u->year[y].earned);
    near((earned + 1160) / 30, u->year[y].capacity_worth);
  }
  done(&f);
}

static double present(const char *with_plant, const char *with_line) {
  fixture f = solved(with_plant, with_line, battery);
  double const x = f.schedule->present_total;
  done(&f);
  return x;
}

/* One more is worth what a plan with a little more earns, with everything that hangs on it. */
static void worth_is_what_more_would_earn(void **state) {
  (void)state;
  static const char ramped[] = "capacity: 30 MW, minimum: 20 %, ramp: 10 %/h";
  static const char line[] = "capacity: 10 t/h, minimum: 50 %, ramp: 6 %/h";
  fixture f = solved(ramped, line, battery);
  const pl_unit_hours *u = unit_named(&f, "plant"), *p = unit_named(&f, "potline");
  double const now = f.schedule->present_total, little = 1e-3;
  struct {
    const char *plant, *line;
    const pl_unit_hours *of;
    size_t member;
    double step;
  } const more[] = {
      {"capacity: 30.001 MW, minimum: 20 %, ramp: 10 %/h", line, u,
       offsetof(pl_unit_year, capacity_worth), little},
      {"capacity: 30 MW, minimum: 20 %, ramp: 10.01 %/h", line, u,
       offsetof(pl_unit_year, ramp_worth), 30 * 1e-4},
      {"capacity: 30 MW, minimum: 19.99 %, ramp: 10 %/h", line, u,
       offsetof(pl_unit_year, turndown_worth), 30 * 1e-4},
      {ramped, "capacity: 10.001 t/h, minimum: 50 %, ramp: 6 %/h", p,
       offsetof(pl_unit_year, capacity_worth), little},
      {ramped, "capacity: 10 t/h, minimum: 50 %, ramp: 6.01 %/h", p,
       offsetof(pl_unit_year, ramp_worth), 10 * 1e-4},
      {ramped, "capacity: 10 t/h, turndown: 50.01 %, ramp: 6 %/h", p,
       offsetof(pl_unit_year, turndown_worth), 10 * 1e-4},
  };
  for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
    double const want = (present(more[i].plant, more[i].line) - now) / more[i].step;
    double const got = *(const double *)((const char *)&more[i].of->year[DAYS] + more[i].member);
    if (!(fabs(want - got) <= 1e-3 * fmax(1, fabs(want))))
      fail_msg("%zu: a plan with more earns %.9g, said %.9g", i, want, got);
  }
  done(&f);
}

/* Eight days of two sorts as two typical ones: the first hours of each follow several others, in
 * which the plant may be on or off. */
static fixture switched(const char *ramp) {
  static const double low[] = {35, 30, 25, 20, 30, 40, 60, 70, 80, 90, 95, 90,
                               85, 80, 75, 80, 90, 99, 97, 90, 80, 70, 69, 68};
  fixture f = case_begin();
  pl_string out;
  pl_string_init(&out, f.arena);
  for (int h = 0; h < 8 * HOURS; h++) {
    bool const dear = h / HOURS % 3 == 2;
    pl_string_printf(&out, "%s%g", h ? ", " : "",
                     dear ? 110 - low[h % HOURS] / 2 + h % 5 : low[h % HOURS]);
  }
  return solve(
      f, pl_arena_printf(f.arena,
                         "case: {from: 2026-01-01, to: 2026-01-08, step: day, typical days: 2}\n"
                         "parties: {one: }\n"
                         "sites: {works: {party: one}}\n"
                         "materials: {power: {unit: MWh, step: hour}, gas: MWh}\n"
                         "quotations: {POWER: {unit: USD/MWh, step: hour, values: [%s]}}\n"
                         "processes: {burn: {makes: {power: 1 MWh}, takes: {gas: 2 MWh}}}\n"
                         "units:\n"
                         "  plant: {site: works, runs: burn, capacity: 30 MW, minimum: 20 %%,\n"
                         "    on/off: yes, start cost: 300 USD, ramp: %s %%/h, start load: 40 %%,\n"
                         "    stop load: 45 %%}\n"
                         "markets:\n"
                         "  grid: {site: works, buys: power, price: POWER}\n"
                         "  gas: {site: works, sells: gas, price: 27 USD/MWh}\n",
                         out.text, ramp));
}

static void a_ramp_is_worth_what_it_would_earn_on_typical_days(void **state) {
  (void)state;
  fixture f = switched("12"), wider = switched("12.001");
  const pl_unit_hours *u = unit_named(&f, "plant");
  double sum = 0;
  bool over_midnight = false;
  for (int y = 0; y < f.schedule->n_years; y++) sum += u->year[y].ramp_worth;
  for (int i = 0; i < f.program->n_row_blocks; i++) {
    const pl_block *b = &f.program->rows[i];
    for (int v = 0; v < b->count; v += HOURS)
      if (b->kind == PL_ROW_RAMP_UP || b->kind == PL_ROW_RAMP_DOWN)
        over_midnight |= fabs(f.solution->row_dual[b->first + v]) > 1;
  }
  assert_true(over_midnight); /* else this would say nothing */
  double const want = (wider.schedule->present_total - f.schedule->present_total) / (30 * 1e-5);
  if (!(fabs(want - sum) <= 1e-3 * fmax(1, fabs(want))))
    fail_msg("a wider ramp earns %.9g, said %.9g", want, sum);
  done(&f);
  done(&wider);
}

/* One day, free to buy gas and to sell power and reserve. */
static fixture grown(double capacity, const char *fields, const char *more) {
  fixture f = case_begin();
  return solve(
      f, pl_arena_printf(f.arena,
                         "case: {from: 2026-12-31, to: 2026-12-31, step: day}\n"
                         "parties: {one: }\n"
                         "sites: {works: {party: one}}\n"
                         "materials:\n"
                         "  power: {unit: MWh, step: hour}\n"
                         "  gas: MWh\n"
                         "  afrr-up: {unit: MWh, step: hour}\n"
                         "quotations:\n"
                         "  POWER: {unit: USD/MWh, step: hour, values: [%s]}\n"
                         "processes:\n"
                         "  burn: {makes: {power: 1 MWh}, takes: {gas: 2 MWh}, cost: 5.3 USD/MWh}\n"
                         "units:\n"
                         "  plant: {site: works, runs: burn, capacity: %.12g MW%s}\n"
                         "markets:\n"
                         "  grid: {site: works, buys: power, price: POWER}\n"
                         "  tso: {site: works, buys: afrr-up, price: 13 USD/MWh}\n"
                         "  gas: {site: works, sells: gas, price: 25 USD/MWh}\n%s",
                         prices(f.arena), capacity, fields, more));
}

#define RISING  ", part load: {40 %: 106 %, 70 %: 101 %, 100 %: 100 %}"
#define FALLING ", part load: {40 %: 100 %, 70 %: 112 %, 100 %: 104 %}"

/* What is a share of the capacity grows with it, whatever rules it stands in. */
static void shares_of_a_capacity_grow_with_it(void **state) {
  (void)state;
  static const char *const on[] = {"", ", on/off: yes, on before: no, start cost: 3 kUSD",
                                   ", on/off: relaxed, on before: no, start cost: 3 kUSD"};
  static const char *const fields[] = {
      "",
      ", minimum: 40 %",
      ", minimum: 40 %" RISING,
      ", minimum: 40 %, ramp: 7 %/h",
      ", minimum: 40 %, ramp: 7 %/h" RISING,
      ", minimum: 40 %, ramp: 7 %/h" FALLING,
      ", minimum: 40 %, availability: 90 %, normal load: 70 %, low hours: 5 h/day" RISING,
      ", minimum: 40 %, room above: {afrr-up: 90 %}, reserve most: {afrr-up: 15 %}" RISING,
  };
  static const char *const more[] = {
      "", "outages: {check: {unit: plant, lasts: 3 h, step: hour, share: 30 %}}\n"};
  double const capacity = 30, little = 0.001 * capacity;
  for (size_t o = 0; o < 3; o++)
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
      for (size_t m = 0; m < 2; m++) {
        char with[300];
        snprintf(with, sizeof with, "%s%s", on[o], fields[i]);
        fixture a = grown(capacity, with, more[m]), b = grown(capacity + little, with, more[m]);
        double const want = (b.schedule->present_total - a.schedule->present_total) / little;
        double const got = unit_named(&a, "plant")->year[1].capacity_worth;
        if (!(fabs(want - got) <= 1e-4 * fmax(1, fabs(want))))
          fail_msg("%s %s: a plan with more earns %.9g, said %.9g", with, more[m], want, got);
        done(&a);
        done(&b);
      }
}

/* Four weeks in which the plant and the grid are too small: by the load of one evening, or of every
 * evening, which a battery can carry over for a while. */
static fixture too_small(const char *load, const char *more) {
  fixture f = {.diag = pl_diag_new(), .files = pl_files_new(NULL, 0), .arena = pl_arena_new()};
  pl_string text;
  pl_string_init(&text, f.arena);
  pl_string_printf(&text, "%squotations:\n  LOAD: {unit: MW, step: hour, values: [", weeks_head);
  for (int h = 0; h < WEEKS * HOURS; h++)
    pl_string_printf(&text, "%s%d", h ? ", " : "",
                     60 + h % HOURS +
                         (*load == 'o' && h / HOURS != 16 ? 0
                          : h % HOURS > 15                ? 60
                                                          : 0) +
                         (h / HOURS == 3 ? 7 : 0));
  pl_string_printf(&text,
                   "]}\nprocesses: {burn: {makes: {power: 1 MWh}, cost: 20 USD/MWh}}\n"
                   "units: {plant: {site: works, runs: burn, capacity: 40 MW, ramp: 30 %%/h}}\n"
                   "stocks: {battery: {site: works, keeps: power, capacity: 90 MWh, fill: 25 MW, "
                   "draw: 20 MW, draw loss: 10 %%}}\n"
                   "markets:\n"
                   "  grid: {site: works, sells: power, price: 30 USD/MWh, up to: 60 MW}\n"
                   "  town: {site: works, buys: power, exactly: LOAD}\n%s",
                   more);
  case_read(&f, "case.yaml", text.text, NULL);
  must(&f, pl_program_build(f.c, &f.program, f.diag));
  return f;
}

static double cheapest(const fixture *f, pl_elastic_way way) {
  pl_elastic e;
  double cost = 0;
  assert_int_equal(PL_OK, pl_elastic_solve(f->program, way, false, NULL, f->arena, &e, f->diag));
  if (way == PL_ELASTIC_WHOLE) return e.answer->objective;
  for (int i = 0; i < e.n_numbers; i++) cost += e.number[i].cost * e.number[i].change;
  assert_true(cost > 0); /* found by parts, not as a whole after all */
  for (int i = 0; i < e.n_sides;
       i++) /* no slice breaks its bound by more than the number's change */
    for (int v = 0; v < e.sides[i].block->count; v++)
      if (e.sides[i].slack[v] >= 0)
        assert_true(pl_elastic_given(&e, &e.sides[i], v) <=
                    (e.number[e.sides[i].number[v]].change / e.typical + 1e-5) *
                        pl_elastic_weight(&e, &e.sides[i], v));
  return cost;
}

/* The changes found by parts cost what those of the whole do. */
static void parts_ask_what_the_whole_asks(void **state) {
  (void)state;
  static const char *const load[] = {"one evening", "every evening"};
  static const char *const more[] = {
      "", "limits: {sum: {sums: [markets.grid], up to: 38 GWh}}\n",
      "limits: {sum: {sums: [markets.grid], up to: [1420 MWh/day, 9.5 GWh/week]}}\n"};
  for (size_t i = 0; i < 2; i++)
    for (size_t k = 0; k < sizeof more / sizeof *more; k++) {
      fixture f = too_small(load[i], more[k]);
      double const whole = cheapest(&f, PL_ELASTIC_WHOLE), parts = cheapest(&f, PL_ELASTIC_PARTS);
      if (!(fabs(whole - parts) <= 1e-4 * whole))
        fail_msg("%s, %zu: whole %.9g, parts %.9g", load[i], k, whole, parts);
      done(&f);
    }
}

static void expect_within(double low, double value, double high, double size) {
  double const room = 1e-6 * fmax(1, size);
  if (value < low - room || value > high + room) fail_msg("%g in [%g, %g]", value, low, high);
}

/* What is a plan by the hour is, added up, one by the month: 48 hours of two months are far fewer
 * rows, and hold. */
static void months_ask_no_more_than_hours(void **state) {
  (void)state;
  fixture f = solved(plant, potline, battery);
  const pl_lp *lp = &f.program->lp;
  pl_coarse c;
  assert_true(pl_coarse_make(f.program, f.arena, &c));
  assert_true(c.lp.n_rows < lp->n_rows / 6);
  pl_lp *b = &c.lp;
  size_t const n = (size_t)b->n_cols + 1, m = (size_t)b->n_rows + 1;
  b->lower = PL_NEW_ARRAY(f.arena, double, n);
  b->upper = PL_NEW_ARRAY(f.arena, double, n);
  b->row_lower = PL_NEW_ARRAY(f.arena, double, m);
  b->row_upper = PL_NEW_ARRAY(f.arena, double, m);
  pl_coarse_bound(&c, lp, b);
  double *x = PL_NEW_ARRAY(f.arena, double, n), *row = PL_NEW_ARRAY(f.arena, double, m),
         *size = PL_NEW_ARRAY(f.arena, double, m);
  for (int j = 0; j < lp->n_cols; j++)
    if (c.column[j] >= 0) x[c.column[j]] += f.solution->col_value[j];
  for (int j = 0; j < b->n_cols; j++) {
    expect_within(b->lower[j], x[j], b->upper[j], fabs(x[j]));
    for (int k = b->start[j]; k < b->start[j + 1]; k++) {
      row[b->index[k]] += b->value[k] * x[j];
      size[b->index[k]] += fabs(b->value[k] * x[j]);
    }
  }
  for (int i = 0; i < b->n_rows; i++)
    expect_within(b->row_lower[i], row[i], b->row_upper[i], size[i]);
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plant_runs_while_power_is_dear),
      cmocka_unit_test(potline_is_flexible),
      cmocka_unit_test(battery_earns_the_spread),
      cmocka_unit_test(few_hours_are_read_one_by_one),
      cmocka_unit_test(hours_are_counted_by_what_sets_the_value),
      cmocka_unit_test(money_of_later_years_is_not_discounted),
      cmocka_unit_test(bottlenecks_count_hours),
      cmocka_unit_test(starts_are_counted_and_paid),
      cmocka_unit_test(worth_is_what_more_would_earn),
      cmocka_unit_test(a_ramp_is_worth_what_it_would_earn_on_typical_days),
      cmocka_unit_test(shares_of_a_capacity_grow_with_it),
      cmocka_unit_test(parts_ask_what_the_whole_asks),
      cmocka_unit_test(months_ask_no_more_than_hours),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
