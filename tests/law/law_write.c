/* A random case as YAML and CSV, in one of the many ways in which the same case can be written. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "chain/chain.h"
#include "law/law_case.h"

typedef struct {
  const law_case *c;
  const law_dress *d;
  pl_arena *a;
  law_random random;
  const char *name[LAW_THINGS_MAX];
  int values; /* of the quotation at hand, written so far */
} writer;

static const char *const sections[] = {
#define N(name, list, section, shorthand, meaning) section,
#include "chain/noun.def"
#undef N
};

const char *law_section(int noun) { return sections[noun]; }

/* --- Numbers and units ---------------------------------------------------------------------------
 */

typedef struct {
  const char *symbol, *same_as;
  double factor; /* same_as per symbol */
} other_unit;

static const other_unit others[] = {
    {"t", "t", 1},          {"kt", "t", 1e3},  {"kg", "t", 1e-3},    {"lb", "t", 0.00045359237},
    {"Mt", "t", 1e6},       {"MWh", "MWh", 1}, {"GWh", "MWh", 1e3},  {"GJ", "MWh", 1 / 3.6},
    {"kWh", "MWh", 1e-3},   {"USD", "USD", 1}, {"kUSD", "USD", 1e3}, {"MUSD", "USD", 1e6},
    {"USct", "USD", 0.01},  {"h", "h", 1},     {"d", "h", 24},       {"week", "h", 168},
    {"min", "h", 1 / 60.0}, {"d", "d", 1},     {"h", "d", 1 / 24.0}, {"week", "d", 7},
};
enum { OTHERS = sizeof others / sizeof *others };

static const other_unit *dressed(writer *w, pl_span token) {
  const other_unit *same[OTHERS];
  int n = 0;
  for (int i = 0; i < OTHERS; i++)
    if (pl_span_is(token, others[i].same_as)) same[n++] = &others[i];
  return w->d->units && n > 0 ? same[law_pick(&w->random, n)] : NULL;
}

/* The unit, dressed, after the number that the change of unit makes of x. */
static void write_number(writer *w, const double *x, pl_span unit, pl_string *out) {
  double factor = 1;
  pl_string symbols;
  pl_string_init(&symbols, w->a);
  bool below = false;
  for (size_t at = 0; at < unit.length;) {
    pl_span token = {unit.at + at, 0};
    while (at + token.length < unit.length && token.at[token.length] != '/') token.length++;
    at += token.length + 1;
    bool const kept = token.length > 0 && token.at[0] == '=';
    const other_unit *other = kept ? NULL : dressed(w, token);
    if (pl_span_is(token, "USD") && w->d->money > 0 && x) factor /= w->d->money;
    if (other) factor *= below ? 1 / other->factor : other->factor;
    if (below) pl_string_add(&symbols, "/", 1);
    if (other)
      pl_string_add(&symbols, other->symbol, strlen(other->symbol));
    else
      pl_string_add(&symbols, token.at + kept, token.length - kept);
    below = true;
  }
  char number[32];
  if (x) pl_string_add(out, number, pl_number_format(*x / factor, number, sizeof number));
  if (x && symbols.length > 0) pl_string_add(out, " ", 1);
  pl_string_add(out, symbols.text, symbols.length);
}

static const char *write_marked(writer *w, const law_field *f, const char *at, pl_string *out) {
  double x = 0;
  const char *bar = strchr(at, '|'), *end = strchr(at, '>');
  assert(bar && end && bar < end);
  size_t const used = pl_number_parse(at + 1, (size_t)(bar - at - 1), &x);
  x *= f->scale;
  if (!strcmp(f->key, "values") && used > 0) x *= law_stirred(w->c->stir, w->values++);
  write_number(w, used > 0 ? &x : NULL, (pl_span){bar + 1, (size_t)(end - bar - 1)}, out);
  return end + 1;
}

static const char *value_text(writer *w, const law_field *f) {
  pl_string out;
  pl_string_init(&out, w->a);
  for (const char *at = f->text; *at;) {
    double index;
    if (*at == '<') {
      at = write_marked(w, f, at, &out);
    } else if (*at == '@') {
      at += 1 + pl_number_parse(at + 1, strspn(at + 1, "0123456789"), &index);
      const char *name = w->name[(int)index];
      pl_string_add(&out, name, strlen(name));
    } else {
      pl_string_add(&out, at++, 1);
    }
  }
  return out.text;
}

/* --- Names and orders ----------------------------------------------------------------------------
 */

static void name_things(writer *w) {
  for (int i = 0; i < w->c->n; i++)
    w->name[i] = w->d->names ? pl_arena_printf(w->a, "%c%c-%d", 'a' + law_pick(&w->random, 26),
                                               'a' + law_pick(&w->random, 26), i * 7919 % 10007)
                             : w->c->thing[i].name;
}

static void shuffled(writer *w, int n, int *order) {
  for (int i = 0; i < n; i++) order[i] = i;
  for (int i = n - 1; i > 0 && w->d->order; i--) {
    int const k = law_pick(&w->random, i + 1), kept = order[i];
    order[i] = order[k];
    order[k] = kept;
  }
}

/* --- Things --------------------------------------------------------------------------------------
 */

static bool is_plain(const char *text) { return text[0] != '[' && text[0] != '{'; }

/* In quotes where YAML would see more than text in it. */
static const char *quoted(writer *w, const char *text) {
  bool const quote = is_plain(text) && (strpbrk(text, "[,") || text[0] == '-');
  return quote ? pl_arena_printf(w->a, "\"%s\"", text) : text;
}

static void write_fields(writer *w, const law_thing *t, pl_string *out) {
  int order[LAW_FIELDS_MAX];
  shuffled(w, t->n, order);
  w->values = 0;
  if (!w->d->blocks || t->n == 0) pl_string_printf(out, " {");
  for (int i = 0; i < t->n; i++) {
    const law_field *f = &t->field[order[i]];
    const char *text = quoted(w, value_text(w, f));
    if (w->d->blocks)
      pl_string_printf(out, "\n    %s: %s", f->key, text);
    else
      pl_string_printf(out, "%s%s: %s", i ? ", " : "", f->key, text);
  }
  pl_string_printf(out, w->d->blocks && t->n > 0 ? "\n" : "}\n");
}

static void write_section(writer *w, int noun, pl_string *out) {
  int order[LAW_THINGS_MAX];
  shuffled(w, w->c->n, order);
  bool begun = false;
  for (int i = 0; i < w->c->n; i++) {
    if (w->c->thing[order[i]].noun != noun) continue;
    if (!begun) pl_string_printf(out, "%s:\n", sections[noun]);
    begun = true;
    pl_string_printf(out, "  %s:", w->name[order[i]]);
    write_fields(w, &w->c->thing[order[i]], out);
  }
}

/* --- Sections as tables --------------------------------------------------------------------------
 */

typedef struct {
  int n;
  const char *key[64];
} columns;

static bool is_table(const writer *w, int noun, columns *k) {
  int things = 0;
  k->n = 0;
  for (int i = 0; i < w->c->n; i++) {
    const law_thing *t = &w->c->thing[i];
    things += t->noun == noun;
    for (int f = 0; t->noun == noun && f < t->n; f++) {
      int at = 0;
      while (at < k->n && strcmp(k->key[at], t->field[f].key) != 0) at++;
      if (at == k->n && k->n < 64) k->key[k->n++] = t->field[f].key;
      if (!is_plain(t->field[f].text)) return false;
    }
  }
  return things > 0;
}

static void write_row(writer *w, int thing, const columns *k, pl_string *out) {
  const law_thing *t = &w->c->thing[thing];
  pl_string_printf(out, "%s", w->name[thing]);
  for (int c = 0; c < k->n; c++) {
    pl_string_printf(out, ",");
    for (int f = 0; f < t->n; f++)
      if (!strcmp(t->field[f].key, k->key[c]))
        pl_string_printf(out, "\"%s\"", value_text(w, &t->field[f]));
  }
  pl_string_printf(out, "\n");
}

static void write_table(writer *w, int noun, const columns *k, law_text *text) {
  pl_string out;
  pl_string_init(&out, w->a);
  pl_string_printf(&out, "name");
  for (int c = 0; c < k->n; c++) pl_string_printf(&out, ",%s", k->key[c]);
  pl_string_printf(&out, "\n");
  for (int i = 0; i < w->c->n; i++)
    if (w->c->thing[i].noun == noun) write_row(w, i, k, &out);
  text->table_name[text->n_tables] = pl_arena_printf(w->a, "%s.csv", sections[noun]);
  text->table[text->n_tables++] = out.text;
}

/* --- The whole -----------------------------------------------------------------------------------
 */

law_text law_write(const law_case *c, const law_dress *d, pl_arena *a) {
  writer *w = PL_NEW(a, writer);
  *w = (writer){.c = c, .d = d, .a = a, .random = {d->seed}};
  law_text text = {0};
  name_things(w);
  int order[PL_NOUNS + 1];
  shuffled(w, PL_NOUNS + 1, order);
  pl_string out, tables;
  pl_string_init(&out, a);
  pl_string_init(&tables, a);
  for (int i = 0; i <= PL_NOUNS; i++) {
    columns k;
    int const noun = order[i] - 1;
    if (noun < 0) {
      pl_string_printf(&out, "case:");
      write_fields(w, &c->head, &out);
    } else if (d->tables && is_table(w, noun, &k)) {
      write_table(w, noun, &k, &text);
      pl_string_printf(&tables, "  %s: %s.csv\n", sections[noun], sections[noun]);
    } else {
      write_section(w, noun, &out);
    }
  }
  if (text.n_tables > 0) pl_string_printf(&out, "tables:\n%s", tables.text);
  text.yaml = out.text;
  return text;
}

const char *law_value(const law_case *c, const law_field *f, pl_arena *a) {
  static const law_dress plain;
  writer *w = PL_NEW(a, writer);
  *w = (writer){.c = c, .d = &plain, .a = a};
  name_things(w);
  return value_text(w, f);
}
