/* CSV tables, read in one pass and without copies. What a table means as a section of a case is in
 * csv_node.c. */
#include "text/csv.h"

#include <string.h>

#include "base/map.h"
#include "text/csv_row.h"

static bool ends_cell(const pl_csv_row *r, char c) {
  return c == r->separator || c == '\n' || c == '\0';
}

/* A cell ends at a separator or at the end of the line; r->at moves to that byte. The file ends
 * with a 0, and contains no other. */
static pl_span plain_cell(pl_csv_row *r) {
  const char *start = r->at;
  while (!ends_cell(r, *r->at)) r->at++;
  const char *end = r->at;
  if (*end == '\n' && end > start && end[-1] == '\r') end--;
  while (start < end && (*start == ' ' || *start == '\t')) start++;
  while (end > start && (end[-1] == ' ' || end[-1] == '\t')) end--;
  return (pl_span){start, (size_t)(end - start)};
}

/* The text within quotes, where two of them mean one; copied only then. r->at: after the opening
 * quote. */
static pl_span quoted_text(pl_csv_row *r, pl_arena *a) {
  const char *start = r->at;
  size_t doubled = 0;
  for (; *r->at; r->at++) {
    if (*r->at == '\n') r->line++, r->line_start = r->at + 1;
    if (*r->at != '"') continue;
    if (r->at[1] != '"') break;
    r->at++;
    doubled++;
  }
  size_t const length = (size_t)(r->at - start);
  if (doubled == 0 || !a) return (pl_span){start, length};
  char *copy = PL_NEW_ARRAY(a, char, length - doubled + 1);
  size_t n = 0;
  for (size_t i = 0; i < length; i++) {
    copy[n++] = start[i];
    if (start[i] == '"') i++;
  }
  return (pl_span){copy, n};
}

static pl_place place_at(const pl_csv_row *r, const char *at, int length) {
  return (pl_place){r->source->path, r->line, (int)(at - r->line_start) + 1, length};
}

static void skip_blanks(pl_csv_row *r) {
  while ((*r->at == ' ' || *r->at == '\t') && *r->at != r->separator) r->at++;
}

pl_span pl_csv_row_cell(pl_csv_row *r, pl_arena *a, pl_place *place) {
  skip_blanks(r);
  if (*r->at != '"') {
    pl_span const s = plain_cell(r);
    *place = place_at(r, s.at, (int)s.length);
    return s;
  }
  const char *quote = r->at++;
  pl_place const opened = place_at(r, quote, 1);
  pl_span const s = quoted_text(r, a);
  *place = opened;
  if (r->line == opened.line) place->length = (int)(r->at - quote) + (*r->at == '"');
  r->fault = NULL;
  if (*r->at != '"') {
    r->fault = "a quote is opened here and not closed";
    return s;
  }
  r->at++;
  skip_blanks(r);
  if (*r->at == '\r' && r->at[1] == '\n') r->at++;
  if (ends_cell(r, *r->at)) return s;
  r->fault =
      "there is text after the closing quote of this cell; a quote within quotes must be doubled";
  (void)plain_cell(r);
  return s;
}

bool pl_csv_row_more(pl_csv_row *r) {
  if (*r->at != r->separator) return false;
  r->at++;
  return true;
}

static bool at_end(const pl_csv_row *r) { return *r->at == '\0'; }

static void end_line(pl_csv_row *r) {
  if (*r->at != '\n') return;
  r->at++;
  r->line++;
  r->line_start = r->at;
}

static void skip_line(pl_csv_row *r) {
  const char *end = r->source->text + r->source->length;
  const char *stop = memchr(r->at, '\n', (size_t)(end - r->at));
  r->at = stop ? stop : end;
  end_line(r);
}

/* Skips comments and lines without text, which may have separators, to the start of a row. */
static void skip_empty(pl_csv_row *r) {
  char const blank[] = {' ', '\t', '\r', r->separator, '\0'};
  while (!at_end(r)) {
    const char *p = r->at + strspn(r->at, blank);
    if (*r->at != '#' && *p != '\n' && *p != '\0') return;
    skip_line(r);
  }
}

/* The most frequent of the separators in the header line, outside quotes. */
static char find_separator(const char *head) {
  static const char candidates[] = ",;\t";
  int count[3] = {0};
  bool quoted = false;
  for (const char *p = head; *p && (quoted || *p != '\n'); p++) {
    if (*p == '"') quoted = !quoted;
    const char *c = quoted ? NULL : strchr(candidates, *p);
    if (c) count[c - candidates]++;
  }
  int best = 0;
  for (int i = 1; i < 3; i++)
    if (count[i] > count[best]) best = i;
  return candidates[best];
}

pl_csv_row pl_csv_row_at(const pl_csv *t, int row) {
  size_t const offset = row < 0 ? t->head_offset : t->offset[row];
  const char *at = t->source->text + offset;
  return (pl_csv_row){.source = t->source,
                      .separator = t->separator,
                      .at = at,
                      .line_start = at,
                      .line = row < 0 ? t->head_line : t->line[row]};
}

static void complain(pl_csv_row *r, pl_place at, const char *words, pl_status *status,
                     pl_diag *diag) {
  *status = pl_fail(diag, PL_SYNTAX, at, "%s", words);
  r->fault = NULL;
}

/* Without blank columns at the end, which spreadsheets leave. */
static int count_heads(pl_csv_row r) {
  int n = 0, heads = 1;
  pl_place place;
  do {
    n++;
    if (pl_csv_row_cell(&r, NULL, &place).length > 0) heads = n;
  } while (pl_csv_row_more(&r));
  return heads;
}

static pl_status read_head(pl_csv_row *r, pl_arena *a, pl_csv *t, pl_diag *diag) {
  pl_status s = PL_OK;
  pl_map *seen = pl_map_new(a);
  t->n_cols = count_heads(*r);
  t->head = PL_NEW_ARRAY(a, pl_span, (size_t)t->n_cols);
  for (int c = 0; c < t->n_cols; c++) {
    pl_place at;
    t->head[c] = pl_csv_row_cell(r, a, &at);
    (void)pl_csv_row_more(r);
    if (r->fault) complain(r, at, r->fault, &s, diag);
    int const before = pl_map_count(seen);
    bool const empty = t->head[c].length == 0;
    bool const again = !empty && pl_map_add(seen, t->head[c].at, t->head[c].length) < before;
    if (empty) complain(r, at, "this column has no header", &s, diag);
    if (again) complain(r, at, "an earlier column has the same header", &s, diag);
  }
  skip_line(r);
  return s;
}

static size_t count_lines(const char *p, const char *end) {
  size_t n = 1;
  for (; (p = memchr(p, '\n', (size_t)(end - p))); p++) n++;
  return n;
}

static void reserve(const pl_csv_row *r, pl_arena *a, pl_csv *t) {
  const char *end = r->source->text + r->source->length;
  size_t const rows = count_lines(r->at, end), bytes = (size_t)(end - r->at) + 1;
  size_t const width = (size_t)t->n_cols;
  size_t const cells = rows < bytes / width ? rows * width : bytes; /* each takes a byte at least */
  t->cell = PL_NEW_ARRAY(a, pl_span, cells + width);
  t->line = PL_NEW_ARRAY(a, int, rows);
  t->offset = PL_NEW_ARRAY(a, size_t, rows);
}

/* Cells beyond those of the header are counted up to the last that is not blank, and dropped.
 * Returns how many there are, -1 after an error. */
static int read_cells(pl_csv_row *r, pl_arena *a, pl_csv *t, pl_status *s, pl_diag *diag) {
  pl_span *cell = t->cell + (size_t)t->n_rows * (size_t)t->n_cols;
  int n = 0, counted = 0;
  bool faulty = false;
  do {
    pl_place at;
    pl_span const text = pl_csv_row_cell(r, a, &at);
    if (n < t->n_cols) cell[n] = text;
    faulty = faulty || r->fault;
    if (r->fault) complain(r, at, r->fault, s, diag);
    n++;
    if (n <= t->n_cols || text.length > 0) counted = n;
  } while (pl_csv_row_more(r));
  return faulty ? -1 : counted;
}

static void fail_width(const pl_csv_row *start, int n, int wanted, pl_status *s, pl_diag *diag) {
  const char *stop = start->at + strcspn(start->at, "\r\n");
  pl_place const at = place_at(start, start->at, (int)(stop - start->at));
  *s = pl_fail(diag, PL_SYNTAX, at, "this row has %d cell%s, but the header has %d", n,
               n == 1 ? "" : "s", wanted);
}

static pl_status read_rows(pl_csv_row *r, pl_arena *a, pl_csv *t, pl_diag *diag) {
  pl_status s = PL_OK;
  for (skip_empty(r); !at_end(r); skip_empty(r)) {
    pl_csv_row const start = *r;
    int const n = read_cells(r, a, t, &s, diag);
    end_line(r);
    if (n >= 0 && n != t->n_cols) fail_width(&start, n, t->n_cols, &s, diag);
    if (n != t->n_cols) continue;
    t->line[t->n_rows] = start.line;
    t->offset[t->n_rows++] = (size_t)(start.at - t->source->text);
  }
  return s;
}

static pl_status check_bytes(const pl_source *source, pl_diag *diag) {
  const char *zero = memchr(source->text, '\0', source->length);
  size_t const bad =
      zero ? (size_t)(zero - source->text) : pl_utf8_valid(source->text, source->length);
  if (bad == source->length) return PL_OK;
  pl_fail(diag, PL_SYNTAX, pl_source_place(source, bad, 1), "this byte is not UTF-8 text");
  pl_hint(diag, "save the table as CSV in UTF-8");
  return PL_SYNTAX;
}

pl_status pl_csv_read(const pl_source *source, pl_arena *a, pl_csv *out, pl_diag *diag) {
  *out = (pl_csv){.source = source};
  PL_TRY(check_bytes(source, diag));
  const char *text = pl_source_begin(source);
  pl_csv_row r = {.source = source, .at = text, .line_start = text, .line = 1};
  skip_empty(&r);
  pl_place const start = {source->path, r.line, 1, 0};
  if (at_end(&r)) return pl_fail(diag, PL_SYNTAX, start, "this table has no header line");
  out->separator = r.separator = find_separator(r.at);
  out->head_offset = (size_t)(r.at - source->text);
  out->head_line = r.line;
  pl_status const head = read_head(&r, a, out, diag);
  reserve(&r, a, out);
  pl_status const rows = read_rows(&r, a, out, diag);
  return head != PL_OK ? head : rows;
}

pl_place pl_csv_place(const pl_csv *t, int row, int col) {
  pl_csv_row r = pl_csv_row_at(t, row);
  pl_place place = {0};
  for (int c = 0; c <= col; c++) {
    (void)pl_csv_row_cell(&r, NULL, &place);
    (void)pl_csv_row_more(&r);
  }
  return place;
}
