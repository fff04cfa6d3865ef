/* What is accepted is answered, of mutants: cases of the tests whose parts are left out, repeated,
 * renamed, exchanged, scaled, or put in another's place, a few at a time. Each mutant is known by
 * its seed.
 *
 *     test_mutant FIRST COUNT          seeds FIRST, FIRST + 1, …
 *     test_mutant show SEED            the mutant's text */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain/chain.h"
#include "law/law_answer.h"
#include "text/node.h"

static const char *const sources[] = {
    "law/extreme/works.yaml",
    "law/extreme/papers.yaml",
    "law/extreme/prices.yaml",
    "law/extreme/weeks.yaml",
    "cases/units/outages.yaml",
    "cases/known/commitment/case.yaml",
    "cases/known/heat-and-power/case.yaml",
    "cases/known/alloy-charge/case.yaml",
    "cases/agreements/owen/case.yaml",
    "cases/agreements/zopa/case.yaml",
    "agreements/a01-toll-conversion.yaml",
    "agreements/a08-share-of-output.yaml",
    "agreements/a12-offtake-with-money-cap.yaml",
    "agreements/a13-sheet-ingot-tiers.yaml",
    "agreements/a14-power-with-discount-cap.yaml",
    "agreements/a18-cfd-and-called-reduction.yaml",
    "agreements/a23-coil-toll-by-gauge.yaml",
    "agreements/agency-commission.yaml",
    "agreements/agency-full-market.yaml",
    "agreements/t-top-take-or-pay.yaml",
    "agreements/venture-power-plant.yaml",
};
enum { SOURCES = sizeof sources / sizeof *sources, CHANGES_MAX = 4, SPOTS_MAX = 20000 };

typedef struct { /* child i of a mapping or a list */
  pl_node *of;
  int i;
} spot;

typedef struct {
  pl_arena *arena;
  law_random random;
  pl_node *root;
  int n;
  spot *spots;
} mutant;

/* --- The tree as text ------------------------------------------------------------------------ */

static void write_scalar(pl_string *out, const char *text, bool quoted) {
  if (!quoted && (!strcmp(text, "~") || !strcmp(text, "null") || text[0] == '\0')) {
    pl_string_printf(out, "%s", text);
    return;
  }
  pl_string_add(out, "\"", 1);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') pl_string_add(out, "\\", 1);
    if (*text == '\n')
      pl_string_add(out, "\\n", 2);
    else
      pl_string_add(out, text, 1);
  }
  pl_string_add(out, "\"", 1);
}

static void write_node(pl_string *out, const pl_node *n, int depth) {
  if (n->kind == PL_SCALAR) {
    write_scalar(out, n->text, n->quoted);
    return;
  }
  pl_string_printf(out, n->kind == PL_LIST ? "[" : "{");
  for (int i = 0; i < n->n; i++) {
    pl_string_printf(out, i ? "," : "");
    if (depth < 2) pl_string_printf(out, "\n%*s", 2 * depth + 2, "");
    if (n->kind == PL_MAPPING) {
      write_scalar(out, n->key[i], true);
      pl_string_printf(out, ": ");
    }
    write_node(out, n->child[i], depth + 1);
  }
  pl_string_printf(out, n->kind == PL_LIST ? "]" : "}");
}

/* --- Changes --------------------------------------------------------------------------------- */

static pl_node *copy_of(pl_arena *a, const pl_node *n) {
  pl_node *copy = PL_NEW(a, pl_node);
  *copy = *n;
  return copy;
}

static void find_spots(mutant *m, pl_node *n) {
  for (int i = 0; n->kind != PL_SCALAR && i < n->n; i++) {
    if (m->n < SPOTS_MAX) m->spots[m->n++] = (spot){n, i};
    find_spots(m, n->child[i]);
  }
}

static spot any_spot(mutant *m) { return m->spots[law_pick(&m->random, m->n)]; }

static void leave_out(mutant *m) {
  spot const s = any_spot(m);
  if (s.i >= s.of->n) return; /* something before it was left out */
  for (int i = s.i; i + 1 < s.of->n; i++) {
    s.of->child[i] = s.of->child[i + 1];
    if (s.of->kind != PL_MAPPING) continue;
    s.of->key[i] = s.of->key[i + 1];
    s.of->key_place[i] = s.of->key_place[i + 1];
  }
  s.of->n--;
}

/* A second thing like one of a section, under another name. */
static void repeat(mutant *m) {
  spot s = {m->root->child[law_pick(&m->random, m->root->n)], 0};
  if (s.of->kind == PL_SCALAR || s.of->n == 0) return;
  s.i = law_pick(&m->random, s.of->n);
  size_t const n = (size_t)s.of->n;
  pl_node **child = PL_NEW_ARRAY(m->arena, pl_node *, n + 1);
  memcpy(child, s.of->child, n * sizeof *child);
  child[n] = s.of->child[s.i];
  s.of->child = child;
  if (s.of->kind == PL_MAPPING) {
    const char **key = PL_NEW_ARRAY(m->arena, const char *, n + 1);
    memcpy(key, s.of->key, n * sizeof *key);
    key[n] = pl_arena_printf(m->arena, "%s-2", s.of->key[s.i]);
    s.of->key = key;
    pl_place *place = PL_NEW_ARRAY(m->arena, pl_place, n + 1);
    memcpy(place, s.of->key_place, n * sizeof *place);
    place[n] = s.of->key_place[s.i];
    s.of->key_place = place;
  }
  s.of->n++;
}

static const pl_node *any_scalar(mutant *m) {
  for (int k = 0; k < 100; k++) {
    spot const s = any_spot(m);
    if (s.i < s.of->n && s.of->child[s.i]->kind == PL_SCALAR) return s.of->child[s.i];
  }
  return NULL;
}

/* What another field says: another name, unit, step, quantity. */
static void say_another(mutant *m) {
  spot const s = any_spot(m);
  const pl_node *other = any_scalar(m);
  if (other && s.i < s.of->n) s.of->child[s.i] = copy_of(m->arena, other);
}

/* The same field of another thing of the noun; or, where there is none yet, a new field. */
static void borrow(mutant *m) {
  pl_node *section = m->root->child[law_pick(&m->random, m->root->n)];
  if (section->kind != PL_MAPPING || section->n == 0) return;
  const pl_node *from = section->child[law_pick(&m->random, section->n)];
  pl_node *to = section->child[law_pick(&m->random, section->n)];
  if (from->kind != PL_MAPPING || to->kind != PL_MAPPING || from->n == 0) return;
  int const f = law_pick(&m->random, from->n);
  pl_node_set(to, m->arena, from->key[f], from->key_place[f], copy_of(m->arena, from->child[f]));
}

static const char *scaled(mutant *m, const char *text) {
  static const double factors[] = {0,    -1,  1e-6, 1e-3, 0.1, 0.5, 0.9, 0.99,
                                   1.01, 1.1, 2,    10,   100, 1e3, 1e6, 1.37};
  for (const char *p = text; *p; p++) {
    double x;
    size_t const used = *p >= '0' && *p <= '9' ? pl_number_parse(p, strlen(p), &x) : 0;
    if (used == 0 || (p > text && (p[-1] == '-' || p[-1] == '.'))) continue;
    char number[40];
    x *= factors[law_pick(&m->random, sizeof factors / sizeof *factors)];
    (void)pl_number_format(x, number, sizeof number);
    return pl_arena_printf(m->arena, "%.*s%s%s", (int)(p - text), text, number, p + used);
  }
  return text;
}

static void scale(mutant *m) {
  for (int k = 0; k < 20; k++) {
    spot const s = any_spot(m);
    if (s.i >= s.of->n || s.of->child[s.i]->kind != PL_SCALAR) continue;
    const char *text = scaled(m, s.of->child[s.i]->text);
    if (text == s.of->child[s.i]->text) continue;
    s.of->child[s.i] = copy_of(m->arena, s.of->child[s.i]);
    s.of->child[s.i]->text = text;
    return;
  }
}

static void step_otherwise(mutant *m) {
  static const char *const steps[] = {"hour", "day", "week", "month", "quarter", "year"};
  pl_node *section = pl_node_find(m->root, law_chance(&m->random, 50) ? "materials" : "units");
  const char *step = steps[law_pick(&m->random, 6)];
  pl_node *head = pl_node_find(m->root, "case");
  pl_node *to = head;
  if (section && section->n > 0 && law_chance(&m->random, 60))
    to = section->child[law_pick(&m->random, section->n)];
  if (to && to->kind == PL_MAPPING)
    pl_node_set(to, m->arena, "step", PL_NOWHERE, pl_node_new_scalar(m->arena, step, PL_NOWHERE));
}

static void change(mutant *m) {
  static void (*const ways[])(mutant *) = {leave_out, repeat, say_another, borrow,
                                           scale,     scale,  borrow,      step_otherwise};
  m->n = 0;
  find_spots(m, m->root);
  if (m->n > 0) ways[law_pick(&m->random, sizeof ways / sizeof *ways)](m);
}

/* --- One mutant ------------------------------------------------------------------------------- */

static const char *make(uint64_t seed, pl_arena *a, const char **source) {
  mutant m = {.arena = a, .random = {seed}};
  *source = sources[law_pick(&m.random, SOURCES)];
  pl_files *files = pl_files_new(NULL, 0);
  pl_diag *diag = pl_diag_new();
  const pl_source *file;
  pl_string out;
  pl_string_init(&out, a);
  if (pl_files_open(files, pl_arena_printf(a, TESTS_DIR "/%s", *source), NULL, PL_NOWHERE, &file,
                    diag) == PL_OK &&
      pl_yaml_read(file, a, &m.root, diag) == PL_OK) {
    m.spots = PL_NEW_ARRAY(a, spot, SPOTS_MAX);
    for (int n = 1 + law_pick(&m.random, CHANGES_MAX); n > 0; n--) change(&m);
    write_node(&out, m.root, 0);
  }
  pl_diag_free(diag);
  pl_files_free(files);
  return out.text;
}

static int try_seed(uint64_t seed) {
  pl_arena *a = pl_arena_new();
  const char *source;
  const char *text = make(seed, a, &source);
  int const outcome = *text ? law_answer(&(law_text){.yaml = text}) : -1;
  if (!law_is_answered(outcome))
    (void)printf("  seed %llu, of %s\n", (unsigned long long)seed, source);
  pl_arena_free(a);
  return outcome;
}

int main(int argc, char **argv) {
  if (argc < 3) return 64;
  if (!strcmp(argv[1], "show")) {
    const char *source;
    pl_arena *a = pl_arena_new();
    (void)printf("%s\n", make(strtoull(argv[2], NULL, 10), a, &source));
    pl_arena_free(a);
    return 0;
  }
  uint64_t const first = strtoull(argv[1], NULL, 10), count = strtoull(argv[2], NULL, 10);
  int outcomes[LAW_UNANSWERED + 1] = {0}, wrong = 0;
  for (uint64_t i = 0; i < count; i++) {
    int const outcome = try_seed(first + i);
    if (law_is_answered(outcome))
      outcomes[outcome]++;
    else
      wrong++;
  }
  (void)printf("%llu mutants: %d refused, %d planned, %d with reasons why not; %d wrong\n",
               (unsigned long long)count, outcomes[LAW_REFUSED], outcomes[LAW_PLANNED],
               outcomes[LAW_REASONS], wrong);
  return wrong > 0;
}
