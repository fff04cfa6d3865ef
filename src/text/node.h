#ifndef PL_TEXT_NODE_H
#define PL_TEXT_NODE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "text/files.h"

/* Structured text as a tree in which every key and value knows its place. Scalars stay text: the
 * reader of the field decides what they mean (NO is not turned into false, nor 1.10 into 1.1). */
typedef enum { PL_SCALAR, PL_LIST, PL_MAPPING } pl_node_kind;

typedef struct pl_node pl_node;
struct pl_node {
  pl_node_kind kind;
  pl_place place;      /* of the value */
  const char *text;    /* scalars: the text, ended by 0; "" for an empty value */
  bool quoted;         /* scalars: written in quotes or as a block */
  int n;               /* children */
  pl_node **child;     /* [n] values of a list or mapping, in order */
  const char **key;    /* [n] mappings only */
  pl_place *key_place; /* [n] mappings only */
};

/* Reads YAML 1.2 (the part that data needs): block and flow style, quotes, block scalars, comments,
 * anchors, aliases and << merges. Errors, all with their place: duplicate keys, tabs, aliases that
 * nest beyond 64 levels or expand the tree beyond 2,000,000 nodes, tags, more than one document,
 * depth beyond 64, bytes that are not UTF-8. *out is an empty mapping for an empty file. Keys are
 * text. After errors that leave a tree (such as duplicate keys) *out is set all the same, so that
 * its reader can go on and report further errors; otherwise it is untouched. */
pl_status pl_yaml_read(const pl_source *source, pl_arena *a, pl_node **out, pl_diag *diag);

pl_node *pl_node_find(const pl_node *mapping, const char *key); /* NULL if absent */
int pl_node_index(const pl_node *mapping, const char *key);     /* −1 if absent */
pl_node *pl_node_new_scalar(pl_arena *a, const char *text, pl_place at);
pl_node *pl_node_new_mapping(pl_arena *a, pl_place at);
/* Puts value under key, replacing any earlier value. O(n): for overrides, not for loading. */
void pl_node_set(pl_node *mapping, pl_arena *a, const char *key, pl_place key_place,
                 pl_node *value);

#endif
