/* Reads a quotation's values from one column of a CSV file, with dates on a local clock and every
 * step present. Reports each bad row, up to a limit, and carries on. */
#include <math.h>
#include <string.h>

#include "price/quotes.h"
#include "price/zone.h"
#include "text/csv.h"

enum { COMPLAINTS_MAX = 20 };
static const double largest = 1e12; /* inside units */

typedef struct {
  const pl_quotation_source *from;
  const pl_csv *csv;
  int column;
  pl_zone zone;
  int step;        /* pl_step */
  pl_step written; /* how fine the first date is written */
  bool clock;      /* finer than a day: the dates are times on a local clock */
  pl_quotation *out;
  pl_arena *arena;
  pl_diag *diag;
  int complaints;
  pl_status status; /* of the first error */
} reader;

static void complain(reader *r, pl_status status, int row, int column, const char *text) {
  if (r->status == PL_OK) r->status = status;
  if (r->complaints++ < COMPLAINTS_MAX)
    (void)pl_fail(r->diag, status, pl_csv_place(r->csv, row, column), "%s", text);
}

static void hint(const reader *r, const char *words) {
  if (words && r->complaints <= COMPLAINTS_MAX) pl_hint(r->diag, "%s", words);
}

static pl_span cell_of(const reader *r, int row, int column) {
  return pl_span_trim(r->csv->cell[(size_t)row * (size_t)r->csv->n_cols + (size_t)column]);
}

static const char *shown(const reader *r, pl_span s) {
  return pl_text_safe(r->arena, s.at, s.length > 40 ? 40 : s.length);
}

/* --- The column and its unit ------------------------------------------------------------------ */

/* "LME.AL [USD/t]" into its name and unit; the unit is empty without brackets. */
static void split_head(pl_span head, pl_span *name, pl_span *unit) {
  head = pl_span_trim(head);
  *name = head;
  *unit = (pl_span){head.at + head.length, 0};
  const char *open =
      head.length > 0 && head.at[head.length - 1] == ']' ? memchr(head.at, '[', head.length) : NULL;
  if (!open) return;
  *name = pl_span_trim((pl_span){head.at, (size_t)(open - head.at)});
  *unit = pl_span_trim((pl_span){open + 1, head.length - (size_t)(open - head.at) - 2});
}

static pl_status unknown_column(const reader *r, const char *wanted) {
  int const n = r->csv->n_cols;
  const char **names = PL_NEW_ARRAY(r->arena, const char *, (size_t)n);
  for (int i = 0; i < n; i++) {
    pl_span name, unit;
    split_head(r->csv->head[i], &name, &unit);
    names[i] = shown(r, name);
  }
  pl_place const at = r->from->column_place.line ? r->from->column_place : r->from->file_place;
  pl_status const status =
      pl_fail(r->diag, PL_NAME, at, "'%s' has no column '%s'", r->csv->source->path,
              pl_text_safe(r->arena, wanted, strlen(wanted)));
  pl_hint(r->diag, "%s", pl_text_choices(r->arena, wanted, "its columns are", names + 1, n - 1));
  return status;
}

static pl_status find_column(reader *r, pl_span *unit) {
  const char *wanted = r->from->column ? r->from->column : r->out->name;
  pl_span const first = pl_span_trim(r->csv->head[0]);
  if (!pl_span_is(first, "date"))
    return pl_fail(r->diag, PL_NAME, pl_csv_place(r->csv, -1, 0),
                   "the first column is '%s', but a series requires 'date' there", shown(r, first));
  for (int i = 1; i < r->csv->n_cols; i++) {
    pl_span name;
    split_head(r->csv->head[i], &name, unit);
    if (!pl_span_is(name, wanted) && !pl_span_is(pl_span_trim(r->csv->head[i]), wanted)) continue;
    r->column = i;
    return PL_OK;
  }
  return unknown_column(r, wanted);
}

static pl_status find_unit(const reader *r, pl_span head) {
  pl_measure *unit = &r->out->unit;
  pl_place const place = pl_csv_place(r->csv, -1, r->column);
  if (head.length == 0 && !r->from->unit) {
    pl_status const status = pl_fail(r->diag, PL_UNIT, place, "column '%s' has no unit",
                                     shown(r, pl_span_trim(r->csv->head[r->column])));
    pl_hint(r->diag,
            "write it in the header, such as 'LME.AL [USD/t]', or as the quotation's 'unit'");
    return status;
  }
  if (r->from->unit) *unit = *r->from->unit;
  if (head.length == 0) return PL_OK;
  pl_measure written;
  PL_TRY(pl_measure_read(head, place, &written, r->diag));
  if (!r->from->unit) *unit = written;
  bool const same = pl_dim_equal(written.dim, unit->dim) &&
                    fabs(written.factor - unit->factor) <= 1e-12 * fabs(unit->factor) &&
                    pl_measure_same_steps(&written, unit);
  if (same) return PL_OK;
  (void)pl_fail(r->diag, PL_UNIT, place,
                "the header gives '%s', but the quotation is declared in another unit",
                shown(r, head));
  pl_hint(r->diag, "remove the unit from one of them, or write the same in both");
  return PL_UNIT;
}

/* --- Dates ------------------------------------------------------------------------------------ */

/* Further forms in which exports write dates: a blank for the T, seconds of 0, a Z at the end of a
 * UTC time. */
static pl_span plain_date(const reader *r, pl_span s) {
  enum { MINUTES = 16, SECONDS = 19 };
  if (s.length < MINUTES || s.length > SECONDS + 1) return s;
  char *copy = PL_NEW_ARRAY(r->arena, char, s.length + 1);
  memcpy(copy, s.at, s.length);
  size_t length = s.length;
  if (copy[10] == ' ') copy[10] = 'T';
  bool const utc = r->zone.minutes == 0 && !r->zone.summer;
  if (utc && copy[length - 1] == 'Z') length--;
  if (length == SECONDS && memcmp(copy + MINUTES, ":00", 3) == 0) length = MINUTES;
  return (pl_span){copy, length};
}

/* The step that the form of the dates implies. Times are hourly, or quarter-hourly if the second is
 * a quarter of an hour later. */
static pl_step step_of(const reader *r, pl_time first, pl_step written) {
  pl_time second = 0;
  pl_step fine;
  if (written != PL_HOUR || r->csv->n_rows < 2) return written;
  pl_span const date = plain_date(r, cell_of(r, 1, 0));
  bool const quarter = pl_time_parse(date.at, date.length, &second, &fine) && second == first + 15;
  return quarter ? PL_QUARTER_HOUR : written;
}

static bool read_date(reader *r, int row, pl_time *out) {
  pl_span const text = cell_of(r, row, 0);
  pl_step fine;
  pl_span const date = r->clock || row == 0 ? plain_date(r, text) : text;
  if (!pl_time_parse(date.at, date.length, out, &fine)) {
    complain(r, PL_SYNTAX, row, 0,
             pl_arena_printf(r->arena,
                             "'%s' is not a date; write 2026-03, 2026-03-15 or 2026-03-15T07:00",
                             shown(r, text)));
    hint(r, pl_date_slip(r->arena, text));
    return false;
  }
  if (row == 0) r->written = fine;
  if (row == 0 && r->step < 0) r->step = (int)step_of(r, *out, fine);
  r->clock = r->step <= PL_HOUR;
  if (fine != r->written && (fine > PL_HOUR || r->written > PL_HOUR)) {
    complain(r, PL_SYNTAX, row, 0,
             pl_arena_printf(r->arena, "'%s' is %s %s, but the first date is %s %s", shown(r, text),
                             pl_text_article(pl_step_name(fine)), pl_step_name(fine),
                             pl_text_article(pl_step_name(r->written)), pl_step_name(r->written)));
    return false;
  }
  if (pl_step_floor((pl_step)r->step, *out) == *out) return true;
  complain(r, PL_RANGE, row, 0,
           pl_arena_printf(r->arena, "'%s' is not the start of %s %s", shown(r, text),
                           pl_text_article(pl_step_name((pl_step)r->step)),
                           pl_step_name((pl_step)r->step)));
  return false;
}

/* Local to UTC; of the hour that comes twice in autumn the second row is the later one. Only times
 * follow a clock: days and longer steps belong to the calendar. */
static bool to_utc(reader *r, int row, pl_time local, pl_time *out) {
  *out = local;
  if (!r->clock) return true;
  pl_time utc[2];
  int const n = pl_zone_utc(r->zone, local, utc);
  if (n == 0) {
    complain(
        r, PL_RANGE, row, 0,
        pl_arena_printf(r->arena,
                        "'%s' does not exist: the clocks of %s skip it when they are put forward",
                        shown(r, cell_of(r, row, 0)), r->from->zone));
    return false;
  }
  bool const second = n == 2 && r->out->n > 0 && r->out->from[r->out->n - 1] >= utc[0];
  *out = utc[second ? 1 : 0];
  return true;
}

/* Checks that t follows the previous row by one step. */
static bool check_order(reader *r, int row, pl_time t) {
  const pl_quotation *q = r->out;
  if (q->n == 0) return true;
  pl_time const last = q->from[q->n - 1], wanted = pl_step_add((pl_step)r->step, last, 1);
  const char *text = shown(r, cell_of(r, row, 0));
  if (t == wanted) return true;
  if (t == last) {
    complain(r, PL_RANGE, row, 0, pl_arena_printf(r->arena, "the date '%s' is listed twice", text));
    hint(r, "keep one of the two rows");
    return false;
  }
  if (t < last) {
    complain(r, PL_RANGE, row, 0,
             pl_arena_printf(r->arena, "the date '%s' comes after a later one", text));
    hint(r, "sort the rows by date, the earliest first");
    return false;
  }
  char missing[40];
  (void)pl_time_format(wanted, (pl_step)r->step, missing, sizeof missing);
  const char *clock = r->clock && (r->zone.minutes || r->zone.summer) ? " UTC" : "";
  complain(r, PL_RANGE, row, 0,
           pl_arena_printf(r->arena,
                           "'%s' does not follow: %s%s is missing before it (steps of %s %s)", text,
                           missing, clock, pl_text_article(pl_step_name((pl_step)r->step)),
                           pl_step_name((pl_step)r->step)));
  hint(r, "add the missing rows; leave the cell empty where there is no value");
  return true;
}

/* --- Values ----------------------------------------------------------------------------------- */

static double read_value(reader *r, int row) {
  pl_span const text = cell_of(r, row, r->column);
  double value = (double)NAN;
  if (text.length == 0) return (double)NAN;
  if (pl_number_parse(text.at, text.length, &value) == text.length) {
    value *= r->out->unit.factor;
    if (fabs(value) <= largest) return value;
    complain(r, PL_RANGE, row, r->column,
             pl_arena_printf(r->arena, "'%s' is too large a number to plan with", shown(r, text)));
    return (double)NAN;
  }
  complain(r, PL_SYNTAX, row, r->column,
           pl_arena_printf(r->arena, "'%s' is not a number", shown(r, text)));
  hint(r, pl_number_slip(r->arena, text));
  return (double)NAN;
}

static void read_rows(reader *r) {
  pl_quotation *q = r->out;
  size_t const rows = (size_t)r->csv->n_rows;
  q->from = PL_NEW_ARRAY(r->arena, pl_time, rows);
  q->value = PL_NEW_ARRAY(r->arena, double, rows);
  q->line = PL_NEW_ARRAY(r->arena, int, rows);
  q->n = 0;
  for (int row = 0; row < r->csv->n_rows; row++) {
    pl_time local, t;
    if (!read_date(r, row, &local)) {
      if (row == 0) return; /* without the first date there is no step */
      continue;
    }
    if (!to_utc(r, row, local, &t) || !check_order(r, row, t)) continue;
    q->from[q->n] = t;
    q->line[q->n] = r->csv->line[row];
    q->value[q->n++] = read_value(r, row);
  }
}

static pl_status read_series(reader *r) {
  pl_span head_unit = {0};
  PL_TRY(find_column(r, &head_unit));
  PL_TRY(find_unit(r, head_unit));
  if (r->csv->n_rows == 0)
    return pl_fail(r->diag, PL_RANGE, pl_csv_place(r->csv, -1, r->column), "'%s' has no rows",
                   r->csv->source->path);
  read_rows(r);
  int const more = r->complaints - COMPLAINTS_MAX;
  if (more > 0)
    pl_note(r->diag, pl_csv_place(r->csv, -1, 0), "%d more errors in this file are not shown",
            more);
  PL_TRY(r->status);
  r->out->until = pl_step_add((pl_step)r->step, r->out->from[r->out->n - 1], 1);
  r->out->file = r->csv->source->path;
  return PL_OK;
}

/* The table of source: the caller's previous one if it is the same source, otherwise read again. */
static pl_status read_table(const pl_quotation_source *from, const pl_source *source, pl_arena *a,
                            pl_csv **out, pl_diag *diag) {
  if (from->table && *from->table && (*from->table)->source == source) {
    *out = *from->table;
    return PL_OK;
  }
  *out = PL_NEW(a, pl_csv);
  PL_TRY(pl_csv_read(source, a, *out, diag));
  if (from->table) *from->table = *out;
  return PL_OK;
}

pl_status pl_quotation_read(const pl_quotation_source *from, pl_files *files, const char *by,
                            pl_arena *a, pl_quotation *out, pl_diag *diag) {
  const pl_source *source;
  pl_csv *csv;
  reader r = {.from = from,
              .step = from->step,
              .clock = from->step >= 0 && from->step <= PL_HOUR,
              .arena = a,
              .diag = diag};
  pl_quotation made = *out;
  r.out = &made;
  PL_TRY(pl_zone_want(from->zone ? from->zone : "UTC", from->zone_place, a, &r.zone, diag));
  PL_TRY(pl_files_open(files, from->file, by, from->file_place, &source, diag));
  PL_TRY(read_table(from, source, a, &csv, diag));
  r.csv = csv;
  PL_TRY(read_series(&r));
  *out = made;
  return PL_OK;
}
