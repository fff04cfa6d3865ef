/* Binds every formula of the case to names and units, and checks it for gaps and against its
 * field's bounds. One that fails becomes NULL, so that later checks do not trip over it. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "case/reading.h"

typedef struct { /* one field of one thing */
  pl_reading *r;
  int noun;
  void *thing;
  const pl_field *field;
  pl_place place; /* of the field's value */
} binding;

/* --- One formula ---------------------------------------------------------------------------- */

/* Without quotations and dates only the lengths of months change a value, and a year contains them
 * all. */
static int slices_to_see(const pl_reading *r, const pl_formula *f) {
  enum { MONTHS = 12 };
  int none;
  bool const by_length = pl_formula_text(f)[0] != '\0' && pl_formula_quotations(f, &none, 0) == 0;
  return by_length && r->grid.n > MONTHS ? MONTHS : r->grid.n;
}

static bool within(const binding *b, const pl_formula *f) {
  pl_reading *const r = b->r;
  pl_slot const s = {.r = r, .field = b->field};
  if (pl_formula_is_constant(f))
    return pl_in_bounds(&s, pl_formula_place(f), pl_formula_text(f), pl_formula_number(f));
  int none;
  bool const quoted = pl_formula_quotations(f, &none, 0) > 0;
  pl_grid seen = r->grid;
  seen.n = slices_to_see(r, f);
  pl_formula_eval_grid(f, r->c->quotes, &seen, r->value);
  for (int v = 0; v < seen.n; v++) {
    bool const gone = quoted && fabs(r->value[v]) < PL_SMALLEST; /* a quotation may fade away */
    double const value = gone ? 0 : r->value[v];
    if (isnan(value) || pl_in_bounds(&s, pl_formula_place(f), pl_formula_text(f), value)) continue;
    char date[32];
    pl_time_format(r->grid.start[v], PL_MONTH, date, sizeof date);
    pl_hint(r->diag, "first in %s", date);
    return false;
  }
  return true;
}

static void note_used(pl_reading *r, const pl_formula *f) {
  int const n = pl_quotes_count(r->c->quotes);
  int *seen = PL_NEW_ARRAY(r->a, int, (size_t)n + 1);
  int const count = pl_formula_quotations(f, seen, n);
  for (int i = 0; i < count; i++) r->used[seen[i]] = true;
}

/* An agreement's formulas apply within its term, and the cost of an outage within its window: no
 * quotation needs values outside. */
static void confine(const binding *b, pl_formula *f) {
  const pl_case *const c = b->r->c;
  pl_time from = c->from, to = c->to;
  if (b->noun == PL_NOUN_agreement) {
    pl_agreement_term(c, b->thing, &from, &to);
  } else if (b->noun == PL_NOUN_outage) {
    const pl_outage *const o = b->thing;
    if (o->said[PL_outage_from].line > 0) from = o->from.from;
    if (o->said[PL_outage_to].line > 0) to = o->to.to;
  } else {
    return;
  }
  pl_formula_confine(f, from, to);
}

static void settle(const binding *b, pl_formula **f, pl_dim want) {
  pl_reading *const r = b->r;
  if (!*f) return;
  pl_status status = pl_formula_bind(*f, r->c->quotes, want,
                                     pl_arena_printf(r->a, "'%s'", b->field->key), r->a, r->diag);
  confine(b, *f);
  if (status == PL_OK && r->grid.n > 0) {
    status = pl_formula_check(*f, r->c->quotes, r->c->from, r->c->to, r->diag);
    if (status == PL_OK && !within(b, *f)) status = PL_RANGE;
  }
  if (status != PL_OK)
    *f = NULL;
  else
    note_used(r, *f);
}

static bool dim_as_written(const binding *b, pl_formula **f, pl_dim *out) {
  if (!*f) return false;
  const char *const words = pl_arena_printf(b->r->a, "'%s'", b->field->key);
  if (pl_formula_bind_any(*f, b->r->c->quotes, words, b->r->a, out, b->r->diag) == PL_OK)
    return true;
  *f = NULL;
  return false;
}

static void settle_any(const binding *b, pl_formula **f) {
  pl_dim dim;
  if (dim_as_written(b, f, &dim)) settle(b, f, dim);
}

/* --- The kinds ------------------------------------------------------------------------------ */

/* A bound whose time is not known. */
static void fail_per(const binding *b, const pl_formula *f, pl_dim want, bool hours) {
  pl_reading *const r = b->r;
  const char *const mixture = pl_formula_mixture(f, r->a), *const unit = pl_dim_text(want, r->a);
  pl_place const at = pl_formula_place(f);
  if (mixture) {
    (void)pl_fail(r->diag, PL_UNIT, at, "'%s' mixes %s terms", b->field->key, mixture);
    pl_hint(r->diag, "write it as one, such as 100 %s/month, or as a list of bounds", unit);
  } else if (hours) {
    (void)pl_fail(r->diag, PL_UNIT, at,
                  "'%s' does not specify over which time its hours are counted", b->field->key);
    pl_hint(r->diag, "write 4 h/day, 300 h/year, or 300 h for all of the case");
  } else {
    (void)pl_fail(r->diag, PL_UNIT, at, "'%s' does not specify over which time it applies",
                  b->field->key);
    pl_hint(r->diag, "write it per hour, day, week, month, quarter or year: 100 %s/month", unit);
  }
}

static void bind_bounds(const binding *b, pl_bounds *bounds, pl_dim want) {
  pl_dim const rate = pl_dim_over(want, pl_dim_of(PL_DIM_TIME));
  for (int i = 0; i < bounds->n; i++) {
    pl_dim dim;
    pl_formula **const f = &bounds->formula[i];
    if (!dim_as_written(b, f, &dim)) continue;
    bool const is_rate = pl_dim_equal(dim, rate);
    settle(b, f, is_rate ? rate : want);
    if (!*f || !is_rate) continue;
    bool const hours = pl_dim_is_none(rate);
    bounds->per[i] = hours ? pl_formula_hours_per(*f) : pl_formula_per(*f);
    if (bounds->per[i] >= 0) continue;
    fail_per(b, *f, want, hours);
    *f = NULL;
  }
}

/* Money per unit of a material, or a material's unit per quantity, or plain shares. */
static void bind_prices(const binding *b, pl_prices *prices, bool ratios) {
  pl_reading *const r = b->r;
  pl_dim quantity = {{0}};
  bool const shares = !strcmp(b->field->argument, "1");
  bool const counted =
      !ratios || shares ||
      pl_wanted_dim(r, b->noun, b->thing, *b->field->argument ? b->field->argument : "quantity",
                    &quantity);
  for (int i = 0; i < prices->n; i++) {
    const pl_material *const m = &r->c->materials[prices->material[i]];
    pl_dim const unit = pl_measure_dim(&m->unit);
    if (counted && m->unit.factor > 0) {
      settle(b, &prices->formula[i],
             shares   ? (pl_dim){{0}}
             : ratios ? pl_dim_over(unit, quantity)
                      : pl_dim_over(pl_dim_of((pl_dim_name)r->c->currency), unit));
    } else {
      settle_any(b, &prices->formula[i]);
    }
  }
}

static void bind_freight(const binding *b, pl_formula **f) {
  pl_reading *const r = b->r;
  const pl_lane *const lane = b->thing;
  pl_dim dim, want;
  if (!dim_as_written(b, f, &dim)) return;
  if (!pl_wanted_dim(r, b->noun, b->thing, "money/quantity", &want)) {
    settle_any(b, f);
    return;
  }
  bool const by_distance = dim.of[PL_DIM_LENGTH] != 0;
  if (by_distance) want = pl_dim_over(want, pl_dim_of(PL_DIM_LENGTH));
  settle(b, f, want);
  if (*f && by_distance && lane->said[PL_lane_distance].line == 0) {
    (void)pl_fail(r->diag, PL_SYNTAX, b->place, "a cost per km requires the lane's 'distance'");
  }
}

static void bind_kind(const binding *b, void *member, pl_dim want) {
  pl_bounds *const bounds = member;
  pl_charges *const charges = member;
  pl_stages *const stages = member;
  pl_tiers *const tiers = member;
  pl_dim const price = pl_dim_over(pl_dim_of((pl_dim_name)b->r->c->currency), want);
  if (b->field->kind == PL_KIND_FORMULA) settle(b, member, want);
  if (b->field->kind == PL_KIND_BOUNDS) bind_bounds(b, bounds, want);
  if (b->field->kind == PL_KIND_CHARGES) {
    for (int i = 0; i < charges->n; i++) settle(b, &charges->formula[i], want);
  }
  if (b->field->kind == PL_KIND_STAGES) {
    for (int i = 0; i < stages->n; i++) settle(b, &stages->formula[i], want);
  }
  if (b->field->kind == PL_KIND_TIERS) {
    for (int i = 0; i < tiers->n; i++) {
      bind_bounds(b, &tiers->next[i], want);
      settle(b, &tiers->price[i], price);
    }
  }
}

/* Where the unit is not known an error has already been reported, and only the names can be
 * checked. */
static void drop_kind(const binding *b, void *member) {
  pl_bounds *const bounds = member;
  pl_charges *const charges = member;
  pl_stages *const stages = member;
  pl_tiers *const tiers = member;
  if (b->field->kind == PL_KIND_FORMULA) settle_any(b, member);
  for (int i = 0; b->field->kind == PL_KIND_BOUNDS && i < bounds->n; i++)
    settle_any(b, &bounds->formula[i]);
  for (int i = 0; b->field->kind == PL_KIND_CHARGES && i < charges->n; i++)
    settle_any(b, &charges->formula[i]);
  for (int i = 0; b->field->kind == PL_KIND_STAGES && i < stages->n; i++)
    settle_any(b, &stages->formula[i]);
  for (int i = 0; b->field->kind == PL_KIND_TIERS && i < tiers->n; i++) {
    settle_any(b, &tiers->price[i]);
    tiers->next[i].n = 0;
  }
}

static void bind_field(const binding *b, void *member) {
  pl_reading *const r = b->r;
  const char *const argument = b->field->argument;
  if (b->field->kind == PL_KIND_PRICES || b->field->kind == PL_KIND_RATIOS) {
    bind_prices(b, member, b->field->kind == PL_KIND_RATIOS);
  } else if (!strcmp(argument, "freight")) {
    bind_freight(b, member);
  } else if (!strcmp(argument, "capacity")) {
    settle_any(b, member);
  } else {
    pl_dim want;
    bool const known = pl_wanted_dim(r, b->noun, b->thing, argument, &want);
    const pl_unit *const u = b->noun == PL_NOUN_unit ? b->thing : NULL;
    if (!known && u && u->said[PL_unit_runs].line == 0) {
      (void)pl_fail(r->diag, PL_SYNTAX, b->place,
                    "'%s' runs no process, so there is nothing that '%s' could apply to", u->name,
                    b->field->key);
    }
    if (known) bind_kind(b, member, want);
    if (!known) drop_kind(b, member);
  }
}

static bool holds_formulas(pl_kind kind) {
  return kind == PL_KIND_FORMULA || kind == PL_KIND_BOUNDS || kind == PL_KIND_CHARGES ||
         kind == PL_KIND_TIERS || kind == PL_KIND_STAGES || kind == PL_KIND_PRICES ||
         kind == PL_KIND_RATIOS;
}

static void bind_thing(pl_reading *r, int id, void *thing) {
  const pl_noun *const noun = &pl_nouns[id];
  const pl_place *const said = *pl_thing_said(thing);
  for (int i = 0; i < noun->n_fields; i++) {
    const pl_field *const f = &noun->field[i];
    if (said[i].line == 0 || !holds_formulas(f->kind)) continue;
    binding const b = {r, id, thing, f, said[i]};
    bind_field(&b, (char *)thing + f->offset);
  }
}

/* Months, or longer steps where there would be too many to check for every formula. */
static void make_grid(pl_reading *r) {
  enum { SLICES_MAX = 600 };
  const pl_case *const c = r->c;
  if (c->to <= c->from || r->c->calendar.said[PL_calendar_from].line == 0) return;
  for (pl_step step = PL_MONTH; step < PL_STEPS; step++) {
    pl_grid_init(&r->grid, r->a, step, c->from, c->to);
    if (r->grid.n <= SLICES_MAX) break;
  }
  r->value = PL_NEW_ARRAY(r->a, double, (size_t)r->grid.n);
  r->other = PL_NEW_ARRAY(r->a, double, (size_t)r->grid.n);
}

void pl_case_bind(pl_reading *r) {
  make_grid(r);
  r->used = PL_NEW_ARRAY(r->a, bool, (size_t)pl_quotes_count(r->c->quotes) + 1);
  for (int id = 0; id < PL_NOUNS; id++) {
    if (id == PL_NOUN_quotation) continue; /* bound among themselves */
    const pl_noun *const noun = &pl_nouns[id];
    int const n = pl_noun_size(noun, r->c);
    for (int i = 0; i < n; i++) bind_thing(r, id, pl_noun_at(noun, r->c, i));
  }
  for (int i = 0; i < r->c->n_units; i++) pl_check_capacity(r, &r->c->units[i]);
  for (int i = 0; i < r->c->n_agreements; i++) pl_check_toll_capacity(r, &r->c->agreements[i]);
}
