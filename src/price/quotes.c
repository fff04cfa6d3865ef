/* The set of quotations of a case: adding, exchange rates, the order in which quotations over
 * quotations are resolved, and copies for price scenarios. */
#include "price/quotes.h"

#include <assert.h>
#include <string.h>

#include "base/map.h"
#include "price/formula_tree.h"

typedef enum { UNRESOLVED, RESOLVING, RESOLVED, FAILED } progress;

typedef struct {
  pl_quotation quotation;
  progress progress;
  pl_status status; /* when FAILED */
  int chain;        /* how many quotations stand behind it, one over another */
  pl_dim dim;
} item;

typedef struct {
  int quotation; /* −1 = none declared */
  pl_place at;
} rate;

struct pl_quotes {
  pl_arena *arena;
  pl_map *names;
  item **item; /* [n], room for a power of two */
  int n, currency;
  rate exchange[PL_DIMS];
};

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

/* --- Adding
 * -----------------------------------------------------------------------------------------------
 */

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
    return pl_fail(diag, PL_NAME, series->place,
                   "'%s' cannot name a quotation: a name is letters and digits joined by . or -",
                   shown);
  int const same = pl_quotes_find(q, name, span.length);
  if (same >= 0) {
    pl_place const first = pl_quotes_at(q, same)->place;
    return pl_fail(diag, PL_NAME, series->place, "quotation '%s' is declared already (%s:%d)",
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
  if ((q->n & (q->n - 1)) == 0) {
    item **items = PL_NEW_ARRAY(q->arena, item *, q->n ? (size_t)q->n * 2 : 1);
    if (q->n) memcpy(items, q->item, (size_t)q->n * sizeof(item *));
    q->item = items;
  }
  item *new = PL_NEW(q->arena, item);
  new->quotation = *series;
  new->dim = pl_measure_dim(&series->unit);
  new->progress = series->formula ? UNRESOLVED : RESOLVED;
  int const index = pl_map_add(q->names, series->name, strlen(series->name));
  assert(index == q->n);
  new->quotation.name = pl_map_key(q->names, index);
  q->item[q->n++] = new;
  return PL_OK;
}

/* --- Resolving
 * -------------------------------------------------------------------------------------------- */

static pl_status resolve_formula(const pl_quotes *q, item *it, int depth, pl_diag *diag) {
  pl_quotation *s = &it->quotation;
  bool const declared = s->unit.factor > 0;
  binding const to = {q, depth, q->arena, diag};
  PL_TRY(price_formula_resolve(s->formula, to));
  pl_dim const want = declared ? pl_measure_dim(&s->unit) : pl_formula_dim(s->formula);
  const char *words = pl_arena_printf(q->arena, "quotation '%s'", s->name);
  PL_TRY(price_formula_want(s->formula, to, want, words));
  it->dim = want;
  if (!declared) s->unit = (pl_measure){.dim = want, .factor = 1};
  return PL_OK;
}

static void set_chain(const pl_quotes *q, item *it) {
  const pl_formula *f = it->quotation.formula;
  assert(f);
  for (int i = 0; i < f->n_seen; i++) {
    const item *behind = q->item[f->seen[i]];
    if (behind->quotation.formula && behind->chain >= it->chain) it->chain = behind->chain + 1;
  }
}

pl_status price_quotes_resolve(const pl_quotes *q, int i, int depth, const pl_formula *asker,
                               const node *at, pl_diag *diag) {
  item *it = q->item[i];
  const char *name = it->quotation.name;
  bool const in_reach = !it->quotation.formula || depth + it->chain <= MAX_CHAIN;
  if (it->progress == RESOLVED && in_reach) return PL_OK;
  if (it->progress == FAILED) return it->status;
  if (it->progress == RESOLVING) {
    (void)pl_fail(diag, PL_NAME, price_node_place(asker, at),
                  "quotation '%s' is defined in terms of itself", name);
    pl_hint(diag, "give one quotation of the circle a value, values or a file");
    return PL_NAME;
  }
  if (it->progress == RESOLVED || depth > MAX_CHAIN)
    return pl_fail(diag, PL_RANGE, price_node_place(asker, at),
                   "quotations are defined by each other over more than %d levels here",
                   (int)MAX_CHAIN);
  it->progress = RESOLVING;
  it->status = resolve_formula(q, it, depth, diag);
  it->progress = it->status == PL_OK ? RESOLVED : FAILED;
  if (it->status == PL_OK) set_chain(q, it);
  return it->status;
}

/* --- Exchange
 * --------------------------------------------------------------------------------------------- */

static pl_dim currency_dim(int currency) { return pl_dim_of((pl_dim_name)currency); }

static pl_status check_exchange(const pl_quotes *q, int currency, pl_diag *diag) {
  rate const r = q->exchange[currency];
  const item *it = q->item[r.quotation];
  if (it->progress != RESOLVED) return PL_OK; /* again when it is known */
  pl_dim const home = currency_dim(q->currency), other = currency_dim(currency);
  if (pl_dim_equal(it->dim, pl_dim_over(home, other)) ||
      pl_dim_equal(it->dim, pl_dim_over(other, home)))
    return PL_OK;
  const char *h = pl_dim_text(home, q->arena), *o = pl_dim_text(other, q->arena);
  return pl_fail(diag, PL_UNIT, r.at,
                 "the exchange quotation for %s is %s/%s or %s/%s, but '%s' is %s", o, h, o, o, h,
                 it->quotation.name,
                 pl_dim_is_none(it->dim) ? "a plain number" : pl_dim_text(it->dim, q->arena));
}

pl_status pl_quotes_exchange(pl_quotes *q, int currency, const char *quotation, pl_place at,
                             pl_diag *diag) {
  const char *currency_name = pl_dim_text(currency_dim(currency), q->arena);
  if (currency == q->currency)
    return pl_fail(diag, PL_UNIT, at,
                   "%s is the case's own currency and needs no exchange quotation", currency_name);
  int const i = pl_quotes_find(q, quotation, strlen(quotation));
  if (i < 0) {
    const char *shown = pl_text_safe(q->arena, quotation, strlen(quotation));
    return pl_fail(diag, PL_NAME, at, "there is no quotation '%s'", shown);
  }
  q->exchange[currency] = (rate){i, at};
  return check_exchange(q, currency, diag);
}

bool pl_quotes_is_exchange(const pl_quotes *q, int i) {
  for (int c = 0; c < PL_DIMS; c++) {
    int const own = q->exchange[c].quotation;
    if (own < 0) continue;
    const pl_formula *f = q->item[own]->quotation.formula;
    for (int k = 0; f && k < f->n_seen; k++)
      if (f->seen[k] == i) return true;
    if (own == i) return true;
  }
  return false;
}

int price_quotes_exchange_of(const pl_quotes *q, int currency) {
  return q->exchange[currency].quotation;
}

pl_status pl_quotes_finish(pl_quotes *q, pl_diag *diag) {
  pl_status status = PL_OK;
  for (int i = 0; i < q->n; i++) {
    item *it = q->item[i];
    if (it->progress != UNRESOLVED) continue;
    pl_status const one = price_quotes_resolve(q, i, 1, it->quotation.formula, NULL, diag);
    if (status == PL_OK) status = one;
  }
  for (int c = 0; c < PL_DIMS; c++) {
    if (q->exchange[c].quotation < 0 || !q->item[q->exchange[c].quotation]->quotation.formula)
      continue;
    pl_status const one = check_exchange(q, c, diag);
    if (status == PL_OK) status = one;
  }
  return status;
}

/* --- Scenarios
 * -------------------------------------------------------------------------------------------- */

pl_quotes *pl_quotes_fork(const pl_quotes *q, pl_arena *a) {
  pl_quotes *fork = PL_NEW(a, pl_quotes);
  *fork = *q;
  fork->arena = a;
  fork->item = PL_NEW_ARRAY(a, item *, (size_t)q->n);
  for (int i = 0; i < q->n; i++) {
    item *copy = PL_NEW(a, item);
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
