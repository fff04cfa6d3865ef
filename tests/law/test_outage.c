/* Outages placed by the product and by trying every begin: test_outage [FIRST COUNT]. One plant
 * sells by the day at random prices, some below its cost; what a begin costs is reckoned here day
 * by day. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "law/law_run.h"
#include "law/law_seeds.h"

enum { DAYS_MAX = 14 };

typedef struct {
  int days, first, last; /* the window: days [first, last] */
  int hours;             /* that it lasts */
  bool on_off;
  double price[DAYS_MAX], fee[DAYS_MAX], minimum, share, cost, capacity; /* MW */
} instance;

static instance make(uint64_t seed) {
  law_random r = {seed * 0xD1342543DE82EF95u + 11};
  instance x = {.days = 5 + law_pick(&r, DAYS_MAX - 4), .on_off = law_chance(&r, 40)};
  for (int d = 0; d < x.days; d++) x.price[d] = law_between(&r, -20, 120);
  for (int d = 0; d < x.days; d++) x.fee[d] = law_between(&r, 0, 20000);
  x.hours = law_chance(&r, 50) ? 24 * (1 + law_pick(&r, 3)) : 12 + law_pick(&r, 60);
  x.first = law_pick(&r, x.days - 3);
  x.last = x.first + (x.hours - 1) / 24 + law_pick(&r, x.days - x.first - (x.hours - 1) / 24);
  if (x.last >= x.days) x.last = x.days - 1;
  x.minimum = law_between(&r, 0, 0.8);
  x.share = law_chance(&r, 60) ? 1 : law_between(&r, 0.2, 0.9);
  x.cost = law_between(&r, 10, 60);
  x.capacity = law_between(&r, 50, 500);
  return x;
}

static const char *as_case(const instance *x, pl_arena *a) {
  pl_string s;
  pl_string_init(&s, a);
  pl_string_printf(
      &s,
      "case: {from: 2026-03-01, to: 2026-03-%02d, step: day}\nparties: {p: }\n"
      "sites: {grid: p}\nmaterials: {power: MWh}\n"
      "processes: {burn: {makes: {power: 1 MWh}, cost: %.12g USD/MWh}}\n"
      "units: {u: {site: grid, runs: burn, capacity: %.12g MW, minimum: %.12g%s}}\n"
      "outages: {stop: {unit: u, lasts: %d h, from: 2026-03-%02d, to: 2026-03-%02d, "
      "share: %.12g, cost: FEE}}\n"
      "markets: {sale: {site: grid, buys: power, price: P}}\nquotations:\n  P: {values: [",
      x->days, x->cost, x->capacity, x->minimum, x->on_off ? ", on/off: yes" : "", x->hours,
      x->first + 1, x->last + 1, x->share);
  for (int d = 0; d < x->days; d++)
    pl_string_printf(&s, "%s%.12g USD/MWh", d > 0 ? ", " : "", x->price[d]);
  pl_string_printf(&s, "]}\n  FEE: {values: [");
  for (int d = 0; d < x->days; d++)
    pl_string_printf(&s, "%s%.12g USD", d > 0 ? ", " : "", x->fee[d]);
  pl_string_printf(&s, "]}\n");
  return s.text;
}

/* What a day earns with a share of its capacity out: all that is left, or the least of it, or
 * nothing where it may be off. */
static double day_of(const instance *x, int d, double out) {
  double const margin = (x->price[d] - x->cost) * x->capacity * 24 * (1 - out);
  if (margin > 0) return margin;
  return x->on_off ? 0 : margin * x->minimum;
}

static double counted(const instance *x) {
  double best = -(double)INFINITY;
  for (int begin = 24 * x->first; begin + x->hours <= 24 * (x->last + 1); begin += 24) {
    double sum = -x->fee[begin / 24];
    for (int d = 0; d < x->days; d++) {
      double const from = fmax(begin, 24 * d), to = fmin(begin + x->hours, 24 * (d + 1));
      sum += day_of(x, d, x->share * fmax(0, to - from) / 24);
    }
    best = fmax(best, sum);
  }
  return best;
}

static bool is_equal(uint64_t seed) {
  instance const x = make(seed);
  pl_arena *a = pl_arena_new();
  law_text const text = {.yaml = as_case(&x, a)};
  law_run r;
  law_read(&r, &text, NULL);
  law_solve(&r);
  double const want = counted(&x);
  bool const fixed = x.last - x.first == (x.hours - 1) / 24;
  bool const equal = r.status == PL_OK && fabs(r.value - want) <= 1e-6 * fmax(1, fabs(want)) &&
                     (!fixed || x.on_off || r.p->lp.n_integer == 0);
  if (!equal) {
    printf("seed %llu: planned %.9g (status %d), counted %.9g\n%s", (unsigned long long)seed,
           r.status == PL_OK ? r.value : (double)NAN, (int)r.status, want, text.yaml);
    for (int i = 0; i < pl_diag_size(r.diag); i++) printf("  %s\n", pl_diag_at(r.diag, i)->text);
  }
  law_done(&r);
  pl_arena_free(a);
  return equal;
}

int main(int argc, char **argv) {
  law_seeds const tried = law_seeds_of(argc, argv, 100);
  int equal = 0;
  for (int i = 0; i < tried.count; i++) equal += is_equal(tried.first + (uint64_t)i);
  printf("%d equal, %d differ\n", equal, tried.count - equal);
  return equal < tried.count;
}
