/* Hours below a potline's normal load, against every way to choose them: the test says which hours
 * may be low at all, by the rules in words, and lets the plan fill in the rest without them. */
#include "assemble/assemble.h"
#include "unit/flexible.h"

enum { HOURS = 7, SEEDS = 25 };

typedef struct {
  double least, normal, ramp, band, price[HOURS];
  int most, longest, recovery; /* hours; longest, recovery 0 = no rule */
} line;

static double between(unsigned *state, double low, double high) {
  *state = *state * 1664525u + 1013904223u;
  return low + (high - low) * (*state >> 8) / 16777216.0;
}

static line random_line(unsigned seed) {
  unsigned state = seed * 2654435761u + 1;
  line l = {.least = between(&state, 50, 80),
            .normal = between(&state, 88, 97),
            .ramp = between(&state, 8, 45),
            .band = between(&state, 60, 66),
            .most = (int)between(&state, 1, 5),
            .longest = (int)between(&state, 0, 4),
            .recovery = (int)between(&state, 0, 4)};
  for (int h = 0; h < HOURS; h++) l.price[h] = between(&state, -40, 160);
  return l;
}

/* The case with the fields that rule the load, and the least load by the hour. */
static const char *text_of(pl_arena *a, const line *l, const char *fields, const double *least) {
  const char *price = "", *low = "";
  for (int h = 0; h < HOURS; h++) {
    price = pl_arena_printf(a, "%s%s2026-01-01T0%d: %.9g USD/MWh", price, h ? ", " : "", h,
                            l->price[h]);
    low = pl_arena_printf(a, "%s%s2026-01-01T0%d: %.9g %%", low, h ? ", " : "", h, least[h]);
  }
  return pl_arena_printf(
      a,
      "case: {from: 2026-01-01T00:00, to: 2026-01-01T0%d:00, step: day}\n"
      "parties: {alro: }\n"
      "sites: {works: alro}\n"
      "materials: {power: {unit: MWh, step: hour}, ingot: {unit: t, step: hour}}\n"
      "processes: {smelt: {makes: {ingot: 1 t}, takes: {power: 14 MWh}}}\n"
      "units:\n"
      "  potline: {site: works, runs: smelt, capacity: 10 t/h, minimum: LEAST, ramp: %.9g %%/h,\n"
      "    at least: %.9g t%s}\n"
      "markets:\n"
      "  grid: {site: works, sells: power, price: SPOT}\n"
      "  rotterdam: {site: works, buys: ingot, price: 900 USD/t}\n"
      "quotations:\n"
      "  SPOT: {unit: USD/MWh, values: {%s}}\n"
      "  LEAST: {values: {%s}}\n",
      HOURS - 1, l->ramp, l->band, fields, price, low);
}

static double best_of(const char *text) {
  agreed f = case_begin();
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  pl_solver *solver = NULL;
  pl_audit audit;
  options.gap = 0;
  case_read(&f, "case.yaml", text, NULL);
  must(&f, pl_program_build(f.c, &f.program, f.diag));
  must(&f, pl_solver_new(&f.program->lp, &options, &solver, f.diag));
  pl_status const s = pl_solver_run(solver, f.arena, &f.solution, f.diag);
  pl_solver_free(solver);
  double best = -INFINITY;
  if (s != PL_INFEASIBLE) {
    must(&f, s);
    must(&f, pl_schedule_make(f.program, f.solution, f.arena, &f.schedule));
    must(&f, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
    best = f.schedule->present_total;
  }
  done(&f);
  return best;
}

/* Bit h of pattern: hour h may be low. */
static bool is_allowed(const line *l, unsigned pattern) {
  int hours = 0, spell = 0, since = HOURS;
  for (int h = 0; h < HOURS; h++) {
    if (!(pattern >> h & 1u)) {
      if (spell > 0) since = 0;
      spell = 0;
      since++;
      continue;
    }
    if (spell == 0 && hours > 0 && since < l->recovery) return false;
    hours++;
    spell++;
    if (l->longest > 0 && spell > l->longest) return false;
  }
  return hours <= l->most;
}

static double best_pattern(const line *l, pl_arena *a) {
  double best = -INFINITY;
  for (unsigned pattern = 0; pattern < 1u << HOURS; pattern++) {
    double least[HOURS];
    if (!is_allowed(l, pattern)) continue;
    for (int h = 0; h < HOURS; h++) least[h] = pattern >> h & 1u ? l->least : l->normal;
    best = fmax(best, best_of(text_of(a, l, "", least)));
  }
  return best;
}

static double best_plan(const line *l, pl_arena *a) {
  double least[HOURS];
  for (int h = 0; h < HOURS; h++) least[h] = l->least;
  const char *fields =
      pl_arena_printf(a, ", normal load: %.9g %%, low hours: %d h", l->normal, l->most);
  if (l->longest) fields = pl_arena_printf(a, "%s, longest low: %d h", fields, l->longest);
  if (l->recovery) fields = pl_arena_printf(a, "%s, recovery: %d h", fields, l->recovery);
  return best_of(text_of(a, l, fields, least));
}

static void every_pattern_is_tried(void **state) {
  (void)state;
  int lows = 0;
  for (unsigned seed = 1; seed <= SEEDS; seed++) {
    pl_arena *a = pl_arena_new();
    line const l = random_line(seed);
    line never = l;
    never.most = 0;
    double const want = best_pattern(&l, a), got = best_plan(&l, a);
    if (!(fabs(want - got) <= 1e-6 * fmax(1, fabs(want))))
      fail_msg("seed %u: want %.9g, got %.9g", seed, want, got);
    lows += got > best_pattern(&never, a) + 1;
    pl_arena_free(a);
  }
  assert_true(lows > SEEDS / 2); /* else nothing was tried */
}

/* --- By hand ---------------------------------------------------------------------------------- */

/* Two days at 10 t/h and 14 MWh/t, least 60 %, normal 95 %. Power is dear, at 100 USD/MWh, from 6
 * to 12 every day: each tonne not made there saves 1,400 USD and loses 900. Else it costs 50. */
static const char days[] =
    "case: {from: 2026-01-01, to: 2026-01-02, step: day}\n"
    "parties: {alro: }\n"
    "sites: {works: alro}\n"
    "materials: {power: {unit: MWh, step: hour}, ingot: {unit: t, step: hour}}\n"
    "processes: {smelt: {makes: {ingot: 1 t}, takes: {power: 14 MWh}}}\n"
    "markets:\n"
    "  grid: {site: works, sells: power, price: SPOT}\n"
    "  rotterdam: {site: works, buys: ingot, price: 900 USD/t}\n"
    "quotations:\n"
    "  SPOT: {unit: USD/MWh, values: {2026-01-01T00: 50 USD/MWh, 2026-01-01T06: 100 USD/MWh,\n"
    "    2026-01-01T12: 50 USD/MWh, 2026-01-02T06: 100 USD/MWh, 2026-01-02T12: 50 USD/MWh}}\n";

static double tonnes(const char *rules) {
  agreed f = planned(days, rules);
  double const sum = sum_of(&f, "units.potline", PL_COLUMN_RUN);
  done(&f);
  return sum;
}

#define POTLINE "units:\n  potline: {site: works, runs: smelt, capacity: 10 t/h, minimum: 60 %, "

static void low_hours_are_counted_by_the_day(void **state) {
  (void)state;
  near(480 - 12 * 4, tonnes(POTLINE "}\n"));
  /* four hours a day at 60 %, the other two dear ones at 95 % */
  near(480 - 8 * 4 - 4 * 0.5, tonnes(POTLINE "normal load: 95 %, low hours: 4 h/day}\n"));
  /* 1460 h/year are 8 h in two days: no help; 730 are 4 */
  near(480 - 4 * 4 - 8 * 0.5,
       tonnes(POTLINE "normal load: 95 %, low hours: [4 h/day, 730 h/year]}\n"));
  /* two hours at a time, and three in between: 6-8 and 11-12, or 6-7 and 10-12 */
  near(480 - 6 * 4 - 6 * 0.5,
       tonnes(POTLINE "normal load: 95 %, longest low: 2 h, recovery: 3 h}\n"));
  /* a band of the day's energy asks for 92 %: 18.2 t less of the 24 a day that would be saved */
  near(480 - 2 * 19.2, tonnes(POTLINE "normal load: 95 %, low hours: 6 h/day,\n"
                                      "    at least: 220.8 t/day}\n"));
}

/* Half low counts half where integers are relaxed: four hours may be spread over six. */
static void low_hours_are_relaxed_with_the_case(void **state) {
  (void)state;
  near(480 - 8 * 4 - 4 * 0.5, tonnes(POTLINE "normal load: 95 %, low hours: 4.5 h/day}\n"));
  near(480 - 2 * (4.5 * 3.5 + 6 * 0.5), tonnes(POTLINE "normal load: 95 %, low hours: 4.5 h/day}\n"
                                                       "overrides: {case.relaxed: yes}\n"));
}

/* A line that may be off is not low then: it stops in the dear hours. */
static void what_is_off_is_not_low(void **state) {
  (void)state;
  near(480 - 120, tonnes(POTLINE "normal load: 95 %, low hours: 0 h/day, on/off: yes}\n"));
}

/* The plan with other hours counted as low must be refused, with these words among the reasons. */
static void refuses(agreed *f, const char *words) {
  pl_audit audit;
  bool found = false;
  assert_int_equal(PL_AUDIT, pl_audit_run(f->schedule, 1e-6, f->arena, &audit, f->diag));
  for (int m = 0; m < pl_diag_size(f->diag); m++)
    found = found || strstr(pl_diag_at(f->diag, m)->text, words);
  if (!found) fail_msg("nobody says '%s'", words);
  pl_diag_free(f->diag);
  f->diag = pl_diag_new();
}

static void the_audit_counts_low_hours(void **state) {
  (void)state;
  agreed f = planned(days, POTLINE "normal load: 95 %, low hours: 4 h/day, recovery: 2 h,\n"
                                   "    longest low: 4 h}\n");
  double *low = &f.solution->col_value[block_of(&f, "units.potline", PL_COLUMN_LOW)->first];
  double planned_low[24];
  int last = 0;
  memcpy(planned_low, low, sizeof planned_low);
  for (int h = 0; h < 24; h++)
    if (low[h] > 0.5) last = h;
  memset(low, 0, sizeof planned_low);
  refuses(&f, "the normal load of units.potline in 2026-01-01T06");
  memcpy(low, planned_low, sizeof planned_low);
  low[last + 2] = 1;
  refuses(&f, "the recovery of units.potline");
  refuses(&f, "the low hours of units.potline in 2026-01-01");
  memcpy(low, planned_low, sizeof planned_low);
  for (int h = 0; h < 5; h++) low[h] = 1;
  refuses(&f, "the longest spell at low load of units.potline");
  memcpy(low, planned_low, sizeof planned_low);
  low[0] = 0.5;
  refuses(&f, "the low-load decision of units.potline");
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_pattern_is_tried),
      cmocka_unit_test(low_hours_are_counted_by_the_day),
      cmocka_unit_test(low_hours_are_relaxed_with_the_case),
      cmocka_unit_test(what_is_off_is_not_low),
      cmocka_unit_test(the_audit_counts_low_hours),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
