/* The fields of the nouns as a list for the screen, and the words that all descriptions use. */
#include <string.h>

#include "case/describe.h"
#include "chain/clause.h"

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
  if (f->kind == PL_KIND_REF && noun)
    return pl_arena_printf(a, "the name of %s %s", pl_text_article(noun->name), noun->name);
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

/* kind: of an agreement, whose fields alone are listed; −1 = all fields. */
static void write_noun(FILE *out, const pl_noun *noun, int kind, pl_arena *a) {
  enum { HOLDS_MAX = 34 };
  int const key = longest(noun, key_of), unit = longest(noun, pl_field_unit),
            preset = longest(noun, pl_field_default);
  for (int i = 0; i < noun->n_fields; i++) {
    const pl_field *const f = &noun->field[i];
    pl_clause const clause =
        kind < 0 ? PL_CLAUSE_MAY : pl_agreement_clause((pl_agreement_kind)kind, i);
    if (clause == PL_CLAUSE_NEVER) continue;
    fputs("  ", out);
    pad(out, f->key, key);
    pad(out, f->kind == PL_KIND_CHOICE ? pl_kinds[f->kind].words : pl_field_holds(f, a), HOLDS_MAX);
    if (unit > 0) pad(out, pl_field_unit(f), unit);
    pad(out, clause == PL_CLAUSE_NEEDS ? "required" : pl_field_default(f), preset);
    fprintf(out, "%s", f->help);
    if (f->kind == PL_KIND_CHOICE) fprintf(out, " (%s)", pl_field_holds(f, a));
    fputc('\n', out);
  }
}

static void write_section(FILE *out, const pl_noun *noun, pl_arena *a) {
  fprintf(out, "%s: %s\n", noun->section, noun->meaning);
  write_noun(out, noun, -1, a);
}

static void write_kinds(FILE *out) {
  enum { WORDS_MAX = 32 };
  for (int i = 0; i < pl_kind_count; i++) {
    const pl_kind_text *const k = &pl_kinds[i];
    fputs("  ", out);
    pad(out, k->words, WORDS_MAX);
    fprintf(out, "%s: %s\n", k->example, k->help);
  }
}

static void write_measures(FILE *out) {
  enum { SYMBOL_MAX = 12 };
  int n;
  const pl_unit_symbol *const u = pl_unit_symbols(&n);
  for (int i = 0; i < n; i++) {
    fputs("  ", out);
    pad(out, u[i].symbol, SYMBOL_MAX);
    fprintf(out, "%s\n", u[i].meaning);
  }
}

static const pl_noun *find_noun(const char *text) {
  for (int i = 0; i < pl_noun_count; i++) {
    if (!strcmp(text, pl_nouns[i].name) || !strcmp(text, pl_nouns[i].section)) return &pl_nouns[i];
  }
  return strcmp(text, pl_calendar_noun.name) ? NULL : &pl_calendar_noun;
}

static const char kinds[] = "kinds", measures[] = "measures";

/* "toll": the fields that an agreement of this kind has. */
static bool write_agreement_kind(FILE *out, const char *text, pl_arena *a) {
  const pl_noun *const noun = &pl_nouns[PL_NOUN_agreement];
  int const kind = pl_field_choose(&noun->field[PL_agreement_kind], text, strlen(text));
  if (kind < 0) return false;
  fprintf(out, "%s: agreements with 'kind: %s'\n", text, text);
  write_noun(out, noun, kind, a);
  return true;
}

static void fail_unknown(const char *text, pl_arena *a, pl_diag *diag) {
  enum { CHOICES_MAX = 16 };
  const char *names[PL_NOUNS + CHOICES_MAX + 3] = {pl_calendar_noun.name};
  const pl_field *const kind = &pl_nouns[PL_NOUN_agreement].field[PL_agreement_kind];
  pl_span choice;
  int n = 1;
  for (int i = 0; i < pl_noun_count; i++) names[n++] = pl_nouns[i].section;
  for (int i = 0; i < CHOICES_MAX && pl_field_choice(kind, i, &choice); i++)
    names[n++] = pl_arena_strndup(a, choice.at, choice.length);
  names[n++] = kinds;
  names[n++] = measures;
  (void)pl_fail(diag, PL_USAGE, PL_NOWHERE, "a case has no section '%s'",
                pl_text_safe(a, text, strlen(text)));
  pl_hint(diag, "%s", pl_text_choices(a, text, "fields describes", names, n));
}

void pl_case_write_fields(FILE *out, const char *what, pl_diag *diag) {
  pl_arena *const a = pl_arena_new();
  const pl_noun *const one = what ? find_noun(what) : NULL;
  if (one) {
    write_section(out, one, a);
  } else if (what && !strcmp(what, kinds)) {
    write_kinds(out);
  } else if (what && !strcmp(what, measures)) {
    write_measures(out);
  } else if (what && !write_agreement_kind(out, what, a)) {
    fail_unknown(what, a, diag);
  }
  if (!what) {
    write_section(out, &pl_calendar_noun, a);
    for (int i = 0; i < pl_noun_count; i++) {
      fputc('\n', out);
      write_section(out, &pl_nouns[i], a);
    }
  }
  pl_arena_free(a);
}
