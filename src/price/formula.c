/* Small questions about a formula, and the places of its parts. */
#include <string.h>

#include "price/formula_tree.h"

#include <assert.h>
#include <math.h>

node *price_node_new(pl_arena *a, node_kind kind, int at) {
  node *n = PL_NEW(a, node);
  n->kind = kind;
  n->at = at;
  n->length = 1;
  n->quotation = -1;
  n->measure.factor = 1;
  return n;
}

/* If a text covers its place byte for byte, perhaps within quotes, a part of it can be pointed
 * at. */
pl_place price_formula_place(const pl_formula *f, int at, int length) {
  pl_place place = f->place;
  int const whole = (int)f->length, around = place.length - whole;
  bool const plain = around == 0 || (around == 2 && place.length > 2);
  if (place.line == 0 || !plain) return place;
  place.column += at + around / 2;
  place.length = length;
  return place;
}

pl_place price_node_place(const pl_formula *f, const node *n) {
  return price_formula_place(f, n->at, n->length);
}

pl_span price_node_text(const pl_formula *f, const node *n) {
  if (f->length == 0) return (pl_span){"the value", 9};
  return (pl_span){f->text + n->at, (size_t)n->length};
}

bool price_node_is_constant(const node *n) { return n->kind == NODE_NUMBER && !n->calendar; }

bool price_node_is_free_zero(const node *n) {
  return price_node_is_constant(n) && n->value >= 0 && n->value <= 0 && pl_dim_is_none(n->dim);
}

void pl_formula_confine(pl_formula *f, pl_time from, pl_time to) {
  f->confined = true;
  f->confined_from = from;
  f->confined_to = to;
}

bool pl_formula_applies(const pl_formula *f, pl_time from, pl_time to) {
  return !f->confined || (f->confined_from < to && from < f->confined_to);
}

bool pl_formula_is_bound(const pl_formula *f) { return f->bound; }

bool pl_formula_is_constant(const pl_formula *f) {
  return f->root && f->exchange < 0 && price_node_is_constant(f->root);
}

double pl_formula_number(const pl_formula *f) {
  assert(pl_formula_is_constant(f));
  return f->root->value;
}

pl_dim pl_formula_dim(const pl_formula *f) {
  assert(f->bound);
  return f->dim;
}

steps_named price_steps_alike(steps_named a, steps_named b) {
  if (!a.mixed && !b.mixed && memcmp(a.of, b.of, sizeof a.of) == 0) return a;
  for (int s = 0; s < PL_STEPS; s++)
    if (b.of[s] < a.of[s]) a.of[s] = b.of[s];
  a.mixed = true;
  return a;
}

/* A plain 0 is per no particular unit of time. */
steps_named price_formula_steps(const pl_formula *f) {
  if (f->root) return f->root->steps;
  bool known = false;
  steps_named all = {{0}, false};
  for (int i = 0; i < f->n_steps; i++) {
    if (f->step[i]->root && price_node_is_free_zero(f->step[i]->root)) continue;
    steps_named const own = price_formula_steps(f->step[i]);
    all = known ? price_steps_alike(all, own) : own;
    known = true;
  }
  return all;
}

static bool is_zero(const pl_formula *f) {
  return f->root && price_node_is_constant(f->root) && f->root->value >= 0 && f->root->value <= 0;
}

int pl_formula_currency(const pl_formula *f) {
  assert(f->bound);
  if (f->root) return pl_dim_currency(f->dim);
  int currency = -1;
  for (int i = 0; i < f->n_steps; i++) {
    int const own = pl_formula_currency(f->step[i]);
    if (is_zero(f->step[i]) || own == currency) continue; /* 0 is the same in any currency */
    if (currency >= 0 || own < 0) return -1;
    currency = own;
  }
  return currency;
}

/* The single step below the "/"; −1 for none, −2 if there is not exactly one. */
static int step_below(steps_named steps) {
  int below = -1;
  for (int s = 0; s < PL_STEPS; s++) {
    if (steps.of[s] >= 0) continue;
    if (below >= 0 || steps.of[s] < -1) return -2;
    below = s;
  }
  return steps.mixed ? -2 : below;
}

int pl_formula_per(const pl_formula *f) {
  assert(f->bound);
  if (f->dim.of[PL_DIM_TIME] != -1) return -1;
  int const step = step_below(price_formula_steps(f));
  return step >= 0 ? step : step == -1 ? (int)PL_QUARTER_HOUR : -1;
}

int pl_formula_hours_per(const pl_formula *f) {
  assert(f->bound);
  int const step = f->dim.of[PL_DIM_TIME] == 0 ? step_below(price_formula_steps(f)) : -1;
  return step >= 0 ? step : -1;
}

const char *pl_formula_mixture(const pl_formula *f, pl_arena *a) {
  steps_named const steps = price_formula_steps(f);
  const char *one = NULL;
  if (!steps.mixed) return NULL;
  for (int s = 0; s < PL_STEPS; s++) {
    if (steps.of[s] >= 0) continue;
    const char *name = pl_step_name((pl_step)s);
    if (one) return pl_arena_printf(a, "per-%s and per-%s", one, name);
    one = name;
  }
  return pl_arena_printf(a, "per-%s and other", one ? one : "hour");
}

pl_place pl_formula_place(const pl_formula *f) { return f->place; }

const char *pl_formula_text(const pl_formula *f) { return f->text; }

int pl_formula_quotations(const pl_formula *f, int *ids, int max) {
  for (int i = 0; i < f->n_seen && i < max; i++) ids[i] = f->seen[i];
  return f->n_seen;
}
