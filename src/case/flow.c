/* YAML inside other text: a value in a setting, a list or mapping in a table's cell. Its places are
 * those of the surrounding text. */
#include <string.h>

#include "case/reading.h"

/* A node that has been moved names another file, so that nodes shared by aliases are moved once. */
static void move(pl_place *p, const char *from, pl_place to) {
  if (p->file != from) return;
  if (p->line == 1) p->column += to.column - 1;
  p->line += to.line - 1;
  p->file = to.file;
}

static void move_tree(pl_node *n, const char *from, pl_place to) {
  if (n->place.file != from) return;
  move(&n->place, from, to);
  for (int i = 0; n->kind != PL_SCALAR && i < n->n; i++) {
    if (n->kind == PL_MAPPING) move(&n->key_place[i], from, to);
    move_tree(n->child[i], from, to);
  }
}

pl_status pl_flow_read(pl_reading *r, const char *text, pl_place at, pl_node **out) {
  pl_source const source = {.path = r->inner, .text = text, .length = strlen(text)};
  int const before = pl_diag_size(r->inner_diag);
  pl_status const status = pl_yaml_read(&source, r->a, out, r->inner_diag);
  if (status != PL_OK) {
    const pl_message *const m = pl_diag_at(r->inner_diag, before);
    return pl_fail(r->diag, status, at, "%s", m ? m->text : "this is not valid YAML");
  }
  move_tree(*out, r->inner, at);
  return PL_OK;
}
