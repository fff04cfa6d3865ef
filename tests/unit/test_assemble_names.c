/* No two columns and no two rows of a program have the same name: complaints and explanations name
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "assemble/assemble.h"
#include "case/case.h"
#include "plan/program.h"

/* Typical days, on which the first slice follows several others: every rule that looks back. */
static const char text[] =
    "case: {from: 2026-01-01, to: 2026-01-12, step: day, typical days: 3}\n"
    "parties: {p: }\n"
    "sites: {works: p}\n"
    "materials: {power: {unit: MWh, step: hour}, metal: {unit: t, step: hour}, gas: MWh}\n"
    "processes:\n"
    "  burn: {makes: {power: 1 MWh}, takes: {gas: 2 MWh}}\n"
    "  smelt: {makes: {metal: 1 t}, takes: {power: 14 MWh}}\n"
    "units:\n"
    "  plant: {site: works, runs: burn, capacity: 90 MW, minimum: 30 %, on/off: yes, ramp: 20 "
    "%/h,\n"
    "    start costs: {0 h: 1 kUSD, 8 h: 2 kUSD}, minimum up: 3 h, minimum down: 4 h,\n"
    "    part load: {30 %: 110 %, 60 %: 112 %, 100 %: 100 %}}\n"
    "  potline: {site: works, runs: smelt, capacity: 5 t/h, minimum: 60 %, ramp: 10 %/h,\n"
    "    normal load: 95 %, low hours: [5 h/day, 20 h], longest low: 3 h, recovery: 4 h}\n"
    "stocks:\n"
    "  battery: {site: works, keeps: power, capacity: 40 MWh, initial: 10 MWh, fill: 10 MW,\n"
    "    draw: 10 MW, loss: 1 %/d}\n"
    "markets:\n"
    "  gas: {site: works, sells: gas, price: 20 USD/MWh}\n"
    "  grid: {site: works, sells: power, price: POWER}\n"
    "  metal: {site: works, buys: metal, price: 1500 USD/t}\n"
    "quotations:\n"
    "  POWER: {unit: USD/MWh, values: {2026-01-01T00: 30 USD/MWh, 2026-01-02T08: 90 USD/MWh,\n"
    "    2026-01-04T10: 20 USD/MWh, 2026-01-07T00: 70 USD/MWh, 2026-01-09T12: 45 USD/MWh}}\n";

static int by_text(const void *one, const void *other) {
  return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void are_distinct(const char **names, int n) {
  qsort(names, (size_t)n, sizeof *names, by_text);
  for (int i = 1; i < n; i++)
    if (strcmp(names[i - 1], names[i]) == 0) fail_msg("two are called '%s'", names[i]);
}

typedef struct {
  pl_diag *diag;
  pl_files *files;
  pl_arena *a;
  pl_case *c;
  pl_program *p;
} fixture;

static fixture built(const char *of) {
  fixture f = {.diag = pl_diag_new(), .files = pl_files_new(NULL, 0), .a = pl_arena_new()};
  pl_case_options const none = {0};
  pl_files_prime(f.files, "case.yaml", of, strlen(of));
  pl_status s = pl_case_read("case.yaml", f.files, &none, &f.c, f.diag);
  if (s == PL_OK) s = pl_program_build(f.c, &f.p, f.diag);
  for (int i = 0; s != PL_OK && i < pl_diag_size(f.diag); i++)
    print_message("%d: %s\n", pl_diag_at(f.diag, i)->place.line, pl_diag_at(f.diag, i)->text);
  assert_int_equal(PL_OK, s);
  return f;
}

static void done(fixture *f) {
  pl_program_free(f->p);
  pl_case_free(f->c);
  pl_files_free(f->files);
  pl_arena_free(f->a);
  pl_diag_free(f->diag);
}

static void names_are_distinct(void **state) {
  (void)state;
  fixture f = built(text);
  const pl_program *p = f.p;
  pl_arena *a = f.a;
  const char **names = PL_NEW_ARRAY(a, const char *, (size_t)(p->lp.n_cols + p->lp.n_rows));
  for (int j = 0; j < p->lp.n_cols; j++) names[j] = pl_program_column_name(p, j, a);
  are_distinct(names, p->lp.n_cols);
  for (int i = 0; i < p->lp.n_rows; i++) names[i] = pl_program_row_name(p, i, a);
  are_distinct(names, p->lp.n_rows);
  done(&f);
}

/* Two sides of two elements, of which only some are written, and bounds of columns and rows. */
static const char bounded[] =
    "case: {from: 2026-01, to: 2026-01}\n"
    "parties: {p: }\n"
    "sites: {works: p}\n"
    "materials: {scrap: {unit: t, composition: {fe: 1 %, si: 2 %}}, ingot: t, billet: t}\n"
    "processes:\n"
    "  mix: {makes: {billet: 1 t}, blends: [scrap, ingot], within: {\n"
    "    fe: at most 0.5 %,\n"
    "    si: 0.1 % .. 1.5 %}}\n"
    "units: {furnace: {site: works, runs: mix,\n"
    "    capacity: 9 kt/month,\n"
    "    minimum: 10 %}}\n"
    "markets:\n"
    "  scrap: {site: works, sells: scrap, price: 1 USD/t,\n"
    "    at least: 1 kt/month,\n"
    "    up to: [7 kt/month, 6 kt]}\n"
    "  ingot: {site: works, sells: ingot, price: 2 USD/t}\n"
    "  billet: {site: works, buys: billet, price: 3 USD/t}\n";

typedef struct {
  bool is_row;
  const char *thing, *words; /* beginnings */
  bool upper;
  int line;
} bound;

static bool is_of(const fixture *f, const bound *b, int i) {
  const char *name =
      b->is_row ? pl_program_row_name(f->p, i, f->a) : pl_program_column_name(f->p, i, f->a);
  const char *words = "";
  pl_place const at = b->is_row ? pl_program_row_place(f->p, i, b->upper, &words, f->a)
                                : pl_program_column_place(f->p, i, b->upper, &words, f->a);
  return strstr(name, b->thing) && at.line == b->line && strstr(words, b->words);
}

static void bounds_have_their_places(void **state) {
  (void)state;
  static const bound bounds[] = {
      {true, "furnace", "within fe", true, 7},  {true, "furnace", "within si", true, 8},
      {true, "furnace", "within si", false, 8}, {false, "furnace", "capacity", true, 10},
      {false, "furnace", "minimum", false, 11}, {false, "scrap", "up to", true, 15},
      {false, "scrap", "at least", false, 14}};
  fixture f = built(bounded);
  for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
    int found = 0, n = bounds[k].is_row ? f.p->lp.n_rows : f.p->lp.n_cols;
    for (int i = 0; i < n; i++) found += is_of(&f, &bounds[k], i);
    if (found != 1) fail_msg("%d bounds '%s' in line %d", found, bounds[k].words, bounds[k].line);
  }
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_distinct),
                                     cmocka_unit_test(bounds_have_their_places)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
