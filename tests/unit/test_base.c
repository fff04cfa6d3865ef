/* The base floor: memory, messages, maps, text, numbers, files. The calendar has
 * test_base_calendar.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "base/rank.h"
#include "base/text.h"

/* ---- Memory ---- */

static void arena_objects_outlive_growth(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  const char *early = pl_arena_printf(a, "%s-%d", "Ganja", 7);
  for (int i = 0; i < 2000; i++) memset(PL_NEW_ARRAY(a, char, (size_t)i * 20), 'x', (size_t)i * 20);
  assert_string_equal(early, "Ganja-7");
  assert_string_equal(pl_arena_strndup(a, "alumina", 4), "alum");
  pl_arena_free(a);
  pl_arena_free(NULL);
}

static void arena_arrays_grow(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  int *kept = NULL, *alone = NULL, capacity = 0;
  for (int i = 0; i < 1000; i++) {
    PL_GROW(a, kept, i, capacity);
    PL_GROW_ALONE(a, alone, i);
    assert_true(capacity > i);
    kept[i] = alone[i] = i;
  }
  for (int i = 0; i < 1000; i++) assert_true(kept[i] == i && alone[i] == i);
  const int *before = kept;
  PL_GROW_BY(a, kept, 1000, capacity - 1000, capacity);
  assert_ptr_equal(before, kept); /* there is room already */
  PL_GROW_BY(a, kept, 1000, 5000, capacity);
  assert_true(capacity >= 6000);
  assert_int_equal(999, kept[999]);
  assert_int_equal(0, kept[5999]);
  pl_arena_free(a);
}

static void arena_reset_gives_zeroed_memory(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 100; i++) {
      size_t const n = i % 10 == 0 ? 50000 : 700;
      unsigned char *p = PL_NEW_ARRAY(a, unsigned char, n);
      assert_int_equal(p[0], 0);
      assert_int_equal(p[n - 1], 0);
      assert_int_equal((uintptr_t)p % 16, 0);
      memset(p, 0xFF, n);
    }
    pl_arena_reset(a);
  }
  pl_arena_free(a);
}

/* ---- Messages ---- */

static void diag_keeps_status_place_and_hint(void **state) {
  (void)state;
  pl_diag *d = pl_diag_new();
  char file[] = "case.yaml";
  pl_place const at = {file, 12, 9, 3};
  assert_int_equal(pl_diag_status(d), PL_OK);
  pl_warn(d, at, "odd");
  assert_int_equal(pl_fail(d, PL_UNIT, at, "'%s' is not a rate", "t"), PL_UNIT);
  pl_hint(d, "write %s", "t/year");
  (void)pl_fail(d, PL_RANGE, PL_NOWHERE, "later");
  file[0] = 'x'; /* the message has its own copy */
  assert_int_equal(pl_diag_status(d), PL_UNIT);
  assert_int_equal(pl_diag_size(d), 3);
  assert_int_equal(pl_diag_count(d, PL_ERROR), 2);
  assert_int_equal(pl_diag_count(d, PL_WARNING), 1);
  const pl_message *m = pl_diag_at(d, 1);
  assert_string_equal(m->text, "'t' is not a rate");
  assert_string_equal(m->hint, "write t/year");
  assert_string_equal(m->place.file, "case.yaml");
  assert_int_equal(m->place.line, 12);
  assert_null(pl_diag_at(d, 3));
  assert_null(pl_diag_at(d, -1));
  pl_diag_free(d);
}

static void diag_says_the_same_once(void **state) {
  (void)state;
  pl_diag *d = pl_diag_new();
  pl_place const here = {"a.csv", 1, 2, 1}, there = {"a.csv", 2, 2, 1};
  for (int i = 0; i < 3; i++) {
    (void)pl_fail(d, PL_NAME, here, "no such key");
    pl_note(d, there, "note %d", i);
  }
  (void)pl_fail(d, PL_NAME, there, "no such key");
  assert_int_equal(pl_diag_count(d, PL_ERROR), 2);
  assert_int_equal(pl_diag_count(d, PL_NOTE), 1);
  pl_diag_free(d);
}

static void diag_counts_what_is_alike(void **state) {
  (void)state;
  pl_diag *d = pl_diag_new();
  for (int twice = 0; twice < 2; twice++) /* the second time round is known already */
    for (int i = 0; i < 8760; i++) {
      (void)pl_fail(d, PL_NAME, (pl_place){"a.csv", i + 2, 4, 1}, "no site is called 'x'");
      pl_hint(d, "did you mean 'y'?");
    }
  (void)pl_fail(d, PL_NAME, (pl_place){"b.csv", 7, 4, 1}, "no site is called 'x'");
  pl_warn(d, (pl_place){"a.csv", 7, 9, 1}, "no site is called 'x'");
  assert_int_equal(pl_diag_count(d, PL_ERROR), 8761);
  assert_int_equal(pl_diag_size(d), 7);
  assert_string_equal(pl_diag_at(d, 3)->text, "no site is called 'x'");
  assert_string_equal(pl_diag_at(d, 4)->text,
                      "no site is called 'x' (and 8755 more like it in this file, to line 8761)");
  assert_string_equal(pl_diag_at(d, 4)->hint, "did you mean 'y'?");
  assert_int_equal(pl_diag_at(d, 5)->place.line, 7);
  pl_diag_free(d);
}

static void diag_cuts_a_flood(void **state) {
  (void)state;
  pl_diag *d = pl_diag_new();
  for (int i = 0; i < 1234; i++) {
    (void)pl_fail(d, PL_RANGE, (pl_place){"a.csv", i + 1, 1, 1}, "row %d", i);
    pl_hint(d, "hint %d", i);
  }
  pl_warn(d, PL_NOWHERE, "a warning");
  assert_int_equal(pl_diag_count(d, PL_ERROR), 1234);
  assert_int_equal(pl_diag_size(d), 1002);
  assert_string_equal(pl_diag_at(d, 999)->hint, "hint 999");
  assert_string_equal(pl_diag_at(d, 1000)->text, "a warning");
  assert_string_equal(pl_diag_at(d, 1001)->text, "and 234 more errors, 0 more warnings");
  pl_diag_free(d);
}

static void diag_takes_long_messages(void **state) {
  (void)state;
  pl_diag *d = pl_diag_new();
  char text[3000];
  memset(text, 'a', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  (void)pl_fail(d, PL_SYNTAX, PL_NOWHERE, "%s", text);
  assert_string_equal(pl_diag_at(d, 0)->text, text);
  pl_diag_free(d);
}

static void statuses_have_words_and_exit_codes(void **state) {
  (void)state;
  assert_string_equal(pl_status_text(PL_INFEASIBLE), "no plan can meet the case");
  assert_int_equal(pl_status_exit(PL_OK), 0);
  assert_int_equal(pl_status_exit(PL_SYNTAX), 65);
}

/* ---- Maps ---- */

static void map_gives_indices_in_order(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_map *m = pl_map_new(a);
  char key[32];
  assert_int_equal(pl_map_find(m, "k0", 2), -1);
  for (int i = 0; i < 20000; i++) {
    int const n = snprintf(key, sizeof key, "k%d", i);
    assert_int_equal(pl_map_add(m, key, (size_t)n), i);
    assert_int_equal(pl_map_add(m, key, (size_t)n), i);
  }
  assert_int_equal(pl_map_count(m), 20000);
  assert_int_equal(pl_map_find(m, "k19999", 6), 19999);
  assert_int_equal(pl_map_find(m, "k19999", 5), 1999);
  assert_int_equal(pl_map_find(m, "K1", 2), -1);
  assert_string_equal(pl_map_key(m, 77), "k77");
  assert_int_equal(pl_map_add(m, "", 0), 20000);
  assert_int_equal(pl_map_find(m, "a\0b", 3), -1);
  assert_int_equal(pl_map_add(m, "a\0b", 3), 20001);
  assert_int_equal(pl_map_find(m, "a\0c", 3), -1);
  pl_arena_free(a);
}

/* ---- Text ---- */

static void nearest_finds_slips_only(void **state) {
  (void)state;
  static const char *const names[] = {"capacity", "cost", "runs", "site", "t"};
  assert_string_equal(pl_text_nearest("capcity", names, 5), "capacity");
  assert_string_equal(pl_text_nearest("Capacity", names, 5), "capacity");
  assert_string_equal(pl_text_nearest("sitÉ", names, 5), "site");
  assert_string_equal(pl_text_nearest("rusn", names, 5), "runs");
  assert_string_equal(pl_text_nearest("T", names, 5), "t");
  assert_null(pl_text_nearest("x", names, 5));
  assert_null(pl_text_nearest("t", names, 5)); /* itself */
  assert_null(pl_text_nearest("premium", names, 5));
  assert_null(pl_text_nearest("", names, 5));
}

static void safe_text_shows_what_it_hides(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  static const char text[] = "ok \x1b[2J\t\xff\xC3\xA9\xE2\x80\xAE\xED\xA0\x80";
  assert_string_equal(pl_text_safe(a, text, sizeof text - 1),
                      "ok \\x1b[2J\\t\\ufffdé\\u202e\\ufffd\\ufffd\\ufffd");
  assert_string_equal(pl_text_safe(a, "a\0b", 3), "a\\x00b");
  assert_string_equal(pl_text_safe_lines(a, "a\n\xC2\x9B", 4), "a\n\\u009b");
  uint32_t code = 0;
  assert_false(pl_text_hides("Slatina é 冶", &code));
  static const struct {
    const char *text;
    uint32_t code;
  } hidden[] = {{"a\x1b", 0x1B},          {"a\tb", 9},
                {"\x7f", 0x7F},           {"\xC2\x85", 0x85},
                {"\xD8\x9C", 0x61C},      {"x\xE2\x80\x8D", 0x200D},
                {"\xE2\x80\xA9", 0x2029}, {"\xE2\x81\xA9", 0x2069},
                {"\xEF\xB7\x90", 0xFDD0}, {"\xF0\x9F\xBF\xBF", 0x1FFFF},
                {"\xff", 0xFFFD}};
  for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
    assert_true(pl_text_hides(hidden[i].text, &code));
    assert_int_equal(code, hidden[i].code);
  }
  assert_int_equal(pl_text_width("éa…"), 3);
  pl_arena_free(a);
}

static void words_of_a_shell_are_quoted_where_they_must(void **state) {
  pl_arena *a = pl_arena_new();
  (void)state;
  assert_string_equal("runs/a-b.run", pl_text_shell(a, "runs/a-b.run"));
  assert_string_equal("'with space é'", pl_text_shell(a, "with space é"));
  assert_string_equal("'it'\\''s; rm'", pl_text_shell(a, "it's; rm"));
  assert_string_equal("./'-x'", pl_text_shell(a, "-x"));
  assert_string_equal("''", pl_text_shell(a, ""));
  pl_arena_free(a);
}

static void utf8_is_strict(void **state) {
  (void)state;
  static const char *const bad[] = {
      "\xC0\x80",         "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
      "\xF5\x80\x80\x80", "\x80",         "\xE2\x82",     "\xC3("};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    uint32_t c;
    assert_int_equal(pl_utf8_next(bad[i], strlen(bad[i]), &c), 0);
    assert_int_equal(pl_utf8_valid(bad[i], strlen(bad[i])), 0);
  }
  static const char good[] = "0123456789 é € 😀 0123456789";
  assert_int_equal(pl_utf8_valid(good, sizeof good - 1), sizeof good - 1);
  assert_int_equal(pl_utf8_valid("0123456789abc\xff", 14), 13);
  uint32_t c = 0;
  assert_int_equal(pl_utf8_next("😀", 4, &c), 4);
  assert_int_equal(c, 0x1F600);
}

static void strings_grow(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_string s;
  pl_string_init(&s, a);
  assert_string_equal(s.text, "");
  for (int i = 0; i < 500; i++) pl_string_printf(&s, "%d,", i % 10);
  pl_string_add(&s, "end", 3);
  pl_string_pad(&s, '.', 3);
  pl_string_pad(&s, '.', -3);
  assert_int_equal(s.length, 1006);
  assert_string_equal(s.text + 990, "5,6,7,8,9,end...");
  pl_span const t = pl_span_trim(pl_span_of(" \ta b "));
  assert_true(pl_span_is(t, "a b"));
  assert_false(pl_span_is(t, "a b "));
  assert_true(pl_span_is((pl_span){NULL, 0}, ""));
  pl_arena_free(a);
}

/* ---- Numbers ---- */

static void numbers_parse_as_far_as_they_go(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t used;
    double value;
  } rows[] = {
      {"14.8 %", 4, 14.8},
      {"-1.5e3", 6, -1500},
      {"1_000.5", 7, 1000.5},
      {"3 EUR", 1, 3},
      {"3EUR", 1, 3},
      {"2e", 1, 2},
      {".5", 2, 0.5},
      {"5.", 2, 5},
      {"5.t", 1, 5},
      {"+7", 2, 7},
      {"1__0", 1, 1},
      {"_1", 0, 0},
      {"", 0, 0},
      {"-", 0, 0},
      {".", 0, 0},
      {"0x10", 1, 0},
      {"inf", 0, 0},
      {"nan", 0, 0},
      {"1e999", 0, 0},
      {"1e-999", 6, 0},
      {"1,5", 1, 1},
      {"2026-03", 4, 2026},
      {"1e400000000000000000000", 0, 0},
      {"1e22", 4, 1e22},
      {"1e23", 4, 1e23},
      {"0.000001", 8, 1e-6},
      {"1.7976931348623157e308", 22, 1.7976931348623157e308},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double x = 0;
    size_t const used = pl_number_parse(rows[i].text, strlen(rows[i].text), &x);
    if (used != rows[i].used || (used && x != rows[i].value))
      print_error("'%s': %zu bytes, %.17g\n", rows[i].text, used, x);
    assert_int_equal(used, rows[i].used);
    if (used) assert_true(x == rows[i].value);
  }
}

static void numbers_round_correctly(void **state) {
  (void)state;
  static const char halfway[] = "9007199254740993.00000000000000000000000000000000000";
  double x = 0;
  assert_int_equal(pl_number_parse(halfway, sizeof halfway - 1, &x), sizeof halfway - 1);
  assert_true(x == 9007199254740992.0);
  char above[1200]; /* just above the middle of two doubles, by a digit far away */
  memset(above, '0', sizeof above);
  memcpy(above, "9007199254740993.", 17);
  above[sizeof above - 1] = '1';
  assert_int_equal(pl_number_parse(above, sizeof above, &x), sizeof above);
  assert_true(x == 9007199254740994.0);
  memset(above, '0', sizeof above);
  above[1] = '.';
  memcpy(above + 1100, "25e1099", 7);
  assert_int_equal(pl_number_parse(above, 1107, &x), 1107);
  assert_true(x == 2.5);
}

static void numbers_survive_format_and_parse(void **state) {
  (void)state;
  uint64_t seed = 42;
  char buf[32];
  for (int i = 0; i < 100000; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    double x = 0, back = 0;
    memcpy(&x, &seed, sizeof x);
    if (!isfinite(x)) continue;
    size_t const n = pl_number_format(x, buf, sizeof buf);
    assert_int_equal(pl_number_parse(buf, n, &back), n);
    assert_true(back == x);
    assert_true(strtod(buf, NULL) == x);
  }
}

static void numbers_are_short(void **state) {
  (void)state;
  static const struct {
    double x;
    const char *text;
  } rows[] = {{0.1, "0.1"},
              {-0.0, "0"},
              {1e21, "1e+21"},
              {1e-5, "1e-5"},
              {(double)NAN, "nan"},
              {-(double)INFINITY, "-inf"},
              {265000, "265000"},
              {1.0 / 3, "0.3333333333333333"},
              {5e-324, "4.94065645841247e-324"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char buf[32];
    (void)pl_number_format(rows[i].x, buf, sizeof buf);
    assert_string_equal(buf, rows[i].text);
  }
}

static void numbers_for_people_are_grouped(void **state) {
  (void)state;
  static const struct {
    double x;
    int decimals;
    const char *text;
  } rows[] = {{1234.5, 1, "1,234.5"},
              {-0.03, 2, "-0.03"},
              {-0.001, 2, "0.00"},
              {999.999, 2, "1,000.00"},
              {1234567.891, 0, "1,234,568"},
              {-123, 0, "-123"},
              {1e15, 2, "1e+15"},
              {(double)NAN, 1, "nan"},
              {999999999999999, 15, "999,999,999,999,999.000000000000000"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char buf[48];
    assert_int_equal(pl_number_pretty(rows[i].x, rows[i].decimals, buf, sizeof buf),
                     strlen(rows[i].text));
    assert_string_equal(buf, rows[i].text);
  }
}

/* Only where such a locale is installed does this say anything; the code must not depend on it
 * anywhere. */
static void numbers_ignore_the_locale(void **state) {
  (void)state;
  static const char *const locales[] = {"de_DE.UTF-8", "ro_RO.UTF-8", "fr_FR.UTF-8"};
  for (int i = 0; i < 3; i++) (void)setlocale(LC_NUMERIC, locales[i]);
  char buf[48];
  double x = 0;
  (void)pl_number_format(1.5, buf, sizeof buf);
  assert_string_equal(buf, "1.5");
  (void)pl_number_pretty(1234.5, 2, buf, sizeof buf);
  assert_string_equal(buf, "1,234.50");
  assert_int_equal(pl_number_parse("0.12345678901234567890", 22, &x), 22);
  assert_true(x == 0.12345678901234567890);
  (void)setlocale(LC_NUMERIC, "C");
}

/* ---- Files ---- */

typedef struct {
  char folder[64], path[96];
  pl_arena *arena;
  pl_diag *diag;
} sandbox;

static int sandbox_open(void **state) {
  static sandbox box;
  (void)snprintf(box.folder, sizeof box.folder, "/tmp/potline-test-XXXXXX");
  if (!mkdtemp(box.folder)) return -1;
  (void)snprintf(box.path, sizeof box.path, "%s/file", box.folder);
  box.arena = pl_arena_new();
  box.diag = pl_diag_new();
  *state = &box;
  return 0;
}

static int sandbox_close(void **state) {
  sandbox *box = *state;
  (void)unlink(box->path);
  int const left = rmdir(box->folder); /* fails if a temporary file was left behind */
  pl_arena_free(box->arena);
  pl_diag_free(box->diag);
  return left;
}

static void write_file(sandbox *box, const char *text) {
  pl_file_new *f = NULL;
  assert_int_equal(pl_file_new_open(box->path, &f, box->diag), PL_OK);
  (void)fputs(text, pl_file_new_stream(f));
  assert_int_equal(pl_file_new_commit(f, box->diag), PL_OK);
}

static void files_are_replaced_whole(void **state) {
  sandbox *box = *state;
  char *text = NULL;
  size_t length = 0;
  mode_t const mask = umask(027);
  write_file(box, "old");
  (void)umask(mask);
  struct stat st;
  assert_int_equal(stat(box->path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0640);
  pl_file_new *f = NULL;
  assert_int_equal(pl_file_new_open(box->path, &f, box->diag), PL_OK);
  (void)fputs("half", pl_file_new_stream(f));
  assert_int_equal(access(pl_file_new_path(f), F_OK), 0);
  pl_file_new_abandon(f);
  pl_file_new_abandon(NULL);
  assert_int_equal(pl_file_read(box->path, box->arena, &text, &length, box->diag), PL_OK);
  assert_string_equal(text, "old");
  write_file(box, "newer");
  assert_int_equal(pl_file_read(box->path, box->arena, &text, &length, box->diag), PL_OK);
  assert_int_equal(length, 5);
  assert_string_equal(text, "newer");
}

static void files_that_cannot_be(void **state) {
  sandbox *box = *state;
  char *text = NULL;
  size_t length = 0;
  pl_file_new *f = NULL;
  assert_int_equal(pl_file_read(box->path, box->arena, &text, &length, box->diag), PL_IO);
  assert_string_equal(
      pl_diag_at(box->diag, 0)->text,
      pl_arena_printf(box->arena, "cannot open '%s': No such file or directory", box->path));
  FILE *large = fopen(box->path, "w");
  assert_non_null(large);
  assert_int_equal(ftruncate(fileno(large), ((off_t)1 << 30) + 1), 0); /* of holes */
  assert_int_equal(fclose(large), 0);
  assert_int_equal(pl_file_read(box->path, box->arena, &text, &length, box->diag), PL_IO);
  assert_string_equal(pl_diag_at(box->diag, 1)->text,
                      pl_arena_printf(box->arena, "'%s' is larger than 1 GiB", box->path));
  assert_int_equal(remove(box->path), 0);
  assert_int_equal(pl_file_read(box->folder, box->arena, &text, &length, box->diag), PL_IO);
  assert_non_null(strstr(pl_diag_at(box->diag, 2)->text, "is a folder, not a file"));
  assert_int_equal(mkfifo(box->path, 0600), 0);
  assert_int_equal(pl_file_read(box->path, box->arena, &text, &length, box->diag), PL_IO);
  assert_int_equal(pl_file_new_open(box->path, &f, box->diag), PL_IO);
  assert_string_equal(
      pl_diag_at(box->diag, 4)->text,
      pl_arena_printf(box->arena, "cannot write '%s': it is not a plain file", box->path));
  assert_int_equal(pl_file_new_open("/nowhere/at/all", &f, box->diag), PL_IO);
  assert_null(text);
  assert_null(f);
}

static void assert_slip(const char *hint, const char *words) {
  if (!hint || !words) assert_true(hint == words);
  if (hint && words) assert_string_equal(hint, words);
}

static void slips_are_put_right(void **state) {
  (void)state;
  static const char *const numbers[][2] = {
      {"2550,5", "write 2550.5, with a decimal point"},
      {"-2550,5 USD/t", "write -2550.5, with a decimal point"},
      {"1,000,000", "write 1000000, without commas"},
      {"1,234.5", "write 1234.5, without commas"},
      {"2,550", "write 2550, or 2.550 if the comma is a decimal point"},
      {"2550.5", NULL},
      {"1,2,3", NULL},
      {"1,5.5", NULL},
      {",5", NULL},
      {"x,5", NULL},
      {"", NULL},
  };
  static const char *const dates[][2] = {
      {"Jan-26", "write 2026-01"},
      {"26-January", "write 2026-01"},
      {"03/2026", "write 2026-03"},
      {"15-Mar-26", "write 2026-03-15"},
      {"15.03.2026", "write 2026-03-15"},
      {"3/15/2026", "write 2026-03-15"},
      {"1/2/2026", "write 2026-02-01 or 2026-01-02"},
      {"2026/1/2", "write 2026-01-02"},
      {"soon", NULL},
      {"Ja-26", NULL},
      {"13/13/2026", NULL},
      {"", NULL},
  };
  static const char *const nouns[][2] = {{"agreement", "an"}, {"unit", "a"}, {"hour", "an"},
                                         {"outage", "an"},    {"site", "a"}, {"", "a"}};
  pl_arena *a = pl_arena_new();
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    assert_slip(pl_number_slip(a, pl_span_of(numbers[i][0])), numbers[i][1]);
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
    assert_slip(pl_date_slip(a, pl_span_of(dates[i][0])), dates[i][1]);
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
    assert_string_equal(pl_text_article(nouns[i][0]), nouns[i][1]);
  pl_arena_free(a);
}

/* ---- Order ---- */

static void assert_rank(int n, const double *number, double size, const int *wanted) {
  int order[8];
  pl_rank(n, number, size, order);
  for (int i = 0; i < n; i++) assert_int_equal(wanted[i], order[i]);
}

static void rank_does_not_see_rounding(void **state) {
  (void)state;
  assert_rank(0, (double[]){0}, 0, (int[]){0});
  assert_rank(4, (double[]){1, 3, -5, 2}, 0, (int[]){1, 3, 0, 2});
  assert_rank(4, (double[]){7, 100 - 1e-9, 100 + 1e-9, 100}, 0, (int[]){1, 2, 3, 0});
  assert_rank(4, (double[]){7, 100 - 1e-6, 100 + 1e-6, 100}, 0, (int[]){2, 3, 1, 0});
  assert_rank(3, (double[]){1, 1 + 1e-6, 2}, 0, (int[]){2, 1, 0});
  assert_rank(3, (double[]){1, 1 + 1e-6, 2}, 1e4, (int[]){2, 0, 1}); /* of what is as large */
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(arena_objects_outlive_growth),
      cmocka_unit_test(arena_arrays_grow),
      cmocka_unit_test(arena_reset_gives_zeroed_memory),
      cmocka_unit_test(diag_keeps_status_place_and_hint),
      cmocka_unit_test(diag_says_the_same_once),
      cmocka_unit_test(diag_counts_what_is_alike),
      cmocka_unit_test(diag_cuts_a_flood),
      cmocka_unit_test(diag_takes_long_messages),
      cmocka_unit_test(statuses_have_words_and_exit_codes),
      cmocka_unit_test(map_gives_indices_in_order),
      cmocka_unit_test(rank_does_not_see_rounding),
      cmocka_unit_test(nearest_finds_slips_only),
      cmocka_unit_test(slips_are_put_right),
      cmocka_unit_test(safe_text_shows_what_it_hides),
      cmocka_unit_test(words_of_a_shell_are_quoted_where_they_must),
      cmocka_unit_test(utf8_is_strict),
      cmocka_unit_test(strings_grow),
      cmocka_unit_test(numbers_parse_as_far_as_they_go),
      cmocka_unit_test(numbers_round_correctly),
      cmocka_unit_test(numbers_survive_format_and_parse),
      cmocka_unit_test(numbers_are_short),
      cmocka_unit_test(numbers_for_people_are_grouped),
      cmocka_unit_test(numbers_ignore_the_locale),
      cmocka_unit_test_setup_teardown(files_are_replaced_whole, sandbox_open, sandbox_close),
      cmocka_unit_test_setup_teardown(files_that_cannot_be, sandbox_open, sandbox_close),
  };
  return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
