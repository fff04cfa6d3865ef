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
  n->per = PER_NONE;
  n->measure.factor = 1;
  return n;
}

/* A text that covers its place byte for byte, perhaps within quotes, lets a part be pointed at. */
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

static bool is_zero(const pl_formula *f) {
  return f->root && price_node_is_constant(f->root) && f->root->value >= 0 && f->root->value <= 0;
}

int pl_formula_currency(const pl_formula *f) {
  assert(f->bound);
  if (f->root) return pl_dim_currency(f->dim);
  int currency = -1;
  for (int i = 0; i < f->n_steps; i++) {
    int const own = pl_formula_currency(f->step[i]);
    if (is_zero(f->step[i]) || own == currency) continue; /* nothing is so much in any currency */
    if (currency >= 0 || own < 0) return -1;
    currency = own;
  }
  return currency;
}

static int per_of(const pl_formula *f) {
  if (f->root) return f->dim.of[PL_DIM_TIME] == -1 ? f->root->per : (int)PER_NONE;
  int const per = per_of(f->step[0]);
  for (int i = 1; i < f->n_steps; i++)
    if (per_of(f->step[i]) != per) return PER_MIXED;
  return per;
}

int pl_formula_per(const pl_formula *f) {
  assert(f->bound);
  int const per = per_of(f);
  return per < 0 ? -1 : per;
}

int pl_formula_hours_per(const pl_formula *f) {
  if (!f->root) {
    int const per = pl_formula_hours_per(f->step[0]);
    for (int i = 1; i < f->n_steps; i++)
      if (pl_formula_hours_per(f->step[i]) != per) return -1;
    return per;
  }
  const char *slash = f->text ? strrchr(f->text, '/') : NULL;
  if (!slash) return -1;
  pl_span const unit = pl_span_trim((pl_span){slash + 1, strlen(slash + 1)});
  return pl_step_find(unit.at, unit.length);
}

pl_place pl_formula_place(const pl_formula *f) { return f->place; }

const char *pl_formula_text(const pl_formula *f) { return f->text; }

int pl_formula_quotations(const pl_formula *f, int *ids, int max) {
  for (int i = 0; i < f->n_seen && i < max; i++) ids[i] = f->seen[i];
  return f->n_seen;
}
