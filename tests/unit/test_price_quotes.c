/* The set of quotations and its complaints; series from CSV on local clocks. */
#include "price/zone.h"
#include "unit/price_market.h"

/* --- The set of quotations
 * ---------------------------------------------------------------------------------- */

static void test_names_of_quotations(void **state) {
  market *m = *state;
  static const struct {
    const char *name, *words;
  } names[] = {
      {"LME.AL", "is already declared"},
      {"kt", "it is a unit"},
      {"max", "it is a function"},
      {"cum", "it is a function"},
      {"3M",
       "'3M' cannot name a quotation: a name consists of letters and digits joined by . or -"},
      {"A-", "letters and digits"},
      {"A..B", "letters and digits"},
      {"", "letters and digits"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    pl_diag *diag = pl_diag_new();
    pl_quotation q = {.name = names[i].name, .place = {"case.yaml", 7, 3, 1}};
    assert_int_equal(parse(m, "5 USD/t", &q.formula), PL_OK);
    assert_int_equal(pl_quotes_add(m->quotes, &q, diag), PL_NAME);
    assert_true(says(pl_diag_at(diag, 0)->text, names[i].words));
    assert_int_equal(pl_diag_at(diag, 0)->place.line, 7);
    pl_diag_free(diag);
  }
}

static void finish_fails(market *m, pl_quotes *q, pl_status status, const char *words) {
  pl_diag *diag = pl_diag_new();
  assert_int_equal(pl_quotes_finish(q, diag), status);
  if (!says(pl_diag_at(diag, 0)->text, words)) print_complaints(diag);
  assert_true(says(pl_diag_at(diag, 0)->text, words));
  pl_diag_free(diag);
  m->quotes = q;
}

static void test_quotations_over_quotations(void **state) {
  market *m = *state;
  m->quotes = pl_quotes_new(m->arena, PL_DIM_USD);
  add_formula(m, "A", "B * 2");
  add_formula(m, "B", "C[M-1] + 1 USD/t");
  add_formula(m, "C", "A");
  finish_fails(m, m->quotes, PL_NAME, "quotation 'A' is defined in terms of itself");
  m->quotes = pl_quotes_new(m->arena, PL_DIM_USD);
  for (int i = 0; i < 20; i++)
    add_formula(m, pl_arena_printf(m->arena, "Q%d", i),
                pl_arena_printf(m->arena, "Q%d + 1", i + 1));
  add_formula(m, "Q20", "1");
  finish_fails(m, m->quotes, PL_RANGE,
               "quotations refer to one another more than 16 levels deep here");
  m->quotes = pl_quotes_new(m->arena, PL_DIM_USD);
  for (int i = 0; i < 15; i++)
    add_formula(m, pl_arena_printf(m->arena, "Q%d", i),
                pl_arena_printf(m->arena, "Q%d * Q%d * Q%d", i + 1, i + 1, i + 1));
  add_formula(m, "Q15", "1.0");
  finish_fails(m, m->quotes, PL_RANGE,
               "with all the quotations that it refers to, this has more than 20000 parts");
}

/* The deepest that the limits allow: every level of quotations nested to the end. */
static void test_deep_quotations(void **state) {
  market *m = *state;
  enum { LEVELS = 15, NESTED = 190 };
  m->quotes = pl_quotes_new(m->arena, PL_DIM_USD);
  for (int i = 0; i < LEVELS; i++) {
    pl_string text;
    pl_string_init(&text, m->arena);
    for (int k = 0; k < NESTED; k++) pl_string_printf(&text, "1*(0+");
    pl_string_printf(&text, "Q%d", i + 1);
    for (int k = 0; k < NESTED; k++) pl_string_printf(&text, ")");
    add_formula(m, pl_arena_printf(m->arena, "Q%d", i), text.text);
  }
  pl_formula *year;
  assert_int_equal(parse(m, "3 %/year * 1 year", &year), PL_OK);
  pl_quotation const last = {.name = "Q15", .formula = year};
  assert_int_equal(pl_quotes_add(m->quotes, &last, m->diag), PL_OK);
  assert_int_equal(pl_quotes_finish(m->quotes, m->diag), PL_OK);
  near(0.03, in_month(m, "Q0", "1", "2026-01"));
}

static void test_declared_units(void **state) {
  market *m = *state;
  m->quotes = pl_quotes_new(m->arena, PL_DIM_USD);
  pl_quotation q = {.name = "PREMIUM", .unit = unit_of(m, "USD/t")};
  assert_int_equal(parse(m, "5 USD/MWh", &q.formula), PL_OK);
  assert_int_equal(pl_quotes_add(m->quotes, &q, m->diag), PL_OK);
  finish_fails(m, m->quotes, PL_UNIT,
               "quotation 'PREMIUM' requires USD/t, but '5 USD/MWh' is USD/MWh");
  add_formula(m, "LB", "110 USct/lb");
  assert_int_equal(pl_quotes_exchange(m->quotes, PL_DIM_RON, "LB", PL_NOWHERE, m->diag), PL_OK);
  finish_fails(m, m->quotes, PL_UNIT, NULL);
  assert_int_equal(pl_quotes_exchange(m->quotes, PL_DIM_RON, "LB", PL_NOWHERE, m->diag), PL_UNIT);
  assert_int_equal(pl_quotes_exchange(m->quotes, PL_DIM_RON, "NONE", PL_NOWHERE, m->diag), PL_NAME);
  pl_diag *diag = pl_diag_new();
  assert_int_equal(pl_quotes_exchange(m->quotes, PL_DIM_USD, "LB", PL_NOWHERE, diag), PL_UNIT);
  assert_string_equal(pl_diag_at(diag, 0)->text,
                      "USD is the case's own currency and needs no exchange quotation");
  pl_diag_free(diag);
  near(1.1 / 0.00045359237, in_month(m, "LB", "USD/t", "2026-01"));
}

/* Values that whoever makes a quotation must not give it. */
static void test_values_in_order(void **state) {
  market *m = *state;
  pl_time from[] = {date("2026-01"), date("2026-02")}, same[] = {from[1], from[1]};
  double values[] = {1, 2};
  const struct {
    pl_quotation q;
    const char *words;
  } faults[] = {
      {{.n = 0}, "quotation 'Q' has no values"},
      {{.n = 2, .from = same, .until = date("2027")}, "the dates of quotation 'Q' do not ascend"},
      {{.n = 2, .from = from, .until = from[1]}, "quotation 'Q' ends before its last value"},
      {{.n = 2, .from = from, .until = date("2026-12"), .beyond = PL_BEYOND_REPEAT},
       "quotation 'Q' has less than a year of values, so there is no year to repeat"},
      {{.n = 2, .from = from, .until = date("2027"), .beyond = PL_BEYOND_REPEAT}, NULL},
  };
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    pl_diag *diag = pl_diag_new();
    pl_quotation q = faults[i].q;
    q.name = "Q";
    q.value = values;
    q.unit = unit_of(m, "USD/t");
    assert_int_equal(pl_quotes_add(m->quotes, &q, diag), faults[i].words ? PL_RANGE : PL_OK);
    if (faults[i].words) assert_string_equal(pl_diag_at(diag, 0)->text, faults[i].words);
    pl_diag_free(diag);
  }
}

/* --- Series from CSV
 * ------------------------------------------------------------------------------------------ */

static pl_status read_csv(market *m, const char *text, const char *column, const char *zone,
                          int step, pl_quotation *out, pl_diag *diag) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_files_prime(files, "prices.csv", text, strlen(text));
  pl_quotation_source const source = {.file = "prices.csv",
                                      .column = column,
                                      .zone = zone,
                                      .step = step,
                                      .file_place = {"case.yaml", 4, 9, 10},
                                      .zone_place = {"case.yaml", 5, 9, 16},
                                      .column_place = {"case.yaml", 5, 11, 3}};
  *out = (pl_quotation){.name = "LME"};
  pl_status const status = pl_quotation_read(&source, files, NULL, m->arena, out, diag);
  if (status == PL_OK)
    out->file = pl_arena_strdup(m->arena, out->file); /* the files go, the test looks on */
  pl_files_free(files);
  return status;
}

/* A file of many columns is taken apart once, as long as the same table is handed on; another file
 * is not read from it. */
static void test_a_table_is_read_once(void **state) {
  market *m = *state;
  static const char one[] = "date,LME [USD/t],TTF [EUR/MWh]\n2026-01,2500,30\n",
                    other[] = "date,TTF [EUR/MWh]\n2026-01,44\n";
  struct pl_csv *table = NULL;
  pl_files *files = pl_files_new(NULL, 0);
  pl_files_prime(files, "one.csv", one, strlen(one));
  pl_files_prime(files, "other.csv", other, strlen(other));
  pl_quotation_source source = {.file = "one.csv", .column = "LME", .step = -1, .table = &table};
  pl_quotation q = {.name = "Q"};
  assert_int_equal(pl_quotation_read(&source, files, NULL, m->arena, &q, m->diag), PL_OK);
  struct pl_csv *const first = table;
  assert_non_null(first);
  near(2500, q.value[0]);
  source.column = "TTF";
  assert_int_equal(pl_quotation_read(&source, files, NULL, m->arena, &q, m->diag), PL_OK);
  assert_ptr_equal(table, first);
  near(30, q.value[0]);
  source.file = "other.csv";
  assert_int_equal(pl_quotation_read(&source, files, NULL, m->arena, &q, m->diag), PL_OK);
  assert_true(table && table != first);
  near(44, q.value[0]);
  pl_files_free(files);
}

static void test_series_from_csv(void **state) {
  market *m = *state;
  pl_quotation q;
  const char *text = "# monthly\ndate,LME [USD/t],TTF [EUR/MWh],OUT "
                     "[kt/year]\n2025-12,2500,30,366\n2026-01,2510.5,,365\n2026-02,2520,32,365\n";
  assert_int_equal(read_csv(m, text, "LME", NULL, -1, &q, m->diag), PL_OK);
  assert_int_equal(q.n, 3);
  assert_int_equal(q.line[1], 4);
  near(2510.5, q.value[1]);
  assert_true(q.from[1] == date("2026-01") && q.until == date("2026-03"));
  assert_string_equal(q.file, "prices.csv");
  assert_true(q.unit.dim.of[PL_DIM_USD] == 1);
  assert_int_equal(read_csv(m, text, "TTF", "EET", -1, &q, m->diag), PL_OK);
  assert_true(isnan(q.value[1]) && q.from[0] == date("2025-12"));
  assert_int_equal(read_csv(m, text, "OUT", NULL, -1, &q, m->diag), PL_OK);
  near(365e3, q.value[1]);
  assert_true(pl_quotation_has_calendar(&q));
  assert_int_equal(read_csv(m, "date,LME [USD/t]\n2026-01-01 00:00:00,1\n2026-01-01 01:00:00,2\n",
                            NULL, "+04:00", -1, &q, m->diag),
                   PL_OK);
  assert_true(q.from[0] == date("2025-12-31T20:00") && q.until == date("2025-12-31T22:00"));
  assert_int_equal(read_csv(m, "date,LME [USD/t]\n2026-01-01,1\n2026-02-01,2\n", NULL, NULL,
                            PL_MONTH, &q, m->diag),
                   PL_OK);
  assert_true(q.until == date("2026-03"));
}

/* Hours from a local midnight on: as many rows as the day has hours. */
static int hours_of_day(market *m, const char *zone, const char *const *clock, pl_time *from) {
  pl_string text;
  pl_quotation q;
  pl_string_init(&text, m->arena);
  pl_string_printf(&text, "date,LME [EUR/MWh]\n");
  for (int i = 0; clock[i]; i++) pl_string_printf(&text, "%s,%d\n", clock[i], i);
  assert_int_equal(read_csv(m, text.text, "LME", zone, -1, &q, m->diag), PL_OK);
  *from = q.from[0];
  assert_true(q.until - q.from[0] == 60 * q.n);
  return q.n;
}

static void test_days_of_23_and_25_hours(void **state) {
  market *m = *state;
  static const char *const spring[] = {"2026-03-29T02:00", "2026-03-29T04:00", "2026-03-29T05:00",
                                       NULL};
  static const char *const autumn[] = {"2026-10-25T02:00", "2026-10-25T03:00", "2026-10-25T03:00",
                                       "2026-10-25T04:00", NULL};
  static const char *const plain[] = {"2026-03-29T02:00", "2026-03-29T03:00", NULL};
  pl_time from;
  assert_int_equal(hours_of_day(m, "Europe/Bucharest", spring, &from), 3);
  assert_true(from == date("2026-03-29T00:00"));
  assert_int_equal(hours_of_day(m, "EET", autumn, &from), 4);
  assert_true(from == date("2026-10-24T23:00"));
  assert_int_equal(hours_of_day(m, "Asia/Baku", plain, &from), 2);
  assert_true(from == date("2026-03-28T22:00"));
  pl_zone zone;
  pl_time utc[2];
  assert_true(pl_zone_find("CET", &zone) && pl_zone_utc(zone, date("2027-07-01T12:00"), utc) == 1 &&
              utc[0] == date("2027-07-01T10:00"));
  assert_int_equal(pl_zone_utc(zone, date("2027-03-28T02:00"), utc), 0);
  assert_int_equal(pl_zone_utc(zone, date("2027-10-31T02:00"), utc), 2);
  assert_true(pl_zone_find("+5", &zone) && zone.minutes == 300);
  assert_true(pl_zone_find("+14:59", &zone) && zone.minutes == 899 && !zone.summer);
  static const char *const no_zones[] = {"+15:00", "+004:00", "+05:030", "+05:60",
                                         "+05:",   "+05:3x",  "05:30",   "+:30"};
  for (size_t i = 0; i < sizeof no_zones / sizeof *no_zones; i++)
    assert_false(pl_zone_find(no_zones[i], &zone));
  assert_true(pl_zone_find("-05:30", &zone) && zone.minutes == -330);
  assert_false(pl_zone_find("+25:00", &zone) || pl_zone_find("Mars", &zone) ||
               pl_zone_find("", &zone) || pl_zone_find("+", &zone));
}

/* Local quarter-hours of a day, rows in all; the hour `twice` comes twice, `never` not at all. */
static pl_string quarters(market *m, const char *day, int rows, int twice, int never) {
  pl_string text;
  pl_string_init(&text, m->arena);
  pl_string_printf(&text, "date,LME [EUR/MWh]\n");
  int hour = 0, repeated = 0;
  for (int i = 0; i < rows; hour++) {
    if (hour == never) continue;
    for (int k = 0; k < 4 && i < rows; k++, i++)
      pl_string_printf(&text, "%sT%02d:%02d,%d\n", day, hour, 15 * k, i);
    if (hour == twice && !repeated++) hour--;
  }
  return text;
}

/* European day-ahead power since October 2025: days of 92 and 100 quarter-hours. */
static void test_quarter_hours_follow_the_clock(void **state) {
  market *m = *state;
  pl_quotation q;
  const char *text = quarters(m, "2026-10-25", 100, 3, -1).text;
  assert_int_equal(read_csv(m, text, "LME", "Europe/Bucharest", -1, &q, m->diag), PL_OK);
  assert_true(q.n == 100 && q.from[0] == date("2026-10-24T21:00"));
  assert_true(q.until == date("2026-10-25T22:00") && q.from[13] == date("2026-10-25T00:15"));
  text = quarters(m, "2026-03-29", 92, -1, 3).text;
  assert_int_equal(read_csv(m, text, "LME", "EET", PL_QUARTER_HOUR, &q, m->diag), PL_OK);
  assert_true(q.n == 92 && q.until == date("2026-03-29T21:00"));
  pl_diag *diag = pl_diag_new();
  text = "date,LME [USD/t]\n2026-01-01T00:00,1\n2026-01-01T00:15,2\n2026-01-01T00:45,3\n";
  assert_int_equal(read_csv(m, text, NULL, NULL, -1, &q, diag), PL_RANGE);
  assert_non_null(strstr(pl_diag_at(diag, 0)->text, "2026-01-01T00:30 is missing before it"));
  pl_diag_free(diag);
}

static void test_complaints_about_csv(void **state) {
  market *m = *state;
  static const struct {
    const char *text, *zone;
    pl_status status;
    int line, column;
    const char *words, *hint;
  } faults[] = {
      {"month,LME [USD/t]\n2026-01,1\n", NULL, PL_NAME, 1, 1,
       "the first column is 'month', but a series requires 'date' there", NULL},
      {"date,LNE [USD/t]\n2026-01,1\n", NULL, PL_NAME, 5, 11, "'prices.csv' has no column 'LME'",
       "did you mean 'LNE'? its columns are LNE"},
      {"date,LME\n2026-01,1\n", NULL, PL_UNIT, 1, 6, "column 'LME' has no unit",
       "write it in the header, such as 'LME.AL [USD/t]', or as the quotation's 'unit'"},
      {"date,LME [USD/mt]\n2026-01,1\n", NULL, PL_UNIT, 1, 6, "'mt' is not a unit in 'USD/mt'",
       "write t (metric tonne) or Mt (million tonnes)"},
      {"date,LME [USD/t]\n", NULL, PL_RANGE, 1, 6, "'prices.csv' has no rows", NULL},
      {"date,LME [USD/t]\nsoon,1\n", NULL, PL_SYNTAX, 2, 1,
       "'soon' is not a date; write 2026-03, 2026-03-15 or 2026-03-15T07:00", NULL},
      {"date,LME [USD/t]\n2026-01,1\n2026-02-03,1\n", NULL, PL_SYNTAX, 3, 1,
       "'2026-02-03' is a day, but the first date is a month", NULL},
      {"date,LME [USD/t]\n2026-01,1\n2026-03,1\n", NULL, PL_RANGE, 3, 1,
       "'2026-03' does not follow: 2026-02 is missing before it (steps of a month)",
       "add the missing rows; leave the cell empty where there is no value"},
      {"date,LME [USD/t]\n2026-02,1\n2026-02,1\n", NULL, PL_RANGE, 3, 1,
       "the date '2026-02' is listed twice", "keep one of the two rows"},
      {"date,LME [USD/t]\n2026-02,1\n2026-01,1\n", NULL, PL_RANGE, 3, 1,
       "the date '2026-01' comes after a later one", "sort the rows by date, the earliest first"},
      {"date,LME [USD/t]\n2026-01,1\n2026-02,x1\n", NULL, PL_SYNTAX, 3, 9, "'x1' is not a number",
       NULL},
      {"date;LME [USD/t]\n2026-01;2550,5\n", NULL, PL_SYNTAX, 2, 9, "'2550,5' is not a number",
       "write 2550.5, with a decimal point"},
      {"date,LME [USD/t]\n2026-01,\"1,234.5\"\n", NULL, PL_SYNTAX, 2, 9,
       "'1,234.5' is not a number", "write 1234.5, without commas"},
      {"date,LME [USD/t]\nJan-26,1\n", NULL, PL_SYNTAX, 2, 1,
       "'Jan-26' is not a date; write 2026-03, 2026-03-15 or 2026-03-15T07:00", "write 2026-01"},
      {"date,LME [USD/t]\n2026-01-01T00:00,1\n2026-01-01T03:00,1\n", NULL, PL_RANGE, 3, 1,
       "'2026-01-01T03:00' does not follow: 2026-01-01T01:00 is missing before it (steps of an "
       "hour)",
       "add the missing rows; leave the cell empty where there is no value"},
      {"date,LNX [USD/t],EUA [EUR/t]\n2026-01,1,2\n", NULL, PL_NAME, 5, 11,
       "'prices.csv' has no column 'LME'", "its columns are LNX, EUA"},
      {"date,LME [USD/t]\n2026-03-29T03:00,1\n", "EET", PL_RANGE, 2, 1,
       "'2026-03-29T03:00' does not exist: the clocks of EET skip it when they are put forward",
       NULL},
      {"date,LME [USD/t]\n2026-10-25T03:00,1\n2026-10-25T04:00,1\n", "EET", PL_RANGE, 3, 1,
       "'2026-10-25T04:00' does not follow: 2026-10-25T01:00 UTC is missing before it (steps of an "
       "hour)",
       "add the missing rows; leave the cell empty where there is no value"},
      {"date,LME [USD/t]\n2026-01,1\n", "Europe/Bucarest", PL_NAME, 5, 9,
       "there is no time zone 'Europe/Bucarest'", "did you mean 'Europe/Bucharest'?"},
      {"date,LME [USD/t]\n2026-01,1\n", "nowhere", PL_NAME, 5, 9, "there is no time zone 'nowhere'",
       "a fixed offset such as +04:00 may be written instead"},
      {"date,LME [USD/t]\n2026-01,1e300\n", NULL, PL_RANGE, 2, 9,
       "'1e300' is too large a number to plan with", NULL},
      {"date,LME [USD/t]\n2026-01-01T00:00,1\n2026-01-01T01:00,1\n2026-01-01T01:30,1\n", NULL,
       PL_RANGE, 4, 1, "'2026-01-01T01:30' is not the start of an hour", NULL},
  };
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    pl_diag *diag = pl_diag_new();
    pl_quotation q;
    pl_status const status = read_csv(m, faults[i].text, NULL, faults[i].zone, -1, &q, diag);
    const pl_message *said = pl_diag_at(diag, 0);
    bool const right = status == faults[i].status && said && said->place.line == faults[i].line &&
                       said->place.column == faults[i].column &&
                       is_text(said->text, faults[i].words) && is_text(said->hint, faults[i].hint);
    if (!right)
      print_error("%zu: status %d, %d:%d: %s\n", i, (int)status, said ? said->place.line : 0,
                  said ? said->place.column : 0, said ? said->text : "nothing");
    assert_true(right);
    pl_diag_free(diag);
  }
}

static void test_many_faults_in_one_file(void **state) {
  market *m = *state;
  pl_diag *diag = pl_diag_new();
  pl_quotation q;
  pl_string text;
  pl_string_init(&text, m->arena);
  pl_string_printf(&text, "date,LME [USD/t]\n");
  for (int i = 1; i < 26; i++) pl_string_printf(&text, "2026-01-%02d,x%d\n", i, i);
  assert_int_equal(read_csv(m, text.text, NULL, NULL, -1, &q, diag), PL_SYNTAX);
  assert_int_equal(pl_diag_count(diag, PL_ERROR), 20);
  const pl_message *last = pl_diag_at(diag, pl_diag_size(diag) - 1);
  assert_string_equal(last->text, "5 more errors in this file are not shown");
  assert_int_equal(last->severity, PL_NOTE);
  pl_diag_free(diag);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      T(test_names_of_quotations),     T(test_quotations_over_quotations),
      T(test_deep_quotations),         T(test_declared_units),
      T(test_values_in_order),         T(test_series_from_csv),
      T(test_days_of_23_and_25_hours), T(test_quarter_hours_follow_the_clock),
      T(test_complaints_about_csv),    T(test_many_faults_in_one_file),
      T(test_a_table_is_read_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
