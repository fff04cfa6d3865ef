/* Agreements as a case says them: every real term sheet of tests/agreements reads without a
 * complaint and says what must come of it; what follows from the fields; and the tables at the end
 * of docs/agreements.md (POTLINE_ACCEPT=1 rewrites them). What is wrong with faulty ones is
 * test_case_complaints.c's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "case/case.h"
#include "chain/clause.h"
#include "fixture/folder.h"

typedef struct {
  pl_files *files;
  pl_diag *diag;
  pl_case *c;
} reading;

static reading read_path(const char *path) {
  reading r = {pl_files_new(NULL, 0), pl_diag_new(), NULL};
  (void)pl_case_read(path, r.files, NULL, &r.c, r.diag);
  for (int i = 0; i < pl_diag_size(r.diag); i++) {
    const pl_message *const m = pl_diag_at(r.diag, i);
    print_error("%s:%d:%d: %s\n", m->place.file, m->place.line, m->place.column, m->text);
  }
  return r;
}

static reading read_sheet(const char *name) {
  char path[1000];
  snprintf(path, sizeof path, TESTS_DIR "/agreements/%s", name);
  reading const r = read_path(path);
  assert_non_null(r.c);
  assert_int_equal(pl_diag_size(r.diag), 0);
  return r;
}

static void done(reading *r) {
  pl_case_free(r->c);
  pl_diag_free(r->diag);
  pl_files_free(r->files);
}

static const pl_agreement *agreement(const reading *r, const char *name) {
  for (int i = 0; i < r->c->n_agreements; i++) {
    if (!strcmp(r->c->agreements[i].name, name)) return &r->c->agreements[i];
  }
  fail_msg("no '%s'", name);
  return NULL;
}

static int index_of(const reading *r, int noun, const char *name) {
  for (int i = 0; i < pl_noun_size(&pl_nouns[noun], r->c); i++) {
    if (!strcmp(*pl_thing_name(pl_noun_at(&pl_nouns[noun], r->c, i)), name)) return i;
  }
  fail_msg("no '%s'", name);
  return -1;
}

/* --- The term sheets -----------------------------------------------------------------------------
 */

static int count_lines(const char *path, const char *start) {
  FILE *f = fopen(path, "r");
  assert_non_null(f);
  char line[2000];
  int n = 0;
  while (fgets(line, sizeof line, f)) n += !strncmp(line, start, strlen(start));
  fclose(f);
  return n;
}

static void term_sheets_read_without_complaint(void **state) {
  (void)state;
  DIR *d = opendir(TESTS_DIR "/agreements");
  assert_non_null(d);
  int sheets = 0;
  for (struct dirent *e; (e = readdir(d));) {
    if (!strstr(e->d_name, ".yaml")) continue;
    char path[1000];
    snprintf(path, sizeof path, TESTS_DIR "/agreements/%s", e->d_name);
    reading r = read_sheet(e->d_name);
    assert_true(r.c->n_agreements > 0);
    assert_true(count_lines(path, "# expect: ") > 0);
    done(&r);
    sheets++;
  }
  closedir(d);
  assert_true(sheets >= 10);
}

/* --- What the fields become ----------------------------------------------------------------------
 */

static void a_toll_is_read(void **state) {
  (void)state;
  reading r = read_sheet("a23-coil-toll-by-gauge.yaml");
  const pl_agreement *const a = agreement(&r, "coating");
  assert_int_equal(a->kind, PL_TOLL);
  assert_true(a->active && !a->financial);
  assert_int_equal(pl_agreement_giver(a), index_of(&r, PL_NOUN_party, "coater"));
  assert_int_equal(pl_agreement_taker(a), index_of(&r, PL_NOUN_party, "mill"));
  assert_int_equal(pl_agreement_material(r.c, a), index_of(&r, PL_NOUN_material, "thick"));
  assert_int_equal(a->runs.n, 2);
  assert_true(fabs(a->runs.factor[1] - 0.34) < 1e-12);
  assert_int_equal(a->up_to.per[0], PL_YEAR);
  assert_int_equal(a->recorded.n, 2);
  assert_string_equal(a->recorded.key[0], "excess loss");
  assert_string_equal(a->recorded.text[1], "by period, for orders from 40,000 lb");
  assert_int_equal(a->recorded.place[0].column, 7);
  done(&r);
}

static void a_sum_counts_agreements(void **state) {
  (void)state;
  reading r = read_sheet("a10-metal-sweep.yaml");
  const pl_agreement *const sweep = agreement(&r, "sweep");
  assert_int_equal(sweep->of.n, 3);
  assert_int_equal(sweep->of.term[0].kind, PL_TERM_UNIT);
  assert_int_equal(sweep->of.term[1].kind, PL_TERM_AGREEMENT);
  assert_int_equal(sweep->of.term[1].index, index_of(&r, PL_NOUN_agreement, "southwire"));
  assert_true(sweep->of.term[1].factor < 0);
  done(&r);
}

static void terms_are_clipped_to_the_case(void **state) {
  (void)state;
  pl_time from, to;
  reading r =
      read_sheet("a01-toll-conversion.yaml"); /* 2005-02-10 … 2016-07, planned 2014 and 2015 */
  const pl_agreement *a = agreement(&r, "conversion");
  pl_agreement_term(r.c, a, &from, &to);
  assert_true(from == pl_time_of(2014, 1, 1) && to == pl_time_of(2016, 1, 1));
  assert_true(a->from.from == pl_time_of(2005, 2, 10) && a->from.to == pl_time_of(2005, 2, 11));
  assert_true(a->to.to == pl_time_of(2016, 8, 1)); /* through July */
  done(&r);
  r = read_sheet("a16-power-basis-change.yaml");
  pl_agreement_term(r.c, agreement(&r, "indexed"), &from, &to); /* says neither */
  assert_true(from == r.c->from && to == r.c->to);
  done(&r);
}

static void what_flows_follows_from_the_kind(void **state) {
  (void)state;
  reading r = read_sheet("a18-cfd-and-called-reduction.yaml");
  const pl_agreement *const cfd = agreement(&r, "cfd"), *const physical = agreement(&r, "physical");
  assert_true(!pl_agreement_hands_over(cfd) && !pl_agreement_has_flow(cfd));
  assert_true(pl_agreement_hands_over(physical) && pl_agreement_has_flow(physical));
  assert_int_equal(physical->reduction.per[0], PL_QUARTER_HOUR);
  assert_int_equal(physical->reduction.per[1], PL_YEAR);
  done(&r);
  r = read_sheet("venture-power-plant.yaml");
  const pl_agreement *const plant = agreement(&r, "plant");
  assert_true(!pl_agreement_has_flow(plant));
  assert_int_equal(pl_agreement_giver(plant), -1);
  assert_true(pl_agreement_has_party(plant, index_of(&r, PL_NOUN_party, "gas-company")));
  done(&r);
  r = read_sheet("a06-alumina-total.yaml");
  assert_true(pl_agreement_pays_carriage(agreement(&r, "alumina")));
  done(&r);
  r = read_sheet("a07-alumina-by-year.yaml");
  assert_false(pl_agreement_pays_carriage(agreement(&r, "alumina")));
  done(&r);
}

/* --- The tables of the page ----------------------------------------------------------------------
 */

static void the_page_ends_with_the_tables(void **state) {
  (void)state;
  static const char path[] = TESTS_DIR "/../docs/agreements.md",
                    marker[] = " writes it anew. -->\n\n";
  char *tables = NULL;
  size_t size;
  FILE *f = open_memstream(&tables, &size);
  pl_case_write_clauses(f);
  fclose(f);
  pl_arena *a = pl_arena_new();
  const char *page = read_whole(path, a), *end = strstr(page, marker);
  assert_non_null(end);
  if (getenv("POTLINE_ACCEPT")) {
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fprintf(out, "%.*s%s", (int)(end - page + (long)strlen(marker)), page, tables);
    fclose(out);
  } else {
    assert_string_equal(end + strlen(marker), tables);
  }
  pl_arena_free(a);
  free(tables);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(term_sheets_read_without_complaint),
      cmocka_unit_test(a_toll_is_read),
      cmocka_unit_test(a_sum_counts_agreements),
      cmocka_unit_test(terms_are_clipped_to_the_case),
      cmocka_unit_test(what_flows_follows_from_the_kind),
      cmocka_unit_test(the_page_ends_with_the_tables),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
