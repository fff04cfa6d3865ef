/* YAML into trees: what is read, and every complaint at its exact place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "fixture/text.h"

static reading read_text(const char *text) { return read_yaml(text, strlen(text)); }

static void trees_know_their_places(void **state) {
  (void)state;
  reading r = read_text("# Ganja\n"
                        "units:\r\n"
                        "  \"pots\":   {runs: prebake, capacity: 55.7 kt/year}\n"
                        "  é: ü €  # comment\n"
                        "list:\n"
                        "- a\n"
                        "- - b\n"
                        "  - 'it''s'\n"
                        "empty:\n"
                        "block: |\n"
                        "  two\n"
                        "  lines\n"
                        "folded: one\n"
                        "  two\n");
  assert_int_equal(r.status, PL_OK);
  pl_node *units = pl_node_find(r.root, "units");
  assert_place(units->place, 3, 3, 0);
  pl_node *pots = pl_node_find(units, "pots");
  assert_place(units->key_place[0], 3, 3, 6);
  assert_place(pots->place, 3, 13, 1);
  assert_string_equal(text_at(pots, "capacity"), "55.7 kt/year");
  assert_place(pots->child[1]->place, 3, 39, 12);
  assert_false(pots->child[1]->quoted);
  assert_place(pl_node_find(units, "é")->place, 4, 7, 6); /* in bytes */
  assert_string_equal(text_at(units, "é"), "ü €");
  pl_node *list = pl_node_find(r.root, "list");
  assert_int_equal(list->kind, PL_LIST);
  assert_int_equal(list->n, 2);
  assert_string_equal(list->child[1]->child[1]->text, "it's");
  assert_true(list->child[1]->child[1]->quoted);
  assert_place(list->child[1]->child[1]->place, 8, 5, 7);
  assert_string_equal(text_at(r.root, "empty"), "");
  assert_string_equal(text_at(r.root, "block"), "two\nlines\n");
  assert_place(pl_node_find(r.root, "block")->place, 10, 8, 1);
  assert_string_equal(text_at(r.root, "folded"), "one two");
  assert_place(pl_node_find(r.root, "folded")->place, 13, 9, 3);
  assert_string_equal(r.root->place.file, "case.yaml");
  done(&r);
}

static void scalars_stay_text(void **state) {
  (void)state;
  reading r = read_text("a: NO\nb: 1.10\nc: ~\nd: 0x1F\ne: \"\\u00e9\\t\"\nf: 2026-01\n");
  assert_int_equal(r.status, PL_OK);
  assert_string_equal(text_at(r.root, "a"), "NO");
  assert_string_equal(text_at(r.root, "b"), "1.10");
  assert_string_equal(text_at(r.root, "c"), "~");
  assert_string_equal(text_at(r.root, "d"), "0x1F");
  assert_string_equal(text_at(r.root, "e"), "é\t");
  assert_int_equal(pl_node_index(r.root, "f"), 5);
  assert_int_equal(pl_node_index(r.root, "g"), -1);
  assert_null(pl_node_find(r.root, "g"));
  done(&r);
}

static void lone_returns_and_separators_end_no_line(void **state) {
  (void)state;
  reading r = read_text("\xEF\xBB\xBF"
                        "a: 'x\ry'\nb: 'x\xE2\x80\xA8y'\nc: \xC2\x85 z\nd: 1\n");
  assert_int_equal(r.status, PL_OK);
  assert_place(pl_node_find(r.root, "a")->place, 1, 4, 5);
  assert_place(pl_node_find(r.root, "c")->place, 3, 7, 1);
  assert_place(pl_node_find(r.root, "d")->place, 4, 4, 1);
  done(&r);
}

static void empty_files_are_empty_mappings(void **state) {
  (void)state;
  static const char *const texts[] = {"", "# nothing\n", "---\n", "\n\n", "\xEF\xBB\xBF"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    reading r = read_text(texts[i]);
    assert_int_equal(r.status, PL_OK);
    assert_int_equal(r.root->kind, PL_MAPPING);
    assert_int_equal(r.root->n, 0);
    done(&r);
  }
}

static void aliases_share_and_merges_fill_in(void **state) {
  (void)state;
  reading r = read_text("base: &b {site: slatina, cost: 1}\n"
                        "more: &m {cost: 2, life: 20}\n"
                        "same: *b\n"
                        "one: {<<: *b, cost: 3}\n"
                        "two:\n"
                        "  <<: [*b, *m]\n"
                        "  own: 4\n"
                        "text: {\"<<\": plain}\n");
  assert_int_equal(r.status, PL_OK);
  assert_ptr_equal(pl_node_find(r.root, "same"), pl_node_find(r.root, "base"));
  pl_node *one = pl_node_find(r.root, "one"), *two = pl_node_find(r.root, "two");
  assert_int_equal(one->n, 2);
  assert_string_equal(text_at(one, "cost"), "3");
  assert_string_equal(text_at(one, "site"), "slatina");
  assert_int_equal(two->n, 4);
  assert_string_equal(text_at(two, "cost"), "1");
  assert_string_equal(text_at(two, "life"), "20");
  assert_place(pl_node_find(two, "life")->place, 2, 26, 2);
  assert_string_equal(text_at(pl_node_find(r.root, "text"), "<<"), "plain");
  done(&r);
}

/* LINE:COLUMN: text; hint */
static const char *first_complaint(const reading *r) {
  const pl_message *m = pl_diag_at(r->diag, 0);
  if (!m) return "none";
  return pl_arena_printf(r->arena, "%d:%d: %s%s%s", m->place.line, m->place.column, m->text,
                         m->hint ? "; " : "", m->hint ? m->hint : "");
}

static void complaints_name_the_place(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int line, column;
    const char *complaint;
  } rows[] = {
      {"a: 1\nb: 2\na: 3\n", 3, 1, "'a' is given twice; the first is on line 1"},
      {"a: {b: 1, c: 2, b: 3}\n", 1, 17, "'b' is given twice; the first is on line 1"},
      {"a:\n\tb: 1\n", 2, 1, "a tab cannot be used for indentation; use spaces"},
      {"a:\n  b: 1\n\t c: 1\n", 3, 1, "a tab cannot be used for indentation; use spaces"},
      {"a: \"open\nb: 1\n", 1, 4, "a quote is opened here and not closed"},
      {"a: 'open\n---\n", 1, 4, "a quote is opened here and not closed"},
      {"a: 1\nb\nc: 2\n", 2, 1,
       "this line is not 'key: value'; put ': ' after the key; text of several lines requires | or "
       "quotes"},
      {"a: [1, 2\n", 1, 4, "a '[' is opened here and not closed"},
      {"a: {b: 1\n\n\n", 1, 4, "a '{' is opened here and not closed"},
      {"a: [1, 2\nb: 3\n", 2, 2,
       "a ',' or ']' is missing before this; the '[' was opened on line 1, column 4"},
      {"a: {b: [1}\n", 1, 10,
       "a ',' or ']' is missing before this; the '[' was opened on line 1, column 8"},
      {"a: b: c\n", 1, 5,
       "a ':' cannot be used here; put text that contains ': ' in quotes, or check the "
       "indentation"},
      {"a:\n  b: 1\n c: 2\n", 3, 2,
       "this does not fit the mapping it is in; indent it as far as the keys above it"},
      {"a:\n  - 1\n  b: 2\n", 3, 3,
       "this does not fit the list it is in; begin it with '- ', indented as the entries above it"},
      {"a: - 1\n", 1, 4,
       "a '- ' cannot be used here; a list begins on a line of its own; put text that begins with "
       "'- ' in quotes"},
      {"a: 1\n---\nb: 1\n", 2, 1, "a second document begins here; a file may hold only one"},
      {"x: &b {<<: *b}\n", 1, 12, "'*b' refers to the value that contains it"},
      {"x: &b [*b]\n", 1, 8, "'*b' refers to the value that contains it"},
      {"y: *nope\n", 1, 4, "no anchor '&nope' is defined above"},
      {"z: {<<: 3}\n", 1, 9, "'<<' requires a mapping, or a list of mappings"},
      {"z: {<<: [{a: 1}, 3]}\n", 1, 9, "'<<' requires a mapping, or a list of mappings"},
      {"a: *\n", 1, 4,
       "an alias requires a name after its '*'; put text that begins with '*' in quotes"},
      {"a: @x\n", 1, 4, "text cannot begin with this character; put it in quotes"},
      {"a: !tag x\n", 1, 4, "tags are not used here; put text that begins with '!' in quotes"},
      {"? [k]\n: v\nb: 1\n", 1, 3, "a key must be plain text"},
      {"? {k: 1}\n: v\n", 1, 3, "a key must be plain text"},
      {"a: &k x\n*k : 1\n", 2, 1, "a key must be plain text"},
      {"a: \"\\q\"\n", 1, 5,
       "'\\' followed by this letter has no meaning within double quotes; write \\\\ for the "
       "character "
       "itself, or use single quotes"},
      {"a: \"\\0\"\n", 1, 4, "text cannot contain the character \\0"},
      {"a: \xff\n", 1, 4, "this byte is not UTF-8 text; save the file as UTF-8"},
      {"é: 1\nb: \x01\n", 2, 4, "a control character (\\x01) is not allowed"},
      {"a: b\n  c: d\n", 2, 4,
       "a ':' cannot be used here; put text that contains ': ' in quotes, or check the "
       "indentation"},
      {"a: |x\n  text\n", 1, 5, "the text of a block begins on the next line"},
      {"%FOO\na: 1\n", 1, 1, "text cannot begin with '%'; put it in quotes"},
      {"a: x\n- b\n", 2, 1,
       "this does not fit the mapping it is in; indent it as far as the keys above it"},
      {"a: \"\\xZZ\"\n", 1, 7, "digits 0-9 and a-f are required after this '\\'"},
      {"a: \"\\uD800\"\n", 1, 7, "this number is not a valid character code"},
      {"a: ? b\n", 1, 4, "a '?' cannot be used here; put text that begins with '? ' in quotes"},
      {"a: {b: 1, c: [2] d: 3}\n", 1, 18,
       "a ',' or '}' is missing before this; the '{' was opened on line 1, column 4"},
      {"a: [b:, c]\n", 1, 6, "a ':' cannot be used here; put text that contains ':' in quotes"},
      {"a: [b, c:]\n", 1, 9, "a ':' cannot be used here; put text that contains ':' in quotes"},
      {"a: x\n\ty\nb: 1\n", 2, 1, "a tab cannot be used for indentation; use spaces"},
      {"a: |\n \tb\n", 2, 2, "a tab cannot be used for indentation; use spaces"},
      {"a: |\n   \n\t b\n", 3, 1, "a tab cannot be used for indentation; use spaces"},
      {"a: |0\n  x\n", 1, 5, "a block of text is indented by 1 to 9"},
      {"a: &\n", 1, 4,
       "an anchor requires a name after its '&'; put text that begins with '&' in quotes"},
      {"a: `x`\n", 1, 4, "text cannot begin with this character; put it in quotes"},
      {"{a: 1}\nb: 2\n", 2, 1, "this does not belong to what is above it; check the indentation"},
      {"a: !x!y z\n", 1, 4, "tags are not used here; put text that begins with '!' in quotes"},
      {"%\na: 1\n", 1, 1, "text cannot begin with '%'; put it in quotes"},
      {"%YAML 2.0\n---\na: 1\n", 1, 1,
       "this file is declared to be in a version of YAML other than 1.1 and 1.2; remove this line"},
      {"%YAML 1.2\n%YAML 1.2\n---\na: 1\n", 2, 1, "this is not valid YAML"},
      {"a: \xC2\x80\n", 1, 4, "control characters are not allowed"},
      {"a: \xEF\xBF\xBE\n", 1, 4, "control characters are not allowed"},
      {"a: ,b\n", 1, 4, "a value is missing here"},
      {"a: [1, , 2]\n", 1, 8, "a value is missing here"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    reading r = read_text(rows[i].text);
    assert_int_equal(r.status, PL_SYNTAX);
    assert_string_equal(first_complaint(&r), pl_arena_printf(r.arena, "%d:%d: %s", rows[i].line,
                                                             rows[i].column, rows[i].complaint));
    assert_string_equal(pl_diag_at(r.diag, 0)->place.file, "case.yaml");
    done(&r);
  }
}

static void reading_goes_on_after_small_faults(void **state) {
  (void)state;
  reading r = read_text("a: 1\na: 2\nb: {x: 1, x: 2}\n? [k]\n: [v, w]\nc: *no\nd: 4\n");
  assert_int_equal(r.status, PL_SYNTAX);
  assert_int_equal(pl_diag_count(r.diag, PL_ERROR), 4);
  assert_string_equal(text_at(r.root, "a"), "1");
  assert_string_equal(text_at(r.root, "d"), "4");
  assert_int_equal(r.root->n, 3);
  done(&r);
}

static void big_mappings_find_their_duplicates(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_string s;
  pl_string_init(&s, a);
  for (int i = 0; i < 3000; i++) pl_string_printf(&s, "key-%d: {<<: {p: 1}, v: %d}\n", i, i);
  pl_string_printf(&s, "key-1500: 1\n");
  reading r = read_text(s.text);
  assert_int_equal(r.status, PL_SYNTAX);
  assert_int_equal(pl_diag_count(r.diag, PL_ERROR), 1);
  assert_string_equal(pl_diag_at(r.diag, 0)->text,
                      "'key-1500' is given twice; the first is on line 1501");
  assert_int_equal(r.root->n, 3000);
  assert_string_equal(text_at(r.root->child[2999], "v"), "2999");
  done(&r);
  pl_arena_free(a);
}

static void depth_has_an_end(void **state) {
  (void)state;
  char deep[200];
  memset(deep, '[', 100);
  memset(deep + 100, ']', 100);
  reading r = read_yaml(deep + 37, 126); /* 63 levels and a missing value */
  assert_int_equal(r.status, PL_OK);
  done(&r);
  r = read_yaml(deep + 36, 128);
  assert_int_equal(r.status, PL_SYNTAX);
  assert_string_equal(pl_diag_at(r.diag, 0)->text, "this is nested more than 64 levels deep");
  assert_null(r.root);
  done(&r);
}

static void aliases_cannot_blow_up(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_string wide, deep;
  pl_string_init(&wide, a);
  pl_string_printf(&wide, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
  for (int i = 1; i < 9; i++)
    pl_string_printf(&wide, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i,
                     i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
  reading r = read_text(wide.text);
  assert_int_equal(r.status, PL_SYNTAX);
  assert_non_null(strstr(pl_diag_at(r.diag, 0)->text, "aliases expand to more than"));
  done(&r);
  pl_string_init(&deep, a);
  pl_string_printf(&deep, "a0: &a0 [x]\n");
  for (int i = 1; i < 70; i++) pl_string_printf(&deep, "a%d: &a%d [*a%d]\n", i, i, i - 1);
  r = read_text(deep.text);
  assert_int_equal(r.status, PL_SYNTAX);
  assert_string_equal(pl_diag_at(r.diag, 0)->text, "aliases nest too deeply");
  assert_int_equal(pl_diag_at(r.diag, 0)->place.line, 63);
  done(&r);
  pl_arena_free(a);
}

static void overrides_change_a_tree(void **state) {
  (void)state;
  reading r = read_text("a: &x {p: 1}\nb: *x\n");
  pl_place const here = {"--set", 1, 1, 0};
  pl_node_set(r.root, r.arena, "a", here, pl_node_new_scalar(r.arena, "2", here));
  pl_node_set(r.root, r.arena, "c", here, pl_node_new_mapping(r.arena, here));
  pl_node_set(pl_node_find(r.root, "c"), r.arena, "q", here,
              pl_node_new_scalar(r.arena, "3", here));
  assert_int_equal(r.root->n, 3);
  assert_string_equal(text_at(r.root, "a"), "2");
  assert_string_equal(text_at(pl_node_find(r.root, "b"), "p"), "1");
  assert_string_equal(text_at(pl_node_find(r.root, "c"), "q"), "3");
  assert_string_equal(r.root->key_place[0].file, "--set");
  done(&r);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(trees_know_their_places),
      cmocka_unit_test(scalars_stay_text),
      cmocka_unit_test(lone_returns_and_separators_end_no_line),
      cmocka_unit_test(empty_files_are_empty_mappings),
      cmocka_unit_test(aliases_share_and_merges_fill_in),
      cmocka_unit_test(complaints_name_the_place),
      cmocka_unit_test(reading_goes_on_after_small_faults),
      cmocka_unit_test(big_mappings_find_their_duplicates),
      cmocka_unit_test(depth_has_an_end),
      cmocka_unit_test(aliases_cannot_blow_up),
      cmocka_unit_test(overrides_change_a_tree),
  };
  return cmocka_run_group_tests_name("text_yaml", tests, NULL, NULL);
}
