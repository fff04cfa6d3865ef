/* Paths of overrides, SECTION.NAME.FIELD[.KEY…] or case.FIELD, found and changed in the tree before
 * it is read. SECTION.NAME alone replaces a thing that may be written as one value. Names may hold
 * dots themselves: the longest that fits is taken. */
#include <string.h>

#include "case/reading.h"

static size_t until_dot(const char *text) { return strcspn(text, "."); }

static pl_place part_of(const pl_path *p, const char *at, size_t length) {
  pl_place place = p->place;
  size_t const begin = (size_t)(at - p->text.at);
  if ((size_t)place.length < p->text.length) return place;
  size_t const quote = ((size_t)place.length - p->text.length) / 2;
  place.column += (int)(begin + quote);
  place.length = (int)length;
  return place;
}

/* The longest prefix of text, up to a dot or the end, that is a name in the section. */
static int find_name(const pl_section *s, const char *text, size_t *length) {
  for (size_t n = strlen(text); n > 0; n--) {
    if (text[n] != '.' && text[n] != '\0') continue;
    int const i = pl_map_find(s->names, text, n);
    if (i < 0) continue;
    *length = n;
    return i;
  }
  return -1;
}

/* Where an unknown name in a path seems to end: before the first part that is a field. */
static size_t guess_name(const pl_noun *noun, const char *text) {
  for (const char *dot = strchr(text, '.'); dot; dot = strchr(dot + 1, '.')) {
    if (pl_field_find(noun, dot + 1, until_dot(dot + 1)) >= 0) return (size_t)(dot - text);
  }
  return until_dot(text);
}

static bool find_field(pl_reading *r, const pl_noun *noun, const char *text, pl_path *out) {
  size_t const length = until_dot(text);
  int const field = pl_field_find(noun, text, length);
  if (field < 0) {
    const char *const key = pl_arena_printf(r->a, "%.*s", (int)length, text);
    (void)pl_fail(r->diag, PL_NAME, part_of(out, text, length), "%s %s has no field '%s'",
                  pl_text_article(noun->name), noun->name, key);
    pl_suggest_field(r, key, noun);
    return false;
  }
  out->field = &noun->field[field];
  const char *const rest = text + length + (text[length] == '.');
  out->key = (pl_span){rest, strlen(rest)};
  return true;
}

static bool find_thing(pl_reading *r, const char *text, size_t section, pl_path *out) {
  const pl_noun *const noun = &pl_nouns[out->noun];
  const char *const rest = text + section + (text[section] == '.');
  size_t length = 0;
  out->thing = find_name(&r->sections[out->noun], rest, &length);
  if (out->thing < 0) {
    if (r->incomplete) return false;
    length = guess_name(noun, rest);
    (void)pl_want_thing(r, pl_arena_printf(r->a, "%.*s", (int)length, rest),
                        part_of(out, rest, length), out->noun);
    return false;
  }
  if (rest[length] != '\0') return find_field(r, noun, rest + length + 1, out);
  if (noun->shorthand) return true;
  (void)pl_fail(r->diag, PL_NAME, out->place,
                "'%s' is %s %s: a path must continue to one of its fields", text,
                pl_text_article(noun->name), noun->name);
  return false;
}

enum { PATH_MAX_BYTES = 1000 };

bool pl_case_path_find(pl_reading *r, const char *text, pl_place at, pl_path *out) {
  size_t const section = until_dot(text);
  *out = (pl_path){.place = at, .text = {text, strlen(text)}, .noun = -1};
  if (out->text.length > PATH_MAX_BYTES) {
    (void)pl_fail(r->diag, PL_RANGE, at, "this path is longer than %d bytes", (int)PATH_MAX_BYTES);
    return false;
  }
  if (section == 4 && !memcmp(text, "case", 4)) {
    if (text[section] == '.') return find_field(r, &pl_calendar_noun, text + section + 1, out);
    (void)pl_fail(r->diag, PL_NAME, at, "a path must continue to a field, such as case.from");
    return false;
  }
  out->noun = pl_noun_find(text, section);
  if (out->noun >= 0) return find_thing(r, text, section, out);
  const char *sections[PL_NOUNS + 1] = {"case"};
  for (int i = 0; i < PL_NOUNS; i++) sections[i + 1] = pl_nouns[i].section;
  const char *const key = pl_arena_printf(r->a, "%.*s", (int)section, text);
  (void)pl_fail(r->diag, PL_NAME, part_of(out, text, section), "no section is called '%s'", key);
  pl_suggest(r, key, sections, PL_NOUNS + 1);
  return false;
}

/* --- Change --------------------------------------------------------------------------------- */

/* Aliases share nodes, so what is changed is copied on the way down. */
static pl_node *copy(pl_reading *r, const pl_node *n) {
  pl_node *const out = PL_NEW(r->a, pl_node);
  *out = *n;
  size_t const count = (size_t)n->n;
  if (n->kind == PL_SCALAR || count == 0) return out;
  out->child = PL_NEW_ARRAY(r->a, pl_node *, count);
  memcpy(out->child, n->child, count * sizeof *out->child);
  if (n->kind == PL_LIST) return out;
  out->key = PL_NEW_ARRAY(r->a, const char *, count);
  out->key_place = PL_NEW_ARRAY(r->a, pl_place, count);
  memcpy(out->key, n->key, count * sizeof *out->key);
  memcpy(out->key_place, n->key_place, count * sizeof *out->key_place);
  return out;
}

static void remove_key(pl_node *n, int i) {
  size_t const after = (size_t)(n->n - i - 1);
  memmove(n->child + i, n->child + i + 1, after * sizeof *n->child);
  memmove(n->key + i, n->key + i + 1, after * sizeof *n->key);
  memmove(n->key_place + i, n->key_place + i + 1, after * sizeof *n->key_place);
  n->n--;
}

static void put(pl_reading *r, pl_node *mapping, const char *key, pl_place at, pl_node *value) {
  if (!pl_node_is_null(value)) {
    pl_node_set(mapping, r->a, key, at, value);
    return;
  }
  int const i = pl_node_index(mapping, key);
  if (i >= 0) remove_key(mapping, i);
}

static void put_in_list(pl_reading *r, pl_node *list, const pl_path *p, const char *key,
                        pl_node *value);

/* n, which is already a copy, with value under the keys. */
static void put_below(pl_reading *r, pl_node *n, const pl_path *p, const char *keys,
                      pl_node *value) {
  if (n->kind == PL_LIST) {
    put_in_list(r, n, p, keys, value);
    return;
  }
  for (size_t length = strlen(keys); length > 0; length--) {
    if (keys[length] != '.') continue;
    int const i = pl_node_index(n, pl_arena_printf(r->a, "%.*s", (int)length, keys));
    if (i < 0 || n->child[i]->kind == PL_SCALAR) continue;
    n->child[i] = copy(r, n->child[i]);
    put_below(r, n->child[i], p, keys + length + 1, value);
    return;
  }
  put(r, n, keys, p->place, value);
}

static void put_in_list(pl_reading *r, pl_node *list, const pl_path *p, const char *key,
                        pl_node *value) {
  size_t const length = until_dot(key);
  double number = 0;
  size_t const used = pl_number_parse(key, length, &number);
  int const i = used == length && number >= 1 && number <= list->n ? (int)number - 1 : -1;
  if (i < 0) {
    (void)pl_fail(r->diag, PL_NAME, part_of(p, key, length),
                  "this list has items 1 to %d, but no '%.*s'", list->n, (int)length, key);
  } else if (key[length] == '\0') {
    list->child[i] = value;
  } else if (list->child[i]->kind == PL_SCALAR) {
    (void)pl_fail(r->diag, PL_NAME, part_of(p, key, strlen(key)),
                  "item %d is plain text and has nothing below it", i + 1);
  } else {
    list->child[i] = copy(r, list->child[i]);
    put_below(r, list->child[i], p, key + length + 1, value);
  }
}

/* A copy of the thing's mapping, with a shorthand expanded; NULL if it is neither. */
static pl_node *own_mapping(pl_reading *r, const pl_path *p) {
  pl_node **const at = p->noun < 0 ? &r->head : &r->sections[p->noun].node->child[p->thing];
  if (p->noun < 0 && !r->head) r->head = pl_node_new_mapping(r->a, p->place);
  pl_node *const old = *at;
  const char *const shorthand = p->noun < 0 ? NULL : pl_nouns[p->noun].shorthand;
  if (old->kind == PL_MAPPING) {
    *at = copy(r, old);
  } else if (old->kind == PL_SCALAR && shorthand) {
    *at = pl_node_new_mapping(r->a, old->place);
    pl_node_set(*at, r->a, shorthand, old->place, old);
  } else {
    return NULL;
  }
  return *at;
}

void pl_case_path_set(pl_reading *r, const pl_path *path, pl_node *value) {
  if (!path->field) {
    r->sections[path->noun].node->child[path->thing] = value;
    return;
  }
  pl_node *const thing = own_mapping(r, path);
  if (!thing) return; /* reported when the fields are read */
  const char *const field = path->field->key;
  if (path->key.length == 0) {
    put(r, thing, field, path->place, value);
    return;
  }
  int const i = pl_node_index(thing, field);
  pl_node *below = i < 0 ? pl_node_new_mapping(r->a, path->place) : thing->child[i];
  if (below->kind == PL_SCALAR) {
    (void)pl_fail(r->diag, PL_NAME, part_of(path, path->key.at, path->key.length),
                  "'%s' is plain text here and has nothing below it", field);
    return;
  }
  below = copy(r, below);
  pl_node_set(thing, r->a, field, i < 0 ? path->place : thing->key_place[i], below);
  put_below(r, below, path, path->key.at, value);
}
