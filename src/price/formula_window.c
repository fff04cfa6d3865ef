/* Windows of quotations, such as [M-1], and base dates: how they are written and which times they
 * mean. */
#include <string.h>

#include "price/formula_parse.h"

typedef struct {
  char letter;
  pl_step step;
  int most;
} window_letter;

static const window_letter letters[] = {
#define W(letter, step, most) {letter, PL_##step, most},
#include "price/window.def"
#undef W
};

void price_window_range(window w, pl_time t, pl_time *from, pl_time *to) {
  pl_time const now = pl_step_floor(w.step, t);
  *from = pl_step_add(w.step, now, w.first);
  *to = pl_step_add(w.step, now, w.last + 1);
}

static pl_status no_window(parser *p, int at) {
  while (price_parse_char_at(p, p->at) && price_parse_char_at(p, p->at) != ']') p->at++;
  int const length = p->at - at;
  pl_status const status = length == 0
                               ? price_parse_expected(p, "a window")
                               : price_parse_fault(p, PL_SYNTAX, at, length, "'%s' is not a window",
                                                   pl_text_safe(p->arena, p->text + at,
                                                                length > 60 ? 60 : (size_t)length));
  pl_hint(p->diag, "windows are [M], [M-1], [Q-1], [Y], [D-3], [H], [M-3..M-1] and [last 3 M]");
  return status;
}

static bool parse_count(parser *p, int *count) {
  if (!price_is_digit(price_parse_peek(p))) return false;
  int n = 0;
  for (; price_is_digit(price_parse_char_at(p, p->at)); p->at++)
    if (n < 1000000) n = n * 10 + (price_parse_char_at(p, p->at) - '0');
  *count = n;
  return true;
}

static const window_letter *parse_letter(parser *p) {
  int const c = price_parse_peek(p);
  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
    if (c != letters[i].letter || price_is_letter(price_parse_char_at(p, p->at + 1))) continue;
    p->at++;
    return &letters[i];
  }
  return NULL;
}

/* One end, "M" or "M-3". */
static const window_letter *parse_edge(parser *p, int *offset) {
  const window_letter *letter = parse_letter(p);
  if (!letter) return NULL;
  int const sign = price_parse_peek(p);
  *offset = 0;
  if (sign != '+' && sign != '-') return letter;
  p->at++;
  if (!parse_count(p, offset)) return NULL;
  if (sign == '-') *offset = -*offset;
  return letter;
}

static const window_letter *parse_last(parser *p, window *w) {
  int count = 0;
  p->at += 4;
  if (!parse_count(p, &count) || count == 0) return NULL;
  w->first = -count;
  w->last = -1;
  return parse_letter(p);
}

static bool parse_range(parser *p, window *w, const window_letter **letter) {
  pl_span const word = {p->text + p->at, 4};
  if (p->length - p->at > 4 && pl_span_is(word, "last"))
    return (*letter = parse_last(p, w)) != NULL;
  *letter = parse_edge(p, &w->first);
  w->last = w->first;
  if (!*letter) return false;
  if (price_parse_peek(p) != '.') return true;
  p->at++;
  return price_parse_char_at(p, p->at++) == '.' && parse_edge(p, &w->last) == *letter;
}

pl_status price_parse_window(parser *p, node *n) {
  price_parse_peek(p);
  int const at = p->at;
  const window_letter *letter = NULL;
  if (!parse_range(p, &n->window, &letter)) return no_window(p, at);
  if (price_parse_peek(p) == '@')
    return price_parse_fault(
        p, PL_SYNTAX, p->at, 1,
        "windows counted from an event belong to agreements and are not planned yet");
  if (p->at >= p->length) return price_parse_expected(p, "']'");
  if (price_parse_peek(p) != ']') return no_window(p, at);
  int const length = p->at - at;
  if (n->window.first > n->window.last)
    return price_parse_fault(p, PL_SYNTAX, at, length, "the window ends before it begins");
  if (n->window.first < -letter->most || n->window.last > letter->most)
    return price_parse_fault(p, PL_RANGE, at, length, "a window reaches at most %d %ss away",
                             letter->most, pl_step_name(letter->step));
  p->at++;
  n->window.step = letter->step;
  n->windowed = true;
  price_parse_end(p, n);
  return PL_OK;
}

pl_status price_parse_base(parser *p, node *n) {
  price_parse_peek(p);
  int const at = p->at;
  int end = at;
  for (int c = price_parse_char_at(p, end);
       price_is_digit(c) || price_is_letter(c) || c == '-' || c == ':';
       c = price_parse_char_at(p, end))
    end++;
  pl_step step;
  size_t const length = (size_t)(end - at);
  if (length == 0) return price_parse_expected(p, "a base date");
  if (!pl_time_parse(p->text + at, length, &n->base_from, &step))
    return price_parse_fault(p, PL_SYNTAX, at, (int)length,
                             "'%s' is not a base date; write 2026, 2026-Q1, 2026-03 or 2026-03-15",
                             pl_text_safe(p->arena, p->text + at, length > 60 ? 60 : length));
  n->has_base = true;
  n->base_to = pl_step_add(step, n->base_from, 1);
  p->at = end;
  return PL_OK;
}
