/* Turns the tree into structs by the field tables: every thing of every noun first gets its index,
 * so that names may be used before they are declared, then its fields. Values of each kind are read
 * in value_*.c. */
#include <math.h>
#include <string.h>

#include "case/reading.h"

typedef struct {
  pl_read_kind *read;
  size_t size; /* of the C type */
} kind_row;

#define ROW(kind, reader) [PL_KIND_##kind] = {reader, sizeof(PL_TYPE_##kind)}
static const kind_row kinds[] = {
    ROW(TEXT, pl_read_text),
    ROW(DATE, pl_read_date),
    ROW(DURATION, pl_read_duration),
    ROW(FLAG, pl_read_flag),
    ROW(CHOICE, pl_read_choice),
    ROW(NUMBER, pl_read_number),
    ROW(YEARLY, pl_read_yearly),
    ROW(MEASURE, pl_read_measure),
    ROW(FORMULA, pl_read_formula),
    ROW(REF, pl_read_ref),
    ROW(REFS, pl_read_refs),
    ROW(AMOUNTS, pl_read_amounts),
    ROW(PRICES, pl_read_prices),
    ROW(RATIOS, pl_read_prices),
    ROW(SHARES, pl_read_shares),
    ROW(CHARGES, pl_read_charges),
    ROW(BOUNDS, pl_read_bounds),
    ROW(CURVE, pl_read_curve),
    ROW(STAGES, pl_read_stages),
    ROW(TIERS, pl_read_tiers),
    ROW(COMPOSITION, pl_read_composition),
    ROW(RANGES, pl_read_ranges),
    ROW(SUM, pl_read_sum),
    ROW(POINT, pl_read_point),
    ROW(EXCHANGE, pl_read_exchange),
    ROW(VALUES, pl_read_values),
    ROW(TEXTS, pl_read_texts),
};
#undef ROW

/* --- Defaults: what is not given is 0, except for these ------------------------------------- */

static void preset(const pl_field *f, void *member) {
  size_t const length = strlen(f->preset);
  if (f->kind == PL_KIND_NUMBER) *(double *)member = (double)NAN;
  if (f->kind == PL_KIND_YEARLY)
    *(double *)member = length > 0 ? 0 : (double)NAN; /* every default rate is 0 % */
  if (f->kind == PL_KIND_REF) *(int *)member = -1;
  if (f->kind == PL_KIND_FLAG) *(bool *)member = !strcmp(f->preset, "yes");
  if (f->kind == PL_KIND_CHOICE)
    *(int *)member = length > 0 ? pl_field_choose(f, f->preset, length) : -1;
  if (f->kind == PL_KIND_POINT) *(pl_point *)member = (pl_point){(double)NAN, (double)NAN};
}

/* --- One thing ------------------------------------------------------------------------------ */

static void read_field(pl_slot *s, const pl_node *from, int i, void *thing) {
  pl_reading *const r = s->r;
  const char *const key = from->key[i];
  const pl_node *const value = from->child[i];
  int const field = pl_field_find(s->noun, key, strlen(key));
  if (field < 0) {
    (void)pl_fail(r->diag, PL_NAME, from->key_place[i], "%s %s has no field '%s'",
                  pl_text_article(s->noun->name), s->noun->name, key);
    pl_suggest_field(r, key, s->noun);
    return;
  }
  if (pl_node_is_null(value)) return;
  s->field = &s->noun->field[field];
  (*pl_thing_said(thing))[field] = value->place;
  kinds[s->field->kind].read(s, value, (char *)thing + s->field->offset);
}

static void want_required(const pl_slot *s, void *thing) {
  for (int i = 0; i < s->noun->n_fields; i++) {
    const pl_field *const f = &s->noun->field[i];
    if (f->need != PL_REQUIRED || (*pl_thing_said(thing))[i].line > 0) continue;
    (void)pl_fail(s->r->diag, PL_SYNTAX, *pl_thing_place(thing), "%s requires '%s': %s", s->thing,
                  f->key, f->help);
  }
}

/* false if value has no fields to give. */
static bool read_thing(pl_slot *s, const pl_node *value, void *thing) {
  const pl_noun *const noun = s->noun;
  if (value->kind == PL_MAPPING) {
    for (int i = 0; i < value->n; i++) read_field(s, value, i, thing);
  } else if (value->kind == PL_SCALAR && noun->shorthand && value->text[0] != '\0') {
    int const field = pl_field_find(noun, noun->shorthand, strlen(noun->shorthand));
    s->field = &noun->field[field];
    (*pl_thing_said(thing))[field] = value->place;
    kinds[s->field->kind].read(s, value, (char *)thing + s->field->offset);
  } else if (value->kind != PL_SCALAR || value->text[0] != '\0') {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place, "%s %s requires a mapping of fields, not %s",
                  pl_text_article(noun->name), noun->name, pl_node_words(value));
    return false;
  }
  want_required(s, thing);
  return true;
}

static void thing_init(const pl_reading *r, const pl_noun *noun, void *thing, const char *name,
                       pl_place at) {
  *pl_thing_name(thing) = name;
  *pl_thing_place(thing) = at;
  *pl_thing_said(thing) = PL_NEW_ARRAY(r->a, pl_place, (size_t)noun->n_fields);
  for (int i = 0; i < noun->n_fields; i++)
    preset(&noun->field[i], (char *)thing + noun->field[i].offset);
}

/* --- All of a noun -------------------------------------------------------------------------- */

static void init_noun(pl_reading *r, int id) {
  const pl_noun *const noun = &pl_nouns[id];
  const pl_node *const from = r->sections[id].node;
  *(void **)((char *)r->c + noun->list_offset) = pl_arena_alloc(r->a, (size_t)from->n, noun->size);
  *(int *)((char *)r->c + noun->count_offset) = from->n;
  r->broken[id] = PL_NEW_ARRAY(r->a, bool, (size_t)from->n);
  for (int i = 0; i < from->n; i++) {
    thing_init(r, noun, pl_noun_at(noun, r->c, i), from->key[i], from->key_place[i]);
  }
}

static void read_noun(pl_reading *r, int id) {
  const pl_noun *const noun = &pl_nouns[id];
  const pl_node *const from = r->sections[id].node;
  for (int i = 0; i < from->n; i++) {
    pl_slot s = {.r = r,
                 .noun = noun,
                 .thing = pl_arena_printf(r->a, "the %s '%s'", noun->name, from->key[i])};
    r->broken[id][i] = !read_thing(&s, from->child[i], pl_noun_at(noun, r->c, i));
  }
}

/* --- The head ------------------------------------------------------------------------------- */

/* The last period is planned as a whole. */
static void read_span(pl_reading *r) {
  const pl_calendar *const head = &r->c->calendar;
  pl_place const to = head->said[PL_calendar_to];
  r->c->from = head->from.from;
  if (head->to.to == head->to.from) return; /* missing, or not a date */
  r->c->to = head->to.to;
  if (head->from.from ==
      head->from.to) { /* missing or not a date, which has been reported: no time is planned */
    r->c->to = r->c->from;
    return;
  }
  int from_year, to_year, month, day, minute;
  pl_time_civil(r->c->from, &from_year, &month, &day, &minute);
  pl_time_civil(r->c->to, &to_year, &month, &day, &minute);
  enum { YEARS_MAX = 200 };
  if (r->c->to <= r->c->from) {
    (void)pl_fail(r->diag, PL_RANGE, to, "the case ends before it begins: 'to' is before 'from'");
    pl_hint(r->diag, "swap the two dates, or write a later 'to'");
  } else if (to_year - from_year > YEARS_MAX) {
    (void)pl_fail(r->diag, PL_RANGE, to, "a case plans at most %d years", (int)YEARS_MAX);
    r->c->to = r->c->from;
  }
}

static void read_head(pl_reading *r) {
  pl_calendar *const head = &r->c->calendar;
  pl_slot s = {.r = r, .noun = &pl_calendar_noun, .thing = "the case"};
  thing_init(r, s.noun, head, "case", r->head ? r->head_place : r->top);
  if (r->head) {
    (void)read_thing(&s, r->head, head);
    read_span(r);
  } else if (!r->incomplete) {
    (void)pl_fail(r->diag, PL_SYNTAX, r->top,
                  "a case requires the section 'case', such as case: {from: 2026-01, to: 2030-12}");
  }
  r->c->step = head->step >= 0 ? (pl_step)head->step : PL_MONTH;
  pl_span word = {"USD", 3};
  pl_measure money;
  size_t used;
  (void)pl_field_choice(&s.noun->field[PL_calendar_currency], head->currency, &word);
  bool const known = pl_measure_parse(word.at, word.length, &money, &used);
  r->c->currency = known ? pl_dim_currency(money.dim) : PL_DIM_USD;
}

void pl_case_fields(pl_reading *r) {
  read_head(r);
  for (int i = 0; i < PL_NOUNS; i++) init_noun(r, i);
  for (int i = 0; i < PL_NOUNS; i++) read_noun(r, i);
}
