/* Units: the table, expressions, and complaints that know what people mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "unit/unit.h"

static void assert_near(double got, double wanted, double relative) {
  if (fabs(got - wanted) <= relative * fabs(wanted)) return;
  print_error("got %.17g, wanted %.17g\n", got, wanted);
  fail();
}

static pl_measure measure(const char *text) {
  pl_measure m;
  size_t used;
  if (!pl_measure_parse(text, strlen(text), &m, &used) || used != strlen(text)) {
    print_error("'%s' is no unit\n", text);
    fail();
  }
  return m;
}

static void assert_dim(const char *text, const char *wanted) {
  pl_arena *a = pl_arena_new();
  pl_measure const m = measure(text);
  assert_string_equal(pl_dim_text(pl_measure_dim(&m), a), wanted);
  pl_arena_free(a);
}

static void units_convert(void **state) {
  (void)state;
  static const struct {
    const char *text, *dim;
    double factor;
  } rows[] = {
      {"t", "t", 1},
      {"kt", "t", 1000},
      {"Mt", "t", 1e6},
      {"g/t", "1", 1e-6},
      {"USD/lb", "USD/t", 2204.62262184878},
      {"USD/short-ton", "USD/t", 1.10231131092439},
      {"MW", "MWh/h", 1},
      {"GWh", "MWh", 1000},
      {"GJ", "MWh", 1 / 3.6},
      {"MJ/t", "MWh/t", 1 / 3600.0},
      {"EUR/MWh", "EUR/MWh", 1},
      {"USD/mmbtu", "USD/MWh", 3.41214163312794},
      {"therm", "MWh", 0.029307107017222},
      {"USD/1000m3", "USD/m3", 1e-3},
      {"USD/1000 m3", "USD/m3", 1e-3},
      {"1000 m3", "m3", 1e3},
      {"t/h", "t/h", 1},
      {"t/day", "t/h", 1 / 24.0},
      {"t / d", "t/h", 1 / 24.0},
      {"USD/(t*km)", "USD/(t*km)", 1},
      {"USD/tkm", "USD/(t*km)", 1},
      {"USD/( t * km )", "USD/(t*km)", 1},
      {"USD/t/km", "USD/(t*km)", 1},
      {"USct/lb", "USD/t", 22.0462262184878},
      {"MUSD", "USD", 1e6},
      {"qepik/kWh", "AZN/MWh", 10},
      {"%", "1", 0.01},
      {"ppm", "1", 1e-6},
      {"1", "1", 1},
      {"1/h", "1/h", 1},
      {"USD/FEU", "USD/piece", 1},
      {"nmi", "km", 1.852},
      {"min", "h", 1 / 60.0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_near(measure(rows[i].text).factor, rows[i].factor, 1e-12);
    assert_dim(rows[i].text, rows[i].dim);
  }
}

/* At the moment that begins a day. */
static double at(const pl_measure *m, int year, int month, int day) {
  pl_time const t = pl_time_of(year, month, day);
  return pl_measure_over_time(m, t, t + 1);
}

static void calendar_units_depend_on_the_date(void **state) {
  (void)state;
  pl_measure const rate = measure("kt/year"), rent = measure("USD/t/month");
  assert_true(pl_measure_has_calendar(&rate));
  assert_near(rate.factor, 1000, 0);
  assert_int_equal(rate.calendar[PL_YEAR], -1);
  assert_int_equal(rate.dim.of[PL_DIM_TIME], 0);
  assert_dim("kt/year", "t/h");
  assert_dim("USD/t/month", "USD/(t*h)");
  assert_near(at(&rate, 2025, 6, 1), 1000 / 8760.0, 1e-15);
  assert_near(at(&rate, 2024, 6, 1), 1000 / 8784.0, 1e-15);
  assert_near(at(&rent, 2024, 2, 29), 1 / 696.0, 1e-15);
  pl_measure const quarter = measure("quarters"), week = measure("week");
  assert_near(at(&quarter, 2026, 1, 1), 90 * 24, 0);
  assert_false(pl_measure_has_calendar(&week));
  assert_near(at(&week, 1970, 1, 1), 168, 0);
}

static void parsing_goes_as_far_as_units_do(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t used;
  } rows[] = {
      {"USD/t*LME[M]", 5}, {"t * (LME - 3)", 1}, {"USD/t / 2", 5}, {"t*min(3,4)", 1},
      {"min(3)", 0},       {"t-rate", 0},        {"t - 3", 1},     {"h[M-1]", 0},
      {"t^2", 1},          {"kt/yaer", 2},       {"1 t", 0},       {"1.5", 0},
      {"12", 0},           {"1/x", 0},           {"", 0},          {"/t", 0},
      {"(t", 0},           {"t*(km", 1},         {"mt", 0},        {"t,", 1},
      {"LME.AL", 0},       {"t/h.x", 1},         {"1000 m", 0},    {"1000 m34", 0},
      {"((((t))))", 9},    {"(((((t)))))", 0},   {"% of LME", 1},  {"t\n/h", 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    pl_measure m;
    size_t used = 99;
    bool const ok = pl_measure_parse(rows[i].text, strlen(rows[i].text), &m, &used);
    if (used != rows[i].used) print_error("'%s'\n", rows[i].text);
    assert_int_equal(used, rows[i].used);
    assert_int_equal(ok, used > 0);
  }
}

static void endless_products_end(void **state) {
  (void)state;
  char text[4000];
  for (size_t i = 0; i < sizeof text; i += 2) memcpy(text + i, "t*", 2);
  pl_measure m;
  size_t used;
  assert_true(pl_measure_parse(text, sizeof text, &m, &used));
  assert_true(used < 100);
  for (int i = 0; i < 200; i++) m = pl_measure_times(m, measure("t"));
  assert_int_equal(m.dim.of[PL_DIM_MASS], 100);
  for (int i = 0; i < 300; i++) m = pl_measure_over(m, measure("Mt*year"));
  assert_int_equal(m.dim.of[PL_DIM_MASS], -100);
  assert_int_equal(m.calendar[PL_YEAR], -100);
}

static void complaints_know_the_trade(void **state) {
  (void)state;
  static const struct {
    const char *text, *complaint, *hint;
    int column, length;
  } rows[] = {
      {"mt", "'mt' is not a unit", "write t (metric tonne) or Mt (million tonnes)", 10, 2},
      {"USD/mt", "'mt' is not a unit in 'USD/mt'", "write t (metric tonne) or Mt (million tonnes)",
       14, 2},
      {"ton", "'ton' is not a unit", "write t (1000 kg) or short-ton (907.185 kg)", 10, 3},
      {"kt/yaer", "'yaer' is not a unit in 'kt/yaer'", "did you mean 'year'?", 13, 4},
      {"usd/t", "'usd' is not a unit in 'usd/t'", "write USD", 10, 3},
      {"€/t", "'€' is not a unit in '€/t'", "write EUR", 10, 3},
      {"mmwh", "'mmwh' is not a unit", "did you mean 'MWh'?", 10, 4},
      {"t^2", "'^' is not a unit in 't^2'", "write the unit by its name (m3) or twice (t*t)", 11,
       1},
      {"LME.AL", "'LME.AL' is not a unit", NULL, 10, 6},
      {"  ", "a unit is missing", NULL, 10, 2},
      {"USD/(t", "'USD/(t' is not a unit", NULL, 10, 6},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    pl_diag *d = pl_diag_new();
    pl_measure m;
    pl_span const text = pl_span_of(rows[i].text);
    pl_place const at = {"case.yaml", 3, 10, (int)text.length};
    assert_int_equal(pl_measure_read(text, at, &m, d), PL_UNIT);
    const pl_message *said = pl_diag_at(d, 0);
    assert_string_equal(said->text, rows[i].complaint);
    if (rows[i].hint)
      assert_string_equal(said->hint, rows[i].hint);
    else
      assert_null(said->hint);
    assert_int_equal(said->place.column, rows[i].column);
    assert_int_equal(said->place.length, rows[i].length);
    pl_diag_free(d);
  }
}

static void places_within_quotes_stay_whole(void **state) {
  (void)state;
  pl_diag *d = pl_diag_new();
  pl_measure m;
  pl_place const at = {"case.yaml", 3, 10, 8}; /* the quotes make it longer than the text */
  assert_int_equal(pl_measure_read(pl_span_of("USD/mt"), at, &m, d), PL_UNIT);
  assert_int_equal(pl_diag_at(d, 0)->place.column, 10);
  assert_int_equal(pl_diag_at(d, 0)->place.length, 8);
  assert_int_equal(pl_measure_read(pl_span_of(" kt/year "), at, &m, d), PL_OK);
  assert_near(m.factor, 1000, 0);
  pl_diag_free(d);
}

/* Whether a word of the advice is a unit, so that whoever follows it is understood. */
static bool names_a_unit(const char *advice) {
  bool any = false;
  for (const char *at = advice; *at; at += strspn(at, " ;,()")) {
    size_t const length = strcspn(at, " ;,()");
    pl_measure m;
    size_t used;
    any = any || (pl_measure_parse(at, length, &m, &used) && used == length);
    at += length;
  }
  return any;
}

static void every_symbol_and_trap_is_what_it_says(void **state) {
  (void)state;
  int count;
  const pl_unit_symbol *known = pl_unit_symbols(&count);
  for (int i = 0; i < count; i++) {
    assert_true(measure(known[i].symbol).factor > 0);
    assert_true(strlen(known[i].meaning) > 3);
    for (int k = 0; k < i; k++) assert_string_not_equal(known[i].symbol, known[k].symbol);
  }
  static const char *const traps[] = {
#define T(written, advice) written,
#include "unit/trap.def"
#undef T
  };
  static const char *const advice[] = {
#define T(written, advice) advice,
#include "unit/trap.def"
#undef T
  };
  for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
    pl_measure m;
    size_t used;
    assert_false(pl_measure_parse(traps[i], strlen(traps[i]), &m, &used));
    pl_diag *d = pl_diag_new();
    assert_int_equal(pl_measure_read(pl_span_of(traps[i]), PL_NOWHERE, &m, d), PL_UNIT);
    assert_string_equal(pl_diag_at(d, 0)->hint, advice[i]);
    assert_true(names_a_unit(advice[i]));
    pl_diag_free(d);
  }
}

static void dimensions_reckon(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  static const char *const inside[] = {
#define D(name, unit) unit,
#include "unit/dimension.def"
#undef D
  };
  for (int i = 0; i < PL_DIMS; i++) {
    assert_string_equal(pl_dim_text(pl_dim_of((pl_dim_name)i), a), inside[i]);
    assert_near(measure(inside[i]).factor, 1, 0);
    assert_true(pl_dim_equal(measure(inside[i]).dim, pl_dim_of((pl_dim_name)i)));
    assert_int_equal(pl_dim_currency(pl_dim_of((pl_dim_name)i)), i >= PL_DIM_USD ? i : -1);
  }
  pl_dim const usd = pl_dim_of(PL_DIM_USD), t = pl_dim_of(PL_DIM_MASS), eur = pl_dim_of(PL_DIM_EUR);
  pl_dim const price = pl_dim_over(usd, t);
  assert_true(pl_dim_equal(pl_dim_times(price, t), usd));
  assert_true(pl_dim_is_none(pl_dim_over(price, price)));
  assert_false(pl_dim_is_none(price));
  assert_int_equal(pl_dim_currency(price), PL_DIM_USD);
  assert_int_equal(pl_dim_currency(pl_dim_over(t, eur)), PL_DIM_EUR);
  assert_int_equal(pl_dim_currency(pl_dim_over(usd, eur)), -1);
  assert_int_equal(pl_dim_currency(pl_dim_times(usd, usd)), -1);
  assert_int_equal(pl_dim_currency(t), -1);
  pl_arena_free(a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(units_convert),
      cmocka_unit_test(calendar_units_depend_on_the_date),
      cmocka_unit_test(parsing_goes_as_far_as_units_do),
      cmocka_unit_test(endless_products_end),
      cmocka_unit_test(complaints_know_the_trade),
      cmocka_unit_test(places_within_quotes_stay_whole),
      cmocka_unit_test(every_symbol_and_trap_is_what_it_says),
      cmocka_unit_test(dimensions_reckon),
  };
  return cmocka_run_group_tests_name("unit", tests, NULL, NULL);
}
