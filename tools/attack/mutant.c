/* Mutants of the project's cases: the cases, and the changes made to them. */
#include "mutant.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "mutant_text.h"

typedef struct {
  const char *path; /* a folder, or one file */
  bool agreed;      /* whether agreements are in force */
  const char *scenario;
} source;

static const source sources[] = {
    {"cases/alro-azeraluminium", false, NULL},
    {"cases/alro-azeraluminium", true, "memorandum"},
    {"cases/alro-azeraluminium", false, "tulcea-restart"},
    {"cases/smelter-tutorial", false, NULL},
    {"tests/law/extreme/works.yaml", false, NULL},
    {"tests/law/extreme/papers.yaml", true, NULL},
    {"tests/law/extreme/prices.yaml", false, NULL},
    {"tests/law/extreme/weeks.yaml", false, NULL},
    {"tests/cases/smelter", false, NULL},
    {"tests/cases/units/outages.yaml", false, NULL},
    {"tests/cases/known/commitment", false, NULL},
    {"tests/cases/known/heat-and-power", false, NULL},
    {"tests/cases/known/alloy-charge", false, NULL},
    {"tests/cases/known/lane-charges", false, NULL},
    {"tests/cases/known/mexican-steel", false, NULL},
    {"tests/cases/known/rolling-mill", false, NULL},
    {"tests/cases/audit/commitment.yaml", false, NULL},
    {"tests/cases/audit/contracts.yaml", true, NULL},
    {"tests/cases/audit/reserve.yaml", false, NULL},
    {"tests/cases/audit/rich.yaml", false, NULL},
    {"tests/cases/audit/trade.yaml", false, NULL},
    {"tests/cases/audit/typical.yaml", false, NULL},
    {"tests/cases/audit/venture.yaml", true, NULL},
    {"tests/cases/agreements/owen", true, NULL},
    {"tests/cases/agreements/same", true, NULL},
    {"tests/cases/agreements/zopa", true, NULL},
    {"tests/agreements/a01-toll-conversion.yaml", true, NULL},
    {"tests/agreements/a05-toll-with-stock.yaml", true, NULL},
    {"tests/agreements/a06-alumina-total.yaml", true, NULL},
    {"tests/agreements/a07-alumina-by-year.yaml", true, NULL},
    {"tests/agreements/a08-share-of-output.yaml", true, NULL},
    {"tests/agreements/a10-metal-sweep.yaml", true, NULL},
    {"tests/agreements/a12-offtake-with-money-cap.yaml", true, NULL},
    {"tests/agreements/a13-sheet-ingot-tiers.yaml", true, NULL},
    {"tests/agreements/a14-power-with-discount-cap.yaml", true, NULL},
    {"tests/agreements/a15-power-linked-to-metal.yaml", true, NULL},
    {"tests/agreements/a16-power-basis-change.yaml", true, NULL},
    {"tests/agreements/a18-cfd-and-called-reduction.yaml", true, NULL},
    {"tests/agreements/a23-coil-toll-by-gauge.yaml", true, NULL},
    {"tests/agreements/a24-share-of-forecast.yaml", true, NULL},
    {"tests/agreements/agency-commission.yaml", true, NULL},
    {"tests/agreements/agency-full-market.yaml", true, NULL},
    {"tests/agreements/t-top-take-or-pay.yaml", true, NULL},
    {"tests/agreements/venture-power-plant.yaml", true, NULL},
};
enum { SOURCES = sizeof sources / sizeof *sources };

int mutant_sources(void) { return SOURCES; }
const char *mutant_source(int i) { return sources[i].path; }

/* --- Reading and writing ------------------------------------------------------------------------
 */

static bool ends_in(const char *name, const char *ending) {
  size_t const n = strlen(name), e = strlen(ending);
  return n > e && !strcmp(name + n - e, ending);
}

static bool add_file(mutant *m, const char *folder, const char *name) {
  const char *path = pl_arena_printf(m->arena, "%s/%s", folder, name);
  pl_diag *diag = pl_diag_new();
  pl_files *files = pl_files_new(NULL, 0);
  const pl_source *read;
  mutant_file *f = &m->file[m->n_files++];
  *f = (mutant_file){.name = name};
  bool fine = pl_files_open(files, path, NULL, PL_NOWHERE, &read, diag) == PL_OK;
  if (fine && ends_in(name, ".yaml"))
    fine = pl_yaml_read(read, m->arena, &f->root, diag) == PL_OK;
  else if (fine)
    f->text = pl_arena_strdup(m->arena, read->text);
  pl_diag_free(diag);
  pl_files_free(files);
  return fine;
}

static int by_name(const void *one, const void *other) {
  const char *const *a = one, *const *b = other;
  bool const first = !strcmp(*a, "case.yaml"), second = !strcmp(*b, "case.yaml");
  return first != second ? second - first : strcmp(*a, *b);
}

static bool add_folder(mutant *m, const char *folder) {
  const char *name[MUTANT_FILES_MAX];
  int n = 0;
  DIR *d = opendir(folder);
  if (!d) return false;
  for (struct dirent *e = readdir(d); e && n < MUTANT_FILES_MAX; e = readdir(d))
    if (ends_in(e->d_name, ".yaml") || ends_in(e->d_name, ".csv"))
      name[n++] = pl_arena_strdup(m->arena, e->d_name);
  (void)closedir(d);
  qsort(name, (size_t)n, sizeof *name, by_name);
  for (int i = 0; i < n; i++)
    if (!add_file(m, folder, name[i])) return false;
  return n > 0;
}

bool mutant_begin(mutant *m, uint64_t seed, bool agreed, pl_arena *a) {
  *m = (mutant){.arena = a, .random = {seed}};
  const source *s = &sources[law_pick(&m->random, SOURCES)];
  while (agreed && !s->agreed) s = &sources[law_pick(&m->random, SOURCES)];
  m->source = s->path;
  m->scenario = s->scenario;
  const char *path = pl_arena_printf(a, ATTACK_ROOT "/%s", s->path);
  if (!ends_in(path, ".yaml")) return add_folder(m, path);
  const char *slash = strrchr(path, '/');
  return add_file(m, pl_arena_printf(a, "%.*s", (int)(slash - path), path), slash + 1);
}

static bool put(const char *path, const char *text) {
  FILE *f = fopen(path, "wb");
  if (!f) return false;
  bool const written = fwrite(text, 1, strlen(text), f) == strlen(text);
  return fclose(f) == 0 && written;
}

bool mutant_write(const mutant *m, const char *folder) {
  if (mkdir(folder, 0777) != 0 && errno != EEXIST) return false;
  for (int i = 0; i < m->n_files; i++) {
    const mutant_file *f = &m->file[i];
    pl_string out;
    pl_string_init(&out, m->arena);
    if (f->root) mutant_write_node(&out, f->root, 0);
    const char *name = i == 0 ? "case.yaml" : f->name;
    if (!put(pl_arena_printf(m->arena, "%s/%s", folder, name), f->root ? out.text : f->text))
      return false;
  }
  return true;
}

static pl_node *copy_tree(const pl_node *n, pl_arena *a) {
  pl_node *copy = PL_NEW(a, pl_node);
  *copy = *n;
  size_t const count = (size_t)n->n;
  if (n->kind == PL_SCALAR || count == 0) return copy;
  copy->child = PL_NEW_ARRAY(a, pl_node *, count);
  for (int i = 0; i < n->n; i++) copy->child[i] = copy_tree(n->child[i], a);
  if (n->kind != PL_MAPPING) return copy;
  copy->key = PL_NEW_ARRAY(a, const char *, count);
  copy->key_place = PL_NEW_ARRAY(a, pl_place, count);
  memcpy(copy->key, n->key, count * sizeof *copy->key);
  memcpy(copy->key_place, n->key_place, count * sizeof *copy->key_place);
  return copy;
}

void mutant_copy(mutant *to, const mutant *m) {
  *to = *m;
  for (int i = 0; i < m->n_files; i++)
    if (m->file[i].root) to->file[i].root = copy_tree(m->file[i].root, m->arena);
}

/* --- Where --------------------------------------------------------------------------------------
 */

typedef struct { /* child i of a mapping or a list */
  pl_node *of;
  int i;
} spot;

typedef struct {
  mutant *m;
  law_random *random;
  pl_arena *arena;
  pl_node *root; /* of the current file */
  bool mild;
} hand;

static int count_spots(const pl_node *n) {
  int sum = n->kind == PL_SCALAR ? 0 : n->n;
  for (int i = 0; n->kind != PL_SCALAR && i < n->n; i++) sum += count_spots(n->child[i]);
  return sum;
}

/* Finds spot number *left of the tree, counting down. */
static bool find_spot(pl_node *n, int *left, spot *out) {
  for (int i = 0; n->kind != PL_SCALAR && i < n->n; i++) {
    *out = (spot){n, i};
    if ((*left)-- == 0 || find_spot(n->child[i], left, out)) return true;
  }
  return false;
}

static bool any_spot(hand *h, spot *out) {
  int const n = count_spots(h->root);
  int left = n > 0 ? law_pick(h->random, n) : 0;
  return n > 0 && find_spot(h->root, &left, out);
}

static bool any_scalar_spot(hand *h, spot *out) {
  for (int tries = 0; tries < 50; tries++)
    if (any_spot(h, out) && out->of->child[out->i]->kind == PL_SCALAR) return true;
  return false;
}

static pl_node *any_section(hand *h) {
  for (int tries = 0; h->root->n > 0 && tries < 20; tries++) {
    pl_node *section = h->root->child[law_pick(h->random, h->root->n)];
    if (section->kind == PL_MAPPING && section->n > 0) return section;
  }
  return NULL;
}

static void say(hand *h, spot s, const char *text) {
  pl_node *copy = PL_NEW(h->arena, pl_node);
  *copy = *s.of->child[s.i];
  copy->text = text;
  s.of->child[s.i] = copy;
}

/* --- Changes of a text -------------------------------------------------------------------------
 */

typedef const char *reword(hand *h, const char *text);

static bool reword_one(hand *h, reword *how) {
  for (int tries = 0; tries < 30; tries++) {
    spot s;
    if (!any_scalar_spot(h, &s)) return false;
    const char *was = s.of->child[s.i]->text, *now = how(h, was);
    if (now == was || !strcmp(now, was)) continue;
    say(h, s, now);
    return true;
  }
  return false;
}

static const char *scaled(hand *h, const char *text) {
  return mutant_scaled(h->random, text, h->mild, h->arena);
}
static const char *made_extreme(hand *h, const char *text) {
  return mutant_extreme(h->random, text, h->arena);
}
static const char *of_other_unit(hand *h, const char *text) {
  return mutant_other_unit(h->random, text, h->arena);
}
static const char *moved(hand *h, const char *text) {
  return mutant_moved_date(h->random, text, h->arena);
}
static const char *other_formula(hand *h, const char *text) {
  return mutant_other_formula(h->random, text, h->arena);
}
static const char *flipped(hand *h, const char *text) {
  (void)h;
  if (!strcmp(text, "yes")) return "no";
  return strcmp(text, "no") != 0 ? text : "yes";
}

static bool scale(hand *h) { return reword_one(h, scaled); }
static bool make_extreme(hand *h) { return reword_one(h, made_extreme); }
static bool change_unit(hand *h) { return reword_one(h, of_other_unit); }
static bool move_date(hand *h) { return reword_one(h, moved); }
static bool change_formula(hand *h) { return reword_one(h, other_formula); }
static bool flip(hand *h) { return reword_one(h, flipped); }

/* --- Changes of the tree ------------------------------------------------------------------------
 */

static void drop(pl_node *of, int i) {
  for (; i + 1 < of->n; i++) {
    of->child[i] = of->child[i + 1];
    if (of->kind != PL_MAPPING) continue;
    of->key[i] = of->key[i + 1];
    of->key_place[i] = of->key_place[i + 1];
  }
  of->n--;
}

static bool leave_out(hand *h) {
  spot s;
  if (!any_spot(h, &s)) return false;
  drop(s.of, s.i);
  return true;
}

/* Adds a copy of a thing of a section under another name. */
static bool repeat(hand *h) {
  pl_node *section = any_section(h);
  if (!section) return false;
  int const i = law_pick(h->random, section->n);
  const char *name = pl_arena_printf(h->arena, "%s-2", section->key[i]);
  pl_node_set(section, h->arena, name, section->key_place[i],
              copy_tree(section->child[i], h->arena));
  return true;
}

/* Takes the value of another field: another name, unit, step, quantity. */
static bool say_another(hand *h) {
  spot to, from;
  if (!any_scalar_spot(h, &to) || !any_scalar_spot(h, &from)) return false;
  to.of->child[to.i] = copy_tree(from.of->child[from.i], h->arena);
  return true;
}

/* Takes the same field of another thing of the noun; if there is none, adds a new field. */
static bool borrow_and(hand *h, bool take) {
  pl_node *section = any_section(h);
  if (!section) return false;
  pl_node *from = section->child[law_pick(h->random, section->n)];
  pl_node *to = section->child[law_pick(h->random, section->n)];
  if (from == to || from->kind != PL_MAPPING || to->kind != PL_MAPPING || from->n == 0)
    return false;
  int const f = law_pick(h->random, from->n);
  pl_node_set(to, h->arena, from->key[f], from->key_place[f], copy_tree(from->child[f], h->arena));
  if (take) drop(from, f);
  return true;
}
static bool borrow(hand *h) { return borrow_and(h, false); }
static bool move_field(hand *h) { return borrow_and(h, true); }

/* Exchanges the contents of two things of a section. */
static bool swap(hand *h) {
  pl_node *section = any_section(h);
  if (!section) return false;
  pl_node *one = section->child[law_pick(h->random, section->n)];
  pl_node *other = section->child[law_pick(h->random, section->n)];
  if (one == other || one->kind != PL_MAPPING || other->kind != PL_MAPPING || one->n == 0)
    return false;
  int const f = law_pick(h->random, one->n), g = pl_node_index(other, one->key[f]);
  if (g < 0) return false;
  pl_node *const kept = one->child[f];
  one->child[f] = other->child[g];
  other->child[g] = kept;
  return true;
}

static bool rename_one(hand *h) {
  spot s;
  if (!any_spot(h, &s) || s.of->kind != PL_MAPPING) return false;
  s.of->key[s.i] = pl_arena_printf(h->arena, "%s-other", s.of->key[s.i]);
  return true;
}

/* Changes a number from some date on. */
static bool step_by_date(hand *h) {
  pl_node *head = pl_node_find(h->m->file[0].root, "case");
  const pl_node *from = head ? pl_node_find(head, "from") : NULL;
  const pl_node *to = head ? pl_node_find(head, "to") : NULL;
  spot s;
  if (!from || !to || from->kind != PL_SCALAR || to->kind != PL_SCALAR || !any_scalar_spot(h, &s))
    return false;
  const char *text = s.of->child[s.i]->text;
  if (!strpbrk(text, "0123456789") || strlen(text) > 100) return false;
  pl_node *steps = pl_node_new_mapping(h->arena, PL_NOWHERE);
  const char *later = pl_arena_printf(h->arena, "0.7 * (%s)", text);
  pl_node_set(steps, h->arena, from->text, PL_NOWHERE,
              pl_node_new_scalar(h->arena, text, PL_NOWHERE));
  pl_node_set(steps, h->arena, to->text, PL_NOWHERE,
              pl_node_new_scalar(h->arena, later, PL_NOWHERE));
  s.of->child[s.i] = steps;
  return true;
}

static bool step_otherwise(hand *h) {
  static const char *const steps[] = {"hour", "day", "week", "month", "quarter", "year"};
  pl_node *section = pl_node_find(h->root, law_chance(h->random, 50) ? "materials" : "units");
  pl_node *to = pl_node_find(h->root, "case");
  const char *step = steps[law_pick(h->random, 6)];
  if (section && section->n > 0 && section->kind == PL_MAPPING && law_chance(h->random, 60))
    to = section->child[law_pick(h->random, section->n)];
  if (!to || to->kind != PL_MAPPING) return false;
  pl_node_set(to, h->arena, "step", PL_NOWHERE, pl_node_new_scalar(h->arena, step, PL_NOWHERE));
  return true;
}

/* --- One change ---------------------------------------------------------------------------------
 */

static const struct {
  const char *name;
  bool (*do_it)(hand *h);
  int weight;
} ways[] = {
    {"scale a number", scale, 10},
    {"make a number extreme", make_extreme, 2},
    {"change a unit", change_unit, 4},
    {"move a date", move_date, 3},
    {"change a formula", change_formula, 4},
    {"turn a flag", flip, 2},
    {"leave out", leave_out, 4},
    {"repeat", repeat, 3},
    {"say what another says", say_another, 2},
    {"borrow a field", borrow, 5},
    {"move a field", move_field, 2},
    {"exchange", swap, 4},
    {"rename", rename_one, 1},
    {"step by date", step_by_date, 3},
    {"another step", step_otherwise, 2},
};
enum { WAYS = sizeof ways / sizeof *ways };

static int any_way(law_random *r) {
  int sum = 0, w = 0;
  for (int i = 0; i < WAYS; i++) sum += ways[i].weight;
  for (int left = law_pick(r, sum) - ways[0].weight; left >= 0; left -= ways[w].weight) w++;
  return w;
}

bool mutant_change(mutant *m, mutant_kind kind, const char **what) {
  mutant_file *f = &m->file[law_pick(&m->random, m->n_files)];
  hand h = {m, &m->random, m->arena, f->root, kind == MUTANT_NUMBERS};
  if (!f->root) {
    const char *text = mutant_other_table(&m->random, f->text, h.mild, m->arena);
    bool const changed = text != f->text;
    f->text = text;
    *what = "a number in a table";
    return changed;
  }
  if (f->root->kind != PL_MAPPING) return false;
  int const w = h.mild ? 0 : any_way(&m->random);
  *what = ways[w].name;
  return ways[w].do_it(&h);
}
