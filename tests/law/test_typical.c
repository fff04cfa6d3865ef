/* Laws of typical days and of steps of different fineness, on random plants by the hour over the
 * turn of a month: test_typical [FIRST COUNT], test_typical --show SEED. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/law_run.h"

enum { DAYS = 8, HOURS = 24 * DAYS };

typedef struct {
  law_random random;
  pl_string *out;
  bool same_days; /* every day is like every other, and nothing is kept or discounted */
  bool steady;    /* prices do not change; only what is available does */
  bool by_time;   /* nothing is paid or asked for once a period, however long */
  bool
      committed; /* the plant's starts and stops, and the pots' low load, have rules of their own */
} maker;

static double between(maker *m, double low, double high) {
  return law_between(&m->random, low, high);
}
static bool chance(maker *m, int percent) { return law_chance(&m->random, percent); }

/* A quotation by the hour: a daily shape, and each day's own level and noise. */
static void say_series(maker *m, const char *name, const char *unit, double base, double swing,
                       double spread) {
  double day = 0, noise[24];
  for (int h = 0; h < 24; h++) noise[h] = between(m, -1, 1);
  pl_string_printf(m->out, "  %s: {step: hour, unit: %s, beyond: hold, values: [", name, unit);
  for (int i = 0; i < HOURS; i++) {
    if (i % 24 == 0) day = between(m, -spread, spread);
    double const other = m->same_days ? noise[i % 24] : between(m, -1, 1);
    double const x = base + swing * sin(i % 24 / 3.8) + spread * 0.3 * other;
    pl_string_printf(m->out, "%s%.4g", i ? ", " : "", x + (m->same_days ? 0 : day));
  }
  pl_string_printf(m->out, "]}\n");
}

static void say_quotations(maker *m) {
  pl_string_printf(m->out, "quotations:\n");
  say_series(m, "POWER", "EUR/MWh", 80, m->steady ? 0 : 40, m->steady ? 0 : 30);
  say_series(m, "OPEN", "\"1\"", 0.7, 0.15, 0.1);
  say_series(m, "NEED", "MW", 30, 8, 5);
}

static void say_hours(maker *m, const char *key, double most, int percent) {
  if (chance(m, percent)) pl_string_printf(m->out, ", %s: %.0f h", key, between(m, 1, most));
}

/* Times that reach over midnight, some of them over days. */
static void say_starts(maker *m) {
  double const hot = between(m, 200, 3000);
  pl_string_printf(m->out, ", minimum: 45 %%, on/off: relaxed, cost when on: 250 EUR/h");
  if (chance(m, 75))
    pl_string_printf(m->out, ", start costs: {0 h: %.4g EUR, %.0f h: %.4g EUR, %.0f h: %.4g EUR}",
                     hot, between(m, 3, 9), hot * 2, between(m, 12, 40), hot * between(m, 3, 5));
  else
    pl_string_printf(m->out, ", start cost: %.4g EUR", hot);
  say_hours(m, "minimum up", 30, 70);
  say_hours(m, "minimum down", 30, 70);
  say_hours(m, "held before", 20, 60);
  if (chance(m, 40)) pl_string_printf(m->out, ", on before: no");
  if (chance(m, 30)) pl_string_printf(m->out, ", start load: 60 %%, stop load: 50 %%");
  if (chance(m, 30)) pl_string_printf(m->out, ", start takes: {gas: 20 MWh}");
}

static void say_low_load(maker *m) {
  pl_string_printf(m->out, ", normal load: %.3g %%", between(m, 60, 95));
  say_hours(m, "longest low", 20, 70);
  pl_string_printf(m->out, ", recovery: %.0f h", between(m, 2, 40));
}

static void say_processes(maker *m) {
  pl_string_printf(m->out,
                   "processes:\n"
                   "  burn: {makes: {power: 1 MWh, heat: 0.4 MWh}, takes: {gas: 1.9 MWh}}\n"
                   "  smelt: {makes: {metal: 1 t}, takes: {power: 14 MWh}, cost: 200 EUR/t}\n"
                   "units:\n");
  pl_string_printf(m->out, "  plant: {site: here, runs: burn, capacity: %.3g MW",
                   between(m, 20, 90));
  if (chance(m, 60)) pl_string_printf(m->out, ", availability: OPEN");
  if (!m->same_days && chance(m, 60))
    pl_string_printf(m->out, ", ramp: %.3g %%/h", between(m, 5, 40));
  if (m->committed)
    say_starts(m);
  else if (!m->same_days && !m->steady && chance(m, 40))
    pl_string_printf(
        m->out, ", minimum: 40 %%, on/off: relaxed, start cost: %.4g EUR, cost when on: 90 EUR/h",
        between(m, 500, 9000));
  pl_string_printf(m->out,
                   "}\n  pots: {site: here, runs: smelt, capacity: %.3g t/h, turndown: 30 %%",
                   between(m, 1, 4));
  if (!m->same_days && chance(m, 50)) pl_string_printf(m->out, ", ramp: 10 %%/h");
  if (chance(m, 60)) pl_string_printf(m->out, ", step: hour");
  if (m->committed) say_low_load(m);
  pl_string_printf(m->out, "}\n");
}

static void say_gates(maker *m) {
  if (chance(m, 70)) pl_string_printf(m->out, ", fill: %.3g MW", between(m, 3, 20));
  if (chance(m, 70)) pl_string_printf(m->out, ", draw: %.3g MW", between(m, 3, 20));
  if (chance(m, 50)) pl_string_printf(m->out, ", fill loss: 6 %%, draw loss: 4 %%");
}

static void say_stock(maker *m, const char *keeps, double size, const char *unit, bool gates) {
  double const initial = between(m, 0.1, 0.6);
  pl_string_printf(m->out, "  of-%s: {site: here, keeps: %s, capacity: %.4g %s, initial: %.4g %s",
                   keeps, keeps, size, unit, size * initial, unit);
  if (chance(m, 50))
    pl_string_printf(m->out, ", final: %.4g %s", size * initial * between(m, 0, 1), unit);
  if (chance(m, 30)) pl_string_printf(m->out, ", minimum: %.4g %s", size * 0.05, unit);
  if (chance(m, 50)) pl_string_printf(m->out, ", loss: %.3g %%/h", between(m, 0.01, 2));
  if (chance(m, 50))
    pl_string_printf(m->out, ", cost: %.3g EUR/%s/h", between(m, 0.001, 0.1), unit);
  if (chance(m, 40))
    pl_string_printf(m->out, ", final value: %.3g EUR/%s", between(m, 5, 70), unit);
  if (gates) say_gates(m);
  pl_string_printf(m->out, "}\n");
}

static void say_stocks(maker *m, double size) {
  pl_string_printf(m->out, "stocks:\n");
  say_stock(m, "power", size * between(m, 20, 600), "MWh", true);
  say_stock(m, "heat", size * between(m, 10, 200), "MWh", false);
  if (chance(m, 60)) say_stock(m, "metal", size * between(m, 50, 900), "t", false);
}

static void say_markets(maker *m) {
  pl_string_printf(m->out,
                   "markets:\n"
                   "  gas: {site: here, sells: gas, price: %.3g EUR/MWh, up to: %.4g MWh/month}\n",
                   between(m, 15, 45), between(m, 30000, 300000));
  pl_string_printf(m->out, "  more-gas: {site: here, sells: gas, price: 70 EUR/MWh}\n"
                           "  buys: {site: here, sells: power, price: POWER + 2 EUR/MWh}\n"
                           "  town: {site: there, buys: power, price: POWER, up to: 25 MW}\n"
                           "  homes: {site: here, buys: heat, price: 20 EUR/MWh, up to: 12 MW}\n"
                           "  air: {site: here, buys: heat, price: 0 EUR/MWh}\n");
  if (chance(m, 60))
    pl_string_printf(m->out, "  grid: {site: here, buys: power, exactly: NEED, price: 90 EUR/MWh, "
                             "short at: 400 EUR/MWh}\n");
  pl_string_printf(m->out,
                   "  trade: {site: here, buys: metal, tiers: [{next: %.3g t/month, price: 2300 "
                   "EUR/t}, {price: 1500 EUR/t}]}\n",
                   between(m, 200, 3000));
}

static void say_case(maker *m, const char *power_step) {
  static const char *const steps[] = {"hour", "day", "month"};
  pl_string_printf(m->out, "case: {from: 2026-03-28, to: 2026-04-04, currency: EUR, relaxed: yes");
  if (!m->same_days && !m->steady) pl_string_printf(m->out, ", discount: 9 %%");
  pl_string_printf(m->out,
                   "}\nparties: {one: }\nsites: {here: {party: one}, there: {party: one}}\n");
  pl_string_printf(m->out,
                   "materials: {gas: {unit: MWh}, power: {unit: MWh, step: %s}, heat: {unit: MWh, "
                   "step: %s}, metal: {unit: t, step: %s}}\n",
                   power_step, power_step, m->steady ? "month" : steps[law_pick(&m->random, 3)]);
  say_processes(m);
  say_markets(m);
  pl_string_printf(
      m->out,
      "lanes: {wire: {from: here, to: there, moves: power, capacity: 20 MW, "
      "loss: 2 %%%s}}\n",
      chance(m, 40) && !m->by_time ? ", minimum when used: 3 MWh, fixed charge: 150 EUR" : "");
  if (chance(m, 50))
    pl_string_printf(m->out,
                     "limits: {little: {sums: [markets.buys], up to: [%.4g MWh/month, 30 GWh]}}\n",
                     between(m, 15000, 40000));
  say_quotations(m);
}

typedef struct {
  pl_arena *arena;
  uint64_t seed;
  bool same_days, steady, by_time, committed;
  double stocks; /* their size; 0 = of none, −1 = there are none */
  const char *step;
} request;

static const char *make(const request *q) {
  pl_string text;
  pl_string_init(&text, q->arena);
  maker m = {{q->seed}, &text, q->same_days, q->steady, q->by_time, q->committed};
  say_case(&m, q->step ? q->step : "hour");
  if (q->stocks >= 0) say_stocks(&m, q->stocks);
  return text.text;
}

/* --- Laws ------------------------------------------------------------------------------------ */

typedef struct {
  int held, broken, silent; /* silent: there is no plan to speak of */
} tally;

static void plan(law_run *r, const request *q, const char *set) {
  law_text const text = {.yaml = make(q)};
  pl_case_options const options = {.set = &set, .n_set = set ? 1 : 0};
  law_read(r, &text, &options);
  law_solve(r);
}

static void expect(tally *t, const request *q, bool holds, const char *law, const law_run *a,
                   const law_run *b) {
  t->held += holds;
  t->silent += a->status == PL_INFEASIBLE;
  t->broken += !holds;
  if (holds) return;
  printf("seed %llu: %s: %s, %.12g and %s, %.12g (of %.6g)\n", (unsigned long long)q->seed, law,
         pl_status_text(a->status), a->value, pl_status_text(b->status), b->value, a->gross);
  for (int i = 0; i < pl_diag_size(b->diag) && i < 3; i++)
    printf("    %s\n", pl_diag_at(b->diag, i)->text);
}

static bool same(const law_run *a, const law_run *b) {
  if (a->status != b->status) return false;
  return a->status == PL_INFEASIBLE ||
         (a->status == PL_OK && fabs(a->value - b->value) <= 1e-7 * fmax(a->gross, b->gross));
}

static void expect_equal(tally *t, const request *a, const char *set_a, const request *b,
                         const char *set_b, const char *law) {
  law_run x, y;
  plan(&x, a, set_a);
  plan(&y, b, set_b);
  expect(t, a, same(&x, &y), law, &x, &y);
  law_done(&x);
  law_done(&y);
}

static void law_all_kept(tally *t, const request *q) {
  expect_equal(t, q, NULL, q, "case.typical days=31", "all days kept");
  expect_equal(t, q, NULL, q, "case.typical weeks=5", "all weeks kept");
}

/* A plan of typical days passes the audit, which goes through every real day, and its money is that
 * of the objective. */
static void law_sound(tally *t, const request *q) {
  static const char *const sets[] = {"case.typical days=1", "case.typical days=2",
                                     "case.typical days=3", "case.typical weeks=1"};
  for (int i = 0; i < 4; i++) {
    law_run r;
    plan(&r, q, sets[i]);
    bool const sound =
        r.status == PL_INFEASIBLE ||
        (r.status == PL_OK && fabs(r.schedule->present_total - r.value) <= 1e-9 * r.gross);
    expect(t, q, sound, sets[i], &r, &r);
    law_done(&r);
  }
}

/* The same two laws where what was switched when decides what may be done on later days. */
static void law_committed(tally *t, const request *q) {
  request r = *q;
  r.committed = true;
  r.stocks = -1;
  law_all_kept(t, &r);
  law_sound(t, &r);
}

/* Where every day is like every other, one stands for all. */
static void law_same_days(tally *t, const request *q) {
  request r = *q;
  r.same_days = true;
  r.stocks = -1;
  expect_equal(t, &r, NULL, &r, "case.typical days=1", "days alike");
}

static void law_no_size(tally *t, const request *q) {
  request none = *q, empty = *q;
  none.stocks = -1;
  empty.stocks = 0;
  expect_equal(t, &none, NULL, &empty, NULL, "stocks of no size");
  expect_equal(t, &none, "case.typical days=2", &empty, "case.typical days=2",
               "stocks of no size behind typical days");
}

/* Goods that need balance only over the day, or the month, leave more room than by the hour, as
 * long as no price changes within. */
static void law_coarser(tally *t, const request *q) {
  static const char *const steps[] = {"hour", "day", "month"};
  request r = *q;
  r.steady = true;
  r.stocks = -1;
  law_run finer, coarser;
  r.step = steps[0];
  plan(&finer, &r, NULL);
  for (int i = 1; i < 3; i++) {
    r.step = steps[i];
    plan(&coarser, &r, NULL);
    bool const more =
        finer.status == PL_INFEASIBLE || (coarser.status == PL_OK && finer.status == PL_OK &&
                                          coarser.value >= finer.value - 1e-7 * finer.gross);
    expect(t, &r, more, "a coarser step leaves more room", &finer, &coarser);
    law_done(&finer);
    finer = coarser;
  }
  law_done(&finer);
}

/* Within the hour nothing changes: cutting it in four changes nothing. */
static void law_quarters(tally *t, const request *q) {
  request r = *q;
  r.stocks = -1;
  r.by_time = true;
  request fine = r;
  fine.step = "quarter-hour";
  r.steady = fine.steady = true; /* metal by the month: no ramp of an hourly unit is cut */
  expect_equal(t, &r, "units.plant.ramp=~", &fine, "units.plant.ramp=~", "quarter-hours");
}

static const struct {
  const char *name;
  void (*check)(tally *, const request *);
} laws[] = {
    {"all days kept are the full time", law_all_kept},
    {"typical days pass the audit of every day", law_sound},
    {"starts and stops over midnight", law_committed},
    {"of days alike one stands for all", law_same_days},
    {"stocks of no size are none", law_no_size},
    {"coarser steps leave more room", law_coarser},
    {"quarter-hours alike are hours", law_quarters},
};
enum { LAWS = sizeof laws / sizeof *laws };

int main(int argc, char **argv) {
  (void)setvbuf(stdout, NULL, _IOLBF, 0);
  pl_arena *a = pl_arena_new();
  bool const show = argc == 3 && !strcmp(argv[1], "--show");
  uint64_t const first = argc > 1 ? strtoull(argv[show ? 2 : 1], NULL, 10) : 1;
  int const count = argc > 2 && !show ? (int)strtol(argv[2], NULL, 10) : 8;
  if (show) printf("%s", make(&(request){.arena = a, .seed = first, .stocks = 1}));
  tally t[LAWS] = {{0}};
  int held = 0, broken = 0, silent = 0;
  for (int i = 0; i < count && !show; i++)
    for (int k = 0; k < LAWS; k++) {
      request const q = {.arena = a, .seed = first + (uint64_t)i, .stocks = 1};
      laws[k].check(&t[k], &q);
      pl_arena_reset(a);
    }
  for (int k = 0; k < LAWS && !show; k++) {
    printf("%-42s %6d held %4d broken\n", laws[k].name, t[k].held, t[k].broken);
    held += t[k].held;
    broken += t[k].broken;
    silent += t[k].silent;
  }
  bool const weak = silent * 5 > held;
  if (!show) printf("%d passed, %d of them without a plan, %d failed\n", held, silent, broken);
  pl_arena_free(a);
  return broken > 0 || weak;
}
