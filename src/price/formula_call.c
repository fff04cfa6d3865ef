/* Calls of the functions of function.def, and what may be between the brackets of each. Arguments
 * are formulas, so this file and formula_parse.c call each other as deep as brackets nest. */
#include "price/formula_parse.h"

typedef enum { ARGS, POINTS, COND, BASE } shape;

typedef struct {
  const char *name;
  shape shape;
  int least, most;
  const char *form;
} function;

static const function functions[] = {
#define F(kind, name, shape, least, most, form) {name, shape, least, most, form},
#include "price/function.def"
#undef F
};
static const char *const names[] = {
#define F(kind, name, shape, least, most, form) name,
#include "price/function.def"
#undef F
};
enum { FIRST_FUNCTION = NODE_CUM + 1, FUNCTIONS = sizeof functions / sizeof *functions };

int price_function_find(pl_span name) {
  for (int i = 0; i < FUNCTIONS; i++)
    if (pl_span_is(name, names[i])) return FIRST_FUNCTION + i;
  return -1;
}

static pl_status parse_argument(parser *p, node *call) {
  node *child = NULL;
  PL_TRY(price_parse_formula(p, &child));
  price_parse_child(p, call, child, ',');
  return PL_OK;
}

static pl_status parse_arguments(parser *p, node *call) {
  do PL_TRY(parse_argument(p, call));
  while (price_parse_accept(p, ','));
  return PL_OK;
}

static pl_status parse_points(parser *p, node *call) {
  PL_TRY(parse_argument(p, call));
  PL_TRY(price_parse_require(p, ';', "';' and then points such as 100:5"));
  do {
    PL_TRY(parse_argument(p, call));
    PL_TRY(price_parse_require(p, ':', "':' between the two numbers of a point"));
    PL_TRY(parse_argument(p, call));
  } while (price_parse_accept(p, ','));
  return PL_OK;
}

static pl_status parse_condition(parser *p, node *call) {
  PL_TRY(parse_argument(p, call));
  int const c = price_parse_peek(p);
  if (c != '<' && c != '>') return price_parse_expected(p, "a comparison (< <= > >=)");
  p->at++;
  bool const equal = price_parse_char_at(p, p->at) == '=';
  if (equal) p->at++;
  call->op[0] = (char)(!equal ? c : c == '<' ? 'l' : 'g');
  PL_TRY(parse_argument(p, call));
  for (int i = 0; i < 2; i++) {
    PL_TRY(price_parse_require(p, ',', "','"));
    PL_TRY(parse_argument(p, call));
  }
  return PL_OK;
}

static pl_status parse_index(parser *p, node *call) {
  price_parse_peek(p);
  int const at = p->at;
  PL_TRY(parse_argument(p, call));
  if (call->child[0]->kind != NODE_OBSERVED)
    return price_parse_fault(p, PL_SYNTAX, at, call->child[0]->length,
                             "index requires a quotation, such as CPI.EU[Y-1]");
  return price_parse_accept(p, ',') ? price_parse_base(p, call) : PL_OK;
}

static pl_status parse_inside(parser *p, const function *f, node *call) {
  switch (f->shape) {
  case ARGS: return parse_arguments(p, call);
  case POINTS: return parse_points(p, call);
  case COND: return parse_condition(p, call);
  case BASE: return parse_index(p, call);
  }
  return PL_OK;
}

static pl_status unknown_function(parser *p, pl_span name) {
  int const at = (int)(name.at - p->text), length = (int)name.length;
  const char *word = pl_text_safe(p->arena, name.at, name.length > 60 ? 60 : name.length);
  pl_status const status =
      price_parse_fault(p, PL_NAME, at, length, "there is no function '%s'", word);
  const char *nearest = pl_text_nearest(word, names, FUNCTIONS);
  if (nearest) pl_hint(p->diag, "did you mean '%s'?", nearest);
  return status;
}

static pl_status parse_brackets(parser *p, const function *f, node *call) {
  if (p->depth >= MAX_DEPTH)
    return price_parse_fault(p, PL_SYNTAX, call->at, 1,
                             "brackets or signs are nested more than %d deep", (int)MAX_DEPTH);
  p->depth++;
  p->arguments++;
  pl_status const status = parse_inside(p, f, call);
  p->depth--;
  p->arguments--;
  return status;
}

pl_status price_parse_call(parser *p, pl_span name, node **out) {
  int const kind = price_function_find(name);
  if (kind < 0) return unknown_function(p, name);
  const function *f = &functions[kind - FIRST_FUNCTION];
  node *call = price_parse_node(p, (node_kind)kind, (int)(name.at - p->text));
  PL_TRY(parse_brackets(p, f, call));
  PL_TRY(price_parse_require(p, ')', "',' or ')'"));
  price_parse_end(p, call);
  if (f->shape == ARGS && (call->n < f->least || (f->most > 0 && call->n > f->most)))
    return price_parse_fault(p, PL_SYNTAX, call->at, call->length,
                             "%s requires %d arguments, but has %d: %s", f->name, f->least, call->n,
                             f->form);
  *out = call;
  return PL_OK;
}
