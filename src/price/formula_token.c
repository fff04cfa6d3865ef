/* The cursor of the parser: bytes, names, faults, and the nodes that it makes. */
#include <stdarg.h>
#include <string.h>

#include "price/formula_parse.h"

bool price_is_letter(int c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c >= 0x80;
}

bool price_is_digit(int c) { return c >= '0' && c <= '9'; }

static bool is_space(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

int price_parse_char_at(const parser *p, int at) {
  return at < p->length ? (unsigned char)p->text[at] : 0;
}

int price_parse_peek(parser *p) {
  while (is_space(price_parse_char_at(p, p->at))) p->at++;
  return price_parse_char_at(p, p->at);
}

bool price_parse_accept(parser *p, char c) {
  if (price_parse_peek(p) != c) return false;
  p->at++;
  return true;
}

/* Letters, digits and dots; a minus belongs to a name only if a letter or digit follows at once. */
static int name_length(const parser *p) {
  int at = p->at;
  if (!price_is_letter(price_parse_char_at(p, at))) return 0;
  for (;; at++) {
    int const c = price_parse_char_at(p, at), next = price_parse_char_at(p, at + 1);
    bool const inner = (c == '-' || c == '.') && (price_is_letter(next) || price_is_digit(next));
    if (!inner && !price_is_letter(c) && !price_is_digit(c)) return at - p->at;
  }
}

pl_span price_parse_name(parser *p) {
  price_parse_peek(p);
  pl_span const name = {p->text + p->at, (size_t)name_length(p)};
  p->at += (int)name.length;
  return name;
}

pl_status price_parse_fault(parser *p, pl_status status, int at, int length, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  const char *words = pl_arena_vprintf(p->arena, fmt, ap);
  va_end(ap);
  return pl_fail(p->diag, status, price_formula_place(p->formula, at, length), "%s", words);
}

pl_status price_parse_expected(parser *p, const char *wanted) {
  if (price_parse_peek(p) == 0 && p->at >= p->length)
    return price_parse_fault(p, PL_SYNTAX, p->length, 1, "the text ends where %s is expected",
                             wanted);
  int length = name_length(p);
  if (length == 0) length = 1;
  if (length > 60) length = 60;
  return price_parse_fault(p, PL_SYNTAX, p->at, length, "found '%s' where %s is expected",
                           pl_text_safe(p->arena, p->text + p->at, (size_t)length), wanted);
}

pl_status price_parse_require(parser *p, char c, const char *wanted) {
  return price_parse_accept(p, c) ? PL_OK : price_parse_expected(p, wanted);
}

node *price_parse_node(parser *p, node_kind kind, int at) {
  p->formula->n_nodes++;
  return price_node_new(p->arena, kind, at);
}

void price_parse_end(const parser *p, node *n) {
  int end = p->at;
  while (end > n->at && is_space((unsigned char)p->text[end - 1])) end--;
  n->length = end - n->at;
}

void price_parse_child(parser *p, node *parent, node *child, char op) {
  PL_GROW_ALONE(p->arena, parent->child, parent->n);
  PL_GROW_ALONE(p->arena, parent->op, parent->n);
  parent->op[parent->n] = op;
  parent->child[parent->n++] = child;
}
