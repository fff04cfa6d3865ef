/* A report as a workbook for people: contents first, then a sheet per topic. The only file that
 * uses libxlsxwriter. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/text.h"
#include "store/apart.h"
#include "store/export.h"
#include "store/mark.h"
#include "store/zip_mark.h"

enum {
  DECIMALS = 4,      /* number formats 0 … DECIMALS − 1 */
  ACROSS_MOST = 400, /* with more periods than this they run down the sheet */
  COLUMNS_MOST = 16384,
  ROWS_MOST = 1048576,
  NAME_MOST = 31,    /* of a sheet */
  TEXT_MOST = 32767, /* characters of a cell */
  HEAD_ROWS = 3,     /* rows of the contents, before the facts */
  PAPER_A4 = 9,
};

typedef struct {
  lxw_workbook *book;
  lxw_worksheet *contents;
  lxw_format *head, *bold, *number[DECIMALS];
  int n_sheets;  /* listed so far */
  int first_row; /* of the list of sheets */
  pl_arena *a;
  const char *too_large; /* the first table that no sheet can hold, or NULL */
  lxw_error fault;
  int error; /* errno when it occurred */
} writer;

static void check(writer *w, lxw_error e) {
  if (e == LXW_NO_ERROR || w->fault != LXW_NO_ERROR) return;
  w->fault = e;
  w->error = errno;
}

/* Does XML 1.0 allow the character (section 2.2)? */
static bool is_xml(uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

/* text as a cell can hold it: what XML forbids becomes U+FFFD, and a text that is too long is cut
 * and ends in an ellipsis. */
static const char *cell_text(const writer *w, const char *text) {
  static const char replacement[] = "\xEF\xBF\xBD", cut[] = "…";
  size_t const length = strlen(text);
  pl_string out;
  pl_string_init(&out, w->a);
  int characters = 0;
  for (size_t i = 0, n; i < length; i += n) {
    uint32_t c = 0;
    n = pl_utf8_next(text + i, length - i, &c);
    characters += c > 0xFFFF ? 2 : 1; /* Excel counts UTF-16 */
    if (characters > TEXT_MOST - 2) {
      pl_string_add(&out, cut, sizeof cut - 1);
      break;
    }
    bool const good = n > 0 && is_xml(c);
    pl_string_add(&out, good ? text + i : replacement, good ? n : sizeof replacement - 1);
    if (n == 0) n = 1;
  }
  return out.text;
}

static void put_text(writer *w, lxw_worksheet *s, int row, int col, const char *text,
                     lxw_format *f) {
  if (!text || !s) return;
  check(w, worksheet_write_string(s, (lxw_row_t)row, (lxw_col_t)col, cell_text(w, text), f));
}

static void put_number(writer *w, lxw_worksheet *s, int row, int col, double x, int decimals) {
  if (isnan(x) || !s) return;
  int const d = decimals < 0 ? 0 : decimals < DECIMALS ? decimals : DECIMALS - 1;
  double const shown = x == 0 ? 0 : x; /* no -0 */
  check(w, worksheet_write_number(s, (lxw_row_t)row, (lxw_col_t)col, shown, w->number[d]));
}

/* Print layout: landscape, one page wide, as many pages as needed. */
static void set_up_page(lxw_worksheet *s) {
  worksheet_set_landscape(s);
  worksheet_set_paper(s, PAPER_A4);
  worksheet_fit_to_pages(s, 1, 0);
}

static void add_formats(writer *w) {
  static const char *const formats[DECIMALS] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"};
  w->bold = workbook_add_format(w->book);
  format_set_bold(w->bold);
  w->head = workbook_add_format(w->book);
  format_set_bold(w->head);
  format_set_bottom(w->head, LXW_BORDER_THIN);
  for (int d = 0; d < DECIMALS; d++) {
    w->number[d] = workbook_add_format(w->book);
    format_set_num_format(w->number[d], formats[d]);
  }
}

/* NULL with a fault on failure: the library keeps every sheet in a temporary file of its own. */
static lxw_worksheet *new_sheet(writer *w, const char *name) {
  lxw_worksheet *s = workbook_add_worksheet(w->book, name);
  if (s)
    set_up_page(s);
  else
    check(w, LXW_ERROR_CREATING_TMPFILE);
  return s;
}

static void put_facts(writer *w, const pl_report *r) {
  for (int i = 0; i < r->n_facts; i++) {
    put_text(w, w->contents, HEAD_ROWS + i, 0, r->fact[i].name, NULL);
    put_text(w, w->contents, HEAD_ROWS + i, 1, r->fact[i].text, NULL);
  }
  w->first_row = HEAD_ROWS + r->n_facts + 1;
}

/* false: there is no workbook to write into. */
static bool begin(writer *w, const pl_report *r, const char *path, const char *title, pl_arena *a) {
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  *w = (writer){.book = workbook_new_opt(path, &options), .a = a};
  if (!w->book) return false;
  check(w, workbook_set_custom_property_string(w->book, PL_MARK_PROPERTY, PL_MARK_WORKBOOK));
  add_formats(w);
  w->contents = new_sheet(w, "contents");
  if (!w->contents) return true;
  check(w, worksheet_set_column(w->contents, 0, 0, 24, NULL));
  put_text(w, w->contents, 0, 0, title, w->bold);
  put_text(w, w->contents, 1, 0,
           "This is a valuation under the prices that the case states, not a forecast.", NULL);
  put_facts(w, r);
  return true;
}

/* A new sheet, with a line in the contents that links to it; NULL where it cannot be created. */
static lxw_worksheet *add_sheet(writer *w, const char *name, const char *about) {
  char link[64];
  lxw_worksheet *s = w->contents ? new_sheet(w, name) : NULL;
  if (!s) return NULL;
  int const row = w->first_row + w->n_sheets++;
  (void)snprintf(link, sizeof link, "internal:'%s'!A1", name);
  check(w, worksheet_write_url_opt(w->contents, (lxw_row_t)row, 0, link, NULL, name, NULL));
  put_text(w, w->contents, row, 1, about, NULL);
  return s;
}

/* A sheet with that many rows and columns, or a fault instead of an incomplete one. */
static lxw_worksheet *add_sized(writer *w, const char *name, const char *about, double rows,
                                double columns) {
  if (rows <= ROWS_MOST && columns <= COLUMNS_MOST) return add_sheet(w, name, about);
  check(w, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
  if (!w->too_large) w->too_large = name;
  return NULL;
}

static void put_head(writer *w, lxw_worksheet *s, int col, const char *name, const char *unit,
                     pl_arena *a) {
  put_text(w, s, 0, col, *unit ? pl_arena_printf(a, "%s [%s]", name, unit) : name, w->head);
}

/* Headings that stay in view and are repeated on every printed page. */
static void freeze(writer *w, lxw_worksheet *s, int rows, int columns) {
  worksheet_freeze_panes(s, (lxw_row_t)rows, (lxw_col_t)columns);
  check(w, worksheet_repeat_rows(s, 0, (lxw_row_t)(rows - 1)));
}

/* --- tables --- */

static void add_table(writer *w, const pl_table *t, pl_arena *a) {
  lxw_worksheet *s = add_sized(w, t->name, t->title, t->n_rows + 1.0, t->n_cols);
  int texts = 0;
  if (!s) return;
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
  freeze(w, s, 1, texts);
}

/* A chart under the contents: every party's result by year, from the sheet "summary". Names are
 * references to cells: a text given as a name would be a formula if it began with "=". */
static void add_chart(writer *w, const pl_table *summary) {
  lxw_chart *chart = workbook_add_chart(w->book, LXW_CHART_COLUMN);
  if (!chart || !w->contents) return;
  lxw_col_t const first = 2, last = (lxw_col_t)(summary->n_cols - 3);
  for (int i = 0; i < summary->n_rows; i++) {
    const pl_cell *cell = &summary->cell[(size_t)i * (size_t)summary->n_cols];
    if (!cell[1].text || strcmp(cell[1].text, "result") != 0) continue;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(series, "summary", 0, first, 0, last);
    chart_series_set_values(series, "summary", (lxw_row_t)(i + 1), first, (lxw_row_t)(i + 1), last);
    chart_series_set_name_range(series, "summary", (lxw_row_t)(i + 1), 0);
  }
  chart_title_set_name(chart, "result by year");
  chart_axis_set_name(chart->y_axis, summary->col[2].unit);
  chart_axis_set_num_format(chart->y_axis, "#,##0");
  check(w,
        worksheet_insert_chart(w->contents, (lxw_row_t)(w->first_row + w->n_sheets + 1), 0, chart));
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
  for (int i = 0; i < p->n_series; i++) {
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
  freeze(w, s, 1, first);
  if (row > 1)
    check(w, worksheet_autofilter(s, 0, 0, (lxw_row_t)(row - 1), (lxw_col_t)(first - 1)));
}

/* The names of a series above its column: one row per key, then what it is and its unit. */
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
  for (int i = 0; i < p->n_series; i++)
    if (same_grid(&p->series[i], like)) series[n++] = &p->series[i];
  put_names_down(w, s, p, series, n, a);
  int const first = p->n_keys + 2;
  for (int v = 0; v < like->grid->n; v++) {
    put_text(w, s, first + v, 0, pl_series_period(like, v, buf, sizeof buf), NULL);
    for (int c = 0; c < n * p->n_values; c++) {
      int const m = c % p->n_values;
      put_number(w, s, first + v, 1 + c, pl_series_values(series[c / p->n_values], m)[v],
                 p->value[m].decimals);
    }
  }
  check(w, worksheet_set_column(s, 0, 0, 20, NULL));
  freeze(w, s, first, 1);
}

static bool seen_before(const pl_panel *p, int i) {
  for (int k = 0; k < i; k++)
    if (same_grid(&p->series[k], &p->series[i])) return true;
  return false;
}

static int count_like(const pl_panel *p, const pl_series *like) {
  int n = 0;
  for (int i = 0; i < p->n_series; i++) n += same_grid(&p->series[i], like);
  return n;
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
    bool const across = like->grid->n <= ACROSS_MOST;
    double const things = count_like(p, like) * (double)p->n_values;
    double const rows = across ? 1 + things : p->n_keys + 2.0 + like->grid->n;
    double const columns = across ? p->n_keys + 2.0 + like->grid->n : 1 + things;
    lxw_worksheet *s = add_sized(w, pl_arena_strdup(a, name), p->title, rows, columns);
    if (s && across) add_across(w, s, p, like, a);
    if (s && !across) add_down(w, s, p, like, a);
  }
}

typedef struct {
  const pl_report *report;
  const char *title;
} request;

/* Writes what went wrong to words[size]; empty if nothing did. */
static void write_book(const request *asked, const char *path, char *words, size_t size) {
  const pl_report *r = asked->report;
  pl_arena *a = pl_arena_new();
  writer w;
  if (!begin(&w, r, path, asked->title, a)) {
    (void)snprintf(words, size, "cannot create a temporary file");
    pl_arena_free(a);
    return;
  }
  for (int i = 0; i < r->n_tables; i++) add_table(&w, r->table[i], a);
  for (int i = 0; i < r->n_panels; i++) add_panel(&w, r->panel[i], a);
  const pl_table *summary = pl_report_table(r, "summary");
  if (summary && w.fault == LXW_NO_ERROR) add_chart(&w, summary);
  check(&w, workbook_close(w.book));
  if (w.too_large)
    (void)snprintf(words, size,
                   "'%s' does not fit into a sheet (%d rows, %d columns); csv, netcdf and sqlite "
                   "have no such limit",
                   w.too_large, ROWS_MOST, COLUMNS_MOST);
  else if (w.fault != LXW_NO_ERROR)
    (void)snprintf(words, size, "%s", lxw_strerror(w.fault));
  pl_arena_free(a);
  errno = w.too_large ? 0 : w.error;
}

static bool write_apart(const void *user, const char *path, char *words, size_t size) {
  words[0] = '\0';
  errno = 0;
  write_book(user, path, words, size);
  if (words[0] == '\0') return true;
  pl_apart_add_reason(words, size);
  return false;
}

bool pl_xlsx_is_marked(FILE *f) { return pl_zip_is_marked(f); }

pl_status pl_export_xlsx(const pl_report *r, const char *title, const char *path, pl_diag *diag) {
  pl_file_new *file = NULL;
  request const asked = {r, title};
  PL_TRY(pl_output_open(path, PL_OUTPUT_XLSX, &file, diag));
  return pl_apart_write(write_apart, &asked, path, file, diag);
}
