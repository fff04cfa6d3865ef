/* A table as a section of a case. The headers are arranged as a tree once; every row is then one
 * walk along it. */
#include <string.h>

#include "base/map.h"
#include "text/csv_row.h"

enum { PARTS_MAX = 8 };

/* A key of every row: a column, or a mapping that several columns "takes.x" make. */
typedef struct layout layout;
struct layout {
  const char *key;
  pl_place place;
  int column;       /* -1 for a mapping */
  const char *unit; /* NULL = none */
  int n;
  layout *child, *last, *next;
};

typedef struct {
  const pl_csv *table;
  pl_arena *arena;
  pl_diag *diag;
  pl_status status;
  layout root;
  pl_map *paths;  /* "takes", "takes.alumina" */
  layout **known; /* by the index of its path */
  int capacity;
  int name_column; /* -1 = none */
  pl_place *place; /* [n_cols] of the cells of the row at hand */
} builder;

static void complain(builder *b, pl_place at, const char *words) {
  b->status = pl_fail(b->diag, PL_SYNTAX, at, "%s", words);
}

static layout *layout_find(const builder *b, pl_span path) {
  int const i = pl_map_find(b->paths, path.at, path.length);
  return i < 0 ? NULL : b->known[i];
}

static void remember(builder *b, pl_span path, layout *l) {
  int const i = pl_map_add(b->paths, path.at, path.length);
  PL_GROW(b->arena, b->known, i, b->capacity);
  b->known[i] = l;
}

/* path ends with key, the part that is new inside `in`. */
static layout *layout_add(builder *b, layout *in, pl_span path, pl_span key, pl_place place,
                          int column) {
  layout *l = PL_NEW(b->arena, layout);
  *l = (layout){
      .key = pl_arena_strndup(b->arena, key.at, key.length), .place = place, .column = column};
  if (in->last)
    in->last->next = l;
  else
    in->child = l;
  in->last = l;
  in->n++;
  remember(b, path, l);
  return l;
}

/* "capacity [kt/year]" → "capacity" and its unit. */
static bool split_unit(pl_span *head, pl_span *unit) {
  *unit = (pl_span){NULL, 0};
  const char *open = memchr(head->at, '[', head->length);
  if (!open) return true;
  const char *end = head->at + head->length;
  if (end[-1] != ']') return false;
  *unit = pl_span_trim((pl_span){open + 1, (size_t)(end - open) - 2});
  *head = pl_span_trim((pl_span){head->at, (size_t)(open - head->at)});
  return unit->length > 0 && head->length > 0;
}

/* The mapping that all but the last part of path name, created where it is missing; *key becomes
 * the last part. NULL if a part is empty or names a column. */
static layout *inner_mapping(builder *b, pl_span path, pl_place at, pl_span *key) {
  layout *in = &b->root;
  const char *dot;
  *key = path;
  for (int parts = 1; (dot = memchr(key->at, '.', key->length)); parts++) {
    pl_span const upto = {path.at, (size_t)(dot - path.at)},
                  part = {key->at, (size_t)(dot - key->at)};
    layout *next = layout_find(b, upto);
    if (part.length == 0 || parts == PARTS_MAX || (next && next->column >= 0)) return NULL;
    in = next ? next : layout_add(b, in, upto, part, at, -1);
    *key = (pl_span){dot + 1, key->length - part.length - 1};
  }
  return key->length > 0 ? in : NULL;
}

static void lay_out(builder *b, int column, pl_place at) {
  pl_span path = b->table->head[column], unit, key;
  if (pl_span_is(path, "name")) {
    b->name_column = column;
    return;
  }
  if (!split_unit(&path, &unit)) {
    complain(b, at, "a header must be 'key' or 'key [unit]'");
    return;
  }
  layout *in = inner_mapping(b, path, at, &key);
  if (!in || layout_find(b, path)) {
    complain(b, at,
             in ? "an earlier column has the same key"
                : "this header conflicts with an earlier one");
    return;
  }
  layout *l = layout_add(b, in, path, key, at, column);
  l->unit = unit.length ? pl_arena_strndup(b->arena, unit.at, unit.length) : NULL;
}

static pl_span cell_at(const builder *b, int row, int column) {
  return b->table->cell[(size_t)row * (size_t)b->table->n_cols + (size_t)column];
}

static pl_node *scalar(builder *b, pl_span cell, const char *unit, pl_place at) {
  pl_node *n = PL_NEW(b->arena, pl_node);
  n->kind = PL_SCALAR;
  n->place = at;
  double ignored;
  bool const bare = unit && pl_number_parse(cell.at, cell.length, &ignored) == cell.length;
  n->text = bare ? pl_arena_printf(b->arena, "%.*s %s", (int)cell.length, cell.at, unit)
                 : pl_arena_strndup(b->arena, cell.at, cell.length);
  return n;
}

static pl_node *mapping_new(pl_arena *a, int room, pl_place at) {
  pl_node *n = pl_node_new_mapping(a, at);
  n->child = PL_NEW_ARRAY(a, pl_node *, (size_t)room);
  n->key = PL_NEW_ARRAY(a, const char *, (size_t)room);
  n->key_place = PL_NEW_ARRAY(a, pl_place, (size_t)room);
  return n;
}

static void append(pl_node *mapping, const char *key, pl_place key_place, pl_node *value) {
  mapping->key[mapping->n] = key;
  mapping->key_place[mapping->n] = key_place;
  mapping->child[mapping->n++] = value;
}

static pl_node *build(builder *b, const layout *l, int row);

static void append_children(builder *b, const layout *l, int row, pl_node *to) {
  for (const layout *c = l->child; c; c = c->next) {
    pl_node *value = build(b, c, row);
    if (value) append(to, c->key, c->place, value);
  }
}

/* The contents of a row under l: NULL if its cells are empty. Recursion ends with the parts of a
 * header. */
static pl_node *build(builder *b, const layout *l, int row) {
  if (l->column >= 0) {
    pl_span const cell = cell_at(b, row, l->column);
    return cell.length ? scalar(b, cell, l->unit, b->place[l->column]) : NULL;
  }
  pl_node *n = mapping_new(b->arena, l->n, l->place);
  append_children(b, l, row, n);
  if (n->n == 0) return NULL;
  n->place = n->child[0]->place;
  return n;
}

static void find_places(builder *b, int row) {
  pl_csv_row r = pl_csv_row_at(b->table, row);
  for (int c = 0; c < b->table->n_cols; c++) {
    (void)pl_csv_row_cell(&r, NULL, &b->place[c]);
    (void)pl_csv_row_more(&r);
  }
}

/* Adds the row's name to root; a missing or duplicate name is an error, and the row is left out. */
static void add_row(builder *b, int row, pl_map *names, pl_node *root) {
  find_places(b, row);
  bool const named = b->name_column >= 0;
  pl_place const at = b->place[named ? b->name_column : 0];
  const char *number = named ? NULL : pl_arena_printf(b->arena, "%d", row + 1);
  pl_span const name = named ? cell_at(b, row, b->name_column) : pl_span_of(number);
  if (name.length == 0) {
    complain(b, at, "this row has no name");
    return;
  }
  int const before = pl_map_count(names), i = pl_map_add(names, name.at, name.length);
  if (i < before) {
    b->status = pl_fail(b->diag, PL_SYNTAX, at, "'%s' is given twice; the first is on line %d",
                        pl_map_key(names, i), root->key_place[i].line);
    return;
  }
  pl_node *value = mapping_new(b->arena, b->root.n, at);
  append_children(b, &b->root, row, value);
  append(root, pl_map_key(names, i), at, value);
}

pl_status pl_csv_to_node(const pl_csv *t, pl_arena *a, pl_node **out, pl_diag *diag) {
  builder b = {.table = t, .arena = a, .diag = diag, .name_column = -1, .root = {.column = -1}};
  b.paths = pl_map_new(a);
  b.place = PL_NEW_ARRAY(a, pl_place, (size_t)t->n_cols);
  if (t->n_cols > 0) find_places(&b, -1);
  for (int c = 0; c < t->n_cols; c++) lay_out(&b, c, b.place[c]);
  pl_node *root =
      mapping_new(a, t->n_rows, (pl_place){t->source->path, t->n_cols ? t->head_line : 1, 1, 0});
  pl_map *names = pl_map_new(a);
  for (int row = 0; row < t->n_rows; row++) add_row(&b, row, names, root);
  *out = root;
  return b.status;
}
