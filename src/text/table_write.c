/* Tables as text for people, as CSV and as JSON. */
#include <math.h>
#include <string.h>

#include "text/table.h"

enum { GAP = 2, CELL_MAX = 48 };

static const pl_cell *cell_at(const pl_table *t, int row, int col) {
  return &t->cell[(size_t)row * (size_t)t->n_cols + (size_t)col];
}

static bool is_number(const pl_table *t, int col) { return t->col[col].kind == PL_COL_NUMBER; }

/* A cell as people read it; buf holds a number. */
static const char *shown(const pl_table *t, int row, int col, char buf[CELL_MAX]) {
  const pl_cell *cell = cell_at(t, row, col);
  const char *said = t->said ? t->said[(size_t)row * (size_t)t->n_cols + (size_t)col] : NULL;
  buf[0] = '\0';
  if (said) return said;
  if (!is_number(t, col)) return cell->text ? cell->text : buf;
  if (!isnan(cell->number))
    (void)pl_number_pretty(cell->number, t->col[col].decimals, buf, CELL_MAX);
  return buf;
}

static int column_width(const pl_table *t, int col, const char *head) {
  int width = pl_text_width(head);
  for (int row = 0; row < t->n_rows; row++) {
    char buf[CELL_MAX];
    int const w = pl_text_width(shown(t, row, col, buf));
    if (w > width) width = w;
  }
  return width;
}

/* The last column of text is not padded, so that no line ends in spaces. */
static void add_padded(const pl_table *t, int col, const char *text, int width, pl_string *out) {
  int const room = width - pl_text_width(text);
  bool const last = col == t->n_cols - 1;
  if (col > 0) pl_string_pad(out, ' ', GAP);
  if (is_number(t, col)) pl_string_pad(out, ' ', room);
  pl_string_add(out, text, strlen(text));
  if (!is_number(t, col) && !last) pl_string_pad(out, ' ', room);
}

static const char *head_text(const pl_table *t, int col) {
  const pl_col *c = &t->col[col];
  return *c->unit ? pl_arena_printf(t->arena, "%s [%s]", c->name, c->unit) : c->name;
}

/* Removes trailing spaces left by empty cells of the last columns. */
static void end_line(pl_string *out) {
  while (out->length && out->text[out->length - 1] == ' ') out->length--;
  pl_string_add(out, "\n", 1);
}

void pl_table_to_text(const pl_table *t, pl_string *out) {
  pl_arena *scratch = pl_arena_new();
  int *width = PL_NEW_ARRAY(scratch, int, (size_t)t->n_cols);
  int total = 0;
  for (int c = 0; c < t->n_cols; c++) {
    width[c] = column_width(t, c, head_text(t, c));
    total += width[c] + (c > 0 ? GAP : 0);
    add_padded(t, c, head_text(t, c), width[c], out);
  }
  end_line(out);
  for (int i = 0; i < total; i++) pl_string_add(out, "─", sizeof "─" - 1);
  pl_string_add(out, "\n", 1);
  for (int row = 0; row < t->n_rows; row++) {
    for (int c = 0; c < t->n_cols; c++) {
      char buf[CELL_MAX];
      add_padded(t, c, shown(t, row, c, buf), width[c], out);
    }
    end_line(out);
  }
  pl_arena_free(scratch);
}

/* Would a spreadsheet take it for a formula? Also true of text that begins with an apostrophe, so
 * that removing one restores every text. The full-width signs, which some locales read in the same
 * way, are one character each. */
static bool is_risky(const char *text) {
  static const char *const full_width[] = {"＝", "＋", "－", "＠"};
  double x;
  size_t const length = strlen(text);
  if (length == 0) return false;
  for (size_t i = 0; i < sizeof full_width / sizeof *full_width; i++)
    if (strncmp(text, full_width[i], strlen(full_width[i])) == 0) return true;
  return strchr("=+-@\t\r\n'", *text) && pl_number_parse(text, length, &x) != length;
}

static void write_field(const char *text, FILE *out) {
  bool const risky = is_risky(text);
  if (!text[strcspn(text, ",;\t\"\r\n#")] && *text != ' ') {
    if (risky) (void)fputc('\'', out);
    (void)fputs(text, out);
    return;
  }
  (void)fputc('"', out);
  if (risky) (void)fputc('\'', out);
  for (; *text; text++) {
    if (*text == '"') (void)fputc('"', out);
    (void)fputc(*text, out);
  }
  (void)fputc('"', out);
}

static void write_cell(const pl_table *t, int row, int col, FILE *out) {
  const pl_cell *cell = cell_at(t, row, col);
  char buf[CELL_MAX];
  if (!is_number(t, col)) {
    if (cell->text) write_field(cell->text, out);
  } else if (!isnan(cell->number)) {
    (void)pl_number_format(cell->number, buf, sizeof buf);
    (void)fputs(buf, out);
  }
}

bool pl_table_to_csv(const pl_table *t, FILE *out) {
  for (int c = 0; c < t->n_cols; c++) {
    if (c > 0) (void)fputc(',', out);
    write_field(head_text(t, c), out);
  }
  (void)fputc('\n', out);
  for (int row = 0; row < t->n_rows; row++) {
    for (int c = 0; c < t->n_cols; c++) {
      if (c > 0) (void)fputc(',', out);
      write_cell(t, row, c, out);
    }
    (void)fputc('\n', out);
  }
  return !ferror(out);
}

static void write_columns(const pl_table *t, pl_json *j) {
  static const char *const kinds[] = {"text", "number", "date"};
  pl_json_key(j, "columns");
  pl_json_open(j, true);
  for (int c = 0; c < t->n_cols; c++) {
    pl_json_open(j, false);
    pl_json_key(j, "name");
    pl_json_text(j, t->col[c].name);
    pl_json_key(j, "unit");
    pl_json_text(j, t->col[c].unit);
    pl_json_key(j, "kind");
    pl_json_text(j, kinds[t->col[c].kind]);
    pl_json_close(j);
  }
  pl_json_close(j);
}

static void write_rows(const pl_table *t, pl_json *j) {
  pl_json_key(j, "rows");
  pl_json_open(j, true);
  for (int row = 0; row < t->n_rows; row++) {
    pl_json_open(j, true);
    for (int c = 0; c < t->n_cols; c++)
      if (is_number(t, c))
        pl_json_number(j, cell_at(t, row, c)->number);
      else
        pl_json_text(j, cell_at(t, row, c)->text);
    pl_json_close(j);
  }
  pl_json_close(j);
}

void pl_table_to_json(const pl_table *t, pl_json *j) {
  pl_json_open(j, false);
  pl_json_key(j, "name");
  pl_json_text(j, t->name);
  pl_json_key(j, "title");
  pl_json_text(j, t->title);
  write_columns(t, j);
  write_rows(t, j);
  pl_json_close(j);
}
