/* Readers of the kinds that are one value: text, dates, choices, numbers, units, points; of texts
 * by key; and the values and exchange rates of quotations. */
#include <math.h>
#include <string.h>

#include "case/reading.h"

static void hint_slip(const pl_slot *s, const char *slip) {
  if (slip) pl_hint(s->r->diag, "%s", slip);
}

static pl_status wrong(const pl_slot *s, const pl_node *n, const char *wanted) {
  pl_status const status = pl_fail(s->r->diag, PL_SYNTAX, n->place, "'%s' requires %s, not '%s'",
                                   s->field->key, wanted, n->text);
  hint_slip(s, pl_number_slip(s->r->a, pl_span_of(n->text)));
  return status;
}

void pl_read_text(const pl_slot *s, const pl_node *value, void *member) {
  if (pl_want_scalar(s, value)) *(const char **)member = value->text;
}

void pl_read_date(const pl_slot *s, const pl_node *value, void *member) {
  pl_date *const out = member;
  pl_time start;
  pl_step step;
  if (!pl_want_scalar(s, value)) return;
  if (!pl_time_parse(value->text, strlen(value->text), &start, &step)) {
    (void)wrong(s, value, "a date such as 2026, 2026-03 or 2026-03-15");
    hint_slip(s, pl_date_slip(s->r->a, pl_span_of(value->text)));
    return;
  }
  *out = (pl_date){start, pl_step_add(step, start, 1)};
}

void pl_read_duration(const pl_slot *s, const pl_node *value, void *member) {
  pl_duration duration;
  if (!pl_want_scalar(s, value)) return;
  if (!pl_duration_parse(value->text, strlen(value->text), &duration)) {
    (void)wrong(s, value, "a duration such as 12 d, 3 months or P3M");
  } else if (pl_in_bounds(s, value->place, value->text, pl_duration_days(duration))) {
    *(pl_duration *)member = duration;
  }
}

void pl_read_flag(const pl_slot *s, const pl_node *value, void *member) {
  if (!pl_want_scalar(s, value)) return;
  const char *const text = value->text;
  bool const yes = !strcmp(text, "yes") || !strcmp(text, "true");
  bool const no = !strcmp(text, "no") || !strcmp(text, "false");
  *(bool *)member = yes;
  if (!yes && !no) (void)wrong(s, value, "yes or no");
}

/* yes and no as YAML 1.1 turns them into booleans, and the short forms of steps: "15 min", "h",
 * "d". */
static const char *plain_choice(const char *text) {
  if (!strcmp(text, "true")) return "yes";
  if (!strcmp(text, "false")) return "no";
  int const step = pl_step_find(text, strlen(text));
  return step >= 0 ? pl_step_name((pl_step)step) : text;
}

void pl_read_choice(const pl_slot *s, const pl_node *value, void *member) {
  if (!pl_want_scalar(s, value)) return;
  const char *const text = plain_choice(value->text);
  int const i = pl_field_choose(s->field, text, strlen(text));
  if (i >= 0) {
    *(int *)member = i;
    return;
  }
  const char *choices[32];
  pl_string list;
  pl_span choice;
  int n = 0;
  pl_string_init(&list, s->r->a);
  while (n < 32 && pl_field_choice(s->field, n, &choice)) {
    choices[n] = pl_arena_printf(s->r->a, "%.*s", (int)choice.length, choice.at);
    pl_string_printf(&list, "%s %s", n > 0 ? "," : "", choices[n]);
    n++;
  }
  (void)wrong(s, value, pl_arena_printf(s->r->a, "one of%s", list.text));
  pl_suggest(s->r, value->text, choices, n);
}

static bool want_dim(const pl_slot *s, const pl_node *n, pl_dim is, pl_dim want) {
  if (pl_dim_equal(is, want)) return true;
  pl_arena *const a = s->r->a;
  if (pl_dim_is_none(is)) {
    (void)pl_fail(s->r->diag, PL_UNIT, n->place, "'%s' requires a unit: %s", s->field->key,
                  pl_dim_text(want, a));
  } else {
    (void)pl_fail(s->r->diag, PL_UNIT, n->place, "'%s' requires %s, but '%s' is %s", s->field->key,
                  pl_dim_words(s->r, want), n->text, pl_dim_text(is, a));
  }
  pl_hint(s->r->diag, "for example %s", pl_dim_example(want, a));
  return false;
}

void pl_read_number(const pl_slot *s, const pl_node *value, void *member) {
  double number;
  pl_dim dim, want;
  if (!pl_want_fixed(s, value, &number, &dim)) return;
  if (!pl_wanted_dim(s->r, -1, NULL, s->field->argument, &want) || !want_dim(s, value, dim, want))
    return;
  if (pl_in_bounds(s, value->place, value->text, number)) *(double *)member = number;
}

/* NUMBER UNIT as written; a bare number leaves the unit's factor 0. */
static bool parse_value(const char *text, double *number, pl_measure *unit) {
  size_t const length = strlen(text);
  size_t at = pl_number_parse(text, length, number), used = 0;
  if (at == 0) return false;
  *unit = (pl_measure){.factor = 0};
  while (text[at] == ' ') at++;
  if (at == length) return true;
  return pl_measure_parse(text + at, length - at, unit, &used) && at + used == length;
}

void pl_read_yearly(const pl_slot *s, const pl_node *value, void *member) {
  double number;
  pl_measure unit;
  if (!pl_want_scalar(s, value)) return;
  bool const parsed = parse_value(value->text, &number, &unit) && unit.factor > 0;
  int const per_year = parsed ? -unit.calendar[PL_YEAR] : 0;
  if (parsed) unit.calendar[PL_YEAR] = 0;
  if (!parsed || (per_year != 0 && per_year != 1) || !pl_dim_is_none(pl_measure_dim(&unit))) {
    (void)wrong(s, value, "a rate per year such as 9 %");
    return;
  }
  if (pl_in_bounds(s, value->place, value->text, number * unit.factor))
    *(double *)member = number * unit.factor;
}

void pl_read_measure(const pl_slot *s, const pl_node *value, void *member) {
  pl_measure unit;
  if (!pl_want_scalar(s, value)) return;
  pl_span const text = {value->text, strlen(value->text)};
  if (pl_measure_read(text, value->place, &unit, s->r->diag) != PL_OK) return;
  if (s->noun == &pl_nouns[PL_NOUN_material] &&
      (pl_measure_has_calendar(&unit) || pl_dim_currency(unit.dim) >= 0)) {
    (void)pl_fail(s->r->diag, PL_UNIT, value->place,
                  "a material must be counted in t, MWh, m3, piece …, not in %s", value->text);
    return;
  }
  *(pl_measure *)member = unit;
  pl_note_literal(s->r, value, (double)NAN, NULL);
}

void pl_read_point(const pl_slot *s, const pl_node *value, void *member) {
  double at[2];
  static double const most[2] = {90, 180};
  if (value->kind != PL_LIST || value->n != 2) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place,
                  "'%s' requires [latitude, longitude], not %s", s->field->key,
                  value->kind == PL_LIST ? pl_arena_printf(s->r->a, "a list of %d", value->n)
                                         : pl_node_words(value));
    return;
  }
  for (int i = 0; i < 2; i++) {
    const pl_node *const n = value->child[i];
    if (!pl_want_scalar(s, n)) return;
    size_t const length = strlen(n->text);
    if (pl_number_parse(n->text, length, &at[i]) != length || fabs(at[i]) > most[i]) {
      (void)wrong(s, n,
                  i == 0 ? "a latitude from -90 to 90 degrees"
                         : "a longitude from -180 to 180 degrees");
      return;
    }
  }
  *(pl_point *)member = (pl_point){at[0], at[1]};
}

void pl_read_texts(const pl_slot *s, const pl_node *value, void *member) {
  pl_texts *const out = member;
  pl_arena *const a = s->r->a;
  if (value->kind != PL_MAPPING) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place, "'%s' requires %s, not %s", s->field->key,
                  pl_kinds[s->field->kind].words, pl_node_words(value));
    return;
  }
  out->key = PL_NEW_ARRAY(a, const char *, (size_t)value->n);
  out->text = PL_NEW_ARRAY(a, const char *, (size_t)value->n);
  out->place = PL_NEW_ARRAY(a, pl_place, (size_t)value->n);
  for (int i = 0; i < value->n; i++) {
    if (pl_node_is_null(value->child[i]) || !pl_want_scalar(s, value->child[i])) continue;
    if (!pl_want_visible(s->r, value->key[i], value->key_place[i])) continue;
    out->key[out->n] = value->key[i];
    out->text[out->n] = value->child[i]->text;
    out->place[out->n++] = value->key_place[i];
  }
}

/* --- Curves --------------------------------------------------------------------------------- */

static bool want_plain(const pl_slot *s, const pl_node *n, double *out) {
  pl_dim dim;
  if (!pl_want_fixed(s, n, out, &dim)) return false;
  if (pl_dim_is_none(dim)) return true;
  (void)pl_fail(s->r->diag, PL_UNIT, n->place, "'%s' requires plain numbers, but '%s' is %s",
                s->field->key, n->text, pl_dim_text(dim, s->r->a));
  return false;
}

void pl_read_curve(const pl_slot *s, const pl_node *value, void *member) {
  pl_curve *const out = member;
  pl_arena *const a = s->r->a;
  if (value->kind != PL_MAPPING) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place, "'%s' requires %s, not %s", s->field->key,
                  pl_kinds[s->field->kind].words, pl_node_words(value));
    return;
  }
  out->at = PL_NEW_ARRAY(a, double, (size_t)value->n);
  out->value = PL_NEW_ARRAY(a, double, (size_t)value->n);
  out->place = PL_NEW_ARRAY(a, pl_place, (size_t)value->n);
  bool sound = true;
  for (int i = 0; i < value->n; i++) {
    const pl_node *const key = pl_node_new_scalar(a, value->key[i], value->key_place[i]);
    bool const at = want_plain(s, key, &out->at[i]);
    bool const is = want_plain(s, value->child[i], &out->value[i]) &&
                    pl_in_bounds(s, value->child[i]->place, value->child[i]->text, out->value[i]);
    out->place[i] = value->key_place[i];
    sound = sound && at && is;
    if (i == 0 || !sound || out->at[i] > out->at[i - 1]) continue;
    (void)pl_fail(s->r->diag, PL_RANGE, value->key_place[i],
                  "the points of a curve must ascend: %s is not above the one before",
                  value->key[i]);
    sound = false;
  }
  out->n = sound ? value->n : 0;
}

/* --- Of quotations -------------------------------------------------------------------------- */

static int currency_of(const char *text) {
  pl_measure m;
  size_t used, length = strlen(text);
  if (!pl_measure_parse(text, length, &m, &used) || used != length) return -1;
  int const currency = pl_dim_currency(m.dim);
  bool const plain = currency >= 0 && !pl_measure_has_calendar(&m) &&
                     pl_dim_equal(m.dim, pl_dim_of((pl_dim_name)currency));
  return plain && m.factor >= 1 && m.factor <= 1 ? currency : -1;
}

void pl_read_exchange(const pl_slot *s, const pl_node *value, void *member) {
  pl_exchange *const out = member;
  if (value->kind != PL_MAPPING) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place, "'%s' requires %s, not %s", s->field->key,
                  pl_kinds[s->field->kind].words, pl_node_words(value));
    return;
  }
  size_t const n = (size_t)value->n;
  out->currency = PL_NEW_ARRAY(s->r->a, int, n);
  out->quotation = PL_NEW_ARRAY(s->r->a, const char *, n);
  out->place = PL_NEW_ARRAY(s->r->a, pl_place, n);
  for (int i = 0; i < value->n; i++) {
    int const currency = currency_of(value->key[i]);
    if (currency < 0) {
      (void)pl_fail(s->r->diag, PL_NAME, value->key_place[i], "'%s' is not a currency",
                    value->key[i]);
    } else if (pl_want_scalar(s, value->child[i])) {
      out->currency[out->n] = currency;
      out->quotation[out->n] = value->child[i]->text;
      out->place[out->n++] = value->child[i]->place;
    }
  }
}

static bool add_value(const pl_slot *s, const pl_node *n, pl_values *out) {
  if (!pl_want_scalar(s, n)) return false;
  int const i = out->n;
  if (!parse_value(n->text, &out->value[i], &out->unit[i])) {
    (void)wrong(s, n, "a number with its unit, such as 75 EUR/t");
    return false;
  }
  double const factor = out->unit[i].factor > 0 ? out->unit[i].factor : 1;
  if (!pl_in_bounds(s, n->place, n->text, out->value[i] * factor)) return false;
  out->place[i] = n->place;
  out->text[i] = n->text;
  out->n++;
  return true;
}

static void add_dated(const pl_slot *s, const pl_node *values, int i, pl_values *out) {
  const char *const key = values->key[i];
  int const at = out->n;
  if (!pl_time_parse(key, strlen(key), &out->from[at], &out->step[at])) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, values->key_place[i], "a date is required here, not '%s'",
                  key);
    hint_slip(s, pl_date_slip(s->r->a, pl_span_of(key)));
  } else if (at > 0 && out->from[at] <= out->from[at - 1]) {
    (void)pl_fail(s->r->diag, PL_RANGE, values->key_place[i],
                  "dates must ascend: %s is not after the one before", key);
  } else {
    out->date[at] = key;
    (void)add_value(s, values->child[i], out);
  }
}

void pl_read_values(const pl_slot *s, const pl_node *value, void *member) {
  pl_values *const out = member;
  pl_arena *const a = s->r->a;
  size_t const n = value->kind == PL_SCALAR ? 1 : (size_t)value->n;
  bool const one = s->field->offset == offsetof(pl_quotation_field, value);
  if (one != (value->kind == PL_SCALAR)) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place,
                  one ? "'value' requires one number; write several under 'values'"
                      : "'values' requires several, by date or in a list; write one under 'value'");
    return;
  }
  out->value = PL_NEW_ARRAY(a, double, n);
  out->unit = PL_NEW_ARRAY(a, pl_measure, n);
  out->place = PL_NEW_ARRAY(a, pl_place, n);
  out->text = PL_NEW_ARRAY(a, const char *, n);
  out->listed = value->kind == PL_LIST;
  if (value->kind == PL_SCALAR) (void)add_value(s, value, out);
  for (int i = 0; out->listed && i < value->n; i++) (void)add_value(s, value->child[i], out);
  if (value->kind != PL_MAPPING) return;
  out->from = PL_NEW_ARRAY(a, pl_time, n);
  out->step = PL_NEW_ARRAY(a, pl_step, n);
  out->date = PL_NEW_ARRAY(a, const char *, n);
  for (int i = 0; i < value->n; i++) add_dated(s, value, i, out);
}
