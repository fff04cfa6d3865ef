/* From files to a case: what every kind of value becomes, overrides and scenarios, and the
 * descriptions of the language, which are kept in docs/ (POTLINE_ACCEPT=1 rewrites them).
 * Complaints are test_case_complaints.c's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "case/case.h"
#include "fixture/folder.h"

typedef struct {
  pl_files *files;
  pl_diag *diag;
  pl_case *c;
  pl_status status;
} reading;

static void show(const pl_diag *diag) {
  for (int i = 0; i < pl_diag_size(diag); i++) {
    const pl_message *const m = pl_diag_at(diag, i);
    print_error("%s:%d:%d: %s\n", m->place.file ? m->place.file : "", m->place.line,
                m->place.column, m->text);
  }
}

static reading read_with(const char *path, const char *scenario, const char *const *set,
                         int n_set) {
  reading r = {pl_files_new(NULL, 0), pl_diag_new(), NULL, PL_OK};
  pl_case_options const options = {scenario, set, n_set};
  r.status = pl_case_read(path, r.files, &options, &r.c, r.diag);
  return r;
}

static reading read_sound(const char *scenario, const char *set) {
  reading r = read_with(TESTS_DIR "/cases/smelter", scenario, &set, set != NULL);
  show(r.diag);
  assert_int_equal(r.status, PL_OK);
  assert_int_equal(pl_diag_size(r.diag), 0);
  return r;
}

static reading read_text(const char *text) {
  reading r = {pl_files_new(NULL, 0), pl_diag_new(), NULL, PL_OK};
  pl_files_prime(r.files, "case.yaml", text, strlen(text));
  r.status = pl_case_read("case.yaml", r.files, NULL, &r.c, r.diag);
  return r;
}

static void done(reading *r) {
  pl_case_free(r->c);
  pl_diag_free(r->diag);
  pl_files_free(r->files);
}

static void assert_near(double got, double wanted) {
  if (fabs(got - wanted) <= 1e-12 * (fabs(wanted) + 1)) return;
  print_error("%.17g, wanted %.17g\n", got, wanted);
  fail();
}

static int index_of(const reading *r, int noun, const char *name) {
  for (int i = 0; i < pl_noun_size(&pl_nouns[noun], r->c); i++) {
    if (!strcmp(*pl_thing_name(pl_noun_at(&pl_nouns[noun], r->c, i)), name)) return i;
  }
  fail_msg("no '%s'", name);
  return -1;
}

static void *thing(const reading *r, int noun, const char *name) {
  return pl_noun_at(&pl_nouns[noun], r->c, index_of(r, noun, name));
}

static double at(const reading *r, const pl_formula *f, int year, int month) {
  assert_non_null(f);
  return pl_formula_eval(f, r->c->quotes, pl_time_of(year, month, 1),
                         pl_time_of(year, month + 1, 1));
}

/* Steps have short forms. */
static void quarter_hours_are_a_step(void **state) {
  (void)state;
  reading r = read_sound(NULL, "units.mill.step=15 min");
  assert_int_equal(r.c->units[2].step, PL_QUARTER_HOUR);
  done(&r);
}

/* --- Every kind of value -------------------------------------------------------------------- */

static void the_head_is_read(void **state) {
  (void)state;
  reading r = read_sound(NULL, NULL);
  const pl_calendar *const head = &r.c->calendar;
  assert_string_equal(head->title, "One smelter");
  assert_true(r.c->from == pl_time_of(2026, 1, 1) && r.c->to == pl_time_of(2027, 1, 1));
  assert_int_equal(r.c->step, PL_MONTH);
  assert_int_equal(r.c->currency, PL_DIM_USD);
  assert_near(head->discount, 0.09);
  assert_int_equal(head->exchange.n, 1);
  assert_int_equal(head->exchange.currency[0], PL_DIM_EUR);
  assert_int_equal(head->said[PL_calendar_discount].line, 8);
  assert_int_equal(head->said[PL_calendar_step].line, 0);
  done(&r);
}

static void units_are_read(void **state) {
  (void)state;
  reading r = read_sound(NULL, NULL);
  const pl_unit *const pots = thing(&r, PL_NOUN_unit, "potline"), *const mill = thing(
                                                                      &r, PL_NOUN_unit, "mill");
  assert_near(at(&r, pots->capacity, 2026, 1), 100e3 / 8760);
  assert_near(at(&r, pots->capacity, 2026, 12), 120e3 / 8760);
  assert_near(at(&r, pots->online, 2026, 1), 0.95);
  assert_null(pots->minimum);
  assert_int_equal(pl_unit_party(r.c, pots), index_of(&r, PL_NOUN_party, "smelter"));
  assert_int_equal(mill->runs.n, 2);
  assert_near(mill->runs.factor[1], 1.0 / 140);
  assert_int_equal(mill->runs.dim[1].of[PL_DIM_TIME], 1);
  assert_true(mill->on_off && mill->on_before && !pots->on_off);
  const pl_unit *const bakes = thing(&r, PL_NOUN_unit, "bakes");
  assert_int_equal(bakes->up_to.n, 1);
  assert_int_equal(bakes->up_to.per[0], PL_MONTH);
  assert_int_equal(pl_unit_step(r.c, pots), PL_MONTH);
  done(&r);
}

static void recipes_are_read(void **state) {
  (void)state;
  reading r = read_sound(NULL, NULL);
  const pl_process *const smelt = thing(&r, PL_NOUN_process, "smelt"), *const charge = thing(
                                                                           &r, PL_NOUN_process,
                                                                           "charge");
  assert_int_equal(smelt->takes.n, 3);
  assert_near(smelt->takes.amount[1], 0.54);
  assert_near(smelt->takes.amount[2], 13.5); /* the case's override */
  assert_int_equal(smelt->takes.material[2], index_of(&r, PL_NOUN_material, "power"));
  assert_int_equal(pl_process_product(smelt), index_of(&r, PL_NOUN_material, "hot-metal"));
  assert_true(pl_process_is_blend(charge) && !pl_process_is_blend(smelt));
  assert_near(charge->blends.factor[1], 0.97);
  assert_true(isnan(charge->within.low[0]));
  assert_near(charge->within.high[0], 0.002);
  assert_near(charge->within.high[1], 0.005);
  assert_string_equal(smelt->place.file, TESTS_DIR "/cases/smelter/recipes.yaml");
  done(&r);
}

static void lanes_and_markets_are_read(void **state) {
  (void)state;
  reading r = read_sound(NULL, NULL);
  const pl_lane *const rail = thing(&r, PL_NOUN_lane, "rail");
  assert_int_equal(rail->moves.n, 2);
  assert_near(rail->distance, 320);
  assert_near(at(&r, rail->cost, 2026, 1), 0.04);
  assert_near(pl_duration_days(rail->time), 3);
  assert_int_equal(rail->charges.line[0], PL_LINE_DUTY);
  assert_near(at(&r, rail->charges.formula[0], 2026, 3), 24.03);
  const pl_market *const rotterdam = thing(&r, PL_NOUN_market, "rotterdam"), *const coils = thing(
                                                                                 &r, PL_NOUN_market,
                                                                                 "coils-out");
  assert_int_equal(rotterdam->tiers.n, 2);
  assert_int_equal(rotterdam->tiers.next[0].per[0], PL_MONTH);
  assert_int_equal(rotterdam->tiers.next[1].n, 0);
  assert_int_equal(rotterdam->up_to.per[1], PL_YEAR);
  assert_int_equal(coils->parties.n, 2);
  assert_near(at(&r, coils->up_to.formula[0], 2026, 1), 1000.0 / 744);
  assert_int_equal(coils->said[PL_market_price].line, 6);
  assert_int_equal(coils->sells, -1);
  done(&r);
}

static void quotations_are_read(void **state) {
  (void)state;
  reading r = read_sound(NULL, NULL);
  const pl_market *const grid = thing(&r, PL_NOUN_market, "grid"), *const alumina =
                                                                       thing(&r, PL_NOUN_market,
                                                                             "alumina");
  assert_near(at(&r, grid->price, 2026, 1), 45 * 1.1); /* brought over from EUR */
  assert_near(at(&r, grid->price, 2026, 12), 50 * 1.13);
  assert_near(at(&r, alumina->price, 2026, 2), 0.15 * 2402);
  const pl_site *const works = thing(&r, PL_NOUN_site, "works");
  assert_near(at(&r, works->levies.formula[0], 2026, 4), 0.1 * 75 * 1.11);
  assert_near(works->at.lon, 24.37);
  done(&r);
}

static void limits_are_read(void **state) {
  (void)state;
  reading r = read_sound(NULL, NULL);
  const pl_limit *const air = thing(&r, PL_NOUN_limit, "air"), *const work = thing(
                                                                   &r, PL_NOUN_limit, "at-work");
  assert_int_equal(air->sums.term[0].kind, PL_TERM_EMISSION);
  assert_int_equal(air->sums.term[0].part, index_of(&r, PL_NOUN_site, "works"));
  assert_int_equal(air->up_to.per[0], -1);
  assert_near(at(&r, air->up_to.formula[0], 2026, 1), 250e3);
  assert_int_equal(work->counts.n, 2);
  assert_int_equal(work->counts.term[1].part, -1);
  done(&r);
}

/* --- Overrides and scenarios ---------------------------------------------------------------- */

static void scenarios_build_on_each_other(void **state) {
  (void)state;
  reading r = read_sound("half", NULL);
  const pl_unit *const pots = thing(&r, PL_NOUN_unit, "potline");
  assert_string_equal(r.c->scenario, "half");
  assert_near(at(&r, pots->online, 2026, 1), 0.5);
  assert_null(pots->turndown);
  assert_int_equal(pots->said[PL_unit_turndown].line, 0);
  const pl_market *const grid = thing(&r, PL_NOUN_market, "grid");
  assert_near(at(&r, grid->price, 2026, 1), 45 * 1.1);
  assert_near(at(&r, grid->price, 2026, 12), 60 * 1.13);
  done(&r);
}

/* Those of a list come one after another, each once, and the later one wins. */
static void scenarios_build_on_a_list(void **state) {
  (void)state;
  static const char text[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {p: }\n"
      "sites: {s: p}\n"
      "materials: {ore: t}\n"
      "markets:\n"
      "  mine: {site: s, sells: ore, price: 1 USD/t, up to: 1 t/month}\n"
      "  mill: {site: s, buys: ore, price: 9 USD/t}\n"
      "scenarios:\n"
      "  base: {set: {markets.mine.price: 2 USD/t, markets.mill.price: 3 USD/t}}\n"
      "  dear: {with: base, set: {markets.mine.price: 4 USD/t}}\n"
      "  cheap: {with: base, set: {markets.mill.price: 5 USD/t}}\n"
      "  both: {with: [dear, cheap]}\n";
  pl_case_options const options = {.scenario = "both"};
  reading r = {pl_files_new(NULL, 0), pl_diag_new(), NULL, PL_OK};
  pl_files_prime(r.files, "case.yaml", text, strlen(text));
  r.status = pl_case_read("case.yaml", r.files, &options, &r.c, r.diag);
  show(r.diag);
  assert_int_equal(r.status, PL_OK);
  assert_near(at(&r, r.c->markets[0].price, 2026, 1), 4);
  assert_near(at(&r, r.c->markets[1].price, 2026, 1), 5);
  done(&r);
}

static void settings_act_last(void **state) {
  (void)state;
  reading r = read_sound("half", "units.potline.online=25 %");
  assert_near(at(&r, ((pl_unit *)thing(&r, PL_NOUN_unit, "potline"))->online, 2026, 1), 0.25);
  done(&r);
  r = read_sound(NULL, "units.mill.runs={bands: 2 h/kt, coils: 1 h/kt}");
  assert_near(((pl_unit *)thing(&r, PL_NOUN_unit, "mill"))->runs.factor[0], 0.002);
  done(&r);
  r = read_sound(NULL, "markets.rotterdam.tiers.2.price=2000 USD/t");
  assert_near(
      at(&r, ((pl_market *)thing(&r, PL_NOUN_market, "rotterdam"))->tiers.price[1], 2026, 1), 2000);
  done(&r);
  r = read_sound(NULL, "quotations.LME.AL=2600 USD/t");
  assert_near(at(&r, ((pl_market *)thing(&r, PL_NOUN_market, "alumina"))->price, 2026, 2),
              0.15 * 2600);
  done(&r);
}

static void a_change_through_an_alias_stays_where_it_was_made(void **state) {
  (void)state;
  reading r = read_text(
      "case: {from: 2026-01, to: 2026-03}\n"
      "parties: {a: }\n"
      "sites: {s: a}\n"
      "materials: {m: t, n: t}\n"
      "processes: {p: {makes: {m: 1 t}, takes: {n: 1 t}}}\n"
      "units:\n"
      "  u: &u {site: s, runs: p, capacity: 5 t/h}\n"
      "  v: *u\n"
      "markets: {n: {site: s, sells: n, price: 1 USD/t}, m: {site: s, buys: m, price: 2 USD/t}}\n"
      "overrides: {units.u.capacity: 6 t/h}\n");
  show(r.diag);
  assert_int_equal(r.status, PL_OK);
  assert_near(at(&r, r.c->units[0].capacity, 2026, 1), 6);
  assert_near(at(&r, r.c->units[1].capacity, 2026, 1), 5);
  done(&r);
}

static void a_missing_include_hides_what_it_may_hold(void **state) {
  (void)state;
  reading r = read_text("case: {from: 2026-01, to: 2026-03}\ninclude: elsewhere.yaml\nunits: {u: "
                        "{site: s, runs: p}}\n");
  assert_int_equal(r.status, PL_IO);
  assert_int_equal(pl_diag_size(r.diag), 1);
  assert_null(r.c);
  done(&r);
}

/* --- More than anybody writes by hand -------------------------------------------------------- */

static const char sound[] = "case: {from: 2026-01, to: 2026-03}\nparties: {a: }\nsites: {s: a}\n"
                            "materials: {m: t}\n";

static void assert_only_complaint(reading *r, pl_status status, const char *file, int line,
                                  int column, const char *text) {
  const pl_message *const m = pl_diag_at(r->diag, 0);
  if (!m || pl_diag_size(r->diag) != 1 || strcmp(m->text, text) != 0) show(r->diag);
  assert_int_equal(r->status, status);
  assert_int_equal(pl_diag_size(r->diag), 1);
  assert_string_equal(m->text, text);
  assert_string_equal(m->place.file, file);
  assert_int_equal(m->place.line, line);
  assert_int_equal(m->place.column, column);
  done(r);
}

static void files_include_one_another_so_deep(void **state) {
  (void)state;
  enum { DEEP = 70 };
  reading r = {pl_files_new(NULL, 0), pl_diag_new(), NULL, PL_OK};
  for (int i = 0; i < DEEP; i++) {
    char name[20], text[300];
    (void)snprintf(name, sizeof name, "f%d.yaml", i);
    (void)snprintf(text, sizeof text, "%sinclude: f%d.yaml\n", i ? "" : sound, i + 1);
    pl_files_prime(r.files, name, text, strlen(text));
  }
  r.status = pl_case_read("f0.yaml", r.files, NULL, &r.c, r.diag);
  assert_only_complaint(&r, PL_SYNTAX, "f64.yaml", 1, 10,
                        "files include one another more than 64 deep");
}

static void scenarios_build_on_one_another_so_deep(void **state) {
  (void)state;
  enum { DEEP = 1010, LINE = 40 };
  char *const text = calloc(DEEP + 10, LINE), *at = text;
  at += sprintf(at, "%sscenarios:\n", sound);
  for (int i = 0; i < DEEP; i++) at += sprintf(at, "  s%d: {with: s%d}\n", i, i + 1);
  (void)sprintf(at, "  s%d: {}\n", DEEP);
  reading r = {pl_files_new(NULL, 0), pl_diag_new(), NULL, PL_OK};
  pl_files_prime(r.files, "case.yaml", text, strlen(text));
  pl_case_options const options = {.scenario = "s0"};
  r.status = pl_case_read("case.yaml", r.files, &options, &r.c, r.diag);
  assert_only_complaint(&r, PL_RANGE, "case.yaml", 1005, 16,
                        "scenarios build on one another more than 1000 deep");
  free(text);
}

static void long_lists_of_values_belong_in_a_file(void **state) {
  (void)state;
  enum { VALUES = 10001 };
  char *const text = calloc(VALUES + 100, 4), *at = text;
  at += sprintf(at, "%squotations: {Q: {values: [", sound);
  for (int i = 0; i < VALUES; i++) at += sprintf(at, "%s1", i ? "," : "");
  (void)sprintf(at, "]}}\n");
  reading r = read_text(text);
  assert_only_complaint(&r, PL_RANGE, "case.yaml", 5, 27,
                        "more than 10000 values belong in a file");
  free(text);
}

/* --- The language described ----------------------------------------------------------------- */

static void write_schema(FILE *out) {
  pl_json j;
  pl_json_init(&j, out);
  pl_case_write_schema(&j);
  assert_true(pl_json_done(&j));
}

static char *written(void (*write)(FILE *)) {
  char *text = NULL;
  size_t size;
  FILE *f = open_memstream(&text, &size);
  assert_non_null(f);
  write(f);
  fclose(f);
  char *const copy = strdup(text);
  free(text);
  return copy;
}

static void assert_kept(const char *path, void (*write)(FILE *)) {
  char *const text = written(write);
  pl_arena *a = pl_arena_new();
  if (getenv("POTLINE_ACCEPT")) {
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
  }
  const char *kept = read_whole(path, a);
  if (strcmp(text, kept) != 0)
    print_error("%s is out of date: POTLINE_ACCEPT=1 writes it anew\n", path);
  assert_string_equal(text, kept);
  free(text);
  pl_arena_free(a);
}

static void the_docs_are_up_to_date(void **state) {
  (void)state;
  assert_kept(TESTS_DIR "/../docs/case-format.md", pl_case_write_reference);
  assert_kept(TESTS_DIR "/../docs/case.schema.json", write_schema);
}

static void fields_are_listed(void **state) {
  (void)state;
  pl_diag *diag = pl_diag_new();
  char *text = NULL;
  size_t size;
  FILE *f = open_memstream(&text, &size);
  pl_case_write_fields(f, "stock", diag);
  fflush(f);
  assert_non_null(strstr(text, "stocks: storage of a material at a site\n"));
  assert_non_null(strstr(text, "\n  keeps "));
  assert_null(strstr(text, "lanes: "));
  pl_case_write_fields(f, "toll", diag);
  pl_case_write_fields(f, "measures", diag);
  pl_case_write_fields(f, "kinds", diag);
  fflush(f);
  assert_non_null(strstr(text, "\n  toller "));
  assert_null(strstr(text, "\n  principal "));
  assert_non_null(strstr(text, "tonne (1000 kg)\n"));
  assert_non_null(strstr(text, "a formula by length of time"));
  pl_case_write_fields(f, NULL, diag);
  fflush(f);
  assert_non_null(strstr(text, "\n\nparties: a company that keeps its own account\n"));
  assert_non_null(strstr(text, "\n\nlanes: "));
  size_t const before = size;
  pl_case_write_fields(f, "stokcs", diag);
  fclose(f);
  assert_int_equal(size, before);
  assert_non_null(strstr(pl_diag_at(diag, 0)->hint, "did you mean 'stocks'?"));
  pl_diag_free(diag);
  free(text);
}

/* The example that the reference opens with is a sound case. */
static void the_example_of_the_reference_is_sound(void **state) {
  (void)state;
  char *const text = written(pl_case_write_reference);
  char *const begin = strstr(text, "```yaml\n") + 8;
  *strstr(begin, "```") = '\0';
  reading r = read_text(begin);
  show(r.diag);
  assert_int_equal(r.status, PL_OK);
  assert_int_equal(pl_diag_size(r.diag), 0);
  done(&r);
  free(text);
}

typedef struct {
  const char *scenario, *set, *file, *text; /* beginning of the text */
  int column, length;
} marked;

/* Where the caret is put, and how long it is, in what is said on the command line. */
static void faults_of_the_command_line_are_marked(void **state) {
  (void)state;
  static const marked faults[] = {
      {NULL, "capacity", "--set 'capacity'", "a setting must be PATH=VALUE, not 'capacity'", 1, 8},
      {NULL, "units.mill=", "--set 'units.mill='", "a setting must be PATH=VALUE", 1, 10},
      {NULL, "=5", "--set '=5'", "a setting must be PATH=VALUE", 1, 0},
      {NULL, "units.nil.capacity=1 t/h", "--set 'units.nil.capacity=1 t/h'",
       "no unit is called 'nil'", 7, 3},
      {NULL, "units.mill.step=fort", "--set 'units.mill.step=fort'", "'step' requires one of", 17,
       4},
      {NULL, "units.mill.capacity=[1 t", "--set 'units.mill.capacity=[1 t'", "a '['", 21, 4},
      {"halb", NULL, "--scenario", "no scenario is called 'halb'", 1, 4},
  };
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    const marked *f = &faults[i];
    reading r = read_with(TESTS_DIR "/cases/smelter", f->scenario, &f->set, f->set != NULL);
    assert_int_not_equal(r.status, PL_OK);
    const pl_message *m = pl_diag_at(r.diag, 0);
    assert_string_equal(m->place.file, f->file);
    assert_int_equal(strncmp(m->text, f->text, strlen(f->text)), 0);
    assert_int_equal(m->place.line, 1);
    assert_int_equal(m->place.column, f->column);
    assert_int_equal(m->place.length, f->length);
    done(&r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quarter_hours_are_a_step),
      cmocka_unit_test(the_head_is_read),
      cmocka_unit_test(units_are_read),
      cmocka_unit_test(recipes_are_read),
      cmocka_unit_test(lanes_and_markets_are_read),
      cmocka_unit_test(quotations_are_read),
      cmocka_unit_test(limits_are_read),
      cmocka_unit_test(scenarios_build_on_each_other),
      cmocka_unit_test(scenarios_build_on_a_list),
      cmocka_unit_test(settings_act_last),
      cmocka_unit_test(faults_of_the_command_line_are_marked),
      cmocka_unit_test(a_change_through_an_alias_stays_where_it_was_made),
      cmocka_unit_test(a_missing_include_hides_what_it_may_hold),
      cmocka_unit_test(files_include_one_another_so_deep),
      cmocka_unit_test(scenarios_build_on_one_another_so_deep),
      cmocka_unit_test(long_lists_of_values_belong_in_a_file),
      cmocka_unit_test(the_docs_are_up_to_date),
      cmocka_unit_test(fields_are_listed),
      cmocka_unit_test(the_example_of_the_reference_is_sound),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
