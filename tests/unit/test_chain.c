/* The field tables: that each row says what its kind needs, so that a slip in a .def does not wait
 * for a user to find it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "chain/chain.h"

static void each_field(void (*check)(const pl_noun *, const pl_field *)) {
  for (int n = -1; n < pl_noun_count; n++) {
    const pl_noun *const noun = n < 0 ? &pl_calendar_noun : &pl_nouns[n];
    for (int i = 0; i < noun->n_fields; i++) check(noun, &noun->field[i]);
  }
}

static void check_key(const pl_noun *noun, const pl_field *f) {
  assert_int_equal(pl_field_find(noun, f->key, strlen(f->key)), f - noun->field);
  assert_null(strchr(f->key, '.')); /* paths of overrides are split at dots */
  assert_true(strlen(f->help) > 0);
  assert_true(f->lowest <= f->highest);
  assert_true(f->offset < noun->size);
}

static bool is_noun(const char *name) {
  for (int i = 0; i < pl_noun_count; i++) {
    if (!strcmp(pl_nouns[i].name, name)) return true;
  }
  return false;
}

static void check_argument(const pl_noun *noun, const pl_field *f) {
  (void)noun;
  bool const refers =
      f->kind == PL_KIND_REF || f->kind == PL_KIND_REFS || f->kind == PL_KIND_SHARES;
  if (refers) assert_true(is_noun(f->argument));
  if (f->kind == PL_KIND_FORMULA || f->kind == PL_KIND_BOUNDS || f->kind == PL_KIND_CHARGES) {
    assert_true(strlen(f->argument) > 0 && !is_noun(f->argument));
  }
  if (f->kind == PL_KIND_CHOICE) {
    pl_span first;
    assert_true(pl_field_choice(f, 0, &first));
    assert_int_equal(pl_field_choose(f, first.at, first.length), 0);
    assert_int_equal(pl_field_choose(f, "nothing", 7), -1);
  }
}

static void fields_say_what_their_kind_needs(void **state) {
  (void)state;
  each_field(check_key);
  each_field(check_argument);
}

static void shorthands_are_fields(void **state) {
  (void)state;
  for (int i = 0; i < pl_noun_count; i++) {
    const pl_noun *const noun = &pl_nouns[i];
    assert_int_equal(pl_noun_find(noun->section, strlen(noun->section)), i);
    if (noun->shorthand)
      assert_true(pl_field_find(noun, noun->shorthand, strlen(noun->shorthand)) >= 0);
  }
  assert_int_equal(pl_noun_find("unit", 4), -1);
}

static void lines_are_found_by_key(void **state) {
  (void)state;
  for (int i = 0; i < PL_LINES; i++) assert_int_equal(pl_line_find(pl_line_key((pl_line)i)), i);
  assert_int_equal(pl_line_find("sale"), -1);
}

static void what_is_not_given_follows_from_the_rest(void **state) {
  (void)state;
  pl_material materials[] = {{.step = PL_DAY}, {.step = -1}};
  int product[] = {0}, run[] = {0};
  double amount[] = {4};
  pl_process processes[] = {{.makes = {.n = 1, .material = product, .amount = amount}}};
  pl_site sites[] = {{.party = 7}, {.party = -1}};
  pl_case const c = {
      .step = PL_MONTH, .sites = sites, .materials = materials, .processes = processes};
  pl_unit u = {.party = -1, .site = 0, .step = -1, .runs = {.n = 1, .index = run}};
  assert_int_equal(pl_material_step(&c, 0), PL_DAY);
  assert_int_equal(pl_material_step(&c, 1), PL_MONTH);
  assert_int_equal(pl_unit_party(&c, &u), 7);
  assert_int_equal(pl_unit_step(&c, &u), PL_DAY);
  assert_true(pl_process_scale(&processes[0]) == 0.25);
  u.site = 1;
  u.step = PL_YEAR;
  assert_int_equal(pl_unit_party(&c, &u), -1);
  assert_int_equal(pl_unit_step(&c, &u), PL_YEAR);
  u.party = 3;
  assert_int_equal(pl_unit_party(&c, &u), 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_say_what_their_kind_needs),
      cmocka_unit_test(shorthands_are_fields),
      cmocka_unit_test(lines_are_found_by_key),
      cmocka_unit_test(what_is_not_given_follows_from_the_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
