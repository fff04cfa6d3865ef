/* How bounds give way, kind by kind, and what is said where none may: things that cannot hold
 * together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "diagnose/conflict.h"
#include "diagnose/diagnose.h"
#include "diagnose/give.h"
#include "fixture/case.h"
#include "plan/words.h"

typedef case_run fixture;

/* --- Kind by kind ---------------------------------------------------------------------------- */

static void is_said(const char *name, bool is_row, int kind) {
  pl_block const b = {.kind = kind};
  const pl_gives *g = pl_gives_of(&b, is_row);
  const pl_noun *noun = &pl_nouns[pl_words_noun(&b, is_row)];
  if (g->how == PL_GIVES_UNSAID) fail_msg("%s: its row does not say how it gives way", name);
  if (g->field >= noun->n_fields || g->other >= noun->n_fields)
    fail_msg("%s: no field of its thing", name);
  bool const rule = pl_gives_as_rule(g);
  if (rule && (g->field < 0 || !*g->says || !*g->cure))
    fail_msg("%s: a rule needs a field, words and a cure", name);
  if (!rule && g->how != PL_GIVES_COEFFICIENT && !*g->says)
    fail_msg("%s: what stays needs a reason", name);
}

static void every_kind_is_said(void **state) {
  (void)state;
#define R(name, ...) is_said("row " #name, true, PL_ROW_##name);
#include "plan/row.def"
#undef R
#define C(name, ...) is_said("column " #name, false, PL_COLUMN_##name);
#include "plan/column.def"
#undef C
}

/* Of kinds that give way by numbers alone, what no number says may be no bound but 0. */
static void check_bound(const pl_program *p, const pl_block *b, bool is_row, bool upper, int v) {
  const pl_lp *lp = &p->lp;
  double const bound = is_row ? (upper ? lp->row_upper : lp->row_lower)[b->first + v]
                              : (upper ? lp->upper : lp->lower)[b->first + v];
  if (pl_gives_of(b, is_row)->how != PL_GIVES_NUMBER || !isfinite(bound) || bound == 0) return;
  if (!is_row && b->kind == PL_COLUMN_ON) return;
  if (!pl_program_source(p, b, is_row, upper, v))
    fail_msg("no number says the bound %g of %s %d", bound, is_row ? "row" : "column", b->kind);
}

static void check_bounds(const char *path) {
  fixture f = case_of(path, NULL);
  const pl_program *p = f.program;
  for (int is_row = 0; is_row < 2; is_row++)
    for (int i = 0; i < (is_row ? p->n_row_blocks : p->n_column_blocks); i++) {
      const pl_block *b = &(is_row ? p->rows : p->columns)[i];
      for (int v = 0; v < b->count; v++) {
        check_bound(p, b, is_row, false, v);
        check_bound(p, b, is_row, true, v);
      }
    }
  done(&f);
}

static void numbers_are_said(void **state) {
  (void)state;
  check_bounds(TESTS_DIR "/cases/audit/commitment.yaml");
  check_bounds(TESTS_DIR "/cases/audit/contracts.yaml");
  check_bounds(TESTS_DIR "/cases/audit/reserve.yaml");
  check_bounds(TESTS_DIR "/cases/audit/rich.yaml");
  check_bounds(TESTS_DIR "/cases/audit/trade.yaml");
  check_bounds(TESTS_DIR "/cases/audit/typical.yaml");
  check_bounds(TESTS_DIR "/cases/audit/venture.yaml");
}

/* --- Rules that no number says --------------------------------------------------------------- */

static void gives(const char *text, int line, const char *const *parts) {
  fixture f = case_of("case.yaml", text);
  pl_relaxation *r = NULL;
  int n = 0;
  assert_int_equal(PL_OK, pl_diagnose_infeasible(f.program, NULL, &r, &n, f.arena, f.diag));
  assert_int_equal(1, n);
  assert_int_equal(line, r->place.line);
  assert_false(r->is_conflict);
  for (; *parts; parts++)
    if (!strstr(r->sentence, *parts)) fail_msg("'%s' is not in '%s'", *parts, r->sentence);
  done(&f);
}

#define TWO                                                                                        \
  "case: {from: 2026-02-02, to: 2026-02-03, step: hour}\n"                                         \
  "parties: {a: }\n"                                                                               \
  "sites: {sa: {party: a}}\n"                                                                      \
  "materials: {metal: t}\n"                                                                        \
  "processes: {smelt: {makes: {metal: 1 t}}}\n"                                                    \
  "units: {first: {site: sa, runs: smelt, capacity: 40 t/d, on/off: yes}}\n"                       \
  "markets: {m: {site: sa, buys: metal, price: 5 USD/t}}\n"                                        \
  "outages:\n"                                                                                     \
  "  one: {unit: first, lasts: 2 d}\n"                                                             \
  "  other: {unit: first, lasts: 6 h}\n"

static void outages_that_do_not_fit(void **state) {
  (void)state;
  gives(TWO, 10,
        (const char *const[]){"outages.other cannot take place once as required",
                              "lasts of outages.one (case.yaml:9)", NULL});
}

#define PART                                                                                       \
  "case: {from: 2026-01, to: 2026-01}\n"                                                           \
  "parties: {a: , b: }\n"                                                                          \
  "sites: {sa: {party: a}}\n"                                                                      \
  "materials: {power: MWh}\n"                                                                      \
  "processes: {burn: {makes: {power: 1 MWh}}}\n"                                                   \
  "units:\n"                                                                                       \
  "  plant: {site: sa, runs: burn, capacity: 20 MW, minimum: 40 %, "                               \
  "part load: {40 %: 1.1, 70 %: 1.03, 100 %: 1}}\n"

static void share_of_what_must_run(void **state) {
  (void)state;
  gives(PART
        "markets: {m: {site: sa, buys: power, price: 37 USD/MWh}}\n"
        "agreements:\n"
        "  g: {kind: power, seller: b, buyer: a, material: power, place: sa, price: 60 USD/MWh, "
        "of: [units.plant]}\n",
        10,
        (const char *const[]){"agreements.g cannot deliver the required share", "'share'",
                              "of units.plant (case.yaml:7)", NULL});
}

/* It must run at 40 % at least, and only 4 MW of 20 can be sold: to lower the minimum alone does
 * not help, since the curve begins there. */
static void least_load_of_the_curve(void **state) {
  (void)state;
  fixture f =
      case_of("case.yaml",
              PART "markets: {m: {site: sa, buys: power, price: 37 USD/MWh, up to: 1 MWh/year}}\n"
                   "limits: {cap: {sums: [markets.m], up to: 1 MWh/year}}\n");
  pl_relaxation *r = NULL;
  int n = 0;
  assert_int_equal(PL_OK, pl_diagnose_infeasible(f.program, NULL, &r, &n, f.arena, f.diag));
  assert_true(n >= 1);
  for (int i = 0; i < n; i++) assert_true(r[i].place.line > 0);
  done(&f);
}

/* --- What cannot hold together --------------------------------------------------------------- */

static void conflict(const char *text, const char *const *named, const char *not_named) {
  fixture f = case_of("case.yaml", text);
  pl_relaxation r = {0};
  assert_int_equal(PL_OK, pl_conflict_find(f.program, NULL, f.arena, &r, f.diag));
  assert_non_null(r.sentence);
  assert_true(r.is_conflict && r.place.line > 0);
  for (; *named; named++)
    if (!strstr(r.sentence, *named)) fail_msg("'%s' is not in '%s'", *named, r.sentence);
  if (strstr(r.sentence, not_named)) fail_msg("'%s' is in '%s'", not_named, r.sentence);
  done(&f);
}

#define GOODS                                                                                      \
  "case: {from: 2026-01, to: 2026-01}\n"                                                           \
  "parties: {a: }\n"                                                                               \
  "sites: {sa: {party: a}}\n"                                                                      \
  "materials: {ore: t}\n"
#define ONE_STOCK                                                                                  \
  GOODS "stocks: {silo: {site: sa, keeps: ore, initial: 5 t, loss: 10 %/month, final: 5 t}}\n"
#define MANY                                                                                       \
  GOODS "markets:\n"                                                                               \
        "  s: {site: sa, sells: ore, price: 5 USD/t, up to: 6 t}\n"                                \
        "  m1: {site: sa, buys: ore, price: 5 USD/t, exactly: 1 t}\n"                              \
        "  m2: {site: sa, buys: ore, price: 5 USD/t, exactly: 1 t}\n"                              \
        "  m3: {site: sa, buys: ore, price: 5 USD/t, exactly: 1 t}\n"                              \
        "  m4: {site: sa, buys: ore, price: 5 USD/t, exactly: 1 t}\n"                              \
        "  m5: {site: sa, buys: ore, price: 5 USD/t, exactly: 1 t}\n"                              \
        "  m6: {site: sa, buys: ore, price: 5 USD/t, exactly: 1 t}\n"                              \
        "  m7: {site: sa, buys: ore, price: 5 USD/t, exactly: 1 t}\n"

static void conflict_by_prices(void **state) {
  (void)state;
  conflict(
      TWO,
      (const char *const[]){"these cannot all be met together: lasts of outages.one (case.yaml:9), "
                            "capacity 40 t/d of units.first (case.yaml:6), lasts of "
                            "outages.other (case.yaml:10)",
                            NULL},
      "markets.m");
}

/* A stock that can hold less than it must. */
static void conflict_of_one(void **state) {
  (void)state;
  conflict(ONE_STOCK, (const char *const[]){"this cannot be met: ", "stocks.silo", NULL}, ", ");
}

/* Seven buyers want more than there is: six things are named. */
static void conflict_of_many(void **state) {
  (void)state;
  conflict(MANY, (const char *const[]){"markets.m", ", and others", NULL}, "nobody");
}

/* Parts of a decision would do, so that no price says anything. */
static void conflict_of_whole_decisions(void **state) {
  (void)state;
  conflict("case: {from: 2026-01, to: 2026-01}\n"
           "parties: {a: }\n"
           "sites: {sa: {party: a}, sb: {party: a}}\n"
           "materials: {metal: t}\n"
           "processes: {smelt: {makes: {metal: 1 t}}}\n"
           "units:\n"
           "  first: {site: sa, runs: smelt, capacity: 10 t/month, minimum: 60 %, on/off: yes}\n"
           "  second: {site: sb, runs: smelt, capacity: 10 t/month, minimum: 60 %, on/off: yes}\n"
           "markets:\n"
           "  m: {site: sa, buys: metal, price: 5 USD/t, exactly: 4 t/month}\n"
           "  n: {site: sb, buys: metal, price: 5 USD/t, up to: 8 t/month}\n",
           (const char *const[]){"of units.first (case.yaml:7)", "markets.m (case.yaml:10)", NULL},
           "second");
}

static void no_conflict(void **state) {
  (void)state;
  fixture f =
      case_of("case.yaml", PART "markets: {m: {site: sa, buys: power, price: 3 USD/MWh}}\n");
  pl_relaxation r = {0};
  assert_int_equal(PL_OK, pl_conflict_find(f.program, NULL, f.arena, &r, f.diag));
  assert_null(r.sentence);
  done(&f);
}

static void suspects(void **state) {
  (void)state;
  fixture f = case_of("case.yaml", TWO);
  pl_relaxation r = {0};
  pl_conflict_suspects(f.program, f.arena, &r);
  assert_null(r.sentence); /* one number, which is like itself */
  done(&f);
  f = case_of("case.yaml",
              PART "markets: {m: {site: sa, buys: power, price: 3 USD/MWh, up to: 1 kWh/year}}\n");
  pl_conflict_suspects(f.program, f.arena, &r);
  assert_string_equal(r.sentence,
                      "what prevents a plan cannot be distinguished from rounding errors: the "
                      "case's numbers differ "
                      "too much in size, from 'up to 1 kWh/year' (case.yaml:8) to 'capacity 20 MW' "
                      "(case.yaml:7)");
  assert_int_equal(7, r.place.line);
  done(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_is_said),
      cmocka_unit_test(numbers_are_said),
      cmocka_unit_test(outages_that_do_not_fit),
      cmocka_unit_test(share_of_what_must_run),
      cmocka_unit_test(least_load_of_the_curve),
      cmocka_unit_test(conflict_by_prices),
      cmocka_unit_test(conflict_of_one),
      cmocka_unit_test(conflict_of_many),
      cmocka_unit_test(conflict_of_whole_decisions),
      cmocka_unit_test(no_conflict),
      cmocka_unit_test(suspects),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
