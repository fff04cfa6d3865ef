/* What follows from the fields and is decided once: goods of a run, least loads, prices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chain/clause.h"
#include "chain/load.h"
#include "chain/recipe.h"

/* 4 t of metal and 1 of dross from 8 t of alumina, counted by a tonne of metal. */
static void a_run_makes_and_takes(void **state) {
  (void)state;
  int made[] = {5, 6}, taken[] = {7};
  double out[] = {4, 1}, in[] = {8};
  pl_place places[2] = {{0}};
  pl_process const p = {.makes = {.n = 2, .material = made, .amount = out, .place = places},
                        .takes = {.n = 1, .material = taken, .amount = in, .place = places}};
  static const int material[] = {5, 6, 7};
  static const double amount[] = {1, 0.25, -2}, listed[] = {4, 1, -8};
  int n = 0;
  for (pl_run_goods g = pl_process_goods(&p); g.ok; pl_process_next(&g), n++) {
    assert_int_equal(g.material, material[n]);
    assert_true(g.amount == amount[n] && g.listed == listed[n] && g.made == (n < 2));
  }
  assert_int_equal(n, 3);
  pl_run_goods g = pl_process_inputs(&p);
  assert_true(g.ok && g.material == 7 && g.amount == -2);
  pl_process_next(&g);
  assert_false(g.ok);
  assert_true(pl_process_makes(&p, 6) && !pl_process_makes(&p, 7) && pl_process_takes(&p, 7));
}

/* No formula is looked into: which one is said is what counts. */
static void the_least_load_is_a_minimum_or_a_turndown(void **state) {
  (void)state;
  char formulas[2];
  pl_formula *const f = (void *)&formulas[0], *const g = (void *)&formulas[1];
  pl_unit const minimum = {.minimum = f}, turndown = {.turndown = g}, none = {0};
  assert_ptr_equal(pl_unit_least(&minimum), f);
  assert_ptr_equal(pl_unit_least(&turndown), g);
  assert_null(pl_unit_least(&none));
  assert_true(pl_unit_least_share(&minimum, 0.75) == 0.75);
  assert_true(pl_unit_least_share(&turndown, 0.75) == 0.25);
  assert_true(pl_unit_least_share(&none, 0.75) == 0);
  assert_int_equal(pl_unit_least_field(&minimum), PL_unit_minimum);
  assert_int_equal(pl_unit_least_field(&turndown), PL_unit_turndown);
}

static void each_kind_of_agreement_has_its_price(void **state) {
  (void)state;
  char formulas[6];
  pl_formula *f[6];
  for (int i = 0; i < 6; i++) f[i] = (void *)&formulas[i];
  pl_formula *tiers[] = {f[1], f[2]};
  pl_agreement a = {
      .kind = PL_SUPPLY, .price = f[0], .fee = f[3], .commission = f[4], .fee_per_unit = f[5]};
  int field;
  assert_ptr_equal(pl_agreement_price(&a, 0, &field), f[0]);
  assert_int_equal(field, PL_agreement_price);
  a.tiers.n = 2;
  a.tiers.price = tiers;
  assert_ptr_equal(pl_agreement_price(&a, 1, NULL), f[2]);
  a.kind = PL_TOLL;
  assert_ptr_equal(pl_agreement_price(&a, 0, &field), f[3]);
  assert_int_equal(field, PL_agreement_fee);
  a.kind = PL_AGENCY;
  assert_ptr_equal(pl_agreement_price(&a, 0, NULL), f[4]);
  a.commission = NULL;
  assert_ptr_equal(pl_agreement_price(&a, 0, &field), f[5]);
  assert_int_equal(field, PL_agreement_fee_per_unit);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_makes_and_takes),
      cmocka_unit_test(the_least_load_is_a_minimum_or_a_turndown),
      cmocka_unit_test(each_kind_of_agreement_has_its_price),
  };
  return cmocka_run_group_tests_name("chain_facts", tests, NULL, NULL);
}
