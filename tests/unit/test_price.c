/* Formulas of real contracts with numbers worked out by hand, windows, units, exchange, gaps, and
 * every complaint with its place. */
#include "unit/price_market.h"

/* --- Formulas of real contracts
 * ------------------------------------------------------------------------------- */

/* A power price linked to aluminium: with aluminium at 1900 USD/t and 9.20 ZAR/USD. */
static void test_power_linked_to_metal(void **state) {
  market *m = *state;
  near(0.1143192, in_month(m, "6.54e-6 t/kWh * AL.A15[M] * FX.USD.ZAR[M]", "ZAR/kWh", "2026-01"));
  near(56.58276, in_month(m, "3237e-6 t/kW * AL.A15[M] * FX.USD.ZAR[M]", "ZAR/kW", "2026-01"));
}

static void test_real_formulas(void **state) {
  market *m = *state;
  near(0.15 * 2560, in_month(m, "15% * avg(LME.AL[Q])", "USD/t", "2026-05"));
  near(0.14 * 2510, in_month(m, "max(14% * LME.AL[M-1], 230 USD/t)", "USD/t", "2026-01"));
  near(230, in_month(m, "max(8 % * LME.AL[M-1], 230 USD/t)", "USD/t", "2026-01"));
  near(2530 + 400,
       in_month(m, "LME.AL[M] + clip(EDP[M], 150 USD/t, 400 USD/t)", "USD/t", "2026-02"));
  near(2400 + 150,
       in_month(m, "LME.AL[M] + clip(EDP[M], 150 USD/t, 400 USD/t)", "USD/t", "2025-01"));
  near(0.96 * 2520 + 0.5 * 400,
       in_month(m, "96 % * LME.AL[M] + 50 % * EDP[M]", "USD/t", "2026-01"));
  const char *linked = "min(50 USD/MWh, pwl(LME.AL[M]; 1500 USD/t:25 USD/MWh, 2500 USD/t:45 "
                       "USD/MWh, 3500 USD/t:75 USD/MWh)) + 1 USD/MWh";
  near(45 + 30 * 0.03 + 1, in_month(m, linked, "USD/MWh", "2026-02"));
  near(25 + 20 * 0.9 + 1, in_month(m, linked, "USD/MWh", "2025-01"));
  near(30 * 114.0 / 109.0,
       in_month(m, "30 USD/MWh * index(CPI[M-3], 2025-10)", "USD/MWh", "2026-06"));
  near(560 + 31.84,
       in_month(
           m,
           "500 ZAR/MWh * index(CPI) + 0.01 t/MWh * max(0, LME.AL[M]*FX.USD.ZAR[M] - 20000 ZAR/t)",
           "ZAR/MWh", "2026-01"));
}

static void test_functions(void **state) {
  market *m = *state;
  near(2.5, in_month(m, "avg(1, 2, 3, 4)", "1", "2026-01"));
  near(2525, in_month(m, "round(LME.AL + 3 USD/t, 5 USD/t)", "USD/t", "2026-01"));
  near(7, in_month(m, "abs(3 - 10)", "1", "2026-01"));
  near(-7, in_month(m, "-(2 + 5)", "1", "2026-01"));
  near(1, in_month(m, "if(LME.AL > 2510 USD/t, 1, 2)", "1", "2026-01"));
  near(2, in_month(m, "if(LME.AL < 2520 USD/t, 1, 2)", "1", "2026-01"));
  near(1, in_month(m, "if(LME.AL <= 2520 USD/t, 1, 2)", "1", "2026-01"));
  near(1, in_month(m, "if(LME.AL >= 2520 USD/t, 1, 2)", "1", "2026-01"));
  const char *steps = "step(LME.AL; 2500 USD/t:10 USD/t, 2520 USD/t:20 USD/t, 2540 USD/t:30 USD/t)";
  near(10, in_month(m, steps, "USD/t", "2025-01"));
  near(20, in_month(m, steps, "USD/t", "2026-01"));
  near(20, in_month(m, steps, "USD/t", "2026-02"));
  near(30, in_month(m, steps, "USD/t", "2026-12"));
  near(2, in_month(m, "8 / 2 / 2", "1", "2026-01"));
  near(1, in_month(m, "4 - 2 - 1", "1", "2026-01"));
  near(14, in_month(m, "2+3*4", "1", "2026-01"));
  near(718979804, in_month(m, "718979804", "1", "2026-01"));
}

/* --- Windows
 * -----------------------------------------------------------------------------------------------
 */

static void test_windows(void **state) {
  market *m = *state;
  near(2520, in_month(m, "LME.AL", "USD/t", "2026-01"));
  near(2520, in_month(m, "LME.AL[M]", "USD/t", "2026-01"));
  near(2510, in_month(m, "LME.AL[M-1]", "USD/t", "2026-01"));
  near(2530, in_month(m, "LME.AL[M+1]", "USD/t", "2026-01"));
  near(2500, in_month(m, "LME.AL[Q-1]", "USD/t", "2026-03"));
  near((2490.0 * 31 + 2500 * 30 + 2510 * 31) / 92,
       in_month(m, "LME.AL[M-3..M-1]", "USD/t", "2026-01"));
  near((2490.0 * 31 + 2500 * 30 + 2510 * 31) / 92,
       in_month(m, "LME.AL[ last 3 M ]", "USD/t", "2026-01"));
  near(value(m, "LME.AL", "USD/t", "2025", "2026"), in_month(m, "LME.AL[Y-1]", "USD/t", "2026-07"));
  near(value(m, "LME.AL", "USD/t", "2026", "2027"), in_month(m, "LME.AL[Y]", "USD/t", "2026-07"));
  near(2500, value(m, "LME.AL[D-3]", "USD/t", "2025-12-03", "2025-12-04"));
  near(2510, value(m, "LME.AL[D-3]", "USD/t", "2025-12-04", "2025-12-05"));
  near(5, value(m, "DAM.RO[H-2]", "EUR/MWh", "2026-02-01T07:00", "2026-02-01T08:00"));
}

/* A year of a price made month by month is the mean of its months by their days, whatever the
 * formula. */
static void test_windows_in_long_slices(void **state) {
  market *m = *state;
  double lag = 0, floor = 0, days = 0;
  for (int month = 1; month <= 12; month++) {
    double const length =
        (double)(pl_time_of(2026, month + 1, 1) - pl_time_of(2026, month, 1)) / (24 * 60);
    double const before = 2510 + 10 * (month - 1);
    lag += before * length;
    floor += fmax(before, 2560) * length;
    days += length;
  }
  near(lag / days, value(m, "LME.AL[M-1]", "USD/t", "2026", "2027"));
  near(floor / days, value(m, "max(LME.AL[M-1], 2560 USD/t)", "USD/t", "2026", "2027"));
  near((lag / days) * 0.15, value(m, "ALUMINA", "USD/t", "2026", "2027"));
  near(0.15 * 2510, value(m, "ALUMINA", "USD/t", "2026-01-05T03:00", "2026-01-05T04:00"));
  near((2510.0 + 2520) / 2, value(m, "LME.AL[M-1]", "USD/t", "2026-01-30", "2026-02-03"));
  near(4.5, value(m, "max(0, DAM.RO[H] - 14 EUR/MWh) * 1 MWh/EUR", "1", "2026", "2027") * 24 /
                10); /* 1+…+9 over 24 */
  near(0, value(m, "max(0, DAM.RO - 14 EUR/MWh) * 1 MWh/EUR", "1", "2026", "2027"));
}

static void test_beyond_the_end(void **state) {
  market *m = *state;
  near(510, in_month(m, "HELD", "USD/t", "2030-07"));
  near((500.0 * 31 + 510 * 28 + 510 * 31) / 90, value(m, "HELD", "USD/t", "2026-01", "2026-04"));
  near(18, in_month(m, "AGAIN", "USD/t", "2027-07"));
  near(18, in_month(m, "AGAIN", "USD/t", "2031-07"));
  near(value(m, "AGAIN", "USD/t", "2026", "2027"), value(m, "AGAIN", "USD/t", "2029", "2030"));
  near(23.0 / 2 + 12.0 / 2, value(m, "AGAIN", "USD/t", "2028-12-22", "2029-01-11"));
  near(366 + 58,
       value(m, "DAILY", "USD/t", "2028-02-29", "2028-03-01")); /* 28 February 2025 again */
  near(366 + 59, value(m, "DAILY", "USD/t", "2028-03-01", "2028-03-02"));
  assert_true(isnan(in_month(m, "LME.AL", "USD/t", "2028-01")));
  assert_true(isnan(in_month(m, "LME.AL[M-1]", "USD/t", "2025-01")));
}

static void test_grids_agree_with_slices(void **state) {
  market *m = *state;
  static const char *const formulas[] = {
      "LME.AL[M-1]", "LME.AL * 1.1 + EDP[Q-1]",   "max(LME.AL[Q], 2530 USD/t)",
      "ALUMINA",     "DAM.RO * 1 MWh/t",          "if(DAM.RO[H] > 12 EUR/MWh, ALUMINA, EDP)",
      "5 USD/t",     "1 USD*year/t * 1 / 1 year", "AGAIN[last 5 M] + DAILY[D-1]"};
  static const pl_step steps[] = {PL_HOUR, PL_DAY, PL_WEEK, PL_MONTH, PL_QUARTER, PL_YEAR};
  for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
    const pl_formula *f = bind(m, formulas[i], "USD/t");
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
      pl_grid grid;
      pl_grid_init(&grid, m->arena, steps[s], date("2026-01-07"), date("2026-12-20"));
      double *values = PL_NEW_ARRAY(m->arena, double, (size_t)grid.n);
      pl_formula_eval_grid(f, m->quotes, &grid, values);
      for (int v = 0; v < grid.n; v++) {
        double const one = pl_formula_eval(f, m->quotes, grid.start[v], grid.start[v + 1]);
        assert_true(isfinite(one));
        assert_memory_equal(&one, &values[v], sizeof one);
      }
    }
  }
}

/* --- Units
 * -------------------------------------------------------------------------------------------------
 */

static void test_calendar_units(void **state) {
  market *m = *state;
  near(265000.0 / 8760, value(m, "265 kt/year", "t/h", "2026", "2027"));
  near(265000.0 / 8784, value(m, "265 kt/year", "t/h", "2028", "2029"));
  near((265000.0 / 8760 + 265000.0 / 8784) / 2,
       value(m, "265 kt/year", "t/h", "2027-12-22", "2028-01-11"));
  near(5000.0 / 696, value(m, "5 kt/month", "t/h", "2028-02", "2028-03"));
  near(0.08 * 288 / 8760, value(m, "8 %/year * 12 d", "1", "2026", "2027"));
  near(265000.0 / 8784 * 0.4, value(m, "265 kt/year * 40 %", "t/h", "2028", "2029"));
  near(265000.0 / 8784, value(m, "OUTPUT", "t/h", "2028", "2029"));
  near(109.0, value(m, "109 USD/1000 m3", "USD/1000 m3", "2026", "2027"));
}

static void test_rates_say_per_what(void **state) {
  market *m = *state;
  static const struct {
    const char *text, *unit;
    int per;
  } rates[] = {{"400 kt/year", "t/h", PL_YEAR},
               {"5 t/d", "t/h", PL_DAY},
               {"5 t/week", "t/h", PL_WEEK},
               {"5 t/h", "t/h", PL_HOUR},
               {"40 MW", "MW", PL_QUARTER_HOUR},
               {"5 kt/month * 2", "t/h", PL_MONTH},
               {"2 * 30 % * 5 t/d", "t/h", PL_DAY},
               {"OUTPUT / 2", "t/h", PL_YEAR},
               {"5 t/d + 1 kt/year", "t/h", -1},
               {"800 t / 1 month", "t/h", PL_MONTH},
               {"20 MW * 3 h/day", "MW", PL_DAY},
               {"2 t/h * 300 h/year", "t/h", PL_YEAR},
               {"5 t/min", "t/h", PL_QUARTER_HOUR},
               {"max(0, 5 kt/quarter)", "t/h", PL_QUARTER},
               {"5 t", "t", -1},
               {"12 %/year * 1 year", "1", -1}};
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
    assert_int_equal(rates[i].per, pl_formula_per(bind(m, rates[i].text, rates[i].unit)));
}

static void test_hours_say_in_what_time(void **state) {
  market *m = *state;
  static const struct {
    const char *text;
    int per;
  } rates[] = {{"4 h/day", PL_DAY},          {"80 h/month * 2", PL_MONTH},
               {"2 * 80 h/month", PL_MONTH}, {"300 h / 1 year", PL_YEAR},
               {"4 h/day + 5 h/week", -1},   {"30 %", -1}};
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
    assert_int_equal(rates[i].per, pl_formula_hours_per(bind(m, rates[i].text, "1")));
}

static void test_constants(void **state) {
  market *m = *state;
  assert_true(pl_formula_is_constant(bind(m, "1.5 kt + 20 t", "t")));
  near(1520, pl_formula_number(bind(m, "1.5 kt + 20 t", "t")));
  near(0.25, pl_formula_number(bind(m, "1 - pwl(5; 0:50 %, 10:100 %)", "1")));
  near(0, pl_formula_number(bind(m, "0", "USD/t")));
  assert_false(pl_formula_is_constant(bind(m, "5 kt/year", "t/h")));
  assert_false(
      pl_formula_is_constant(bind(m, "5 EUR/t", "USD/t"))); /* its value is the exchange rate's */
  assert_false(pl_formula_is_constant(bind(m, "LME.AL", "USD/t")));
  pl_formula *made = pl_formula_constant(m->arena, 4, pl_dim_of(PL_DIM_MASS), PL_NOWHERE);
  near(4, pl_formula_number(made));
  assert_int_equal(
      pl_formula_bind(made, m->quotes, pl_dim_of(PL_DIM_MASS), "stock", m->arena, m->diag), PL_OK);
}

static void test_exchange(void **state) {
  market *m = *state;
  near(12.5, in_month(m, "10 EUR/t", "USD/t", "2026-01"));
  near(12.5, in_month(m, "10 GBP/t", "USD/t", "2026-01"));
  near(8, in_month(m, "10 t/EUR", "t/USD", "2026-01"));
  near(11.5 * 1.25, in_month(m, "DAM.RO", "USD/MWh", "2026-01"));
  near(4, in_month(m, "5 EUR / FX.EUR * 1 USD/EUR/EUR", "1", "2026-01"));
  pl_formula *f = bind(m, "DAM.RO + 1 EUR/MWh", "USD/MWh");
  int ids[8];
  assert_int_equal(pl_formula_quotations(f, ids, 8), 2);
  assert_string_equal(pl_quotes_at(m->quotes, ids[0])->name, "DAM.RO");
  assert_string_equal(pl_quotes_at(m->quotes, ids[1])->name, "FX.EUR");
  assert_true(pl_formula_dim(f).of[PL_DIM_EUR] == 1);
}

static void test_steps_in_time(void **state) {
  market *m = *state;
  pl_formula *parts[3];
  assert_int_equal(parse(m, "0", &parts[0]), PL_OK);
  assert_int_equal(parse(m, "100 EUR/t", &parts[1]), PL_OK);
  assert_int_equal(parse(m, "LME.AL[M-1]", &parts[2]), PL_OK);
  pl_time const from[] = {date("2026-01"), date("2026-07"), date("2027")};
  pl_formula *f = pl_formula_steps(m->arena, 3, from, parts, PL_NOWHERE);
  pl_measure const want = unit_of(m, "USD/t");
  assert_int_equal(pl_formula_bind(f, m->quotes, want.dim, "price", m->arena, m->diag), PL_OK);
  near(0, pl_formula_eval(f, m->quotes, date("2025-03"), date("2025-04")));
  near(125, pl_formula_eval(f, m->quotes, date("2026-08"), date("2026-09")));
  near(62.5, pl_formula_eval(f, m->quotes, date("2026-06-30"), date("2026-07-02")));
  near(2630, pl_formula_eval(f, m->quotes, date("2027-01"), date("2027-02")));
  assert_false(pl_formula_is_constant(f));
  assert_int_equal(pl_formula_quotations(f, NULL, 0), 2);
  assert_int_equal(pl_formula_check(f, m->quotes, date("2026"), date("2028"), m->diag), PL_OK);
  assert_int_equal(pl_formula_check(f, m->quotes, date("2026"), date("2028-03"), m->diag),
                   PL_RANGE);
}

static void test_scenario_prices(void **state) {
  market *m = *state;
  const pl_formula *f = bind(m, "ALUMINA + 1 USD/t", "USD/t");
  pl_quotes *fork = pl_quotes_fork(m->quotes, m->arena);
  int const lme = pl_quotes_find(fork, "LME.AL", 6);
  for (int i = 0; i < pl_quotes_at(fork, lme)->n; i++) pl_quotes_values(fork, lme)[i] = 1000;
  near(151, pl_formula_eval(f, fork, date("2026"), date("2027")));
  near(0.15 * 2510 + 1, pl_formula_eval(f, m->quotes, date("2026-01"), date("2026-02")));
  near(1000, pl_quotes_mean(fork, lme, date("2026"), date("2027")));
}

/* --- Complaints
 * --------------------------------------------------------------------------------------------- */

typedef struct {
  const char *text;
  pl_status status;
  int at, length; /* within text */
  const char *words, *hint;
} complaint;

static const complaint complaints[] = {
#define P(text, status, at, length, words, hint) {text, PL_##status, at, length, words, hint},
#include "unit/price_complaints.def"
#undef P
};

static pl_status bind_price(market *m, const char *text, pl_diag *diag) {
  pl_formula *f = NULL;
  pl_place const place = {"case.yaml", LINE, COLUMN, (int)strlen(text)};
  PL_TRY(pl_formula_parse(pl_span_of(text), place, m->arena, &f, diag));
  return pl_formula_bind(f, m->quotes, unit_of(m, "USD/t").dim, "price", m->arena, diag);
}

static void test_complaints(void **state) {
  market *m = *state;
  for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
    const complaint *c = &complaints[i];
    pl_diag *diag = pl_diag_new();
    pl_status const status = bind_price(m, c->text, diag);
    const pl_message *said = pl_diag_at(diag, 0);
    bool const right = said && status == c->status && said->place.line == LINE &&
                       said->place.column == COLUMN + c->at && said->place.length == c->length &&
                       is_text(said->text, c->words) && is_text(said->hint, c->hint);
    if (!right)
      print_error("'%s': status %d, at %d length %d: %s (%s)\n", c->text, (int)status,
                  said ? said->place.column - COLUMN : -1, said ? said->place.length : -1,
                  said ? said->text : "nothing said", said && said->hint ? said->hint : "");
    assert_true(right);
    pl_diag_free(diag);
  }
}

static void test_all_faults_at_once(void **state) {
  market *m = *state;
  pl_diag *diag = pl_diag_new();
  assert_int_equal(bind_price(m, "NOPE[M] + max(NIL, 3 USD/t) / (1 t + 2 MWh)", diag), PL_NAME);
  assert_int_equal(pl_diag_count(diag, PL_ERROR), 3);
  pl_diag_free(diag);
}

static void test_places_in_quotes(void **state) {
  market *m = *state;
  static const struct {
    int length, column; /* of the place, of the complaint */
  } cases[] = {{9, 13}, {7, 12}, {13, 6}, {1, 6}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    pl_diag *diag = pl_diag_new();
    pl_formula *f;
    pl_place const place = {"case.yaml", 1, 6, cases[i].length};
    assert_int_equal(pl_formula_parse(pl_span_of("5 * 6 )"), place, m->arena, &f, diag), PL_SYNTAX);
    assert_int_equal(pl_diag_at(diag, 0)->place.column, cases[i].column);
    pl_diag_free(diag);
  }
}

/* Hostile texts: nesting and length end in a complaint, long chains are fine. */
static void test_sizes(void **state) {
  market *m = *state;
  enum { N = 100000 };
  static const struct {
    const char *unit;
    int count;
    pl_status status;
    const char *words;
  } texts[] = {
      {"(", N, PL_SYNTAX, "brackets or signs are nested more than 200 deep"},
      {"-", N, PL_SYNTAX, "brackets or signs are nested more than 200 deep"},
      {"max(", N, PL_SYNTAX, "brackets or signs are nested more than 200 deep"},
      {"1+", N, PL_SYNTAX, "a formula of more than 5000 parts is too long"},
      {" ", 1 << 20, PL_SYNTAX, "a formula of more than a million bytes is too long"},
      {"1 USD/t+", 2000, PL_OK, NULL},
      {"1 USD*USD/USD*", 2000, PL_UNIT, "a unit raised to such a high power has no meaning"},
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    pl_string text;
    pl_string_init(&text, m->arena);
    for (int k = 0; k < texts[i].count; k++)
      pl_string_add(&text, texts[i].unit, strlen(texts[i].unit));
    pl_string_add(&text, "1 USD/t", 7);
    pl_diag *diag = pl_diag_new();
    assert_int_equal(bind_price(m, text.text, diag), texts[i].status);
    if (texts[i].words) assert_string_equal(pl_diag_at(diag, 0)->text, texts[i].words);
    pl_diag_free(diag);
  }
}

static void test_gaps(void **state) {
  market *m = *state;
  static const struct {
    const char *text, *from, *to, *words, *hint;
  } gaps[] = {
      {"LME.AL[M-1]", "2025-01", "2025-02",
       "'LME.AL' has no value for 2024-12: it begins with 2025-01 (prices.csv)",
       "a window such as [M-1] requires values from before the start of the case"},
      {"ALUMINA", "2025-01", "2025-02", "'LME.AL' has no value for 2024-12", NULL},
      {"LME.AL", "2027-12", "2028-02",
       "'LME.AL' has no value for 2028-01: its last one is for 2027-12 (prices.csv)",
       "specify what applies after the last value: beyond: hold, or beyond: repeat"},
      {"LME.AL[M+2]", "2027-01", "2027-12", "has no value for 2028-01", NULL},
      {"2500 USD/t * index(CPI, 2024-10)", "2026", "2027", "'CPI' has no value for 2024-10", NULL}};
  for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
    pl_diag *diag = pl_diag_new();
    const pl_formula *f = bind(m, gaps[i].text, "USD/t");
    assert_int_equal(pl_formula_check(f, m->quotes, date(gaps[i].from), date(gaps[i].to), diag),
                     PL_RANGE);
    if (!says(pl_diag_at(diag, 0)->text, gaps[i].words)) print_complaints(diag);
    assert_true(says(pl_diag_at(diag, 0)->text, gaps[i].words));
    assert_true(says(pl_diag_at(diag, 0)->hint, gaps[i].hint));
    assert_true(isnan(pl_formula_eval(f, m->quotes, date(gaps[i].from), date(gaps[i].to))));
    pl_diag_free(diag);
  }
  const pl_formula *f = bind(m, "LME.AL", "USD/t");
  pl_quotes_values(m->quotes, pl_quotes_find(m->quotes, "LME.AL", 6))[14] = (double)NAN;
  assert_int_equal(pl_formula_check(f, m->quotes, date("2026-01"), date("2026-12"), m->diag),
                   PL_RANGE);
  assert_string_equal(pl_diag_at(m->diag, 0)->text, "quotation 'LME.AL' has no value for 2026-03");
  assert_string_equal(pl_diag_at(m->diag, 1)->text, "'LME.AL' is needed here");
  assert_int_equal(pl_diag_at(m->diag, 1)->place.column, COLUMN);
  const pl_formula *sound = bind(m, "EDP[M-1] + AGAIN[Y-1] + HELD", "USD/t");
  assert_int_equal(pl_formula_check(sound, m->quotes, date("2026-01"), date("2028-01"), m->diag),
                   PL_OK);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      T(test_power_linked_to_metal),
      T(test_real_formulas),
      T(test_functions),
      T(test_windows),
      T(test_windows_in_long_slices),
      T(test_beyond_the_end),
      T(test_grids_agree_with_slices),
      T(test_calendar_units),
      T(test_rates_say_per_what),
      T(test_hours_say_in_what_time),
      T(test_constants),
      T(test_exchange),
      T(test_steps_in_time),
      T(test_scenario_prices),
      T(test_complaints),
      T(test_all_faults_at_once),
      T(test_places_in_quotes),
      T(test_sizes),
      T(test_gaps),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
