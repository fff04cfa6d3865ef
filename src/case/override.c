/* Applies changes to the tree in order: the overrides, the chosen scenario after those it builds
 * on, and the caller's own settings. */
#include <string.h>

#include "case/reading.h"

enum scenario_key { TITLE, NOTE, SOURCE, WITH, SET, SCENARIO_KEYS };
static const char *const scenario_keys[] = {
    [TITLE] = "title", [NOTE] = "note", [SOURCE] = "source", [WITH] = "with", [SET] = "set"};

static void apply(pl_reading *r, const pl_node *settings) {
  for (int i = 0; i < settings->n; i++) {
    pl_path path;
    if (pl_case_path_find(r, settings->key[i], settings->key_place[i], &path)) {
      pl_case_path_set(r, &path, settings->child[i]);
    }
  }
}

/* --- Scenarios ------------------------------------------------------------------------------ */

static const pl_node *scenario_part(const pl_node *scenario, enum scenario_key key) {
  return scenario->kind == PL_MAPPING ? pl_node_find(scenario, scenario_keys[key]) : NULL;
}

static int scenario_want(pl_reading *r, const pl_node *name) {
  const char *const text = name->kind == PL_SCALAR ? name->text : "";
  int const i = pl_map_find(r->scenarios.names, text, strlen(text));
  if (i >= 0 || r->incomplete) return i;
  (void)pl_fail(r->diag, PL_NAME, name->place, "no scenario is called '%s'", text);
  pl_hint(r->diag, "%s",
          pl_text_choices(r->a, text, "the scenarios are", r->scenarios.node->key,
                          r->scenarios.node->n));
  return -1;
}

static void check_settings(pl_reading *r, const pl_node *set) {
  if (set->kind != PL_MAPPING) {
    (void)pl_fail(r->diag, PL_SYNTAX, set->place,
                  "'set' requires a mapping of paths to values, not %s", pl_node_words(set));
    return;
  }
  pl_path path;
  for (int i = 0; i < set->n; i++)
    (void)pl_case_path_find(r, set->key[i], set->key_place[i], &path);
}

static void check_with(pl_reading *r, const pl_node *with) {
  if (with->kind == PL_SCALAR) (void)scenario_want(r, with);
  if (with->kind == PL_LIST) {
    for (int i = 0; i < with->n; i++) (void)scenario_want(r, with->child[i]);
  }
  if (with->kind == PL_MAPPING) {
    (void)pl_fail(r->diag, PL_SYNTAX, with->place,
                  "'with' requires the names of scenarios, not a mapping");
  }
}

/* The paths of every scenario are checked, used or not, so that a misspelt one is found early. */
static void check_scenario(pl_reading *r, const char *name, const pl_node *scenario) {
  if (scenario->kind != PL_MAPPING) {
    (void)pl_fail(r->diag, PL_SYNTAX, scenario->place,
                  "the scenario '%s' requires a mapping with 'set', not %s", name,
                  pl_node_words(scenario));
    return;
  }
  for (int i = 0; i < scenario->n; i++) {
    int k = 0;
    while (k < SCENARIO_KEYS && strcmp(scenario->key[i], scenario_keys[k])) k++;
    if (k == SET) check_settings(r, scenario->child[i]);
    if (k == WITH) check_with(r, scenario->child[i]);
    if (k < SCENARIO_KEYS) continue;
    (void)pl_fail(r->diag, PL_NAME, scenario->key_place[i], "a scenario has no field '%s'",
                  scenario->key[i]);
    pl_suggest(r, scenario->key[i], scenario_keys, SCENARIO_KEYS);
  }
}

static void keep_scenarios(pl_reading *r) {
  const pl_node *const all = r->scenarios.node;
  r->c->scenarios = PL_NEW_ARRAY(r->a, pl_scenario, (size_t)all->n);
  r->c->n_scenarios = all->n;
  for (int i = 0; i < all->n; i++) {
    const pl_node *const title = scenario_part(all->child[i], TITLE);
    r->c->scenarios[i] =
        (pl_scenario){.name = all->key[i],
                      .title = title && title->kind == PL_SCALAR ? title->text : NULL,
                      .place = all->key_place[i]};
    check_scenario(r, all->key[i], all->child[i]);
  }
}

typedef struct {
  pl_reading *r;
  char *state; /* [n_scenarios] */
  int *queue;  /* [n_scenarios] those to apply, in order */
  int n, depth;
} order;
enum { UNSEEN, OPEN, DONE };
enum { DEPTH_MAX = 1000 };

static void order_scenario(order *o, int i, pl_place by);

static void order_with(order *o, const pl_node *name) {
  int const i = name->kind == PL_SCALAR
                    ? pl_map_find(o->r->scenarios.names, name->text, strlen(name->text))
                    : -1;
  if (i >= 0) order_scenario(o, i, name->place);
}

/* The scenarios that one builds on come before it, each once. */
static void order_scenario(order *o, int i, pl_place by) {
  const pl_node *const all = o->r->scenarios.node;
  if (o->state[i] == DONE) return;
  if (o->state[i] == OPEN) {
    (void)pl_fail(o->r->diag, PL_NAME, by, "the scenario '%s' builds on itself", all->key[i]);
    pl_hint(o->r->diag, "remove this name from 'with', or break the circle at another scenario");
    return;
  }
  if (o->depth >= DEPTH_MAX) {
    (void)pl_fail(o->r->diag, PL_RANGE, by, "scenarios build on one another more than %d deep",
                  (int)DEPTH_MAX);
    return;
  }
  o->state[i] = OPEN;
  o->depth++;
  const pl_node *const with = scenario_part(all->child[i], WITH);
  if (with && with->kind == PL_SCALAR) order_with(o, with);
  for (int k = 0; with && with->kind == PL_LIST && k < with->n; k++) order_with(o, with->child[k]);
  o->state[i] = DONE;
  o->depth--;
  o->queue[o->n++] = i;
}

static void apply_scenario(pl_reading *r, const char *name) {
  pl_place const by = {.file = "--scenario", .line = 1, .column = 1, .length = (int)strlen(name)};
  int const chosen = scenario_want(r, pl_node_new_scalar(r->a, name, by));
  if (chosen < 0) return;
  size_t const count = (size_t)r->scenarios.node->n;
  order o = {r, PL_NEW_ARRAY(r->a, char, count), PL_NEW_ARRAY(r->a, int, count), 0, 0};
  order_scenario(&o, chosen, by);
  for (int i = 0; i < o.n; i++) {
    const pl_node *const set = scenario_part(r->scenarios.node->child[o.queue[i]], SET);
    if (set && set->kind == PL_MAPPING) apply(r, set);
  }
  r->c->scenario = r->c->scenarios[chosen].name;
}

/* --- Settings from outside the files -------------------------------------------------------- */

/* The place of a setting is its own text, as "--set 'PATH=VALUE'", so that settings can be told
 * apart. */
static const char *setting_file(pl_reading *r, const char *text) {
  enum { SHOWN_MAX = 120 };
  size_t const length = strlen(text);
  if (length <= SHOWN_MAX)
    return pl_arena_printf(r->a, "--set '%s'", pl_text_safe(r->a, text, length));
  return pl_arena_printf(r->a, "--set '%s…'", pl_text_safe(r->a, text, SHOWN_MAX));
}

/* "PATH=VALUE", the value in YAML. */
static void apply_setting(pl_reading *r, const char *text) {
  const char *const sign = strchr(text, '=');
  size_t const length = sign ? (size_t)(sign - text) : strlen(text);
  pl_place at = {.file = setting_file(r, text), .line = 1, .column = 1, .length = (int)length};
  if (!sign || length == 0 || sign[1] == '\0') {
    (void)pl_fail(r->diag, PL_USAGE, at, "a setting must be PATH=VALUE, not '%s'", text);
    return;
  }
  pl_path path;
  pl_node *value;
  bool const found =
      pl_case_path_find(r, pl_arena_printf(r->a, "%.*s", (int)length, text), at, &path);
  at.column = (int)length + 2;
  at.length = (int)strlen(sign + 1);
  if (pl_flow_read(r, pl_arena_strdup(r->a, sign + 1), at, &value) == PL_OK && found)
    pl_case_path_set(r, &path, value);
}

void pl_case_override(pl_reading *r, const pl_case_options *options) {
  keep_scenarios(r);
  for (int i = 0; i < r->n_overrides; i++) apply(r, r->overrides[i]);
  if (!options) return;
  if (options->scenario) apply_scenario(r, options->scenario);
  for (int i = 0; i < options->n_set; i++) apply_setting(r, options->set[i]);
}
