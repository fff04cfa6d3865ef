/* Trees of text: looking up, and the small changes that overrides make. */
#include "text/node.h"

#include <string.h>

int pl_node_index(const pl_node *mapping, const char *key) {
  for (int i = 0; i < mapping->n && mapping->key; i++)
    if (strcmp(mapping->key[i], key) == 0) return i;
  return -1;
}

pl_node *pl_node_find(const pl_node *mapping, const char *key) {
  int const i = pl_node_index(mapping, key);
  return i < 0 ? NULL : mapping->child[i];
}

pl_node *pl_node_new_scalar(pl_arena *a, const char *text, pl_place at) {
  pl_node *n = PL_NEW(a, pl_node);
  n->kind = PL_SCALAR;
  n->place = at;
  n->text = pl_arena_strdup(a, text);
  return n;
}

pl_node *pl_node_new_mapping(pl_arena *a, pl_place at) {
  pl_node *n = PL_NEW(a, pl_node);
  n->kind = PL_MAPPING;
  n->place = at;
  return n;
}

/* Copies into arrays with room for one more entry; the old ones may be shared by an alias. */
static void grow(pl_node *m, pl_arena *a) {
  size_t const n = (size_t)m->n;
  pl_node **child = PL_NEW_ARRAY(a, pl_node *, n + 1);
  const char **key = PL_NEW_ARRAY(a, const char *, n + 1);
  pl_place *key_place = PL_NEW_ARRAY(a, pl_place, n + 1);
  for (size_t i = 0; i < n; i++) {
    child[i] = m->child[i];
    key[i] = m->key[i];
    key_place[i] = m->key_place[i];
  }
  m->child = child;
  m->key = key;
  m->key_place = key_place;
}

void pl_node_set(pl_node *mapping, pl_arena *a, const char *key, pl_place key_place,
                 pl_node *value) {
  int i = pl_node_index(mapping, key);
  if (i < 0) {
    grow(mapping, a);
    i = mapping->n++;
    mapping->key[i] = pl_arena_strdup(a, key);
  }
  mapping->key_place[i] = key_place;
  mapping->child[i] = value;
}
