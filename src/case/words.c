/* What the readers of fields share: looking names up, fixed numbers, one-or-many, and the texts of
 * common errors. */
#include <math.h>
#include <string.h>

#include "case/reading.h"

bool pl_node_is_null(const pl_node *n) {
  return n->kind == PL_SCALAR && !n->quoted && (!strcmp(n->text, "~") || !strcmp(n->text, "null"));
}

const char *pl_node_words(const pl_node *n) {
  switch (n->kind) {
  case PL_LIST: return "a list";
  case PL_MAPPING: return "a mapping";
  case PL_SCALAR: break;
  }
  return n->text[0] == '\0' ? "nothing" : "plain text";
}

bool pl_want_scalar(const pl_slot *s, const pl_node *n) {
  if (n->kind == PL_SCALAR && (n->text[0] != '\0' || n->quoted)) return true;
  (void)pl_fail(s->r->diag, PL_SYNTAX, n->place, "'%s' requires %s, not %s", s->field->key,
                pl_kinds[s->field->kind].words, pl_node_words(n));
  return false;
}

bool pl_lane_moves(const pl_lane *l, int material) {
  for (int i = 0; i < l->moves.n; i++) {
    if (l->moves.index[i] == material) return true;
  }
  return l->moves.n == 0;
}

/* For a flood of misspelt names a search for each is not worthwhile. */
enum { SUGGESTED_MAX = 100 };

void pl_suggest(pl_reading *r, const char *name, const char *const *candidates, int count) {
  if (pl_diag_count(r->diag, PL_ERROR) > SUGGESTED_MAX) return;
  const char *const nearest = pl_text_nearest(name, candidates, count);
  if (nearest) pl_hint(r->diag, "did you mean '%s'?", nearest);
}

/* Former fields, and what to write instead. */
static const struct {
  const char *noun, *key, *hint;
} former[] = {
    {"lane", "wraps",
     "specify the amounts that are under way at the start and must be at the end: 'under way: "
     "{alumina: 1.1 kt}'; the usual flow per day times the transit time in days leaves the lane as "
     "full as in between"},
};

void pl_suggest_field(pl_reading *r, const char *name, const pl_noun *noun) {
  for (size_t i = 0; i < sizeof former / sizeof *former; i++) {
    if (strcmp(former[i].noun, noun->name) != 0 || strcmp(former[i].key, name) != 0) continue;
    pl_hint(r->diag, "%s", former[i].hint);
    return;
  }
  const char *keys[PL_FIELDS_MAX];
  for (int i = 0; i < noun->n_fields; i++) keys[i] = noun->field[i].key;
  pl_suggest(r, name, keys, noun->n_fields);
}

int pl_want_thing(pl_reading *r, const char *name, pl_place at, int noun) {
  const pl_section *const s = &r->sections[noun];
  int const i = pl_map_find(s->names, name, strlen(name));
  if (i >= 0 || r->incomplete) return i;
  if (name[0] == '\0') {
    (void)pl_fail(r->diag, PL_NAME, at, "the name of %s %s is required here",
                  pl_text_article(pl_nouns[noun].name), pl_nouns[noun].name);
    return -1;
  }
  (void)pl_fail(r->diag, PL_NAME, at, "no %s is called '%s'", pl_nouns[noun].name, name);
  pl_suggest(r, name, s->node->key, s->node->n);
  return -1;
}

bool pl_want_fixed(const pl_slot *s, const pl_node *n, double *value, pl_dim *dim) {
  pl_reading *const r = s->r;
  pl_formula *f;
  if (!pl_want_scalar(s, n)) return false;
  if (pl_formula_parse((pl_span){n->text, strlen(n->text)}, n->place, r->a, &f, r->diag) != PL_OK)
    return false;
  pl_status const bound = pl_formula_bind_any(f, r->nothing, s->field->key, r->a, dim, r->diag);
  if (bound == PL_NAME)
    pl_hint(r->diag, "this must be one number for all time: it cannot use a quotation");
  if (bound != PL_OK) return false;
  if (!pl_formula_is_constant(f)) {
    (void)pl_fail(r->diag, PL_UNIT, n->place,
                  "'%s' is not one number for all time: months and years differ in length",
                  n->text);
    return false;
  }
  *value = pl_formula_number(f);
  pl_note_literal(r, n, *value, NULL);
  return true;
}

bool pl_want_visible(pl_reading *r, const char *name, pl_place at) {
  uint32_t code;
  if (!pl_text_hides(name, &code)) return true;
  (void)pl_fail(r->diag, PL_SYNTAX, at, "a name contains the invisible character U+%04X",
                (unsigned)code);
  pl_hint(r->diag, "names must be visible text: remove it, also where the name is used");
  return false;
}

/* A value other than 0 that is too small or too large for the arithmetic of a plan. */
static bool want_size(const pl_slot *s, pl_place at, const char *what, double value) {
  double const size = fabs(value);
  if (size <= 0 || (size >= PL_SMALLEST && size <= PL_LARGEST)) return true;
  (void)pl_fail(s->r->diag, PL_RANGE, at, "'%s' is too %s a number to plan with: %s", s->field->key,
                size < PL_SMALLEST ? "small" : "large", what);
  pl_hint(s->r->diag, "write 0, or a number from 1e-9 to 1e15 in t, MWh, m3, hours and money");
  return false;
}

void pl_note_literal(pl_reading *r, const pl_node *n, double value, const pl_formula *f) {
  pl_case *const c = r->c;
  PL_GROW_ALONE(r->a, c->literals, c->n_literals);
  c->literals[c->n_literals++] = (pl_literal){n->text, n->place, value, f};
}

bool pl_in_bounds(const pl_slot *s, pl_place at, const char *text, double value) {
  const pl_field *const f = s->field;
  const char *const what = text[0] ? pl_arena_printf(s->r->a, "'%s'", text) : "it";
  if (!(f->lowest < f->highest) || (value >= f->lowest && value <= f->highest))
    return want_size(s, at, what, value);
  if (f->lowest > 0 && value <= 0) {
    (void)pl_fail(s->r->diag, PL_RANGE, at, "'%s' must be above 0, but %s is not", f->key, what);
    if (f->need == PL_OPTIONAL) pl_hint(s->r->diag, "leave '%s' out if there is none", f->key);
    return false;
  }
  bool const below = value < f->lowest, percent = !below && f->highest >= 1 && f->highest <= 1;
  char bound[32];
  pl_number_format(below ? f->lowest : f->highest, bound, sizeof bound);
  (void)pl_fail(s->r->diag, PL_RANGE, at, "'%s' may not be %s %s, but %s is", f->key,
                below ? "below" : "above", percent ? "100 %" : bound, what);
  if (percent && value <= 100 && text[0] && text[strspn(text, "0123456789.")] == '\0')
    pl_hint(s->r->diag, "did you mean %s %%?", text);
  return false;
}

const char *pl_dim_words(const pl_reading *r, pl_dim dim) {
  return pl_dim_is_none(dim) ? "a plain number" : pl_dim_text(dim, r->a);
}

static pl_item item_of(const pl_slot *s, const pl_node *n) {
  return (pl_item){pl_want_scalar(s, n) ? n->text : NULL, n->place, NULL};
}

int pl_items(const pl_slot *s, const pl_node *n, pl_item **out) {
  int const most = n->kind == PL_SCALAR ? 1 : n->n;
  pl_item *const items = PL_NEW_ARRAY(s->r->a, pl_item, (size_t)most);
  int count = 0;
  for (int i = 0; i < most; i++) {
    if (n->kind == PL_MAPPING) {
      if (!pl_node_is_null(n->child[i]))
        items[count++] = (pl_item){n->key[i], n->key_place[i], n->child[i]};
    } else {
      pl_item const item = item_of(s, n->kind == PL_LIST ? n->child[i] : n);
      if (item.text) items[count++] = item;
    }
  }
  *out = items;
  return count;
}
