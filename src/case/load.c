/* Turns files into one tree: the case's own file, what it includes, and its tables, section by
 * section. Handles the keys at the top of a file, not the fields below. */
#include <string.h>

#include "case/reading.h"
#include "text/csv.h"

enum { NESTED_MAX = 64 };

static const char *const top_keys[] = {
    "case", "scenarios", "overrides", "include", "tables",
#define N(name, list, section, shorthand, meaning) section,
#include "chain/noun.def"
#undef N
};
enum { TOP_KEYS = sizeof top_keys / sizeof *top_keys };

static void load_root(pl_reading *r, const pl_node *root, int depth);

/* --- Sections ------------------------------------------------------------------------------- */

static void section_init(pl_section *s, pl_arena *a) {
  s->node = pl_node_new_mapping(a, PL_NOWHERE);
  s->names = pl_map_new(a);
  s->capacity = 0;
}

static void section_grow(pl_section *s, pl_arena *a, int more) {
  pl_node *n = s->node;
  int of_keys = s->capacity, of_places = s->capacity;
  PL_GROW_BY(a, n->child, n->n, more, s->capacity);
  PL_GROW_BY(a, n->key, n->n, more, of_keys);
  PL_GROW_BY(a, n->key_place, n->n, more, of_places);
}

static bool name_is_sound(pl_reading *r, const char *name, pl_place at) {
  size_t const length = strlen(name);
  if (length > 0 && name[0] != ' ' && name[length - 1] != ' ') return pl_want_visible(r, name, at);
  (void)pl_fail(r->diag, PL_SYNTAX, at, "a name must be visible text without spaces at its ends");
  return false;
}

static void section_add(pl_reading *r, pl_section *s, const pl_node *from, int i,
                        const char *word) {
  const char *const name = from->key[i];
  pl_place const at = from->key_place[i];
  if (!name_is_sound(r, name, at)) return;
  int const index = pl_map_add(s->names, name, strlen(name));
  if (index < s->node->n) {
    (void)pl_fail(r->diag, PL_NAME, at, "%s %s '%s' is already defined", pl_text_article(word),
                  word, name);
    pl_hint(r->diag, "give one of the two another name, or remove it");
    pl_note(r->diag, s->node->key_place[index], "the first '%s' is here", name);
    return;
  }
  s->node->child[index] = from->child[i];
  s->node->key[index] = name;
  s->node->key_place[index] = at;
  s->node->n++;
}

static void section_merge(pl_reading *r, pl_section *s, const pl_node *from, const char *key,
                          const char *word) {
  if (pl_node_is_null(from)) return;
  if (from->kind != PL_MAPPING) {
    (void)pl_fail(r->diag, PL_SYNTAX, from->place, "'%s' requires a mapping of names, not %s", key,
                  pl_node_words(from));
    return;
  }
  section_grow(s, r->a, from->n);
  for (int i = 0; i < from->n; i++) section_add(r, s, from, i, word);
}

/* --- Tables --------------------------------------------------------------------------------- */

static pl_status read_table(pl_reading *r, const pl_node *file, pl_node **rows) {
  const pl_source *source;
  pl_csv table;
  PL_TRY(pl_files_open(r->files, file->text, file->place.file, file->place, &source, r->diag));
  PL_TRY(pl_csv_read(source, r->a, &table, r->diag));
  return pl_csv_to_node(&table, r->a, rows, r->diag);
}

/* A cell that looks like a list or mapping is one: [bands, coils]. */
static void unfold_cells(pl_reading *r, pl_node *n) {
  for (int i = 0; n->kind == PL_MAPPING && i < n->n; i++) {
    pl_node *const cell = n->child[i];
    unfold_cells(r, cell);
    if (cell->kind != PL_SCALAR || (cell->text[0] != '[' && cell->text[0] != '{')) continue;
    pl_place at = cell->place;
    if ((size_t)at.length == strlen(cell->text) + 2) at.column++; /* in quotes */
    if (pl_flow_read(r, cell->text, at, &n->child[i]) != PL_OK) r->incomplete = true;
  }
}

static void load_table(pl_reading *r, int noun, const pl_node *file) {
  if (file->kind != PL_SCALAR || file->text[0] == '\0') {
    (void)pl_fail(r->diag, PL_SYNTAX, file->place,
                  "the name of a CSV file is required here, not %s", pl_node_words(file));
    return;
  }
  pl_node *rows = NULL;
  if (read_table(r, file, &rows) != PL_OK) r->incomplete = true;
  if (rows) unfold_cells(r, rows);
  if (rows) section_merge(r, &r->sections[noun], rows, pl_nouns[noun].section, pl_nouns[noun].name);
}

static void load_tables(pl_reading *r, const pl_node *tables) {
  if (pl_node_is_null(tables)) return;
  if (tables->kind != PL_MAPPING) {
    (void)pl_fail(r->diag, PL_SYNTAX, tables->place,
                  "'tables' requires a mapping of sections to CSV files, not %s",
                  pl_node_words(tables));
    return;
  }
  for (int i = 0; i < tables->n; i++) {
    const char *const key = tables->key[i];
    const pl_node *const files = tables->child[i];
    int const noun = pl_noun_find(key, strlen(key));
    if (noun < 0) {
      (void)pl_fail(r->diag, PL_NAME, tables->key_place[i], "no section is called '%s'", key);
      pl_suggest(r, key, top_keys + TOP_KEYS - PL_NOUNS, PL_NOUNS);
    } else if (files->kind == PL_LIST) {
      for (int k = 0; k < files->n; k++) load_table(r, noun, files->child[k]);
    } else {
      load_table(r, noun, files);
    }
  }
}

/* --- Includes ------------------------------------------------------------------------------- */

static pl_status read_root(pl_reading *r, const pl_source *source, pl_node **root) {
  PL_TRY(pl_yaml_read(source, r->a, root, r->diag));
  if ((*root)->kind == PL_MAPPING) return PL_OK;
  return pl_fail(r->diag, PL_SYNTAX, (*root)->place, "a case must be a mapping of sections, not %s",
                 pl_node_words(*root));
}

static pl_status read_include(pl_reading *r, const pl_node *file, int depth) {
  const pl_source *source;
  pl_node *root;
  PL_TRY(pl_files_open(r->files, file->text, file->place.file, file->place, &source, r->diag));
  int const before = pl_map_count(r->loaded);
  if (pl_map_add(r->loaded, source->path, strlen(source->path)) < before)
    return PL_OK; /* reached before by another way */
  PL_TRY(read_root(r, source, &root));
  load_root(r, root, depth + 1);
  return PL_OK;
}

static void load_include(pl_reading *r, const pl_node *file, int depth) {
  if (file->kind != PL_SCALAR || file->text[0] == '\0') {
    (void)pl_fail(r->diag, PL_SYNTAX, file->place, "the name of a file is required here, not %s",
                  pl_node_words(file));
    return;
  }
  if (depth >= NESTED_MAX) {
    (void)pl_fail(r->diag, PL_SYNTAX, file->place, "files include one another more than %d deep",
                  (int)NESTED_MAX);
    return;
  }
  if (read_include(r, file, depth) != PL_OK) r->incomplete = true;
}

static void load_includes(pl_reading *r, const pl_node *files, int depth) {
  if (!files || pl_node_is_null(files)) return;
  if (files->kind != PL_LIST) {
    load_include(r, files, depth);
    return;
  }
  for (int i = 0; i < files->n; i++) load_include(r, files->child[i], depth);
}

/* --- The keys of a file --------------------------------------------------------------------- */

static void keep_head(pl_reading *r, const pl_node *root, int i) {
  if (r->head) {
    (void)pl_fail(r->diag, PL_NAME, root->key_place[i],
                  "'case' is already defined: an included file cannot have one");
    pl_note(r->diag, r->head_place, "the first 'case' is here");
    return;
  }
  r->head = root->child[i];
  r->head_place = root->key_place[i];
}

static void keep_overrides(pl_reading *r, const pl_node *node) {
  if (pl_node_is_null(node)) return;
  if (node->kind != PL_MAPPING) {
    (void)pl_fail(r->diag, PL_SYNTAX, node->place,
                  "'overrides' requires a mapping of paths to values, not %s", pl_node_words(node));
    return;
  }
  PL_GROW_ALONE(r->a, r->overrides, r->n_overrides);
  r->overrides[r->n_overrides++] = node;
}

static void unknown_key(pl_reading *r, const char *key, pl_place at) {
  if (!strcmp(key, "projects")) {
    (void)pl_fail(r->diag, PL_NAME, at, "projects are not planned by this version");
    return;
  }
  (void)pl_fail(r->diag, PL_NAME, at, "a case has no section '%s'", key);
  pl_suggest(r, key, top_keys, TOP_KEYS);
}

/* Included files come first, so that the including file's overrides apply last. */
static void load_root(pl_reading *r, const pl_node *root, int depth) {
  int const head = pl_node_index(root, "case");
  if (head >= 0) keep_head(r, root, head);
  load_includes(r, pl_node_find(root, "include"), depth);
  for (int i = 0; i < root->n; i++) {
    const char *const key = root->key[i];
    const pl_node *const value = root->child[i];
    int const noun = pl_noun_find(key, strlen(key));
    if (noun >= 0) {
      section_merge(r, &r->sections[noun], value, key, pl_nouns[noun].name);
    } else if (!strcmp(key, "scenarios")) {
      section_merge(r, &r->scenarios, value, key, "scenario");
    } else if (!strcmp(key, "overrides")) {
      keep_overrides(r, value);
    } else if (!strcmp(key, "tables")) {
      load_tables(r, value);
    } else if (strncmp(key, "x-", 2) && strcmp(key, "case") && strcmp(key, "include")) {
      unknown_key(r, key, root->key_place[i]);
    }
  }
}

static bool ends_in(const char *text, const char *end) {
  size_t const n = strlen(text), m = strlen(end);
  return n >= m && !strcmp(text + n - m, end);
}

static const char *main_file(pl_arena *a, const char *path) {
  if (ends_in(path, ".yaml") || ends_in(path, ".yml")) return path;
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') length--;
  return pl_arena_printf(a, "%.*s%scase.yaml", (int)length, path,
                         length > 0 && path[length - 1] == '/' ? "" : "/");
}

pl_status pl_case_load(pl_reading *r, const char *path) {
  for (int i = 0; i < PL_NOUNS; i++) section_init(&r->sections[i], r->a);
  section_init(&r->scenarios, r->a);
  r->loaded = pl_map_new(r->a);
  const pl_source *source;
  pl_node *root;
  PL_TRY(pl_files_open(r->files, main_file(r->a, path), NULL, PL_NOWHERE, &source, r->diag));
  r->main = source->path;
  r->top = (pl_place){.file = source->path, .line = 1, .column = 1};
  (void)pl_map_add(r->loaded, source->path, strlen(source->path));
  PL_TRY(read_root(r, source, &root));
  load_root(r, root, 0);
  return PL_OK;
}
