/* The bundled memorandum in one year, by the month, the half-month and the day: the finest grid
 * turns no gain into a loss and moves no price of today out of a range or into one, but for what
 * the month's error says that it cannot resolve; and that error is as large as the day shows. Power
 * is priced by its mean of the month here: what its hours are worth no error of a grid knows (the
 * valuation says so; docs/grid.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "case/case.h"
#include "value/grids.h"

#define TERM(name) "agreements." name ".from=2026-01", "agreements." name ".to=2026-12"
static const char *const sets[] = {
    "case.to=2026-12",
    "quotations.POWER.RO={formula: POWER.RO.MONTH}",
    "units.slatina-gas-plant.online=100 %",
    "units.slatina-gas-plant.fixed cost=20.9 MUSD/year",
    TERM("alumina"),
    TERM("anodes"),
    TERM("sunstone-anodes"),
    TERM("strip"),
    TERM("coil"),
    TERM("marketing"),
    TERM("power"),
};

typedef struct {
  pl_arena *arena;
  pl_files *files;
  pl_diag *diag;
  pl_case *c;
  const pl_grid_worth *month, *half, *day;
} subject;

static void must(const subject *s, pl_status status) {
  for (int i = 0; status != PL_OK && i < pl_diag_size(s->diag); i++)
    print_message("%s\n", pl_diag_at(s->diag, i)->text);
  assert_int_equal(PL_OK, status);
}

static const pl_grid_worth *on_grid(subject *s, pl_step step) {
  pl_value_options const options = {.jobs = 2, .solve = PL_SOLVE_DEFAULTS};
  pl_grid_worth *w = NULL;
  must(s, pl_value_on_grid(s->c, step, true, &options, s->arena, &w, s->diag));
  return w;
}

static subject read(void) {
  static const char *const folder[] = {PROJECT_DIR};
  subject s = {.arena = pl_arena_new(), .files = pl_files_new(folder, 1), .diag = pl_diag_new()};
  pl_case_options const options = {
      .scenario = "memorandum", .set = (const char **)sets, .n_set = sizeof sets / sizeof *sets};
  must(&s, pl_case_read(PROJECT_DIR "/cases/alro-azeraluminium", s.files, &options, &s.c, s.diag));
  s.month = on_grid(&s, PL_MONTH);
  s.half = on_grid(&s, PL_HALF_MONTH);
  s.day = on_grid(&s, PL_DAY);
  return s;
}

static void done(subject *s) {
  pl_case_free(s->c);
  pl_files_free(s->files);
  pl_diag_free(s->diag);
  pl_arena_free(s->arena);
}

/* Money beneath this is what solvers leave open. */
static const double rounding = 10;

typedef struct {
  int figures, above, covered;
} tally;

static void check(tally *t, const char *what, double month, double half, double day) {
  double const error = 2 * fabs(month - half);
  t->figures++;
  t->covered += fabs(month - day) <= 1.5 * error + rounding;
  if (fabs(month) <= error || fabs(month) <= rounding) return;
  t->above++;
  if (day * month < 0 || fabs(day) <= rounding)
    fail_msg("%s: %.0f by the month, above its error of %.0f, is %.0f by the day", what, month,
             error, day);
}

static void no_gain_becomes_a_loss(const subject *s, tally *t) {
  for (int i = 0; i < s->month->n_agreements; i++) {
    const pl_agreement_worth *m = &s->month->worth[i], *h = &s->half->worth[i],
                             *d = &s->day->worth[i];
    const char *name = s->c->agreements[m->agreement].name;
    check(t, name, m->joint, h->joint, d->joint);
    for (int q = 0; q < s->c->n_parties; q++) check(t, name, m->party[q], h->party[q], d->party[q]);
  }
}

static bool inside(const pl_price_range *r) { return r->now >= r->low && r->now <= r->high; }

static bool is_near_an_end(const pl_price_range *own, const pl_price_range *other) {
  return fabs(own->now - own->low) <= 2 * fabs(own->low - other->low) ||
         fabs(own->now - own->high) <= 2 * fabs(own->high - other->high);
}

/* The price as a whole; an agreement that one of the grids leaves unused has no range there. */
static void no_price_changes_sides(const subject *s) {
  int compared = 0;
  for (int i = 0; i < s->month->n_agreements; i++) {
    const pl_agreement_worth *m = &s->month->worth[i], *h = &s->half->worth[i],
                             *d = &s->day->worth[i];
    if (m->n_ranges == 0 || h->n_ranges == 0 || d->n_ranges == 0) continue;
    if (is_near_an_end(&m->ranges[0], &h->ranges[0])) continue;
    compared++;
    if (inside(&m->ranges[0]) != inside(&d->ranges[0]))
      fail_msg("today's price of %s changes sides", s->c->agreements[m->agreement].name);
  }
  assert_true(compared >= 3);
}

static void the_day_confirms_the_month(void **state) {
  (void)state;
  subject s = read();
  tally t = {0};
  no_gain_becomes_a_loss(&s, &t);
  assert_true(t.above >= 10);
  for (int q = 0; q < s.c->n_parties; q++)
    check(&t, s.c->parties[q].name, s.month->account_all[q], s.half->account_all[q],
          s.day->account_all[q]);
  check(&t, "together", s.month->all, s.half->all, s.day->all);
  assert_true(t.covered >= 0.9 * t.figures);
  no_price_changes_sides(&s);
  done(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_day_confirms_the_month)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
