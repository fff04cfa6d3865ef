/* The algebra of units over a formula's tree: sums, comparisons and choices require the same unit
 * on all sides, products combine units. Also errors that constants alone reveal: division by 0,
 * points out of order. */
#include "price/formula_units.h"

#include <assert.h>
#include <stdlib.h>

#include "unit/measure.h"

const char *price_dim_words(pl_dim d, pl_arena *a) {
  return pl_dim_is_none(d) ? "a plain number" : pl_dim_text(d, a);
}

const char *price_node_words(const pl_formula *f, const node *n, pl_arena *a) {
  enum { WORDS_MAX = 60 };
  pl_span const text = price_node_text(f, n);
  if (text.length <= WORDS_MAX) return pl_text_safe(a, text.at, text.length);
  return pl_arena_printf(a, "%s…", pl_text_safe(a, text.at, WORDS_MAX));
}

static pl_dim only(int currency) { return pl_dim_of((pl_dim_name)currency); }

/* Two units that differ in currency: name the quotation that would bring the second to the
 * first. */
static void hint_exchange(const pl_quotes *quotes, const char *words, pl_dim one, pl_dim other,
                          pl_diag *diag) {
  int const to = pl_dim_currency(one), from = pl_dim_currency(other);
  if (to < 0 || from < 0 || to == from) return;
  pl_dim const rate = pl_dim_over(only(to), only(from)),
               inverse = pl_dim_over(only(from), only(to));
  for (int i = 0; i < pl_quotes_count(quotes); i++) {
    pl_dim const d = price_quotes_dim(quotes, i);
    const char *name = pl_quotes_at(quotes, i)->name;
    if (pl_dim_equal(d, rate)) {
      pl_hint(diag, "multiply '%s' by %s", words, name);
      return;
    }
    if (pl_dim_equal(d, inverse)) {
      pl_hint(diag, "divide '%s' by %s", words, name);
      return;
    }
  }
  pl_hint(
      diag,
      "currencies are converted only by a quotation of their exchange rate: multiply '%s' by one",
      words);
}

typedef struct {
  const pl_formula *formula;
  const pl_quotes *quotes;
  pl_arena *arena;
  pl_diag *diag;
} checker;

/* Puts the unit that children first, first + step, … have in common into *dim; a 0 without a unit
 * fits all. */
static pl_status same_units(const checker *c, const node *n, int first, int step, pl_dim *dim) {
  const node *one = n->child[first];
  assert(one);
  for (int i = first; i < n->n; i += step) {
    const node *other = n->child[i];
    assert(other);
    if (price_node_is_free_zero(one)) one = other;
    if (price_node_is_free_zero(other) || pl_dim_equal(one->dim, other->dim)) continue;
    const char *words = price_node_words(c->formula, other, c->arena);
    pl_status const status =
        pl_fail(c->diag, PL_UNIT, price_node_place(c->formula, other), "'%s' is %s, but '%s' is %s",
                words, price_dim_words(other->dim, c->arena),
                price_node_words(c->formula, one, c->arena), price_dim_words(one->dim, c->arena));
    hint_exchange(c->quotes, words, one->dim, other->dim, c->diag);
    return status;
  }
  *dim = one->dim;
  return PL_OK;
}

static steps_named same_steps(const node *n, int first, int step) {
  bool known = false;
  steps_named all = {{0}, false};
  for (int i = first; i < n->n; i += step) {
    if (price_node_is_free_zero(n->child[i])) continue;
    all = known ? price_steps_alike(all, n->child[i]->steps) : n->child[i]->steps;
    known = true;
  }
  return all;
}

/* all × one, or all ÷ one. */
static void join_steps(steps_named *all, steps_named one, bool below) {
  for (int s = 0; s < PL_STEPS; s++)
    all->of[s] = pl_unit_exponent(below ? all->of[s] - one.of[s] : all->of[s] + one.of[s]);
  all->mixed = all->mixed || one.mixed;
}

static pl_status alike(const checker *c, node *n) {
  n->steps = same_steps(n, 0, 1);
  return same_units(c, n, 0, 1, &n->dim);
}

static bool dim_in_reach(pl_dim d) {
  for (int i = 0; i < PL_DIMS; i++)
    if (abs(d.of[i]) > MAX_EXPONENT) return false;
  return true;
}

static pl_status product(const checker *c, node *n) {
  n->dim = (pl_dim){{0}};
  n->steps = (steps_named){{0}, false};
  for (int i = 0; i < n->n; i++) {
    const node *child = n->child[i];
    bool const below = n->op[i] == '/';
    if (below && price_node_is_constant(child) && child->value >= 0 && child->value <= 0)
      return pl_fail(c->diag, PL_RANGE, price_node_place(c->formula, child), "division by 0");
    if (!dim_in_reach(child->dim))
      return pl_fail(c->diag, PL_UNIT, price_node_place(c->formula, child),
                     "a unit raised to such a high power has no meaning");
    n->dim = below ? pl_dim_over(n->dim, child->dim) : pl_dim_times(n->dim, child->dim);
    join_steps(&n->steps, child->steps, below);
    if (!dim_in_reach(n->dim))
      return pl_fail(c->diag, PL_UNIT, price_node_place(c->formula, n),
                     "a unit raised to such a high power has no meaning");
  }
  return PL_OK;
}

static pl_status clip(const checker *c, node *n) {
  PL_TRY(alike(c, n));
  const node *low = n->child[1], *high = n->child[2];
  if (!price_node_is_constant(low) || !price_node_is_constant(high) || low->value <= high->value)
    return PL_OK;
  return pl_fail(c->diag, PL_RANGE, price_node_place(c->formula, low),
                 "clip's low end '%s' is above its high end '%s'",
                 price_node_words(c->formula, low, c->arena),
                 price_node_words(c->formula, high, c->arena));
}

static pl_status rounded(const checker *c, node *n) {
  PL_TRY(alike(c, n));
  n->steps = n->child[0]->steps;
  const node *step = n->child[1];
  if (price_node_is_constant(step) && step->value > 0) return PL_OK;
  return pl_fail(c->diag, PL_RANGE, price_node_place(c->formula, step),
                 "round's step must be a constant above 0, not '%s'",
                 price_node_words(c->formula, step, c->arena));
}

static pl_status choice(const checker *c, node *n) {
  pl_dim compared;
  node sides = *n;
  sides.n = 2;
  PL_TRY(same_units(c, &sides, 0, 1, &compared));
  n->steps = same_steps(n, 2, 1);
  return same_units(c, n, 2, 1, &n->dim);
}

static pl_status points(const checker *c, node *n) {
  pl_dim x;
  node axis = *n;
  axis.child = PL_NEW_ARRAY(c->arena, node *, (size_t)n->n);
  axis.n = 0;
  axis.child[axis.n++] = n->child[0];
  for (int i = 1; i < n->n; i += 2) {
    const node *at = n->child[i], *before = i > 1 ? n->child[i - 2] : NULL;
    if (!price_node_is_constant(at))
      return pl_fail(c->diag, PL_RANGE, price_node_place(c->formula, at),
                     "the first number of a point must be a constant, not '%s'",
                     price_node_words(c->formula, at, c->arena));
    if (before && !(before->value < at->value))
      return pl_fail(c->diag, PL_RANGE, price_node_place(c->formula, at),
                     "the points are not in ascending order here");
    axis.child[axis.n++] = n->child[i];
  }
  PL_TRY(same_units(c, &axis, 0, 1, &x));
  n->steps = same_steps(n, 2, 2);
  return same_units(c, n, 2, 2, &n->dim);
}

static pl_status indexed(const checker *c, node *n) {
  const node *observed = n->child[0];
  const pl_quotation *q = pl_quotes_at(c->quotes, observed->quotation);
  n->dim = (pl_dim){{0}};
  if (n->has_base || !q->formula) return PL_OK;
  return pl_fail(
      c->diag, PL_RANGE, price_node_place(c->formula, n),
      "'%s' is calculated by a formula and has no first value: index requires a base date",
      q->name);
}

static pl_status not_planned(const checker *c, const node *n) {
  return pl_fail(c->diag, PL_RANGE, price_node_place(c->formula, n),
                 "volume tiers belong to agreements and are not planned yet");
}

pl_status price_node_units(const pl_formula *f, const pl_quotes *quotes, node *n, pl_arena *a,
                           pl_diag *diag) {
  checker const c = {f, quotes, a, diag};
  switch (n->kind) {
  case NODE_NUMBER:
  case NODE_OBSERVED: return PL_OK;
  case NODE_NEGATIVE:
  case NODE_ABS:
  case NODE_SUM:
  case NODE_AVG:
  case NODE_MIN:
  case NODE_MAX: return alike(&c, n);
  case NODE_PRODUCT: return product(&c, n);
  case NODE_CLIP: return clip(&c, n);
  case NODE_ROUND: return rounded(&c, n);
  case NODE_IF: return choice(&c, n);
  case NODE_PWL:
  case NODE_STEP: return points(&c, n);
  case NODE_INDEX: return indexed(&c, n);
  case NODE_CUM:
  case NODE_TIER:
  case NODE_KINDS: break;
  }
  return not_planned(&c, n);
}
