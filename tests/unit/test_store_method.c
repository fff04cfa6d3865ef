/* A plan is made by the same method whoever asks for it: pl_run_solve serves the command line and
 * the library, and a large program goes by its structure without being told that it is run once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/run.h"

static const char case_text[] =
    "case: {from: 2026-01, to: 2043-12, step: day}\n"
    "parties: {company: {}}\n"
    "sites: {here: {party: company}}\n"
    "materials: {ore: t, metal: t}\n"
    "processes: {smelting: {makes: {metal: 1 t}, takes: {ore: 2 t}, cost: 90 USD/t}}\n"
    "units: {pots: {site: here, runs: smelting, capacity: 30 t/d}}\n"
    "stocks:\n"
    "  heap: {site: here, keeps: ore, capacity: 900 t, initial: 100 t}\n"
    "  yard: {site: here, keeps: metal, capacity: 200 t, initial: 50 t}\n"
    "markets:\n"
    "  mine: {site: here, sells: ore, price: 400 USD/t, up to: 70 t/d}\n"
    "  buyer: {site: here, buys: metal, price: LME, up to: 25 t/d}\n"
    "quotations: {LME: {values: {2026-01: 2400 USD/t, 2029-06: 2700 USD/t, 2033-01: 2500 USD/t}, "
    "beyond: hold}}\n";

static void a_plan_goes_by_structure(void **state) {
  (void)state;
  pl_diag *diag = pl_diag_new();
  pl_files *files = pl_files_new(NULL, 0);
  pl_files_prime(files, "days/case.yaml", case_text, sizeof case_text - 1);
  pl_case_options const reading = {0};
  pl_solve_options const solve = PL_SOLVE_DEFAULTS;
  pl_run *run = NULL;
  pl_status s = pl_run_open("days/case.yaml", &reading, files, &run, diag);
  if (s == PL_OK) s = pl_run_solve(run, &solve, diag);
  for (int i = 0; i < pl_diag_size(diag); i++) print_message("%s\n", pl_diag_at(diag, i)->text);
  assert_int_equal(s, PL_OK);
  assert_true(run->program->lp.n_entries >= 50000);
  assert_int_not_equal(strncmp(run->solution->method, "dual simplex", 12), 0);
  pl_run_free(run);
  pl_files_free(files);
  pl_diag_free(diag);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_plan_goes_by_structure)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
