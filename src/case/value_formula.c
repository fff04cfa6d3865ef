/* Readers of the kinds that contain formulas. Here they are only parsed: names and units are
 * resolved once all quotations are known (bind.c). */
#include <math.h>
#include <string.h>

#include "case/reading.h"

static pl_formula *parse_scalar(const pl_slot *s, const pl_node *n) {
  pl_formula *f = NULL;
  if (!pl_want_scalar(s, n)) return NULL;
  pl_span const text = {n->text, strlen(n->text)};
  if (pl_formula_parse(text, n->place, s->r->a, &f, s->r->diag) != PL_OK) return NULL;
  pl_note_literal(s->r, n, (double)NAN, f);
  return f;
}

/* Dates that do not have the meaning that a reader would expect. */
static void check_steps(const pl_slot *s, const pl_node *n, const pl_time *from) {
  pl_reading *const r = s->r;
  if (from[0] > r->c->from && from[0] < r->c->to) {
    pl_warn(r->diag, n->key_place[0],
            "%s is after the start of the case: its value also applies before that date",
            n->key[0]);
    pl_hint(r->diag, "write a value from the start, such as 0");
  }
  if (from[n->n - 1] >= r->c->to) {
    pl_warn(r->diag, n->key_place[n->n - 1],
            "%s is after the end of the case: its value is never used", n->key[n->n - 1]);
  }
  for (int i = 1; i < n->n; i++) {
    if (from[i] > r->c->from) break;
    pl_warn(r->diag, n->key_place[i - 1], "%s ends before the case begins: its value is never used",
            n->key[i - 1]);
  }
}

/* {2026: 5 kt/month, 2027-07: 6 kt/month} */
static pl_formula *parse_steps(const pl_slot *s, const pl_node *n) {
  pl_reading *const r = s->r;
  pl_formula **const value = PL_NEW_ARRAY(r->a, pl_formula *, (size_t)n->n);
  pl_time *const from = PL_NEW_ARRAY(r->a, pl_time, (size_t)n->n);
  bool sound = n->n > 0;
  if (!sound) (void)pl_want_scalar(s, n);
  for (int i = 0; i < n->n; i++) {
    pl_step step;
    const char *const key = n->key[i];
    bool const dated = pl_time_parse(key, strlen(key), &from[i], &step);
    if (!dated) {
      (void)pl_fail(r->diag, PL_SYNTAX, n->key_place[i], "a date is required here, not '%s'", key);
      const char *const slip = pl_date_slip(r->a, pl_span_of(key));
      if (slip) pl_hint(r->diag, "%s", slip);
    } else if (i > 0 && sound && from[i] <= from[i - 1]) {
      (void)pl_fail(r->diag, PL_RANGE, n->key_place[i],
                    "dates must ascend: %s is not after the one before", key);
      sound = false;
    }
    value[i] = parse_scalar(s, n->child[i]);
    sound = sound && dated && value[i];
  }
  if (!sound) return NULL;
  if (r->c->to > r->c->from) check_steps(s, n, from);
  return pl_formula_steps(r->a, n->n, from, value, n->place);
}

static pl_formula *parse_any(const pl_slot *s, const pl_node *n) {
  return n->kind == PL_MAPPING ? parse_steps(s, n) : parse_scalar(s, n);
}

void pl_read_formula(const pl_slot *s, const pl_node *value, void *member) {
  *(pl_formula **)member = parse_any(s, value);
}

static bool want_mapping(const pl_slot *s, const pl_node *n) {
  if (n->kind == PL_MAPPING) return true;
  (void)pl_fail(s->r->diag, PL_SYNTAX, n->place, "'%s' requires %s, not %s", s->field->key,
                pl_kinds[s->field->kind].words, pl_node_words(n));
  return false;
}

void pl_read_prices(const pl_slot *s, const pl_node *value, void *member) {
  pl_prices *const out = member;
  pl_arena *const a = s->r->a;
  if (!want_mapping(s, value)) return;
  out->material = PL_NEW_ARRAY(a, int, (size_t)value->n);
  out->formula = PL_NEW_ARRAY(a, pl_formula *, (size_t)value->n);
  out->place = PL_NEW_ARRAY(a, pl_place, (size_t)value->n);
  for (int i = 0; i < value->n; i++) {
    if (pl_node_is_null(value->child[i])) continue;
    int const material = pl_want_thing(s->r, value->key[i], value->key_place[i], PL_NOUN_material);
    pl_formula *const f = parse_any(s, value->child[i]);
    if (material < 0 || !f) continue;
    out->material[out->n] = material;
    out->formula[out->n] = f;
    out->place[out->n++] = value->key_place[i];
  }
}

static int want_line(const pl_slot *s, const char *key, pl_place at) {
  int const line = pl_line_find(key);
  if (line >= 0) return line;
  const char *keys[PL_LINES];
  for (int i = 0; i < PL_LINES; i++) keys[i] = pl_line_key((pl_line)i);
  (void)pl_fail(s->r->diag, PL_NAME, at, "no account line is called '%s'", key);
  pl_suggest(s->r, key, keys, PL_LINES);
  return -1;
}

void pl_read_charges(const pl_slot *s, const pl_node *value, void *member) {
  pl_charges *const out = member;
  pl_arena *const a = s->r->a;
  if (!want_mapping(s, value)) return;
  out->line = PL_NEW_ARRAY(a, int, (size_t)value->n);
  out->formula = PL_NEW_ARRAY(a, pl_formula *, (size_t)value->n);
  out->place = PL_NEW_ARRAY(a, pl_place, (size_t)value->n);
  for (int i = 0; i < value->n; i++) {
    if (pl_node_is_null(value->child[i])) continue;
    int const line = want_line(s, value->key[i], value->key_place[i]);
    pl_formula *const f = parse_any(s, value->child[i]);
    if (line < 0 || !f) continue;
    out->line[out->n] = line;
    out->formula[out->n] = f;
    out->place[out->n++] = value->key_place[i];
  }
}

void pl_read_bounds(const pl_slot *s, const pl_node *value, void *member) {
  pl_bounds *const out = member;
  bool const several = value->kind == PL_LIST;
  int const most = several ? value->n : 1;
  out->formula = PL_NEW_ARRAY(s->r->a, pl_formula *, (size_t)most);
  out->per = PL_NEW_ARRAY(s->r->a, int, (size_t)most);
  if (most == 0) (void)pl_want_scalar(s, value);
  for (int i = 0; i < most; i++) {
    pl_formula *const f = parse_any(s, several ? value->child[i] : value);
    if (!f) continue;
    out->formula[out->n] = f;
    out->per[out->n++] = -1;
  }
}

/* --- Stages --------------------------------------------------------------------------------- */

static bool read_length(const pl_slot *s, const pl_node *n, int i, pl_duration *out) {
  const char *const key = n->key[i];
  if (!pl_duration_parse(key, strlen(key), out)) {
    (void)pl_fail(s->r->diag, PL_SYNTAX, n->key_place[i],
                  "a length of time such as 8 h is required here, not '%s'", key);
    return false;
  }
  double const days = pl_duration_days(*out);
  if (i == 0 && days > 0) {
    (void)pl_fail(s->r->diag, PL_RANGE, n->key_place[0],
                  "'%s' must begin with 0 h: nothing is specified before %s", s->field->key, key);
    return false;
  }
  pl_duration before;
  if (i == 0 || !pl_duration_parse(n->key[i - 1], strlen(n->key[i - 1]), &before)) return true;
  if (days > pl_duration_days(before)) return true;
  (void)pl_fail(s->r->diag, PL_RANGE, n->key_place[i],
                "lengths of time must ascend: %s is not longer than the one before", key);
  return false;
}

void pl_read_stages(const pl_slot *s, const pl_node *value, void *member) {
  pl_stages *const out = member;
  pl_arena *const a = s->r->a;
  if (!want_mapping(s, value)) return;
  out->from = PL_NEW_ARRAY(a, pl_duration, (size_t)value->n);
  out->formula = PL_NEW_ARRAY(a, pl_formula *, (size_t)value->n);
  out->place = PL_NEW_ARRAY(a, pl_place, (size_t)value->n);
  for (int i = 0; i < value->n; i++) {
    pl_duration from;
    bool const sound = read_length(s, value, i, &from);
    pl_formula *const f = parse_any(s, value->child[i]);
    if (!sound || !f) continue;
    out->from[out->n] = from;
    out->formula[out->n] = f;
    out->place[out->n++] = value->key_place[i];
  }
}

/* --- Tiers ---------------------------------------------------------------------------------- */

/* NUMBER and its unit, if a text is nothing more than that. */
static bool split_quantity(const pl_node *n, double *number, const char **unit) {
  if (!n || n->kind != PL_SCALAR) return false;
  size_t const used = pl_number_parse(n->text, strlen(n->text), number);
  *unit = n->text + used + strspn(n->text + used, " ");
  return used > 0 && **unit != '\0' && !strpbrk(*unit, "+-[");
}

/* The two things that "up to" may have meant, with numbers if both tiers have plain ones. */
static void hint_next(const pl_slot *s, const pl_node *tier, const pl_node *before) {
  const pl_node *const own = pl_node_find(tier, "up to");
  const char *unit, *unit_before;
  double most, most_before;
  if (!split_quantity(own, &most, &unit)) {
    pl_hint(s->r->diag, "write 'next' for the quantity of this tier alone");
    return;
  }
  if (!before) {
    pl_hint(s->r->diag, "for the first tier both are the same: write 'next: %s'", own->text);
    return;
  }
  const pl_node *const other = pl_node_find(before, "up to");
  bool const plain = split_quantity(other, &most_before, &unit_before) &&
                     !strcmp(unit, unit_before) && most > most_before;
  char rest[32];
  pl_number_format(plain ? most - most_before : 0, rest, sizeof rest);
  if (plain)
    pl_hint(s->r->diag,
            "for %s beyond the tier before, as previously, write 'next: %s'; for %s in all, that "
            "tier's %s included, write 'next: %s %s'",
            own->text, own->text, own->text, other->text, rest, unit);
  else
    pl_hint(s->r->diag,
            "for %s beyond the tiers before, as previously, write 'next: %s'; for %s in all, write "
            "'next:' and the part that is beyond the tiers before",
            own->text, own->text, own->text);
}

static void read_tier_field(const pl_slot *s, const pl_node *tier, int i, const pl_node *before,
                            pl_tiers *out, int at) {
  static const char *const keys[] = {"next", "price"};
  const char *const key = tier->key[i];
  if (!strcmp(key, "next")) {
    pl_read_bounds(s, tier->child[i], &out->next[at]);
  } else if (!strcmp(key, "price")) {
    out->price[at] = parse_any(s, tier->child[i]);
  } else if (!strcmp(key, "up to")) {
    (void)pl_fail(s->r->diag, PL_NAME, tier->key_place[i],
                  "tier %d of %s specifies 'up to', the former name of the quantity of "
                  "the tier alone: it is now called 'next'",
                  at + 1, s->thing);
    hint_next(s, tier, before);
  } else {
    (void)pl_fail(s->r->diag, PL_NAME, tier->key_place[i], "a tier has no field '%s'", key);
    pl_suggest(s->r, key, keys, 2);
  }
}

static void read_tier(const pl_slot *s, const pl_node *tier, const pl_node *before, bool last,
                      pl_tiers *out) {
  pl_diag *const diag = s->r->diag;
  int const at = out->n++;
  out->place[at] = tier->place;
  if (tier->kind != PL_MAPPING) {
    (void)pl_fail(diag, PL_SYNTAX, tier->place, "a tier must be {next: …, price: …}, not %s",
                  pl_node_words(tier));
    return;
  }
  for (int i = 0; i < tier->n; i++) read_tier_field(s, tier, i, before, out, at);
  if (!pl_node_find(tier, "price"))
    (void)pl_fail(diag, PL_SYNTAX, tier->place, "tier %d of %s has no 'price'", at + 1, s->thing);
  if (!last && !pl_node_find(tier, "next") && !pl_node_find(tier, "up to")) {
    (void)pl_fail(diag, PL_SYNTAX, tier->place,
                  "tier %d of %s has no 'next': only the last tier may be without a limit", at + 1,
                  s->thing);
    pl_hint(diag, "write how much is traded at its price before the next tier begins");
  }
  if (out->next[at].n > 1)
    (void)pl_fail(diag, PL_SYNTAX, tier->place, "tier %d of %s has several 'next', not one", at + 1,
                  s->thing);
}

void pl_read_tiers(const pl_slot *s, const pl_node *value, void *member) {
  pl_tiers *const out = member;
  pl_arena *const a = s->r->a;
  int const n = value->kind == PL_LIST ? value->n : 1;
  if (n == 0)
    (void)pl_fail(s->r->diag, PL_SYNTAX, value->place, "'tiers' requires at least one tier");
  out->next = PL_NEW_ARRAY(a, pl_bounds, (size_t)n);
  out->price = PL_NEW_ARRAY(a, pl_formula *, (size_t)n);
  out->place = PL_NEW_ARRAY(a, pl_place, (size_t)n);
  const pl_node *before = NULL;
  for (int i = 0; i < n; i++) {
    const pl_node *const tier = value->kind == PL_LIST ? value->child[i] : value;
    read_tier(s, tier, before, i == n - 1, out);
    before = tier->kind == PL_MAPPING ? tier : NULL;
  }
}
