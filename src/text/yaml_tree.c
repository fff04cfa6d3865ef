/* The tree of a YAML file: nodes, anchors, merges. Does not depend on libyaml. */
#include "text/yaml_tree.h"

#include <string.h>

enum { LINEAR_MAX = 16 }; /* keys of a mapping up to which they are searched one by one */

void pl_yaml_tree_init(pl_yaml_tree *t, const pl_source *source, pl_arena *a, pl_diag *diag) {
  *t = (pl_yaml_tree){.source = source, .arena = a, .scratch = pl_arena_new(), .diag = diag};
  t->anchor_names = pl_map_new(t->scratch);
  pl_cursor_init(&t->cursor, source);
}

void pl_yaml_tree_free(pl_yaml_tree *t) { pl_arena_free(t->scratch); }

__attribute__((format(printf, 3, 4))) static void complain(pl_yaml_tree *t, pl_place at,
                                                           const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  t->status = pl_fail(t->diag, PL_SYNTAX, at, "%s", pl_arena_vprintf(t->scratch, fmt, ap));
  va_end(ap);
}

static pl_node *node_new(pl_yaml_tree *t, pl_node_kind kind, pl_place at) {
  pl_node *n = PL_NEW(t->arena, pl_node);
  n->kind = kind;
  n->place = at;
  return n;
}

/* ---- Anchors ---- */

static int anchor_add(pl_yaml_tree *t, const char *name, pl_node *node) {
  if (!name) return -1;
  int const i = pl_map_add(t->anchor_names, name, strlen(name));
  PL_GROW(t->scratch, t->anchor, i, t->anchor_capacity);
  t->anchor[i] = (pl_yaml_anchor){.node = node};
  return i;
}

static void anchor_complete(pl_yaml_tree *t, int i, const pl_node *node, int64_t size, int height) {
  if (i < 0 || t->anchor[i].node != node) return; /* the name has been reused since */
  t->anchor[i].size = size;
  t->anchor[i].height = height;
  t->anchor[i].complete = true;
}

/* ---- Entries ---- */

static void entry_push(pl_yaml_tree *t, pl_yaml_entry e) {
  PL_GROW(t->scratch, t->entry, t->n_entries, t->entry_capacity);
  t->entry[t->n_entries++] = e;
}

static bool wants_key(const pl_yaml_tree *t) {
  const pl_yaml_frame *f = t->depth ? &t->frame[t->depth - 1] : NULL;
  return f && f->node->kind == PL_MAPPING && !f->has_key;
}

static void take_key(pl_yaml_tree *t, const char *key, bool plain, pl_place at) {
  pl_yaml_frame *f = &t->frame[t->depth - 1];
  bool const merge = plain && key && strcmp(key, "<<") == 0;
  f->next = (pl_yaml_entry){.key = key, .key_place = at, .merge = merge};
  f->has_key = true;
}

/* A finished value is added to the open collection; NULL drops the key that waits for it. */
static void put(pl_yaml_tree *t, pl_node *value, int64_t size, int height) {
  if (t->depth == 0) {
    t->root = value;
    return;
  }
  pl_yaml_frame *f = &t->frame[t->depth - 1];
  f->size += size;
  if (height > f->height) f->height = height;
  bool const mapping = f->node->kind == PL_MAPPING;
  f->has_key = false;
  f->next.value = value;
  if (value && (!mapping || f->next.key)) entry_push(t, f->next);
}

pl_status pl_yaml_tree_document(pl_yaml_tree *t, pl_place at) {
  if (t->documents++ == 0) return PL_OK;
  complain(t, at, "a second document begins here; a file may hold only one");
  return t->status;
}

void pl_yaml_tree_tag(pl_yaml_tree *t, pl_place at) {
  complain(t, at, "tags are not used here");
  pl_hint(t->diag, "put text that begins with '!' in quotes");
}

pl_status pl_yaml_tree_scalar(pl_yaml_tree *t, pl_span text, bool quoted, const char *anchor,
                              pl_place at) {
  if (text.length && memchr(text.at, '\0', text.length))
    complain(t, at, "text cannot contain the character \\0");
  const char *copy = pl_arena_strndup(t->arena, text.at, text.length);
  bool const is_key = wants_key(t);
  if (is_key && !anchor) {
    take_key(t, copy, !quoted, at);
    return PL_OK;
  }
  pl_node *n = node_new(t, PL_SCALAR, at);
  n->text = copy;
  n->quoted = quoted;
  anchor_complete(t, anchor_add(t, anchor, n), n, 1, 1);
  if (is_key)
    take_key(t, copy, !quoted, at);
  else
    put(t, n, 1, 1);
  return PL_OK;
}

pl_status pl_yaml_tree_alias(pl_yaml_tree *t, const char *name, pl_place at) {
  int const i = pl_map_find(t->anchor_names, name, strlen(name));
  const pl_yaml_anchor *anchor = i < 0 ? NULL : &t->anchor[i];
  if (wants_key(t)) {
    complain(t, at, "a key must be plain text");
    take_key(t, NULL, false, at);
    return PL_OK;
  }
  if (!anchor)
    complain(t, at, "no anchor '&%s' is defined above", name);
  else if (!anchor->complete)
    complain(t, at, "'*%s' refers to the value that contains it", name);
  if (!anchor || !anchor->complete) {
    put(t, NULL, 0, 0);
    return PL_OK;
  }
  t->expanded += anchor->size;
  if (t->depth + anchor->height > PL_YAML_DEPTH_MAX)
    complain(t, at, "aliases nest too deeply");
  else if (t->expanded > PL_YAML_EXPANDED_MAX)
    complain(t, at, "aliases expand to more than %d values", PL_YAML_EXPANDED_MAX);
  else {
    put(t, anchor->node, anchor->size, anchor->height);
    return PL_OK;
  }
  return t->status;
}

pl_status pl_yaml_tree_open(pl_yaml_tree *t, pl_node_kind kind, const char *anchor, pl_place at) {
  bool const is_key = wants_key(t); /* then it is still read, and dropped with its value */
  if (is_key) complain(t, at, "a key must be plain text");
  if (t->depth == PL_YAML_DEPTH_MAX - 1) {
    complain(t, at, "this is nested more than %d levels deep", PL_YAML_DEPTH_MAX);
    return t->status;
  }
  pl_node *n = node_new(t, kind, at);
  t->frame[t->depth++] = (pl_yaml_frame){.node = n,
                                         .first = t->n_entries,
                                         .anchor = anchor_add(t, anchor, n),
                                         .size = 1,
                                         .is_key = is_key};
  return PL_OK;
}

/* ---- Closing ---- */

static void close_list(pl_yaml_tree *t, const pl_yaml_frame *f) {
  pl_node *n = f->node;
  n->n = t->n_entries - f->first;
  n->child = PL_NEW_ARRAY(t->arena, pl_node *, (size_t)n->n);
  for (int i = 0; i < n->n; i++) n->child[i] = t->entry[f->first + i].value;
}

static int find_key(const pl_node *n, const pl_map *index, const char *key) {
  return index ? pl_map_find(index, key, strlen(key)) : pl_node_index(n, key);
}

static void append(pl_node *n, pl_map *index, const char *key, pl_place key_place, pl_node *value) {
  n->key[n->n] = key;
  n->key_place[n->n] = key_place;
  n->child[n->n++] = value;
  if (index) (void)pl_map_add(index, key, strlen(key));
}

static void append_own(pl_yaml_tree *t, pl_node *n, pl_map *index, const pl_yaml_entry *e) {
  int const first = find_key(n, index, e->key);
  if (first < 0) {
    append(n, index, e->key, e->key_place, e->value);
    return;
  }
  complain(t, e->key_place, "'%s' is given twice; the first is on line %d", e->key,
           n->key_place[first].line);
}

/* Keys of the mapping itself, or of an earlier merge, take precedence. */
static void append_merged(pl_node *n, pl_map *index, const pl_node *from) {
  for (int i = 0; i < from->n; i++)
    if (find_key(n, index, from->key[i]) < 0)
      append(n, index, from->key[i], from->key_place[i], from->child[i]);
}

/* The mappings that a << merges: one, or a list of them; *single is the array of one. */
static int merged(const pl_yaml_entry *e, pl_node **single, pl_node *const **out) {
  *single = e->value;
  *out = e->value->kind == PL_LIST ? e->value->child : single;
  int const n = e->value->kind == PL_LIST ? e->value->n : 1;
  for (int i = 0; i < n; i++)
    if ((*out)[i]->kind != PL_MAPPING) return -1;
  return n;
}

/* The most room that the mapping can need. */
static size_t count_keys(pl_yaml_tree *t, const pl_yaml_entry *e, int n) {
  size_t count = 0;
  for (int i = 0; i < n; i++) {
    pl_node *single, *const *from;
    int const k = e[i].merge ? merged(&e[i], &single, &from) : 0;
    if (k < 0) complain(t, e[i].value->place, "'<<' requires a mapping, or a list of mappings");
    for (int j = 0; j < k; j++) count += (size_t)from[j]->n;
    count += !e[i].merge;
  }
  return count;
}

static void close_mapping(pl_yaml_tree *t, const pl_yaml_frame *f) {
  const pl_yaml_entry *entries = t->entry + f->first;
  int const n_entries = t->n_entries - f->first;
  size_t const most = count_keys(t, entries, n_entries);
  pl_node *n = f->node;
  n->child = PL_NEW_ARRAY(t->arena, pl_node *, most);
  n->key = PL_NEW_ARRAY(t->arena, const char *, most);
  n->key_place = PL_NEW_ARRAY(t->arena, pl_place, most);
  pl_map *index = most > LINEAR_MAX ? pl_map_new(t->scratch) : NULL;
  for (int i = 0; i < n_entries; i++)
    if (!entries[i].merge) append_own(t, n, index, &entries[i]);
  for (int i = 0; i < n_entries; i++) {
    pl_node *single, *const *from;
    int const k = entries[i].merge ? merged(&entries[i], &single, &from) : 0;
    for (int j = 0; j < k; j++) append_merged(n, index, from[j]);
  }
}

void pl_yaml_tree_close(pl_yaml_tree *t) {
  pl_yaml_frame const f = t->frame[t->depth - 1];
  if (f.node->kind == PL_LIST)
    close_list(t, &f);
  else
    close_mapping(t, &f);
  t->n_entries = f.first;
  t->depth--;
  anchor_complete(t, f.anchor, f.node, f.size, f.height + 1);
  if (f.is_key)
    take_key(t, NULL, false, f.node->place);
  else
    put(t, f.node, f.size, f.height + 1);
}

pl_status pl_yaml_tree_done(pl_yaml_tree *t, pl_node **out) {
  pl_place const start = {t->source->path, 1, 1, 0};
  const pl_node *r = t->root;
  bool const empty = !r || (r->kind == PL_SCALAR && !r->quoted && !*r->text);
  *out = empty ? pl_node_new_mapping(t->arena, start) : t->root;
  return t->status;
}
