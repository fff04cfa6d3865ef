/* The set of quotations of a case: adding, and copies for price scenarios. */
#include "price/quotes.h"

#include <assert.h>
#include <string.h>

#include "base/map.h"
#include "price/quotes_parts.h"

pl_quotes *pl_quotes_new(pl_arena *a, int currency) {
  pl_quotes *q = PL_NEW(a, pl_quotes);
  q->arena = a;
  q->names = pl_map_new(a);
  q->currency = currency;
  for (int i = 0; i < PL_DIMS; i++) q->exchange[i].quotation = -1;
  return q;
}

int pl_quotes_count(const pl_quotes *q) { return q->n; }
int pl_quotes_currency(const pl_quotes *q) { return q->currency; }
int pl_quotes_find(const pl_quotes *q, const char *name, size_t length) {
  return pl_map_find(q->names, name, length);
}

const pl_quotation *pl_quotes_at(const pl_quotes *q, int i) {
  assert(i >= 0 && i < q->n);
  return &q->item[i]->quotation;
}

bool pl_quotation_has_calendar(const pl_quotation *q) {
  return q->formula ? q->formula->calendar : pl_measure_has_calendar(&q->unit);
}

pl_dim price_quotes_dim(const pl_quotes *q, int i) { return q->item[i]->dim; }

/* --- Adding ----------------------------------------------------------------------------------- */

static bool is_word(const char *s) {
  bool const first = (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z');
  size_t const length = strlen(s);
  if (!first || s[length - 1] == '.' || s[length - 1] == '-') return false;
  for (size_t i = 0; i < length; i++) {
    bool const letter = (s[i] >= 'A' && s[i] <= 'Z') || (s[i] >= 'a' && s[i] <= 'z') ||
                        (s[i] >= '0' && s[i] <= '9') || s[i] == '_';
    bool const joint = (s[i] == '.' || s[i] == '-') && s[i + 1] != '.' && s[i + 1] != '-';
    if (!letter && !joint) return false;
  }
  return true;
}

static pl_status check_name(const pl_quotes *q, const pl_quotation *series, pl_diag *diag) {
  const char *name = series->name;
  pl_span const span = {name, strlen(name)};
  const char *shown = pl_text_safe(q->arena, name, span.length);
  pl_measure unit;
  size_t used = 0;
  if (!is_word(name))
    return pl_fail(
        diag, PL_NAME, series->place,
        "'%s' cannot name a quotation: a name consists of letters and digits joined by . or -",
        shown);
  int const same = pl_quotes_find(q, name, span.length);
  if (same >= 0) {
    pl_place const first = pl_quotes_at(q, same)->place;
    return pl_fail(diag, PL_NAME, series->place, "quotation '%s' is already declared (%s:%d)",
                   shown, first.file ? first.file : "", first.line);
  }
  if (pl_measure_parse(name, span.length, &unit, &used) && used == span.length)
    return pl_fail(diag, PL_NAME, series->place, "'%s' cannot name a quotation: it is a unit",
                   shown);
  if (price_function_find(span) >= 0 || pl_span_is(span, "cum"))
    return pl_fail(diag, PL_NAME, series->place, "'%s' cannot name a quotation: it is a function",
                   shown);
  return PL_OK;
}

static pl_status check_values(const pl_quotation *s, pl_diag *diag) {
  if (s->n <= 0) return pl_fail(diag, PL_RANGE, s->place, "quotation '%s' has no values", s->name);
  for (int i = 0; i + 1 < s->n; i++)
    if (s->from[i] >= s->from[i + 1])
      return pl_fail(diag, PL_RANGE, s->place, "the dates of quotation '%s' do not ascend",
                     s->name);
  if (s->until <= s->from[s->n - 1])
    return pl_fail(diag, PL_RANGE, s->place, "quotation '%s' ends before its last value", s->name);
  if (s->beyond != PL_BEYOND_REPEAT) return PL_OK;
  pl_time const year = pl_time_after(s->from[0], (pl_duration){.months = 12});
  if (year <= s->until) return PL_OK;
  return pl_fail(diag, PL_RANGE, s->place,
                 "quotation '%s' has less than a year of values, so there is no year to repeat",
                 s->name);
}

pl_status pl_quotes_add(pl_quotes *q, const pl_quotation *series, pl_diag *diag) {
  PL_TRY(check_name(q, series, diag));
  if (!series->formula) PL_TRY(check_values(series, diag));
  PL_GROW_ALONE(q->arena, q->item, q->n);
  pl_quotes_item *new = PL_NEW(q->arena, pl_quotes_item);
  new->quotation = *series;
  new->dim = pl_measure_dim(&series->unit);
  new->progress = series->formula ? UNRESOLVED : RESOLVED;
  int const index = pl_map_add(q->names, series->name, strlen(series->name));
  assert(index == q->n);
  new->quotation.name = pl_map_key(q->names, index);
  q->item[q->n++] = new;
  return PL_OK;
}

int price_quotes_exchange_of(const pl_quotes *q, int currency) {
  return q->exchange[currency].quotation;
}

/* --- Scenarios -------------------------------------------------------------------------------- */

pl_quotes *pl_quotes_fork(const pl_quotes *q, pl_arena *a) {
  pl_quotes *fork = PL_NEW(a, pl_quotes);
  *fork = *q;
  fork->arena = a;
  fork->item = PL_NEW_ARRAY(a, pl_quotes_item *, (size_t)q->n);
  for (int i = 0; i < q->n; i++) {
    pl_quotes_item *copy = PL_NEW(a, pl_quotes_item);
    *copy = *q->item[i];
    pl_quotation *s = &copy->quotation;
    if (!s->formula) {
      s->value = PL_NEW_ARRAY(a, double, (size_t)s->n);
      memcpy(s->value, q->item[i]->quotation.value, (size_t)s->n * sizeof *s->value);
    }
    fork->item[i] = copy;
  }
  return fork;
}

double *pl_quotes_values(pl_quotes *q, int i) {
  assert(i >= 0 && i < q->n && !q->item[i]->quotation.formula);
  return q->item[i]->quotation.value;
}
