/* Files and their lines, tables for people and machines, JSON, and messages as they are shown. YAML
 * and CSV have tests of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/csv.h"
#include "text/show.h"
#include "text/table.h"

/* ---- Files ---- */

typedef struct {
  char root[64];
  pl_arena *arena;
  pl_diag *diag;
} sandbox;

static const char *path_in(sandbox *box, const char *name) {
  return pl_arena_printf(box->arena, "%s/%s", box->root, name);
}

static void put_file(sandbox *box, const char *name, const char *text) {
  FILE *f = fopen(path_in(box, name), "w");
  assert_non_null(f);
  (void)fputs(text, f);
  assert_int_equal(fclose(f), 0);
}

static const char *const folders[] = {"case", "case/sub", "library"};
static const char *const names[] = {"case/case.yaml", "case/sub/a.yaml", "case/b.yaml",
                                    "library/c.yaml"};

static int sandbox_open(void **state) {
  static sandbox box;
  (void)snprintf(box.root, sizeof box.root, "/tmp/potline-test-XXXXXX");
  if (!mkdtemp(box.root)) return -1;
  box.arena = pl_arena_new();
  box.diag = pl_diag_new();
  for (int i = 0; i < 3; i++)
    if (mkdir(path_in(&box, folders[i]), 0700) != 0) return -1;
  for (int i = 0; i < 4; i++) put_file(&box, names[i], names[i]);
  *state = &box;
  return 0;
}

static int sandbox_close(void **state) {
  sandbox *box = *state;
  for (int i = 0; i < 4; i++) (void)unlink(path_in(box, names[i]));
  for (int i = 2; i >= 0; i--) (void)rmdir(path_in(box, folders[i]));
  int const left = rmdir(box->root);
  pl_arena_free(box->arena);
  pl_diag_free(box->diag);
  return left;
}

static void files_are_found_beside_and_in_libraries(void **state) {
  sandbox *box = *state;
  const char *search[] = {path_in(box, "library")};
  pl_files *f = pl_files_new(search, 1);
  const pl_source *top = NULL, *a = NULL, *b = NULL, *c = NULL, *again = NULL;
  pl_place const at = {"case.yaml", 2, 3, 4};
  assert_int_equal(pl_files_open(f, path_in(box, "case/case.yaml"), NULL, at, &top, box->diag),
                   PL_OK);
  assert_int_equal(pl_files_open(f, "sub/a.yaml", top->path, at, &a, box->diag), PL_OK);
  assert_int_equal(pl_files_open(f, "../b.yaml", a->path, at, &b, box->diag), PL_OK);
  assert_int_equal(pl_files_open(f, "c.yaml", a->path, at, &c, box->diag), PL_OK);
  assert_int_equal(pl_files_open(f, "./b.yaml", top->path, at, &again, box->diag), PL_OK);
  assert_string_equal(b->path, path_in(box, "case/b.yaml"));
  assert_string_equal(b->text, "case/b.yaml");
  assert_string_equal(c->text, "library/c.yaml");
  assert_ptr_equal(again, b);
  assert_int_equal(pl_files_count(f), 4);
  assert_ptr_equal(pl_files_at(f, 1), a);
  assert_ptr_equal(pl_files_find(f, b->path), b);
  assert_null(pl_files_find(f, "b.yaml"));
  assert_int_equal(pl_files_open(f, "d.yaml", top->path, at, &again, box->diag), PL_IO);
  assert_string_equal(pl_diag_at(box->diag, 0)->text, "there is no file 'd.yaml'");
  assert_int_equal(pl_diag_at(box->diag, 0)->place.line, 2);
  assert_int_equal(pl_files_open(f, "sub", top->path, at, &again, box->diag), PL_IO);
  pl_files_free(f);
  pl_files_free(NULL);
}

/* Neither a path nor a link leads out of the case's folder, but to what is allowed. */
static void files_outside_are_left_alone(void **state) {
  sandbox *box = *state;
  const char *const link_path = path_in(box, "case/sub/link.yaml");
  const char *const outside[] = {"../../library/c.yaml", path_in(box, "library/c.yaml"),
                                 "link.yaml"};
  const pl_source *top = NULL, *s = NULL;
  pl_place const at = {"a.yaml", 2, 3, 4};
  assert_int_equal(symlink(path_in(box, "library/c.yaml"), link_path), 0);
  pl_files *f = pl_files_new(NULL, 0);
  assert_int_equal(pl_files_open(f, path_in(box, "case/sub/a.yaml"), NULL, at, &top, box->diag),
                   PL_OK);
  for (int i = 0; i < 3; i++) {
    pl_place const here = {"a.yaml", 2 + i, 3, 4};
    assert_int_equal(pl_files_open(f, outside[i], top->path, here, &s, box->diag), PL_IO);
    assert_non_null(strstr(pl_diag_at(box->diag, i)->text, "is outside the case's folder"));
    assert_non_null(strstr(pl_diag_at(box->diag, i)->hint, "--allow"));
    assert_int_equal(pl_diag_at(box->diag, i)->place.line, 2 + i);
  }
  assert_int_equal(pl_files_open(f, "../b.yaml", top->path, at, &s, box->diag), PL_IO);
  assert_null(s);
  assert_int_equal(pl_files_count(f), 1);
  assert_true(pl_files_allow(f, path_in(box, "library")));
  assert_false(pl_files_allow(f, path_in(box, "nowhere")));
  for (int i = 0; i < 3; i++)
    assert_int_equal(pl_files_open(f, outside[i], top->path, at, &s, box->diag), PL_OK);
  assert_int_equal(pl_files_open(f, "../b.yaml", top->path, at, &s, box->diag), PL_IO);
  pl_files_free(f);
  assert_int_equal(unlink(link_path), 0);
}

static void primed_files_leave_the_disk_alone(void **state) {
  sandbox *box = *state;
  pl_files *f = pl_files_new(NULL, 0);
  const pl_source *s = NULL;
  pl_files_prime(f, "old/case.yaml", "one", 3);
  pl_files_prime(f, "/usr/share/library/c.yaml", "two", 3);
  assert_int_equal(pl_files_count(f), 0);
  assert_int_equal(pl_files_open(f, "old/./case.yaml", NULL, PL_NOWHERE, &s, box->diag), PL_OK);
  assert_string_equal(s->text, "one");
  assert_int_equal(pl_files_open(f, "c.yaml", s->path, PL_NOWHERE, &s, box->diag), PL_OK);
  assert_string_equal(s->path, "/usr/share/library/c.yaml");
  assert_int_equal(pl_files_open(f, path_in(box, "case/b.yaml"), NULL, PL_NOWHERE, &s, box->diag),
                   PL_IO);
  assert_int_equal(pl_files_count(f), 2);
  pl_files_free(f);
}

static void paths_are_made_plain(void **state) {
  (void)state;
  static const char *const rows[][3] = {{"a/b.yaml", "c.yaml", "a/c.yaml"},
                                        {"b.yaml", "../c.yaml", "../c.yaml"},
                                        {"../b.yaml", "../c.yaml", "../../c.yaml"},
                                        {"/b.yaml", "../c.yaml", "/c.yaml"},
                                        {"/a/b.yaml", "c/../d//e.yaml", "/a/d/e.yaml"},
                                        {"a/b/c.yaml", "../../../d.yaml", "../d.yaml"},
                                        {"a/b.yaml", "/c/./d.yaml", "/c/d.yaml"},
                                        {"./b.yaml", "c.yaml", "c.yaml"}};
  pl_diag *d = pl_diag_new();
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    pl_files *f = pl_files_new(NULL, 0);
    const pl_source *s = NULL;
    pl_files_prime(f, rows[i][2], "", 0);
    assert_int_equal(pl_files_open(f, rows[i][1], rows[i][0], PL_NOWHERE, &s, d), PL_OK);
    assert_string_equal(s->path, rows[i][2]);
    pl_files_free(f);
  }
  pl_diag_free(d);
}

static void lines_are_counted_plainly(void **state) {
  (void)state;
  static const char text[] = "one\r\ntwo\rx\n\nlast";
  pl_source const s = {"a", text, sizeof text - 1};
  static const char *const lines[] = {"one", "two\rx", "", "last", ""};
  for (int i = 0; i < 5; i++) {
    size_t length = 99;
    const char *line = pl_source_line(&s, i + 1, &length);
    assert_int_equal(length, strlen(lines[i]));
    assert_memory_equal(line, lines[i], length);
  }
  size_t length;
  (void)pl_source_line(&s, 0, &length);
  assert_int_equal(length, 0);
  pl_place const at = pl_source_place(&s, 13, 2);
  assert_int_equal(at.line, 4);
  assert_int_equal(at.column, 2);
  assert_int_equal(pl_source_place(&s, 0, 1).line, 1);
  assert_int_equal(pl_source_place(&s, sizeof text - 1, 1).column, 5);
  static const char marked[] = "\xEF\xBB\xBFhead\nrow\n";
  pl_source const m = {"b", marked, sizeof marked - 1};
  assert_memory_equal(pl_source_line(&m, 1, &length), "head", 4);
  assert_int_equal(length, 4);
  assert_int_equal(pl_source_place(&m, 4, 1).column, 2);
  assert_int_equal(pl_source_place(&m, 0, 1).column, 1);
}

/* ---- Tables and JSON ---- */

static pl_table *sample(pl_arena *a) {
  static const pl_col cols[] = {{"party", "", PL_COL_TEXT, 0},
                                {"sales", "USD", PL_COL_NUMBER, 1},
                                {"month", "", PL_COL_DATE, 0},
                                {"share", "%", PL_COL_NUMBER, 0}};
  pl_table *t = pl_table_new(a, "accounts", "What each earns", cols, 4);
  for (int i = 0; i < 40; i++) (void)pl_table_add_row(t);
  t->n_rows = 0;
  pl_cell *row = pl_table_add_row(t);
  row[0].text = "ALRO, \"Group\"";
  row[1].number = 1234567.25;
  row[2].text = "2026-03";
  row[3].number = 40;
  row = pl_table_add_row(t);
  assert_true(isnan(row[1].number));
  assert_null(row[2].text);
  row[0].text = "Azərbaycan";
  return t;
}

static void tables_are_aligned_for_people(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_string s;
  pl_string_init(&s, a);
  pl_table_to_text(sample(a), &s);
  assert_string_equal(s.text, "party          sales [USD]  month    share [%]\n"
                              "──────────────────────────────────────────────\n"
                              "ALRO, \"Group\"  1,234,567.2  2026-03         40\n"
                              "Azərbaycan\n");
  pl_arena_free(a);
}

static const char *written(pl_arena *a, FILE *f) {
  char *text = PL_NEW_ARRAY(a, char, 4096);
  rewind(f);
  assert_true(fread(text, 1, 4095, f) > 0);
  assert_int_equal(fclose(f), 0);
  return text;
}

static void tables_survive_csv(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_diag *d = pl_diag_new();
  FILE *f = tmpfile();
  assert_true(pl_table_to_csv(sample(a), f));
  const char *text = written(a, f);
  assert_string_equal(text, "party,sales [USD],month,share [%]\n"
                            "\"ALRO, \"\"Group\"\"\",1234567.25,2026-03,40\n"
                            "Azərbaycan,,,\n");
  pl_source const s = {"t.csv", text, strlen(text)};
  pl_csv back;
  assert_int_equal(pl_csv_read(&s, a, &back, d), PL_OK);
  assert_int_equal(back.n_rows, 2);
  assert_true(pl_span_is(back.cell[0], "ALRO, \"Group\""));
  pl_diag_free(d);
  pl_arena_free(a);
}

/* What each text becomes in a CSV file; one apostrophe taken away gives it back. */
static void csv_holds_no_formulas(void **state) {
  static const char *const texts[][2] = {{"=1+1", "'=1+1"},
                                         {"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
                                         {"@SUM(1)", "'@SUM(1)"},
                                         {"+1+1", "'+1+1"},
                                         {"-2+3", "'-2+3"},
                                         {"-2.5", "-2.5"},
                                         {"-", "'-"},
                                         {"=a,b", "\"'=a,b\""},
                                         {"\t=1", "\"'\t=1\""},
                                         {"\r=1", "\"'\r=1\""},
                                         {"\n=1", "\"'\n=1\""},
                                         {"＝1", "'＝1"},
                                         {"'=1", "''=1"},
                                         {"'quoted'", "''quoted'"},
                                         {"a=b", "a=b"},
                                         {"2026-01", "2026-01"},
                                         {"", ""}};
  static const pl_col cols[] = {{"=head", "", PL_COL_TEXT, 0}, {"n", "", PL_COL_NUMBER, 0}};
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    pl_arena *a = pl_arena_new();
    pl_table *t = pl_table_new(a, "t", "", cols, 2);
    pl_cell *cell = pl_table_add_row(t);
    cell[0].text = texts[i][0];
    cell[1].number = -1;
    FILE *f = tmpfile();
    assert_true(pl_table_to_csv(t, f));
    assert_string_equal(written(a, f), pl_arena_printf(a, "'=head,n\n%s,-1\n", texts[i][1]));
    pl_arena_free(a);
  }
}

static void tables_become_json(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  FILE *f = tmpfile();
  pl_json j;
  pl_json_init(&j, f);
  pl_table_to_json(sample(a), &j);
  assert_true(pl_json_done(&j));
  assert_string_equal(written(a, f),
                      "{\"name\":\"accounts\",\"title\":\"What each earns\",\"columns\":["
                      "{\"name\":\"party\",\"unit\":\"\",\"kind\":\"text\"},"
                      "{\"name\":\"sales\",\"unit\":\"USD\",\"kind\":\"number\"},"
                      "{\"name\":\"month\",\"unit\":\"\",\"kind\":\"date\"},"
                      "{\"name\":\"share\",\"unit\":\"%\",\"kind\":\"number\"}],"
                      "\"rows\":[[\"ALRO, \\\"Group\\\"\",1234567.25,\"2026-03\",40],"
                      "[\"Azərbaycan\",null,null,null]]}\n");
  pl_arena_free(a);
}

static void json_escapes_and_nests(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  FILE *f = tmpfile();
  pl_json j;
  pl_json_init(&j, f);
  pl_json_open(&j, true);
  pl_json_text(&j, "a\"\\\n\x01\xff\xC3\xA9");
  pl_json_number(&j, (double)INFINITY);
  pl_json_number(&j, -1e300);
  pl_json_bool(&j, true);
  pl_json_open(&j, false);
  pl_json_close(&j);
  pl_json_open(&j, true);
  pl_json_open(&j, true);
  pl_json_close(&j);
  pl_json_text(&j, NULL);
  pl_json_close(&j);
  pl_json_close(&j);
  assert_true(pl_json_done(&j));
  assert_string_equal(written(a, f),
                      "[\"a\\\"\\\\\\n\\u0001\xEF\xBF\xBDé\",null,-1e+300,true,{},[[],null]]\n");
  pl_arena_free(a);
}

static void json_remembers_failure(void **state) {
  (void)state;
  FILE *f = fopen("/dev/full", "w");
  if (!f) skip();
  (void)setvbuf(f, NULL, _IONBF, 0);
  pl_json j;
  pl_json_init(&j, f);
  pl_json_text(&j, "lost");
  assert_false(pl_json_done(&j));
  (void)fclose(f);
}

/* ---- Messages as shown ---- */

static void assert_shown(const char *text, int line, int column, int length, const char *wanted) {
  pl_arena *a = pl_arena_new();
  pl_diag *d = pl_diag_new();
  pl_files *f = pl_files_new(NULL, 0);
  const pl_source *source = NULL;
  pl_files_prime(f, "case.yaml", text, strlen(text));
  assert_int_equal(pl_files_open(f, "case.yaml", NULL, PL_NOWHERE, &source, d), PL_OK);
  (void)pl_fail(d, PL_UNIT, (pl_place){"case.yaml", line, column, length}, "wrong");
  pl_string s;
  pl_string_init(&s, a);
  pl_message_show(pl_diag_at(d, 0), f, &s);
  assert_string_equal(s.text, wanted);
  pl_files_free(f);
  pl_diag_free(d);
  pl_arena_free(a);
}

static void messages_point_at_their_place(void **state) {
  (void)state;
  assert_shown("a: 1\nb: mt\n", 2, 4, 2, "case.yaml:2:4: error: wrong\n  b: mt\n     ^^\n");
  assert_shown("a: 1\nb: mt", 2, 4, 0, "case.yaml:2:4: error: wrong\n  b: mt\n     ^\n");
  assert_shown("é: ü x\n", 1, 5, 4, "case.yaml:1:5: error: wrong\n  é: ü x\n     ^^^\n");
  assert_shown("\ta:\tb\n", 1, 5, 1, "case.yaml:1:5: error: wrong\n      a:    b\n            ^\n");
  assert_shown("a: \x1b[2J b\n", 1, 9, 1,
               "case.yaml:1:9: error: wrong\n  a: \\x1b[2J b\n             ^\n");
  assert_shown("a: 1\n", 1, 5, 1, "case.yaml:1:5: error: wrong\n  a: 1\n      ^\n");
  assert_shown("a: 1\n", 1, 900, 9, "case.yaml:1:900: error: wrong\n  a: 1\n      ^\n");
  assert_shown("a: 1\n", 7, 1, 1, "case.yaml:7:1: error: wrong\n  \n  ^\n");
}

static int longest_line(const char *text) {
  int longest = 0;
  for (const char *p = text; *p; p += strcspn(p, "\n") + (p[strcspn(p, "\n")] == '\n')) {
    char line[2000] = "";
    memcpy(line, p, strcspn(p, "\n"));
    int const width = pl_text_width(line);
    if (width > longest) longest = width;
  }
  return longest;
}

static void long_lines_are_cut_around_the_place(void **state) {
  (void)state;
  char text[1001];
  for (int i = 0; i < 1000; i++) text[i] = (char)('a' + i % 26);
  text[1000] = '\0';
  pl_arena *a = pl_arena_new();
  pl_files *f = pl_files_new(NULL, 0);
  pl_diag *d = pl_diag_new();
  const pl_source *s = NULL;
  pl_files_prime(f, "case.yaml", text, 1000);
  assert_int_equal(pl_files_open(f, "case.yaml", NULL, PL_NOWHERE, &s, d), PL_OK);
  static const int places[][2] = {{1, 1}, {1, 1000}, {500, 3}, {500, 300}, {1000, 1}};
  for (int i = 0; i < 5; i++) {
    (void)pl_fail(d, PL_UNIT, (pl_place){"case.yaml", 1, places[i][0], places[i][1]}, "wrong %d",
                  i);
    pl_string shown;
    pl_string_init(&shown, a);
    pl_message_show(pl_diag_at(d, i), f, &shown);
    assert_in_range(longest_line(shown.text), 50, 114);
    const char *line = strchr(shown.text, '\n') + 1, *carets = strchr(line, '\n') + 1;
    int const column = (int)strcspn(carets, "^");
    int const shift = memcmp(line + 2, "…", 3) == 0 ? 2 : 0; /* its three bytes take one column */
    assert_int_equal(line[column + shift], text[places[i][0] - 1]);
  }
  pl_diag_free(d);
  pl_files_free(f);
  pl_arena_free(a);
}

static void messages_without_place_or_file(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_diag *d = pl_diag_new();
  pl_string s;
  pl_string_init(&s, a);
  pl_warn(d, PL_NOWHERE, "odd \x07");
  pl_hint(d, "do %s", "this");
  pl_note(d, (pl_place){"x.yaml", 3, 1, 1}, "here");
  pl_message_show(pl_diag_at(d, 0), NULL, &s);
  pl_message_show(pl_diag_at(d, 1), NULL, &s);
  assert_string_equal(s.text, "warning: odd \\x07\n  hint: do this\nx.yaml:3:1: note: here\n");
  FILE *f = tmpfile();
  pl_json j;
  pl_json_init(&j, f);
  pl_json_open(&j, true);
  pl_message_to_json(pl_diag_at(d, 0), &j);
  pl_message_to_json(pl_diag_at(d, 1), &j);
  pl_json_close(&j);
  assert_true(pl_json_done(&j));
  assert_string_equal(written(a, f),
                      "[{\"severity\":\"warning\",\"status\":\"ok\",\"file\":null,"
                      "\"text\":\"odd \\u0007\",\"hint\":\"do this\"},"
                      "{\"severity\":\"note\",\"status\":\"ok\",\"file\":\"x.yaml\",\"line\":3,"
                      "\"column\":1,\"length\":1,\"text\":\"here\",\"hint\":null}]\n");
  pl_diag_free(d);
  pl_arena_free(a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(files_are_found_beside_and_in_libraries, sandbox_open,
                                      sandbox_close),
      cmocka_unit_test_setup_teardown(files_outside_are_left_alone, sandbox_open, sandbox_close),
      cmocka_unit_test_setup_teardown(primed_files_leave_the_disk_alone, sandbox_open,
                                      sandbox_close),
      cmocka_unit_test(paths_are_made_plain),
      cmocka_unit_test(lines_are_counted_plainly),
      cmocka_unit_test(tables_are_aligned_for_people),
      cmocka_unit_test(tables_survive_csv),
      cmocka_unit_test(csv_holds_no_formulas),
      cmocka_unit_test(tables_become_json),
      cmocka_unit_test(json_escapes_and_nests),
      cmocka_unit_test(json_remembers_failure),
      cmocka_unit_test(messages_point_at_their_place),
      cmocka_unit_test(long_lines_are_cut_around_the_place),
      cmocka_unit_test(messages_without_place_or_file),
  };
  return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
