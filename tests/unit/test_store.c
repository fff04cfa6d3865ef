/* The run file: what is written comes back, damage is told, blobs keep every bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture/folder.h"
#include "fixture/report.h"
#include "report/report.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/export.h"
#include "store/run.h"

/* Hourly power, monthly metal, whole days that a unit is on or off: a run with every kind of column
 * and grid. */
static const char case_text[] =
    "case: {from: 2026-01, to: 2026-02, discount: 9 %}\n"
    "parties: {company: {}}\n"
    "sites: {here: {party: company}, there: {party: company}}\n"
    "materials: {power: {unit: MWh, step: hour}, ore: t, metal: t, co2: {unit: t, emission: yes}}\n"
    "processes:\n"
    "  smelting: {makes: {metal: 1 t}, takes: {ore: 2 t, power: 14 MWh}, emits: {co2: 1.5 t}}\n"
    "units:\n"
    "  pots: {site: here, runs: smelting, capacity: 1 kt/month, minimum: 50 %, on/off: yes, start "
    "cost: 10 kUSD}\n"
    "stocks:\n"
    "  yard: {site: here, keeps: metal, capacity: 200 t, initial: 50 t, loss: 1 %/month}\n"
    "lanes:\n"
    "  road: {from: there, to: here, moves: ore, cost: 5 USD/t, time: 10 d}\n"
    "markets:\n"
    "  grid: {site: here, sells: power, price: PRICE}\n"
    "  mine: {site: there, sells: ore, tiers: [{next: 1 kt/month, price: 50 USD/t}, {price: 60 "
    "USD/t}]}\n"
    "  buyer: {site: here, buys: metal, price: 2500 USD/t, up to: 900 t/month}\n"
    "quotations: {PRICE: {values: {2026-01: 40 USD/MWh, 2026-02: 60 USD/MWh}, beyond: hold}}\n"
    "scenarios: {dear: {set: {markets.grid.price: 90 USD/MWh}}}\n";

typedef struct {
  pl_diag *diag;
  pl_files *files, *files_back;
  pl_run *run, *back;
  pl_arena *a;
  const char *folder, *path;
} fixture;

static void show_complaints(const fixture *f) {
  for (int i = 0; i < pl_diag_size(f->diag); i++)
    print_message("%s\n", pl_diag_at(f->diag, i)->text);
}

static int set_up(void **state) {
  static const char *const sets[] = {"units.pots.capacity=1.1 kt/month"};
  fixture *f = test_calloc(1, sizeof *f);
  pl_case_options const options = {.scenario = "dear", .set = sets, .n_set = 1};
  pl_solve_options const solve = PL_SOLVE_DEFAULTS;
  f->a = pl_arena_new();
  f->folder = folder_new(f->a);
  f->path = folder_path(f->folder, "a.run", f->a);
  f->diag = pl_diag_new();
  f->files = pl_files_new(NULL, 0);
  f->files_back = pl_files_new(NULL, 0);
  pl_files_prime(f->files, "small/case.yaml", case_text, sizeof case_text - 1);
  pl_status s = pl_run_open("small/case.yaml", &options, f->files, &f->run, f->diag);
  if (s == PL_OK) s = pl_run_solve(f->run, &solve, f->diag);
  if (s != PL_OK) show_complaints(f);
  assert_int_equal(s, PL_OK);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  pl_run_free(f->run);
  pl_run_free(f->back);
  pl_files_free(f->files);
  pl_files_free(f->files_back);
  pl_diag_free(f->diag);
  folder_remove(f->folder, f->a);
  pl_arena_free(f->a);
  test_free(f);
  return 0;
}

static void blobs_keep_every_bit(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  double x[] = {0, -0.0, 1.0 / 3, 1e308, -5e-324, (double)INFINITY, 42, 42, 42}, back[9];
  size_t size = 0;
  void *bytes = pl_blob_pack(x, 9, a, &size);
  assert_true(pl_blob_unpack(bytes, size, back, 9));
  assert_memory_equal(x, back, sizeof x);
  pl_arena_free(a);
}

static void blobs_of_nothing(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  double none = 7;
  size_t size = 0;
  void *bytes = pl_blob_pack(&none, 0, a, &size);
  assert_true(pl_blob_unpack(bytes, size, &none, 0));
  assert_true(none == 7);
  pl_arena_free(a);
}

static void blobs_tell_damage(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  double x[100], back[101];
  for (int i = 0; i < 100; i++) x[i] = sin(i);
  size_t size = 0;
  unsigned char *bytes = pl_blob_pack(x, 100, a, &size);
  assert_false(pl_blob_unpack(bytes, size, back, 99));
  assert_false(pl_blob_unpack(bytes, size, back, 101));
  assert_false(pl_blob_unpack(bytes, size - 1, back, 100));
  assert_false(pl_blob_unpack("", 0, back, 100));
  for (size_t i = 0; i < size;
       i++) { /* any flipped byte is seen, by its checksum if by nothing else */
    bytes[i] ^= 0x10;
    bool const taken = pl_blob_unpack(bytes, size, back, 100);
    assert_true(!taken || memcmp(back, x, sizeof x) == 0);
    bytes[i] ^= 0x10;
  }
  pl_arena_free(a);
}

static void runs_come_back(void **state) {
  fixture *f = *state;
  assert_int_equal(pl_run_write(f->run, f->path, f->diag), PL_OK);
  assert_int_equal(pl_run_read(f->path, f->files_back, &f->back, f->diag), PL_OK);
  const pl_run *a = f->run, *b = f->back;
  assert_string_equal(b->case_path, "small/case.yaml");
  assert_string_equal(b->scenario, "dear");
  assert_int_equal(b->n_set, 1);
  assert_string_equal(b->set[0], "units.pots.capacity=1.1 kt/month");
  assert_int_equal(b->status, PL_OK);
  assert_true(b->audit.passed);
  assert_true(a->schedule->present_total == b->schedule->present_total);
  assert_memory_equal(a->solution->col_value, b->solution->col_value,
                      (size_t)a->program->lp.n_cols * sizeof(double));
  assert_memory_equal(a->solution->row_dual, b->solution->row_dual,
                      (size_t)a->program->lp.n_rows * sizeof(double));
}

typedef enum { DOUBLED, ONE_PERCENT_MORE, DROPPED, SHIFTED, HUGE, CORRUPTIONS } corruption;

static void corrupt(double *x, int n, corruption how) {
  double const first = x[0];
  for (int i = 0; i < n; i++) {
    if (how == DOUBLED) x[i] *= 2;
    if (how == ONE_PERCENT_MORE) x[i] *= 1.01;
    if (how == DROPPED) x[i] = 0;
    if (how == HUGE) x[i] = 1e300;
    if (how == SHIFTED) x[i] = i + 1 < n ? x[i + 1] : first;
  }
}

static pl_status read_back(const fixture *f, pl_diag *diag) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_run *r = NULL;
  assert_int_equal(pl_run_write(f->run, f->path, f->diag), PL_OK);
  pl_status const s = pl_run_read(f->path, files, &r, diag);
  pl_run_free(r);
  pl_files_free(files);
  return s;
}

/* Whatever array of an answer is falsified, and however, the run is refused. */
static void false_answers_are_refused(void **state) {
  fixture *f = *state;
  pl_solution *x = f->run->solution;
  int const n = f->run->program->lp.n_cols, m = f->run->program->lp.n_rows;
  struct {
    const char *name;
    double *array;
    int n;
  } const arrays[] = {{"column values", x->col_value, n},
                      {"column duals", x->col_dual, n},
                      {"row values", x->row_value, m},
                      {"row duals", x->row_dual, m}};
  for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++)
    for (int how = 0; how < CORRUPTIONS; how++) {
      pl_diag *diag = pl_diag_new();
      size_t const size = (size_t)arrays[k].n * sizeof(double);
      double *was = test_malloc(size);
      memcpy(was, arrays[k].array, size);
      corrupt(arrays[k].array, arrays[k].n, (corruption)how);
      pl_status const s = read_back(f, diag);
      if (s != PL_AUDIT) fail_msg("%s, corruption %d: %s", arrays[k].name, how, pl_status_text(s));
      assert_true(pl_diag_count(diag, PL_ERROR) > 0);
      memcpy(arrays[k].array, was, size);
      test_free(was);
      pl_diag_free(diag);
    }
}

static void false_objectives_are_refused(void **state) {
  fixture *f = *state;
  pl_solution *x = f->run->solution;
  double *const numbers[] = {&x->objective, &x->bound};
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
    pl_diag *diag = pl_diag_new();
    double const was = *numbers[k];
    *numbers[k] += 0.01 * fabs(was); /* a bound above the objective: it minimises */
    assert_int_equal(read_back(f, diag), PL_AUDIT);
    *numbers[k] = was;
    pl_diag_free(diag);
  }
}

static void a_run_without_a_plan_comes_back(void **state) {
  fixture *f = *state;
  f->run->solution = NULL;
  f->run->schedule = NULL;
  f->run->status = PL_INFEASIBLE;
  assert_int_equal(pl_run_write(f->run, f->path, f->diag), PL_OK);
  assert_int_equal(pl_run_read(f->path, f->files_back, &f->back, f->diag), PL_OK);
  assert_int_equal(f->back->status, PL_INFEASIBLE);
  assert_null(f->back->schedule);
  assert_non_null(f->back->program);
}

/* Change one byte at a time all through the file: reading must end in PL_OK or in a complaint, and
 * never worse. */
static void damaged_runs_do_no_harm(void **state) {
  fixture *f = *state;
  assert_int_equal(pl_run_write(f->run, f->path, f->diag), PL_OK);
  FILE *file = fopen(f->path, "r+b");
  assert_non_null(file);
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  long const length = ftell(file);
  int refused = 0;
  for (long at = 0; at < length; at += 1 + length / 100) {
    pl_run *r = NULL;
    pl_files *files = pl_files_new(NULL, 0);
    pl_diag *diag = pl_diag_new();
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    int const was = fgetc(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_true(fputc(was ^ 0xFF, file) != EOF && fflush(file) == 0);
    pl_status const s = pl_run_read(f->path, files, &r, diag);
    assert_true((s == PL_OK) == (r != NULL));
    assert_true(s == PL_OK || pl_diag_count(diag, PL_ERROR) > 0);
    refused += s != PL_OK;
    pl_run_free(r);
    pl_files_free(files);
    pl_diag_free(diag);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_true(fputc(was, file) != EOF && fflush(file) == 0);
  }
  (void)fclose(file);
  assert_true(refused > 0);
}

/* Amounts of a balance must add up in the table as they do in the program. */
static void balances_close_in_the_report(void **state) {
  fixture *f = *state;
  const pl_report *report = pl_report_make(f->run->schedule, f->run->arena);
  const pl_panel *p = panel_of(report, "balances");
  static const double sign[] = {1, -1, 1, -1, 1, -1, 1, -1, -1, -1}; /* made … thrown away */
  assert_non_null(p);
  assert_true(p->n_series >= 4);
  for (int i = 0; i < p->n_series; i++)
    for (int v = 0; v < p->series[i].grid->n; v++) {
      double sum = 0;
      for (int k = 0; k < 10; k++) sum += sign[k] * pl_series_values(&p->series[i], k)[v];
      assert_true(fabs(sum) < 1e-6);
    }
}

/* The yard is fuller at the end by what came in, less what went out and what was lost. */
static void stocks_move(void **state) {
  fixture *f = *state;
  const pl_report *report = pl_report_make(f->run->schedule, f->run->arena);
  const pl_panel *p = panel_of(report, "stocks");
  assert_int_equal(p->n_series, 1);
  double before = 50;
  for (int v = 0; v < p->series[0].grid->n; v++) {
    double const level = pl_series_values(&p->series[0], 0)[v];
    double const moved =
        pl_series_values(&p->series[0], 1)[v] - pl_series_values(&p->series[0], 2)[v];
    assert_true(fabs(level - before * 0.99 - moved) < 1e-6);
    before = level;
  }
  assert_true(before >= 50 - 1e-6);
}

static void money_of_trades_is_in_the_accounts(void **state) {
  fixture *f = *state;
  const pl_report *report = pl_report_make(f->run->schedule, f->run->arena);
  const pl_panel *p = panel_of(report, "trades");
  double trades = 0, accounts = 0;
  for (int i = 0; i < p->n_series; i++)
    for (int v = 0; v < p->series[i].grid->n; v++) trades += pl_series_values(&p->series[i], 3)[v];
  static const pl_line lines[] = {PL_LINE_SALES, PL_LINE_PURCHASES, PL_LINE_ENERGY};
  for (size_t l = 0; l < sizeof lines / sizeof lines[0]; l++)
    accounts += pl_schedule_account(f->run->schedule, 0, lines[l], 0);
  assert_true(trades != 0);
  assert_true(fabs(trades - accounts) < 1e-6 * fabs(accounts));
}

static void dense_series_are_blobs(void **state) {
  fixture *f = *state;
  const pl_report *report = pl_report_make(f->run->schedule, f->run->arena);
  pl_db *db = NULL;
  double x[(31 + 28) * 24];
  size_t size = 0;
  assert_int_equal(pl_export_sqlite(report, "x", f->path, f->diag), PL_OK);
  assert_int_equal(pl_db_open(f->path, &db, f->diag), PL_OK);
  pl_db_query *q =
      pl_db_prepare(db, "SELECT n, unit, data FROM series WHERE \"table\" = 'trades' AND"
                        " value = 'amount' AND thing LIKE 'grid/%'");
  assert_true(pl_db_next(q));
  assert_int_equal(pl_db_int(q, 0), (31 + 28) * 24);
  assert_string_equal(pl_db_text(q, 1, NULL), "MWh");
  const void *bytes = pl_db_blob(q, 2, &size);
  assert_true(pl_blob_unpack(bytes, size, x, sizeof x / sizeof x[0]));
  double sum = 0, run = 0;
  for (size_t i = 0; i < sizeof x / sizeof x[0]; i++) sum += x[i];
  pl_db_done(q);
  q = pl_db_prepare(db, "SELECT sum(run) FROM units");
  assert_true(pl_db_next(q));
  run = pl_db_number(q, 0);
  pl_db_done(q);
  pl_db_close(db);
  assert_true(run > 0);
  assert_true(fabs(sum - 14 * run) < 1e-6 * sum); /* 14 MWh a tonne */
}

static void exports_need_a_place(void **state) {
  fixture *f = *state;
  const pl_report *report = pl_report_make(f->run->schedule, f->run->arena);
  for (int kind = 0; kind < PL_OUTPUTS; kind++)
    if (pl_output_kinds[kind].write)
      assert_int_equal(pl_output_kinds[kind].write(report, "x", "no/such/folder", f->diag), PL_IO);
  assert_int_equal(pl_run_write(f->run, "no/such/folder.run", f->diag), PL_IO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blobs_keep_every_bit),
      cmocka_unit_test(blobs_of_nothing),
      cmocka_unit_test(blobs_tell_damage),
      cmocka_unit_test_setup_teardown(runs_come_back, set_up, tear_down),
      cmocka_unit_test_setup_teardown(false_answers_are_refused, set_up, tear_down),
      cmocka_unit_test_setup_teardown(false_objectives_are_refused, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_run_without_a_plan_comes_back, set_up, tear_down),
      cmocka_unit_test_setup_teardown(damaged_runs_do_no_harm, set_up, tear_down),
      cmocka_unit_test_setup_teardown(balances_close_in_the_report, set_up, tear_down),
      cmocka_unit_test_setup_teardown(stocks_move, set_up, tear_down),
      cmocka_unit_test_setup_teardown(money_of_trades_is_in_the_accounts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(dense_series_are_blobs, set_up, tear_down),
      cmocka_unit_test_setup_teardown(exports_need_a_place, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
