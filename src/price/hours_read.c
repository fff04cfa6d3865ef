/* Reads the table of the hours within a month from a CSV file: 12 months by 24 hours, each once. */
#include <math.h>
#include <string.h>

#include "price/hours.h"
#include "text/csv.h"

enum { MONTH, HOUR, FACTOR, WEEKEND, SPREAD, COLUMNS };

static const struct {
  const char *name;
  bool wanted;
  double low, high;
} columns[COLUMNS] = {{"month", true, 1, 12},
                      {"hour", true, 0, 23},
                      {"factor", true, -1e6, 1e6},
                      {"weekend", false, -1e6, 1e6},
                      {"spread", false, 0, 10}};

typedef struct {
  const pl_csv *csv;
  int at[COLUMNS]; /* −1 = not there */
  pl_hours_form *form;
  bool seen[12][24];
  pl_arena *arena;
  pl_diag *diag;
} reader;

static pl_status find_columns(reader *r) {
  const char *names[COLUMNS];
  for (int k = 0; k < COLUMNS; k++) {
    r->at[k] = -1;
    names[k] = columns[k].name;
  }
  for (int c = 0; c < r->csv->n_cols; c++) {
    pl_span const head = pl_span_trim(r->csv->head[c]);
    int k = 0;
    while (k < COLUMNS && !pl_span_is(head, names[k])) k++;
    if (k < COLUMNS) {
      r->at[k] = c;
      continue;
    }
    const char *shown = pl_text_safe(r->arena, head.at, head.length);
    pl_status const status =
        pl_fail(r->diag, PL_NAME, pl_csv_place(r->csv, -1, c),
                "a shape has no column '%s': month, hour, factor, weekend, spread", shown);
    const char *nearest = pl_text_nearest(shown, names, COLUMNS);
    if (nearest) pl_hint(r->diag, "did you mean '%s'?", nearest);
    return status;
  }
  for (int k = 0; k < COLUMNS; k++)
    if (columns[k].wanted && r->at[k] < 0)
      return pl_fail(r->diag, PL_NAME, pl_csv_place(r->csv, -1, 0),
                     "a shape requires a column '%s': month, hour and factor", names[k]);
  return PL_OK;
}

static pl_status read_cell(const reader *r, int row, int k, double *out) {
  pl_span const text =
      pl_span_trim(r->csv->cell[(size_t)row * (size_t)r->csv->n_cols + (size_t)r->at[k]]);
  bool const number = text.length > 0 && pl_number_parse(text.at, text.length, out) == text.length;
  bool const whole = number && (k > HOUR || *out == floor(*out));
  if (whole && *out >= columns[k].low && *out <= columns[k].high) return PL_OK;
  pl_status const status = pl_fail(
      r->diag, PL_RANGE, pl_csv_place(r->csv, row, r->at[k]),
      "'%s' is not %s %s: that is a %s from %g to %g", pl_text_safe(r->arena, text.at, text.length),
      pl_text_article(columns[k].name), columns[k].name, k > HOUR ? "number" : "whole number",
      columns[k].low, columns[k].high);
  const char *slip = number ? NULL : pl_number_slip(r->arena, text);
  if (slip) pl_hint(r->diag, "%s", slip);
  return status;
}

static pl_status read_row(reader *r, int row) {
  double value[COLUMNS];
  for (int k = 0; k < COLUMNS; k++)
    if (r->at[k] >= 0) PL_TRY(read_cell(r, row, k, &value[k]));
  int const m = (int)value[MONTH] - 1, h = (int)value[HOUR];
  if (r->seen[m][h])
    return pl_fail(r->diag, PL_NAME, pl_csv_place(r->csv, row, r->at[HOUR]),
                   "hour %d of month %d is listed twice", h, m + 1);
  r->seen[m][h] = true;
  r->form->factor[0][m][h] = value[FACTOR];
  r->form->factor[1][m][h] = value[r->at[WEEKEND] >= 0 ? WEEKEND : FACTOR];
  r->form->spread[m][h] = r->at[SPREAD] >= 0 ? value[SPREAD] : 0;
  return PL_OK;
}

static pl_status check_whole(const reader *r) {
  for (int m = 0; m < 12; m++)
    for (int h = 0; h < 24; h++)
      if (!r->seen[m][h])
        return pl_fail(r->diag, PL_RANGE, pl_csv_place(r->csv, -1, 0),
                       "hour %d of month %d is missing: a shape has 12 x 24 rows", h, m + 1);
  return PL_OK;
}

/* Only proportions count: every month is brought to a mean of 1 over a week. A factor very far from
 * it is a slip, and could leave a month with many weekends without a mean to keep. */
static pl_status level(const reader *r, int m) {
  enum { LEAST = -5, MOST = 50 };
  double sum = 0;
  for (int h = 0; h < 24; h++) sum += 5 * r->form->factor[0][m][h] + 2 * r->form->factor[1][m][h];
  double const mean = sum / (7 * 24);
  for (int k = 0; k < 2 * 24; k++) {
    double *const f = &r->form->factor[k / 24][m][k % 24];
    *f = mean > 0 ? *f / mean : (double)NAN;
    if (*f >= LEAST && *f <= MOST) continue;
    if (!(mean > 0))
      return pl_fail(r->diag, PL_RANGE, pl_csv_place(r->csv, -1, r->at[FACTOR]),
                     "the factors of month %d have no mean above 0", m + 1);
    return pl_fail(r->diag, PL_RANGE, pl_csv_place(r->csv, -1, r->at[FACTOR]),
                   "hour %d of month %d has %.4g times the month's mean, outside %d to %d", k % 24,
                   m + 1, *f, (int)LEAST, (int)MOST);
  }
  return PL_OK;
}

pl_status pl_hours_read(const char *file, pl_place place, pl_files *files, const char *by,
                        pl_arena *a, pl_hours_form *f, pl_diag *diag) {
  const pl_source *source;
  pl_csv csv;
  reader r = {.csv = &csv, .form = f, .arena = a, .diag = diag};
  PL_TRY(pl_files_open(files, file, by, place, &source, diag));
  PL_TRY(pl_csv_read(source, a, &csv, diag));
  PL_TRY(find_columns(&r));
  for (int row = 0; row < csv.n_rows; row++) PL_TRY(read_row(&r, row));
  PL_TRY(check_whole(&r));
  for (int m = 0; m < 12; m++) PL_TRY(level(&r, m));
  f->has_spread = r.at[SPREAD] >= 0;
  return PL_OK;
}
