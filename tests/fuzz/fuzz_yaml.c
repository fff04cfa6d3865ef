/* Any bytes as a YAML file: read, walked, and its complaints shown. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/node.h"
#include "text/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_place(const pl_source *s, pl_place at) {
  require(at.line >= 1 && at.column >= 1 && at.length >= 0 && strcmp(at.file, s->path) == 0);
  size_t length;
  const char *line = pl_source_line(s, at.line, &length);
  size_t const left = s->length - (size_t)(line - s->text);
  require((size_t)at.column - 1 <= left && (size_t)at.length <= left - ((size_t)at.column - 1));
}

/* Returns how many nodes there are to walk; places are checked in the first few, since each costs a
 * walk over the text. */
static long walk(const pl_source *s, const pl_node *n, int depth, long seen) {
  require(depth <= 64);
  if (seen < 200) check_place(s, n->place);
  seen++;
  if (n->kind == PL_SCALAR) return require(n->text != NULL), seen;
  for (int i = 0; i < n->n; i++) {
    if (n->kind == PL_MAPPING) {
      if (seen < 200) check_place(s, n->key_place[i]);
      if (n->n < 50) require(pl_node_index(n, n->key[i]) == i);
    }
    seen = walk(s, n->child[i], depth + 1, seen);
  }
  return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_arena *arena = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  const pl_source *source = NULL;
  pl_node *root = NULL;
  pl_files_prime(files, "fuzz.yaml", (const char *)data, size);
  require(pl_files_open(files, "fuzz.yaml", NULL, PL_NOWHERE, &source, diag) == PL_OK);
  pl_status const s = pl_yaml_read(source, arena, &root, diag);
  require((s == PL_OK) == (pl_diag_count(diag, PL_ERROR) == 0));
  require(s != PL_OK || root);
  if (root) require(walk(source, root, 1, 0) <= 2000000 + (long)size + 1);
  for (int i = 0; i < pl_diag_size(diag) && i < 20; i++) {
    pl_string shown;
    pl_string_init(&shown, arena);
    if (pl_diag_at(diag, i)->place.line) check_place(source, pl_diag_at(diag, i)->place);
    pl_message_show(pl_diag_at(diag, i), files, &shown);
    require(pl_utf8_valid(shown.text, shown.length) == shown.length);
  }
  pl_diag_free(diag);
  pl_arena_free(arena);
  pl_files_free(files);
  return 0;
}
