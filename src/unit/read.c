/* A whole text as a unit, with an error message that suggests what was meant. */
#include <string.h>

#include "unit/measure.h"

typedef struct {
  const char *written, *advice;
} trap;

static const trap traps[] = {
#define T(written, advice) {written, advice},
#include "unit/trap.def"
#undef T
};

static const char *find_advice(pl_span symbol) {
  for (size_t i = 0; i < sizeof traps / sizeof *traps; i++)
    if (pl_span_is(symbol, traps[i].written)) return traps[i].advice;
  return NULL;
}

enum { SYMBOL_MAX = 32, SYMBOLS_MAX = 128, SHOWN_MAX = 60 };

static const char *nearest_symbol(pl_span symbol) {
  char name[SYMBOL_MAX];
  const char *candidates[SYMBOLS_MAX];
  int count;
  const pl_unit_symbol *known = pl_unit_symbols(&count);
  if (symbol.length >= sizeof name) return NULL;
  memcpy(name, symbol.at, symbol.length);
  name[symbol.length] = '\0';
  if (count > SYMBOLS_MAX) count = SYMBOLS_MAX;
  for (int i = 0; i < count; i++) candidates[i] = known[i].symbol;
  return pl_text_nearest(name, candidates, count);
}

static void hint_symbol(pl_span symbol, pl_diag *diag) {
  const char *advice = find_advice(symbol), *near = advice ? NULL : nearest_symbol(symbol);
  if (advice)
    pl_hint(diag, "%s", advice);
  else if (near)
    pl_hint(diag, "did you mean '%s'?", near);
  else if (pl_span_is(symbol, "^"))
    pl_hint(diag, "write the unit by its name (m3) or twice (t*t)");
}

/* The place of a part of text, if the length of the place shows that text is written there
 * verbatim. */
static pl_place place_of_part(pl_span text, pl_place at, pl_span part) {
  if (at.length != (int)text.length) return at;
  at.column += (int)(part.at - text.at);
  at.length = (int)part.length;
  return at;
}

static int shown_length(pl_span s) { return s.length < SHOWN_MAX ? (int)s.length : SHOWN_MAX; }

pl_status pl_measure_read(pl_span text, pl_place at, pl_measure *out, pl_diag *diag) {
  pl_span const trimmed = pl_span_trim(text);
  if (trimmed.length == 0) return pl_fail(diag, PL_UNIT, at, "a unit is missing");
  pl_measure m;
  size_t used;
  pl_span stuck;
  if (pl_measure_scan(trimmed, &m, &used, &stuck) && used == trimmed.length) {
    *out = m;
    return PL_OK;
  }
  if (stuck.length == 0 || stuck.length == trimmed.length)
    pl_fail(diag, PL_UNIT, at, "'%.*s' is not a unit", shown_length(trimmed), trimmed.at);
  else
    pl_fail(diag, PL_UNIT, place_of_part(text, at, stuck), "'%.*s' is not a unit in '%.*s'",
            shown_length(stuck), stuck.at, shown_length(trimmed), trimmed.at);
  hint_symbol(stuck, diag);
  return PL_UNIT;
}
