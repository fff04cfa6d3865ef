/* Readers of the kinds that are names of other things, alone or each with a number. */
#include <math.h>
#include <string.h>

#include "case/reading.h"

static int argument_noun(const pl_slot *s) {
  for (int i = 0; i < pl_noun_count; i++) {
    if (!strcmp(pl_nouns[i].name, s->field->argument)) return i;
  }
  return -1;
}

void pl_read_ref(const pl_slot *s, const pl_node *value, void *member) {
  if (pl_want_scalar(s, value))
    *(int *)member = pl_want_thing(s->r, value->text, value->place, argument_noun(s));
}

/* A name that occurs twice in a list is an error. */
static bool is_new(const pl_slot *s, const int *given, int n, int index, const pl_item *item) {
  for (int i = 0; i < n; i++) {
    if (given[i] != index) continue;
    (void)pl_fail(s->r->diag, PL_NAME, item->place, "'%s' is listed twice in '%s'", item->text,
                  s->field->key);
    return false;
  }
  return true;
}

void pl_read_refs(const pl_slot *s, const pl_node *value, void *member) {
  pl_refs *const out = member;
  if (value->kind == PL_MAPPING || (value->kind == PL_LIST && value->n == 0)) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place, "'%s' requires a name or a list of names",
                  s->field->key);
    return;
  }
  pl_item *item;
  int const n = pl_items(s, value, &item), noun = argument_noun(s);
  out->index = PL_NEW_ARRAY(s->r->a, int, (size_t)n);
  out->place = PL_NEW_ARRAY(s->r->a, pl_place, (size_t)n);
  for (int i = 0; i < n; i++) {
    int const index = pl_want_thing(s->r, item[i].text, item[i].place, noun);
    if (index < 0 || !is_new(s, out->index, out->n, index, &item[i])) continue;
    out->index[out->n] = index;
    out->place[out->n++] = item[i].place;
  }
}

/* --- With a number each --------------------------------------------------------------------- */

void pl_read_shares(const pl_slot *s, const pl_node *value, void *member) {
  pl_shares *const out = member;
  pl_arena *const a = s->r->a;
  pl_item *item;
  size_t const n = (size_t)pl_items(s, value, &item);
  int const noun = argument_noun(s);
  out->index = PL_NEW_ARRAY(a, int, n);
  out->factor = PL_NEW_ARRAY(a, double, n);
  out->dim = PL_NEW_ARRAY(a, pl_dim, n);
  out->place = PL_NEW_ARRAY(a, pl_place, n);
  for (size_t i = 0; i < n; i++) {
    int const at = out->n, index = pl_want_thing(s->r, item[i].text, item[i].place, noun);
    out->factor[at] = 1;
    out->dim[at] = (pl_dim){{0}};
    if (item[i].value && !pl_want_fixed(s, item[i].value, &out->factor[at], &out->dim[at]))
      continue;
    if (item[i].value &&
        !pl_in_bounds(s, item[i].value->place, item[i].value->text, out->factor[at]))
      continue;
    if (index < 0 || !is_new(s, out->index, at, index, &item[i])) continue;
    out->index[at] = index;
    out->place[at] = item[i].place;
    out->n++;
  }
}

static bool amount_fits(const pl_slot *s, int material, const pl_node *n, double amount,
                        pl_dim dim) {
  pl_reading *const r = s->r;
  const pl_material *const m = &r->c->materials[material];
  pl_dim const want = pl_material_dim(r->c, material);
  bool const known = m->unit.factor > 0;
  if (known && !pl_dim_equal(dim, want) && pl_dim_is_none(dim)) {
    (void)pl_fail(r->diag, PL_UNIT, n->place, "'%s' requires a unit: %s", m->name,
                  pl_dim_text(want, r->a));
    pl_hint(r->diag, "for example %s: %s", m->name, pl_dim_example(want, r->a));
    return false;
  }
  if (known && !pl_dim_equal(dim, want)) {
    (void)pl_fail(r->diag, PL_UNIT, n->place, "'%s' is counted in %s, but '%s' is %s", m->name,
                  pl_dim_text(want, r->a), n->text, pl_dim_text(dim, r->a));
    pl_hint(r->diag, "for example %s: %s", m->name, pl_dim_example(want, r->a));
    return false;
  }
  if (amount > 0) return known && pl_in_bounds(s, n->place, n->text, amount);
  (void)pl_fail(r->diag, PL_RANGE, n->place, "an amount must be above 0: leave '%s' out instead",
                m->name);
  return false;
}

void pl_read_amounts(const pl_slot *s, const pl_node *value, void *member) {
  pl_amounts *const out = member;
  pl_arena *const a = s->r->a;
  if (value->kind != PL_MAPPING || (value->n == 0 && s->field->need == PL_REQUIRED)) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place,
                  "'%s' requires amounts of materials: {alumina: 1.92 t}", s->field->key);
    return;
  }
  out->material = PL_NEW_ARRAY(a, int, (size_t)value->n);
  out->amount = PL_NEW_ARRAY(a, double, (size_t)value->n);
  out->text = PL_NEW_ARRAY(a, const char *, (size_t)value->n);
  out->place = PL_NEW_ARRAY(a, pl_place, (size_t)value->n);
  for (int i = 0; i < value->n; i++) {
    double amount;
    pl_dim dim;
    const pl_node *const n = value->child[i];
    if (pl_node_is_null(n)) continue;
    int const material = pl_want_thing(s->r, value->key[i], value->key_place[i], PL_NOUN_material);
    if (!pl_want_fixed(s, n, &amount, &dim) || material < 0) continue;
    if (!amount_fits(s, material, n, amount, dim)) continue;
    out->material[out->n] = material;
    out->amount[out->n] = amount;
    out->text[out->n] = n->text;
    out->place[out->n++] = n->place;
  }
}

/* --- Elements ------------------------------------------------------------------------------- */

static bool want_share(const pl_slot *s, const pl_node *n, double *out) {
  pl_dim dim;
  if (!pl_want_fixed(s, n, out, &dim)) return false;
  if (pl_dim_is_none(dim)) return pl_in_bounds(s, n->place, n->text, *out);
  (void)pl_fail(s->r->diag, PL_UNIT, n->place,
                "a share of mass is required, such as 0.2 %%, not %s", pl_dim_text(dim, s->r->a));
  return false;
}

typedef bool content_reader(const pl_slot *s, const pl_node *n, double *low, double *high);

static void read_contents(const pl_slot *s, const pl_node *value, pl_contents *out,
                          content_reader *read) {
  pl_arena *const a = s->r->a;
  size_t const n = (size_t)value->n;
  if (value->kind != PL_MAPPING) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place, "'%s' requires %s, not %s", s->field->key,
                  pl_kinds[s->field->kind].words, pl_node_words(value));
    return;
  }
  out->element = PL_NEW_ARRAY(a, const char *, n);
  out->low = PL_NEW_ARRAY(a, double, n);
  out->high = PL_NEW_ARRAY(a, double, n);
  out->place = PL_NEW_ARRAY(a, pl_place, n);
  for (int i = 0; i < value->n; i++) {
    int const at = out->n;
    if (pl_node_is_null(value->child[i]) ||
        !pl_want_visible(s->r, value->key[i], value->key_place[i]) ||
        !read(s, value->child[i], &out->low[at], &out->high[at]))
      continue;
    out->element[at] = value->key[i];
    out->place[at] = value->key_place[i];
    out->n++;
  }
}

static bool read_content(const pl_slot *s, const pl_node *n, double *low, double *high) {
  if (!want_share(s, n, low)) return false;
  *high = *low;
  return true;
}

void pl_read_composition(const pl_slot *s, const pl_node *value, void *member) {
  pl_contents *const out = member;
  read_contents(s, value, out, read_content);
  double sum = 0;
  for (int i = 0; i < out->n; i++) sum += out->low[i];
  if (sum > 1 + 1e-9) {
    (void)pl_fail(s->r->diag, PL_RANGE, value->place, "the shares add up to more than 100 %%");
  }
}

/* The part of a range's text from..to as a node of its own, at its own place. */
static const pl_node *part(const pl_slot *s, const pl_node *n, size_t from, size_t to) {
  while (from < to && n->text[from] == ' ') from++;
  while (to > from && n->text[to - 1] == ' ') to--;
  pl_place at = n->place;
  if ((size_t)at.length >= strlen(n->text)) {
    at.column += (int)(from + ((size_t)at.length - strlen(n->text)) / 2);
    at.length = (int)(to - from);
  }
  return pl_node_new_scalar(s->r->a,
                            pl_arena_printf(s->r->a, "%.*s", (int)(to - from), n->text + from), at);
}

static bool range_of_text(const pl_slot *s, const pl_node *n, double *low, double *high) {
  static const char most[] = "at most ", least[] = "at least ";
  size_t const length = strlen(n->text);
  const char *const dots = strstr(n->text, "..");
  if (!strncmp(n->text, most, sizeof most - 1))
    return want_share(s, part(s, n, sizeof most - 1, length), high);
  if (!strncmp(n->text, least, sizeof least - 1))
    return want_share(s, part(s, n, sizeof least - 1, length), low);
  if (dots) {
    size_t const middle = (size_t)(dots - n->text);
    bool const sound = want_share(s, part(s, n, 0, middle), low);
    return want_share(s, part(s, n, middle + 2, length), high) && sound;
  }
  (void)pl_fail(s->r->diag, PL_SYNTAX, n->place,
                "a range must be 'at most 3 %%', 'at least 75 %%' or '12.5 %% .. 15 %%', not '%s'",
                n->text);
  return false;
}

static bool range_of_mapping(const pl_slot *s, const pl_node *n, double *low, double *high) {
  bool sound = true;
  for (int i = 0; i < n->n; i++) {
    bool const is_low = !strcmp(n->key[i], "at least"), is_high = !strcmp(n->key[i], "at most");
    if (is_low || is_high) {
      sound = want_share(s, n->child[i], is_low ? low : high) && sound;
    } else {
      (void)pl_fail(s->r->diag, PL_NAME, n->key_place[i],
                    "a range may have 'at least' and 'at most', not '%s'", n->key[i]);
      sound = false;
    }
  }
  return sound;
}

static bool read_range(const pl_slot *s, const pl_node *n, double *low, double *high) {
  *low = *high = (double)NAN;
  bool sound;
  if (n->kind == PL_MAPPING) {
    sound = range_of_mapping(s, n, low, high);
  } else {
    sound = pl_want_scalar(s, n) && range_of_text(s, n, low, high);
  }
  if (sound && *low > *high) {
    (void)pl_fail(s->r->diag, PL_RANGE, n->place, "the least is above the most");
    return false;
  }
  return sound;
}

void pl_read_ranges(const pl_slot *s, const pl_node *value, void *member) {
  read_contents(s, value, member, read_range);
}
