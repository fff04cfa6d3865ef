/* From text to a tree: recursive descent over the grammar of docs/formulas.md. Names stay names
 * and units are only read; formula_bind.c works out what they mean together. The first error
 * ends it. */
#include "price/formula_parse.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

/* --- Expressions ------------------------------------------------------------------------------ */

static pl_status parse_named(parser *p, node **out) {
  price_parse_peek(p);
  int const at = p->at;
  pl_span const name = price_parse_name(p);
  if (price_parse_accept(p, '(')) return price_parse_call(p, name, out);
  node *n = price_parse_node(p, pl_span_is(name, "cum") ? NODE_CUM : NODE_OBSERVED, at);
  n->name = name;
  n->length = (int)name.length;
  if (n->kind == NODE_OBSERVED && price_parse_accept(p, '[')) PL_TRY(price_parse_window(p, n));
  *out = n;
  return PL_OK;
}

static pl_status parse_factor(parser *p, node **out);

static pl_status parse_nested(parser *p, node **out) {
  int const at = p->at;
  if (price_parse_accept(p, '(')) {
    PL_TRY(price_parse_formula(p, out));
    PL_TRY(price_parse_require(p, ')', "')'"));
    (*out)->at = at;
    price_parse_end(p, *out);
    return PL_OK;
  }
  p->at++; /* the sign */
  node *n = price_parse_node(p, NODE_NEGATIVE, at), *child = NULL;
  PL_TRY(parse_factor(p, &child));
  price_parse_child(p, n, child, '-');
  price_parse_end(p, n);
  *out = n;
  return PL_OK;
}

static pl_status parse_factor(parser *p, node **out) {
  int const c = price_parse_peek(p);
  if (p->formula->n_nodes >= MAX_NODES)
    return price_parse_fault(p, PL_SYNTAX, p->at, 1, "a formula of more than %d parts is too long",
                             (int)MAX_NODES);
  if (price_is_letter(c)) return parse_named(p, out);
  if (price_is_digit(c) || c == '.') return price_parse_number(p, out);
  if (c != '(' && c != '-') return price_parse_expected(p, "a number, a quotation or a function");
  if (p->depth >= MAX_DEPTH)
    return price_parse_fault(p, PL_SYNTAX, p->at, 1,
                             "brackets or signs are nested more than %d deep", (int)MAX_DEPTH);
  p->depth++;
  pl_status const status = parse_nested(p, out);
  p->depth--;
  return status;
}

/* One level of the grammar: parts joined by two operators of equal precedence, from the left. */
static pl_status parse_chain(parser *p, node_kind kind, const char operators[2],
                             pl_status (*part)(parser *, node **), node **out) {
  price_parse_peek(p);
  node *chain = NULL, *first = NULL;
  int const at = p->at;
  PL_TRY(part(p, &first));
  for (int c = price_parse_peek(p); c == operators[0] || c == operators[1];
       c = price_parse_peek(p)) {
    if (!chain) {
      chain = price_parse_node(p, kind, at);
      price_parse_child(p, chain, first, operators[0]);
    }
    p->at++;
    node *next = NULL;
    PL_TRY(part(p, &next));
    price_parse_child(p, chain, next, (char)c);
  }
  if (chain) price_parse_end(p, chain);
  *out = chain ? chain : first;
  return PL_OK;
}

static pl_status parse_term(parser *p, node **out) {
  return parse_chain(p, NODE_PRODUCT, "*/", parse_factor, out);
}

pl_status price_parse_formula(parser *p, node **out) {
  return parse_chain(p, NODE_SUM, "+-", parse_term, out);
}

/* --- The whole -------------------------------------------------------------------------------- */

enum { MAX_NAME_SHOWN = 60 };

/* "LME-100 USD/t": a hyphen without spaces belongs to the name. */
static void hint_minus(const parser *p, pl_span name) {
  size_t i = name.length;
  while (i > 0 && price_is_digit((unsigned char)name.at[i - 1])) i--;
  if (i < 2 || i == name.length || name.at[i - 1] != '-') return;
  pl_hint(p->diag, "to subtract, put spaces around the minus sign: %.*s - %.*s", (int)i - 1,
          name.at, (int)(name.length - i), name.at + i);
}

/* "USD 700/t": the unit before its number. */
static void hint_order(const parser *p, pl_span name, int at) {
  enum { SHOWN_MAX = 40 };
  pl_measure unit;
  double number;
  size_t used = 0;
  if (!pl_measure_parse(name.at, name.length, &unit, &used) || used != name.length) return;
  size_t const digits = pl_number_parse(p->text + at, (size_t)(p->length - at), &number);
  size_t const rest = strcspn(p->text + at + digits, " ");
  if (digits == 0 || digits + rest > SHOWN_MAX) return;
  pl_hint(p->diag, "the unit follows its number: %.*s %.*s%s", (int)digits, p->text + at,
          (int)name.length, name.at, pl_text_safe(p->arena, p->text + at + digits, rest));
}

/* Hints for a name that is followed by something that does not belong there. */
static void hint_name(const parser *p, int at) {
  const node *last = p->formula->root;
  while (last->n > 0) last = last->child[last->n - 1];
  int const next = price_parse_char_at(p, at);
  if (last->kind != NODE_OBSERVED || last->name.length > MAX_NAME_SHOWN) return;
  if (price_is_digit(next)) hint_order(p, last->name, at);
  if (price_is_letter(next)) hint_minus(p, last->name);
}

static pl_status parse_whole(parser *p) {
  if (price_parse_peek(p) == 0 && p->at >= p->length)
    return price_parse_fault(p, PL_SYNTAX, 0, 1, "a value is missing");
  PL_TRY(price_parse_formula(p, &p->formula->root));
  if (p->at >= p->length) return PL_OK;
  price_parse_peek(p);
  if (p->at >= p->length) return PL_OK;
  int const at = p->at;
  pl_status const status = price_parse_expected(p, "an operator (+ - * /) or the end");
  if (pl_span_is(price_parse_name(p), "of")) pl_hint(p->diag, "write '*' for 'of'");
  hint_name(p, at);
  if (price_parse_char_at(p, at) == '%') pl_hint(p->diag, "a percent sign follows a number: 15 %%");
  return status;
}

static pl_formula *formula_new(pl_arena *a, pl_place place) {
  pl_formula *f = PL_NEW(a, pl_formula);
  f->place = place;
  f->text = "";
  f->finest = -1;
  f->exchange = -1;
  return f;
}

pl_status pl_formula_parse(pl_span text, pl_place place, pl_arena *a, pl_formula **out,
                           pl_diag *diag) {
  pl_formula *f = formula_new(a, place);
  enum { TEXT_MAX = 1 << 20 };
  if (text.length > TEXT_MAX)
    return pl_fail(diag, PL_SYNTAX, place, "a formula of more than a million bytes is too long");
  char *copy = PL_NEW_ARRAY(a, char, text.length + 1);
  if (text.length) memcpy(copy, text.at, text.length);
  f->text = copy;
  f->length = text.length;
  parser p = {.formula = f, .text = copy, .length = (int)text.length, .arena = a, .diag = diag};
  PL_TRY(parse_whole(&p));
  *out = f;
  return PL_OK;
}

pl_formula *pl_formula_constant(pl_arena *a, double inside_value, pl_dim dim, pl_place place) {
  pl_formula *f = formula_new(a, place);
  f->root = price_node_new(a, NODE_NUMBER, 0);
  f->root->value = inside_value;
  f->root->dim = dim;
  f->root->measure = (pl_measure){.dim = dim, .factor = 1};
  f->n_nodes = 1;
  return f;
}

pl_formula *pl_formula_steps(pl_arena *a, int n, const pl_time *from, pl_formula *const *value,
                             pl_place place) {
  pl_formula *f = formula_new(a, place);
  assert(n > 0);
  f->n_steps = n;
  f->from = PL_NEW_ARRAY(a, pl_time, (size_t)n);
  f->step = PL_NEW_ARRAY(a, pl_formula *, (size_t)n);
  memcpy(f->from, from, (size_t)n * sizeof *from);
  memcpy(f->step, value, (size_t)n * sizeof(pl_formula *));
  return f;
}
