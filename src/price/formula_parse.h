#ifndef PL_PRICE_FORMULA_PARSE_H
#define PL_PRICE_FORMULA_PARSE_H

#include "price/formula_tree.h"

/* The cursor that the parts of the parser share. Every parse_… leaves it after what it has read. */
typedef struct {
  pl_formula *formula;
  const char *text; /* formula's, ended by 0 */
  int length, at;
  int depth;     /* of nesting */
  int arguments; /* of functions we are inside: there a comma is no part of a number */
  pl_arena *arena;
  pl_diag *diag;
} parser;

bool is_letter(
    int c); /* as names have them; bytes beyond ASCII count, so that complaints show whole words */
bool is_digit(int c);

int parse_peek(parser *p); /* the next byte after spaces, 0 at the end */
int parse_char_at(const parser *p, int at);
bool parse_accept(parser *p, char c);
int parse_name_length(const parser *p); /* bytes of the name at the cursor, 0 = none */
pl_span parse_name(parser *p);          /* read it, after spaces */
node *parse_node(parser *p, node_kind kind, int at);
void parse_child(parser *p, node *parent, node *child, char op);
void parse_end(const parser *p, node *n); /* n ends at the cursor */

/* "… stands where wanted should be" */
pl_status parse_expected(parser *p, const char *wanted);
pl_status parse_require(parser *p, char c, const char *wanted);
pl_status parse_fault(parser *p, pl_status status, int at, int length, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

pl_status parse_formula(parser *p, node **out);
pl_status parse_number(parser *p, node **out);
pl_status parse_window(parser *p, node *observed);         /* at '[' */
pl_status parse_base(parser *p, node *index);              /* a date */
pl_status parse_call(parser *p, pl_span name, node **out); /* after '(' */

#endif
