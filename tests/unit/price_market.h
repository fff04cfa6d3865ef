#ifndef PL_UNIT_PRICE_MARKET_H
#define PL_UNIT_PRICE_MARKET_H

/* A small market to test prices in, built before each test. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "price/formula.h"
#include "price/quotes.h"
#include "price/zone.h"

enum { LINE = 3, COLUMN = 10 };

typedef struct {
  pl_arena *arena;
  pl_diag *diag;
  pl_quotes *quotes;
} market;

static bool is_near(double wanted, double found) {
  if (fabs(wanted - found) <= 1e-12 * fmax(1, fabs(wanted))) return true;
  print_error("wanted %.17g, found %.17g\n", wanted, found);
  return false;
}
#define near(wanted, found) assert_true(is_near(wanted, found))

static void print_complaints(const pl_diag *d) {
  for (int i = 0; i < pl_diag_size(d); i++)
    print_error("%d: %s\n", pl_diag_at(d, i)->place.column, pl_diag_at(d, i)->text);
}

static pl_time date(const char *text) {
  pl_time t;
  pl_step step;
  assert_true(pl_time_parse(text, strlen(text), &t, &step));
  return t;
}

static pl_measure unit_of(market *m, const char *text) {
  pl_measure unit;
  assert_int_equal(pl_measure_read(pl_span_of(text), PL_NOWHERE, &unit, m->diag), PL_OK);
  return unit;
}

/* --- A small market
 * --------------------------------------------------------------------------------------- */

static pl_status parse(market *m, const char *text, pl_formula **out) {
  pl_place const place = {"case.yaml", LINE, COLUMN, (int)strlen(text)};
  return pl_formula_parse(pl_span_of(text), place, m->arena, out, m->diag);
}

static void add_formula(market *m, const char *name, const char *text) {
  pl_quotation q = {.name = name};
  assert_int_equal(parse(m, text, &q.formula), PL_OK);
  assert_int_equal(pl_quotes_add(m->quotes, &q, m->diag), PL_OK);
}

/* first + step × k for n steps from a date on. */
static void add_series(market *m, const char *name, const char *unit, pl_step step,
                       const char *from, int n, double first, double each, pl_beyond beyond) {
  pl_quotation q = {
      .name = name, .unit = unit_of(m, unit), .n = n, .beyond = beyond, .file = "prices.csv"};
  q.from = PL_NEW_ARRAY(m->arena, pl_time, (size_t)n);
  q.value = PL_NEW_ARRAY(m->arena, double, (size_t)n);
  for (int i = 0; i < n; i++) {
    q.from[i] = i ? pl_step_add(step, q.from[i - 1], 1) : date(from);
    q.value[i] = (first + each * (step == PL_HOUR ? i % 24 : i)) * q.unit.factor;
  }
  q.until = pl_step_add(step, q.from[n - 1], 1);
  assert_int_equal(pl_quotes_add(m->quotes, &q, m->diag), PL_OK);
}

static int set_up(void **state) {
  market *m = test_calloc(1, sizeof *m);
  m->arena = pl_arena_new();
  m->diag = pl_diag_new();
  m->quotes = pl_quotes_new(m->arena, PL_DIM_USD);
  add_series(m, "LME.AL", "USD/t", PL_MONTH, "2025-01", 36, 2400, 10, PL_BEYOND_ERROR);
  add_series(m, "EDP", "USD/t", PL_MONTH, "2025-01", 36, 100, 25, PL_BEYOND_ERROR);
  add_series(m, "CPI", "1", PL_MONTH, "2025-01", 36, 100, 1, PL_BEYOND_ERROR);
  add_series(m, "DAM.RO", "EUR/MWh", PL_HOUR, "2026-01", 8760, 0, 1, PL_BEYOND_ERROR);
  add_series(m, "HELD", "USD/t", PL_MONTH, "2026-01", 2, 500, 10, PL_BEYOND_HOLD);
  add_series(m, "AGAIN", "USD/t", PL_MONTH, "2025-01", 24, 0, 1, PL_BEYOND_REPEAT);
  add_series(m, "DAILY", "USD/t", PL_DAY, "2024-01-01", 731, 0, 1, PL_BEYOND_REPEAT);
  add_series(m, "OUTPUT", "kt/year", PL_YEAR, "2026", 3, 265, 0, PL_BEYOND_ERROR);
  add_formula(m, "AL.A15", "1900 USD/t");
  add_formula(m, "FX.USD.ZAR", "9.20 ZAR/USD");
  add_formula(m, "FX.EUR", "1.25 USD/EUR");
  add_formula(m, "FX.GBP", "0.8 GBP/USD");
  add_formula(m, "ALUMINA", "15 % * LME.AL[M-1]");
  assert_int_equal(pl_quotes_exchange(m->quotes, PL_DIM_EUR, "FX.EUR", PL_NOWHERE, m->diag), PL_OK);
  assert_int_equal(pl_quotes_exchange(m->quotes, PL_DIM_GBP, "FX.GBP", PL_NOWHERE, m->diag), PL_OK);
  assert_int_equal(pl_quotes_finish(m->quotes, m->diag), PL_OK);
  *state = m;
  return 0;
}

static int tear_down(void **state) {
  market *m = *state;
  pl_diag_free(m->diag);
  pl_arena_free(m->arena);
  test_free(m);
  return 0;
}

static pl_formula *bind(market *m, const char *text, const char *unit) {
  pl_formula *f = NULL;
  pl_measure const want = unit_of(m, unit);
  bool const ok =
      parse(m, text, &f) == PL_OK &&
      pl_formula_bind(f, m->quotes, pl_measure_dim(&want), "price", m->arena, m->diag) == PL_OK;
  if (!ok) print_complaints(m->diag);
  assert_true(ok);
  return f;
}

/* The value of text over [from, to), in unit. */
static double value(market *m, const char *text, const char *unit, const char *from,
                    const char *to) {
  pl_measure const measure = unit_of(m, unit);
  return pl_formula_eval(bind(m, text, unit), m->quotes, date(from), date(to)) /
         pl_measure_over_time(&measure, date(from), date(from) + 1);
}

static double in_month(market *m, const char *text, const char *unit, const char *month) {
  char next[40];
  (void)pl_time_format(pl_step_add(PL_MONTH, date(month), 1), PL_MONTH, next, sizeof next);
  return value(m, text, unit, month, next);
}

static bool says(const char *whole, const char *part) {
  return !part || (whole && strstr(whole, part));
}

/* The same text, or none in both. */
static bool is_text(const char *one, const char *other) {
  return one && other ? strcmp(one, other) == 0 : one == other;
}

#endif
