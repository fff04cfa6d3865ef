/* What is accepted is answered: in cases that use every field of the language, one number at a time
 * becomes nothing, less than nothing, tiny, huge, or no number at all. Reading refuses that with a
 * place, or there is a plan, or reasons why there is none. Each try has a process of its own, so
 * that a crash or a loop is told like everything else.
 *
 *     test_extreme FOLDER [FIRST [EVERY]]    the cases of FOLDER; of the tries FIRST, FIRST +
 * EVERY, … */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain/chain.h"
#include "law/law_answer.h"
#include "text/node.h"

enum { TRIES_MAX = 10000 };

static const char *const cases[] = {"works.yaml", "papers.yaml", "prices.yaml", "weeks.yaml"};
enum { CASES = sizeof cases / sizeof *cases };

static const char *const extremes[] = {"0",    "-1",    "1e-300", "1e-12", "1e-7", "1e7",   "1e12",
                                       "1e18", "1e300", "1e999",  "nan",   "inf",  "-1e300"};
enum { EXTREMES = sizeof extremes / sizeof *extremes };

typedef struct { /* a number in the text of a case, and the field that it belongs to */
  size_t at, length;
  const char *path;
} number;

typedef struct {
  const char *name, *text;
  pl_arena *arena;
  size_t *line; /* [lines] offsets */
  int n;
  number *numbers;
  bool *seen[PL_NOUNS + 1]; /* [fields] of each noun; the last is the head of the case */
} base;

/* --- The numbers of a case ------------------------------------------------------------------- */

static void find_lines(base *b) {
  int lines = 1;
  for (const char *p = b->text; *p; p++) lines += *p == '\n';
  b->line = PL_NEW_ARRAY(b->arena, size_t, (size_t)lines + 1);
  int n = 1;
  for (const char *p = b->text; *p; p++)
    if (*p == '\n') b->line[n++] = (size_t)(p - b->text) + 1;
}

static bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_';
}

/* Every number in the bytes of place, but for those within names. */
static void add_numbers(base *b, pl_place place, const char *path) {
  size_t const start = b->line[place.line - 1] + (size_t)place.column - 1;
  size_t const end = start + (size_t)place.length;
  for (size_t at = start; at < end;) {
    double value;
    bool const begins = b->text[at] >= '0' && b->text[at] <= '9';
    size_t const used = begins ? pl_number_parse(b->text + at, end - at, &value) : 0;
    if (used > 0 && (at == start || !in_word(b->text[at - 1])))
      b->numbers[b->n++] = (number){at, used, path};
    at += used > 0 ? used : 1;
  }
}

static void walk(base *b, const pl_node *n, pl_place place, const char *path) {
  if (n->kind == PL_SCALAR) {
    if (!n->quoted) add_numbers(b, n->place.length > 0 ? n->place : place, path);
    return;
  }
  for (int i = 0; i < n->n; i++) {
    if (n->kind == PL_MAPPING) add_numbers(b, n->key_place[i], path);
    walk(b, n->child[i], place, path);
  }
}

static void walk_thing(base *b, const pl_noun *noun, bool *seen, const pl_node *thing,
                       const char *name) {
  static const char *const plain[] = {"title", "country", "source", "note"};
  for (int i = 0; thing->kind == PL_MAPPING && i < thing->n; i++) {
    int const f = pl_field_find(noun, thing->key[i], strlen(thing->key[i]));
    bool text = f < 0;
    for (int k = 0; k < 4; k++) text = text || !strcmp(thing->key[i], plain[k]);
    if (f >= 0) seen[f] = true;
    if (!text)
      walk(b, thing->child[i], thing->child[i]->place,
           pl_arena_printf(b->arena, "%s.%s", name, thing->key[i]));
  }
  if (thing->kind == PL_SCALAR && noun->shorthand)
    seen[pl_field_find(noun, noun->shorthand, strlen(noun->shorthand))] = true;
}

static void walk_case(base *b, const pl_node *root) {
  for (int i = 0; i < root->n; i++) {
    int const noun = pl_noun_find(root->key[i], strlen(root->key[i]));
    if (noun < 0) walk_thing(b, &pl_calendar_noun, b->seen[PL_NOUNS], root->child[i], "case");
    for (int k = 0; noun >= 0 && k < root->child[i]->n; k++)
      walk_thing(b, &pl_nouns[noun], b->seen[noun], root->child[i]->child[k],
                 pl_arena_printf(b->arena, "%s.%s", root->key[i], root->child[i]->key[k]));
  }
}

static bool base_read(base *b, const char *folder, pl_files *files, pl_diag *diag) {
  const pl_source *source;
  pl_node *root;
  const char *path = pl_arena_printf(b->arena, "%s/%s", folder, b->name);
  if (pl_files_open(files, path, NULL, PL_NOWHERE, &source, diag) != PL_OK ||
      pl_yaml_read(source, b->arena, &root, diag) != PL_OK)
    return false;
  b->text = source->text;
  b->numbers = PL_NEW_ARRAY(b->arena, number, TRIES_MAX);
  find_lines(b);
  walk_case(b, root);
  return true;
}

typedef struct {
  int tries, next, every, wrong;
  int outcomes[LAW_UNANSWERED + 1];
} tally;

static void try_number(const base *b, const number *x, const char *extreme, tally *t) {
  if (t->tries++ != t->next) return;
  t->next += t->every;
  pl_arena *a = pl_arena_new();
  const char *text =
      pl_arena_printf(a, "%.*s%s%s", (int)x->at, b->text, extreme, b->text + x->at + x->length);
  int const outcome = law_answer(&(law_text){.yaml = text});
  if (law_is_answered(outcome)) t->outcomes[outcome]++;
  if (!law_is_answered(outcome)) {
    t->wrong++;
    (void)printf("  try %d: %s of %s: %.*s becomes %s\n", t->tries - 1, x->path, b->name,
                 (int)x->length, b->text + x->at, extreme);
  }
  pl_arena_free(a);
}

/* --- All -------------------------------------------------------------------------------------- */

/* A field that no case uses is tried by nobody. */
static int unseen(const pl_noun *noun, const bool *seen) {
  int n = 0;
  for (int i = 0; i < noun->n_fields; i++) {
    pl_kind const kind = noun->field[i].kind;
    if (seen[i] || kind == PL_KIND_TEXT || kind == PL_KIND_TEXTS) continue;
    (void)printf("  no case here uses '%s' of a %s\n", noun->field[i].key, noun->name);
    n++;
  }
  return n;
}

int main(int argc, char **argv) {
  if (argc < 2) return 64;
  tally t = {.next = argc > 2 ? atoi(argv[2]) : 0, .every = argc > 3 ? atoi(argv[3]) : 1};
  pl_arena *a = pl_arena_new();
  pl_files *files = pl_files_new(NULL, 0);
  pl_diag *diag = pl_diag_new();
  bool *seen[PL_NOUNS + 1];
  for (int i = 0; i <= PL_NOUNS; i++) seen[i] = PL_NEW_ARRAY(a, bool, PL_FIELDS_MAX);
  for (int i = 0; i < CASES; i++) {
    base b = {.name = cases[i], .arena = a};
    memcpy(b.seen, seen, sizeof seen);
    if (!base_read(&b, argv[1], files, diag) ||
        law_answer(&(law_text){.yaml = b.text}) != LAW_PLANNED) {
      (void)printf("  %s has no plan as it is\n", b.name);
      t.wrong++;
      continue;
    }
    for (int k = 0; k < b.n; k++)
      for (int e = 0; e < EXTREMES; e++) try_number(&b, &b.numbers[k], extremes[e], &t);
  }
  for (int i = 0; i < PL_NOUNS; i++) t.wrong += unseen(&pl_nouns[i], seen[i]);
  t.wrong += unseen(&pl_calendar_noun, seen[PL_NOUNS]);
  (void)printf("%d numbers tried: %d refused, %d planned, %d with reasons why not; %d wrong\n",
               t.outcomes[LAW_REFUSED] + t.outcomes[LAW_PLANNED] + t.outcomes[LAW_REASONS] +
                   t.wrong,
               t.outcomes[LAW_REFUSED], t.outcomes[LAW_PLANNED], t.outcomes[LAW_REASONS], t.wrong);
  pl_diag_free(diag);
  pl_files_free(files);
  pl_arena_free(a);
  return t.wrong > 0;
}
