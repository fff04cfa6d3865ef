/* A report as a workbook for people: contents first, then a sheet a topic. The one file that knows
 * libxlsxwriter. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "store/export.h"

enum {
  DECIMALS = 4,      /* number formats 0 … DECIMALS − 1 */
  ACROSS_MOST = 400, /* more periods than this go down the sheet */
  COLUMNS_MOST = 16000,
  ROWS_MOST = 1048000,
  NAME_MOST = 31, /* of a sheet */
};

typedef struct {
  lxw_workbook *book;
  lxw_worksheet *contents;
  lxw_format *head, *bold, *number[DECIMALS];
  int n_sheets; /* listed so far */
  lxw_error fault;
} writer;

static void check(writer *w, lxw_error e) {
  if (e != LXW_NO_ERROR && w->fault == LXW_NO_ERROR) w->fault = e;
}

static void put_text(writer *w, lxw_worksheet *s, int row, int col, const char *text,
                     lxw_format *f) {
  if (text) check(w, worksheet_write_string(s, (lxw_row_t)row, (lxw_col_t)col, text, f));
}

static void put_number(writer *w, lxw_worksheet *s, int row, int col, double x, int decimals) {
  if (isnan(x)) return;
  int const d = decimals < 0 ? 0 : decimals < DECIMALS ? decimals : DECIMALS - 1;
  double const shown = x == 0 ? 0 : x; /* no -0 */
  check(w, worksheet_write_number(s, (lxw_row_t)row, (lxw_col_t)col, shown, w->number[d]));
}

static void begin(writer *w, const char *path, const char *title) {
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  *w = (writer){.book = workbook_new_opt(path, &options)};
  w->bold = workbook_add_format(w->book);
  format_set_bold(w->bold);
  w->head = workbook_add_format(w->book);
  format_set_bold(w->head);
  format_set_bottom(w->head, LXW_BORDER_THIN);
  static const char *const formats[DECIMALS] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"};
  for (int d = 0; d < DECIMALS; d++) {
    w->number[d] = workbook_add_format(w->book);
    format_set_num_format(w->number[d], formats[d]);
  }
  w->contents = workbook_add_worksheet(w->book, "contents");
  check(w, worksheet_set_column(w->contents, 0, 0, 24, NULL));
  put_text(w, w->contents, 0, 0, title, w->bold);
  put_text(w, w->contents, 1, 0,
           "This is a valuation under the prices that the case states, not a forecast.", NULL);
}

/* A new sheet, with a line in the contents that leads to it. */
static lxw_worksheet *add_sheet(writer *w, const char *name, const char *about) {
  char link[64];
  lxw_worksheet *s = workbook_add_worksheet(w->book, name);
  int const row = 3 + w->n_sheets++;
  (void)snprintf(link, sizeof link, "internal:'%s'!A1", name);
  check(w, worksheet_write_url_opt(w->contents, (lxw_row_t)row, 0, link, NULL, name, NULL));
  put_text(w, w->contents, row, 1, about, NULL);
  return s;
}

static void put_head(writer *w, lxw_worksheet *s, int col, const char *name, const char *unit,
                     pl_arena *a) {
  put_text(w, s, 0, col, *unit ? pl_arena_printf(a, "%s [%s]", name, unit) : name, w->head);
}

/* --- tables --- */

static void add_table(writer *w, const pl_table *t, pl_arena *a) {
  lxw_worksheet *s = add_sheet(w, t->name, t->title);
  int texts = 0;
  for (int k = 0; k < t->n_cols; k++) {
    put_head(w, s, k, t->col[k].name, t->col[k].unit, a);
    bool const text = t->col[k].kind != PL_COL_NUMBER;
    if (text) texts = k + 1;
    check(w, worksheet_set_column(s, (lxw_col_t)k, (lxw_col_t)k, text ? 24 : 16, NULL));
  }
  for (int i = 0; i < t->n_rows; i++)
    for (int k = 0; k < t->n_cols; k++) {
      const pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols + (size_t)k];
      if (t->col[k].kind == PL_COL_NUMBER)
        put_number(w, s, i + 1, k, cell->number, t->col[k].decimals);
      else
        put_text(w, s, i + 1, k, cell->text, NULL);
    }
  worksheet_freeze_panes(s, 1, (lxw_col_t)texts);
}

/* A chart under the contents: every party's result by year, from the sheet "summary". */
static void add_chart(writer *w, const pl_table *summary) {
  lxw_chart *chart = workbook_add_chart(w->book, LXW_CHART_COLUMN);
  lxw_col_t const first = 2, last = (lxw_col_t)(summary->n_cols - 3);
  for (int i = 0; i < summary->n_rows; i++) {
    const pl_cell *cell = &summary->cell[(size_t)i * (size_t)summary->n_cols];
    if (!cell[1].text || strcmp(cell[1].text, "result") != 0) continue;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(series, "summary", 0, first, 0, last);
    chart_series_set_values(series, "summary", (lxw_row_t)(i + 1), first, (lxw_row_t)(i + 1), last);
    chart_series_set_name(series, cell[0].text);
  }
  chart_title_set_name(chart, "result by year");
  chart_axis_set_name(chart->y_axis, summary->col[2].unit);
  check(w, worksheet_insert_chart(w->contents, (lxw_row_t)(4 + w->n_sheets), 0, chart));
}

/* --- panels: a sheet for the series of one grid --- */

static bool same_grid(const pl_series *a, const pl_series *b) {
  return a->whole == b->whole && a->grid->step == b->grid->step && a->grid->n == b->grid->n;
}

static void add_across(writer *w, lxw_worksheet *s, const pl_panel *p, const pl_series *like,
                       pl_arena *a) {
  char buf[80];
  int const first = p->n_keys + 2;
  for (int k = 0; k < p->n_keys; k++) put_head(w, s, k, p->key[k], "", a);
  put_head(w, s, p->n_keys, "value", "", a);
  put_head(w, s, p->n_keys + 1, "measure", "", a);
  for (int v = 0; v < like->grid->n; v++)
    put_head(w, s, first + v, pl_series_period(like, v, buf, sizeof buf), "", a);
  int row = 1;
  for (int i = 0; i < p->n_series && row < ROWS_MOST; i++) {
    const pl_series *x = &p->series[i];
    if (!same_grid(x, like)) continue;
    for (int m = 0; m < p->n_values; m++, row++) {
      for (int k = 0; k < p->n_keys; k++) put_text(w, s, row, k, x->key[k], NULL);
      put_text(w, s, row, p->n_keys, p->value[m].name, NULL);
      put_text(w, s, row, p->n_keys + 1, pl_panel_unit(p, m, x, a), NULL);
      for (int v = 0; v < x->grid->n; v++)
        put_number(w, s, row, first + v, pl_series_values(x, m)[v], p->value[m].decimals);
    }
  }
  check(w, worksheet_set_column(s, 0, (lxw_col_t)(p->n_keys - 1), 20, NULL));
  worksheet_freeze_panes(s, 1, (lxw_col_t)first);
  if (row > 1)
    check(w, worksheet_autofilter(s, 0, 0, (lxw_row_t)(row - 1), (lxw_col_t)(first - 1)));
}

/* The names of a series above its column: one row a key, then what and its unit. */
static void put_names_down(writer *w, lxw_worksheet *s, const pl_panel *p, const pl_series **series,
                           int n, pl_arena *a) {
  for (int k = 0; k < p->n_keys + 2; k++) {
    const char *name = k < p->n_keys ? p->key[k] : k == p->n_keys ? "value" : "measure";
    put_text(w, s, k, 0, name, w->bold);
    for (int c = 0; c < n * p->n_values; c++) {
      const pl_series *x = series[c / p->n_values];
      int const m = c % p->n_values;
      const char *text = k < p->n_keys    ? x->key[k]
                         : k == p->n_keys ? p->value[m].name
                                          : pl_panel_unit(p, m, x, a);
      put_text(w, s, k, 1 + c, text, w->head);
    }
  }
}

static void add_down(writer *w, lxw_worksheet *s, const pl_panel *p, const pl_series *like,
                     pl_arena *a) {
  char buf[80];
  const pl_series **series = PL_NEW_ARRAY(a, const pl_series *, (size_t)p->n_series + 1);
  int n = 0;
  for (int i = 0; i < p->n_series && (n + 1) * p->n_values < COLUMNS_MOST; i++)
    if (same_grid(&p->series[i], like)) series[n++] = &p->series[i];
  put_names_down(w, s, p, series, n, a);
  int const first = p->n_keys + 2;
  for (int v = 0; v < like->grid->n && v < ROWS_MOST; v++) {
    put_text(w, s, first + v, 0, pl_series_period(like, v, buf, sizeof buf), NULL);
    for (int c = 0; c < n * p->n_values; c++) {
      int const m = c % p->n_values;
      put_number(w, s, first + v, 1 + c, pl_series_values(series[c / p->n_values], m)[v],
                 p->value[m].decimals);
    }
  }
  check(w, worksheet_set_column(s, 0, 0, 20, NULL));
  worksheet_freeze_panes(s, (lxw_row_t)first, 1);
}

static bool seen_before(const pl_panel *p, int i) {
  for (int k = 0; k < i; k++)
    if (same_grid(&p->series[k], &p->series[i])) return true;
  return false;
}

static void add_panel(writer *w, const pl_panel *p, pl_arena *a) {
  for (int i = 0; i < p->n_series; i++) {
    const pl_series *like = &p->series[i];
    if (i > 0 && (same_grid(&p->series[i - 1], like) || seen_before(p, i))) continue;
    char name[NAME_MOST + 1];
    if (i == 0)
      (void)snprintf(name, sizeof name, "%s", p->name);
    else
      (void)snprintf(name, sizeof name, "%s by %s", p->name,
                     like->whole ? "all" : pl_step_name(like->grid->step));
    lxw_worksheet *s = add_sheet(w, name, p->title);
    if (like->grid->n <= ACROSS_MOST)
      add_across(w, s, p, like, a);
    else
      add_down(w, s, p, like, a);
  }
}

static lxw_error write_book(const pl_report *r, const char *title, const char *path) {
  pl_arena *a = pl_arena_new();
  writer w;
  begin(&w, path, title);
  for (int i = 0; i < r->n_tables; i++) add_table(&w, r->table[i], a);
  for (int i = 0; i < r->n_panels; i++) add_panel(&w, r->panel[i], a);
  const pl_table *summary = pl_report_table(r, "summary");
  if (summary) add_chart(&w, summary);
  lxw_error const closed = workbook_close(w.book);
  pl_arena_free(a);
  return w.fault != LXW_NO_ERROR ? w.fault : closed;
}

pl_status pl_export_xlsx(const pl_report *r, const char *title, const char *path, pl_diag *diag) {
  pl_file_new *file = NULL;
  PL_TRY(pl_file_new_open(path, &file, diag));
  lxw_error const e = write_book(r, title, pl_file_new_path(file));
  if (e == LXW_NO_ERROR) return pl_file_new_commit(file, diag);
  pl_file_new_abandon(file);
  return pl_fail(diag, PL_IO, PL_NOWHERE, "cannot write '%s': %s", path, lxw_strerror(e));
}
