/* The fields of the nouns as a list for the screen, and the words that all descriptions use. */
#include <string.h>

#include "case/describe.h"

static const pl_noun *noun_named(const char *name) {
  for (int i = 0; i < pl_noun_count; i++) {
    if (!strcmp(pl_nouns[i].name, name)) return &pl_nouns[i];
  }
  return NULL;
}

static const char *choices(const pl_field *f, pl_arena *a) {
  pl_string s;
  pl_span choice, next;
  pl_string_init(&s, a);
  for (int i = 0; pl_field_choice(f, i, &choice); i++) {
    const char *const join = i == 0 ? "" : pl_field_choice(f, i + 1, &next) ? ", " : " or ";
    pl_string_printf(&s, "%s%.*s", join, (int)choice.length, choice.at);
  }
  return s.text;
}

const char *pl_field_holds(const pl_field *f, pl_arena *a) {
  const pl_noun *const noun = noun_named(f->argument);
  if (f->kind == PL_KIND_CHOICE) return choices(f, a);
  if (f->kind == PL_KIND_REF && noun) return pl_arena_printf(a, "the name of a %s", noun->name);
  if (f->kind == PL_KIND_REFS && noun) return pl_arena_printf(a, "names of %s", noun->section);
  if (f->kind == PL_KIND_SHARES && noun)
    return pl_arena_printf(a, "names of %s, each with a factor", noun->section);
  return pl_kinds[f->kind].words;
}

const char *pl_field_unit(const pl_field *f) {
  if (f->kind == PL_KIND_CHOICE || f->kind == PL_KIND_SHARES || noun_named(f->argument)) return "";
  if (!strcmp(f->argument, "1")) return "none, or %";
  if (!strcmp(f->argument, "any")) return "that of the flows";
  if (!strcmp(f->argument, "money/any")) return "money per unit of the flows";
  if (!strcmp(f->argument, "freight")) return "money/quantity, or money/quantity/length";
  if (!strcmp(f->argument, "capacity")) return "quantity × factor/time";
  return f->argument;
}

const char *pl_field_default(const pl_field *f) {
  return f->need == PL_REQUIRED ? "required" : f->preset;
}

/* --- On the screen -------------------------------------------------------------------------- */

static void pad(FILE *out, const char *text, int width) {
  fprintf(out, "%s%*s", text, width - pl_text_width(text) + 2, "");
}

static int longest(const pl_noun *noun, const char *(*of)(const pl_field *)) {
  int most = 0;
  for (int i = 0; i < noun->n_fields; i++) {
    int const width = pl_text_width(of(&noun->field[i]));
    if (width > most) most = width;
  }
  return most;
}

static const char *key_of(const pl_field *f) { return f->key; }

static void write_noun(FILE *out, const pl_noun *noun, pl_arena *a) {
  enum { HOLDS_MAX = 34 };
  int const key = longest(noun, key_of), unit = longest(noun, pl_field_unit),
            preset = longest(noun, pl_field_default);
  fprintf(out, "%s: %s\n", noun->section, noun->meaning);
  for (int i = 0; i < noun->n_fields; i++) {
    const pl_field *const f = &noun->field[i];
    fputs("  ", out);
    pad(out, f->key, key);
    pad(out, f->kind == PL_KIND_CHOICE ? pl_kinds[f->kind].words : pl_field_holds(f, a), HOLDS_MAX);
    if (unit > 0) pad(out, pl_field_unit(f), unit);
    pad(out, pl_field_default(f), preset);
    fprintf(out, "%s", f->help);
    if (f->kind == PL_KIND_CHOICE) fprintf(out, " (%s)", pl_field_holds(f, a));
    fputc('\n', out);
  }
}

static const pl_noun *find_noun(const char *text, pl_diag *diag) {
  const char *names[2 * PL_NOUNS + 1] = {pl_calendar_noun.name};
  for (int i = 0; i < pl_noun_count; i++) {
    if (!strcmp(text, pl_nouns[i].name) || !strcmp(text, pl_nouns[i].section)) return &pl_nouns[i];
    names[2 * i + 1] = pl_nouns[i].section;
    names[2 * i + 2] = pl_nouns[i].name;
  }
  if (!strcmp(text, pl_calendar_noun.name)) return &pl_calendar_noun;
  (void)pl_fail(diag, PL_USAGE, PL_NOWHERE, "a case has no section '%s'", text);
  const char *const nearest = pl_text_nearest(text, names, 2 * PL_NOUNS + 1);
  if (nearest) pl_hint(diag, "did you mean '%s'?", nearest);
  return NULL;
}

void pl_case_write_fields(FILE *out, const char *noun, pl_diag *diag) {
  pl_arena *const a = pl_arena_new();
  const pl_noun *const one = noun ? find_noun(noun, diag) : NULL;
  if (one) write_noun(out, one, a);
  if (!noun) {
    write_noun(out, &pl_calendar_noun, a);
    for (int i = 0; i < pl_noun_count; i++) {
      fputc('\n', out);
      write_noun(out, &pl_nouns[i], a);
    }
  }
  pl_arena_free(a);
}
