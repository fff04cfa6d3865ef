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

static void names_are_distinct(void **state) {
  (void)state;
  pl_diag *diag = pl_diag_new();
  pl_files *files = pl_files_new(NULL, 0);
  pl_arena *a = pl_arena_new();
  pl_case_options const none = {0};
  pl_case *c = NULL;
  pl_program *p = NULL;
  pl_files_prime(files, "case.yaml", text, strlen(text));
  pl_status s = pl_case_read("case.yaml", files, &none, &c, diag);
  if (s == PL_OK) s = pl_program_build(c, &p, diag);
  for (int i = 0; s != PL_OK && i < pl_diag_size(diag); i++)
    print_message("%d: %s\n", pl_diag_at(diag, i)->place.line, pl_diag_at(diag, i)->text);
  assert_int_equal(PL_OK, s);
  const char **names = PL_NEW_ARRAY(a, const char *, (size_t)(p->lp.n_cols + p->lp.n_rows));
  for (int j = 0; j < p->lp.n_cols; j++) names[j] = pl_program_column_name(p, j, a);
  are_distinct(names, p->lp.n_cols);
  for (int i = 0; i < p->lp.n_rows; i++) names[i] = pl_program_row_name(p, i, a);
  are_distinct(names, p->lp.n_rows);
  pl_program_free(p);
  pl_case_free(c);
  pl_files_free(files);
  pl_arena_free(a);
  pl_diag_free(diag);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_distinct)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
