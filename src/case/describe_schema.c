/* The language as a JSON Schema (2020-12), for editors that complete and check YAML as it is typed.
 * It accepts more than the reader does, which also checks units, names and bounds. */
#include "case/describe.h"

static void key_text(pl_json *j, const char *key, const char *text) {
  pl_json_key(j, key);
  pl_json_text(j, text);
}

static void open_object(pl_json *j, const char *key) {
  if (key) pl_json_key(j, key);
  pl_json_open(j, false);
}

static void reference(pl_json *j, const char *key, const char *to) {
  open_object(j, key);
  key_text(j, "$ref", to);
  pl_json_close(j);
}

/* {"type": "array" or "object", its members as `of`} */
static void several(pl_json *j, const char *type, const char *members, const char *of) {
  open_object(j, NULL);
  key_text(j, "type", type);
  reference(j, members, of);
  pl_json_close(j);
}

static void scalar(pl_json *j) {
  static const char *const types[] = {"string", "number", "boolean"};
  pl_json_open(j, true);
  for (int i = 0; i < 3; i++) pl_json_text(j, types[i]);
  pl_json_close(j);
}

/* --- The kinds ------------------------------------------------------------------------------ */

/* scalar, list, by name: which shapes a kind may have. */
static void shapes(pl_json *j, const char *one, bool lists, bool names) {
  pl_json_key(j, "anyOf");
  pl_json_open(j, true);
  if (one) reference(j, NULL, one);
  if (lists) several(j, "array", "items", one ? one : "#/$defs/scalar");
  if (names) several(j, "object", "additionalProperties", "#/$defs/scalar");
  pl_json_close(j);
}

static void kind_choice(pl_json *j, const pl_field *f, pl_arena *a) {
  pl_span choice;
  pl_json_key(j, "enum");
  pl_json_open(j, true);
  for (int i = 0; pl_field_choice(f, i, &choice); i++)
    pl_json_text(j, pl_arena_printf(a, "%.*s", (int)choice.length, choice.at));
  for (int truth = 1; truth >= 0; truth--) /* yes and no are true and false in YAML 1.1 */
    if (pl_field_choose(f, truth ? "yes" : "no", truth ? 3 : 2) >= 0) pl_json_bool(j, truth);
  pl_json_close(j);
}

static void kind_tiers(pl_json *j) {
  key_text(j, "type", "array");
  open_object(j, "items");
  key_text(j, "type", "object");
  pl_json_key(j, "additionalProperties");
  pl_json_bool(j, false);
  open_object(j, "properties");
  reference(j, "next", "#/$defs/formula");
  reference(j, "price", "#/$defs/formula");
  pl_json_close(j);
  pl_json_close(j);
}

static void kind(pl_json *j, const pl_field *f, pl_arena *a) {
  switch (f->kind) {
  case PL_KIND_TEXT:
  case PL_KIND_DATE:
  case PL_KIND_DURATION:
  case PL_KIND_FLAG:
  case PL_KIND_NUMBER:
  case PL_KIND_YEARLY:
  case PL_KIND_MEASURE:
  case PL_KIND_REF:
    pl_json_key(j, "type");
    scalar(j);
    break;
  case PL_KIND_CHOICE: kind_choice(j, f, a); break;
  case PL_KIND_FORMULA: key_text(j, "$ref", "#/$defs/formula"); break;
  case PL_KIND_BOUNDS: shapes(j, "#/$defs/formula", true, false); break;
  case PL_KIND_REFS: shapes(j, "#/$defs/scalar", true, false); break;
  case PL_KIND_SHARES:
  case PL_KIND_SUM:
  case PL_KIND_VALUES: shapes(j, "#/$defs/scalar", true, true); break;
  case PL_KIND_TIERS: kind_tiers(j); break;
  case PL_KIND_POINT: shapes(j, NULL, true, false); break;
  case PL_KIND_PRICES:
  case PL_KIND_RATIOS:
  case PL_KIND_CHARGES:
  case PL_KIND_STAGES:
    key_text(j, "type", "object");
    reference(j, "additionalProperties", "#/$defs/formula");
    break;
  case PL_KIND_RANGES: key_text(j, "type", "object"); break;
  case PL_KIND_AMOUNTS:
  case PL_KIND_COMPOSITION:
  case PL_KIND_EXCHANGE:
  case PL_KIND_TEXTS:
  case PL_KIND_CURVE:
    key_text(j, "type", "object");
    reference(j, "additionalProperties", "#/$defs/scalar");
    break;
  }
}

/* --- Nouns and the whole -------------------------------------------------------------------- */

static void fields(pl_json *j, const pl_noun *noun, pl_arena *a) {
  key_text(j, "type", "object");
  pl_json_key(j, "additionalProperties");
  pl_json_bool(j, false);
  open_object(j, "properties");
  for (int i = 0; i < noun->n_fields; i++) {
    const pl_field *const f = &noun->field[i];
    open_object(j, f->key);
    key_text(j, "description", f->help);
    kind(j, f, a);
    pl_json_close(j);
  }
  pl_json_close(j);
}

/* The value of a name in a section: the fields, or their shorthand, or nothing where tables or
 * overrides may fill it. */
static void thing(pl_json *j, const pl_noun *noun, pl_arena *a) {
  open_object(j, noun->name);
  key_text(j, "description", noun->meaning);
  pl_json_key(j, "anyOf");
  pl_json_open(j, true);
  open_object(j, NULL);
  fields(j, noun, a);
  pl_json_close(j);
  if (noun->shorthand) reference(j, NULL, "#/$defs/scalar");
  open_object(j, NULL);
  key_text(j, "type", "null");
  pl_json_close(j);
  pl_json_close(j);
  pl_json_close(j);
}

static void definitions(pl_json *j, pl_arena *a) {
  open_object(j, "$defs");
  open_object(j, "scalar");
  pl_json_key(j, "type");
  scalar(j);
  pl_json_close(j);
  open_object(j, "formula");
  key_text(j, "description", pl_kinds[PL_KIND_FORMULA].help);
  shapes(j, "#/$defs/scalar", false, true);
  pl_json_close(j);
  for (int i = 0; i < pl_noun_count; i++) thing(j, &pl_nouns[i], a);
  pl_json_close(j);
}

static void properties(pl_json *j, pl_arena *a) {
  open_object(j, "properties");
  open_object(j, pl_calendar_noun.section);
  key_text(j, "description", pl_calendar_noun.meaning);
  fields(j, &pl_calendar_noun, a);
  pl_json_close(j);
  for (int i = 0; i < pl_noun_count; i++) {
    open_object(j, pl_nouns[i].section);
    key_text(j, "description", pl_nouns[i].meaning);
    key_text(j, "type", "object");
    reference(j, "additionalProperties", pl_arena_printf(a, "#/$defs/%s", pl_nouns[i].name));
    pl_json_close(j);
  }
  static const char *const others[] = {"scenarios", "overrides", "tables"};
  for (int i = 0; i < 3; i++) {
    open_object(j, others[i]);
    key_text(j, "type", "object");
    pl_json_close(j);
  }
  open_object(j, "include");
  shapes(j, "#/$defs/scalar", true, false);
  pl_json_close(j);
  pl_json_close(j);
}

void pl_case_write_schema(pl_json *out) {
  pl_arena *const a = pl_arena_new();
  pl_json_open(out, false);
  key_text(out, "$schema", "https://json-schema.org/draft/2020-12/schema");
  key_text(out, "title", "A potline case");
  key_text(out, "type", "object");
  properties(out, a);
  open_object(out, "patternProperties");
  open_object(out, "^x-");
  pl_json_close(out);
  pl_json_close(out);
  pl_json_key(out, "additionalProperties");
  pl_json_bool(out, false);
  definitions(out, a);
  pl_json_close(out);
  pl_arena_free(a);
}
