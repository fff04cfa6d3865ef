/* Independent problems with known optima, each a case under tests/cases/known. The optimum stands
 * in the case's own comment ("# expect: optimum X USD"): money is earned, so costs are negative. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "fixture/case.h"

typedef case_run known;

static known solve(const char *name) {
  pl_arena *a = pl_arena_new();
  known k = case_of(pl_arena_printf(a, "%s/cases/known/%s", TESTS_DIR, name), NULL);
  pl_arena_free(a);
  must(&k, case_solve(&k));
  (void)case_audit(&k);
  return k;
}

static double expected(const known *k) {
  const pl_source *s = pl_files_at(k->files, 0);
  const char *at = strstr(s->text, "# expect: optimum ");
  assert_non_null(at);
  at += strlen("# expect: optimum ");
  double x = 0;
  assert_true(pl_number_parse(at, strlen(at), &x) > 0);
  return x;
}

static void near(double want, double got, double relative) {
  if (fabs(got - want) > relative * fmax(1, fabs(want)))
    fail_msg("want %.12g, got %.12g", want, got);
}

static int site(const known *k, const char *name) {
  for (int i = 0; i < k->c->n_sites; i++)
    if (strcmp(k->c->sites[i].name, name) == 0) return i;
  fail_msg("no site %s", name);
  return -1;
}

static int material(const known *k, const char *name) {
  for (int i = 0; i < k->c->n_materials; i++)
    if (strcmp(k->c->materials[i].name, name) == 0) return i;
  fail_msg("no material %s", name);
  return -1;
}

/* Marginal values of steel at the three markets, and who exports: Kendrick, Meeraus and Alatorre's
 * own table. */
static void mexican_steel(void **state) {
  (void)state;
  known k = solve("mexican-steel");
  near(expected(&k), k.schedule->present_total, 1e-6);
  static const struct {
    const char *site;
    double worth;
  } want[] = {{"mexico-df", 149.0572}, {"monterrey", 138.0344}, {"guadalajara", 148.3936}};
  for (int i = 0; i < 3; i++) {
    const pl_block *b =
        pl_program_balance(k.program, site(&k, want[i].site), material(&k, "steel"), 0);
    assert_non_null(b);
    near(want[i].worth, pl_schedule_marginal(k.schedule, b, 0), 1e-6);
  }
  for (int i = 0; i < k.program->n_column_blocks; i++) {
    const pl_block *b = &k.program->columns[i];
    const char *thing = pl_block_thing(k.program, b, false, k.arena);
    if (strcmp(thing, "lanes.sicartsa-port") == 0)
      near(0.529114e6, pl_schedule_value(k.schedule, b, 0), 1e-5);
  }
  for (int i = 0; i < k.program->n_row_blocks; i++)
    if (k.program->rows[i].kind == PL_ROW_LIMIT)
      near(0, k.solution->row_dual[k.program->rows[i].first], 1e-9);
  done(&k);
}

static void optimum_of(const char *name) {
  known k = solve(name);
  near(expected(&k), k.schedule->present_total, 1e-6);
  done(&k);
}

static void alloy_charge(void **state) {
  (void)state;
  optimum_of("alloy-charge");
}

static void rolling_mill(void **state) {
  (void)state;
  optimum_of("rolling-mill");
}

static void lane_charges(void **state) {
  (void)state;
  optimum_of("lane-charges");
}

static void commitment(void **state) {
  (void)state;
  optimum_of("commitment");
}

static void heat_and_power(void **state) {
  (void)state;
  optimum_of("heat-and-power");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mexican_steel), cmocka_unit_test(alloy_charge),
      cmocka_unit_test(rolling_mill),  cmocka_unit_test(lane_charges),
      cmocka_unit_test(commitment),    cmocka_unit_test(heat_and_power),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
