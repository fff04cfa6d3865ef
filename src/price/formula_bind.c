/* Names to quotations, units through the tree, constants folded: once for every formula, before
 * anything is evaluated. Errors of all parts are collected; formula_units.c has the rules of units
 * for each kind of node. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "price/formula_units.h"

typedef struct {
  pl_formula *formula;
  binding to;
} binder;

/* --- The quotations of a formula -------------------------------------------------------------- */

static void see(pl_formula *f, int quotation, pl_arena *a) {
  int i = 0;
  while (i < f->n_seen && f->seen[i] < quotation) i++;
  if (i < f->n_seen && f->seen[i] == quotation) return;
  PL_GROW_ALONE(a, f->seen, f->n_seen);
  memmove(f->seen + i + 1, f->seen + i, (size_t)(f->n_seen - i) * sizeof *f->seen);
  f->seen[i] = quotation;
  f->n_seen++;
}

static void see_all(pl_formula *f, const pl_formula *other, pl_arena *a) {
  for (int i = 0; i < other->n_seen; i++) see(f, other->seen[i], a);
}

/* Adds to what f uses everything that the quotation uses as well. */
static pl_status see_quotation(const binder *b, int quotation, const node *at) {
  pl_formula *f = b->formula;
  PL_TRY(price_quotes_resolve(b->to.quotes, quotation, b->to.depth + 1, f, at, b->to.diag));
  const pl_formula *behind = pl_quotes_at(b->to.quotes, quotation)->formula;
  see(f, quotation, b->to.arena);
  if (!behind) return PL_OK;
  see_all(f, behind, b->to.arena);
  f->cost += behind->cost;
  if (f->cost <= MAX_COST) return PL_OK;
  return pl_fail(b->to.diag, PL_RANGE, price_node_place(f, at),
                 "with all the quotations that it refers to, this has more than %d parts",
                 (int)MAX_COST);
}

/* --- Names ------------------------------------------------------------------------------------ */

/* The name may be a slip in a unit, "USD/tonne", which the unit reader recognises. */
static void hint_unit(const binder *b, pl_span name, pl_place place) {
  pl_diag *aside = pl_diag_new();
  pl_measure unused;
  (void)pl_measure_read(name, place, &unused, aside);
  const pl_message *said = pl_diag_at(aside, 0);
  if (said && said->hint) pl_hint(b->to.diag, "%s", said->hint);
  pl_diag_free(aside);
}

/* A hyphen within a name belongs to it: "LME-100" was meant as a difference. */
static void hint_minus(const binder *b, pl_span name) {
  for (size_t i = 1; i + 1 < name.length; i++) {
    bool const known = name.at[i] == '-' && pl_quotes_find(b->to.quotes, name.at, i) >= 0;
    if (!known) continue;
    pl_hint(b->to.diag, "to subtract, put spaces around the minus sign: %s - %s",
            pl_text_safe(b->to.arena, name.at, i),
            pl_text_safe(b->to.arena, name.at + i + 1, name.length - i - 1));
    return;
  }
}

static bool is_word(pl_span name, const char *word) {
  size_t i = 0;
  while (i < name.length && word[i] && (name.at[i] | 0x20) == word[i]) i++;
  return i == name.length && word[i] == '\0';
}

/* A name alone where a number was expected. */
static void hint_number(const binder *b, const node *n) {
  static const char *const endless[] = {"nan", "inf", "infinity", "infinite", "unlimited", "none"};
  for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
    if (!is_word(n->name, endless[i])) continue;
    pl_hint(b->to.diag, "numbers must be finite: for no value, leave the field out or write ~");
    return;
  }
  if (n == b->formula->root)
    pl_hint(b->to.diag, "write a number with its unit, or the name of a quotation");
}

static pl_status unknown_name(const binder *b, const node *n) {
  const char *name = pl_text_safe(b->to.arena, n->name.at, n->name.length);
  pl_place const place = price_formula_place(b->formula, n->at, (int)n->name.length);
  pl_measure unit;
  size_t used = 0;
  if (pl_measure_parse(n->name.at, n->name.length, &unit, &used) && used == n->name.length)
    return pl_fail(b->to.diag, PL_NAME, place, "'%s' is a unit: a number is missing before it",
                   name);
  pl_status const status = pl_fail(b->to.diag, PL_NAME, place, "there is no quotation '%s'", name);
  int const count = pl_quotes_count(b->to.quotes);
  const char **names = PL_NEW_ARRAY(b->to.arena, const char *, (size_t)count);
  for (int i = 0; i < count; i++) names[i] = pl_quotes_at(b->to.quotes, i)->name;
  const char *nearest = pl_text_nearest(name, names, count);
  if (nearest) pl_hint(b->to.diag, "did you mean '%s'?", nearest);
  if (!nearest) hint_unit(b, n->name, place);
  if (!nearest) hint_number(b, n);
  hint_minus(b, n->name);
  return status;
}

static steps_named steps_of_quotation(const pl_quotation *q) {
  steps_named steps = {{0}, false};
  if (q->formula) return price_formula_steps(q->formula);
  memcpy(steps.of, q->unit.named, sizeof steps.of);
  return steps;
}

static pl_status bind_name(const binder *b, node *n) {
  n->quotation = pl_quotes_find(b->to.quotes, n->name.at, n->name.length);
  if (n->quotation < 0) return unknown_name(b, n);
  PL_TRY(see_quotation(b, n->quotation, n));
  n->dim = price_quotes_dim(b->to.quotes, n->quotation);
  n->steps = steps_of_quotation(pl_quotes_at(b->to.quotes, n->quotation));
  n->calendar = pl_quotation_has_calendar(pl_quotes_at(b->to.quotes, n->quotation));
  pl_formula *f = b->formula;
  if (!n->windowed) f->windowed = false;
  if (n->windowed && (f->finest < 0 || (int)n->window.step < f->finest))
    f->finest = (int)n->window.step;
  return PL_OK;
}

/* --- The tree --------------------------------------------------------------------------------- */

static bool folds(const node *n) {
  if (n->n == 0 || n->kind == NODE_INDEX) return false;
  for (int i = 0; i < n->n; i++)
    if (!price_node_is_constant(n->child[i])) return false;
  return true;
}

static pl_status fold(const binder *b, node *n) {
  evaluation const none = {.quotes = NULL};
  evaluation e = none;
  n->value = price_node_eval(&e, n, 0, 1);
  if (!isfinite(n->value))
    return pl_fail(b->to.diag, PL_RANGE, price_node_place(b->formula, n),
                   "the result of '%s' is too large", price_node_words(b->formula, n, b->to.arena));
  n->kind = NODE_NUMBER;
  n->n = 0;
  n->measure = (pl_measure){.dim = n->dim, .factor = 1};
  return PL_OK;
}

static pl_status bind_node(const binder *b, node *n) {
  pl_status status = PL_OK;
  for (int i = 0; i < n->n; i++) {
    pl_status const child = bind_node(b, n->child[i]);
    if (status == PL_OK) status = child;
  }
  PL_TRY(status);
  if (n->kind == NODE_OBSERVED) PL_TRY(bind_name(b, n));
  if (n->calendar) b->formula->windowed = false;
  b->formula->calendar = b->formula->calendar || n->calendar;
  PL_TRY(price_node_units(b->formula, b->to.quotes, n, b->to.arena, b->to.diag));
  return folds(n) ? fold(b, n) : PL_OK;
}

static pl_status bind_steps(const binder *b) {
  pl_formula *f = b->formula;
  pl_status status = PL_OK;
  for (int i = 0; i < f->n_steps; i++) {
    pl_status const step = price_formula_resolve(f->step[i], b->to);
    if (status == PL_OK) status = step;
    see_all(f, f->step[i], b->to.arena);
    f->cost += f->step[i]->cost;
    f->calendar = f->calendar || f->step[i]->calendar;
  }
  return status;
}

pl_status price_formula_resolve(pl_formula *f, binding to) {
  if (f->bound) return PL_OK;
  binder const b = {f, to};
  f->cost = f->n_nodes;
  f->windowed = true;
  PL_TRY(f->root ? bind_node(&b, f->root) : bind_steps(&b));
  int first = 0; /* a plain 0 does not determine the unit of the steps */
  while (first + 1 < f->n_steps && f->step[first]->root &&
         price_node_is_free_zero(f->step[first]->root))
    first++;
  f->dim = f->root ? f->root->dim : f->step[first]->dim;
  f->bound = true;
  return PL_OK;
}

/* --- The required unit ------------------------------------------------------------------------ */

/* dim with its currency replaced by another. */
static pl_dim in_currency(pl_dim dim, int from, int to) {
  dim.of[to] = (int8_t)(dim.of[to] + dim.of[from]);
  dim.of[from] = 0;
  return dim;
}

static pl_status bring_over(const binder *b, int currency) {
  pl_formula *f = b->formula;
  int const exchange = price_quotes_exchange_of(b->to.quotes, currency);
  const char *name = pl_dim_text(pl_dim_of((pl_dim_name)currency), b->to.arena);
  if (exchange < 0)
    return pl_fail(b->to.diag, PL_UNIT, price_node_place(f, f->root),
                   "no exchange quotation for %s is declared (case: exchange: {%s: …})", name,
                   name);
  PL_TRY(see_quotation(b, exchange, f->root));
  f->exchange = exchange;
  bool const inverse =
      price_quotes_dim(b->to.quotes, exchange).of[currency] > 0; /* currency/CASE */
  f->divides = inverse != (f->dim.of[currency] < 0);
  return PL_OK;
}

static pl_status want_dim(const binder *b, pl_dim want, const char *words) {
  pl_formula *f = b->formula;
  if (f->exchange >= 0 || pl_dim_equal(f->dim, want)) return PL_OK;
  if (price_node_is_free_zero(f->root)) {
    f->root->dim = f->dim = want;
    return PL_OK;
  }
  int const currency = pl_dim_currency(f->dim), home = pl_quotes_currency(b->to.quotes);
  if (currency >= 0 && currency != home && pl_dim_equal(in_currency(f->dim, currency, home), want))
    return bring_over(b, currency);
  pl_status const status =
      pl_fail(b->to.diag, PL_UNIT, price_node_place(f, f->root), "%s requires %s, but '%s' is %s",
              words, price_dim_words(want, b->to.arena), price_node_words(f, f->root, b->to.arena),
              price_dim_words(f->dim, b->to.arena));
  pl_hint(b->to.diag, "for example %s", pl_dim_example(want, b->to.arena));
  return status;
}

pl_status price_formula_want(pl_formula *f, binding to, pl_dim want, const char *words) {
  PL_TRY(price_formula_resolve(f, to));
  binder const b = {f, to};
  if (f->root) return want_dim(&b, want, words);
  pl_status status = PL_OK;
  for (int i = 0; i < f->n_steps; i++) {
    pl_status const step = price_formula_want(f->step[i], to, want, words);
    if (status == PL_OK) status = step;
    see_all(f, f->step[i], to.arena);
  }
  return status;
}

pl_status pl_formula_bind(pl_formula *f, const pl_quotes *quotes, pl_dim want, const char *words,
                          pl_arena *a, pl_diag *diag) {
  return price_formula_want(f, (binding){quotes, 0, a, diag}, want, words);
}

pl_status pl_formula_bind_any(pl_formula *f, const pl_quotes *quotes, const char *words,
                              pl_arena *a, pl_dim *out, pl_diag *diag) {
  binding const to = {quotes, 0, a, diag};
  PL_TRY(price_formula_resolve(f, to));
  if (f->n_steps > 0) PL_TRY(price_formula_want(f, to, f->dim, words));
  *out = f->dim;
  return PL_OK;
}
