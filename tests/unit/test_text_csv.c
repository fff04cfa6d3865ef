/* CSV tables, and tables as sections of a case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fixture/text.h"

static reading read_text(const char *text) { return read_csv(text, strlen(text)); }

static void assert_span(pl_span s, const char *wanted) {
  if (!pl_span_is(s, wanted)) print_error("got '%.*s'\n", (int)s.length, s.at);
  assert_true(pl_span_is(s, wanted));
}

static pl_span cell(const reading *r, int row, int col) {
  return r->table.cell[row * r->table.n_cols + col];
}

static void tables_are_read(void **state) {
  (void)state;
  reading r = read_text("# prices\r\n"
                        "\r\n"
                        "date, LME [USD/t] ,note\r\n"
                        "2026-01,  2500.5,\"a, \"\"b\"\"\"\r\n"
                        "# later\n"
                        "\n"
                        "2026-02,,\"two\nlines\"\n"
                        "  \n"
                        "2026-03,1,x y");
  assert_int_equal(r.status, PL_OK);
  assert_int_equal(r.table.n_cols, 3);
  assert_int_equal(r.table.n_rows, 3);
  assert_span(r.table.head[1], "LME [USD/t]");
  assert_span(cell(&r, 0, 1), "2500.5");
  assert_span(cell(&r, 0, 2), "a, \"b\"");
  assert_span(cell(&r, 1, 1), "");
  assert_span(cell(&r, 1, 2), "two\nlines");
  assert_span(cell(&r, 2, 2), "x y");
  assert_int_equal(r.table.line[0], 4);
  assert_int_equal(r.table.line[2], 10);
  assert_place(pl_csv_place(&r.table, -1, 1), 3, 7, 11);
  assert_place(pl_csv_place(&r.table, 0, 1), 4, 11, 6);
  assert_place(pl_csv_place(&r.table, 0, 2), 4, 18, 10);
  assert_place(pl_csv_place(&r.table, 1, 2), 7, 10, 1);
  assert_place(pl_csv_place(&r.table, 2, 0), 10, 1, 7);
  done(&r);
}

static void separators_are_found(void **state) {
  (void)state;
  static const char *const texts[] = {"a,b;c,d\n1,2,3\n", "a;b,c;d\n1;2;3\n", "a\tb;c\td\n1\t\t3\n",
                                      "\357\273\277a,\"b;;;;\",d\n1,2,3\n"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    reading r = read_text(texts[i]);
    assert_int_equal(r.status, PL_OK);
    assert_int_equal(r.table.n_cols, 3);
    assert_span(r.table.head[0], "a");
    assert_span(cell(&r, 0, 2), "3");
    done(&r);
  }
  reading blank = read_text("date,price,,\n2026-01,1,,\n2026-02,2\n,,\n2026-03,3,,,\n,\n , \n");
  assert_int_equal(blank.status, PL_OK); /* as spreadsheets end lines and files */
  assert_int_equal(blank.table.n_cols, 2);
  assert_int_equal(blank.table.n_rows, 3);
  assert_span(cell(&blank, 2, 1), "3");
  done(&blank);
  reading r = read_text("only\n1\n\n2\n");
  assert_int_equal(r.table.n_cols, 1);
  assert_int_equal(r.table.n_rows, 2);
  done(&r);
}

static void complaints_name_the_place(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int line, column;
    const char *complaint;
    int rows;
  } rows[] = {
      {"", 1, 1, "this table has no header line", 0},
      {"# only\n", 2, 1, "this table has no header line", 0},
      {"a,b\n1\n2,3\n", 2, 1, "this row has 1 cell, but the header has 2", 1},
      {"a,b\n1,2,3\n2,3\n", 2, 1, "this row has 3 cells, but the header has 2", 1},
      {"a,,b\n1,2,3\n", 1, 3, "this column has no header", 1},
      {"a,b,a\n1,2,3\n", 1, 5, "an earlier column has the same header", 1},
      {"a,b\n1,\"2\n3,4\n", 2, 3, "a quote is opened here and not closed", 0},
      {"a,b\n1,\"2\"3\n3,4\n", 2, 3,
       "there is text after the closing quote of this cell; a quote within quotes must be doubled",
       1},
      {"a,b\n1,\xff\n", 2, 3, "this byte is not UTF-8 text", 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    reading r = read_text(rows[i].text);
    assert_int_equal(r.status, PL_SYNTAX);
    assert_int_equal(pl_diag_count(r.diag, PL_ERROR), 1);
    assert_string_equal(pl_diag_at(r.diag, 0)->text, rows[i].complaint);
    assert_place(pl_diag_at(r.diag, 0)->place, rows[i].line, rows[i].column,
                 pl_diag_at(r.diag, 0)->place.length);
    assert_int_equal(r.table.n_rows, rows[i].rows);
    done(&r);
  }
  reading r = read_csv("a,b\n1,\0\n", 8);
  assert_int_equal(r.status, PL_SYNTAX);
  assert_place(pl_diag_at(r.diag, 0)->place, 2, 3, 1);
  assert_string_equal(pl_diag_at(r.diag, 0)->hint, "save the table as CSV in UTF-8");
  done(&r);
}

static void tables_become_sections(void **state) {
  (void)state;
  reading r = read_text("name,capacity [kt/year],takes.alumina [t],takes.anode [t],note\n"
                        "pots,55.7,1.92,0.54,\"5 t\"\n"
                        "mill,30 t/day,,,\n");
  pl_node *n = NULL;
  assert_int_equal(pl_csv_to_node(&r.table, r.arena, &n, r.diag), PL_OK);
  assert_int_equal(n->n, 2);
  assert_string_equal(n->key[0], "pots");
  assert_place(n->key_place[0], 2, 1, 4);
  const pl_node *pots = n->child[0], *mill = n->child[1];
  assert_string_equal(text_at(pots, "capacity"), "55.7 kt/year");
  assert_place(pl_node_find(pots, "capacity")->place, 2, 6, 4);
  assert_place(pots->key_place[0], 1, 6, 18);
  const pl_node *takes = pl_node_find(pots, "takes");
  assert_int_equal(takes->n, 2);
  assert_string_equal(text_at(takes, "alumina"), "1.92 t");
  assert_string_equal(text_at(takes, "anode"), "0.54 t");
  assert_string_equal(text_at(pots, "note"), "5 t");
  assert_int_equal(mill->n, 1);
  assert_string_equal(text_at(mill, "capacity"), "30 t/day");
  done(&r);
}

static void rows_without_names_are_numbered(void **state) {
  (void)state;
  reading r = read_text("from,to\na,b\nc,d\n");
  pl_node *n = NULL;
  assert_int_equal(pl_csv_to_node(&r.table, r.arena, &n, r.diag), PL_OK);
  assert_string_equal(n->key[0], "1");
  assert_string_equal(text_at(pl_node_find(n, "2"), "to"), "d");
  done(&r);
}

static void sections_complain(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int line, column;
    const char *complaint;
  } rows[] = {
      {"name,a\nx,1\ny,2\nx,3\n", 4, 1, "'x' is given twice; the first is on line 2"},
      {"name,a\n,1\n", 2, 1, "this row has no name"},
      {"name,a [t\nx,1\n", 1, 6, "a header must be 'key' or 'key [unit]'"},
      {"name,[t]\nx,1\n", 1, 6, "a header must be 'key' or 'key [unit]'"},
      {"name,a [t],a [kt]\nx,1,1\n", 1, 12, "an earlier column has the same key"},
      {"name,a,a.b\nx,1,1\n", 1, 8, "this header conflicts with an earlier one"},
      {"name,a.b,a\nx,1,1\n", 1, 10, "an earlier column has the same key"},
      {"name,a.\nx,1\n", 1, 6, "this header conflicts with an earlier one"},
      {"name,.a\nx,1\n", 1, 6, "this header conflicts with an earlier one"},
      {"name,a.b.c.d.e.f.g.h.i\nx,1\n", 1, 6, "this header conflicts with an earlier one"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    reading r = read_text(rows[i].text);
    pl_node *n = NULL;
    assert_int_equal(r.status, PL_OK);
    assert_int_equal(pl_csv_to_node(&r.table, r.arena, &n, r.diag), PL_SYNTAX);
    assert_int_equal(pl_diag_count(r.diag, PL_ERROR), 1);
    assert_string_equal(pl_diag_at(r.diag, 0)->text, rows[i].complaint);
    assert_place(pl_diag_at(r.diag, 0)->place, rows[i].line, rows[i].column,
                 pl_diag_at(r.diag, 0)->place.length);
    done(&r);
  }
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(tables_are_read),
      cmocka_unit_test(separators_are_found),
      cmocka_unit_test(complaints_name_the_place),
      cmocka_unit_test(tables_become_sections),
      cmocka_unit_test(rows_without_names_are_numbered),
      cmocka_unit_test(sections_complain),
  };
  return cmocka_run_group_tests_name("text_csv", tests, NULL, NULL);
}
