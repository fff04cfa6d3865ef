#ifndef PL_PRICE_FORMULA_PARSE_H
#define PL_PRICE_FORMULA_PARSE_H

#include "price/formula_tree.h"

/* The cursor that the parts of the parser share. Every price_parse_… leaves it after the text it
 * has read. */
typedef struct {
  pl_formula *formula;
  const char *text; /* formula's, ended by 0 */
  int length, at;
  int depth;     /* of nesting */
  int arguments; /* nesting of functions: inside one a comma is not part of a number */
  pl_arena *arena;
  pl_diag *diag;
} parser;

bool price_is_letter(
    int c); /* as in names; bytes beyond ASCII count, so that messages show whole words */
bool price_is_digit(int c);

int price_parse_peek(parser *p); /* the next byte after spaces, 0 at the end */
int price_parse_char_at(const parser *p, int at);
bool price_parse_accept(parser *p, char c);
pl_span price_parse_name(parser *p); /* read it, after spaces */
node *price_parse_node(parser *p, node_kind kind, int at);
void price_parse_child(parser *p, node *parent, node *child, char op);
void price_parse_end(const parser *p, node *n); /* n ends at the cursor */

/* Fails with "found … where wanted is expected". */
pl_status price_parse_expected(parser *p, const char *wanted);
pl_status price_parse_require(parser *p, char c, const char *wanted);
pl_status price_parse_fault(parser *p, pl_status status, int at, int length, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

pl_status price_parse_formula(parser *p, node **out);
pl_status price_parse_number(parser *p, node **out);
pl_status price_parse_window(parser *p, node *n);                /* of an OBSERVED, after its [ */
pl_status price_parse_base(parser *p, node *n);                  /* of an INDEX, its date */
pl_status price_parse_call(parser *p, pl_span name, node **out); /* after '(' */

#endif
