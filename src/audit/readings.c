/* Independent check of how the case was read: every number written plainly with its unit, and the
 * values, dates and columns of quotations in the case and in CSV files, are read again from their
 * text by the audit's own reader (tokens.c) and compared with what the plan used. */
#include <math.h>
#include <string.h>

#include "audit/tokens.h"
#include "audit/walk.h"
#include "price/zone.h"

static bool near(double a, double b) {
  if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
  return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b)) + 1e-300;
}

static void differ(pl_audit_walk *w, pl_place at, const char *what, double plan, double own) {
  if (!pl_audit_may_complain(w)) return;
  (void)pl_fail(w->diag, PL_AUDIT, at, "%s is %.9g in the plan, but %.9g as written", what, plan,
                own);
}

static const char *quoted(pl_audit_walk *w, const char *text) {
  return pl_arena_printf(w->scratch, "'%.60s'", text);
}

/* --- Stretches of time that show how long a month is ----------------------------------------- */

typedef struct {
  pl_time from, to;
} stretch;

/* The share of a month (counted from year 0) that lies within x. */
static stretch month_of(stretch x, int month) {
  pl_time const from = pl_audit_month_start(month), to = pl_audit_month_start(month + 1);
  return (stretch){from > x.from ? from : x.from, to < x.to ? to : x.to};
}

/* --- Numbers in fields ----------------------------------------------------------------------- */

/* The factor that a field in another currency is multiplied by, over x. */
static double exchange_rate(const pl_audit_walk *w, const pl_audit_token *t, stretch x) {
  const pl_exchange *e = &w->c->calendar.exchange;
  for (int i = 0; i < e->n; i++) {
    if (strcmp(pl_dim_text(pl_dim_of((pl_dim_name)e->currency[i]), w->scratch), t->money)) continue;
    int const q = pl_quotes_find(w->quotes, e->quotation[i], strlen(e->quotation[i]));
    if (q < 0) return 1;
    double const mean = pl_quotes_mean(w->quotes, q, x.from, x.to);
    return pl_quotes_at(w->quotes, q)->unit.dim.of[e->currency[i]] > 0 ? 1 / mean : mean;
  }
  return 1;
}

/* False after a complaint; one is enough for each number. */
static bool check_over(pl_audit_walk *w, const pl_literal *l, const pl_audit_token *t, stretch x) {
  if (!pl_formula_applies(l->formula, x.from, x.to)) return true;
  double const plan = pl_formula_eval(l->formula, w->quotes, x.from, x.to);
  double const own = pl_audit_token_value(t, x.from, x.to);
  if (near(plan, own) || near(plan, own * exchange_rate(w, t, x))) return true;
  differ(w, l->place, quoted(w, l->text), plan, own);
  return false;
}

static void check_formula(pl_audit_walk *w, const pl_literal *l, const pl_audit_token *t) {
  stretch const all = {w->c->from, w->c->to};
  const char *home = pl_dim_text(pl_dim_of((pl_dim_name)w->c->currency), w->scratch);
  bool const foreign = t->money[0] && strcmp(t->money, home) != 0;
  bool const varies = pl_audit_has_calendar(t) || foreign;
  int const first = pl_audit_month_of(all.from), last = pl_audit_month_of(all.to - 1);
  for (int m = first; m <= (varies ? last : first); m++)
    if (!check_over(w, l, t, month_of(all, m))) return;
}

static void check_literal(pl_audit_walk *w, const pl_literal *l) {
  pl_audit_token t;
  if (!pl_audit_token_read(l->text, strlen(l->text), &t)) return;
  if (l->formula && pl_formula_is_bound(l->formula)) check_formula(w, l, &t);
  if (isnan(l->value) || near(l->value, pl_audit_token_plain(&t))) return;
  differ(w, l->place, quoted(w, l->text), l->value, pl_audit_token_plain(&t));
}

/* --- One value of a quotation ---------------------------------------------------------------- */

typedef struct {
  pl_audit_walk *w;
  const pl_quotation_field *field;
  const pl_quotation *q;
  int index;
} quotation;

static bool given(const quotation *k, int field) { return k->field->said[field].line > 0; }

/* The unit written in the field; false if there is none. */
static bool field_unit(const quotation *k, pl_audit_token *out) {
  pl_place const at = k->field->said[PL_quotation_unit];
  for (int i = 0; at.line > 0 && i < k->w->c->n_literals; i++) {
    const pl_literal *l = &k->w->c->literals[i];
    bool const same = l->place.line == at.line && l->place.column == at.column && l->place.file &&
                      at.file && !strcmp(l->place.file, at.file);
    if (same) return pl_audit_unit_read(l->text, strlen(l->text), out);
  }
  return false;
}

static pl_audit_token in_unit(pl_audit_token t, const pl_audit_token *unit) {
  double const number = t.number;
  if (!t.bare) return t;
  t = *unit;
  t.number = number;
  return t;
}

/* Compares a value with what the plan uses over x: in its first and last hour and, where months
 * matter, in every month. */
static bool check_value(const quotation *k, const pl_audit_token *t, stretch x, pl_place at,
                        const char *what) {
  enum { HOUR = 60 };
  int const first = pl_audit_month_of(x.from), last = pl_audit_month_of(x.to - 1);
  int const months = pl_audit_has_calendar(t) ? last - first + 1 : 0;
  for (int i = -2; i < months; i++) {
    stretch s = i >= 0 ? month_of(x, first + i) : x;
    if (i == -2 && s.to - s.from > HOUR) s.to = s.from + HOUR;
    if (i == -1 && s.to - s.from > HOUR) s.from = s.to - HOUR;
    double const plan = pl_quotes_mean(k->w->quotes, k->index, s.from, s.to);
    double const own = pl_audit_token_value(t, s.from, s.to);
    if (near(plan, own)) continue;
    differ(k->w, at, what, plan, own);
    return false;
  }
  return true;
}

/* --- Values in the case ---------------------------------------------------------------------- */

/* n half-months after the one that holds t. */
static pl_time listed_half(pl_time t, int n) {
  enum { SECOND = 15 * 24 * 60 };
  int const month = pl_audit_month_of(t);
  int const half = 2 * month + (t - pl_audit_month_start(month) >= SECOND) + n;
  int const of = (int)floor(half / 2.0);
  return pl_audit_month_start(of) + (half - 2 * of) * SECOND;
}

/* n steps after the one that holds the case's start. */
static pl_time listed(const quotation *k, int n) {
  static const int minutes[] = {15, 60, 24 * 60, 7 * 24 * 60};
  enum { MONDAY = 4 * 24 * 60 }; /* the first after 1970-01-01, a Thursday */
  int const step = k->field->step >= 0 ? k->field->step : (int)k->w->c->step;
  pl_time const from = k->w->c->from;
  if (step <= PL_WEEK) {
    pl_time const base = step == PL_WEEK ? MONDAY : 0, length = minutes[step];
    pl_time const whole = (pl_time)floor((double)(from - base) / (double)length);
    return base + (whole + n) * length;
  }
  if (step == PL_HALF_MONTH) return listed_half(from, n);
  int const months = step == PL_MONTH ? 1 : step == PL_QUARTER ? 3 : 12;
  int const month = pl_audit_month_of(from);
  return pl_audit_month_start(month - month % months + n * months);
}

/* When value i applies, by its own text; false where that cannot be told. */
static bool holds(const quotation *k, const pl_values *v, int i, stretch *out) {
  bool clock;
  stretch const all = {k->w->c->from, k->w->c->to};
  *out = all;
  if (v->listed) {
    *out = (stretch){listed(k, i), listed(k, i + 1)};
  } else if (v->date) {
    if (!pl_audit_date_read(v->date[i], strlen(v->date[i]), &out->from, &clock)) return false;
    if (i + 1 < v->n &&
        !pl_audit_date_read(v->date[i + 1], strlen(v->date[i + 1]), &out->to, &clock))
      return false;
    if (i + 1 == v->n && k->q->beyond != PL_BEYOND_HOLD) out->to = out->from + 60;
  }
  return true;
}

static void check_inline(const quotation *k, const pl_values *v) {
  pl_audit_token unit = {.factor = 1}, t;
  if (v->n == 0) return;
  if (!field_unit(k, &unit)) (void)pl_audit_token_read(v->text[0], strlen(v->text[0]), &unit);
  for (int i = 0; i < v->n; i++) {
    stretch x;
    if (!pl_audit_token_read(v->text[i], strlen(v->text[i]), &t) || !holds(k, v, i, &x)) continue;
    t = in_unit(t, &unit);
    if (x.to > x.from && !check_value(k, &t, x, v->place[i], quoted(k->w, v->text[i]))) return;
  }
}

/* --- Columns of files ------------------------------------------------------------------------ */

typedef struct {
  const pl_source *source;
  const char *at; /* the rest */
  int line;       /* of the last line read */
  char separator;
} table;

static bool next_line(table *t, pl_span *out) {
  while (*t->at) {
    const char *end = strchr(t->at, '\n');
    *out = (pl_span){t->at, end ? (size_t)(end - t->at) : strlen(t->at)};
    t->at = end ? end + 1 : t->at + out->length;
    t->line++;
    if (pl_span_trim(*out).length > 0 && out->at[0] != '#') return true;
  }
  return false;
}

/* Cell number n of a line, without its quotes; empty past the end. */
static pl_span cell_of(const table *t, pl_span line, int n) {
  const char *at = line.at, *const end = line.at + line.length;
  for (;; n--) {
    const char *start = at;
    bool quotes = false;
    for (; at < end && (quotes || *at != t->separator); at++)
      if (*at == '"') quotes = !quotes;
    if (n == 0) {
      pl_span s = pl_span_trim((pl_span){start, (size_t)(at - start)});
      if (s.length > 1 && *s.at == '"') s = pl_span_trim((pl_span){s.at + 1, s.length - 2});
      return s;
    }
    if (at == end) return (pl_span){end, 0};
    at++;
  }
}

/* The column with that heading, and the unit in brackets in the heading; −1 if there is none. */
static int find_column(const table *t, pl_span head, const char *wanted, pl_span *unit) {
  enum { COLUMNS_MAX = 10000 };
  for (int n = 1; n < COLUMNS_MAX; n++) {
    pl_span const cell = cell_of(t, head, n);
    if (cell.at == head.at + head.length) return -1;
    const char *open = cell.length ? memchr(cell.at, '[', cell.length) : NULL;
    pl_span const name =
        pl_span_trim((pl_span){cell.at, open ? (size_t)(open - cell.at) : cell.length});
    *unit = (pl_span){0};
    if (open && cell.at[cell.length - 1] == ']')
      *unit = (pl_span){open + 1, (size_t)(cell.at + cell.length - open) - 2};
    if (pl_span_is(name, wanted) || pl_span_is(cell, wanted)) return n;
  }
  return -1;
}

/* Whether the date of the row is the time at which the plan has the value. */
static bool same_time(const quotation *k, pl_span date, pl_time from) {
  pl_time own;
  bool clock;
  pl_zone zone;
  if (!pl_audit_date_read(date.at, date.length, &own, &clock) || own == from) return true;
  if (!clock && !(k->field->step >= 0 && k->field->step <= PL_HOUR)) return false;
  return k->field->zone && pl_zone_find(k->field->zone, &zone) && pl_zone_local(zone, from) == own;
}

/* Checks row i of the quotation, which is on this line; false after a complaint. */
static bool check_row(const quotation *k, const table *t, pl_span line, int column, int i,
                      const pl_audit_token *unit) {
  const pl_quotation *q = k->q;
  pl_span const date = cell_of(t, line, 0), cell = cell_of(t, line, column);
  pl_audit_token own = {.factor = 1};
  pl_place const at = {t->source->path, t->line, (int)(cell.at - line.at) + 1, (int)cell.length};
  const char *what =
      pl_arena_printf(k->w->scratch, "%s in '%.*s'", q->name, (int)date.length, date.at);
  if (!same_time(k, date, q->from[i])) {
    if (pl_audit_may_complain(k->w))
      (void)pl_fail(k->w->diag, PL_AUDIT, at, "the plan has %s at another time", what);
    return false;
  }
  bool const empty = cell.length == 0;
  if (!empty && !pl_audit_token_read(cell.at, cell.length, &own)) return true;
  own = in_unit((pl_audit_token){.number = own.number, .bare = true}, unit);
  double const plain = empty ? (double)NAN : pl_audit_token_plain(&own);
  if (!near(q->value[i], plain)) {
    differ(k->w, at, what, q->value[i], plain);
    return false;
  }
  stretch const x = {q->from[i], i + 1 < q->n ? q->from[i + 1] : q->until};
  bool const looked_at = pl_audit_has_calendar(unit) || i == 0 || i + 1 == q->n;
  return empty || !looked_at || check_value(k, &own, x, at, what);
}

static void check_file(const quotation *k) {
  table t = {.source = pl_files_find(k->w->c->files, k->q->file)};
  pl_span line, head_unit = {0};
  if (!t.source) return;
  t.at = pl_source_begin(t.source);
  if (!next_line(&t, &line)) return;
  size_t const plain = strcspn(line.at, ",;\t\n");
  t.separator = line.at[plain];
  const char *wanted =
      k->field->column && given(k, PL_quotation_column) ? k->field->column : k->field->name;
  int const column = find_column(&t, line, wanted, &head_unit);
  pl_audit_token unit;
  bool const known =
      field_unit(k, &unit) ||
      (head_unit.length > 0 && pl_audit_unit_read(head_unit.at, head_unit.length, &unit));
  if (column < 0 || !known) return;
  for (int i = 0; i < k->q->n && next_line(&t, &line); i++) {
    while (t.line < k->q->line[i] && next_line(&t, &line)) continue;
    if (t.line == k->q->line[i] && !check_row(k, &t, line, column, i, &unit)) return;
  }
}

/* --- All of them ----------------------------------------------------------------------------- */

static void check_quotation(pl_audit_walk *w, const pl_quotation_field *field) {
  int const i = pl_quotes_find(w->quotes, field->name, strlen(field->name));
  if (i < 0) return;
  quotation const k = {w, field, pl_quotes_at(w->quotes, i), i};
  if (k.q->formula) return; /* its numbers are checked as literals */
  if (given(&k, PL_quotation_file))
    check_file(&k);
  else
    check_inline(&k, given(&k, PL_quotation_value) ? &field->value : &field->values);
}

void pl_audit_readings(pl_audit_walk *w) {
  if (w->c->to <= w->c->from) return;
  for (int i = 0; i < w->c->n_literals; i++) {
    check_literal(w, &w->c->literals[i]);
    pl_arena_reset(w->scratch);
  }
  for (int i = 0; i < w->c->n_quotations; i++) {
    check_quotation(w, &w->c->quotations[i]);
    pl_arena_reset(w->scratch);
  }
}
