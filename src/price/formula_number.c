/* Numbers in formulas with the units that follow them: where a unit ends and the formula goes on,
 * and common slips. */
#include <string.h>

#include "price/formula_parse.h"

/* The unit after a number, if any; returns its bytes. The only unit that begins with digits is
 * "1000 m3". */
static int parse_unit(parser *p, node *n) {
  bool const digits = price_is_digit(price_parse_peek(p));
  const char *text = p->text + p->at;
  size_t used = 0;
  if (!pl_measure_parse(text, (size_t)(p->length - p->at), &n->measure, &used) ||
      (digits && used < sizeof "1000m3" - 1)) {
    n->measure = (pl_measure){.factor = 1};
    used = 0;
  }
  p->at += (int)used;
  n->calendar = pl_measure_has_calendar(&n->measure);
  memcpy(n->steps.of, n->measure.named, sizeof n->steps.of);
  n->dim = pl_measure_dim(&n->measure);
  if (!n->calendar) n->value *= n->measure.factor;
  return (int)used;
}

/* "718,979,804" and "1,5": commas are for arguments only. */
static pl_status comma_fault(parser *p, int at) {
  while (price_parse_char_at(p, p->at) == ',' &&
         price_is_digit(price_parse_char_at(p, p->at + 1))) {
    p->at++;
    while (price_is_digit(price_parse_char_at(p, p->at))) p->at++;
  }
  pl_status const status =
      price_parse_fault(p, PL_SYNTAX, at, p->at - at, "a number cannot contain commas");
  const char *slip = pl_number_slip(p->arena, (pl_span){p->text + at, (size_t)(p->length - at)});
  pl_hint(p->diag, "%s", slip ? slip : "write it with a decimal point and no commas: 1234.5");
  return status;
}

/* A word right after a number was meant as its unit. */
static pl_status unknown_unit(parser *p) {
  int end = p->at;
  for (int c = price_parse_char_at(p, end); price_is_letter(c) || price_is_digit(c) || c == '$';
       c = price_parse_char_at(p, end))
    end++;
  pl_span const word = {p->text + p->at, (size_t)(end - p->at)};
  pl_measure unused;
  if (word.length == 0 || pl_span_is(word, "of"))
    return PL_OK; /* these are reported where the formula should end */
  return pl_measure_read(word, price_formula_place(p->formula, p->at, (int)word.length), &unused,
                         p->diag);
}

pl_status price_parse_number(parser *p, node **out) {
  int const at = p->at;
  node *n = price_parse_node(p, NODE_NUMBER, at);
  size_t const used = pl_number_parse(p->text + at, (size_t)(p->length - at), &n->value);
  if (used == 0)
    return price_parse_fault(p, PL_SYNTAX, at, 1, "this number is malformed or too large");
  p->at += (int)used;
  bool const padded = p->text[at] == '0' && price_is_digit(price_parse_char_at(p, at + 1));
  if (padded && p->arguments > 0) {
    pl_status const status =
        price_parse_fault(p, PL_SYNTAX, at, (int)used, "a number cannot begin with 0");
    pl_hint(p->diag, "a comma separates two arguments: write 1000, not 1,000");
    return status;
  }
  bool const comma =
      price_parse_char_at(p, p->at) == ',' && price_is_digit(price_parse_char_at(p, p->at + 1));
  if (comma && p->arguments == 0) return comma_fault(p, at);
  bool const unitless = parse_unit(p, n) == 0;
  price_parse_end(p, n);
  price_parse_peek(p);
  if (unitless) PL_TRY(unknown_unit(p));
  *out = n;
  return PL_OK;
}
