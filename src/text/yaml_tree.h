#ifndef PL_TEXT_YAML_TREE_H
#define PL_TEXT_YAML_TREE_H

#include "base/map.h"
#include "base/text.h"
#include "text/cursor.h"
#include "text/node.h"

/* Builds a tree from a stream of events, and finds its errors: duplicate keys, merges, anchors,
 * depth. A call that does not return PL_OK has met something after which no tree can be built. */
enum { PL_YAML_DEPTH_MAX = 64, PL_YAML_EXPANDED_MAX = 2000000 };

typedef struct { /* a value with its key, waiting for its collection to be closed */
  pl_node *value;
  const char *key;
  pl_place key_place;
  bool merge;
} pl_yaml_entry;

typedef struct {
  pl_node *node;
  int64_t size;  /* nodes to walk, shared ones counted as often as they are met */
  int height;    /* 1 for a scalar */
  bool complete; /* false while the node is still open: an alias inside would have no end */
} pl_yaml_anchor;

typedef struct {
  pl_node *node;
  int first;  /* of its entries */
  int anchor; /* -1 = none */
  int64_t size;
  int height;
  bool has_key;
  bool is_key;        /* it is in the place of a key */
  pl_yaml_entry next; /* its key; key NULL = one with an error */
} pl_yaml_frame;

typedef struct {
  const pl_source *source;
  pl_cursor cursor;
  pl_arena *arena, *scratch;
  pl_diag *diag;
  pl_node *root;
  int depth, documents;
  pl_yaml_frame frame[PL_YAML_DEPTH_MAX];
  pl_yaml_entry *entry;
  int n_entries, entry_capacity;
  pl_map *anchor_names;
  pl_yaml_anchor *anchor;
  int anchor_capacity;
  int64_t expanded;
  pl_status status; /* of the errors so far */
} pl_yaml_tree;

void pl_yaml_tree_init(pl_yaml_tree *t, const pl_source *source, pl_arena *a, pl_diag *diag);
void pl_yaml_tree_free(pl_yaml_tree *t);
pl_status pl_yaml_tree_document(pl_yaml_tree *t, pl_place at);
/* anchor: NULL = none */
pl_status pl_yaml_tree_scalar(pl_yaml_tree *t, pl_span text, bool quoted, const char *anchor,
                              pl_place at);
pl_status pl_yaml_tree_alias(pl_yaml_tree *t, const char *name, pl_place at);
pl_status pl_yaml_tree_open(pl_yaml_tree *t, pl_node_kind kind, const char *anchor, pl_place at);
void pl_yaml_tree_close(pl_yaml_tree *t);
void pl_yaml_tree_tag(pl_yaml_tree *t, pl_place at); /* report a tag */
/* Sets *out, and returns PL_SYNTAX if there were errors on the way. */
pl_status pl_yaml_tree_done(pl_yaml_tree *t, pl_node **out);

#endif
